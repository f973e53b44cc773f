package dedup

import (
	"slices"

	"banxin/pipeline/book"
)

// Ranks of a section against the contents list typed by hand.
const (
	rankUnder = 1 // stands under a listed section
	rankTitle = 2 // its title is listed under another number or none
	rankFull  = 3 // listed with number and title
)

// contents is the typed contents list, matched with the sections.
type contents struct {
	entries []book.TypedEntry
	rank    []int // of every section
	entry   []int // the entry of every section of rankFull or rankTitle, else -1
}

// listed matches sections with the typed contents list.
func (s *scan) listed() *contents {
	c := &contents{entries: s.book.Typed, rank: make([]int, len(s.parts)), entry: make([]int, len(s.parts))}
	r := &reader{script: tableFor(s.book.Files)}
	byTitle := map[uint64][]int{}
	for k, e := range c.entries {
		r.toks = r.toks[:0]
		r.read(e.Title)
		r.flush()
		h := hashTokens(r.toks)
		byTitle[h] = append(byTitle[h], k)
	}
	for i := range s.parts {
		p := &s.parts[i]
		c.entry[i] = -1
		for _, k := range byTitle[p.title] {
			rank := rankTitle
			if foldNumber(c.entries[k].Number) == foldNumber(p.sec.Typed) {
				rank = rankFull
			}
			if rank > c.rank[i] {
				c.rank[i], c.entry[i] = rank, k
			}
		}
		if c.rank[i] == 0 && p.parent >= 0 && c.rank[p.parent] > 0 {
			c.rank[i] = rankUnder
		}
	}
	return c
}

// placeListed orders the tree as the contents list has it: a listed section
// goes under the section it is listed under, and siblings follow the list. What
// is not listed stays behind the sibling it followed.
func (t *tree) placeListed(c *contents) {
	nodes := make([]*node, len(c.entries))
	for i, k := range c.entry {
		if k >= 0 && c.rank[i] == rankFull && nodes[k] == nil {
			nodes[k] = t.at(i)
		}
	}
	var above []int
	for k, e := range c.entries {
		for len(above) > 0 && c.entries[above[len(above)-1]].Level >= e.Level {
			above = above[:len(above)-1]
		}
		if len(above) > 0 {
			if up := above[len(above)-1]; nodes[k] == nil || nodes[k].parent == nil || nodes[k].parent.in < 0 || c.entry[nodes[k].parent.in] != up {
				t.reparent(nodes[k], nodes[up])
			}
		}
		above = append(above, k)
	}
	place := map[*node]int{}
	for k, n := range nodes {
		if n != nil {
			place[n] = k + 1
		}
	}
	if len(place) > 0 {
		t.root.sortListed(place)
	}
}

func (t *tree) reparent(n, parent *node) {
	if n == nil || parent == nil || n == parent || n.parent == parent || n.parent == nil || parent.within(n) {
		return
	}
	if n.within(parent) && n.parent.in >= 0 && n.parent.sec.Level > parent.sec.Level {
		return // deeper than listed, yet under the right section
	}
	t.adopt(parent, n, nil)
}

func (n *node) sortListed(place map[*node]int) {
	kids := n.live()
	at, keys := 0, map[*node]int{}
	for _, k := range kids {
		at = max(at, 0)
		if p := place[k]; p > 0 {
			at = p
		}
		keys[k] = at
		k.sortListed(place)
	}
	slices.SortStableFunc(kids, func(a, b *node) int { return keys[a] - keys[b] })
}
