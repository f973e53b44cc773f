package epub

import (
	"bytes"
	"compress/flate"
	"io"
	"strings"
	"testing"

	"banxin/pipeline/book"
	"banxin/pipeline/font"
	"banxin/pipeline/layout"
	"banxin/pipeline/page"
	"banxin/pipeline/source"
	"banxin/pipeline/unit"
)

func TestOutside(t *testing.T) {
	for dest, want := range map[string]string{
		"https://e.org/a b?x=[1]#p#q":    "https://e.org/a%20b?x=%5B1%5D#p%23q",
		"http://e.org/路%20%zz":           "",
		"http://e.org/路%20":              "http://e.org/%E8%B7%AF%20",
		"https://例子.cn/":                 "https://例子.cn/",
		"http://[::1]:80/":               "http://[::1]:80/",
		"https://e.org/x](https://e.org": "https://e.org/x%5D(https://e.org",
		"mailto:a@b.c":                   "mailto:a@b.c",
		"javascript:alert(1)":            "",
		"http:///nowhere":                "",
		"chapter.md":                     "",
		"data:text/html,x":               "",
	} {
		if got := outside(dest); got != want {
			t.Errorf("outside(%q) = %q, want %q", dest, got, want)
		}
	}
}

func TestCleanSVG(t *testing.T) {
	in := `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x "y">]><svg onload="x()" width="1"><script>bad()</script><a href="https://e.org"><rect fill="url(http://e.org/x)" style="fill:url(#g)"/></a><foreignObject><p>no</p></foreignObject><text>a&lt;b</text></svg>`
	got, err := cleanSVG([]byte(in))
	if err != nil {
		t.Fatal(err)
	}
	want := `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<svg width="1" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><a><rect style="fill:url(#g)"></rect></a><text>a&lt;b</text></svg>`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for _, bad := range []string{"<svg>", "<svg></g></svg>", "<svg><script></svg>"} {
		if _, err := cleanSVG([]byte(bad)); err == nil {
			t.Errorf("cleanSVG(%q) says nothing", bad)
		}
	}
}

// long is a chapter that must be split: sections of some size with a link from
// the last to the first.
func long(sections, size int) Input {
	body := strings.Repeat("长章之文，", size/15)
	ch := &book.Section{Role: book.Chapter, Label: "c", Title: line(txt("长章")), Blocks: words1(body)}
	for i := range sections {
		blocks := words1(body)
		if i == sections-1 {
			blocks = append(blocks, para(&book.Link{Dest: "#k0", Target: "k0", Kids: line(txt("首节"))}))
		}
		ch.Sections = append(ch.Sections, &book.Section{Level: 2, Label: "k" + string(rune('0'+i)), Title: line(txt("节")), Blocks: blocks})
	}
	return Input{Book: &book.Book{Meta: book.Meta{Title: "长", Language: "zh-CN"}, Sections: []*book.Section{ch}}}
}

func TestLongChapterIsSplit(t *testing.T) {
	in := long(8, 100_000)
	data := build(t, in)
	var names []string
	last := ""
	for _, f := range open(t, data).File {
		if strings.Contains(f.Name, "chapter") {
			names = append(names, f.Name)
			last = string(contents(t, f))
			if len(last) > longFile*11/10 {
				t.Errorf("%s has %d bytes", f.Name, len(last))
			}
		}
	}
	if len(names) < 3 {
		t.Errorf("documents: %v", names)
	}
	if !strings.Contains(last, `href="chapter001.xhtml#k0"`) {
		t.Error("the link to the first document is lost")
	}
	in.Index = nil
	if got, want := letters(readText(t, data)), letters(in.modelText()); got != want {
		t.Error("the text differs")
	}
}

// TestPageList sets a text on two pages, the second of which begins inside it.
func TestPageList(t *testing.T) {
	f := source.NewFile("a.md", []byte("# 章\n\n甲乙丙丁"))
	at := func(a, b int) source.Span { return source.Span{File: f, Start: a, End: b} }
	text := &book.Text{Leaf: book.Leaf{Span: at(7, 19)}, Value: "甲乙丙丁"}
	ch := &book.Section{Role: book.Chapter, Label: "c", Heading: at(0, 5), Title: []book.Inline{&book.Text{Leaf: book.Leaf{Span: at(2, 5)}, Value: "章"}}, Blocks: []book.Block{&book.Paragraph{Node: book.Node{Span: at(7, 19)}, Inlines: line(text)}}}
	pageOf := func(folio string, s source.Span) *page.Page {
		fr := &page.Frame{Width: unit.In, Height: unit.In}
		fr.Add(0, 0, &page.Glyphs{Text: "head"})
		fr.Add(0, 0, &page.Glyphs{Text: "x", Span: s})
		return &page.Page{Folio: folio, Frame: fr}
	}
	in := Input{Book: &book.Book{Meta: book.Meta{Title: "页"}, Sections: []*book.Section{ch}},
		Pages: &page.Document{Pages: []*page.Page{pageOf("1", at(0, 5)), pageOf("2", at(13, 19))}}}
	var chapter, nav string
	for _, f := range open(t, build(t, in)).File {
		switch f.Name {
		case "EPUB/xhtml/chapter001.xhtml":
			chapter = string(contents(t, f))
		case navName:
			nav = string(contents(t, f))
		}
	}
	if want := `甲乙<span epub:type="pagebreak" role="doc-pagebreak" id="page-2" aria-label="2"></span>丙丁`; !strings.Contains(chapter, want) {
		t.Errorf("no %s in\n%s", want, chapter)
	}
	if !strings.Contains(nav, `<a href="xhtml/chapter001.xhtml#page-1">1</a>`) || !strings.Contains(nav, "#page-2") {
		t.Errorf("page list:\n%s", nav)
	}
}

