package pdf

import (
	"bytes"
	"encoding/binary"
	"flag"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

var update = flag.Bool("update", false, "rewrite golden files")

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("differs from %s (go test -update rewrites it):\n%s", path, got)
	}
}

const pt = unit.Pt

func pngOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func photo(t testing.TB, w, h int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.Set(x, y, color.RGBA{uint8(4 * x), uint8(4 * y), 128, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// leaf returns a page of 200 × 300 pt inside 3 mm of bleed with items placed
// by fill.
func leaf(folio string, value int, fill func(f *page.Frame)) *page.Page {
	bleed := 3 * unit.Mm
	w, h := 200*pt+2*bleed, 300*pt+2*bleed
	f := &page.Frame{Width: w, Height: h}
	fill(f)
	media := page.Box{Width: w, Height: h}
	return &page.Page{
		Media: media, Bleed: media,
		Trim:  page.Box{X: bleed, Y: bleed, Width: 200 * pt, Height: 300 * pt},
		Folio: folio, Style: page.Arabic, Value: value, Frame: f,
	}
}

// drawing is a document of everything but text.
func drawing(t testing.TB) *page.Document {
	black, red, ink := page.GrayLevel(0), page.RGBColor(200, 0, 0), page.Color{Space: page.CMYK, V: [4]int16{0, 0, 0, 500}}
	gray := image.NewGray(image.Rect(0, 0, 8, 8))
	clear := image.NewNRGBA(image.Rect(0, 0, 8, 8))
	clear.Set(1, 1, color.NRGBA{255, 0, 0, 128})
	pal := image.NewPaletted(image.Rect(0, 0, 8, 8), color.Palette{color.White, color.Black})
	arrow := &page.Path{
		Segments: []page.Segment{
			{Op: page.MoveTo}, {Op: page.LineTo, X: 30 * pt},
			{Op: page.CurveTo, X1: 40 * pt, Y1: 0, X2: 40 * pt, Y2: 20 * pt, X: 30 * pt, Y: 20 * pt},
			{Op: page.Close},
		},
		Fill: &ink, Stroke: &red, Line: pt / 2, Dash: []unit.Length{2 * pt, pt}, RoundCap: true,
		Width: 40 * pt, Height: 20 * pt,
	}
	inner := &page.Frame{Width: 60 * pt, Height: 30 * pt}
	inner.Add(5*pt, 5*pt, arrow)
	inner.Add(0, 0, &page.Link{Width: 60 * pt, Height: 30 * pt, Dest: "second"})
	inner.Add(60*pt, 30*pt, &page.Dest{Name: "corner"})
	return &page.Document{
		Language: "zh-CN", RightBound: true,
		Pages: []*page.Page{
			leaf("i", 1, func(f *page.Frame) {
				f.Add(20*pt, 20*pt, &page.Rule{Width: 100 * pt, Height: pt / 4, Color: black})
				f.Add(20*pt, 30*pt, arrow)
				f.Add(20*pt, 80*pt, &page.Group{Frame: inner, Turned: true, Num: 1, Den: 2})
				f.Add(60*pt, 80*pt, &page.Group{Frame: inner, Clip: true})
				f.Add(60*pt, 120*pt, &page.Group{Frame: inner})
				for i, v := range []*page.Picture{
					{Name: "photo.jpg", Format: "jpeg", Data: photo(t, 16, 8)},
					{Name: "gray.png", Format: "png", Data: pngOf(t, gray)},
					{Name: "clear.png", Format: "png", Data: pngOf(t, clear)},
					{Name: "palette.png", Format: "png", Data: pngOf(t, pal)},
					{Name: "photo.jpg", Format: "jpeg"},
				} {
					v.Width, v.Height = 30*pt, 20*pt
					f.Add(unit.Length(20+35*i)*pt, 200*pt, v)
				}
				f.Add(20*pt, 240*pt, &page.Link{Width: 50 * pt, Height: 12 * pt, URI: "https://example.org/?q=版心 (x)"})
				f.Add(20*pt, 260*pt, &page.Link{Width: 50 * pt, Height: 12 * pt, Dest: "nowhere"})
			}),
			leaf("1", 1, func(f *page.Frame) { f.Add(20*pt, 20*pt, &page.Dest{Name: "second"}) }),
			leaf("2", 2, func(*page.Frame) {}),
		},
		Outline: []page.Bookmark{
			{Title: "第一章 𠮷(a\\b)", Page: 1, Y: 20 * pt, Kids: []page.Bookmark{{Title: "1.1", Page: 1, Y: 40 * pt}, {Title: "1.2", Page: 2}}},
			{Title: "Appendix", Page: 0},
		},
	}
}

func options() Options {
	return Options{
		Title: "版心", Author: "A & B", Subject: "测试\r\n二", Keywords: "甲；乙", Creator: "banxin 1",
		Date: time.Date(2024, 2, 29, 12, 0, 0, 0, time.FixedZone("", 8*3600)),
	}
}

func write(t testing.TB, d *page.Document, o Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, d, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestReproducible writes a file often enough to meet fpdf's map orders.
func TestReproducible(t *testing.T) {
	d := drawing(t)
	first := write(t, d, options())
	for range 10 {
		if !bytes.Equal(first, write(t, d, options())) {
			t.Fatal("the same document gave other bytes")
		}
	}
	o := options()
	o.Title = "别"
	if id(t, first) == id(t, write(t, d, o)) {
		t.Error("another title, the same identifier")
	}
}

// id returns the file identifier.
func id(t *testing.T, pdf []byte) string {
	t.Helper()
	i := bytes.LastIndex(pdf, []byte("/ID[<"))
	if i < 0 {
		t.Fatal("no /ID")
	}
	return string(pdf[i+5 : i+37])
}

// TestDrawing compares all objects of a drawing, streams in clear.
func TestDrawing(t *testing.T) {
	golden(t, "drawing.txt", clear(t, drawing(t), options()))
}

func TestNoPages(t *testing.T) {
	if err := Write(&bytes.Buffer{}, &page.Document{}, Options{}); err == nil {
		t.Error("a document without pages was written")
	}
}

// TestNoDate: without a date the file has none, least of all the clock's.
func TestNoDate(t *testing.T) {
	b := write(t, drawing(t), Options{Classic: true})
	for _, s := range []string{"/CreationDate", "/ModDate", "CreateDate"} {
		if bytes.Contains(b, []byte(s)) {
			t.Errorf("the file has a %s", s)
		}
	}
}

// TestArchive: the claim of PDF/A stands beside its output intent, or neither.
func TestArchive(t *testing.T) {
	d := lettered(t)
	o := options()
	o.Archive, o.Tagged = true, true
	claims := func(list []byte) [2]bool {
		return [2]bool{bytes.Contains(list, []byte("<pdfaid:part>2<")), bytes.Contains(list, []byte("/OutputIntents["))}
	}
	if got := claims(clear(t, d, o)); got != [2]bool{true, true} {
		t.Errorf("claim, intent: %v", got)
	}
	d.Pages[0].Frame.Add(0, 0, &page.Rule{Width: pt, Height: pt, Color: page.Color{Space: page.CMYK}})
	if got := claims(clear(t, d, o)); got != [2]bool{} {
		t.Errorf("with CMYK: claim, intent: %v", got)
	}
	p := srgbProfile()
	if n := binary.BigEndian.Uint32(p); int(n) != len(p) || len(p)%4 != 0 {
		t.Errorf("the profile says %d bytes and has %d", n, len(p))
	}
}

// TestPrint: no rule of PDF/X-1a that a reader of the objects can check is
// broken, by a drawing that breaks them all.
func TestPrint(t *testing.T) {
	o := options()
	o.Condition, o.Tagged, o.Archive = "JC200103", true, true
	list := string(clear(t, drawing(t), o))
	for _, s := range []string{" rg", " RG", "/DeviceRGB", "/SMask", "/Annot", "/Outlines", "/Dests", "/StructTreeRoot", "/Transparency", "pdfaid:part>"} {
		if strings.Contains(list, s) {
			t.Errorf("the file has %q", s)
		}
	}
	for _, s := range []string{"/GTS_PDFXVersion(PDF/X-1a:2003)", "/Trapped/False", "/S/GTS_PDFX", "/OutputConditionIdentifier(JC200103)", "/TrimBox[8.504", "/BleedBox[0 0", ".234 G", "0 0 0 .5 k"} {
		if !strings.Contains(list, s) {
			t.Errorf("the file has no %q", s)
		}
	}
	if b := write(t, drawing(t), o); !bytes.HasPrefix(b, []byte("%PDF-1.4")) || bytes.Contains(b, []byte("/ObjStm")) {
		t.Error("not a file of PDF 1.4")
	}
	o.Title = ""
	if err := Write(&bytes.Buffer{}, drawing(t), o); err == nil {
		t.Error("written without a title")
	}
}

func TestBadPicture(t *testing.T) {
	d := drawing(t)
	d.Pages[1].Frame.Add(0, 0, &page.Picture{Name: "bad.png", Format: "png", Data: []byte("\x89PNG\r\n\x1a\nnonsense")})
	if err := Write(&bytes.Buffer{}, d, Options{}); err == nil {
		t.Error("a broken picture was embedded")
	}
}

// TestDeep: a frame that holds itself ends with an error.
func TestDeep(t *testing.T) {
	f := &page.Frame{Width: pt, Height: pt}
	f.Add(0, 0, &page.Group{Frame: f})
	d := &page.Document{Pages: []*page.Page{leaf("1", 1, func(g *page.Frame) { g.Add(0, 0, &page.Group{Frame: f}) })}}
	if err := Write(&bytes.Buffer{}, d, Options{}); err == nil {
		t.Error("an endless document was written")
	}
}

func TestLabels(t *testing.T) {
	pages := []*page.Page{
		{Style: page.NoFolio, Folio: "封面"}, {Style: page.NoFolio},
		{Style: page.Roman, Value: 1}, {Style: page.Roman, Value: 2}, {Style: page.Roman, Value: 4},
		{Style: page.Arabic, Value: 1}, {Style: page.Arabic, Value: 2},
	}
	want := "0<</P(\xfe\xff\x5c\x01\x97\x62)>>1<<>>2<</S/r>>4<</S/r/St 4>>5<</S/D>>"
	// 封 is U+5C01; its byte 5C, a backslash, is escaped.
	want = string(bytes.Replace([]byte(want), []byte("\x5c\x01"), []byte("\x5c\x5c\x01"), 1))
	if got := string(appendLabels(nil, pages)); got != want {
		t.Errorf("labels\n%q, want\n%q", got, want)
	}
}

func TestDecimal(t *testing.T) {
	for _, c := range []struct {
		v      int64
		places int
		want   string
	}{
		{0, 3, "0"}, {1500, 3, "1.5"}, {-1, 3, "-.001"}, {-100200, 3, "-100.2"},
		{250, 3, ".25"}, {1000000, 6, "1"}, {-10500, 2, "-105"}, {1050000, 5, "10.5"},
	} {
		if got := string(appendDecimal(nil, c.v, c.places)); got != c.want {
			t.Errorf("%d/10^%d = %s, want %s", c.v, c.places, got, c.want)
		}
	}
}

// TestPlace: a turned frame's corners.
func TestPlace(t *testing.T) {
	g := &page.Group{Frame: &page.Frame{Width: 40 * pt, Height: 10 * pt}, Turned: true}
	a := place{num: 1, den: 1}.inside(100*pt, 50*pt, g, 1, 2)
	x, y := a.point(0, 0)
	u, v := a.point(40*pt, 10*pt)
	if x != 105*pt || y != 50*pt || u != 100*pt || v != 70*pt {
		t.Errorf("corners at %v,%v and %v,%v", x, y, u, v)
	}
}

// TestTurnMatrix holds the matrices against the corners of a turned square:
// where the picture's top left and top right come to stand.
func TestTurnMatrix(t *testing.T) {
	const nw, ne, sw, se = "NW", "NE", "SW", "SE"
	want := [9][2]string{1: {nw, ne}, 2: {ne, nw}, 3: {se, sw}, 4: {sw, se}, 5: {nw, sw}, 6: {ne, se}, 7: {se, ne}, 8: {sw, nw}}
	corner := func(m [6]int64, u, v int64) string {
		return map[[2]int64]string{{0, 1}: nw, {1, 1}: ne, {0, 0}: sw, {1, 0}: se}[[2]int64{m[0]*u + m[2]*v + m[4], m[1]*u + m[3]*v + m[5]}]
	}
	for o := 1; o <= 8; o++ {
		m := turnMatrix(o)
		if got := [2]string{corner(m, 0, 1), corner(m, 1, 1)}; got != want[o] {
			t.Errorf("orientation %d: top left and right at %v, want %v", o, got, want[o])
		}
	}
}
