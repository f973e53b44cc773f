package dedup

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
)

// applyPlaces carries out what decisions say of the merged book: units carried
// over or cut, sections moved, wrapped, renamed, renumbered.
func (m *merger) applyPlaces() {
	for k := range m.orders {
		o := &m.orders[k]
		if o.void {
			continue
		}
		switch o.verb {
		case "carry":
			m.carry(o)
		case "place":
			m.place(o)
		case "wrap":
			m.wrap(o)
		case "retitle":
			for _, i := range o.sections {
				if n := m.tree.at(i); n != nil {
					n.sec.Title = []book.Inline{&book.Text{Value: o.Title}}
				}
			}
		case "renumber":
			m.renumber(o)
		}
	}
	if len(m.gone) > 0 {
		m.cutUnits()
	}
}

// destination returns the parent and the index at which an order wants its
// sections; not ok if the order names no place or one that is gone.
func (m *merger) destination(o *order) (parent *node, at int, ok bool) {
	get := func(i int) *node {
		if i < 0 {
			return nil
		}
		return m.tree.at(i)
	}
	switch {
	case o.after >= 0:
		if n := get(o.after); n != nil && n.parent != nil {
			return n.parent, n.position() + 1, true
		}
	case o.before >= 0:
		if n := get(o.before); n != nil && n.parent != nil {
			return n.parent, n.position(), true
		}
	case o.under >= 0:
		if n := get(o.under); n != nil {
			return n, len(n.live()), true
		}
	}
	return nil, 0, false
}

func (m *merger) place(o *order) {
	for x := len(o.sections) - 1; x >= 0; x-- {
		n := m.tree.at(o.sections[x])
		if n == nil || n.parent == nil {
			continue
		}
		old, was := n.parent, n.position()
		n.remove()
		parent, at, ok := m.destination(o)
		if o.under >= 0 && x < len(o.sections)-1 {
			if next := m.tree.at(o.sections[x+1]); next != nil && next.parent == parent {
				at = next.position()
			}
		}
		if !ok || parent.within(n) {
			n.insert(old, was)
			m.diags.Add("decision-conflict", o.Span,
				diag.T("this decision places a section beside or under one that is not in the book", "该决定要把小节放到书中已不存在的小节旁边或下面"),
				diag.T("name a section that stays", "请改用保留下来的小节"))
			return
		}
		n.insert(parent, at)
		n.moved = true
		n.takeRole(o.Role)
		n.number(o.Number)
	}
}

// takeRole gives n the role and level a decision names.
func (n *node) takeRole(name string) {
	if name == "" {
		return
	}
	n.sec.Role = roles[name]
	switch n.sec.Role {
	case book.Part:
		n.sec.Level, n.moved = 0, false
	case book.Chapter, book.Appendix, book.Front, book.Back:
		n.sec.Level, n.moved = 1, false
	}
}

var roles = map[string]book.Role{
	"section": book.Plain, "part": book.Part, "chapter": book.Chapter, "appendix": book.Appendix,
	"front": book.Front, "back": book.Back, "closing": book.Closing,
}

// wrap puts sections, or single units, under a new heading.
func (m *merger) wrap(o *order) {
	if len(o.units) > 0 {
		m.wrapUnits(o)
		return
	}
	var kids []*node
	for _, i := range o.sections {
		if n := m.tree.at(i); n != nil && n.parent != nil && !slices.Contains(kids, n) {
			kids = append(kids, n)
		}
	}
	if len(kids) == 0 {
		return
	}
	first := kids[0]
	w := &node{in: -1, text: -1, moved: true}
	w.sec = book.Section{Span: first.sec.Span, Heading: first.sec.Heading, Label: m.freshLabel(o.Title),
		Title: []book.Inline{&book.Text{Leaf: book.Leaf{Span: first.sec.Heading}, Value: o.Title}}}
	w.insert(first.parent, first.position())
	for _, k := range kids {
		k.remove()
		k.insert(w, len(w.live()))
		k.moved = true
	}
	if parent, at, ok := m.destination(o); ok && !parent.within(w) {
		w.remove()
		w.insert(parent, at)
	}
	w.takeRole(o.Role)
	w.number(o.Number)
}

