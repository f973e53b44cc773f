package outline_test

import (
	"fmt"
	"strings"
	"testing"

	"banxin/pipeline/book"
	"banxin/pipeline/markdown"
	"banxin/pipeline/outline"
	"banxin/pipeline/source"
)

// FuzzRecover: nothing is lost (sections, and blocks but captions), labels are
// unique, levels go with roles, spans stay inside the file and cover their
// descendants of it; recovering twice gives the same.
func FuzzRecover(f *testing.F) {
	f.Add("### 书\n#### 目录\n- 第1章 甲\n- 第2章 乙\n### 第1章 甲\n#### 1.1 子\n### 小结\n### 第2章 乙\n")
	f.Add("# 1 a\n# 1.1 b\n# 2 c\n## 一、d\n# 附录\n## 附录 A：x\n")
	f.Add("Part I\n===\nChapter 1: x\n---\n###### 1.1.1\n# Index\n")
	f.Add("# 摘要：x\n# 关键词：a，b\n# 前言\n# 后记\n")
	f.Fuzz(func(t *testing.T, text string) {
		file := source.NewFile("a.md", []byte(text))
		written, _ := markdown.Parse(&source.Manuscript{Files: []*source.File{file}}, markdown.Options{})
		before := count(written)
		b, _ := outline.Recover(written, outline.Options{})
		if now := count(b); now != before && now != before-1 {
			t.Fatalf("%d sections of %d", now, before)
		}
		if again, _ := outline.Recover(written, outline.Options{}); show(again) != show(b) {
			t.Fatal("two runs differ")
		}
		labels := map[string]bool{}
		b.Walk(func(s *book.Section) bool {
			if s.Label == "" || labels[s.Label] {
				t.Fatalf("label %q is empty or taken", s.Label)
			}
			labels[s.Label] = true
			switch {
			case s.Role == book.Part && s.Level != 0, s.Role == book.Chapter && s.Level > 1, s.Role == book.Plain && s.Level < 2:
				t.Fatalf("%v at level %d", s.Role, s.Level)
			}
			if s.Span.Start < 0 || s.Span.End > len(text) || s.Span.Start > s.Heading.Start || s.Span.End < s.Heading.End {
				t.Fatalf("span %d-%d, heading %d-%d of %d", s.Span.Start, s.Span.End, s.Heading.Start, s.Heading.End, len(text))
			}
			for _, k := range s.Sections {
				if k.Span.Start < s.Span.Start || k.Span.End > s.Span.End {
					t.Fatal("a section stands out of its parent")
				}
			}
			return true
		})
		outline.ProposeCaptions(b)
	})
}

func count(b *book.Book) (n int) {
	b.Walk(func(*book.Section) bool { n++; return true })
	return n
}

func show(b *book.Book) string {
	var s strings.Builder
	b.Walk(func(x *book.Section) bool {
		fmt.Fprintln(&s, x.Level, x.Role, x.Typed, x.Label, x.Unnumbered, book.PlainText(x.Title))
		return true
	})
	return s.String()
}

// TestCaptions: proposals come from the nearest label, settings apply them, a
// typed caption beside its float is taken with its number.
func TestCaptions(t *testing.T) {
	text := "# 第1章 机器\n\n- **前向传播**：\n\n  说明。\n\n  ```mermaid\n  graph TD\n  A --> B\n  ```\n\n" +
		"```mermaid\ngraph TD\nC --> D\n```\n\n![](a.png)\n\n图 1-2：架构\n\n表1-1 数据\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n图1-3展示了全部。\n"
	parse := func(captions map[string]string) *book.Book {
		b, _ := markdown.Parse(&source.Manuscript{Files: []*source.File{source.NewFile("a.md", []byte(text))}}, markdown.Options{})
		b, _ = outline.Recover(b, outline.Options{Captions: captions})
		return b
	}
	proposals := outline.ProposeCaptions(parse(nil))
	if len(proposals) != 2 || proposals[0].Caption != "前向传播" || proposals[1].Caption != "机器" {
		t.Fatalf("proposals %+v", proposals)
	}
	b := parse(map[string]string{proposals[0].Fingerprint: "前向传播的过程"})
	var got []string
	book.EachBlock(b.Sections[0].Blocks, func(x book.Block) bool {
		switch x := x.(type) {
		case *book.Diagram:
			got = append(got, "diagram "+book.PlainText(x.Caption)+" "+x.Typed)
		case *book.Figure:
			got = append(got, "figure "+book.PlainText(x.Caption)+" "+x.Typed)
		case *book.Table:
			got = append(got, "table "+book.PlainText(x.Caption)+" "+x.Typed)
		}
		return true
	})
	want := "diagram 前向传播的过程 |diagram  |figure 架构 图 1-2|table 数据 表1-1"
	if s := strings.Join(got, "|"); s != want {
		t.Errorf("got %s, want %s", s, want)
	}
}

func BenchmarkRecover(b *testing.B) {
	var s strings.Builder
	for c := 1; c <= 400; c++ {
		fmt.Fprintf(&s, "### 第三部分\n\n#### 第%d章 题目\n\n", c)
		for n := 1; n <= 10; n++ {
			fmt.Fprintf(&s, "##### %d.%d 小题\n\n%s\n\n", c, n, strings.Repeat("这是一段普通的正文。", 30))
		}
		s.WriteString("#### 小结\n\n完。\n\n")
	}
	m := &source.Manuscript{Files: []*source.File{source.NewFile("a.md", []byte(s.String()))}}
	written, _ := markdown.Parse(m, markdown.Options{})
	b.SetBytes(int64(s.Len()))
	for b.Loop() {
		outline.Recover(written, outline.Options{})
	}
}
