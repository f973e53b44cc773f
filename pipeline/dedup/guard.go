package dedup

import "slices"

// The guard against templates. Two texts under one skeleton about different
// things share long runs and differ in short substitutions at the same places:
// a name for a name, a number for a number, or one word for another throughout.
// A mended copy differs the other way: most sentences are untouched and a few
// are rewritten.

// slots counts the substitutions between matched units.
type slots struct {
	equal  int // tokens that are the same
	copied int // those of them in runs of a clause or more
	named  int // short substitutions of a name or a number by another
	steady int // short substitutions that recur with the same two sides
	other  int // everything else
	short  int // substitutions of a few tokens, whatever they are
	long   int // rewritings, insertions, deletions
}

// A hunk is a maximal run of tokens that differ: a[a0:a1] for b[b0:b1].
type hunk struct{ a0, a1, b0, b1 int }

const (
	runTokens  = 14 // CJK characters in a row that are more than a phrase
	runWords   = 8
	slotTokens = 8    // a longer hunk is a rewriting, not a slot
	diffTokens = 3000 // longer units are not compared token by token
)

// slots measures the aligned units of a pair.
func (r *ruler) slots(ms []match) slots {
	s := r.scan
	var out slots
	type swap struct{ x, y uint64 }
	seen := map[swap]int{}
	for _, m := range ms {
		a, b := s.toks[s.units[m.a].lo:s.units[m.a].hi], s.toks[s.units[m.b].lo:s.units[m.b].hi]
		if m.exact {
			out.equal += len(a)
			out.copied += len(a)
			continue
		}
		cjk := mostlyCJK(a) && mostlyCJK(b)
		hunks, ok := diffTokensOf(a, b)
		if !ok {
			out.other++
			continue
		}
		equal, run := len(a), runTokens
		if !cjk {
			run = runWords
		}
		from := 0
		for _, h := range append(slices.Clone(hunks), hunk{len(a), len(a), len(b), len(b)}) {
			if n := h.a0 - from; n >= run {
				out.copied += n
			}
			from = h.a1
		}
		for _, h := range hunks {
			equal -= h.a1 - h.a0
			x, y := a[h.a0:h.a1], b[h.b0:h.b1]
			switch {
			case len(x) == 0 || len(y) == 0 || len(x) > slotTokens || len(y) > slotTokens:
				out.other++
				out.long++
				continue
			case nameLike(x, cjk) && nameLike(y, cjk):
				out.named++
			default:
				k := swap{hashTokens(x), hashTokens(y)}
				seen[k]++
				switch seen[k] {
				case 1:
					out.other++
				case 2:
					out.other--
					out.steady += 2
				default:
					out.steady++
				}
			}
			out.short++
		}
		out.equal += equal
	}
	return out
}

// nameLike reports whether a run holds a name or a number; among CJK text any
// Latin word is one.
func nameLike(ts []token, cjk bool) bool {
	for _, t := range ts {
		if k := t.kind(); k == nameToken || k == numberToken || cjk && k == wordToken {
			return true
		}
	}
	return false
}

// mostlyCJK reports whether at least half of the tokens are characters.
func mostlyCJK(ts []token) bool {
	n := 0
	for _, t := range ts {
		if t.kind() == charToken {
			n++
		}
	}
	return n*2 >= len(ts)
}

// otherNames reports whether two sections speak of other things: each has some
// names and numbers, and few of them are the other's.
func (r *ruler) otherNames(a, b int) bool {
	na, nb := r.names(a), r.names(b)
	if len(na) < minNames || len(nb) < minNames {
		return false
	}
	shared := 0
	for t := range na {
		if nb[t] {
			shared++
		}
	}
	return float64(shared) < namesShared*float64(min(len(na), len(nb)))
}

// otherSubjects reports whether the titles differ in a name that each text uses
// of itself and not of the other: two texts, each about its title.
func (r *ruler) otherSubjects(a, b int) bool {
	s := r.scan
	ta, tb := s.parts[a].words, s.parts[b].words
	hunks, ok := diffTokensOf(ta, tb)
	if !ok {
		return false
	}
	for _, h := range hunks {
		x, y := ta[h.a0:h.a1], tb[h.b0:h.b1]
		if len(x) > 0 && len(y) > 0 && s.ownWord(x, a, b) && s.ownWord(y, b, a) {
			return true
		}
	}
	return false
}

// ownWord reports whether a run of a title, or a Latin word of it, is in the
// text of section a and not in that of b.
func (s *scan) ownWord(run []token, a, b int) bool {
	if len(run) > 1 && s.contains(a, run) && !s.contains(b, run) {
		return true
	}
	for i, t := range run {
		if t.kind() != charToken && s.contains(a, run[i:i+1]) && !s.contains(b, run[i:i+1]) {
			return true
		}
	}
	return false
}

// contains reports whether a section's text has a run of tokens.
func (s *scan) contains(i int, run []token) bool {
	for _, u := range s.units[s.parts[i].lo:s.parts[i].hi] {
		ts := s.toks[u.lo:u.hi]
	next:
		for k := 0; k+len(run) <= len(ts); k++ {
			for j, t := range run {
				if !same(t, ts[k+j]) {
					continue next
				}
			}
			return true
		}
	}
	return false
}

