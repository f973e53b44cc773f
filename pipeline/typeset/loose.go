package typeset

import (
	"strings"

	"banxin/pipeline/book"
	"banxin/pipeline/font"
	"banxin/pipeline/layout"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// Compositor sets single texts that stand on no page of the book: on covers
// and in printers' papers.
type Compositor struct{ s *setter }

// NewCompositor returns a compositor for texts in a language (BCP 47).
func NewCompositor(l *layout.Layout, fonts *font.Set, lang string) *Compositor {
	return &Compositor{newSetter(&book.Book{}, nil, l, fonts, lang)}
}

// Lines sets a text as a paragraph of the given measure and returns its lines,
// each as high as the style's leading with its Baseline set. Every \n begins a
// paragraph.
func (c *Compositor) Lines(s string, st layout.Style, measure unit.Length) []*page.Frame {
	var out []*page.Frame
	for _, p := range strings.Split(s, "\n") {
		for _, l := range c.s.paragraph(text{inlines: plain(p), style: st, lang: c.s.lang, measure: measure, indent: st.Indent}).best.lines {
			out = append(out, l.frame)
		}
	}
	return out
}

// Width is how wide a text is on one line.
func (c *Compositor) Width(s string, st layout.Style) unit.Length {
	st.Align, st.Indent = layout.Left, 0
	w := unit.Length(0)
	for _, f := range c.Lines(s, st, 4000*st.Size) {
		w = max(w, inked(f))
	}
	return w
}
