package texmath

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"banxin/fonts"
	"banxin/pipeline/font"
	"banxin/pipeline/page"
	"banxin/pipeline/pdf"
	"banxin/pipeline/unit"
)

// corpus returns the formulae of testdata, one a line.
func corpus(t testing.TB) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "formulae.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, l := range strings.Split(string(data), "\n") {
		if l != "" && !strings.HasPrefix(l, "#") {
			out = append(out, l)
		}
	}
	return out
}

// faces returns the set of the embedded faces; more folders may have others.
func faces(t testing.TB, more ...fs.FS) *font.Set {
	t.Helper()
	any := func(families ...string) map[string][]font.Wish {
		var w []font.Wish
		for _, f := range families {
			w = append(w, font.Wish{Family: f})
		}
		return map[string][]font.Wish{"": w}
	}
	s, err := font.Open(append(more, fonts.FS()), font.Request{Roles: map[font.Role]map[string][]font.Wish{
		font.Song: any("Noto Serif SC", "Latin Modern Roman"), font.Mono: any("Go Mono"), font.Math: any("Latin Modern Math"),
	}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestProof sets all formulae on pages for a person to look at, in the folder
// that TEXMATH_PROOF names; without it, it sets them for nobody.
func TestProof(t *testing.T) {
	set := faces(t, os.DirFS("../../fonts"))
	st := Style{Fonts: set, Lang: "zh-Hans", Size: 11 * unit.Pt, Display: true}
	label := Style{Fonts: set, Size: 5 * unit.Pt}
	const w, h = 560 * unit.Pt, 760 * unit.Pt
	doc := &page.Document{Language: "en"}
	var f *page.Frame
	y, x := unit.Length(0), unit.Length(0)
	turn := func() {
		f = &page.Frame{Width: w, Height: h}
		doc.Pages = append(doc.Pages, &page.Page{Media: page.Box{Width: w, Height: h}, Trim: page.Box{Width: w, Height: h}, Bleed: page.Box{Width: w, Height: h}, Folio: "1", Value: 1, Frame: f})
		x, y = 20*unit.Pt, 16*unit.Pt
	}
	turn()
	for i, src := range corpus(t) {
		fo, err := Parse(src, Options{})
		if err != nil {
			t.Errorf("%s: %v", src, err)
			continue
		}
		k, e := fo.Frame(st)
		if e != nil {
			t.Fatal(e)
		}
		if y+k.Height+20*unit.Pt > h {
			if x < 200*unit.Pt {
				x, y = 290*unit.Pt, 16*unit.Pt
			} else {
				turn()
			}
		}
		f.Add(x, y, &page.Group{Frame: note(t, label, i+1)})
		f.Add(x+14*unit.Pt, y, &page.Group{Frame: k})
		y += k.Height + 9*unit.Pt
	}
	dir := os.Getenv("TEXMATH_PROOF")
	var b bytes.Buffer
	if err := pdf.Write(&b, doc, pdf.Options{}); err != nil {
		t.Fatal(err)
	}
	if dir != "" {
		if err := os.WriteFile(filepath.Join(dir, "formulae.pdf"), b.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// note is a small number beside a formula.
func note(t *testing.T, st Style, n int) *page.Frame {
	f, err := Parse(strconv.Itoa(n), Options{})
	if err != nil {
		t.Fatal(err)
	}
	k, e := f.Frame(st)
	if e != nil {
		t.Fatal(e)
	}
	return k
}
