package diagram

// link makes links of edges and turns those that would close a circle.
func (m *mesh) link(edges []int) {
	byNode, bySeal := map[int]int32{}, map[int]int32{}
	for i := range m.vertices {
		if v := &m.vertices[i]; v.node >= 0 {
			byNode[v.node] = int32(i)
		} else {
			bySeal[v.sealed] = int32(i)
		}
	}
	find := func(e end, sink bool) int32 {
		node, sealed, group := m.rootOf(e)
		switch {
		case node >= 0:
			return byNode[node]
		case sealed >= 0:
			return bySeal[sealed]
		}
		return m.stand(group, sink, edges, byNode)
	}
	for _, i := range edges {
		e := m.d.g.edges[i]
		if e.loop() {
			m.addLoop(i, find(e.from, false))
			continue
		}
		from, to := find(e.from, true), find(e.to, false)
		if from == to {
			continue
		}
		l := link{edge: i, from: from, to: to, least: int32(max(e.span, 1)), weight: 1}
		m.links = append(m.links, l)
		if m.d.labels[i] != nil {
			m.doubled = true
		}
	}
	m.acyclic()
	if m.doubled {
		for i := range m.links {
			m.links[i].least *= 2
		}
	}
}

// stand returns the vertex that an edge to a whole group is led to: the first
// that no edge inside the group leads to, or the last that none leads from.
func (m *mesh) stand(group int, sink bool, edges []int, byNode map[int]int32) int32 {
	g := m.d.g
	inner := func(e end) bool { return e.node >= 0 && g.within(g.nodes[e.node].group, group) }
	busy := map[int32]bool{}
	for _, i := range edges {
		e := g.edges[i]
		if !inner(e.from) || !inner(e.to) || e.loop() {
			continue
		}
		at := e.to.node
		if sink {
			at = e.from.node
		}
		busy[byNode[at]] = true
	}
	best, free := int32(-1), int32(-1)
	for i := range m.vertices {
		v := &m.vertices[i]
		if v.group < 0 || !g.within(v.group, group) {
			continue
		}
		if best < 0 || sink {
			best = int32(i)
		}
		if !busy[int32(i)] && (free < 0 || sink) {
			free = int32(i)
		}
	}
	if free >= 0 {
		return free
	}
	return max(best, 0)
}

// addLoop makes room beside a vertex for an edge that returns to it.
func (m *mesh) addLoop(i int, v int32) {
	e, p := m.d.g.edges[i], m.d.p
	far := p.em(650) + max(p.tipLength(e.tail), p.tipLength(e.head), p.em(650))
	w := far + p.em(400)
	m.loops = append(m.loops, loop{edge: i, at: v, reach: m.vertices[v].r + far})
	if l := m.d.labels[i]; l != nil {
		along := l.w
		if m.dir.horizontal() {
			along = l.h
		}
		w += along + p.em(300)
	}
	m.vertices[v].r += w
}

// acyclic flips the edges that lead back to where a walk in the author's order
// came from.
func (m *mesh) acyclic() {
	out := make([][]int32, len(m.vertices))
	for i, l := range m.links {
		out[l.from] = append(out[l.from], int32(i))
	}
	state := make([]uint8, len(m.vertices)) // 1: on the walk, 2: done
	type visit struct{ v, next int32 }
	var walk []visit
	for v := range m.vertices {
		if state[v] != 0 {
			continue
		}
		state[v] = 1
		walk = append(walk[:0], visit{int32(v), 0})
		for len(walk) > 0 {
			f := &walk[len(walk)-1]
			if int(f.next) == len(out[f.v]) {
				state[f.v] = 2
				walk = walk[:len(walk)-1]
				continue
			}
			l := &m.links[out[f.v][f.next]]
			f.next++
			switch state[l.to] {
			case 0:
				state[l.to] = 1
				walk = append(walk, visit{l.to, 0})
			case 1:
				l.flipped = true
			}
		}
	}
	for i := range m.links {
		if l := &m.links[i]; l.flipped {
			l.from, l.to = l.to, l.from
		}
	}
}

// maxHolds bounds the constraints that edges to groups add.
const maxHolds = 400

// holdGroups adds, for an edge that leads to or from a group, that all of the
// group is to lie below or above, unless other edges want it otherwise.
func (m *mesh) holdGroups(edges []rankEdge) []rankEdge {
	outs := make([][]int32, len(m.vertices))
	for _, e := range edges {
		outs[e.from] = append(outs[e.from], e.to)
	}
	count := 0
	for _, l := range m.links {
		e := m.d.g.edges[l.edge]
		upper, lower := e.from, e.to
		if l.flipped {
			upper, lower = lower, upper
		}
		_, _, a := m.rootOf(upper)
		_, _, b := m.rootOf(lower)
		if a < 0 && b < 0 {
			continue
		}
		for _, u := range m.standing(l.from, a) {
			for _, v := range m.standing(l.to, b) {
				if count++; count > maxHolds || u == v || m.reaches(outs, v, u) {
					continue
				}
				edges = append(edges, rankEdge{from: u, to: v, least: l.least})
				outs[u] = append(outs[u], v)
			}
		}
	}
	return edges
}

// standing lists the vertices of a group; v, if there is none.
func (m *mesh) standing(v int32, group int) []int32 {
	if group < 0 {
		return []int32{v}
	}
	var out []int32
	for i := range m.vertices {
		if g := m.vertices[i].group; g >= 0 && m.d.g.within(g, group) {
			out = append(out, int32(i))
		}
	}
	return out
}

// reaches reports whether a path leads from u to v.
func (m *mesh) reaches(outs [][]int32, u, v int32) bool {
	seen := map[int32]bool{u: true}
	stack := []int32{u}
	for len(stack) > 0 {
		w := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if w == v {
			return true
		}
		for _, x := range outs[w] {
			if !seen[x] {
				seen[x] = true
				stack = append(stack, x)
			}
		}
	}
	return false
}
