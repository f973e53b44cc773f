package typeset

import (
	"strconv"
	"strings"

	"banxin/pipeline/book"
	"banxin/pipeline/page"
	"banxin/pipeline/picture"
	"banxin/pipeline/unit"
)

// image sets a picture in running text, at most as high as a line; one that
// is not there is its alternative text.
func (f *flattener) image(n *book.Image, m mood) {
	if n.Label != "" {
		f.object(thing{dest: n.Label}, m, n.Span)
	}
	if fr := f.inlinePicture(n, m.look.size); fr != nil {
		f.object(thing{frame: fr}, m, n.Span)
		return
	}
	alt := n.Alt
	if alt == "" {
		alt = n.Title
	}
	f.characters(alt, n.Span, false, m)
}

// inlinePicture scales a picture to the text it stands in: as wide as asked
// for, else as its pixels say, but no higher than a line and no wider than the
// measure. Its middle is the characters' middle.
func (f *flattener) inlinePicture(n *book.Image, size unit.Length) *page.Frame {
	if f.book == nil || n.Path == "" || f.book.Pictures[n.Path] == nil {
		return nil
	}
	im, err := picture.Load(f.book.Pictures[n.Path].Data, n.Path)
	if err != nil || im.Width <= 0 || im.Height <= 0 || im.Format == picture.SVG {
		return nil
	}
	const screen = 96 // pixels an inch, where nothing says otherwise
	w := unit.In.Scale(int64(im.Width), screen)
	if v, ok := asked(n.Width, f.t.measure); ok {
		w = v
	}
	h := w.Scale(int64(im.Height), int64(im.Width))
	if most := max(f.t.style.Leading*9/10, size); h > most {
		w, h = w.Scale(int64(most), int64(h)), most
	}
	if most := f.t.measure; w > most {
		w, h = most, h.Scale(int64(most), int64(w))
	}
	fr := &page.Frame{Width: w, Height: h, Baseline: h/2 + size.Em(hanAscent) - size/2}
	fr.Add(0, 0, &page.Picture{Name: n.Path, Format: im.Format, Data: im.Data, PixelWidth: im.Width, PixelHeight: im.Height,
		Width: w, Height: h, Alt: n.Alt, Span: n.Span})
	return fr
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
