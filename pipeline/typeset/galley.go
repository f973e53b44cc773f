package typeset

import (
	"banxin/pipeline/book"
	"banxin/pipeline/page"
	"banxin/pipeline/source"
	"banxin/pipeline/unit"
)

// grid is the line grid of the type area (typography G6). Row k's body
// character boxes reach from k·leading to k·leading+size; the white between
// rows is what is left of the leading.
type grid struct {
	size, leading unit.Length
	ascent        unit.Length // from a row's top to its baseline
	rows          int         // of a page
}

// hanAscent is how much of the em a Han character box has above the baseline,
// in thousandths: the ideographic em box of the common CJK faces is 880/120.
const hanAscent = 880

func newGrid(size, leading unit.Length, rows int) grid {
	return grid{size: size, leading: leading, ascent: size.Em(hanAscent), rows: max(rows, 1)}
}

// gap is the white between two rows of text.
func (g grid) gap() unit.Length { return g.leading - g.size }

// count rounds a height up to rows.
func (g grid) count(h unit.Length) int {
	if h <= 0 {
		return 0
	}
	return int((h + g.leading - 1) / g.leading)
}

// nearest rounds a length to the nearest number of rows.
func (g grid) nearest(h unit.Length) int {
	if h <= 0 {
		return 0
	}
	return int((h + g.leading/2) / g.leading)
}

// galley is a division's text as one column of slugs in reading order, not
// yet cut into pages.
type galley struct {
	grid  grid
	slugs []*slug
}

// slug is a paragraph, a heading, a listing, a figure …: what the page breaker
// places whole or, where its form allows, in fragments.
type slug struct {
	forms []form // ways to set it, the best first
	// white is empty rows above the slug; they vanish at the top of a page.
	white int
	// sink is empty rows above the slug that stay at the top of a page.
	sink int
	// keep forbids a page break after the slug, turn asks for one before it.
	keep, turn bool
	// dests are the names of the places that begin here.
	dests []string
	// section is the section that begins with the slug; nil inside one.
	section *book.Section
	span    source.Span
	// again sets the slug anew with other note numbers.
	again func(map[*book.Note]int) []form
	// rails are the rules that run along the slug's left side.
	rails []rail
	// the hints that forced a break before, or none after.
	hintKeep, hintPage *book.Hint
}

// form is one way to set a slug.
type form struct {
	atoms []atom
	// sum[i] is the height of the atoms before the i-th; nil on the grid,
	// where every atom is one row.
	sum  []unit.Length
	cost int64
	// above and below are the least white an off-grid form wants between
	// itself and the character boxes of the text around it.
	above, below unit.Length
	// pad is taken at the top and at the foot of every fragment, inside what
	// dress draws.
	pad unit.Length
	// rows is how many rows the form takes where it stands whole; 0: as many
	// as it needs, and extra more.
	rows, extra int
	// calls is how many notes the form calls.
	calls int
	// own is the rows of a heading's first choice, whatever this form takes.
	own int
	// pin keeps content where it stands in so many rows, whatever the form
	// takes; 0 lets it move.
	pin int
	// head is repeated at the top of every fragment but the first.
	head *page.Frame
	// dress draws backgrounds and rules around a fragment, under its atoms.
	dress func(d dressing)
	// drop puts content below the middle of its rows by so many thousandths of
	// half the white: headings stand nearer to what they head.
	drop int
	// swell lets dress take half of the white that rounding to rows leaves.
	swell bool
}

// atom is what a page break never divides.
type atom struct {
	frame *page.Frame
	x     unit.Length // of the frame in the column
	// glued forbids a page break after the atom.
	glued bool
	// hyphen says that the atom is a line that ends inside a word.
	hyphen bool
	notes  []*book.Note
}

// rail is a rule at the left of quotations and admonitions. Slugs that follow
// each other on a page with the same rail are joined by it.
type rail struct {
	id    int
	x     unit.Length
	width unit.Length
	gray  int
}

// dressing is a fragment to be dressed: its extent in frame, and whether it
// holds the first and the last atom of its form.
type dressing struct {
	frame       *page.Frame
	x, y        unit.Length
	height      unit.Length
	first, last bool
}

// noted reports whether the form calls a note.
func (f *form) noted() bool { return f.calls > 0 }

// measured completes a form off the grid: prefix sums of its atoms' heights.
func (f form) measured() form {
	f.sum = make([]unit.Length, len(f.atoms)+1)
	for i, a := range f.atoms {
		f.sum[i+1] = f.sum[i] + a.frame.Height
	}
	return f
}

// height is that of atoms [i, j) with what every fragment adds.
func (f *form) height(i, j int) unit.Length {
	h := f.sum[j] - f.sum[i] + 2*f.pad
	if i > 0 && f.head != nil {
		h += f.head.Height
	}
	return h
}

// take returns the rows that atoms [i, j) occupy; top and foot say that the
// fragment begins or ends a page, where no white is wanted.
func (f *form) take(g grid, i, j int, top, foot bool) int {
	if f.sum == nil {
		return j - i
	}
	whole := i == 0 && j == len(f.atoms)
	h := f.height(i, j)
	if !top {
		h += f.above - g.gap()
	}
	if foot {
		h += g.gap()
	} else {
		h += f.below
	}
	n := max(g.count(h), 1)
	if whole && f.rows > 0 {
		if top && f.own > 0 {
			// A heading at the top of a page needs no white above it, and no
			// more than its own below.
			return max(n, f.own-1)
		}
		return max(n, f.rows)
	}
	if j == len(f.atoms) && !top {
		n += f.extra
	}
	return n
}

// place returns where content of atoms [i, j) begins, measured from the top
// of the fragment's first row, if it occupies n rows, and by how much its
// dress grows at either end.
func (f *form) place(g grid, i, j, n int, top, foot bool) (y, swell unit.Length) {
	if f.sum == nil {
		return 0, 0
	}
	if f.pin > 0 {
		n = min(n, f.pin)
	}
	lower := unit.Length(n) * g.leading
	if foot {
		lower -= g.gap()
	}
	upper := -g.gap()
	if top {
		upper = 0
	}
	white := lower - upper - f.height(i, j)
	if f.swell {
		need := unit.Length(0)
		if !top {
			need += f.above
		}
		if !foot {
			need += f.below
		}
		// Boxes differ little in their padding; the rest is white around them.
		swell = min(max(white-need, 0)/4, g.leading/8)
		white -= 2 * swell
	}
	switch {
	case top:
		return 0, swell
	case foot && f.swell:
		return upper + white, swell
	}
	if spare := white - f.above - f.below; !foot && spare >= 0 {
		// Each side has its own; what is left is halved.
		return upper + f.above + spare/2 + white.Scale(int64(f.drop), 2000), swell
	}
	return upper + white/2 + white.Scale(int64(f.drop), 2000), swell
}
