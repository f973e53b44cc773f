package dedup

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"banxin/pipeline/book"
	"banxin/pipeline/source"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// placeholder is {{heading}}, {{heading#2}} or {{u:first words}} in a case's
// decisions: it becomes the name of the section or unit.
var placeholder = regexp.MustCompile(`\{\{(u:)?(.+?)(?:#(\d))?\}\}`)

// TestMerge runs testdata/*.txtar: *.md files, decisions.yaml and contents (the
// typed list, one "number title" a line); the golden parts are book, clusters,
// dropped and diagnostics.
func TestMerge(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no cases", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got := runCase(t, ar)
			if *update {
				keep := ar.Files[:0]
				for _, f := range ar.Files {
					if !isGolden(f.Name) {
						keep = append(keep, f)
					}
				}
				ar.Files = append(keep, got...)
				if err := os.WriteFile(path, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			for _, g := range got {
				if diff := cmp.Diff(string(section(ar, g.Name)), string(g.Data)); diff != "" {
					t.Errorf("%s (-want +got):\n%s", g.Name, diff)
				}
			}
		})
	}
}

func isGolden(name string) bool {
	return name == "book" || name == "clusters" || name == "dropped" || name == "diagnostics"
}

func section(ar *txtar.Archive, name string) []byte {
	for _, f := range ar.Files {
		if f.Name == name {
			return f.Data
		}
	}
	return nil
}

func runCase(t *testing.T, ar *txtar.Archive) []txtar.File {
	var files []*source.File
	for _, f := range ar.Files {
		if strings.HasSuffix(f.Name, ".md") {
			files = append(files, source.NewFile(f.Name, f.Data))
		}
	}
	b := parse(files...)
	b.Typed = typed(string(section(ar, "contents")))
	s := read(b)
	names := s.namer()
	yaml := placeholder.ReplaceAllStringFunc(string(section(ar, "decisions.yaml")), func(m string) string {
		sub := placeholder.FindStringSubmatch(m)
		n := 1
		if sub[3] != "" {
			n = int(sub[3][0] - '0')
		}
		for i := range s.parts {
			if sub[1] == "" && s.heading(i) == sub[2] {
				if n--; n == 0 {
					return "'" + names.reference(i) + "'"
				}
			}
		}
		for u := range s.units {
			if sub[1] != "" && strings.HasPrefix(strings.TrimLeft(s.units[u].text(), "-*0123456789. "), sub[2]) {
				return s.unitName(u)
			}
		}
		return m
	})
	d, ds, err := ParseDecisions(source.NewFile("decisions.yaml", []byte(yaml)))
	if err != nil {
		t.Fatal(err)
	}
	merged, r, more := Merge(b, d)
	accounted(t, b, merged, r)
	again, _, _ := Merge(merged, Decisions{Auto: d.Auto})
	if x, y := dump(merged), dump(again); x != y && len(d.List) == 0 {
		t.Errorf("merging again changes the book (-once +twice):\n%s", cmp.Diff(x, y))
	}
	rewritten := parse(Rewrite(b, d)...)
	if x, y := bare(dump(merged)), bare(dump(rewritten)); x != y {
		t.Errorf("the rewritten manuscript reads otherwise (-merged +rewritten):\n%s", cmp.Diff(x, y))
	}
	var diags, dropped strings.Builder
	for _, x := range append(ds, more...) {
		p := x.Pos()
		fmt.Fprintf(&diags, "%s:%d:%d: %s [%s]\n", p.Path, p.Line, p.Column, x.Message.En, x.Code)
	}
	for _, l := range r.Dropped {
		fmt.Fprintf(&dropped, "%s %d: %s\n", l.Why, l.Span.Pos().Line, l.Text)
	}
	return []txtar.File{{Name: "book", Data: []byte(dump(merged))}, {Name: "clusters", Data: []byte(Text(r, "en"))},
		{Name: "dropped", Data: []byte(dropped.String())}, {Name: "diagnostics", Data: []byte(diags.String())}}
}

// bare takes from a dump what a manuscript's text does not carry.
func bare(s string) string {
	return regexp.MustCompile(`(?m) aliases .*$| \(unnumbered\)| \{\.unnumbered\}`).ReplaceAllString(s, "")
}

// typed reads the case's contents list; the depth is two spaces a level.
func typed(s string) []book.TypedEntry {
	var out []book.TypedEntry
	for _, line := range strings.Split(strings.TrimSpace(s), "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		e := book.TypedEntry{Level: (len(line) - len(strings.TrimLeft(line, " "))) / 2, Title: strings.TrimSpace(line)}
		if m := typedNumber.FindStringSubmatch(e.Title); m != nil {
			e.Number, e.Title = m[1], m[2]
		}
		out = append(out, e)
	}
	return out
}
