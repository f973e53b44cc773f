//go:build conform

package epub

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"banxin/layouts"
	"banxin/pipeline/book"
	"banxin/pipeline/font"
	"banxin/pipeline/layout"
)

// The judges of this file are other people's programs, as .ci/install puts
// them in place. One that is missing fails the test.
const tools = "../../out/tools"

// kept writes an e-book where a judge can read it.
func kept(t *testing.T, name string, data []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name+".epub")
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

// epubcheck returns what EPUBCheck says of e-books, a line a message.
func epubcheck(t *testing.T, name string, data []byte) []string {
	t.Helper()
	jars, err := filepath.Glob(tools + "/py/lib/*/site-packages/epubcheck/epubcheck*.jar")
	if err != nil || len(jars) == 0 {
		t.Fatal("EPUBCheck is not installed: run .ci/install")
	}
	out, _ := exec.Command("java", "-jar", jars[0], kept(t, name, data)).CombinedOutput()
	if !bytes.Contains(out, []byte("Messages:")) {
		t.Fatalf("EPUBCheck did not run: %s", out)
	}
	var said []string
	for _, l := range strings.Split(string(out), "\n") {
		if strings.HasPrefix(l, "ERROR") || strings.HasPrefix(l, "WARNING") || strings.HasPrefix(l, "FATAL") {
			said = append(said, l)
		}
	}
	return said
}

func clean(t *testing.T, name string, data []byte) {
	t.Helper()
	if said := epubcheck(t, name, data); len(said) > 0 {
		t.Errorf("EPUBCheck of %s:\n%s", name, strings.Join(said, "\n"))
	}
}

// faces are those a layout asks for.
func faces(t *testing.T, l *layout.Layout) *font.Set {
	t.Helper()
	want := font.Request{Roles: map[font.Role]map[string][]font.Wish{}}
	for role, langs := range l.Fonts {
		want.Roles[font.Role(role)] = map[string][]font.Wish{}
		for lang, families := range langs {
			for _, f := range families {
				want.Roles[font.Role(role)][lang] = append(want.Roles[font.Role(role)][lang], font.Wish{Family: f.Name, Bold: f.Bold, Italic: f.Italic})
			}
		}
	}
	set, err := font.Open([]fs.FS{os.DirFS("../../fonts"), os.DirFS("/usr/share/fonts")}, want)
	if err != nil || set.Primary(font.Style{Role: font.Song, Lang: "zh-CN"}) == nil {
		t.Fatal("no face: run make fonts", err)
	}
	return set
}

func TestConformEPUBCheck(t *testing.T) {
	for _, lang := range []string{"zh-CN", "zh-Hant-TW", "ja", "ko", "en"} {
		in := everything()
		in.Book.Meta.Language = lang
		clean(t, "everything-"+lang, build(t, in))
	}
	clean(t, "long", build(t, long(6, 100_000)))
	clean(t, "empty", build(t, Input{Book: &book.Book{}}))
}

// TestConformVariants has every variant judged, with faces to draw and to
// embed.
func TestConformVariants(t *testing.T) {
	l, err := layout.Load([]fs.FS{layouts.FS}, "a5")
	if err != nil {
		t.Fatal(err)
	}
	set := faces(t, l)
	for _, v := range []string{"generic", variantApple, variantKindle, variantConservative} {
		in := everything()
		own := *l
		own.EPUB = layout.EPUB{Variant: v, EmbedFonts: "subset"}
		in.Layout, in.Fonts = &own, set
		clean(t, v, build(t, in))
	}
	in := everything()
	own := *l
	own.EPUB.Variant = variantDuokan
	in.Layout, in.Fonts = &own, set
	// What docs/epub.md lists, and no more.
	for _, said := range epubcheck(t, variantDuokan, build(t, in)) {
		if !strings.Contains(said, `OPF-027`) || !strings.Contains(said, "duokan-page-fullscreen") {
			t.Error(said)
		}
	}
}

// TestConformManuscript has the book of this repository judged in every layout.
func TestConformManuscript(t *testing.T) {
	for _, name := range []string{"a5", "16k", "32k"} {
		clean(t, name, build(t, manuscript(t, os.DirFS("../../manuscript"), name)))
	}
}

// TestConformAce runs DAISY's Ace.
func TestConformAce(t *testing.T) {
	dir := t.TempDir()
	// Ace drives Chromium, which as root needs to be told.
	browser := filepath.Join(dir, "chromium")
	if err := os.WriteFile(browser, []byte("#!/bin/sh\nexec chromium --no-sandbox \"$@\"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(tools+"/ace/node_modules/.bin/ace-puppeteer", "-f", "-o", dir, kept(t, "everything", build(t, everything())))
	c.Env = append(os.Environ(), "PUPPETEER_EXECUTABLE_PATH="+browser)
	if out, err := c.CombinedOutput(); err != nil {
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

// TestConformBooks holds other manuscripts, the folders that BOOKS lists, to
// the text law and to EPUBCheck. Without BOOKS there is none to hold.
func TestConformBooks(t *testing.T) {
	for _, dir := range filepath.SplitList(os.Getenv("BOOKS")) {
		in := manuscript(t, os.DirFS(dir), "a5")
		data := build(t, in)
		sameText(t, readText(t, data), in.modelText())
		clean(t, filepath.Base(dir), data)
	}
}
