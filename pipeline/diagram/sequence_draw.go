package diagram

import (
	"cmp"
	"slices"
	"strconv"

	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// score is a sequence diagram being drawn: columns of parties, time downwards.
type score struct {
	p      *pen
	s      *sequence
	sheet  *sheet
	heads  []*label
	texts  []*label // of events
	x      []unit.Length
	width  unit.Length
	awake  [][]unit.Length // where each party's bars began
	blocks []blockAt
	// under and over are drawn before and behind the lifelines.
	bars, frames, over sheet
	lines              sheet // lines over the bars
	y                  unit.Length
	clear              []page.Box // where texts stand, and no lifeline is drawn
}

// blockAt is a block being drawn.
type blockAt struct {
	top      unit.Length
	word     string
	text     *label
	first    int // parties it spans
	last     int
	lo, hi   unit.Length // what else it holds reaches from and to
	sections []unit.Length
	titles   []*label
}

func (s *sequence) lay(p *pen, w way) *sheet {
	c := &score{p: p, s: s, sheet: newSheet(), awake: make([][]unit.Length, len(s.parties))}
	c.bars.frame, c.frames.frame, c.over.frame, c.lines.frame = &page.Frame{}, &page.Frame{}, &page.Frame{}, &page.Frame{}
	wrap := p.em(w.wrap)
	for _, q := range s.parties {
		c.heads = append(c.heads, p.set(q.name, wrap))
	}
	for _, e := range s.events {
		c.texts = append(c.texts, p.set(e.text, wrap.Em(1300)))
	}
	c.columns()
	return c.draw()
}

// columns sets the parties' axes as close as the texts between them allow.
func (c *score) columns() {
	p, n := c.p, len(c.s.parties)
	r := room{need: make([][]unit.Length, n), left: make([]unit.Length, n), right: make([]unit.Length, n)}
	for i := range n {
		half := c.headWidth(i) / 2
		r.left[i], r.right[i] = half, half
		if i > 0 {
			r.want(i-1, i, c.headWidth(i-1)/2+half+p.em(1000))
		}
	}
	for i := range c.s.events {
		c.demand(&r, &c.s.events[i], c.texts[i].w)
	}
	c.x = make([]unit.Length, n)
	for i := range n {
		c.x[i] = max(c.x[i], r.left[i])
		for k, w := range r.need[i] {
			c.x[i+k+1] = max(c.x[i+k+1], c.x[i]+w)
		}
	}
	pad := c.blockPad() + p.em(300)
	for i := range n {
		c.x[i] += pad
		c.width = max(c.width, c.x[i]+r.right[i]+pad)
	}
}

// room is what the texts of a sequence diagram need: need[i][k] between axis i
// and axis i+k+1, left and right beside each axis.
type room struct {
	need        [][]unit.Length
	left, right []unit.Length
}

func (r *room) want(a, b int, w unit.Length) {
	if a > b {
		a, b = b, a
	}
	if a == b || a < 0 || b >= len(r.need) {
		return
	}
	for len(r.need[a]) < b-a {
		r.need[a] = append(r.need[a], 0)
	}
	r.need[a][b-a-1] = max(r.need[a][b-a-1], w)
}

// demand adds what an event needs for its text of width w.
func (c *score) demand(r *room, e *event, w unit.Length) {
	p := c.p
	switch {
	case e.kind == message && e.from != e.to:
		extra := p.em(2000)
		if e.number > 0 {
			extra += p.em(1300)
		}
		r.want(e.from, e.to, w+extra)
	case e.kind == message:
		r.want(e.from, e.from+1, w+p.em(3400))
		r.right[e.from] = max(r.right[e.from], w+p.em(3000))
	case e.kind == note && e.word == "right":
		r.want(e.from, e.from+1, w+p.em(3000))
		r.right[e.from] = max(r.right[e.from], w+p.em(2000))
	case e.kind == note && e.word == "left":
		r.want(e.from-1, e.from, w+p.em(3000))
		r.left[e.from] = max(r.left[e.from], w+p.em(2000))
	case e.kind == note && e.from != e.to:
		r.want(e.from, e.to, w-p.em(1000))
	case e.kind == note:
		half := w/2 + p.em(900)
		r.want(e.from-1, e.from, half+p.em(800))
		r.want(e.from, e.from+1, half+p.em(800))
		r.left[e.from], r.right[e.from] = max(r.left[e.from], half), max(r.right[e.from], half)
	}
}

// blockPad is the room that nested blocks need at the sides.
func (c *score) blockPad() unit.Length {
	depth, deepest := 0, 0
	for _, e := range c.s.events {
		switch e.kind {
		case openBlock:
			depth++
			deepest = max(deepest, depth)
		case closeBlock:
			depth--
		}
	}
	return c.p.em(600) * unit.Length(deepest)
}

func (c *score) headWidth(i int) unit.Length {
	return max(c.heads[i].w+c.p.em(1600), c.p.em(4000))
}

func (c *score) draw() *sheet {
	p := c.p
	if c.s.title != "" {
		l := p.setSpans(bolder(spans(c.s.title)), c.width)
		p.write(c.sheet, l, (c.width-l.w)/2, 0, middle)
		c.y = l.h + p.em(500)
	}
	top := c.y
	if len(c.s.boxes) > 0 {
		c.y += p.leading() + p.em(300)
	}
	c.drawHeads()
	begin := c.y
	c.y += p.em(700)
	for i := range c.s.events {
		c.event(i)
	}
	c.y += p.em(500)
	for len(c.blocks) > 0 {
		c.closeBlock()
	}
	for i := range c.awake {
		for len(c.awake[i]) > 0 {
			c.rest(i)
		}
	}
	c.drawBoxes(top)
	for i := range c.s.parties {
		c.lifeline(c.x[i], begin)
	}
	for _, part := range []*sheet{&c.bars, &c.lines, &c.over, &c.frames} {
		c.sheet.frame.Items = append(c.sheet.frame.Items, part.frame.Items...)
	}
	d := &draft{p: p}
	return d.trim(c.sheet, c.width, c.y)
}

// lifeline draws a party's axis, interrupted by texts.
func (c *score) lifeline(x, y unit.Length) {
	p := c.p
	l := p.hair(dotted)
	line := p.colors.GroupLine
	l.stroke = &line
	piece := func(a, b unit.Length) {
		if b-a > p.em(100) {
			var t trace
			t.move(x, a)
			t.to(x, b)
			c.sheet.ink(&t, l)
		}
	}
	slices.SortStableFunc(c.clear, func(a, b page.Box) int { return cmp.Compare(a.Y, b.Y) })
	for _, b := range c.clear {
		if b.X-p.em(150) < x && x < b.X+b.Width+p.em(150) && b.Y+b.Height > y {
			piece(y, b.Y)
			y = max(y, b.Y+b.Height)
		}
	}
	piece(y, c.y)
}

// write places a text over the lifelines.
func (c *score) write(l *label, x, y unit.Length, a anchor) {
	c.p.write(&c.over, l, x, y, a)
	if len(l.lines) > 0 {
		c.clear = append(c.clear, page.Box{X: x, Y: y, Width: l.w, Height: l.h})
	}
}

// drawHeads draws the parties.
func (c *score) drawHeads() {
	p := c.p
	high := unit.Length(0)
	for i, l := range c.heads {
		h := l.h + p.em(900)
		if c.s.parties[i].actor {
			h = l.h + p.em(2700)
		}
		high = max(high, h)
	}
	for i, l := range c.heads {
		x, w := c.x[i], c.headWidth(i)
		h := l.h + p.em(900)
		b := page.Box{X: x - w/2, Y: c.y + high - h, Width: w, Height: h}
		if c.s.parties[i].actor {
			b = page.Box{X: x - w/2, Y: c.y + high - l.h - p.em(2700), Width: w, Height: l.h + p.em(2700)}
			c.p.figurine(c.sheet, x, b.Y)
			p.write(c.sheet, l, x-l.w/2, c.y+high-l.h-p.em(150), middle)
		} else {
			var t trace
			t.rounded(b.X, b.Y, w, h, p.em(300))
			c.sheet.ink(&t, p.filled(p.colors.Fill))
			p.centred(c.sheet, l, x, b.Y+h/2)
		}
		c.sheet.nodes = append(c.sheet.nodes, Node{ID: c.s.parties[i].id, Label: plainText(c.s.parties[i].name), Box: b})
	}
	c.y += high
}

// figurine is the sign of a person, its head's top at y.
func (p *pen) figurine(s *sheet, x, y unit.Length) {
	var t trace
	t.ellipse(x, y+p.em(450), p.em(420), p.em(420))
	t.move(x, y+p.em(870))
	t.to(x, y+p.em(1700))
	t.move(x-p.em(700), y+p.em(1150))
	t.to(x+p.em(700), y+p.em(1150))
	t.move(x-p.em(600), y+p.em(2350))
	t.to(x, y+p.em(1700))
	t.to(x+p.em(600), y+p.em(2350))
	s.ink(&t, p.stroked())
}

// drawBoxes draws the boxes about parties; they lie below everything.
func (c *score) drawBoxes(top unit.Length) {
	p := c.p
	var below []page.Placed
	for _, b := range c.s.boxes {
		if b.last < b.first {
			continue
		}
		l, r := c.x[b.first]-c.headWidth(b.first)/2-p.em(400), c.x[b.last]+c.headWidth(b.last)/2+p.em(400)
		s := newSheet()
		var t trace
		t.rounded(l, top, r-l, c.y-top+p.em(200), p.em(300))
		fill, line := p.colors.Group, p.colors.GroupLine
		s.ink(&t, look{fill: &fill, stroke: &line, line: p.line})
		name := p.set(b.name, r-l)
		p.write(s, name, (l+r-name.w)/2, top+p.em(100), middle)
		below = append(below, s.frame.Items...)
	}
	c.sheet.frame.Items = append(below, c.sheet.frame.Items...)
}

func (c *score) event(i int) {
	e, l := &c.s.events[i], c.texts[i]
	switch e.kind {
	case message:
		c.touch(e.from)
		c.touch(e.to)
		if e.from == e.to {
			c.selfMessage(e, l)
		} else {
			c.message(e, l)
		}
	case note:
		c.touch(e.from)
		c.touch(e.to)
		c.note(e, l)
	case openBlock:
		c.y += c.p.em(350)
		c.blocks = append(c.blocks, blockAt{top: c.y, word: e.word, text: l, first: len(c.x), last: -1, lo: c.width, hi: 0})
		c.y += max(l.h, c.p.leading()) + c.p.em(400)
		if e.word == "rect" {
			c.y -= c.p.leading()
		}
	case nextBlock:
		if n := len(c.blocks); n > 0 {
			b := &c.blocks[n-1]
			c.y += c.p.em(500)
			b.sections = append(b.sections, c.y)
			b.titles = append(b.titles, l)
			c.y += max(l.h, c.p.em(300)) + c.p.em(200)
		}
	case closeBlock:
		c.closeBlock()
	case activate:
		c.wake(e.from)
	case deactivate:
		c.rest(e.from)
	}
}

// touch widens the open blocks to a party.
func (c *score) touch(i int) {
	for k := range c.blocks {
		b := &c.blocks[k]
		b.first, b.last = min(b.first, i), max(b.last, i)
	}
}

// reach widens the open blocks to what stands beside a party.
func (c *score) reach(lo, hi unit.Length) {
	for k := range c.blocks {
		b := &c.blocks[k]
		b.lo, b.hi = min(b.lo, lo), max(b.hi, hi)
	}
}

// edgeOf is where a message meets a party: its axis, or the edge of its bar.
func (c *score) edgeOf(i int, toRight bool) unit.Length {
	n := unit.Length(len(c.awake[i]))
	if n == 0 {
		return c.x[i]
	}
	half := c.p.em(350)
	if toRight {
		return c.x[i] + half + (n-1)*half
	}
	return c.x[i] - half
}

func (c *score) message(e *event, l *label) {
	p := c.p
	if e.on {
		c.wake(e.to)
	}
	ltr := e.from < e.to
	a, b := c.edgeOf(e.from, ltr), c.edgeOf(e.to, !ltr)
	c.y += p.em(250)
	mid := (a + b) / 2
	if e.number > 0 {
		mid += p.em(650)
	}
	if len(l.lines) > 0 {
		c.write(l, mid-l.w/2, c.y, middle)
		c.y += l.h
	} else {
		c.y += p.em(500)
	}
	c.y += p.em(250)
	if e.on {
		last := len(c.awake[e.to]) - 1
		c.awake[e.to][last] = c.y
	}
	dx := 1
	if !ltr {
		dx = -1
	}
	sign := unit.Length(dx)
	var t trace
	t.move(a+sign*p.tipLength(e.tail), c.y)
	t.to(b-sign*p.tipLength(e.head), c.y)
	c.lines.ink(&t, p.hair(e.stroke))
	p.tip(&c.lines, e.tail, touch{point{a, c.y}, -dx, 0})
	p.tip(&c.lines, e.head, touch{point{b, c.y}, dx, 0})
	c.number(e, a, c.y)
	if e.off {
		c.rest(e.from)
	}
	c.y += p.em(450)
}

// number draws a message's number at its beginning.
func (c *score) number(e *event, x, y unit.Length) {
	if e.number == 0 {
		return
	}
	p := c.p
	var t trace
	r := p.em(600)
	t.ellipse(x, y, r, r)
	c.over.ink(&t, p.flat(p.colors.Strong))
	small := *p
	small.size = p.em(700)
	small.widths = map[span]unit.Length{}
	l := small.set(strconv.Itoa(e.number), 0)
	small.writeIn(&c.over, l, x-l.w/2, y-l.h/2, middle, p.colors.StrongInk)
}

func (c *score) selfMessage(e *event, l *label) {
	p := c.p
	if e.on {
		c.wake(e.to)
	}
	x := c.edgeOf(e.from, true)
	c.y += p.em(400)
	h := max(l.h, p.em(1300))
	c.reach(x, x+p.em(2100)+l.w)
	c.write(l, x+p.em(2100), c.y+(h-l.h)/2, start)
	top, bottom := c.y+h/2-p.em(600), c.y+h/2+p.em(600)
	var t trace
	t.move(x, top)
	t.to(x+p.em(1400), top)
	t.curve(x+p.em(1900), top, x+p.em(1900), bottom, x+p.em(1400), bottom)
	t.to(x+p.tipLength(e.head), bottom)
	c.lines.ink(&t, p.hair(e.stroke))
	p.tip(&c.lines, e.head, touch{point{x, bottom}, -1, 0})
	c.number(e, x, top)
	if e.off {
		c.rest(e.from)
	}
	c.y += h + p.em(400)
}

func (c *score) note(e *event, l *label) {
	p := c.p
	w, h := l.w+p.em(1000), l.h+p.em(500)
	a, b := min(c.x[e.from], c.x[e.to]), max(c.x[e.from], c.x[e.to])
	x := (a + b - w) / 2
	switch {
	case e.word == "left":
		x = a - w - p.em(700)
	case e.word == "right":
		x = a + p.em(700)
	case a != b:
		if full := b - a + p.em(2000); full > w {
			w = full
			x = (a + b - w) / 2
		}
	}
	c.y += p.em(250)
	c.reach(x, x+w)
	var t trace
	t.rect(x, c.y, w, h)
	c.over.ink(&t, p.filled(p.colors.Note))
	p.centred(&c.over, l, x+w/2, c.y+h/2)
	c.y += h + p.em(350)
}

func (c *score) wake(i int) { c.awake[i] = append(c.awake[i], c.y) }

// rest ends a party's latest bar.
func (c *score) rest(i int) {
	n := len(c.awake[i])
	if n == 0 {
		return
	}
	p, half := c.p, c.p.em(350)
	top := c.awake[i][n-1]
	c.awake[i] = c.awake[i][:n-1]
	var t trace
	t.rect(c.x[i]-half+half*unit.Length(n-1), top, 2*half, max(c.y-top, p.em(600)))
	// Outer bars lie below inner ones, which end first.
	s := newSheet()
	s.ink(&t, p.filled(p.colors.Fill))
	c.bars.frame.Items = append(s.frame.Items, c.bars.frame.Items...)
}

// closeBlock draws the frame of the innermost open block.
func (c *score) closeBlock() {
	p, n := c.p, len(c.blocks)
	if n == 0 {
		return
	}
	b := c.blocks[n-1]
	c.blocks = c.blocks[:n-1]
	c.y += p.em(350)
	if b.last < 0 {
		b.first, b.last = 0, len(c.x)-1
	}
	pad := p.em(600)*unit.Length(n-1) - c.blockPad()
	l := min(c.x[b.first]-c.headWidth(b.first)/2, b.lo-p.em(300)) + pad
	r := max(c.x[b.last]+c.headWidth(b.last)/2, b.hi+p.em(300)) - pad
	for _, title := range append([]*label{b.text}, b.titles...) {
		if len(title.lines) > 0 {
			r = max(r, l+title.w+p.em(900)+p.width(span{text: b.word, bold: true}))
		}
	}
	var t trace
	t.rect(l, b.top, r-l, c.y-b.top)
	for _, y := range b.sections {
		var d trace
		d.move(l, y)
		d.to(r, y)
		c.frames.ink(&d, p.hair(dotted))
	}
	c.frames.ink(&t, p.stroked())
	for i, title := range b.titles {
		if len(title.lines) > 0 {
			c.write(title, (l+r-title.w)/2, b.sections[i]+p.em(150), middle)
		}
	}
	if b.word != "rect" {
		c.tab(b, l, r)
	}
	c.y += p.em(350)
}

// tab is the corner of a block with its word, and its condition beside it.
func (c *score) tab(b blockAt, l, r unit.Length) {
	p := c.p
	word := p.setSpans([]span{{text: b.word, bold: true}}, 0)
	w, h := word.w+p.em(900), p.leading()+p.em(100)
	var t trace
	t.polygon(point{l, b.top}, point{l + w, b.top}, point{l + w, b.top + h - p.em(400)}, point{l + w - p.em(400), b.top + h}, point{l, b.top + h})
	c.frames.ink(&t, p.filled(p.colors.Note))
	p.write(&c.frames, word, l+p.em(350), b.top+p.em(50), start)
	if len(b.text.lines) > 0 {
		x := max((l+r-b.text.w)/2, l+w+p.em(300))
		c.write(b.text, x, b.top+p.em(50), middle)
	}
}
