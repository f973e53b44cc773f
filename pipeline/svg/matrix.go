package svg

import (
	"math"
	"strconv"
	"strings"
)

// point is a place in user units.
type point struct{ x, y float64 }

// matrix is an affine map: x' = a·x + c·y + e, y' = b·x + d·y + f. Products are
// rounded one by one, lest a processor that fuses them gives other bytes.
type matrix struct{ a, b, c, d, e, f float64 }

var identity = matrix{a: 1, d: 1}

func (m matrix) apply(p point) point {
	return point{float64(m.a*p.x) + float64(m.c*p.y) + m.e, float64(m.b*p.x) + float64(m.d*p.y) + m.f}
}

// then is m after n: n is applied first.
func (m matrix) then(n matrix) matrix {
	o := m.apply(point{n.e, n.f})
	return matrix{
		a: float64(m.a*n.a) + float64(m.c*n.b), b: float64(m.b*n.a) + float64(m.d*n.b),
		c: float64(m.a*n.c) + float64(m.c*n.d), d: float64(m.b*n.c) + float64(m.d*n.d),
		e: o.x, f: o.y,
	}
}

// scale is the factor by which lengths grow, directions taken together.
func (m matrix) scale() float64 {
	return math.Sqrt(math.Abs(float64(m.a*m.d) - float64(m.b*m.c)))
}

// transform reads a transform attribute.
func transform(s string) matrix {
	m := identity
	for {
		name, rest, ok := strings.Cut(s, "(")
		if !ok {
			return m
		}
		args, after, ok := strings.Cut(rest, ")")
		if !ok {
			return m
		}
		s = after
		v := numbers(args)
		at := func(i int, otherwise float64) float64 {
			if i < len(v) {
				return v[i]
			}
			return otherwise
		}
		switch strings.Trim(name, " ,\t\n") {
		case "translate":
			m = m.then(matrix{1, 0, 0, 1, at(0, 0), at(1, 0)})
		case "scale":
			m = m.then(matrix{at(0, 1), 0, 0, at(1, at(0, 1)), 0, 0})
		case "rotate":
			sin, cos := math.Sincos(at(0, 0) * math.Pi / 180)
			c := matrix{1, 0, 0, 1, at(1, 0), at(2, 0)}
			m = m.then(c).then(matrix{cos, sin, -sin, cos, 0, 0}).then(matrix{1, 0, 0, 1, -c.e, -c.f})
		case "skewX":
			m = m.then(matrix{1, 0, math.Tan(at(0, 0) * math.Pi / 180), 1, 0, 0})
		case "skewY":
			m = m.then(matrix{1, math.Tan(at(0, 0) * math.Pi / 180), 0, 1, 0, 0})
		case "matrix":
			if len(v) == 6 {
				m = m.then(matrix{v[0], v[1], v[2], v[3], v[4], v[5]})
			}
		}
	}
}

// numbers reads a list of numbers apart by spaces, commas or signs.
func numbers(s string) []float64 {
	var out []float64
	for r := (scanner{s: s}); ; {
		v, ok := r.number()
		if !ok {
			return out
		}
		out = append(out, v)
	}
}

// scanner reads numbers and letters of path data.
type scanner struct {
	s string
	i int
}

func (r *scanner) space() {
	for r.i < len(r.s) && strings.IndexByte(" ,\t\r\n", r.s[r.i]) >= 0 {
		r.i++
	}
}

// number reads the next number; false if something else is next.
func (r *scanner) number() (float64, bool) {
	r.space()
	i, dot, exp := r.i, false, false
	if i < len(r.s) && (r.s[i] == '+' || r.s[i] == '-') {
		i++
	}
	for ; i < len(r.s); i++ {
		c := r.s[i]
		switch {
		case c >= '0' && c <= '9':
			continue
		case c == '.' && !dot && !exp:
			dot = true
			continue
		case (c == 'e' || c == 'E') && !exp && i > r.i && i+1 < len(r.s) && strings.IndexByte("0123456789+-", r.s[i+1]) >= 0:
			exp = true
			if r.s[i+1] == '+' || r.s[i+1] == '-' {
				i++
			}
			continue
		}
		break
	}
	v, err := strconv.ParseFloat(r.s[r.i:i], 64)
	if err != nil || math.IsNaN(v) || math.Abs(v) > maxCoordinate {
		return 0, false
	}
	r.i = i
	return v, true
}

// flag reads an arc's flag, which may stand against what follows it.
func (r *scanner) flag() (on, ok bool) {
	r.space()
	if r.i < len(r.s) && (r.s[r.i] == '0' || r.s[r.i] == '1') {
		r.i++
		return r.s[r.i-1] == '1', true
	}
	return false, false
}

// maxCoordinate bounds numbers: what is larger is no drawing.
const maxCoordinate = 1e6
