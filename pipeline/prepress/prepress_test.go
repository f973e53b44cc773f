package prepress

import (
	"archive/zip"
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"banxin/fonts"
	"banxin/layouts"
	"banxin/pipeline/book"
	"banxin/pipeline/font"
	"banxin/pipeline/layout"
	"banxin/pipeline/page"
	"banxin/pipeline/typeset"
	"banxin/pipeline/unit"
)

var update = flag.Bool("update", false, "rewrite golden files")

func a5(t testing.TB) *layout.Layout {
	t.Helper()
	l, err := layout.Load([]fs.FS{layouts.FS}, "a5")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// latin is the faces that modules carry, for every role.
func latin(t testing.TB) *font.Set {
	t.Helper()
	req := font.Request{Roles: map[font.Role]map[string][]font.Wish{}}
	for _, r := range []font.Role{font.Song, font.Hei, font.Kai, font.Mono} {
		req.Roles[r] = map[string][]font.Wish{"": {{Family: "LM Roman 10"}}}
	}
	s, err := font.Open([]fs.FS{fonts.FS()}, req)
	if err != nil || s.Primary(font.Style{Role: font.Song}) == nil {
		t.Fatal("the faces of the modules were not found", err)
	}
	return s
}

// leaf is a page of the layout with one line of text that says s.
func leaf(t testing.TB, l *layout.Layout, set *font.Set, n int, s string) *page.Page {
	t.Helper()
	box := page.Box{Width: l.Page.Width, Height: l.Page.Height}
	f := &page.Frame{Width: box.Width, Height: box.Height}
	for i, text := range strings.Split(s, "\n") {
		for _, line := range typeset.NewCompositor(l, set, "en").Lines(text, l.Styles["body"], 100*unit.Mm) {
			f.AddTagged(l.Page.Inner, l.Page.Top+unit.Length(i)*l.Body.Leading, &page.Group{Frame: line}, 1)
		}
	}
	return &page.Page{Media: box, Trim: box, Bleed: box, Frame: f, Folio: fmt.Sprint(n), Value: n, Recto: n%2 == 1}
}

// volume is a document of so many pages.
func volume(t testing.TB, l *layout.Layout, pages int) *page.Document {
	t.Helper()
	set := latin(t)
	d := &page.Document{Language: "en"}
	for i := range pages {
		d.Pages = append(d.Pages, leaf(t, l, set, i+1, fmt.Sprintf("page %d begins\nand ends %d", i+1, i+1)))
	}
	return d
}

func TestEAN(t *testing.T) {
	for _, c := range []struct{ isbn, want string }{
		{"978-7-302-51165-6", "9787302511656"}, {"ISBN 978 7 302 51165 6", "9787302511656"}, {"9791034304950", "9791034304950"},
		{"0-306-40615-2", "9780306406157"}, {"080442957X", "9780804429573"},
		{"978-7-302-51165-5", ""}, {"0-306-40615-3", ""}, {"X804429570", ""}, {"978730251165", ""}, {"4006381333931", ""}, {"97873O2511656", ""}, {"", ""},
	} {
		got, err := EAN(c.isbn)
		if got != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%q: %q, %v; want %q", c.isbn, got, err, c.want)
		}
	}
}

// TestBarcode reads the bars back by the tables' other direction: widths of
// bars and spaces.
func TestBarcode(t *testing.T) {
	for _, ean := range []string{"9787302511656", "9791034304950", "9780804429573"} {
		f := Barcode(ean, ean, typeset.NewCompositor(a5(t), latin(t), "en"))
		at := [quietLeft + 95 + quietRight]byte{}
		for i := range at {
			at[i] = '0'
		}
		for _, p := range f.Items {
			if r, ok := p.Item.(*page.Rule); ok && r.Color == page.GrayLevel(0) {
				for x := p.X; x < p.X+r.Width; x += module {
					at[x/module] = '1'
				}
			}
		}
		if got := read(string(at[quietLeft : quietLeft+95])); got != ean {
			t.Errorf("the bars of %s read %q", ean, got)
		}
		if quiet := string(at[:quietLeft]) + string(at[quietLeft+95:]); strings.Contains(quiet, "1") {
			t.Errorf("the quiet zones of %s are not white", ean)
		}
	}
}

