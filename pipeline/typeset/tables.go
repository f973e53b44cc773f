package typeset

import (
	"banxin/pipeline/book"
	"banxin/pipeline/font"
	"banxin/pipeline/layout"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// grille is a table being set: its cells on a grid of columns, their widths
// found from what they hold.
type grille struct {
	*compositor
	table  *book.Table
	at     place
	cols   int
	widths []unit.Length
	x      []unit.Length // left edges of the columns
	pad    unit.Length   // white left and right of a column's text
	cells  []gridCell    // head rows first
	rows   int
	heads  int
	tag    int32
	// caption stands above the rules of the first fragment.
	caption *page.Frame
}

// gridCell is a cell with its place on the grid.
type gridCell struct {
	cell             *book.Cell
	row, col         int
	rowSpan, colSpan int
	tag              int32
	frame            *page.Frame
}

// table sets a table: columns as wide as their content asks, rules after the
// layout, its head again on every page it goes on to.
func (c *compositor) table(b *book.Table, at place) {
	g := &grille{compositor: c, table: b, at: at, pad: c.layout.Styles["table"].Size.Em(500)}
	g.tag = c.logic.add(at.tag, "Table", b.Span)
	g.arrange()
	if g.cols == 0 || g.rows == 0 {
		return
	}
	g.caption = c.caption(b, b.Caption, at, g.tag)
	g.measureColumns()
	g.setCells()
	g.emit()
}

// arrange puts cells on the grid, around those that span rows.
func (g *grille) arrange() {
	rows := append(append([]book.Row(nil), g.table.Head...), g.table.Rows...)
	g.heads, g.rows = len(g.table.Head), len(rows)
	var busy []int // by column: rows a cell above still covers
	for r := range rows {
		tr := g.logic.add(g.tag, "TR", g.table.Span)
		col := 0
		for k := range rows[r].Cells {
			cell := &rows[r].Cells[k]
			for col < len(busy) && busy[col] > 0 {
				col++
			}
			cs := min(max(cell.ColSpan, 1), 64)
			rs := min(max(cell.RowSpan, 1), g.rows-r)
			kind := "TD"
			if cell.Header || r < g.heads {
				kind = "TH"
			}
			tag := g.logic.add(tr, kind, cell.Span)
			if kind == "TH" {
				g.logic.nodes[tag].Scope = "Column"
				if r >= g.heads {
					g.logic.nodes[tag].Scope = "Row"
				}
			}
			g.cells = append(g.cells, gridCell{cell: cell, row: r, col: col, rowSpan: rs, colSpan: cs, tag: tag})
			for len(busy) < col+cs {
				busy = append(busy, 0)
			}
			for j := col; j < col+cs; j++ {
				busy[j] = rs
			}
			col += cs
		}
		for j := range busy {
			busy[j] = max(busy[j]-1, 0)
		}
	}
	g.cols = len(busy)
}

// cellPlace is how a cell's text is set in a column of the given width.
func (g *grille) cellPlace(k *gridCell, width unit.Length) place {
	st := g.layout.Styles["table"]
	if k.row < g.heads || k.cell.Header {
		st = g.layout.Styles["table-head"]
	}
	st.Indent, st.Left, st.Right, st.Before, st.After = 0, 0, 0, 0, 0
	if k.col < len(g.table.Align) {
		switch g.table.Align[k.col] {
		case book.AlignCenter:
			st.Align = layout.Center
		case book.AlignRight:
			st.Align = layout.Right
		case book.AlignLeft:
			st.Align = layout.Left
		}
	}
	return place{width: width, style: st, tag: k.tag, lang: g.at.lang, flush: true}
}

// measureColumns finds the columns' widths: what each needs on one line where
// all fit, else the longest piece that cannot break and a share of what is
// left, by how much each has to say.
func (g *grille) measureColumns() {
	size := g.layout.Styles["table"].Size
	natural := make([]unit.Length, g.cols)
	least := make([]unit.Length, g.cols)
	for i := range g.cells {
		k := &g.cells[i]
		nat, min0 := g.extent(k, size)
		share := unit.Length(k.colSpan)
		for j := k.col; j < k.col+k.colSpan; j++ {
			natural[j] = max(natural[j], nat/share)
			least[j] = max(least[j], min0/share)
		}
	}
	room := g.at.width - unit.Length(g.cols)*2*g.pad
	g.widths = shareOut(natural, least, max(room, unit.Length(g.cols)*size))
	g.x = make([]unit.Length, g.cols+1)
	for j, w := range g.widths {
		g.x[j+1] = g.x[j] + w + 2*g.pad
	}
}

// shareOut divides room among columns. Where all fit on one line each, they
// are spread over the room evenly.
func shareOut(natural, least []unit.Length, room unit.Length) []unit.Length {
	n := unit.Length(len(natural))
	var nat, low unit.Length
	for j := range natural {
		least[j] = min(least[j], natural[j])
		nat += natural[j]
		low += least[j]
	}
	out := make([]unit.Length, n)
	switch {
	case nat <= room:
		for j := range out {
			out[j] = natural[j] + (room-nat)/n
		}
	case low < room:
		for j := range out {
			out[j] = least[j] + (natural[j]-least[j]).Scale(int64(room-low)>>8, max(int64(nat-low)>>8, 1))
		}
	default:
		for j := range out {
			out[j] = least[j].Scale(int64(room)>>8, max(int64(low)>>8, 1))
		}
	}
	return out
}

// extent is what a cell would measure on one line, and its longest piece that
// ought to stay whole: a word of an alphabet, three Han characters.
func (g *grille) extent(k *gridCell, size unit.Length) (natural, least unit.Length) {
	st := g.cellPlace(k, 0).style
	measure := func(s string) {
		whole, piece := g.reach(s, st)
		natural, least = max(natural, whole), max(least, piece)
	}
	book.EachBlock(k.cell.Blocks, func(b book.Block) bool {
		for _, run := range book.Inlines(b) {
			measure(book.PlainText(run))
		}
		if cd, ok := b.(*book.Code); ok {
			measure(cd.Text)
		}
		return true
	})
	return natural, min(least, 12*size)
}

// reach estimates how wide a text is, and its longest piece without a break.
func (s *setter) reach(t string, st layout.Style) (whole, piece unit.Length) {
	face := s.fonts.Primary(font.Style{Role: font.Role(st.Role), Lang: s.lang, Bold: st.Bold})
	run := unit.Length(0)
	before := false // a Han character stands before
	for i, r := range t {
		w := st.Size
		if !wide(r) && face != nil {
			if g, ok := face.Glyph(r); ok {
				w = advance(face, g, st.Size)
			}
		}
		if han := wide(r); i > 0 && han != before && r != ' ' {
			whole += st.Size / 4 // the gap between scripts (typography C1)
		}
		before = wide(r)
		whole += w
		switch {
		case before:
			run = 0
			piece = max(piece, 3*st.Size)
		case r == ' ' || r == '-' || r == '/':
			run = 0
		default:
			run += w
			piece = max(piece, run)
		}
	}
	return whole + st.Size/10, min(piece+st.Size/10, whole+st.Size/10)
}

// setCells sets every cell as a frame as wide as its columns.
func (g *grille) setCells() {
	for i := range g.cells {
		k := &g.cells[i]
		width := g.x[k.col+k.colSpan] - g.x[k.col] - 2*g.pad
		in := *g.compositor
		in.galley, in.labels, in.dests, in.section, in.turn, in.rails, in.after = galley{grid: g.grid}, nil, nil, nil, nil, nil, 0
		at := g.cellPlace(k, width)
		in.blocks(k.cell.Blocks, at)
		g.diags, g.railCount, g.order = in.diags, in.railCount, in.order
		k.frame = column(&in.galley, at.style)
		k.frame.Width = width
	}
}

// column sets a small galley as one frame, off the grid.
func column(g *galley, st layout.Style) *page.Frame {
	out := &page.Frame{}
	for _, s := range g.slugs {
		f := &s.forms[0]
		if out.Height > 0 {
			out.Height += st.Leading - st.Size
		}
		for i, a := range f.atoms {
			fr := a.frame
			if f.sum == nil {
				fr = trimmed(fr, st.Size, st.Leading)
				if i == len(f.atoms)-1 {
					fr.Height = st.Size
				}
			}
			lay(out, fr, a.x, out.Height)
			out.Height += fr.Height
			out.Width = max(out.Width, a.x+fr.Width)
		}
	}
	out.Height = max(out.Height, st.Size)
	return out
}

// emit makes the table a slug: rows as atoms, those that share a cell glued.
func (g *grille) emit() {
	st := g.layout.Styles["table"]
	white := (st.Leading-st.Size)/2 + st.Size.Em(80)
	heights := make([]unit.Length, g.rows)
	for _, k := range g.cells {
		if k.rowSpan == 1 {
			heights[k.row] = max(heights[k.row], k.frame.Height+2*white)
		}
	}
	for r := range heights {
		heights[r] = max(heights[r], st.Leading)
	}
	for _, k := range g.cells {
		have := unit.Length(0)
		for r := k.row; r < k.row+k.rowSpan; r++ {
			have += heights[r]
		}
		if need := k.frame.Height + 2*white; need > have {
			heights[k.row+k.rowSpan-1] += need - have
		}
	}
	atoms := make([]atom, g.rows)
	for r := range atoms {
		atoms[r] = atom{frame: &page.Frame{Width: g.at.width, Height: heights[r]}, x: g.at.x}
	}
	for _, k := range g.cells {
		lay(atoms[k.row].frame, k.frame, g.x[k.col]+g.pad, white)
		for r := k.row; r < k.row+k.rowSpan-1; r++ {
			atoms[r].glued = true
		}
		book.EachBlock(k.cell.Blocks, func(b book.Block) bool {
			for _, run := range book.Inlines(b) {
				atoms[k.row].notes = append(atoms[k.row].notes, calls(run)...)
			}
			return true
		})
	}
	g.finish(atoms)
}

// calls are the notes that inlines call, in order.
func calls(ns []book.Inline) []*book.Note {
	var out []*book.Note
	book.EachInline(ns, func(n book.Inline) bool {
		if r, ok := n.(*book.NoteRef); ok && r.Note != nil {
			out = append(out, r.Note)
		}
		return true
	})
	return out
}

// finish takes the head off the rows and appends the slug.
func (g *grille) finish(atoms []atom) {
	ts := g.layout.Table
	var head *page.Frame
	if g.heads > 0 && g.heads < g.rows {
		head = &page.Frame{Width: g.at.width}
		for _, a := range atoms[:g.heads] {
			lay(head, a.frame, g.at.x, head.Height)
			head.Height += a.frame.Height
		}
		head.Add(g.at.x, head.Height-ts.Light/2, &page.Rule{Width: g.at.width, Height: ts.Light})
		first := head
		rows := atoms[g.heads:]
		joined := &page.Frame{Width: g.at.width}
		lay(joined, first, -g.at.x, 0)
		lay(joined, rows[0].frame, 0, first.Height)
		joined.Height = first.Height + rows[0].frame.Height
		rows[0].frame = joined
		rows[0].notes = append(append([]*book.Note(nil), notesOf(atoms[:g.heads])...), rows[0].notes...)
		atoms = rows
	}
	if n := len(atoms); n > 1 {
		atoms[0].glued = true
		atoms[n-2].glued = true
	}
	if head != nil {
		// What is repeated says nothing new: an artifact.
		again := *head
		again.Items = append([]page.Placed(nil), head.Items...)
		for i := range again.Items {
			again.Items[i].Tag = 0
		}
		head = &again
	}
	lead := unit.Length(0)
	if g.caption != nil {
		lead = g.caption.Height + g.grid.size.Em(500)
		first := &page.Frame{Width: g.at.width, Height: lead + atoms[0].frame.Height}
		lay(first, g.caption, 0, 0)
		lay(first, atoms[0].frame, 0, lead)
		atoms[0].frame = first
	}
	white := g.grid.size.Em(500)
	f := form{atoms: atoms, calls: len(notesOf(atoms)), head: head, above: white, below: white, pad: ts.Heavy, dress: g.rules(lead)}
	g.push(&slug{span: g.table.Span, forms: looser(f.measured())})
}

func notesOf(as []atom) []*book.Note {
	var out []*book.Note
	for _, a := range as {
		out = append(out, a.notes...)
	}
	return out
}

// rules draws a table's rules around a fragment: heavy ones above and below
// (三线表); a grid has light ones between the columns too. A caption of height
// lead stands above them in the first fragment.
func (g *grille) rules(lead unit.Length) func(dressing) {
	ts, at, x := g.layout.Table, g.at, g.x
	return func(d dressing) {
		if d.first {
			d.y, d.height = d.y+lead, d.height-lead
		}
		d.frame.Add(d.x+at.x, d.y, &page.Rule{Width: at.width, Height: ts.Heavy})
		low := ts.Heavy
		if !d.last {
			low = ts.Light
		}
		d.frame.Add(d.x+at.x, d.y+d.height-low, &page.Rule{Width: at.width, Height: low})
		if ts.Rules == "grid" {
			for _, v := range x {
				d.frame.Add(d.x+at.x+v-ts.Light/2, d.y, &page.Rule{Width: ts.Light, Height: d.height})
			}
		}
	}
}
