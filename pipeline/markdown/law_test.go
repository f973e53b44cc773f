package markdown

import (
	"bytes"
	"strings"
	"testing"
	"unicode"

	"banxin/pipeline/book"
	"banxin/pipeline/source"
)

// han counts the Han characters of s.
func han(s string) map[rune]int {
	n := map[rune]int{}
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			n[r]++
		}
	}
	return n
}

// checkLaws fails if a Han character of the source is not in the book, or if a
// span does not lie in its file and in its parent's span.
func checkLaws(t *testing.T, f *source.File, opt Options) *book.Book {
	t.Helper()
	b, _ := Parse(&source.Manuscript{Files: []*source.File{f}}, opt)
	var dump bytes.Buffer
	if err := book.Dump(&dump, b); err != nil {
		t.Fatal(err)
	}
	for _, l := range strings.Split(string(f.Text), "\n") {
		if k, _ := captionKind(strings.TrimLeft(l, " >")); k != "" && !strings.HasPrefix(l, "Table") {
			return b // 表： is read, not printed
		}
	}
	got := han(dump.String())
	for r, n := range han(string(f.Text)) {
		if got[r] < n {
			t.Fatalf("%q stands %d times in the source, %d times in the book\n%s\n%s", r, n, got[r], f.Text, dump.String())
		}
	}
	checkSpans(t, f, b)
	return b
}

func checkSpans(t *testing.T, f *source.File, b *book.Book) {
	t.Helper()
	var inline func(ns []book.Inline, in source.Span)
	within := func(s, in source.Span, what any) {
		if s.File == nil {
			return
		}
		if s.Start < 0 || s.End < s.Start || s.End > len(s.File.Text) {
			t.Fatalf("span [%d, %d) of %T lies outside %s\n%q", s.Start, s.End, what, s.File.Path, f.Text)
		}
		if in.File == s.File && (s.Start < in.Start || s.End > in.End) {
			t.Fatalf("span [%d, %d) of %T lies outside its parent's [%d, %d)\n%q", s.Start, s.End, what, in.Start, in.End, f.Text)
		}
	}
	inline = func(ns []book.Inline, in source.Span) {
		for _, n := range ns {
			within(n.Where(), in, n)
			inline(book.Kids(n), n.Where())
		}
	}
	blocks := func(bs []book.Block) {
		book.EachBlock(bs, func(bl book.Block) bool {
			within(bl.Where(), source.Span{}, bl)
			for _, ns := range book.Inlines(bl) {
				in := bl.Where()
				if _, ok := bl.(*book.DefinitionList); ok {
					in = source.Span{}
				}
				inline(ns, in)
			}
			return true
		})
	}
	blocks(b.Preamble)
	b.Walk(func(s *book.Section) bool {
		within(s.Heading, s.Span, s)
		inline(s.Title, s.Heading)
		blocks(s.Blocks)
		return true
	})
}

// seeds hold every construct once or more.
var seeds = []string{
	"# 标题 {#a .b}\n\n正文*强调*，**中文。**后文。\n下一行`代码`。[链接](b.md#x \"题\")![图](a.png)\n",
	"- 一\n  - 二\n    ```go\n    甲\n    ```\n- [x] 三\n\n1. 四\n2. 五\n",
	"> 引文\n> 续行\n>\n> —— 某人\n\n> [!NOTE] 题\n> 注意\n",
	"::: warning 当心\n内容\n\n:::: {.center}\n居中\n::::\n:::\n",
	"!!! note \"题\"\n    内容\n\n    续\n\n??? tip\n    折\n\n=== \"甲\"\n    乙\n",
	"| 甲 | 乙 |\n|:--|--:|\n| `a\\|b` | **丙** |\n\nTable: 表题 {#tbl:x}\n",
	"$a$ 与 $$b$$ 与 \\(c^2\\) 元 $5 和 $10\n\n$$\nE=mc^2\n$$ {#eq:e}\n\n\\[\nx\n\\]\n",
	"正文[^1]与^[行内注]。\n\n[^1]: 注文\n\n    第二段\n\n[^2]: 未用\n",
	"术语\n: 定义一\n: 定义二\n\n<div align=\"center\">\n\n**中**\n\n</div>\n\n<details><summary>摘</summary>\n\n文\n\n</details>\n",
	"<table><tr><td>甲<td>乙</table>\n<p>段<b>粗</b><br>行</p>\n<pre><code class=\"language-go\">码</code></pre>\n",
	"{漢字|かん|じ}<ruby>東<rt>とう</rt>京<rt>きょう</rt></ruby>[词]{.index reading=\"ci\"}第{@sec:x}章@fig:y[@k; 见 @b, 第3页]\n",
	"{{< figure src=\"a.png\" caption=\"题\" >}} [x]({{< ref \"b.md\" >}}) {{% 未知 %}} [[目录|页]] :smile: H~2~O x^2^ ==亮==\n",
	"#标题\n##1.1 节\n###### 末 ######\n题\n===\n次\n---\n",
	"\ufeff---\ntitle: x\n---\r\n行一\r\n行二\r\n\r\n```\r\n码\r\n",
	"```mermaid\ngraph\n```\n\n~~~latex\na=b\nc=d\n~~~\n\n```` {.python #lst:x caption=\"题\"}\n```\n码\n````\n",
	"<!-- 注 -->\n<!-- banxin: page -->\n段\n\n[TOC]\n\n*[HTML]: 文\n",
	"**“引”**后 *（甲）*乙 __丙__丁 ***戊**己*\n***\n---\n",
}

func TestLaws(t *testing.T) {
	for _, s := range seeds {
		if strings.Contains(s, "<!--") {
			s = strings.ReplaceAll(s, "<!-- 注 -->", "")
		}
		checkLaws(t, source.NewFile("a.md", []byte(s)), Options{})
	}
}

func FuzzLaws(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 4000 {
			return
		}
		file := source.NewFile("a.md", []byte(s))
		if _, _, body, _ := source.FrontMatter(file.Text); body > 3 || strings.ContainsAny(s, "<") || strings.Contains(s, "]:") || strings.Contains(s, "{") {
			b, _ := Parse(&source.Manuscript{Files: []*source.File{file}}, Options{})
			checkSpans(t, file, b)
			return
		}
		checkLaws(t, file, Options{})
	})
}
