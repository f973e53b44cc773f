package epub

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/vector"

	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// jpegOf draws a frame, a pixel to a point; in gray where every colour of it is.
func jpegOf(f *page.Frame, gray bool) []byte {
	// Half the chroma, as the JPEG keeps it.
	c, picture := newCanvas(f, 1, gray, image.YCbCrSubsampleRatio420)
	c.frame(f, placing{1, 0, 0, 1, 0, 0})
	var out bytes.Buffer
	// Neither the size nor a bytes.Buffer fails.
	_ = jpeg.Encode(&out, picture, &jpeg.Options{Quality: 88})
	return out.Bytes()
}

// pngOf draws a frame on white paper, with so many pixels to a point.
func pngOf(f *page.Frame, pixels float32, gray bool) []byte {
	c, picture := newCanvas(f, pixels, gray, image.YCbCrSubsampleRatio444)
	c.fill(c.box, page.GrayLevel(1000))
	c.frame(f, placing{pixels, 0, 0, pixels, 0, 0})
	if !gray { // the encoder is slow with a JPEG's colours
		rgb := image.NewRGBA(c.box)
		draw.Draw(rgb, c.box, picture, image.Point{}, draw.Src)
		picture = rgb
	}
	var out bytes.Buffer
	// Neither the size nor a bytes.Buffer fails.
	_ = png.Encode(&out, picture)
	return out.Bytes()
}

// canvas is a picture's planes: one of gray, or luma and two of chroma.
type canvas struct {
	box    image.Rectangle
	planes []plane
	pen    *vector.Rasterizer
}

// maxPixels bounds a side of what is drawn.
const maxPixels = 4096

// newCanvas returns a canvas of a frame's size and the picture it paints.
func newCanvas(f *page.Frame, pixels float32, gray bool, chroma image.YCbCrSubsampleRatio) (*canvas, image.Image) {
	side := func(v unit.Length) int {
		return max(1, min(maxPixels, int(float32(v)/float32(unit.Pt)*pixels+0.999)))
	}
	box := image.Rect(0, 0, side(f.Width), side(f.Height))
	c := &canvas{box: box, pen: &vector.Rasterizer{}}
	if gray {
		g := image.NewGray(box)
		c.planes = []plane{{g.Pix, g.Stride, 1}}
		return c, g
	}
	// The JPEG's own colours, so that nothing is converted.
	y := image.NewYCbCr(box, chroma)
	step := 1
	if chroma == image.YCbCrSubsampleRatio420 {
		step = 2
	}
	c.planes = []plane{{y.Y, y.YStride, 1}, {y.Cb, y.CStride, step}, {y.Cr, y.CStride, step}}
	return c, y
}

// plane is one component, a sample for step × step pixels.
type plane struct {
	pix          []uint8
	stride, step int
}

// samples are a colour's components in the order of the planes.
func samples(c page.Color) [3]uint8 {
	v := func(i int) uint8 { return uint8((int(c.V[i])*255 + 500) / 1000) }
	var y, cb, cr uint8
	switch c.Space {
	case page.Gray:
		return [3]uint8{v(0), 128, 128}
	case page.CMYK:
		y, cb, cr = color.RGBToYCbCr(color.CMYKToRGB(v(0), v(1), v(2), v(3)))
	default:
		y, cb, cr = color.RGBToYCbCr(v(0), v(1), v(2))
	}
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

// inside paints the inside of what the pen has drawn in box's coordinates.
func (c *canvas) inside(box image.Rectangle, col page.Color) {
	mask := image.NewAlpha(image.Rect(0, 0, box.Dx(), box.Dy()))
	c.pen.Draw(mask, mask.Rect, image.Opaque, image.Point{})
	c.blend(box, mask, col)
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
