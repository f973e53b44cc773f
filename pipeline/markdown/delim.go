package markdown

import (
	"slices"

	"banxin/pipeline/book"
)

// delim is a run of emphasis characters waiting for its partner.
type delim struct {
	char              byte
	opens, closes     bool
	size              int // as typed
	left              int // not yet paired
	openers, closings []int
}

// delimiter makes a part of a run of * _ ~~ or ==.
func (in *inlines) delimiter(i int) int {
	c, n := in.s[i], run(in.s, i)
	prev, next := before(in.s, i), after(in.s, i+n)
	switch c {
	case '~':
		if n == 1 {
			return in.script(i)
		}
		if n != 2 {
			return n
		}
	case '=':
		if n != 2 {
			return n
		}
	}
	left, right := flanks(prev, next)
	d := &delim{char: c, size: n, left: n, opens: left, closes: right}
	switch c {
	case '_':
		d.opens = left && (!right || mark(prev))
		d.closes = right && (!left || mark(next))
	case '=':
		// a==b is code that lost its quotes
		d.opens = left && !(prev < 0x80 && (alnum(byte(prev)) || prev == '='))
		d.closes = right && !(next < 0x80 && (alnum(byte(next)) || next == '='))
	}
	if !d.opens && !d.closes {
		return n
	}
	return in.put(i, i+n, part{kind: partDelim, run: d})
}

// flanks is CommonMark's rule of left- and right-flanking runs with one
// amendment: punctuation of the Han square counts as a letter, and a Han
// letter on the other side counts as a space would. So **中文。**后文 and
// **标签：**内容 are bold, and Latin text is read as ever.
func flanks(prev, next rune) (left, right bool) {
	ps, ns := space(prev), space(next)
	wp, wn := wide(prev), wide(next)
	pm, nm := !wp && mark(prev), !wn && mark(next)
	left = !ns && (!nm || ps || pm || wp)
	right = !ps && (!pm || ns || nm || wn)
	return left, right
}

// pair matches the delimiter runs among parts as CommonMark prescribes. The
// floors keep what is known not to open for a kind of closer, which makes the
// search linear.
func pair(parts []part) {
	var runs []*delim
	for i := range parts {
		if parts[i].kind == partDelim {
			runs = append(runs, parts[i].run)
		}
	}
	if len(runs) < 2 {
		return
	}
	prev := make([]int, len(runs)) // live runs before, a linked list
	for i := range prev {
		prev[i] = i - 1
	}
	var floors [4 * 6]int
	for i := range floors {
		floors[i] = -1
	}
	for c := 0; c < len(runs); c++ {
		cl := runs[c]
		for cl.closes && cl.left > 0 {
			key := floorKey(cl)
			o := prev[c]
			for o > floors[key] && !matches(runs[o], cl) {
				o = prev[o]
			}
			if o <= floors[key] {
				floors[key] = prev[c]
				break
			}
			op := runs[o]
			n := 1
			if op.left >= 2 && cl.left >= 2 {
				n = 2
			}
			op.left -= n
			cl.left -= n
			op.openers = append(op.openers, n)
			cl.closings = append(cl.closings, n)
			if op.left == 0 {
				prev[c] = prev[o]
			} else {
				prev[c] = o
			}
		}
		if cl.left == 0 || !cl.opens {
			skip(prev, c)
		}
	}
}

// skip takes run c out of the list of those that may open.
func skip(prev []int, c int) {
	if c+1 < len(prev) {
		prev[c+1] = prev[c]
	}
}

func floorKey(d *delim) int {
	k := d.size % 3
	switch d.char {
	case '_':
		k += 6
	case '~':
		k += 12
	case '=':
		k += 18
	}
	if d.opens {
		k += 3
	}
	return k
}

func matches(o, c *delim) bool {
	if o.char != c.char || !o.opens || o.left == 0 {
		return false
	}
	if o.char == '~' || o.char == '=' {
		return o.left == 2 && c.left == 2
	}
	return !((o.closes || c.opens) && (o.size+c.size)%3 == 0 && (o.size%3 != 0 || c.size%3 != 0))
}

// frame is an element being built.
type frame struct {
	from int
	n    int  // characters of its delimiter, 0 for a tag
	char byte // of its delimiter
	tag  *tag
	flat bool // too deep: its delimiters stay as text
	kids []book.Inline
}

