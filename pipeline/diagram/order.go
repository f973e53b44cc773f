package diagram

import (
	"cmp"
	"slices"
)

// sweeps bounds the passes over the layers, sweptVertices the vertices that
// all passes together look at.
const (
	sweeps        = 24
	sweptVertices = 60_000
)

// arrangeFirst fills the layers in the order of a walk from the sources.
func (m *mesh) arrangeFirst() {
	key := make([]int64, len(m.vertices))
	for i := range key {
		key[i] = -1
	}
	count := int64(0)
	var stack []int32
	visit := func(from int32) {
		stack = append(stack[:0], from)
		for len(stack) > 0 {
			v := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if key[v] >= 0 {
				continue
			}
			key[v] = count
			count++
			for _, s := range slices.Backward(m.vertices[v].downs) {
				if w := m.segments[s].v; key[w] < 0 {
					stack = append(stack, w)
				}
			}
		}
	}
	for i := range m.vertices {
		if v := &m.vertices[i]; len(v.ups) == 0 && v.side == 0 {
			visit(int32(i))
		}
	}
	for i := range m.vertices {
		if key[i] < 0 {
			visit(int32(i))
		}
	}
	for i := range m.vertices {
		r := m.vertices[i].rank
		m.layers[r] = append(m.layers[r], int32(i))
	}
	if len(m.groups) > 0 {
		m.rankGroups(key)
	}
	for r := range m.layers {
		m.sortLayer(r, key)
	}
}

// order arranges the layers so that few edges cross: each layer in turn by the
// mean place of its neighbours above, then below, with swaps of neighbours
// that help (Gansner et al. 1993, section 3). Groups keep together, and in one
// order from layer to layer.
func (m *mesh) order() {
	best := m.crossings()
	kept := m.save()
	key := make([]int64, len(m.vertices))
	idle := 0
	most := min(max(sweptVertices/len(m.vertices), 2), sweeps)
	for i := 0; i < most && best > 0 && idle < 4; i++ {
		m.sweep(i%2 == 0, key)
		m.transpose()
		if c := m.crossings(); c < best {
			best, idle = c, 0
			m.keep(kept)
		} else {
			idle++
		}
	}
	for r := range m.layers {
		copy(m.layers[r], kept[r])
		m.number(r)
	}
}

func (m *mesh) save() [][]int32 {
	out := make([][]int32, len(m.layers))
	for r := range m.layers {
		out[r] = slices.Clone(m.layers[r])
	}
	return out
}

func (m *mesh) keep(to [][]int32) {
	for r := range m.layers {
		copy(to[r], m.layers[r])
	}
}

func (m *mesh) number(r int) {
	for i, v := range m.layers[r] {
		m.vertices[v].pos = int32(i)
	}
}

// sweep sorts every layer by its neighbours in the one before.
func (m *mesh) sweep(downwards bool, key []int64) {
	n := len(m.layers)
	for i := range m.vertices {
		key[i] = m.mean(int32(i), downwards)
	}
	if len(m.groups) > 0 {
		m.rankGroups(key)
	}
	for i := range n {
		r := i
		if !downwards {
			r = n - 1 - i
		}
		for _, v := range m.layers[r] {
			key[v] = m.mean(v, downwards)
		}
		m.sortLayer(r, key)
	}
}

// mean is the mean place of a vertex's neighbours in 1/65536; without any, its
// own place.
func (m *mesh) mean(v int32, above bool) int64 {
	w := &m.vertices[v]
	list := w.ups
	if !above {
		list = w.downs
	}
	if len(list) == 0 {
		return int64(w.pos) << 16
	}
	sum := int64(0)
	for _, s := range list {
		u := m.segments[s].u
		if !above {
			u = m.segments[s].v
		}
		sum += int64(m.vertices[u].pos)
	}
	return sum << 16 / int64(len(list))
}

// rankGroups orders the groups by the mean key of their members over all
// layers, for this pass.
func (m *mesh) rankGroups(key []int64) {
	if m.groupOrder == nil {
		m.groupOrder = make([]int64, len(m.d.g.groups))
	}
	sum, count := make([]int64, len(m.d.g.groups)), make([]int64, len(m.d.g.groups))
	for i := range m.vertices {
		v := &m.vertices[i]
		if v.side != 0 {
			continue
		}
		for g := v.group; g >= 0; g = m.parent(g) {
			sum[g] += key[i]
			count[g]++
		}
	}
	for _, g := range m.groups {
		m.groupOrder[g] = sum[g] / max(count[g], 1)
	}
}

// entry is what a layer is sorted by: a vertex or a group with its members.
type entry struct {
	key     int64
	group   int // -1: a vertex
	members []int32
}

