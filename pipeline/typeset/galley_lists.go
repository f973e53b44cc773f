package typeset

import (
	"slices"
	"strconv"

	"banxin/pipeline/book"
	"banxin/pipeline/font"
	"banxin/pipeline/layout"
	"banxin/pipeline/page"
	"banxin/pipeline/source"
	"banxin/pipeline/unit"
)

// list sets a list. Labels hang in a box that ends where the text begins, and
// the text begins on the character grid.
func (c *compositor) list(l *book.List, at place) {
	st := c.inherit(c.layout.Styles["list"], at)
	size := st.Size
	tag := c.logic.add(at.tag, "L", l.Span)
	frames := make([]*page.Frame, len(l.Items))
	hang := max(c.layout.List.Hang, size)
	for i, it := range l.Items {
		frames[i] = c.itemLabel(l, it, i, at.level, st)
		if w := frames[i].Width + size.Em(300); w > hang {
			hang = (w + size - 1) / size * size
		}
	}
	outset := unit.Length(0)
	if at.level == 0 {
		outset = c.layout.List.Outset
	}
	in := at
	in.style, in.level, in.flush = st, at.level+1, false
	in.x += outset + hang
	in.width -= outset + hang
	// Deep nesting never leaves less than eight characters to a line.
	if least := 8 * size; in.width < least && at.width >= least {
		in.x -= least - in.width
		in.width = least
	}
	for i, it := range l.Items {
		li := c.logic.add(tag, "LI", it.Span)
		lbl := c.logic.add(li, "Lbl", it.Span)
		in.tag = c.logic.add(li, "LBody", it.Span)
		f := frames[i]
		for k := range f.Items {
			f.Items[k].Tag = lbl
		}
		x := in.x - f.Width - size.Em(300)
		if !l.Ordered && !it.Task {
			x = in.x - (size+f.Width)/2 // a bullet stands in the middle of its em
		}
		c.labels = append(c.labels, label{f, x})
		c.item(it, in)
	}
}

// item sets an item's blocks behind its label. A label before something that
// has no first line of text takes a row of its own and stays with it.
func (c *compositor) item(it *book.Item, in place) {
	if len(it.Blocks) > 0 {
		switch it.Blocks[0].(type) {
		case *book.Paragraph, *book.List:
		default:
			c.bareLabel(in, it.Span).keep = true
		}
	}
	first := len(c.galley.slugs)
	c.blocks(it.Blocks, in)
	if len(c.labels) > 0 && len(c.galley.slugs) == first {
		c.bareLabel(in, it.Span)
	}
	c.labels = nil
}

// bareLabel sets the waiting labels on a row without text.
func (c *compositor) bareLabel(in place, span source.Span) *slug {
	empty := &page.Frame{Width: in.width, Height: c.grid.leading, Baseline: in.style.Size.Em(hanAscent)}
	f := form{atoms: []atom{{frame: labelled(empty, in.x, c.labels), x: in.x}}}
	c.labels = nil
	return c.push(&slug{forms: []form{f}, span: span})
}

// inherit returns st for text inside at: what surrounds it lends the size and
// role where the place is not running text.
func (c *compositor) inherit(st layout.Style, at place) layout.Style {
	body := c.layout.Styles["body"]
	if at.style.Size != body.Size || at.style.Role != body.Role || at.style.Leading != body.Leading {
		st.Size, st.Leading, st.Role = at.style.Size, at.style.Leading, at.style.Role
	}
	st.Before, st.After = 0, 0
	return st
}

// itemLabel is a bullet, a number or a task box as a frame of natural width.
func (c *compositor) itemLabel(l *book.List, it *book.Item, i, level int, st layout.Style) *page.Frame {
	switch {
	case it.Task:
		return taskBox(st.Size, it.Done)
	case l.Ordered:
		mark := l.Marker
		if mark == "" {
			mark = "."
		}
		return c.snug(strconv.Itoa(l.Start+i)+mark, st)
	}
	// Faces of the body differ in the size of their bullets, those of 黑体 do not.
	st.Role = string(font.Hei)
	bullets := c.layout.List.Bullets
	if len(bullets) == 0 {
		return c.snug("•", st)
	}
	return c.snug(bullets[min(level, len(bullets)-1)], st)
}