// read decodes 95 modules by the runs of each digit (ISO/IEC 15420, table 2).
func read(m string) string {
	widths := map[string]byte{"3211": '0', "2221": '1', "2122": '2', "1411": '3', "1132": '4', "1231": '5', "1114": '6', "1312": '7', "1213": '8', "3112": '9'}
	runs := func(s string) string {
		var b []byte
		for i := 0; i < len(s); {
			j := i
			for j < len(s) && s[j] == s[i] {
				j++
			}
			b = append(b, byte('0'+j-i))
			i = j
		}
		return string(b)
	}
	first := map[string]byte{"OOOOOO": '0', "OOEOEE": '1', "OOEEOE": '2', "OOEEEO": '3', "OEOOEE": '4', "OEEOOE": '5', "OEEEOO": '6', "OEOEOE": '7', "OEOEEO": '8', "OEEOEO": '9'}
	digits, parity := "", ""
	for i := range 12 {
		off := 3 + 7*i
		if i >= 6 {
			off += 5
		}
		s := runs(m[off : off+7])
		if d, ok := widths[s]; ok {
			digits, parity = digits+string(d), parity+"O"
		} else {
			digits, parity = digits+string(widths[reversed(s)]), parity+"E"
		}
	}
	return string(first[parity[:6]]) + digits
}

func TestSheets(t *testing.T) {
	l := a5(t)
	d := volume(t, l, 10)
	d.Pages[0].Kind, d.Pages[1].Kind = page.Cover, page.Blank
	for _, m := range []Marks{{}, {Crop: true}, {Crop: true, Bars: true}} {
		s := Sheets(d, l, m)
		if len(s.Pages) != 8 {
			t.Fatalf("%d sheets of 8 pages and a cover", len(s.Pages))
		}
		for _, pg := range s.Pages {
			if !holds(pg.Media, pg.Bleed) || !holds(pg.Bleed, pg.Trim) || pg.Trim.Width != l.Page.Width || pg.Bleed.Width != pg.Trim.Width+2*l.Page.Bleed {
				t.Errorf("trim %v, bleed %v, media %v", pg.Trim, pg.Bleed, pg.Media)
			}
			for _, it := range pg.Frame.Items[1:] {
				r, ok := it.Item.(*page.Rule)
				if !ok {
					continue
				}
				if it.X+r.Width > pg.Bleed.X && it.X < pg.Bleed.X+pg.Bleed.Width && it.Y+r.Height > pg.Bleed.Y && it.Y < pg.Bleed.Y+pg.Bleed.Height {
					t.Errorf("a mark at %v, %v stands in the bleed", it.X, it.Y)
				}
				if !holds(page.Box{Width: pg.Media.Width, Height: pg.Media.Height}, page.Box{X: it.X, Y: it.Y, Width: r.Width, Height: r.Height}) {
					t.Errorf("a mark at %v, %v stands off the sheet", it.X, it.Y)
				}
			}
		}
	}
	if d.Pages[2].Media.Width != l.Page.Width {
		t.Error("the document was changed")
	}
}

func holds(outer, inner page.Box) bool {
	return inner.X >= outer.X && inner.Y >= outer.Y && inner.X+inner.Width <= outer.X+outer.Width && inner.Y+inner.Height <= outer.Y+outer.Height
}

func TestPadding(t *testing.T) {
	for _, c := range []struct {
		pages, signature int
		pad              bool
		want             int
	}{{8, 8, true, 0}, {9, 8, true, 7}, {9, 8, false, 0}, {9, 0, true, 0}, {0, 8, true, 0}, {31, 16, true, 1}} {
		if got := Padding(c.pages, layout.Print{Signature: c.signature, Pad: c.pad}); got != c.want {
			t.Errorf("%d pages in %d: %d blank, want %d", c.pages, c.signature, got, c.want)
		}
	}
	l := a5(t)
	s := Sheets(volume(t, l, 5), l, Marks{})
	last := s.Pages[len(s.Pages)-1]
	if len(s.Pages) != 8 || last.Kind != page.Blank || last.Folio != "8" || last.Recto {
		t.Errorf("%d pages, the last %v %q", len(s.Pages), last.Kind, last.Folio)
	}
}

