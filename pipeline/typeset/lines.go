package typeset

import (
	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/layout"
	"banxin/pipeline/page"
	"banxin/pipeline/typeset/linebreak"
	"banxin/pipeline/unit"
)

// inlineRun is inlines with the mood they begin in.
type inlineRun struct {
	inlines []book.Inline
	mood    mood
}

// paragraph sets a text in the best way and, where they are tolerable, in one
// line fewer and one line more. A text without anything to place has no lines,
// unless it has a label.
func (s *setter) paragraph(t text) setting {
	k := s.sticks.Get().(*stick)
	defer s.sticks.Put(k)
	if t.lang = plainLang(t.lang); t.lang == "" {
		t.lang = plainLang(s.lang)
	}
	var tail *page.Frame
	if t.leader {
		tail = s.tail(&t)
	}
	k.prepare(s, &t, []inlineRun{{t.inlines, mood{look: bodyLook(t.style, t.lang), link: -1, tag: t.tag}}})
	var out setting
	if whole := k.fill(endless); !whole {
		out.best = k.windows(&out.diags)
	} else if len(k.items) == 0 {
		if t.label == nil && len(k.markers) == 0 && tail == nil {
			return out
		}
		out.best.lines = []line{k.bare()}
	} else {
		res := k.breaker.Break(k.items, k.params(tail))
		out.best = k.lines(&res.Best, true)
		k.report(&res.Best, &out.diags)
		out.shorter = k.variant(res.Shorter)
		out.longer = k.variant(res.Longer)
	}
	if tail != nil {
		k.lead(&out.best, tail)
	}
	k.reportMissing(&out.diags)
	return out
}

// endless is the number of pieces beyond which a paragraph, many pages long, is
// set in one way only, and piecemeal: nothing would be gained by a line more or
// less, and no break depends on one so far away.
const endless = 20_000

// windows sets an endless paragraph: the optimum over so many pieces, all of
// whose lines stand but the last ones, which the next pieces may change.
func (k *stick) windows(ds *diag.List) lines {
	const open = 4 // lines
	var out lines
	p := k.params(nil)
	p.Variants = false
	for most, whole := endless, false; ; whole = k.fill(most) {
		res := k.breaker.Break(k.items, p)
		n := len(res.Best.Lines)
		if !whole && n <= open {
			most *= 2 // a measure wider than the window
			continue
		}
		if !whole {
			n -= open
		}
		res.Best.Lines = res.Best.Lines[:n]
		k.report(&res.Best, ds)
		part := k.lines(&res.Best, len(out.lines) == 0)
		part.lines[n-1].last = whole
		out.lines = append(out.lines, part.lines...)
		if whole {
			return out
		}
		k.drop(res.Best.Lines[n-1].End)
		p.First = p.Measure
	}
}

func (k *stick) params(tail *page.Frame) linebreak.Params {
	t := k.t
	p := linebreak.Params{
		Measure: max(t.measure, 1), First: max(t.measure-t.indent, 1), Em: t.style.Size,
		Ragged:   t.style.Align != layout.Justify,
		Balanced: t.style.Align == layout.Center,
		Variants: t.style.Align == layout.Justify && tail == nil,
	}
	if tail != nil {
		room := tail.Width + 2*t.style.Size
		p.Measure, p.First, p.Ragged = max(p.Measure-room, 1), max(p.First-room, 1), true
	}
	return p
}

// variant sets a paragraph one line shorter or longer, if no reader would see
// that it was: no pitch beyond what typography A2 allows, nothing stranded.
func (k *stick) variant(p *linebreak.Paragraph) *lines {
	if p == nil || p.Stranded || len(p.Lines) == 0 {
		return nil
	}
	const most = 25 // thousandths of an em
	for i := range p.Lines {
		l := &p.Lines[i]
		if l.Over > 0 || l.Under > 0 || l.Pitch > k.t.style.Size.Em(most) {
			return nil
		}
	}
	ls := k.lines(p, true)
	return &ls
}

// bare is a line with nothing but a label or anchors on it.
func (k *stick) bare() line {
	w := k.writer(0)
	l := w.line(&linebreak.Line{Last: true}, true)
	return l
}

// lines sets the lines of a broken paragraph; begins says that the first one
// takes its indent.
func (k *stick) lines(p *linebreak.Paragraph, begins bool) lines {
	out := lines{lines: make([]line, len(p.Lines)), demerits: p.Cost / 1000}
	glyphs := 0
	for i := range k.pieces[:p.Lines[len(p.Lines)-1].End] {
		glyphs += int(k.pieces[i].to-k.pieces[i].from) + 1
	}
	w := k.writer(glyphs)
	for i := range p.Lines {
		out.lines[i] = w.line(&p.Lines[i], begins && i == 0)
		out.lines[i].last = i == len(p.Lines)-1
	}
	return out
}