// snug sets a short text on one line as wide as it is.
func (c *compositor) snug(s string, st layout.Style) *page.Frame {
	st.Align, st.Indent, st.Left, st.Right = layout.Left, 0, 0, 0
	set := c.paragraph(text{inlines: plain(s), style: st, lang: c.lang, measure: 400 * st.Size})
	if len(set.best.lines) == 0 {
		return &page.Frame{Height: st.Leading, Baseline: st.Size.Em(hanAscent)}
	}
	f := *set.best.lines[0].frame
	f.Width = inked(&f)
	return &f
}

// inked returns where the last glyph or rule of a line ends.
func inked(f *page.Frame) unit.Length {
	var w unit.Length
	for _, it := range f.Items {
		switch g := it.Item.(type) {
		case *page.Glyphs:
			if n := len(g.Glyphs); n > 0 {
				last := g.Glyphs[n-1]
				w = max(w, it.X+last.X+advance(g.Face, last.ID, g.Size))
			}
		case *page.Rule:
			w = max(w, it.X+g.Width)
		case *page.Picture:
			w = max(w, it.X+g.Width)
		case *page.Group:
			w = max(w, it.X+g.Frame.Width)
		}
	}
	return w
}

func advance(f *font.Face, g font.GID, size unit.Length) unit.Length {
	m := f.Metrics()
	if m.UnitsPerEm == 0 {
		return size
	}
	return m.Scale(f.Advance(g), size)
}

// taskBox draws the box of a task list item, ticked when it is done.
func taskBox(size unit.Length, done bool) *page.Frame {
	f := &page.Frame{Width: size.Em(760), Height: size, Baseline: size.Em(hanAscent)}
	side := size.Em(700)
	black := page.GrayLevel(0)
	box := &page.Path{Stroke: &black, Line: size.Em(50), Width: side, Height: side, Segments: []page.Segment{
		{Op: page.MoveTo}, {Op: page.LineTo, X: side}, {Op: page.LineTo, X: side, Y: side},
		{Op: page.LineTo, Y: side}, {Op: page.Close}}}
	y := f.Baseline - size.Em(650)
	f.Add(0, y, box)
	if done {
		f.Add(0, y, &page.Path{Stroke: &black, Line: size.Em(80), Width: side, Height: side, Segments: []page.Segment{
			{Op: page.MoveTo, X: side.Em(200), Y: side.Em(520)},
			{Op: page.LineTo, X: side.Em(430), Y: side.Em(750)},
			{Op: page.LineTo, X: side.Em(820), Y: side.Em(240)}}})
	}
	return f
}

// definitions sets terms with what they mean under them.
func (c *compositor) definitions(l *book.DefinitionList, at place) {
	tag := c.logic.add(at.tag, "L", l.Span)
	for _, e := range l.Entries {
		li := c.logic.add(tag, "LI", l.Span)
		term := at
		term.style = c.layout.Styles["term"]
		for _, t := range e.Terms {
			s := c.paragraphSlug(c.text(t, term, c.logic.add(li, "Lbl", l.Span)), term, l.Span)
			s.keep = true
		}
		st := c.layout.Styles["definition"]
		in := at
		in.tag = c.logic.add(li, "LBody", l.Span)
		in.x, in.width, in.flush = at.x+st.Left, at.width-st.Left-st.Right, true
		st.Left, st.Right = 0, 0
		in.style = c.inherit(st, at)
		for _, d := range e.Details {
			c.blocks(d, in)
		}
	}
}

// quote sets a block quotation, white or a smaller style telling it apart.
func (c *compositor) quote(q *book.Quote, at place) {
	st := c.layout.Styles["quote"]
	in := c.inset(st, at, c.logic.add(at.tag, "BlockQuote", q.Span))
	c.spaced(st, func() {
		c.blocks(q.Blocks, in)
		if len(q.Source) > 0 {
			from := in
			from.style.Align, from.style.Indent = layout.Right, 0
			c.keepLast()
			c.paragraphSlug(c.text(q.Source, from, c.logic.add(in.tag, "P", q.Span)), from, q.Span)
		}
	})
}

// inset returns the place inside a block of the given style: its sides taken
// off, its own before and after left to spaced.
func (c *compositor) inset(st layout.Style, at place, tag int32) place {
	in := at
	in.x, in.width, in.tag = at.x+st.Left, at.width-st.Left-st.Right, tag
	st.Left, st.Right, st.Before, st.After = 0, 0, 0, 0
	in.style = st
	return in
}

// spaced gives the slugs that set appends the style's white before and after.
// A whole row parts a block of its own from the text, half a row none: the
// grid knows no halves (typography G6).
func (c *compositor) spaced(st layout.Style, set func()) {
	first := len(c.galley.slugs)
	set()
	if first == len(c.galley.slugs) {
		return
	}
	s := c.galley.slugs[first]
	s.white = max(s.white, int(st.Before/c.grid.leading))
	c.after = max(c.after, int(st.After/c.grid.leading))
}

