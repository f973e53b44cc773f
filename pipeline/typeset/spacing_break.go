package typeset

import (
	"unicode"

	"banxin/pipeline/typeset/linebreak"
)

// breakCost returns the cost of ending a line between two pieces, or
// linebreak.Forbidden.
func (k *stick) breakCost(a, b *piece, bl *blank) int32 {
	const free = 0
	r := &k.rules
	switch {
	case bl.tie:
		return linebreak.Forbidden
	case bl.seam:
		return free
	case k.strands[b.strand].look.call:
		return linebreak.Forbidden // typography U3
	case a.joined:
		return a.joint
	case r.Kinsoku != "none" && (r.barsStart(b, bl) || r.barsEnd(a)):
		return linebreak.Forbidden
	case bl.some:
		return free
	case a.kind == western && b.kind == western:
		return k.words(a, b)
	case r.units(a, b):
		return linebreak.Forbidden
	case a.kind == hangul || b.kind == hangul || r.tongue == korean:
		return r.eojeol(a, b)
	}
	return free
}

// words is a break between two runs of Western characters that only a change
// of style divides: none, unless one of them is a note's call.
func (k *stick) words(a, b *piece) int32 {
	if k.strands[a.strand].look.call && alnum(b.first) {
		return 0
	}
	return linebreak.Forbidden
}

// eojeol keeps Korean words whole, the Han in them too, unless the layout
// breaks by syllable (typography KO1).
func (r *spacing) eojeol(a, b *piece) int32 {
	switch {
	case r.KoreanBreak == "syllable":
		return 0
	case r.tongue != korean && (a.kind.ideographic() || b.kind.ideographic()):
		return 0
	case a.kind == han && b.kind == han:
		return costSplit // a long quotation has to break somewhere
	}
	return linebreak.Forbidden
}

// barsStart reports whether a piece may not start a line (typography K1, K3,
// K4, J1).
func (r *spacing) barsStart(p *piece, bl *blank) bool {
	switch p.kind {
	case closeKind, commaKind, stopKind:
		return true
	case exclaimKind, interKind, connectorKind:
		return !(r.tongue == japanese && r.JapaneseLevel == "very-loose")
	case solidusKind, postfixKind:
		return true
	case trailing:
		return r.tongue != japanese || r.JapaneseLevel == "very-strict" || voiced(p.first)
	case dashKind, ellipsisKind:
		return r.Kinsoku == "strict"
	case western:
		return !bl.some && (closing(p.first) || p.first == '-' || p.first == '·' || p.first == '\'' && !alnum(p.last)) ||
			bl.some && (p.first == ',' || p.first == '.' && p.last == '.')
	}
	return false
}

// voiced are the marks of trailing that no level lets start a line.
func voiced(r rune) bool { return r == '‼' || r == '⁇' || r == '⁈' || r == '⁉' }

// barsEnd reports whether a piece may not end a line (typography K2, K3).
func (r *spacing) barsEnd(p *piece) bool {
	switch p.kind {
	case openKind, prefixKind:
		return true
	case solidusKind:
		return r.Kinsoku == "gb" || r.Kinsoku == "strict"
	case western:
		if p.last == '/' && p.first == '/' {
			return r.Kinsoku == "gb" || r.Kinsoku == "strict"
		}
		return opening(p.last)
	}
	return false
}

// units are pairs that stay together whatever the level: runs of dashes or of
// ellipses (typography U1), figures with what counts them (U2).
func (r *spacing) units(a, b *piece) bool {
	switch {
	case a.kind == b.kind && (a.kind == dashKind || a.kind == ellipsisKind):
		return true
	case b.kind == postfixKind:
		return true
	case a.kind == prefixKind:
		return true
	}
	return fullDigit(a.last) && fullDigit(b.first)
}

// fullDigit is a full-width digit or letter: ２０２４ is one figure.
func fullDigit(r rune) bool {
	return r >= 0xff10 && r <= 0xff19 || r >= 0xff21 && r <= 0xff5a && unicode.IsLetter(r)
}
