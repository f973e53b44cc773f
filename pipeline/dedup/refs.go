package dedup

import (
	"slices"
	"strconv"
	"strings"

	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

// A mended section is found again by its heading and a sketch no further off
// than this; without its heading only by a near-equal sketch.
const (
	mendedBits = 9
	movedBits  = 3
)

// resolveRefs finds what the decisions name. A decision about something that
// is no longer in the book is stale and left out.
func (m *merger) resolveRefs(d Decisions) []order {
	f := &refFinder{merger: m, taken: map[int]bool{}}
	for i := range d.List {
		for _, ref := range d.List[i].refs() {
			if k, ok := m.names.byName[nameOf(ref)]; ok {
				f.taken[k] = true
			}
		}
	}
	var out []order
	for _, dec := range d.List {
		o := order{Decision: dec, verb: dec.Verb, reason: dec.Reason, own: dec.Own, deep: dec.Deep}
		f.span, f.code = dec.Span, "decision-lost"
		if dec.Verb == "cut" || dec.Verb == "both" {
			f.code = "decision-stale" // its text is gone: nothing prints otherwise
		}
		from := f.section(dec.From)
		for _, ref := range dec.What {
			if strings.HasPrefix(ref, "u:") {
				o.units = append(o.units, f.unit(ref, from)...)
			} else if i := f.section(ref); i >= 0 {
				o.sections = append(o.sections, i)
			}
		}
		o.drop = f.dropped(dec.Drop)
		o.from, o.at, o.into, o.before, o.under = from, f.section(dec.At), f.section(dec.Into), f.section(dec.Before), f.section(dec.Under)
		o.after, o.behind = -1, -1
		if strings.HasPrefix(dec.After, "u:") {
			o.behind = f.unitIn(dec.After, o.into)
		} else {
			o.after = f.section(dec.After)
		}
		if len(o.sections)+len(o.units) > 0 {
			out = append(out, o)
		}
	}
	return out
}

func (d *Decision) refs() []string {
	return slices.Concat(d.What, d.Drop, []string{d.At, d.Into, d.From, d.After, d.Before, d.Under})
}

func nameOf(ref string) string {
	name, _, _ := strings.Cut(ref, " ")
	name, _, _ = strings.Cut(name, "~")
	return name
}

type refFinder struct {
	*merger
	taken map[int]bool // sections that some decision names exactly
	span  source.Span
	code  string // of what is said when a name is not found
}

// dropped finds copies that give way; one that is gone already is no loss.
func (f *refFinder) dropped(refs []string) []int {
	code := f.code
	f.code = "decision-stale"
	var out []int
	for _, ref := range refs {
		if i := f.section(ref); i >= 0 {
			out = append(out, i)
		}
	}
	f.code = code
	return out
}

// section finds a section by name, else by heading and sketch; -1 if none.
func (f *refFinder) section(ref string) int {
	if ref == "" {
		return -1
	}
	if i, ok := f.names.byName[nameOf(ref)]; ok {
		return i
	}
	if i := f.mended(ref); i >= 0 {
		f.taken[i] = true
		f.diags.Add("decision-rematched", f.span,
			diag.T("%s is matched to a changed text by its heading: %s", "%s 的文字已改动，按标题与近似度对应到：%s", nameOf(ref), f.names.reference(i)),
			diag.T("banxin dedup --refresh renews the fingerprints", "可用 banxin dedup --refresh 更新指纹")).
			Related = []diag.Related{{Span: f.scan.parts[i].sec.Heading, Message: diag.T("the section meant", "所指小节")}}
		return i
	}
	f.diags.Add(f.code, f.span,
		diag.T("no section of this book is %s", "书中没有小节 %s", ref),
		diag.T("remove the decision, or name the section as banxin dedup lists it", "请删除该决定，或按 banxin dedup 列出的名称改写")).Key = ref
	return -1
}

// mended looks for a section like the one that ref describes.
func (f *refFinder) mended(ref string) int {
	id, heading, _ := strings.Cut(ref, " ")
	_, sketch, ok := strings.Cut(id, "~")
	want, err := strconv.ParseUint(sketch, 16, 32)
	if !ok || err != nil {
		return -1
	}
	heading = strings.Join(strings.Fields(heading), " ")
	best, bestBits, tied := -1, 33, false
	for i := range f.scan.parts {
		if f.taken[i] {
			continue
		}
		d := distance(uint32(want), f.scan.sketch(i))
		if limit := movedBits; f.scan.heading(i) == heading {
			if d > mendedBits {
				continue
			}
		} else if d > limit {
			continue
		}
		switch {
		case d < bestBits:
			best, bestBits, tied = i, d, false
		case d == bestBits:
			tied = true
		}
	}
	if tied {
		return -1
	}
	return best
}

// unit finds the unit of a name: the one in section from, else the first; a
// mended one by the words that follow its name.
func (f *refFinder) unit(ref string, from int) []int {
	for _, u := range f.names.unitsNamed(nameOf(ref)) {
		if from < 0 || int(f.scan.units[u].section) == from {
			return []int{u}
		}
	}
	if u := f.mendedUnit(ref, from); u >= 0 {
		return []int{u}
	}
	f.diags.Add(f.code, f.span, diag.T("no text of this book is %s", "书中没有文字 %s", ref)).Key = ref
	return nil
}

// unitIn finds the unit to put something behind: in section i where it is
// there, else the first of that text; -1 if none.
func (f *refFinder) unitIn(ref string, i int) int {
	us := f.names.unitsNamed(nameOf(ref))
	for _, u := range us {
		if int(f.scan.units[u].section) == i {
			return u
		}
	}
	if len(us) > 0 {
		return us[0]
	}
	if u := f.mendedUnit(ref, i); u >= 0 {
		return u
	}
	f.diags.Add(f.code, f.span, diag.T("no text of this book is %s", "书中没有文字 %s", ref)).Key = ref
	return -1
}

// mendedUnit looks for the one unit that opens with most of the words a
// reference shows.
func (f *refFinder) mendedUnit(ref string, section int) int {
	_, words, _ := strings.Cut(ref, " ")
	r := &reader{script: tableFor(f.scan.book.Files)}
	r.read(words)
	r.flush()
	if len(r.toks) < mendedWords {
		return -1
	}
	best, most, tied := -1, 0, false
	for u := range f.scan.units {
		x := &f.scan.units[u]
		if section >= 0 && int(x.section) != section {
			continue
		}
		ts := f.scan.toks[x.lo:x.hi]
		n := 0
		for k, t := range r.toks {
			if k < len(ts) && same(ts[k], t) {
				n++
			}
		}
		switch {
		case n > most:
			best, most, tied = u, n, false
		case n == most && n > 0 && f.scan.units[best].hash != x.hash:
			tied = true
		}
	}
	if tied || most*3 < len(r.toks)*2 {
		return -1
	}
	f.diags.Add("decision-rematched", f.span,
		diag.T("%s is matched to a changed text by its first words", "%s 的文字已改动，按开头的文字重新对应", nameOf(ref)),
		diag.T("banxin dedup --refresh renews the fingerprints", "可用 banxin dedup --refresh 更新指纹")).
		Related = []diag.Related{{Span: f.scan.units[best].where(), Message: diag.T("the text meant", "所指文字")}}
	return best
}

// mendedWords is the fewest words a reference must show to be found by them.
const mendedWords = 4

// checkConflicts reports decisions that cannot both hold.
func (m *merger) checkConflicts() {
	stays, goes := map[int]int{}, map[int]int{}
	for k, o := range m.orders {
		switch o.verb {
		case "keep":
			note(stays, o.sections, k)
			note(goes, o.drop, k)
		case "cut":
			note(goes, o.sections, k)
		case "both", "place", "wrap":
			note(stays, o.sections, k)
		}
	}
	for k := range m.orders {
		o := &m.orders[k]
		for _, i := range slices.Concat(o.sections, o.drop) {
			a, keeps := stays[i]
			b, drops := goes[i]
			if !keeps || !drops || k != max(a, b) {
				continue
			}
			o.void = true
			m.diags.Add("decision-conflict", o.Span,
				diag.T("%q is kept by one decision and dropped by another", "小节“%s”被一条决定保留、又被另一条删去", m.scan.heading(i)),
				diag.T("remove one of them", "请删去其中一条")).
				Related = []diag.Related{{Span: m.orders[min(a, b)].Span, Message: diag.T("the other decision", "另一条决定")}}
		}
	}
}

func note(in map[int]int, sections []int, k int) {
	for _, i := range sections {
		if _, ok := in[i]; !ok {
			in[i] = k
		}
	}
}