// lineWriter places the pieces of lines in frames.
type lineWriter struct {
	*stick
	slab   []page.Glyph // of all lines; runs are parts of it
	frame  *page.Frame
	base   unit.Length // of the line, from the frame's top
	run    *page.Glyphs
	at     struct{ x, y unit.Length }
	strand int32
	from   int32 // bytes of the run's text in str
	to     int32
	first  int // the run's first glyph in slab
	marks  []extent
	marker int // next of stick.markers
	above  []page.Placed
}

// extent is where a piece stands on its line.
type extent struct {
	piece int32
	x0    unit.Length
	x1    unit.Length
}

func (k *stick) writer(glyphs int) *lineWriter {
	return &lineWriter{stick: k, slab: make([]page.Glyph, 0, glyphs)}
}

// line sets one line.
func (w *lineWriter) line(l *linebreak.Line, first bool) line {
	t, st := w.t, &w.t.style
	w.frame = &page.Frame{Width: t.measure, Height: st.Leading}
	w.base = (st.Leading-st.Size)/2 + st.Size.Em(hanAscent)
	w.frame.Baseline = w.base
	w.marks, w.above = w.marks[:0], nil
	out := line{frame: w.frame, stretch: int(l.Pitch * 1000 / max(st.Size, 1))}
	x := unit.Length(0)
	if first {
		x = t.indent
		if t.label != nil {
			lay(w.frame, t.label, min(x, 0), w.base-t.label.Baseline)
		}
	}
	if l.End > l.Start {
		w.spreads = l.Spreads(w.items, w.spreads[:0])
		x += w.shift(l, x)
	}
	for i := l.Start; i < l.End; i++ {
		w.mark(int32(i), x, &out)
		ends := i == l.End-1 && !l.Last
		x = w.piece(i, x, w.spreads[i-l.Start], ends)
		out.hyphen = ends && w.pieces[i].hyphen
	}
	if l.End == len(w.pieces) {
		w.mark(int32(l.End), x, &out)
	}
	w.flush()
	w.frame.Items = append(w.frame.Items, w.above...)
	w.decorate()
	w.linkAreas()
	return out
}

// shift is how far a ragged line starts to the right.
func (w *lineWriter) shift(l *linebreak.Line, indent unit.Length) unit.Length {
	st := &w.t.style
	if st.Align != layout.Center && st.Align != layout.Right {
		return 0
	}
	width := unit.Length(0)
	for i := l.Start; i < l.End; i++ {
		width += w.items[i].Width
		if i < l.End-1 {
			width += w.items[i].Gap
		}
	}
	rest := w.t.measure - indent - width
	if st.Align == layout.Center {
		return rest / 2
	}
	return rest
}

// mark places the anchors and notes that stand before piece i.
func (w *lineWriter) mark(i int32, x unit.Length, out *line) {
	for ; w.marker < len(w.markers) && w.markers[w.marker].at <= i; w.marker++ {
		th := &w.things[w.markers[w.marker].thing]
		if th.note != nil {
			out.notes = append(out.notes, th.note)
		}
		if th.dest != "" {
			w.frame.AddTagged(x, 0, &page.Dest{Name: th.dest}, th.tag)
		}
	}
}

// piece places one piece at x and returns where the next begins.
func (w *lineWriter) piece(i int, x unit.Length, sp linebreak.Spread, ends bool) unit.Length {
	p, it := &w.pieces[i], &w.items[i]
	right := x + p.width + sp.Inner
	switch {
	case p.thing >= 0:
		w.flush()
		f := w.things[p.thing].frame
		w.frame.AddTagged(x, w.base-f.Baseline, &page.Group{Frame: f}, w.strands[p.strand].tag)
	case p.shaped != nil:
		w.glyphs(p, x, sp.Inner, int64(it.Inner))
	}
	w.marks = append(w.marks, extent{int32(i), x, right})
	if p.reading != nil {
		w.read(p, x)
	}
	if ends && p.hyphen {
		w.hyphen(p, right)
	}
	if p.spaceEnd > p.spaceOff {
		w.space(p, right)
	}
	return right + it.Gap + sp.Gap
}

