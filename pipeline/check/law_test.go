package check

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

// generated is a clean book of about size bytes: parts, chapters, sections,
// lists, tables, formulae, references.
func generated(size int) string {
	var b strings.Builder
	r := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("原料 工序 温度 压力 备料 预热 冷却 检验 记录 稳定 均匀 加快 放慢 减少 增加 先后 上下 内外 人工 机器 车间 仓库 运输 清洗 干燥 称量 混合 过滤 分层 取样 复核 归档")
	w := func() string { return words[r.IntN(len(words))] }
	b.WriteString("# 目录\n\n")
	chapters := max(2, size/40000)
	for c := 1; c <= chapters; c++ {
		fmt.Fprintf(&b, "- 第%d章 主题%d\n", c, c)
	}
	for c := 1; c <= chapters; c++ {
		fmt.Fprintf(&b, "\n# 第%d章 主题%d\n\n本章讲第%d个主题，先说来历，再说用法。\n", c, c, c)
		for s := 1; s <= 5; s++ {
			fmt.Fprintf(&b, "\n## %d.%d 要点%d之%d {#s-%d-%d}\n\n", c, s, c, s, c, s)
			for p := range size / chapters / 5 / 1000 {
				fmt.Fprintf(&b, "第%d次试验的结果表明，温度每升高一度，产量约增加 %d%%，而成本（以千元计，含人工）只增加 $c_%d$。", p, p%7, p)
				for range 30 {
					fmt.Fprintf(&b, "%s%s%s，", w(), w(), w())
				}
				b.WriteString("若中途停顿，则须重新预热。")
				fmt.Fprintf(&b, "详见[要点](#s-%d-%d)，又见 `code(%d)`。\n\n", c, s, p)
			}
			fmt.Fprintf(&b, "- 其一，**先%s**。\n- 其二，再%s。\n", w(), w())
			b.WriteString("\n| 项 | 值 |\n|---|---|\n| 甲 | 1 |\n\n: 结果\n")
		}
		fmt.Fprintf(&b, "\n## 本章小结\n\n以上各节说明了%s与%s、%s的关系，以及%s的要领。\n", w(), w(), w(), w())
	}
	return b.String()
}

// TestCleanBook: a clean book has no error and no warning but what it lacks in
// metadata.
func TestCleanBook(t *testing.T) {
	in := load(t, manuscript(map[string]string{"book.md": generated(200_000)}))
	allowed := map[string]bool{"toc-handwritten": true, "toc-missing-entry": true}
	for _, r := range Rules() {
		if r.Check < diag.Warning || allowed[r.Code] {
			continue
		}
		if f := findings(Run(in), r.Code); f != "" {
			t.Error(r.Code, f[:min(len(f), 500)])
		}
	}
}

// TestFixes: applying every fix leaves nothing to fix.
func TestFixes(t *testing.T) {
	text := "# 用法：\n\n先读入,再 处理.然后:\n\n\n\n其中 \\(x_i\\) 与 \\[ y_i \\] 为“真”“假”(见上)。 \n\n```latex\nE = mc^2\n```\n"
	text += strings.Repeat("\n用（甲）与（乙）。\n", 5)
	for range 3 {
		var edits []diag.Edit
		in := load(t, manuscript(map[string]string{"book.md": text}))
		for _, d := range Run(in) {
			if d.Fix != nil {
				edits = append(edits, d.Fix.Edits...)
			}
		}
		if len(edits) == 0 {
			return
		}
		slices.SortFunc(edits, func(a, b diag.Edit) int { return b.Span.Start - a.Span.Start })
		out := []byte(text)
		last := len(out)
		for _, e := range edits {
			if e.Span.End > last {
				t.Fatalf("edits overlap at %d", e.Span.Start)
			}
			last = e.Span.Start
			out = slices.Concat(out[:e.Span.Start], []byte(e.New), out[e.Span.End:])
		}
		text = string(out)
		t.Log(text)
	}
	t.Error("fixes do not come to rest")
}

