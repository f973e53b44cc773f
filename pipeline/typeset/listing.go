package typeset

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"banxin/pipeline/book"
	"banxin/pipeline/code"
	"banxin/pipeline/diag"
	"banxin/pipeline/font"
	"banxin/pipeline/layout"
	"banxin/pipeline/page"
	"banxin/pipeline/source"
	"banxin/pipeline/unit"
)

// listing sets source code.
func (c *compositor) listing(b *book.Code, at place) {
	c.captioned(b, b.Caption, at, func(at place) {
		c.source(b.Language, b.Text, b.TextSpan, b.Numbered || c.layout.Code.Numbers, max(b.FirstLine, 1), at)
	})
}

// drawn sets a diagram: a picture where one can be drawn, its source if not.
func (c *compositor) drawn(b *book.Diagram, at place) {
	if f, alt := c.diagram(b, at.width); f != nil {
		c.standing(b, f, b.Caption, alt, at)
		return
	}
	c.captioned(b, b.Caption, at, func(at place) {
		c.source("", b.Text, b.TextSpan, false, 1, at)
	})
}

// formula sets a display formula: drawn where it can be, its source if not.
func (c *compositor) formula(b *book.Math, at place) {
	if f, tag := c.math(b, at.style, at.width); f != nil {
		c.displayed(b, f, tag, at)
		return
	}
	c.diags.Add("math-as-source", b.Span,
		diag.T("this formula is shown as its source", "此处的公式以源代码形式排出"),
		diag.T("supply a picture of it instead if readers must see it set", "若读者需要看到排好的公式，请改用图片"))
	text := b.TeX
	if len(b.Rows) > 0 {
		text = strings.Join(b.Rows, "\n")
	}
	c.source("", strings.Trim(text, "\n"), b.TeXSpan, false, 1, at)
}

// displayed centres a formula in whole rows; its number, the author's or the
// book's, stands at the right edge.
func (c *compositor) displayed(b *book.Math, f, number *page.Frame, at place) {
	tag := c.logic.add(at.tag, "Formula", b.Span)
	c.logic.nodes[tag].Alt = c.spoken(b)
	if c.index != nil && number == nil {
		if t := c.index.Blocks[b]; t != nil && t.Number != "" {
			number = c.snug("("+t.Number+")", at.style)
		}
	}
	room := at.width
	if number != nil {
		room -= number.Width + at.style.Size
	}
	f = c.within(f, room, c.maxHeight())
	out := &page.Frame{Width: at.width, Height: f.Height, Baseline: f.Baseline}
	// Centred in the measure, unless that brings it too near its number.
	lay(out, f, max(min((at.width-f.Width)/2, room-f.Width), 0), 0)
	for i := range out.Items {
		out.Items[i].Tag = tag
	}
	if number != nil {
		lay(out, number, at.width-number.Width, f.Baseline-number.Baseline)
		for i := range out.Items {
			out.Items[i].Tag = tag
		}
	}
	white := c.grid.size.Em(500)
	c.push(&slug{span: b.Span, forms: looser(form{atoms: []atom{{frame: out, x: at.x}}, above: white, below: white}.measured())})
}

// looser offers a form of a display with a row more of white.
func looser(f form) []form {
	wide := f
	wide.extra, wide.cost = 1, costWide
	return []form{f, wide}
}

