package xref

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

// called is what a reference in words calls its target.
type called uint8

const (
	calledPart called = iota
	calledChapter
	calledSection
	calledAppendix
	calledFigure
	calledTable
	calledEquation
	calledListing
)

// numbered is a number with what it counts: 图3-1 is {calledFigure, "3.1"}.
// Components are joined by dots whatever joins them in print.
type numbered struct {
	what called
	key  string
}

// numbers finds targets by number: as the author typed it, and as it prints.
type numbers struct {
	byTyped, byPrinted map[numbered][]*Target
	// chapters are the numbers typed in chapters' headings.
	chapters map[*book.Section]numbered
	// parts are the parts sections stand in.
	parts map[*book.Section]*book.Section
	// captions are paragraphs that read as a caption (图3-1 架构) but stand by
	// no picture of the book: they can be referred to.
	captions map[numbered]book.Block
	// heads are the texts that such paragraphs begin with.
	heads map[*book.Text]bool
	// told are the sections where an ambiguous 本章 has been reported.
	told map[*book.Section]bool
}

func keyOf(ord []int, letters bool) string { return dotted(ord, letters) }

func (n *numbers) section(s *book.Section, t *Target) {
	if s.Role == book.Closing {
		return
	}
	what, ok := calledSection, true
	switch s.Role {
	case book.Part:
		what = calledPart
	case book.Chapter:
		what = calledChapter
	case book.Appendix:
		what = calledAppendix
	default:
		ok = s.Level >= 2
	}
	if !ok {
		return
	}
	if len(t.Ordinal) > 0 {
		k := numbered{what, keyOf(t.Ordinal, strings.IndexFunc(t.Number, unicode.IsUpper) == 0 && what == calledSection)}
		n.byPrinted[k] = append(n.byPrinted[k], t)
	}
	if s.Typed == "" {
		return
	}
	num, end := book.ParseNumber(s.Typed)
	if end == 0 && what == calledChapter {
		// "1" alone, typed before the words of a chapter.
		if v, w, _ := book.ScanFigures(s.Typed); w > 0 {
			num, end = book.Number{Ordinal: []int{v}}, w
		}
	}
	if end == 0 || len(num.Ordinal) == 0 {
		return
	}
	k := numbered{what, keyOf(num.Ordinal, num.Figures == book.Letter && what == calledSection)}
	n.byTyped[k] = append(n.byTyped[k], t)
	if what == calledChapter {
		n.chapters[s] = k
	}
}

func (n *numbers) float(b book.Block, t *Target) {
	what := [...]called{Figure: calledFigure, Table: calledTable, Equation: calledEquation, Listing: calledListing}[t.Kind]
	k := numbered{what, strings.Join(strings.FieldsFunc(t.Number, func(r rune) bool { return r == '-' || r == '.' }), ".")}
	n.byPrinted[k] = append(n.byPrinted[k], t)
	typed := typedOf(b)
	if typed == "" {
		return
	}
	if m := parseRef(typed, 0, utf8.RuneError); m.end > 0 {
		for _, key := range m.keys {
			n.byTyped[numbered{m.what, key}] = append(n.byTyped[numbered{m.what, key}], t)
		}
	}
}

// caption remembers a paragraph that begins like a caption and is no longer
// than one.
func (r *resolver) caption(p *book.Paragraph) {
	if len(p.Inlines) == 0 || p.Span.End-p.Span.Start > 300 {
		return
	}
	first := firstText(p.Inlines)
	if first == nil {
		return
	}
	text := strings.TrimSpace(first.Value)
	m := parseRef(text, 0, utf8.RuneError)
	if m.end == 0 || m.what < calledFigure || m.what == calledEquation || len(m.keys) != 1 {
		return
	}
	// 图3-1展示了… goes on as a sentence, 图3-1 架构 does not.
	if rest := text[m.end:]; rest != "" && !strings.HasPrefix(rest, " ") && !strings.HasPrefix(rest, "\u3000") &&
		!strings.HasPrefix(rest, "：") && !strings.HasPrefix(rest, ":") && !strings.HasPrefix(rest, ".") {
		return
	}
	if r.prose.captions == nil {
		r.prose.captions, r.prose.heads = map[numbered]book.Block{}, map[*book.Text]bool{}
	}
	k := numbered{m.what, m.keys[0]}
	if r.prose.captions[k] == nil {
		r.prose.captions[k] = p
		r.prose.heads[first] = true
	}
}

// firstText returns the text that inlines begin with, pictures aside.
func firstText(ns []book.Inline) *book.Text {
	if len(ns) == 0 {
		return nil
	}
	switch n := ns[0].(type) {
	case *book.Text:
		return n
	case *book.Image:
		return firstText(ns[1:])
	default:
		return firstText(book.Kids(n))
	}
}

