package cite

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"banxin/pipeline/book"
	"banxin/pipeline/source"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite testdata/want.txt")

func read(t testing.TB, names ...string) []*source.File {
	var out []*source.File
	for _, n := range names {
		text, err := os.ReadFile("testdata/" + n)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, source.NewFile(n, text))
	}
	return out
}

// TestGolden prints the diagnostics of a bibliography, then citations and list
// in both styles.
func TestGolden(t *testing.T) {
	l, diags := Parse(read(t, "refs.bib", "refs.json"))
	var b strings.Builder
	for _, d := range diags {
		fmt.Fprintf(&b, "%s:%d:%d [%s] %s / %s\n", d.Pos().Path, d.Pos().Line, d.Pos().Column, d.Code, d.Message.En, d.Message.Zh)
	}
	group := func(inText bool, items ...string) *book.Cite {
		c := &book.Cite{InText: inText}
		for _, it := range items {
			key, suffix, _ := strings.Cut(it, "|")
			c.Items = append(c.Items, book.CiteItem{Key: key, Suffix: suffix})
		}
		return c
	}
	cites := []*book.Cite{
		group(false, "zhang2010"), group(false, "knuth1981|, 第35页", "vaswani2017", "zhang2010"), group(true, "ho2001"), group(false, "w3c", "hugo", "nobody"),
		group(false, "zhang2010b"), group(false, "doe|, p. 3", "7", "ludwig"), group(true, "knuth1981"),
	}
	for _, s := range []Style{{}, {AuthorYear: true}, {AuthorYear: true, Language: "en"}} {
		fmt.Fprintf(&b, "\n%+v\n", s)
		marks, list := l.Set(cites, s)
		for _, c := range cites {
			fmt.Fprintf(&b, "%s\n", book.PlainText(marks[c]))
		}
		for _, e := range list {
			fmt.Fprintf(&b, "%s %s\n", e.Mark, book.PlainText(e.Text))
		}
	}
	if *update {
		if err := os.WriteFile("testdata/want.txt", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile("testdata/want.txt")
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), b.String()); d != "" {
		t.Error(d)
	}
}

func TestRulesCoverCodes(t *testing.T) {
	known := map[string]bool{}
	for _, r := range Rules() {
		known[r.Code] = true
		if r.Code == "bib-uncited" {
			continue // found where citations are: package xref
		}
		_, diags := Parse([]*source.File{source.NewFile("x.bib", []byte(r.Example))})
		found := false
		for _, d := range diags {
			found = found || d.Code == r.Code
		}
		if !found {
			t.Errorf("the example of %s does not trigger it", r.Code)
		}
	}
	_, diags := Parse(read(t, "refs.bib", "refs.json"))
	for _, d := range diags {
		if !known[d.Code] {
			t.Errorf("no rule for %s", d.Code)
		}
	}
}

// FuzzParse: no panic, every span inside its file, every work formats.
func FuzzParse(f *testing.F) {
	for _, file := range read(f, "refs.bib", "refs.json") {
		f.Add(file.Text)
	}
	f.Add([]byte(`@book{a, title="x\"`))
	f.Add([]byte("@\xff{a,\\"))
	f.Fuzz(func(t *testing.T, text []byte) {
		file := source.NewFile("f.bib", text)
		l, diags := Parse([]*source.File{file})
		for _, d := range diags {
			if d.Span.Start < 0 || d.Span.End > len(text) || d.Span.Start > d.Span.End {
				t.Fatalf("span %d-%d of %d", d.Span.Start, d.Span.End, len(text))
			}
		}
		c := &book.Cite{}
		for _, w := range l.Works() {
			if w.Span.Start < 0 || w.Span.End > len(text) {
				t.Fatal("span outside the file")
			}
			c.Items = append(c.Items, book.CiteItem{Key: w.Key})
		}
		l.Set([]*book.Cite{c}, Style{})
		l.Set([]*book.Cite{c}, Style{AuthorYear: true})
	})
}

func BenchmarkParse(b *testing.B) {
	one := read(b, "refs.bib")[0].Text
	text := []byte(strings.Repeat(string(one), 200))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Parse([]*source.File{source.NewFile("x.bib", text)})
	}
}
