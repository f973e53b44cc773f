package typeset

import (
	"banxin/pipeline/book"
)

// The page breaker finds the cheapest way to cut a galley into pages: a
// dynamic programme over the whole division whose state is a slug, the rows
// filled on its page and the note lines that page owes (after Knuth and Plass
// 1981, and Plass 1981 for notes). Its cost is linear in the galley, for a page
// holds a bounded number of rows.

// Costs of what a reader would see; see shortCost for pages that end early.
const (
	costShort    = 60
	costShorter  = 30 // a paragraph one line shorter than its best
	costLonger   = 30
	costTight    = 12  // a heading one row less than its own
	costWide     = 10  // a heading or a display one row more
	costCarry    = 300 // a note that goes on overleaf
	costOverleaf = 25  // a listing or a table that goes on overleaf
	costReduced  = 70  // a picture a tenth smaller
	costRunt     = 40  // a last page, by the square of the rows it lacks to runtRows
	costHyphened = 200 // a page that ends inside a word
	costForced   = 1e6 // a break where none is allowed
	costOverful  = 1e8 // a slug higher than a page
	runtRows     = 4

	plainlyShort = 3
)

// noteLines answers how high a note is, in lines of the note style.
type noteLines func(*book.Note) int

// breaker is the work of cutting one galley.
type breaker struct {
	*galley
	notes noteLines
	// noteRows[n] is the rows that n lines of notes take with their rule.
	noteRows func(n int) int
	states   []packed
	open     []int // states before the slug at hand
	// kept from slug to slug, so as not to be made anew for each.
	spare, inside []int
}

// state is a place in the galley: before slug, or before atom of one of its
// forms at the top of a page, with rows filled and notes owed on the page.
type state struct {
	slug, form, atom int
	filled           int
	notes, must      int // note lines owed, and those that cannot go overleaf
	cost             int64
	from             int // state before, -1 at the start
	// what was set between from and here: atoms [atom0, atom1) of form of
	// slug set; set is -1 for a bare page break.
	set, setForm, atom0, atom1 int
	rows                       int
	broke                      bool // a page ended between from and here
	white                      int  // rows left empty above
	short                      int  // rows the page that ended was short of
}

// packed is a state as it is kept: a long division has hundreds of thousands.
type packed struct {
	cost                                    int64
	slug, from, set, atom, atom0, atom1     int32
	notes, must, filled, rows, white, short int16
	form, setForm                           int8
	broke                                   bool
}

func pack(s state) packed {
	return packed{cost: s.cost, slug: int32(s.slug), from: int32(s.from), set: int32(s.set), atom: int32(s.atom),
		atom0: int32(s.atom0), atom1: int32(s.atom1), notes: int16(s.notes), must: int16(s.must), filled: int16(s.filled),
		rows: int16(s.rows), white: int16(s.white), short: int16(s.short), form: int8(s.form), setForm: int8(s.setForm), broke: s.broke}
}

// at returns state i.
func (b *breaker) at(i int) state {
	s := &b.states[i]
	return state{cost: s.cost, slug: int(s.slug), from: int(s.from), set: int(s.set), atom: int(s.atom),
		atom0: int(s.atom0), atom1: int(s.atom1), notes: int(s.notes), must: int(s.must), filled: int(s.filled),
		rows: int(s.rows), white: int(s.white), short: int(s.short), form: int(s.form), setForm: int(s.setForm), broke: s.broke}
}

// keep stores a state and returns its number.
func (b *breaker) keep(s state) int {
	b.states = append(b.states, pack(s))
	return len(b.states) - 1
}

// fragment is a part of a slug on a page.
type fragment struct {
	slug, form   int
	atom0, atom1 int
	row, rows    int // first row of the page, and how many
	top, foot    bool
}

// sheet is the text of one page.
type sheet struct {
	fragments []fragment
	filled    int
	short     int // rows left empty at its foot
}

// cut divides the galley into sheets at the least cost. The result covers
// every atom of one form of every slug, in order.
func (g *galley) cut(notes noteLines, noteRows func(int) int) []sheet {
	b := &breaker{galley: g, notes: notes, noteRows: noteRows}
	b.open = []int{b.keep(state{from: -1, set: -1})}
	for i := range g.slugs {
		b.step(i)
	}
	return b.sheets(b.finish())
}

// step carries every state before slug i over it.
func (b *breaker) step(i int) {
	b.breakBefore(i)
	here := b.open
	b.open, b.spare = b.spare[:0], here
	inside := b.inside[:0]
	for _, s := range here {
		inside = b.advance(s, i, inside)
	}
	// States inside the slug stand at the tops of pages; those they lead to
	// are appended behind them.
	for k := 0; k < len(inside); k++ {
		inside = b.resume(inside[k], i, inside)
	}
	b.inside = inside
	if len(b.open) == 0 {
		b.force(here, i)
	}
}

