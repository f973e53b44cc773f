package typeset

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"banxin/layouts"
	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/font"
	"banxin/pipeline/layout"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// realSetter sets in the faces that `make fonts` fetches; nil without them.
func realSetter(tb testing.TB, lang string) *setter {
	tb.Helper()
	l, err := layout.Load([]fs.FS{layouts.FS}, "a5")
	if err != nil {
		tb.Fatal(err)
	}
	dir := filepath.Join("..", "..", "fonts")
	if m, _ := filepath.Glob(filepath.Join(dir, "*.ttf")); len(m) == 0 {
		return nil
	}
	req := font.Request{Roles: map[font.Role]map[string][]font.Wish{}}
	for role, langs := range l.Fonts {
		byLang := map[string][]font.Wish{}
		for lg, families := range langs {
			for _, f := range families {
				byLang[lg] = append(byLang[lg], font.Wish{Family: f.Name, Bold: f.Bold, Italic: f.Italic})
			}
		}
		req.Roles[font.Role(role)] = byLang
	}
	set, err := font.Open([]fs.FS{os.DirFS(dir)}, req)
	if err != nil {
		tb.Fatal(err)
	}
	return newSetter(&book.Book{}, nil, l, set, lang)
}

// bodyText is a text in the layout's body style.
func bodyText(s *setter, ns ...book.Inline) text {
	st := s.layout.Styles["body"]
	return text{inlines: ns, style: st, lang: s.lang, measure: s.layout.Body.Size * unit.Length(s.layout.Body.Measure), indent: st.Indent}
}

// copied is what a reader copies from a line.
func copied(f *page.Frame) string {
	var b strings.Builder
	for _, it := range f.Items {
		if g, ok := it.Item.(*page.Glyphs); ok && g.ActualText == nil {
			for _, gl := range g.Glyphs {
				b.WriteString(g.Text[gl.Start:gl.End])
			}
		}
	}
	return b.String()
}

// inkless drops what setting replaces by white space, and what has no ink.
func inkless(s string) string {
	return strings.Map(func(r rune) rune {
		switch k := kindOf(r); {
		case k == spaceKind, k == idSpaceKind, k == tieKind, k == softKind, k == seamKind, k == nothing, unicode.IsSpace(r):
			return -1
		}
		return r
	}, s)
}

// FuzzParagraph: whatever the text and the measure, every character is set
// once and in order, and a line that sticks out is reported.
func FuzzParagraph(f *testing.F) {
	for _, s := range []string{
		"大家好，我们在这里用GPT-4测试——断行……“好”（吗）？",
		"The quick brown fox — international representation, state-of-the-art.",
		"한글은 단어 사이에서만 줄을 바꾼다.", "本です。」と言う！「はい」ァ",
		"https://example.com/a/b?c=d e\u0301 \u00ad soft\u00adhyphen\u200b zero\u2060join", "\u3000\u3000缩进\u3000文字", "𠮷\U000e0100葛", "「「「」」」，，，。。。",
	} {
		f.Add(s, uint16(200), byte(0))
	}
	var setters []*setter
	for _, lang := range []string{"zh-Hans", "zh-Hant-TW", "ja", "ko", "en"} {
		setters = append(setters, boxSetter(f, lang, nil))
	}
	f.Fuzz(func(t *testing.T, src string, measure uint16, which byte) {
		if !utf8.ValidString(src) {
			return // markdown never hands over anything else
		}
		s := setters[int(which)%len(setters)]
		tx := bodyText(s, &book.Text{Value: src})
		tx.measure = unit.Length(measure) * unit.Pt
		tx.style.Align = layout.Align(which >> 4 & 3)
		got := s.paragraph(tx)
		for _, ls := range []*lines{&got.best, got.shorter, got.longer} {
			if ls == nil {
				continue
			}
			var all strings.Builder
			for _, l := range ls.lines {
				all.WriteString(copied(l.frame))
			}
			if a, b := inkless(all.String()), inkless(src); a != b {
				t.Fatalf("set %q, text is %q", a, b)
			}
		}
		reported := false
		for _, d := range got.diags {
			reported = reported || d.Code == "overfull-line"
		}
		for _, l := range got.best.lines {
			if w := reach(l.frame); w > tx.measure+tx.style.Size && !reported {
				t.Fatalf("a line of %s in a measure of %s is not reported: %q", w, tx.measure, copied(l.frame))
			}
		}
	})
}

// reach is how far a line's last glyph stands from its left edge.
func reach(f *page.Frame) unit.Length {
	var w unit.Length
	for _, it := range f.Items {
		if g, ok := it.Item.(*page.Glyphs); ok {
			for _, gl := range g.Glyphs {
				if gl.Start < gl.End && g.Text[gl.Start] != ' ' {
					w = max(w, it.X+gl.X)
				}
			}
		}
	}
	return w
}

