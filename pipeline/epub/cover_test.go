package epub

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
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
