package picture

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"
)

// drawn returns a picture whose top left quarter is dark and the rest light.
func drawn(w, h int, img interface {
	Set(x, y int, c color.Color)
}) {
	for y := range h {
		for x := range w {
			c := color.NRGBA{200, 220, 240, 255}
			if x < w/2 && y < h/2 {
				c = color.NRGBA{20, 30, 40, 255}
			}
			img.Set(x, y, c)
		}
	}
}

func pngOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jpegOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func rgba(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	drawn(w, h, img)
	return img
}

// withEXIF inserts an APP1 segment with an orientation behind SOI.
func withEXIF(data []byte, o binary.ByteOrder, orientation uint16) []byte {
	tiff := []byte("MM\x00*")
	if o == binary.LittleEndian {
		tiff = []byte("II*\x00")
	}
	put16 := func(v uint16) { b := make([]byte, 2); o.PutUint16(b, v); tiff = append(tiff, b...) }
	put32 := func(v uint32) { b := make([]byte, 4); o.PutUint32(b, v); tiff = append(tiff, b...) }
	put32(8)
	put16(1)
	put16(0x0112)
	put16(3)
	put32(1)
	put16(orientation)
	put16(0)
	put32(0)
	body := append([]byte("Exif\x00\x00"), tiff...)
	seg := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(body)+2))
	return append(append(append([]byte{}, data[:2]...), append(seg, body...)...), data[2:]...)
}

// withChunk inserts a chunk behind a PNG's header.
func withChunk(data []byte, kind string, body []byte) []byte {
	const at = 8 + 25
	return append(appendChunk(bytes.Clone(data[:at]), kind, body), data[at:]...)
}

