package markdown

import (
	"fmt"
	"strings"
	"testing"

	"banxin/pipeline/book"
	"banxin/pipeline/source"
)

// outlined lists a book's sections by depth, those out of the contents starred.
func outlined(t *testing.T, opt Options, files ...string) string {
	t.Helper()
	m := &source.Manuscript{}
	for i := 0; i < len(files); i += 2 {
		m.Files = append(m.Files, source.NewFile(files[i], []byte(files[i+1])))
	}
	b, _ := Parse(m, opt)
	var out []string
	b.Walk(func(s *book.Section) bool {
		star := ""
		if s.Unlisted {
			star = "*"
		}
		out = append(out, fmt.Sprintf("%d%s%s", s.Level, book.PlainText(s.Title), star))
		return true
	})
	return strings.Join(out, " ")
}

func TestByways(t *testing.T) {
	got := outlined(t, Options{},
		"a.md", "# 一\n\n正文。\n\n## links\n\n* [目录](b.md)\n* 下一节: [二](<b.md>)\n",
		"b.md", "# 二\n\n## 相关\n\n- [别处](https://example.org)\n\n## 又见\n\n[一](a.md)里说过的事，这里还要从另一个角度再说一遍才算完整。\n\n## Next\n\n[一](a.md)\n")
	if want := "1一 2links* 1二 2相关 2又见 2Next*"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestOneEntry: where the contents name a file by its first heading, further
// headings as high stand under it; a file of several chapters keeps them.
func TestOneEntry(t *testing.T) {
	text := "## 安装\n\n### 甲\n\n## 卸载\n\n### 乙\n"
	got := outlined(t, Options{Chapters: map[string]book.ChapterFile{"a.md": {Title: "安 装", Listed: true, Depth: 1}}}, "a.md", text)
	if want := "2安装 3甲 3卸载 4乙"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	got = outlined(t, Options{Chapters: map[string]book.ChapterFile{"a.md": {Title: "全书", Listed: true}}}, "a.md", text)
	if want := "1安装 2甲 1卸载 2乙"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestPrograms(t *testing.T) {
	b, diags := Parse(&source.Manuscript{Files: []*source.File{source.NewFile("a.md", []byte("[a](JavaScript:alert(1)) [b](https://example.org) <a href=\"data:text/html,x\">c</a>\n"))}}, Options{})
	var dests []string
	b.EachText(func(ns []book.Inline) {
		book.EachInline(ns, func(n book.Inline) bool {
			if l, ok := n.(*book.Link); ok {
				dests = append(dests, l.Dest)
			}
			return true
		})
	})
	if got := strings.Join(dests, ","); got != ",https://example.org," || len(diags) != 2 {
		t.Errorf("destinations %q, %v", got, diags)
	}
}
