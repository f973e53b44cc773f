package texmath

import (
	"errors"

	"banxin/pipeline/font"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// Style says how a formula is set.
type Style struct {
	Fonts     *font.Set
	Lang      string
	Size      unit.Length
	Display   bool // on a line of its own
	Color     page.Color
	TextStyle font.Style // of the words of \text; bold: letters and digits are too
	// Measure is the width of the line a display stands on: where it is known,
	// rows with numbers of their own are centred in it, the numbers flush right.
	Measure unit.Length
}

// setting is a formula being set.
type setting struct {
	fonts   *font.Set
	face    *font.Face
	table   *font.MathTable
	metrics font.Metrics
	lang    string
	base    unit.Length // type size of the formula
	around  unit.Length // and of the text it stands in
	words   font.Style
	measure unit.Length             // of the line, for an array that numbers its rows
	forms   map[opticalKey]font.GID // glyphs made for scripts
}

// opticalKey is a character at a level of scripts.
type opticalKey struct {
	r     rune
	level uint32
}

// style is TeX's style, with the colour and the scale of \large.
type style struct {
	size    size
	cramped bool
	scale   int64 // thousandths
	color   page.Color
}

// errNoFace is returned where no face has a MATH table.
var errNoFace = errors.New("set a formula: no face with a MATH table serves the role math")

func (st Style) open() (*setting, style, error) {
	face := st.Fonts.Primary(font.Style{Role: font.Math, Lang: st.Lang})
	if face == nil || face.Math() == nil {
		return nil, style{}, errNoFace
	}
	s := &setting{fonts: st.Fonts, face: face, table: face.Math(), metrics: face.Metrics(), lang: st.Lang, base: st.Size, words: st.TextStyle}
	if s.words.Role == "" {
		s.words = font.Style{Role: font.Song, Lang: st.Lang}
	}
	s.around = st.Size
	s.match()
	at := style{size: inText, scale: 1000, color: st.Color}
	if st.Display {
		at.size = display
	}
	return s, at, nil
}

// mostMatched is how much larger a formula's face may be set to match the
// text's, in thousandths.
const mostMatched = 1120

// match sets the formula's face so large that its capitals are as tall as
// those of the text: faces of one nominal size look unlike beside each other.
func (s *setting) match() {
	f := s.fonts.Primary(s.words)
	if f == nil || s.metrics.CapHeight <= 0 || s.base <= 0 {
		return
	}
	m := f.Metrics()
	want := m.Scale(m.CapHeight, s.base)
	have := s.metrics.Scale(s.metrics.CapHeight, s.base)
	if have > 0 && want > have {
		s.base = min(s.base.Scale(int64(want), int64(have)), s.base.Scale(mostMatched, 1000))
	}
}

// Frame sets the formula on one line; its Baseline is the text's. A \tag is
// not in it: see Tag.
func (f *Formula) Frame(st Style) (*page.Frame, error) {
	s, at, err := st.open()
	if err != nil {
		return nil, err
	}
	if a, ok := f.only().(*array); ok && a.tags != nil {
		s.measure = st.Measure
	}
	return s.list(f.root.kids, at).frame(), nil
}

// only returns the formula's only node; nil if it has several.
func (f *Formula) only() node {
	if len(f.root.kids) != 1 {
		return nil
	}
	return f.root.kids[0]
}

// Tag sets the number that \tag gives the formula; nil if it gives none.
func (f *Formula) Tag(st Style) (*page.Frame, error) {
	if f.tag == nil {
		return nil, nil
	}
	s, at, err := st.open()
	if err != nil {
		return nil, err
	}
	at.size = inText
	return s.node(f.tag, at).frame(), nil
}

// Piece is a part of a formula in running text. A line may end behind it; if
// it does not, Space of white follows, which may stretch and shrink by half of
// itself and vanishes at a line's end.
type Piece struct {
	Frame *page.Frame
	Space unit.Length
	// Relation: a break here is behind a relation, where lines end best;
	// otherwise it is behind an operator.
	Relation bool
}

// Break sets the formula in pieces, cut behind the relations and the binary
// operators that are in no group (The TeXbook, chapter 18). A formula without
// any is one piece.
func (f *Formula) Break(st Style) ([]Piece, error) {
	s, at, err := st.open()
	if err != nil {
		return nil, err
	}
	atoms := s.atoms(f.root.kids, at)
	var out []Piece
	from := 0
	for i, a := range atoms {
		last := i == len(atoms)-1
		if !last && (a.class != rel && a.class != bin || atoms[i+1].class == rel) {
			continue
		}
		p := Piece{Relation: a.class == rel}
		if !last {
			p.Space = atoms[i+1].before
		}
		group := append([]atom(nil), atoms[from:i+1]...)
		group[0].before = 0
		p.Frame = pack(group).frame()
		out = append(out, p)
		from = i + 1
	}
	return out, nil
}

// Relation returns the distance from the frame's left edge to the first
// relation that is in no group, to align formulae under one another; false if
// there is none.
func (f *Formula) Relation(st Style) (unit.Length, bool) {
	s, at, err := st.open()
	if err != nil {
		return 0, false
	}
	x := unit.Length(0)
	for _, a := range s.atoms(f.root.kids, at) {
		x += a.before
		if a.class == rel {
			return x, true
		}
		x += a.crate.w + a.crate.overhang()
	}
	return 0, false
}

// size is the type size in a style.
func (s *setting) size(st style) unit.Length {
	v := s.base
	if st.scale != 1000 {
		v = v.Scale(st.scale, 1000)
	}
	switch st.size {
	case inScript:
		return v.Scale(int64(s.percent(font.ScriptPercentScaleDown, 70)), 100)
	case inScriptScript:
		return v.Scale(int64(s.percent(font.ScriptScriptPercentScaleDown, 50)), 100)
	}
	return v
}

func (s *setting) percent(c font.MathConstant, otherwise int32) int32 {
	if v := s.table.Constant(c); v > 0 {
		return v
	}
	return otherwise
}

// constant is a measure of the MATH table in a style.
func (s *setting) constant(c font.MathConstant, st style) unit.Length {
	return s.metrics.Scale(s.table.Constant(c), s.size(st))
}

func (s *setting) axis(st style) unit.Length { return s.constant(font.AxisHeight, st) }

// length is a dimension in a style.
func (s *setting) length(d dimension, st style) unit.Length {
	em := s.size(st)
	switch d.unit {
	case "em":
		return em.Scale(d.milli, 1000)
	case "mu":
		return em.Scale(d.milli, 18_000)
	case "ex":
		return s.metrics.Scale(s.metrics.XHeight, em).Scale(d.milli, 1000)
	case "space":
		return em / 3
	}
	return unit.Length(d.scaled()).Scale(d.milli, 1000)
}

// The styles of parts (The TeXbook, Appendix G).

// small reports whether a style is one of scripts.
func (st style) small() bool { return st.size >= inScript }

// sup is the style of a superscript.
func (st style) sup() style {
	if st.size >= inScript {
		st.size = inScriptScript
	} else {
		st.size = inScript
	}
	return st
}

// sub is the style of a subscript.
func (st style) sub() style {
	st = st.sup()
	st.cramped = true
	return st
}

// part is the style of a fraction's numerator.
func (st style) part() style {
	if st.size < inScriptScript {
		st.size++
	}
	return st
}

// cramp is the style of what stands under something.
func (st style) cramp() style {
	st.cramped = true
	return st
}

func (st style) in(s size) style {
	st.size = s
	return st
}