// glyphs places a piece's glyphs, opened by inner in all between n+1 clusters.
func (w *lineWriter) glyphs(p *piece, x, inner unit.Length, n int64) {
	st := &w.strands[p.strand]
	size := st.look.size
	sh := p.shaped
	x += p.dx
	origin := int32(0)
	for i := p.from; i < p.to; i++ {
		g := &sh.glyphs[i]
		opened := unit.Length(0)
		if n > 0 && inner > 0 && i > p.from {
			opened = inner.Scale(min(int64(i-p.from), n), n)
		}
		w.put(p.strand, g, p.base, x+opened+length(origin+g.x, size), length(g.y, size))
		origin += g.adv
	}
}

// put places one glyph, in the current run if it goes on with it. The bytes
// the glyph stands for are counted from base.
func (w *lineWriter) put(strand int32, g *glyph, base int32, x, up unit.Length) {
	off, end := base+g.start, base+g.end
	if g.start == g.end {
		off, end = max(w.to, w.from), max(w.to, w.from)
	}
	if w.run == nil || w.run.Face != g.face || w.strand != strand || off != w.to {
		w.open(strand, g, off, x)
	}
	w.slab = append(w.slab, page.Glyph{ID: g.id, X: x - w.at.x, Y: -up, Start: off - w.from, End: end - w.from})
	w.to = max(w.to, end)
}

// open begins a run.
func (w *lineWriter) open(strand int32, g *glyph, off int32, x unit.Length) {
	w.flush()
	st := &w.strands[strand]
	w.run = &page.Glyphs{Face: g.face, Size: st.look.size, Color: st.look.color}
	if st.look.lang != w.t.lang {
		w.run.Lang = st.look.lang
	}
	w.at.x, w.at.y = x, w.base-st.look.raise
	w.strand, w.from, w.to, w.first = strand, off, off, len(w.slab)
}

// flush ends the current run.
func (w *lineWriter) flush() {
	if w.run == nil {
		return
	}
	st := &w.strands[w.strand]
	w.run.Text = w.str[w.from:w.to]
	w.run.Glyphs = w.slab[w.first:len(w.slab):len(w.slab)]
	w.run.Span = st.span
	if st.exact {
		w.run.Span = st.span.Sub(int(w.from-st.start), int(w.to-st.start))
	}
	w.frame.AddTagged(w.at.x, w.at.y, w.run, st.tag)
	w.run = nil
}

// space prints the author's space between two words: no ink, but text that is
// copied keeps it.
func (w *lineWriter) space(p *piece, x unit.Length) {
	st := &w.strands[p.strand]
	sp := w.set.word(st.faces, " ")
	if len(sp.glyphs) != 1 {
		return
	}
	g := sp.glyphs[0]
	g.start, g.end = 0, p.spaceEnd-p.spaceOff
	w.put(p.strand, &g, p.spaceOff, x, 0)
}

// hyphen prints a hyphen that is not in the text.
func (w *lineWriter) hyphen(p *piece, x unit.Length) {
	w.flush()
	st := &w.strands[p.strand]
	h := w.set.word(st.faces, "-")
	if len(h.glyphs) == 0 {
		return
	}
	none := ""
	n := len(w.slab)
	w.slab = append(w.slab, page.Glyph{ID: h.glyphs[0].id, End: 1})
	w.frame.AddTagged(x, w.base-st.look.raise, &page.Glyphs{Face: h.glyphs[0].face, Size: st.look.size, Text: "-",
		Glyphs: w.slab[n : n+1 : n+1], Color: st.look.color, ActualText: &none}, st.tag)
}

func (k *stick) hyphenWidth(p *piece) unit.Length {
	st := &k.strands[p.strand]
	return length(k.set.word(st.faces, "-").width, st.look.size)
}

// read sets a ruby reading above its base. It goes behind the line's text, so
// that what is copied reads on (typography I4).
func (w *lineWriter) read(p *piece, x unit.Length) {
	st := &w.strands[p.strand]
	rd := p.reading
	x += (p.width - rd.width) / 2
	up := st.look.size.Em(hanAscent) + rd.size.Em(120)
	var run *page.Glyphs
	at := unit.Length(0)
	for _, g := range rd.shaped.glyphs {
		if run == nil || run.Face != g.face {
			run = &page.Glyphs{Face: g.face, Size: rd.size, Text: rd.text, Color: st.look.color, Span: st.span}
			w.above = append(w.above, page.Placed{X: x, Y: w.base - up, Item: run, Tag: st.tag})
		}
		run.Glyphs = append(run.Glyphs, page.Glyph{ID: g.id, X: at + length(g.x, rd.size), Y: -length(g.y, rd.size), Start: g.start, End: g.end})
		at += length(g.adv, rd.size)
	}
}
