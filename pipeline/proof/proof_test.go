package proof_test

import (
	"bytes"
	"strings"
	"testing"

	"banxin/fonts"
	"banxin/pipeline/diag"
	"banxin/pipeline/font"
	"banxin/pipeline/page"
	"banxin/pipeline/proof"
	"banxin/pipeline/source"
	"banxin/pipeline/unit"

	"io/fs"
)

// faces is a set of the faces that need no fetching.
func faces(t testing.TB) *font.Set {
	t.Helper()
	any := func(name string) map[string][]font.Wish { return map[string][]font.Wish{"": {{Family: name}}} }
	set, err := font.Open([]fs.FS{fonts.FS()}, font.Request{Roles: map[font.Role]map[string][]font.Wish{font.Song: any("Go Mono"), font.Hei: any("Go Mono")}})
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// doc is two pages of lines, one a line of the file.
func doc(set *font.Set, f *source.File, perPage int) *page.Document {
	d := &page.Document{}
	var pg *page.Page
	for n := 1; n <= f.Lines(); n++ {
		if (n-1)%perPage == 0 {
			box := page.Box{Width: 300 * unit.Pt, Height: 400 * unit.Pt}
			pg = &page.Page{Media: box, Trim: box, Bleed: box, Folio: string(rune('1' + len(d.Pages))), Frame: &page.Frame{Width: box.Width, Height: box.Height}}
			d.Pages = append(d.Pages, pg)
		}
		text := f.Line(n)
		if text == "" {
			continue
		}
		start := f.LineStart(n)
		for _, s := range set.Shape(font.Run{Text: text, Style: font.Style{Role: font.Song, Lang: "en"}}) {
			g := &page.Glyphs{Face: s.Face, Size: 10 * unit.Pt, Text: text, Span: source.Span{File: f, Start: start, End: start + len(text)}}
			var x unit.Length
			for _, gl := range s.Glyphs {
				g.Glyphs = append(g.Glyphs, page.Glyph{ID: gl.ID, X: x, Start: gl.Start, End: gl.End})
				x += s.Face.Metrics().Scale(gl.Advance, g.Size)
			}
			pg.Frame.AddTagged(30*unit.Pt, unit.Length(40+15*((n-1)%perPage))*unit.Pt, g, 1)
		}
	}
	return d
}

func manuscript() *source.File {
	var lines []string
	for range 20 {
		lines = append(lines, "alpha beta gamma delta")
	}
	return source.NewFile("a.md", []byte(strings.Join(lines, "\n")))
}

func found(f *source.File, lines ...int) diag.List {
	var l diag.List
	for _, n := range lines {
		s := f.LineStart(n) + len("alpha ")
		l.Add("rule", source.Span{File: f, Start: s, End: s + len("beta")}, diag.T("something about beta", ""))
		l[len(l)-1].Severity = diag.Warning
	}
	return l
}

func TestNotesStandBesideTheirPlaces(t *testing.T) {
	set, f := faces(t), manuscript()
	d := doc(set, f, 10)
	p := proof.Pages(d, found(f, 3, 14), nil, set, proof.Options{})
	if len(p.Pages) != 3 {
		t.Fatalf("%d pages, want two and an index", len(p.Pages))
	}
	for i := range 2 {
		if len(p.Pages[i].Comments) != 1 {
			t.Fatalf("page %d has %d comments", i, len(p.Pages[i].Comments))
		}
		var group *page.Placed
		for k := range p.Pages[i].Frame.Items {
			if g, ok := p.Pages[i].Frame.Items[k].Item.(*page.Group); ok && g.Frame == d.Pages[i].Frame {
				group = &p.Pages[i].Frame.Items[k]
			}
		}
		if group == nil {
			t.Fatal("the release's page is not on the sheet")
		}
		// beta of line 3 or 4: 30 pt + six characters of 6 pt each.
		c := p.Pages[i].Comments[0]
		if want := group.X + 66*unit.Pt; c.X < want-unit.Pt || c.X > want+unit.Pt {
			t.Errorf("page %d: the comment is at %s, want %s", i, c.X, want)
		}
		if w := c.Width.Points(); w < 23 || w > 25 {
			t.Errorf("page %d: the comment is %v pt wide, want 24", i, w)
		}
	}
	if s := page.TextOf(p.Pages[0]); !strings.Contains(s, "something about beta") || !strings.Contains(s, "PROOF") {
		t.Errorf("the sheet says %q", s)
	}
	if s := page.TextOf(p.Pages[2]); !strings.Contains(s, "p. 2") || !strings.Contains(s, "a.md:14:7") {
		t.Errorf("the index says %q", s)
	}
}

// TestNotesDoNotOverlap crowds a page with notes on one line.
func TestNotesDoNotOverlap(t *testing.T) {
	set, f := faces(t), manuscript()
	d := doc(set, f, 20)
	for _, n := range []int{5, 15, 40, 200} {
		lines := make([]int, n)
		for i := range lines {
			lines[i] = 18 + i%3
		}
		p := proof.Pages(d, found(f, lines...), nil, set, proof.Options{})
		sheet := p.Pages[0]
		seen := map[unit.Length]bool{}
		for _, it := range sheet.Frame.Items {
			g, ok := it.Item.(*page.Group)
			if !ok || g.Frame == d.Pages[0].Frame || it.X < sheet.Trim.X+sheet.Trim.Width {
				continue
			}
			if it.Y < 0 || it.Y > sheet.Media.Height {
				t.Fatalf("%d notes: one stands off the sheet at %s", n, it.Y)
			}
			if seen[it.Y] {
				t.Fatalf("%d notes: two lines on one baseline %s", n, it.Y)
			}
			seen[it.Y] = true
		}
		if len(seen) == 0 {
			t.Fatalf("%d notes: none is set", n)
		}
	}
}

func TestSamePagesTwice(t *testing.T) {
	set, f := faces(t), manuscript()
	d := doc(set, f, 10)
	var out [2]bytes.Buffer
	for i := range out {
		if err := page.Dump(&out[i], proof.Pages(d, found(f, 1, 2, 3), nil, set, proof.Options{Lang: "zh"}), page.DumpOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	if out[0].String() != out[1].String() {
		t.Error("two proofs of one book differ")
	}
}

// TestManyFindings puts 2,000 findings on two pages: those beside the pages
// say how many more there are, and the list has every one.
func TestManyFindings(t *testing.T) {
	set, f := faces(t), manuscript()
	d := doc(set, f, 10)
	lines := make([]int, 2000)
	for i := range lines {
		lines[i] = 1 + i%20
	}
	p := proof.Pages(d, found(f, lines...), nil, set, proof.Options{})
	if s := page.TextOf(p.Pages[0]); !strings.Contains(s, "more: see the index") {
		t.Errorf("the first page says %q", s)
	}
	listed := 0
	for _, pg := range p.Pages[2:] {
		listed += strings.Count(page.TextOf(pg), "something")
	}
	if listed != len(lines) {
		t.Errorf("%d findings are listed, want %d", listed, len(lines))
	}
}

func BenchmarkPages(b *testing.B) {
	set, f := faces(b), manuscript()
	d := doc(set, f, 10)
	l := found(f, 1, 5, 9, 14, 14, 18)
	for b.Loop() {
		proof.Pages(d, l, nil, set, proof.Options{})
	}
}

func TestDraftStampsEveryPage(t *testing.T) {
	set, f := faces(t), manuscript()
	d := doc(set, f, 10)
	for i, pg := range proof.Draft(d, set, "en").Pages {
		if s := page.TextOf(pg); !strings.Contains(s, "DRAFT") {
			t.Errorf("page %d is not stamped: %q", i, s)
		}
		if strings.Contains(page.TextOf(d.Pages[i]), "DRAFT") {
			t.Errorf("page %d of the document given was changed", i)
		}
	}
}
