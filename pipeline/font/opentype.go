package font

// layoutTable is a raw GSUB or GPOS table. It is read without the shaper's
// parser for two ends: to know which glyphs no lookup can touch, and for the
// vertical forms. Offsets that lead outside the table lead to zeros.
type layoutTable struct {
	raw []byte
	pos bool // GPOS
	// left is how many steps a walk may still take: tables that overlap
	// themselves could make it take 2³² (HarfBuzz bounds its own walks alike).
	left *int
}

// mostSteps is some twenty times what the largest faces need.
const mostSteps = 1 << 22

// walk returns the table with steps to spend, for one reader at a time.
func (t layoutTable) walk() layoutTable {
	t.left = new(mostSteps)
	return t
}

// step spends a step and reports whether there was one.
func (t layoutTable) step() bool {
	*t.left--
	return *t.left >= 0
}

// glyphSet is a set of glyphs.
type glyphSet struct {
	all  bool
	bits [1 << 16 / 64]uint64
}

func (s *glyphSet) add(g int) { s.bits[uint16(g)>>6] |= 1 << (g & 63) }

func (s *glyphSet) has(g GID) bool { return s.all || s.bits[g>>6]&(1<<(g&63)) != 0 }

// script returns the offset of a script's table: the first of the tags there
// is, else of the default scripts, as HarfBuzz chooses. 0: none.
func (t layoutTable) script(tags ...tag) int {
	list := u16(t.raw, 4)
	if list == 0 {
		return 0
	}
	for _, want := range append(tags, tagOf("DFLT"), tagOf("dflt"), tagOf("latn")) {
		for i := range u16(t.raw, list) {
			r := list + 2 + 6*i
			if tag(u32(t.raw, r)) == want {
				return list + u16(t.raw, r+4)
			}
		}
	}
	return 0
}

// hasScript reports whether the table names the script itself.
func (t layoutTable) hasScript(want tag) bool {
	list := u16(t.raw, 4)
	for i := range u16(t.raw, list) {
		if tag(u32(t.raw, list+2+6*i)) == want {
			return true
		}
	}
	return false
}

// language returns the offset of a script's table for a language; 0 where it
// has none.
func (t layoutTable) language(script int, lang tag) int {
	if script == 0 {
		return 0
	}
	for i := range u16(t.raw, script+2) {
		r := script + 4 + 6*i
		if tag(u32(t.raw, r)) == lang {
			return script + u16(t.raw, r+4)
		}
	}
	return 0
}

// languages returns the tables of all languages of a script, the default
// first.
func (t layoutTable) languages(script int) []int {
	if script == 0 {
		return nil
	}
	var out []int
	if d := u16(t.raw, script); d != 0 {
		out = append(out, script+d)
	}
	for i := range u16(t.raw, script+2) {
		out = append(out, script+u16(t.raw, script+4+6*i+4))
	}
	return out
}

// features calls f with the tag and offset of every feature of a language's
// table, the required one first with tag 0.
func (t layoutTable) features(lang int, f func(name tag, at int)) {
	list := u16(t.raw, 6)
	one := func(i int, required bool) {
		if i >= u16(t.raw, list) || !t.step() {
			return
		}
		r := list + 2 + 6*i
		name := tag(u32(t.raw, r))
		if required {
			name = 0
		}
		f(name, list+u16(t.raw, r+4))
	}
	if required := u16(t.raw, lang+2); required != 0xFFFF {
		one(required, true)
	}
	for i := range u16(t.raw, lang+4) {
		one(u16(t.raw, lang+6+2*i), false)
	}
}

