package typeset

import (
	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/page"
	"banxin/pipeline/source"
	"banxin/pipeline/unit"
)

// leaf is a page before it has a number: what stands in its type area, from
// the area's top left corner.
type leaf struct {
	frame *page.Frame
	kind  page.Kind
	// marks are the sections that begin on the page; under is the section in
	// force at its top.
	marks []mark
	under *book.Section
	// chapter and part are what its running head names.
	chapter, part *book.Section
	// title names the division where no chapter does.
	title  string
	opens  bool // the first page of its division
	silent bool // no running head, no folio
	front  bool
}

// mark is where a section begins on a page.
type mark struct {
	section *book.Section
	y       unit.Length
}

// attempts is how often a division is cut again because a note's number
// changed the length of a paragraph.
const attempts = 5

// leaves cuts the galley and draws its pages.
func (c *compositor) leaves() []*leaf {
	if len(c.galley.slugs) == 0 {
		return nil
	}
	c.idleHints()
	var sheets []sheet
	for try := 1; ; try++ {
		sheets = c.galley.cut(c.noteHeight, c.noteRows)
		if c.renumber(sheets) {
			break
		}
		if try == attempts {
			c.diags.Add("unstable-pages", c.galley.slugs[0].span,
				diag.T("the page breaks of this division did not settle in %d attempts", "本部分的分页经 %d 次仍未稳定", attempts),
				diag.T("shorten or move a footnote near a page foot", "请缩短或移动页末附近的脚注"))
			break
		}
	}
	return c.draw(sheets)
}

// idleHints reports instructions at the ends of a division, where a page
// begins or ends in any case.
func (c *compositor) idleHints() {
	first, last := c.galley.slugs[0], c.galley.slugs[len(c.galley.slugs)-1]
	if first.hintPage != nil {
		c.idle(first.hintPage)
	}
	if last.hintKeep != nil {
		c.idle(last.hintKeep)
	}
	if c.turn != nil {
		c.idle(c.turn)
	}
}

// renumber numbers the notes of every sheet and sets anew the paragraphs that
// guessed otherwise. It reports whether all kept their number of lines.
func (c *compositor) renumber(sheets []sheet) bool {
	if len(c.notes) == 0 || !c.perPage() {
		return true
	}
	if c.numbers == nil {
		c.numbers = map[*book.Note]int{}
	}
	wrong := map[int]int{} // slug to form
	var slugs []int
	count := 0
	for i := range sheets {
		count = 0
		seen := map[*book.Note]bool{}
		for _, fr := range sheets[i].fragments {
			for _, a := range c.galley.slugs[fr.slug].forms[fr.form].atoms[fr.atom0:fr.atom1] {
				for _, n := range a.notes {
					if seen[n] {
						continue
					}
					seen[n] = true
					count++
					if was, ok := c.numbers[n]; count != was && (ok || count != 1) {
						if _, ok := wrong[fr.slug]; !ok {
							slugs = append(slugs, fr.slug)
						}
						wrong[fr.slug] = fr.form
					}
					c.numbers[n] = count
				}
			}
		}
	}
	stable := true
	for _, i := range slugs {
		sl := c.galley.slugs[i]
		if sl.again == nil {
			continue
		}
		before := len(sl.forms[wrong[i]].atoms)
		forms := sl.again(c.numbers)
		if k := wrong[i]; k < len(forms) && len(forms[k].atoms) == before {
			sl.forms = forms
			continue
		}
		sl.forms, stable = forms, false
	}
	return stable
}

// inBook is a note's place among all the book's calls, from 1; 0 if it is not
// known.
func (c *compositor) inBook(n *book.Note) int {
	if c.index != nil {
		for i, o := range c.index.NoteOrder {
			if o == n {
				return i + 1
			}
		}
	}
	return 0
}

// draw puts every sheet's fragments and notes on a page.
func (c *compositor) draw(sheets []sheet) []*leaf {
	var out []*leaf
	var over []owed
	var under *book.Section
	for i := range sheets {
		sh := &sheets[i]
		lf := &leaf{frame: &page.Frame{Width: c.measure, Height: c.depth()}, under: under}
		notes, seen := over, map[*book.Note]bool{}
		for k, fr := range sh.fragments {
			c.fragment(lf, fr)
			if k+1 < len(sh.fragments) {
				c.joinRails(lf.frame, fr, sh.fragments[k+1])
			}
			for _, a := range c.galley.slugs[fr.slug].forms[fr.form].atoms[fr.atom0:fr.atom1] {
				for _, n := range a.notes {
					if set := c.notes[n]; !seen[n] && set != nil && len(set.atoms) > 0 {
						seen[n] = true
						notes = append(notes, owed{note: set, atoms: set.atoms})
					}
				}
			}
		}
		over = c.foot(lf.frame, notes, c.granted(sh.filled, notes), c.numbers)
		c.short(sh, i == len(sheets)-1)
		for _, m := range lf.marks {
			under = inForce(under, m.section)
		}
		out = append(out, lf)
	}
	for len(over) > 0 {
		lf := &leaf{frame: &page.Frame{Width: c.measure, Height: c.depth()}, under: under}
		left := len(over)
		atoms := len(over[0].atoms)
		over = c.foot(lf.frame, over, c.granted(0, over), c.numbers)
		out = append(out, lf)
		if len(over) == left && len(over[0].atoms) == atoms {
			break // a note line higher than a page
		}
	}
	return out
}

