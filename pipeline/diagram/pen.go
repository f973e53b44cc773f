package diagram

import (
	"banxin/pipeline/font"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// pen draws at one type size.
type pen struct {
	fonts  *font.Set
	font   font.Style
	size   unit.Length
	lang   string
	colors Colors
	line   unit.Length
	space  unit.Length // a word space
	widths map[span]unit.Length
	// measure is the room there is, for figures that fill it; 0: none is set.
	measure unit.Length
}

func newPen(st Style, size unit.Length) *pen {
	p := &pen{fonts: st.Fonts, font: st.Font, size: size, lang: st.Lang, colors: st.Colors, line: st.Line,
		widths: map[span]unit.Length{}, measure: st.MaxWidth}
	if p.font.Lang == "" {
		p.font.Lang = st.Lang
	}
	_, p.space = p.shape(span{text: " "})
	p.space = max(p.space, size.Em(200))
	if p.space == p.gap() {
		p.space++ // the two are told apart by their widths
	}
	return p
}

// em is milli thousandths of the type size.
func (p *pen) em(milli int64) unit.Length { return p.size.Em(milli) }

func (p *pen) leading() unit.Length { return p.em(1300) }

// way is one way to lay a figure out.
type way struct {
	dir  direction
	wrap int64 // widest label in thousandths of an em
	// tight takes white from between and inside the boxes.
	tight bool
	// shrink is the least size, in thousandths of the full one, at which this
	// way is better than the next.
	shrink int64
}

// sheet is what a figure is drawn on: a frame and what stands in it.
type sheet struct {
	frame         *page.Frame
	nodes, groups []Node
	edges         []Edge
	size          unit.Length
}

func newSheet() *sheet { return &sheet{frame: &page.Frame{}} }

// close sets the extent.
func (s *sheet) close(w, h unit.Length) *sheet {
	s.frame.Width, s.frame.Height = w, h
	return s
}

// trace is a path under construction, in the sheet's coordinates.
type trace struct{ segs []page.Segment }

func (t *trace) move(x, y unit.Length) {
	t.segs = append(t.segs, page.Segment{Op: page.MoveTo, X: x, Y: y})
}

// to leads on to a place, unless the path is there already.
func (t *trace) to(x, y unit.Length) {
	if n := len(t.segs); n > 0 && t.segs[n-1].Op != page.Close && t.segs[n-1].X == x && t.segs[n-1].Y == y {
		return
	}
	t.segs = append(t.segs, page.Segment{Op: page.LineTo, X: x, Y: y})
}

func (t *trace) curve(x1, y1, x2, y2, x, y unit.Length) {
	t.segs = append(t.segs, page.Segment{Op: page.CurveTo, X1: x1, Y1: y1, X2: x2, Y2: y2, X: x, Y: y})
}

func (t *trace) close() { t.segs = append(t.segs, page.Segment{Op: page.Close}) }

func (t *trace) polygon(pts ...point) {
	for i, q := range pts {
		if i == 0 {
			t.move(q.x, q.y)
		} else {
			t.to(q.x, q.y)
		}
	}
	t.close()
}

func (t *trace) rect(x, y, w, h unit.Length) {
	t.polygon(point{x, y}, point{x + w, y}, point{x + w, y + h}, point{x, y + h})
}

// kappa is the length of a quarter circle's control arms, in thousandths.
const kappa = 552

// rounded is a rectangle with corners of radius r.
func (t *trace) rounded(x, y, w, h, r unit.Length) {
	r = min(r, w/2, h/2)
	k := r - r.Em(kappa)
	t.move(x+r, y)
	t.to(x+w-r, y)
	t.curve(x+w-k, y, x+w, y+k, x+w, y+r)
	t.to(x+w, y+h-r)
	t.curve(x+w, y+h-k, x+w-k, y+h, x+w-r, y+h)
	t.to(x+r, y+h)
	t.curve(x+k, y+h, x, y+h-k, x, y+h-r)
	t.to(x, y+r)
	t.curve(x, y+k, x+k, y, x+r, y)
	t.close()
}

// ellipse is centred at (x, y).
func (t *trace) ellipse(x, y, rx, ry unit.Length) {
	kx, ky := rx.Em(kappa), ry.Em(kappa)
	t.move(x+rx, y)
	t.curve(x+rx, y+ky, x+kx, y+ry, x, y+ry)
	t.curve(x-kx, y+ry, x-rx, y+ky, x-rx, y)
	t.curve(x-rx, y-ky, x-kx, y-ry, x, y-ry)
	t.curve(x+kx, y-ry, x+rx, y-ky, x+rx, y)
	t.close()
}

// look is how a path is inked.
type look struct {
	fill, stroke *page.Color
	line         unit.Length
	dash         []unit.Length
	round        bool
}

// ink places a path on the sheet.
func (s *sheet) ink(t *trace, l look) {
	if len(t.segs) == 0 {
		return
	}
	lo, hi := bounds(t.segs)
	segs := make([]page.Segment, len(t.segs))
	for i, g := range t.segs {
		segs[i] = page.Segment{Op: g.Op, X1: g.X1 - lo.x, Y1: g.Y1 - lo.y, X2: g.X2 - lo.x, Y2: g.Y2 - lo.y, X: g.X - lo.x, Y: g.Y - lo.y}
		if g.Op != page.CurveTo {
			segs[i].X1, segs[i].Y1, segs[i].X2, segs[i].Y2 = 0, 0, 0, 0
		}
		if g.Op == page.Close {
			segs[i].X, segs[i].Y = 0, 0
		}
	}
	s.frame.Add(lo.x, lo.y, &page.Path{Segments: segs, Fill: l.fill, Stroke: l.stroke, Line: l.line, Dash: l.dash,
		RoundCap: l.round, Width: hi.x - lo.x, Height: hi.y - lo.y})
}

// bounds is the extent of a path, that of a curve by points on it.
func bounds(segs []page.Segment) (lo, hi point) {
	first := true
	add := func(x, y unit.Length) {
		if first {
			lo, hi, first = point{x, y}, point{x, y}, false
			return
		}
		lo.x, lo.y = min(lo.x, x), min(lo.y, y)
		hi.x, hi.y = max(hi.x, x), max(hi.y, y)
	}
	for _, q := range polyline(segs) {
		add(q.x, q.y)
	}
	return lo, hi
}

// anchor is where a label's lines stand in its width.
type anchor uint8

const (
	middle anchor = iota
	start
	finish
)

// write places a label, (x, y) the top left corner of its box.
func (p *pen) write(s *sheet, l *label, x, y unit.Length, a anchor) {
	p.writeIn(s, l, x, y, a, p.colors.Text)
}

func (p *pen) writeIn(s *sheet, l *label, x, y unit.Length, a anchor, c page.Color) {
	for i, line := range l.lines {
		lead := unit.Length(0)
		switch a {
		case middle:
			lead = (l.w - line.w) / 2
		case finish:
			lead = l.w - line.w
		}
		// Capitals and Han stand centred about 0.36 em above the baseline.
		base := y + p.leading()*unit.Length(i) + p.leading()/2 + p.em(360)
		for _, r := range line.runs {
			g := *r.glyphs
			g.Color = c
			s.frame.Add(x+lead+r.x, base, &g)
		}
	}
}

// centred places a label about a point.
func (p *pen) centred(s *sheet, l *label, x, y unit.Length) page.Box {
	b := page.Box{X: x - l.w/2, Y: y - l.h/2, Width: l.w, Height: l.h}
	p.write(s, l, b.X, b.Y, middle)
	return b
}

// stroked is the look of an outline.
func (p *pen) stroked() look {
	c := p.colors.Line
	return look{stroke: &c, line: p.line}
}

// filled is an outline over a fill.
func (p *pen) filled(fill page.Color) look {
	l := p.stroked()
	l.fill = &fill
	return l
}

// flat is a fill without an outline.
func (p *pen) flat(fill page.Color) look { return look{fill: &fill} }

// hair is a line of the edges' colour.
func (p *pen) hair(k stroke) look {
	c := p.colors.Edge
	l := look{stroke: &c, line: p.line}
	switch k {
	case dotted:
		l.dash = []unit.Length{p.em(280), p.em(240)}
	case thick:
		l.line = p.line * 2
	}
	return l
}
