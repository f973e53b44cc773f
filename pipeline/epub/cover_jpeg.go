package epub

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"

	"golang.org/x/image/vector"

	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// jpegOf draws a frame of rules and filled paths, a pixel to a point; in gray
// where every colour of it is.
func jpegOf(f *page.Frame, gray bool) []byte {
	box := image.Rect(0, 0, int(f.Width/unit.Pt), int(f.Height/unit.Pt))
	c := &canvas{pen: &vector.Rasterizer{}}
	var picture image.Image
	if gray {
		g := image.NewGray(box)
		c.planes, picture = []plane{{g.Pix, g.Stride, 1}}, g
	} else {
		// The JPEG's own colours, so that nothing is converted.
		y := image.NewYCbCr(box, image.YCbCrSubsampleRatio420)
		c.planes, picture = []plane{{y.Y, y.YStride, 1}, {y.Cb, y.CStride, 2}, {y.Cr, y.CStride, 2}}, y
	}
	c.box = box
	for _, p := range f.Items {
		switch it := p.Item.(type) {
		case *page.Rule:
			c.fill(image.Rect(pixel(p.X), pixel(p.Y), pixel(p.X+it.Width), pixel(p.Y+it.Height)), it.Color)
		case *page.Path:
			c.path(p.X, p.Y, it)
		}
	}
	var out bytes.Buffer
	// Neither the size nor a bytes.Buffer fails.
	_ = jpeg.Encode(&out, picture, &jpeg.Options{Quality: 88})
	return out.Bytes()
}

func pixel(v unit.Length) int { return int((v + unit.Pt/2) / unit.Pt) }

// canvas is a picture's planes: one of gray, or luma and two of chroma.
type canvas struct {
	box    image.Rectangle
	planes []plane
	pen    *vector.Rasterizer
}

// plane is one component, a sample for step × step pixels.
type plane struct {
	pix          []uint8
	stride, step int
}

// samples are a colour's components in the order of the planes.
func samples(c page.Color) [3]uint8 {
	v := func(i int) uint8 { return uint8((int(c.V[i])*255 + 500) / 1000) }
	if c.Space == page.Gray {
		return [3]uint8{v(0), 128, 128}
	}
	y, cb, cr := color.RGBToYCbCr(v(0), v(1), v(2))
	return [3]uint8{y, cb, cr}
}

// fill paints a rectangle; its chroma to the nearest two pixels.
func (c *canvas) fill(r image.Rectangle, col page.Color) {
	r = r.Intersect(c.box)
	if r.Empty() {
		return
	}
	v := samples(col)
	for i, p := range c.planes {
		from, to := r.Min.X/p.step, (r.Max.X+p.step-1)/p.step
		for row := r.Min.Y / p.step; row < (r.Max.Y+p.step-1)/p.step; row++ {
			line := p.pix[row*p.stride+from : row*p.stride+to]
			for x := range line {
				line[x] = v[i]
			}
		}
	}
}

// path paints an outline.
func (c *canvas) path(x, y unit.Length, p *page.Path) {
	if p.Fill == nil {
		return
	}
	box := extent(p).Add(image.Pt(int(x/unit.Pt), int(y/unit.Pt))).Intersect(c.box)
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
	v := samples(col)
	for i, p := range c.planes {
		for y := box.Min.Y + box.Min.Y%p.step; y < box.Max.Y; y += p.step {
			line := mask.Pix[(y-box.Min.Y)*mask.Stride:]
			to := p.pix[y/p.step*p.stride:]
			for x := box.Min.X + box.Min.X%p.step; x < box.Max.X; x += p.step {
				if a := int(line[x-box.Min.X]); a > 0 {
					at := x / p.step
					to[at] = uint8((int(to[at])*(255-a) + int(v[i])*a + 127) / 255)
				}
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
