package typeset

import (
	"slices"
	"unicode/utf8"

	"banxin/pipeline/font"
	"banxin/pipeline/layout"
	"banxin/pipeline/typeset/linebreak"
	"banxin/pipeline/unit"
)

// piece is what one item of the line breaker puts on the line.
type piece struct {
	shaped *shaped
	from   int32 // glyphs [from, to) of shaped
	to     int32
	strand int32
	thing  int32 // -1: none
	base   int32 // where shaped's text begins in the flat text
	off    int32 // bytes [off, end) of the flat text
	end    int32
	kind   kind
	// first and last are the characters at a word's ends.
	first, last rune
	// dx is where the glyphs' origin lies, from the box's left edge.
	dx unit.Length
	// width is the box's; left and right are the blanks beside it, which are
	// gaps and vanish at a line's edge, give how much of each may be squeezed.
	width               unit.Length
	left, right         unit.Length
	leftGive, rightGive unit.Length
	class               linebreak.Class
	// space is the author's space that follows, bytes [spaceOff, spaceEnd);
	// it is printed (as nothing) only where it separates words.
	spaceOff, spaceEnd int32
	// within the word that the next piece goes on with: the cost of a break.
	joint   int32
	joined  bool
	hyphen  bool
	reading *reading // ruby
}

// blank is white space between two pieces, before it is known what it means.
type blank struct {
	off, end int32
	width    unit.Length
	some     bool
	rigid    bool // U+3000, spaces of code: as wide as it is
	tie      bool // no line ends here
	seam     bool // a line may end here
	soft     bool // soft hyphen
}

// mark of a place in the run of pieces.
type marker struct {
	thing int32
	at    int32 // stands before this piece
}

// stick is what one worker composes in (手盘): the store that setting a text
// needs, kept from one text to the next.
type stick struct {
	flat
	str     string // flat.text, then the bases of ruby
	pieces  []piece
	items   []linebreak.Item
	markers []marker
	spreads []linebreak.Spread
	breaker linebreak.Breaker

	set    *setter
	t      *text
	tongue tongue
	rules  spacing
	blank  blank
	miss   []missed
	next   int // the first character without a piece
}

// prepare flattens the text's inlines; fill makes pieces and items of them.
func (k *stick) prepare(s *setter, t *text, ns []inlineRun) {
	k.set, k.t = s, t
	k.flat.reset()
	k.pieces, k.items, k.markers, k.miss = k.pieces[:0], k.items[:0], k.markers[:0], k.miss[:0]
	k.tongue = tongueOf(t.lang)
	k.rules = newSpacing(&s.layout.Spacing, k.tongue, t.style.Size)
	k.blank, k.next = blank{}, 0
	f := flattener{setter: s, t: t, flat: &k.flat}
	for _, run := range ns {
		f.walk(run.inlines, run.mood)
	}
	k.settle(k.tongue)
	k.str = string(k.flat.text)
}

// fill makes pieces of the characters to come until there are about most of
// them, and reports whether none are left.
func (k *stick) fill(most int) bool {
	room := min(len(k.chars)-k.next, most)
	k.pieces = slices.Grow(k.pieces, room)
	k.items = slices.Grow(k.items, room)
	for k.next < len(k.chars) {
		if len(k.pieces) >= most {
			return false
		}
		k.next = k.take(k.next)
	}
	k.finish()
	return true
}

// drop forgets the first n pieces, whose lines are set.
func (k *stick) drop(n int) {
	k.pieces = k.pieces[:copy(k.pieces, k.pieces[n:])]
	k.items = k.items[:copy(k.items, k.items[n:])]
	left := k.markers[:0]
	for _, m := range k.markers {
		if int(m.at) >= n {
			left = append(left, marker{m.thing, m.at - int32(n)})
		}
	}
	k.markers = left
}

