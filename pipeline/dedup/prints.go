package dedup

import (
	"math/bits"
	"slices"
)

// Candidates come from winnowed fingerprints (Schleimer, Wilkerson and Aiken
// 2003): of every window of grams the smallest hash is kept, so that two texts
// that share windowLen+gramLen-1 tokens share at least one fingerprint.
const (
	gramLen   = 3  // tokens: three characters or three words
	windowLen = 4  // grams
	dfCap     = 64 // a fingerprint of more sections than this is common wording
)

// gram hashes the gramLen tokens that start at i.
func gram(ts []token, i int) uint32 {
	h := uint64(ts[i] &^ kindMask)
	h = h*0x9E3779B1 ^ uint64(ts[i+1]&^kindMask)
	h = h*0x85EBCA77C2B2AE63 ^ uint64(ts[i+2]&^kindMask)
	h *= 0xC2B2AE3D27D4EB4F
	return uint32(h >> 32)
}

// eachGram calls f for every gram of a unit; a unit shorter than a gram is one.
func eachGram(ts []token, f func(uint32)) {
	if len(ts) < gramLen {
		f(uint32(hashTokens(ts) >> 32))
		return
	}
	for i := 0; i+gramLen <= len(ts); i++ {
		f(gram(ts, i))
	}
}

// A frequency table counts in how many sections a gram occurs. A slot holds the
// last section that had it (lower 20 bits of its number plus one) and above
// them the count. Slots may be shared by grams whose hashes collide; the count
// is then too high, which only makes such a gram weigh less.
type frequency struct {
	slots []uint32
	idf   [256]float32
	mask  uint32
}

const (
	lastBits  = 20
	lastMask  = 1<<lastBits - 1
	countFull = 1<<(32-lastBits) - 1
)

func (s *scan) frequencies() *frequency {
	size := 1 << max(10, min(22, bits.Len(uint(len(s.toks)))))
	f := &frequency{slots: make([]uint32, size), mask: uint32(size - 1)}
	live := 0
	for i := range s.parts {
		p := &s.parts[i]
		if p.excluded || p.lo == p.hi {
			continue
		}
		live++
		for _, u := range s.units[p.lo:p.hi] {
			f.count(s.toks[u.lo:u.hi], uint32(i+1)&lastMask)
		}
	}
	for n := range f.idf {
		// log2((N+1)/n), floored so that common grams count a little.
		f.idf[n] = max(0.2, log2(float32(live+1)/float32(max(1, n))))
	}
	return f
}

// count notes the grams of a unit of the section with this mark.
func (f *frequency) count(ts []token, mark uint32) {
	eachGram(ts, func(g uint32) {
		slot := &f.slots[g&f.mask]
		if v := *slot; v&lastMask != mark {
			n := v >> lastBits
			if n < countFull {
				n++
			}
			*slot = n<<lastBits | mark
		}
	})
}

// unique is the weight of a gram that stands in two sections only.
func (f *frequency) unique() float32 { return f.idf[2] }

func (f *frequency) weight(g uint32) float32 {
	return f.idf[min(255, f.slots[g&f.mask]>>lastBits)]
}

// A posting is a fingerprint and the ordinal of its occurrence.
type posting uint64

// fingerprints returns the winnowed fingerprints of every section, in order,
// and for each section where its own start.
func (s *scan) fingerprints() (prints []uint32, start []int32) {
	prints = make([]uint32, 0, len(s.toks)/2)
	start = make([]int32, len(s.parts)+1)
	for i := range s.parts {
		p := &s.parts[i]
		start[i] = int32(len(prints))
		if p.excluded {
			continue
		}
		for _, u := range s.units[p.lo:p.hi] {
			if !u.nav {
				prints = winnow(prints, s.toks[u.lo:u.hi])
			}
		}
	}
	start[len(s.parts)] = int32(len(prints))
	return prints, start
}

// winnow appends the fingerprints of one unit; equal neighbours are one.
func winnow(out []uint32, ts []token) []uint32 {
	n := len(ts) - gramLen + 1
	if n < 1 {
		return out
	}
	var window [windowLen]uint32
	from, last := len(out), -1
	for i := range n {
		window[i%windowLen] = gram(ts, i)
		if i < windowLen-1 && i < n-1 {
			continue
		}
		best, at := window[i%windowLen], i
		for j := 1; j < windowLen && j <= i; j++ {
			if w := window[(i-j)%windowLen]; w < best {
				best, at = w, i-j
			}
		}
		if at != last && (len(out) == from || out[len(out)-1] != best) {
			out = append(out, best)
		}
		last = at
	}
	return out
}

