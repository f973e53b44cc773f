package typeset

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/layout"
	"banxin/pipeline/page"
	"banxin/pipeline/source"
	"banxin/pipeline/unit"
)

// compositor sets one division's blocks as a galley. It belongs to one
// goroutine; the setter it uses is shared.
type compositor struct {
	*setter
	grid    grid
	measure unit.Length
	galley  galley
	logic   *logic
	diags   diag.List
	// notes are those called so far, set once.
	notes map[*book.Note]*note
	// order is the notes by call, numbers what they are numbered so far.
	order   []*book.Note
	numbers map[*book.Note]int
	// labels wait for the first line of what they stand before.
	labels []label
	// pending destinations, rails and hints are given to the next slug.
	dests   []string
	section *book.Section
	turn    *book.Hint
	rails   []rail
	// railCount numbers the rails, after is the rows a block wants below it.
	railCount, after int
}

// label is a list label that waits for its text.
type label struct {
	frame *page.Frame
	x     unit.Length // in the column
}

// place is where in the column, and in what style, blocks are set.
type place struct {
	x, width unit.Length
	style    layout.Style
	tag      int32
	level    int // of the list around, 0 outside
	lang     string
	// flush says that the first paragraph takes no indent.
	flush bool
}

func newCompositor(s *setter, measure unit.Length) *compositor {
	b := s.layout.Body
	g := newGrid(b.Size, b.Leading, b.Lines)
	return &compositor{setter: s, grid: g, measure: measure, galley: galley{grid: g},
		logic: newLogic(), notes: map[*book.Note]*note{}}
}

// whole is the place of running text.
func (c *compositor) whole() place {
	at := place{width: c.measure, style: c.layout.Styles["body"], lang: c.lang}
	at.style.Indent = c.indent(at.style.Indent)
	return at
}

// indent is a paragraph's indent in the book's language: two characters in
// Chinese (typography G1), one in Japanese and Korean (JLREQ 3.1.3).
func (c *compositor) indent(asked unit.Length) unit.Length {
	if strings.HasPrefix(c.lang, "ja") || strings.HasPrefix(c.lang, "ko") {
		return min(asked, c.grid.size)
	}
	return asked
}

// push appends a slug, giving it what has been waiting for one.
func (c *compositor) push(s *slug) *slug {
	s.dests = append(c.dests, s.dests...)
	c.dests = nil
	if s.section == nil {
		s.section, c.section = c.section, nil
	}
	if c.turn != nil {
		s.turn, s.hintPage, c.turn = true, c.turn, nil
	}
	s.rails = append([]rail(nil), c.rails...)
	s.white, c.after = max(s.white, c.after), 0
	c.galley.slugs = append(c.galley.slugs, s)
	return s
}

// text prepares inlines for the setter.
func (c *compositor) text(ns []book.Inline, at place, tag int32) text {
	st := at.style
	t := text{inlines: ns, style: st, lang: at.lang, measure: at.width - st.Left - st.Right,
		indent: st.Indent, tag: tag}
	for _, r := range c.linkTags(&t, ns, false) {
		// A note is read after the paragraph that calls it, not in its midst.
		c.note(r, c.logic.nodes[tag].Parent)
	}
	t.numbers = c.numbers
	return t
}

// linkTags makes structure nodes for what leads somewhere, one a link
// (PDF/UA-1, 7.18.5), and returns the notes that are called. Inside a link
// nothing else is one.
func (c *compositor) linkTags(t *text, ns []book.Inline, linked bool) (called []*book.NoteRef) {
	tag := func(n book.Inline, kind string) int32 {
		if t.tags == nil {
			t.tags = map[book.Inline]int32{}
		}
		t.tags[n] = c.logic.add(t.tag, kind, n.Where())
		return t.tags[n]
	}
	for _, n := range ns {
		inside := linked
		switch n := n.(type) {
		case *book.Text:
			if !linked {
				c.proseTags(t, n)
			}
		case *book.InlineMath:
			c.logic.nodes[tag(n, "Formula")].Alt = c.spokenTeX(n.TeX)
		case *book.Link, *book.CrossRef, *book.Cite:
			tag(n, "Link")
			inside = true
		case *book.NoteRef:
			tag(n, "Link")
			if n.Note != nil {
				called = append(called, n)
			}
		}
		called = append(called, c.linkTags(t, book.Kids(n), inside)...)
	}
	return called
}

