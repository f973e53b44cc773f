package epub

import (
	"io/fs"
	"os"
	"testing"

	"banxin/layouts"
	"banxin/pipeline/cite"
	"banxin/pipeline/dedup"
	"banxin/pipeline/layout"
	"banxin/pipeline/markdown"
	"banxin/pipeline/outline"
	"banxin/pipeline/project"
	"banxin/pipeline/xref"
)

// manuscript takes a folder through the stages before this one, in the layout
// of that name; no fonts, so that diagrams stay text.
func manuscript(t testing.TB, folder fs.FS, name string) Input {
	t.Helper()
	p, _, err := project.Read(folder)
	if err != nil {
		t.Fatal(err)
	}
	l, err := layout.Load([]fs.FS{layouts.FS}, name)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := markdown.Parse(p.Manuscript, markdown.Options{Paths: p.Paths, Included: p.Included, Chapters: p.Chapters, Bibliographies: p.Bibliographies})
	b, _ = p.Dress(b)
	b, _ = outline.Recover(b, outline.Options{})
	b, _, _ = dedup.Merge(b, dedup.Decisions{Auto: dedup.Policy(p.Config.Dedup.Auto)})
	library, _ := cite.Parse(p.Bibliographies)
	n := l.Numbers
	index, _ := xref.Resolve(b, library, xref.Options{Language: b.Meta.Language, Depth: n.Depth, Part: n.Part, Chapter: n.Chapter,
		Appendix: n.Appendix, Figure: n.Figure, Table: n.Table, Equation: n.Equation, Listing: n.Listing, Sep: n.Sep})
	return Input{Book: b, Index: index, Layout: l}
}

// TestTextLawManuscript holds the book of this repository to the text law.
func TestTextLawManuscript(t *testing.T) {
	in := manuscript(t, os.DirFS("../../manuscript"), "a5")
	sameText(t, readText(t, build(t, in)), in.modelText())
}

func BenchmarkManuscript(b *testing.B) {
	in := manuscript(b, os.DirFS("../../manuscript"), "a5")
	b.ReportAllocs()
	for b.Loop() {
		assemble(in)
	}
}
