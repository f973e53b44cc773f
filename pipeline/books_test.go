package pipeline_test

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"banxin/fonts"
	"banxin/layouts"
	"banxin/pipeline"
	"banxin/pipeline/markdown"
	"banxin/pipeline/project"
)

var update = flag.Bool("update", false, "rewrite the golden cases")

// folder is the book of an archive: its files, with pictures drawn for the
// names that want them, and for the book that says so with the line ends and
// the byte order mark of other systems.
func folder(t *testing.T, ar *txtar.Archive) fstest.MapFS {
	t.Helper()
	m := fstest.MapFS{}
	crlf := strings.Contains(string(ar.Comment), "CR LF")
	for _, f := range ar.Files {
		if f.Name == "findings" {
			continue
		}
		data := f.Data
		if crlf && path.Ext(f.Name) == ".md" {
			data = append([]byte("\ufeff"), bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))...)
		}
		m[f.Name] = &fstest.MapFile{Data: data}
	}
	for name := range m {
		if base, ok := strings.CutSuffix(name, "images/bridge.svg"); ok {
			m[base+"images/dot.png"] = &fstest.MapFile{Data: dot(t, "png")}
			m[base+"images/dot.gif"] = &fstest.MapFile{Data: dot(t, "gif")}
			m[base+"images/dot.jpg"] = &fstest.MapFile{Data: dot(t, "jpeg")}
		}
	}
	if m["static/images/README.txt"] != nil {
		m["static/images/dot.png"] = &fstest.MapFile{Data: dot(t, "png")}
	}
	return m
}

func dot(t *testing.T, format string) []byte {
	t.Helper()
	im := image.NewPaletted(image.Rect(0, 0, 600, 300), color.Palette{color.White, color.Black})
	for x := range 600 {
		im.SetColorIndex(x, x/2, 1)
	}
	var b bytes.Buffer
	var err error
	switch format {
	case "png":
		err = png.Encode(&b, im)
	case "gif":
		err = gif.Encode(&b, im, nil)
	case "jpeg":
		err = jpeg.Encode(&b, im, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestBooks builds a small book of every kind of folder and language with no
// configuration: nothing of its text is lost, and the findings are those the
// case lists.
func TestBooks(t *testing.T) {
	cases, err := filepath.Glob("testdata/books/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("no books", err)
	}
	for _, name := range cases {
		t.Run(filepath.Base(name), func(t *testing.T) {
			ar, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			out, err := pipeline.Build(pipeline.Input{Manuscript: folder(t, ar), Layouts: []fs.FS{layouts.FS},
				Fonts: []fs.FS{os.DirFS("../fonts"), fonts.FS()}}, pipeline.AsItComes())
			if err != nil {
				t.Fatal(err)
			}
			keepsText(t, out)
			findings(t, name, ar, out)
		})
	}
}

// keepsText checks the law of text_test.go.
func keepsText(t *testing.T, out *pipeline.Output) {
	t.Helper()
	body, all := printed(out.Pages)
	if s := lost(said(out.Merged, "print"), body, all); s != "" {
		t.Errorf("on the pages: %s", s)
	}
	body, all = read(t, out.Files[out.Slug+".epub"])
	if s := lost(said(out.Merged, "ebook"), body, all); s != "" {
		t.Errorf("in the e-book: %s", s)
	}
}

// findings compares what the stages that read the manuscript report; the other
// stages have cases of their own.
func findings(t *testing.T, name string, ar *txtar.Archive, out *pipeline.Output) {
	t.Helper()
	var b strings.Builder
	reading := map[string]bool{}
	for _, r := range append(project.Rules(), markdown.Rules()...) {
		reading[r.Code] = true
	}
	for _, d := range out.Diags {
		if !reading[d.Code] {
			continue
		}
		p := d.Pos()
		fmt.Fprintf(&b, "%s:%d %s [%s] %s\n", p.Path, p.Line, d.Severity, d.Code, d.Message.En)
	}
	for i, f := range ar.Files {
		if f.Name != "findings" {
			continue
		}
		if *update {
			ar.Files[i].Data = []byte(b.String())
			if err := os.WriteFile(name, txtar.Format(ar), 0o644); err != nil {
				t.Fatal(err)
			}
		} else if d := cmp.Diff(string(f.Data), b.String()); d != "" {
			t.Errorf("findings (- golden, + now)\n%s", d)
		}
		return
	}
	t.Errorf("the case has no findings; these were made:\n%s", b.String())
}
