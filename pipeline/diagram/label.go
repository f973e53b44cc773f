package diagram

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"banxin/pipeline/font"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// span is a piece of a label in one style; a forced line end where br is set.
type span struct {
	text         string
	bold, italic bool
	br           bool
}

// label is a text set in lines.
type label struct {
	lines []setLine
	w, h  unit.Length
}

// setLine is one line; its runs stand on one baseline.
type setLine struct {
	runs []placedRun
	w    unit.Length
}

type placedRun struct {
	x      unit.Length
	glyphs *page.Glyphs
}

// plainText is a label's text without its markup.
func plainText(s string) string {
	var b strings.Builder
	for _, sp := range spans(s) {
		if sp.br {
			b.WriteByte(' ')
		}
		b.WriteString(sp.text)
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// wide reports whether a character is set in an em of its own and lines may
// break beside it.
func wide(r rune) bool {
	switch {
	case r < 0x2E80:
		return false
	case r <= 0x9FFF, r >= 0xAC00 && r <= 0xD7A3, r >= 0xF900 && r <= 0xFAFF, r >= 0xFE30 && r <= 0xFE4F,
		r >= 0xFF00 && r <= 0xFF60, r >= 0xFFE0 && r <= 0xFFE6, r >= 0x20000 && r <= 0x3FFFF:
		return true
	}
	return false
}

// notFirst and notLast may not begin or end a line (CLREQ 3.1.2).
const (
	notFirst = "，。、；：？！）」』】》〉”’…—·,.;:?!)]}%ー々゛゜ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
	notLast  = "（「『【《〈“‘([{#"
)

// atom is what no line break divides.
type atom struct {
	span
	w     unit.Length
	blank unit.Length // white before it unless it begins a line
	br    bool        // begins a new line in any case
}

// atoms cuts spans where lines may break, and measures the pieces.
func (p *pen) atoms(list []span, maxWidth unit.Length) []atom {
	var out []atom
	last := rune(0)
	pendingBr, pendingBlank := false, false
	for _, sp := range list {
		if sp.br {
			pendingBr, last = len(out) > 0, 0
			continue
		}
		for s := sp.text; s != ""; {
			n := atomLength(s)
			piece := s[:n]
			s = s[n:]
			if strings.TrimSpace(piece) == "" {
				pendingBlank, last = true, 0
				continue
			}
			first, _ := utf8.DecodeRuneInString(piece)
			a := atom{span: sp, br: pendingBr}
			a.text = piece
			if pendingBlank && len(out) > 0 {
				a.blank = p.space
			} else if gapped(last, first) {
				a.blank = p.gap()
			}
			glued := !pendingBlank && !pendingBr && len(out) > 0 && last != 0 &&
				(strings.ContainsRune(notFirst, first) || strings.ContainsRune(notLast, last) || !wide(last) && !wide(first) && !softEnd(last))
			pendingBlank, pendingBr = false, false
			last, _ = utf8.DecodeLastRuneInString(piece)
			if glued && out[len(out)-1].bold == a.bold && out[len(out)-1].italic == a.italic {
				prev := &out[len(out)-1]
				prev.text += a.text
				prev.w = p.width(prev.span)
				continue
			}
			a.w = p.width(a.span)
			if a.w > maxWidth && maxWidth > 0 {
				out = append(out, p.chop(a, maxWidth)...)
				continue
			}
			out = append(out, a)
		}
	}
	return out
}

// softEnd reports whether a line may break after the character in a word.
func softEnd(r rune) bool { return r == '-' || r == '/' || r == '_' }

// atomLength is the length of the first atom of s: one wide character, blanks,
// or a word up to where it may break.
func atomLength(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	if unicode.IsSpace(r) && r != '\u00a0' {
		for n < len(s) {
			r, size := utf8.DecodeRuneInString(s[n:])
			if !unicode.IsSpace(r) {
				break
			}
			n += size
		}
		return n
	}
	if wide(r) {
		return n
	}
	for prev := r; n < len(s); {
		r, size := utf8.DecodeRuneInString(s[n:])
		if unicode.IsSpace(r) || wide(r) || softEnd(prev) && n > 3 {
			break
		}
		prev = r
		n += size
	}
	return n
}

// chop divides an atom wider than a line at whatever character is the last
// that fits.
func (p *pen) chop(a atom, maxWidth unit.Length) []atom {
	var out []atom
	runs, _ := p.shape(a.span)
	begin, edge, at := 0, unit.Length(0), 0
	cut := func(end int, x unit.Length) {
		piece := a
		piece.text = a.text[begin:end]
		piece.w = x - edge
		out = append(out, piece)
		a.blank, a.br = 0, false
		begin, edge = end, x
	}
	for _, r := range runs {
		m := r.glyphs.Face.Metrics()
		for _, g := range r.glyphs.Glyphs {
			x := r.x + g.X
			right := x + m.Scale(r.glyphs.Face.Advance(g.ID), p.size)
			if i := at + int(g.Start); g.Start < g.End && right-edge > maxWidth && i > begin {
				cut(i, x)
			}
		}
		at += len(r.glyphs.Text)
	}
	last := a
	last.text = a.text[begin:]
	last.w = p.width(last.span)
	return append(out, last)
}

// gapped reports whether a Han character stands beside a Latin letter or
// figure without a blank (CLREQ 3.2.2).
func gapped(a, b rune) bool {
	if a == 0 || b == 0 {
		return false
	}
	latin := func(r rune) bool { return r < 0x2E80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
	han := func(r rune) bool {
		return unicode.Is(unicode.Han, r) || unicode.Is(unicode.Hiragana, r) || unicode.Is(unicode.Katakana, r)
	}
	return han(a) && latin(b) || latin(a) && han(b)
}

// gap is the white between Han and Latin.
func (p *pen) gap() unit.Length { return p.size.Em(200) }

// set sets a label in lines at most maxWidth wide, of about equal length.
func (p *pen) set(s string, maxWidth unit.Length) *label {
	return p.setSpans(spans(s), maxWidth)
}

func (p *pen) setSpans(list []span, maxWidth unit.Length) *label {
	l := &label{}
	// A word is not broken because a line is narrow, only if it is longer
	// than a wide one.
	longest := maxWidth
	if maxWidth > 0 {
		longest = max(maxWidth, p.em(wrapWide))
	}
	all := p.atoms(list, longest)
	for len(all) > 0 {
		n := 1
		for n < len(all) && !all[n].br {
			n++
		}
		for _, line := range evenLines(all[:n], maxWidth) {
			l.lines = append(l.lines, p.setAtoms(line))
		}
		all = all[n:]
	}
	for _, line := range l.lines {
		l.w = max(l.w, line.w)
	}
	l.h = p.leading() * unit.Length(len(l.lines))
	return l
}

// evenLines breaks atoms into as few lines as the width allows, and then into
// that many lines of the least width.
func evenLines(all []atom, maxWidth unit.Length) [][]atom {
	if maxWidth <= 0 {
		return [][]atom{all}
	}
	lines := greedy(all, maxWidth)
	if len(lines) < 2 {
		return lines
	}
	lo, hi := maxWidth/unit.Length(len(lines)+1), maxWidth
	for hi-lo > unit.Pt/4 {
		mid := (lo + hi) / 2
		if try := greedy(all, mid); len(try) == len(lines) && widest(try) <= mid {
			hi = mid
		} else {
			lo = mid
		}
	}
	return greedy(all, hi)
}

func greedy(all []atom, maxWidth unit.Length) [][]atom {
	var out [][]atom
	begin, w := 0, unit.Length(0)
	for i, a := range all {
		if i > begin && w+a.blank+a.w > maxWidth {
			out = append(out, all[begin:i])
			begin, w = i, 0
		}
		if i > begin {
			w += a.blank
		}
		w += a.w
	}
	return append(out, all[begin:])
}

func widest(lines [][]atom) unit.Length {
	var out unit.Length
	for _, line := range lines {
		var w unit.Length
		for i, a := range line {
			if i > 0 {
				w += a.blank
			}
			w += a.w
		}
		out = max(out, w)
	}
	return out
}

// setAtoms shapes one line.
func (p *pen) setAtoms(list []atom) setLine {
	var line setLine
	for i := 0; i < len(list); {
		sp := list[i].span
		var b strings.Builder
		b.WriteString(sp.text)
		lead := unit.Length(0)
		if i > 0 {
			lead = list[i].blank
		}
		j := i + 1
		for ; j < len(list) && list[j].bold == sp.bold && list[j].italic == sp.italic; j++ {
			if list[j].blank == p.space {
				b.WriteByte(' ')
			}
			b.WriteString(list[j].text)
		}
		sp.text = b.String()
		line.w += lead
		runs, w := p.shape(sp)
		for _, r := range runs {
			r.x += line.w
			line.runs = append(line.runs, r)
		}
		line.w += w
		i = j
	}
	return line
}

// width measures a piece of text.
func (p *pen) width(sp span) unit.Length {
	if w, ok := p.widths[sp]; ok {
		return w
	}
	_, w := p.shape(sp)
	p.widths[sp] = w
	return w
}

// shape turns a piece of text into runs, with white between Han and Latin.
func (p *pen) shape(sp span) ([]placedRun, unit.Length) {
	st := p.font
	st.Bold = st.Bold || sp.bold
	st.Italic = st.Italic || sp.italic
	var out []placedRun
	var x unit.Length
	last := rune(0)
	for _, sh := range p.fonts.Shape(font.Run{Text: sp.text, Style: st}) {
		g := &page.Glyphs{Face: sh.Face, Size: p.size, Text: sp.text[sh.Start:sh.End], Color: p.colors.Text, Lang: p.lang}
		m := sh.Face.Metrics()
		g.Glyphs = make([]page.Glyph, 0, len(sh.Glyphs))
		run := placedRun{glyphs: g}
		for i, gl := range sh.Glyphs {
			if gl.Start < gl.End {
				first, _ := utf8.DecodeRuneInString(sp.text[gl.Start:gl.End])
				if gapped(last, first) {
					x += p.gap()
				}
				last, _ = utf8.DecodeLastRuneInString(sp.text[gl.Start:gl.End])
			}
			if i == 0 {
				run.x = x
			}
			g.Glyphs = append(g.Glyphs, page.Glyph{
				ID: gl.ID, X: x - run.x + m.Scale(gl.XOffset, p.size), Y: -m.Scale(gl.YOffset, p.size),
				Start: gl.Start - sh.Start, End: gl.End - sh.Start,
			})
			x += m.Scale(gl.Advance, p.size)
		}
		out = append(out, run)
	}
	return out, x
}
