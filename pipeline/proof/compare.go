package proof

import (
	"strings"
	"unicode"

	"github.com/sergi/go-diff/diffmatchpatch"

	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// letter is a character of the set text that is no space: where a line ends
// there is none to see, so a new line break alone is no change.
type letter struct {
	r     rune
	page  int32
	glyph int32 // index into run.glyph.Glyphs
	run   *run
	first bool // on its page
	// was is the same letter of the earlier state; nil: it is new.
	was *letter
}

// para is the text of one block, over all pages on which it stands.
type para struct {
	letters []*letter
	text    string
}

// inline are the structure types within a paragraph.
func inline(kind string) bool {
	switch kind {
	case "Span", "Link", "Reference", "Em", "Strong", "Quote", "Code", "Ruby", "RB", "RT", "RP", "Annot", "Formula", "BibEntry":
		return true
	}
	return false
}

// reading gathers the paragraphs of a set book.
type reading struct {
	doc   *page.Document
	paras []*para
	byTag map[int32]*para
	page  int32
	begun bool // the page has a letter
}

// parasOf reads a book's text in the order of its pages. Contents pages repeat
// what stands elsewhere, and their numbers move with every page.
func parasOf(d *page.Document) []*para {
	r := &reading{doc: d, byTag: map[int32]*para{}}
	for i, pg := range d.Pages {
		if pg.Kind == page.Contents {
			continue
		}
		r.page, r.begun = int32(i), false
		r.frame(pg.Frame, 0, 0, 0)
	}
	for _, p := range r.paras {
		rs := make([]rune, len(p.letters))
		for i, l := range p.letters {
			rs[i] = l.r
		}
		p.text = string(rs)
	}
	return r.paras
}

func (r *reading) frame(f *page.Frame, x, y unit.Length, tag int32) {
	for _, it := range f.Items {
		t := tag
		if it.Tag != 0 {
			t = it.Tag
		}
		switch g := it.Item.(type) {
		case *page.Glyphs:
			if t != 0 && len(g.Glyphs) > 0 {
				r.run(&run{int(r.page), x + it.X, y + it.Y, g}, t)
			}
		case *page.Group:
			if !g.Scaled() && !g.Turned {
				r.frame(g.Frame, x+it.X, y+it.Y, t)
			}
		}
	}
}

func (r *reading) run(at *run, tag int32) {
	g := at.glyph
	if g.ActualText != nil && *g.ActualText == "" { // a hyphen at a line's end
		return
	}
	for int(tag) < len(r.doc.Structure) && tag > 0 && inline(r.doc.Structure[tag].Type) {
		tag = r.doc.Structure[tag].Parent
	}
	p := r.byTag[tag]
	if p == nil {
		p = &para{}
		r.byTag[tag] = p
		r.paras = append(r.paras, p)
	}
	for i, gl := range g.Glyphs {
		if gl.Start >= gl.End || int(gl.End) > len(g.Text) {
			continue
		}
		for _, c := range g.Text[gl.Start:gl.End] {
			if !unicode.IsSpace(c) {
				p.letters = append(p.letters, &letter{r: c, page: r.page, glyph: int32(i), run: at, first: !r.begun})
				r.begun = true
			}
		}
	}
}

// edit is one change: letters that are new, letters that are gone, or both.
type edit struct {
	new, old []*letter
	// at is the letter of the new state where the old ones stood: before it,
	// or behind it if after. nil only if the new state has no text.
	at    *letter
	after bool
}

func (e edit) page() int {
	if e.at == nil {
		return -1
	}
	return int(e.at.page)
}

func textOf(ls []*letter) string {
	var b strings.Builder
	for _, l := range ls {
		b.WriteRune(l.r)
	}
	return b.String()
}

// comparison is what changed between two states of a book.
type comparison struct {
	edits []edit
	now   []*para
	old   *page.Document
}

// compare finds the changes from one set book to another.
func compare(was, now *page.Document) *comparison {
	a, b := parasOf(was), parasOf(now)
	c := &comparison{now: b, old: was}
	c.align(a, b, 0, len(a), 0, len(b))
	return c
}

// align pairs equal paragraphs of a[i0:i1] and b[j0:j1]: from both ends, then
// at those that each side has once (patience diff), and hands what is between
// them to the letters.
func (c *comparison) align(a, b []*para, i0, i1, j0, j1 int) {
	for i0 < i1 && j0 < j1 && a[i0].text == b[j0].text {
		same(a[i0].letters, b[j0].letters)
		i0, j0 = i0+1, j0+1
	}
	for i0 < i1 && j0 < j1 && a[i1-1].text == b[j1-1].text {
		i1, j1 = i1-1, j1-1
		same(a[i1].letters, b[j1].letters)
	}
	if i0 == i1 && j0 == j1 {
		return
	}
	anchors := unique(a[i0:i1], b[j0:j1])
	if len(anchors) == 0 {
		c.gap(a, b, i0, i1, j0, j1)
		return
	}
	i, j := i0, j0
	for _, n := range anchors {
		c.align(a, b, i, i0+n[0], j, j0+n[1])
		same(a[i0+n[0]].letters, b[j0+n[1]].letters)
		i, j = i0+n[0]+1, j0+n[1]+1
	}
	c.align(a, b, i, i1, j, j1)
}

// unique returns the longest rising chain of paragraphs that each side has
// exactly once.
func unique(a, b []*para) [][2]int {
	type count struct{ a, b, i int }
	seen := map[string]*count{}
	for i, p := range a {
		if n := seen[p.text]; n != nil {
			n.a++
		} else {
			seen[p.text] = &count{a: 1, i: i}
		}
	}
	for _, p := range b {
		if n := seen[p.text]; n != nil {
			n.b++
		}
	}
	var pairs [][2]int // rising in b
	for j, p := range b {
		if n := seen[p.text]; n != nil && n.a == 1 && n.b == 1 {
			pairs = append(pairs, [2]int{n.i, j})
		}
	}
	return rising(pairs)
}

// rising is the longest subsequence whose first numbers rise.
func rising(pairs [][2]int) [][2]int {
	var tops []int // index of the smallest last pair of a chain of each length
	back := make([]int, len(pairs))
	for k, p := range pairs {
		lo, hi := 0, len(tops)
		for lo < hi {
			if mid := (lo + hi) / 2; pairs[tops[mid]][0] < p[0] {
				lo = mid + 1
			} else {
				hi = mid
			}
		}
		back[k] = -1
		if lo > 0 {
			back[k] = tops[lo-1]
		}
		tops = append(tops[:lo], append([]int{k}, tops[min(lo+1, len(tops)):]...)...)
	}
	out := make([][2]int, len(tops))
	if len(tops) == 0 {
		return nil
	}
	for k, n := tops[len(tops)-1], len(tops)-1; k >= 0; k, n = back[k], n-1 {
		out[n] = pairs[k]
	}
	return out
}

func same(a, b []*letter) {
	for i := range b {
		b[i].was = a[i]
	}
}

// gap compares paragraphs of which none is the same: one by one where both
// sides have as many, else as one text.
func (c *comparison) gap(a, b []*para, i0, i1, j0, j1 int) {
	next := func(j int) (*letter, bool) { // where text that is gone stood
		for k := j; k < len(b); k++ {
			if len(b[k].letters) > 0 {
				return b[k].letters[0], false
			}
		}
		for k := min(j, len(b)) - 1; k >= 0; k-- {
			if n := len(b[k].letters); n > 0 {
				return b[k].letters[n-1], true
			}
		}
		return nil, false
	}
	if i1-i0 == j1-j0 {
		for k := range i1 - i0 {
			at, after := next(j0 + k + 1)
			c.letters(a[i0+k].letters, b[j0+k].letters, at, after)
		}
		return
	}
	var old, now []*letter
	for _, p := range a[i0:i1] {
		old = append(old, p.letters...)
	}
	for _, p := range b[j0:j1] {
		now = append(now, p.letters...)
	}
	at, after := next(j1)
	c.letters(old, now, at, after)
}

// most is how many letters are compared one by one; a longer stretch without a
// common paragraph has been written anew.
const most = 12_000

// letters compares two texts letter by letter; at is what follows the new one.
func (c *comparison) letters(old, now []*letter, at *letter, after bool) {
	if len(old)+len(now) > most {
		c.add(edit{new: now, old: old}, now, 0, at, after)
		return
	}
	dmp := diffmatchpatch.New()
	dmp.DiffTimeout = 0 // a result that depends on the clock would not repeat
	diffs := dmp.DiffCleanupSemantic(dmp.DiffMainRunes([]rune(textOf(old)), []rune(textOf(now)), false))
	i, j := 0, 0
	var e edit
	flush := func() {
		if len(e.new)+len(e.old) > 0 {
			c.add(e, now, j, at, after)
		}
		e = edit{}
	}
	for _, d := range diffs {
		n := len([]rune(d.Text))
		switch d.Type {
		case diffmatchpatch.DiffEqual:
			flush()
			same(old[i:i+n], now[j:j+n])
			i, j = i+n, j+n
		case diffmatchpatch.DiffDelete:
			e.old = append(e.old, old[i:i+n]...)
			i += n
		case diffmatchpatch.DiffInsert:
			e.new = append(e.new, now[j:j+n]...)
			j += n
		}
	}
	flush()
}

// add records an edit whose new letters end before now[j].
func (c *comparison) add(e edit, now []*letter, j int, at *letter, after bool) {
	switch {
	case len(e.new) > 0:
		e.at = e.new[0]
	case j > 0 && j == len(now): // at a paragraph's end, not before the next one
		e.at, e.after = now[j-1], true
	case j < len(now):
		e.at = now[j]
	default:
		e.at, e.after = at, after
	}
	c.edits = append(c.edits, e)
}
