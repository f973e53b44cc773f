package markdown

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"banxin/pipeline/source"
)

// BenchmarkParse reads 10 MB in 800 files.
func BenchmarkParse(b *testing.B) {
	one := strings.Join(seeds[:13], "\n") + strings.Repeat("人工智能（AI）的发展，离不开**数据**与`算力`的支持；见[第二章](ch02.md)。\n", 100)
	m := &source.Manuscript{}
	size := 0
	for i := range 800 {
		t := fmt.Sprintf("# 第%d章\n\n", i)
		for len(t) < 13000 {
			t += one
		}
		size += len(t)
		m.Files = append(m.Files, source.NewFile(fmt.Sprintf("ch%03d.md", i), []byte(t)))
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		Parse(m, Options{})
	}
}

// TestHard reads text that is hard on naive parsers: one that took time in the
// square of its length would run into the test run's own limit. Memory is held
// to a multiple of the text.
func TestHard(t *testing.T) {
	for name, s := range map[string]string{
		"quotes":    strings.Repeat(">", 10000) + "深\n",
		"quotes2":   strings.Repeat(strings.Repeat(">", 2000)+" 深\n", 200),
		"lists":     nested(2000),
		"brackets":  strings.Repeat("[", 100000) + strings.Repeat("]", 100000),
		"images":    strings.Repeat("![", 50000) + strings.Repeat("](x)", 50000),
		"emphasis":  strings.Repeat("*a **b ", 50000),
		"emphasis2": strings.Repeat("a**b", 100000),
		"emphasis3": strings.Repeat("*a _b ", 50000) + strings.Repeat("c* d_ ", 50000),
		"ticks":     strings.Repeat("`a ``b ```c ", 30000),
		"dollars":   strings.Repeat("$ a $$ b \\( \\[ ", 30000),
		"tags":      strings.Repeat("<a <b x=\"y ", 30000),
		"comments":  strings.Repeat("x <!-- a ", 30000),
		"line":      strings.Repeat("一二三四五六七八九十，", 1<<16),
		"entities":  strings.Repeat("&a&b;", 50000),
		"divs":      strings.Repeat("::: a\n", 5000),
		"braces":    strings.Repeat("{{< a {b|c {@", 30000),
		"html":      strings.Repeat("<div>\n", 5000),
		"notes":     strings.Repeat("[^a", 50000),
		"table":     "|a|b|\n|-|-|\n" + strings.Repeat("|一|二|\n", 20000),
		"refs":      strings.Repeat("[a]: b\n", 5000),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		Parse(&source.Manuscript{Files: []*source.File{source.NewFile("a.md", []byte(s))}}, Options{})
		runtime.ReadMemStats(&after)
		if per := (after.TotalAlloc - before.TotalAlloc) / uint64(len(s)); per > 5000 {
			t.Errorf("%s: %d bytes allocated for each byte of text", name, per)
		}
	}
}

func nested(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", 2*i))
		b.WriteString("- 项\n")
	}
	return b.String()
}
