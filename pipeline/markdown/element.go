package markdown

import (
	"html"
	"strconv"
	"strings"

	"banxin/pipeline/book"
	"banxin/pipeline/source"
)

// elementBlocks converts what an element holds.
func (d *document) elementBlocks(e *element) []book.Block {
	if len(e.kids) == 0 {
		return nil
	}
	out := make([]book.Block, 0, len(e.kids))
	for _, k := range e.kids {
		n := len(out)
		switch {
		case k.block != nil:
			out = append(out, k.block)
		case k.elem != nil:
			out = append(out, d.elementBlock(k.elem)...)
		default:
			out = append(out, d.runBlocks(k)...)
		}
		if len(k.hints) > 0 && len(out) > n {
			b := nodeOf(out[n])
			b.Hints = append(append([]book.Hint{}, k.hints...), b.Hints...)
		}
	}
	return out
}

// runBlocks makes a paragraph or a figure of a run of inline HTML.
func (d *document) runBlocks(k item) []book.Block {
	ns := d.literal(k.run, k.at)
	if len(ns) == 0 {
		return nil
	}
	asm := &assembly{d: d}
	d.running(ns, d.runSpan(k), asm)
	return d.elementBlocks(&asm.root)
}

func (d *document) runSpan(k item) source.Span {
	in := &inlines{document: d, s: k.run, lines: k.at}
	return in.span(0, len(k.run))
}

// cover is an element's span with all it holds, where its end tag is missing.
func (d *document) cover(e *element) source.Span {
	s := e.span
	for _, k := range e.kids {
		switch {
		case k.block != nil:
			s = s.Join(k.block.Where())
		case k.elem != nil:
			s = s.Join(d.cover(k.elem))
		case len(k.run) > 0:
			s = s.Join(d.runSpan(k))
		}
	}
	return s
}

// inlinesOf joins the inline content of an element, for titles and captions.
func (d *document) inlinesOf(e *element) []book.Inline {
	var out []book.Inline
	for _, k := range e.kids {
		switch {
		case k.elem != nil:
			out = append(out, d.inlinesOf(k.elem)...)
		case k.block != nil:
			for _, r := range book.Inlines(k.block) {
				out = append(out, r...)
			}
			if h, ok := k.block.(*heading); ok {
				out = append(out, h.inlines...)
			}
		default:
			out = append(out, d.literal(k.run, k.at)...)
		}
	}
	return out
}

// elementBlock is what a block element means.
func (d *document) elementBlock(e *element) []book.Block {
	e.span = d.cover(e)
	n := book.Node{Span: e.span}
	switch t := e.tag; t.name {
	case "hr":
		return []book.Block{&book.Rule{Node: n}}
	case "h1", "h2", "h3", "h4", "h5", "h6":
		h := &heading{Node: n, level: int(t.name[1] - '0'), inlines: d.inlinesOf(e)}
		h.Label, h.Classes = t.get("id"), t.classes()
		d.mark(h.Label)
		if len(h.inlines) == 0 {
			return nil
		}
		return []book.Block{h}
	case "blockquote":
		q := &book.Quote{Node: n, Blocks: d.settle(d.elementBlocks(e))}
		q.Blocks, q.Source = attribution(q.Blocks)
		return []book.Block{q}
	case "pre":
		return []book.Block{d.preBlock(e, n)}
	case "ul", "ol":
		return d.htmlList(e, n)
	case "dl":
		return d.htmlDefinitions(e, n)
	case "table":
		return []book.Block{d.htmlTable(e, n)}
	case "details":
		return []book.Block{d.details(e, n)}
	case "figure":
		return d.htmlFigure(e, n)
	default:
		return d.htmlDivision(e, n)
	}
}

// htmlDivision keeps an element that says where its text stands or what class
// it is of; any other is only its content.
func (d *document) htmlDivision(e *element, n book.Node) []book.Block {
	t := e.tag
	bs := d.elementBlocks(e)
	a := &attrs{id: t.get("id"), classes: t.classes()}
	if l := t.get("lang"); l != "" {
		a.keys = [][2]string{{"lang", l}}
	}
	align := t.get("align") + cssValue(t.get("style"), "text-align")
	if t.name == "center" {
		align = "center"
	}
	v := &book.Division{Node: n, Blocks: bs}
	d.dress(v, a)
	v.Align = alignOf(append([]string{strings.ToLower(align)}, a.classes...))
	if hasHeading(bs) {
		return bs // sections cannot stand in a division
	}
	if len(bs) == 0 && a.id == "" {
		return nil
	}
	onlyFigures := len(bs) > 0
	for _, b := range bs {
		if _, ok := b.(*book.Figure); !ok {
			onlyFigures = false
		}
	}
	if a.id == "" && len(a.classes) == 0 && v.Lang == "" && (v.Align == book.AlignNone || v.Align == book.AlignCenter && onlyFigures) {
		return bs
	}
	return []book.Block{v}
}

