//go:build conform

package epub

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
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
	if out, err := exec.Command(tool, file).CombinedOutput(); err != nil {
		t.Errorf("epubcheck %s: %v\n%s", name, err, out)
	} else {
		t.Logf("%s", out)
	}
}

func TestEPUBCheck(t *testing.T) {
	epubcheck(t, "everything", build(t, everything()))
}
