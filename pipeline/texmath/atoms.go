package texmath

import "banxin/pipeline/unit"

// atom is a set node with its class and the white before it.
type atom struct {
	crate  *crate
	class  class
	before unit.Length
}

// list sets nodes side by side.
func (s *setting) list(ns []node, st style) *crate {
	return pack(s.atoms(ns, st))
}

// pack puts atoms in a row, each as wide as it leans.
func pack(atoms []atom) *crate {
	if len(atoms) == 1 && atoms[0].before == 0 {
		return atoms[0].crate
	}
	c := &crate{}
	for _, a := range atoms {
		c.w += a.before
		c.add(a.crate, c.w, 0)
		c.w += a.crate.w + a.crate.overhang()
		c.h, c.d = max(c.h, a.crate.h), max(c.d, a.crate.d)
	}
	return c
}

// atoms sets nodes and finds the white between them by their classes. Rows
// that are no groups are part of the row they stand in, for a style holds
// until the end of its group.
func (s *setting) atoms(ns []node, st style) []atom {
	out := s.gather(make([]atom, 0, len(ns)), ns, st)
	binaries(out)
	s.spread(out, st)
	return out
}

func (s *setting) gather(out []atom, ns []node, st style) []atom {
	for _, n := range ns {
		switch n := n.(type) {
		case *row:
			if !n.braced {
				out = s.gather(out, n.kids, st)
				continue
			}
		case *colored:
			inner := st
			inner.color = n.color
			out = s.gather(out, n.body.kids, inner)
			continue
		case *styled:
			// The style's own spacing: its atoms are set as a row of theirs.
			if n.size != st.size {
				inner := s.atoms(n.body.kids, st.in(n.size))
				if len(inner) > 0 {
					out = append(out, atom{crate: pack(inner), class: edge(inner)})
				}
				continue
			}
			out = s.gather(out, n.body.kids, st)
			continue
		}
		out = append(out, atom{crate: s.node(n, st), class: classIn(n)})
	}
	return out
}

// edge is the class that a row of another style shows its neighbours.
func edge(as []atom) class {
	if len(as) == 1 {
		return as[0].class
	}
	return ord
}

// classIn is the class of a node among its neighbours.
func classIn(n node) class {
	switch n := n.(type) {
	case *operator:
		return op
	case *scripts:
		if n.base == nil {
			return ord
		}
		return classIn(n.base)
	case *row:
		return ord
	}
	return classOf(n)
}

// binaries turns operators that have nothing to join into ordinary signs
// (Appendix G, rules 5 and 6).
func binaries(as []atom) {
	prev := -1
	for i := range as {
		switch as[i].class {
		case none:
			continue
		case bin:
			if prev < 0 || lone(as[prev].class) {
				as[i].class = ord
			}
		case rel, closing, punct:
			if prev >= 0 && as[prev].class == bin {
				as[prev].class = ord
			}
		}
		prev = i
	}
	if prev >= 0 && as[prev].class == bin {
		as[prev].class = ord
	}
}

func lone(c class) bool { return c == bin || c == op || c == rel || c == open || c == punct }

// white is the table of The TeXbook, chapter 18: 1 thin, 2 medium, 3 thick; in
// small styles only those above 10 stay (as thin).
func white(left, right class) int {
	const rows = "01230001" + "11030001" + "22002002" + "33003003" + "00000000" + "01230001" + "11011111" + "11231011"
	return int(rows[8*int(left)+int(right)] - '0')
}

// kept reports whether white stays in scripts: only the thin white beside
// operators does.
func kept(left, right class) bool {
	return left == op && (right == ord || right == op) || right == op && (left == ord || left == closing || left == inner)
}

// spread finds the white before every atom.
func (s *setting) spread(as []atom, st style) {
	prev := none
	for i := range as {
		c := as[i].class
		if c == none {
			continue
		}
		if prev != none {
			if w := white(prev, c); w > 0 && (!st.small() || kept(prev, c)) {
				as[i].before = s.size(st).Scale(int64(w+2), 18)
			}
		}
		prev = c
	}
}
