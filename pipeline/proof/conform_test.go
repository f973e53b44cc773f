//go:build conform

package proof_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"banxin/pipeline/proof"
)

// script finds words by MuPDF's own search and marks them with its own
// annotations: the n-th "beta" of a page for each kind.
const script = `
var doc = new PDFDocument("proof.pdf")
var kinds = ["Highlight", "Underline", "StrikeOut", "Squiggly", "Text"]
for (var n = 0; n < 2; ++n) {
	var page = doc.loadPage(n)
	var hits = page.search("beta")
	for (var k = 0; k < kinds.length; ++k) {
		var quad = hits[k][0] instanceof Array ? hits[k][0] : hits[k]
		var a = page.createAnnotation(kinds[k])
		if (k < 4) a.setQuadPoints([quad])
		else a.setRect([quad[0], quad[1], quad[0] + 6, quad[5]])
		a.setContents("remark " + k)
		a.update()
	}
}
doc.save("marked.pdf", "garbage,compress")
`

// TestMarksOfMuPDF has MuPDF place annotations on words it found itself.
func TestMarksOfMuPDF(t *testing.T) {
	set, f := faces(t), manuscript()
	d := doc(set, f, 10)
	dir := t.TempDir()
	for name, data := range map[string][]byte{
		"proof.pdf": written(t, proof.Pages(d, nil, nil, set, proof.Options{})), "mark.js": []byte(script),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("mutool", "run", "mark.js")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	data, err := os.ReadFile(filepath.Join(dir, "marked.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := proof.Remarks(data, d)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"highlight 1 a.md:1:7 beta: remark 0", "underline 1 a.md:2:7 beta: remark 1", "strike 1 a.md:3:7 beta: remark 2",
		"squiggle 1 a.md:4:7 beta: remark 3", "note 1 a.md:5:7 b: remark 4",
		"highlight 2 a.md:11:7 beta: remark 0", "underline 2 a.md:12:7 beta: remark 1", "strike 2 a.md:13:7 beta: remark 2",
		"squiggle 2 a.md:14:7 beta: remark 3", "note 2 a.md:15:7 b: remark 4",
	}
	if diff := cmp.Diff(want, told(got)); diff != "" {
		t.Error(diff)
	}
}
