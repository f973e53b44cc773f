package diagram

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"banxin/fonts"
	"banxin/pipeline/font"
	"banxin/pipeline/page"
	"banxin/pipeline/pdf"
	"banxin/pipeline/unit"
)

// testSet is the faces that the module itself carries; they have no Han, which
// is then as wide as their sign for what is missing.
func testSet(t testing.TB) *font.Set {
	t.Helper()
	return openSet(t, []fs.FS{fonts.FS()}, "Latin Modern Roman", "LM Roman 10", "Go Mono")
}

func openSet(t testing.TB, folders []fs.FS, families ...string) *font.Set {
	t.Helper()
	var wishes []font.Wish
	for _, f := range families {
		wishes = append(wishes, font.Wish{Family: f})
	}
	s, err := font.Open(folders, font.Request{Roles: map[font.Role]map[string][]font.Wish{font.Hei: {"": wishes}}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func testStyle(s *font.Set) Style {
	return Style{Fonts: s, Font: font.Style{Role: font.Hei, Lang: "zh-Hans"}, Lang: "zh-Hans", Size: 9 * unit.Pt,
		MinSize: 7 * unit.Pt, MaxWidth: 300 * unit.Pt, MaxHeight: 480 * unit.Pt, PreferCompact: true}
}

// TestLook writes the corpus as a PDF into the folder that DIAGRAM_LOOK names,
// for a person to look at. DIAGRAM_LOOK_AT picks the cases whose names hold it.
func TestLook(t *testing.T) {
	dir := os.Getenv("DIAGRAM_LOOK")
	if dir == "" {
		t.Log("set DIAGRAM_LOOK to a folder to have the corpus drawn there")
		return
	}
	set := openSet(t, []fs.FS{os.DirFS("../../fonts"), fonts.FS()}, "Noto Sans SC", "LM Roman 10")
	st := testStyle(set)
	doc := &page.Document{Language: "zh-Hans"}
	media := page.Box{Width: 960 * unit.Pt, Height: 640 * unit.Pt}
	const column = 320 * unit.Pt
	var now *page.Page
	x, y := unit.Length(0), unit.Length(0)
	p := newPen(st, 6*unit.Pt)
	for _, c := range corpus(t, os.Getenv("DIAGRAM_LOOK_AT")) {
		d, err := Draw(c.src, c.language, st)
		note := c.name
		if err != nil {
			note += " " + err.Error()
			d = &Drawing{Frame: &page.Frame{}}
		}
		w, h := d.Frame.Width, d.Frame.Height
		if d.Turned {
			w, h = h, w
		}
		if now != nil && y+h+20*unit.Pt > media.Height && x+2*column <= media.Width {
			x, y = x+column, 10*unit.Pt
		}
		if now == nil || y+h+20*unit.Pt > media.Height {
			x = 0
			now = &page.Page{Media: media, Trim: media, Bleed: media, Folio: "1", Frame: &page.Frame{Width: media.Width, Height: media.Height}}
			doc.Pages = append(doc.Pages, now)
			y = 10 * unit.Pt
		}
		s := &sheet{frame: now.Frame}
		p.write(s, p.set(note, 0), x+10*unit.Pt, y, start)
		y += 10 * unit.Pt
		now.Frame.Add(x+10*unit.Pt, y, &page.Group{Frame: d.Frame, Turned: d.Turned})
		y += h + 10*unit.Pt
	}
	var b bytes.Buffer
	if err := pdf.Write(&b, doc, pdf.Options{Title: "T", Creator: "banxin", Date: time.Unix(1.7e9, 0), Language: "zh-CN"}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "look.pdf"), b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

type corpusCase struct{ name, language, src string }