func typedOf(b book.Block) string {
	switch b := b.(type) {
	case *book.Figure:
		return b.Typed
	case *book.Diagram:
		return b.Typed
	case *book.Table:
		return b.Typed
	case *book.Code:
		return b.Typed
	}
	return ""
}

// lookup returns what a number names: by the numbers the author typed, if he
// typed any of the kind, else by those that print.
func (r *resolver) lookup(k numbered) []*Target {
	if ts := r.prose.byTyped[k]; len(ts) > 0 {
		return ts
	}
	if ts := r.prose.byPrinted[k]; len(ts) > 0 {
		return ts
	}
	if b := r.prose.captions[k]; b != nil {
		t := r.index.Blocks[b]
		if t == nil {
			t = &Target{Kind: Anchor, Label: r.free("caption-" + strings.ReplaceAll(k.key, ".", "-")), Block: b}
			r.index.Blocks[b] = t
			r.add(t, b.Where())
		}
		return []*Target{t}
	}
	return nil
}

// scan finds the references in one text node. titles is how many 《 stand open
// before it; scan returns how many do after it.
func (r *resolver) scan(p place, n *book.Text, titles int) int {
	s := n.Value
	prev := utf8.RuneError
	for i := 0; i < len(s); {
		c, w := utf8.DecodeRuneInString(s[i:])
		switch c {
		case '《':
			titles++
		case '》':
			titles = max(0, titles-1)
		case '本':
			if titles == 0 && strings.HasPrefix(s[i+w:], "章") {
				r.present(p, n, i)
			}
		case '第', '图', '圖', '図', '表', '附', '付', '公', '式', '方', '代', '程', '清', '제', '그', '표', '부', '식', 'C', 'S', 'F', 'T', 'A', 'E', 'L', 'P', 'リ',
			'0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
			if titles > 0 {
				break
			}
			m := parseRef(s, i, prev)
			if m.end == 0 {
				break
			}
			r.found(p, n, i, m)
			prev, _ = utf8.DecodeLastRuneInString(s[:m.end])
			i = m.end
			continue
		}
		prev = c
		i += w
	}
	return titles
}

// present reports 本章 where the chapter's own number is printed more than
// once.
func (r *resolver) present(p place, n *book.Text, start int) {
	ts := r.prose.byTyped[p.number]
	if len(ts) > 1 && !r.prose.told[p.section] {
		r.prose.told[p.section] = true
		r.ambiguous(n, start, match{end: start + len("本章")}, ts)
	}
}

// found records a reference, or reports that it leads nowhere.
func (r *resolver) found(p place, n *book.Text, start int, m match) {
	if foreign(n.Value, start, m.end) || r.prose.heads[n] && strings.TrimSpace(n.Value[:start]) == "" {
		return
	}
	if m.unit != "" && !r.countsBy(m, n.Value[m.end:]) {
		return
	}
	if m.relative {
		if len(p.chapter) == 0 {
			return
		}
		for i, k := range m.keys {
			m.keys[i] = keyOf(p.chapter[:1], p.letter) + "." + k
		}
	}
	var all []*Target
	for _, key := range m.keys {
		ts := r.lookup(numbered{m.what, key})
		if len(ts) == 0 {
			r.undefined(n, start, m, key)
			return
		}
		if len(ts) > 1 {
			ts = r.nearby(p, ts)
		}
		if len(ts) > 1 {
			r.ambiguous(n, start, m, ts)
		}
		all = append(all, ts[0])
	}
	t := all[0]
	r.index.Prose[n] = append(r.index.Prose[n], ProseRef{Start: start, End: m.end, Target: t})
	if len(m.keys) == 1 && t.Number != "" && !m.relative {
		r.renumbered(n, start, m, t)
	}
}

// countsBy reports whether a counter word is the book's own: 第二回 is the
// second time and 第一篇文章 an essay where chapters are 章 and parts 部分.
func (r *resolver) countsBy(m match, after string) bool {
	switch m.what {
	case calledChapter:
		return m.unit == "章" || m.unit == "장" || m.unit == r.chapterUnit
	case calledPart:
		// 第一部分代码 is a portion of something else.
		c, w := utf8.DecodeRuneInString(after)
		if w > 0 && unicode.Is(unicode.Han, c) && !strings.ContainsRune("中里的将是讲介会已从对为以和与及也则就", c) {
			return false
		}
		return m.unit == "部分" || m.unit == r.partUnit
	}
	return true
}

