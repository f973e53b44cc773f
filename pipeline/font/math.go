package font

// MathConstant names a constant of the MATH table, in the table's order.
type MathConstant int

const (
	ScriptPercentScaleDown MathConstant = iota - 4 // percent
	ScriptScriptPercentScaleDown
	DelimitedSubFormulaMinHeight
	DisplayOperatorMinHeight
	MathLeading
	AxisHeight
	AccentBaseHeight
	FlattenedAccentBaseHeight
	SubscriptShiftDown
	SubscriptTopMax
	SubscriptBaselineDropMin
	SuperscriptShiftUp
	SuperscriptShiftUpCramped
	SuperscriptBottomMin
	SuperscriptBaselineDropMax
	SubSuperscriptGapMin
	SuperscriptBottomMaxWithSubscript
	SpaceAfterScript
	UpperLimitGapMin
	UpperLimitBaselineRiseMin
	LowerLimitGapMin
	LowerLimitBaselineDropMin
	StackTopShiftUp
	StackTopDisplayStyleShiftUp
	StackBottomShiftDown
	StackBottomDisplayStyleShiftDown
	StackGapMin
	StackDisplayStyleGapMin
	StretchStackTopShiftUp
	StretchStackBottomShiftDown
	StretchStackGapAboveMin
	StretchStackGapBelowMin
	FractionNumeratorShiftUp
	FractionNumeratorDisplayStyleShiftUp
	FractionDenominatorShiftDown
	FractionDenominatorDisplayStyleShiftDown
	FractionNumeratorGapMin
	FractionNumDisplayStyleGapMin
	FractionRuleThickness
	FractionDenominatorGapMin
	FractionDenomDisplayStyleGapMin
	SkewedFractionHorizontalGap
	SkewedFractionVerticalGap
	OverbarVerticalGap
	OverbarRuleThickness
	OverbarExtraAscender
	UnderbarVerticalGap
	UnderbarRuleThickness
	UnderbarExtraDescender
	RadicalVerticalGap
	RadicalDisplayStyleVerticalGap
	RadicalRuleThickness
	RadicalExtraAscender
	RadicalKernBeforeDegree
	RadicalKernAfterDegree
	RadicalDegreeBottomRaisePercent // percent
)

// MathTable is a face's MATH table, read in place. A table cut off reads as
// zeros.
type MathTable struct {
	raw                             []byte
	constants, italics, accents     int
	variants, coverVert, coverHoriz int
	countVert, countHoriz           int
}

// Math returns the face's MATH table; nil where it has none.
func (f *Face) Math() *MathTable {
	f.mathOnce.Do(func() {
		raw := f.tableBytes(tagOf("MATH"))
		if len(raw) < 10 || u16(raw, 4) == 0 {
			return
		}
		m := &MathTable{raw: raw, constants: u16(raw, 4)}
		sub := func(base, at int) int {
			if o := u16(raw, base+at); o != 0 && base != 0 {
				return base + o
			}
			return 0
		}
		if info := u16(raw, 6); info != 0 {
			m.italics, m.accents = sub(info, 0), sub(info, 2)
		}
		if v := u16(raw, 8); v != 0 {
			m.variants = v
			m.coverVert, m.coverHoriz = sub(v, 2), sub(v, 4)
			m.countVert, m.countHoriz = u16(raw, v+6), u16(raw, v+8)
		}
		f.mathTable = m
	})
	return f.mathTable
}

// Constant returns a constant in units per em, or in percent where it is one.
func (m *MathTable) Constant(c MathConstant) int32 {
	if c >= 0 { // value records of four bytes; the percentage behind them is read alike
		return int32(i16(m.raw, m.constants+8+4*int(c)))
	}
	v := i16(m.raw, m.constants+2*int(c+4)) // two percentages, two heights without sign
	if c >= DelimitedSubFormulaMinHeight {
		v &= 0xFFFF
	}
	return int32(v)
}

// ItalicsCorrection returns how far a slanted glyph leans over its advance.
func (m *MathTable) ItalicsCorrection(g GID) int32 {
	return m.valueOf(m.italics, g, 0)
}

