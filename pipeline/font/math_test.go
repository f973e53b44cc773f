package font

import (
	"io/fs"
	"testing"

	"banxin/fonts"
)

// TestMath reads what Latin Modern Math says of itself.
func TestMath(t *testing.T) {
	s, err := Open([]fs.FS{fonts.FS()}, Request{Roles: map[Role]map[string][]Wish{
		Math: {"": {{Family: "Latin Modern Math"}}}, Mono: {"": {{Family: "Go Mono"}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	if s.Primary(Style{Role: Mono}).Math() != nil {
		t.Error("Go Mono has a MATH table")
	}
	f := s.Primary(Style{Role: Math})
	m := f.Math()
	for c, want := range map[MathConstant]int32{
		ScriptPercentScaleDown: 70, ScriptScriptPercentScaleDown: 50, DisplayOperatorMinHeight: 1300, AxisHeight: 250,
		FractionRuleThickness: 40, RadicalDegreeBottomRaisePercent: 60, SuperscriptShiftUp: 363, RadicalKernAfterDegree: -556,
	} {
		if got := m.Constant(c); got != want {
			t.Errorf("constant %d is %d, want %d", c, got, want)
		}
	}
	paren, _ := f.Glyph('(')
	if v := m.Variants(paren, true); len(v) < 5 || v[0].ID != paren || v[1].Size <= v[0].Size {
		t.Errorf("variants of ( are %v", v)
	}
	if p, _ := m.Assembly(paren, true); len(p) != 3 || !p[1].Extender || p[0].Extender {
		t.Errorf("pieces of ( are %v", p)
	}
	phi, _ := f.Glyph('𝑓')
	if m.ItalicsCorrection(phi) <= 0 {
		t.Error("f does not lean")
	}
	if x, ok := m.TopAccent(phi); !ok || x <= 0 {
		t.Error("f has no place for an accent")
	}
	if m.Variants(phi, false) != nil || m.MinConnectorOverlap() <= 0 {
		t.Error("f is wide, or pieces do not overlap")
	}
}
