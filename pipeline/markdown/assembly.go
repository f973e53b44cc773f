package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

// assembly builds the blocks of one container. HTML elements may open in one
// HTML block and close in another, with Markdown between; the assembly keeps
// those that are open.
type assembly struct {
	d    *document
	top  bool
	root element
	open []*element
}

// element is an open or finished HTML element.
type element struct {
	tag  *tag
	span source.Span
	kids []item
}

// item is a finished block, an element, or a run of inline content.
// Hints wait for the block an element or a run becomes.
type item struct {
	block book.Block
	elem  *element
	run   []byte
	at    []lineAt
	hints []book.Hint
}

// depth is how many elements are open.
func (s *assembly) depth() int { return len(s.open) }

func (s *assembly) into() *element {
	if k := len(s.open); k > 0 {
		return s.open[k-1]
	}
	return &s.root
}

// add appends a block where the assembly stands. A heading at the top ends all
// open elements.
func (s *assembly) add(b book.Block) {
	if _, ok := b.(*heading); ok && s.top {
		s.open = s.open[:0]
	}
	e := s.into()
	e.kids = append(e.kids, item{block: b})
}

// last is the block added last, nil if something else came last.
func (s *assembly) last() book.Block {
	k := s.into().kids
	if len(k) == 0 {
		return nil
	}
	return k[len(k)-1].block
}

// standing is what stands in the open element so far.
func (s *assembly) standing() []item { return s.into().kids }

// done closes everything and returns the blocks.
func (s *assembly) done() []book.Block {
	for _, e := range s.open {
		switch e.tag.name {
		case "div", "details", "table", "figure", "section", "blockquote", "pre", "center":
			s.d.openEnded("<"+e.tag.name+">", e.span)
		}
	}
	s.open = nil
	return s.d.elementBlocks(&s.root)
}

func blockTag(name string) bool {
	switch name {
	case "div", "p", "center", "section", "article", "aside", "header", "footer", "main", "nav", "address", "hgroup",
		"figure", "figcaption", "details", "summary", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "colgroup",
		"ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "body", "html", "head", "form", "fieldset", "picture":
		return true
	}
	return false
}

// rawTag elements hold something other than text.
func rawTag(name string) bool {
	switch name {
	case "script", "style", "svg", "math", "iframe", "video", "audio", "object", "embed", "canvas", "noscript", "template", "textarea", "title", "link", "meta", "source", "base":
		return true
	}
	return false
}

// htmlBlock reads one HTML block of goldmark's into the assembly.
func (d *document) htmlBlock(n *ast.HTMLBlock, asm *assembly) {
	lines := n.Lines()
	s, at := d.gather(lines)
	if n.HasClosure() {
		c := n.ClosureLine
		if len(at) == 1 && at[0].prep+len(s) == c.Start {
			s = d.text.text[at[0].prep:c.Stop]
		} else {
			at = append(at, lineAt{len(s), c.Start})
			s = append(append([]byte{}, s...), d.text.text[c.Start:c.Stop]...)
		}
	}
	h := &htmlReader{d: d, asm: asm, s: s, at: at}
	h.read()
}

// htmlReader walks the tags of one HTML block.
type htmlReader struct {
	d    *document
	asm  *assembly
	s    []byte
	at   []lineAt
	from int // start of the inline run
}

func (h *htmlReader) span(a, b int) source.Span {
	in := &inlines{document: h.d, s: h.s, lines: h.at}
	return in.span(a, b)
}

// flush ends the inline run at to.
func (h *htmlReader) flush(to int) {
	r := h.s[h.from:to]
	if len(bytes.TrimSpace(r)) > 0 {
		a := h.from + len(r) - len(bytes.TrimLeft(r, " \t\n"))
		b := h.from + len(bytes.TrimRight(r, " \t\n"))
		e := h.asm.into()
		e.kids = append(e.kids, item{run: h.s[a:b], at: shift(h.at, a), hints: h.d.hints})
		h.d.hints = nil
	}
	h.from = to
}

// shift makes line places count from a.
func shift(at []lineAt, a int) []lineAt {
	var out []lineAt
	for i, l := range at {
		switch {
		case l.at >= a:
			out = append(out, lineAt{l.at - a, l.prep})
		case i+1 == len(at) || at[i+1].at > a:
			out = append(out, lineAt{0, l.prep + a - l.at})
		}
	}
	return out
}

func (h *htmlReader) read() {
	s := h.s
	for i := 0; i < len(s); {
		k := bytes.IndexByte(s[i:], '<')
		if k < 0 {
			break
		}
		i += k
		switch {
		case bytes.HasPrefix(s[i:], []byte("<!--")):
			i = h.comment(i)
			continue
		case i+1 < len(s) && (s[i+1] == '!' || s[i+1] == '?'):
			h.flush(i)
			e := bytes.IndexByte(s[i:], '>')
			if e < 0 {
				e = len(s) - i - 1
			}
			i += e + 1
			h.from = i
			continue
		}
		t, n := readTag(s[i:])
		switch {
		case n == 0:
			i++
		case rawTag(t.name):
			h.flush(i)
			i = h.raw(t, i, i+n)
			h.from = i
		case blockTag(t.name):
			h.flush(i)
			h.tag(t, i, i+n)
			i += n
			h.from = i
			if t.name == "pre" && !t.end {
				i = h.pre(i)
				h.from = i
			}
		default:
			i += n
		}
	}
	h.flush(len(s))
}

