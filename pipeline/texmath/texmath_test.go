package texmath

import (
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

var update = flag.Bool("update", false, "rewrite golden files")

// golden compares a text with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	g, w := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range max(len(g), len(w)) {
		a, b := "", ""
		if i < len(g) {
			a = g[i]
		}
		if i < len(w) {
			b = w[i]
		}
		if a != b {
			t.Fatalf("%s:%d\n got %s\nwant %s", name, i+1, a, b)
		}
	}
}

func parsed(t testing.TB, src string) *Formula {
	t.Helper()
	f, err := Parse(src, Options{})
	if err != nil {
		t.Fatalf("%s: %v", src, err)
	}
	return f
}

func sample(t testing.TB, display bool) Style {
	return Style{Fonts: faces(t), Lang: "en", Size: 10 * unit.Pt, Display: display}
}

// TestMathML compares all formulae as MathML, in a line and on a line of their
// own, and reads each as XML.
func TestMathML(t *testing.T) {
	var b strings.Builder
	for _, src := range corpus(t) {
		f := parsed(t, src)
		for _, m := range []string{f.MathML(true), f.MathML(false)} {
			if err := wellFormed(m); err != nil {
				t.Errorf("%s: %v\n%s", src, err, m)
			}
		}
		m := f.MathML(true)
		m = m[strings.Index(m, "<semantics>")+11 : strings.Index(m, "<annotation")]
		fmt.Fprintf(&b, "%s\n  %s\n", src, m)
	}
	golden(t, "mathml.txt", b.String())
}

