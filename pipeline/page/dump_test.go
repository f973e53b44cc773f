package page

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"banxin/pipeline/unit"
)

var update = flag.Bool("update", false, "rewrite golden files")

// sample holds every kind of item once.
func sample() *Document {
	black, red := GrayLevel(0), RGBColor(255, 0, 0)
	inner := &Frame{Width: 20 * unit.Pt, Height: 10 * unit.Pt}
	inner.Add(0, 8*unit.Pt, &Glyphs{Size: 8 * unit.Pt, Text: "内"})
	f := &Frame{Width: 200 * unit.Pt, Height: 300 * unit.Pt}
	f.AddTagged(20*unit.Pt, 30*unit.Pt, &Glyphs{
		Size: unit.FromPoints(10.5), Text: "天地", Lang: "zh-Hans",
		Glyphs: []Glyph{{ID: 7, Start: 0, End: 3}, {ID: 9, X: unit.FromPoints(10.625), Y: unit.Pt, Start: 3, End: 6}},
	}, 2)
	empty := ""
	f.AddTagged(41*unit.Pt, 30*unit.Pt, &Glyphs{Size: unit.FromPoints(10.5), Text: "-", ActualText: &empty, Turn: 90, Color: red}, 2)
	f.Add(20*unit.Pt, 35*unit.Pt, &Rule{Width: 100 * unit.Pt, Height: unit.Pt / 2})
	f.Add(20*unit.Pt, 40*unit.Pt, &Path{
		Segments: []Segment{
			{Op: MoveTo}, {Op: LineTo, X: 10 * unit.Pt},
			{Op: CurveTo, X1: unit.Pt, Y1: 2 * unit.Pt, X2: 3 * unit.Pt, Y2: 4 * unit.Pt, X: 5 * unit.Pt, Y: 6 * unit.Pt},
			{Op: Close},
		},
		Fill: &red, EvenOdd: true, Stroke: &black, Line: unit.Pt, Dash: []unit.Length{2 * unit.Pt, unit.Pt},
		RoundCap: true, Width: 10 * unit.Pt, Height: 6 * unit.Pt,
	})
	f.AddTagged(20*unit.Pt, 50*unit.Pt, &Picture{Name: "a.png", Format: "png", PixelWidth: 3, PixelHeight: 2,
		Width: 30 * unit.Pt, Height: 20 * unit.Pt, Alt: "图"}, 3)
	f.Add(20*unit.Pt, 20*unit.Pt, &Link{Width: 21 * unit.Pt, Height: 12 * unit.Pt, URI: "https://example.org/"})
	f.Add(20*unit.Pt, 20*unit.Pt, &Link{Width: 21 * unit.Pt, Height: 12 * unit.Pt, Dest: "s1"})
	f.Add(0, 10*unit.Pt, &Dest{Name: "s1"})
	f.Add(20*unit.Pt, 80*unit.Pt, &Group{Frame: inner, Num: 3, Den: 4, Turned: true, Clip: true, Alt: "组"})
	media := Box{Width: 200 * unit.Pt, Height: 300 * unit.Pt}
	return &Document{
		Language: "zh-CN", RightBound: true,
		Pages: []*Page{{Media: media, Trim: Box{unit.Pt, unit.Pt, 198 * unit.Pt, 298 * unit.Pt}, Bleed: media,
			Folio: "ii", Style: Roman, Value: 2, Kind: Opening, Frame: f}},
		Outline:   []Bookmark{{Title: "一", Kids: []Bookmark{{Title: "二", Y: 10 * unit.Pt}}}},
		Structure: []Node{{Type: "Document", Parent: -1}, {Type: "Sect"}, {Type: "P", Parent: 1, Lang: "en"}, {Type: "Figure", Parent: 1, Alt: "图"}},
	}
}

func TestDump(t *testing.T) {
	var b bytes.Buffer
	for _, o := range []DumpOptions{{}, {Offsets: true, IDs: true, Structure: true}} {
		if err := Dump(&b, sample(), o); err != nil {
			t.Fatal(err)
		}
		b.WriteByte('\n')
	}
	path := filepath.Join("testdata", "dump.txt")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("the dump differs from %s (go test -update rewrites it):\n%s", path, b.String())
	}
}

func TestTextOf(t *testing.T) {
	got := TextOf(sample().Pages[0])
	if want := "天地\n内"; got != want {
		t.Errorf("TextOf = %q, want %q", got, want)
	}
	if s := TextOf(&Page{}); s != "" {
		t.Errorf("an empty page says %q", s)
	}
}

func TestDumpFrame(t *testing.T) {
	var b strings.Builder
	if err := DumpFrame(&b, &Frame{Width: unit.Pt, Height: 2 * unit.Pt, Baseline: unit.Pt / 2}, DumpOptions{}); err != nil {
		t.Fatal(err)
	}
	if want := "frame 1×2 baseline 0.5\n"; b.String() != want {
		t.Errorf("DumpFrame = %q, want %q", b.String(), want)
	}
}