// proseTags makes nodes for the references that xref found in a text.
func (c *compositor) proseTags(t *text, n *book.Text) {
	if c.index == nil {
		return
	}
	for range c.index.Prose[n] {
		if t.prose == nil {
			t.prose = map[*book.Text][]int32{}
		}
		t.prose[n] = append(t.prose[n], c.logic.add(t.tag, "Link", n.Span))
	}
}

// blocks sets blocks in order. No page break comes between what introduces and
// what it introduces.
func (c *compositor) blocks(bs []book.Block, at place) {
	var before book.Block
	for i, b := range bs {
		if hidden(b) {
			continue
		}
		keep, loose := c.hints(nodeOf(b))
		if i > 0 {
			at.flush = false
		}
		first := len(c.galley.slugs)
		c.named(b)
		c.block(b, before, at)
		if len(c.galley.slugs) == first {
			continue
		}
		last := c.galley.slugs[len(c.galley.slugs)-1]
		if keep != nil {
			last.keep, last.hintKeep = true, keep
		}
		if loose != nil {
			c.loosen(c.galley.slugs[first:], loose)
		}
		if i+1 < len(bs) && introduces(b, bs[i+1]) {
			last.keep = true
		}
		before = b
	}
}

func hidden(b book.Block) bool { return nodeOf(b).Hidden == "print" }

// nodeOf returns the common part of a block.
func nodeOf(b book.Block) book.Node {
	switch b := b.(type) {
	case *book.Paragraph:
		return b.Node
	case *book.List:
		return b.Node
	case *book.DefinitionList:
		return b.Node
	case *book.Quote:
		return b.Node
	case *book.Code:
		return b.Node
	case *book.Diagram:
		return b.Node
	case *book.Math:
		return b.Node
	case *book.Table:
		return b.Node
	case *book.Figure:
		return b.Node
	case *book.Rule:
		return b.Node
	case *book.Admonition:
		return b.Node
	case *book.Division:
		return b.Node
	case *book.ContentsHere:
		return b.Node
	case *book.IndexHere:
		return b.Node
	case *book.BibliographyHere:
		return b.Node
	case *book.Unknown:
		return b.Node
	}
	panic(fmt.Sprintf("typeset: unknown block %T", b))
}

// named remembers the labels that lead to a block.
func (c *compositor) named(b book.Block) {
	n := nodeOf(b)
	if n.Label != "" {
		c.dests = append(c.dests, n.Label)
	}
	if c.index == nil {
		return
	}
	if t := c.index.Blocks[b]; t != nil && t.Label != "" && t.Label != n.Label {
		c.dests = append(c.dests, t.Label)
	}
}

// introduces reports whether a block must not be parted from the next: a text
// that ends in a colon, or a paragraph that is nothing but a bold label.
func introduces(b, next book.Block) bool {
	p, ok := b.(*book.Paragraph)
	if !ok {
		return false
	}
	if colon(p.Inlines) {
		return true
	}
	_, text := next.(*book.Paragraph)
	return text && labelOnly(p.Inlines)
}

// colon reports whether text ends in a colon.
func colon(ns []book.Inline) bool {
	for i := len(ns) - 1; i >= 0; i-- {
		switch n := ns[i].(type) {
		case *book.Text:
			v := strings.TrimRight(n.Value, " \u3000")
			if v == "" {
				continue
			}
			r, _ := utf8.DecodeLastRuneInString(v)
			return r == '：' || r == ':'
		case *book.NoteRef, *book.Anchor:
			continue
		default:
			kids := book.Kids(n)
			return kids != nil && colon(kids)
		}
	}
	return false
}