// builder makes nodes of parts, in one pass with a stack.
type builder struct {
	in    *inlines
	stack []frame
	buf   []byte // text gathered
	a, b  int    // its range
	text  bool   // something is gathered
}

// build pairs what is left to pair among parts and returns the nodes.
func (in *inlines) build(parts []part) []book.Inline {
	pair(parts)
	b := &builder{in: in, stack: []frame{{}}}
	for i := range parts {
		b.part(&parts[i])
	}
	for len(b.stack) > 1 {
		b.end(parts[len(parts)-1].to)
	}
	b.flush()
	return b.stack[0].kids
}

func (b *builder) part(p *part) {
	switch p.kind {
	case partText:
		if p.literal {
			b.add(p.from, p.to, []byte(p.value))
		} else {
			b.add(p.from, p.to, b.in.s[p.from:p.to])
		}
	case partNode:
		b.kid(p.node)
	case partMath:
		b.kid(p.node)
	case partDelim:
		b.delim(p)
	case partOpen:
		b.flush()
		b.stack = append(b.stack, frame{from: p.from, tag: p.tag, flat: len(b.stack) > maxInline})
	case partClose:
		b.closeTag(p)
	}
}

func (b *builder) add(from, to int, s []byte) {
	if !b.text {
		b.a, b.text = from, true
	}
	b.b = to
	b.buf = append(b.buf, s...)
}

// top is the frame that takes nodes: the innermost that is not flat.
func (b *builder) top() *frame { return &b.stack[min(len(b.stack)-1, maxInline)] }

func (b *builder) flush() {
	if b.text && len(b.buf) > 0 {
		top := b.top()
		top.kids = append(top.kids, &book.Text{Leaf: b.in.leaf(b.a, b.b), Value: b.in.str(b.buf)})
	}
	b.text, b.buf = false, b.buf[:0]
}

func (b *builder) kid(n book.Inline) {
	b.flush()
	top := b.top()
	top.kids = append(top.kids, n)
}

// delim closes and opens what the run at p was paired for. A closer takes
// characters from its left, an opener from its right; what nobody took is text
// between.
func (b *builder) delim(p *part) {
	d, at := p.run, p.from
	for _, n := range d.closings {
		b.endDelim(d.char, at, at+n)
		at += n
	}
	if d.left > 0 {
		b.add(at, at+d.left, b.in.s[at:at+d.left])
		at += d.left
	}
	for _, n := range slices.Backward(d.openers) {
		b.flush()
		f := frame{from: at, n: n, char: d.char, flat: len(b.stack) > maxInline}
		b.stack = append(b.stack, f)
		if f.flat {
			b.add(at, at+n, b.in.s[at:at+n])
		}
		at += n
	}
}

// endDelim closes the nearest frame of the delimiter; tags left open inside it
// end with it.
func (b *builder) endDelim(char byte, from, to int) {
	for len(b.stack) > 1 {
		top := b.stack[len(b.stack)-1]
		if top.tag == nil && top.char == char {
			if top.flat {
				b.add(from, to, b.in.s[from:to])
			}
			b.end(to)
			return
		}
		b.end(from)
	}
	b.add(from, to, b.in.s[from:to])
}

// closeTag closes the nearest frame of the tag if no delimiter stands between;
// a stray end tag is nothing.
func (b *builder) closeTag(p *part) {
	for i := len(b.stack) - 1; i > 0 && b.stack[i].tag != nil; i-- {
		if b.stack[i].tag.name != p.tag.name {
			continue
		}
		for len(b.stack) > i+1 {
			b.end(p.from)
		}
		b.end(p.to)
		return
	}
}

// end pops the top frame and gives its node to the one below.
func (b *builder) end(to int) {
	b.flush()
	top := b.stack[len(b.stack)-1]
	b.stack = b.stack[:len(b.stack)-1]
	under := b.top()
	switch {
	case top.flat:
	case top.tag != nil:
		under.kids = append(under.kids, b.in.tagged(top, to)...)
	default:
		under.kids = append(under.kids, emphasis(top, b.in.leaf(top.from, to)))
	}
}

func emphasis(f frame, l book.Leaf) book.Inline {
	switch {
	case f.char == '~':
		return &book.Strike{Leaf: l, Kids: f.kids}
	case f.char == '=':
		return &book.Mark{Leaf: l, Kids: f.kids}
	case f.n == 2:
		return &book.Strong{Leaf: l, Kids: f.kids}
	}
	return &book.Emph{Leaf: l, Kids: f.kids}
}