// sortLayer sorts a layer by keys, groups as wholes.
func (m *mesh) sortLayer(r int, key []int64) {
	layer := m.layers[r]
	if len(m.groups) == 0 {
		slices.SortStableFunc(layer, func(a, b int32) int { return cmp.Compare(key[a], key[b]) })
	} else {
		sorted := m.sortInside(-1, slices.Clone(layer), key)
		copy(layer, sorted)
	}
	m.number(r)
}

// sortInside sorts the vertices of one layer that lie in a group.
func (m *mesh) sortInside(group int, list []int32, key []int64) []int32 {
	var entries []entry
	at := map[int]int{}
	var left, right int32 = -1, -1
	for _, v := range list {
		w := &m.vertices[v]
		if w.group == group {
			switch w.side {
			case 1:
				left = v
			case 2:
				right = v
			default:
				entries = append(entries, entry{key: key[v], group: -1, members: []int32{v}})
			}
			continue
		}
		k := w.group
		for m.parent(k) != group {
			k = m.parent(k)
		}
		i, ok := at[k]
		if !ok {
			i = len(entries)
			at[k] = i
			entries = append(entries, entry{group: k})
		}
		entries[i].members = append(entries[i].members, v)
	}
	for i := range entries {
		e := &entries[i]
		if e.group < 0 {
			continue
		}
		sum, n := int64(0), int64(0)
		for _, v := range e.members {
			if m.vertices[v].side == 0 {
				sum += key[v]
				n++
			}
		}
		e.key = m.groupOrder[e.group]
		if n > 0 {
			e.key = sum / n
		}
		e.members = m.sortInside(e.group, e.members, key)
	}
	m.sortEntries(entries)
	out := make([]int32, 0, len(list))
	if left >= 0 {
		out = append(out, left)
	}
	for _, e := range entries {
		out = append(out, e.members...)
	}
	if right >= 0 {
		out = append(out, right)
	}
	return out
}

// sortEntries sorts by key, and then puts the groups into their common order:
// in the places that groups have, the first group goes first.
func (m *mesh) sortEntries(entries []entry) {
	slices.SortStableFunc(entries, func(a, b entry) int { return cmp.Compare(a.key, b.key) })
	var places []int
	var groups []entry
	for i, e := range entries {
		if e.group >= 0 {
			places = append(places, i)
			groups = append(groups, e)
		}
	}
	slices.SortFunc(groups, func(a, b entry) int {
		return cmp.Or(cmp.Compare(m.groupOrder[a.group], m.groupOrder[b.group]), cmp.Compare(a.group, b.group))
	})
	for i, at := range places {
		entries[at] = groups[i]
	}
}

// crossings counts the pairs of segments that cross.
func (m *mesh) crossings() int {
	n := 0
	var ends []int32
	var tree []int
	for r := 0; r+1 < len(m.layers); r++ {
		ends = ends[:0]
		for _, v := range m.layers[r] {
			begin := len(ends)
			for _, s := range m.vertices[v].downs {
				ends = append(ends, m.vertices[m.segments[s].v].pos)
			}
			slices.Sort(ends[begin:])
		}
		n += inversions(ends, len(m.layers[r+1]), &tree)
	}
	return n
}

// inversions counts the pairs out of order, in a tree of sums (Barth, Jünger
// and Mutzel 2002).
func inversions(list []int32, width int, tree *[]int) int {
	*tree = append((*tree)[:0], make([]int, width+1)...)
	t, n := *tree, 0
	for i, v := range list {
		n += i
		for k := int(v) + 1; k > 0; k &= k - 1 {
			n -= t[k]
		}
		for k := int(v) + 1; k <= width; k += k & -k {
			t[k]++
		}
	}
	return n
}

// transpose swaps neighbours in a layer while that saves crossings.
func (m *mesh) transpose() {
	for range 8 {
		better := false
		for _, layer := range m.layers {
			for i := 0; i+1 < len(layer); i++ {
				u, v := layer[i], layer[i+1]
				a, b := &m.vertices[u], &m.vertices[v]
				if a.group != b.group || a.side != 0 || b.side != 0 {
					continue
				}
				if m.crossed(u, v) > m.crossed(v, u) {
					layer[i], layer[i+1] = v, u
					a.pos, b.pos = b.pos, a.pos
					better = true
				}
			}
		}
		if !better {
			return
		}
	}
}

// crossed counts the crossings of the segments of u and v with u at the left.
func (m *mesh) crossed(u, v int32) int {
	n := 0
	for _, s := range m.vertices[u].ups {
		p := m.vertices[m.segments[s].u].pos
		for _, t := range m.vertices[v].ups {
			if m.vertices[m.segments[t].u].pos < p {
				n++
			}
		}
	}
	for _, s := range m.vertices[u].downs {
		p := m.vertices[m.segments[s].v].pos
		for _, t := range m.vertices[v].downs {
			if m.vertices[m.segments[t].v].pos < p {
				n++
			}
		}
	}
	return n
}