// breakBefore adds the state that turns the page before slug i.
func (b *breaker) breakBefore(i int) {
	if i == 0 {
		return
	}
	sl := b.slugs[i]
	barred := b.slugs[i-1].keep && !sl.turn
	alone := b.goesOn(i)
	var best state
	found := -1
	for _, s := range b.open {
		if b.states[s].filled == 0 {
			continue
		}
		next := b.turn(s, sl.turn)
		next.slug, next.set = i, -1
		if barred || alone && b.states[s].rows == 1 {
			next.cost += costForced
		}
		if found < 0 || next.cost < best.cost {
			best, found = next, s
		}
	}
	if found < 0 {
		return
	}
	if sl.turn {
		b.open = b.open[:0]
	}
	b.add(best)
}

// goesOn reports whether slug i goes on with a section of which only one slug
// stands before it: a single row of it must not stay behind under its heading
// (typography G5).
func (b *breaker) goesOn(i int) bool {
	if i < 2 || b.slugs[i].turn {
		return false
	}
	head, next := b.slugs[i-2].section, b.slugs[i].section
	return head != nil && (next == nil || next.Level > head.Level)
}

// turn ends the page of state s; free pages may be short for nothing.
func (b *breaker) turn(s int, free bool) state {
	st := b.at(s)
	next := state{from: s, broke: true, cost: st.cost, slug: st.slug}
	shown := b.fit(st.filled, st.notes)
	if carry := st.notes - shown; carry > 0 {
		next.notes, next.must = carry, min(carry, 2)
		next.cost += costCarry
	}
	next.short = max(b.grid.rows-st.filled-b.noteRows(shown), 0)
	if !free {
		next.cost += shortCost(next.short)
	}
	return next
}

// shortCost grows with the square of the rows a page lacks while a reader
// might overlook them, and slowly after that: one page that is plainly short
// is better than two.
func shortCost(rows int) int64 {
	near := int64(min(rows, plainlyShort))
	return near*near*costShort + int64(max(rows-plainlyShort, 0))*costShort
}

// fit returns how many of n owed note lines a page with so many rows filled
// has room for.
func (b *breaker) fit(filled, n int) int {
	for n > 0 && filled+b.noteRows(n) > b.grid.rows {
		n--
	}
	return n
}

// advance sets slug i behind state s, whole or its beginning.
func (b *breaker) advance(s, i int, inside []int) []int {
	sl := b.slugs[i]
	st := b.at(s)
	top := st.filled == 0
	white := sl.sink
	if !top {
		white += sl.white
	}
	for k := range sl.forms {
		f := &sl.forms[k]
		if len(f.atoms) == 0 {
			b.settle(s, i, k, 0, 0, white, top)
			continue
		}
		b.settle(s, i, k, 0, len(f.atoms), white, top)
		inside = b.split(s, i, k, 0, white, top, inside)
	}
	return inside
}

// resume sets what is left of slug i at the top of a page.
func (b *breaker) resume(s, i int, inside []int) []int {
	st := b.at(s)
	f := &b.slugs[i].forms[st.form]
	b.settle(s, i, st.form, st.atom, len(f.atoms), 0, true)
	return b.split(s, i, st.form, st.atom, 0, true, inside)
}

// settle sets atoms [a0, a1) of slug i to its end, if there is room.
func (b *breaker) settle(s, i, k, a0, a1, white int, top bool) bool {
	next, ok := b.laid(s, i, k, a0, a1, white, top, false)
	if !ok {
		return false
	}
	next.slug = i + 1
	b.add(next)
	return true
}

// laid returns the state after setting atoms [a0, a1); ok tells whether they
// fit on the page.
func (b *breaker) laid(s, i, k, a0, a1, white int, top, foot bool) (state, bool) {
	st := b.at(s)
	f := &b.slugs[i].forms[k]
	rows := f.take(b.grid, a0, a1, top && white == 0, foot)
	next := state{from: s, set: i, setForm: k, atom0: a0, atom1: a1, white: white, rows: rows,
		filled: st.filled + white + rows, notes: st.notes, must: st.must, cost: st.cost}
	if a0 == 0 {
		next.cost += f.cost
	}
	for j := a0; j < a1 && f.noted(); j++ {
		for _, n := range f.atoms[j].notes {
			h := b.notes(n)
			next.must = next.notes + min(h, 2)
			next.notes += h
		}
	}
	return next, next.filled+b.noteRows(next.must) <= b.grid.rows
}