// source sets code line by line in a box that may break across pages, two
// lines on either side.
func (c *compositor) source(language, src string, span source.Span, numbers bool, first int, at place) {
	st := c.layout.Styles["code"]
	tag := c.logic.add(c.logic.add(at.tag, "P", span), "Code", span)
	l := c.lister(st, at.width, tag)
	if numbers {
		l.gutter(first + strings.Count(src, "\n"))
	}
	lines := c.listings.Lines(language, src)
	off := 0
	for len(lines) > 1 && blankLine(lines[0]) {
		off += lineBytes(lines[0]) + 1
		lines = lines[1:]
		first++
	}
	for len(lines) > 1 && blankLine(lines[len(lines)-1]) {
		lines = lines[:len(lines)-1]
	}
	var atoms []atom
	var full []bool // by atom: its line is not blank
	for i, toks := range lines {
		n := 0
		if numbers {
			n = first + i
		}
		atoms = append(atoms, l.line(toks, n, subspan(span, off))...)
		for ink := !blankLine(toks); len(full) < len(atoms); {
			full = append(full, ink)
		}
		off += lineBytes(toks) + 1
	}
	glueEnds(atoms, full)
	if n := len(atoms); n > 0 {
		last := *atoms[n-1].frame
		last.Height = st.Size
		atoms[n-1].frame = &last
	}
	f := form{atoms: atoms, pad: st.Size.Em(550), above: c.grid.size.Em(450), below: c.grid.size.Em(450), swell: true}
	if c.layout.Code.Background >= 1000 {
		f.pad = 0
	}
	f.dress = c.shade(at)
	for i := range f.atoms {
		f.atoms[i].x = at.x
	}
	labels := c.labels
	c.labels = nil
	if len(labels) > 0 && len(f.atoms) > 0 {
		f.atoms[0].frame = labelled(f.atoms[0].frame, at.x, labels)
	}
	c.push(&slug{span: span, forms: looser(f.measured())})
}

// blankLine reports whether nothing of a line of code can be seen.
func blankLine(toks []code.Token) bool {
	for _, t := range toks {
		if strings.TrimSpace(t.Text) != "" {
			return false
		}
	}
	return true
}

// lineBytes is how long a line of code is, without its end.
func lineBytes(toks []code.Token) int {
	n := 0
	for _, t := range toks {
		n += len(t.Text)
	}
	return n
}

// glueEnds keeps two lines that are not blank on either side of a page break.
func glueEnds(atoms []atom, full []bool) {
	const least = 2
	seen := 0
	for i := 0; i+1 < len(atoms) && seen < least; i++ {
		seen += boolInt(full[i])
		atoms[i].glued = atoms[i].glued || seen < least
	}
	seen = 0
	for i := len(atoms) - 1; i > 0 && seen < least; i-- {
		seen += boolInt(full[i])
		atoms[i-1].glued = atoms[i-1].glued || seen < least
	}
}

// shade draws a listing's background or rules.
func (c *compositor) shade(at place) func(dressing) {
	cs := c.layout.Code
	return func(d dressing) {
		if cs.Background < 1000 {
			d.frame.Add(d.x+at.x, d.y, &page.Rule{Width: at.width, Height: d.height, Color: page.GrayLevel(cs.Background)})
		}
		if cs.Rule > 0 {
			if d.first {
				d.frame.Add(d.x+at.x, d.y, &page.Rule{Width: at.width, Height: cs.Rule})
			}
			if d.last {
				d.frame.Add(d.x+at.x, d.y+d.height-cs.Rule, &page.Rule{Width: at.width, Height: cs.Rule})
			}
		}
	}
}

// lister sets lines of code: every character in a cell of a fixed pitch, a
// Han character in two.
type lister struct {
	*compositor
	st    layout.Style
	width unit.Length
	cell  unit.Length
	left  unit.Length
	tag   int32
}

func (c *compositor) lister(st layout.Style, width unit.Length, tag int32) *lister {
	l := &lister{compositor: c, st: st, width: width, tag: tag, left: st.Left, cell: st.Size.Em(600)}
	if f := c.fonts.Primary(font.Style{Role: font.Role(st.Role), Lang: "en"}); f != nil {
		if g, ok := f.Glyph('0'); ok {
			l.cell = advance(f, g, st.Size)
		}
	}
	return l
}

// gutter makes room for line numbers up to n.
func (l *lister) gutter(n int) {
	l.left += unit.Length(len(strconv.Itoa(n))+1) * l.cell
}

