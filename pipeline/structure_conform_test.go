//go:build conform

package pipeline_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"banxin/fonts"
	"banxin/layouts"
	"banxin/pipeline"
)

// spoken is a tagged PDF's text in the order of its structure, as poppler reads
// it: without and with what is set apart, each piece as it stands.
func spoken(t *testing.T, pdf []byte) (body, all string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "x.pdf")
	if err := os.WriteFile(file, pdf, 0o644); err != nil {
		t.Fatal(err)
	}
	c := exec.Command("pdfinfo", "-enc", "UTF-8", "-struct-text", file)
	c.Stderr = os.Stderr
	out, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	var b, a strings.Builder
	apart := -1 // indent of the element that is set apart
	for line := range strings.Lines(string(out)) {
		line = strings.TrimRight(line, "\n")
		text := strings.TrimLeft(line, " ")
		indent := len(line) - len(text)
		if apart >= 0 && indent <= apart {
			apart = -1
		}
		if s, ok := strings.CutPrefix(text, `"`); ok {
			s = strings.TrimSuffix(s, `"`)
			a.WriteString(s)
			if apart < 0 {
				b.WriteString(s)
			}
			continue
		}
		b.WriteByte('\n')
		kind, _, _ := strings.Cut(text, " ")
		switch kind {
		case "Note", "TOC", "Formula":
			if apart < 0 {
				apart = indent
			}
		}
	}
	return b.String(), a.String()
}

// TestConformStructure: a screen reader hears the book in its order.
func TestConformStructure(t *testing.T) {
	e := pipeline.Release()
	e.Draft, e.EPUB, e.Print = true, false, false
	out, err := pipeline.Build(bookInput(t), e)
	if err != nil {
		t.Fatal(err)
	}
	body, all := spoken(t, out.Files[out.Slug+".pdf"])
	if s := lost(said(out.Merged, "print"), letters(body), letters(all)); s != "" {
		t.Error(s)
	}
}

// TestConformWords: the lines of a paragraph are heard as one text, no word
// joined to the next line's and none broken by a hyphen.
func TestConformWords(t *testing.T) {
	text := strings.Repeat("Considerable typographical responsibilities accompany internationalization, notwithstanding incomprehensible abbreviations. ", 6)
	in := pipeline.Input{Layouts: []fs.FS{layouts.FS}, Fonts: []fs.FS{os.DirFS("../fonts"), fonts.FS()}, Manuscript: fstest.MapFS{
		"book.yaml": {Data: []byte("title: Words\nlanguage: en\nlayout: a5\nslug: words\n")},
		"one.md":    {Data: []byte("# One\n\n" + text + "\n\nA *second* one with `code`, [a link](https://example.org/) and more words. " + text + "\n")},
	}}
	e := pipeline.Release()
	e.Draft, e.EPUB, e.Print = true, false, false
	out, err := pipeline.Build(in, e)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := spoken(t, out.Files["words.pdf"])
	heard := strings.Join(strings.Fields(body), " ")
	for _, want := range []string{text, "A second one with code, a link and more words. " + text} {
		if !strings.Contains(heard, strings.TrimSpace(want)) {
			t.Errorf("not heard as it is written: %q\nin %s", want, heard)
		}
	}
}
