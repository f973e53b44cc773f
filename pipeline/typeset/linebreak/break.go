package linebreak

import (
	"slices"

	"banxin/pipeline/unit"
)

// Breaker breaks paragraphs; its zero value is ready. It keeps its working
// store from one paragraph to the next and is not for concurrent use.
type Breaker struct {
	items []Item
	p     Params
	cum   []sums // cum[i] sums items [0, i)
	nodes []node // in order of pos
	first int    // nodes before it can reach no further item
	cand  []node
	loose bool // second pass: gaps open without limit
	// strictPitch, alonePitch and trackPitch of the paragraph's em.
	strict, alone, track unit.Length
}

// node is a way to end a line: the next one begins at item pos as line number
// line. prev is the index of the node the line that ends here began at.
type node struct {
	pos, line, prev int32
	hung            bool
	cost            int64
}

// Break breaks one paragraph; see Breaker.Break.
func Break(items []Item, p Params) Result { return new(Breaker).Break(items, p) }

// Break returns the cheapest way to break the items, which always exists: a
// line wider than the measure is taken where nothing else can be, and says so.
// The last item's Break counts as Forced. Time is linear in the items for a
// given measure.
func (b *Breaker) Break(items []Item, p Params) Result {
	if len(items) == 0 {
		return Result{}
	}
	if p.First == 0 {
		p.First = p.Measure
	}
	p.Em = max(p.Em, 1)
	b.items, b.p = items, p
	b.strict, b.alone, b.track = p.Em.Em(strictPitch), p.Em.Em(alonePitch), p.Em.Em(trackPitch)
	b.total()
	b.loose = false
	if b.pass() {
		if r := b.result(); !r.Best.Stranded || p.Ragged {
			return r
		}
	}
	b.loose = true
	b.pass()
	return b.result()
}

func (b *Breaker) total() {
	b.cum = slices.Grow(b.cum[:0], len(b.items)+1)
	var s sums
	b.cum = append(b.cum, s)
	for i := range b.items {
		s.add(&b.items[i])
		b.cum = append(b.cum, s)
	}
}

// pass fills nodes; it reports whether the last item was reached. The strict
// pass gives up where no tolerable line exists; the loose one never does, and
// is also asked whether a looser line spares a stranded character.
func (b *Breaker) pass() bool {
	b.nodes = append(slices.Grow(b.nodes[:0], len(b.items)), node{prev: -1})
	b.first = 0
	n := len(b.items)
	for end := 1; end <= n; end++ {
		it := &b.items[end-1]
		if it.Break == Forbidden && end < n {
			continue
		}
		forced := it.Break == Forced || end == n
		b.candidates(end, forced)
		if b.first == len(b.nodes) && len(b.cand) == 0 {
			return false
		}
		if forced {
			b.first = len(b.nodes)
			if len(b.cand) == 0 {
				return false
			}
		}
		b.keep()
	}
	return true
}

// candidates collects in cand the cheapest ways to end a line before item end,
// one for each number of lines.
func (b *Breaker) candidates(end int, forced bool) {
	b.cand = b.cand[:0]
	for i := b.first; i < len(b.nodes); {
		pos := int(b.nodes[i].pos)
		next := i + 1
		for next < len(b.nodes) && int(b.nodes[next].pos) == pos {
			next++
		}
		f := b.fit(pos, end, forced)
		switch {
		case f.long:
			// Nothing narrower begins before pos: earlier nodes went already.
			if f.gone {
				b.first = next
			}
			if b.loose && next == len(b.nodes) && len(b.cand) == 0 {
				b.offer(i, next, end, fit{cost: overCost + milli*int64(f.over)/int64(b.p.Em)}) // nothing else can be
			}
		case f.short:
			return // later nodes make the line shorter still
		default:
			b.offer(i, next, end, f)
			if b.loose && !forced && f.cost > hopeless {
				return // later nodes make a line nobody will take
			}
		}
		i = next
	}
}

// offer enters the nodes [i, next), which begin a line that fits as f says.
func (b *Breaker) offer(i, next, end int, f fit) {
	for ; i < next; i++ {
		nd := node{int32(end), b.nodes[i].line + 1, int32(i), f.hung, b.nodes[i].cost + f.cost}
		k := slices.IndexFunc(b.cand, func(c node) bool { return c.line == nd.line })
		switch {
		case k < 0:
			b.cand = append(b.cand, nd)
		case nd.cost < b.cand[k].cost:
			b.cand[k] = nd
		}
	}
}

// keep makes nodes of the candidates: the cheapest one and, for variants,
// those a line away from it. More would make long paragraphs quadratic.
func (b *Breaker) keep() {
	if len(b.cand) == 0 {
		return
	}
	best := b.cand[0]
	for _, c := range b.cand[1:] {
		if c.cost < best.cost || c.cost == best.cost && c.line < best.line {
			best = c
		}
	}
	if !b.p.Variants {
		b.nodes = append(b.nodes, best)
		return
	}
	for _, c := range b.cand {
		if d := c.line - best.line; -1 <= d && d <= 1 {
			b.nodes = append(b.nodes, c)
		}
	}
}

