package pipeline_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"banxin/fonts"
	"banxin/layouts"
	"banxin/pipeline"
)

// TestNoFont: a machine without any CJK face is told which files would serve
// and where to put them, and is told once.
func TestNoFont(t *testing.T) {
	out, err := pipeline.Build(pipeline.Input{Manuscript: fstest.MapFS{"one.md": {Data: []byte("# 第一章\n\n没有字体的机器，也要说清楚缺什么。天地玄黄，宇宙洪荒，日月盈昃，辰宿列张，寒来暑往，秋收冬藏。\n")}},
		Layouts: []fs.FS{layouts.FS}, Fonts: []fs.FS{fonts.FS()}}, pipeline.Release())
	if err != nil {
		t.Fatal(err)
	}
	if out.Refused == nil || len(out.Files) > 0 {
		t.Error("a release without its letters is not refused")
	}
	var said []string
	for _, d := range out.Diags {
		if strings.HasPrefix(d.Code, "font-") || d.Code == "glyph-missing" {
			m := d.Code + ": " + d.Message.En
			m += " " + d.Hint.En
			said = append(said, m)
		}
	}
	text := strings.Join(said, "\n")
	for _, want := range []string{"font-missing: no font file serves the role song", "Noto Serif SC", "fonts folder of the book"} {
		if !strings.Contains(text, want) {
			t.Errorf("nothing says %q:\n%s", want, text)
		}
	}
	if n := strings.Count(text, "glyph-missing"); n > 2 {
		t.Errorf("missing characters are told %d times", n)
	}
}
