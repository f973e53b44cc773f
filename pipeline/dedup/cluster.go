package dedup

import (
	"cmp"
	"fmt"
	"slices"
)

// A cluster is the sections that repeat one another, in reading order.
type cluster struct {
	members []int
	pairs   []*pair
	kind    Kind
	review  bool
}

// clusters joins pairs: copies with copies, headings with headings, and apart
// from them what is only for review, so that a doubtful copy does not keep sure
// ones from merging. A partial repeat is a cluster of its own.
func (s *scan) clusters(pairs []*pair) []*cluster {
	var forests [3]forest
	for i := range forests {
		forests[i] = newForest(len(s.parts))
	}
	class := func(p *pair) int {
		switch {
		case p.kind == Heading:
			return 1
		case p.review:
			return 2
		}
		return 0
	}
	for _, p := range pairs {
		if p.kind != Partial {
			forests[class(p)].join(p.a, p.b)
		}
	}
	byRoot := map[[2]int]*cluster{}
	var out []*cluster
	for _, p := range pairs {
		if p.kind == Partial {
			out = append(out, &cluster{members: []int{p.a, p.b}, pairs: []*pair{p}, kind: Partial, review: true})
			continue
		}
		k := [2]int{class(p), forests[class(p)].root(p.a)}
		c := byRoot[k]
		if c == nil {
			c = &cluster{kind: p.kind}
			byRoot[k] = c
			out = append(out, c)
		}
		c.pairs = append(c.pairs, p)
		c.review = c.review || p.review
		if p.kind == Near {
			c.kind = Near
		}
		c.members = append(c.members, p.a, p.b)
	}
	for _, c := range out {
		slices.Sort(c.members)
		c.members = slices.Compact(c.members)
	}
	slices.SortStableFunc(out, func(x, y *cluster) int { return cmp.Compare(x.members[0], y.members[0]) })
	return out
}

// id names a cluster by its members' texts.
func (s *scan) id(c *cluster) string {
	keys := make([]uint64, 0, len(c.members))
	for _, m := range c.members {
		keys = append(keys, s.parts[m].key)
	}
	slices.Sort(keys)
	h := hashString(string(c.kind))
	for _, k := range keys {
		h = fold(h, k)
	}
	return fmt.Sprintf("r:%08x", uint32(h>>32))
}

// A forest is a union-find structure.
type forest []int32

func newForest(n int) forest {
	f := make(forest, n)
	for i := range f {
		f[i] = int32(i)
	}
	return f
}

func (f forest) root(i int) int {
	for f[i] != int32(i) {
		f[i] = f[f[i]]
		i = int(f[i])
	}
	return i
}

// join makes the earlier of two roots the root of both.
func (f forest) join(a, b int) {
	a, b = f.root(a), f.root(b)
	if a > b {
		a, b = b, a
	}
	f[b] = int32(a)
}
