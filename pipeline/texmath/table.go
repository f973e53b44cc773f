package texmath

import (
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// array sets a matrix or an alignment, centred on the axis.
func (s *setting) array(n *array, st style) *crate {
	t := s.cells(n, st)
	t.columns()
	t.lines()
	c := t.crate(st)
	if n.left == "" && n.right == "" {
		return c
	}
	if n.left == "|" || n.left == "‖" {
		// Bars have no white of their own as brackets have.
		pad := s.size(st).Scale(150, 1000)
		c = abreast([]*crate{blank(pad), c, blank(pad)})
	}
	return s.fenced(n.left, c, n.right, st)
}

// grid is an array on its way to be set.
type grid struct {
	n       *array
	em      unit.Length // of the cells' size
	axis    unit.Length
	cells   [][]*crate
	width   []unit.Length // of columns
	left    []unit.Length // where columns begin
	total   unit.Length
	h, d    []unit.Length // of rows
	base    []unit.Length // baselines below the top
	tall    unit.Length
	rules   []unit.Length // where the rules above rows are, below the top
	gap     func(dimension) unit.Length
	tags    []*crate // per row, nil for none
	measure unit.Length
}

func (s *setting) cells(n *array, st style) *grid {
	inner := st
	switch n.kind {
	case alignment, alignedAt, gathering, displayCases, displayArray:
		inner.size = display
	case smallMatrix, subArray:
		inner.size = max(inScript, st.size)
	default:
		inner.size = max(inText, st.size)
	}
	inner.cramped = false
	g := &grid{n: n, em: s.size(inner), axis: s.axis(st), measure: s.measure, gap: func(d dimension) unit.Length { return s.length(d, st) }}
	columns := 0
	for _, r := range n.rows {
		var row []*crate
		for _, c := range r {
			row = append(row, s.node(c, inner).shut())
		}
		columns = max(columns, len(row))
		g.cells = append(g.cells, row)
	}
	for i := range n.tags {
		g.tags = append(g.tags, nil)
		if n.tags[i] != nil {
			g.tags[i] = s.node(n.tags[i], st.in(inText))
		}
	}
	g.width = make([]unit.Length, columns)
	for _, r := range g.cells {
		for j, c := range r {
			g.width[j] = max(g.width[j], c.w)
		}
	}
	return g
}

// columns finds where the columns begin: an em apart, those of a pair in an
// alignment beside each other.
func (g *grid) columns() {
	sep := g.em // LaTeX's 2\arraycolsep
	switch g.n.kind {
	case smallMatrix:
		sep = g.em.Scale(400, 1000)
	case alignment:
		sep = 2 * g.em
	case alignedAt:
		sep = 0
	}
	edge := unit.Length(0)
	if g.n.kind == plainArray || g.n.kind == displayArray {
		edge = sep / 2
	}
	x := edge
	for j, w := range g.width {
		if j > 0 && !(g.n.paired() && j%2 == 1) {
			x += sep
		}
		g.left = append(g.left, x)
		x += w
	}
	g.total = x + edge
}

// lines finds the rows' baselines: lines of 1.2 em with struts, more apart
// where cells are taller.
func (g *grid) lines() {
	line, jot := g.em.Scale(1200, 1000), unit.Length(0)
	switch g.n.kind {
	case caseArray, displayCases:
		line = line.Scale(1200, 1000)
	case alignment, alignedAt, gathering:
		jot = g.em.Scale(300, 1000)
	case smallMatrix:
		line = g.em.Scale(950, 1000)
	case subArray:
		line = g.em.Scale(900, 1000)
	}
	y := unit.Length(0)
	for i, r := range g.cells {
		g.rules = append(g.rules, y)
		h, d := line.Scale(700, 1000), line.Scale(300, 1000)
		tall := false // beyond the strut: rows would touch
		for _, c := range r {
			tall = tall || c.h > h || c.d > d
			h, d = max(h, c.h), max(d, c.d)
		}
		if tall && jot == 0 && g.n.kind != subArray {
			h, d = h+g.em.Scale(60, 1000), d+g.em.Scale(60, 1000)
		}
		if i > 0 {
			y += jot
		}
		g.base = append(g.base, y+h)
		g.h, g.d = append(g.h, h), append(g.d, d)
		y += h + d
		if i < len(g.n.gaps) && i < len(g.cells)-1 {
			y = max(y+g.gap(g.n.gaps[i]), g.base[i])
		}
	}
	g.rules = append(g.rules, y)
	g.tall = y
}

func (g *grid) crate(st style) *crate {
	top := g.tall/2 + g.axis
	c := &crate{w: g.total, h: top, d: g.tall - top}
	for i, r := range g.cells {
		for j, k := range r {
			x := g.left[j]
			switch g.n.align(j) {
			case 'c':
				x += (g.width[j] - k.w) / 2
			case 'r':
				x += g.width[j] - k.w
			}
			c.add(k, x, g.base[i]-top)
		}
	}
	g.ruled(c, top, st.color)
	g.tagged(c, top)
	return c
}

// tagged sets the numbers of rows flush right in the measure, or two ems right
// of the array where there is no measure or no room.
func (g *grid) tagged(c *crate, top unit.Length) {
	widest := unit.Length(0)
	for _, k := range g.tags {
		if k != nil {
			widest = max(widest, k.w)
		}
	}
	if widest == 0 {
		return
	}
	if left := (g.measure - c.w) / 2; left >= widest+g.em {
		inner := *c
		*c = crate{w: g.measure, h: inner.h, d: inner.d}
		c.add(&inner, left, 0)
	} else {
		c.w += 2*g.em + widest
	}
	for i, k := range g.tags {
		if k != nil {
			c.add(k, c.w-k.w, g.base[i]-top)
		}
	}
}

// ruled draws the lines between rows and columns.
func (g *grid) ruled(c *crate, top unit.Length, color page.Color) {
	thick := g.em.Scale(40, 1000)
	line := func(x, y, w, h unit.Length, dashed bool) {
		if !dashed {
			c.place(&page.Rule{Width: w, Height: h, Color: color}, x, y)
			return
		}
		step, on := g.em.Scale(300, 1000), g.em.Scale(180, 1000)
		for at := unit.Length(0); at < max(w, h) && step > 0; at += step {
			if w > h {
				c.place(&page.Rule{Width: min(on, w-at), Height: h, Color: color}, x+at, y)
			} else {
				c.place(&page.Rule{Width: w, Height: min(on, h-at), Color: color}, x, y+at)
			}
		}
	}
	for i, n := range g.n.rules {
		if i >= len(g.rules) {
			break
		}
		for k := range max(n, -n) {
			line(0, g.rules[i]-top-thick/2+unit.Length(k)*3*thick, g.total, thick, n < 0)
		}
	}
	for j, col := range g.n.columns {
		x := g.total
		switch {
		case j < len(g.left) && j == 0:
			x = 0
		case j < len(g.left) && !col.last:
			x = (g.left[j-1] + g.width[j-1] + g.left[j]) / 2
		case !col.last:
			continue
		}
		for k := range max(col.rules, -col.rules) {
			line(x-thick/2+unit.Length(k)*3*thick, -top, thick, g.tall, col.rules < 0)
		}
	}
}

// box sets a frame, a ground or a stroke.
func (s *setting) box(n *box, st style) *crate {
	body := s.node(n.body, st).shut()
	thick := s.size(st).Scale(40, 1000)
	pad := unit.Length(0)
	if n.kind == framed || n.kind == grounded {
		pad = s.size(st).Scale(300, 1000)
	}
	c := &crate{w: body.w + 2*pad, h: body.h + pad, d: body.d + pad}
	if n.ground != nil {
		c.rule(0, -c.d, c.w, c.h+c.d, *n.ground)
	}
	c.add(body, pad, 0)
	edge := st.color
	if n.edge != nil {
		edge = *n.edge
	}
	if n.kind == framed || n.edge != nil {
		c.rule(0, c.h-thick, c.w, thick, edge)
		c.rule(0, -c.d, c.w, thick, edge)
		c.rule(0, -c.d, thick, c.h+c.d, edge)
		c.rule(c.w-thick, -c.d, thick, c.h+c.d, edge)
	}
	switch n.kind {
	case cancelUp, cancelBoth:
		c.stroke(0, c.d, c.w, -c.h, thick, st.color)
	}
	switch n.kind {
	case cancelDown, cancelBoth:
		c.stroke(0, -c.h, c.w, c.d, thick, st.color)
	case struck:
		c.rule(0, s.axis(st), c.w, thick, st.color)
	case angled:
		c.h += 3 * thick
		c.w += 3 * thick
		c.rule(0, c.h-thick, c.w, thick, st.color)
		c.rule(c.w-thick, -c.d, thick, c.h+c.d, st.color)
	}
	return c
}

// stroke draws a line between two points, y downwards.
func (c *crate) stroke(x1, y1, x2, y2, thick unit.Length, color page.Color) {
	left, top := min(x1, x2), min(y1, y2)
	c.place(&page.Path{
		Segments: []page.Segment{{Op: page.MoveTo, X: x1 - left, Y: y1 - top}, {Op: page.LineTo, X: x2 - left, Y: y2 - top}},
		Stroke:   &color, Line: thick, Width: max(x1, x2) - left, Height: max(y1, y2) - top,
	}, left, top)
}
