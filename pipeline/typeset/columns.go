package typeset

import (
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// columnGap is the white between two columns, in thousandths of the body's em.
const columnGap = 2000

// columns sets what compose makes in n columns a page, under what the galley
// holds so far. The columns of the last page are of about one height.
func (c *compositor) columns(n int, compose func(*compositor)) []*leaf {
	head := c.galley.cut(c.noteHeight, c.noteRows)
	out := c.draw(head)
	gap := c.grid.size.Em(columnGap)
	in := newCompositor(c.setter, (c.measure-unit.Length(n-1)*gap)/unit.Length(n))
	in.logic, in.lang = c.logic, c.lang
	compose(in)
	top, left := 0, in.rowsFrom(0, 0)
	if len(head) > 0 {
		top = head[len(head)-1].filled
	}
	for at := (spotIn{}); at.slug < len(in.galley.slugs); top = 0 {
		room := in.grid.rows - top
		if left <= n*room { // the last page
			room = min(room, (left+n-1)/n+1)
		}
		if top == 0 || len(out) == 0 {
			out = append(out, &leaf{frame: &page.Frame{Width: c.measure, Height: c.depth()}})
		}
		frame := out[len(out)-1].frame
		for k := range n {
			if k == n-1 {
				room = in.grid.rows - top
			}
			lf := &leaf{frame: &page.Frame{Width: in.measure, Height: c.depth()}}
			at = in.column(lf, at, top, room)
			lay(frame, lf.frame, unit.Length(k)*(in.measure+gap), 0)
		}
		left = in.rowsFrom(at.slug, at.atom)
	}
	c.diags = append(c.diags, in.diags...)
	return out
}

// spotIn is a place in a galley: before an atom of a slug's first form.
type spotIn struct{ slug, atom int }

// rowsFrom counts the rows of the galley from an atom of a slug on.
func (c *compositor) rowsFrom(slug, atom int) int {
	rows := -atom
	for _, s := range c.galley.slugs[min(slug, len(c.galley.slugs)):] {
		rows += s.white + len(s.forms[0].atoms)
	}
	return rows
}

// column fills one column of room rows from row top on and returns how far the
// galley went. It always takes something.
func (c *compositor) column(lf *leaf, at spotIn, top, room int) spotIn {
	filled := 0
	for at.slug < len(c.galley.slugs) {
		s := c.galley.slugs[at.slug]
		n := len(s.forms[0].atoms)
		white := 0
		if filled > 0 && at.atom == 0 {
			white = s.white
		}
		need := white + 1
		if s.keep {
			need = white + n + 1
		}
		if filled > 0 && filled+need > room {
			return at
		}
		take := max(min(n-at.atom, room-filled-white), 1)
		c.fragment(lf, fragment{slug: at.slug, atom0: at.atom, atom1: min(at.atom+take, n), row: top + filled + white, rows: take,
			top: filled == 0, foot: filled+white+take >= room})
		filled += white + take
		if at.atom += take; at.atom >= n {
			at = spotIn{slug: at.slug + 1}
		}
	}
	return at
}
