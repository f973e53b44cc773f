package outline

import (
	"strings"
	"unicode"

	"banxin/pipeline/book"
	"banxin/pipeline/source"
)

// takeContents finds a contents list typed by hand: a heading so named with
// lists of entries under it, or headings with such lists. Its lines go to
// Typed, the headings in it out of the outline.
func (r *recovery) takeContents() {
	for i, h := range r.headings {
		if h.name != contentsName || h.preset {
			continue
		}
		entries, next := r.entries(i)
		if !r.plausible(entries, next) {
			continue
		}
		h.role, h.fixed = book.Contents, true
		for _, k := range r.headings[i+1 : next] {
			h.kids = append(h.kids, k)
			k.fixed, k.role, k.level = true, book.Contents, 2
		}
		r.book.Typed = levels(entries)
		r.headings = append(r.headings[:i+1:i+1], r.headings[next:]...)
		return
	}
}

// takeContentsList finds a contents list that has no heading: a list before
// the first one whose entries are numbered and are the book's headings, with
// or without a line before it that says 目录.
func (r *recovery) takeContentsList() {
	if len(r.book.Typed) > 0 {
		return
	}
	words := newVocabulary()
	blocks := r.book.Preamble
	for i, b := range blocks {
		l, ok := b.(*book.List)
		if !ok {
			continue
		}
		named, from := false, i
		if i > 0 {
			if p, ok := blocks[i-1].(*book.Paragraph); ok {
				if n, _ := words.nameOf(book.PlainText(p.Inlines)); n == contentsName {
					named, from = true, i-1
				}
			}
		}
		entries := listEntries(nil, blocks[i:i+1], 1)
		if !r.plausible(entries, 0) || !named && !allNumbered(entries) {
			continue
		}
		s := &book.Section{Span: blocks[from].Where().Join(l.Span), Heading: blocks[from].Where(), Blocks: blocks[i : i+1]}
		if named {
			s.Title = blocks[from].(*book.Paragraph).Inlines
		}
		h := &heading{section: s, role: book.Contents, fixed: true, hash: 1, end: l.Span.End}
		r.headings = append([]*heading{h}, r.headings...)
		r.book.Preamble = append(blocks[:from:from], blocks[i+1:]...)
		r.book.Typed = levels(entries)
		return
	}
}

// allNumbered reports whether there are three entries or more and each has a
// number that names its depth.
func allNumbered(entries []entry) bool {
	for _, e := range entries {
		if !e.numbered || e.bare {
			return false
		}
	}
	return len(entries) >= 3
}

// plausible reports whether entries are lines of this book's contents: at
// least two, half of which carry a number or say what a later heading says.
// A list inside a chapter is that chapter's own.
func (r *recovery) plausible(entries []entry, next int) bool {
	if len(entries) < 2 {
		return false
	}
	for _, h := range r.headings[:next] {
		if h.rest > 0 && h.number.Role == book.Chapter && !inside(entries, h) {
			return false
		}
	}
	said := map[string]bool{}
	for _, h := range r.headings[next:] {
		said[h.folded] = true
	}
	good := 0
	for _, e := range entries {
		if e.numbered || said[fold(e.Title)] {
			good++
		}
	}
	return good*2 >= len(entries)
}

func inside(entries []entry, h *heading) bool {
	for _, e := range entries {
		if e.Span == h.section.Heading {
			return true
		}
	}
	return false
}

// entry is a line of a contents list with its depth as typed.
type entry struct {
	book.TypedEntry
	numbered bool
	bare     bool
	depth    int // of lists, from 1; 0: a heading
	level    int // what its number says; -1: nothing
}

// entries reads the list under heading i. next is the first heading after it.
func (r *recovery) entries(i int) (out []entry, next int) {
	h := r.headings[i]
	out = listEntries(out, h.section.Blocks, 1)
	key := func(k *heading) string { return k.number.Text + "|" + k.folded }
	later := map[string]int{}
	for _, k := range r.headings[i+1:] {
		later[key(k)]++
	}
	for next = i + 1; next < len(r.headings); next++ {
		k := r.headings[next]
		if hasText(k) || k.name != unnamed && k.name != appendixName && k.hash <= h.hash {
			break
		}
		// At the contents' own level or above only a heading with a list that
		// is printed again later is one of its lines.
		later[key(k)]--
		if k.hash <= h.hash && !(len(k.section.Blocks) > 0 && (k.rest > 0 || k.name == appendixName) && later[key(k)] > 0) {
			break
		}
		if k.hash > h.hash && len(k.section.Blocks) == 0 && k.rest == 0 && k.name != appendixName {
			break
		}
		out = append(out, newEntry(k.text, k.section.Heading, 0))
		out = listEntries(out, k.section.Blocks, 1)
	}
	return out, next
}