// comment skips a comment, reads the hints in it and keeps an unclosed one as
// text.
func (h *htmlReader) comment(i int) int {
	e := bytes.Index(h.s[i+2:], []byte("-->"))
	if e < 0 {
		h.flush(i)
		span := h.span(i, len(h.s))
		h.d.openEnded("<!--", h.span(i, i+4))
		h.asm.add(&book.Unknown{Node: h.d.node(span), Text: strings.TrimRight(h.d.str(h.s[i:]), "\n")})
		h.from = len(h.s)
		return len(h.s)
	}
	end := i + 2 + e + 3
	if len(bytes.TrimSpace(h.s[h.from:i])) == 0 {
		h.d.hint(h.s[i:end], h.span(i, end))
		h.from = end
	}
	return end
}

// hint reads <!-- banxin: name value; name -->.
func (d *document) hint(c []byte, span source.Span) {
	t := strings.TrimSuffix(strings.TrimPrefix(string(c), "<!--"), "-->")
	t = strings.TrimSpace(t)
	if !strings.HasPrefix(t, "banxin:") {
		return
	}
	for _, w := range strings.FieldsFunc(t[len("banxin:"):], func(r rune) bool { return r == ';' || r == ',' }) {
		name, value, _ := strings.Cut(strings.TrimSpace(w), "=")
		if f := strings.Fields(name); len(f) == 2 && value == "" {
			name, value = f[0], f[1]
		}
		if name = strings.TrimSpace(name); name != "" {
			d.hints = append(d.hints, book.Hint{Span: span, Name: name, Value: strings.TrimSpace(value)})
		}
	}
}

// raw deals with elements that hold no running text.
func (h *htmlReader) raw(t *tag, a, b int) int {
	end := b
	if !t.closed && !t.end && !voidTag(t.name) {
		if e := bytes.Index(bytes.ToLower(h.s[b:]), []byte("</"+t.name)); e >= 0 {
			end = b + e
			if g := bytes.IndexByte(h.s[end:], '>'); g >= 0 {
				end += g + 1
			}
		} else {
			end = len(h.s)
		}
	}
	span := h.span(a, end)
	switch t.name {
	case "iframe", "video", "audio", "embed", "object":
		src := t.get("src") + t.get("data")
		if src == "" {
			if i := bytes.Index(h.s[b:end], []byte("<source")); i >= 0 {
				if st, _ := readTag(h.s[b+i:]); st != nil {
					src = st.get("src")
				}
			}
		}
		if src != "" {
			tx := &book.Text{Leaf: book.Leaf{Span: span}, Value: src}
			l := &book.Link{Leaf: book.Leaf{Span: span}, Dest: src, DestSpan: span, Auto: true, Kids: []book.Inline{tx}}
			h.asm.add(&book.Paragraph{Node: h.d.node(span), Inlines: []book.Inline{l}})
		}
		h.d.diags.Add("construct-unknown", span, diag.T("<%s> cannot be set in a book; its address is printed", "书里不能放 <%s>，只排出它的地址", t.name))
	case "textarea", "noscript", "template", "math":
		h.asm.add(&book.Unknown{Node: h.d.node(span), Text: strings.TrimSpace(h.d.str(h.s[a:end]))})
		h.d.diags.Add("construct-unknown", span, diag.T("<%s> is no tag this program sets; it is printed as typed", "不排 <%s> 标签，按原文排出", t.name))
	default:
		if !t.end && t.name != "meta" && t.name != "link" {
			h.d.diags.Add("construct-dropped", span, diag.T("<%s> is not executed and not printed", "<%s> 既不执行也不排印", t.name))
		}
	}
	return end
}

func voidTag(name string) bool {
	switch name {
	case "link", "meta", "source", "base", "embed":
		return true
	}
	return false
}

// pre reads preformatted text up to its end tag as it stands.
func (h *htmlReader) pre(i int) int {
	end := bytes.Index(bytes.ToLower(h.s[i:]), []byte("</pre"))
	if end < 0 {
		end = len(h.s) - i
	}
	body := h.s[i : i+end]
	e := h.asm.into()
	e.kids = append(e.kids, item{run: body, at: shift(h.at, i)})
	return i + end
}

// tag opens or closes an element.
func (h *htmlReader) tag(t *tag, a, b int) {
	asm := h.asm
	if t.end {
		for k := len(asm.open) - 1; k >= 0; k-- {
			if asm.open[k].tag.name == t.name {
				asm.open[k].span = asm.open[k].span.Join(h.span(a, b))
				asm.open = asm.open[:k]
				return
			}
		}
		return
	}
	h.implied(t.name)
	e := &element{tag: t, span: h.span(a, b)}
	if len(t.name) == 2 && t.name[0] == 'h' && digit(t.name[1]) && asm.top {
		asm.open = asm.open[:0]
	}
	p := asm.into()
	p.kids = append(p.kids, item{elem: e, hints: h.d.hints})
	h.d.hints = nil
	if t.name != "hr" && !t.closed && len(asm.open) < maxBlocks {
		asm.open = append(asm.open, e)
	}
}

// implied ends what HTML lets authors leave open: <p> before a block, <li>
// before <li>, cells and rows.
func (h *htmlReader) implied(name string) {
	asm := h.asm
	for k := len(asm.open) - 1; k >= 0; k-- {
		o := asm.open[k].tag.name
		ends := o == "p" ||
			o == name && (name == "li" || name == "tr" || name == "p" || name == "option") ||
			(o == "td" || o == "th") && (name == "td" || name == "th" || name == "tr") ||
			(o == "dt" || o == "dd") && (name == "dt" || name == "dd") ||
			(o == "thead" || o == "tbody") && (name == "tbody" || name == "tfoot")
		if ends {
			asm.open = asm.open[:k]
			if name == "tr" && (o == "td" || o == "th") {
				continue
			}
			return
		}
		if o != "p" {
			return
		}
	}
}
