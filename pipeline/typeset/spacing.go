package typeset

import (
	"strings"
	"unicode"

	"banxin/pipeline/font"
	"banxin/pipeline/layout"
	"banxin/pipeline/typeset/linebreak"
	"banxin/pipeline/unit"
)

// spacing is the layout's rules of what stands beside what, in one language.
type spacing struct {
	*layout.Spacing
	tongue tongue
	em     unit.Length // of the text, the measure of its gaps
	plain  bool
}

func newSpacing(sp *layout.Spacing, t tongue, em unit.Length) spacing {
	return spacing{sp, t, em, sp.Scheme == "plain"}
}

// side gives a full-width mark its box and its blanks: half an em of ink, and
// half an em that is a gap (typography P1; CLREQ, width adjustment).
func (r *spacing) side(p *piece, size unit.Length) {
	if r.plain || r.tongue == korean {
		return
	}
	half, quarter := size/2, size/4
	switch kind := p.kind; {
	case kind == connectorKind, kind == exclaimKind && (r.tongue == hant || r.tongue == japanese):
		return // fixed (JLREQ and CLREQ: ！？ of TW, HK and ja)
	case kind == interKind:
		if p.width < size.Em(750) {
			return // GB's half-width interpunct is not adjustable
		}
		p.class = linebreak.Interpunct
		r.centre(p, half, quarter)
	case kind == commaKind && (r.tongue == hant || r.tongue == japanese && (p.first == '：' || p.first == '；')),
		kind == stopKind && r.tongue == hant:
		p.class = linebreak.Comma
		if kind == stopKind {
			p.class = linebreak.Stop
		}
		r.centre(p, half, quarter)
	case kind == openKind:
		p.class = linebreak.Bracket
		p.left, p.leftGive = half, half
		r.ink(p, size, half, true)
	default:
		p.class = linebreak.Bracket
		switch kind {
		case commaKind:
			p.class = linebreak.Comma
		case stopKind, exclaimKind:
			p.class = linebreak.Stop
		}
		p.right, p.rightGive = half, half
		r.ink(p, size, half, false)
	}
	p.width = half
	r.scheme(p)
}

// scheme takes blanks away: 开明 leaves them at the ends of sentences, 半角
// nowhere (typography P5).
func (r *spacing) scheme(p *piece) {
	switch {
	case r.Scheme == "banjiao",
		r.Scheme == "kaiming" && p.kind != stopKind && p.kind != exclaimKind:
		p.left, p.right, p.leftGive, p.rightGive = 0, 0, 0, 0
	case p.class == linebreak.Stop && !r.SqueezeStops:
		p.leftGive, p.rightGive = 0, 0
	}
}

// centre sets a mark whose blank lies on both sides.
func (r *spacing) centre(p *piece, half, quarter unit.Length) {
	p.left, p.right, p.leftGive, p.rightGive = quarter, quarter, quarter, quarter
	p.dx = half/2 - length((p.shaped.left+p.shaped.right)/2, 2*half)
}

// ink places a mark's glyph in its half em: where its face has the blank on
// the expected side the glyph only loses it, else the ink is centred.
func (r *spacing) ink(p *piece, size, half unit.Length, open bool) {
	const slack = emUnit / 20
	s := p.shaped
	switch {
	case open && s.left >= s.width-emUnit/2-slack && s.width > emUnit*3/4:
		p.dx = half - length(s.width, size)
	case !open && s.right <= emUnit/2+slack:
	default:
		p.dx = half/2 - length((s.left+s.right)/2, size)
	}
}

// between settles the gap between two pieces and whether a line may end in it.
func (k *stick) between(a, b *piece, it *linebreak.Item) {
	bl := k.blank
	k.blank = blank{}
	a.spaceOff, a.spaceEnd = a.end, a.end
	k.gap(a, b, it, &bl)
	if tr := k.t.style.Tracking; tr != 0 && !(word(a) && word(b)) {
		it.Gap += k.rules.em.Em(int64(tr)) // opens the square only: words keep their letters
	}
	it.Break = k.breakCost(a, b, &bl)
	if bl.soft && it.Break == linebreak.Forbidden && !bl.tie {
		it.Break = costHyphen
		a.hyphen = true
	}
	if a.hyphen && it.Break != linebreak.Forbidden {
		it.Extra = k.hyphenWidth(a)
	} else {
		a.hyphen = false
	}
}

// gap settles the blank between two pieces: of marks (typography P1), between
// Han and Latin (C1), or between words.
func (k *stick) gap(a, b *piece, it *linebreak.Item, bl *blank) {
	r := &k.rules
	switch {
	case k.strands[b.strand].look.call:
	case a.kind == objectKind && a.joined: // inside a formula
		it.Gap = k.things[a.thing].white
		it.Class, it.Stretch, it.Squeeze = linebreak.Word, it.Gap/2, it.Gap/4
	case a.kind.mark() || b.kind.mark():
		r.markGap(a, b, it)
		if bl.rigid {
			it.Gap += bl.width
		}
	case bl.rigid:
		it.Gap = bl.width
		it.Class, it.Stretch = linebreak.Word, r.em/6 // of code, less than of words
		a.spaceOff, a.spaceEnd = bl.off, bl.end
	case r.scripts(a, b, k):
		em := r.em
		it.Gap = em.Em(int64(r.Gap))
		it.Class = linebreak.Script
		it.Squeeze = max(0, it.Gap-em/8)
		it.Stretch = max(0, em/2-it.Gap)
	case bl.some && square(a) && square(b):
		k.hanSpace(a, b, it, bl)
	case bl.some:
		k.wordSpace(a, it, bl)
	default:
		it.Even = r.even(a, b)
	}
}

