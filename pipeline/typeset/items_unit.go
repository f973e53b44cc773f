package typeset

import (
	"unicode/utf8"

	"banxin/pipeline/book"
	"banxin/pipeline/unit"
)

// unit returns dashes or ellipses that fill width exactly (typography U1).
// Faces differ: —— may be one ligature of two em, two glyphs of one, or less
// than two em together; in the last case glyphs overlap until the ink is
// continuous.
func (s *setter) unit(t *faceTable, text string, width int32) *shaped {
	key := "\x00" + text // no word begins so
	t.mu.RLock()
	u := t.words[key]
	t.mu.RUnlock()
	if u != nil {
		return u
	}
	u = t.shape(text, t.style)
	r, _ := utf8.DecodeRuneInString(text)
	switch {
	case len(u.glyphs) == 0:
	case r == '—' || r == '⸺':
		u.draw(text, width)
	default:
		u.deal(width)
	}
	u.width = width
	t.mu.Lock()
	defer t.mu.Unlock()
	if old := t.words[key]; old != nil {
		return old
	}
	t.words[key] = u
	return u
}

// deal gives every glyph of a row an equal share of the width.
func (s *shaped) deal(width int32) {
	n := int32(len(s.glyphs))
	for i := range s.glyphs {
		g := &s.glyphs[i]
		share := width / n
		g.x += (share - g.adv) / 2
		g.adv = share
	}
}

// draw makes a dash of the width: its glyphs as they are where they fill it,
// else as many of the first as it takes for the ink to have no break.
func (s *shaped) draw(text string, width int32) {
	const slack = emUnit / 50
	if d := width - s.width; -slack <= d && d <= slack {
		s.glyphs[len(s.glyphs)-1].adv += d
		return
	}
	g := s.glyphs[0]
	left, right := int32(0), g.adv
	if g.face != nil {
		if l, r, ok := inkOf(g.face, g.id); ok {
			left, right = l, r
		}
	}
	ink := right - left
	// As far in from both ends as the face leaves blank, a twentieth at most.
	from := min(max(left, 0), emUnit/20)
	to := width - from
	if ink <= 0 || ink >= to-from {
		s.glyphs = []glyph{{face: g.face, id: g.id, adv: width, x: (width - left - right) / 2, end: int32(len(text))}}
		return
	}
	n := (to-from+ink-1)/ink + 1 // one over, for an overlap
	out := make([]glyph, n)
	at := int32(0)
	for i := range n {
		x := from - left + int32(int64(to-from-ink)*int64(i)/int64(n-1))
		out[i] = glyph{face: g.face, id: g.id, x: x - at, start: int32(len(text)), end: int32(len(text))}
	}
	out[0].start = 0
	out[n-1].adv = width
	s.glyphs = out
}

// reading is a ruby text above its base.
type reading struct {
	shaped *shaped
	text   string
	size   unit.Length
	width  unit.Length
}

// takeRuby sets each base with its reading above: one piece a base, so mono
// ruby breaks between characters and group ruby nowhere (typography I4). The
// base is widened where the reading is wider.
func (k *stick) takeRuby(c *char, n *book.Ruby) {
	st := &k.strands[c.strand]
	l := st.look
	small := l
	small.size = l.size / 2
	for i, base := range n.Base {
		if base == "" {
			continue
		}
		off := int32(len(k.str))
		k.str += base
		g := &shaped{}
		var inner int32
		for _, r := range base {
			one := st.faces.square(r, string(r))
			at := int32(utf8.RuneLen(r))
			for _, og := range one.glyphs {
				og.start += inner
				og.end += inner
				g.glyphs = append(g.glyphs, og)
			}
			g.width += one.width
			g.missing = g.missing || one.missing
			inner += at
		}
		p := piece{shaped: g, to: int32(len(g.glyphs)), strand: c.strand, thing: -1, base: off, off: off, end: off + int32(len(base)),
			kind: han, width: length(g.width, l.size)}
		p.first, _ = utf8.DecodeRuneInString(base)
		p.last, _ = utf8.DecodeLastRuneInString(base)
		if i < len(n.Reading) && n.Reading[i] != "" {
			sh := k.set.word(st.faces, n.Reading[i])
			rd := &reading{sh, n.Reading[i], small.size, length(sh.width, small.size)}
			if wide := rd.width + rubyAir(n, l.size); wide > p.width {
				p.dx = (wide - p.width) / 2
				p.width = wide
			}
			p.reading = rd
		}
		k.push(p)
	}
}

// rubyAir keeps two readings apart that stand over neighbouring characters;
// Latin readings (pinyin) need it, kana touch.
func rubyAir(n *book.Ruby, size unit.Length) unit.Length {
	for _, s := range n.Reading {
		if r, _ := utf8.DecodeRuneInString(s); kindOf(r) == western {
			return size / 6
		}
	}
	return 0
}
