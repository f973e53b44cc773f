package diagram

import (
	"slices"

	"banxin/pipeline/unit"
)

// mesh is one connected part of a graph being laid out downwards, in layers
// (Sugiyama, Tagawa and Toda 1981, as Gansner et al. 1993 do it). Lengths are
// in the direction of the layout: x along a layer, y across the layers.
type mesh struct {
	d        *draft
	dir      direction
	scope    int // the group whose inside this is, -1: the whole
	vertices []vertex
	links    []link
	loops    []loop
	segments []segment
	layers   [][]int32
	groups   []int // unsealed groups that have vertices here, parents first
	// Of every group: the layers it spans and the border vertices there.
	first, last []int
	borders     [][2][]int32
	groupOrder  []int64 // of every group: its mean place, in this pass
	doubled     bool
	// Of every layer: top and bottom.
	tops, bottoms []unit.Length
	width, height unit.Length
}

// vertex stands in a layer: a node, a sealed group, a bend or the label of an
// edge, or the border of a group.
type vertex struct {
	node, sealed int  // -1: not
	group        int  // innermost unsealed group, -1: none
	side         int8 // of a border: 1 left, 2 right
	link         int32
	label        bool
	l, r, h      unit.Length // extent left and right of the axis; height
	rank, pos    int32
	x, y         unit.Length
	ups, downs   []int32 // segments
}

func (v *vertex) real() bool { return v.node >= 0 || v.sealed >= 0 }

// loop is an edge from a vertex to itself; it stands within its r, reach from
// the axis.
type loop struct {
	edge  int
	at    int32
	reach unit.Length
}

// link is an edge that leads downwards; flipped, if the author's led upwards.
type link struct {
	edge          int
	from, to      int32
	flipped       bool
	least, weight int32
	chain         []int32 // the vertices between its ends
}

// segment joins vertices of adjacent layers. The more rigid of two that cross
// is to stay straight: 2 a border, 1 between bends, 0 any other.
type segment struct {
	u, v  int32
	rigid int8
	bent  bool // gives way to one more rigid
}

// rootOf returns what stands for a node or group in the mesh's scope.
func (m *mesh) rootOf(e end) (node, sealed, group int) {
	d := m.d
	if e.node >= 0 {
		if s := d.sealAbove(d.g.nodes[e.node].group, m.scope); s >= 0 {
			return -1, s, -1
		}
		return e.node, -1, -1
	}
	if s := d.sealAbove(e.group, m.scope); s >= 0 {
		return -1, s, -1
	}
	return -1, -1, e.group
}

// innermost is the group in which something of group g lies here.
func (m *mesh) innermost(g int) int {
	if g == m.scope {
		return -1
	}
	return g
}

func (m *mesh) parent(g int) int { return m.innermost(m.d.g.groups[g].parent) }

// layMesh lays out a part: the nodes and sealed groups, and the edges among
// them.
func (d *draft) layMesh(scope int, dir direction, nodes, seals, edges []int) *mesh {
	m := &mesh{d: d, dir: dir, scope: scope}
	m.first, m.last = make([]int, len(d.g.groups)), make([]int, len(d.g.groups))
	m.borders = make([][2][]int32, len(d.g.groups))
	for _, i := range nodes {
		pl := &d.plates[i]
		m.add(vertex{node: i, sealed: -1, group: m.innermost(d.g.nodes[i].group)}, pl.w, pl.h)
	}
	for _, i := range seals {
		b := d.boxes[i]
		m.add(vertex{node: -1, sealed: i, group: m.innermost(d.g.groups[i].parent)}, b.Width, b.Height)
	}
	m.listGroups()
	m.link(edges)
	m.rankVertices()
	m.layer()
	m.order()
	m.place()
	m.stack()
	return m
}

// add adds a vertex of w × h on the page.
func (m *mesh) add(v vertex, w, h unit.Length) int32 {
	if m.dir.horizontal() {
		w, h = h, w
	}
	v.l, v.r, v.h = w/2, w-w/2, h
	v.link = -1
	m.vertices = append(m.vertices, v)
	return int32(len(m.vertices) - 1)
}

