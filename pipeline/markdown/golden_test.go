package markdown

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"banxin/pipeline/book"
	"banxin/pipeline/source"
)

var update = flag.Bool("update", false, "rewrite the golden cases")

// TestGolden reads each case's a.md, beside files whose names begin with inc-,
// and compares the book and the diagnostics.
func TestGolden(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("no golden cases", err)
	}
	for _, path := range cases {
		t.Run(filepath.Base(path), func(t *testing.T) {
			ar, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			book, diags := golden(t, ar)
			for i, f := range ar.Files {
				want := map[string][]byte{"book": book, "diagnostics": diags}[f.Name]
				if want == nil {
					continue
				}
				if *update {
					ar.Files[i].Data = want
				} else if d := cmp.Diff(string(f.Data), string(want)); d != "" {
					t.Errorf("%s (- golden, + now)\n%s", f.Name, d)
				}
			}
			if *update {
				if err := os.WriteFile(path, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func golden(t *testing.T, ar *txtar.Archive) (dump, diags []byte) {
	m := &source.Manuscript{}
	opt := Options{Paths: []string{"a.md", "other.md", "a.png", "images/a.png"}, Included: map[string]*source.File{}}
	opt.Bibliographies = []*source.File{source.NewFile("refs.bib", []byte("@book{known,\n}\n@book{other,\n}\n"))}
	for _, f := range ar.Files {
		switch f.Name {
		case "book", "diagnostics":
		case "a.md":
			m.Files = append(m.Files, source.NewFile(f.Name, f.Data))
		default:
			opt.Included[f.Name] = source.NewFile(f.Name, f.Data)
		}
	}
	b, ds := Parse(m, opt)
	var out bytes.Buffer
	if err := book.Dump(&out, b); err != nil {
		t.Fatal(err)
	}
	var msg bytes.Buffer
	for _, d := range ds {
		p := d.Pos()
		fmt.Fprintf(&msg, "%d:%d [%s] %s\n", p.Line, p.Column, d.Code, d.Message.En)
	}
	return append([]byte{}, out.Bytes()...), append([]byte{}, msg.Bytes()...)
}
