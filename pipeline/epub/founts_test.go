package epub

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"banxin/fonts"
	"banxin/pipeline/book"
	"banxin/pipeline/font"
	"banxin/pipeline/layout"
)

// TestCasting reads a document and tells which characters are set in what.
func TestCasting(t *testing.T) {
	l := &layout.Layout{EPUB: layout.EPUB{EmbedFonts: "subset"}, Styles: map[string]layout.Style{
		"body": {Role: "song"}, "quote": {Role: "kai"}, "chapter": {Role: "hei", Bold: true}, "chapter-number": {Role: "song"}, "section": {Role: "hei"}, "table-head": {Role: "hei"}, "footnote": {Role: "song"},
	}}
	c := newCasting(&plan{Input: Input{Layout: l}, lang: "zh-CN"})
	c.note([]byte(`<title>不计</title><body><section class="chapter"><h1><span class="number">一</span> <span class="title">章</span></h1>` +
		`<p>文<em>楷</em><strong>黑<code>mono</code></strong><br/>末 &amp;</p><blockquote><p>引<em class="dotted">点</em></p></blockquote>` +
		`<section class="section"><h2>节</h2><math><mi>式</mi></math></section><table><tr><th>头</th><td>格</td></tr></table><em lang="en">slanted</em><em class="latin">leaning</em></section></body>`))
	for _, want := range []struct {
		fount
		text string
	}{
		{fount{"song", false, false}, "一文末格"}, {fount{"hei", true, false}, "章黑头"}, {fount{"hei", false, false}, "节"},
		{fount{"kai", false, false}, "楷引点"}, {fount{"mono", true, false}, "mono"}, {fount{"song", false, true}, "slanteding"},
	} {
		var got []rune
		if set := c.sets[want.fount]; set != nil {
			set.each(func(r rune) { got = append(got, r) })
		}
		for _, r := range want.text {
			if !slices.Contains(got, r) {
				t.Errorf("%v lacks %c: %q", want.fount, r, string(got))
			}
		}
	}
	for f, set := range c.sets {
		set.each(func(r rune) {
			if strings.ContainsRune("不计式", r) {
				t.Errorf("%c is in %v", r, f)
			}
		})
	}
}

func TestRare(t *testing.T) {
	for text, want := range map[string]bool{"平常的字，A。": false, "鿋": true, "鿥": true, "\ue123": true, "𠮷": true, "𝄞😀": false, "龥": false, "豈更": false, "\U000f0001": true} {
		some := false
		for _, r := range text {
			some = some || rare(r)
		}
		if some != want || want && !hasRare([]byte("前"+text+"后")) {
			t.Errorf("%q: rare %v, looked %v, want %v", text, some, hasRare([]byte(text)), want)
		}
	}
}

// latin are the faces that Go modules carry.
func latin(t *testing.T) *font.Set {
	t.Helper()
	roman := []font.Wish{{Family: "LM Roman 10"}}
	set, err := font.Open([]fs.FS{fonts.FS()}, font.Request{Roles: map[font.Role]map[string][]font.Wish{
		font.Song: {"": roman}, font.Hei: {"": roman}, font.Mono: {"": {{Family: "Go Mono"}}}}})
	if err != nil || set.Primary(font.Style{Role: font.Song}) == nil {
		t.Fatal("the faces of the modules were not found", err)
	}
	return set
}

// private is a private-use character that a face has.
func private(t *testing.T, set *font.Set) rune {
	t.Helper()
	for r := rune(0xE000); r <= 0xF8FF; r++ {
		if set.Has(font.Style{Role: font.Song}, r) {
			return r
		}
	}
	t.Fatal("no face has a private-use character")
	return 0
}

// TestEmbed embeds all characters when asked and else the rare ones alone.
func TestEmbed(t *testing.T) {
	set := latin(t)
	own := private(t, set)
	in := Input{Fonts: set, Layout: &layout.Layout{}, Book: &book.Book{Meta: book.Meta{Title: "T", Language: "en"}, Sections: []*book.Section{
		{Role: book.Chapter, Title: line(txt("Heading")), Blocks: []book.Block{para(txt("Zebra"+string(own)), &book.Emph{Kids: line(txt("Query"))}, &book.Verbatim{Text: "x"})}}}}}
	for _, c := range []struct {
		embed         string
		files         int
		there, absent string
	}{
		{"", 1, string(own), "Z"},
		{"subset", 4, string(own) + "Z", "Q"},
	} {
		in.Layout.EPUB.EmbedFonts = c.embed
		files, css, opf := fstest.MapFS{}, "", ""
		for _, f := range open(t, build(t, in)).File {
			switch {
			case strings.Contains(f.Name, "/fonts/"):
				files[strings.TrimPrefix(f.Name, root+fontsHref)] = &fstest.MapFile{Data: contents(t, f)}
			case f.Name == root+cssHref:
				css = string(contents(t, f))
			case f.Name == opfName:
				opf = string(contents(t, f))
			}
		}
		if len(files) != c.files || strings.Count(css, "@font-face") != c.files || strings.Count(opf, `media-type="font/`) != c.files {
			t.Errorf("%q: %d files, want %d; css\n%s", c.embed, len(files), c.files, css[:min(len(css), 900)])
		}
		if ranged := strings.Contains(css, "unicode-range"); ranged != (c.embed == "") {
			t.Errorf("%q: ranges %v", c.embed, ranged)
		}
		cut, err := font.Open([]fs.FS{files}, font.Request{Roles: map[font.Role]map[string][]font.Wish{font.Song: {"": {{Family: "LM Roman 10"}}}}})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range c.there {
			if !cut.Has(font.Style{Role: font.Song}, r) {
				t.Errorf("%q: the subset lacks %q", c.embed, r)
			}
		}
		if f := cut.FaceOf(font.Style{Role: font.Song}, rune(c.absent[0])); f != nil && !f.Metrics().FixedPitch && f.Metrics().ItalicAngle == 0 {
			t.Errorf("%q: the subset has %s", c.embed, c.absent)
		}
	}
}
