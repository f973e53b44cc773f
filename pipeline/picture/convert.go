package picture

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/draw"
	"golang.org/x/image/webp"
)

// Plan says what a file can hold. The zero value asks for a PNG of at most 8
// bits or a JPEG, upright, at full size.
type Plan struct {
	// MaxPixels bounds the longer side; larger pictures are scaled down. 0 is
	// no bound.
	MaxPixels int
	// Gray turns colours to gray levels.
	Gray bool
	// Flat puts transparent pictures on white.
	Flat bool
	// Screen keeps what every screen reads: CMYK JPEGs become RGB.
	Screen bool
	// Turned leaves it to the caller to turn a JPEG upright, which costs it
	// nothing in quality: see Raster.Orientation.
	Turned bool
}

// Raster is a picture in a form ready to embed.
type Raster struct {
	Data   []byte
	Format string // png or jpeg
	// Width and Height are those of the picture upright.
	Width, Height int
	// Orientation is EXIF's of the data: other than 1 only where Plan.Turned
	// allows it.
	Orientation int
}

// ForPrint returns the picture as a PNG (8 bits at most, not interlaced, with
// transparency only as a full alpha channel) or a JPEG, upright, the longer
// side at most maxPx pixels (0: any). What is already so comes back as it is.
// SVG is not a raster and is an error.
func (m *Image) ForPrint(maxPx int) (data []byte, format string, w, h int, err error) {
	r, err := m.Convert(Plan{MaxPixels: maxPx})
	return r.Data, r.Format, r.Width, r.Height, err
}

// quality of JPEGs written: no block is seen at 300 ppi.
const quality = 92

// Convert carries out a plan.
func (m *Image) Convert(p Plan) (Raster, error) {
	if m.Format == SVG {
		return Raster{}, errors.New("an SVG picture has no pixels")
	}
	small := p.MaxPixels <= 0 || max(m.Width, m.Height) <= p.MaxPixels
	if small && m.fits(p) {
		if m.Format == PNG {
			if err := m.checkPixels(); err != nil {
				return Raster{}, err
			}
		}
		return Raster{m.Data, m.Format, m.Width, m.Height, m.Orientation}, nil
	}
	img, err := m.decode()
	if err != nil {
		return Raster{}, fmt.Errorf("decode picture: %w", err)
	}
	if !small {
		img = shrink(img, p.MaxPixels)
	}
	if p.Flat && !opaque(img) {
		img = flattened(img)
	}
	if p.Gray || p.Flat && m.Gray() {
		img = grayed(img)
	}
	img = upright(img, m.Orientation)
	r := Raster{Format: PNG, Width: img.Bounds().Dx(), Height: img.Bounds().Dy(), Orientation: 1}
	var b bytes.Buffer
	if m.Format == JPEG || m.Format == WebP && m.lossy && opaque(img) {
		r.Format = JPEG
		err = jpeg.Encode(&b, img, &jpeg.Options{Quality: quality})
	} else {
		err = encodePNG(&b, img)
	}
	if err != nil {
		return Raster{}, fmt.Errorf("encode picture: %w", err)
	}
	r.Data = b.Bytes()
	return r, nil
}

// fits reports whether the data can be embedded as it is.
func (m *Image) fits(p Plan) bool {
	if p.Gray && !m.Gray() || p.Flat && m.Alpha {
		return false
	}
	switch m.Format {
	case JPEG:
		return (m.Orientation == 1 || p.Turned) && !(p.Screen && m.Components == 4)
	case PNG:
		return m.Depth <= 8 && !m.interlaced && !m.odd && (!m.Alpha || m.channel)
	}
	return false
}

// checkPixels reads all of a PNG's compressed pixels without keeping them: a
// PDF embeds them unseen, and readers are less patient.
func (m *Image) checkPixels() error {
	samples := m.Components
	if m.Palette {
		samples = 1
	}
	if m.channel {
		samples++
	}
	want := (int64(m.Width)*int64(samples)*int64(m.Depth)+7)/8 + 1
	want *= int64(m.Height)
	var parts []io.Reader
	err := chunks(m.Data, func(kind string, body []byte) error {
		if kind == "IDAT" {
			parts = append(parts, bytes.NewReader(body))
		}
		return nil
	})
	if err != nil {
		return err
	}
	z, err := zlib.NewReader(io.MultiReader(parts...))
	if err != nil {
		return broken(PNG, err.Error())
	}
	n, err := io.Copy(io.Discard, io.LimitReader(z, want+1))
	if err != nil || n != want {
		return broken(PNG, "its pixels break off")
	}
	return nil
}

