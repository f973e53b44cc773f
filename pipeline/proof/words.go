package proof

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"banxin/pipeline/font"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// pen sets the small texts of a proof: notes, numbers, the index. They are set
// ragged; the book's own pages are never touched.
type pen struct {
	fonts *font.Set
	style font.Style
	size  unit.Length
	color page.Color
}

// piece is a shaped cluster run that is not broken.
type piece struct {
	text  string
	width unit.Length
	runs  []*page.Glyphs
	space bool
}

// lines sets a text into lines no wider than width.
func (p pen) lines(text string, width unit.Length) []*page.Frame {
	var out []*page.Frame
	f, x := &page.Frame{}, unit.Length(0)
	for _, w := range words(text) {
		pc := p.shape(w)
		if x+pc.width > width && x > 0 {
			out = append(out, f)
			f, x = &page.Frame{}, 0
		}
		if pc.space && x == 0 {
			continue
		}
		for pc.width > width && !pc.space { // a long token is cut where it must be
			head, rest := p.cut(pc, width)
			for _, g := range head.runs {
				f.Add(0, 0, g)
			}
			out = append(out, f)
			f, pc = &page.Frame{}, rest
		}
		at := x
		for _, g := range pc.runs {
			f.Add(at, 0, g)
			at += widthOf(g)
		}
		x += pc.width
		f.Width = x
	}
	if len(f.Items) > 0 {
		out = append(out, f)
	}
	return out
}

func (p pen) cut(pc piece, width unit.Length) (head, rest piece) {
	n := max(1, int(int64(utf8.RuneCountInString(pc.text))*int64(width)/int64(max(pc.width, 1))))
	rs := []rune(pc.text)
	n = min(n, len(rs)-1)
	if n < 1 {
		return pc, piece{}
	}
	return p.shape(string(rs[:n])), p.shape(string(rs[n:]))
}

func (p pen) shape(text string) piece {
	pc := piece{text: text, space: strings.TrimSpace(text) == ""}
	for _, s := range p.fonts.Shape(font.Run{Text: text, Style: p.style}) {
		if s.Face == nil {
			continue
		}
		m := s.Face.Metrics()
		g := &page.Glyphs{Face: s.Face, Size: p.size, Text: text[s.Start:s.End], Color: p.color, Lang: p.style.Lang}
		var x unit.Length
		for _, gl := range s.Glyphs {
			g.Glyphs = append(g.Glyphs, page.Glyph{ID: gl.ID, X: x + m.Scale(gl.XOffset, p.size), Y: -m.Scale(gl.YOffset, p.size), Start: gl.Start - s.Start, End: gl.End - s.Start})
			x += m.Scale(gl.Advance, p.size)
		}
		pc.width += x
		pc.runs = append(pc.runs, g)
	}
	return pc
}

func widthOf(g *page.Glyphs) unit.Length {
	if len(g.Glyphs) == 0 {
		return 0
	}
	return run{glyph: g}.end()
}

// words cuts a text where a line may end: at spaces, and between CJK
// characters except before a closing mark or behind an opening one.
func words(text string) []string {
	var out []string
	start := 0
	var last rune
	for i, r := range text {
		if i > start && breakable(last, r) {
			out = append(out, text[start:i])
			start = i
		}
		last = r
	}
	if start < len(text) {
		out = append(out, text[start:])
	}
	return out
}

func breakable(a, b rune) bool {
	switch {
	case a == ' ' || b == ' ':
		return a != b
	case strings.ContainsRune("，。、；：？！”’）》」』】]),.;:?!…—", b), strings.ContainsRune("“‘（《「『【[(", a):
		return false
	}
	return wide(a) || wide(b)
}

func wide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef
}