// TestLineFrames: lines are as wide as the measure, as high as the leading,
// and share one baseline; every run says where its text stands.
func TestLineFrames(t *testing.T) {
	s := boxSetter(t, "zh-Hans", nil)
	tx := bodyText(s, marked("中文**强调**与*楷体*，`代码`和_人名_，注[^]。"+strings.Repeat("再写一些文字，", 20))...)
	got := s.paragraph(tx)
	if len(got.best.lines) < 3 {
		t.Fatalf("%d lines", len(got.best.lines))
	}
	for i, l := range got.best.lines {
		if l.frame.Width != tx.measure || l.frame.Height != tx.style.Leading || l.frame.Baseline != got.best.lines[0].frame.Baseline {
			t.Errorf("line %d is %s × %s, baseline %s", i, l.frame.Width, l.frame.Height, l.frame.Baseline)
		}
		if l.last != (i == len(got.best.lines)-1) {
			t.Errorf("line %d: last is %v", i, l.last)
		}
	}
	if n := len(got.best.lines[0].notes); n != 1 {
		t.Errorf("first line calls %d notes", n)
	}
}

// TestUnitsInRealFaces: —— is two em and its ink unbroken in every face at
// hand (typography U1).
func TestUnitsInRealFaces(t *testing.T) {
	setters := []*setter{boxSetter(t, "zh-Hans", nil), boxSetter(t, "zh-Hant-TW", nil), boxSetter(t, "ja", nil)}
	for _, lang := range []string{"zh-Hans", "zh-Hant-TW", "ja"} {
		if s := realSetter(t, lang); s != nil {
			setters = append(setters, s)
		} else {
			t.Logf("no fetched fonts: %s tested in the box face alone", lang)
		}
	}
	for _, s := range setters {
		for _, role := range []font.Role{font.Song, font.Hei} {
			u := s.unit(s.table(look{role: role, lang: s.lang, size: 10 * unit.Pt}), "——", 2*emUnit)
			at, ink := int32(0), int32(0)
			for i, g := range u.glyphs {
				l, r, ok := inkOf(g.face, g.id)
				if !ok {
					t.Fatalf("%s %s: a dash without ink", s.lang, role)
				}
				if i > 0 && at+g.x+l > ink {
					t.Errorf("%s %s: ink broken at %d of %d", s.lang, role, at, u.width)
				}
				ink = at + g.x + r
				at += g.adv
			}
			if at != 2*emUnit || u.width != at {
				t.Errorf("%s %s: —— is %d, not 2 em", s.lang, role, at)
			}
		}
	}
}

// TestConcurrent: one setter serves many goroutines and gives each the same.
func TestConcurrent(t *testing.T) {
	s := boxSetter(t, "zh-Hans", nil)
	tx := bodyText(s, sample(2000)...)
	want := s.paragraph(tx)
	s = boxSetter(t, "zh-Hans", nil)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			got := s.paragraph(tx)
			for i, l := range got.best.lines {
				if a, b := dumpLine(l.frame, tx.style.Size), dumpLine(want.best.lines[i].frame, tx.style.Size); a != b {
					t.Errorf("line %d: %s, alone %s", i, a, b)
				}
			}
		})
	}
	wg.Wait()
}

// sample is running text of every kind, about n characters of it.
func sample(n int) []book.Inline {
	one := "人工智能（Artificial Intelligence，简称AI）是“计算机科学”的一个分支；它企图了解智能的实质，并生产出一种新的、能以与人类智能相似的方式作出反应的机器——包括机器人、语言识别、图像识别……等等。"
	var out []book.Inline
	for n > 0 {
		out = append(out, &book.Text{Value: one}, &book.Strong{Kids: []book.Inline{&book.Text{Value: "重点："}}}, &book.Verbatim{Text: "call_site"})
		n -= utf8.RuneCountInString(one) + 12
	}
	return out
}

func BenchmarkParagraph(b *testing.B) {
	for _, c := range []struct {
		name  string
		chars int
	}{{"short", 300}, {"long", 100_000}, {"endless", 1_000_000}} {
		b.Run(c.name, func(b *testing.B) {
			s := boxSetter(b, "zh-Hans", nil)
			tx := bodyText(s, sample(c.chars)...)
			b.ReportAllocs()
			for b.Loop() {
				s.paragraph(tx)
			}
			b.ReportMetric(float64(c.chars)*float64(b.N)/b.Elapsed().Seconds(), "chars/s")
		})
	}
}

// TestTally: a character missing in many paragraphs is reported once, with
// the count of all.
func TestTally(t *testing.T) {
	s := boxSetter(t, "zh-Hans", nil)
	var ds diag.List
	for _, v := range []string{"一\U0010FFFD二\U0010FFFD", "\U0010FFFD三", "\u2603"} {
		ds = append(ds, s.paragraph(bodyText(s, &book.Text{Value: v})).diags...)
	}
	got := tally(ds)
	if len(got) != 2 || !strings.Contains(got[0].Message.En, "3 times") || got[0].Key != "song U+10FFFD" {
		t.Errorf("tallied: %v", got)
	}
}

