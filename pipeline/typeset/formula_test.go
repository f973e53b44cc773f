package typeset

import (
	"io/fs"
	"strings"
	"testing"

	"banxin/fonts"
	"banxin/pipeline/book"
	"banxin/pipeline/font"
	"banxin/pipeline/layout"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// mathSetter is the box setter with a face for formulae.
func mathSetter(t *testing.T) *setter {
	t.Helper()
	s := boxSetter(t, "zh-Hans", smallPages)
	one := func(family string) map[string][]font.Wish { return map[string][]font.Wish{"": {{Family: family}}} }
	set, err := font.Open([]fs.FS{boxFonts(), fonts.FS()}, font.Request{Roles: map[font.Role]map[string][]font.Wish{
		font.Song: one("Box"), font.Hei: one("Box"), font.Mono: one("Box"), font.Math: one("Latin Modern Math"),
	}})
	if err != nil {
		t.Fatal(err)
	}
	return newSetter(&book.Book{Meta: book.Meta{Macros: map[string]string{`\E`: `\mathbb{E}`}}}, nil, s.layout, set, "zh-Hans")
}

// TestInlineFormula: a quarter em on both sides beside Han, none beside marks;
// pieces of a formula with their white between them, on the text's baseline; a
// line ends behind a relation.
func TestInlineFormula(t *testing.T) {
	s := mathSetter(t)
	st := s.layout.Styles["body"]
	st.Size, st.Leading, st.Indent, st.Align = 10*unit.Pt, 18*unit.Pt, 0, layout.Left
	set := func(measure unit.Length, ns ...book.Inline) []line {
		return s.paragraph(text{inlines: ns, style: st, lang: "zh-Hans", measure: measure}).best.lines
	}
	say := func(v string) book.Inline { return &book.Text{Value: v} }
	ls := set(200*unit.Pt, say("一"), &book.InlineMath{TeX: `\E`}, say("二，"), &book.InlineMath{TeX: "y"}, say("三"))
	if len(ls) != 1 {
		t.Fatalf("%d lines", len(ls))
	}
	var groups []page.Placed
	for _, it := range ls[0].frame.Items {
		if g, ok := it.Item.(*page.Group); ok {
			groups = append(groups, it)
			if it.Y+g.Frame.Baseline != ls[0].frame.Baseline {
				t.Errorf("a formula's baseline is at %v, the line's at %v", it.Y+g.Frame.Baseline, ls[0].frame.Baseline)
			}
		}
	}
	if len(groups) != 2 {
		t.Fatalf("%d formulae in the line", len(groups))
	}
	if x := groups[0].X; x != 12*unit.Pt+unit.Pt/2 {
		t.Errorf("the first formula stands at %v, want a quarter em behind a character", x)
	}
	long := &book.InlineMath{TeX: `aaaaa + bbbbb = ccccc + ddddd`}
	for _, measure := range []unit.Length{110 * unit.Pt, 90 * unit.Pt} {
		ls = set(measure, say("一"), long)
		if len(ls) < 2 {
			t.Errorf("a formula of %d lines in %v", len(ls), measure)
		}
	}
}

// TestDisplayFormulae: several are a column, their relations below one
// another; one too wide is broken within the measure; one that cannot be read
// is none.
func TestDisplayFormulae(t *testing.T) {
	s := mathSetter(t)
	st := s.layout.Styles["body"]
	f, _ := s.math(&book.Math{Rows: []string{"aaaa = b", `\E = dddd`}}, st, 300*unit.Pt)
	if f == nil {
		t.Fatal("no formulae")
	}
	var at []unit.Length
	for _, it := range f.Items {
		g, ok := it.Item.(*page.Glyphs)
		if !ok {
			continue
		}
		for _, k := range g.Glyphs {
			if g.Text[k.Start:k.End] == "=" {
				at = append(at, it.X+k.X)
			}
		}
	}
	if len(at) != 2 || at[0] != at[1] {
		t.Errorf("the relations stand at %v", at)
	}
	wide := strings.Repeat("aaaa + bbbb = ", 12) + "c"
	if f, _ = s.math(&book.Math{TeX: wide}, st, 200*unit.Pt); f == nil || f.Width > 200*unit.Pt || f.Height < 60*unit.Pt {
		t.Errorf("a wide formula is %v", f)
	}
	if _, tag := s.math(&book.Math{TeX: `a \tag{1}`}, st, 200*unit.Pt); tag == nil {
		t.Error("the author's number is lost")
	}
	if f, _ = s.math(&book.Math{TeX: `\frac{a`}, st, 200*unit.Pt); f != nil {
		t.Error("half a formula is set")
	}
}