const (
	minNames    = 4
	namesShared = 0.34
)

// names returns the names and numbers of a section's prose. A capital alone
// makes no name where the word is also written small.
func (r *ruler) names(i int) map[token]bool {
	s := r.scan
	out := map[token]bool{}
	for _, u := range s.units[s.parts[i].lo:s.parts[i].hi] {
		ts := s.toks[u.lo:u.hi]
		cjk := mostlyCJK(ts)
		for _, t := range ts {
			switch k := t.kind(); {
			case k == numberToken, k == wordToken && (cjk || u.kind == listing), k == nameToken && (cjk || u.kind == listing || !r.small.has(t)):
				out[t&^kindMask] = true
			}
		}
	}
	return out
}

// template reports whether the pair is one skeleton filled twice. One slot in
// slotEvery tokens is a slot a sentence; titles that differ make it likelier.
func (c slots) template(sameTitle bool) bool {
	n := c.named + c.steady
	every := 60
	if sameTitle {
		every = 30
	}
	return n >= 2 && n*every >= c.equal && n >= c.other
}

// refilled reports whether a text is another with some words exchanged here and
// there and no sentence mended.
func (c slots) refilled() bool { return c.short >= 3 && c.short > 3*c.long }

// diffTokensOf returns the hunks of a shortest edit script (Myers 1986); not ok
// if the texts are too long or too unlike to be worth it.
func diffTokensOf(a, b []token) ([]hunk, bool) {
	pre := 0
	for pre < len(a) && pre < len(b) && same(a[pre], b[pre]) {
		pre++
	}
	post := 0
	for post < len(a)-pre && post < len(b)-pre && same(a[len(a)-1-post], b[len(b)-1-post]) {
		post++
	}
	x, y := a[pre:len(a)-post], b[pre:len(b)-post]
	if len(x) == 0 && len(y) == 0 {
		return nil, true
	}
	if len(x) == 0 || len(y) == 0 {
		return []hunk{{pre, pre + len(x), pre, pre + len(y)}}, true
	}
	if len(x)+len(y) > diffTokens {
		return nil, false
	}
	trace, ok := myers(x, y)
	if !ok {
		return nil, false
	}
	hs := backtrack(trace, len(x), len(y))
	for i := range hs {
		hs[i].a0, hs[i].a1, hs[i].b0, hs[i].b1 = hs[i].a0+pre, hs[i].a1+pre, hs[i].b0+pre, hs[i].b1+pre
	}
	return hs, true
}

func same(a, b token) bool { return (a^b)&^kindMask == 0 }

const maxEdits = 400

// myers returns the furthest-reaching points of every edit distance.
func myers(a, b []token) ([][]int32, bool) {
	limit := min(len(a)+len(b), maxEdits)
	v := make([]int32, 2*limit+3)
	off := limit + 1
	var trace [][]int32
	for d := 0; d <= limit; d++ {
		for k := -d; k <= d; k += 2 {
			var x int32
			if k == -d || k != d && v[off+k-1] < v[off+k+1] {
				x = v[off+k+1]
			} else {
				x = v[off+k-1] + 1
			}
			y := x - int32(k)
			for int(x) < len(a) && int(y) < len(b) && y >= 0 && same(a[x], b[y]) {
				x++
				y++
			}
			v[off+k] = x
			if int(x) >= len(a) && int(y) >= len(b) {
				return append(trace, append([]int32(nil), v[off-d:off+d+1]...)), true
			}
		}
		trace = append(trace, append([]int32(nil), v[off-d:off+d+1]...))
	}
	return nil, false
}

// backtrack turns the trace into hunks in order.
func backtrack(trace [][]int32, n, m int) []hunk {
	type step struct{ x0, y0, x1, y1 int }
	var steps []step
	x, y := n, m
	for d := len(trace) - 1; d > 0; d-- {
		prev := trace[d-1] // diagonals -(d-1)..d-1
		at := func(k int) int32 {
			if i := k + d - 1; i >= 0 && i < len(prev) {
				return prev[i]
			}
			return -1
		}
		k := x - y
		pk := k - 1
		if k == -d || k != d && at(k-1) < at(k+1) {
			pk = k + 1
		}
		px := int(at(pk))
		py := px - pk
		if pk == k+1 {
			steps = append(steps, step{px, py, px, py + 1})
		} else {
			steps = append(steps, step{px, py, px + 1, py})
		}
		x, y = px, py
	}
	var out []hunk
	for i := len(steps) - 1; i >= 0; i-- {
		s := steps[i]
		if l := len(out); l > 0 && out[l-1].a1 == s.x0 && out[l-1].b1 == s.y0 {
			out[l-1].a1, out[l-1].b1 = s.x1, s.y1
			continue
		}
		out = append(out, hunk{s.x0, s.x1, s.y0, s.y1})
	}
	return out
}

// namesDiffer reports whether a name or number of one text is another in the
// other.
func (c slots) namesDiffer() bool { return c.named > 0 }

// A wordSet is a set of tokens by 20 bits of their hash.
type wordSet [1 << 14]uint64

func (w *wordSet) add(t token)      { w[t>>18] |= 1 << (t >> 12 & 63) }
func (w *wordSet) has(t token) bool { return w[t>>18]>>(t>>12&63)&1 != 0 }
