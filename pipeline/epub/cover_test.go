package epub

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// TestJPEG draws a rectangle and a triangle and looks at their pixels.
func TestJPEG(t *testing.T) {
	f := &page.Frame{Width: 64 * unit.Pt, Height: 48 * unit.Pt}
	ink := page.RGBColor(20, 20, 20)
	f.Add(0, 0, &page.Rule{Width: f.Width, Height: f.Height, Color: page.RGBColor(240, 240, 240)})
	f.Add(8*unit.Pt, 8*unit.Pt, &page.Rule{Width: 16 * unit.Pt, Height: 16 * unit.Pt, Color: ink})
	f.Add(40*unit.Pt, 40*unit.Pt, &page.Path{Fill: &ink, Segments: []page.Segment{{Op: page.MoveTo}, {Op: page.LineTo, X: 16 * unit.Pt}, {Op: page.LineTo, X: 16 * unit.Pt, Y: -32 * unit.Pt}, {Op: page.Close}}})
	for _, gray := range []bool{true, false} {
		m, err := jpeg.Decode(bytes.NewReader(jpegOf(f, gray)))
		if err != nil {
			t.Fatal(err)
		}
		if _, is := m.(*image.Gray); is != gray {
			t.Errorf("gray is %v, picture %T", gray, m)
		}
		for _, p := range []struct {
			x, y int
			dark bool
		}{{2, 2, false}, {16, 16, true}, {30, 30, false}, {52, 36, true}, {42, 16, false}, {62, 46, false}} {
			v := color.GrayModel.Convert(m.At(p.x, p.y)).(color.Gray).Y
			if (v < 128) != p.dark {
				t.Errorf("gray %v: pixel %d, %d is %d", gray, p.x, p.y, v)
			}
		}
	}
}

func BenchmarkCoverJPEG(b *testing.B) {
	f := &page.Frame{Width: coverWidth * unit.Pt, Height: coverHeight * unit.Pt}
	for b.Loop() {
		jpegOf(f, true)
	}
}

// TestPNG draws strokes, dashes, a turned and a scaled group, two pixels to a
// point.
func TestPNG(t *testing.T) {
	f := &page.Frame{Width: 60 * unit.Pt, Height: 60 * unit.Pt}
	ink := page.GrayLevel(0)
	at := func(x, y int) page.Segment {
		return page.Segment{Op: page.LineTo, X: unit.Length(x) * unit.Pt, Y: unit.Length(y) * unit.Pt}
	}
	f.Add(0, 0, &page.Path{Stroke: &ink, Line: 2 * unit.Pt, Segments: []page.Segment{{Op: page.MoveTo}, at(20, 0), at(20, 20), {Op: page.Close}}})
	f.Add(0, 30*unit.Pt, &page.Path{Stroke: &ink, Line: 2 * unit.Pt, Dash: []unit.Length{5 * unit.Pt, 5 * unit.Pt}, Segments: []page.Segment{{Op: page.MoveTo}, at(60, 0)}})
	bar := &page.Frame{Width: 20 * unit.Pt, Height: 4 * unit.Pt}
	bar.Add(0, 0, &page.Rule{Width: 20 * unit.Pt, Height: 4 * unit.Pt})
	f.Add(40*unit.Pt, 0, &page.Group{Frame: bar, Turned: true})
	f.Add(0, 40*unit.Pt, &page.Group{Frame: bar, Num: 1, Den: 2})
	m, err := png.Decode(bytes.NewReader(pngOf(f, 2, true)))
	if err != nil {
		t.Fatal(err)
	}
	if m.Bounds().Dx() != 120 || m.Bounds().Dy() != 120 {
		t.Errorf("it is %v", m.Bounds())
	}
	for _, p := range []struct {
		x, y int
		dark bool
	}{{20, 0, true}, {40, 20, true}, {20, 20, true}, {30, 10, false}, {5, 60, true}, {15, 60, false}, {25, 60, true}, {84, 30, true}, {90, 30, false}, {10, 82, true}, {10, 86, false}, {22, 82, false}} {
		v := color.GrayModel.Convert(m.At(p.x, p.y)).(color.Gray).Y
		if (v < 128) != p.dark {
			t.Errorf("pixel %d, %d is %d", p.x, p.y, v)
		}
	}
}

// TestDrawingsForOldReaders turns an SVG picture into PNG where readers know
// no SVG, and keeps it where they do.
func TestDrawingsForOldReaders(t *testing.T) {
	for variant, ext := range map[string]string{"generic": ".svg", variantKindle: ".png", variantConservative: ".png"} {
		in := everything()
		in.Layout.EPUB.Variant = variant
		in.Book.Pictures["图/a b.png"].Data = []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#c00"/></svg>`)
		c, _ := assemble(in)
		if len(c.media) != 1 || !strings.HasSuffix(c.media[0].name, ext) {
			t.Errorf("%s: %v", variant, c.media)
		}
	}
}
