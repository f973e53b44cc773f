package diagram

// rankEdge wants its ends at least least ranks apart, and close, the more so
// the more it weighs.
type rankEdge struct {
	from, to      int32
	least, weight int32
}

// simplex assigns ranks that make the weighted sum of the edges' lengths least
// (Gansner, Koutsofios, North and Vo, "A technique for drawing directed
// graphs", 1993, section 2). The graph must be acyclic.
type simplex struct {
	edges   []rankEdge
	at      [][]int32 // edges at each vertex
	rank    []int32
	inTree  []bool  // of edges
	parent  []int32 // the tree edge to the parent, -1 at the root
	order   []int32 // vertices, parents before kids
	low     []int32 // the least number in the subtree
	num     []int32 // postorder number
	balance []int32 // out weight less in weight, summed over the subtree
}

// ranks returns a rank of 0 or more for each of n vertices; every connected
// part of the graph begins at rank 0.
func ranks(n int, edges []rankEdge) []int32 {
	s := &simplex{edges: edges, at: make([][]int32, n), rank: make([]int32, n)}
	for i, e := range edges {
		s.at[e.from] = append(s.at[e.from], int32(i))
		s.at[e.to] = append(s.at[e.to], int32(i))
	}
	s.longestPath()
	seen := make([]bool, n)
	s.inTree = make([]bool, len(edges))
	s.parent = make([]int32, n)
	s.low, s.num, s.balance = make([]int32, n), make([]int32, n), make([]int32, n)
	for v := range n {
		if !seen[v] {
			s.part(int32(v), seen)
		}
	}
	return s.rank
}

// longestPath gives every vertex the least rank its edges allow.
func (s *simplex) longestPath() {
	n := len(s.at)
	wait := make([]int32, n)
	for _, e := range s.edges {
		wait[e.to]++
	}
	queue := make([]int32, 0, n)
	for v := range n {
		if wait[v] == 0 {
			queue = append(queue, int32(v))
		}
	}
	for i := 0; i < len(queue); i++ {
		v := queue[i]
		for _, j := range s.at[v] {
			if e := s.edges[j]; e.from == v {
				s.rank[e.to] = max(s.rank[e.to], s.rank[v]+e.least)
				if wait[e.to]--; wait[e.to] == 0 {
					queue = append(queue, e.to)
				}
			}
		}
	}
}

func (s *simplex) slack(j int32) int32 {
	e := s.edges[j]
	return s.rank[e.to] - s.rank[e.from] - e.least
}

// part ranks the connected part of root.
func (s *simplex) part(root int32, seen []bool) {
	members := s.members(root, seen)
	if len(members) > 1 {
		s.tightTree(root, len(members))
		for range 20 + 4*len(members) {
			s.number(root)
			out := s.leaving()
			if out < 0 || !s.exchange(out) {
				break
			}
		}
	}
	least := s.rank[root]
	for _, v := range members {
		least = min(least, s.rank[v])
	}
	for _, v := range members {
		s.rank[v] -= least
	}
}

func (s *simplex) members(root int32, seen []bool) []int32 {
	out := []int32{root}
	seen[root] = true
	for i := 0; i < len(out); i++ {
		for _, j := range s.at[out[i]] {
			if w := s.other(j, out[i]); !seen[w] {
				seen[w] = true
				out = append(out, w)
			}
		}
	}
	return out
}

func (s *simplex) other(j, v int32) int32 {
	if e := s.edges[j]; e.from == v {
		return e.to
	}
	return s.edges[j].from
}

