package typeset

import (
	"strings"
	"unicode/utf8"

	"banxin/pipeline/book"
	"banxin/pipeline/layout"
	"banxin/pipeline/page"
	"banxin/pipeline/source"
	"banxin/pipeline/unit"
)

// sourceless is the span of what the program adds.
var sourceless = source.Span{}

// plan divides a book into what begins on pages of its own: the front matter,
// without its contents pages, and the main matter.
func (p *press) plan() (front, main []*division) {
	m := &p.book.Meta
	if f := p.coverPicture(); f != nil {
		front = append(front, &division{kind: page.Cover, title: phrase(p.lang, "cover"), silent: true, free: func(*compositor) []*leaf { return []*leaf{{frame: f}} }})
	}
	if m.Title != "" {
		front = append(front, &division{kind: page.TitlePage, title: phrase(p.lang, "title-page"), starts: "recto", silent: true, free: p.titlePage})
	}
	if len(m.Colophon) > 0 || m.CIP != "" || m.ISBN != "" || m.Rights != "" || m.Edition != "" || m.AI != "" {
		front = append(front, &division{kind: page.Copyright, title: phrase(p.lang, "copyright"), silent: true, free: p.copyrightPage})
	}
	for _, e := range []struct{ text, style string }{{m.Dedication, "dedication"}, {m.Epigraph, "epigraph"}} {
		if e.text != "" {
			front = append(front, p.motto(e.text, e.style))
		}
	}
	if bs := p.abstract(); len(bs) > 0 {
		front = append(front, p.abstractPage(bs))
	}
	if len(p.book.Preamble) > 0 {
		main = append(main, &division{kind: page.Text, compose: func(c *compositor) { c.blocks(p.book.Preamble, c.whole()) }})
	}
	for _, s := range p.book.Sections {
		switch {
		case !shown(s):
		case s.Role == book.Front && len(main) == 0:
			front = append(front, p.chapter(s, nil, p.layout.Openings.Front))
		case s.Role == book.Part:
			main = p.part(main, s)
		default:
			main = append(main, p.chapter(s, nil, p.layout.Openings.Chapter))
		}
	}
	main = append(main, p.bookNotes()...)
	return front, append(main, p.worksCited()...)
}

// part plans a part's page and its chapters.
func (p *press) part(main []*division, s *book.Section) []*division {
	o := p.layout.Openings
	if o.PartPage {
		main = append(main, &division{section: s, part: s, kind: page.PartTitle, starts: o.Part, compose: func(c *compositor) {
			c.partTitle(s)
		}})
	}
	switch {
	case !o.PartPage:
		main = append(main, &division{section: s, part: s, kind: page.Opening, starts: o.Part, compose: func(c *compositor) {
			at := c.whole()
			at.tag = c.logic.add(0, "Part", s.Span)
			c.opening(s, at.tag, "part", o.ChapterSink)
			c.blocks(s.Blocks, at)
		}})
	case len(s.Blocks) > 0:
		main = append(main, &division{section: s, part: s, kind: page.Text, compose: func(c *compositor) {
			at := c.whole()
			at.tag = c.logic.add(0, "Sect", s.Span)
			c.blocks(s.Blocks, at)
		}})
	}
	for i, k := range s.Sections {
		if !shown(k) {
			continue
		}
		d := p.chapter(k, s, o.Chapter)
		if i == 0 && o.PartPage {
			d.starts = "recto" // the part's verso stays blank
		}
		main = append(main, d)
	}
	return main
}

// chapter plans a chapter or what stands like one.
func (p *press) chapter(s, part *book.Section, starts string) *division {
	name := "chapter"
	switch s.Role {
	case book.Appendix:
		name = "appendix"
	case book.Front, book.Back:
		name = "front"
	}
	return &division{section: s, part: part, kind: page.Opening, starts: starts, compose: func(c *compositor) {
		tag := c.logic.add(0, "Sect", s.Span)
		c.opening(s, tag, name, p.layout.Openings.ChapterSink)
		c.body(s, tag, 1)
		if p.layout.Notes.Place == "chapter" {
			c.endNotes(c.order, tag)
		}
	}}
}

// partTitle sets a part's number and title a third down its page.
func (c *compositor) partTitle(s *book.Section) {
	tag := c.logic.add(0, "Part", s.Span)
	c.begin(s)
	at := c.whole()
	h := c.logic.add(tag, "H1", s.Heading)
	at.style = c.layout.Styles["part"]
	f := c.balanced(c.text(s.Title, at, h))
	if n := c.number(s); n != "" {
		at.style = c.layout.Styles["part-number"]
		num := c.stack(c.text([]book.Inline{&book.Text{Leaf: book.Leaf{Span: s.Heading}, Value: n}}, at, h))
		f = over(num, f, c.grid.leading)
	}
	c.push(&slug{span: s.Heading, sink: c.grid.rows * 28 / 100, forms: []form{form{atoms: []atom{{frame: f}}}.measured()}})
}