// TestCheck: a sound page has no finding; each broken twin has its own.
func TestCheck(t *testing.T) {
	l := a5(t)
	set := latin(t)
	thin, rich, cyan := unit.Pt/8, page.Color{Space: page.CMYK, V: [4]int16{900, 900, 900, 900}}, page.Color{Space: page.CMYK, V: [4]int16{900, 400, 0, 100}}
	small := &page.Picture{Name: "small.png", Data: square(t, color.White, color.Black, color.Gray{100}), PixelWidth: 400, PixelHeight: 400}
	at := func(w unit.Length) *page.Picture { p := *small; p.Width, p.Height = w, w; return &p }
	line := &page.Path{Stroke: &cyan, Line: unit.Pt / 4, Width: 9 * unit.Pt, Segments: []page.Segment{{Op: page.MoveTo}, {Op: page.LineTo, X: 9 * unit.Pt}}}
	drawing := &page.Frame{Width: 9 * unit.Pt, Height: unit.Pt}
	drawing.Add(0, 0, line)
	for _, c := range []struct {
		name, want string
		spoil      func(f *page.Frame)
	}{
		{"sound", "", func(f *page.Frame) { f.Add(30*unit.Mm, 30*unit.Mm, line) }},
		{"text at the edge", "print-margin", func(f *page.Frame) {
			f.AddTagged(-3*unit.Mm, 50*unit.Mm, &page.Group{Frame: leaf(t, l, set, 1, "x").Frame.Items[0].Item.(*page.Group).Frame}, 1)
		}},
		{"text off the right", "print-margin", func(f *page.Frame) {
			f.AddTagged(l.Page.Width-4*unit.Mm, 50*unit.Mm, &page.Group{Frame: leaf(t, l, set, 1, "x").Frame.Items[0].Item.(*page.Group).Frame}, 1)
		}},
		{"a thin rule", "print-hairline", func(f *page.Frame) { f.Add(30*unit.Mm, 30*unit.Mm, &page.Rule{Width: unit.Mm, Height: thin}) }},
		{"a line scaled down", "print-hairline", func(f *page.Frame) {
			f.Add(30*unit.Mm, 30*unit.Mm, &page.Group{Frame: drawing, Num: 1, Den: 2})
		}},
		{"to the trim alone", "print-bleed", func(f *page.Frame) { f.Add(0, 30*unit.Mm, &page.Rule{Width: 30 * unit.Mm, Height: unit.Mm}) }},
		{"to the bleed", "", func(f *page.Frame) {
			f.Add(-3*unit.Mm, 30*unit.Mm, &page.Rule{Width: 30 * unit.Mm, Height: unit.Mm})
		}},
		{"fine picture", "", func(f *page.Frame) { f.Add(30*unit.Mm, 30*unit.Mm, at(96*unit.Pt)) }},
		{"coarse picture", "print-resolution", func(f *page.Frame) { f.Add(30*unit.Mm, 30*unit.Mm, at(100*unit.Pt)) }},
		{"coarse line art", "print-resolution", func(f *page.Frame) {
			p := at(60 * unit.Pt)
			p.Name, p.Data = "art.png", square(t, color.White, color.Black)
			f.Add(30*unit.Mm, 30*unit.Mm, p)
		}},
		{"too much ink", "print-ink", func(f *page.Frame) {
			f.Add(30*unit.Mm, 30*unit.Mm, &page.Rule{Width: unit.Mm, Height: unit.Mm, Color: rich})
		}},
	} {
		l.Print.Signature = 1
		pg := leaf(t, l, set, 1, "sound")
		c.spoil(pg.Frame)
		codes := ""
		for _, d := range Check(&page.Document{Pages: []*page.Page{pg}}, l) {
			codes += d.Code
		}
		if codes != c.want {
			t.Errorf("%s: %q, want %q", c.name, codes, c.want)
		}
	}
	l.Print.Signature = 8
	if found := Check(volume(t, l, 9), l); len(found) != 1 || found[0].Code != "print-signature" {
		t.Errorf("nine pages in eights: %v", found)
	}
}