// bodyLook is the look of a style's plain text.
func bodyLook(st layout.Style, lang string) look {
	l := look{role: font.Role(st.Role), bold: st.Bold, italic: st.Italic, lang: lang, size: st.Size}
	if l.role == "" {
		l.role = font.Song
	}
	if st.Gray != 0 {
		l.color.V[0] = int16(st.Gray)
	}
	if st.Underline {
		l.decor |= underline
	}
	return l
}

// take makes pieces of the character at i and what belongs to it; it returns
// where the next ones begin.
func (k *stick) take(i int) int {
	c := &k.chars[i]
	switch c.kind {
	case western, joinKind:
		return k.takeWord(i)
	case dashKind, ellipsisKind:
		return k.takeUnit(i)
	case spaceKind, idSpaceKind, tieKind:
		k.takeSpace(c)
	case softKind:
		k.blank.soft = true
	case seamKind:
		k.blank.seam = true
	case hardKind:
		k.endLine()
	case objectKind:
		k.takeThing(c)
	case markerKind:
		k.markers = append(k.markers, marker{c.thing, int32(len(k.pieces))})
	default:
		return k.takeSquare(i)
	}
	return i + 1
}

// takeSquare sets a character in the square, with the marks that combine
// with it.
func (k *stick) takeSquare(i int) int {
	c := k.chars[i]
	j := i + 1
	for j < len(k.chars) && k.chars[j].kind == joinKind && k.chars[j].strand == c.strand {
		j++
	}
	end := k.chars[j-1].end
	st := &k.strands[c.strand]
	sh := st.faces.square(c.r, k.str[c.off:end])
	size := st.look.size
	p := piece{shaped: sh, to: int32(len(sh.glyphs)), strand: c.strand, thing: -1, base: c.off, off: c.off, end: end,
		kind: c.kind, first: c.r, last: c.r, width: length(sh.width, size)}
	if st.look.call {
		p.kind = western
	} else if c.kind.mark() || c.kind == connectorKind {
		k.rules.side(&p, size)
	}
	if sh.missing {
		k.missing(c.r, c.strand, c.off)
	}
	k.push(p)
	return j
}

// takeUnit sets —— or …… as one piece of two em that nothing opens or breaks
// (typography U1); an odd one over is a piece by itself.
func (k *stick) takeUnit(i int) int {
	c := k.chars[i]
	n := 1
	if c.r != '⸺' && i+1 < len(k.chars) && k.chars[i+1].r == c.r && k.chars[i+1].strand == c.strand {
		n = 2
	}
	end := k.chars[i+n-1].end
	st := &k.strands[c.strand]
	ems := int32(n)
	if c.r == '⸺' {
		ems = 2
	}
	sh := k.set.unit(st.faces, k.str[c.off:end], ems*emUnit)
	if sh.missing {
		k.missing(c.r, c.strand, c.off)
	}
	k.push(piece{shaped: sh, to: int32(len(sh.glyphs)), strand: c.strand, thing: -1, base: c.off, off: c.off, end: end,
		kind: c.kind, first: c.r, last: c.r, width: length(sh.width, st.look.size)})
	return i + n
}

// takeWord sets a run of Western characters of one strand, a piece for every
// part at which a line may end.
func (k *stick) takeWord(i int) int {
	c := k.chars[i]
	j := i + 1
	for j < len(k.chars) && (k.chars[j].kind == western || k.chars[j].kind == joinKind) && k.chars[j].strand == c.strand {
		j++
	}
	end := k.chars[j-1].end
	text := k.str[c.off:end]
	st := &k.strands[c.strand]
	sh := k.set.word(st.faces, text)
	if sh.missing {
		k.missingIn(sh, text, c.strand, c.off)
	}
	var from, at int32
	for n, f := range sh.frags {
		part := text[at:f.end]
		p := piece{shaped: sh, from: from, to: f.glyphs, strand: c.strand, thing: -1, base: c.off, off: c.off + at, end: c.off + f.end,
			kind: western, width: length(f.width, st.look.size), joint: f.cost, joined: n < len(sh.frags)-1, hyphen: f.hyphen}
		p.first, _ = utf8.DecodeRuneInString(part)
		p.last, _ = utf8.DecodeLastRuneInString(part)
		if n == 0 && c.stands != 0 {
			p.first = c.stands
		}
		if q := k.chars[j-1].stands; q != 0 && !p.joined {
			p.last = q
		}
		k.push(p)
		if it := &k.items[len(k.items)-1]; !st.look.call {
			it.Inner = f.inner
			it.Weight = uint16(min(1+int(f.inner), 2))
			if !alnum(p.first) && !alnum(p.last) {
				it.Weight = 0
			}
		}
		from, at = f.glyphs, f.end
	}
	return j
}

