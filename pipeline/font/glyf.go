package font

import "errors"

// glyphSpan returns where a glyph's data stands in glyf; empty where it has no
// outline.
func (o *outlines) glyphSpan(g GID) (from, to int) {
	i := int(g)
	if o.long {
		from, to = u32(o.loca, 4*i), u32(o.loca, 4*i+4)
	} else {
		from, to = 2*u16(o.loca, 2*i), 2*u16(o.loca, 2*i+2)
	}
	if to > int(o.glyf.length) || from >= to {
		return 0, 0
	}
	return from, to
}

// glyphData reads a glyph's data, nil where it has none.
func (f *Face) glyphData(g GID) []byte {
	from, to := f.outlines.glyphSpan(g)
	return f.readGlyph(from, to)
}

// glyphHead reads no more of it than the bounds.
func (f *Face) glyphHead(g GID) []byte {
	from, to := f.outlines.glyphSpan(g)
	return f.readGlyph(from, min(to, from+10))
}

func (f *Face) readGlyph(from, to int) []byte {
	if from >= to {
		return nil
	}
	b := make([]byte, to-from)
	if n, _ := f.file.ReadAt(b, int64(f.outlines.glyf.offset)+int64(from)); n < len(b) || len(b) < 10 {
		return nil
	}
	return b
}

// Flags of a composite glyph's components (OpenType, glyf).
const (
	argsAreWords  = 1 << 0
	argsAreXY     = 1 << 1
	haveScale     = 1 << 3
	moreFollow    = 1 << 5
	haveXYScale   = 1 << 6
	have2x2       = 1 << 7
	maxDepth      = 8
	maxComponents = 512 // of one glyph, all levels together
)

// component is one glyph of a composite; at is the offset of its record.
type component struct {
	at    int
	glyph GID
	place matrix
}

// componentsOf lists the components of a composite glyph's data, nil for a
// simple glyph.
func componentsOf(d []byte) ([]component, error) {
	if len(d) < 10 || i16(d, 0) >= 0 {
		return nil, nil
	}
	var out []component
	for at := 10; ; {
		if at+4 > len(d) || len(out) > maxComponents {
			return nil, errors.New("a composite glyph is cut off")
		}
		flags := u16(d, at)
		c := component{at: at, glyph: GID(u16(d, at+2)), place: identity}
		at += 4
		if flags&argsAreWords != 0 {
			c.place[4], c.place[5] = float32(i16(d, at)), float32(i16(d, at+2))
			at += 4
		} else {
			c.place[4], c.place[5] = float32(int8(u16(d, at)>>8)), float32(int8(u16(d, at)))
			at += 2
		}
		if flags&argsAreXY == 0 { // points to be matched: left where they are
			c.place[4], c.place[5] = 0, 0
		}
		fixed := func(i int) float32 { return float32(i16(d, at+2*i)) / (1 << 14) }
		switch {
		case flags&haveScale != 0:
			c.place[0], c.place[3] = fixed(0), fixed(0)
			at += 2
		case flags&haveXYScale != 0:
			c.place[0], c.place[3] = fixed(0), fixed(1)
			at += 4
		case flags&have2x2 != 0:
			c.place[0], c.place[1], c.place[2], c.place[3] = fixed(0), fixed(1), fixed(2), fixed(3)
			at += 8
		}
		out = append(out, c)
		if flags&moreFollow == 0 {
			return out, nil
		}
	}
}

// matrix maps (x, y) to (ax+cy+e, bx+dy+f).
type matrix [6]float32

var identity = matrix{1, 0, 0, 1, 0, 0}

func (m matrix) apply(x, y float32) (float32, float32) {
	return float32(m[0]*x) + float32(m[2]*y) + m[4], float32(m[1]*x) + float32(m[3]*y) + m[5]
}

// then is n after m.
func (m matrix) then(n matrix) matrix {
	var out matrix
	out[0], out[1] = float32(m[0]*n[0])+float32(m[1]*n[2]), float32(m[0]*n[1])+float32(m[1]*n[3])
	out[2], out[3] = float32(m[2]*n[0])+float32(m[3]*n[2]), float32(m[2]*n[1])+float32(m[3]*n[3])
	out[4], out[5] = n.apply(m[4], m[5])
	return out
}

