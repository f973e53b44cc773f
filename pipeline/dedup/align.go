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
	matchScore   = 0.22 // units of a repeated section match from here on
	matchInside  = 0.50 // or where the shorter lies so far inside the longer
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

// nearMatches scores the pairs of unmatched units that share grams. Both
// sections' grams are sorted, so that shared ones are met by merging.
func (r *ruler) nearMatches(a, b int, usedA, usedB []bool) []match {
	pa, pb := &r.scan.parts[a], &r.scan.parts[b]
	ga, gb := r.grams(a), r.grams(b)
	shared := map[[2]int32]float32{}
	for i, j := 0, 0; i < len(ga) && j < len(gb); {
		switch {
		case ga[i].hash < gb[j].hash:
			i++
			continue
		case ga[i].hash > gb[j].hash:
			j++
			continue
		}
		i1, j1 := i, j
		for i1 < len(ga) && ga[i1].hash == ga[i].hash {
			i1++
		}
		for j1 < len(gb) && gb[j1].hash == gb[j].hash {
			j1++
		}
		w := r.freq.weight(ga[i].hash)
		for _, x := range ga[i:min(i1, i+indexedUnits)] {
			if usedA[x.unit] {
				continue
			}
			for _, y := range gb[j:min(j1, j+indexedUnits)] {
				if !usedB[y.unit] {
					shared[[2]int32{x.unit, y.unit}] += w
				}
			}
		}
		i, j = i1, j1
	}
	out := make([]match, 0, len(shared))
	for k, w := range shared { // sorted by the caller
		if m, ok := r.matchUnits(pa.lo+int(k[0]), pb.lo+int(k[1]), w); ok {
			out = append(out, m)
		}
	}
	return out
}

// A unitGram is a gram and the unit it is in, counted from its section's first.
type unitGram struct {
	hash uint32
	unit int32
}

// grams returns the grams of section i by hash, each once a unit.
func (r *ruler) grams(i int) []unitGram {
	if g := r.unitGrams[i]; g != nil {
		return g
	}
	p := &r.scan.parts[i]
	g := []unitGram{}
	for k, u := range r.scan.units[p.lo:p.hi] {
		eachGram(r.scan.toks[u.lo:u.hi], func(h uint32) { g = append(g, unitGram{h, int32(k)}) })
	}
	slices.SortFunc(g, func(x, y unitGram) int { return cmp.Or(cmp.Compare(x.hash, y.hash), int(x.unit-y.unit)) })
	g = slices.Compact(g)
	r.unitGrams[i] = g
	return g
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