// split sets every beginning of atoms [a0, …) that fits and may end a page.
func (b *breaker) split(s, i, k, a0, white int, top bool, inside []int) []int {
	f := &b.slugs[i].forms[k]
	room := b.grid.rows - int(b.states[s].filled) - white
	owes := b.states[s].notes > 0 || f.noted()
	for a1 := a0 + 1; a1 < len(f.atoms); a1++ {
		if f.sum == nil && a1-a0 > room {
			break
		}
		if f.atoms[a1-1].glued {
			continue
		}
		// Far from the foot another break is always better.
		if f.sum == nil && !owes && room-(a1-a0) > 6 && a1+6 < len(f.atoms) {
			continue
		}
		next, ok := b.laid(s, i, k, a0, a1, white, top, true)
		if !ok {
			break
		}
		if f.atoms[a1-1].hyphen {
			next.cost += costHyphened
		}
		if f.sum != nil {
			next.cost += costOverleaf
		}
		inside = b.enter(next, i, k, a1, inside)
	}
	return inside
}

// enter ends the page behind next and records the state inside slug i.
func (b *breaker) enter(next state, i, k, a1 int, inside []int) []int {
	shown := b.fit(next.filled, next.notes)
	carry := next.notes - shown
	next.short = max(b.grid.rows-next.filled-b.noteRows(shown), 0)
	next.cost += shortCost(next.short)
	if carry > 0 {
		next.cost += costCarry
	}
	next.notes, next.must = carry, min(carry, 2)
	next.slug, next.form, next.atom, next.filled, next.broke = i, k, a1, 0, true
	for _, o := range inside {
		if st := &b.states[o]; int(st.form) == k && int(st.atom) == a1 && int(st.notes) == carry {
			if next.cost < st.cost {
				*st = pack(next)
			}
			return inside
		}
	}
	return append(inside, b.keep(next))
}

// add records a state before a slug unless a cheaper one is in the same place.
func (b *breaker) add(next state) {
	for k, o := range b.open {
		st := &b.states[o]
		if int(st.slug) == next.slug && int(st.filled) == next.filled && int(st.notes) == next.notes {
			if next.cost < st.cost {
				// Others may come from the dearer state: it is left as it is.
				b.open[k] = b.keep(next)
			}
			return
		}
	}
	b.open = append(b.open, b.keep(next))
}

// force goes on where nothing is allowed: slug i fits no page, or must not be
// parted from what stands before it although no page holds both.
func (b *breaker) force(here []int, i int) {
	best := here[0]
	for _, s := range here {
		a, c := &b.states[s], &b.states[best]
		if a.cost+costForced*int64(boolInt(a.filled > 0)) < c.cost+costForced*int64(boolInt(c.filled > 0)) {
			best = s
		}
	}
	if b.states[best].filled > 0 {
		next := b.turn(best, false)
		next.slug, next.set = i, -1
		next.cost += costForced
		best = b.keep(next)
	}
	f := &b.slugs[i].forms[0]
	a0, s := 0, best
	for a0 < len(f.atoms) {
		a1 := a0 + 1
		for a1 < len(f.atoms) {
			if _, ok := b.laid(s, i, 0, a0, a1+1, 0, true, true); !ok {
				break
			}
			a1++
		}
		next, _ := b.laid(s, i, 0, a0, a1, 0, true, a1 < len(f.atoms))
		next.cost += costOverful
		next.rows = min(next.rows, b.grid.rows)
		next.filled = min(next.filled, b.grid.rows)
		if a1 == len(f.atoms) {
			next.slug = i + 1
			b.add(next)
			return
		}
		next.slug, next.atom, next.broke, next.filled = i, a1, true, 0
		next.notes, next.must = max(next.notes-next.must, 0), 0
		s, a0 = b.keep(next), a1
	}
}

func boolInt(v bool) int {
	if v {
		return 1
	}
	return 0
}

// finish returns the cheapest final state.
func (b *breaker) finish() int {
	best, least := -1, int64(0)
	for _, s := range b.open {
		st := &b.states[s]
		c := st.cost
		if lack := int64(runtRows - st.filled); lack > 0 {
			c += lack * lack * costRunt
		}
		if best < 0 || c < least {
			best, least = s, c
		}
	}
	return best
}

// sheets follows the states back from the last and lays their fragments out.
func (b *breaker) sheets(last int) []sheet {
	var chain []int
	for s := last; s >= 0; s = int(b.states[s].from) {
		chain = append(chain, s)
	}
	var out []sheet
	cur := sheet{}
	for k := len(chain) - 1; k >= 0; k-- {
		st := b.at(chain[k])
		if st.set >= 0 {
			fr := fragment{slug: st.set, form: st.setForm, atom0: st.atom0, atom1: st.atom1,
				row: cur.filled + st.white, rows: st.rows, top: cur.filled+st.white == 0, foot: st.broke}
			cur.fragments = append(cur.fragments, fr)
			cur.filled = fr.row + fr.rows
		}
		if st.broke {
			cur.short = st.short
			out = append(out, cur)
			cur = sheet{}
		}
	}
	return append(out, cur)
}