// labelOnly reports whether a paragraph is wholly bold: a heading in disguise.
func labelOnly(ns []book.Inline) bool {
	for _, n := range ns {
		switch n := n.(type) {
		case *book.Strong, *book.Anchor:
		case *book.Text:
			if strings.TrimSpace(n.Value) != "" {
				return false
			}
		default:
			return false
		}
	}
	return len(ns) > 0
}

// hints reads the instructions before a block: a page break is given to the
// next slug, the others are returned.
func (c *compositor) hints(n book.Node) (keep, loose *book.Hint) {
	for i := range n.Hints {
		h := &n.Hints[i]
		switch h.Name {
		case "page":
			c.turn = h
		case "keep":
			keep = h
		case "looseness":
			loose = h
		}
	}
	return keep, loose
}

// loosen chooses the form a looseness hint asks for; one that no form serves
// is reported.
func (c *compositor) loosen(slugs []*slug, h *book.Hint) {
	want, err := strconv.Atoi(strings.TrimSpace(h.Value))
	done := false
	for _, s := range slugs {
		if err != nil || len(s.forms) < 2 || s.forms[0].sum != nil {
			continue
		}
		for _, f := range s.forms[1:] {
			if len(f.atoms) == len(s.forms[0].atoms)+want {
				f.cost = 0
				s.forms, done = []form{f}, true
				break
			}
		}
		if done {
			break
		}
	}
	if !done {
		c.idle(h)
	}
}

// idle reports a hint that changes nothing.
func (c *compositor) idle(h *book.Hint) {
	c.diags.Add("hint-without-effect", h.Span,
		diag.T("the instruction “%s” changes nothing here", "排版指令“%s”在此处不起作用", h.Name),
		diag.T("remove it, or move it to the block it was meant for", "删去它，或移到要调整的段落之前"))
}

// block sets one block; before is the one that stands before it in the same
// container, nil at its beginning.
func (c *compositor) block(b, before book.Block, at place) {
	if l := nodeOf(b).Lang; l != "" {
		at.lang = l
	}
	switch b := b.(type) {
	case *book.Paragraph:
		c.running(b, before, at)
	case *book.List:
		c.list(b, at)
	case *book.DefinitionList:
		c.definitions(b, at)
	case *book.Quote:
		c.quote(b, at)
	case *book.Code:
		c.listing(b, at)
	case *book.Diagram:
		c.drawn(b, at)
	case *book.Math:
		c.formula(b, at)
	case *book.Table:
		c.table(b, at)
	case *book.Figure:
		c.figure(b, at)
	case *book.Rule:
		c.pause(b, at)
	case *book.Admonition:
		c.admonition(b, at)
	case *book.Division:
		c.division(b, at)
	case *book.ContentsHere, *book.IndexHere:
		// The contents stand in the front matter, the index in the back.
	case *book.BibliographyHere:
		c.bibliography(at)
	case *book.Unknown:
		ns := []book.Inline{&book.Text{Leaf: book.Leaf{Span: b.Span}, Value: b.Text}}
		c.running(&book.Paragraph{Node: b.Node, Inlines: ns}, before, at)
	default:
		panic(fmt.Sprintf("typeset: unknown block %T", b))
	}
}

// running sets a paragraph. In lists only what follows another paragraph is
// indented; the first stands beside its label (typography G1).
func (c *compositor) running(p *book.Paragraph, before book.Block, at place) {
	tag := c.logic.add(at.tag, "P", p.Span)
	t := c.text(p.Inlines, at, tag)
	if at.level > 0 && t.indent == 0 {
		if prev, ok := before.(*book.Paragraph); ok && !colon(prev.Inlines) && !labelOnly(prev.Inlines) {
			t.indent = c.indent(c.layout.Body.Indent)
		}
	}
	if p.Continued || at.flush || len(c.labels) > 0 {
		t.indent = min(t.indent, 0)
	}
	if at.style.Align == layout.Center || at.style.Align == layout.Right {
		t.indent = 0
	}
	c.paragraphSlug(t, at, p.Span)
}