// fit says how a candidate line fills its measure.
type fit struct {
	cost        int64
	short, long bool
	gone        bool // too long for every later end as well
	hung        bool
	over        unit.Length
}

func (b *Breaker) measure(start int) unit.Length {
	if start == 0 {
		return b.p.First
	}
	return b.p.Measure
}

// fit weighs the line of items [start, end).
func (b *Breaker) fit(start, end int, forced bool) fit {
	last := &b.items[end-1]
	l := lineSums{&b.cum[start], &b.cum[end-1], last}
	m := b.measure(start)
	best := b.weigh(l, m, last.Extra, forced)
	if last.Hang > 0 && !b.p.Ragged {
		if h := b.weigh(l, m+last.Hang, last.Extra, forced); !h.long && !h.short && (best.long || best.short || h.cost < best.cost) {
			best, best.hung = h, true
		}
	}
	if best.long {
		least := l.width() - l.give()
		best.gone = least-last.Hang > m
		best.over = least + last.Extra - m
		return best
	}
	if best.short {
		return best
	}
	if !forced {
		best.cost += int64(last.Break) * milli
		if last.Extra > 0 && start > 0 && b.items[start-1].Extra > 0 {
			best.cost += doubleHyphen
		}
	} else if start > 0 && l.weight() <= 1 {
		best.cost += strandedCost
	}
	return best
}

// weigh returns the cost of a line in measure m; extra is what its end adds.
func (b *Breaker) weigh(l lineSums, m, extra unit.Length, forced bool) fit {
	rest := m - l.width() - extra
	switch {
	case rest < 0 && (b.p.Ragged || l.give() < -rest):
		return fit{long: true}
	case rest < 0:
		return fit{cost: b.squeezed(l, -rest)}
	case b.p.Ragged:
		c := raggedCost(rest, b.p.Em)
		if forced {
			c = 0
			if b.p.Balanced {
				c = raggedCost(rest/2, b.p.Em)
			}
		}
		return fit{cost: c}
	case forced:
		return fit{}
	}
	return b.stretched(l, rest)
}

func (b *Breaker) squeezed(l lineSums, need unit.Length) int64 {
	var cost int64
	for c := Class(0); need > 0 && c < classes; c++ {
		if most := l.squeeze(c); most > 0 {
			used := min(need, most)
			cost += ratioCost(squeezeCost(c), used, most)
			need -= used
		}
	}
	return cost
}

func (b *Breaker) stretched(l lineSums, rest unit.Length) fit {
	var f fit
	word, script := l.word(), l.script()
	if word > 0 {
		used := min(rest, word)
		f.cost += ratioCost(4, used, word)
		rest -= used
	}
	if rest > 0 && script > 0 {
		used := min(rest, script)
		f.cost += ratioCost(12, used, script)
		rest -= used
	}
	if rest == 0 {
		return f
	}
	even, all := l.even(), l.even()+l.inner()
	switch {
	case even > 0 && rest <= b.alone*unit.Length(even):
		f.cost += pitchCost(rest, even, b.p.Em)
	case !b.loose && (even == 0 || rest > b.strict*unit.Length(all)):
		f.short = true
	case even > 0:
		f.cost += pitchCost(rest, all, b.p.Em)
		if rest <= b.track*unit.Length(all) {
			f.cost += shareCost
		} else {
			f.cost += trackCost
		}
	case word > 0:
		f.cost += trackCost + pitchCost(rest, 1+int64(word/b.p.Em.Em(10)), b.p.Em)
	case l.inner() > 0 && rest <= b.track*unit.Length(l.inner()):
		f.cost += 2*trackCost + pitchCost(rest, l.inner(), b.p.Em)
	default: // a lone word stands better short than spread out
		f.cost += emptyCost
	}
	return f
}

// lineSums are the totals of a candidate line: the gap after its last item
// has vanished.
type lineSums struct {
	from, to *sums
	last     *Item
}

func (l lineSums) width() unit.Length          { return l.to.width - l.from.width + l.last.Width }
func (l lineSums) give() unit.Length           { return l.to.give - l.from.give }
func (l lineSums) squeeze(c Class) unit.Length { return l.to.squeeze[c] - l.from.squeeze[c] }
func (l lineSums) word() unit.Length           { return l.to.word - l.from.word }
func (l lineSums) script() unit.Length         { return l.to.script - l.from.script }
func (l lineSums) even() int64                 { return l.to.even - l.from.even }
func (l lineSums) inner() int64                { return l.to.inner - l.from.inner + int64(l.last.Inner) }
func (l lineSums) weight() int64               { return l.to.weight - l.from.weight + int64(l.last.Weight) }
