package typeset

import (
	"math/rand/v2"
	"testing"

	"banxin/pipeline/book"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

const testRows = 10

func testGrid() grid { return newGrid(10*unit.Pt, 16*unit.Pt, testRows) }

// prose is a paragraph of n lines that may also be set in the given others.
func prose(n int, others ...int) *slug {
	s := &slug{}
	for k, lines := range append([]int{n}, others...) {
		f := form{cost: int64(k) * costShorter}
		for i := range lines {
			f.atoms = append(f.atoms, atom{frame: &page.Frame{}, glued: i == 0 || i == lines-2})
		}
		s.forms = append(s.forms, f)
	}
	return s
}

// display is something unbreakable of n rows.
func display(n int) *slug {
	f := form{atoms: []atom{{frame: &page.Frame{Height: unit.Length(n)*16*unit.Pt - 6*unit.Pt}}}}
	return &slug{forms: []form{f.measured()}}
}

func title() *slug {
	s := display(2)
	s.keep = true
	return s
}

func noNotes(*book.Note) int { return 0 }

func noRows(int) int { return 0 }

func cutAll(ss ...*slug) []sheet {
	g := galley{grid: testGrid(), slugs: ss}
	return g.cut(noNotes, noRows)
}

func filled(sheets []sheet) []int {
	var out []int
	for _, s := range sheets {
		out = append(out, s.filled)
	}
	return out
}

func TestCut(t *testing.T) {
	tests := map[string]struct {
		slugs []*slug
		want  []int
	}{
		"one page":                       {[]*slug{prose(4), prose(6)}, []int{10}},
		"a paragraph is cut":             {[]*slug{prose(7), prose(6)}, []int{10, 3}},
		"no orphan":                      {[]*slug{prose(9), prose(6)}, []int{9, 6}},
		"no widow":                       {[]*slug{prose(5), prose(6), prose(3)}, []int{9, 5}},
		"looser fills the page":          {[]*slug{prose(9, 10), prose(6)}, []int{10, 6}},
		"a heading goes with its text":   {[]*slug{prose(7), title(), prose(5)}, []int{7, 7}},
		"a display leaves white":         {[]*slug{prose(6), display(5), prose(5)}, []int{6, 10}},
		"a display higher than the page": {[]*slug{prose(2), display(14), prose(2)}, []int{2, 10, 2}},
		"nothing":                        {nil, []int{0}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := filled(cutAll(tt.slugs...))
			if len(got) != len(tt.want) {
				t.Fatalf("rows %v, want %v", got, tt.want)
			}
			for i := range got {
				if got[i] != tt.want[i] {
					t.Fatalf("rows %v, want %v", got, tt.want)
				}
			}
		})
	}
}

// A page does not end inside a word where a row less avoids it.
func TestCutHyphen(t *testing.T) {
	p := prose(14)
	p.forms[0].atoms[testRows-1].hyphen = true
	if got := filled(cutAll(p)); got[0] != testRows-1 {
		t.Errorf("rows %v: a page ends inside a word", got)
	}
}

// A heading does not stay at a page foot with a single row of its section.
func TestCutHeadWithOneRow(t *testing.T) {
	headed := func(next *slug) []*slug {
		h := title()
		h.section = &book.Section{Level: 2}
		return []*slug{prose(7), h, prose(1), next, prose(6)}
	}
	if got := filled(cutAll(headed(prose(5))...)); got[0] != 7 {
		t.Errorf("rows %v: a heading and one row at a page foot", got)
	}
	sibling := title()
	sibling.section = &book.Section{Level: 2}
	if got := filled(cutAll(headed(sibling)...)); got[0] != 10 {
		t.Errorf("rows %v: a section of one row may end a page", got)
	}
}

func TestCutTurns(t *testing.T) {
	second := prose(3)
	second.turn = true
	if got := filled(cutAll(prose(3), second)); len(got) != 2 {
		t.Fatalf("rows %v, want two pages", got)
	}
}

// A note stands on the page of its call, or begins there.
func TestCutNotes(t *testing.T) {
	n := &book.Note{}
	p := prose(8)
	p.forms[0].atoms[7].notes, p.forms[0].calls = []*book.Note{n}, 1
	g := galley{grid: testGrid(), slugs: []*slug{prose(2), p}}
	sheets := g.cut(func(*book.Note) int { return 3 }, func(n int) int {
		if n == 0 {
			return 0
		}
		return n + 1
	})
	if len(sheets) != 2 {
		t.Fatalf("%d pages, want 2", len(sheets))
	}
	last := sheets[1].fragments[0]
	if last.atom1 != 8 || sheets[1].filled+4 > testRows {
		t.Fatalf("the call's page holds rows %d and no room for the note", sheets[1].filled)
	}
}

// law checks what must hold of any cut: every atom of one form of every slug
// stands once and in order, no page holds more than its rows, nothing that
// can be helped breaks where a break is forbidden.
func law(t *testing.T, ss []*slug, sheets []sheet) {
	t.Helper()
	next, atoms := 0, 0
	for _, sh := range sheets {
		row := 0
		for k, fr := range sh.fragments {
			if fr.slug != next || fr.atom0 != atoms {
				t.Fatalf("slug %d from atom %d, want slug %d from %d", fr.slug, fr.atom0, next, atoms)
			}
			if fr.row < row {
				t.Fatalf("slug %d begins on row %d, above %d", fr.slug, fr.row, row)
			}
			row = fr.row + fr.rows
			if all := len(ss[fr.slug].forms[fr.form].atoms); fr.atom1 == all {
				next, atoms = fr.slug+1, 0
			} else {
				atoms = fr.atom1
				if k != len(sh.fragments)-1 {
					t.Fatalf("slug %d stops before the page ends", fr.slug)
				}
				if all <= testRows && ss[fr.slug].forms[fr.form].atoms[fr.atom1-1].glued {
					t.Fatalf("slug %d is cut behind glued atom %d", fr.slug, fr.atom1-1)
				}
			}
		}
	}
	if next != len(ss) {
		t.Fatalf("%d of %d slugs are set", next, len(ss))
	}
}

func FuzzCut(f *testing.F) {
	f.Add(uint64(1), 40)
	f.Add(uint64(7), 3)
	f.Fuzz(func(t *testing.T, seed uint64, n int) {
		r := rand.New(rand.NewPCG(seed, 1))
		var ss []*slug
		for range min(max(n, 0), 300) {
			switch r.IntN(6) {
			case 0:
				ss = append(ss, title())
			case 1:
				ss = append(ss, display(1+r.IntN(testRows-2)))
			default:
				k := 1 + r.IntN(9)
				ss = append(ss, prose(k, max(k-1, 1), k+1))
			}
		}
		law(t, ss, cutAll(ss...))
	})
}

func BenchmarkCut(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	var ss []*slug
	for range 1000 {
		k := 1 + r.IntN(9)
		ss = append(ss, prose(k, max(k-1, 1), k+1))
		if r.IntN(8) == 0 {
			ss = append(ss, title())
		}
	}
	ss = append(ss, prose(3))
	b.ReportAllocs()
	for b.Loop() {
		cutAll(ss...)
	}
}
