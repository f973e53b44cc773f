package diagram

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// corpus reads the cases whose names hold a text, in the order of their files.
func corpus(t testing.TB, holds string) []corpusCase {
	t.Helper()
	files, err := filepath.Glob("testdata/corpus/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no corpus", err)
	}
	var out []corpusCase
	for _, name := range files {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range a.Files {
			c := corpusCase{name: strings.TrimSuffix(filepath.Base(name), ".txtar") + "/" + f.Name, language: "mermaid", src: string(f.Data)}
			if strings.HasSuffix(f.Name, ".dot") {
				c.language = "dot"
			}
			if strings.Contains(c.name, holds) {
				out = append(out, c)
			}
		}
	}
	return out
}