// coverPicture is the cover as wide and high as the page; nil if there is no
// picture.
func (p *press) coverPicture() *page.Frame {
	path := p.book.Meta.Cover
	if path == "" {
		return nil
	}
	c := newCompositor(p.setter, p.measure())
	f := c.image(&book.Image{Path: path, Alt: phrase(p.lang, "cover"), Width: "1000cm"}, p.layout.Page.Width)
	if f == nil {
		return nil
	}
	w, h := p.layout.Page.Width, p.layout.Page.Height
	f = c.within(f, w, h)
	out := &page.Frame{Width: w, Height: h}
	lay(out, f, (w-f.Width)/2, (h-f.Height)/2)
	return out
}

// freePage is a page off the grid: texts one under another at chosen heights.
type freePage struct {
	*compositor
	frame *page.Frame
	tag   int32
	right bool // what is put stands at the right
}

func (c *compositor) freePage(kind string) *freePage {
	return &freePage{compositor: c, frame: &page.Frame{Width: c.measure, Height: c.depth()}, tag: c.logic.add(0, kind, sourceless)}
}

// put sets a text at y and returns where it ends.
func (f *freePage) put(ns []book.Inline, name, node string, y unit.Length) unit.Length {
	at := f.whole()
	at.style = f.layout.Styles[name]
	if f.right {
		at.style.Align, at.style.Indent = layout.Right, 0
	}
	fr := f.balanced(f.text(ns, at, f.logic.add(f.tag, node, sourceless)))
	lay(f.frame, fr, at.style.Left, y)
	return y + fr.Height
}

// titlePage is 书名页: title, subtitle, who made the book, the publisher at
// the foot. What is not known leaves no trace.
func (p *press) titlePage(c *compositor) []*leaf {
	m := &p.book.Meta
	f := c.freePage("Sect")
	st := p.layout.Styles
	y := c.depth().Scale(24, 100)
	y = f.put(plain(m.Title), "title", "H1", y)
	if m.Subtitle != "" {
		y = f.put(plain(m.Subtitle), "subtitle", "P", y+st["title"].Size.Em(700))
	}
	y += st["title"].Size.Em(1600)
	for _, line := range creators(m, p.lang) {
		y = f.put(plain(line), "author", "P", y) + st["author"].Leading - st["author"].Size
	}
	if m.Publisher != "" {
		f.put(plain(m.Publisher), "publisher", "P", c.depth()-st["publisher"].Size)
	}
	return []*leaf{{frame: f.frame}}
}

// creators are the lines that name who made the book, each role on its own.
func creators(m *book.Meta, lang string) []string {
	verbs := map[string]string{"aut": " 著", "trl": " 译", "edt": " 编", "ill": " 绘"}
	if strings.HasPrefix(lang, "zh-Hant") || strings.HasPrefix(lang, "zh-TW") {
		verbs = map[string]string{"aut": " 著", "trl": " 譯", "edt": " 編", "ill": " 繪"}
	} else if strings.HasPrefix(lang, "ja") {
		verbs = map[string]string{"aut": " 著", "trl": " 訳", "edt": " 編", "ill": " 絵"}
	} else if !strings.HasPrefix(lang, "zh") {
		verbs = nil
	}
	var out []string
	var roles []string
	for _, cr := range append(append([]book.Creator(nil), m.Creators...), m.Contributors...) {
		role := cr.Role
		if role == "" {
			role = "aut"
		}
		if n := len(out); n > 0 && roles[n-1] == role {
			out[n-1] += "\u3000" + cr.Name
			continue
		}
		out, roles = append(out, cr.Name), append(roles, role)
	}
	for i := range out {
		out[i] += verbs[roles[i]]
	}
	return out
}

