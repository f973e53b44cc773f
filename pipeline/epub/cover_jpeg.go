package epub

import (
	"image"
	"image/color"

	"golang.org/x/image/vector"

	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// jpegOf draws a frame of rules and filled paths, a pixel to a point.
func jpegOf(f *page.Frame) []byte {
	c := newCanvas(int(f.Width/unit.Pt), int(f.Height/unit.Pt))
	for _, p := range f.Items {
		switch it := p.Item.(type) {
		case *page.Rule:
			c.fill(image.Rect(pixel(p.X), pixel(p.Y), pixel(p.X+it.Width), pixel(p.Y+it.Height)), it.Color)
		case *page.Path:
			c.path(p.X, p.Y, it)
		}
	}
	return encodeJPEG(c.YCbCr)
}

func pixel(v unit.Length) int { return int((v + unit.Pt/2) / unit.Pt) }

// canvas is drawn on in the JPEG's own colours, so that nothing is converted.
type canvas struct {
	*image.YCbCr
	pen *vector.Rasterizer
}

func newCanvas(w, h int) *canvas {
	return &canvas{image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420), &vector.Rasterizer{}}
}

func ycc(c page.Color) (y, cb, cr uint8) {
	v := func(i int) uint8 { return uint8((int(c.V[i])*255 + 500) / 1000) }
	return color.RGBToYCbCr(v(0), v(1), v(2))
}

// fill paints a rectangle; its chroma to the nearest two pixels.
func (c *canvas) fill(r image.Rectangle, col page.Color) {
	r = r.Intersect(c.Rect)
	y, cb, cr := ycc(col)
	for row := r.Min.Y; row < r.Max.Y; row++ {
		paint(c.Y[c.YOffset(r.Min.X, row):], r.Dx(), y)
	}
	for row := r.Min.Y / 2; row < (r.Max.Y+1)/2 && !r.Empty(); row++ {
		at, n := c.COffset(r.Min.X, 2*row), (r.Max.X+1)/2-r.Min.X/2
		paint(c.Cb[at:], n, cb)
		paint(c.Cr[at:], n, cr)
	}
}

func paint(row []uint8, n int, v uint8) {
	row = row[:n]
	for i := range row {
		row[i] = v
	}
}

// path paints an outline.
func (c *canvas) path(x, y unit.Length, p *page.Path) {
	if p.Fill == nil {
		return
	}
	box := extent(p).Add(image.Pt(int(x/unit.Pt), int(y/unit.Pt))).Intersect(c.Rect)
	if box.Empty() {
		return
	}
	px := func(v unit.Length) float32 { return float32(v) / float32(unit.Pt) }
	ox, oy := px(x)-float32(box.Min.X), px(y)-float32(box.Min.Y)
	c.pen.Reset(box.Dx(), box.Dy())
	for _, s := range p.Segments {
		switch s.Op {
		case page.MoveTo:
			c.pen.MoveTo(ox+px(s.X), oy+px(s.Y))
		case page.LineTo:
			c.pen.LineTo(ox+px(s.X), oy+px(s.Y))
		case page.CurveTo:
			c.pen.CubeTo(ox+px(s.X1), oy+px(s.Y1), ox+px(s.X2), oy+px(s.Y2), ox+px(s.X), oy+px(s.Y))
		case page.Close:
			c.pen.ClosePath()
		}
	}
	mask := image.NewAlpha(image.Rect(0, 0, box.Dx(), box.Dy()))
	c.pen.Draw(mask, mask.Rect, image.Opaque, image.Point{})
	c.blend(box, mask, *p.Fill)
}

// blend lays a colour on through a mask.
func (c *canvas) blend(box image.Rectangle, mask *image.Alpha, col page.Color) {
	ly, lcb, lcr := ycc(col)
	to := func(p *uint8, v uint8, a int) { *p = uint8((int(*p)*(255-a) + int(v)*a + 127) / 255) }
	for row := range box.Dy() {
		line := mask.Pix[row*mask.Stride:]
		for i := range box.Dx() {
			a := int(line[i])
			if a == 0 {
				continue
			}
			x, y := box.Min.X+i, box.Min.Y+row
			to(&c.Y[c.YOffset(x, y)], ly, a)
			if x%2 == 0 && y%2 == 0 {
				at := c.COffset(x, y)
				to(&c.Cb[at], lcb, a)
				to(&c.Cr[at], lcr, a)
			}
		}
	}
}

// extent is the pixels a path may touch, relative to its place.
func extent(p *page.Path) image.Rectangle {
	var r image.Rectangle
	first := true
	add := func(x, y unit.Length) {
		q := image.Rect(int(x/unit.Pt)-1, int(y/unit.Pt)-1, int(x/unit.Pt)+3, int(y/unit.Pt)+3)
		if first {
			r, first = q, false
		} else {
			r = r.Union(q)
		}
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
	return r
}
