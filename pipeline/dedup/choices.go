package dedup

import (
	"slices"

	"banxin/pipeline/book"
)

// applyChoices carries the decisions that say which copies stay into the
// sections' fates, before the policy sees them.
func (m *merger) applyChoices() {
	m.carried, m.gone = map[int]bool{}, map[int]string{}
	claimed := map[int]int{}
	for k, o := range m.orders {
		for _, i := range slices.Concat(o.sections, o.drop) {
			if _, ok := claimed[i]; !ok {
				claimed[i] = k
			}
		}
	}
	m.checkConflicts()
	for k := range m.orders {
		o := &m.orders[k]
		if o.void {
			continue
		}
		switch o.verb {
		case "keep":
			m.keepCopy(o, claimed)
		case "both":
			for _, i := range o.sections {
				m.fix(i, o.reason)
			}
		case "cut":
			for _, i := range o.sections {
				m.drop(i, state{fate: cut, reason: o.reason, fixed: true}, nil, claimed, true)
			}
			for _, u := range o.units {
				m.gone[u] = o.reason
			}
		case "place", "retitle", "renumber", "wrap":
			for _, i := range o.sections {
				if o.verb == "place" || o.verb == "wrap" {
					m.fix(i, o.reason)
				}
			}
		}
	}
}

// fix protects a section from the policy.
func (m *merger) fix(i int, reason string) {
	if m.state[i].fate == stays {
		m.state[i].fixed, m.state[i].reason = true, reason
	}
}

// keepCopy keeps one copy with all its subsections and drops the others with
// theirs. A dropped subsection leads to its partner in the kept copy.
func (m *merger) keepCopy(o *order, claimed map[int]int) {
	if len(o.sections) == 0 {
		return
	}
	keep := o.sections[0]
	m.walk(keep, func(i int) bool { m.fix(i, o.reason); return true })
	for _, i := range o.drop {
		if o.own {
			m.state[i] = state{fate: repeats, by: keep, fixed: true, reason: o.reason}
			continue
		}
		m.drop(i, state{fate: repeats, by: keep, fixed: true, reason: o.reason}, m.partners(keep), claimed, true)
	}
	if o.at >= 0 {
		m.state[keep].head = o.at + 1
	}
}

// drop gives i and everything under it a fate, but for what another decision
// names.
func (m *merger) drop(i int, st state, partner map[uint64]int, claimed map[int]int, top bool) {
	if _, ok := claimed[i]; ok && !top {
		return
	}
	own := st
	if p, ok := partner[m.scan.parts[i].title]; ok && !top {
		own.by = p
	}
	m.state[i] = own
	for _, k := range m.scan.parts[i].kids {
		m.drop(k, st, partner, claimed, false)
	}
}

// partners maps the titles under a kept copy to their sections.
func (m *merger) partners(keep int) map[uint64]int {
	out := map[uint64]int{}
	m.walk(keep, func(i int) bool {
		if _, ok := out[m.scan.parts[i].title]; !ok && i != keep {
			out[m.scan.parts[i].title] = i
		}
		return true
	})
	return out
}

func (m *merger) walk(i int, f func(int) bool) {
	if !f(i) {
		return
	}
	for _, k := range m.scan.parts[i].kids {
		m.walk(k, f)
	}
}

// decided reports whether a person has settled the cluster, and notes how.
func (m *merger) decided(c *cluster, e *Cluster, live []int) bool {
	if r := m.allowance(c, live); r != "" {
		e.Outcome, e.Decision, e.Reason = Allowed, "allow", r
		return true
	}
	var verb, reason string
	for _, o := range m.orders {
		if o.void {
			continue
		}
		n := 0
		for _, i := range slices.Concat(o.sections, o.drop) {
			if slices.Contains(c.members, i) {
				n++
			}
		}
		switch {
		case o.verb == "both" && n > 1:
			e.Outcome, e.Decision, e.Reason = Allowed, "both", o.reason
			if len(live) <= 1 || m.allIn(live, o.sections) {
				return true
			}
		case (o.verb == "keep" || o.verb == "cut") && n > 0:
			verb, reason = o.verb, o.reason
		}
	}
	if len(live) > 1 {
		return false
	}
	for _, i := range c.members {
		if st := m.state[i]; st.fixed && st.fate != stays && verb == "" {
			verb, reason = "keep", st.reason
		}
	}
	if len(live) == 1 {
		e.Kept = slices.Index(c.members, live[0])
	}
	if verb == "" {
		e.Outcome, e.Decision = Merged, "auto: "+string(m.policy)
		return true
	}
	e.Outcome, e.Decision, e.Reason = Decided, verb, reason
	return true
}

func (m *merger) allIn(live, of []int) bool {
	for _, i := range live {
		if !slices.Contains(of, i) {
			return false
		}
	}
	return true
}

