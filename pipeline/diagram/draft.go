package diagram

import (
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// draft is a graph being laid out: what is measured, and where it comes to
// stand.
type draft struct {
	p *pen
	g *graph
	w way

	plates []plate  // of nodes
	labels []*label // of edges, nil without
	titles []*label // of groups
	seal   []bool   // groups laid out by themselves

	at     []point    // centres of nodes
	boxes  []page.Box // of groups
	routes []route    // of edges
	lines  [][]point  // of edges, once all are laid out

	nodeGap, edgeGap, rankGap, groupPad unit.Length
}

// plate is a node as measured.
type plate struct {
	fitted
	head, label *label
	parts       []part
}

// part is a further compartment: rows of cells in columns.
type part struct {
	rows    [][]*label
	columns []unit.Length
	w, h    unit.Length
}

// lay draws the graph one way.
func (g *graph) lay(p *pen, w way) *sheet {
	d := newDraft(p, g, w)
	width, height := d.scope(-1, w.dir)
	return d.draw(width, height)
}

func newDraft(p *pen, g *graph, w way) *draft {
	d := &draft{p: p, g: g, w: w,
		plates: make([]plate, len(g.nodes)), labels: make([]*label, len(g.edges)), titles: make([]*label, len(g.groups)),
		at: make([]point, len(g.nodes)), boxes: make([]page.Box, len(g.groups)), routes: make([]route, len(g.edges)),
		nodeGap: p.em(1600), edgeGap: p.em(1000), rankGap: p.em(2300), groupPad: p.em(900)}
	if w.dir.horizontal() { // labels are wider than high
		d.nodeGap, d.edgeGap = p.em(850), p.em(750)
		if w.tight {
			d.nodeGap = p.em(600)
		}
	}
	if w.tight || g.bareEdges() {
		d.rankGap = p.em(1700)
	}
	wrap := p.em(w.wrap)
	for i, n := range g.nodes {
		d.plates[i] = p.plate(n, wrap, w.dir)
		switch n.shape {
		case box, round, stadium, subroutine:
			if w.tight {
				d.plates[i].w -= p.em(500)
				d.plates[i].h -= p.em(250)
			}
		}
	}
	for i, e := range g.edges {
		if e.text != "" {
			if l := p.set(e.text, p.em(min(w.wrap, 9000))); len(l.lines) > 0 {
				d.labels[i] = l
			}
		}
		switch {
		case e.near != "" || e.far != "":
			d.rankGap = max(d.rankGap, p.em(4600))
		case e.head > cross || e.tail > cross:
			d.rankGap = max(d.rankGap, p.em(3400))
		}
	}
	for i, s := range g.groups {
		d.titles[i] = p.set(s.text, p.em(20_000))
	}
	d.seal = make([]bool, len(g.groups))
	for i := range g.groups {
		d.seal[i] = d.sealed(i)
	}
	return d
}

// plate measures a node.
func (p *pen) plate(n *node, wrap unit.Length, dir direction) plate {
	if n.shape == diamond || n.shape == circle || n.shape == triangle {
		wrap = wrap.Em(700)
	}
	if n.shape == compartments {
		return p.cabinet(n)
	}
	pl := plate{label: p.set(n.text, wrap)}
	if n.shape.silent() {
		pl.label = &label{}
	}
	pl.fitted = p.around(n.shape, pl.label.w, pl.label.h)
	switch n.shape {
	case bar:
		if dir.horizontal() {
			pl.w, pl.h = pl.h, pl.w
		}
	case box, round, subroutine, stadium, document, linedBox, dividedBox:
		pl.w = max(pl.w, p.em(3000))
	case circle, doubleCircle:
		pl.w = max(pl.w, p.em(2000))
		pl.h = pl.w
	}
	return pl
}

// cabinet measures a box in compartments.
func (p *pen) cabinet(n *node) plate {
	pl := plate{label: p.setSpans(bolder(spans(n.text)), p.em(20_000))}
	padX, padY := p.em(700), p.em(350)
	w, h := pl.label.w, pl.label.h+2*padY
	if n.head != "" {
		pl.head = p.set(n.head, p.em(20_000))
		w, h = max(w, pl.head.w), h+pl.head.h
	}
	for _, rows := range n.parts {
		pt := part{h: 2 * padY}
		for _, cells := range rows {
			var row []*label
			high := p.leading()
			for k, c := range cells {
				l := p.set(c, p.em(22_000))
				row = append(row, l)
				if k == len(pt.columns) {
					pt.columns = append(pt.columns, 0)
				}
				pt.columns[k] = max(pt.columns[k], l.w)
				high = max(high, l.h)
			}
			pt.rows = append(pt.rows, row)
			pt.h += high
		}
		if len(rows) == 0 {
			pt.h = padY
		}
		for k, c := range pt.columns {
			if k > 0 && c > 0 {
				pt.w += p.em(900)
			}
			pt.w += c
		}
		w, h = max(w, pt.w), h+pt.h
		pl.parts = append(pl.parts, pt)
	}
	pl.fitted = fitted{w: max(w+2*padX, p.em(4000)), h: h}
	return pl
}

func bolder(list []span) []span {
	for i := range list {
		list[i].bold = true
	}
	return list
}

// sealed reports whether a group is laid out by itself and then stands as one
// box: an empty one, or one with a direction of its own into which no edge
// leads from outside.
func (d *draft) sealed(k int) bool {
	g := d.g
	empty := true
	for _, n := range g.nodes {
		if g.within(n.group, k) {
			empty = false
			break
		}
	}
	if empty || !g.groups[k].turns {
		return empty && !d.hasKids(k)
	}
	for _, e := range g.edges {
		if d.inside(e.from, k) != d.inside(e.to, k) {
			return false
		}
	}
	return true
}

func (d *draft) hasKids(k int) bool {
	for _, s := range d.g.groups {
		if s.parent == k {
			return true
		}
	}
	return false
}

// inside reports whether an end lies in a group, the group itself apart.
func (d *draft) inside(e end, k int) bool {
	if e.node >= 0 {
		return d.g.within(d.g.nodes[e.node].group, k)
	}
	return e.group != k && d.g.within(e.group, k)
}

// sealAbove returns the outermost sealed group that holds group k and lies
// inside the scope; -1: none.
func (d *draft) sealAbove(k, scope int) int {
	out := -1
	for ; k != scope && k >= 0; k = d.g.groups[k].parent {
		if d.seal[k] {
			out = k
		}
	}
	return out
}

// directlyIn reports whether what lies in group k is laid out in the scope:
// no sealed group is between them.
func (d *draft) directlyIn(k, scope int) bool {
	for ; k != scope; k = d.g.groups[k].parent {
		if k < 0 || d.seal[k] {
			return false
		}
	}
	return true
}

// members are the elements of one scope.
type members struct{ nodes, seals, edges []int }

// scope lays out what lies in a sealed group, or the whole (-1), and returns
// its extent. Places are relative to the scope's top left corner.
func (d *draft) scope(k int, dir direction) (w, h unit.Length) {
	all := d.members(k)
	for _, s := range all.seals {
		d.layScope(s, dir)
	}
	var parts []*mesh
	var lists []members
	for _, c := range d.components(k, all) {
		m := d.layMesh(k, dir, c.nodes, c.seals, c.edges)
		m.settle()
		parts, lists = append(parts, m), append(lists, c)
	}
	return d.pack(parts, lists)
}

// layScope lays out a sealed group with its frame.
func (d *draft) layScope(k int, outer direction) {
	dir := outer
	if d.g.groups[k].turns {
		dir = d.g.groups[k].dir
	}
	w, h := d.scope(k, dir)
	pad, title := d.groupPad, d.titleRoom(k)
	if w == 0 {
		title = max(title, d.p.leading())
	}
	full := max(w+2*pad, d.titleWidth(k))
	d.move(d.everyIn(k), (full-w)/2, pad+title)
	d.boxes[k] = page.Box{Width: full, Height: h + 2*pad + title}
}

func (d *draft) titleRoom(k int) unit.Length {
	if len(d.titles[k].lines) == 0 {
		return 0
	}
	return d.titles[k].h + d.p.em(100)
}

func (d *draft) titleWidth(k int) unit.Length {
	if len(d.titles[k].lines) == 0 {
		return 0
	}
	return d.titles[k].w + d.p.em(1000)
}

func (d *draft) members(scope int) members {
	var out members
	for i, n := range d.g.nodes {
		if d.directlyIn(n.group, scope) {
			out.nodes = append(out.nodes, i)
		}
	}
	for k, s := range d.g.groups {
		if d.seal[k] && k != scope && d.directlyIn(s.parent, scope) {
			out.seals = append(out.seals, k)
		}
	}
	for i, e := range d.g.edges {
		if d.scopeOf(e) == scope {
			out.edges = append(out.edges, i)
		}
	}
	return out
}

// scopeOf is the innermost sealed group that holds both ends of an edge.
func (d *draft) scopeOf(e *edge) int {
	above := func(x end) int {
		k := x.group
		if x.node >= 0 {
			k = d.g.nodes[x.node].group
		} else {
			k = d.g.groups[k].parent
		}
		return k
	}
	k := above(e.from)
	for ; k >= 0; k = d.g.groups[k].parent {
		if d.seal[k] && d.g.within(above(e.to), k) {
			return k
		}
	}
	return -1
}

// pack sets the parts of a scope side by side, in rows as wide as the measure.
func (d *draft) pack(parts []*mesh, lists []members) (w, h unit.Length) {
	gap := d.nodeGap
	var x, y, high unit.Length
	for i, m := range parts {
		mw, mh := m.size()
		if x > 0 && d.p.measure > 0 && x+mw > d.p.measure {
			x, y, high = 0, y+high+gap, 0
		}
		d.shiftList(lists[i], m.groups, x, y)
		w, high = max(w, x+mw), max(high, mh)
		h = max(h, y+mh)
		x += mw + gap
	}
	return w, h
}

// shiftList moves a part, its groups' frames and what lies in sealed groups.
func (d *draft) shiftList(c members, groups []int, dx, dy unit.Length) {
	if dx == 0 && dy == 0 {
		return
	}
	d.move(c, dx, dy)
	for _, k := range groups {
		d.boxes[k].X += dx
		d.boxes[k].Y += dy
	}
	for _, s := range c.seals {
		d.move(d.everyIn(s), dx, dy)
	}
}

// everyIn lists all nodes, groups and edges inside a sealed group, as members
// whose seals are the groups, sealed or not.
func (d *draft) everyIn(k int) members {
	var out members
	for i, n := range d.g.nodes {
		if d.g.within(n.group, k) {
			out.nodes = append(out.nodes, i)
		}
	}
	for j := range d.g.groups {
		if j != k && d.g.within(j, k) {
			out.seals = append(out.seals, j)
		}
	}
	for i, e := range d.g.edges {
		if s := d.scopeOf(e); s >= 0 && d.g.within(s, k) {
			out.edges = append(out.edges, i)
		}
	}
	return out
}

// move moves nodes, edges and the frames of sealed groups.
func (d *draft) move(c members, dx, dy unit.Length) {
	for _, i := range c.nodes {
		d.at[i].x += dx
		d.at[i].y += dy
	}
	for _, i := range c.edges {
		d.routes[i].shift(dx, dy)
	}
	for _, k := range c.seals {
		d.boxes[k].X += dx
		d.boxes[k].Y += dy
	}
}
