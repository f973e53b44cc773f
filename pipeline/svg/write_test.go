package svg

import (
	"bytes"
	"encoding/xml"
	"flag"
	"io"
	"os"
	"strings"
	"testing"

	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

var update = flag.Bool("update", false, "rewrite golden files")

// sample holds every kind of item.
func sample() *page.Frame {
	red, gray := page.RGBColor(200, 0, 0), page.GrayLevel(400)
	in := &page.Frame{Width: 20 * unit.Pt, Height: 10 * unit.Pt}
	in.Add(0, 0, &page.Rule{Width: 20 * unit.Pt, Height: unit.Pt / 2})
	f := &page.Frame{Width: 100 * unit.Pt, Height: 60 * unit.Pt}
	f.Add(5*unit.Pt, 12*unit.Pt, &page.Glyphs{Size: 10 * unit.Pt, Text: "甲 <乙> & \"丙\"", Lang: "zh-Hans"})
	f.Add(9*unit.Pt, 12*unit.Pt, &page.Glyphs{Size: 8 * unit.Pt, Text: "turned", Turn: 90, Color: gray})
	f.Add(1*unit.Pt, 2*unit.Pt, &page.Path{Fill: &red, Stroke: &page.Color{}, Line: unit.Pt / 2, Dash: []unit.Length{2 * unit.Pt, unit.Pt}, RoundCap: true, EvenOdd: true, Segments: []page.Segment{
		{Op: page.MoveTo}, {Op: page.LineTo, X: 10 * unit.Pt}, {Op: page.CurveTo, X1: 10 * unit.Pt, Y1: 5 * unit.Pt, X2: 5 * unit.Pt, Y2: 10 * unit.Pt, Y: 10 * unit.Pt}, {Op: page.Close}}})
	f.Add(0, 0, &page.Picture{Format: "png", Data: []byte{1, 2, 3}, Width: 5 * unit.Pt, Height: 5 * unit.Pt, Alt: "点"})
	f.Add(0, 0, &page.Link{URI: "https://example.org/?a&b", Width: unit.Pt, Height: unit.Pt})
	f.Add(0, 0, &page.Dest{Name: "x"})
	f.Add(3*unit.Pt, 4*unit.Pt, &page.Group{Frame: in, Num: 1, Den: 2})
	f.Add(3*unit.Pt, 4*unit.Pt, &page.Group{Frame: in, Turned: true, Clip: true, Alt: "组"})
	return f
}

func TestWriteGolden(t *testing.T) {
	var b bytes.Buffer
	if err := Write(&b, sample(), Options{Title: "样图", Desc: "每种一件", IDPrefix: "d1-", Margin: unit.Pt}); err != nil {
		t.Fatal(err)
	}
	got := strings.ReplaceAll(b.String(), "><", ">\n<")
	const golden = "testdata/write.svg"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func FuzzWellFormed(f *testing.F) {
	f.Add("a", "b\x00\xff", "c")
	f.Fuzz(func(t *testing.T, text, title, id string) {
		fr := &page.Frame{Width: unit.In, Height: unit.In}
		fr.Add(0, 0, &page.Glyphs{Text: text, Size: unit.Pt})
		fr.Add(0, 0, &page.Link{URI: text, Alt: title})
		var b bytes.Buffer
		if err := Write(&b, fr, Options{Title: title, Desc: text, IDPrefix: id}); err != nil {
			t.Fatal(err)
		}
		for d := xml.NewDecoder(&b); ; {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatal(err)
			}
		}
	})
}

func BenchmarkWrite(b *testing.B) {
	f := sample()
	for range b.N {
		if err := Write(io.Discard, f, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