func decoded(t *testing.T, s string) []byte {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestLoad(t *testing.T) {
	gray := image.NewGray(image.Rect(0, 0, 5, 3))
	deep := image.NewRGBA64(image.Rect(0, 0, 5, 3))
	clear := image.NewNRGBA(image.Rect(0, 0, 5, 3))
	pal := image.NewPaletted(image.Rect(0, 0, 5, 3), color.Palette{color.White, color.Black})
	var g bytes.Buffer
	if err := gif.Encode(&g, pal, nil); err != nil {
		t.Fatal(err)
	}
	phys := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, 11811), 11811)
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"rgb", pngOf(t, rgba(5, 3)), "png 5×3 3×8"},
		{"gray", pngOf(t, gray), "png 5×3 1×8"},
		{"16 bit", pngOf(t, deep), "png 5×3 3×16 alpha"},
		{"alpha", pngOf(t, clear), "png 5×3 3×8 alpha"},
		{"palette", pngOf(t, pal), "png 5×3 3×1 palette"},
		{"300 dpi", withChunk(pngOf(t, gray), "pHYs", append(phys, 1)), "png 5×3 1×8 300 dpi"},
		{"profile", withChunk(pngOf(t, gray), "iCCP", []byte("x\x00\x00y")), "png 5×3 1×8 profile"},
		{"jpeg", jpegOf(t, rgba(16, 8)), "jpeg 16×8 3×8"},
		{"gray jpeg", jpegOf(t, gray), "jpeg 5×3 1×8"},
		{"turned jpeg", withEXIF(jpegOf(t, rgba(16, 8)), binary.BigEndian, 6), "jpeg 8×16 3×8 turned 6"},
		{"little-endian EXIF", withEXIF(jpegOf(t, rgba(16, 8)), binary.LittleEndian, 3), "jpeg 16×8 3×8 turned 3"},
		{"senseless EXIF", withEXIF(jpegOf(t, rgba(16, 8)), binary.LittleEndian, 9), "jpeg 16×8 3×8"},
		{"gif", g.Bytes(), "gif 5×3 3×8 alpha palette"},
		{"webp", decoded(t, "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA"), "webp 1×1 3×8"},
		{"lossless webp", decoded(t, "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="), "webp 1×1 3×8 alpha"},
		{"svg", []byte(`<?xml version="1.0"?><!-- c --><svg xmlns="http://www.w3.org/2000/svg" width="1in" height="72pt"/>`), "svg 96×96 3×8"},
		{"svg by view box", []byte(`<svg viewBox="0 0 300 150" width="100%">`), "svg 300×150 3×8"},
		{"svg by one side", []byte(`<svg viewBox="0,0,300,150" width="10cm">`), "svg 378×189 3×8"},
		{"svg without size", []byte(`<svg>`), "svg 0×0 3×8"},
	} {
		m, err := Load(c.data, c.name)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := describe(m); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func describe(m *Image) string {
	s := fmt.Sprintf("%s %d×%d %d×%d", m.Format, m.Width, m.Height, m.Components, m.Depth)
	for _, f := range []struct {
		on   bool
		name string
	}{{m.Alpha, "alpha"}, {m.Palette, "palette"}, {m.Profile, "profile"}} {
		if f.on {
			s += " " + f.name
		}
	}
	if m.Orientation != 1 {
		s += fmt.Sprint(" turned ", m.Orientation)
	}
	if m.DPI != 0 {
		s += fmt.Sprintf(" %.0f dpi", m.DPI)
	}
	return s
}

func TestLoadRefuses(t *testing.T) {
	good := pngOf(t, rgba(5, 3))
	huge := bytes.Clone(good)
	binary.BigEndian.PutUint32(huge[16:], 200_000)
	binary.BigEndian.PutUint32(huge[20:], 200_000)
	head := appendChunk([]byte(pngSignature), "IHDR", huge[16:29])
	flipped := bytes.Clone(good)
	flipped[len(flipped)-20] ^= 1
	photo := jpegOf(t, rgba(64, 64))
	bomb := bytes.Clone(photo)
	i := bytes.Index(bomb, []byte{0xff, 0xc0})
	binary.BigEndian.PutUint16(bomb[i+5:], 65535)
	binary.BigEndian.PutUint16(bomb[i+7:], 65535)
	var size *SizeError
	var broke *BrokenError
	for _, c := range []struct {
		name string
		data []byte
		is   func(error) bool
	}{
		{"nothing", nil, func(err error) bool { return errors.Is(err, ErrFormat) }},
		{"text", []byte("# not a picture"), func(err error) bool { return errors.Is(err, ErrFormat) }},
		{"html", []byte("<html><body>"), func(err error) bool { return errors.Is(err, ErrFormat) }},
		{"40 gigapixels in a header", head, func(err error) bool { return errors.As(err, &size) }},
		{"4 gigapixel JPEG", bomb, func(err error) bool { return errors.As(err, &size) }},
		{"PNG cut off", good[:len(good)-14], func(err error) bool { return errors.As(err, &broke) }},
		{"PNG with a flipped bit", flipped, func(err error) bool { return errors.As(err, &broke) }},
		{"PNG signature only", good[:8], func(err error) bool { return errors.As(err, &broke) }},
		{"JPEG cut off", photo[:len(photo)-40], func(err error) bool { return errors.As(err, &broke) }},
		{"JPEG cut in its head", photo[:30], func(err error) bool { return errors.As(err, &broke) }},
		{"GIF header only", []byte("GIF89a"), func(err error) bool { return errors.As(err, &broke) }},
		{"too many bytes", make([]byte, MaxBytes+1), func(err error) bool { return errors.As(err, &size) }},
	} {
		_, err := Load(c.data, c.name)
		if err == nil || !c.is(err) {
			t.Errorf("%s: error %v", c.name, err)
		}
	}
}

// TestSmallPixels: a header that fits and pixels that do not follow.
func TestSmallPixels(t *testing.T) {
	data := appendChunk([]byte(pngSignature), "IHDR", []byte{0, 0, 4, 0, 0, 0, 4, 0, 8, 0, 0, 0, 0})
	data = appendChunk(data, "IDAT", []byte{0x78, 0x9c, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01})
	data = appendChunk(data, "IEND", nil)
	m, err := Load(data, "x")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, _, _, err := m.ForPrint(0); err == nil {
		t.Error("a PNG without pixels was passed on")
	}
}

func TestForPrint(t *testing.T) {
	deep := image.NewNRGBA64(image.Rect(0, 0, 8, 8))
	drawn(8, 8, deep)
	grayAlpha := image.NewNRGBA(image.Rect(0, 0, 8, 8))
	grayAlpha.Set(1, 1, color.NRGBA{100, 100, 100, 128})
	colorAlpha := image.NewNRGBA(image.Rect(0, 0, 8, 8))
	colorAlpha.Set(1, 1, color.NRGBA{100, 0, 0, 128})
	pal := image.NewPaletted(image.Rect(0, 0, 8, 8), color.Palette{color.Transparent, color.Black})
	var g bytes.Buffer
	if err := gif.Encode(&g, pal, nil); err != nil {
		t.Fatal(err)
	}
	rgb, photo := pngOf(t, rgba(8, 8)), jpegOf(t, rgba(8, 8))
	for _, c := range []struct {
		name string
		data []byte
		max  int
		want string
	}{
		{"rgb as it is", rgb, 0, "same png 8×8 3×8"},
		{"jpeg as it is", photo, 8, "same jpeg 8×8 3×8"},
		{"16 bit", pngOf(t, deep), 0, "png 8×8 3×8"},
		{"gray with alpha", pngOf(t, grayAlpha), 0, "same png 8×8 3×8 alpha"},
		{"colour with alpha", pngOf(t, colorAlpha), 0, "same png 8×8 3×8 alpha"},
		{"transparent palette", pngOf(t, pal), 0, "png 8×8 1×8 alpha"},
		{"gif", g.Bytes(), 0, "png 8×8 1×8 alpha"},
		{"webp", decoded(t, "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA"), 0, "jpeg 1×1 3×8"},
		{"lossless webp", decoded(t, "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="), 0, "png 1×1 1×8 alpha"},
		{"shrunk", rgb, 4, "png 4×4 3×8"},
		{"shrunk jpeg", photo, 4, "jpeg 4×4 3×8"},
		{"turned jpeg", withEXIF(jpegOf(t, rgba(16, 8)), binary.BigEndian, 6), 0, "jpeg 8×16 3×8"},
	} {
		m, err := Load(c.data, c.name)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		data, format, w, h, err := m.ForPrint(c.max)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		back, err := Load(data, c.name)
		if err != nil {
			t.Errorf("%s: what was written: %v", c.name, err)
			continue
		}
		got := describe(back)
		if bytes.Equal(data, c.data) {
			got = "same " + got
		}
		if got != c.want || format != back.Format || w != back.Width || h != back.Height {
			t.Errorf("%s: %s (reported %s %d×%d), want %s", c.name, got, format, w, h, c.want)
		}
		if _, _, err := image.Decode(bytes.NewReader(data)); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// TestGray checks that alpha survives with its gray, pixel by pixel.
func TestGray(t *testing.T) {
	src := image.NewNRGBA(image.Rect(0, 0, 3, 2))
	src.Set(0, 0, color.NRGBA{255, 0, 0, 255})
	src.Set(1, 0, color.NRGBA{0, 255, 0, 128})
	src.Set(2, 1, color.NRGBA{255, 255, 255, 1})
	m, err := Load(pngOf(t, src), "x")
	if err != nil {
		t.Fatal(err)
	}
	r, err := m.Convert(Plan{Gray: true})
	if err != nil {
		t.Fatal(err)
	}
	back, err := Load(r.Data, "x")
	if err != nil || !back.Gray() || !back.Alpha {
		t.Fatalf("%+v, %v", back, err)
	}
	img, err := png.Decode(bytes.NewReader(r.Data))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []struct {
		x, y int
		g, a uint8
	}{{0, 0, 76, 255}, {1, 0, 150, 128}, {2, 1, 255, 1}, {0, 1, 0, 0}} {
		c := color.NRGBAModel.Convert(img.At(p.x, p.y)).(color.NRGBA)
		if c.R != p.g || c.A != p.a {
			t.Errorf("pixel %d,%d: gray %d alpha %d, want %d, %d", p.x, p.y, c.R, c.A, p.g, p.a)
		}
	}
}

// TestFlat: transparent is white, and gray stays gray.
func TestFlat(t *testing.T) {
	src := image.NewNRGBA(image.Rect(0, 0, 2, 1))
	src.Set(0, 0, color.NRGBA{0, 0, 0, 128})
	var b bytes.Buffer
	if err := encodePNG(&b, src); err != nil {
		t.Fatal(err)
	}
	m, err := Load(b.Bytes(), "x")
	if err != nil || !m.Gray() {
		t.Fatalf("%+v, %v", m, err)
	}
	r, err := m.Convert(Plan{Flat: true})
	if err != nil {
		t.Fatal(err)
	}
	back, err := Load(r.Data, "x")
	if err != nil || !back.Gray() || back.Alpha {
		t.Fatalf("%+v, %v", back, err)
	}
	img, err := png.Decode(bytes.NewReader(r.Data))
	if err != nil {
		t.Fatal(err)
	}
	for x, want := range []uint8{127, 255} {
		if got := color.GrayModel.Convert(img.At(x, 0)).(color.Gray).Y; got != want {
			t.Errorf("pixel %d is %d, want %d", x, got, want)
		}
	}
}

// TestOrientation turns a picture with one dark corner all eight ways.
func TestOrientation(t *testing.T) {
	corner := []string{"", "NW", "NE", "SE", "SW", "NW", "NE", "SE", "SW"}
	for o := 1; o <= 8; o++ {
		m, err := Load(withEXIF(jpegOf(t, rgba(32, 16)), binary.BigEndian, uint16(o)), "x")
		if err != nil {
			t.Fatal(err)
		}
		data, _, w, h, err := m.ForPrint(0)
		if err != nil {
			t.Fatal(err)
		}
		img, err := jpeg.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if o == 1 {
			continue // passed on as it is
		}
		dark := ""
		for _, p := range []struct {
			name string
			x, y int
		}{{"NW", 2, 2}, {"NE", w - 3, 2}, {"SE", w - 3, h - 3}, {"SW", 2, h - 3}} {
			if r, _, _, _ := img.At(p.x, p.y).RGBA(); r < 0x8000 {
				dark += p.name
			}
		}
		if dark != corner[o] || (w > h) != (o <= 4) {
			t.Errorf("orientation %d: dark corner %q of %d×%d, want %q", o, dark, w, h, corner[o])
		}
	}
}

func TestResolution(t *testing.T) {
	if got := Resolution(600, 144); got != 300 {
		t.Errorf("600 px over 2 in: %v", got)
	}
	if got := Resolution(600, 0); got != 0 {
		t.Errorf("over nothing: %v", got)
	}
	if got := PixelsFor(100, 300); got != 417 {
		t.Errorf("100 pt at 300 ppi: %d", got)
	}
}

// FuzzLoad: no data panics or is accepted beyond the limits; and what Convert
// gives, Load reads and finds upright and plain.
func FuzzLoad(f *testing.F) {
	f.Add(pngOf(f, rgba(5, 3)))
	f.Add(withEXIF(jpegOf(f, rgba(16, 8)), binary.BigEndian, 6))
	f.Add([]byte(`<svg width="3mm" viewBox="0 0 1 1">`))
	f.Add([]byte("RIFF\x24\x00\x00\x00WEBPVP8L"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Load(data, "f")
		if err != nil {
			return
		}
		if m.Width < 0 || m.Height < 0 || m.Format != SVG && m.Width*m.Height > MaxPixels {
			t.Fatalf("accepted %d×%d", m.Width, m.Height)
		}
		if m.Width*m.Height > 1<<20 {
			return // time, not correctness
		}
		out, format, w, h, err := m.ForPrint(64)
		if err != nil {
			return
		}
		back, err := Load(out, "f")
		if err != nil || back.Format != format || back.Width != w || back.Height != h || back.Orientation != 1 || back.Depth > 8 {
			t.Fatalf("wrote %s %d×%d, read back %+v, %v", format, w, h, back, err)
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	data := pngOf(b, rgba(2000, 1500))
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		m, err := Load(data, "b")
		if err != nil {
			b.Fatal(err)
		}
		if _, _, _, _, err := m.ForPrint(0); err != nil {
			b.Fatal(err)
		}
	}
}
