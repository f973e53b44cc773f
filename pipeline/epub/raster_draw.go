package epub

import (
	"fmt"
	"image"
	"math"

	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// placing is where a frame lies on a canvas: point (x, y), in points, lies at
// pixel (a·x + c·y + e, b·x + d·y + f).
type placing struct{ a, b, c, d, e, f float32 }

// point is a place on a canvas, in pixels.
type point struct{ x, y float32 }

func (m placing) at(x, y unit.Length) point {
	px, py := float32(x)/float32(unit.Pt), float32(y)/float32(unit.Pt)
	return point{m.a*px + m.c*py + m.e, m.b*px + m.d*py + m.f}
}

// moved is the placing of what stands at (x, y).
func (m placing) moved(x, y unit.Length) placing {
	p := m.at(x, y)
	m.e, m.f = p.x, p.y
	return m
}

// scaled is the placing of what is k times as large.
func (m placing) scaled(k float32) placing {
	return placing{m.a * k, m.b * k, m.c * k, m.d * k, m.e, m.f}
}

// turned is the placing of what is turned clockwise about its origin, so many
// times by 90°.
func (m placing) turned(times int) placing {
	for range times {
		m.a, m.b, m.c, m.d = m.c, m.d, -m.a, -m.b
	}
	return m
}

// scale is how many pixels a point is.
func (m placing) scale() float32 { return float32(math.Hypot(float64(m.a), float64(m.b))) }

// frame draws a frame's items; pictures, links and places have no ink here.
func (c *canvas) frame(f *page.Frame, m placing) {
	for _, p := range f.Items {
		at := m.moved(p.X, p.Y)
		switch it := p.Item.(type) {
		case *page.Rule:
			c.rule(it, at)
		case *page.Path:
			c.path(it, at)
		case *page.Glyphs:
			c.glyphs(it, at)
		case *page.Group:
			c.group(it, at)
		case *page.Picture, *page.Link, *page.Dest:
		default:
			panic(fmt.Sprintf("epub: unknown item %T", p.Item))
		}
	}
}

// rule fills a rectangle to whole pixels, and never to none.
func (c *canvas) rule(r *page.Rule, m placing) {
	p, q := m.at(0, 0), m.at(r.Width, r.Height)
	box := image.Rect(nearest(p.x), nearest(p.y), nearest(q.x), nearest(q.y))
	if box.Dx() == 0 && r.Width > 0 {
		box.Max.X++
	}
	if box.Dy() == 0 && r.Height > 0 {
		box.Max.Y++
	}
	c.fill(box, r.Color)
}

func nearest(v float32) int { return int(math.Floor(float64(v) + 0.5)) }

func (c *canvas) group(g *page.Group, m placing) {
	if g.Num > 0 && g.Den > 0 {
		m = m.scaled(float32(g.Num) / float32(g.Den))
	}
	if g.Turned { // its top edge is at the right
		m = m.moved(g.Frame.Height, 0).turned(1)
	}
	c.frame(g.Frame, m)
}

func (c *canvas) glyphs(g *page.Glyphs, m placing) {
	if g.Face == nil {
		return
	}
	m = m.turned(int(g.Turn/90) & 3)
	for _, one := range g.Glyphs {
		if p := glyphPath(g.Face.Outline(one.ID), g.Face.Metrics(), g.Size); p != nil {
			p.Fill = &g.Color
			c.path(p, m.moved(one.X, one.Y))
		}
	}
}

func (c *canvas) path(p *page.Path, m placing) {
	if p.Fill != nil {
		if box := c.extent(p, m, 0); !box.Empty() {
			c.pen.Reset(box.Dx(), box.Dy())
			c.trace(p, m, box)
			c.inside(box, *p.Fill)
		}
	}
	if p.Stroke != nil {
		width := max(1, float32(p.Line)/float32(unit.Pt)*m.scale())
		if box := c.extent(p, m, width); !box.Empty() {
			c.pen.Reset(box.Dx(), box.Dy())
			for _, line := range dashed(flattened(p, m), p.Dash, m.scale()) {
				c.stroke(line, width, box)
			}
			c.inside(box, *p.Stroke)
		}
	}
}

// trace draws an outline with the pen.
func (c *canvas) trace(p *page.Path, m placing, box image.Rectangle) {
	ox, oy := float32(box.Min.X), float32(box.Min.Y)
	for _, s := range p.Segments {
		to := m.at(s.X, s.Y)
		switch s.Op {
		case page.MoveTo:
			c.pen.MoveTo(to.x-ox, to.y-oy)
		case page.LineTo:
			c.pen.LineTo(to.x-ox, to.y-oy)
		case page.CurveTo:
			p1, p2 := m.at(s.X1, s.Y1), m.at(s.X2, s.Y2)
			c.pen.CubeTo(p1.x-ox, p1.y-oy, p2.x-ox, p2.y-oy, to.x-ox, to.y-oy)
		case page.Close:
			c.pen.ClosePath()
		}
	}
}

// extent is the pixels that a path, widened, may touch.
func (c *canvas) extent(p *page.Path, m placing, width float32) image.Rectangle {
	low, high := point{math.MaxFloat32, math.MaxFloat32}, point{-math.MaxFloat32, -math.MaxFloat32}
	add := func(x, y unit.Length) {
		q := m.at(x, y)
		low = point{min(low.x, q.x), min(low.y, q.y)}
		high = point{max(high.x, q.x), max(high.y, q.y)}
	}
	for _, s := range p.Segments {
		switch s.Op {
		case page.CurveTo:
			add(s.X1, s.Y1)
			add(s.X2, s.Y2)
			add(s.X, s.Y)
		case page.MoveTo, page.LineTo:
			add(s.X, s.Y)
		}
	}
	if low.x > high.x {
		return image.Rectangle{}
	}
	return image.Rect(nearest(low.x-width)-1, nearest(low.y-width)-1, nearest(high.x+width)+2, nearest(high.y+width)+2).Intersect(c.box)
}

// flattened turns a path into lines of points.
func flattened(p *page.Path, m placing) [][]point {
	var out [][]point
	var line []point
	end := func() {
		if len(line) > 1 {
			out = append(out, line)
		}
	}
	for _, s := range p.Segments {
		to := m.at(s.X, s.Y)
		switch s.Op {
		case page.MoveTo:
			end()
			line = []point{to}
		case page.LineTo:
			line = append(line, to)
		case page.CurveTo:
			line = append(line, curve(line, m.at(s.X1, s.Y1), m.at(s.X2, s.Y2), to)...)
		case page.Close:
			if len(line) > 0 {
				line = append(line, line[0])
				end()
				line = []point{line[0]}
			}
		}
	}
	end()
	return out
}

// curve is a cubic from the last point of a line, in so many steps that a
// pixel does not see the corners.
func curve(line []point, p1, p2, p3 point) []point {
	p0 := p1
	if len(line) > 0 {
		p0 = line[len(line)-1]
	}
	span := distance(p0, p1) + distance(p1, p2) + distance(p2, p3)
	n := max(4, min(64, int(math.Sqrt(float64(span))*1.5)))
	out := make([]point, n)
	for i := range out {
		t := float32(i+1) / float32(n)
		u := 1 - t
		a, b, c, d := u*u*u, 3*u*u*t, 3*u*t*t, t*t*t
		out[i] = point{a*p0.x + b*p1.x + c*p2.x + d*p3.x, a*p0.y + b*p1.y + c*p2.y + d*p3.y}
	}
	return out
}

func distance(p, q point) float32 {
	return float32(math.Hypot(float64(q.x-p.x), float64(q.y-p.y)))
}

// dashed cuts lines into dashes; no pattern, or one without length, cuts none.
func dashed(lines [][]point, pattern []unit.Length, scale float32) [][]point {
	total := float32(0)
	on := make([]float32, len(pattern))
	for i, l := range pattern {
		on[i] = float32(l) / float32(unit.Pt) * scale
		total += on[i]
	}
	if total < 1 {
		return lines
	}
	var out [][]point
	for _, line := range lines {
		at, left := 0, on[0]
		dash := []point{line[0]}
		for i := 1; i < len(line); {
			p, d := line[i-1], distance(line[i-1], line[i])
			if d <= left {
				dash = append(dash, line[i])
				left -= d
				i++
				continue
			}
			t := left / d
			q := point{p.x + (line[i].x-p.x)*t, p.y + (line[i].y-p.y)*t}
			if at%2 == 0 {
				out = append(out, append(dash, q))
			}
			line = append([]point{q}, line[i:]...)
			at, i = at+1, 1
			left, dash = on[at%len(on)], []point{q}
		}
		if at%2 == 0 && len(dash) > 1 {
			out = append(out, dash)
		}
	}
	return out
}

// stroke draws a line of a width with the pen: a box for every stretch and a
// round for every corner between two, all turning one way, so that where they
// overlap is inside too.
func (c *canvas) stroke(line []point, width float32, box image.Rectangle) {
	ox, oy, half := float32(box.Min.X), float32(box.Min.Y), width/2
	for i := 1; i < len(line); i++ {
		p, q := line[i-1], line[i]
		d := distance(p, q)
		if d == 0 {
			continue
		}
		nx, ny := -(q.y-p.y)/d*half, (q.x-p.x)/d*half
		c.pen.MoveTo(p.x+nx-ox, p.y+ny-oy)
		c.pen.LineTo(p.x-nx-ox, p.y-ny-oy)
		c.pen.LineTo(q.x-nx-ox, q.y-ny-oy)
		c.pen.LineTo(q.x+nx-ox, q.y+ny-oy)
		c.pen.ClosePath()
		if i < len(line)-1 && width > 1.5 {
			c.round(q.x-ox, q.y-oy, half)
		}
	}
}

// round draws a disc, turning as the boxes of stroke do.
func (c *canvas) round(x, y, r float32) {
	const k = 0.5523 // of a circle by four cubics
	c.pen.MoveTo(x+r, y)
	c.pen.CubeTo(x+r, y+k*r, x+k*r, y+r, x, y+r)
	c.pen.CubeTo(x-k*r, y+r, x-r, y+k*r, x-r, y)
	c.pen.CubeTo(x-r, y-k*r, x-k*r, y-r, x, y-r)
	c.pen.CubeTo(x+k*r, y-r, x+r, y-k*r, x+r, y)
	c.pen.ClosePath()
}
