package dedup

import (
	"cmp"
	"slices"
	"strings"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

// ownSpan is where a section's own text stands, from behind its heading to the
// next one; the heading of a bare section.
func (s *scan) ownSpan(i int) source.Span {
	p := &s.parts[i]
	h := p.sec.Heading
	if p.lo == p.hi {
		return h
	}
	out := s.units[p.lo].where()
	for _, u := range s.units[p.lo:p.hi] {
		out = out.Join(u.where())
	}
	if end := p.end; h.File != nil && out.File == h.File && h.End <= out.Start && out.End <= end && end <= len(h.File.Text) {
		out.Start, out.End = h.End, end
		for out.Start < out.End && blank(h.File.Text[out.Start]) {
			out.Start++
		}
		for out.End > out.Start && blank(h.File.Text[out.End-1]) {
			out.End--
		}
	}
	return out
}

func blank(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }

// setEnds finds where every section's own text ends: at the next heading of
// its file.
func (s *scan) setEnds() {
	ids := make([]int, len(s.parts))
	for i := range ids {
		ids[i] = i
	}
	at := func(i int) source.Span { return s.parts[i].sec.Heading }
	path := func(x source.Span) string {
		if x.File == nil {
			return ""
		}
		return x.File.Path
	}
	slices.SortStableFunc(ids, func(a, b int) int {
		x, y := at(a), at(b)
		return cmp.Or(strings.Compare(path(x), path(y)), x.Start-y.Start)
	})
	s.byPlace = ids
	for k, i := range ids {
		f := at(i).File
		if f == nil {
			continue
		}
		s.parts[i].end = len(f.Text)
		if k+1 < len(ids) && at(ids[k+1]).File == f {
			s.parts[i].end = at(ids[k+1]).Start
		}
	}
}

func (m *merger) copyOf(i int, heading bool) Copy {
	c := Copy{Name: m.names.sections[i], Ref: m.names.reference(i), Title: m.scan.heading(i), Span: m.scan.ownSpan(i), Weight: m.scan.parts[i].weight, Parent: len(m.scan.parts[i].kids) > 0, index: i}
	if heading {
		c.Span = m.scan.parts[i].sec.Heading
		return c
	}
	for u := m.scan.parts[i].lo; u < m.scan.parts[i].hi; u++ {
		c.Units = append(c.Units, m.scan.units[u].where())
		c.UnitRefs = append(c.UnitRefs, m.scan.unitRef(u))
	}
	return c
}

// lost describes units.
func (m *merger) lost(units []int, why string) []Lost {
	var out []Lost
	for _, u := range units {
		x := &m.scan.units[u]
		out = append(out, Lost{Name: m.scan.unitName(u), Section: m.scan.heading(int(x.section)), Span: x.where(), Text: x.text(), Why: why})
	}
	return out
}

// text is a unit's words on one line, shortened for the eye.
func (u *unit) text() string { return oneLine(u.where().Text()) }

// account says what every section's fate means for its text, and reports what
// a person must see.
func (m *merger) account() {
	for k, c := range m.clusters {
		m.speak(c, m.entries[k])
	}
	m.blockGroups()
	m.diags.Sort()
}

func (m *merger) speak(c *cluster, e *Cluster) {
	first := m.scan.parts[c.members[0]].sec
	related := func(msg diag.Text) []diag.Related {
		var out []diag.Related
		for _, i := range c.members[1:] {
			out = append(out, diag.Related{Span: m.scan.parts[i].sec.Heading, Message: msg})
			if len(out) == titleCap {
				break
			}
		}
		return out
	}
	if e.Outcome == Reported && m.standingCopies(c) < 2 {
		e.Outcome, e.Decision = Merged, "with its section"
		return
	}
	var d *diag.Diagnostic
	title := m.scan.heading(c.members[0])
	n := len(c.members)
	switch {
	case e.Outcome == Undecided && c.kind == Heading:
		d = m.diags.Add("division-duplicate", first.Heading,
			diag.T("%q is printed %d times, each with text of its own", "“%s”出现 %d 次，且各有正文", title, n),
			diag.T("decide which stays in decisions.yaml", "请在 decisions.yaml 中决定取舍"))
	case e.Outcome == Merged && c.kind == Heading:
		d = m.diags.Add("heading-merged", first.Heading,
			diag.T("%q is printed %d times; merged into one", "“%s”重复出现 %d 次，已合并为一", title, n))
	case e.Outcome == Undecided:
		d = m.diags.Add("repeat-undecided", first.Heading,
			diag.T("%q stands %d times in versions that differ; %d blocks are in one version only", "“%s”有 %d 个互有出入的版本，其中 %d 处内容不能互相替代", title, n, len(e.Lost)),
			diag.T("decide with keep, carry or both in decisions.yaml (banxin dedup --review asks)", "请在 decisions.yaml 中用 keep、carry 或 both 决定（banxin dedup --review 可逐条询问）"))
	case e.Outcome == Merged:
		d = m.diags.Add("section-merged", first.Heading,
			diag.T("%q stands %d times; one copy is kept", "“%s”重复 %d 次，保留一份", title, n))
	case e.Outcome == Reported && c.kind == Partial:
		d = m.diags.Add("section-partial", first.Heading,
			diag.T("part of %q is also in %q", "“%s”的部分内容又见于“%s”", title, m.scan.heading(c.members[1])),
			diag.T("merge by hand, or decide with cut, keep or both", "请手工合并，或用 cut、keep、both 决定"))
	case e.Outcome == Reported:
		d = m.diags.Add("section-duplicate", first.Heading,
			diag.T("%q stands %d times", "“%s”重复 %d 次", title, n),
			diag.T("decide with keep, cut or both in decisions.yaml", "请在 decisions.yaml 中用 keep、cut 或 both 决定"))
	default:
		return
	}
	d.Key = e.ID
	d.Related = related(diag.T("again here", "又见于此"))
}

// standingCopies counts the copies that are in the book.
func (m *merger) standingCopies(c *cluster) int {
	n := 0
	for _, i := range c.members {
		if m.state[i].fate == stays {
			n++
		}
	}
	return n
}

// report assembles the account.
func (m *merger) report() *Report {
	r := &Report{Clusters: m.entries, Blocks: m.groups}
	of := map[*pair]string{}
	for k, c := range m.clusters {
		for _, p := range c.pairs {
			of[p] = m.entries[k].ID
		}
	}
	for _, p := range m.pairs {
		r.Pairs = append(r.Pairs, m.pairOf(p, of[p]))
	}
	r.Dropped = m.dropped()
	return r
}

func (m *merger) pairOf(p *pair, cluster string) Pair {
	s := m.scan
	out := Pair{Cluster: cluster, Kind: p.kind, Rule: p.rule, Score: float64(p.score), whole: p.kind != Partial}
	for _, x := range p.matches {
		out.Matches = append(out.Matches, Match{s.units[x.a].where(), s.units[x.b].where(), x.exact, float64(x.score)})
	}
	switch {
	case p.kind == Heading:
		out.A, out.B = s.parts[p.a].sec.Heading, s.parts[p.b].sec.Heading
	case p.kind == Partial:
		for _, x := range p.matches {
			out.A, out.B = out.A.Join(s.units[x.a].where()), out.B.Join(s.units[x.b].where())
		}
	default:
		out.A, out.B = s.ownSpan(p.a), s.ownSpan(p.b)
		// Where one side is nearly all in a part of the other, that part is the
		// repeat.
		switch ca, cb := s.matchedShare(p); {
		case ca >= 0.8 && cb < 0.5:
			out.B = s.matchedSpan(p, false)
		case cb >= 0.8 && ca < 0.5:
			out.A = s.matchedSpan(p, true)
		}
	}
	return out
}

// matchedSpan covers the matched units of one side.
func (s *scan) matchedSpan(p *pair, first bool) source.Span {
	var out source.Span
	for _, x := range p.matches {
		u := x.b
		if first {
			u = x.a
		}
		out = out.Join(s.units[u].where())
	}
	return out
}

// dropped lists every unit that is in no kept copy: of dropped copies those
// without a match, of cut sections all. Repeats of a kept text anywhere, and
// what was carried over, are not lost.
func (m *merger) dropped() []Lost {
	s := m.scan
	kept := map[uint64]bool{}
	for u := range s.units {
		if m.standing(u) || m.carried[u] {
			kept[s.units[u].hash] = true
		}
	}
	matched := m.matchedInKept()
	listed := map[uint64]bool{} // a text in several dropped copies is listed once
	var out []Lost
	for u := range s.units {
		x := &s.units[u]
		if m.standing(u) || m.carried[u] || kept[x.hash] || s.parts[x.section].sec.Role == book.Contents {
			continue
		}
		st := m.state[x.section]
		why, reason := "near", st.reason
		if r, ok := m.gone[u]; ok {
			why, reason = "cut", r
		} else if st.fate == cut {
			why = "cut"
		} else if matched[u] {
			continue
		}
		if listed[x.hash] {
			continue
		}
		listed[x.hash] = true
		l := m.lost([]int{u}, why)[0]
		l.Reason = reason
		out = append(out, l)
	}
	return out
}

// standing reports whether a unit is in the book where it was.
func (m *merger) standing(u int) bool {
	_, cutOut := m.gone[u]
	return m.state[m.scan.units[u].section].fate == stays && !cutOut
}

// matchedInKept marks the units whose match stands and says all they said.
func (m *merger) matchedInKept() map[int]bool {
	out := map[int]bool{}
	s := m.scan
	for _, p := range m.pairs {
		for _, x := range p.matches {
			if m.standing(x.b) && x.inB >= survives && s.keepsNames(x.a, x.b) {
				out[x.a] = true
			}
			if m.standing(x.a) && x.inA >= survives && s.keepsNames(x.b, x.a) {
				out[x.b] = true
			}
		}
	}
	return out
}

// blockGroups finds single blocks printed several times outside repeated
// sections.
func (m *merger) blockGroups() {
	s := m.scan
	by := map[uint64][]int{}
	var keys []uint64
	for u := range s.units {
		x := &s.units[u]
		if !m.standing(u) || s.parts[x.section].excluded || x.nav || x.weight < passageWeight && x.kind != listing {
			continue
		}
		if x.kind == listing && x.weight < exactWeight {
			continue
		}
		k := s.blockKey(x)
		if by[k] == nil {
			keys = append(keys, k)
		}
		by[k] = append(by[k], u)
	}
	front := map[uint64]*unit{}
	for i := range s.front {
		if x := &s.front[i]; !x.nav {
			front[s.blockKey(x)] = x
		}
	}
	for _, k := range keys {
		us, ahead := by[k], front[k]
		if len(us) < 2 && ahead == nil {
			continue
		}
		first := &s.units[us[0]]
		g := BlockGroup{Name: s.unitName(us[0]), Kind: Exact, Code: first.kind == listing}
		if ahead != nil {
			g.Spans = append(g.Spans, ahead.where())
			if ahead.hash != first.hash {
				g.Kind = Near
			}
		}
		for _, u := range us {
			g.Spans = append(g.Spans, s.units[u].where())
			if s.units[u].hash != first.hash {
				g.Kind = Near
			}
		}
		m.groups = append(m.groups, g)
		m.speakOfBlock(g)
	}
	slices.SortStableFunc(m.groups, func(a, b BlockGroup) int { return strings.Compare(a.Name, b.Name) })
}

// blockKey is equal for blocks that repeat one another; of listings also for
// those that differ in symbols only.
func (s *scan) blockKey(x *unit) uint64 {
	if x.kind == listing {
		return fold(hashTokens(s.toks[x.lo:x.hi]), 1)
	}
	return x.hash
}

func (m *merger) speakOfBlock(g BlockGroup) {
	var d *diag.Diagnostic
	n := len(g.Spans)
	switch {
	case g.Code && g.Kind == Exact:
		d = m.diags.Add("fence-duplicate", g.Spans[1], diag.T("this listing stands %d times", "此代码或图示重复 %d 次", n))
	case g.Code:
		d = m.diags.Add("fence-variant", g.Spans[1], diag.T("this listing stands %d times, with differences in symbols, letter case or spacing", "此代码或图示重复 %d 次，仅符号、大小写或空白不同", n))
	default:
		d = m.diags.Add("text-duplicate", g.Spans[1], diag.T("this paragraph stands %d times", "此段文字重复 %d 次", n))
	}
	d.Key = g.Name
	d.Related = []diag.Related{{Span: g.Spans[0], Message: diag.T("first here", "首见于此")}}
}
