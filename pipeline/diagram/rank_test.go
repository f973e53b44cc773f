package diagram

import (
	"math/rand/v2"
	"testing"
)

// TestRanks holds the simplex against trying everything on small graphs.
func TestRanks(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		n := 3 + r.IntN(3)
		var edges []rankEdge
		for range n + r.IntN(n) {
			a, b := r.IntN(n), r.IntN(n)
			if a > b {
				a, b = b, a
			}
			if a != b {
				edges = append(edges, rankEdge{int32(a), int32(b), 1 + int32(r.IntN(2)), 1 + int32(r.IntN(3))})
			}
		}
		got := ranks(n, edges)
		cost, ok := rankCost(got, edges)
		if !ok {
			t.Fatalf("%v: %v is not allowed", edges, got)
		}
		if best := bestCost(n, edges); cost != best {
			t.Fatalf("%v: %v costs %d, the best %d", edges, got, cost, best)
		}
	}
}

func rankCost(rank []int32, edges []rankEdge) (int32, bool) {
	sum := int32(0)
	for _, e := range edges {
		d := rank[e.to] - rank[e.from]
		if d < e.least {
			return 0, false
		}
		sum += d * e.weight
	}
	return sum, true
}

func bestCost(n int, edges []rankEdge) int32 {
	best := int32(1 << 30)
	rank := make([]int32, n)
	var try func(int)
	try = func(v int) {
		if v == n {
			if c, ok := rankCost(rank, edges); ok {
				best = min(best, c)
			}
			return
		}
		for rank[v] = 0; rank[v] < 8; rank[v]++ {
			fits := true
			for _, e := range edges {
				if int(e.to) == v && int(e.from) < v && rank[v]-rank[e.from] < e.least {
					fits = false
				}
			}
			if fits {
				try(v + 1)
			}
		}
	}
	try(0)
	return best
}