// tightTree shifts vertices until edges without slack span the part.
func (s *simplex) tightTree(root int32, n int) {
	in := map[int32]bool{root: true}
	tree := []int32{root}
	next := 0
	for {
		for ; next < len(tree); next++ {
			for _, j := range s.at[tree[next]] {
				if w := s.other(j, tree[next]); !in[w] && s.slack(j) == 0 {
					in[w], s.inTree[j] = true, true
					tree = append(tree, w)
				}
			}
		}
		if len(tree) == n {
			return
		}
		best, least := int32(-1), int32(0)
		for _, v := range tree {
			for _, j := range s.at[v] {
				if !in[s.other(j, v)] && (best < 0 || s.slack(j) < least) {
					best, least = j, s.slack(j)
				}
			}
		}
		if !in[s.edges[best].to] {
			least = -least
		}
		for _, v := range tree {
			s.rank[v] -= least
		}
		// The edge is tight now; its inner end offers it again.
		e := s.edges[best]
		outer := e.to
		if in[e.to] {
			outer = e.from
		}
		in[outer], s.inTree[best] = true, true
		tree = append(tree, outer)
	}
}

// number walks the tree from the root and sums the balance of subtrees.
func (s *simplex) number(root int32) {
	s.order = append(s.order[:0], root)
	s.parent[root] = -1
	for i := 0; i < len(s.order); i++ {
		v := s.order[i]
		s.balance[v] = 0
		for _, j := range s.at[v] {
			e := s.edges[j]
			if e.from == v {
				s.balance[v] += e.weight
			} else {
				s.balance[v] -= e.weight
			}
			if s.inTree[j] && s.parent[v] != j {
				w := s.other(j, v)
				s.parent[w] = j
				s.order = append(s.order, w)
			}
		}
	}
	s.postorder(root)
	for i := len(s.order) - 1; i > 0; i-- {
		v := s.order[i]
		s.balance[s.other(s.parent[v], v)] += s.balance[v]
	}
}

// postorder numbers the tree so that a subtree is a range of numbers.
func (s *simplex) postorder(root int32) {
	type visit struct{ v, next int32 }
	count := int32(0)
	stack := []visit{{root, 0}}
	s.low[root] = 0
	for len(stack) > 0 {
		f := &stack[len(stack)-1]
		if int(f.next) == len(s.at[f.v]) {
			s.num[f.v] = count
			count++
			stack = stack[:len(stack)-1]
			continue
		}
		j := s.at[f.v][f.next]
		f.next++
		if s.inTree[j] && s.parent[f.v] != j {
			w := s.other(j, f.v)
			s.low[w] = count
			stack = append(stack, visit{w, 0})
		}
	}
}

// cut is a tree edge's cut value: the weight of the edges from its tail's side
// to its head's, less that of those the other way. It is the balance of the
// subtree below the edge.
func (s *simplex) cut(v int32) int32 {
	if s.edges[s.parent[v]].from == v {
		return s.balance[v]
	}
	return -s.balance[v]
}

// leaving returns the vertex below the tree edge whose cut value is the most
// negative; -1: the ranks are best.
func (s *simplex) leaving() int32 {
	out, least := int32(-1), int32(0)
	for _, v := range s.order[1:] {
		if c := s.cut(v); c < least {
			out, least = v, c
		}
	}
	return out
}

// exchange takes the edge above v out of the tree, the tightest that leads the
// other way in, and moves v's side.
func (s *simplex) exchange(v int32) bool {
	below := func(w int32) bool { return s.low[v] <= s.num[w] && s.num[w] <= s.num[v] }
	old := s.parent[v]
	tailBelow := s.edges[old].from == v
	enter, least := int32(-1), int32(0)
	for _, w := range s.order {
		if !below(w) {
			continue
		}
		for _, j := range s.at[w] {
			if s.inTree[j] || below(s.other(j, w)) {
				continue
			}
			// It must lead from the head's side to the tail's.
			if (s.edges[j].from == w) == tailBelow {
				continue
			}
			if enter < 0 || s.slack(j) < least {
				enter, least = j, s.slack(j)
			}
		}
	}
	if enter < 0 {
		return false
	}
	if !tailBelow {
		least = -least
	}
	for _, w := range s.order {
		if below(w) {
			s.rank[w] -= least
		}
	}
	s.inTree[old], s.inTree[enter] = false, true
	return true
}
