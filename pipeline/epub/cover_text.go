package epub

import (
	"strings"
	"unicode"

	"banxin/pipeline/font"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// piece is text of a title that holds together, and how wide it is in
// thousandths of its size. The space before it counts only inside a line.
type piece struct {
	text  string
	width int
	space string
}

// gap is the width of a piece's space.
func (p piece) gap() int {
	w := 0
	for _, r := range p.space {
		if r == '\u3000' {
			w += 1000
		} else {
			w += wordSpace
		}
	}
	return w
}

// paragraph draws text from y downwards in one of the sizes (largest first) on
// at most so many lines, as even as they can be. It returns where the text
// ends; -1 if there is no face for it.
func (a *artist) paragraph(text string, st font.Style, y int, sizes []int, lines, light int) int {
	if a.Fonts.Primary(st) == nil {
		st.Role = font.Hei
	}
	ps := a.pieces(text, st)
	if len(ps) == 0 {
		return -1
	}
	size := fit(ps, sizes, lines)
	set := balanced(ps, (coverRight-coverLeft)*1000/size)
	drawn := false
	for _, l := range set {
		y += size * 23 / 20
		if a.line(join(l), st, y, size, light) {
			drawn = true
		}
	}
	if !drawn {
		return -1
	}
	return y + size/5
}

// fit chooses a size: one line if that leaves it among the larger half of the
// sizes, else two, and so on; at last the largest that needs at most so many
// lines.
func fit(ps []piece, sizes []int, lines int) int {
	const room = (coverRight - coverLeft) * 1000
	for n := 1; n <= lines; n++ {
		for i, s := range sizes {
			if len(broken(ps, room/s)) <= n && widest(ps)*s <= room && (i <= len(sizes)/2 || n == lines) {
				return s
			}
		}
	}
	return sizes[len(sizes)-1]
}

// pieces cuts text where a title may break: between Han characters and at
// spaces, not before closing marks nor after opening ones (typography K1, K2).
func (a *artist) pieces(text string, st font.Style) []piece {
	var out []piece
	space, glue := "", false
	for _, r := range text {
		if unicode.IsSpace(r) && r != noBreak {
			if r != '\u3000' {
				r = ' '
			}
			space, glue = space+string(r), false
			continue
		}
		wide := r >= 0x2E80 && !unicode.Is(unicode.Hangul, r)
		last := len(out) - 1
		if last >= 0 && space == "" && (r == noBreak || glue || closing(r) || !wide && !endsWide(out[last].text)) {
			out[last].text += string(r)
		} else {
			out = append(out, piece{text: string(r), space: space})
		}
		space, glue = "", r == noBreak || opening(r)
	}
	for i := range out {
		out[i].width = a.advance(out[i].text, st)
	}
	return out
}

// noBreak is a space that holds a line together.
const noBreak = '\u00a0'

func closing(r rune) bool {
	return strings.ContainsRune("、，。．：；！？”’」』）》〉】〗…—·,.:;!?)]}", r)
}
func opening(r rune) bool { return strings.ContainsRune("“‘「『（《〈【〖([{", r) }

func endsWide(s string) bool {
	last := []rune(s)
	return last[len(last)-1] >= 0x2E80
}

// advance is the width of text in thousandths of its size.
func (a *artist) advance(text string, st font.Style) int {
	w := 0
	for _, sh := range a.Fonts.Shape(font.Run{Text: text, Style: st}) {
		sum := 0
		for _, g := range sh.Glyphs {
			sum += int(g.Advance)
		}
		if u := int(sh.Face.Metrics().UnitsPerEm); u > 0 {
			w += sum * 1000 / u
		}
	}
	return w
}

const wordSpace = 280 // thousandths of the size

// broken fills lines of a width one after the other.
func broken(ps []piece, width int) [][]piece {
	var out [][]piece
	at := 0
	for _, p := range ps {
		gap := p.gap()
		if len(out) == 0 || at+gap+p.width > width {
			out = append(out, nil)
			at, gap = 0, 0
		}
		last := len(out) - 1
		out[last] = append(out[last], p)
		at += gap + p.width
	}
	return out
}

// balanced breaks into as few lines as the width allows, and of those breaks
// takes the narrowest.
func balanced(ps []piece, width int) [][]piece {
	n := len(broken(ps, width))
	low, high := widest(ps), width
	for low < high {
		mid := (low + high) / 2
		if len(broken(ps, mid)) <= n {
			high = mid
		} else {
			low = mid + 1
		}
	}
	return broken(ps, high)
}

func widest(ps []piece) int {
	w := 0
	for _, p := range ps {
		w = max(w, p.width)
	}
	return w
}

func join(ps []piece) string {
	var b strings.Builder
	for i, p := range ps {
		if i > 0 {
			b.WriteString(p.space)
		}
		b.WriteString(p.text)
	}
	return b.String()
}

// line draws a line of text as outlines; false if no glyph has any.
func (a *artist) line(text string, st font.Style, y, size, light int) bool {
	x, em := coverLeft*unit.Pt, unit.Length(size)*unit.Pt
	color := a.mix(light)
	drawn := false
	for _, sh := range a.Fonts.Shape(font.Run{Text: text, Style: st}) {
		m := sh.Face.Metrics()
		for _, g := range sh.Glyphs {
			if path := glyphPath(sh.Face.Outline(g.ID), m, em); path != nil {
				path.Fill = &color
				a.frame.Add(x+m.Scale(g.XOffset, em), unit.Length(y)*unit.Pt-m.Scale(g.YOffset, em), path)
				drawn = true
			}
			x += m.Scale(g.Advance, em)
		}
	}
	return drawn
}

// glyphPath turns a glyph's outline into a path, y downwards from the baseline;
// nil if there is nothing to draw.
func glyphPath(segs []font.Segment, m font.Metrics, size unit.Length) *page.Path {
	if len(segs) == 0 || m.UnitsPerEm <= 0 {
		return nil
	}
	k := float64(size) / float64(m.UnitsPerEm)
	at := func(v float32) unit.Length { return unit.Length(float64(v) * k) }
	p := &page.Path{Segments: make([]page.Segment, 0, len(segs))}
	var cx, cy float32 // the current point
	for _, s := range segs {
		switch s.Op {
		case 'M', 'L':
			op := page.MoveTo
			if s.Op == 'L' {
				op = page.LineTo
			}
			cx, cy = s.P[0], s.P[1]
			p.Segments = append(p.Segments, page.Segment{Op: op, X: at(cx), Y: -at(cy)})
		case 'Q': // a quadratic is a cubic whose handles are two thirds along
			qx, qy, x, y := s.P[0], s.P[1], s.P[2], s.P[3]
			p.Segments = append(p.Segments, page.Segment{Op: page.CurveTo,
				X1: at(cx + (qx-cx)*2/3), Y1: -at(cy + (qy-cy)*2/3), X2: at(x + (qx-x)*2/3), Y2: -at(y + (qy-y)*2/3), X: at(x), Y: -at(y)})
			cx, cy = x, y
		case 'C':
			p.Segments = append(p.Segments, page.Segment{Op: page.CurveTo, X1: at(s.P[0]), Y1: -at(s.P[1]), X2: at(s.P[2]), Y2: -at(s.P[3]), X: at(s.P[4]), Y: -at(s.P[5])})
			cx, cy = s.P[4], s.P[5]
		case 'Z':
			p.Segments = append(p.Segments, page.Segment{Op: page.Close})
		}
	}
	return p
}