// nearby narrows targets of one number to those in the same part, where parts
// number their chapters anew.
func (r *resolver) nearby(p place, ts []*Target) []*Target {
	var near []*Target
	for _, t := range ts {
		if p.section != nil && t.Section != nil && r.prose.parts[t.Section] == r.prose.parts[p.section] {
			near = append(near, t)
		}
	}
	if len(near) == 1 {
		return near
	}
	return ts
}

// part returns the source span of bytes [a, b) of a text node, the node's own
// where its characters are not its source's.
func part(n *book.Text, a, b int) source.Span {
	if n.Span.End-n.Span.Start == len(n.Value) {
		return n.Span.Sub(a, b)
	}
	raw := n.Span.Text()
	if i := strings.Index(raw, n.Value[a:b]); i >= 0 && strings.Count(raw, n.Value[a:b]) == 1 {
		return n.Span.Sub(i, i+b-a)
	}
	return n.Span
}

func (r *resolver) undefined(n *book.Text, start int, m match, key string) {
	if !m.sure || !r.counts(m.what) {
		return
	}
	words := n.Value[start:m.end]
	r.diags.Add("prose-xref-undefined", part(n, start, m.end),
		diag.T("%[1]s: the book has no such %[2]s", "“%[1]s”：书中没有这%[3]s", words, whatName[m.what].En, whatName[m.what].Zh),
		diag.T("correct the number, or put a label on the target and refer to it by that", "改正编号，或给目标加标签后按标签引用"))
}

var whatName = [...]diag.Text{{En: "part", Zh: "一部分"}, {En: "chapter", Zh: "一章"}, {En: "section", Zh: "一节"}, {En: "appendix", Zh: "个附录"},
	{En: "figure", Zh: "张图"}, {En: "table", Zh: "张表"}, {En: "equation", Zh: "个公式"}, {En: "listing", Zh: "段代码"}}

// counts reports whether the book numbers things of a kind at all, so that a
// missing one is a fault and not a reference to another book. Figures, tables,
// formulae and appendices are missed even where there are none; listings are
// too often captioned in ways of a book's own.
func (r *resolver) counts(w called) bool {
	if w >= calledFigure && w != calledListing {
		return true
	}
	for _, by := range [...]map[numbered][]*Target{r.prose.byTyped, r.prose.byPrinted} {
		for k := range by {
			if k.what == w {
				return true
			}
		}
	}
	return w == calledAppendix
}

func (r *resolver) ambiguous(n *book.Text, start int, m match, ts []*Target) {
	d := r.diags.Add("prose-xref-ambiguous", part(n, start, m.end),
		diag.T("%s may be any of %d places", "“%s”可能指 %d 处", n.Value[start:m.end], len(ts)),
		diag.T("number the headings once each, or refer by a label", "让每个编号只出现一次，或按标签引用"))
	for _, t := range ts[:min(len(ts), 4)] {
		at := source.Span{}
		if t.Block != nil {
			at = t.Block.Where()
		} else if t.Section != nil {
			at = t.Section.Heading
		}
		d.Related = append(d.Related, diag.Related{Span: at, Message: diag.T("one of them", "其中一处")})
	}
}

// renumbered reports a reference whose words name the number as typed where
// the target now prints another.
func (r *resolver) renumbered(n *book.Text, start int, m match, t *Target) {
	letters := strings.IndexFunc(t.Number, unicode.IsUpper) == 0
	now := keyOf(t.Ordinal, letters && m.what != calledAppendix)
	if now == m.keys[0] || m.what == calledAppendix && keyOf(t.Ordinal, false) == m.keys[0] {
		return
	}
	r.diags.Add("prose-xref-renumbered", part(n, start, m.end),
		diag.T("%s prints as %s", "“%s”印出来是%s", n.Value[start:m.end], r.refText(t, false)),
		diag.T("change the words, or refer by a label", "改正文字，或按标签引用"))
}

// foreign reports whether a reference belongs to another work, named beside
// it: 《论语》第3章, 该书第3章, Chapter 3 of Emma.
func foreign(s string, start, end int) bool {
	before := strings.TrimRight(s[:start], " 的中里之见在书一（(，,")
	if strings.HasSuffix(before, "》") && len(s[:start])-len(before) <= 12 {
		return true
	}
	for _, w := range [...]string{"该书", "原书", "此书", "那本书", "前书", "同书", "上一版", "前一版", "原著", "原文"} {
		if strings.HasSuffix(strings.TrimRight(s[:start], " 的中里"), w) {
			return true
		}
	}
	after := strings.TrimLeft(s[end:], " ")
	return strings.HasPrefix(after, "of ") && !strings.HasPrefix(after, "of this") && !strings.HasPrefix(after, "of the book")
}