// subspan is the place of a line's bytes, zero where the span is unknown.
func subspan(s source.Span, off int) source.Span {
	if s.File == nil || s.Start+off > s.End {
		return source.Span{}
	}
	return source.Span{File: s.File, Start: s.Start + off, End: s.End}
}

// line sets one line of code, as more than one where it is too long: what
// goes on stands two cells in, behind a mark.
func (l *lister) line(toks []code.Token, number int, span source.Span) []atom {
	room := max(int((l.width-l.left-l.st.Right)/l.cell), 8)
	rows := wrap(toks, room)
	out := make([]atom, 0, len(rows))
	for i, row := range rows {
		f := &page.Frame{Width: l.width, Height: l.st.Leading, Baseline: l.st.Size.Em(hanAscent)}
		if number > 0 && i == 0 {
			l.number(f, number)
		}
		x := l.left
		if i > 0 {
			f.Items = append(f.Items, l.run(l.layout.Code.Mark, code.Comment, x-l.cell.Scale(1, 4), f.Baseline, source.Span{}, 0)...)
			x += 2 * l.cell
		}
		for _, t := range row {
			items := l.run(t.Text, t.Kind, x, f.Baseline, source.Span{}, l.tag)
			f.Items = append(f.Items, items...)
			x += unit.Length(columns(t.Text)) * l.cell
		}
		if i == 0 && len(f.Items) > 0 {
			if g, ok := f.Items[len(f.Items)-1].Item.(*page.Glyphs); ok && len(row) == 1 {
				g.Span = source.Span{File: span.File, Start: span.Start, End: min(span.End, span.Start+len(g.Text))}
			}
		}
		out = append(out, atom{frame: f, glued: i < len(rows)-1})
	}
	return out
}

func (l *lister) number(f *page.Frame, n int) {
	s := strconv.Itoa(n)
	x := l.left - unit.Length(len(s)+1)*l.cell
	f.Items = append(f.Items, l.run(s, code.Comment, x, f.Baseline, source.Span{}, 0)...)
}

// run shapes a token and puts its characters in their cells.
func (l *lister) run(s string, k code.Kind, x, base unit.Length, span source.Span, tag int32) []page.Placed {
	if s == "" {
		return nil
	}
	st, col := l.look(k)
	s = strings.ReplaceAll(s, "\t", "    ")
	var out []page.Placed
	col0 := 0
	for _, sh := range l.fonts.Shape(font.Run{Text: s, Style: st, Features: []font.Feature{{Tag: "liga"}, {Tag: "calt"}}}) {
		part := s[sh.Start:sh.End]
		g := &page.Glyphs{Face: sh.Face, Size: l.st.Size, Text: part, Color: col, Lang: "en", Span: span}
		at, done := 0, int32(0)
		for _, gl := range sh.Glyphs {
			// The cell of a cluster follows from the text before it.
			start := max(gl.Start-sh.Start, done)
			at += columns(part[done:start])
			done = start
			size := l.st.Size
			m := metrics(sh.Face)
			cellWidth := unit.Length(1) * l.cell
			if r, _ := utf8.DecodeRuneInString(part[min(int(start), len(part)):]); wide(r) {
				cellWidth *= 2
			}
			shift := unit.Length(0)
			if gl.Start < gl.End {
				shift = (cellWidth - m.Scale(gl.Advance, size)) / 2
			}
			g.Glyphs = append(g.Glyphs, page.Glyph{ID: gl.ID, X: unit.Length(at)*l.cell + shift + m.Scale(gl.XOffset, size),
				Y: -m.Scale(gl.YOffset, size), Start: gl.Start - sh.Start, End: gl.End - sh.Start})
		}
		out = append(out, page.Placed{X: x + unit.Length(col0)*l.cell, Y: base, Item: g, Tag: tag})
		col0 += columns(part)
	}
	return out
}

