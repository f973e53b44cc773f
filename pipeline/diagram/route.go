package diagram

import (
	"cmp"
	"slices"

	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// route is where an edge runs on the page.
type route struct {
	path       trace
	start, end touch // at the author's first and second end
	label      point // centre
	drawn      bool
}

// touch is where an edge meets a node: the place, and the way it runs there,
// into the node.
type touch struct {
	point
	dx, dy int
}

func (r *route) shift(dx, dy unit.Length) {
	for i := range r.path.segs {
		s := &r.path.segs[i]
		s.X, s.X1, s.X2 = s.X+dx, s.X1+dx, s.X2+dx
		s.Y, s.Y1, s.Y2 = s.Y+dy, s.Y1+dy, s.Y2+dy
	}
	for _, q := range []*point{&r.start.point, &r.end.point, &r.label} {
		q.x += dx
		q.y += dy
	}
}

// size is the mesh's extent on the page.
func (m *mesh) size() (w, h unit.Length) {
	if m.dir.horizontal() {
		return m.height, m.width
	}
	return m.width, m.height
}

// onPage turns a place of the layout into one on the page.
func (m *mesh) onPage(q point) point {
	switch m.dir {
	case up:
		return point{q.x, m.height - q.y}
	case right:
		return point{q.y, q.x}
	case left:
		return point{m.height - q.y, q.x}
	}
	return q
}

// wayOnPage turns a direction likewise.
func (m *mesh) wayOnPage(dx, dy int) (int, int) {
	switch m.dir {
	case up:
		return dx, -dy
	case right:
		return dy, dx
	case left:
		return -dy, dx
	}
	return dx, dy
}

// sideOnPage is the side of a node that faces a way.
func sideOnPage(dx, dy int) side {
	switch {
	case dx > 0:
		return rightSide
	case dx < 0:
		return leftSide
	case dy < 0:
		return top
	}
	return bottom
}

// settle writes what was laid out into the draft, in places on the page.
func (m *mesh) settle() {
	d := m.d
	for i := range m.vertices {
		v := &m.vertices[i]
		at := m.onPage(point{v.x, v.y})
		switch {
		case v.node >= 0:
			d.at[v.node] = at
		case v.sealed >= 0:
			b := &d.boxes[v.sealed]
			b.X, b.Y = at.x-b.Width/2, at.y-b.Height/2
			d.move(d.everyIn(v.sealed), b.X, b.Y)
		}
	}
	for _, g := range m.groups {
		lo, hi := m.groupSpan(g)
		a := m.onPage(point{m.vertices[m.borders[g][0][0]].x, lo})
		b := m.onPage(point{m.vertices[m.borders[g][1][0]].x, hi})
		d.boxes[g] = page.Box{X: min(a.x, b.x), Y: min(a.y, b.y), Width: max(a.x, b.x) - min(a.x, b.x), Height: max(a.y, b.y) - min(a.y, b.y)}
	}
	ports := m.ports()
	for i := range m.links {
		m.route(&m.links[i], ports[i])
	}
	for _, l := range m.loops {
		m.curl(l)
	}
}

// port is the offset from a node's axis at which an edge leaves above or
// below.
type port [2]unit.Length // at the upper end, at the lower end

// ports spreads the edges at a node's side where they must be told apart:
// where some lead in and some out, or where two join the same two nodes.
// Others share the middle.
func (m *mesh) ports() []port {
	out := make([]port, len(m.links))
	type stub struct {
		link  int
		other unit.Length
	}
	stubs := make([][2][]stub, len(m.vertices))
	for i, l := range m.links {
		first, last := l.to, l.from
		if len(l.chain) > 0 {
			first, last = l.chain[0], l.chain[len(l.chain)-1]
		}
		stubs[l.from][0] = append(stubs[l.from][0], stub{i, m.vertices[first].x})
		stubs[l.to][1] = append(stubs[l.to][1], stub{i, m.vertices[last].x})
	}
	for v := range stubs {
		for end := range 2 {
			list := stubs[v][end]
			ids := make([]int, len(list))
			for k, s := range list {
				ids[k] = s.link
			}
			if len(list) < 2 || !m.mixed(ids, end) {
				continue
			}
			slices.SortStableFunc(list, func(a, b stub) int { return cmp.Compare(a.other, b.other) })
			w := m.vertices[v].l * 2
			step := min(m.d.p.em(1500), w.Em(700)/unit.Length(len(list)))
			for k, s := range list {
				off := step*unit.Length(k) - step*unit.Length(len(list)-1)/2
				// What is all but straight is made so.
				if d := s.other - m.vertices[v].x - off; max(d, -d) < step/4 {
					off += d
				}
				out[s.link][end] = off
			}
		}
	}
	return out
}

// mixed reports whether links at one side of a node differ in the way they
// lead or in their tips, bear signs that must not meet, or join the same nodes.
func (m *mesh) mixed(links []int, end int) bool {
	seen := map[[2]int32]bool{}
	tipOf := func(l *link) tip {
		e := m.d.g.edges[l.edge]
		if (end == 0) != l.flipped {
			return e.tail
		}
		return e.head
	}
	first := &m.links[links[0]]
	for _, i := range links {
		l := &m.links[i]
		key := [2]int32{l.from, l.to}
		k := tipOf(l)
		if e := m.d.g.edges[l.edge]; e.near != "" || e.far != "" {
			return true
		}
		if l.flipped != first.flipped || seen[key] || k != tipOf(first) || k >= one && k <= zeroMany {
			return true
		}
		seen[key] = true
	}
	return false
}

// route draws a link: upright through the layers, in a curve between them, so
// that it meets no node on its way.
func (m *mesh) route(l *link, at port) {
	e := m.d.g.edges[l.edge]
	upper, lower := e.from, e.to
	upTip, lowTip := e.tail, e.head
	if l.flipped {
		upper, lower = lower, upper
		upTip, lowTip = lowTip, upTip
	}
	p := m.d.p
	chain := l.chain
	a, chainFrom := m.meet(upper, l.from, chain, at[0], true)
	b, chainTo := m.meet(lower, l.to, chain, at[1], false)
	r := &m.d.routes[l.edge]
	r.drawn = true
	if (upper.node < 0 || lower.node < 0) && b.y < a.y+p.em(300) {
		m.sideways(l, r, upper, lower)
		return
	}
	var t trace
	from := point{a.x, a.y + p.tipLength(upTip)}
	t.move(from.x, from.y)
	for _, c := range chain[chainFrom:max(chainTo, chainFrom)] {
		v := &m.vertices[c]
		snake(&t, from, point{v.x, m.tops[v.rank]})
		from = point{v.x, m.bottoms[v.rank]}
		if v.label {
			t.to(v.x, v.y-v.h/2)
			t.move(v.x, v.y+v.h/2)
		}
		t.to(from.x, from.y)
	}
	snake(&t, from, point{b.x, b.y - p.tipLength(lowTip)})
	for _, c := range chain {
		if v := &m.vertices[c]; v.label {
			r.label = m.onPage(point{v.x, v.y})
		}
	}
	r.path = m.turned(t)
	ux, uy := m.wayOnPage(0, -1)
	r.start = touch{m.onPage(a), ux, uy}
	r.end = touch{m.onPage(b), -ux, -uy}
	if l.flipped {
		r.start, r.end = r.end, r.start
	}
}

// meet returns where a link meets its end, and the first (or the end of the)
// bends that lie outside of it: an edge to a group begins at the group's frame.
func (m *mesh) meet(e end, v int32, chain []int32, off unit.Length, upper bool) (point, int) {
	w := &m.vertices[v]
	if w.node >= 0 && e.node < 0 { // a group that is not sealed
		return m.meetGroup(e, v, chain, upper)
	}
	dy, n := -1, len(chain)
	if upper {
		dy, n = 1, 0
	}
	reach := w.h / 2
	if w.node >= 0 {
		pl := &m.d.plates[w.node]
		reach = m.d.p.reach(m.d.g.nodes[w.node].shape, pl.w, pl.h, sideOnPage(m.wayOnPage(0, dy)), off)
	}
	return point{w.x + off, w.y + reach*unit.Length(dy)}, n
}

func (m *mesh) meetGroup(e end, v int32, chain []int32, upper bool) (point, int) {
	lo, hi := m.frameOf(e, v)
	x, y, n := m.vertices[v].x, hi.y, 0
	if upper {
		for n < len(chain) && int(m.vertices[chain[n]].rank) <= m.last[e.group] {
			x = m.vertices[chain[n]].x
			n++
		}
	} else {
		y, n = lo.y, len(chain)
		for n > 0 && int(m.vertices[chain[n-1]].rank) >= m.first[e.group] {
			x = m.vertices[chain[n-1]].x
			n--
		}
	}
	// A bend may lie beside the group.
	corner := m.d.p.em(500)
	return point{min(max(x, lo.x+corner), hi.x-corner), y}, n
}

// frameOf is the extent of an end in the layout: its left and right, top and
// bottom. A node is met in the middle of its side alone.
func (m *mesh) frameOf(e end, v int32) (lo, hi point) {
	w := &m.vertices[v]
	switch {
	case w.node >= 0 && e.node < 0:
		top, bottom := m.groupSpan(e.group)
		b := &m.borders[e.group]
		return point{m.vertices[b[0][0]].x, top}, point{m.vertices[b[1][0]].x, bottom}
	case w.node >= 0:
		pl, sh := &m.d.plates[w.node], m.d.g.nodes[w.node].shape
		l := m.d.p.reach(sh, pl.w, pl.h, sideOnPage(m.wayOnPage(-1, 0)), 0)
		r := m.d.p.reach(sh, pl.w, pl.h, sideOnPage(m.wayOnPage(1, 0)), 0)
		return point{w.x - l, w.y}, point{w.x + r, w.y}
	}
	return point{w.x - w.l, w.y - w.h/2}, point{w.x + w.l, w.y + w.h/2}
}

// sideways joins a group to what stands beside it, by way of the edge's text
// where that stands between them.
func (m *mesh) sideways(l *link, r *route, upper, lower end) {
	p := m.d.p
	alo, ahi := m.frameOf(upper, l.from)
	blo, bhi := m.frameOf(lower, l.to)
	y := (max(alo.y, blo.y) + min(ahi.y, bhi.y)) / 2
	var text *vertex
	for _, c := range l.chain {
		if m.vertices[c].label {
			text = &m.vertices[c]
			y = text.y
		}
	}
	a, b := point{ahi.x, min(max(y, alo.y), ahi.y)}, point{blo.x, min(max(y, blo.y), bhi.y)}
	dx := 1
	if bhi.x < alo.x {
		a.x, b.x, dx = alo.x, bhi.x, -1
	}
	e := m.d.g.edges[l.edge]
	upTip, lowTip := e.tail, e.head
	if l.flipped {
		upTip, lowTip = lowTip, upTip
	}
	sign := unit.Length(dx)
	from, to := point{a.x + sign*p.tipLength(upTip), a.y}, point{b.x - sign*p.tipLength(lowTip), b.y}
	var t trace
	t.move(from.x, from.y)
	if text != nil {
		r.label = m.onPage(point{text.x, text.y})
		near, far := text.x-sign*text.l, text.x+sign*text.l
		if (near-from.x)*sign >= 0 && (to.x-far)*sign >= 0 {
			sway(&t, from, point{near, text.y})
			from = point{far, text.y}
			t.move(from.x, from.y)
		}
	}
	sway(&t, from, to)
	r.path = m.turned(t)
	wx, wy := m.wayOnPage(dx, 0)
	r.start, r.end = touch{m.onPage(a), -wx, -wy}, touch{m.onPage(b), wx, wy}
	if l.flipped {
		r.start, r.end = r.end, r.start
	}
}

// sway leads from a to b, leaving and arriving level.
func sway(t *trace, a, b point) {
	if a.y == b.y {
		t.to(b.x, b.y)
		return
	}
	mid := (a.x + b.x) / 2
	t.curve(mid, a.y, mid, b.y, b.x, b.y)
}

// snake leads from a to b, leaving and arriving upright.
func snake(t *trace, a, b point) {
	switch {
	case a == b:
	case a.x == b.x || b.y <= a.y:
		t.to(b.x, b.y)
	default:
		mid := (b.y - a.y) / 2
		t.curve(a.x, a.y+mid, b.x, b.y-mid, b.x, b.y)
	}
}

// turned turns a path of the layout into one on the page.
func (m *mesh) turned(t trace) trace {
	out := trace{segs: make([]page.Segment, len(t.segs))}
	for i, s := range t.segs {
		q := m.onPage(point{s.X, s.Y})
		n := page.Segment{Op: s.Op, X: q.x, Y: q.y}
		if s.Op == page.CurveTo {
			a, b := m.onPage(point{s.X1, s.Y1}), m.onPage(point{s.X2, s.Y2})
			n.X1, n.Y1, n.X2, n.Y2 = a.x, a.y, b.x, b.y
		}
		out.segs[i] = n
	}
	return out
}

// curl draws an edge that returns to its node, beside it.
func (m *mesh) curl(l loop) {
	d, v := m.d, &m.vertices[l.at]
	e := d.g.edges[l.edge]
	off := min(d.p.em(600), v.h/4)
	ta, tb := d.p.tipLength(e.tail), d.p.tipLength(e.head)
	if max(ta, tb) > d.p.em(700) { // their tips are broad
		off = min(d.p.em(900), v.h/3)
	}
	near := func(dy unit.Length) unit.Length {
		if v.node < 0 {
			return v.l
		}
		pl := &d.plates[v.node]
		return d.p.reach(d.g.nodes[v.node].shape, pl.w, pl.h, sideOnPage(m.wayOnPage(1, 0)), dy)
	}
	a := point{v.x + near(-off), v.y - off}
	b := point{v.x + near(off), v.y + off}
	far := v.x + l.reach
	r := &d.routes[l.edge]
	r.drawn = true
	var t trace
	t.move(a.x+ta, a.y)
	t.curve(far, a.y-off, far, v.y-off, far, v.y)
	t.curve(far, v.y+off, far, b.y+off, b.x+tb, b.y)
	r.path = m.turned(t)
	dx, dy := m.wayOnPage(-1, 0)
	r.start, r.end = touch{m.onPage(a), dx, dy}, touch{m.onPage(b), dx, dy}
	if lab := d.labels[l.edge]; lab != nil {
		along := lab.w
		if m.dir.horizontal() {
			along = lab.h
		}
		r.label = m.onPage(point{far + d.p.em(250) + along/2, v.y})
	}
}
