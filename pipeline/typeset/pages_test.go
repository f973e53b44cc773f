package typeset

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"banxin/pipeline/book"
	"banxin/pipeline/cite"
	"banxin/pipeline/diag"
	"banxin/pipeline/layout"
	"banxin/pipeline/markdown"
	"banxin/pipeline/outline"
	"banxin/pipeline/page"
	"banxin/pipeline/source"
	"banxin/pipeline/unit"
	"banxin/pipeline/xref"
)

// smallPages makes golden pages short enough to read: 20 characters by 12 rows.
func smallPages(l *layout.Layout) {
	l.Body.Measure, l.Body.Lines, l.Openings.ChapterSink = 20, 12, 1
}

// setBook sets Markdown in the box face.
func setBook(tb testing.TB, src string, change func(*book.Book, *layout.Layout)) (*page.Document, diag.List) {
	tb.Helper()
	s := boxSetter(tb, "zh-Hans", smallPages)
	b, _ := markdown.Parse(&source.Manuscript{Files: []*source.File{source.NewFile("book.md", []byte(src))}}, markdown.Options{})
	b, _ = outline.Recover(b, outline.Options{})
	b.Meta.Language = "zh-Hans"
	if change != nil {
		change(b, s.layout)
	}
	n := s.layout.Numbers
	ix, _ := xref.Resolve(b, &cite.Library{}, xref.Options{Language: "zh", Depth: n.Depth, Part: n.Part, Chapter: n.Chapter,
		Appendix: n.Appendix, Figure: n.Figure, Table: n.Table, Sep: n.Sep})
	return Pages(b, ix, s.layout, s.fonts, Options{})
}

// TestPages holds whole small books against their golden pages: what stands on
// which row (from the top of the type area) at which indent (in em).
func TestPages(t *testing.T) {
	files, err := filepath.Glob("testdata/pages/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden pages: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			doc, diags := setBook(t, string(ar.Files[0].Data), metaOf(ar))
			got := dumpBook(doc, diags)
			if *update {
				ar.Files[len(ar.Files)-1].Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if d := cmp.Diff(string(ar.Files[len(ar.Files)-1].Data), got); d != "" {
				t.Error(d)
			}
		})
	}
}

// metaOf reads a case's "meta" file: key: value lines of the book's data.
func metaOf(ar *txtar.Archive) func(*book.Book, *layout.Layout) {
	return func(b *book.Book, l *layout.Layout) {
		for _, f := range ar.Files {
			if f.Name != "meta" {
				continue
			}
			for _, line := range strings.Split(strings.TrimSpace(string(f.Data)), "\n") {
				k, v, _ := strings.Cut(line, ": ")
				switch k {
				case "title":
					b.Meta.Title = v
				case "subtitle":
					b.Meta.Subtitle = v
				case "author":
					b.Meta.Creators = append(b.Meta.Creators, book.Creator{Name: v, Role: "aut"})
				case "publisher":
					b.Meta.Publisher = v
				case "isbn":
					b.Meta.ISBN = v
				case "cip":
					b.Meta.CIP += v + "\n"
				case "colophon":
					label, value, _ := strings.Cut(v, "=")
					b.Meta.Colophon = append(b.Meta.Colophon, book.Field{Label: label, Value: value})
				case "part-page":
					l.Openings.PartPage = v == "true"
				case "notes":
					l.Notes.Place = v
				}
			}
		}
	}
}

// dumpBook prints pages as rows of text. What stands off the rows is printed
// with the hundredths of a row.
func dumpBook(doc *page.Document, diags diag.List) string {
	var b strings.Builder
	g := newGrid(10*unit.Pt+unit.Pt/2, 17*unit.Pt+unit.Pt/2, 12)
	kinds := [...]string{"text", "cover", "half title", "title page", "copyright", "contents", "blank", "opening", "part"}
	for _, pg := range doc.Pages {
		fmt.Fprintf(&b, "page %s %s\n", pg.Folio, kinds[pg.Kind])
		left := pg.Trim.X + unit.FromPoints(59.528) // 21 mm
		if !pg.Recto {
			left = pg.Trim.Width - left - 210*unit.Pt
		}
		top := pg.Trim.Y + unit.FromPoints(59.528) + g.ascent
		type row struct {
			y    unit.Length
			x    unit.Length
			text string
		}
		var rows []row
		for _, it := range pg.Frame.Items {
			switch v := it.Item.(type) {
			case *page.Glyphs:
				if n := len(rows); n > 0 && rows[n-1].y == it.Y && rows[n-1].text != "" && rows[n-1].text[0] != '[' {
					rows[n-1].text += v.Text
					continue
				}
				rows = append(rows, row{it.Y, it.X, v.Text})
			case *page.Rule:
				rows = append(rows, row{it.Y, it.X, fmt.Sprintf("[rule %.1f em × %v pt]", v.Width.Points()/10.5, v.Height)})
			}
		}
		slices.SortStableFunc(rows, func(a, b row) int { return int((a.y - b.y) / 100) })
		for _, r := range rows {
			fmt.Fprintf(&b, "%6.2f %5.2f  %s\n", float64(r.y-top)/float64(g.leading), (r.x-left).Points()/10.5, r.text)
		}
	}
	marks(&b, doc.Outline, 0)
	for _, d := range diags {
		fmt.Fprintf(&b, "%s: %s\n", d.Code, d.Message.En)
	}
	return b.String()
}