// spansInside checks that a finding points into its file.
func spansInside(t *testing.T, l diag.List) {
	t.Helper()
	check := func(d diag.Diagnostic, s source.Span) {
		if s.File != nil && (s.Start < 0 || s.End < s.Start || s.End > len(s.File.Text)) {
			t.Errorf("%s: span %d-%d of %d bytes", d.Code, s.Start, s.End, len(s.File.Text))
		}
	}
	for _, d := range l {
		check(d, d.Span)
		for _, r := range d.Related {
			check(d, r.Span)
		}
		if d.Fix != nil {
			for _, e := range d.Fix.Edits {
				check(d, e.Span)
			}
		}
	}
}

// FuzzRun: no panic, every span inside its file, the same findings twice, and
// no code that no stage declares.
func FuzzRun(f *testing.F) {
	for _, r := range Rules() {
		f.Add([]byte(r.Example))
	}
	f.Add([]byte("\ufeff# 第1章 甲\r\n\r\n## 2.2\t乙：\r\n\r\n𠮷,𠮷。\r\n"))
	f.Add([]byte("# 参考文献\n\n1. [12] a, (2016. *x*. 1-2-3 doi:\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 20000 {
			return
		}
		in := load(t, manuscript(map[string]string{"book.md": string(bytes.ToValidUTF8(data, nil))}))
		a, b := Run(in), Run(in)
		if len(a) != len(b) {
			t.Fatal("not the same findings twice")
		}
		spansInside(t, a)
	})
}

func BenchmarkRun(b *testing.B) {
	text := generated(1_000_000)
	in := load(b, manuscript(map[string]string{"book.md": text}))
	in.Merged = nil // everything stands
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Run(in)
	}
}

// BenchmarkTenTimes shows that time grows with the book.
func BenchmarkTenTimes(b *testing.B) {
	text := generated(10_000_000)
	in := load(b, manuscript(map[string]string{"book.md": text}))
	in.Merged = nil // everything stands
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Run(in)
	}
}

// TestColumns: places are counted in characters, through a byte order mark,
// CRLF, tabs and characters beyond the basic plane.
func TestColumns(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"\ufeff𠮷字,再来。\r\n\r\n𠀀𠀁：𠮷,好。\r\n", "1:3 3:5"},
		{"- 甲\n\t- 乙\t丙,丁。\n", "2:7"},
		{"> 引\\*文,再引。\n", "1:7"},
		{"甲&amp;乙,丙。\n第二行,续。\n", "1:8 2:4"},
		{"**甲**,乙。\n", "1:6"},
	} {
		var got []string
		for _, d := range Run(load(t, manuscript(map[string]string{"book.md": c.text}))) {
			if d.Code == "zh-punct-mixed" {
				got = append(got, fmt.Sprintf("%d:%d", d.Pos().Line, d.Pos().Column))
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%q: %s, want %s", c.text, s, c.want)
		}
	}
}

// TestResolved: what the merge resolves is reported of the book as written and
// not of the book as merged.
func TestResolved(t *testing.T) {
	text := "# 第1章 甲\n\n## 1.1 乙\n\n码头离市区近，货轮随时可以停靠，租金也便宜。\n\n## 1.2 丙\n\n仓库在山后，运货须绕行。\n\n" +
		"# 第2章 丁\n\n## 1.1 乙\n\n码头离市区近，货轮随时可以停靠，租金也便宜。\n\n## 2.1 戊\n\n夜里封闭。\n"
	in := load(t, manuscript(map[string]string{"book.md": text}))
	for _, code := range []string{"number-duplicate", "number-parent-mismatch"} {
		if n := count(Run(in), code); n != 0 {
			t.Errorf("%s: %d findings after the merge", code, n)
		}
		w := in
		w.Merged = nil
		if n := count(Run(w), code); n != 1 {
			t.Errorf("%s: %d findings as written", code, n)
		}
	}
}