// TopAccent returns the abscissa over which an accent on the glyph is centred.
func (m *MathTable) TopAccent(g GID) (x int32, ok bool) {
	const none = -1 << 20
	x = m.valueOf(m.accents, g, none)
	return x, x != none
}

// valueOf reads a glyph's record of a coverage with values.
func (m *MathTable) valueOf(at int, g GID, otherwise int32) int32 {
	if at == 0 {
		return otherwise
	}
	i := m.covered(at+u16(m.raw, at), g)
	if i < 0 || i >= u16(m.raw, at+2) {
		return otherwise
	}
	return int32(i16(m.raw, at+4+4*i))
}

// MathVariant is a glyph in another size, and that size in units per em.
type MathVariant struct {
	ID   GID
	Size int32
}

// MathPart is a piece of a glyph assembled to any size. Start and End are how
// far neighbours may overlap it; Extender pieces may be repeated or left out.
type MathPart struct {
	ID               GID
	Start, End, Full int32
	Extender         bool
}

// Variants returns a glyph's sizes along an axis, the smallest first.
func (m *MathTable) Variants(g GID, vertical bool) []MathVariant {
	at := m.construction(g, vertical)
	if at == 0 {
		return nil
	}
	n := u16(m.raw, at+2)
	n = min(n, (len(m.raw)-at-4)/4)
	out := make([]MathVariant, 0, max(n, 0))
	for i := range n {
		out = append(out, MathVariant{GID(u16(m.raw, at+4+4*i)), int32(u16(m.raw, at+6+4*i))})
	}
	return out
}

// Assembly returns the pieces a glyph is assembled of, from left to right or
// from bottom to top, and the italics correction of the whole.
func (m *MathTable) Assembly(g GID, vertical bool) (parts []MathPart, italics int32) {
	at := m.construction(g, vertical)
	if at == 0 || u16(m.raw, at) == 0 {
		return nil, 0
	}
	at += u16(m.raw, at)
	n := min(u16(m.raw, at+4), (len(m.raw)-at-6)/10)
	for i := range n {
		r := at + 6 + 10*i
		parts = append(parts, MathPart{
			ID: GID(u16(m.raw, r)), Start: int32(u16(m.raw, r+2)), End: int32(u16(m.raw, r+4)),
			Full: int32(u16(m.raw, r+6)), Extender: u16(m.raw, r+8)&1 != 0,
		})
	}
	return parts, int32(i16(m.raw, at))
}

// MinConnectorOverlap is the least overlap of two pieces.
func (m *MathTable) MinConnectorOverlap() int32 {
	if m.variants == 0 {
		return 0
	}
	return int32(u16(m.raw, m.variants))
}

func (m *MathTable) construction(g GID, vertical bool) int {
	cover, n, list := m.coverHoriz, m.countHoriz, m.variants+10+2*m.countVert
	if vertical {
		cover, n, list = m.coverVert, m.countVert, m.variants+10
	}
	if m.variants == 0 || cover == 0 {
		return 0
	}
	i := m.covered(cover, g)
	if i < 0 || i >= n {
		return 0
	}
	if o := u16(m.raw, list+2*i); o != 0 {
		return m.variants + o
	}
	return 0
}

// covered returns a glyph's index in a coverage table, -1 where it is not in
// it.
func (m *MathTable) covered(at int, g GID) int {
	n, size, kind := u16(m.raw, at+2), 2, u16(m.raw, at)
	if kind == 2 {
		size = 6
	}
	lo, hi := 0, n
	for lo < hi {
		mid := (lo + hi) / 2
		r := at + 4 + size*mid
		first, last := u16(m.raw, r), u16(m.raw, r)
		if kind == 2 {
			last = u16(m.raw, r+2)
		}
		switch {
		case int(g) < first:
			hi = mid
		case int(g) > last:
			lo = mid + 1
		case kind == 2:
			return u16(m.raw, r+4) + int(g) - first
		default:
			return mid
		}
	}
	return -1
}