// decode returns the pixels as the file has them, not yet turned upright. A
// GIF gives its first frame on its screen.
func (m *Image) decode() (image.Image, error) {
	r := bytes.NewReader(m.Data)
	switch m.Format {
	case PNG:
		return png.Decode(r)
	case JPEG:
		return jpeg.Decode(r)
	case WebP:
		return webp.Decode(r)
	case GIF:
		frame, err := gif.Decode(r)
		if err != nil || frame.Bounds() == image.Rect(0, 0, m.Width, m.Height) {
			return frame, err
		}
		screen := image.NewNRGBA(image.Rect(0, 0, m.Width, m.Height))
		draw.Draw(screen, frame.Bounds(), frame, frame.Bounds().Min, draw.Src)
		return screen, nil
	}
	return nil, ErrFormat
}

// shrink scales so that the longer side has n pixels (Catmull–Rom: sharp
// enough for type in screenshots). Gray stays gray.
func shrink(img image.Image, n int) image.Image {
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	if w >= h {
		w, h = n, max(1, (h*n+w/2)/w)
	} else {
		w, h = max(1, (w*n+h/2)/h), n
	}
	var out draw.Image
	switch img.(type) {
	case *image.Gray, *image.Gray16:
		out = image.NewGray(image.Rect(0, 0, w, h))
	default:
		if opaque(img) {
			out = image.NewRGBA(image.Rect(0, 0, w, h))
		} else {
			out = image.NewNRGBA(image.Rect(0, 0, w, h))
		}
	}
	draw.CatmullRom.Scale(out, out.Bounds(), img, b, draw.Src, nil)
	return out
}

func opaque(img image.Image) bool {
	o, ok := img.(interface{ Opaque() bool })
	return ok && o.Opaque()
}

// flattened puts a picture on white.
func flattened(img image.Image) image.Image {
	b := img.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(out, out.Bounds(), img, b.Min, draw.Over)
	return out
}

// grayed returns the luminance; transparency stays.
func grayed(img image.Image) image.Image {
	if _, ok := img.(*image.Gray); ok {
		return img
	}
	b := img.Bounds()
	r := image.Rect(0, 0, b.Dx(), b.Dy())
	if opaque(img) {
		out := image.NewGray(r)
		draw.Draw(out, r, img, b.Min, draw.Src)
		return out
	}
	out := image.NewNRGBA(r)
	for y := range b.Dy() {
		for x := range b.Dx() {
			c := color.NRGBAModel.Convert(img.At(b.Min.X+x, b.Min.Y+y)).(color.NRGBA)
			g := color.GrayModel.Convert(color.NRGBA{c.R, c.G, c.B, 255}).(color.Gray).Y
			out.SetNRGBA(x, y, color.NRGBA{g, g, g, c.A})
		}
	}
	return out
}

// upright undoes an EXIF orientation. Only JPEGs have one, and they are
// opaque, so gray and RGB hold them all.
func upright(img image.Image, o int) image.Image {
	if o <= 1 || o > 8 {
		return img
	}
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	from, to := image.Rect(0, 0, w, h), image.Rect(0, 0, w, h)
	if o > 4 {
		to = image.Rect(0, 0, h, w)
	}
	if _, gray := img.(*image.Gray); gray {
		src, dst := image.NewGray(from), image.NewGray(to)
		draw.Draw(src, from, img, b.Min, draw.Src)
		turnPixels(dst.Pix, src.Pix, 1, o, w, h)
		return dst
	}
	src, dst := image.NewRGBA(from), image.NewRGBA(to)
	draw.Draw(src, from, img, b.Min, draw.Src)
	turnPixels(dst.Pix, src.Pix, 4, o, w, h)
	return dst
}

// turnPixels moves the pixels of a w × h picture of n bytes each.
func turnPixels(dst, src []byte, n, o, w, h int) {
	stride := w
	if o > 4 {
		stride = h
	}
	for y := range h {
		for x := range w {
			u, v := turned(o, x, y, w, h)
			copy(dst[n*(v*stride+u):][:n], src[n*(y*w+x):][:n])
		}
	}
}

// turned returns where pixel (x, y) of a w × h picture goes (EXIF 2.32, tag
// Orientation).
func turned(o, x, y, w, h int) (u, v int) {
	switch o {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	case 8:
		return y, w - 1 - x
	}
	return x, y
}