func (d *document) preBlock(e *element, n book.Node) book.Block {
	c := &book.Code{Node: n, FirstLine: 1}
	var b strings.Builder
	for _, k := range e.kids {
		if k.run == nil {
			continue
		}
		in := &inlines{document: d, s: k.run, lines: k.at}
		c.TextSpan = in.span(0, len(k.run))
		s := k.run
		for i := 0; i < len(s); {
			if s[i] == '<' {
				if t, m := readTag(s[i:]); m > 0 {
					if t.name == "code" && !t.end {
						for _, w := range t.classes() {
							c.Language = strings.TrimPrefix(strings.TrimPrefix(w, "language-"), "lang-")
						}
					}
					i += m
					continue
				}
			}
			j := i + 1
			for j < len(s) && s[j] != '<' {
				j++
			}
			b.WriteString(html.UnescapeString(d.str(s[i:j])))
			i = j
		}
	}
	c.Text = strings.Trim(b.String(), "\n")
	return c
}

func (d *document) htmlList(e *element, n book.Node) []book.Block {
	l := &book.List{Node: n, Ordered: e.tag.name == "ol", Start: 1, Marker: "-", Tight: true}
	if l.Ordered {
		l.Marker = "."
		if s, err := strconv.Atoi(e.tag.get("start")); err == nil {
			l.Start = s
		}
	}
	for _, k := range e.kids {
		switch {
		case k.elem != nil && k.elem.tag.name == "li":
			l.Items = append(l.Items, &book.Item{Span: k.elem.span, Blocks: d.settle(d.elementBlocks(k.elem))})
		default: // what stands between items
			w := &element{tag: &tag{name: "li"}, kids: []item{k}}
			if bs := d.settle(d.elementBlocks(w)); len(bs) > 0 {
				l.Items = append(l.Items, &book.Item{Span: bs[0].Where(), Blocks: bs})
			}
		}
	}
	if len(l.Items) == 0 {
		return nil
	}
	return []book.Block{l}
}

func (d *document) htmlDefinitions(e *element, n book.Node) []book.Block {
	l := &book.DefinitionList{Node: n}
	for _, k := range e.kids {
		term := k.elem != nil && k.elem.tag.name == "dt"
		last := len(l.Entries) - 1
		if last < 0 || term && len(l.Entries[last].Details) > 0 {
			l.Entries = append(l.Entries, book.Definition{})
			last++
		}
		en := &l.Entries[last]
		if term {
			en.Terms = append(en.Terms, d.inlinesOf(k.elem))
			continue
		}
		w := &element{tag: &tag{name: "dd"}, kids: []item{k}}
		if k.elem != nil && k.elem.tag.name == "dd" {
			w = k.elem
		}
		if bs := d.settle(d.elementBlocks(w)); len(bs) > 0 {
			en.Details = append(en.Details, bs)
		}
	}
	return []book.Block{l}
}

func (d *document) details(e *element, n book.Node) book.Block {
	a := &book.Admonition{Node: n, Kind: "details", Folded: true}
	rest := &element{tag: e.tag}
	for _, k := range e.kids {
		if k.elem != nil && k.elem.tag.name == "summary" && a.Title == nil {
			a.Title = d.inlinesOf(k.elem)
			continue
		}
		rest.kids = append(rest.kids, k)
	}
	a.Blocks = d.settle(d.elementBlocks(rest))
	d.dress(a, &attrs{id: e.tag.get("id"), classes: e.tag.classes()})
	return a
}

