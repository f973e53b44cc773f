package dedup

import (
	"slices"

	"banxin/pipeline/book"
)

// A node is a section of the book being made; its section is a copy that may
// be changed.
type node struct {
	sec    book.Section
	in     int // index of the section as written, -1 for one made by a decision
	text   int // index of the section its blocks come from
	parent *node
	kids   []*node // some may have left, see live
	stale  int
	into   *node // what it was merged into
	bare   bool  // had subsections and no text of its own: goes when they are gone
	moved  bool  // its level follows from its place
}

// A tree is the book being made.
type tree struct {
	scan *scan
	root *node
	of   []*node // the node of every section as written, see at
}

func (s *scan) tree() *tree {
	t := &tree{scan: s, root: &node{in: -1, text: -1}, of: make([]*node, len(s.parts))}
	for i := range s.parts {
		p := &s.parts[i]
		n := &node{sec: *p.sec, in: i, text: i, parent: t.root, bare: p.lo == p.hi && len(p.sec.Blocks) == 0 && len(p.kids) > 0}
		for up := p.parent; up >= 0; up = s.parts[up].parent {
			// What stands under a contents list and is text goes a level up.
			if s.parts[up].sec.Role != book.Contents || !s.says(i) {
				n.parent = t.of[up]
				break
			}
		}
		n.sec.Aliases = slices.Clone(n.sec.Aliases)
		n.sec.Merged = slices.Clone(n.sec.Merged)
		n.parent.kids = append(n.parent.kids, n)
		t.of[i] = n
		if n.sec.Role == book.Contents {
			n.remove() // the real contents list takes its place
		}
	}
	return t
}

// says reports whether section i or one under it has text.
func (s *scan) says(i int) bool {
	p := &s.parts[i]
	return p.lo < p.hi || slices.ContainsFunc(p.kids, s.says)
}

// live returns n's subsections; entries of sections that have left are
// cleared away first. Leaving only marks an entry, so that taking very many
// copies out of one chapter stays linear.
func (n *node) live() []*node {
	if n.stale > 0 {
		n.kids = slices.DeleteFunc(n.kids, func(k *node) bool { return k.parent != n })
		n.stale = 0
	}
	return n.kids
}

func (n *node) remove() {
	if n.parent != nil {
		n.parent.stale++
		n.parent = nil
	}
}

func (n *node) position() int { return slices.Index(n.parent.live(), n) }

// within reports whether n is top or stands somewhere under it.
func (n *node) within(top *node) bool {
	for ; n != nil; n = n.parent {
		if n == top {
			return true
		}
	}
	return false
}

// insert puts n, which has left its place, under parent as its i-th subsection.
func (n *node) insert(parent *node, i int) {
	parent.live()
	n.parent = parent
	parent.kids = slices.Insert(parent.kids, max(0, min(i, len(parent.kids))), n)
}

// takePlace puts n where p stands, before it or, among the same subsections, in
// exchange: swapping leaves the list as long as it was, so that settling very
// many copies under one chapter does not move the list every time.
func (n *node) takePlace(p *node) {
	if n.parent == p.parent {
		kids := n.parent.kids
		i, j := slices.Index(kids, n), slices.Index(kids, p)
		kids[i], kids[j] = p, n
		return
	}
	n.remove()
	n.insert(p.parent, p.position())
}

// absorb merges other into n: its subsections, labels and places.
func (t *tree) absorb(n, other *node) {
	var before *node
	for _, k := range slices.Clone(other.live()) {
		t.adopt(n, k, before)
		before = k
	}
	t.alias(n, other)
	other.remove()
}

// alias lets other's labels lead to n and notes its place.
func (t *tree) alias(n, other *node) {
	for _, l := range append([]string{other.sec.Label}, other.sec.Aliases...) {
		if l != "" && l != n.sec.Label && !slices.Contains(n.sec.Aliases, l) {
			n.sec.Aliases = append(n.sec.Aliases, l)
		}
	}
	n.sec.Merged = append(n.sec.Merged, other.sec.Span)
	n.sec.Merged = append(n.sec.Merged, other.sec.Merged...)
	other.into = n
}

// at returns where a section as written is now, nil if it was cut.
func (t *tree) at(i int) *node {
	if i < 0 || i >= len(t.of) || t.of[i] == nil {
		return nil
	}
	n := t.of[i]
	for n.into != nil {
		if n.into.into != nil {
			n.into = n.into.into
		}
		n = n.into
	}
	if !n.within(t.root) {
		return nil
	}
	return n
}

// adopt puts kid under n: a numbered one behind the last with a lower number,
// any other behind the one it followed before, if that came along.
func (t *tree) adopt(n, kid, before *node) {
	kid.remove()
	kids := n.live()
	at := len(kids)
	num := ordinals(kid.sec.Typed)
	if num == nil && before != nil && before.parent == n {
		at = before.position() + 1
	}
	for i := len(kids) - 1; num != nil && i >= 0; i-- {
		other := ordinals(kids[i].sec.Typed)
		if other == nil {
			continue
		}
		if slices.Compare(other, num) <= 0 {
			// What follows the numbered one without a number belongs to it.
			at = i + 1
			for at < len(kids) && ordinals(kids[at].sec.Typed) == nil {
				at++
			}
			break
		}
		at = i
	}
	kid.insert(n, at)
	kid.moved = true
}

// ordinals reads "7.1.3" or "第7章" as 7, 1, 3; nil if it has no figures.
func ordinals(s string) []int {
	var out []int
	in := false
	for _, c := range foldNumber(s) {
		if c < '0' || c > '9' {
			in = false
			continue
		}
		if !in {
			out, in = append(out, 0), true
		}
		if last := &out[len(out)-1]; *last < 1e6 {
			*last = *last*10 + int(c-'0')
		}
	}
	return out
}

// prune takes out headings whose subsections all went elsewhere; references to
// them lead to where the first of those went.
func (t *tree) prune(n *node) {
	for _, k := range slices.Clone(n.live()) {
		t.prune(k)
	}
	if n.bare && n.in >= 0 && len(n.live()) == 0 && len(n.sec.Blocks) == 0 && n.parent != nil {
		to := n.parent
		for _, k := range t.scan.parts[n.in].kids {
			if m := t.at(k); m != nil && m != n {
				to = m
				break
			}
		}
		if to.parent != nil {
			t.alias(to, n)
		}
		n.remove()
	}
}

// book returns the finished book.
func (t *tree) book() *book.Book {
	b := *t.scan.book
	b.Sections = nil
	for _, k := range t.root.live() {
		b.Sections = append(b.Sections, k.section(-1))
	}
	return &b
}

// section returns n with everything under it. What moved takes the level of
// its new place.
func (n *node) section(above int) *book.Section {
	s := n.sec
	if above >= 0 && (n.moved || s.Level <= above) {
		s.Level = above + 1
	}
	s.Sections = nil
	for _, k := range n.live() {
		k.moved = k.moved || n.moved
		s.Sections = append(s.Sections, k.section(s.Level))
	}
	return &s
}