func (m *mesh) listGroups() {
	seen := make([]bool, len(m.d.g.groups))
	for i := range m.vertices {
		for g := m.vertices[i].group; g >= 0 && !seen[g]; g = m.parent(g) {
			seen[g] = true
		}
	}
	for g, on := range seen {
		if on {
			m.groups = append(m.groups, g)
		}
	}
}

// rankVertices runs the simplex.
func (m *mesh) rankVertices() {
	edges := make([]rankEdge, 0, len(m.links))
	for _, l := range m.links {
		w := l.weight
		if m.d.g.edges[l.edge].stroke == thick {
			w++
		}
		edges = append(edges, rankEdge{l.from, l.to, l.least, w})
	}
	edges = m.holdGroups(edges)
	for i, r := range ranks(len(m.vertices), edges) {
		m.vertices[i].rank = r
	}
}

// maxBends bounds the vertices that long edges make.
const maxBends = 40_000

// layer makes the layers, with the bends of long edges and groups' borders.
func (m *mesh) layer() {
	deepest := int32(0)
	for i := range m.vertices {
		deepest = max(deepest, m.vertices[i].rank)
	}
	for _, g := range m.groups {
		m.first[g], m.last[g] = int(deepest), 0
	}
	for i := range m.vertices {
		v := &m.vertices[i]
		for g := v.group; g >= 0; g = m.parent(g) {
			m.first[g], m.last[g] = min(m.first[g], int(v.rank)), max(m.last[g], int(v.rank))
		}
	}
	for i := range m.links {
		if len(m.vertices) < maxBends {
			m.bend(int32(i))
		}
	}
	for _, g := range m.groups {
		for s := range int8(2) {
			for r := m.first[g]; r <= m.last[g]; r++ {
				v := m.add(vertex{node: -1, sealed: -1, group: g, side: s + 1, rank: int32(r)}, 0, 0)
				m.borders[g][s] = append(m.borders[g][s], v)
				if r > m.first[g] {
					m.join(v-1, v, 2)
				}
			}
		}
	}
	m.layers = make([][]int32, deepest+1)
	m.arrangeFirst()
}

// bend puts a vertex into every layer that a link passes.
func (m *mesh) bend(i int32) {
	l := &m.links[i]
	from, to := m.vertices[l.from].rank, m.vertices[l.to].rank
	at := int32(-1)
	lab := m.d.labels[l.edge]
	if lab != nil {
		at = (from + to) / 2
	}
	prev := l.from
	for r := from + 1; r < to; r++ {
		v := vertex{node: -1, sealed: -1, rank: r, group: m.groupOfBend(l, int(r))}
		w, h := unit.Length(0), unit.Length(0)
		if r == at {
			w, h = lab.w+m.d.p.em(500), lab.h
			v.label = true
		}
		n := m.add(v, w, h)
		m.vertices[n].link = i
		l.chain = append(l.chain, n)
		rigid := int8(0)
		if prev != l.from {
			rigid = 1
		}
		m.join(prev, n, rigid)
		prev = n
	}
	m.join(prev, l.to, 0)
	// A vertex that only stands for its group need not be in line.
	e := m.d.g.edges[l.edge]
	if e.from.node < 0 || e.to.node < 0 {
		for _, s := range [...]int{len(m.segments) - 1, len(m.segments) - 1 - len(l.chain)} {
			m.segments[s].bent = true
		}
	}
}

// groupOfBend is the group a link passes through in a layer: of those that
// hold one of its ends, the innermost that spans the layer; between layers
// both of them could, the one above goes first.
func (m *mesh) groupOfBend(l *link, r int) int {
	common := m.common(m.vertices[l.from].group, m.vertices[l.to].group)
	for g := m.vertices[l.from].group; g != common; g = m.parent(g) {
		if r <= m.last[g] {
			return g
		}
	}
	for g := m.vertices[l.to].group; g != common; g = m.parent(g) {
		if r >= m.first[g] {
			return g
		}
	}
	return common
}

// common is the innermost group that holds both.
func (m *mesh) common(a, b int) int {
	for ; a >= 0; a = m.parent(a) {
		for g := b; g >= 0; g = m.parent(g) {
			if g == a {
				return a
			}
		}
	}
	return -1
}

