package diagram

import (
	"math"
	"slices"

	"banxin/pipeline/unit"
)

// place gives every vertex its x: the mean of four layouts, each of which
// draws vertices in line with a middle neighbour above or below, from the left
// or the right (Brandes and Köpf, "Fast and simple horizontal coordinate
// assignment", 2001).
func (m *mesh) place() {
	m.markBent()
	n := len(m.vertices)
	var all [4][]unit.Length
	least := -1
	var widths [4]unit.Length
	var lows, highs [4]unit.Length
	for i := range 4 {
		b := newBlocks(m, i&1 == 1, i&2 == 2)
		b.align()
		all[i] = b.compact()
		lows[i], highs[i] = m.extent(all[i])
		widths[i] = highs[i] - lows[i]
		if least < 0 || widths[i] < widths[least] {
			least = i
		}
	}
	for i := range 4 {
		shift := lows[least] - lows[i]
		if i&2 == 2 {
			shift = highs[least] - highs[i]
		}
		for v := range all[i] {
			all[i][v] += shift
		}
	}
	for v := range n {
		four := [4]unit.Length{all[0][v], all[1][v], all[2][v], all[3][v]}
		slices.Sort(four[:])
		m.vertices[v].x = (four[1] + four[2]) / 2
	}
	m.shiftToZero()
}

// extent is how far the vertices reach to both sides.
func (m *mesh) extent(x []unit.Length) (lo, hi unit.Length) {
	lo, hi = math.MaxInt64, math.MinInt64
	for i := range m.vertices {
		v := &m.vertices[i]
		l, r := v.l, v.r
		lo, hi = min(lo, x[i]-l), max(hi, x[i]+r)
	}
	return lo, hi
}

func (m *mesh) shiftToZero() {
	x := make([]unit.Length, len(m.vertices))
	for i := range x {
		x[i] = m.vertices[i].x
	}
	lo, hi := m.extent(x)
	for i := range m.vertices {
		m.vertices[i].x -= lo
	}
	m.width = hi - lo
}

// markBent marks of two segments that cross the less rigid one.
func (m *mesh) markBent() {
	for r := 0; r+1 < len(m.layers); r++ {
		var rigid, all []int32
		for _, v := range m.layers[r] {
			for _, s := range m.vertices[v].downs {
				all = append(all, s)
				if m.segments[s].rigid > 0 {
					rigid = append(rigid, s)
				}
			}
		}
		for _, s := range rigid {
			a := &m.segments[s]
			au, av := m.vertices[a.u].pos, m.vertices[a.v].pos
			for _, t := range all {
				b := &m.segments[t]
				bu, bv := m.vertices[b.u].pos, m.vertices[b.v].pos
				if b.rigid < a.rigid && (au < bu && av > bv || au > bu && av < bv) {
					b.bent = true
				}
			}
		}
	}
}

// blocks is one of the four layouts: up, layers are aligned with the one
// below them; mirrored, from the right.
type blocks struct {
	m            *mesh
	up, mirrored bool
	layers       [][]int32
	pos          []int32
	root, next   []int32
}

func newBlocks(m *mesh, up, mirrored bool) *blocks {
	n := len(m.vertices)
	b := &blocks{m: m, up: up, mirrored: mirrored, pos: make([]int32, n), root: make([]int32, n), next: make([]int32, n)}
	b.layers = make([][]int32, len(m.layers))
	for r, layer := range m.layers {
		own := slices.Clone(layer)
		if mirrored {
			slices.Reverse(own)
		}
		for i, v := range own {
			b.pos[v] = int32(i)
		}
		b.layers[r] = own
	}
	if up {
		slices.Reverse(b.layers)
	}
	for i := range n {
		b.root[i], b.next[i] = int32(i), int32(i)
	}
	return b
}