// keepLast forbids a page break before what comes next.
func (c *compositor) keepLast() {
	if n := len(c.galley.slugs); n > 0 {
		c.galley.slugs[n-1].keep = true
	}
}

// admonition sets a note, tip or warning along a rail.
func (c *compositor) admonition(a *book.Admonition, at place) {
	st := c.layout.Styles["admonition"]
	in := c.inset(st, at, c.logic.add(at.tag, "Sect", a.Span))
	c.rail(in.x - st.Left.Scale(2, 3))
	c.spaced(st, func() {
		if title := c.admonitionTitle(a); len(title) > 0 {
			head := in
			head.style = c.layout.Styles["admonition-title"]
			head.style.Left, head.style.Right, head.style.Indent = 0, 0, 0
			c.paragraphSlug(c.text(title, head, c.logic.add(in.tag, "P", a.Span)), head, a.Span)
			c.keepLast()
			in.flush = true
		}
		c.blocks(a.Blocks, in)
	})
	c.rails = c.rails[:len(c.rails)-1]
}

// rail begins a rule at x that runs along the slugs to come.
func (c *compositor) rail(x unit.Length) {
	c.railCount++
	c.rails = append(c.rails, rail{id: c.railCount, x: x, width: c.grid.size.Em(150), gray: 600})
}

// admonitionTitle is the author's title, else the kind's own name.
func (c *compositor) admonitionTitle(a *book.Admonition) []book.Inline {
	if len(a.Title) > 0 {
		return a.Title
	}
	return plain(phrase(c.lang, a.Kind))
}

// division sets a container by what its classes ask for.
func (c *compositor) division(d *book.Division, at place) {
	in := at
	st := layout.Style{}
	for _, class := range d.Classes {
		switch class {
		case "verse", "poem":
			st = c.layout.Styles["verse"]
		case "epigraph":
			st = c.layout.Styles["epigraph"]
		case "dedication":
			st = c.layout.Styles["dedication"]
		}
	}
	if st.Size > 0 {
		in = c.inset(st, at, at.tag)
	}
	switch {
	case d.Align == book.AlignCenter || slices.Contains(d.Classes, "center"):
		in.style.Align = layout.Center
	case d.Align == book.AlignRight || slices.Contains(d.Classes, "right"):
		in.style.Align = layout.Right
	}
	c.spaced(st, func() {
		if len(d.Title) > 0 {
			head := in
			head.style = c.layout.Styles["admonition-title"]
			head.style.Left, head.style.Indent = 0, 0
			c.paragraphSlug(c.text(d.Title, head, c.logic.add(in.tag, "P", d.Span)), head, d.Span)
			c.keepLast()
		}
		c.blocks(d.Blocks, in)
	})
}

// pause sets a thematic break: three dots in the middle of a row.
func (c *compositor) pause(r *book.Rule, at place) {
	f := &page.Frame{Width: at.width, Height: c.grid.leading, Baseline: c.grid.ascent}
	dot := c.grid.size.Em(180)
	for i := -1; i <= 1; i++ {
		x := (at.width-dot)/2 + unit.Length(2*i)*c.grid.size
		f.Add(x, c.grid.ascent-c.grid.size.Em(380)-dot/2, disc(dot))
	}
	s := c.push(&slug{span: r.Span, white: 0, forms: []form{{atoms: []atom{{frame: f, x: at.x}}}}})
	s.keep = true
}

// disc is a filled circle of the given diameter.
func disc(d unit.Length) *page.Path {
	black := page.GrayLevel(0)
	r := d / 2
	k := r.Scale(552285, 1000000) // of a quarter circle as a Bézier curve
	return &page.Path{Fill: &black, Width: d, Height: d, Segments: []page.Segment{
		{Op: page.MoveTo, X: d, Y: r},
		{Op: page.CurveTo, X1: d, Y1: r + k, X2: r + k, Y2: d, X: r, Y: d},
		{Op: page.CurveTo, X1: r - k, Y1: d, X2: 0, Y2: r + k, X: 0, Y: r},
		{Op: page.CurveTo, X1: 0, Y1: r - k, X2: r - k, Y2: 0, X: r, Y: 0},
		{Op: page.CurveTo, X1: r + k, Y1: 0, X2: d, Y2: r - k, X: d, Y: r},
		{Op: page.Close}}}
}