// hasText reports whether something other than lists stands under a heading.
func hasText(h *heading) bool {
	for _, b := range h.section.Blocks {
		switch b.(type) {
		case *book.List, *book.Rule, *book.ContentsHere:
		default:
			return true
		}
	}
	return false
}

// listEntries reads lists to any depth, and paragraphs and plain listings
// whose lines are numbered.
func listEntries(out []entry, bs []book.Block, depth int) []entry {
	for _, b := range bs {
		switch b := b.(type) {
		case *book.List:
			for _, it := range b.Items {
				for j, c := range it.Blocks {
					if p, ok := c.(*book.Paragraph); ok && j == 0 {
						out = append(out, newEntry(book.PlainText(p.Inlines), p.Span, depth))
						continue
					}
					out = listEntries(out, it.Blocks[j:j+1], depth+1)
				}
			}
		case *book.Paragraph:
			out = lines(out, b.Span, depth)
		case *book.Code:
			if b.Language == "" || b.Language == "text" {
				out = lines(out, b.TextSpan, depth)
			}
		}
	}
	return out
}

// lines reads a contents list typed as lines of text: those with a number or
// a page number are entries.
func lines(out []entry, s source.Span, depth int) []entry {
	text := s.Text()
	for at := 0; at < len(text); {
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			end = len(text) - at
		}
		line := strings.Trim(text[at:at+end], " \t\r\\*_　│├└─")
		if line != "" {
			e := newEntry(line, s.Sub(at, at+end), depth)
			if e.numbered || e.Title != line {
				out = append(out, e)
			}
		}
		at += end + 1
	}
	return out
}

func newEntry(text string, s source.Span, depth int) entry {
	text = strings.TrimSpace(unpage(text))
	e := entry{depth: depth, level: -1}
	e.Span = s
	n, rest := book.ParseNumber(text)
	if rest > 0 {
		e.Number, e.Role, e.numbered, e.bare = n.Text, n.Role, true, n.Bare
		if !n.Bare {
			e.level = n.Level
		}
	}
	e.Title = strings.TrimSpace(text[rest:])
	return e
}

// unpage drops a leader and a page number from a line's end: …… 12.
func unpage(s string) string {
	t := strings.TrimRightFunc(s, unicode.IsSpace)
	u := strings.TrimRightFunc(t, unicode.IsDigit)
	if u == t {
		u = strings.TrimRight(t, "ivxlc")
	}
	v := strings.TrimRightFunc(u, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(".．…·-_—", r) })
	if v == "" || len(u)-len(v) < 3 && !strings.HasSuffix(u, "\t") && !strings.HasSuffix(u, "  ") {
		return s
	}
	return v
}

// levels settles the entries' levels and roles: what a number says, else the
// depth below the entry they stand under.
func levels(es []entry) []book.TypedEntry {
	words := newVocabulary()
	byHeading := false
	for _, e := range es {
		byHeading = byHeading || e.depth == 0
	}
	type open struct{ depth, level int }
	var stack []open
	out := make([]book.TypedEntry, 0, len(es))
	for i, e := range es {
		for len(stack) > 0 && stack[len(stack)-1].depth >= e.depth {
			stack = stack[:len(stack)-1]
		}
		level := e.level
		if level < 0 {
			switch {
			case len(stack) > 0:
				level = stack[len(stack)-1].level + 1
			case byHeading && e.depth == 0, holdsChapters(es[i+1:], e.depth):
				level = 0
			default:
				level = 1
			}
			e.Role = roleAt(level, e, words)
		}
		stack = append(stack, open{e.depth, level})
		e.Level = level
		out = append(out, e.TypedEntry)
	}
	return out
}

// holdsChapters reports whether the entry before es, at the given depth, has a
// numbered chapter under it.
func holdsChapters(es []entry, depth int) bool {
	for _, e := range es {
		if e.depth <= depth {
			return false
		}
		if e.Role == book.Chapter {
			return true
		}
	}
	return false
}

func roleAt(level int, e entry, words vocabulary) book.Role {
	n, _ := words.nameOf(e.Title)
	switch {
	case level <= 1 && n == frontName:
		return book.Front
	case level <= 1 && n == backName:
		return book.Back
	case level <= 1 && n == indexName:
		return book.Index
	case level == 1 && n == appendixName:
		return book.Appendix
	case level == 0:
		return book.Part
	case level == 1:
		return book.Chapter
	}
	return book.Plain
}
