//go:build conform

package epub

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"banxin/pipeline/book"
)

// epubcheck runs EPUBCheck, which must be on the path, on an e-book.
func epubcheck(t *testing.T, name string, data []byte) {
	t.Helper()
	file := filepath.Join(t.TempDir(), name+".epub")
	if keep := os.Getenv("EPUB_KEEP"); keep != "" {
		file = filepath.Join(keep, name+".epub")
	}
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	tool, err := exec.LookPath("epubcheck")
	if err != nil {
		t.Fatal("epubcheck is not installed")
	}
	out, err := exec.Command(tool, file).CombinedOutput()
	if err != nil || bytes.Contains(out, []byte("ERROR")) || bytes.Contains(out, []byte("WARNING")) {
		t.Errorf("epubcheck %s: %v\n%s", name, err, out)
	}
}

func TestEPUBCheck(t *testing.T) {
	for _, lang := range []string{"zh-CN", "zh-Hant-TW", "ja", "ko", "en"} {
		in := everything()
		in.Book.Meta.Language = lang
		epubcheck(t, "everything-"+lang, build(t, in))
	}
	for _, v := range []string{variantApple, variantKindle, variantConservative, variantDuokan} {
		in := everything()
		in.Layout.EPUB.Variant = v
		epubcheck(t, "everything-"+v, build(t, in))
	}
	epubcheck(t, "long", build(t, long(6, 100_000)))
	epubcheck(t, "empty", build(t, Input{Book: &book.Book{}}))
}