// align links every vertex to a middle neighbour in the layer before.
func (b *blocks) align() {
	type neighbour struct{ v, s int32 }
	var near []neighbour
	for _, layer := range b.layers {
		last := int32(-1)
		for _, v := range layer {
			near = near[:0]
			w := &b.m.vertices[v]
			if b.up {
				for _, s := range w.downs {
					near = append(near, neighbour{b.m.segments[s].v, s})
				}
			} else {
				for _, s := range w.ups {
					near = append(near, neighbour{b.m.segments[s].u, s})
				}
			}
			slices.SortFunc(near, func(x, y neighbour) int { return int(b.pos[x.v] - b.pos[y.v]) })
			n := len(near)
			for i := (n - 1) / 2; i >= 0 && i <= n/2 && i < n; i++ {
				u := near[i].v
				if b.next[v] == v && !b.m.segments[near[i].s].bent && last < b.pos[u] && b.next[u] == b.root[u] {
					b.next[u] = v
					b.root[v] = b.root[u]
					b.next[v] = b.root[v]
					last = b.pos[u]
				}
			}
		}
	}
}

// arc keeps a block at a distance from its neighbour.
type arc struct {
	to    int32
	apart unit.Length
}

// compact sets the blocks as near to one another as they may stand: first
// each as far left as can be, then those that only their right neighbours
// hold, as far right. Borders of groups close in on what they hold.
func (b *blocks) compact() []unit.Length {
	n := len(b.m.vertices)
	outs := make([][]arc, n)
	wait := make([]int32, n)
	join := func(u, v int32, apart unit.Length) {
		outs[u] = append(outs[u], arc{v, apart})
		wait[v]++
	}
	for _, layer := range b.layers {
		for i := 1; i < len(layer); i++ {
			u, v := layer[i-1], layer[i]
			apart := b.m.apart(u, v)
			if b.mirrored {
				apart = b.m.apart(v, u)
			}
			join(b.root[u], b.root[v], apart)
		}
	}
	b.titles(join)
	var order []int32
	for v := range n {
		if b.root[v] == int32(v) && wait[v] == 0 {
			order = append(order, int32(v))
		}
	}
	x := make([]unit.Length, n)
	for i := 0; i < len(order); i++ {
		u := order[i]
		for _, a := range outs[u] {
			x[a.to] = max(x[a.to], x[u]+a.apart)
			if wait[a.to]--; wait[a.to] == 0 {
				order = append(order, a.to)
			}
		}
	}
	tight := int8(2) // the border that closes in from the far side
	if b.mirrored {
		tight = 1
	}
	for _, u := range slices.Backward(order) {
		if len(outs[u]) == 0 || b.m.vertices[u].side == tight {
			continue
		}
		room := unit.Length(math.MaxInt64)
		for _, a := range outs[u] {
			room = min(room, x[a.to]-a.apart)
		}
		x[u] = max(x[u], room)
	}
	for v := range n {
		x[v] = x[b.root[v]]
	}
	if b.mirrored {
		for v := range x {
			x[v] = -x[v]
		}
	}
	return x
}

// titles keeps a group's borders as far apart as its title is long.
func (b *blocks) titles(join func(u, v int32, apart unit.Length)) {
	if b.m.dir.horizontal() {
		return
	}
	for _, g := range b.m.groups {
		w := b.m.d.titleWidth(g)
		l, r := b.root[b.m.borders[g][0][0]], b.root[b.m.borders[g][1][0]]
		if b.mirrored {
			l, r = r, l
		}
		if w > 0 && l != r {
			join(l, r, w)
		}
	}
}

// apart is the distance between the axes of neighbours in a layer, u at the
// left.
func (m *mesh) apart(u, v int32) unit.Length {
	a, b := &m.vertices[u], &m.vertices[v]
	gap := m.d.nodeGap
	switch {
	case a.side == 1 && b.side == 1: // a group in a group
		l, _ := m.sidePads(a.group)
		gap = l
	case a.side == 2 && b.side == 2:
		_, r := m.sidePads(b.group)
		gap = r
	case a.side == 1 && b.group == a.group && b.side == 2: // an empty layer of a group
		l, r := m.sidePads(a.group)
		gap = l + r
	case a.side == 1:
		l, _ := m.sidePads(a.group)
		gap = l
	case b.side == 2:
		_, r := m.sidePads(b.group)
		gap = r
	case a.side == 2 || b.side == 1:
	case !a.real() || !b.real():
		gap = m.d.edgeGap
	}
	return a.r + gap + b.l
}
