package diagram

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite golden files")

// TestGolden holds a few drawings against how they were, place by place, so
// that a change of layout is seen, and on every kind of processor.
func TestGolden(t *testing.T) {
	st := testStyle(testSet(t))
	for _, name := range []string{"flow/decision", "flow/subgraphs", "sequence/activation", "model/entities", "chart/pie", "graphviz/clusters.dot"} {
		c := corpus(t, name)[0]
		d, err := Draw(c.src, c.language, st)
		if err != nil {
			t.Fatal(err)
		}
		got := "title " + d.Title + "\n" + d.Description + "\n" + dumped(t, d)
		path := filepath.Join("testdata", "golden", strings.ReplaceAll(name, "/", "-")+".txt")
		if *update {
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s is drawn otherwise than in %s (go test -update rewrites it)", name, path)
		}
	}
}
