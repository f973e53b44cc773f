package diagram

import (
	"math"

	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// shape is a node's outline.
type shape uint8

const (
	box shape = iota
	round
	stadium
	subroutine
	cylinder
	disk // a cylinder with a second rim
	tube // a cylinder lying down
	circle
	doubleCircle
	ellipse
	diamond
	hexagon
	leanRight
	leanLeft
	trapezoid    // wider below
	trapezoidInv // wider above
	odd          // a flag notched at the left
	bareText
	startDot
	stopDot
	filledDot
	crossedDot
	bar
	document
	documents
	stack
	card
	linedBox
	dividedBox
	windowPane
	delay
	display
	triangle
	triangleInv
	sloped
	loopLimit
	hourglass
	bolt
	braceLeft
	braceRight
	braces
	bowTie
	tape
	taggedBox
	dataStore
	compartments // a box in parts: a class, an entity
	cloud
	noteBox
)

// silent reports whether a shape shows no label.
func (s shape) silent() bool {
	switch s {
	case startDot, stopDot, filledDot, crossedDot, bar, hourglass, bolt:
		return true
	}
	return false
}

// fitted is a shape's extent for a label of w × h, and how far the label
// stands off the centre.
type fitted struct{ w, h, dx, dy unit.Length }

// around returns the extent of a shape about its label.
func (p *pen) around(s shape, w, h unit.Length) fitted {
	padX, padY := p.em(800), p.em(450)
	f := fitted{w: w + 2*padX, h: h + 2*padY}
	switch s {
	case stadium:
		f.w += p.em(300)
	case delay:
		f.w += f.h / 3
		f.dx = -f.h / 8
	case subroutine, linedBox, taggedBox:
		f.w += p.em(800)
	case cylinder, disk:
		f.h += 2 * p.em(550)
		f.dy = p.em(300)
	case tube:
		f.w += 2 * p.em(550)
		f.dx = -p.em(300)
	case circle, doubleCircle:
		d := hypot(w, h) + p.em(800)
		if s == doubleCircle {
			d += p.em(600)
		}
		f.w, f.h = d, d
	case ellipse, cloud:
		f.w, f.h = w.Em(1414)+p.em(800), h.Em(1414)+p.em(700)
	case diamond:
		return p.rhombus(w, h)
	case hexagon, bowTie:
		f.w += f.h / 2
	case leanRight, leanLeft, trapezoid, trapezoidInv, display, loopLimit, card:
		f.w += f.h.Em(600)
	case odd:
		f.w += f.h / 3
		f.dx = f.h / 8
	case document, tape:
		f.h += p.em(500)
		f.dy = -p.em(150)
	case documents, stack:
		f.w += p.em(600)
		f.h += p.em(900)
		f.dx, f.dy = -p.em(200), p.em(100)
	case dividedBox, windowPane:
		f.h += p.em(600)
		f.dy = p.em(300)
	case sloped:
		f.h = f.h.Scale(1000, 720)
		f.dy = f.h.Em(140)
	case triangle, triangleInv:
		f.w, f.h = 2*w+p.em(1200), 2*h+p.em(900)
		f.dy = f.h / 5
		if s == triangleInv {
			f.dy = -f.dy
		}
	case bareText:
		f.w, f.h = w+p.em(400), h+p.em(200)
	default:
		return p.small(s, f)
	}
	return f
}

// small returns the extent of signs that have no label to go by.
func (p *pen) small(s shape, f fitted) fitted {
	switch s {
	case startDot, filledDot:
		return fitted{w: p.em(1000), h: p.em(1000)}
	case stopDot:
		return fitted{w: p.em(1300), h: p.em(1300)}
	case crossedDot:
		return fitted{w: p.em(1800), h: p.em(1800)}
	case bar:
		return fitted{w: p.em(5000), h: p.em(450)}
	case hourglass:
		return fitted{w: p.em(1800), h: p.em(2200)}
	case bolt:
		return fitted{w: p.em(1600), h: p.em(2600)}
	}
	return f
}

// rhombus is as high as its label asks for and no wider than it must be:
// the label's corners lie on |x|/a + |y|/b = 1.
func (p *pen) rhombus(w, h unit.Length) fitted {
	w += p.em(400)
	b := h/2 + max(w.Em(200), p.em(950))
	a := (w / 2).Scale(int64(b), int64(b-h/2))
	return fitted{w: 2 * max(a, b), h: 2 * b}
}

func hypot(a, b unit.Length) unit.Length {
	x, y := a.Points(), b.Points()
	// The conversions keep a compiler from fusing the sum (Go specification,
	// floating-point operators).
	return unit.FromPoints(math.Sqrt(float64(x*x) + float64(y*y)))
}

// outline is the shape's edge about (x, y), w wide and h high, and further
// lines within it.
func (p *pen) outline(s shape, x, y, w, h unit.Length) (edge, inner trace) {
	l, t, r, b := x-w/2, y-h/2, x-w/2+w, y-h/2+h
	switch s {
	case round:
		edge.rounded(l, t, w, h, p.em(500))
	case stadium:
		edge.rounded(l, t, w, h, h/2)
	case circle, startDot, filledDot, ellipse, stopDot, crossedDot, doubleCircle, cloud:
		edge.ellipse(x, y, w/2, h/2)
		p.inCircle(&inner, s, x, y, w, h)
	case cylinder, disk:
		p.drum(&edge, &inner, s, l, t, r, b)
	case tube:
		k := p.em(550)
		edge.move(l+k, t)
		edge.to(r-k, t)
		edge.curve(r-k+k.Em(kappa), t, r, y-(h/2).Em(kappa), r, y)
		edge.curve(r, y+(h/2).Em(kappa), r-k+k.Em(kappa), b, r-k, b)
		edge.to(l+k, b)
		edge.curve(l+k-k.Em(kappa), b, l, y+(h/2).Em(kappa), l, y)
		edge.curve(l, y-(h/2).Em(kappa), l+k-k.Em(kappa), t, l+k, t)
		edge.close()
		inner.move(r-k, t)
		inner.curve(r-k-k.Em(kappa), t, r-2*k, y-(h/2).Em(kappa), r-2*k, y)
		inner.curve(r-2*k, y+(h/2).Em(kappa), r-k-k.Em(kappa), b, r-k, b)
	case document, documents, tape:
		p.sheets(&edge, &inner, s, l, t, r, b)
	case delay, display, bowTie:
		p.bowed(&edge, s, l, t, r, b)
	case braceLeft, braceRight, braces:
		edge.rect(l, t, w, h)
		p.curly(&inner, s, l, t, r, b)
	default:
		if pts := p.polygonOf(s, l, t, r, b); pts != nil {
			edge.polygon(pts...)
		} else {
			edge.rect(l, t, w, h)
		}
		p.inBox(&inner, s, l, t, r, b)
	}
	return edge, inner
}

// polygonOf returns the corners of the shapes with straight sides.
func (p *pen) polygonOf(s shape, l, t, r, b unit.Length) []point {
	w, h := r-l, b-t
	x, y := l+w/2, t+h/2
	k := h.Em(300)
	switch s {
	case diamond:
		return []point{{x, t}, {r, y}, {x, b}, {l, y}}
	case hexagon:
		return []point{{l + h/4, t}, {r - h/4, t}, {r, y}, {r - h/4, b}, {l + h/4, b}, {l, y}}
	case leanRight:
		return []point{{l + k, t}, {r, t}, {r - k, b}, {l, b}}
	case leanLeft:
		return []point{{l, t}, {r - k, t}, {r, b}, {l + k, b}}
	case trapezoid:
		return []point{{l + k, t}, {r - k, t}, {r, b}, {l, b}}
	case trapezoidInv:
		return []point{{l, t}, {r, t}, {r - k, b}, {l + k, b}}
	case odd:
		return []point{{l, t}, {r, t}, {r, b}, {l, b}, {l + h/3, y}}
	case card:
		return []point{{l + k, t}, {r, t}, {r, b}, {l, b}, {l, t + k}}
	case loopLimit:
		return []point{{l + k, t}, {r - k, t}, {r, t + k}, {r, b}, {l, b}, {l, t + k}}
	case sloped:
		return []point{{l, t + h.Em(280)}, {r, t}, {r, b}, {l, b}}
	case triangle:
		return []point{{x, t}, {r, b}, {l, b}}
	case triangleInv:
		return []point{{l, t}, {r, t}, {x, b}}
	case hourglass:
		return []point{{l, t}, {r, t}, {l, b}, {r, b}}
	case bolt:
		return []point{{r, t}, {l, t + h.Em(550)}, {x, t + h.Em(550)}, {l, b}, {r, t + h.Em(430)}, {x, t + h.Em(430)}}
	case noteBox:
		k = p.em(600)
		return []point{{l, t}, {r - k, t}, {r, t + k}, {r, b}, {l, b}}
	}
	return nil
}

// inCircle draws what stands in round shapes.
func (p *pen) inCircle(in *trace, s shape, x, y, w, h unit.Length) {
	switch s {
	case doubleCircle:
		in.ellipse(x, y, w/2-p.em(300), h/2-p.em(300))
	case crossedDot:
		d := w.Em(354)
		in.move(x-d, y-d)
		in.to(x+d, y+d)
		in.move(x+d, y-d)
		in.to(x-d, y+d)
	}
}

// inBox draws the lines in boxes.
func (p *pen) inBox(in *trace, s shape, l, t, r, b unit.Length) {
	k := p.em(400)
	vertical := func(x unit.Length) { in.move(x, t); in.to(x, b) }
	horizontal := func(y unit.Length) { in.move(l, y); in.to(r, y) }
	switch s {
	case subroutine:
		vertical(l + k)
		vertical(r - k)
	case linedBox:
		vertical(l + k)
	case dividedBox:
		horizontal(t + p.em(600))
	case windowPane:
		vertical(l + p.em(500))
		horizontal(t + p.em(600))
	case taggedBox:
		in.move(r-p.em(800), b)
		in.to(r, b-p.em(800))
	case stack:
		in.move(l, t+k)
		in.to(r-k, t+k)
		in.to(r-k, b)
		in.move(l+k/2, t+k)
		in.to(l+k/2, t+k/2)
	}
}

// drum is a cylinder standing upright.
func (p *pen) drum(edge, in *trace, s shape, l, t, r, b unit.Length) {
	k := p.em(500)
	x, hw := l+(r-l)/2, (r-l)/2
	ax, ay := hw.Em(kappa), k.Em(kappa)
	edge.move(l, t+k)
	edge.curve(l, t+k-ay, x-ax, t, x, t)
	edge.curve(x+ax, t, r, t+k-ay, r, t+k)
	edge.to(r, b-k)
	edge.curve(r, b-k+ay, x+ax, b, x, b)
	edge.curve(x-ax, b, l, b-k+ay, l, b-k)
	edge.close()
	rim := func(y unit.Length) {
		in.move(l, y)
		in.curve(l, y+ay, x-ax, y+k, x, y+k)
		in.curve(x+ax, y+k, r, y+ay, r, y)
	}
	rim(t + k)
	if s == disk {
		rim(t + k + p.em(300))
	}
}

// sheets are paper: a wave at the foot, one behind the other, or a tape.
func (p *pen) sheets(edge, in *trace, s shape, l, t, r, b unit.Length) {
	k := p.em(350)
	wave := func(tr *trace, r, b, l unit.Length) {
		tr.curve(r-(r-l)/4, b-2*k, l+(r-l)/2, b-2*k, l+(r-l)/2, b-k)
		tr.curve(l+(r-l)/2, b, l+(r-l)/4, b, l, b-k)
	}
	switch s {
	case tape:
		edge.move(l, t+k)
		edge.curve(l+(r-l)/4, t+2*k, l+(r-l)/2, t+2*k, l+(r-l)/2, t+k)
		edge.curve(l+(r-l)/2, t, l+3*(r-l)/4, t, r, t+k)
	default:
		edge.move(l, t)
		edge.to(r, t)
	}
	edge.to(r, b-k)
	wave(edge, r, b, l)
	edge.close()
	if s == documents {
		d := p.em(400)
		in.move(l, t+d)
		in.to(r-d, t+d)
		in.to(r-d, b-k-d/2)
	}
}

// bowed are boxes with rounded sides.
func (p *pen) bowed(edge *trace, s shape, l, t, r, b unit.Length) {
	h := b - t
	y := t + h/2
	k := h / 2
	switch s {
	case bowTie:
		k = h / 5
		edge.move(l+k, t)
		edge.to(r, t)
		edge.curve(r-k, t+h/4, r-k, b-h/4, r, b)
		edge.to(l+k, b)
		edge.curve(l, b-h/4, l, t+h/4, l+k, t)
	default:
		if s == display {
			edge.move(l+k/2, t)
		} else {
			edge.move(l, t)
		}
		edge.to(r-k, t)
		edge.curve(r-k+k.Em(kappa), t, r, y-k.Em(kappa), r, y)
		edge.curve(r, y+k.Em(kappa), r-k+k.Em(kappa), b, r-k, b)
		if s == display {
			edge.to(l+k/2, b)
			edge.to(l, y)
		} else {
			edge.to(l, b)
		}
	}
	edge.close()
}

// curly draws braces at the sides.
func (p *pen) curly(in *trace, s shape, l, t, r, b unit.Length) {
	k, y := p.em(350), t+(b-t)/2
	brace := func(x, d unit.Length) {
		in.move(x+d, t)
		in.curve(x, t, x, t, x, t+k)
		in.to(x, y-k)
		in.curve(x, y, x, y, x-d, y)
		in.curve(x, y, x, y, x, y+k)
		in.to(x, b-k)
		in.curve(x, b, x, b, x+d, b)
	}
	if s != braceRight {
		brace(l+k, k)
	}
	if s != braceLeft {
		brace(r-k, -k)
	}
}

// polyline flattens a path: curves become ten chords.
func polyline(segs []page.Segment) []point {
	out := make([]point, 0, 3*len(segs))
	for _, g := range segs {
		switch g.Op {
		case page.MoveTo, page.LineTo:
			out = append(out, point{g.X, g.Y})
		case page.CurveTo:
			from := out[len(out)-1]
			for i := int64(1); i <= 10; i++ {
				u, v := i, 10-i
				bez := func(a, b, c, d unit.Length) unit.Length {
					return unit.Length((int64(a)*v*v*v + 3*int64(b)*u*v*v + 3*int64(c)*u*u*v + int64(d)*u*u*u) / 1000)
				}
				out = append(out, point{bez(from.x, g.X1, g.X2, g.X), bez(from.y, g.Y1, g.Y2, g.Y)})
			}
		}
	}
	return out
}

// side is a side of a box.
type side uint8

const (
	bottom side = iota
	top
	rightSide
	leftSide
)

// reach returns how far from its centre a shape of w × h reaches on a side, at
// an offset from the middle of the side; never less than nothing.
func (p *pen) reach(s shape, w, h unit.Length, at side, off unit.Length) unit.Length {
	edge, _ := p.outline(s, 0, 0, w, h)
	pts := polyline(edge.segs)
	far := unit.Length(0)
	for i, a := range pts {
		b := pts[(i+1)%len(pts)]
		// Turn so that the side looked at is the one of greater y.
		a, b = facing(a, at), facing(b, at)
		if a.x > b.x {
			a, b = b, a
		}
		if off < a.x || off > b.x {
			continue
		}
		y := max(a.y, b.y)
		if b.x > a.x {
			y = a.y + (b.y-a.y).Scale(int64(off-a.x), int64(b.x-a.x))
		}
		far = max(far, y)
	}
	return far
}

func facing(q point, at side) point {
	switch at {
	case top:
		return point{q.x, -q.y}
	case rightSide:
		return point{q.y, q.x}
	case leftSide:
		return point{q.y, -q.x}
	}
	return q
}
