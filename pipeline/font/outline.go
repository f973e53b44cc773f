package font

import (
	"fmt"
	"math"
	"sync"
)

// Segment is one step of an outline in units per em, y upwards. Op is 'M',
// 'L', 'Q', 'C' or 'Z'; the last pair of P is the end point.
type Segment struct {
	Op byte
	P  [6]float32
}

// outlines is where a face's glyph outlines are: in glyf, found by loca, or in
// a CFF table.
type outlines struct {
	glyf tableAt
	loca []byte
	long bool // loca has 32-bit offsets

	cff   *cffTable
	boxes sync.Map // [4]int32 by GID
	err   error
}

func (f *Face) outline() *outlines {
	f.outlineOnce.Do(func() {
		o := &f.outlines
		if e, ok := f.dir.find(tagOf("CFF ")); ok {
			o.cff, o.err = openCFF(f.file, e)
			return
		}
		var ok bool
		if o.glyf, ok = f.dir.find(tagOf("glyf")); !ok {
			o.err = fmt.Errorf("read font %s: it has neither glyf nor CFF outlines", f.file.path)
			return
		}
		o.loca = f.tableBytes(tagOf("loca"))
		o.long = u16(f.tableBytes(tagOf("head")), 50) != 0
	})
	return &f.outlines
}

// Bounds returns the ink of a glyph in units per em: left, bottom, right, top.
// A glyph without ink has four zeros. For TrueType outlines it is the box the
// file states, which may reach to control points beside the ink.
func (f *Face) Bounds(g GID) [4]int32 {
	o := f.outline()
	if o.err != nil {
		return [4]int32{}
	}
	if o.cff != nil {
		// Charstrings say no box: they are drawn, once.
		if b, ok := o.boxes.Load(g); ok {
			return b.([4]int32)
		}
		b := boundsOf(f.Outline(g))
		o.boxes.Store(g, b)
		return b
	}
	var b [4]int32
	d := f.glyphHead(g)
	for i := range b {
		b[i] = int32(i16(d, 2+2*i))
	}
	return b
}

// Outline returns a glyph's outline for drawing as a path (texmath, svg), nil
// where it has none.
func (f *Face) Outline(g GID) []Segment {
	o := f.outline()
	switch {
	case o.err != nil:
		return nil
	case o.cff != nil:
		flat, err := o.cff.flat(int(g))
		if err != nil {
			return nil
		}
		return drawCharstring(flat.code)
	}
	budget := maxComponents
	return f.contours(nil, g, identity, 0, &budget)
}

// boundsOf is the box around a path, its curves' own extremes and not their
// control points, rounded outwards.
func boundsOf(path []Segment) [4]int32 {
	low := [2]float64{math.Inf(1), math.Inf(1)}
	high := [2]float64{math.Inf(-1), math.Inf(-1)}
	reach := func(axis int, v float64) {
		low[axis], high[axis] = min(low[axis], v), max(high[axis], v)
	}
	var x, y float32
	for i := range path {
		s := &path[i]
		if s.Op == 'Z' {
			continue
		}
		n := map[byte]int{'M': 0, 'L': 0, 'Q': 2, 'C': 4}[s.Op]
		for axis, from := range [2]float32{x, y} {
			reach(axis, float64(s.P[n+axis]))
			switch s.Op {
			case 'Q': // as a cubic (raising the degree)
				p0, c, p2 := float64(from), float64(s.P[axis]), float64(s.P[2+axis])
				for _, v := range cubicExtremes(p0, p0+float64(2*(c-p0))/3, p2+float64(2*(c-p2))/3, p2) {
					reach(axis, v)
				}
			case 'C':
				for _, v := range cubicExtremes(float64(from), float64(s.P[axis]), float64(s.P[2+axis]), float64(s.P[4+axis])) {
					reach(axis, v)
				}
			}
		}
		x, y = s.P[n], s.P[n+1]
	}
	if low[0] > high[0] {
		return [4]int32{}
	}
	return [4]int32{
		int32(math.Floor(low[0])), int32(math.Floor(low[1])),
		int32(math.Ceil(high[0])), int32(math.Ceil(high[1])),
	}
}

// cubicExtremes returns the values of one coordinate of a cubic where it turns
// between its ends. Products are rounded one by one (float64), so that no
// processor fuses them and every one of them finds the same bounds.
func cubicExtremes(p0, p1, p2, p3 float64) []float64 {
	lo, hi := min(p0, p3), max(p0, p3)
	if min(p1, p2) >= lo && max(p1, p2) <= hi {
		return nil
	}
	a := float64(3*(p1-p2)) + p3 - p0
	b := float64(2 * (p0 - float64(2*p1) + p2))
	c := p1 - p0
	var ts []float64
	if math.Abs(a) < 1e-9 {
		ts = []float64{-c / b}
	} else if d := float64(b*b) - float64(4*a*c); d >= 0 {
		r := math.Sqrt(d)
		ts = []float64{(-b + r) / (2 * a), (-b - r) / (2 * a)}
	}
	var out []float64
	for _, t := range ts {
		if t > 0 && t < 1 {
			u := 1 - t
			v := float64(u * u * u * p0)
			v += float64(3 * u * u * t * p1)
			v += float64(3 * u * t * t * p2)
			v += float64(t * t * t * p3)
			// A thousandth of a unit is rounding, not ink.
			out = append(out, math.Round(v*1000)/1000)
		}
	}
	return out
}