// allowance returns the reason of an inline comment that allows the cluster:
// all live copies but one must carry it.
func (m *merger) allowance(c *cluster, live []int) string {
	n, reason := 0, ""
	for _, i := range live {
		if r := m.scan.parts[i].allowed; r != "" {
			n, reason = n+1, r
		}
	}
	if n == 0 || n < len(live)-1 {
		return ""
	}
	return reason
}

// carryOut takes dropped sections out of the tree: every kept copy goes to the
// best place any of its copies has, and their subsections and labels go to it.
func (m *merger) carryOut() {
	groups := map[int][]int{}
	for i := range m.state {
		if m.state[i].fate == repeats {
			k := m.keeper(i)
			groups[k] = append(groups[k], i)
		}
	}
	for k := range m.state {
		if g := groups[k]; len(g) > 0 && m.state[k].fate == stays {
			m.settle(k, g)
		}
	}
	for i := range m.state {
		if m.state[i].fate == stays || m.state[i].fate == repeats && m.state[m.keeper(i)].fate == stays {
			continue
		}
		m.takeOut(m.tree.of[i])
	}
}

// keeper follows copies of copies to the one that stays.
func (m *merger) keeper(i int) int {
	for n := 0; m.state[i].fate == repeats && n < len(m.state); n++ {
		i = m.state[i].by
	}
	return i
}

// takeOut removes a node; what stays of its subsections takes its place.
func (m *merger) takeOut(n *node) {
	if n.parent == nil {
		return
	}
	at, parent := n.position(), n.parent
	for _, k := range slices.Clone(n.live()) {
		k.remove()
		k.insert(parent, at)
		k.moved = true
		at++
	}
	n.remove()
}

// settle moves the kept copy to its place.
func (m *merger) settle(keep int, dropped []int) {
	t := m.tree
	n := t.of[keep]
	place := keep
	for _, i := range dropped {
		if r, best := m.listed.rank[i], m.listed.rank[place]; r > best || r == best && i < place {
			place = i
		}
	}
	if h := m.state[keep].head; h > 0 {
		place = h - 1
	}
	if p := t.of[place]; place != keep && !p.within(n) && p.parent != nil {
		n.takePlace(p)
		n.moved = true
		if m.listed.rank[place] >= rankTitle || m.state[keep].head > 0 || m.scan.parts[place].title == m.scan.parts[keep].title {
			n.takeHeading(p)
		}
	}
	for _, i := range dropped {
		if o := t.of[i]; o != n && !n.within(o) {
			t.absorb(n, o)
		} else if o != n {
			m.takeOut(o)
			t.alias(n, o)
		}
	}
}

// takeHeading gives n the heading of other, at whose place it stands; the
// labels change sides.
func (n *node) takeHeading(other *node) {
	a, b := &n.sec, &other.sec
	a.Title, a.Typed, a.Role, a.Level = b.Title, b.Typed, b.Role, b.Level
	a.Heading, a.Unnumbered, a.Unlisted = b.Heading, b.Unnumbered, b.Unlisted
	a.Label, b.Label = b.Label, a.Label
	a.Explicit, b.Explicit = b.Explicit, a.Explicit
	n.moved = false
}

// mergeHeadings merges headings printed again under the best placed one.
func (m *merger) mergeHeadings() {
	for k, c := range m.clusters {
		if c.kind != Heading {
			continue
		}
		e := m.entries[k]
		m.mergeHeading(c, e)
	}
}

func (m *merger) mergeHeading(c *cluster, e *Cluster) {
	best := -1
	texts := 0
	for _, i := range c.members {
		if m.state[i].fate != stays || m.tree.at(i) == nil {
			continue
		}
		if len(m.tree.at(i).sec.Blocks) > 0 {
			texts++
		}
		if best < 0 || m.listed.rank[i] > m.listed.rank[best] {
			best = i
		}
	}
	if best < 0 {
		return
	}
	if m.policy == AutoNone {
		e.Outcome = Undecided
		return
	}
	e.Outcome, e.Decision, e.Kept = Merged, "auto: heading", slices.Index(c.members, best)
	to := m.tree.at(best)
	for _, i := range c.members {
		o := m.tree.at(i)
		if m.state[i].fate != stays || o == nil || o == to || o.within(to) && to.within(o) || to.within(o) {
			continue
		}
		if len(o.sec.Blocks) > 0 {
			if len(to.sec.Blocks) > 0 {
				e.Outcome, e.Kept = Undecided, -1
				continue
			}
			to.sec.Blocks, to.text = o.sec.Blocks, o.text
		}
		m.tree.absorb(to, o)
		if o.sec.Role == book.Part {
			to.sec.Role = book.Part
		}
	}
}
