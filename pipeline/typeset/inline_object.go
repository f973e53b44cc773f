package typeset

import (
	"strconv"
	"strings"

	"banxin/pipeline/book"
	"banxin/pipeline/font"
	"banxin/pipeline/page"
)

// formula sets a formula in running text as its source, in code's face, until
// it is drawn.
func (f *flattener) formula(n *book.InlineMath, m mood) {
	m.look.role, m.look.italic, m.look.verbatim = font.Mono, true, true
	f.characters(n.TeX, n.Span, false, m)
}

// image sets a small picture on the baseline; one that is not there is its
// alternative text.
func (f *flattener) image(n *book.Image, m mood) {
	alt := n.Alt
	if alt == "" {
		alt = n.Title
	}
	f.characters(alt, n.Span, false, m)
}

// linkColor reads "#rrggbb" or "gray:400"; anything else is black.
func linkColor(s string) page.Color {
	if g, ok := strings.CutPrefix(s, "gray:"); ok {
		v, err := strconv.Atoi(g)
		if err == nil && v >= 0 && v <= 1000 {
			return page.GrayLevel(v)
		}
		return page.Color{}
	}
	v, err := strconv.ParseUint(strings.TrimPrefix(s, "#"), 16, 24)
	if err != nil || len(s) != 7 {
		return page.Color{}
	}
	return page.RGBColor(uint8(v>>16), uint8(v>>8), uint8(v))
}
