package pdf

import (
	"strings"

	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// textState is where the text operators written so far have left the pen.
// Widths are counted as a reader counts them, in hundred-thousandths of an em
// as written in the file, so roundings are seen and made up for at the next
// glyph and never add up.
type textState struct {
	in     bool  // inside BT … ET
	turned bool  // the text matrix is turned: the next upright run sets it anew
	placed bool  // a line has been begun since BT
	x, y   int64 // where it begins, in thousandths of a point
	// The pen is at base + run·size/100000.
	base unit.Length
	run  int64

	show     int  // 1 + index in buf of the open TJ array's bracket; 0: none
	str      bool // a literal string is open in it
	adjusted bool // it holds a number
}

const perEm = 100_000

func (c *composer) beginText() {
	if !c.text.in {
		c.buf = append(c.buf, "BT\n"...)
		c.text = textState{in: true}
	}
}

func (c *composer) endText() {
	if c.text.in {
		c.endShow()
		c.buf = append(c.buf, "ET\n"...)
		c.text = textState{}
	}
}

// endShow closes an open TJ array; one without numbers becomes a Tj.
func (c *composer) endShow() {
	t := &c.text
	if t.show == 0 {
		return
	}
	if t.str {
		c.buf = append(c.buf, ')')
	}
	if t.adjusted {
		c.buf = append(c.buf, "]TJ\n"...)
	} else {
		at := t.show - 1
		c.buf = append(c.buf[:at], c.buf[at+1:]...)
		c.buf = append(c.buf, "Tj\n"...)
	}
	t.show, t.str, t.adjusted = 0, false, false
}

// glyphs sets a run whose origin is at (x, y) of the frame in hand.
func (c *composer) glyphs(g *page.Glyphs, x, y unit.Length, tag int32) {
	if g.Face == nil || len(g.Glyphs) == 0 || g.Size <= 0 {
		return
	}
	if !c.p.node(tag) || g.ActualText != nil && *g.ActualText == "" {
		tag = 0 // what says nothing, such as a hyphen at a line's end, is no content
	}
	lang := ""
	if c.p.tagged && tag != 0 && g.Lang != "" && g.Lang != c.p.langOf(tag) {
		lang = g.Lang
	}
	if c.p.tagged && (!c.mark.open || c.mark.tag != tag || c.mark.lang != lang) {
		c.endText()
		c.beginMarkIn(tag, lang)
	}
	c.beginText()
	c.fill(g.Color)
	u := c.p.fonts.use(g.Face)
	c.font(u, g.Size)
	ox, oy := c.origin(g.Turn, x, y)
	actual := g.ActualText
	if actual == nil && !ascending(g) {
		actual = &g.Text
	}
	if actual != nil {
		c.spanText(*actual)
		for i := range g.Glyphs {
			k := &g.Glyphs[i]
			cid := u.shown(k.ID)
			u.say(cid, clusterText(g, k))
			c.glyph(u, cid, k, ox, oy)
		}
		c.endSpan()
	} else {
		c.clusters(u, g, ox, oy)
	}
}

// ascending reports whether the glyphs stand in the order of the text; those
// of scripts written from right to left do not.
func ascending(g *page.Glyphs) bool {
	said := int32(0)
	for i := range g.Glyphs {
		if k := &g.Glyphs[i]; k.Start < k.End {
			if k.Start < said {
				return false
			}
			said = k.End
		}
	}
	return true
}

// origin prepares the text matrix for a run and returns the run's origin in
// its coordinates.
func (c *composer) origin(turn int16, x, y unit.Length) (ox, oy unit.Length) {
	t := &c.text
	ox, oy = c.dx+x, c.dy-y
	var m string
	switch (turn%360 + 360) % 360 {
	case 90:
		m = "0 -1 1 0 "
	case 180:
		m = "-1 0 0 -1 "
	case 270:
		m = "0 1 -1 0 "
	default:
		if t.turned {
			c.endShow()
			c.buf = append(c.buf, "1 0 0 1 "...)
			c.beginMatrix(ox, oy)
			t.turned, t.x, t.y, t.base = false, milli(ox), milli(oy), length(milli(ox))
		}
		return ox, oy
	}
	c.endShow()
	c.buf = append(c.buf, m...)
	c.beginMatrix(ox, oy)
	t.turned, t.x, t.y, t.base = true, 0, 0, 0
	return 0, 0
}

func (c *composer) beginMatrix(x, y unit.Length) {
	c.buf = append(appendMillis(c.buf, milli(x), milli(y)), "Tm\n"...)
	c.text.placed, c.text.run = true, 0
}

// font selects a face. The pen stays where it is.
func (c *composer) font(u *usedFace, size unit.Length) {
	if c.state.font == u && c.state.size == size {
		return
	}
	c.endShow()
	c.text.base += c.advance()
	c.text.run = 0
	c.buf = append(c.buf, u.key...)
	c.buf = append(c.buf, ' ')
	c.buf = appendDecimal(c.buf, int64(size.Scale(perEm, int64(unit.Pt))), 5)
	c.buf = append(c.buf, " Tf\n"...)
	c.state.font, c.state.size = u, size
}

// advance is how far the pen has moved since base.
func (c *composer) advance() unit.Length { return c.state.size.Scale(c.text.run, perEm) }

// clusters sets glyphs so that the text comes out again as it went in: a
// cluster of one glyph by the face's map to Unicode, anything else by an
// ActualText (ISO 32000-1, 14.9.4).
func (c *composer) clusters(u *usedFace, g *page.Glyphs, ox, oy unit.Length) {
	said := int32(0)
	for i := 0; i < len(g.Glyphs); {
		j := i + 1
		for j < len(g.Glyphs) && g.Glyphs[j].Start >= g.Glyphs[j].End {
			j++
		}
		first := &g.Glyphs[i]
		text := clusterText(g, first)
		if first.Start > said {
			c.spaces(u, clip(g.Text, said, first.Start))
		}
		cid, ok := uint16(0), false
		if j == i+1 && text != "" {
			cid, ok = u.spoken(first.ID, text)
		}
		if ok {
			c.glyph(u, cid, first, ox, oy)
		} else {
			c.spanText(text)
			for k := i; k < j; k++ {
				c.glyph(u, u.shown(g.Glyphs[k].ID), &g.Glyphs[k], ox, oy)
			}
			c.endSpan()
		}
		said = max(said, first.End)
		i = j
	}
	c.spaces(u, clip(g.Text, said, int32(len(g.Text))))
}

// spaces sets spaces that no glyph stands for (they became glue), so that
// extracted text keeps them. The next glyph takes the pen back.
func (c *composer) spaces(u *usedFace, s string) {
	if s == "" || strings.Trim(s, " ") != "" || !c.text.placed {
		return
	}
	if u.space == 0 {
		return
	}
	cid := u.cid(u.space)
	for range s {
		c.code(cid)
		c.text.run += int64(u.width[cid])
	}
}

func clip(s string, a, b int32) string {
	n := int32(len(s))
	a, b = min(max(a, 0), n), min(max(b, 0), n)
	if a >= b {
		return ""
	}
	return s[a:b]
}

func clusterText(g *page.Glyphs, k *page.Glyph) string { return clip(g.Text, k.Start, k.End) }

// glyph sets one glyph of a run with origin (ox, oy) by its code.
func (c *composer) glyph(u *usedFace, cid uint16, k *page.Glyph, ox, oy unit.Length) {
	c.moveTo(ox+k.X, oy-k.Y)
	c.code(cid)
	c.text.run += int64(u.width[cid])
}

// farEms is how far along the line a TJ number moves; farther, and old
// readers' limit on reals is near (ISO 32000-1, annex C).
const farEms = 20

// moveTo brings the pen to (x, y): along the line by a number in the TJ
// array, to another line or far away by Td.
func (c *composer) moveTo(x, y unit.Length) {
	t := &c.text
	ym := milli(y)
	size := c.state.size
	d := int64((x-t.base).Scale(perEm, int64(size))) - t.run
	if !t.placed || ym != t.y || d > farEms*perEm || d < -farEms*perEm {
		c.endShow()
		xm := milli(x)
		c.buf = append(appendMillis(c.buf, xm-t.x, ym-t.y), "Td\n"...)
		t.placed, t.x, t.y, t.base, t.run = true, xm, ym, length(xm), 0
		return
	}
	q := quantum(size)
	n := d / q
	switch r := d % q; {
	case 2*r >= q:
		n++
	case 2*r <= -q:
		n--
	}
	if n == 0 {
		return
	}
	c.beginShow()
	if t.str {
		c.buf = append(c.buf, ')')
		t.str = false
	}
	c.buf = appendDecimal(c.buf, -n*q, 2)
	t.adjusted = true
	t.run += n * q
}

// quantum is the step of TJ numbers, in hundred-thousandths of an em: a
// thousandth of an em for text up to 19 pt, finer for larger type, so that no
// glyph is off by more than 0.01 pt.
func quantum(size unit.Length) int64 {
	switch {
	case size < 19*unit.Pt:
		return 100
	case size < 190*unit.Pt:
		return 10
	}
	return 1
}

func (c *composer) beginShow() {
	if c.text.show == 0 {
		c.text.show = len(c.buf) + 1
		c.buf = append(c.buf, '[')
	}
}

// code appends a glyph's two-byte code to the open string.
func (c *composer) code(cid uint16) {
	c.beginShow()
	if !c.text.str {
		c.buf = append(c.buf, '(')
		c.text.str = true
	}
	c.buf = appendLiteralByte(c.buf, byte(cid>>8))
	c.buf = appendLiteralByte(c.buf, byte(cid))
}

// spanText opens a Span that says a text, inside a text object.
func (c *composer) spanText(s string) {
	c.endShow()
	c.buf = append(c.buf, "/Span<</ActualText<FEFF"...)
	c.buf = appendUTF16(c.buf, s)
	c.buf = append(c.buf, ">>>BDC\n"...)
}

func (c *composer) endSpan() {
	c.endShow()
	c.buf = append(c.buf, "EMC\n"...)
}

// langOf returns the language in force at a structure node.
func (p *press) langOf(tag int32) string {
	for n := tag; n > 0; n = p.doc.Structure[n].Parent {
		if l := p.doc.Structure[n].Lang; l != "" {
			return l
		}
		if p.doc.Structure[n].Parent >= n {
			break
		}
	}
	return p.o.Language
}
