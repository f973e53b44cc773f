package xref

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"banxin/pipeline/book"
)

// define numbers sections, floats, equations and notes, and registers every
// label, anchor and index term.
func (r *resolver) define() {
	r.sections()
	count := map[counterKey]int{}
	r.each(func(p place, bs []book.Block) {
		book.EachBlock(bs, func(b book.Block) bool {
			r.block(p, b, count)
			for _, run := range book.Inlines(b) {
				r.anchors(p, run)
			}
			return true
		})
	})
	for _, n := range r.book.Notes {
		book.EachBlock(n.Blocks, func(b book.Block) bool {
			for _, run := range book.Inlines(b) {
				r.anchors(place{}, run)
			}
			return true
		})
	}
}

// sections numbers the divisions by their place.
func (r *resolver) sections() {
	n := &sectionNumbers{r: r, part: r.template(book.Part), chapter: r.template(book.Chapter), appendix: r.template(book.Appendix)}
	r.chapterUnit, _, _ = r.counter(book.Chapter)
	r.partUnit, _, _ = r.counter(book.Part)
	n.first, n.restart = r.firstChapter(), r.restarts()
	n.chapters = n.first - 1
	n.walk(r.book.Sections, nil, false, false)
}

// firstChapter is 1, or 0 where the author's first numbered chapter is 第0章.
func (r *resolver) firstChapter() int {
	first := 1
	found := false
	r.book.Walk(func(s *book.Section) bool {
		if found || s.Role == book.Chapter && s.Unnumbered {
			return false
		}
		if s.Role == book.Chapter {
			found = true
			if n, end := book.ParseNumber(s.Typed); end > 0 && len(n.Ordinal) == 1 && n.Ordinal[0] == 0 {
				first = 0
			}
		}
		return s.Role == book.Part
	})
	return first
}

// restarts reports whether the author counts chapters anew in every part:
// there are several, and the first chapter of each is typed as the first.
func (r *resolver) restarts() bool {
	parts := 0
	for _, s := range r.book.Sections {
		if s.Role != book.Part || s.Unnumbered {
			continue
		}
		parts++
		first := 0
		for _, k := range s.Sections {
			if k.Role == book.Chapter && !k.Unnumbered {
				if num, end := book.ParseNumber(k.Typed); end > 0 && len(num.Ordinal) == 1 {
					first = num.Ordinal[0]
				}
				break
			}
		}
		if first != 1 {
			return false
		}
	}
	return parts > 1
}

type sectionNumbers struct {
	r                           *resolver
	first                       int  // number of the first chapter
	restart                     bool // in every part
	part, chapter, appendix     string
	parts, chapters, appendices int
	within                      *book.Section // the open part
}

// walk numbers siblings; parent is the ordinal they extend, nil where they
// cannot be numbered.
func (n *sectionNumbers) walk(ss []*book.Section, parent []int, letters, muted bool) {
	count := 0
	for _, s := range ss {
		t := &Target{Kind: Section, Label: s.Label, Title: s.Title, Section: s}
		mute := muted || s.Unnumbered
		switch {
		case mute || s.Role.Apparatus():
		case s.Role == book.Part:
			n.parts++
			if n.restart {
				n.chapters = n.first - 1
			}
			t.Ordinal = []int{n.parts}
			t.Number = strconv.Itoa(n.parts)
			t.Printed = fill(n.part, n.parts)
			if num, end := book.ParseNumber(s.Typed); end > 0 && num.Ordinal == nil {
				t.Printed = s.Typed // 上篇, 下篇
			}
		case s.Role == book.Chapter:
			n.chapters++
			t.Ordinal = []int{n.chapters}
			t.Number = strconv.Itoa(n.chapters)
			t.Printed = fill(n.chapter, n.chapters)
		case s.Role == book.Appendix:
			n.appendices++
			t.Ordinal = []int{n.appendices}
			t.Number = letter(n.appendices)
			t.Printed = fill(n.appendix, n.appendices)
		case s.Role == book.Plain && s.Level <= n.r.o.Depth && parent != nil:
			count++
			t.Ordinal = append(parent[:len(parent):len(parent)], count)
			t.Number = dotted(t.Ordinal, letters || s.Role == book.Appendix)
			t.Printed = t.Number
		}
		if n.r.o.KeepTyped && s.Typed != "" && !mute && !s.Role.Apparatus() {
			t.Printed = s.Typed
		}
		n.r.register(s, t)
		n.r.prose.parts[s] = n.within
		kids, lettered := t.Ordinal, letters || s.Role == book.Appendix
		switch s.Role {
		case book.Part:
			// A part's number is no chapter's: what stands right under it
			// without a chapter has none. Unnumbered parts hold numbered
			// chapters.
			kids, lettered, mute = nil, false, muted
		}
		part := n.within
		if s.Role == book.Part {
			n.within = s
		}
		n.walk(s.Sections, kids, lettered, mute)
		n.within = part
	}
}

func (r *resolver) register(s *book.Section, t *Target) {
	r.index.Sections[s] = t
	r.add(t, s.Heading, s.Aliases...)
	for _, m := range s.Merged {
		if m.File != nil && r.starts[m.File.Path] == nil {
			r.starts[m.File.Path] = t
		}
	}
	if f := s.Heading.File; f != nil && !s.Role.Apparatus() && r.starts[f.Path] == nil {
		r.starts[f.Path] = t
	}
	if !s.Role.Apparatus() {
		r.prose.section(s, t)
	}
}

