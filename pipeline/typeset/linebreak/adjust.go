package linebreak

import (
	"slices"

	"banxin/pipeline/unit"
)

// result reads the ways back from the nodes at the paragraph's end.
func (b *Breaker) result() Result {
	n := int32(len(b.items))
	ends := b.nodes
	for len(ends) > 0 && ends[0].pos != n {
		i, _ := slices.BinarySearchFunc(ends, n, func(nd node, pos int32) int { return int(nd.pos - pos) })
		ends = ends[i:]
	}
	best := 0
	for i := range ends {
		if ends[i].cost < ends[best].cost {
			best = i
		}
	}
	r := Result{Best: b.read(ends[best])}
	for _, e := range ends {
		switch e.line - ends[best].line {
		case -1:
			p := b.read(e)
			r.Shorter = &p
		case 1:
			p := b.read(e)
			r.Longer = &p
		}
	}
	return r
}

func (b *Breaker) read(end node) Paragraph {
	p := Paragraph{Lines: make([]Line, end.line), Cost: end.cost}
	for nd := end; nd.prev >= 0; nd = b.nodes[nd.prev] {
		p.Lines[nd.line-1] = b.adjust(int(b.nodes[nd.prev].pos), int(nd.pos), nd.hung)
	}
	l := p.Lines[end.line-1]
	p.Stranded = l.Start > 0 && lineSums{&b.cum[l.Start], &b.cum[l.End-1], &b.items[l.End-1]}.weight() <= 1
	return p
}

// adjust says how much each kind of gap of the line [start, end) gives or
// takes: the order of fit's costs, now as lengths.
func (b *Breaker) adjust(start, end int, hung bool) Line {
	last := &b.items[end-1]
	l := lineSums{&b.cum[start], &b.cum[end-1], last}
	out := Line{Start: start, End: end, Hung: hung, Last: last.Break == Forced || end == len(b.items)}
	m := b.measure(start)
	if hung {
		m += last.Hang
	}
	extra := last.Extra
	if out.Last {
		extra = 0
	}
	rest := m - l.width() - extra
	switch {
	case rest < 0:
		if b.p.Ragged {
			out.Over = -rest
			return out
		}
		need := -rest
		for c := Class(0); c < classes; c++ {
			out.Squeeze[c] = min(need, l.squeeze(c))
			need -= out.Squeeze[c]
		}
		out.Over = need
	case rest > 0 && !out.Last && !b.p.Ragged:
		b.open(&out, l, rest)
	}
	return out
}

func (b *Breaker) open(out *Line, l lineSums, rest unit.Length) {
	out.Stretch[Word] = min(rest, l.word())
	rest -= out.Stretch[Word]
	out.Stretch[Script] = min(rest, l.script())
	rest -= out.Stretch[Script]
	if rest == 0 {
		return
	}
	even, inner := l.even(), l.inner()
	switch {
	case even > 0 && rest <= b.alone*unit.Length(even):
		out.Even, out.Pitch = rest, rest/unit.Length(even)
	case even > 0:
		out.Pitch = rest / unit.Length(even+inner)
		out.Track = rest.Scale(inner, even+inner)
		out.Even = rest - out.Track
	case l.word() > 0:
		out.Stretch[Word] += rest
	case inner > 0 && rest <= b.track*unit.Length(inner):
		out.Track, out.Pitch = rest, rest/unit.Length(inner)
	default:
		out.Under = rest
	}
}

// Spread is what a line adds to one item: to the gap after it (negative: it
// is squeezed) and to the gaps inside it together.
type Spread struct{ Gap, Inner unit.Length }

// Spreads shares the line's adjustment among its items, one Spread each,
// appended to dst. Every member of a class gives in proportion to what it
// has; the odd scaled points fall evenly, so the sum is exact.
func (l *Line) Spreads(items []Item, dst []Spread) []Spread {
	in := items[l.Start:l.End]
	var squeeze, stretch [classes]share
	var even, inner share
	for i := range in[:len(in)-1] {
		it := &in[i]
		squeeze[it.Class].all += int64(it.Squeeze)
		stretch[it.Class].all += int64(it.Stretch)
		if it.Even {
			even.all++
		}
	}
	for i := range in {
		inner.all += int64(in[i].Inner)
	}
	for c := range classes {
		squeeze[c].amount, stretch[c].amount = l.Squeeze[c], l.Stretch[c]
	}
	even.amount, inner.amount = l.Even, l.Track
	for i := range in {
		it := &in[i]
		var s Spread
		if i < len(in)-1 {
			s.Gap = stretch[it.Class].take(int64(it.Stretch)) - squeeze[it.Class].take(int64(it.Squeeze))
			if it.Even {
				s.Gap += even.take(1)
			}
		}
		s.Inner = inner.take(int64(it.Inner))
		dst = append(dst, s)
	}
	return dst
}

// share deals an amount out to members by weight, without a remainder.
type share struct {
	amount    unit.Length
	all, seen int64
	given     unit.Length
}

func (s *share) take(weight int64) unit.Length {
	if weight == 0 || s.amount == 0 {
		return 0
	}
	s.seen += weight
	upTo := s.amount.Scale(s.seen, s.all)
	out := upTo - s.given
	s.given = upTo
	return out
}