// subtables calls f with the type and offset of every subtable of a lookup,
// extensions resolved, and returns the lookup's flags.
func (t layoutTable) subtables(lookup int, f func(kind, at int)) int {
	list := u16(t.raw, 8)
	if lookup >= u16(t.raw, list) || !t.step() {
		return 0
	}
	at := list + u16(t.raw, list+2+2*lookup)
	extension := 7
	if t.pos {
		extension = 9
	}
	for i := range u16(t.raw, at+4) {
		if !t.step() {
			return 0
		}
		kind, sub := u16(t.raw, at), at+u16(t.raw, at+6+2*i)
		if kind == extension {
			kind, sub = u16(t.raw, sub+2), sub+u32(t.raw, sub+4)
		}
		f(kind, sub)
	}
	return u16(t.raw, at+2)
}

// coverage calls f with every glyph of a coverage table and its index.
func (t layoutTable) coverage(at int, f func(g, index int)) {
	switch u16(t.raw, at) {
	case 1:
		for i := range u16(t.raw, at+2) {
			if at+4+2*i+2 > len(t.raw) || !t.step() {
				return
			}
			f(u16(t.raw, at+4+2*i), i)
		}
	case 2:
		for i := range u16(t.raw, at+2) {
			r := at + 4 + 6*i
			if r+6 > len(t.raw) {
				return
			}
			first, last, index := u16(t.raw, r), u16(t.raw, r+2), u16(t.raw, r+4)
			for g := first; g <= last && t.step(); g++ {
				f(g, index+g-first)
			}
		}
	}
}

// classes calls f with every glyph that a class definition puts in a class
// other than 0.
func (t layoutTable) classes(at int, f func(g int)) {
	switch u16(t.raw, at) {
	case 1:
		for i := range u16(t.raw, at+4) {
			if t.step() && u16(t.raw, at+6+2*i) != 0 {
				f(u16(t.raw, at+2) + i)
			}
		}
	case 2:
		for i := range u16(t.raw, at+2) {
			r := at + 4 + 6*i
			if u16(t.raw, r+4) == 0 {
				continue
			}
			for g := u16(t.raw, r); g <= u16(t.raw, r+2) && t.step(); g++ {
				f(g)
			}
		}
	}
}

// touch adds to s every glyph that a lookup looks at, in whatever place of
// its patterns.
func (t layoutTable) touch(lookup int, s *glyphSet) {
	flags := t.subtables(lookup, func(kind, at int) {
		if s.all {
			return
		}
		switch {
		case t.pos && (kind == 7 || kind == 8), !t.pos && (kind == 5 || kind == 6):
			t.touchContext(at, kind == 6 && !t.pos || kind == 8, s)
		case t.pos:
			t.touchPosition(kind, at, s)
		default:
			t.touchSubstitution(kind, at, s)
		}
	})
	// A lookup that skips base glyphs or ligatures may reach over any glyph.
	if flags&6 != 0 || *t.left < 0 {
		s.all = true
	}
}

func (t layoutTable) touchSubstitution(kind, at int, s *glyphSet) {
	add := func(g, _ int) { s.add(g) }
	t.coverage(at+u16(t.raw, at+2), add)
	switch kind {
	case 4: // ligatures: and every component
		for i := range u16(t.raw, at+4) {
			set := at + u16(t.raw, at+6+2*i)
			for j := range u16(t.raw, set) {
				if !t.step() {
					return
				}
				lig := set + u16(t.raw, set+2+2*j)
				for k := range u16(t.raw, lig+2) - 1 {
					if !t.step() {
						return
					}
					s.add(u16(t.raw, lig+4+2*k))
				}
			}
		}
	case 8: // reverse chaining: and its surroundings
		p := at + 4
		for range 2 {
			n := u16(t.raw, p)
			for i := range n {
				t.coverage(at+u16(t.raw, p+2+2*i), add)
			}
			p += 2 + 2*n
		}
	}
}

func (t layoutTable) touchPosition(kind, at int, s *glyphSet) {
	add := func(g, _ int) { s.add(g) }
	t.coverage(at+u16(t.raw, at+2), add)
	switch kind {
	case 2:
		t.touchPairs(at, s)
	case 4, 5, 6: // marks: the bases and marks they are put on
		t.coverage(at+u16(t.raw, at+4), add)
	}
}

