package pdf

import (
	"fmt"
	"strconv"

	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// composer writes the content stream of one page with as few operators as the
// state in force allows.
type composer struct {
	p    *press
	page int
	buf  []byte
	// A point (x, y) of the frame in hand, y downwards, stands at
	// (dx+x, dy-y) of the coordinate system in force.
	dx, dy unit.Length
	// at places the frame in hand on the page, for what is not drawn: links,
	// destinations, the extent of figures.
	at place

	state graphics
	text  textState
	mark  openMark
	mcid  int32
	depth int // of frames inside frames
}

// graphics is the part of the graphics state that q and Q save.
type graphics struct {
	fill, stroke       page.Color
	fillSet, strokeSet bool
	line               unit.Length
	lineSet            bool
	dash               []unit.Length
	roundCap           bool
	font               *usedFace
	size               unit.Length
}

// openMark is the marked content in force.
type openMark struct {
	open bool
	tag  int32
	lang string // where it is not the structure's
}

// place maps a frame's coordinates (y downwards) to the page's: scaled by
// num/den, turned by quarter turns clockwise, moved to (x, y).
type place struct {
	x, y     unit.Length
	num, den int64
	turns    int
}

func (a place) point(x, y unit.Length) (unit.Length, unit.Length) {
	x, y = x.Scale(a.num, a.den), y.Scale(a.num, a.den)
	switch a.turns & 3 {
	case 1:
		x, y = -y, x
	case 2:
		x, y = -x, -y
	case 3:
		x, y = y, -x
	}
	return a.x + x, a.y + y
}

// rect maps a rectangle and returns its corners in PDF coordinates of a page
// of the given height, thousandths of a point.
func (a place) rect(x, y, w, h, height unit.Length) [4]int64 {
	x0, y0 := a.point(x, y)
	x1, y1 := a.point(x+w, y+h)
	return [4]int64{
		milli(min(x0, x1)), milli(height - max(y0, y1)),
		milli(max(x0, x1)), milli(height - min(y0, y1)),
	}
}

func newComposer(p *press, n int, height unit.Length) *composer {
	return &composer{
		p: p, page: n, dy: height,
		at:    place{num: 1, den: 1},
		state: initialGraphics(),
		buf:   make([]byte, 0, 8<<10),
	}
}

// initialGraphics is the state every content stream starts in (ISO 32000-1,
// 8.4.1): black, a line of one unit, no dashes, butt caps.
func initialGraphics() graphics {
	return graphics{fillSet: true, strokeSet: true, line: unit.Pt, lineSet: true}
}

// close ends what is open and hands the content to fpdf.
func (c *composer) close() {
	c.endText()
	c.endMark()
	if n := len(c.buf); n > 0 {
		c.p.fpdf.RawWriteStr(string(c.buf[:n-1])) // which ends the line
		c.buf = c.buf[:0]
	}
}

// maxDepth bounds the nesting of frames: deeper ones are a loop.
const maxDepth = 64

// frame draws a frame's items; those without a structure node of their own
// belong to the frame's.
func (c *composer) frame(f *page.Frame, tag int32) error {
	if c.depth++; c.depth > maxDepth {
		return fmt.Errorf("frames nested more than %d deep", maxDepth)
	}
	defer func() { c.depth-- }()
	for i := range f.Items {
		it := &f.Items[i]
		t := it.Tag
		if t == 0 {
			t = tag
		}
		if err := c.item(it, t); err != nil {
			return err
		}
	}
	return nil
}

func (c *composer) item(it *page.Placed, tag int32) error {
	switch v := it.Item.(type) {
	case *page.Glyphs:
		c.glyphs(v, it.X, it.Y, tag)
	case *page.Rule:
		c.rule(v, it.X, it.Y, tag)
	case *page.Path:
		c.path(v, it.X, it.Y, tag)
	case *page.Picture:
		return c.picture(v, it.X, it.Y, tag)
	case *page.Link:
		c.link(v, it.X, it.Y, tag)
	case *page.Dest:
		c.dest(v, it.X, it.Y)
	case *page.Group:
		return c.group(v, it.X, it.Y, tag)
	default:
		panic(fmt.Sprintf("pdf: unknown item %T", it.Item))
	}
	return nil
}

func (c *composer) rule(v *page.Rule, x, y unit.Length, tag int32) {
	c.endText()
	c.beginMark(tag)
	c.fill(v.Color)
	c.buf = appendMillis(c.buf, milli(c.dx+x), milli(c.dy-y-v.Height), milli(v.Width), milli(v.Height))
	c.buf = append(c.buf, "re f\n"...)
}

func (c *composer) path(v *page.Path, x, y unit.Length, tag int32) {
	if len(v.Segments) == 0 || v.Fill == nil && v.Stroke == nil {
		return
	}
	c.endText()
	c.beginMark(tag)
	if v.Fill != nil {
		c.fill(*v.Fill)
	}
	if v.Stroke != nil {
		c.pen(v)
	}
	ox, oy := c.dx+x, c.dy-y
	for _, s := range v.Segments {
		switch s.Op {
		case page.MoveTo:
			c.buf = append(appendMillis(c.buf, milli(ox+s.X), milli(oy-s.Y)), "m\n"...)
		case page.LineTo:
			c.buf = append(appendMillis(c.buf, milli(ox+s.X), milli(oy-s.Y)), "l\n"...)
		case page.CurveTo:
			c.buf = append(appendMillis(c.buf, milli(ox+s.X1), milli(oy-s.Y1),
				milli(ox+s.X2), milli(oy-s.Y2), milli(ox+s.X), milli(oy-s.Y)), "c\n"...)
		case page.Close:
			c.buf = append(c.buf, "h\n"...)
		default:
			panic(fmt.Sprintf("pdf: unknown path operator %d", s.Op))
		}
	}
	c.buf = append(c.buf, paint(v)...)
}

// paint returns the operator that paints a path.
func paint(v *page.Path) string {
	switch {
	case v.Fill == nil:
		return "S\n"
	case v.Stroke == nil && v.EvenOdd:
		return "f*\n"
	case v.Stroke == nil:
		return "f\n"
	case v.EvenOdd:
		return "B*\n"
	}
	return "B\n"
}

// pen sets colour, width, dashes and caps of strokes.
func (c *composer) pen(v *page.Path) {
	s := &c.state
	if !s.strokeSet || s.stroke != *v.Stroke {
		c.color(*v.Stroke, [...]string{"G", "RG", "K"})
		s.stroke, s.strokeSet = *v.Stroke, true
	}
	if !s.lineSet || s.line != v.Line {
		c.buf = append(appendMillis(c.buf, milli(v.Line)), "w\n"...)
		s.line, s.lineSet = v.Line, true
	}
	if s.roundCap != v.RoundCap {
		if v.RoundCap {
			c.buf = append(c.buf, "1 J 1 j\n"...)
		} else {
			c.buf = append(c.buf, "0 J 0 j\n"...)
		}
		s.roundCap = v.RoundCap
	}
	if !sameLengths(s.dash, v.Dash) {
		c.buf = append(c.buf, '[')
		for i, d := range v.Dash {
			if i > 0 {
				c.buf = append(c.buf, ' ')
			}
			c.buf = appendDecimal(c.buf, milli(max(d, 0)), 3)
		}
		c.buf = append(c.buf, "] 0 d\n"...)
		s.dash = v.Dash
	}
}

func sameLengths(a, b []unit.Length) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// fill sets the colour of rules, filled paths and text.
func (c *composer) fill(col page.Color) {
	if c.state.fillSet && c.state.fill == col {
		return
	}
	c.endShow()
	c.color(col, [...]string{"g", "rg", "k"})
	c.state.fill, c.state.fillSet = col, true
}

// color writes a colour with its operator for gray, RGB or CMYK.
func (c *composer) color(col page.Color, ops [3]string) {
	n, op := 1, ops[0]
	if !c.p.colored() && col.Space == page.RGB {
		col = page.GrayLevel(luminance(col))
	}
	switch col.Space {
	case page.RGB:
		n, op = 3, ops[1]
	case page.CMYK:
		n, op = 4, ops[2]
		c.p.cmyk = true
	}
	for i := range n {
		c.buf = appendDecimal(c.buf, int64(min(max(col.V[i], 0), 1000)), 3)
		c.buf = append(c.buf, ' ')
	}
	c.buf = append(c.buf, op...)
	c.buf = append(c.buf, '\n')
}

// luminance returns the gray of an RGB colour, in thousandths (ITU-R BT.601,
// as for pictures).
func luminance(c page.Color) int {
	return (299*int(c.V[0]) + 587*int(c.V[1]) + 114*int(c.V[2]) + 500) / 1000
}

func (c *composer) link(v *page.Link, x, y unit.Length, tag int32) {
	if c.p.print() {
		return
	}
	n := int32(len(c.p.links))
	c.p.links = append(c.p.links, link{
		page: c.page, item: v, tag: tag,
		rect: c.at.rect(x, y, v.Width, v.Height, c.height()),
	})
	if c.p.tagged && c.p.node(tag) {
		c.p.marks = append(c.p.marks, mark{tag: tag, page: int32(c.page), link: n})
	}
}

func (c *composer) dest(v *page.Dest, x, y unit.Length) {
	if _, ok := c.p.dests[v.Name]; ok || c.p.print() {
		return
	}
	px, py := c.at.point(x, y)
	c.p.dests[v.Name] = dest{page: c.page, x: milli(px), y: milli(c.height() - py)}
}

func (c *composer) height() unit.Length { return c.p.doc.Pages[c.page].Media.Height }

// group draws a frame inside a frame. Only a scaled, turned or clipped one
// needs a coordinate system of its own.
func (c *composer) group(v *page.Group, x, y unit.Length, tag int32) error {
	if v.Frame == nil {
		return nil
	}
	num, den := int64(1), int64(1)
	if v.Scaled() {
		num, den = v.Num, v.Den
	}
	w, h := v.Frame.Width.Scale(num, den), v.Frame.Height.Scale(num, den)
	if v.Turned {
		w, h = h, w
	}
	c.figure(x, y, w, h, tag, v.Alt)
	dx, dy, at := c.dx, c.dy, c.at
	defer func() { c.dx, c.dy, c.at = dx, dy, at }()
	c.at = at.inside(x, y, v, num, den)
	if num == den && !v.Turned && !v.Clip {
		c.dx, c.dy = dx+x, dy-y
		return c.frame(v.Frame, tag)
	}
	c.save(v, dx+x, dy-y, num, den)
	saved := c.state
	c.dx, c.dy = 0, 0
	err := c.frame(v.Frame, tag)
	c.endText()
	c.endMark()
	c.buf = append(c.buf, "Q\n"...)
	c.state = saved
	return err
}

// inside returns the place of a group's frame.
func (a place) inside(x, y unit.Length, v *page.Group, num, den int64) place {
	if v.Turned {
		// Turned clockwise, the frame's top left corner comes to stand at the
		// top right of the room it takes.
		x += v.Frame.Height.Scale(num, den)
	}
	px, py := a.point(x, y)
	in := place{x: px, y: py, num: a.num * num, den: a.den * den, turns: a.turns}
	if v.Turned {
		in.turns++
	}
	g := gcd(in.num, in.den)
	in.num, in.den = in.num/g, in.den/g
	return in
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, 1)
}

