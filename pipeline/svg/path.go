package svg

import "math"

// segment is a step of an outline in user units: 'M', 'L', 'C' or 'Z'.
type segment struct {
	op      byte
	c, d, p point // controls and end
}

// outline is a path being made.
type outline struct {
	segs      []segment
	at, start point
	last      byte  // the command before, for smooth curves
	control   point // its last control
}

func (o *outline) move(p point) {
	o.segs = append(o.segs, segment{op: 'M', p: p})
	o.at, o.start = p, p
}

func (o *outline) line(p point) {
	o.segs = append(o.segs, segment{op: 'L', p: p})
	o.at = p
}

func (o *outline) curve(c, d, p point) {
	o.segs = append(o.segs, segment{op: 'C', c: c, d: d, p: p})
	o.at = p
}

// quad is a quadratic curve, raised to a cubic.
func (o *outline) quad(c, p point) {
	third := func(a, b point) point { return point{a.x + (b.x-a.x)*2/3, a.y + (b.y-a.y)*2/3} }
	o.curve(third(o.at, c), third(p, c), p)
}

func (o *outline) close() {
	o.segs = append(o.segs, segment{op: 'Z'})
	o.at = o.start
}

// pathData reads the d attribute; it stops where the grammar breaks, and keeps
// what was read (SVG 2, 9.5.4).
func pathData(s string) *outline {
	o := &outline{}
	r := &scanner{s: s}
	var cmd byte
	for {
		r.space()
		if r.i >= len(r.s) {
			return o
		}
		if c := r.s[r.i]; c|0x20 >= 'a' && c|0x20 <= 'z' {
			cmd = c
			r.i++
		} else if cmd == 0 || cmd|0x20 == 'z' {
			return o
		}
		if !o.step(cmd, r) {
			return o
		}
		o.last = cmd | 0x20
		if cmd == 'M' {
			cmd = 'L'
		} else if cmd == 'm' {
			cmd = 'l'
		}
	}
}

// step reads one command's arguments and draws it.
func (o *outline) step(cmd byte, r *scanner) bool {
	from := point{}
	if cmd >= 'a' {
		from = o.at
	}
	ok := true
	pair := func() point {
		x, a := r.number()
		y, b := r.number()
		ok = ok && a && b
		return point{from.x + x, from.y + y}
	}
	switch cmd | 0x20 {
	case 'm':
		if p := pair(); ok {
			o.move(p)
		}
	case 'l':
		if p := pair(); ok {
			o.line(p)
		}
	case 'h':
		x, a := r.number()
		if ok = a; ok {
			o.line(point{from.x + x, o.at.y})
		}
	case 'v':
		y, a := r.number()
		if ok = a; ok {
			o.line(point{o.at.x, from.y + y})
		}
	case 'c':
		if c, d, p := pair(), pair(), pair(); ok {
			o.curve(c, d, p)
			o.control = d
		}
	case 's':
		c := o.reflected('c', 's')
		if d, p := pair(), pair(); ok {
			o.curve(c, d, p)
			o.control = d
		}
	case 'q':
		if c, p := pair(), pair(); ok {
			o.quad(c, p)
			o.control = c
		}
	case 't':
		c := o.reflected('q', 't')
		if p := pair(); ok {
			o.quad(c, p)
			o.control = c
		}
	case 'a':
		ok = o.arcTo(r, pair)
	case 'z':
		o.close()
	default:
		return false
	}
	return ok
}

// reflected is the control point of a smooth curve.
func (o *outline) reflected(a, b byte) point {
	if o.last != a && o.last != b {
		return o.at
	}
	return point{2*o.at.x - o.control.x, 2*o.at.y - o.control.y}
}

func (o *outline) arcTo(r *scanner, pair func() point) bool {
	rx, a := r.number()
	ry, b := r.number()
	turn, c := r.number()
	large, d := r.flag()
	sweep, e := r.flag()
	if !(a && b && c && d && e) {
		return false
	}
	n := r.i
	p := pair()
	if r.i == n {
		return false
	}
	o.arc(math.Abs(rx), math.Abs(ry), turn*math.Pi/180, large, sweep, p)
	return true
}

