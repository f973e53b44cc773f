// Package dedup finds what a manuscript says twice and makes one book of it.
//
// Detection looks at sections (their own text, not their subsections') and at
// units (paragraph, list item, table, listing). Resolution keeps the most
// complete copy, whole, at the place the contents list names; what a machine
// may not decide is left standing and reported until a person decides. Every
// unit of the input is in the output, or is reported as a repeat of one that
// is, or was taken out by a decision.
package dedup

import (
	"slices"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
)

// Policy is what may be merged without asking.
type Policy string

const (
	AutoContained Policy = "contained" // exact copies, and near copies whose every unit survives; the default
	AutoExact     Policy = "exact"     // exact copies only
	AutoNear      Policy = "near"      // near copies too; unmatched units are lost and listed
	AutoNone      Policy = "none"      // nothing
)

// Merge returns the book with its repeats resolved, the account of them, and
// what is to be said about it. It does not change b.
func Merge(b *book.Book, d Decisions) (*book.Book, *Report, diag.List) {
	m := merge(b, d)
	out := m.tree.book()
	m.account()
	return out, m.report(), m.diags
}

// merge resolves b as far as the tree of the new book.
func merge(b *book.Book, d Decisions) *merger {
	s := read(b)
	m := &merger{scan: s, names: s.namer(), policy: d.Auto, state: make([]state, len(s.parts))}
	if m.policy == "" {
		m.policy = AutoContained
	}
	m.pairs = s.find()
	m.clusters = s.clusters(m.pairs)
	m.orders = m.resolveRefs(d)
	m.listed = s.listed()
	m.tree = s.tree()

	m.applyChoices()
	for _, c := range m.clusters {
		m.resolve(c)
	}
	m.carryOut()
	m.mergeHeadings()
	m.tree.placeListed(m.listed)
	m.tree.prune(m.tree.root)
	m.applyPlaces()
	m.tree.prune(m.tree.root)
	return m
}

// A fate is what becomes of a section's own text.
type fate uint8

const (
	stays   fate = iota
	repeats      // dropped as a copy of another
	cut          // taken out by a decision
)

type state struct {
	fate   fate
	by     int    // the section it repeats
	head   int    // the section whose heading it took, plus one
	reason string // of a decision
	fixed  bool   // decided: the policy does not touch it
}

// A merger resolves one book.
type merger struct {
	scan     *scan
	names    *namer
	policy   Policy
	pairs    []*pair
	clusters []*cluster
	entries  []*Cluster // of clusters, as reported
	orders   []order
	listed   *contents
	state    []state
	tree     *tree
	carried  map[int]bool   // units taken into another section
	gone     map[int]string // units cut, with the reason
	groups   []BlockGroup
	labels   map[string]bool // of sections, once a new one is wanted
	diags    diag.List
}

// resolve decides a cluster by the policy and files its account.
func (m *merger) resolve(c *cluster) {
	e := &Cluster{ID: m.scan.id(c), Kind: c.kind, Rule: c.pairs[0].rule, Kept: -1, Outcome: Reported}
	for _, p := range c.pairs {
		e.Score = max(e.Score, float64(p.score))
	}
	for _, i := range c.members {
		e.Copies = append(e.Copies, m.copyOf(i, c.kind == Heading))
	}
	m.entries = append(m.entries, e)
	if c.kind == Heading {
		return // see mergeHeadings
	}
	live := m.liveMembers(c)
	switch {
	case m.decided(c, e, live):
	case c.review || m.refrain(live):
	case len(live) > 1:
		m.byPolicy(c, e, live)
	}
}

func (m *merger) liveMembers(c *cluster) []int {
	var live []int
	for _, i := range c.members {
		if m.state[i].fate == stays {
			live = append(live, i)
		}
	}
	return live
}

// A short text under one title in several chapters ("code for this chapter")
// is said again on purpose as often as not: it is reported, never merged.
const (
	refrainCopies = 3
	refrainWeight = 60
)

func (m *merger) refrain(live []int) bool {
	if len(live) < refrainCopies {
		return false
	}
	first := &m.scan.parts[live[0]]
	parents := map[int]bool{}
	for _, i := range live {
		p := &m.scan.parts[i]
		if p.weight >= refrainWeight || p.title != first.title || parents[p.parent] {
			return false
		}
		parents[p.parent] = true
	}
	return true
}

// byPolicy keeps the most complete copy and drops those the policy may drop.
func (m *merger) byPolicy(c *cluster, e *Cluster, live []int) {
	keep := m.mostComplete(c, live)
	open := false
	for _, i := range live {
		if i == keep {
			continue
		}
		lost := m.unmatched(c, i, keep)
		if m.policy == AutoNone || m.state[i].fixed ||
			m.policy == AutoExact && m.scan.parts[i].hash != m.scan.parts[keep].hash ||
			m.policy == AutoContained && len(lost) > 0 {
			open = true
			e.Lost = append(e.Lost, m.lost(lost, "near")...)
			continue
		}
		e.Lost = append(e.Lost, m.lost(lost, "near")...)
		m.state[i] = state{fate: repeats, by: keep}
	}
	e.Outcome, e.Decision = Merged, "auto: "+string(m.policy)
	e.Kept = slices.Index(c.members, keep)
	if open {
		e.Outcome, e.Decision = Undecided, ""
	}
}

// mostComplete returns the copy that leaves least behind; then the longest;
// then the one the contents list names; then the first.
func (m *merger) mostComplete(c *cluster, live []int) int {
	best, bestKey := live[0], []int(nil)
	for _, i := range live {
		left := 0
		if len(live) <= titleCap {
			for _, j := range live {
				if j != i {
					left += len(m.unmatched(c, j, i))
				}
			}
		}
		key := []int{left, -m.scan.parts[i].weight, -m.listed.rank[i], i}
		if bestKey == nil || slices.Compare(key, bestKey) < 0 {
			best, bestKey = i, key
		}
	}
	return best
}

// unmatched returns the units of section i that have no match in keep.
func (m *merger) unmatched(c *cluster, i, keep int) []int {
	s := m.scan
	if s.parts[i].hash == s.parts[keep].hash {
		return nil
	}
	found := map[int]bool{}
	for _, p := range c.pairs {
		if orderedPair(p.a, p.b) != orderedPair(i, keep) {
			continue
		}
		for _, x := range p.matches {
			u, v, inside := x.a, x.b, x.inB
			if p.a != i {
				u, v, inside = x.b, x.a, x.inA
			}
			if x.exact || inside >= survives && s.keepsNames(u, v) {
				found[u] = true
			}
		}
	}
	var out []int
	for u := s.parts[i].lo; u < s.parts[i].hi; u++ {
		if !found[u] {
			out = append(out, u)
		}
	}
	return out
}

// survives is how much of a unit must be in its match for the unit to count
// as kept.
const survives = 0.70

// keepsNames reports whether every name and number of unit u is in unit v: a
// changed figure is a changed statement.
func (s *scan) keepsNames(u, v int) bool {
	if s.heads[u] != s.heads[v] {
		return false // 万元 or 亿元: a table's head is half of what it says
	}
	have := map[token]bool{}
	for _, t := range s.toks[s.units[v].lo:s.units[v].hi] {
		have[t&^kindMask] = true
	}
	for _, t := range s.toks[s.units[u].lo:s.units[u].hi] {
		if k := t.kind(); (k == nameToken || k == numberToken || k == charToken && s.numerals[t]) && !have[t&^kindMask] {
			return false
		}
	}
	return true
}
