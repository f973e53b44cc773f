package typeset

import (
	"banxin/pipeline/book"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// note is a footnote's body, set once: its lines, its label set apart because
// its number follows from the page.
type note struct {
	body  *book.Note
	atoms []atom
	dest  string
	tag   int32
	label int32 // structure node of the label
}

// note sets the note that r calls, if it has not been.
func (c *compositor) note(r *book.NoteRef, parent int32) {
	if c.notes[r.Note] != nil {
		return
	}
	n := &note{body: r.Note}
	c.notes[r.Note] = n
	c.order = append(c.order, r.Note)
	c.count(r.Note)
	if c.index != nil {
		if t := c.index.Links[r]; t != nil {
			n.dest = t.Label
		}
	}
	if c.layout.Notes.Place == "chapter" || c.layout.Notes.Place == "book" {
		return // set behind the text, see endNotes
	}
	n.tag = c.logic.add(parent, "Note", r.Note.Span)
	c.logic.nodes[n.tag].ID = n.dest // PDF/UA-1, 7.9
	n.label = c.logic.add(n.tag, "Lbl", r.Note.Span)
	st := c.layout.Styles["footnote"]
	in := *c
	in.galley, in.labels, in.dests, in.section, in.turn, in.rails, in.after = galley{grid: c.grid}, nil, nil, nil, nil, nil, 0
	hang := noteHang(st.Size)
	at := place{x: hang, width: c.measure - hang, style: st, tag: n.tag, lang: c.lang, flush: true}
	at.style.Indent = 0
	in.blocks(r.Note.Blocks, at)
	c.diags, c.railCount = in.diags, in.railCount
	c.order = in.order
	for _, s := range in.galley.slugs {
		f := s.forms[0]
		for _, a := range f.atoms {
			if f.sum == nil {
				a.frame = trimmed(a.frame, st.Size, st.Leading)
			}
			n.atoms = append(n.atoms, a)
		}
	}
	if len(n.atoms) == 0 {
		n.atoms = []atom{{frame: &page.Frame{Width: c.measure, Height: st.Leading, Baseline: st.Size.Em(hanAscent)}}}
	}
}

// count numbers a note as it is called, where numbers do not follow from the
// page.
func (c *compositor) count(n *book.Note) {
	if c.perPage() {
		return
	}
	if c.numbers == nil {
		c.numbers = map[*book.Note]int{}
	}
	c.numbers[n] = len(c.order)
	if c.layout.Notes.Restart == "book" || c.layout.Notes.Place == "book" {
		if k := c.inBook(n); k > 0 {
			c.numbers[n] = k
		}
	}
}

// perPage reports whether note numbers begin anew on every page.
func (c *compositor) perPage() bool {
	n := c.layout.Notes
	return (n.Restart == "" || n.Restart == "page") && n.Place != "chapter" && n.Place != "book"
}

// endNotes sets notes behind a chapter or a book, under a heading of their own.
func (c *compositor) endNotes(order []*book.Note, tag int32) {
	if len(order) == 0 {
		return
	}
	at := c.whole()
	at.tag = c.logic.add(tag, "L", sourceless)
	at.style = c.layout.Styles["footnote"]
	at.style.Leading, at.style.Indent = c.grid.leading, 0
	hang := 2 * at.style.Size
	for i, n := range order {
		li := c.logic.add(at.tag, "LI", n.Span)
		in := at
		in.x, in.width, in.flush, in.tag = hang, c.measure-hang, true, c.logic.add(li, "LBody", n.Span)
		number := c.numbers[n]
		if number == 0 {
			number = i + 1
		}
		mark := c.snug(noteMark(c.layout.Notes.Mark, number), at.style)
		lbl := c.logic.add(li, "Lbl", n.Span)
		for k := range mark.Items {
			mark.Items[k].Tag = lbl
		}
		if set := c.notes[n]; set != nil && set.dest != "" {
			c.dests = append(c.dests, set.dest)
		}
		c.labels = append(c.labels, label{mark, 0})
		first := len(c.galley.slugs)
		c.blocks(n.Blocks, in)
		if len(c.labels) > 0 {
			c.bareLabel(in, n.Span)
		}
		if i == 0 && len(c.galley.slugs) > first {
			c.galley.slugs[first].white = 1
		}
	}
}

func noteHang(size unit.Length) unit.Length { return size.Em(1500) }

// trimmed returns a line whose frame begins at the top of its character boxes
// and is one leading high.
func trimmed(f *page.Frame, size, leading unit.Length) *page.Frame {
	base := size.Em(hanAscent)
	out := &page.Frame{Width: f.Width, Height: leading, Baseline: base, Items: make([]page.Placed, 0, len(f.Items))}
	lay(out, f, 0, base-f.Baseline)
	return out
}

// noteHeight is a note's height in lines of the note style.
func (c *compositor) noteHeight(n *book.Note) int {
	set := c.notes[n]
	if set == nil || len(set.atoms) == 0 {
		return 0
	}
	lead := max(c.layout.Styles["footnote"].Leading, 1)
	lines := 0
	for _, a := range set.atoms {
		lines += atomLines(a, lead)
	}
	return lines
}

func atomLines(a atom, lead unit.Length) int {
	return max(int((a.frame.Height+lead-1)/lead), 1)
}

// noteRows is how many rows n lines of notes take with the rule above them.
func (c *compositor) noteRows(n int) int {
	if n <= 0 {
		return 0
	}
	return c.grid.count(c.noteRuleSpace() + c.noteDepth(n))
}

// noteRuleSpace is the white above the notes in which their rule stands.
func (c *compositor) noteRuleSpace() unit.Length { return c.grid.leading.Scale(9, 10) }

// noteDepth is the height of n lines from their first character boxes to
// their last.
func (c *compositor) noteDepth(n int) unit.Length {
	st := c.layout.Styles["footnote"]
	return unit.Length(n-1)*st.Leading + st.Size
}

// owed is note lines still to be set: those of a page, and what is left over
// from the page before.
type owed struct {
	note  *note
	atoms []atom
	begun bool
}

// foot sets notes at the foot of a page, as many lines as the breaker granted,
// and returns what goes on overleaf.
func (c *compositor) foot(f *page.Frame, notes []owed, granted int, numbers map[*book.Note]int) []owed {
	if granted <= 0 || len(notes) == 0 {
		return notes
	}
	st := c.layout.Styles["footnote"]
	depth := unit.Length(c.grid.rows-1)*c.grid.leading + c.grid.size
	y := depth - c.noteDepth(granted)
	width := c.measure.Scale(int64(c.layout.Notes.Rule), 1000)
	f.Add(0, y-c.noteRuleSpace().Scale(45, 100), &page.Rule{Width: width, Height: unit.Pt.Em(400)})
	for len(notes) > 0 && granted > 0 {
		o := &notes[0]
		if !o.begun {
			c.noteLabel(f, o.note, numbers[o.note.body], y)
			o.begun = true
		}
		for len(o.atoms) > 0 && granted > 0 {
			a := o.atoms[0]
			lay(f, a.frame, a.x, y)
			n := atomLines(a, st.Leading)
			y += unit.Length(n) * st.Leading
			granted -= n
			o.atoms = o.atoms[1:]
		}
		if len(o.atoms) > 0 {
			break
		}
		notes = notes[1:]
	}
	return notes
}

// noteLabel sets a note's number before its first line.
func (c *compositor) noteLabel(f *page.Frame, n *note, number int, y unit.Length) {
	st := c.layout.Styles["footnote"]
	mark := c.snug(noteMark(c.layout.Notes.Mark, number), st)
	for i := range mark.Items {
		mark.Items[i].Tag = n.label
	}
	lay(f, mark, 0, y+st.Size.Em(hanAscent)-mark.Baseline)
	if n.dest != "" {
		f.Add(0, y, &page.Dest{Name: n.dest})
	}
}