// takeSpace notes a space; what it comes to depends on what follows it.
func (k *stick) takeSpace(c *char) {
	b := &k.blank
	if !b.some {
		b.off = c.off
	}
	st := &k.strands[c.strand]
	size := st.look.size
	switch {
	case c.r == 0x2060:
		b.tie = true
		return
	case c.kind == idSpaceKind:
		b.width += size
		b.rigid = true
	case c.kind == tieKind:
		b.tie = true
		b.width += length(k.set.word(st.faces, " ").width, size)
	case st.look.verbatim:
		b.width += length(k.set.word(st.faces, " ").width, size)
		b.rigid = true
	default:
		b.width = max(b.width, length(k.set.word(st.faces, " ").width, size))
	}
	b.some, b.end = true, c.end
}

// takeThing places a frame or a ruby group.
func (k *stick) takeThing(c *char) {
	th := &k.things[c.thing]
	if th.ruby != nil {
		k.takeRuby(c, th.ruby)
		return
	}
	k.push(piece{strand: c.strand, thing: c.thing, off: c.off, end: c.end, kind: objectKind, width: th.frame.Width,
		joined: th.follows, joint: th.cost})
}

// push appends a piece and settles the gap between it and the one before.
func (k *stick) push(p piece) {
	n := len(k.pieces)
	if n == 0 || k.items[n-1].Break == linebreak.Forced {
		k.blank = blank{}
	} else {
		k.between(&k.pieces[n-1], &p, &k.items[n-1])
	}
	k.pieces = append(k.pieces, p)
	it := linebreak.Item{Width: p.width}
	if p.kind == han || p.kind == hangul || p.kind == trailing || p.kind == objectKind {
		it.Weight = 1
	}
	k.items = append(k.items, it)
}

// endLine forces a line end after what stands so far.
func (k *stick) endLine() {
	k.blank = blank{}
	if n := len(k.items); n > 0 {
		k.items[n-1].Break = linebreak.Forced
	}
}

// finish closes the run. The first opener may keep its blank (typography P4).
func (k *stick) finish() {
	n := len(k.items)
	if n == 0 {
		return
	}
	k.items[n-1].Break = linebreak.Forced
	if p := &k.pieces[0]; p.left > 0 && k.set.layout.Spacing.FirstOpen == "keep" && k.t.indent > 0 {
		k.items[0].Width += p.left
		p.width += p.left
		p.dx += p.left
		p.left = 0
	}
	if k.set.layout.Spacing.Hanging && k.tongue != hant {
		k.hang()
	}
}

// hang lets a stop or a comma at a line's end stand outside the measure
// (typography P6): one mark, not in a run of marks.
func (k *stick) hang() {
	for i := range k.pieces {
		p := &k.pieces[i]
		ok := p.kind == stopKind || p.kind == commaKind && (p.first == '、' || p.first == '，' || k.tongue == hans)
		if !ok || i > 0 && k.pieces[i-1].kind.mark() || i+1 < len(k.pieces) && k.pieces[i+1].kind.mark() {
			continue
		}
		k.items[i].Hang = p.width
	}
}
