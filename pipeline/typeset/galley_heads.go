package typeset

import (
	"strconv"
	"strings"

	"banxin/pipeline/book"
	"banxin/pipeline/layout"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// headDrop sets headings this much, in thousandths, below the middle of their
// rows: nearer to the text they head than to the one they leave.
const headDrop = 350

// sectionTree sets a section below a chapter: its heading, its blocks and the
// sections in it. Depth is 2 right below the chapter: structure elements count
// headings as they nest, so that none is skipped (PDF/UA-1, 7.4.2).
func (c *compositor) sectionTree(s *book.Section, tag int32, depth int) {
	sect := c.logic.add(tag, "Sect", s.Span)
	c.heading(s, sect, depth)
	c.body(s, sect, depth)
}

// body sets what stands under a heading of the given depth.
func (c *compositor) body(s *book.Section, sect int32, depth int) {
	at := c.whole()
	at.tag = sect
	if s.Lang != "" {
		at.lang = s.Lang
	}
	c.blocks(betweenTexts(s.Blocks), at)
	for _, k := range s.Sections {
		if shown(k) {
			c.sectionTree(k, sect, depth+1)
		}
	}
}

// betweenTexts drops the thematic breaks at either end of a section: next to a
// heading a pause says nothing.
func betweenTexts(bs []book.Block) []book.Block {
	pause := func(b book.Block) bool { _, ok := b.(*book.Rule); return ok }
	for len(bs) > 0 && pause(bs[0]) {
		bs = bs[1:]
	}
	for len(bs) > 0 && pause(bs[len(bs)-1]) {
		bs = bs[:len(bs)-1]
	}
	return bs
}

// shown reports whether a section is printed where it stands: typed contents,
// keywords and the abstract have places of their own.
func shown(s *book.Section) bool {
	switch s.Role {
	case book.Contents, book.Keywords, book.Abstract, book.Index:
		return false
	}
	return true
}

// headStyle is the style of a heading below the chapter.
func headStyle(l *layout.Layout, s *book.Section) layout.Style {
	if s.Role == book.Closing {
		return l.Styles["closing"]
	}
	names := [...]string{"section", "subsection", "level4", "level5", "level6"}
	return l.Styles[names[max(0, min(s.Level-2, len(names)-1))]]
}

// heading sets a section's heading in whole rows (typography G5, G6). It may
// take a row less or more than its own where that fills the page.
func (c *compositor) heading(s *book.Section, tag int32, depth int) {
	c.begin(s)
	st := headStyle(c.layout, s)
	at := c.whole()
	at.style = st
	h := c.logic.add(tag, "H"+strconv.Itoa(min(depth, 6)), s.Heading)
	t := c.text(c.numbered(s), at, h)
	f := c.balanced(t)
	if f.Height == 0 {
		return
	}
	f = c.ruled(f, st)
	sl := c.push(&slug{forms: c.headForms(f, st, t), span: s.Heading})
	sl.keep = true
}

// headForms are a heading's own height in rows and its neighbours.
func (c *compositor) headForms(f *page.Frame, st layout.Style, t text) []form {
	lines := 1
	if st.Leading > 0 {
		lines = 1 + int((f.Height-st.Size)/st.Leading)
	}
	least := c.grid.count(f.Height - c.grid.gap())
	own := st.Occupies
	if own == 0 {
		own = c.grid.nearest(st.Before + unit.Length(lines)*st.Leading + st.After)
	} else if lines > 1 {
		own += c.grid.count(unit.Length(lines-1) * st.Leading)
	}
	own = max(own, least, 1)
	base := form{atoms: []atom{{frame: f, x: st.Left}}, rows: own, own: own, drop: headDrop}.measured()
	forms := []form{base}
	if own > 2 && own-1 >= least {
		tight := base
		tight.rows, tight.cost = own-1, costTight
		forms = append(forms, tight)
	}
	if own > 1 {
		wide := base
		wide.rows, wide.cost = own+1, costWide
		forms = append(forms, wide)
	}
	return forms
}

// begin names the place where a section begins.
func (c *compositor) begin(s *book.Section) {
	c.section = s
	if s.Label != "" {
		c.dests = append(c.dests, s.Label)
	}
	for _, a := range s.Aliases {
		if !strings.Contains(a, "/") && !strings.Contains(a, ".md") {
			c.dests = append(c.dests, a) // places in files are for links alone
		}
	}
	for i := range s.Hints {
		if h := &s.Hints[i]; h.Name == "page" {
			c.turn = h
		} else {
			c.idle(h) // a heading is kept with its text in any case
		}
	}
}

// number is what stands before a section's title, "" if nothing does.
func (c *setter) number(s *book.Section) string {
	if c.index == nil {
		return ""
	}
	t := c.index.Sections[s]
	if t == nil {
		return ""
	}
	switch s.Role {
	case book.Part, book.Chapter, book.Appendix:
		return t.Printed
	}
	return t.Number
}

// numbered is a section's title behind its number and an em of white.
func (c *compositor) numbered(s *book.Section) []book.Inline {
	n := c.number(s)
	if n == "" {
		return s.Title
	}
	lead := &book.Text{Leaf: book.Leaf{Span: s.Heading}, Value: n + "\u3000"}
	return append([]book.Inline{lead}, s.Title...)
}

// opening sets the head of a chapter, an appendix, front or back matter at
// the top of its page: sunk, the number above the title or before it.
func (c *compositor) opening(s *book.Section, tag int32, name string, sink int) {
	c.begin(s)
	st := c.layout.Styles[name]
	at := c.whole()
	at.style = st
	h := c.logic.add(tag, "H1", s.Heading)
	num := c.layout.Styles["chapter-number"]
	var head *page.Frame
	title := s.Title
	if n := c.number(s); n != "" {
		if num.Letter == "line" {
			over := at
			over.style = num
			head = c.stack(c.text([]book.Inline{&book.Text{Leaf: book.Leaf{Span: s.Heading}, Value: n}}, over, h))
		} else {
			title = c.numbered(s)
		}
	}
	f := c.ruled(c.balanced(c.text(title, at, h)), st)
	rows := max(st.Occupies, c.grid.count(f.Height-c.grid.gap()), 1)
	if head != nil {
		f = over(head, f, c.grid.leading.Scale(7, 10))
		rows = max(st.Occupies+c.grid.count(num.Leading), c.grid.count(f.Height))
	}
	own := form{atoms: []atom{{frame: f}}, rows: rows, pin: rows}.measured()
	more := own
	more.rows, more.cost = rows+1, costWide // the title stays, the text moves
	c.push(&slug{span: s.Heading, sink: sink, forms: []form{own, more}}).keep = true
}

// balanced sets a heading; a centred one of several lines is set as narrow as
// it goes without one more, so that its lines are about equally long.
func (c *compositor) balanced(t text) *page.Frame {
	set := c.paragraph(t)
	c.diags = append(c.diags, set.diags...)
	best, n := set.best.lines, len(set.best.lines)
	if n < 2 || t.style.Align != layout.Center {
		return pile(best, t.style)
	}
	full := t.measure
	low, high := full/unit.Length(n+1), full
	for high-low > t.style.Size/4 {
		t.measure = (low + high) / 2
		if ls := c.paragraph(t).best.lines; len(ls) > n {
			low = t.measure
		} else {
			high, best = t.measure, ls
		}
	}
	f := pile(best, t.style)
	out := &page.Frame{Width: full, Height: f.Height, Baseline: f.Baseline}
	lay(out, f, (full-high)/2, 0)
	return out
}

// ruled draws a style's rules above and below a heading, over the measure.
func (c *compositor) ruled(f *page.Frame, st layout.Style) *page.Frame {
	if st.RuleAbove == 0 && st.RuleBelow == 0 {
		return f
	}
	out := &page.Frame{Width: f.Width, Height: f.Height, Baseline: f.Baseline}
	y := unit.Length(0)
	if st.RuleAbove > 0 {
		out.Add(-st.Left, 0, &page.Rule{Width: c.measure, Height: st.RuleAbove, Color: page.GrayLevel(st.Gray)})
		y = st.RuleAbove + st.Size.Em(400)
		out.Height, out.Baseline = out.Height+y, out.Baseline+y
	}
	lay(out, f, 0, y)
	if st.RuleBelow > 0 {
		white := st.Size.Em(400)
		out.Add(-st.Left, out.Height+white, &page.Rule{Width: c.measure, Height: st.RuleBelow, Color: page.GrayLevel(st.Gray)})
		out.Height += white + st.RuleBelow
	}
	return out
}

// over puts one frame above another, white apart.
func over(a, b *page.Frame, white unit.Length) *page.Frame {
	out := &page.Frame{Width: max(a.Width, b.Width), Height: a.Height + white + b.Height, Baseline: a.Baseline}
	lay(out, a, 0, 0)
	lay(out, b, 0, a.Height+white)
	return out
}