func dotted(ord []int, letters bool) string {
	var b strings.Builder
	for i, v := range ord {
		if i > 0 {
			b.WriteByte('.')
		}
		if i == 0 && letters {
			b.WriteString(letter(v))
		} else {
			b.WriteString(strconv.Itoa(v))
		}
	}
	return b.String()
}

// counterKey counts floats of one kind in one chapter.
type counterKey struct {
	kind    Kind
	letter  bool
	chapter int // -1 outside numbered chapters
}

// block registers a block: floats that are captioned or labelled, and labelled
// formulae, get numbers; any other label is an anchor.
func (r *resolver) block(p place, b book.Block, count map[counterKey]int) {
	if para, ok := b.(*book.Paragraph); ok {
		r.caption(para)
		if slices.Contains(para.Classes, "heading") && para.Label == "" {
			r.boxedHeading(p, para)
			return
		}
	}
	kind, label, numberedBlock := kindOf(b)
	if label == "" && !numberedBlock {
		return
	}
	t := &Target{Kind: kind, Label: label, Section: p.section, Block: b}
	if numberedBlock {
		r.numberFloat(p, t, count)
	}
	if t.Label == "" {
		t.Label = r.free([...]string{"section", "fig", "tbl", "eq", "lst", "fn", "anchor"}[kind] + "-" + strings.ReplaceAll(t.Number, ".", "-"))
	}
	r.index.Blocks[b] = t
	r.add(t, b.Where())
	if numberedBlock {
		r.prose.float(b, t)
	}
}

// boxedHeading registers a heading that stands in a quotation or a box, where
// no section begins, under the id that previewers give it.
func (r *resolver) boxedHeading(p place, b *book.Paragraph) {
	var id strings.Builder
	for _, c := range strings.ToLower(strings.TrimSpace(book.PlainText(b.Inlines))) {
		switch {
		case c == ' ' || c == '-':
			id.WriteByte('-')
		case c == '_' || unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c):
			id.WriteRune(c)
		}
	}
	if id.Len() == 0 {
		return
	}
	t := &Target{Kind: Anchor, Label: r.free(id.String()), Section: p.section, Block: b}
	r.index.Blocks[b] = t
	r.add(t, b.Span)
	r.id(b.Span, id.String(), t)
}

// numberFloat numbers a float in its chapter, and lists it.
func (r *resolver) numberFloat(p place, t *Target, count map[counterKey]int) {
	k := counterKey{t.Kind, p.letter, -1}
	if len(p.chapter) > 0 {
		k.chapter = p.chapter[0]
	}
	count[k]++
	t.Ordinal, t.Number = []int{count[k]}, strconv.Itoa(count[k])
	if k.chapter >= 0 {
		t.Ordinal = []int{k.chapter, count[k]}
		t.Number = dotted([]int{k.chapter}, p.letter) + r.o.Sep + t.Number
	}
	w := r.words
	switch t.Kind {
	case Figure:
		t.Printed = w.float(w.figure, t.Number)
		r.index.Figures = append(r.index.Figures, t)
	case Table:
		t.Printed = w.float(w.table, t.Number)
		r.index.Tables = append(r.index.Tables, t)
	case Listing:
		t.Printed = w.float(w.listing, t.Number)
		r.index.Listings = append(r.index.Listings, t)
	case Equation:
		if w.spaced() {
			t.Printed = w.float(w.equation, "("+t.Number+")")
		} else {
			t.Printed = w.equation + "（" + t.Number + "）"
		}
		r.index.Equations = append(r.index.Equations, t)
	}
}

// free returns id, or id with a count that no label has.
func (r *resolver) free(id string) string {
	if r.index.Targets[id] == nil {
		return id
	}
	for n := max(2, r.next[id]); ; n++ {
		if c := id + "-" + strconv.Itoa(n); r.index.Targets[c] == nil {
			r.next[id] = n + 1
			return c
		}
	}
}

// kindOf tells what a block is to references, its label, and whether it gets a
// number.
func kindOf(b book.Block) (k Kind, label string, number bool) {
	switch b := b.(type) {
	case *book.Figure:
		label = b.Label
		for _, im := range b.Images {
			if label == "" {
				label = im.Label
			}
		}
		return Figure, label, len(b.Caption) > 0 || label != ""
	case *book.Diagram:
		return Figure, b.Label, len(b.Caption) > 0 || b.Label != ""
	case *book.Table:
		return Table, b.Label, len(b.Caption) > 0 || b.Label != ""
	case *book.Code:
		return Listing, b.Label, len(b.Caption) > 0 || b.Label != ""
	case *book.Math:
		return Equation, b.Label, b.Label != ""
	case *book.Paragraph:
		return Anchor, b.Label, false
	case *book.List:
		return Anchor, b.Label, false
	case *book.DefinitionList:
		return Anchor, b.Label, false
	case *book.Quote:
		return Anchor, b.Label, false
	case *book.Admonition:
		return Anchor, b.Label, false
	case *book.Division:
		return Anchor, b.Label, false
	}
	return Anchor, "", false
}

// anchors registers inline targets: anchors, images' labels, index terms.
func (r *resolver) anchors(p place, ns []book.Inline) {
	book.EachInline(ns, func(n book.Inline) bool {
		switch n := n.(type) {
		case *book.Anchor:
			t := &Target{Kind: Anchor, Label: n.ID, Section: p.section}
			r.index.Links[n] = t
			r.add(t, n.Span)
		case *book.Image:
			if n.Label != "" && r.index.Targets[n.Label] == nil {
				t := &Target{Kind: Anchor, Label: n.Label, Section: p.section}
				r.index.Links[n] = t
				r.add(t, n.Span)
			}
		case *book.IndexTerm:
			r.term(p, n)
		}
		return true
	})
}