// htmlFigure is a figure of pictures with its caption; of anything else, a
// division.
func (d *document) htmlFigure(e *element, n book.Node) []book.Block {
	rest := &element{tag: e.tag}
	var caption []book.Inline
	for _, k := range e.kids {
		if k.elem != nil && k.elem.tag.name == "figcaption" {
			caption = append(caption, d.inlinesOf(k.elem)...)
			continue
		}
		rest.kids = append(rest.kids, k)
	}
	bs := d.settle(d.elementBlocks(rest))
	f := &book.Figure{Node: n}
	for _, b := range bs {
		g, ok := b.(*book.Figure)
		if !ok {
			return d.captioned(bs, caption, e, n)
		}
		f.Images = append(f.Images, g.Images...)
		if f.Caption == nil {
			f.Caption = g.Caption
		}
	}
	if caption != nil {
		f.Caption = caption
	}
	if len(f.Images) == 0 {
		return d.captioned(bs, caption, e, n)
	}
	d.dress(f, &attrs{id: e.tag.get("id"), classes: e.tag.classes()})
	return []book.Block{f}
}

// captioned gives a figcaption to the one block it stands with.
func (d *document) captioned(bs []book.Block, caption []book.Inline, e *element, n book.Node) []book.Block {
	if len(bs) == 1 && caption != nil && setCaption(bs[0], caption) {
		d.dress(bs[0], &attrs{id: e.tag.get("id"), classes: e.tag.classes()})
		return bs
	}
	v := &book.Division{Node: n, Blocks: bs}
	v.Classes = append(e.tag.classes(), "figure")
	if caption != nil {
		v.Blocks = append(v.Blocks, &book.Paragraph{Node: book.Node{Span: e.span, Classes: []string{"caption"}}, Inlines: caption})
	}
	return []book.Block{v}
}

// htmlTable reads rows and cells with their spans.
func (d *document) htmlTable(e *element, n book.Node) book.Block {
	t := &book.Table{Node: n}
	var loose []item
	var rows func(e *element, head bool)
	rows = func(e *element, head bool) {
		for _, k := range e.kids {
			if k.elem == nil {
				loose = append(loose, k)
				continue
			}
			switch k.elem.tag.name {
			case "caption":
				t.Caption = d.inlinesOf(k.elem)
			case "thead":
				rows(k.elem, true)
			case "tr":
				r, all := d.htmlRow(k.elem)
				switch {
				case len(r.Cells) == 0:
				case head || all && len(t.Rows) == 0 && len(t.Head) == 0:
					t.Head = append(t.Head, r)
				default:
					t.Rows = append(t.Rows, r)
				}
			case "td", "th":
				r, _ := d.htmlRow(&element{tag: k.elem.tag, kids: []item{k}})
				t.Rows = append(t.Rows, r)
			default:
				rows(k.elem, false)
			}
		}
	}
	rows(e, false)
	cols := 0
	for _, rs := range [][]book.Row{t.Head, t.Rows} {
		for _, r := range rs {
			n := 0
			for _, c := range r.Cells {
				n += c.ColSpan
			}
			cols = max(cols, n)
		}
	}
	t.Align = make([]book.Align, cols)
	d.dress(t, &attrs{id: e.tag.get("id"), classes: e.tag.classes()})
	if bs := d.elementBlocks(&element{tag: e.tag, kids: loose}); len(bs) > 0 {
		t.Rows = append(t.Rows, book.Row{Cells: []book.Cell{{Span: e.span, ColSpan: max(1, cols), RowSpan: 1, Blocks: d.settle(bs)}}})
	}
	return t
}

func (d *document) htmlRow(e *element) (r book.Row, all bool) {
	all = true
	for _, k := range e.kids {
		c := book.Cell{ColSpan: 1, RowSpan: 1, Span: e.span}
		w := &element{tag: e.tag, kids: []item{k}}
		if k.elem != nil && (k.elem.tag.name == "td" || k.elem.tag.name == "th") {
			w = k.elem
			c.Span = w.span
			c.Header = w.tag.name == "th"
			c.ColSpan, c.RowSpan = spanOf(w.tag.get("colspan")), spanOf(w.tag.get("rowspan"))
		}
		c.Blocks = d.settle(d.elementBlocks(w))
		all = all && c.Header
		r.Cells = append(r.Cells, c)
	}
	return r, all
}

func spanOf(s string) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 1 || n > 1000 {
		return 1
	}
	return n
}

// setCaption gives a caption to a block that can carry one.
func setCaption(b book.Block, caption []book.Inline) bool {
	switch b := b.(type) {
	case *book.Table:
		b.Caption = caption
	case *book.Code:
		b.Caption = caption
	case *book.Diagram:
		b.Caption = caption
	case *book.Figure:
		b.Caption = caption
	default:
		return false
	}
	return true
}