// inForce is the section that running heads name behind the beginning of s:
// what stands deeper, or closes the chapter, leaves it as it was.
func inForce(under, s *book.Section) *book.Section {
	if s.Level == 2 && s.Role != book.Closing {
		return s
	}
	return under
}

func (c *compositor) depth() unit.Length {
	return unit.Length(c.grid.rows-1)*c.grid.leading + c.grid.size
}

// granted is how many lines of notes fit under so many rows of text.
func (c *compositor) granted(filled int, notes []owed) int {
	lead := c.layout.Styles["footnote"].Leading
	n := 0
	for _, o := range notes {
		for _, a := range o.atoms {
			n += atomLines(a, lead)
		}
	}
	for n > 0 && filled+c.noteRows(n) > c.grid.rows {
		n--
	}
	return n
}

// fragment draws a part of a slug.
func (c *compositor) fragment(lf *leaf, fr fragment) {
	sl := c.galley.slugs[fr.slug]
	f := &sl.forms[fr.form]
	y := unit.Length(fr.row) * c.grid.leading
	if fr.atom0 == 0 {
		for _, d := range sl.dests {
			lf.frame.Add(0, y, &page.Dest{Name: d})
		}
		if sl.section != nil {
			lf.marks = append(lf.marks, mark{sl.section, y})
		}
	}
	c.drawRails(lf.frame, sl.rails, y, unit.Length(fr.rows)*c.grid.leading-c.grid.gap())
	if f.sum == nil {
		for k, a := range f.atoms[fr.atom0:fr.atom1] {
			base := y + unit.Length(k)*c.grid.leading + c.grid.ascent
			lay(lf.frame, a.frame, a.x, base-a.frame.Baseline)
		}
		return
	}
	if len(f.atoms) == 0 {
		return
	}
	down, swell := f.place(c.grid, fr.atom0, fr.atom1, fr.rows, fr.top, fr.foot)
	y += down
	if f.dress != nil {
		f.dress(dressing{frame: lf.frame, y: y, height: f.height(fr.atom0, fr.atom1) + 2*swell,
			first: fr.atom0 == 0, last: fr.atom1 == len(f.atoms)})
	}
	if f.height(fr.atom0, fr.atom1) > c.depth() {
		c.diags.Add("page-overfull", sl.span,
			diag.T("this is higher than a page and cannot be divided", "此处内容高于一页，又无法拆分"),
			diag.T("split it, or make it smaller", "请拆开或缩小"))
	}
	y += f.pad + swell
	if fr.atom0 > 0 && f.head != nil {
		lay(lf.frame, f.head, 0, y)
		y += f.head.Height
	}
	for _, a := range f.atoms[fr.atom0:fr.atom1] {
		lay(lf.frame, a.frame, a.x, y)
		y += a.frame.Height
	}
}

func (c *compositor) drawRails(f *page.Frame, rails []rail, y, height unit.Length) {
	for _, r := range rails {
		f.Add(r.x, y, &page.Rule{Width: r.width, Height: height, Color: page.GrayLevel(r.gray)})
	}
}

// joinRails closes the white between two slugs along the same rail.
func (c *compositor) joinRails(f *page.Frame, a, b fragment) {
	end := unit.Length(a.row+a.rows)*c.grid.leading - c.grid.gap()
	start := unit.Length(b.row) * c.grid.leading
	for _, r := range c.galley.slugs[a.slug].rails {
		for _, o := range c.galley.slugs[b.slug].rails {
			if o.id == r.id {
				c.drawRails(f, []rail{r}, end, start-end)
			}
		}
	}
}

// short reports a page that ends far above the others.
func (c *compositor) short(sh *sheet, last bool) {
	if last || sh.short <= max(c.layout.Body.MaxShort, 0) || len(sh.fragments) == 0 {
		return
	}
	end := sh.fragments[len(sh.fragments)-1]
	next := end.slug + 1
	if end.atom1 < len(c.galley.slugs[end.slug].forms[end.form].atoms) {
		next = end.slug
	}
	if next < len(c.galley.slugs) && c.galley.slugs[next].turn {
		return
	}
	var at source.Span
	if next < len(c.galley.slugs) {
		at = c.galley.slugs[next].span
	}
	if at.IsZero() {
		return // a list the program made
	}
	c.diags.Add("page-short", at,
		diag.T("the page before this is %d lines short", "此处之前的一页少排 %d 行", sh.short),
		diag.T("what follows does not break; move it, or let it be split", "后面的内容不可拆分；可移动它，或将它拆开"))
}