// postings groups equal fingerprints: group[k] is the number of the group of
// occurrence k, or alone if it stands alone or is common wording; the sections of
// group g are sections[first[g]:first[g+1]], in order.
type postings struct {
	group    []uint32
	sections []int32
	first    []int32
}

const alone = ^uint32(0)

// groupPrints groups prints, whose memory it takes over.
func groupPrints(prints []uint32, start []int32) postings {
	occ := make([]posting, len(prints))
	for k, h := range prints {
		occ[k] = posting(h)<<32 | posting(k)
	}
	radixSort(occ)
	owner := func(k uint32) int32 { // the section that occurrence k is in
		i, _ := slices.BinarySearch(start, int32(k)+1)
		return int32(i - 1)
	}
	p := postings{group: prints}
	for lo := 0; lo < len(occ); {
		hi := lo + 1
		for hi < len(occ) && occ[hi]>>32 == occ[lo]>>32 {
			hi++
		}
		g := alone
		if n := hi - lo; n > 1 && n <= dfCap {
			g = uint32(len(p.first))
			p.first = append(p.first, int32(len(p.sections)))
			for _, o := range occ[lo:hi] {
				p.sections = append(p.sections, owner(uint32(o)))
			}
		}
		for _, o := range occ[lo:hi] {
			p.group[uint32(o)] = g
		}
		lo = hi
	}
	p.first = append(p.first, int32(len(p.sections)))
	return p
}

// radixSort sorts by the upper half; occurrences of one hash keep their order.
func radixSort(a []posting) {
	if len(a) < 1<<12 {
		slices.Sort(a)
		return
	}
	const width = 11
	b := make([]posting, len(a))
	for shift := 32; shift < 64; shift += width {
		var count [1 << width]int
		for _, x := range a {
			count[x>>shift&(1<<width-1)]++
		}
		sum := 0
		for i, n := range count {
			count[i], sum = sum, sum+n
		}
		for _, x := range a {
			d := x >> shift & (1<<width - 1)
			b[count[d]] = x
			count[d]++
		}
		a, b = b, a
	}
	// Three passes leave the sorted postings in the scratch slice.
	copy(b, a)
}

// A pairKey names two sections, the earlier first.
type pairKey struct{ a, b int32 }

func orderedPair(a, b int) pairKey {
	if a > b {
		a, b = b, a
	}
	return pairKey{int32(a), int32(b)}
}

// candidates returns the pairs worth a look: those that share enough
// fingerprints, and those that share a title. Nothing here looks at all pairs:
// a fingerprint in more than dfCap sections, and a title of more, are skipped.
func (s *scan) candidates() []pairKey {
	prints, start := s.fingerprints()
	post := groupPrints(prints, start)
	shared := make([]int32, len(s.parts))
	var out []pairKey
	var touched []int32
	for i := range s.parts {
		touched = touched[:0]
		for _, g := range post.group[start[i]:start[i+1]] {
			if g == alone {
				continue
			}
			for _, j := range post.sections[post.first[g]:post.first[g+1]] {
				if int(j) >= i {
					break
				}
				if shared[j] == 0 {
					touched = append(touched, j)
				}
				shared[j]++
			}
		}
		for _, j := range touched {
			n, size := shared[j], min(start[i+1]-start[i], start[j+1]-start[j])
			shared[j] = 0
			if n >= enoughShared || n*6 >= size {
				out = append(out, pairKey{j, int32(i)})
			}
		}
	}
	out = append(out, s.sameTitles()...)
	slices.SortFunc(out, comparePairs)
	return slices.Compact(out)
}

// enoughShared fingerprints make a pair a candidate whatever the sections'
// length: about as many as one sentence has.
const enoughShared = 8

func comparePairs(x, y pairKey) int {
	if x.a != y.a {
		return int(x.a - y.a)
	}
	return int(x.b - y.b)
}

// sameTitles pairs the sections of one title.
func (s *scan) sameTitles() []pairKey {
	var ids []int
	for i := range s.parts {
		if p := &s.parts[i]; !p.excluded && p.lo < p.hi {
			ids = append(ids, i)
		}
	}
	slices.SortStableFunc(ids, func(a, b int) int { return compare(s.parts[a].title, s.parts[b].title) })
	var out []pairKey
	for lo := 0; lo < len(ids); {
		hi := lo + 1
		for hi < len(ids) && s.parts[ids[hi]].title == s.parts[ids[lo]].title {
			hi++
		}
		if hi-lo <= titleCap {
			for x := lo; x < hi; x++ {
				for y := x + 1; y < hi; y++ {
					out = append(out, orderedPair(ids[x], ids[y]))
				}
			}
		}
		lo = hi
	}
	return out
}

// titleCap is the most sections of one title that are paired for it alone.
const titleCap = 16