// contours appends a TrueType glyph's outline, placed by m.
func (f *Face) contours(out []Segment, g GID, m matrix, depth int, budget *int) []Segment {
	d := f.glyphData(g)
	if len(d) < 10 {
		return out
	}
	if i16(d, 0) >= 0 {
		return simpleContours(out, d, m)
	}
	parts, err := componentsOf(d)
	if err != nil || depth >= maxDepth {
		return out
	}
	for _, c := range parts {
		if *budget--; *budget < 0 {
			return out
		}
		out = f.contours(out, c.glyph, c.place.then(m), depth+1, budget)
	}
	return out
}

// point is a point of a contour; on: the curve passes through it.
type point struct {
	x, y float32
	on   bool
}

// Flags of a simple glyph's points.
const (
	onCurve = 1 << 0
	xShort  = 1 << 1
	yShort  = 1 << 2
	repeat  = 1 << 3
	xSame   = 1 << 4 // or, of a short one, positive
	ySame   = 1 << 5
)

func simpleContours(out []Segment, d []byte, m matrix) []Segment {
	count := i16(d, 0)
	if count == 0 || 10+2*count+2 > len(d) {
		return out
	}
	points := readPoints(d, u16(d, 10+2*(count-1))+1, 10+2*count+2+u16(d, 10+2*count))
	for i := range points {
		points[i].x, points[i].y = m.apply(points[i].x, points[i].y)
	}
	start := 0
	for i := range count {
		end := u16(d, 10+2*i) + 1
		if end > len(points) || end < start {
			break
		}
		out = drawContour(out, points[start:end])
		start = end
	}
	return out
}

// readPoints reads n points whose flags begin at offset at; nil where the data
// is cut off.
func readPoints(d []byte, n, at int) []point {
	if n > 4*len(d)*64 { // a flag repeats at most 255 times
		return nil
	}
	flags := make([]byte, 0, n)
	for len(flags) < n {
		if at >= len(d) {
			return nil
		}
		flag, times := d[at], 1
		at++
		if flag&repeat != 0 {
			if at >= len(d) {
				return nil
			}
			times += int(d[at])
			at++
		}
		for range times {
			flags = append(flags, flag)
		}
	}
	flags = flags[:n]
	points := make([]point, n)
	axis := func(short, same byte, set func(p *point, v float32)) {
		v := 0
		for i, flag := range flags {
			switch {
			case flag&short != 0:
				if at >= len(d) {
					break
				}
				delta := int(d[at])
				at++
				if flag&same == 0 {
					delta = -delta
				}
				v += delta
			case flag&same == 0:
				v += i16(d, at)
				at += 2
			}
			set(&points[i], float32(v))
		}
	}
	axis(xShort, xSame, func(p *point, v float32) { p.x = v })
	axis(yShort, ySame, func(p *point, v float32) { p.y = v })
	for i, flag := range flags {
		points[i].on = flag&onCurve != 0
	}
	return points
}

// drawContour appends a closed contour. Between two control points the curve
// passes through their middle.
func drawContour(out []Segment, c []point) []Segment {
	if len(c) == 0 {
		return out
	}
	middle := func(a, b point) point { return point{(a.x + b.x) / 2, (a.y + b.y) / 2, true} }
	first := c[0]
	rest := c[1:]
	if last := c[len(c)-1]; !first.on && last.on {
		first, rest = last, c[:len(c)-1]
	} else if !first.on {
		first, rest = middle(first, last), c
	}
	out = append(out, Segment{Op: 'M', P: [6]float32{first.x, first.y}})
	var control *point
	to := func(p point) {
		if control == nil {
			out = append(out, Segment{Op: 'L', P: [6]float32{p.x, p.y}})
			return
		}
		out = append(out, Segment{Op: 'Q', P: [6]float32{control.x, control.y, p.x, p.y}})
		control = nil
	}
	for i := range rest {
		p := &rest[i]
		switch {
		case p.on:
			to(*p)
		case control != nil:
			to(middle(*control, *p))
			control = p
		default:
			control = p
		}
	}
	if control != nil {
		to(first)
	}
	return append(out, Segment{Op: 'Z'})
}
