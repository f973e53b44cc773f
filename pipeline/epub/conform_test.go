//go:build conform

package epub

import (
	"bytes"
	"encoding/json"
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

// TestAce runs DAISY's Ace, whose puppeteer form must be on the path.
func TestAce(t *testing.T) {
	tool, err := exec.LookPath("ace-puppeteer")
	if err != nil {
		t.Fatal("ace-puppeteer is not installed")
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "everything.epub")
	if err := os.WriteFile(file, build(t, everything()), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(tool, "-f", "-o", dir, file).CombinedOutput(); err != nil {
		t.Fatalf("ace: %v\n%s", err, out)
	}
	data, err := os.ReadFile(filepath.Join(dir, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	var report struct {
		Result struct {
			Outcome string `json:"earl:outcome"`
		} `json:"earl:result"`
	}
	if err := json.Unmarshal(data, &report); err != nil {
		t.Fatal(err)
	}
	if report.Result.Outcome != "pass" {
		t.Errorf("ace: %s\n%s", report.Result.Outcome, data)
	}
}
