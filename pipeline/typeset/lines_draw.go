package typeset

import (
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// linkAreas lays a rectangle over each link's part of the line.
func (w *lineWriter) linkAreas() {
	for i := 0; i < len(w.marks); {
		st := &w.strands[w.pieces[w.marks[i].piece].strand]
		j := i + 1
		for j < len(w.marks) && w.strands[w.pieces[w.marks[j].piece].strand].link == st.link {
			j++
		}
		if st.link >= 0 {
			l := w.links[st.link]
			size := st.look.size
			l.Width, l.Height = w.marks[j-1].x1-w.marks[i].x0, size
			w.frame.AddTagged(w.marks[i].x0, w.base-st.look.raise-size.Em(hanAscent), &l, st.tag)
		}
		i = j
	}
}

// decorate draws lines, dots and grounds. A line is as long as its characters,
// without the gaps beside them (typography C3).
func (w *lineWriter) decorate() {
	var all decor
	for i := range w.marks {
		all |= w.decorOf(i)
	}
	if all == 0 {
		return
	}
	for d := underline; d <= keycap; d <<= 1 {
		if all&d == 0 {
			continue
		}
		for i := 0; i < len(w.marks); {
			if w.decorOf(i)&d == 0 {
				i++
				continue
			}
			j := i + 1
			for j < len(w.marks) && w.decorOf(j)&d != 0 && w.oneName(i, j, d) {
				j++
			}
			w.draw(d, i, j)
			i = j
		}
	}
}

func (w *lineWriter) decorOf(i int) decor {
	return w.strands[w.pieces[w.marks[i].piece].strand].look.decor
}

// oneName keeps the lines of neighbouring names apart (typography I3).
func (w *lineWriter) oneName(i, j int, d decor) bool {
	if d != properName && d != bookName && d != keycap {
		return true
	}
	a, b := &w.strands[w.pieces[w.marks[i].piece].strand], &w.strands[w.pieces[w.marks[j].piece].strand]
	return a == b || a.span == b.span && a.span.File != nil
}

// draw decorates the pieces [i, j) of the line.
func (w *lineWriter) draw(d decor, i, j int) {
	st := &w.strands[w.pieces[w.marks[i].piece].strand]
	size := st.look.size
	x0, x1 := w.marks[i].x0, w.marks[j-1].x1
	base := w.base - st.look.raise
	thin := max(size/20, unit.Pt/4)
	switch d {
	case underline:
		w.frame.Add(x0, base+size.Em(170), &page.Rule{Width: x1 - x0, Height: thin, Color: st.look.color})
	case properName:
		in := size / 16
		w.frame.Add(x0+in, base+size.Em(170), &page.Rule{Width: x1 - x0 - 2*in, Height: thin, Color: st.look.color})
	case bookName:
		in := size / 16
		w.frame.Add(x0+in, base+size.Em(160), wave(x1-x0-2*in, size, thin, st.look.color))
	case strike:
		w.frame.Add(x0, base-size.Em(330), &page.Rule{Width: x1 - x0, Height: thin, Color: st.look.color})
	case highlight:
		w.under(page.Placed{X: x0, Y: base - size.Em(hanAscent), Item: &page.Rule{Width: x1 - x0, Height: size.Em(1060), Color: page.GrayLevel(850)}})
	case keycap:
		w.frame.Add(x0-size/12, base-size.Em(820), box(x1-x0+size/6, size, thin, st.look.color))
	case dotted:
		w.dots(i, j)
	}
}

// under places an item beneath the line's text.
func (w *lineWriter) under(p page.Placed) {
	w.frame.Items = append(w.frame.Items, page.Placed{})
	copy(w.frame.Items[1:], w.frame.Items)
	w.frame.Items[0] = p
}

// dots sets 着重号: one under each character, none under marks and spaces
// (typography I2); below a line if there is one.
func (w *lineWriter) dots(i, j int) {
	for ; i < j; i++ {
		m := w.marks[i]
		p := &w.pieces[m.piece]
		if p.kind != han && p.kind != hangul && p.kind != trailing {
			continue
		}
		st := &w.strands[p.strand]
		size := st.look.size
		d := size.Em(140)
		y := w.base + size.Em(190)
		if st.look.decor&(underline|properName|bookName) != 0 {
			y += size.Em(100)
		}
		dot := disc(d)
		fill := st.look.color
		dot.Fill = &fill
		w.frame.Add(m.x0+(p.width-d)/2, y, dot)
	}
}

// wave is 书名号甲式: a line of half waves, whole ones only.
func wave(width, size, thin unit.Length, c page.Color) *page.Path {
	n := max(1, int64(width/(size/4)))
	step := width.Scale(1, n)
	high := size / 12
	p := &page.Path{Stroke: &c, Line: thin, Width: width, Height: high}
	p.Segments = append(p.Segments, page.Segment{Op: page.MoveTo, Y: high / 2})
	for i := range n {
		x := step * unit.Length(i)
		y := -high / 2
		if i%2 == 1 {
			y = high + high/2
		}
		p.Segments = append(p.Segments, page.Segment{Op: page.CurveTo, X1: x + step/3, Y1: y, X2: x + step*2/3, Y2: y, X: x + step, Y: high / 2})
	}
	return p
}

// box is the outline of a key.
func box(width, height, thin unit.Length, c page.Color) *page.Path {
	return &page.Path{Stroke: &c, Line: thin, Width: width, Height: height, Segments: []page.Segment{
		{Op: page.MoveTo}, {Op: page.LineTo, X: width}, {Op: page.LineTo, X: width, Y: height}, {Op: page.LineTo, Y: height}, {Op: page.Close},
	}}
}