// wrapUnits makes a section of units taken from elsewhere.
func (m *merger) wrapUnits(o *order) {
	parent, at, ok := m.destination(o)
	if !ok {
		m.diags.Add("decision-conflict", o.Span,
			diag.T("this decision makes a section beside or under one that is not in the book", "该决定要把新小节放到书中已不存在的小节旁边或下面"))
		return
	}
	first := &m.scan.units[o.units[0]]
	w := &node{in: -1, text: -1, moved: true}
	w.sec = book.Section{Span: first.where(), Heading: first.where(), Label: m.freshLabel(o.Title),
		Title: []book.Inline{&book.Text{Leaf: book.Leaf{Span: first.where()}, Value: o.Title}}}
	for _, u := range o.units {
		x := &m.scan.units[u]
		w.sec.Span = w.sec.Span.Join(x.where())
		w.sec.Blocks = append(w.sec.Blocks, x.block)
		m.carried[u] = true
	}
	w.insert(parent, at)
	w.takeRole(o.Role)
	w.number(o.Number)
}

func (m *merger) renumber(o *order) {
	for _, i := range o.sections {
		n := m.tree.at(i)
		if n == nil {
			continue
		}
		n.number(o.Number)
		n.takeRole(o.Role)
		if o.deep {
			n.eachBelow(func(k *node) { k.number(o.Number) })
		}
	}
}

func (n *node) eachBelow(f func(*node)) {
	for _, k := range n.live() {
		f(k)
		k.eachBelow(f)
	}
}

// number sets whether n is numbered; the number itself follows from its place.
func (n *node) number(how string) {
	switch how {
	case "none":
		n.sec.Unnumbered = true
	case "auto":
		n.sec.Unnumbered = false
	}
}

// carry takes units, or a section's whole text, into another section.
func (m *merger) carry(o *order) {
	to := m.tree.at(o.into)
	if to == nil {
		m.diags.Add("decision-conflict", o.Span,
			diag.T("this decision carries text into a section that is not in the book", "该决定要把内容移入书中已不存在的小节"))
		return
	}
	after := o.behind
	for _, i := range o.sections {
		p := &m.scan.parts[i]
		to.sec.Blocks = append(slices.Clone(to.sec.Blocks), p.sec.Blocks...)
		for u := p.lo; u < p.hi; u++ {
			m.carried[u] = true
		}
		if n := m.tree.at(i); n != nil && n != to && !to.within(n) {
			m.takeOut(n)
			m.tree.alias(to, n)
		}
	}
	for _, u := range o.units {
		to.sec.Blocks = insertUnit(to.sec.Blocks, &m.scan.units[u], m.unitAt(after))
		m.markCarried(u)
		after = u
	}
}

func (m *merger) unitAt(u int) *unit {
	if u < 0 {
		return nil
	}
	return &m.scan.units[u]
}

// markCarried notes u and, of a list item, everything in it.
func (m *merger) markCarried(u int) {
	s := m.scan
	m.carried[u] = true
	if it := s.units[u].item; it != nil {
		for v := u + 1; v < s.parts[s.units[u].section].hi && s.units[v].where().Start < it.Span.End && s.units[v].where().File == it.Span.File; v++ {
			m.carried[v] = true
		}
	}
}

// cutUnits takes out the units that decisions cut.
func (m *merger) cutUnits() {
	blocks, items := map[book.Block]bool{}, map[*book.Item]bool{}
	for u := range m.gone {
		if it := m.scan.units[u].item; it != nil {
			items[it] = true
		} else {
			blocks[m.scan.units[u].block] = true
		}
	}
	m.tree.root.eachBelow(func(n *node) {
		n.sec.Blocks = without(n.sec.Blocks, blocks, items)
	})
}

// freshLabel makes a label of a title that no section has yet.
func (m *merger) freshLabel(title string) string {
	if m.labels == nil {
		m.labels = map[string]bool{}
		for i := range m.scan.parts {
			m.labels[m.scan.parts[i].sec.Label] = true
		}
	}
	var b strings.Builder
	for _, c := range strings.ToLower(title) {
		switch {
		case unicode.IsLetter(c) || unicode.IsNumber(c):
			b.WriteRune(c)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	base := strings.TrimSuffix(b.String(), "-")
	label := base
	for n := 2; label == "" || m.labels[label]; n++ {
		label = base + "-" + strconv.Itoa(n)
	}
	m.labels[label] = true
	return label
}
