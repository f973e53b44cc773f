package check

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"banxin/pipeline/diag"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestExamples holds every rule to its documentation: the example triggers it,
// and every text is there in both languages.
func TestExamples(t *testing.T) {
	for _, r := range Rules() {
		t.Run(r.Code, func(t *testing.T) {
			for _, x := range []diag.Text{r.What, r.Why, r.Fix} {
				if x.En == "" || x.Zh == "" {
					t.Error("a text is missing")
				}
			}
			files := map[string]string{"book.md": r.Example}
			if strings.HasPrefix(r.Code, "meta-") && r.Code != "meta-in-heading" || strings.HasPrefix(r.Code, "term-") {
				files = map[string]string{"book.yaml": r.Example, "book.md": "# 甲\n\n网际网路与概念（Embedding）。\n"}
			}
			if r.Code == "zh-latin-spacing" {
				files["book.md"] += strings.Repeat("\n用 Go 写的 Web 程序。\n", 12)
			}
			if count(Run(load(t, manuscript(files))), r.Code) == 0 {
				t.Errorf("the example does not trigger the rule:\n%s", r.Example)
			}
		})
	}
}

func count(l diag.List, code string) int {
	n := 0
	for _, d := range l {
		if d.Code == code {
			n++
		}
	}
	return n
}

// TestGolden runs testdata: an archive is named after a rule and holds two
// manuscripts, bad/ and clean/. What the rule says of bad/ is in want; of
// clean/, which looks like it, it says nothing.
func TestGolden(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range cases {
		code := strings.TrimSuffix(filepath.Base(name), ".txtar")
		t.Run(code, func(t *testing.T) {
			ar, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			bad, clean, want := map[string]string{}, map[string]string{}, ""
			for _, f := range ar.Files {
				switch dir, rest, _ := strings.Cut(f.Name, "/"); dir {
				case "bad":
					bad[rest] = raw(f.Data)
				case "clean":
					clean[rest] = raw(f.Data)
				case "want":
					want = string(f.Data)
				}
			}
			got := findings(Run(load(t, manuscript(bad))), code)
			if got == "" {
				t.Error("no finding in bad/")
			}
			if f := findings(Run(load(t, manuscript(clean))), code); f != "" {
				t.Errorf("findings in clean/:\n%s", f)
			}
			if *update {
				kept := ar.Files[:0]
				for _, f := range ar.Files {
					if f.Name != "want" {
						kept = append(kept, f)
					}
				}
				ar.Files = append(kept, txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(name, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

// raw undoes the marks that keep spaces and blank lines visible in archives:
// ␠ is a space.
func raw(data []byte) string { return strings.ReplaceAll(string(data), "␠", " ") }

// findings prints the findings of one rule.
func findings(l diag.List, code string) string {
	var b strings.Builder
	l.Sort()
	for _, d := range l {
		if d.Code != code {
			continue
		}
		p, z := d.Pos(), d.Span.EndPos()
		fmt.Fprintf(&b, "%s:%d:%d-%d:%d %s | %s\n", p.Path, p.Line, p.Column, z.Line, z.Column, d.Message.En, d.Message.Zh)
		if d.Hint.En != "" {
			fmt.Fprintf(&b, "  hint: %s | %s\n", d.Hint.En, d.Hint.Zh)
		}
		for _, r := range d.Related {
			p := r.Span.Pos()
			fmt.Fprintf(&b, "  see %s:%d:%d %s\n", p.Path, p.Line, p.Column, r.Message.En)
		}
		if d.Fix != nil {
			for _, e := range d.Fix.Edits {
				p, z := e.Span.Pos(), e.Span.EndPos()
				fmt.Fprintf(&b, "  fix %d:%d-%d:%d %q\n", p.Line, p.Column, z.Line, z.Column, e.New)
			}
		}
	}
	return b.String()
}