func TestWordStart(t *testing.T) {
	for _, c := range []struct {
		text     string
		at, want int
	}{
		{"IEEE Transactions on", 12, 5}, {"été", 3, 0}, {"甲乙", 3, 3}, {"甲word", 5, 3}, {"two words", 3, 3}, {"two words", 4, 4}, {"end", 3, 3}, {"", 0, 0}, {"한국", 3, 3},
	} {
		if got := wordStart(c.text, c.at); got != c.want {
			t.Errorf("wordStart(%q, %d) = %d, want %d", c.text, c.at, got, c.want)
		}
	}
}

func TestMostlyLatin(t *testing.T) {
	for text, want := range map[string]bool{"Deep Learning. MIT Press, 2016.": true, "TensorFlow": false, "使用 Go 语言": false, "Müller, K. Über Bücher": true, "A long enough title of a book 甲": true, "1 2 3": false, "": false} {
		if got := mostlyLatin(text); got != want {
			t.Errorf("mostlyLatin(%q) = %v", text, got)
		}
	}
}

// TestLatinRuns sets emphasis, items and their paragraphs by their letters and
// by what stands before them.
func TestLatinRuns(t *testing.T) {
	list := &book.List{Items: []*book.Item{
		{Blocks: words1("Deep Learning. MIT Press.")},
		{Blocks: []book.Block{para(&book.Strong{Kids: line(txt("名"))}, txt("：")), para(txt("一")), para(txt("二"))}},
	}}
	ch := &book.Section{Role: book.Chapter, Title: line(txt("章")), Blocks: []book.Block{para(&book.Emph{Kids: line(txt("Long memory"))}, &book.Emph{Kids: line(txt("着重 a"))}), list}}
	in := Input{Book: &book.Book{Meta: book.Meta{Title: "书", Language: "zh-CN"}, Sections: []*book.Section{ch}}}
	for _, f := range open(t, build(t, in)).File {
		if f.Name != "EPUB/xhtml/chapter001.xhtml" {
			continue
		}
		got := string(contents(t, f))
		for _, want := range []string{
			`<em class="latin">Long memory</em><em>着重 a</em>`, `<li class="latin" lang="en" xml:lang="en">Deep`,
			`<li><p class="continued"><strong>名</strong>：</p>`, `<p class="continued">一</p>`, `<p>二</p>`,
		} {
			if !strings.Contains(got, want) {
				t.Errorf("no %s in\n%s", want, got)
			}
		}
		return
	}
	t.Error("no chapter")
}

func TestTitleLines(t *testing.T) {
	none, err := font.Open(nil, font.Request{})
	if err != nil {
		t.Fatal(err)
	}
	a := &artist{plan: &plan{Input: Input{Fonts: none}}}
	var got []string
	for _, p := range a.pieces("Go语言：“从零”到 一 Go 1.26", font.Style{}) {
		got = append(got, p.text)
	}
	if want := "Go|语|言：|“从|零”|到|一|Go|1.26"; strings.Join(got, "|") != want {
		t.Errorf("pieces %v, want %s", got, want)
	}
	ps := []piece{{text: "a", width: 1000}, {text: "b", width: 1000}, {text: "c", width: 1000}, {text: "d", width: 1000}}
	if got := balanced(ps, 3000); len(got) != 2 || len(got[0]) != 2 {
		t.Errorf("balanced: %v", got)
	}
}

// FuzzAssemble holds every document of any book to XML's law. It stops short
// of go-epub, whose random names upset the fuzzer.
func FuzzAssemble(f *testing.F) {
	f.Add("题", "文\x00<&\xff", "id 一", "go", "http://[", "页")
	f.Fuzz(func(t *testing.T, title, text, label, lang, dest, folio string) {
		in := Input{Book: &book.Book{Meta: book.Meta{Title: title, Subtitle: text, ISBN: label, Date: folio, SeriesNumber: dest, Series: text, Identifier: dest, Creators: []book.Creator{{Name: text, Role: lang}}},
			Sections: []*book.Section{{Label: label, Aliases: []string{text}, Classes: []string{dest}, Title: line(txt(title)), Blocks: []book.Block{
				para(txt(text), &book.Link{Dest: dest, Title: text, Kids: line(txt(text))}, &book.Image{Src: dest, Alt: text}, &book.Anchor{ID: label}, &book.Styled{Classes: []string{lang}}),
				&book.Code{Text: text}, &book.Admonition{Kind: lang, Blocks: words1(text)}, &book.Table{}, &book.Figure{},
			}}}}, Layout: &layout.Layout{EPUB: layout.EPUB{Variant: lang}}}
		c, _ := assemble(in)
		for _, p := range c.pages {
			doc, err := io.ReadAll(flate.NewReader(bytes.NewReader(p.packed.data)))
			if err != nil || len(doc) != p.packed.size {
				t.Fatal(err)
			}
			wellFormed(t, p.name, doc)
		}
		wellFormed(t, opfName, c.opf)
		wellFormed(t, ncxName, c.ncx)
		wellFormed(t, navName, c.nav)
	})
}

func TestCSSEndsWithTheLayouts(t *testing.T) {
	css := styleSheet(&layout.Layout{EPUB: layout.EPUB{CSS: "p { margin: 1em; }"}}, "zh-CN", true, nil)
	if !bytes.HasSuffix(css, []byte("p { margin: 1em; }\n")) || !bytes.Contains(css, []byte("text-emphasis: filled dot")) {
		t.Errorf("%s", css)
	}
}