// arc draws an elliptical arc by cubic curves of at most a quarter turn (SVG 2,
// B.2.4: from end points to a centre).
func (o *outline) arc(rx, ry, turn float64, large, sweep bool, p point) {
	if rx == 0 || ry == 0 || p == o.at {
		o.line(p)
		return
	}
	sin, cos := math.Sincos(turn)
	dx, dy := (o.at.x-p.x)/2, (o.at.y-p.y)/2
	x1, y1 := float64(cos*dx)+float64(sin*dy), float64(-sin*dx)+float64(cos*dy)
	if l := float64(x1/rx)*float64(x1/rx) + float64(y1/ry)*float64(y1/ry); l > 1 {
		rx, ry = rx*math.Sqrt(l), ry*math.Sqrt(l)
	}
	q := float64(rx*y1)*float64(rx*y1) + float64(ry*x1)*float64(ry*x1)
	k := 0.0
	if q > 0 {
		k = math.Sqrt(math.Max(0, (float64(rx*ry)*float64(rx*ry)-q)/q))
	}
	if large == sweep {
		k = -k
	}
	cx1, cy1 := k*rx*y1/ry, -k*ry*x1/rx
	c := point{float64(cos*cx1) - float64(sin*cy1) + (o.at.x+p.x)/2, float64(sin*cx1) + float64(cos*cy1) + (o.at.y+p.y)/2}
	from := math.Atan2((y1-cy1)/ry, (x1-cx1)/rx)
	by := math.Atan2((-y1-cy1)/ry, (-x1-cx1)/rx) - from
	if sweep && by < 0 {
		by += 2 * math.Pi
	} else if !sweep && by > 0 {
		by -= 2 * math.Pi
	}
	n := int(math.Ceil(math.Abs(by)/(math.Pi/2) - 1e-9))
	m := matrix{float64(cos * rx), float64(sin * rx), float64(-sin * ry), float64(cos * ry), c.x, c.y}
	step := by / float64(max(n, 1))
	t := 4.0 / 3 * math.Tan(step/4)
	for i := range n {
		s0, c0 := math.Sincos(from + float64(i)*step)
		s1, c1 := math.Sincos(from + float64(i+1)*step)
		end := m.apply(point{c1, s1})
		if i == n-1 {
			end = p
		}
		o.curve(m.apply(point{c0 - t*s0, s0 + t*c0}), m.apply(point{c1 + t*s1, s1 - t*c1}), end)
	}
}

// ellipse is a whole one.
func ellipse(c point, rx, ry float64) *outline {
	o := &outline{}
	o.move(point{c.x + rx, c.y})
	o.arc(rx, ry, 0, false, true, point{c.x - rx, c.y})
	o.arc(rx, ry, 0, false, true, point{c.x + rx, c.y})
	o.close()
	return o
}

// rectangle has corners rounded by rx and ry.
func rectangle(x, y, w, h, rx, ry float64) *outline {
	o := &outline{}
	rx, ry = math.Min(rx, w/2), math.Min(ry, h/2)
	if rx <= 0 || ry <= 0 {
		o.move(point{x, y})
		o.line(point{x + w, y})
		o.line(point{x + w, y + h})
		o.line(point{x, y + h})
		o.close()
		return o
	}
	o.move(point{x + rx, y})
	o.line(point{x + w - rx, y})
	o.arc(rx, ry, 0, false, true, point{x + w, y + ry})
	o.line(point{x + w, y + h - ry})
	o.arc(rx, ry, 0, false, true, point{x + w - rx, y + h})
	o.line(point{x + rx, y + h})
	o.arc(rx, ry, 0, false, true, point{x, y + h - ry})
	o.line(point{x, y + ry})
	o.arc(rx, ry, 0, false, true, point{x + rx, y})
	o.close()
	return o
}
