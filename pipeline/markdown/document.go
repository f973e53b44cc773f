package markdown

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

// document is one file being parsed and what it gave.
type document struct {
	parser *reader
	file   *source.File
	text   *prepared
	diags  diag.List

	refs       map[string]*reference
	notes      map[string]*book.Note
	noteOrder  []*book.Note
	bodies     []*noteNode
	called     map[*book.Note]bool
	extraNotes []*book.Note
	labels     map[string]bool
	links      []*book.Link
	displays   []*book.Math // of the paragraph being read
	hints      []book.Hint  // before the next block

	blocks  []book.Block // with headings among them
	in      inlines
	inTable bool
}

// reference is a link reference definition.
type reference struct {
	dest, title string
	span        source.Span
}

// parse reads the file into d.blocks.
func (d *document) parse() {
	d.prepare()
	d.refs, d.notes = map[string]*reference{}, map[string]*book.Note{}
	d.called, d.labels = map[*book.Note]bool{}, map[string]bool{}
	root, deep := d.parser.tree(d.text.text)
	if deep >= 0 {
		d.diags.Add("nesting-too-deep", d.text.span(deep, d.lineEnd(deep)),
			diag.T("blocks nest more than %d deep; what is deeper is read as text", "块的嵌套超过 %d 层，更深的按普通文字排", maxBlocks))
	}
	d.collect(root)
	d.blocks = d.children(root, true)
	for i, n := range d.bodies {
		d.noteOrder[i].Blocks = d.settle(d.children(n, false))
	}
	d.unusedNotes()
}

// collect finds the definitions a file may use before they stand.
func (d *document) collect(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.LinkReferenceDefinition:
			d.define(c)
		case *noteNode:
			d.defineNote(c)
			d.collect(c)
		default:
			if c.Type() == ast.TypeBlock && c.HasChildren() {
				d.collect(c)
			}
		}
	}
}

func (d *document) define(c *ast.LinkReferenceDefinition) {
	key := util.ToLinkReference(c.Label)
	if d.refs[key] != nil || c.Lines().Len() == 0 {
		return
	}
	l := c.Lines()
	d.refs[key] = &reference{
		dest: unescape(d.str(c.Destination)), title: unescape(d.str(c.Title)),
		span: d.text.span(l.At(0).Start, l.At(l.Len()-1).Stop),
	}
}

func (d *document) defineNote(c *noteNode) {
	label := d.str([]byte(c.label))
	span := d.text.span(c.Pos(), d.lineEnd(c.Pos()))
	if first := d.notes[label]; first != nil {
		x := d.diags.Add("footnote-duplicate", span,
			diag.T("footnote [^%s] is written twice in this file", "脚注 [^%s] 在本文件里写了两次", label))
		x.Related = []diag.Related{{Span: first.Span, Message: diag.T("first here", "第一次在这里")}}
	}
	n := &book.Note{Span: d.text.span(c.Pos(), max(c.Pos(), d.end(c))), Label: label}
	if d.notes[label] == nil {
		d.notes[label] = n
	}
	d.noteOrder = append(d.noteOrder, n)
	d.bodies = append(d.bodies, c)
}

func (d *document) unusedNotes() {
	for _, n := range d.noteOrder {
		if d.notes[n.Label] == n && !d.called[n] {
			d.diags.Add("footnote-unused", source.Span{File: n.Span.File, Start: n.Span.Start, End: n.Span.Start + len(n.Label) + 3},
				diag.T("footnote [^%s] is called nowhere in this file", "脚注 [^%s] 在本文件里没有被引用", n.Label),
				diag.T("call it in the text, or delete it", "在正文里引用它，或删去"))
		}
	}
}

func (d *document) reference(label []byte) *reference {
	if len(d.refs) == 0 {
		return nil
	}
	return d.refs[util.ToLinkReference(label)]
}

// mark records a label of this file.
func (d *document) mark(id string) {
	if id != "" {
		d.labels[id] = true
	}
}

// str is b as valid text.
func (d *document) str(b []byte) string {
	if d.text.dirty && (bytes.IndexByte(b, 0) >= 0 || !utf8.Valid(b)) {
		return strings.ReplaceAll(strings.ToValidUTF8(string(b), "\ufffd"), "\x00", "\ufffd")
	}
	return string(b)
}

// gather joins a leaf block's lines. Where they are one stretch of the
// prepared text, nothing is copied.
func (d *document) gather(lines *text.Segments) ([]byte, []lineAt) {
	n := lines.Len()
	if n == 0 {
		return nil, nil
	}
	src := d.text.text
	first := lines.At(0)
	whole := true
	for i := 1; i < n && whole; i++ {
		whole = lines.At(i).Start == lines.At(i-1).Stop
	}
	if whole {
		return src[first.Start:lines.At(n-1).Stop], []lineAt{{0, first.Start}}
	}
	var s []byte
	at := make([]lineAt, 0, n)
	for i := range n {
		l := lines.At(i)
		at = append(at, lineAt{len(s), l.Start})
		s = append(s, src[l.Start:l.Stop]...)
	}
	return s, at
}

