package dedup

import (
	"cmp"
	"math"
	"slices"
)

func log2(x float32) float32 { return float32(math.Log2(float64(x))) }

func compare[T cmp.Ordered](a, b T) int { return cmp.Compare(a, b) }

// A feature is something a text has, with its weight: a gram, or a listing as
// a whole. Listings are atoms because code that differs in one name shares
// nearly all its grams and is still other code.
type feature struct {
	hash   uint32
	weight float32
}

// A vector is a text's features, sorted by hash, each once.
type vector struct {
	features []feature
	total    float32
}

// overlap returns the weight v and w share, and how many features.
func (v *vector) overlap(w *vector) (sum float32, n int) {
	i, j := 0, 0
	for i < len(v.features) && j < len(w.features) {
		switch a, b := v.features[i], w.features[j]; {
		case a.hash < b.hash:
			i++
		case a.hash > b.hash:
			j++
		default:
			sum += min(a.weight, b.weight)
			n++
			i++
			j++
		}
	}
	return sum, n
}

// jaccard and containment of a weight shared by v and w.
func (v *vector) jaccard(w *vector, shared float32) float32 {
	if u := v.total + w.total - shared; u > 0 {
		return shared / u
	}
	return 0
}

func (v *vector) containment(w *vector, shared float32) float32 {
	if m := min(v.total, w.total); m > 0 {
		return shared / m
	}
	return 0
}

// A ruler measures texts of one scan and remembers what it measured.
type ruler struct {
	scan     *scan
	freq     *frequency
	sections []*vector
	units    map[int]*vector
	// unitGrams are the sections' grams by hash with their units, see grams.
	unitGrams [][]unitGram
	small     *wordSet // the words written without a capital somewhere
}

func (s *scan) ruler() *ruler {
	small := new(wordSet)
	for _, t := range s.toks {
		if t.kind() == wordToken {
			small.add(t)
		}
	}
	return &ruler{scan: s, small: small, freq: s.frequencies(), sections: make([]*vector, len(s.parts)), units: map[int]*vector{},
		unitGrams: make([][]unitGram, len(s.parts))}
}

func (r *ruler) section(i int) *vector {
	if v := r.sections[i]; v != nil {
		return v
	}
	v := r.vector(r.scan.units[r.scan.parts[i].lo:r.scan.parts[i].hi], true)
	r.sections[i] = v
	return v
}

func (r *ruler) unit(i int) *vector {
	if v := r.units[i]; v != nil {
		return v
	}
	v := r.vector(r.scan.units[i:i+1], false)
	r.units[i] = v
	return v
}

// listingShare is what a listing's grams weigh beside prose.
const listingShare = 0.5

// vector measures units; atoms takes listings as a whole.
func (r *ruler) vector(units []unit, atoms bool) *vector {
	n := 0
	for _, u := range units {
		n += int(u.hi - u.lo)
	}
	v := &vector{features: make([]feature, 0, n)}
	for _, u := range units {
		if u.nav && atoms {
			continue
		}
		if u.kind == listing && atoms {
			var w float32
			eachGram(r.scan.toks[u.lo:u.hi], func(g uint32) { w += r.freq.weight(g) })
			v.features = append(v.features, feature{uint32(hashTokens(r.scan.toks[u.lo:u.hi]) >> 32), w * listingShare})
			continue
		}
		eachGram(r.scan.toks[u.lo:u.hi], func(g uint32) {
			v.features = append(v.features, feature{g, r.freq.weight(g)})
		})
	}
	slices.SortFunc(v.features, func(a, b feature) int { return cmp.Compare(a.hash, b.hash) })
	v.features = slices.CompactFunc(v.features, func(a, b feature) bool { return a.hash == b.hash })
	for _, f := range v.features {
		v.total += f.weight
	}
	return v
}
