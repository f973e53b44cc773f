// Package unit is the arithmetic of lengths on a page.
//
// Lengths are integers: a compiler may fuse floating-point operations on some
// processors, and a golden page must be the same on every one of them.
package unit

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Length is a distance in scaled points: 1/65536 of a PDF point, which is
// 1/72 inch. An int64 holds any length that arises with room for products of
// two of them scaled down by Scale.
type Length int64

const (
	SP Length = 1
	Pt Length = 65536
	In Length = 72 * Pt
	// Mm is a millimetre, rounded to the nearest scaled point (error under 2e-6).
	Mm Length = 185771
)

// Points returns l in PDF points.
func (l Length) Points() float64 { return float64(l) / float64(Pt) }

// Millimetres returns l in millimetres.
func (l Length) Millimetres() float64 { return float64(l) * 25.4 / float64(In) }

// String prints l in points with at most three decimals, as page dumps do.
func (l Length) String() string {
	s := strconv.FormatFloat(float64(l)/float64(Pt), 'f', 3, 64)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "-0" {
		return "0"
	}
	return s
}

// Scale returns l·num/den, rounded half away from zero. den must not be 0.
func (l Length) Scale(num, den int64) Length {
	p := int64(l) * num
	if den < 0 {
		p, den = -p, -den
	}
	if p >= 0 {
		return Length((p + den/2) / den)
	}
	return -Length((-p + den/2) / den)
}

// Em returns milli thousandths of the size l: size.Em(250) is a quarter em.
func (l Length) Em(milli int64) Length { return l.Scale(milli, 1000) }

// FromPoints rounds a number of points to a Length.
func FromPoints(pt float64) Length { return Length(math.Round(pt * float64(Pt))) }

// Parse reads a number with a unit: pt, mm, cm, in, px (1/96 in), or none
// (points). Relative units (em, %) are the caller's, see ParseRelative.
func Parse(s string) (Length, error) {
	t := strings.TrimSpace(s)
	i := len(t)
	for i > 0 && (t[i-1] >= 'a' && t[i-1] <= 'z' || t[i-1] >= 'A' && t[i-1] <= 'Z') {
		i--
	}
	v, err := strconv.ParseFloat(strings.TrimSpace(t[:i]), 64)
	if err != nil || math.IsNaN(v) || math.Abs(v) > 1e7 {
		return 0, fmt.Errorf("not a length: %q", s)
	}
	per := map[string]float64{"": 1, "pt": 1, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72, "px": 0.75}
	f, ok := per[strings.ToLower(t[i:])]
	if !ok {
		return 0, fmt.Errorf("unknown unit %q in %q (pt, mm, cm, in, px)", t[i:], s)
	}
	return FromPoints(v * f), nil
}