// inline reads running text.
func (d *document) inline(s []byte, lines []lineAt) []book.Inline {
	d.displays = d.displays[:0]
	ps := d.read(s, lines, true)
	return d.in.build(ps)
}

// literal reads the text of an HTML block: tags and entities only.
func (d *document) literal(s []byte, lines []lineAt) []book.Inline {
	d.displays = d.displays[:0]
	ps := d.read(s, lines, false)
	return trimSpace(d.in.build(ps))
}

// end is where a block ends in the prepared text, its closing fence included;
// -1 if it holds nothing.
func (d *document) end(n ast.Node) int {
	switch n := n.(type) {
	case *ast.FencedCodeBlock:
		_, to, _ := d.fence(n)
		return to
	case *ast.HTMLBlock:
		if n.HasClosure() {
			return d.lineEnd(n.ClosureLine.Start)
		}
	case *mathNode:
		if n.closed {
			return n.tail.Stop
		}
	case *ast.ThematicBreak:
		return d.lineEnd(n.Pos())
	}
	e := -1
	switch n := n.(type) {
	case *divNode:
		e = n.info.Stop
	case *indentedNode:
		e = n.info.Stop
	case *pairNode:
		return max(n.span.Stop, n.end)
	}
	if n.Type() == ast.TypeBlock {
		if l := n.Lines(); l != nil && l.Len() > 0 {
			e = l.At(l.Len() - 1).Stop
			if e > 0 && e <= len(d.text.text) && d.text.text[e-1] == '\n' {
				e--
			}
		}
	}
	if h, ok := n.(*ast.Heading); ok && e >= 0 && h.Pos() >= 0 && d.text.text[h.Pos()] != '#' {
		return d.underline(e)
	} else if ok {
		return d.lineEnd(max(e, h.Pos()))
	}
	for k := n.LastChild(); k != nil && k.Type() == ast.TypeBlock; k = k.PreviousSibling() {
		if to := d.end(k); to >= 0 { // an empty item ends nowhere
			e = max(e, to)
			break
		}
	}
	if v, ok := n.(*divNode); ok && v.closed {
		for at := max(e, v.info.Stop); at < len(d.text.text); {
			at = d.nextLine(at)
			if t := bytes.TrimLeft(d.text.text[at:d.lineEnd(at)], " >"); len(t) >= 3 && strings.Trim(string(t), ":") == "" {
				return d.lineEnd(at)
			} else if len(t) > 0 {
				break
			}
		}
	}
	return e
}

func (d *document) nextLine(at int) int {
	if k := bytes.IndexByte(d.text.text[at:], '\n'); k >= 0 {
		return at + k + 1
	}
	return len(d.text.text)
}

// begin is where a block begins.
func (d *document) begin(n ast.Node) int {
	if p := n.Pos(); p >= 0 {
		return p
	}
	if l := n.Lines(); n.Type() == ast.TypeBlock && l != nil && l.Len() > 0 {
		return l.At(0).Start
	}
	if k := n.FirstChild(); k != nil && k.Type() == ast.TypeBlock {
		return d.begin(k)
	}
	return 0
}

// whole is a block's span.
func (d *document) whole(n ast.Node) source.Span {
	a := d.begin(n)
	return d.text.span(a, max(a, d.end(n)))
}

func trimSpace(ns []book.Inline) []book.Inline {
	for len(ns) > 0 {
		t, ok := ns[0].(*book.Text)
		if !ok {
			if _, br := ns[0].(*book.Break); !br {
				break
			}
			ns = ns[1:]
			continue
		}
		v := strings.TrimLeft(t.Value, " \t\n")
		if v == t.Value {
			break
		}
		if v == "" {
			ns = ns[1:]
			continue
		}
		c := *t
		c.Span.Start += len(t.Value) - len(v)
		c.Value = v
		ns = append([]book.Inline{&c}, ns[1:]...)
	}
	for len(ns) > 0 {
		t, ok := ns[len(ns)-1].(*book.Text)
		if !ok {
			if _, br := ns[len(ns)-1].(*book.Break); !br {
				break
			}
			ns = ns[:len(ns)-1]
			continue
		}
		v := strings.TrimRight(t.Value, " \t\n")
		if v == t.Value {
			break
		}
		if v == "" {
			ns = ns[:len(ns)-1]
			continue
		}
		c := *t
		c.Value = v
		ns = append(append([]book.Inline{}, ns[:len(ns)-1]...), &c)
	}
	return ns
}
