package texmath

import (
	"unicode/utf8"

	"banxin/pipeline/font"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// stretched sets a sign at least as large as want along an axis: the first of
// the face's sizes that is, else one assembled of pieces, else the largest.
func (s *setting) stretched(r rune, said string, want unit.Length, vertical bool, st style) *crate {
	id, ok := s.face.Glyph(r)
	if !ok {
		return s.sign(said, st)
	}
	size := s.size(st)
	best := id
	for _, v := range s.table.Variants(id, vertical) {
		best = v.ID
		if s.metrics.Scale(v.Size, size) >= want {
			return s.glyph(s.face, best, st, said)
		}
	}
	if parts, _ := s.table.Assembly(id, vertical); len(parts) > 0 {
		return s.assembled(parts, said, want, vertical, st)
	}
	return s.glyph(s.face, best, st, said)
}

// mostPieces bounds an assembly: a delimiter of some metres.
const mostPieces = 2000

// assembled puts pieces together: extenders are repeated until the whole is
// large enough at the least overlap, then overlaps grow to make it exact.
func (s *setting) assembled(parts []font.MathPart, said string, want unit.Length, vertical bool, st style) *crate {
	size := s.size(st)
	scale := func(v int32) unit.Length { return s.metrics.Scale(v, size) }
	least := scale(s.table.MinConnectorOverlap())
	repeat := repeats(parts, want, least, scale)
	row := make([]font.MathPart, 0, len(parts)+repeat)
	for _, p := range parts {
		n := 1
		if p.Extender {
			n = repeat
		}
		for range n {
			row = append(row, p)
		}
	}
	over := s.overlaps(row, want, least, scale)
	c := &crate{}
	pos := unit.Length(0)
	for i, p := range row {
		full := scale(p.Full)
		if i > 0 {
			pos -= over[i-1]
		}
		end := int32(0)
		if i == 0 {
			end = int32(len(said))
		}
		g := &page.Glyphs{Face: s.face, Size: size, Color: st.color, Lang: s.lang, Glyphs: []page.Glyph{{ID: p.ID, End: end}}}
		if i == 0 {
			g.Text = said
		}
		b := s.face.Bounds(p.ID)
		if vertical {
			c.place(g, 0, -(pos - scale(b[1])))
			c.w = max(c.w, scale(s.face.Advance(p.ID)))
		} else {
			c.place(g, pos-scale(b[0]), 0)
			c.h, c.d = max(c.h, scale(b[3])), max(c.d, scale(-b[1]))
		}
		pos += full
	}
	if vertical {
		c.h = pos
	} else {
		c.w = pos
	}
	return c
}

// repeats is how often the extenders stand to make an assembly large enough.
func repeats(parts []font.MathPart, want, least unit.Length, scale func(int32) unit.Length) int {
	fixed, each := least, unit.Length(0)
	for _, p := range parts {
		if p.Extender {
			each += scale(p.Full) - least
		} else {
			fixed += scale(p.Full) - least
		}
	}
	if want <= fixed || each <= 0 {
		return 0
	}
	return int(min((want-fixed+each-1)/each, mostPieces))
}

// overlaps shares what an assembly is too large among its joints, none beyond
// what the connectors allow.
func (s *setting) overlaps(row []font.MathPart, want, least unit.Length, scale func(int32) unit.Length) []unit.Length {
	n := len(row) - 1
	if n < 1 {
		return nil
	}
	over := make([]unit.Length, n)
	total := unit.Length(0)
	for _, p := range row {
		total += scale(p.Full)
	}
	share := (total - want) / unit.Length(n)
	for i := range over {
		most := min(scale(row[i].End), scale(row[i+1].Start))
		over[i] = max(least, min(share, most))
	}
	return over
}

// delimited is a delimiter of at least a height, centred on the axis.
func (s *setting) delimited(said string, want unit.Length, st style) *crate {
	if said == "" {
		return blank(s.size(st).Scale(120, 1000))
	}
	r, _ := utf8.DecodeRuneInString(said)
	k := s.stretched(r, said, want, true, st)
	down := (k.h-k.d)/2 - s.axis(st)
	c := &crate{w: k.w, h: k.h - down, d: k.d + down}
	c.add(k, 0, down)
	return c
}

// covering is how large a delimiter must be to embrace a formula: not all of
// it, as TeX's \delimiterfactor and \delimitershortfall have it.
func (s *setting) covering(c *crate, st style) unit.Length {
	half := max(c.h-s.axis(st), c.d+s.axis(st))
	return max((2*half).Scale(901, 1000), 2*half-s.size(st)/2)
}

func (s *setting) fence(n *fence, st style) *crate {
	kids := make([]*crate, len(n.kids))
	whole := &crate{}
	for i, k := range n.kids {
		kids[i] = s.list(k.kids, st).shut()
		whole.h, whole.d = max(whole.h, kids[i].h), max(whole.d, kids[i].d)
	}
	want := s.covering(whole, st)
	parts := []*crate{s.delimited(n.left, want, st)}
	for i, k := range kids {
		if i > 0 {
			parts = append(parts, s.delimited(n.middle[i-1], want, st))
		}
		parts = append(parts, k)
	}
	return abreast(append(parts, s.delimited(n.right, want, st)))
}

// fenced puts delimiters of its height around a crate.
func (s *setting) fenced(left string, c *crate, right string, st style) *crate {
	want := s.covering(c, st)
	if c.items != nil && st.size == display {
		// \delim1 and \delim2: those of a fraction without a bar
		want = max(want, s.size(st).Scale(2390, 1000))
	}
	return abreast([]*crate{s.delimited(left, want, st), c, s.delimited(right, want, st)})
}

// abreast puts crates side by side.
func abreast(ks []*crate) *crate {
	c := &crate{}
	for _, k := range ks {
		c.add(k, c.w, 0)
		c.w += k.w
		c.h, c.d = max(c.h, k.h), max(c.d, k.d)
	}
	return c
}

// big sets \big and its like: 1.2, 1.8, 2.4 and 3 times the size.
func (s *setting) big(n *delimiter, st style) *crate {
	if n.text == "" {
		return &crate{}
	}
	want := s.size(style{size: inText, scale: st.scale}).Scale(int64(600*(n.step+1)-50), 1000)
	return s.delimited(n.text, want, st)
}

// accent sets a mark on or under a base (Appendix G, rule 12).
func (s *setting) accent(n *accent, st style) *crate {
	base := s.node(n.base, st.cramp())
	if n.under {
		base = s.node(n.base, st)
	}
	r, _ := utf8.DecodeRuneInString(n.mark)
	if n.wide {
		base = base.shut()
	}
	if n.brace || n.wide && r < 0x300 || r >= 0x2190 && r <= 0x23FF {
		return s.braced(n, base, r, st)
	}
	mark := s.accentMark(r, n, base, st)
	at := base.w / 2
	if base.peak {
		at = base.accent
	} else if base.glyph {
		at += base.italic
	}
	centre := mark.w / 2
	if mark.peak {
		centre = mark.accent
	}
	c := &crate{w: base.w, h: base.h, d: base.d, italic: base.italic, full: base.full, glyph: base.glyph, core: base}
	c.accent, c.peak = base.accent, base.peak
	if base.core != nil {
		c.core = base.core
	}
	c.add(base, 0, 0)
	if n.under {
		gap := s.constant(font.UnderbarVerticalGap, st)
		y := base.d + gap + mark.h
		c.add(mark, at-centre, y)
		c.d = y + mark.d
		return c
	}
	rise := base.h - min(base.h, s.constant(font.AccentBaseHeight, st))
	c.add(mark, at-centre, -rise)
	c.h = max(base.h, rise+mark.h)
	return c
}

// accentMark is a mark of its own size or as wide as the base allows.
func (s *setting) accentMark(r rune, n *accent, base *crate, st style) *crate {
	id, ok := s.face.Glyph(r)
	if !ok {
		return s.sign(n.mark, st)
	}
	if n.wide {
		for _, v := range s.table.Variants(id, false) {
			if s.metrics.Scale(v.Size, s.size(st)) > base.w {
				break
			}
			id = v.ID
		}
	}
	mark := s.glyph(s.face, id, st, n.mark)
	if !mark.peak || mark.w == 0 { // a combining mark hangs left of its origin
		b := s.face.Bounds(id)
		mark.accent, mark.peak = s.metrics.Scale((b[0]+b[2])/2, s.size(st)), true
	}
	return mark
}

// braced sets a brace or an arrow as wide as its base over or under it.
func (s *setting) braced(n *accent, base *crate, r rune, st style) *crate {
	k := s.stretched(r, n.mark, base.w, false, st)
	w := max(base.w, k.w)
	c := &crate{w: w, h: base.h, d: base.d}
	c.add(base, (w-base.w)/2, 0)
	if n.under {
		gap := s.constant(font.StretchStackGapAboveMin, st)
		y := base.d + gap + k.h
		c.add(k, (w-k.w)/2, y)
		c.d = y + k.d
		return c
	}
	gap := s.constant(font.StretchStackGapBelowMin, st)
	y := base.h + gap + k.d
	c.add(k, (w-k.w)/2, -y)
	c.h = y + k.h
	return c
}

// arrow sets an arrow as long as its labels.
func (s *setting) arrow(n *arrow, st style) *crate {
	small := s.size(st.sup())
	var above, below *crate
	if n.above != nil {
		above = s.node(n.above, st.sup()).shut()
	}
	if n.below != nil {
		below = s.node(n.below, st.sub()).shut()
	}
	w := s.size(st).Scale(1750, 1000)
	for _, k := range []*crate{above, below} {
		if k != nil && len(k.items) > 0 {
			w = max(w, k.w+small)
		}
	}
	r, _ := utf8.DecodeRuneInString(n.sign)
	k := s.stretched(r, n.sign, w, false, st)
	c := &crate{w: max(w, k.w), h: k.h, d: k.d}
	c.add(k, (c.w-k.w)/2, 0)
	if above != nil && len(above.items) > 0 {
		y := k.h + s.constant(font.UpperLimitGapMin, st) + above.d
		c.add(above, (c.w-above.w)/2, -y)
		c.h = y + above.h
	}
	if below != nil {
		y := k.d + s.constant(font.LowerLimitGapMin, st) + below.h
		c.add(below, (c.w-below.w)/2, y)
		c.d = y + below.d
	}
	return c
}
