package xref_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"banxin/pipeline/book"
	"banxin/pipeline/cite"
	"banxin/pipeline/markdown"
	"banxin/pipeline/outline"
	"banxin/pipeline/source"
	"banxin/pipeline/xref"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the golden parts of testdata")

// resolve builds a book of Markdown and bibliography files and resolves it.
func resolve(files []*source.File, lang string) (*book.Book, *xref.Index, string) {
	m := &source.Manuscript{}
	var bibs []*source.File
	for _, f := range files {
		switch filepath.Ext(f.Path) {
		case ".md":
			m.Files = append(m.Files, f)
		case ".bib", ".json":
			bibs = append(bibs, f)
		}
	}
	b, _ := markdown.Parse(m, markdown.Options{Bibliographies: bibs})
	b.Meta.Language = lang
	b, _ = outline.Recover(b, outline.Options{})
	lib, _ := cite.Parse(bibs)
	index, diags := xref.Resolve(b, lib, xref.Options{})
	diags.Sort()
	var s strings.Builder
	for _, d := range diags {
		fmt.Fprintf(&s, "%s:%d:%d [%s] %s (%s)\n", d.Pos().Path, d.Pos().Line, d.Pos().Column, d.Code, d.Message.En, d.Hint.En)
	}
	return b, index, s.String()
}

// dump prints numbers, then what every reference leads to, in reading order.
func dump(b *book.Book, x *xref.Index) string {
	var s strings.Builder
	b.Walk(func(k *book.Section) bool {
		t := x.Sections[k]
		fmt.Fprintf(&s, "%-8v %s %s #%s\n", k.Role, t.Printed, book.PlainText(k.Title), t.Label)
		return true
	})
	for _, list := range [][]*xref.Target{x.Figures, x.Tables, x.Listings, x.Equations} {
		for _, t := range list {
			fmt.Fprintf(&s, "%s #%s\n", t.Printed, t.Label)
		}
	}
	name := func(t *xref.Target) string {
		if t == nil {
			return "nothing"
		}
		return "#" + t.Label + " " + t.Printed
	}
	b.EachText(func(ns []book.Inline) {
		book.EachInline(ns, func(n book.Inline) bool {
			switch n := n.(type) {
			case *book.Link:
				fmt.Fprintf(&s, "link %s: %s\n", n.Dest, name(x.Links[n]))
			case *book.CrossRef:
				fmt.Fprintf(&s, "ref %s: %s %q\n", n.Target, name(x.Links[n]), x.Refs[n])
			case *book.NoteRef:
				fmt.Fprintf(&s, "note %s: %s\n", n.Label, name(x.Links[n]))
			case *book.Cite:
				fmt.Fprintf(&s, "cite %s\n", book.PlainText(x.Cites[n]))
			case *book.Text:
				for _, r := range x.Prose[n] {
					fmt.Fprintf(&s, "prose %s: %s\n", n.Value[r.Start:r.End], name(r.Target))
				}
			}
			return true
		})
	})
	for _, e := range x.Bibliography {
		fmt.Fprintf(&s, "%s %s\n", e.Mark, book.PlainText(e.Text))
	}
	terms(&s, x.Terms, "")
	return s.String()
}

func terms(s *strings.Builder, ts []xref.Term, indent string) {
	for _, t := range ts {
		fmt.Fprintf(s, "%sterm %s %s %v", indent, t.Group, t.Text, t.Labels)
		if len(t.See)+len(t.SeeAlso) > 0 {
			fmt.Fprintf(s, " see %v also %v", t.See, t.SeeAlso)
		}
		s.WriteByte('\n')
		terms(s, t.Sub, indent+"  ")
	}
}

func TestGolden(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("no golden cases", err)
	}
	for _, path := range cases {
		name := strings.TrimSuffix(filepath.Base(path), ".txtar")
		t.Run(name, func(t *testing.T) {
			ar, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var files []*source.File
			want := -1
			for i, f := range ar.Files {
				if f.Name == "want" {
					want = i
					continue
				}
				files = append(files, source.NewFile(f.Name, f.Data))
			}
			_, lang, _ := strings.Cut(name, "_")
			b, x, diags := resolve(files, lang)
			got := dump(b, x) + diags
			if *update {
				if want < 0 {
					want = len(ar.Files)
					ar.Files = append(ar.Files, txtar.File{Name: "want"})
				}
				ar.Files[want].Data = []byte(got)
				if err := os.WriteFile(path, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want < 0 {
				t.Fatal("case has no want part; run with -update")
			}
			if d := cmp.Diff(string(ar.Files[want].Data), got); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestExamples: every rule's own example triggers it.
func TestExamples(t *testing.T) {
	for _, r := range xref.Rules() {
		files := []*source.File{source.NewFile("a.md", []byte(r.Example))}
		if r.Code == "path-case-mismatch" {
			files = append(files, source.NewFile("chapter-2.md", []byte("# B\n")))
		}
		_, _, diags := resolve(files, "zh")
		if !strings.Contains(diags, "["+r.Code+"]") {
			t.Errorf("the example of %s does not trigger it:\n%s", r.Code, diags)
		}
	}
}

// FuzzResolve: no panic; ranges of prose references ascend and do not overlap;
// every link's target is registered under its label.
func FuzzResolve(f *testing.F) {
	f.Add("# 第1章 甲\n\n见第2章、图1-1、公式(2.1)和附录A。[x](#甲) @fig:x\n\n![图1-1 甲](a.png)\n")
	f.Add("第3、4章至第5章第2节《第3章》[@a] [词]{.index}[^1]\n\n[^1]: 见第1章\n")
	f.Fuzz(func(t *testing.T, text string) {
		b, x, _ := resolve([]*source.File{source.NewFile("a.md", []byte(text))}, "zh")
		b.EachText(func(ns []book.Inline) {
			book.EachInline(ns, func(n book.Inline) bool {
				if tx, ok := n.(*book.Text); ok {
					at := 0
					for _, r := range x.Prose[tx] {
						if r.Start < at || r.End <= r.Start || r.End > len(tx.Value) || r.Target == nil {
							t.Fatalf("bad range %d-%d in %q", r.Start, r.End, tx.Value)
						}
						at = r.End
					}
				}
				return true
			})
		})
		for _, l := range x.Links {
			if x.Targets[l.Label] == nil {
				t.Fatalf("target %q is not registered", l.Label)
			}
		}
	})
}

func BenchmarkResolve(b *testing.B) {
	var s strings.Builder
	for c := 1; c <= 100; c++ {
		fmt.Fprintf(&s, "# 第%d章 题目\n\n", c)
		for n := 1; n <= 10; n++ {
			fmt.Fprintf(&s, "## %d.%d 小题\n\n%s见第%d章和第%d.%d节，又见图%d-1。\n\n", c, n, strings.Repeat("这是一段普通的正文，代表了书里大多数的文字。", 20), c, c, n, c)
		}
		s.WriteString("![图](a.png)\n\n")
	}
	m := &source.Manuscript{Files: []*source.File{source.NewFile("a.md", []byte(s.String()))}}
	bk, _ := markdown.Parse(m, markdown.Options{})
	bk, _ = outline.Recover(bk, outline.Options{})
	b.SetBytes(int64(s.Len()))
	for b.Loop() {
		xref.Resolve(bk, nil, xref.Options{})
	}
}