// hanSpace is the author's space between two Han: a rigid quarter em. Where a
// style begins or ends in running text it only keeps Markdown's marks apart
// and is nothing; after a label that starts the paragraph it stays.
func (k *stick) hanSpace(a, b *piece, it *linebreak.Item, bl *blank) {
	if a.strand != b.strand && (a.strand > 0 || plainer(&k.strands[a.strand].look, &k.strands[b.strand].look)) {
		it.Even = true
		return
	}
	it.Gap = k.rules.em / 4
	a.spaceOff, a.spaceEnd = bl.off, bl.end
}

// plainer reports whether a is the look of running text rather than b.
func plainer(a, b *look) bool { return !a.bold && (b.bold || a.role == font.Song) }

// wordSpace is the author's space between words: a quarter em at least, half
// an em at most (CLREQ, justification order). Text that is Latin throughout
// has many of them and is set closer: a space loses a quarter of itself or
// gains six tenths.
func (k *stick) wordSpace(a *piece, it *linebreak.Item, bl *blank) {
	em := k.strands[a.strand].look.size
	it.Class = linebreak.Word
	it.Gap = min(max(bl.width, em/4), em/2)
	it.Squeeze = it.Gap - em/4
	it.Stretch = em/2 - it.Gap
	if k.tongue == latin {
		it.Squeeze, it.Stretch = it.Gap/4, it.Gap.Scale(6, 10)
	}
	a.spaceOff, a.spaceEnd = bl.off, bl.end
}

// markGap is what stands beside a full-width mark: the blanks of both, and of
// two marks half an em less (typography P1: 2 em become 1.5, or 1 where both
// blanks face each other).
func (r *spacing) markGap(a, b *piece, it *linebreak.Item) {
	left, right := a.right, b.left
	w, give := left+right, a.rightGive+b.leftGive
	it.Class = a.class
	if left == 0 {
		it.Class = b.class
	}
	it.Even = r.even(a, b)
	if r.plain {
		it.Gap = w
		return
	}
	switch {
	case a.kind.mark() && b.kind.mark():
		cut := min(w, r.em/2)
		w -= cut
		give = min(give, w) / 2
		if a.kind == exclaimKind && b.kind == exclaimKind {
			r.pair(a, b) // typography U4
		}
	case b.kind == western && closing(b.first), a.kind == western && opening(a.last):
		w, give = 0, 0
	}
	it.Gap, it.Squeeze = w, min(give, w)
}

// pair sets ！？ in one em: the second of two has no blank of its own, the
// third of three has (typography U4).
func (r *spacing) pair(a, b *piece) {
	if a.right > 0 {
		b.right, b.rightGive = 0, 0
	}
}

// scripts reports whether Han meets Latin here (typography C1, C2).
func (r *spacing) scripts(a, b *piece, k *stick) bool {
	if r.Gap == 0 || r.tongue == korean {
		return false
	}
	if square(b) && a.kind == western && strings.ContainsRune(",;:!?", a.last) && !k.strands[a.strand].look.verbatim {
		return true // a half-width mark used for a full-width one
	}
	return square(a) && k.script(b, b.first) || square(b) && k.script(a, a.last)
}

func square(p *piece) bool { return p.kind == han || p.kind == trailing }

// script reports whether a piece stands off from Han on the side of r: words
// and figures do, punctuation does not, code and formulae do.
func (k *stick) script(p *piece, r rune) bool {
	l := &k.strands[p.strand].look
	switch {
	case l.call:
		return false
	case p.kind == objectKind:
		return k.things[p.thing].ruby == nil
	case p.kind != western:
		return false
	}
	return l.verbatim || alnum(r)
}

func alnum(r rune) bool {
	if r < 0x80 {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r)
}

// even reports whether the gap shares what the capped classes cannot take:
// not inside words, nor around connectors and solidus.
func (r *spacing) even(a, b *piece) bool {
	if word(a) && word(b) {
		return false
	}
	fixed := func(p *piece) bool { return p.kind == connectorKind || p.kind == solidusKind }
	same := a.kind == b.kind && (a.kind == dashKind || a.kind == ellipsisKind)
	bound := a.kind == prefixKind || b.kind == postfixKind
	return !fixed(a) && !fixed(b) && !same && !bound
}

// word reports whether a piece is part of a word set with spaces.
func word(p *piece) bool { return p.kind == western || p.kind == hangul }

func opening(r rune) bool { return strings.ContainsRune("([{<$£€¥#№“‘", r) }
func closing(r rune) bool { return strings.ContainsRune(")]}>.,;:!?%…’”/\\", r) }
