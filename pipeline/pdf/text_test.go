package pdf

import (
	"io/fs"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"banxin/fonts"
	"banxin/pipeline/font"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// faces returns the set of the embedded faces: Latin Modern (CFF) as song,
// Go Mono (TrueType) as mono, Latin Modern Math with characters beyond the BMP.
func faces(t testing.TB) *font.Set {
	t.Helper()
	any := func(family string, bold bool) map[string][]font.Wish {
		return map[string][]font.Wish{"": {{Family: family, Bold: bold}}}
	}
	s, err := font.Open([]fs.FS{fonts.FS()}, font.Request{Roles: map[font.Role]map[string][]font.Wish{
		font.Song: any("Latin Modern Roman", false), font.Hei: any("Latin Modern Roman", true),
		font.Mono: any("Go Mono", false), font.Math: any("Latin Modern Math", false),
	}})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []font.Role{font.Song, font.Mono, font.Math} {
		if s.Primary(font.Style{Role: r, Lang: "en"}) == nil {
			t.Fatalf("no face for %s", r)
		}
	}
	return s
}

// set shapes text and returns it as runs with the advance after each.
func set(s *font.Set, text string, st font.Style, size unit.Length) (runs []*page.Glyphs, advance []unit.Length) {
	for _, sh := range s.Shape(font.Run{Text: text, Style: st}) {
		m := sh.Face.Metrics()
		g := &page.Glyphs{Face: sh.Face, Size: size, Text: text[sh.Start:sh.End], Lang: st.Lang}
		x := int32(0)
		for _, k := range sh.Glyphs {
			g.Glyphs = append(g.Glyphs, page.Glyph{
				ID: k.ID, X: m.Scale(x+k.XOffset, size), Y: -m.Scale(k.YOffset, size),
				Start: k.Start - sh.Start, End: k.End - sh.Start,
			})
			x += k.Advance
		}
		runs, advance = append(runs, g), append(advance, m.Scale(x, size))
	}
	return runs, advance
}

// line places text at (x, y) and returns where it ends.
func line(f *page.Frame, s *font.Set, x, y unit.Length, text string, st font.Style, size unit.Length, tag int32) unit.Length {
	runs, advance := set(s, text, st, size)
	for i, g := range runs {
		f.AddTagged(x, y, g, tag)
		x += advance[i]
	}
	return x
}

var roman, mono, maths = font.Style{Role: font.Song, Lang: "en"}, font.Style{Role: font.Mono, Lang: "en"}, font.Style{Role: font.Math, Lang: "en"}

// lettered is a tagged page of text in all the ways a run can be set.
func lettered(t testing.TB) *page.Document {
	s := faces(t)
	inner := &page.Frame{Width: 40 * pt, Height: 12 * pt}
	line(inner, s, 0, 9*pt, "turned (2)", mono, 8*pt, 0)
	d := &page.Document{
		Language: "en",
		Structure: []page.Node{
			{Type: "Document"}, {Type: "H1", Title: "One"}, {Type: "P", Parent: 0}, {Type: "Link", Parent: 2},
			{Type: "Table"}, {Type: "TR", Parent: 4}, {Type: "TH", Parent: 5, Scope: "Column"}, {Type: "TD", Parent: 5},
			{Type: "Figure", Alt: "a turned word"}, {Type: "Note", Parent: 2, ID: "n1"},
		},
	}
	d.Pages = []*page.Page{
		leaf("1", 1, func(f *page.Frame) {
			line(f, s, 20*pt, 20*pt, "folio", mono, 7*pt, 0)
			line(f, s, 20*pt, 40*pt, "Office fire", font.Style{Role: font.Hei, Lang: "en"}, 18*pt, 1)
			x := line(f, s, 20*pt, 60*pt, "AVATAR (a\\b) ", roman, pt*21/2, 2)
			f.AddTagged(x, 52*pt, &page.Link{Width: 40 * pt, Height: 10 * pt, URI: "https://example.org/", Alt: "example"}, 3)
			line(f, s, x, 60*pt, "𝐱𝑦 ≤ 𝟙", maths, pt*21/2, 3)
			hyphen := ""
			runs, _ := set(s, "-", roman, pt*21/2)
			runs[0].ActualText = &hyphen
			f.AddTagged(x+40*pt, 60*pt, runs[0], 2)
			line(f, s, 20*pt, 72*pt, "wörd.", font.Style{Role: font.Song, Lang: "de"}, pt*21/2, 2)
			line(f, s, 20*pt, 100*pt, "Head", roman, pt*21/2, 6)
			f.AddTagged(20*pt, 140*pt, &page.Group{Frame: inner, Turned: true, Alt: "ignored"}, 8)
			for i, turn := range []int16{90, 180, 270} {
				runs, _ := set(s, "spin", roman, 10*pt)
				runs[0].Turn = turn
				f.AddTagged(unit.Length(80+20*i)*pt, 160*pt, runs[0], 8)
			}
		}),
		leaf("2", 2, func(f *page.Frame) {
			line(f, s, 20*pt, 250*pt, "note", roman, 8*pt, 9)
			line(f, s, 20*pt, 20*pt, "ends here", roman, pt*21/2, 2)
		}),
	}
	return d
}

// TestLettered compares all objects of a text document but the font programs,
// which are the font package's.
func TestLettered(t *testing.T) {
	o := options()
	o.Tagged = true
	golden(t, "lettered.txt", clear(t, lettered(t), o))
}

// read is one glyph as a reader of the file finds it.
type read struct {
	x, y float64
	text string
}

// extract interprets a content stream the way a reader does: widths and texts
// as the file gives them.
func extract(t testing.TB, p *press, content string) []read {
	t.Helper()
	faces := map[string]*usedFace{}
	for _, u := range p.fonts.faces {
		faces[u.key] = u
	}
	var (
		out          []read
		stack        []string
		font         *usedFace
		size         float64
		m            [6]float64 // text matrix: a b c d e f
		lx, ly       float64    // line start within it
		pen          float64
		actual       []string // ActualText in force, "\x00" for none
		inArray, say bool
	)
	num := func(i int) float64 { return parseNumber(t, stack[len(stack)-i]) }
	show := func(s string) {
		for i := 0; i+1 < len(s); i += 2 {
			cid := int(s[i])<<8 | int(s[i+1])
			text := font.text[cid]
			for _, a := range actual {
				if a != "\x00" {
					text = ""
					if say {
						text, say = a, false
					}
				}
			}
			x := lx + pen
			out = append(out, read{m[0]*x + m[2]*ly + m[4], m[1]*x + m[3]*ly + m[5], text})
			pen += size * float64(font.width[cid]) / perEm
		}
	}
	for tok := range tokens(content) {
		switch {
		case tok == "[":
			inArray = true
		case tok == "]":
			inArray = false
		case tok[0] == '(' && inArray:
			show(tok[1:])
		case inArray:
			pen -= parseNumber(t, tok) / 1000 * size
		case tok == "Tj":
			show(stack[len(stack)-1][1:])
		case tok == "BT":
			m, lx, ly, pen = [6]float64{1, 0, 0, 1, 0, 0}, 0, 0, 0
		case tok == "Td":
			lx, ly, pen = lx+num(2), ly+num(1), 0
		case tok == "Tm":
			for i := range m {
				m[i] = num(6 - i)
			}
			lx, ly, pen = 0, 0, 0
		case tok == "Tf":
			font, size = faces[stack[len(stack)-2]], num(1)
		case tok == "BDC" || tok == "BMC":
			actual = append(actual, "\x00")
			if top := stack[len(stack)-1]; tok == "BDC" && strings.HasPrefix(top, "<</ActualText<FEFF") {
				actual[len(actual)-1], say = decodeHex(top[len("<</ActualText<FEFF"):len(top)-3]), true
			}
		case tok == "EMC":
			actual = actual[:len(actual)-1]
		default:
			stack = append(stack, tok)
			continue
		}
		if !inArray {
			stack = stack[:0]
		}
	}
	return out
}

// TestDrift: over random runs, sizes and spacings every glyph is read back
// within a hundredth of a point of its place, and every text as it was set.
func TestDrift(t *testing.T) {
	s := faces(t)
	rnd := rand.New(rand.NewPCG(1, 2))
	words := []string{"office ", "AVATAR", "(paren)", `\`, "fi", "wörd", "x\u00a0y", "a b  c", "~"}
	for range 200 {
		f := &page.Frame{}
		var want []read
		said := ""
		size := unit.Length(rnd.IntN(60)+4)*pt + unit.Length(rnd.IntN(int(pt)))
		for range rnd.IntN(6) + 1 {
			y := unit.Length(rnd.IntN(3)) * 20 * pt
			st := roman
			if rnd.IntN(2) == 0 {
				st = mono
			}
			x := unit.Length(rnd.IntN(int(400 * pt)))
			var text strings.Builder
			for range 8 {
				text.WriteString(words[rnd.IntN(len(words))])
			}
			runs, _ := set(s, text.String(), st, size)
			for _, g := range runs {
				stretch := unit.Length(rnd.IntN(int(pt / 8)))
				for i := range g.Glyphs {
					g.Glyphs[i].X += stretch * unit.Length(i)
					if i > 0 && rnd.IntN(30) == 0 {
						g.Glyphs[i].Y = pt
					}
					want = append(want, read{x: (x + g.Glyphs[i].X).Points(), y: -(y + g.Glyphs[i].Y).Points()})
				}
				f.Add(x, y, g)
				said += g.Text
			}
		}
		d := &page.Document{Pages: []*page.Page{{Frame: f}}}
		p := newPress(d, Options{})
		c := newComposer(p, 0, 0)
		if err := c.frame(f, 0); err != nil {
			t.Fatal(err)
		}
		c.endText()
		got := extract(t, p, string(c.buf))
		if len(got) != len(want) {
			t.Fatalf("%d glyphs, want %d", len(got), len(want))
		}
		back := ""
		for i, g := range got {
			if dx, dy := g.x-want[i].x, g.y-want[i].y; dx*dx+dy*dy > 0.01*0.01 {
				t.Fatalf("glyph %d at %.4f,%.4f, want %.4f,%.4f (size %v)", i, g.x, g.y, want[i].x, want[i].y, size)
			}
			back += g.text
		}
		if back != said {
			t.Fatalf("said %q, read %q", said, back)
		}
	}
}

// TestSpaces: spaces that have become glue come out of the file as spaces.
func TestSpaces(t *testing.T) {
	s := faces(t)
	runs, _ := set(s, "one two", roman, 10*pt)
	g := runs[0]
	var kept []page.Glyph
	for _, k := range g.Glyphs {
		if g.Text[k.Start:k.End] != " " {
			kept = append(kept, k)
		}
	}
	g.Glyphs = kept
	f := &page.Frame{}
	f.Add(0, 0, g)
	p := newPress(&page.Document{Pages: []*page.Page{{Frame: f}}}, Options{})
	c := newComposer(p, 0, 0)
	if err := c.frame(f, 0); err != nil {
		t.Fatal(err)
	}
	c.endText()
	text := ""
	last := read{}
	for _, r := range extract(t, p, string(c.buf)) {
		text += r.text
		last = r
	}
	if text != "one two" {
		t.Errorf("read %q", text)
	}
	if want := kept[len(kept)-1].X.Points(); last.x-want > 0.01 || want-last.x > 0.01 {
		t.Errorf("the last glyph is at %v, want %v", last.x, want)
	}
}

// FuzzText: text in equals text out, whatever it is and however it is spaced.
func FuzzText(f *testing.F) {
	f.Add("office AV (x)\\ 𝐱", int32(700), uint8(10))
	f.Add("a\u00a0b c", int32(-90000), uint8(200))
	s := faces(f)
	f.Fuzz(func(t *testing.T, text string, spacing int32, size uint8) {
		if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			return
		}
		frame := &page.Frame{Width: 100 * pt, Height: 100 * pt}
		said := ""
		runs, _ := set(s, text, roman, (unit.Length(size)+1)*pt)
		for _, g := range runs {
			for i := range g.Glyphs {
				g.Glyphs[i].X += unit.Length(i) * unit.Length(spacing)
			}
			frame.Add(0, 0, g)
			if len(g.Glyphs) > 0 {
				said += g.Text
			}
		}
		d := &page.Document{Pages: []*page.Page{{Media: page.Box{Width: 100 * pt, Height: 100 * pt}, Frame: frame}}}
		p := newPress(d, Options{})
		c := newComposer(p, 0, 0)
		if err := c.frame(frame, 0); err != nil {
			t.Fatal(err)
		}
		c.endText()
		back := ""
		for _, r := range extract(t, p, string(c.buf)) {
			back += r.text
		}
		if back != said {
			t.Fatalf("said %q, read %q", said, back)
		}
	})
}

func BenchmarkWrite(b *testing.B) {
	s := faces(b)
	d := &page.Document{Structure: []page.Node{{Type: "Document"}}}
	for n := range 90 {
		d.Pages = append(d.Pages, leaf("", n+1, func(f *page.Frame) {
			for y := range 28 {
				d.Structure = append(d.Structure, page.Node{Type: "P"})
				line(f, s, 20*pt, unit.Length(20+10*y)*pt, "Sphinx of black quartz, judge my vow", roman, pt*21/2, int32(len(d.Structure)-1))
			}
		}))
	}
	b.ReportAllocs()
	for b.Loop() {
		write(b, d, Options{Tagged: true})
	}
}
