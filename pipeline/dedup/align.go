package dedup

import (
	"cmp"
	"slices"
)

// A match pairs a unit of one section with a unit of another.
type match struct {
	a, b  int // indexes into scan.units
	exact bool
	score float32 // idf-weighted Jaccard
	inB   float32 // how much of a is in b, and
	inA   float32 // of b in a
}

const (
	matchScore   = 0.30 // units of a repeated section match from here on
	matchInside  = 0.65 // or where the shorter lies so far inside the longer
	indexedUnits = 8    // units of one gram looked at in an alignment
)

// align matches the units of sections a and b one to one: exact ones first in
// order, then the best of what is left.
func (r *ruler) align(a, b int) []match {
	s := r.scan
	pa, pb := &s.parts[a], &s.parts[b]
	var out []match
	usedA, usedB := make([]bool, pa.hi-pa.lo), make([]bool, pb.hi-pb.lo)
	byHash := map[uint64][]int{}
	for j := pb.lo; j < pb.hi; j++ {
		byHash[s.units[j].hash] = append(byHash[s.units[j].hash], j)
	}
	for i := pa.lo; i < pa.hi; i++ {
		if js := byHash[s.units[i].hash]; len(js) > 0 {
			out = append(out, match{i, js[0], true, 1, 1, 1})
			usedA[i-pa.lo], usedB[js[0]-pb.lo] = true, true
			byHash[s.units[i].hash] = js[1:]
		}
	}
	near := r.nearMatches(a, b, usedA, usedB)
	slices.SortStableFunc(near, func(x, y match) int {
		return cmp.Or(cmp.Compare(max(y.score, y.inB*y.inA), max(x.score, x.inB*x.inA)), x.a-y.a, x.b-y.b)
	})
	for _, m := range near {
		if !usedA[m.a-pa.lo] && !usedB[m.b-pb.lo] {
			usedA[m.a-pa.lo], usedB[m.b-pb.lo] = true, true
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(x, y match) int { return x.a - y.a })
	return out
}

// nearMatches scores the pairs of unmatched units that share grams.
func (r *ruler) nearMatches(a, b int, usedA, usedB []bool) []match {
	s := r.scan
	pa, pb := &s.parts[a], &s.parts[b]
	index := map[uint32][]int{}
	for j := pb.lo; j < pb.hi; j++ {
		if usedB[j-pb.lo] {
			continue
		}
		for _, f := range r.unit(j).features {
			if l := index[f.hash]; len(l) < indexedUnits {
				index[f.hash] = append(l, j)
			}
		}
	}
	var out []match
	shared := map[int]float32{}
	for i := pa.lo; i < pa.hi; i++ {
		if usedA[i-pa.lo] {
			continue
		}
		clear(shared)
		va := r.unit(i)
		for _, f := range va.features {
			for _, j := range index[f.hash] {
				shared[j] += f.weight
			}
		}
		for j := pb.lo; len(shared) > 0 && j < pb.hi; j++ {
			w, ok := shared[j]
			if !ok {
				continue
			}
			delete(shared, j)
			if m, ok := r.matchUnits(i, j, w); ok {
				out = append(out, m)
			}
		}
	}
	return out
}

// matchUnits decides whether units that share the weight w say the same.
func (r *ruler) matchUnits(i, j int, w float32) (match, bool) {
	va, vb := r.unit(i), r.unit(j)
	m := match{a: i, b: j, score: va.jaccard(vb, w), inB: w / max(va.total, 1e-6), inA: w / max(vb.total, 1e-6)}
	ua, ub := &r.scan.units[i], &r.scan.units[j]
	if (ua.kind == listing) != (ub.kind == listing) {
		return m, false
	}
	if ua.kind == listing {
		return m, hashTokens(r.scan.toks[ua.lo:ua.hi]) == hashTokens(r.scan.toks[ub.lo:ub.hi])
	}
	return m, m.score >= matchScore || max(m.inA, m.inB) >= matchInside
}
