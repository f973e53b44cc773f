package dedup

import (
	"cmp"
	"slices"
)

// Kind is what sort of repeat a pair is.
type Kind string

const (
	Exact   Kind = "exact"   // the same text
	Near    Kind = "near"    // the same text with mends
	Partial Kind = "partial" // a passage of one in the other
	Heading Kind = "heading" // a heading printed again
)

// Rule names what made a pair a repeat.
type Rule string

const (
	RuleHash      Rule = "same-text"       // equal after normalising
	RuleScore     Rule = "alike"           // idf-weighted Jaccard, any title
	RuleTitle     Rule = "same-title"      // one title and enough shared text
	RuleContained Rule = "contained"       // one lies in the other
	RuleAligned   Rule = "aligned"         // other titles, unit for unit the same points
	RuleContext   Rule = "context"         // neighbours repeat: for review only
	RulePassage   Rule = "passage"         // single units
	RuleHeading   Rule = "same-heading"    // one heading, one of them without text
	RuleVariant   Rule = "heading-variant" // one heading, once without its number
)

// Thresholds, chosen on labelled repeats before the held-out books were run.
const (
	scoreAny       = 0.45
	scoreTitled    = 0.20
	insideTitled   = 0.55
	scoreAligned   = 0.25
	insideAligned  = 0.50
	scoreContext   = 0.10
	scoreClosing   = 0.20 // under a title that says nothing
	insideAny      = 0.75
	scoreMended    = 0.55 // under another title, with no unit left as it was
	scoreRefilled  = 0.58 // or with a few words exchanged throughout
	mendedTokens   = 150  // a shorter text with a name changed is about another thing
	mendedAlone    = 120  // the same for one paragraph that shares some of its sentences
	evidence       = 10   // shared grams that no other section has, or as much as those weigh
	copiedShare    = 0.5  // of the longer side in whole clauses: a copy, however mended the rest
	exactWeight    = 16   // a shorter text is equal by chance
	passageWeight  = 40
	passageScore   = 0.60
	passageLong    = 80
	passageAlone   = 0.80 // of a unit by itself
	passageGrams   = 24   // fewer shared grams hold no passage
	scattered      = 0.35 // of the shorter side in blocks that are the same
	passageRun     = 3    // list items of a repeated list
	alignedCover   = 0.5  // of each side matched
	wholeCover     = 0.75 // of the shorter side, for whole sections to repeat
	mostlyListings = 0.5
)

// A pair is two sections found to repeat.
type pair struct {
	a, b    int
	kind    Kind
	rule    Rule
	score   float32
	matches []match
	review  bool // never resolved by itself
}

// A finder gathers the pairs of a scan.
type finder struct {
	*scan
	ruler *ruler
	found map[pairKey]*pair
	order []pairKey
	// shared is how many grams the pair judged last has in common.
	shared int
	// template: it was found to be one skeleton filled twice.
	template bool
}

// find returns every pair, ordered by place.
func (s *scan) find() []*pair {
	f := &finder{scan: s, found: map[pairKey]*pair{}}
	f.headings()
	f.exact()
	candidates := s.candidates() // before the ruler is made: neither's tables need the other's
	f.ruler = s.ruler()
	var rest []pairKey
	var lookInside []inner
	for _, c := range candidates {
		if f.found[c] == nil && !f.judge(c) {
			rest = append(rest, c)
			if f.shared >= passageGrams {
				lookInside = append(lookInside, inner{c, f.template})
			}
		}
	}
	for range 3 { // acceptance spreads to neighbours, and on from them
		var left []pairKey
		for _, c := range rest {
			if !f.judgeInContext(c) {
				left = append(left, c)
			}
		}
		if len(left) == len(rest) {
			break
		}
		rest = left
	}
	for _, c := range lookInside {
		if f.found[c.pairKey] == nil {
			f.passages(c)
		}
	}
	out := make([]*pair, 0, len(f.order))
	for _, k := range f.order {
		out = append(out, f.found[k])
	}
	slices.SortFunc(out, func(x, y *pair) int { return cmp.Or(x.a-y.a, x.b-y.b) })
	return out
}