func metrics(f *font.Face) font.Metrics {
	m := f.Metrics()
	if m.UnitsPerEm == 0 {
		m.UnitsPerEm = 1000
	}
	return m
}

// look is a token's face and gray: one ink tells tokens apart by weight,
// slant and gray.
func (l *lister) look(k code.Kind) (font.Style, page.Color) {
	st := font.Style{Role: font.Role(l.st.Role), Lang: l.lang, Bold: l.st.Bold}
	gray := page.GrayLevel(l.st.Gray)
	color := l.layout.Code.Theme == "color"
	switch k {
	case code.Keyword:
		st.Bold = true
		if color {
			return st, page.RGBColor(0x1f, 0x3a, 0x8a)
		}
	case code.Comment:
		st.Italic = true
		gray = page.GrayLevel(420)
		if color {
			return st, page.RGBColor(0x5f, 0x6b, 0x6b)
		}
	case code.String, code.Inserted:
		gray = page.GrayLevel(240)
		if color {
			return st, page.RGBColor(0x1c, 0x6b, 0x3a)
		}
	case code.Number:
		if color {
			return st, page.RGBColor(0x9a, 0x3b, 0x12)
		}
	case code.Deleted:
		gray = page.GrayLevel(420)
	case code.Name:
		if color {
			return st, page.RGBColor(0x5b, 0x2a, 0x86)
		}
	case code.Plain, code.Operator:
	}
	return st, gray
}

// wrap cuts a line of tokens into rows of at most room columns, the second
// and later ones two narrower; a cut falls behind a space or a mark near the
// end of the row if there is one.
func wrap(toks []code.Token, room int) [][]code.Token {
	rows := [][]code.Token{nil}
	left := room
	for _, t := range toks {
		for columns(t.Text) > left {
			n := cutAt(t.Text, left)
			if n > 0 {
				rows[len(rows)-1] = append(rows[len(rows)-1], code.Token{Text: t.Text[:n], Kind: t.Kind})
				t.Text = t.Text[n:]
			}
			rows = append(rows, nil)
			left = room - 2
		}
		if t.Text != "" {
			rows[len(rows)-1] = append(rows[len(rows)-1], t)
			left -= columns(t.Text)
		}
	}
	return rows
}

// cutAt returns how many bytes of s go into room columns, behind a space or a
// mark if one is in the last third.
func cutAt(s string, room int) int {
	col, end, good := 0, 0, 0
	for i, r := range s {
		w := columns(string(r))
		if col+w > room {
			break
		}
		col += w
		end = i + utf8.RuneLen(r)
		if r == utf8.RuneError {
			end = i + 1
		}
		if strings.ContainsRune(" ,;/|&=+-.(){}[]", r) && col*3 > room*2 {
			good = end
		}
	}
	if good > 0 {
		return good
	}
	return end
}

// columns is the width of code in cells: a tab is four, a Han character two.
func columns(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case r == '\t':
			n += 4
		case wide(r):
			n += 2
		case zeroWidth(r):
		default:
			n++
		}
	}
	return n
}

func zeroWidth(r rune) bool {
	return r >= 0x300 && r <= 0x36f || r == 0x200b || r == 0x200d || r >= 0xfe00 && r <= 0xfe0f
}

// wide reports whether a character takes two cells (UAX #11, W and F).
func wide(r rune) bool {
	return r >= 0x1100 && (r <= 0x115f || r >= 0x2e80 && r <= 0xa4cf && r != 0x303f || r >= 0xac00 && r <= 0xd7a3 ||
		r >= 0xf900 && r <= 0xfaff || r >= 0xfe30 && r <= 0xfe6f || r >= 0xff00 && r <= 0xff60 ||
		r >= 0xffe0 && r <= 0xffe6 || r >= 0x1f300 && r <= 0x1faff || r >= 0x20000 && r <= 0x3fffd)
}
