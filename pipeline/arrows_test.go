package pipeline_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// arrows is the import table of ARCHITECTURE.md: what a package of this module
// may import of this module.
func arrows() map[string]string {
	return map[string]string{
		"unit": "", "source": "", "code": "", "picture": "",
		"diag":              "source",
		"book":              "source",
		"font":              "unit",
		"layout":            "unit",
		"page":              "source unit font",
		"project":           "source diag book",
		"markdown":          "source diag book",
		"outline":           "source diag book",
		"dedup":             "source diag book",
		"cite":              "source diag book",
		"xref":              "source diag book cite",
		"texmath":           "unit font page",
		"diagram":           "unit font page",
		"svg":               "unit font page picture",
		"check":             "source diag book xref texmath diagram picture",
		"typeset/linebreak": "unit",
		"typeset/hyphen":    "unit",
		"typeset":           "source diag book xref unit font page layout texmath diagram svg picture code typeset/linebreak typeset/hyphen",
		"proof":             "source diag book dedup unit font page layout typeset svg",
		"prepress":          "source diag book unit font page layout picture typeset",
		"pdf":               "book unit font page picture",
		"epub":              "source diag book xref unit font page layout texmath diagram svg picture code",
		"report":            "source diag",
	}
}

// owners says which packages may import a third-party module, so that every
// module has one home and can be replaced there.
func owners() map[string]string {
	return map[string]string{
		"github.com/urfave/cli/v2":        "cmd/banxin",
		"github.com/yuin/":                "markdown",
		"github.com/go-pdf/fpdf":          "pdf",
		"github.com/bmaupin/go-epub":      "epub",
		"github.com/go-text/typesetting":  "font",
		"github.com/goccy/go-yaml":        "project layout dedup",
		"github.com/BurntSushi/toml":      "project",
		"github.com/speedata/hyphenation": "typeset/hyphen",
		"star-tex.org/x/tex":              "typeset/hyphen",
		"github.com/alecthomas/chroma":    "code",
		"github.com/longbridgeapp/opencc": "dedup check",
		"github.com/sergi/go-diff":        "dedup report proof cmd/banxin",
		"github.com/pdfcpu/pdfcpu":        "proof",
		"codeberg.org/go-fonts":           "fonts",
		"golang.org/x/image/font/gofont":  "fonts",
	}
}

// TestArrows parses every source file of the module and holds its imports
// against the two tables. Test files may import anything.
func TestArrows(t *testing.T) {
	root := ".."
	seen := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && path != root || d.Name() == "testdata" || d.Name() == "out") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		seen++
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, src, parser.ImportsOnly)
		if err != nil {
			return err
		}
		dir, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		pkg := filepath.ToSlash(dir)
		for _, i := range f.Imports {
			checkImport(t, pkg, path, strings.Trim(i.Path.Value, `"`))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 20 {
		t.Fatalf("only %d source files were seen", seen)
	}
}

func checkImport(t *testing.T, pkg, path, imp string) {
	t.Helper()
	room := strings.TrimPrefix(pkg, "pipeline/")
	if to, ok := strings.CutPrefix(imp, "banxin/"); ok {
		if pkg == "pipeline" || strings.HasPrefix(pkg, "cmd/") {
			checkTop(t, pkg, path, to)
			return
		}
		allowed, known := arrows()[room]
		if !known {
			t.Errorf("%s: package %s is not in the import table", path, room)
		} else if !slices.Contains(strings.Fields(allowed), strings.TrimPrefix(to, "pipeline/")) {
			t.Errorf("%s: %s may not import %s", path, room, to)
		}
		return
	}
	for module, rooms := range owners() {
		if strings.HasPrefix(imp, module) && !slices.Contains(strings.Fields(rooms), room) {
			t.Errorf("%s: %s is imported by %s; its home is %s", path, module, room, rooms)
		}
	}
	if imp == "os" && strings.HasPrefix(pkg, "pipeline") {
		t.Errorf("%s: no stage imports os", path)
	}
}

// checkTop holds the command and the pipeline to their own lines of the table.
func checkTop(t *testing.T, pkg, path, to string) {
	t.Helper()
	if pkg == "pipeline" && (strings.HasPrefix(to, "cmd") || to == "layouts" || to == "fonts") {
		t.Errorf("%s: the pipeline may not import %s", path, to)
	}
	if strings.HasPrefix(pkg, "cmd/") && !slices.Contains([]string{"pipeline", "pipeline/report", "pipeline/diag", "layouts", "fonts"}, to) {
		t.Errorf("%s: the command may import pipeline, report, diag, layouts and fonts, not %s", path, to)
	}
}