func (f *finder) add(p *pair) {
	k := orderedPair(p.a, p.b)
	if f.found[k] == nil {
		f.order = append(f.order, k)
	}
	f.found[k] = p
}

// exact groups sections by hash. A group of very many is linked to its first
// member only: the cluster is the same and the work stays linear.
func (f *finder) exact() {
	groups := map[uint64][]int{}
	var keys []uint64
	for i := range f.parts {
		p := &f.parts[i]
		if p.excluded || p.lo == p.hi || p.weight-p.nav < exactWeight {
			continue
		}
		if groups[p.hash] == nil {
			keys = append(keys, p.hash)
		}
		groups[p.hash] = append(groups[p.hash], i)
	}
	for _, k := range keys {
		g := groups[k]
		for x := range g {
			last := len(g)
			if x > 0 && len(g) > titleCap {
				last = x
			}
			for y := x + 1; y < last; y++ {
				f.add(&pair{a: g[x], b: g[y], kind: Exact, rule: RuleHash, score: 1, review: f.listings(g[x]), matches: f.pairwise(g[x], g[y])})
			}
		}
	}
}

// pairwise matches the units of exact copies one by one.
func (f *finder) pairwise(a, b int) []match {
	pa, pb := &f.parts[a], &f.parts[b]
	ms := make([]match, 0, pa.hi-pa.lo)
	for k := 0; k < pa.hi-pa.lo && k < pb.hi-pb.lo; k++ {
		ms = append(ms, match{pa.lo + k, pb.lo + k, true, 1, 1, 1})
	}
	return ms
}

func (f *finder) listings(i int) bool {
	p := &f.parts[i]
	return float64(p.code) > mostlyListings*float64(p.weight)
}

func (f *finder) sameTitle(a, b int) bool {
	return f.parts[a].title == f.parts[b].title && !f.parts[a].generic
}

// judge accepts a candidate on its own merits.
func (f *finder) judge(k pairKey) bool {
	a, b := int(k.a), int(k.b)
	va, vb := f.ruler.section(a), f.ruler.section(b)
	shared, n := va.overlap(vb)
	f.shared, f.template = n, false
	score, inside := va.jaccard(vb, shared), va.containment(vb, shared)
	titled := f.sameTitle(a, b)
	var rule Rule
	switch {
	case !titled && shared < evidence*f.ruler.freq.unique():
		return false // navigation lines and the like
	case score >= scoreAny:
		rule = RuleScore
	case titled && (score >= scoreTitled || inside >= insideTitled):
		rule = RuleTitle
	case inside >= insideAny && min(f.parts[a].weight, f.parts[b].weight) >= passageLong:
		rule = RuleContained
	case score >= scoreAligned && inside >= insideAligned:
		rule = RuleAligned // or mended heavily, see accept
	default:
		return false
	}
	return f.accept(a, b, rule, score, titled)
}

// accept aligns a pair, holds it against the guards and files it.
func (f *finder) accept(a, b int, rule Rule, score float32, titled bool) bool {
	ms := f.ruler.align(a, b)
	pa, pb := &f.parts[a], &f.parts[b]
	if len(ms) == 0 && pa.hi-pa.lo == 1 && pb.hi-pb.lo == 1 {
		ms = []match{{a: pa.lo, b: pb.lo, score: score}} // one paragraph each
	}
	c := f.ruler.slots(ms)
	if f.template = f.isTemplate(a, b, rule, score, titled, ms, c); len(ms) == 0 || f.template {
		return false
	}
	if rule == RuleAligned && f.copied(a, b, c) && (len(ms) > 1 || c.long > c.short && min(pa.weight, pb.weight) >= mendedAlone) {
		rule = RuleScore
	}
	p := &pair{a: a, b: b, kind: Near, rule: rule, score: score, matches: ms}
	ca, cb := f.matchedShare(p)
	listings := f.listings(a) || f.listings(b)
	sure := titled && min(ca, cb) >= alignedCover
	if !sure && (listings && !f.listingsMatch(p, 0.8) || f.holdsListings(a) && f.holdsListings(b) && !f.listingsMatch(p, 0.01)) {
		f.template = true // what they share is a frame around other listings
		return false
	}
	switch rule {
	case RuleAligned:
		if len(ms) < passageRun || min(ca, cb) < alignedCover {
			return false
		}
		p.kind = Partial
	case RuleContained:
		p.kind = Partial
	case RuleTitle:
		if score < scoreTitled {
			p.kind = Partial
		}
	case RuleScore:
		if !titled && max(ca, cb) < wholeCover && anyExact(ms) && c.long+c.short == 0 {
			p.kind, rule = Partial, RulePassage // blocks of one in the other, and nothing around them
			p.rule = rule
		}
	}
	if titled && f.sundry(a, b) {
		p.kind = Partial
	}
	p.review = listings || rule == RuleContext
	f.add(p)
	return true
}