func marks(b *strings.Builder, ms []page.Bookmark, depth int) {
	for _, m := range ms {
		fmt.Fprintf(b, "bookmark %s%s: page %d\n", strings.Repeat("  ", depth), m.Title, m.Page+1)
		marks(b, m.Kids, depth+1)
	}
}

const longText = "# 第1章 开头\n\n" + "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十[^a]一二三四五六七八九十。\n\n" +
	"## 节\n\n- 项目一二三四五六七八九十一二三四五六七八九十\n- 项目\n\n```\ncode\nmore\n```\n\n" +
	"| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n\n> 引文一二三四五六七八九十一二三四五六七八九十\n\n[^a]: 注文。\n"

// Every tag names a node, every node's parent stands before it, and all text
// of the type area is tagged.
func TestStructure(t *testing.T) {
	doc, _ := setBook(t, longText, nil)
	for i, n := range doc.Structure {
		if i > 0 && (n.Parent < 0 || int(n.Parent) >= i) {
			t.Errorf("node %d (%s) has parent %d", i, n.Type, n.Parent)
		}
	}
	seen := map[string]bool{}
	for _, pg := range doc.Pages {
		for _, it := range pg.Frame.Items {
			if it.Tag < 0 || int(it.Tag) >= len(doc.Structure) {
				t.Fatalf("tag %d of %d nodes", it.Tag, len(doc.Structure))
			}
			if _, ok := it.Item.(*page.Glyphs); ok && it.Tag > 0 {
				seen[doc.Structure[it.Tag].Type] = true
			}
		}
	}
	for _, want := range []string{"H1", "H2", "P", "Lbl", "Code", "TH", "TD", "Link"} {
		found := false
		for _, n := range doc.Structure {
			found = found || n.Type == want
		}
		if !found {
			t.Errorf("no %s in the structure", want)
		}
	}
	if !seen["P"] || !seen["Code"] || !seen["Lbl"] {
		t.Errorf("text is tagged only %v", seen)
	}
}

// The same book gives the same pages, however its divisions are scheduled.
func TestPagesRepeat(t *testing.T) {
	src := strings.Repeat(longText, 1) + strings.ReplaceAll(longText, "第1章", "第2章")
	first, fd := setBook(t, src, nil)
	want := dumpBook(first, fd)
	for range 3 {
		doc, ds := setBook(t, src, nil)
		if got := dumpBook(doc, ds); got != want {
			t.Fatal(cmp.Diff(want, got))
		}
	}
}

// Pages never panics, and every page's body text stands on the grid.
func FuzzPages(f *testing.F) {
	f.Add(longText)
	f.Add("- a\n  - b\n    - c\n\n      ```\n      x\n      ```\n")
	f.Add("| a |\n|---|\n")
	f.Add("[^1]\n\n[^1]: [^1]\n")
	f.Add("# \n\n## \n\n1. \n")
	f.Fuzz(func(t *testing.T, src string) {
		if len(src) > 4000 {
			return
		}
		doc, _ := setBook(t, src, nil)
		for _, it := range doc.Structure[1:] {
			if it.Parent < 0 {
				t.Fatal("a node without a parent")
			}
		}
	})
}

func BenchmarkPages(b *testing.B) {
	s := boxSetter(b, "zh-Hans", nil)
	src := strings.Repeat(strings.ReplaceAll(longText, "[^a]", ""), 50)
	bk, _ := markdown.Parse(&source.Manuscript{Files: []*source.File{source.NewFile("book.md", []byte(src))}}, markdown.Options{})
	bk, _ = outline.Recover(bk, outline.Options{})
	ix, _ := xref.Resolve(bk, &cite.Library{}, xref.Options{})
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		Pages(bk, ix, s.layout, s.fonts, Options{})
	}
}

// A running head keeps the section in force through deeper sections and a
// closing one.
func TestInForce(t *testing.T) {
	second := &book.Section{Level: 2}
	var under *book.Section
	for _, s := range []*book.Section{{Level: 1}, {Level: 2}, second, {Level: 3}, {Level: 2, Role: book.Closing}} {
		under = inForce(under, s)
	}
	if under != second {
		t.Errorf("the head names %+v, want the last section of level 2", under)
	}
}