// save opens a coordinate system with its origin at the group's top left
// corner, y upwards.
func (c *composer) save(v *page.Group, x, y unit.Length, num, den int64) {
	c.endText()
	c.endMark()
	c.buf = append(c.buf, "q "...)
	s := int64(unit.Length(1_000_000).Scale(num, den)) // millionths
	if v.Turned {
		x += v.Frame.Height.Scale(num, den)
		c.buf = append(c.buf, "0 "...)
		c.buf = append(appendDecimal(c.buf, -s, 6), ' ')
		c.buf = append(appendDecimal(c.buf, s, 6), " 0 "...)
	} else {
		c.buf = append(appendDecimal(c.buf, s, 6), " 0 0 "...)
		c.buf = append(appendDecimal(c.buf, s, 6), ' ')
	}
	c.buf = append(appendMillis(c.buf, milli(x), milli(y)), "cm\n"...)
	if v.Clip {
		c.buf = append(appendMillis(c.buf, 0, -milli(v.Frame.Height), milli(v.Frame.Width), milli(v.Frame.Height)), "re W n\n"...)
	}
}

// node reports whether tag names a node of the structure.
func (p *press) node(tag int32) bool { return tag > 0 && int(tag) < len(p.doc.Structure) }

// figure remembers where a figure stands and what describes it (PDF/UA-1,
// 7.3). The first item of a node decides.
func (c *composer) figure(x, y, w, h unit.Length, tag int32, alt string) {
	if !c.p.tagged || !c.p.node(tag) {
		return
	}
	if _, ok := c.p.figures[tag]; !ok {
		c.p.figures[tag] = figure{c.page, c.at.rect(x, y, w, h, c.height()), alt}
	}
}