// isTemplate holds an aligned pair against the guards.
func (f *finder) isTemplate(a, b int, rule Rule, score float32, titled bool, ms []match, c slots) bool {
	mended := f.copied(a, b, c) && c.short <= c.long // clauses stand as they were, others are new
	switch {
	case c.template(titled), rule == RuleContext && (c.namesDiffer() || f.parts[a].generic && c.refilled()), f.parts[a].coded && f.parts[b].coded && !f.sameTitle(a, b):
		return true
	case !mended && (f.ruler.otherNames(a, b) || f.ruler.otherSubjects(a, b)):
		return true
	case titled:
		return f.parts[a].hash != f.parts[b].hash && !f.substantial(ms, c)
	case !anyExact(ms) && (rule == RuleScore || rule == RuleContext):
		return score < scoreMended && !f.copied(a, b, c) || c.named > c.long && c.equal < mendedTokens || c.refilled() && score < scoreRefilled
	}
	return false
}

// common reports whether a unit is no text of its section: it points elsewhere,
// or stands in very many sections, as a notice or "Stability: 1" does.
func (f *finder) common(u *unit) bool { return u.nav || u.often }

// substantial reports whether matches under one title are more than a phrase
// that sections of that title have, such as a name or "the goal is to …".
func (f *finder) substantial(ms []match, c slots) bool {
	w := 0
	for _, m := range ms {
		if !f.common(&f.units[m.a]) {
			w += int(min(f.units[m.a].weight, f.units[m.b].weight))
		}
	}
	return w >= exactWeight && (anyExact(ms) || !c.namesDiffer() || w >= passageLong)
}

// copied reports whether half of the longer section is in the other, clause by
// clause.
func (f *finder) copied(a, b int, c slots) bool {
	tokens := func(i int) int {
		p := &f.parts[i]
		if p.lo == p.hi {
			return 0
		}
		return int(f.units[p.hi-1].hi - f.units[p.lo].lo)
	}
	return float64(c.copied) >= copiedShare*float64(max(tokens(a), tokens(b)))
}

func anyExact(ms []match) bool {
	return slices.ContainsFunc(ms, func(m match) bool { return m.exact })
}

// sundry reports whether two sections of one title in different files each hold subsections,
// and none of one has the title of one of the other: a chapter and its synopsis
// are two texts, though both open with the chapter's motto.
func (f *finder) sundry(a, b int) bool {
	pa, pb := &f.parts[a], &f.parts[b]
	if pa.sec.Heading.File == pb.sec.Heading.File || len(pa.kids) == 0 || len(pb.kids) == 0 || pa.hash == pb.hash {
		return false
	}
	titles := map[uint64]bool{}
	for _, k := range pa.kids {
		titles[f.parts[k].title] = true
	}
	return !slices.ContainsFunc(pb.kids, func(k int) bool { return titles[f.parts[k].title] })
}

// holdsListings reports whether listings are a good part of a section.
func (f *finder) holdsListings(i int) bool { return f.parts[i].code*4 > f.parts[i].weight }

// listingsMatch reports whether such a share of both sides' listings is matched.
func (f *finder) listingsMatch(p *pair, share float64) bool {
	a, b := 0, 0
	for _, m := range p.matches {
		if f.units[m.a].kind == listing {
			a += int(f.units[m.a].weight)
			b += int(f.units[m.b].weight)
		}
	}
	return float64(a) >= share*float64(f.parts[p.a].code) && float64(b) >= share*float64(f.parts[p.b].code)
}

