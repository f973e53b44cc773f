package diagram

// forest joins things into sets (union and find).
type forest []int

func newForest(n int) forest {
	f := make(forest, n)
	for i := range f {
		f[i] = i
	}
	return f
}

func (f forest) find(i int) int {
	for f[i] != i {
		f[i] = f[f[i]]
		i = f[i]
	}
	return i
}

// union keeps the lesser of the two as the set's name.
func (f forest) union(a, b int) {
	if a, b = f.find(a), f.find(b); a != b {
		f[max(a, b)] = min(a, b)
	}
}

// number is what stands for an end in a scope: a node, or behind the nodes a
// group.
func (d *draft) number(e end, scope int) int {
	n := len(d.g.nodes)
	group := e.group
	if e.node >= 0 {
		group = d.g.nodes[e.node].group
	}
	if s := d.sealAbove(group, scope); s >= 0 {
		return n + s
	}
	if e.node >= 0 {
		return e.node
	}
	return n + e.group
}

// components divides the members of a scope into parts without edges between
// them; a group is one part.
func (d *draft) components(scope int, all members) []members {
	n := len(d.g.nodes)
	sets := newForest(n + len(d.g.groups))
	hold := func(i, group int) {
		for ; group != scope && group >= 0; group = d.g.groups[group].parent {
			sets.union(i, n+group)
			i = n + group
		}
	}
	for _, i := range all.nodes {
		hold(i, d.g.nodes[i].group)
	}
	for _, s := range all.seals {
		hold(n+s, d.g.groups[s].parent)
	}
	for _, i := range all.edges {
		sets.union(d.number(d.g.edges[i].from, scope), d.number(d.g.edges[i].to, scope))
	}
	var out []members
	at := map[int]int{}
	part := func(i int) *members {
		r := sets.find(i)
		if _, ok := at[r]; !ok {
			at[r] = len(out)
			out = append(out, members{})
		}
		return &out[at[r]]
	}
	for _, i := range all.nodes {
		c := part(i)
		c.nodes = append(c.nodes, i)
	}
	for _, s := range all.seals {
		c := part(n + s)
		c.seals = append(c.seals, s)
	}
	for _, i := range all.edges {
		c := part(d.number(d.g.edges[i].from, scope))
		c.edges = append(c.edges, i)
	}
	return out
}