// paragraphSlug sets a text and appends it, with the labels that wait.
func (c *compositor) paragraphSlug(t text, at place, span source.Span) *slug {
	labels := c.labels
	c.labels = nil
	x := at.x + t.style.Left
	s := &slug{span: span}
	s.forms = c.forms(t, x, labels)
	if len(s.forms[0].atoms) == 0 {
		c.labels = labels
		return s
	}
	if s.forms[0].noted() {
		s.again = func(numbers map[*book.Note]int) []form {
			t.numbers = numbers
			return c.forms(t, x, labels)
		}
	}
	s.white = c.grid.nearest(t.style.Before)
	return c.push(s)
}

// forms sets a text as the page breaker's choices: its best setting, and one
// line shorter and longer where the setter found them tolerable.
func (c *compositor) forms(t text, x unit.Length, labels []label) []form {
	set := c.paragraph(t)
	c.diags = append(c.diags, set.diags...)
	out := []form{c.lines(t, set.best, x, labels)}
	for _, alt := range []struct {
		lines *lines
		cost  int64
	}{{set.shorter, costShorter}, {set.longer, costLonger}} {
		if alt.lines != nil {
			f := c.lines(t, *alt.lines, x, labels)
			f.cost = alt.cost + max(alt.lines.demerits-set.best.demerits, 0)/demeritScale
			out = append(out, f)
		}
	}
	return out
}

// demeritScale turns demerits of lines into costs of pages.
const demeritScale = 20

// lines makes a form of set lines. Two lines at least stand on either side of
// a page break (typography G4).
func (c *compositor) lines(t text, ls lines, x unit.Length, labels []label) form {
	f := form{atoms: make([]atom, len(ls.lines))}
	for i, l := range ls.lines {
		f.calls += len(l.notes)
		f.atoms[i] = atom{frame: l.frame, x: x, notes: l.notes, hyphen: l.hyphen,
			glued: i == 0 || i == len(ls.lines)-2}
	}
	if len(labels) > 0 && len(f.atoms) > 0 {
		f.atoms[0].frame = labelled(f.atoms[0].frame, x, labels)
	}
	if t.style.Leading != c.grid.leading {
		for i := range f.atoms {
			f.atoms[i].frame = trimmed(f.atoms[i].frame, t.style.Size, t.style.Leading)
		}
		if n := len(f.atoms); n > 0 {
			f.atoms[n-1].frame.Height = t.style.Size // no white below the last line
		}
		f = f.measured()
	}
	return f
}

// labelled returns a line with list labels before its text, in reading order.
func labelled(l *page.Frame, x unit.Length, labels []label) *page.Frame {
	out := &page.Frame{Width: l.Width, Height: l.Height, Baseline: l.Baseline}
	for _, lb := range labels {
		lay(out, lb.frame, lb.x-x, l.Baseline-lb.frame.Baseline)
	}
	out.Items = append(out.Items, l.Items...)
	return out
}

// lay copies a frame's items into another.
func lay(onto, f *page.Frame, x, y unit.Length) {
	for _, it := range f.Items {
		it.X += x
		it.Y += y
		onto.Items = append(onto.Items, it)
	}
}

// stack sets a text as one frame: its lines below one another.
func (c *compositor) stack(t text) *page.Frame {
	set := c.paragraph(t)
	c.diags = append(c.diags, set.diags...)
	return pile(set.best.lines, t.style)
}

// pile stacks lines into a frame that reaches from the first line's character
// boxes to the last's.
func pile(ls []line, st layout.Style) *page.Frame {
	out := &page.Frame{}
	for i, l := range ls {
		base := st.Size.Em(hanAscent) + unit.Length(i)*st.Leading
		lay(out, l.frame, 0, base-l.frame.Baseline)
		out.Width = max(out.Width, l.frame.Width)
		if i == 0 {
			out.Baseline = base
		}
	}
	if n := len(ls); n > 0 {
		out.Height = unit.Length(n-1)*st.Leading + st.Size
	}
	return out
}

// plain is a run of unmarked text.
func plain(s string) []book.Inline { return []book.Inline{&book.Text{Value: s}} }
