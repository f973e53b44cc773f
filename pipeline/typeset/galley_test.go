package typeset

import (
	"strings"
	"testing"

	"banxin/pipeline/book"
	"banxin/pipeline/code"
	"banxin/pipeline/layout"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// Rows taken and rows of white follow from the grid: a display of exactly two
// rows and the white between them takes two rows flush, three between texts.
func TestFormTakes(t *testing.T) {
	g := testGrid() // rows of 16 pt, characters of 10
	f := form{atoms: []atom{{frame: &page.Frame{Height: 26 * unit.Pt}}}, above: 5 * unit.Pt, below: 5 * unit.Pt}.measured()
	tests := []struct {
		top, foot bool
		want      int
	}{{false, false, 2}, {true, false, 2}, {true, true, 2}, {false, true, 2}}
	for _, tt := range tests {
		if got := f.take(g, 0, 1, tt.top, tt.foot); got != tt.want {
			t.Errorf("top %t foot %t: %d rows, want %d", tt.top, tt.foot, got, tt.want)
		}
	}
	f.above = 9 * unit.Pt
	if got := f.take(g, 0, 1, false, false); got != 3 {
		t.Errorf("with more white above: %d rows, want 3", got)
	}
}

// Content keeps the white it asks for on both sides.
func TestFormPlace(t *testing.T) {
	g := testGrid()
	f := form{atoms: []atom{{frame: &page.Frame{Height: 20 * unit.Pt}}}, above: 5 * unit.Pt, below: 5 * unit.Pt}.measured()
	n := f.take(g, 0, 1, false, false)
	y, _ := f.place(g, 0, 1, n, false, false)
	above := y + g.gap()
	below := unit.Length(n)*g.leading - y - f.height(0, 1)
	if above < f.above || below < f.below || above != below {
		t.Errorf("%v above and %v below in %d rows", above, below, n)
	}
}

func TestShareOut(t *testing.T) {
	sum := func(ls []unit.Length) (s unit.Length) {
		for _, l := range ls {
			s += l
		}
		return s
	}
	tests := map[string]struct {
		natural, least []unit.Length
		room           unit.Length
	}{
		"all fit":       {[]unit.Length{10000, 20000}, []unit.Length{5000, 5000}, 60000},
		"one is long":   {[]unit.Length{10000, 900000}, []unit.Length{8000, 30000}, 60000},
		"nothing fits":  {[]unit.Length{90000, 90000}, []unit.Length{80000, 40000}, 60000},
		"empty columns": {[]unit.Length{0, 0}, []unit.Length{0, 0}, 60000},
	}
	for name, tt := range tests {
		got := sum(shareOut(tt.natural, tt.least, tt.room))
		if got > tt.room || got < tt.room*9/10 {
			t.Errorf("%s: %d of %d are given out", name, got, tt.room)
		}
	}
}

func TestIntroduces(t *testing.T) {
	text := func(s string) *book.Text { return &book.Text{Value: s} }
	list := &book.List{}
	para := &book.Paragraph{}
	tests := []struct {
		ns   []book.Inline
		next book.Block
		want bool
	}{
		{[]book.Inline{text("如下：")}, list, true},
		{[]book.Inline{text("as follows: ")}, list, true},
		{[]book.Inline{text("如下。")}, list, false},
		{[]book.Inline{&book.Strong{Kids: []book.Inline{text("标签：")}}}, para, true},
		{[]book.Inline{&book.Strong{Kids: []book.Inline{text("标签")}}}, para, true},
		{[]book.Inline{&book.Strong{Kids: []book.Inline{text("标签")}}}, list, false},
		{[]book.Inline{text("说明："), &book.NoteRef{}}, para, true},
		{nil, para, false},
	}
	for _, tt := range tests {
		if got := introduces(&book.Paragraph{Inlines: tt.ns}, tt.next); got != tt.want {
			t.Errorf("%q: %t", book.PlainText(tt.ns), got)
		}
	}
}

func TestRoman(t *testing.T) {
	for n, want := range map[int]string{1: "i", 4: "iv", 9: "ix", 14: "xiv", 40: "xl", 1994: "mcmxciv", 0: "0"} {
		if got := roman(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}

func TestByLang(t *testing.T) {
	m := map[string]string{"zh": "目录", "zh-Hant": "目錄", "en": "Contents"}
	for lang, want := range map[string]string{"zh-CN": "目录", "zh-Hans": "目录", "zh-TW": "目錄", "zh-Hant-HK": "目錄", "fr": "Contents"} {
		if got := byLang(m, lang); got != want {
			t.Errorf("%s: %s, want %s", lang, got, want)
		}
	}
}

// Wrapped code is the code: rows joined give the line back, and no row but one
// of a single character is wider than its room.
func FuzzWrap(f *testing.F) {
	f.Add("fmt.Println(\"你好，世界\", x, y, z)", 20)
	f.Add("\t\tx", 8)
	f.Fuzz(func(t *testing.T, line string, room int) {
		if strings.ContainsAny(line, "\n\r") || room < 8 || room > 200 {
			return
		}
		var got strings.Builder
		for i, row := range wrap([]code.Token{{Text: line}}, room) {
			width := 0
			for _, tk := range row {
				got.WriteString(tk.Text)
				width += columns(tk.Text)
			}
			if i == 0 && width > room || i > 0 && width > room-2 {
				t.Fatalf("row %d of %q is %d columns wide, room %d", i, line, width, room)
			}
		}
		if got.String() != line {
			t.Fatalf("%q became %q", line, got.String())
		}
	})
}

// A break asked for before a heading comes before it; any other instruction
// there is idle.
func TestHeadingHints(t *testing.T) {
	s := boxSetter(t, "zh-Hans", nil)
	c := newCompositor(s, s.measure())
	c.blocks([]book.Block{&book.Paragraph{Inlines: plain("正文")}}, c.whole())
	c.sectionTree(&book.Section{Level: 2, Title: plain("标题"), Hints: []book.Hint{{Name: "page"}, {Name: "keep"}},
		Blocks: []book.Block{&book.Paragraph{Inlines: plain("正文")}}}, 0, 2)
	if n := len(c.leaves()); n != 2 {
		t.Errorf("%d pages, want 2", n)
	}
	if len(c.diags) != 1 || c.diags[0].Code != "hint-without-effect" {
		t.Errorf("diagnostics %v", c.diags)
	}
}

func TestHeadForms(t *testing.T) {
	s := boxSetter(t, "zh-Hans", nil)
	c := newCompositor(s, s.measure())
	at := c.whole()
	at.style = layout.Style{Role: "hei", Size: 14 * unit.Pt, Leading: 21 * unit.Pt, Occupies: 3}
	t1 := c.text(plain("标题"), at, 0)
	var rows []int
	for _, f := range c.headForms(c.stack(t1), at.style, t1) {
		rows = append(rows, f.take(c.grid, 0, 1, false, false))
	}
	if len(rows) != 3 || rows[0] != 3 || rows[1] != 2 || rows[2] != 4 {
		t.Errorf("a heading of three rows may take %v", rows)
	}
}