// touchPairs adds the second glyphs of a kerning subtable.
func (t layoutTable) touchPairs(at int, s *glyphSet) {
	size := 2 * (ones(u16(t.raw, at+4)) + ones(u16(t.raw, at+6)))
	if u16(t.raw, at) == 1 {
		for i := range u16(t.raw, at+8) {
			set := at + u16(t.raw, at+10+2*i)
			for j := range u16(t.raw, set) {
				if !t.step() {
					return
				}
				s.add(u16(t.raw, set+2+j*(2+size)))
			}
		}
		return
	}
	t.classes(at+u16(t.raw, at+10), func(g int) { s.add(g) })
	// Class 0 is every other glyph: a value there moves them all.
	columns := u16(t.raw, at+14)
	for row := range u16(t.raw, at+12) {
		record := at + 16 + row*columns*size
		for i := 0; i < size; i += 2 {
			if !t.step() || u16(t.raw, record+i) != 0 {
				s.all = true
				return
			}
		}
	}
}

func ones(format int) int {
	n := 0
	for ; format != 0; format &= format - 1 {
		n++
	}
	return n
}

// touchContext adds what a contextual subtable, chained or not, looks at.
func (t layoutTable) touchContext(at int, chained bool, s *glyphSet) {
	add := func(g, _ int) { s.add(g) }
	switch u16(t.raw, at) {
	case 1:
		t.coverage(at+u16(t.raw, at+2), add)
		t.eachRule(at, at+4, chained, func(v int) { s.add(v) })
	case 2:
		t.coverage(at+u16(t.raw, at+2), add)
		definitions, rules := 1, at+6
		if chained {
			definitions, rules = 3, at+10
		}
		for i := range definitions {
			if d := u16(t.raw, at+4+2*i); d != 0 {
				t.classes(at+d, func(g int) { s.add(g) })
			}
		}
		t.eachRule(at, rules, chained, func(class int) {
			if class == 0 {
				s.all = true
			}
		})
	case 3:
		if !chained {
			for i := range u16(t.raw, at+2) {
				t.coverage(at+u16(t.raw, at+6+2*i), add)
			}
			return
		}
		p := at + 2
		for range 3 {
			n := u16(t.raw, p)
			for i := range n {
				t.coverage(at+u16(t.raw, p+2+2*i), add)
			}
			p += 2 + 2*n
		}
	}
}

// eachRule calls f with every glyph or class of the rules whose sets are
// listed at the offset.
func (t layoutTable) eachRule(at, sets int, chained bool, f func(v int)) {
	for i := range u16(t.raw, sets) {
		o := u16(t.raw, sets+2+2*i)
		if o == 0 {
			continue
		}
		set := at + o
		for j := range u16(t.raw, set) {
			p := set + u16(t.raw, set+2+2*j)
			if !t.step() {
				return
			}
			if !chained {
				for k := range u16(t.raw, p) - 1 {
					if !t.step() {
						return
					}
					f(u16(t.raw, p+4+2*k))
				}
				continue
			}
			for part := range 3 {
				n := u16(t.raw, p)
				if part == 1 {
					n-- // the input's first glyph is the coverage's
				}
				for k := range n {
					if !t.step() {
						return
					}
					f(u16(t.raw, p+2+2*k))
				}
				p += 2 + 2*max(n, 0)
			}
		}
	}
}

// layoutTables returns GSUB, with GPOS read beside it in f.gpos.
func (f *Face) layoutTables() layoutTable {
	f.layoutOnce.Do(func() {
		f.gsub = layoutTable{raw: f.tableBytes(tagOf("GSUB"))}
		f.gpos = layoutTable{raw: f.tableBytes(tagOf("GPOS")), pos: true}
	})
	return f.gsub
}