// wellFormed reads MathML to its end.
func wellFormed(s string) error {
	d := xml.NewDecoder(strings.NewReader(s))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// TestFrames compares all formulae as set in a display.
func TestFrames(t *testing.T) {
	st := sample(t, true)
	var b strings.Builder
	for _, src := range corpus(t) {
		f, err := parsed(t, src).Frame(st)
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(src + "\n")
		if err := page.DumpFrame(&b, f, page.DumpOptions{Offsets: true}); err != nil {
			t.Fatal(err)
		}
	}
	golden(t, "frames.txt", b.String())
}

// TestBreak: the pieces of a formula are the formula.
func TestBreak(t *testing.T) {
	st := sample(t, false)
	for _, src := range corpus(t) {
		f := parsed(t, src)
		whole, err := f.Frame(st)
		if err != nil {
			t.Fatal(err)
		}
		pieces, err := f.Break(st)
		if err != nil {
			t.Fatal(err)
		}
		w, h, d := unit.Length(0), unit.Length(0), unit.Length(0)
		for i, p := range pieces {
			w += p.Frame.Width + p.Space
			h, d = max(h, p.Frame.Baseline), max(d, p.Frame.Height-p.Frame.Baseline)
			if i == len(pieces)-1 && p.Space != 0 {
				t.Errorf("%s: white behind the last piece", src)
			}
		}
		if diff := w - whole.Width; diff > 100 || diff < -100 {
			t.Errorf("%s: pieces are %v wide, the whole %v", src, w, whole.Width)
		}
		if len(pieces) > 1 && (h != whole.Baseline || d != whole.Height-whole.Baseline) {
			t.Errorf("%s: pieces are %v+%v high, the whole %v+%v", src, h, d, whole.Baseline, whole.Height-whole.Baseline)
		}
	}
	pieces, _ := parsed(t, "a + b = c - d").Break(st)
	if len(pieces) != 4 || pieces[0].Relation || !pieces[1].Relation {
		t.Errorf("a + b = c - d breaks into %d pieces", len(pieces))
	}
	if x, ok := parsed(t, "a+b = c").Relation(st); !ok || x <= 0 {
		t.Errorf("the relation is at %v, %v", x, ok)
	}
	if _, ok := parsed(t, "{a=b}").Relation(st); ok {
		t.Error("a relation in a group counts")
	}
}

// TestErrors: what is wrong, and where.
func TestErrors(t *testing.T) {
	for _, c := range []struct{ src, en, zh, at string }{
		{`\frac{a`, "{ is not closed", "{ 没有闭合", "1:6"},
		{`a }`, "} without {", "} 没有对应的 {", "1:3"},
		{"a\n + \\unknown b", `unknown command \unknown`, `未知命令 \unknown`, "2:4"},
		{`\left( a`, `\left without \right`, `\left 没有对应的 \right`, "1:1"},
		{`a \right)`, `\right without \left`, `\right 没有对应的 \left`, "1:3"},
		{`\left x \right)`, `no delimiter: x behind \left`, "", "1:7"},
		{`x^2^3`, "two superscripts on one base", "同一个底上有两个上标", "1:4"},
		{`x_a_b`, "two subscripts on one base", "", "1:4"},
		{`x^`, "^ lacks an argument", "^ 缺少参数", "1:2"},
		{`甲乙 \frac{1}`, `\frac lacks an argument`, "", "1:4"},
		{`\begin{foo}a\end{foo}`, "unknown environment foo", "未知环境 foo", "1:1"},
		{`\begin{matrix}a\end{pmatrix}`, `\begin{matrix} ends with \end{pmatrix}`, "", "1:16"},
		{`\begin{matrix}a`, `\begin is not closed`, "", "1:1"},
		{`a & b`, "& outside a matrix or an alignment", "& 不在矩阵或对齐环境中", "1:3"},
		{`\text{a $x}`, "$ is not closed", "", "1:9"},
		{`\color{nocolour} a`, "unknown colour nocolour", "未知颜色 nocolour", "1:7"},
		{`\kern1foo`, "not a length: 1fo", "", "1:6"},
		{`\def\a{\a}\a`, `the macro \a calls itself without end`, "", "1:11"},
		{`\newcommand{\a}[1]{#1#1}\a`, `\a lacks an argument`, "", "1:25"},
		{`#`, "# outside a macro", "", "1:1"},
		{`a \over b \over c`, `only one of \over, \atop, \choose in a group`, "", "1:11"},
		{strings.Repeat("{", 1000), "the formula is nested too deeply", "公式嵌套过深", ""},
		{strings.Repeat(`\sqrt`, 1000) + "x", "the formula is nested too deeply", "", ""},
		{strings.Repeat(`\left(`, 1000), "the formula is nested too deeply", "", ""},
		{strings.Repeat(`\displaystyle`, 1000), "the formula is nested too deeply", "", ""},
		{strings.Repeat(`\text{`, 1000), "the formula is nested too deeply", "", ""},
		{`\def\a#1{#1#1#1#1}\def\b{\a{\a{\a{\a{\a{xxxxxxxx}}}}}}` + strings.Repeat(`\b`, 25), "the macros grow without end", "宏展开没有尽头", ""},
	} {
		_, err := Parse(c.src, Options{})
		if err == nil {
			t.Errorf("%.40s: no error", c.src)
			continue
		}
		if at := fmt.Sprintf("%d:%d", err.Line, err.Col); err.En != c.en || c.zh != "" && err.Zh != c.zh || c.at != "" && at != c.at {
			t.Errorf("%.40s: %s %q %q, want %s %q %q", c.src, at, err.En, err.Zh, c.at, c.en, c.zh)
		}
	}
}

// TestMacros: the book's commands, in a formula and in one another.
func TestMacros(t *testing.T) {
	o := Options{Macros: map[string]string{`\E`: `\mathbb{E}`, `\set`: `\left\{#1\,\middle|\,#2\right\}`, `\twice`: `\E#1\E`}}
	for _, c := range [][2]string{{`\E x`, `\mathbb{E} x`}, {`\set{x}{y}`, `\left\{x\,\middle|\,y\right\}`}, {`\twice{a}`, `\mathbb{E}a\mathbb{E}`}} {
		f, err := Parse(c[0], o)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := body(f), body(parsed(t, c[1])); got != want {
			t.Errorf("%s\n got %s\nwant %s", c[0], got, want)
		}
	}
}

func body(f *Formula) string {
	m := f.MathML(true)
	return m[:strings.Index(m, "<annotation")]
}

// TestScope: what a group defines ends with it.
func TestScope(t *testing.T) {
	if _, err := Parse(`{\def\a{x}\a}\a`, Options{}); err == nil || err.Offset != 13 {
		t.Errorf("a group's macro lives on: %v", err)
	}
	parsed(t, `{\gdef\a{x}\a}\a`)
}

// TestLong: long formulae end; one that took time in the square of its length
// would run into the test run's own limit.
func TestLong(t *testing.T) {
	st := sample(t, true)
	for _, unit := range []string{"x^2+", `\frac{a}{b}`, `\sqrt{x}`, `{a}`, `\hat x`, `a \\ `, `\text{中文}`, "x_1'", `\left(a\right)`} {
		src := strings.Repeat(unit, 40_000/len(unit)) + "z"
		f := parsed(t, src)
		f.MathML(true)
		if _, err := f.Frame(st); err != nil {
			t.Fatal(err)
		}
	}
	rows := `\begin{pmatrix}` + strings.Repeat(`a & b \\ `, 5_000) + `\end{pmatrix}`
	if _, err := parsed(t, rows).Frame(st); err != nil {
		t.Fatal(err)
	}
}

// FuzzFormula: nothing panics; an error has a place in the source and words in
// both languages; what is read is written as XML and set with a size.
func FuzzFormula(f *testing.F) {
	for _, s := range corpus(f) {
		f.Add(s)
	}
	f.Add("\\begin{array}{*{3}{c}|:l}a&\\hline\\\\[2em]\\end{array}\xff\\")
	st := sample(f, true)
	f.Fuzz(func(t *testing.T, src string) {
		fo, err := Parse(src, Options{Macros: map[string]string{`\m`: `#1\m`}})
		if err != nil {
			if err.Offset < 0 || err.Offset > len(src) || err.Line < 1 || err.Col < 1 || err.En == "" || err.Zh == "" {
				t.Fatalf("%q: %+v", src, err)
			}
			return
		}
		if m := fo.MathML(true); utf8.ValidString(src) {
			if err := wellFormed(m); err != nil {
				t.Fatalf("%q: %v\n%s", src, err, m)
			}
		}
		fo.Speech("zh")
		frame, e := fo.Frame(st)
		if e != nil || frame.Width < 0 {
			t.Fatalf("%q: %v", src, e)
		}
		if _, e := fo.Break(st); e != nil {
			t.Fatal(e)
		}
	})
}

// BenchmarkFormula reads and sets a formula of common size.
func BenchmarkFormula(b *testing.B) {
	st := sample(b, true)
	const src = `\text{Loss} = \frac{1}{2} \sum_{i=1}^{n} (\hat{y}_i - y_i)^2`
	b.ReportAllocs()
	for b.Loop() {
		f, _ := Parse(src, Options{})
		if _, err := f.Frame(st); err != nil {
			b.Fatal(err)
		}
		f.MathML(true)
	}
}