func (m *mesh) join(u, v int32, rigid int8) {
	i := int32(len(m.segments))
	m.segments = append(m.segments, segment{u: u, v: v, rigid: rigid})
	m.vertices[u].downs = append(m.vertices[u].downs, i)
	m.vertices[v].ups = append(m.vertices[v].ups, i)
}

// stack gives every layer its height and every vertex its y.
func (m *mesh) stack() {
	n := len(m.layers)
	before, behind := make([]unit.Length, n+1), make([]unit.Length, n+1)
	for _, g := range slices.Backward(m.groups) { // kids before parents
		a, b := m.groupPads(g)
		before[m.first[g]] = max(before[m.first[g]], m.nestedPad(g, m.first, true)+a)
		behind[m.last[g]] = max(behind[m.last[g]], m.nestedPad(g, m.last, false)+b)
	}
	m.tops, m.bottoms = make([]unit.Length, n), make([]unit.Length, n)
	y := before[0]
	for r, layer := range m.layers {
		h := unit.Length(0)
		for _, v := range layer {
			h = max(h, m.vertices[v].h)
		}
		m.tops[r], m.bottoms[r] = y, y+h
		for _, v := range layer {
			w := &m.vertices[v]
			w.y = y + h/2
			// Boxes of different widths in a column begin at one line.
			if m.dir.horizontal() && w.real() {
				w.y = y + w.h/2
			}
		}
		y += h + behind[r]
		if r+1 < n {
			y += m.gapBelow(r) + before[r+1]
		}
	}
	m.height = y
	m.widenForTitles()
}

// nestedPad is the room taken by groups inside g that begin (or end) in the
// same layer.
func (m *mesh) nestedPad(g int, at []int, begin bool) unit.Length {
	pad := unit.Length(0)
	for _, k := range m.groups {
		if m.parent(k) == g && at[k] == at[g] {
			a, b := m.groupPads(k)
			if !begin {
				a = b
			}
			pad = max(pad, a+m.nestedPad(k, at, begin))
		}
	}
	return pad
}

// gapBelow is the white between two layers; with labels between them every
// edge spans two.
func (m *mesh) gapBelow(int) unit.Length {
	gap := m.d.rankGap
	if m.doubled {
		gap = gap.Em(550)
	}
	return gap
}

// groupPads is the white inside a group's frame before its first layer and
// behind its last.
func (m *mesh) groupPads(g int) (before, behind unit.Length) {
	if m.d.g.groups[g].bare {
		return 0, 0
	}
	pad, title := m.d.groupPad, m.d.titleRoom(g)
	switch m.dir {
	case down:
		return pad + title, pad
	case up:
		return pad, pad + title
	}
	return pad, pad
}

// sidePads is the white beside the members of a group, at the left and right
// of a layer.
func (m *mesh) sidePads(g int) (l, r unit.Length) {
	if m.d.g.groups[g].bare {
		return 0, 0
	}
	pad := m.d.groupPad
	if m.dir.horizontal() {
		return pad + m.d.titleRoom(g), pad
	}
	return pad, pad
}

// widenForTitles makes room where a title that runs along the ranks is longer
// than its group.
func (m *mesh) widenForTitles() {
	if !m.dir.horizontal() {
		return
	}
	for _, g := range slices.Backward(m.groups) {
		lo, hi := m.groupSpan(g)
		want := m.d.titleWidth(g)
		if hi-lo >= want {
			continue
		}
		more := want - (hi - lo)
		for r := m.last[g] + 1; r < len(m.layers); r++ {
			m.tops[r] += more
			m.bottoms[r] += more
			for _, v := range m.layers[r] {
				m.vertices[v].y += more
			}
		}
		// The last layer grows, and what stands in it moves to its middle.
		r := m.last[g]
		for _, v := range m.layers[r] {
			m.vertices[v].y += more / 2
		}
		m.bottoms[r] += more
		m.height += more
	}
}

// groupSpan is where a group's frame begins and ends across the layers.
func (m *mesh) groupSpan(g int) (lo, hi unit.Length) {
	a, b := m.groupPads(g)
	return m.tops[m.first[g]] - a - m.nestedPad(g, m.first, true), m.bottoms[m.last[g]] + b + m.nestedPad(g, m.last, false)
}