// copyrightPage is 版权页: the CIP block verbatim at the head, the colophon's
// lines as given at the foot, their labels spread to one width.
func (p *press) copyrightPage(c *compositor) []*leaf {
	m := &p.book.Meta
	f := c.freePage("Sect")
	st := p.layout.Styles["colophon"]
	gap := st.Leading - st.Size
	fields := append([]book.Field(nil), m.Colophon...)
	if m.ISBN != "" && !strings.Contains(m.CIP, m.ISBN) && !hasField(m.Colophon, "ISBN") {
		fields = append(fields, book.Field{Value: "ISBN " + m.ISBN})
	}
	if m.Edition != "" && len(m.Colophon) == 0 {
		fields = append(fields, book.Field{Value: m.Edition})
	}
	if m.Rights != "" {
		fields = append(fields, book.Field{Value: m.Rights})
	}
	if m.AI == "generated" || m.AI == "assisted" {
		fields = append(fields, book.Field{Value: phrase(p.lang, "ai-"+m.AI)})
	}
	if m.CIP != "" {
		y := unit.Length(0)
		for _, l := range strings.Split(strings.TrimRight(m.CIP, "\n"), "\n") {
			if y = f.put(plain(l), "colophon", "P", y) + gap; strings.TrimSpace(l) == "" {
				y += st.Size
			}
		}
	}
	widest := 0
	for _, fd := range fields {
		widest = max(widest, utf8.RuneCountInString(fd.Label))
	}
	var rows []*page.Frame
	depth := unit.Length(0)
	for _, fd := range fields {
		row := f.field(fd, st, widest)
		rows = append(rows, row)
		depth += row.Height + gap
	}
	y := c.depth() - depth + gap
	for _, row := range rows {
		lay(f.frame, row, 0, y)
		y += row.Height + gap
	}
	return []*leaf{{frame: f.frame}}
}

// field sets a line of the colophon: the label spread to so many characters,
// an em of white, the value hanging.
func (f *freePage) field(fd book.Field, st layout.Style, chars int) *page.Frame {
	tag := f.logic.add(f.tag, "P", sourceless)
	at := f.whole()
	at.style, at.lang = st, f.lang
	x := unit.Length(0)
	out := &page.Frame{Width: f.measure, Height: st.Size, Baseline: st.Size.Em(hanAscent)}
	if n := utf8.RuneCountInString(fd.Label); n > 0 {
		head := at
		if n > 1 && fullWidth(fd.Label) {
			head.style.Tracking = (chars - n) * 1000 / (n - 1)
		}
		l := f.stack(f.text(plain(fd.Label), head, tag))
		lay(out, l, 0, 0)
		x = max(unit.Length(chars+1)*st.Size, inked(l)+st.Size)
	}
	at.width -= x
	v := f.stack(f.text(plain(fd.Value), at, tag))
	lay(out, v, x, 0)
	out.Height = max(out.Height, v.Height)
	return out
}

// fullWidth reports whether a label is of full-width characters alone.
func fullWidth(s string) bool {
	for _, r := range s {
		if !wide(r) {
			return false
		}
	}
	return true
}

// hasField reports whether a colophon has a line of that label.
func hasField(fs []book.Field, label string) bool {
	for _, f := range fs {
		if strings.Contains(f.Label, label) {
			return true
		}
	}
	return false
}

// motto sets a dedication or an epigraph on a recto of its own.
func (p *press) motto(s, style string) *division {
	return &division{kind: page.Text, starts: "recto", silent: true, free: func(c *compositor) []*leaf {
		f := c.freePage("Sect")
		y := c.depth().Scale(30, 100)
		st := p.layout.Styles[style]
		for _, l := range strings.Split(strings.TrimSpace(s), "\n") {
			f.right = strings.HasPrefix(l, "——") // who said it
			y = f.put(plain(l), style, "P", y) + st.Leading - st.Size
		}
		return []*leaf{{frame: f.frame}}
	}}
}

// abstract is the book's abstract: book.yaml's, else the section that is one.
func (p *press) abstract() []book.Block {
	if len(p.book.Meta.Abstract) > 0 {
		return p.book.Meta.Abstract
	}
	for _, s := range p.book.Sections {
		if s.Role == book.Abstract {
			return s.Blocks
		}
	}
	return nil
}

// abstractPage is 内容提要, with the keywords under it.
func (p *press) abstractPage(bs []book.Block) *division {
	return &division{kind: page.Text, title: phrase(p.lang, "abstract"), starts: "recto", silent: true, compose: func(c *compositor) {
		tag := c.logic.add(0, "Sect", sourceless)
		st := c.layout.Styles["abstract-title"]
		at := c.whole()
		at.style = st
		f := c.stack(c.text(plain(phrase(c.lang, "abstract")), at, c.logic.add(tag, "H1", sourceless)))
		c.push(&slug{sink: 2, forms: []form{form{atoms: []atom{{frame: f}}, rows: max(st.Occupies, 1)}.measured()}}).keep = true
		at.style, at.tag = c.layout.Styles["abstract"], tag
		c.blocks(bs, at)
		if kw := c.book.Meta.Keywords; len(kw) > 0 {
			at.style.Indent = 0
			label := &book.Strong{Kids: plain(phrase(c.lang, "keywords"))}
			rest := &book.Text{Value: phrase(c.lang, "colon") + strings.Join(kw, phrase(c.lang, "list-comma"))}
			c.paragraphSlug(c.text([]book.Inline{label, rest}, at, c.logic.add(tag, "P", sourceless)), at, sourceless).white = 1
		}
	}}
}