// square is a PNG of two colours.
func square(t testing.TB, colors ...color.Color) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewPaletted(image.Rect(0, 0, 8, 8), colors)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestMoved(t *testing.T) {
	l := a5(t)
	was := PaginationOf(volume(t, l, 4), "a5")
	data, err := was.JSON()
	if err != nil {
		t.Fatal(err)
	}
	if was, err = ParsePagination(data); err != nil {
		t.Fatal(err)
	}
	if got := was.Pages[2]; got.First != "page 3 begins" || got.Last != "and ends 3" || got.Folio != "3" {
		t.Errorf("page 3: %+v", got)
	}
	if found := PaginationOf(volume(t, l, 4), "a5").Moved(was); len(found) != 0 {
		t.Errorf("the same pages moved: %v", found)
	}
	d := volume(t, l, 4)
	d.Pages[1], d.Pages[2] = d.Pages[2], d.Pages[1]
	d.Pages = append(d.Pages, &page.Page{Folio: "5"})
	var said []string
	for _, x := range PaginationOf(d, "a5").Moved(was) {
		said = append(said, x.Message.En)
	}
	want := []string{
		"page 3 now begins with “page 3 begins”, not with “page 2 begins”, which stood on page 3",
		"5 pages; there were 4",
	}
	if len(said) != 5 || !strings.HasPrefix(said[0], "page 3 now begins with “page 3 begins”, not with “page 2 begins”") || said[4] != want[1] {
		t.Errorf("%s", strings.Join(said, "\n"))
	}
	for _, bad := range []string{"", "{}", `{"format":"x"}`, "[]"} {
		if _, err := ParsePagination([]byte(bad)); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

func job(t testing.TB, l *layout.Layout) *Job {
	t.Helper()
	return &Job{Book: &book.Book{Meta: book.Meta{Title: "The Type Area", Subtitle: "On pages", Language: "en", ISBN: "978-7-302-51165-6",
		Publisher: "A House", Creators: []book.Creator{{Name: "A. Writer"}, {Name: "B. Writer"}}}},
		Layout: l, Fonts: latin(t), Pages: volume(t, l, 150), Thickness: unit.Mm / 10, Blurb: strings.Repeat("What it is about. ", 30),
		Paper: "70 g", Binding: "perfect", Price: "68.00", Condition: l.Print.Condition}
}

// TestCover: a sheet of two pages and a spine; everything on it, the front at
// the side that the binding asks for.
func TestCover(t *testing.T) {
	l := a5(t)
	j := job(t, l)
	if got, want := j.Spine(), 76*unit.Mm/10; j.Inside() != 152 || got < want-100 || got > want+100 {
		t.Errorf("spine of %d pages: %v, want %v", j.Inside(), got, want)
	}
	for _, right := range []bool{false, true} {
		j.Pages.RightBound = right
		d := Cover(j, Marks{Crop: true})
		pg := d.Pages[0]
		if pg.Trim.Width != 2*l.Page.Width+j.Spine() || !holds(pg.Media, pg.Bleed) || !holds(pg.Bleed, pg.Trim) {
			t.Errorf("trim %v, bleed %v, media %v", pg.Trim, pg.Bleed, pg.Media)
		}
		text := page.TextOf(pg)
		for _, want := range []string{"The Type Area", "On pages", "A House", "A. Writer", "What it is about.", "ISBN 978-7-302-51165-6", "Price: 68.00"} {
			if !strings.Contains(strings.ReplaceAll(text, "\n", " "), want) {
				t.Errorf("no %q on the cover:\n%s", want, text)
			}
		}
	}
	j.Book.Meta.ISBN = "978-7-302-51165-5"
	if text := page.TextOf(Cover(j, Marks{}).Pages[0]); strings.Contains(text, "ISBN") {
		t.Error("a wrong ISBN was made a barcode")
	}
}

// TestCoverPicture: the author's picture fills front and bleed, in its own
// proportions.
func TestCoverPicture(t *testing.T) {
	l := a5(t)
	j := job(t, l)
	j.Book.Meta.Cover = "c.png"
	j.Book.Pictures = map[string]*book.Picture{"c.png": {Path: "c.png", Data: square(t, color.White, color.Black)}}
	pg := Cover(j, Marks{}).Pages[0]
	var found bool
	for _, it := range pg.Frame.Items[0].Item.(*page.Group).Frame.Items {
		g, ok := it.Item.(*page.Group)
		if !ok || !g.Clip {
			continue
		}
		found = true
		p := g.Frame.Items[0].Item.(*page.Picture)
		if p.Width != p.Height || p.Height < g.Frame.Height || p.Width < g.Frame.Width || g.Frame.Width != l.Page.Width+l.Page.Bleed {
			t.Errorf("picture %v × %v in %v × %v", p.Width, p.Height, g.Frame.Width, g.Frame.Height)
		}
	}
	if !found {
		t.Error("no picture on the cover")
	}
	// Four inks and one are printed as they are; three are not.
	for _, c := range []struct {
		img  image.Image
		gray bool
	}{{image.NewGray(image.Rect(0, 0, 4, 4)), false}, {image.NewRGBA(image.Rect(0, 0, 4, 4)), true}} {
		var b bytes.Buffer
		if err := png.Encode(&b, c.img); err != nil {
			t.Fatal(err)
		}
		j.Book.Pictures["c.png"].Data = b.Bytes()
		if got := len(CheckCover(j.Book)) == 1; got != c.gray {
			t.Errorf("%T: reported %v", c.img, got)
		}
	}
}

func TestDocket(t *testing.T) {
	l := a5(t)
	j := job(t, l)
	var b strings.Builder
	for _, lang := range []string{"en", "zh-CN"} {
		j.Book.Meta.Language = lang
		rows := Docket(j, []Row{{"SHA-256", "…"}})
		for _, r := range rows {
			fmt.Fprintf(&b, "%s: %s\n", r.Label, r.Value)
		}
		b.WriteByte('\n')
		if d := DocketSheet(j, slices.Repeat(rows, 3)); len(d.Pages) != 3 {
			t.Errorf("%d rows on %d sheets", 3*len(rows), len(d.Pages))
		}
	}
	golden := filepath.Join("testdata", "docket.txt")
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("differs from %s (go test -update rewrites it):\n%s", golden, b.String())
	}
}

func TestFormatOf(t *testing.T) {
	for _, c := range []struct{ w, h, leaves int }{{148, 210, 32}, {149, 209, 32}, {140, 203, 32}, {185, 260, 16}, {152, 229, 0}} {
		f := formatOf(unit.Length(c.w)*unit.Mm, unit.Length(c.h)*unit.Mm)
		if f == nil && c.leaves != 0 || f != nil && f.leaves != c.leaves {
			t.Errorf("%d × %d: %+v, want 1/%d", c.w, c.h, f, c.leaves)
		}
	}
}

func TestBundle(t *testing.T) {
	files := []File{{"a.pdf", []byte("one")}, {"b.epub", []byte("two")}}
	date := time.Date(2024, 11, 1, 0, 0, 0, 0, time.FixedZone("", 8*3600))
	first, err := Bundle(files, date)
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := Bundle(files, date.UTC()); !bytes.Equal(first, again) {
		t.Error("the same files gave other bytes")
	}
	z, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
	if err != nil || len(z.File) != 3 || z.File[0].Name != "SHA256SUMS" {
		t.Fatal(err, len(z.File))
	}
	r, err := z.Open("SHA256SUMS")
	if err != nil {
		t.Fatal(err)
	}
	sums, err := io.ReadAll(r)
	if want := files[0].Sum() + "  a.pdf\n" + files[1].Sum() + "  b.epub\n"; err != nil || string(sums) != want {
		t.Errorf("%v %s", err, sums)
	}
}

func BenchmarkCheck(b *testing.B) {
	l := a5(b)
	d := volume(b, l, 100)
	b.ReportAllocs()
	for b.Loop() {
		Check(d, l)
	}
}

// FuzzEAN: what is taken for an ISBN is thirteen digits that are one, and bars
// that say so.
func FuzzEAN(f *testing.F) {
	for _, s := range []string{"978-7-302-51165-6", "080442957X", "ISBN", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		ean, err := EAN(s)
		if err != nil {
			return
		}
		if again, err := EAN(ean); err != nil || again != ean {
			t.Fatalf("%q: %q, then %q, %v", s, ean, again, err)
		}
		if got := read(modules(ean)); got != ean {
			t.Fatalf("%q: the bars say %q", ean, got)
		}
	})
}
