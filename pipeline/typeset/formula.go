package typeset

import (
	"strings"

	"banxin/pipeline/book"
	"banxin/pipeline/font"
	"banxin/pipeline/layout"
	"banxin/pipeline/page"
	"banxin/pipeline/source"
	"banxin/pipeline/texmath"
	"banxin/pipeline/unit"
)

// The cost of ending a line inside a formula: behind a relation, behind an
// operator (The TeXbook, chapter 18: 500 and 700 where a hyphen costs 50).
const (
	costRelation = 10 * costHyphen
	costOperator = 14 * costHyphen
)

// formula sets a formula in running text, in pieces between which a line may
// end; one that cannot be set is its source in code's face.
func (f *flattener) formula(n *book.InlineMath, m mood) {
	pieces := f.inlineFormula(n, m.look)
	for i, p := range pieces {
		t := thing{frame: p.Frame}
		if i < len(pieces)-1 {
			t.follows, t.white, t.cost = true, p.Space, costOperator
			if p.Relation {
				t.cost = costRelation
			}
		}
		f.object(t, m, n.Span)
	}
	if len(pieces) > 0 {
		return
	}
	m.look.role, m.look.italic, m.look.verbatim = font.Mono, true, true
	f.characters(n.TeX, n.Span, false, m)
}

// formulae is how the book's formulae are read.
func (s *setter) formulae() texmath.Options {
	if s.book == nil {
		return texmath.Options{}
	}
	return texmath.Options{Macros: s.book.Meta.Macros}
}

// inlineFormula sets a formula on its baseline; nil where it cannot.
func (s *setter) inlineFormula(n *book.InlineMath, l look) []texmath.Piece {
	formula, bad := texmath.Parse(n.TeX, s.formulae())
	if bad != nil {
		return nil // check reports it: math-parse
	}
	pieces, err := formula.Break(texmath.Style{Fonts: s.fonts, Lang: l.lang, Size: l.size, Color: l.color,
		TextStyle: font.Style{Role: l.role, Lang: l.lang, Bold: l.bold}})
	if err != nil {
		return nil
	}
	for _, p := range pieces {
		p.Frame.Baseline += l.raise
		spanned(p.Frame, n.Span)
	}
	return pieces
}

// spoken is what a display says to those who do not see it.
func (s *setter) spoken(b *book.Math) string {
	if len(b.Rows) == 0 {
		return s.spokenTeX(b.TeX)
	}
	rows := make([]string, len(b.Rows))
	for i, r := range b.Rows {
		rows[i] = s.spokenTeX(r)
	}
	return strings.Join(rows, "; ")
}

// spokenTeX reads a formula out in the book's language; one that cannot be
// read, or is silent, stays TeX.
func (s *setter) spokenTeX(tex string) string {
	f, bad := texmath.Parse(tex, s.formulae())
	if bad != nil {
		return tex
	}
	if said := f.Speech(s.lang); said != "" {
		return said
	}
	return tex
}

// spanned says of a formula's glyphs where the formula stands.
func spanned(f *page.Frame, span source.Span) {
	for _, it := range f.Items {
		if g, ok := it.Item.(*page.Glyphs); ok {
			g.Span = span
		}
	}
}

// math sets a display formula at most width wide, several as a column, and the
// number it gives itself; nil where it cannot.
func (s *setter) math(b *book.Math, st layout.Style, width unit.Length) (set, tag *page.Frame) {
	sources := b.Rows
	if len(sources) == 0 {
		sources = []string{b.TeX}
	}
	style := texmath.Style{Fonts: s.fonts, Lang: s.lang, Size: st.Size, Display: true, Measure: width,
		TextStyle: font.Style{Role: bodyLook(st, s.lang).role, Lang: s.lang}}
	rows := make([]*page.Frame, 0, len(sources))
	relations := make([]unit.Length, 0, len(sources))
	for _, src := range sources {
		formula, bad := texmath.Parse(src, s.formulae())
		if bad != nil {
			return nil, nil // check reports it: math-parse
		}
		f, err := formula.Frame(style)
		if err != nil {
			return nil, nil
		}
		if t, err := formula.Tag(style); err == nil && t != nil {
			tag = t
		}
		x, ok := formula.Relation(style)
		if f.Width > width {
			f, ok = brokenFormula(formula, style, width), false
		}
		rows = append(rows, f)
		if ok {
			relations = append(relations, x)
		}
	}
	if len(relations) < len(rows) {
		relations = nil
	}
	set = underRelations(rows, relations, st)
	spanned(set, b.Span)
	return set, tag
}

// underRelations sets formulae below one another: their first relations in one line
// where each has one, else centred.
func underRelations(rows []*page.Frame, relations []unit.Length, st layout.Style) *page.Frame {
	if len(rows) == 1 {
		return rows[0]
	}
	out := &page.Frame{}
	axis := unit.Length(0)
	for _, x := range relations {
		axis = max(axis, x)
	}
	for i, f := range rows {
		if relations != nil {
			out.Width = max(out.Width, axis-relations[i]+f.Width)
		} else {
			out.Width = max(out.Width, f.Width)
		}
	}
	y := unit.Length(0)
	for i, f := range rows {
		x := (out.Width - f.Width) / 2
		if relations != nil {
			x = axis - relations[i]
		}
		if i > 0 {
			// As far apart as lines of text, further where they are tall.
			above := rows[i-1]
			y += max(st.Leading-(above.Height-above.Baseline)-f.Baseline, st.Size.Em(400))
		}
		lay(out, f, x, y)
		y += f.Height
	}
	out.Height = y
	out.Baseline = y / 2
	return out
}

// brokenFormula sets a formula too wide for the measure on several lines, each
// after the first an indent of two ems in; lines end behind relations and
// operators, which are not repeated (GB/T 3102.11).
func brokenFormula(f *texmath.Formula, st texmath.Style, width unit.Length) *page.Frame {
	out := &page.Frame{}
	pieces, err := f.Break(st)
	if err != nil {
		return out
	}
	indent := 2 * st.Size
	for len(pieces) > 0 {
		left := unit.Length(0)
		if len(out.Items) > 0 {
			left = indent
		}
		n, w := fitting(pieces, width-left)
		row := &page.Frame{Width: left + w}
		for _, p := range pieces[:n] {
			row.Baseline = max(row.Baseline, p.Frame.Baseline)
			row.Height = max(row.Height, p.Frame.Height-p.Frame.Baseline)
		}
		row.Height += row.Baseline
		for _, p := range pieces[:n] {
			lay(row, p.Frame, left, row.Baseline-p.Frame.Baseline)
			left += p.Frame.Width + p.Space
		}
		if out.Height > 0 {
			out.Height += st.Size.Em(500)
		} else {
			out.Baseline = row.Baseline
		}
		lay(out, row, 0, out.Height)
		out.Width, out.Height = max(out.Width, row.Width), out.Height+row.Height
		pieces = pieces[n:]
	}
	return out
}

// fitting returns how many pieces stand on a line and how wide they are: as
// many as there is room for, but back to a relation if one is near the end.
func fitting(pieces []texmath.Piece, room unit.Length) (n int, width unit.Length) {
	best, bestWidth := 0, unit.Length(0)
	x := unit.Length(0)
	for i, p := range pieces {
		if i > 0 && x+p.Frame.Width > room {
			break
		}
		n, width = i+1, x+p.Frame.Width
		if p.Relation && 3*width > room {
			best, bestWidth = n, width
		}
		x = width + p.Space
	}
	if n < len(pieces) && best > 0 && 2*bestWidth > width {
		return best, bestWidth
	}
	return n, width
}
