package diagram

import (
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// draw puts a laid-out graph on a sheet w × h: groups below, then edges, nodes
// and the texts of edges.
func (d *draft) draw(w, h unit.Length) *sheet {
	p, s := d.p, newSheet()
	for k, g := range d.g.groups {
		b := d.boxes[k]
		s.groups = append(s.groups, Node{ID: g.id, Label: plainText(g.text), Box: b})
		if g.bare {
			continue
		}
		d.frame(s, k)
	}
	for i, e := range d.g.edges {
		if r := &d.routes[i]; r.drawn && e.stroke != invisible {
			s.ink(&r.path, p.hair(e.stroke))
		}
	}
	for k, g := range d.g.groups {
		if !g.bare && len(d.titles[k].lines) > 0 {
			d.title(s, k)
		}
	}
	for i := range d.g.nodes {
		d.node(s, i)
	}
	for i := range d.g.edges {
		d.edgeEnds(s, i)
	}
	return d.trim(s, w, h)
}

// frame draws a group.
func (d *draft) frame(s *sheet, k int) {
	p, b := d.p, d.boxes[k]
	fill, line := p.colors.Group, p.colors.GroupLine
	var t trace
	t.rounded(b.X, b.Y, b.Width, b.Height, p.em(400))
	s.ink(&t, look{fill: &fill, stroke: &line, line: p.line})
}

// title writes a group's title; an edge that cannot but run through it is
// interrupted there.
func (d *draft) title(s *sheet, k int) {
	p, b, l := d.p, d.boxes[k], d.titles[k]
	x, clear := d.titleAt(l, b)
	y := b.Y + p.em(350)
	if !clear {
		var t trace
		t.rect(x-p.em(100), y+p.em(100), l.w+p.em(200), l.h-p.em(200))
		s.ink(&t, p.flat(p.colors.Group))
	}
	p.write(s, l, x, y, middle)
}

// titleAt is where a group's title begins: in the middle of the frame, else at
// its left or right, wherever no edge runs through it.
func (d *draft) titleAt(l *label, b page.Box) (x unit.Length, clear bool) {
	pad := d.p.em(500)
	mid := b.X + (b.Width-l.w)/2
	for _, x := range [...]unit.Length{mid, b.X + pad, b.X + b.Width - pad - l.w} {
		if x >= b.X && !d.crossed(page.Box{X: x, Y: b.Y, Width: l.w, Height: l.h + d.p.em(450)}) {
			return x, true
		}
	}
	return mid, false
}

// crossed reports whether the extent of a piece of an edge meets a box.
func (d *draft) crossed(b page.Box) bool {
	if d.lines == nil {
		d.lines = make([][]point, len(d.routes))
		for i := range d.routes {
			if d.routes[i].drawn {
				d.lines[i] = polyline(d.routes[i].path.segs)
			}
		}
	}
	for _, pts := range d.lines {
		for k := 1; k < len(pts); k++ {
			u, v := pts[k-1], pts[k]
			if max(u.x, v.x) > b.X && min(u.x, v.x) < b.X+b.Width && max(u.y, v.y) > b.Y && min(u.y, v.y) < b.Y+b.Height {
				return true
			}
		}
	}
	return false
}

// node draws a node and its label.
func (d *draft) node(s *sheet, i int) {
	p, n, pl, c := d.p, d.g.nodes[i], &d.plates[i], d.at[i]
	b := page.Box{X: c.x - pl.w/2, Y: c.y - pl.h/2, Width: pl.w, Height: pl.h}
	s.nodes = append(s.nodes, Node{ID: n.id, Label: plainText(n.text), Box: b})
	edge, inner := p.outline(n.shape, c.x, c.y, pl.w, pl.h)
	switch n.shape {
	case bareText:
	case braceLeft, braceRight, braces:
	case startDot, bar, filledDot:
		s.ink(&edge, p.flat(p.colors.Strong))
	case stopDot:
		s.ink(&edge, p.filled(p.colors.Paper))
		var dot trace
		dot.ellipse(c.x, c.y, pl.w/2-p.em(250), pl.h/2-p.em(250))
		s.ink(&dot, p.flat(p.colors.Strong))
	case noteBox:
		s.ink(&edge, p.filled(p.colors.Note))
	default:
		s.ink(&edge, p.filled(p.colors.Fill))
	}
	s.ink(&inner, p.stroked())
	if n.shape == compartments {
		d.cabinet(s, pl, b)
		return
	}
	p.centred(s, pl.label, c.x+pl.dx, c.y+pl.dy)
}

// cabinet draws the compartments of a box.
func (d *draft) cabinet(s *sheet, pl *plate, b page.Box) {
	p := d.p
	padX, padY := p.em(700), p.em(350)
	y := b.Y + padY
	if pl.head != nil {
		p.write(s, pl.head, b.X+(b.Width-pl.head.w)/2, y, middle)
		y += pl.head.h
	}
	p.write(s, pl.label, b.X+(b.Width-pl.label.w)/2, y, middle)
	y += pl.label.h + padY
	for _, pt := range pl.parts {
		var t trace
		t.move(b.X, y)
		t.to(b.X+b.Width, y)
		s.ink(&t, p.stroked())
		at := y + padY
		for _, cells := range pt.rows {
			x, high := b.X+padX, p.leading()
			for k, l := range cells {
				p.write(s, l, x, at, start)
				if pt.columns[k] > 0 {
					x += pt.columns[k] + p.em(900)
				}
				high = max(high, l.h)
			}
			at += high
		}
		y += pt.h
	}
}

// edgeEnds draws an edge's tips and texts.
func (d *draft) edgeEnds(s *sheet, i int) {
	p, e, r := d.p, d.g.edges[i], &d.routes[i]
	out := Edge{From: max(e.from.node, e.from.group), To: max(e.to.node, e.to.group),
		FromGroup: e.from.node < 0, ToGroup: e.to.node < 0, Label: plainText(e.text)}
	if !r.drawn {
		return
	}
	out.Start = [2]unit.Length{r.start.x, r.start.y}
	out.End = [2]unit.Length{r.end.x, r.end.y}
	if e.stroke != invisible {
		p.tip(s, e.tail, r.start)
		p.tip(s, e.head, r.end)
	}
	if l := d.labels[i]; l != nil {
		out.LabelBox = p.centred(s, l, r.label.x, r.label.y)
	}
	d.beside(s, e.near, e.tail, r.start, d.middleOf(e.from))
	d.beside(s, e.far, e.head, r.end, d.middleOf(e.to))
	s.edges = append(s.edges, out)
}

// middleOf is the centre of an edge's end.
func (d *draft) middleOf(e end) point {
	if e.node >= 0 {
		return d.at[e.node]
	}
	b := d.boxes[e.group]
	return point{b.X + b.Width/2, b.Y + b.Height/2}
}

// beside writes a text at the end of an edge, on the side away from the
// node's middle.
func (d *draft) beside(s *sheet, text string, k tip, at touch, centre point) {
	if text == "" {
		return
	}
	p := d.p
	l := p.set(text, p.em(8000))
	off := max(p.tipLength(k), p.em(500)) + p.em(150)
	x, y := at.x+p.em(350), at.y
	if at.x < centre.x {
		x = at.x - p.em(350) - l.w
	}
	switch {
	case at.dy > 0:
		y -= off + l.h
	case at.dy < 0:
		y += off
	default:
		x = at.x + off
		if at.dx > 0 {
			x = at.x - off - l.w
		}
		y += p.em(50)
		if at.y <= centre.y {
			y = at.y - l.h - p.em(50)
		}
	}
	p.write(s, l, x, y, middle)
}

// trim makes the sheet as large as what is on it: texts at the ends of edges
// and the arms of curves may stand out. Half a line's width is kept at every
// side.
func (d *draft) trim(s *sheet, w, h unit.Length) *sheet {
	half := d.p.line / 2
	lo, hi := point{0, 0}, point{w, h}
	for _, it := range s.frame.Items {
		var b page.Box
		switch v := it.Item.(type) {
		case *page.Path:
			b = page.Box{X: it.X, Y: it.Y, Width: v.Width, Height: v.Height}
		case *page.Glyphs:
			b = page.Box{X: it.X, Y: it.Y - d.p.em(880), Width: advance(v), Height: d.p.em(1100)}
		}
		lo.x, lo.y = min(lo.x, b.X), min(lo.y, b.Y)
		hi.x, hi.y = max(hi.x, b.X+b.Width), max(hi.y, b.Y+b.Height)
	}
	dx, dy := half-lo.x, half-lo.y
	for i := range s.frame.Items {
		s.frame.Items[i].X += dx
		s.frame.Items[i].Y += dy
	}
	for _, list := range [][]Node{s.nodes, s.groups} {
		for i := range list {
			list[i].Box.X += dx
			list[i].Box.Y += dy
		}
	}
	for i := range s.edges {
		e := &s.edges[i]
		e.Start[0], e.Start[1], e.End[0], e.End[1] = e.Start[0]+dx, e.Start[1]+dy, e.End[0]+dx, e.End[1]+dy
		if e.LabelBox.Width > 0 {
			e.LabelBox.X += dx
			e.LabelBox.Y += dy
		}
	}
	return s.close(hi.x-lo.x+2*half, hi.y-lo.y+2*half)
}

// advance is the width of a run.
func advance(g *page.Glyphs) unit.Length {
	if len(g.Glyphs) == 0 {
		return 0
	}
	last := g.Glyphs[len(g.Glyphs)-1]
	return last.X + g.Face.Metrics().Scale(g.Face.Advance(last.ID), g.Size)
}