// TestEdges: texts that hardly are any are set without a fault.
func TestEdges(t *testing.T) {
	s := boxSetter(t, "zh-Hans", nil)
	tx := func(v string) book.Inline { return &book.Text{Value: v} }
	for _, c := range []struct {
		name  string
		ns    []book.Inline
		lines int
	}{
		{"nothing", nil, 0},
		{"a space", []book.Inline{tx("  ")}, 0},
		{"a break alone", []book.Inline{&book.Break{}}, 0},
		{"a break first and last", []book.Inline{&book.Break{}, tx("文"), &book.Break{}}, 1},
		{"two breaks", []book.Inline{tx("文"), &book.Break{}, &book.Break{}, tx("字")}, 2},
		{"an anchor alone", []book.Inline{&book.Anchor{ID: "x"}}, 1},
		{"a call alone", []book.Inline{&book.NoteRef{Note: &book.Note{}}}, 1},
		{"a call of nothing", []book.Inline{&book.NoteRef{}}, 0},
		{"ruby without a base", []book.Inline{&book.Ruby{}, &book.Ruby{Base: []string{""}, Reading: []string{"x"}}}, 0},
		{"ruby without a reading", []book.Inline{&book.Ruby{Base: []string{"漢"}}}, 1},
		{"a picture that is not there", []book.Inline{&book.Image{Path: "x.png", Alt: "图"}}, 1},
		{"empty styles", []book.Inline{&book.Strong{Kids: []book.Inline{&book.Emph{}}}, &book.Verbatim{}, &book.Link{Dest: "#x"}}, 0},
		{"a mark after a break", []book.Inline{tx("文"), &book.Break{}, tx("，“字”")}, 2},
	} {
		got := s.paragraph(bodyText(s, c.ns...))
		if n := len(got.best.lines); n != c.lines {
			t.Errorf("%s: %d lines, want %d", c.name, n, c.lines)
		}
	}
	label := bodyText(s)
	label.label = &page.Frame{Width: 10 * unit.Pt, Height: 10 * unit.Pt}
	if n := len(s.paragraph(label).best.lines); n != 1 {
		t.Errorf("a label alone: %d lines", n)
	}
}

// TestEndless: a paragraph set piecemeal loses nothing, repeats nothing and is
// set as well as one set at once; anchors keep their places.
func TestEndless(t *testing.T) {
	s := boxSetter(t, "zh-Hans", nil)
	ns := sample(3 * endless)
	var want strings.Builder
	for i := range ns {
		if i%100 == 0 {
			ns[i] = &book.Strong{Kids: []book.Inline{&book.Anchor{ID: "x"}, ns[i]}}
		}
		want.WriteString(book.PlainText(ns[i : i+1]))
	}
	got := s.paragraph(bodyText(s, ns...))
	var all strings.Builder
	anchors := 0
	for i, l := range got.best.lines {
		all.WriteString(copied(l.frame))
		for _, it := range l.frame.Items {
			if _, ok := it.Item.(*page.Dest); ok {
				anchors++
			}
		}
		if l.last != (i == len(got.best.lines)-1) {
			t.Fatalf("line %d of %d: last is %v", i, len(got.best.lines), l.last)
		}
	}
	if inkless(all.String()) != inkless(want.String()) {
		t.Error("the text set is not the text given")
	}
	if n := (len(ns) + 99) / 100; anchors != n {
		t.Errorf("%d anchors of %d", anchors, n)
	}
	if n := len(got.diags); n > 0 {
		t.Errorf("%d reports: %v", n, got.diags[0].Message.En)
	}
}

// A name in CamelCase is kept whole in prose where Han need not gape for it;
// identifiers break at their capitals.
func TestCamelPlaces(t *testing.T) {
	s := &setter{layout: &layout.Layout{Spacing: layout.Spacing{BreakCamel: true, BreakTokens: true}}}
	for _, tt := range []struct {
		word  string
		code  bool
		least int32
	}{
		{"TensorFlow", false, 2000}, {"FastText", false, 2000}, {"DeepMind", false, 2000},
		{"TensorFlow", true, costCamel}, {"AbstractFactoryBuilder", false, costCamel},
	} {
		least := int32(costSplit)
		for _, p := range s.places(&faceTable{code: tt.code}, tt.word) {
			least = min(least, p.cost)
		}
		if least < tt.least || tt.least == costCamel && least != costCamel {
			t.Errorf("%s (code %v): a line may end inside it at %d, want %d", tt.word, tt.code, least, tt.least)
		}
	}
}
