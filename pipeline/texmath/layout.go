package texmath

import (
	"strings"
	"unicode/utf8"

	"banxin/pipeline/font"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// node sets one node.
func (s *setting) node(n node, st style) *crate {
	switch n := n.(type) {
	case nil:
		return &crate{}
	case *symbol:
		return s.symbol(n, st)
	case *operator:
		return s.operator(n, st)
	case *row:
		return s.list(n.kids, st)
	case *scripts:
		return s.scripts(n, st)
	case *fraction:
		return s.fraction(n, st)
	case *radical:
		return s.radical(n, st)
	case *accent:
		return s.accent(n, st)
	case *bar:
		return s.bar(n, st)
	case *fence:
		return s.fence(n, st)
	case *delimiter:
		return s.big(n, st)
	case *array:
		return s.array(n, st)
	case *text:
		return s.text(n, st)
	case *space:
		return blank(s.length(n.width, st))
	case *styled:
		return s.list(n.body.kids, st.in(n.size))
	case *scaled:
		st.scale = n.milli
		return s.list(n.body.kids, st)
	case *colored:
		st.color = n.color
		return s.list(n.body.kids, st)
	case *arrow:
		return s.arrow(n, st)
	case *stack:
		return s.stack(n, st)
	case *phantom:
		return s.phantom(n, st)
	case *lap:
		return s.lap(n, st)
	case *classed:
		return s.list(n.body.kids, st)
	case *box:
		return s.box(n, st)
	case *slab:
		return s.slab(n, st)
	case *raised:
		return s.raised(n, st)
	case *choice:
		return s.node(n.kids[st.size], st)
	}
	panic("texmath: unknown node")
}

// slab sets a rule of a given size.
func (s *setting) slab(n *slab, st style) *crate {
	c := &crate{w: s.length(n.width, st), h: s.length(n.height, st) + s.length(n.raise, st), d: -s.length(n.raise, st)}
	if c.w > 0 && c.h+c.d > 0 {
		c.rule(0, -c.d, c.w, c.h+c.d, st.color)
	}
	return c
}

func (s *setting) raised(n *raised, st style) *crate {
	k := s.node(n.body, st)
	by := s.length(n.by, st)
	c := &crate{w: k.w, h: k.h + by, d: k.d - by}
	c.add(k, 0, -by)
	return c
}

// symbol sets a sign in its alphabet.
func (s *setting) symbol(n *symbol, st style) *crate {
	if n.class == inner && (n.text == "…" || n.text == "⋯") {
		return s.dots(n.text, st)
	}
	said := slanted(n)
	if s.words.Bold {
		said = slanted(heavy(n))
	}
	c := s.sign(said, st)
	if n.negate {
		return s.negated(c, said, st)
	}
	return c
}

// dots sets an ellipsis as TeX does: three points with thin white between them,
// wider than the faces' own.
func (s *setting) dots(said string, st style) *crate {
	point := "."
	if said == "⋯" {
		point = "⋅"
	}
	r, _ := utf8.DecodeRuneInString(point)
	id, ok := s.face.Glyph(r)
	if !ok {
		return s.sign(said, st)
	}
	white := unit.Length(0)
	if !st.small() {
		white = s.size(st) / 6
	}
	c := &crate{}
	for i := range 3 {
		text := said
		if i > 0 {
			text, c.w = "", c.w+white
		}
		k := s.glyph(s.face, id, st, text)
		c.add(k, c.w, 0)
		c.w, c.h, c.d = c.w+k.w, max(c.h, k.h), max(c.d, k.d)
	}
	return c
}

// sign sets a short text in the face of formulae, as one glyph where it is
// one, else as the face's fallback shapes it.
func (s *setting) sign(said string, st style) *crate {
	r, n := utf8.DecodeRuneInString(said)
	if n == len(said) {
		if id, ok := s.face.Glyph(r); ok {
			c := s.glyph(s.face, s.optical(r, id, st), st, said)
			c.glyph = true
			return c
		}
		if plain := plainLetter(r); plain != r {
			// An alphabet the face lacks: the letter as it is.
			return s.sign(string(plain), st)
		}
	}
	return s.shaped(said, font.Style{Role: font.Math, Lang: s.lang}, st)
}

// plainLetter undoes letterOf for letters that no face has.
func plainLetter(r rune) rune {
	switch {
	case r >= 0x1D400 && r < 0x1D6A4:
		i := (r - 0x1D400) % 52
		if i < 26 {
			return 'A' + i
		}
		return 'a' + i - 26
	case r >= 0x1D7CE && r <= 0x1D7FF:
		return '0' + (r-0x1D7CE)%10
	case r >= 0x1D6A8 && r <= 0x1D7CB:
		if i := (r - 0x1D6A8) % 58; i < 25 {
			return 'Α' + i
		} else if i >= 26 && i < 51 {
			return 'α' + i - 26
		}
	}
	return r
}

// optical returns the form of a glyph that is drawn for scripts (feature
// ssty), if there is one.
func (s *setting) optical(r rune, id font.GID, st style) font.GID {
	if !st.small() {
		return id
	}
	k := opticalKey{r, uint32(st.size) - uint32(inScript) + 1}
	if g, ok := s.forms[k]; ok {
		return g
	}
	g := id
	run := font.Run{Text: string(r), Style: font.Style{Role: font.Math, Lang: s.lang}, Features: []font.Feature{{Tag: "ssty", Value: k.level}}}
	if sh := s.fonts.Shape(run); len(sh) == 1 && sh[0].Face == s.face && len(sh[0].Glyphs) == 1 {
		g = sh[0].Glyphs[0].ID
	}
	if s.forms == nil {
		s.forms = map[opticalKey]font.GID{}
	}
	s.forms[k] = g
	return g
}

// shaped sets text in a style of fonts.
func (s *setting) shaped(said string, fs font.Style, st style) *crate {
	c := &crate{}
	size := s.size(st)
	if fs.Role != font.Math && s.base != s.around {
		size = size.Scale(int64(s.around), int64(s.base))
	}
	for _, sh := range s.fonts.Shape(font.Run{Text: said, Style: fs}) {
		m := sh.Face.Metrics()
		g := &page.Glyphs{Face: sh.Face, Size: size, Text: said[sh.Start:sh.End], Color: st.color, Lang: fs.Lang}
		x := int32(0)
		for _, k := range sh.Glyphs {
			g.Glyphs = append(g.Glyphs, page.Glyph{ID: k.ID, X: m.Scale(x+k.XOffset, size), Y: -m.Scale(k.YOffset, size),
				Start: k.Start - sh.Start, End: k.End - sh.Start})
			b := sh.Face.Bounds(k.ID)
			if b != [4]int32{} {
				c.h, c.d = max(c.h, m.Scale(b[3]+k.YOffset, size)), max(c.d, m.Scale(-b[1]-k.YOffset, size))
			}
			x += k.Advance
		}
		c.place(g, c.w, 0)
		c.w += m.Scale(x, size)
	}
	return c
}

// text sets words in the face of the text around the formula.
func (s *setting) text(n *text, st style) *crate {
	fs := s.words
	fs.Bold, fs.Italic = fs.Bold || n.bold, fs.Italic || n.slant
	switch n.role {
	case 's':
		fs.Role = font.Hei
	case 't':
		fs.Role = font.Mono
	}
	c := s.shaped(strings.ReplaceAll(n.value, "\u00A0", " "), fs, st)
	c.h, c.d = max(c.h, 0), max(c.d, 0)
	return c
}

// negated strikes a sign through.
func (s *setting) negated(c *crate, said string, st style) *crate {
	out := &crate{w: c.w, h: c.h, d: c.d, glyph: c.glyph, italic: c.italic}
	out.add(c, 0, 0)
	slash := s.sign("/", st)
	mid := s.axis(st) - (slash.h-slash.d)/2
	out.add(slash, (c.w-slash.w)/2, -mid)
	out.h, out.d = max(out.h, slash.h+mid), max(out.d, slash.d-mid)
	return out
}

// operator sets a big sign on the axis, a name upright.
func (s *setting) operator(n *operator, st style) *crate {
	switch {
	case n.big:
		return s.bigSign(n.text, st)
	case n.text != "":
		if utf8.RuneCountInString(n.text) == 1 {
			return s.bigSign(n.text, st)
		}
		c := &crate{}
		for _, r := range n.text {
			k := s.sign(string(r), st)
			c.add(k, c.w, 0)
			c.w += k.w
			c.h, c.d = max(c.h, k.h), max(c.d, k.d)
		}
		return c
	}
	return s.list(n.name.kids, st)
}

func (s *setting) bigSign(said string, st style) *crate {
	r, _ := utf8.DecodeRuneInString(said)
	id, ok := s.face.Glyph(r)
	if !ok {
		return s.sign(said, st)
	}
	if st.size == display {
		least := s.table.Constant(font.DisplayOperatorMinHeight)
		vs := s.table.Variants(id, true)
		for i, v := range vs {
			// A face whose sizes are all below the least still has a large one.
			if id = v.ID; v.Size >= least || i == len(vs)-1 {
				break
			}
		}
	}
	c := s.glyph(s.face, id, st, said)
	c.peak = false
	// Centred on the axis (Appendix G, rule 13).
	down := (c.h-c.d)/2 - s.axis(st)
	out := &crate{w: c.w, h: c.h - down, d: c.d + down, italic: c.italic, full: true}
	out.add(c, 0, down)
	return out
}

func (s *setting) phantom(n *phantom, st style) *crate {
	k := s.node(n.body, st)
	c := &crate{w: k.w, h: k.h, d: k.d}
	if n.shown {
		c.add(k, 0, 0)
	}
	if !n.width {
		c.w = 0
	}
	if !n.height {
		c.h = 0
	}
	if !n.depth {
		c.d = 0
	}
	return c
}

func (s *setting) lap(n *lap, st style) *crate {
	k := s.node(n.body, st)
	c := &crate{h: k.h, d: k.d}
	x := unit.Length(0)
	switch n.side {
	case 'l':
		x = -k.w
	case 'c':
		x = -k.w / 2
	}
	c.add(k, x, 0)
	return c
}