// beginMark opens the marked content that an item of structure node tag
// belongs to, closing another's. It must be called outside a text object.
func (c *composer) beginMark(tag int32) { c.beginMarkIn(tag, "") }

// beginMarkIn is beginMark for text in a language of its own.
func (c *composer) beginMarkIn(tag int32, lang string) {
	if !c.p.tagged {
		return
	}
	if !c.p.node(tag) {
		tag = 0
	}
	if c.mark.open && c.mark.tag == tag && c.mark.lang == lang {
		return
	}
	c.endMark()
	if tag == 0 {
		c.buf = append(c.buf, "/Artifact BMC\n"...)
	} else {
		kind := c.p.doc.Structure[tag].Type
		if lang != "" {
			kind = "Span" // only a Span's properties name a language (ISO 32000-1, 14.9.2.2)
		}
		c.buf = appendName(c.buf, kind)
		c.buf = append(c.buf, "<</MCID "...)
		c.buf = strconv.AppendInt(c.buf, int64(c.mcid), 10)
		if lang != "" {
			c.buf = appendLiteral(append(c.buf, "/Lang"...), lang)
		}
		c.buf = append(c.buf, ">>BDC\n"...)
		c.p.marks = append(c.p.marks, mark{tag: tag, page: int32(c.page), mcid: c.mcid, link: -1})
		c.mcid++
	}
	c.mark = openMark{true, tag, lang}
}

func (c *composer) endMark() {
	if c.mark.open {
		c.buf = append(c.buf, "EMC\n"...)
		c.mark = openMark{}
	}
}