// matchedShare returns how much of each side's weight is in matched units.
func (s *scan) matchedShare(p *pair) (ca, cb float64) {
	var wa, wb int
	for _, m := range p.matches {
		wa += int(s.units[m.a].weight)
		wb += int(s.units[m.b].weight)
	}
	return float64(wa) / float64(max(1, s.parts[p.a].weight)), float64(wb) / float64(max(1, s.parts[p.b].weight))
}

// judgeInContext accepts a weak candidate of one title whose neighbours repeat.
// Under a title that says nothing a repeated heading beside it counts too, but
// the text must be likelier.
func (f *finder) judgeInContext(k pairKey) bool {
	a, b := int(k.a), int(k.b)
	if f.parts[a].title != f.parts[b].title {
		return false
	}
	least := float32(scoreContext)
	if f.parts[a].generic || f.parts[b].generic {
		least = scoreClosing
	}
	if !f.neighbours(a, b, least == scoreClosing) {
		return false
	}
	va, vb := f.ruler.section(a), f.ruler.section(b)
	shared, _ := va.overlap(vb)
	score := va.jaccard(vb, shared)
	if least == scoreClosing && shared < evidence*f.ruler.freq.unique() {
		return false
	}
	return score >= least && f.accept(a, b, RuleContext, score, true)
}

// neighbours reports whether the sections before, after or above a and b
// repeat one another.
func (f *finder) neighbours(a, b int, headings bool) bool {
	is := func(x, y int) bool {
		if x < 0 || y < 0 || x == y || x >= len(f.parts) || y >= len(f.parts) {
			return false
		}
		p := f.found[orderedPair(x, y)]
		return p != nil && p.kind != Partial && (headings || p.kind != Heading)
	}
	return is(a-1, b-1) || is(a+1, b+1) || is(f.parts[a].parent, f.parts[b].parent)
}

// An inner is a pair to be searched for passages; of a template only what is
// the same to the letter counts.
type inner struct {
	pairKey
	template bool
}

// passages files the matched units of a pair that does not repeat as a whole:
// long units alike, and runs of list items.
func (f *finder) passages(k inner) {
	a, b := int(k.a), int(k.b)
	ms := f.ruler.align(a, b)
	var keep, same []match
	sum := 0
	for lo := 0; lo < len(ms); {
		hi := lo + 1
		for hi < len(ms) && ms[hi].a == ms[hi-1].a+1 && ms[hi].b == ms[hi-1].b+1 {
			hi++
		}
		keep = append(keep, f.passage(ms[lo:hi], k.template)...)
		lo = hi
	}
	for _, m := range ms {
		if u := &f.units[m.a]; m.exact && u.kind != listing && !f.common(u) {
			same, sum = append(same, m), sum+int(u.weight)
		}
	}
	if len(same) > len(keep) && sum >= passageLong && float64(sum) >= scattered*float64(min(f.parts[a].weight, f.parts[b].weight)) {
		keep = same // with something new between them
	}
	if len(keep) == 0 {
		return
	}
	p := &pair{a: a, b: b, kind: Partial, rule: RulePassage, matches: keep, review: true}
	for _, m := range keep {
		p.score = max(p.score, m.score)
	}
	f.add(p)
}

// passage returns what of a run of neighbouring matches is worth a word.
func (f *finder) passage(run []match, exact bool) []match {
	var good []match
	weight, items, same := 0, 0, 0
	for _, m := range run {
		u := &f.units[m.a]
		if f.common(u) || !m.exact && exact || !m.exact && (m.score < passageScore || u.kind == listing || f.ruler.slots([]match{m}).namesDiffer()) {
			continue
		}
		good = append(good, m)
		weight += int(u.weight)
		if u.kind == listItem {
			items++
		}
		if m.exact && u.kind != listing {
			same += int(u.weight)
		}
	}
	if weight >= passageWeight && items >= passageRun || same >= passageLong {
		return good
	}
	var out []match
	for _, m := range good {
		if f.units[m.a].weight >= passageLong && f.units[m.a].kind != listing && m.score >= passageAlone {
			out = append(out, m)
		}
	}
	return out
}
