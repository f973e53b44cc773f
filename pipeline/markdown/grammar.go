package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// maxBlocks bounds how deep containers nest.
const maxBlocks = 100

// grammar is goldmark's block parser with the blocks books need beside those
// of CommonMark and GFM. It has no inline parsers: see inlines.
func grammar() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewSetextHeadingParser(), 100),
			util.Prioritized(extension.NewDefinitionListParser(), 101),
			util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(shallow{parser.NewListParser()}, 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(headingParser{}, 600),
			util.Prioritized(divParser{}, 650),
			util.Prioritized(pairParser{}, 655),
			util.Prioritized(indentedParser{}, 660),
			util.Prioritized(mathParser{}, 670),
			util.Prioritized(noteParser{}, 680),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(shallow{parser.NewBlockquoteParser()}, 800),
			util.Prioritized(parser.NewHTMLBlockParser(), 900),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(parser.LinkReferenceParagraphTransformer, 100),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200),
		),
	)
}

var deepKey = parser.NewContextKey()

// shallow keeps a container from nesting beyond maxBlocks: what is deeper is
// read as text.
type shallow struct{ parser.BlockParser }

func (s shallow) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	if len(pc.OpenedBlocks()) >= maxBlocks {
		if pc.Get(deepKey) == nil {
			_, seg := r.PeekLine()
			pc.Set(deepKey, seg.Start)
		}
		return nil, parser.NoChildren
	}
	return s.BlockParser.Open(parent, r, pc)
}

// kindOf our own blocks.
var (
	kindDiv      = ast.NewNodeKind("Div")
	kindIndented = ast.NewNodeKind("Indented")
	kindMath     = ast.NewNodeKind("MathBlock")
	kindNote     = ast.NewNodeKind("NoteBody")
)

// divNode is ::: name title.
type divNode struct {
	ast.BaseBlock
	fence  int // colons
	info   text.Segment
	closed bool
}

func (*divNode) Kind() ast.NodeKind      { return kindDiv }
func (*divNode) Dump(src []byte, lv int) {}

type divParser struct{}

func (divParser) Trigger() []byte { return []byte{':'} }

func (divParser) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, seg := r.PeekLine()
	pos := pc.BlockOffset()
	n := colons(line, pos)
	if n < 3 || len(pc.OpenedBlocks()) >= maxBlocks {
		return nil, parser.NoChildren
	}
	from := pos + n
	info := bytes.TrimSpace(bytes.TrimRight(line[from:], ": \t\n"))
	if len(info) == 0 {
		return nil, parser.NoChildren // a stray closing fence is text
	}
	at := seg.Start - seg.Padding + from + bytes.Index(line[from:], info)
	node := &divNode{fence: n, info: text.NewSegment(at, at+len(info))}
	r.AdvanceToEOL()
	return node, parser.HasChildren
}

func colons(line []byte, pos int) int {
	n := 0
	for pos >= 0 && pos+n < len(line) && line[pos+n] == ':' {
		n++
	}
	return n
}

func (divParser) Continue(node ast.Node, r text.Reader, pc parser.Context) parser.State {
	d := node.(*divNode)
	line, _ := r.PeekLine()
	w, pos := util.IndentWidth(line, r.LineOffset())
	if w < 4 {
		if n := colons(line, pos); n >= 3 && util.IsBlank(line[pos+n:]) && innermost(d, n, pc) {
			d.closed = true
			r.AdvanceToEOL()
			return parser.Close
		}
	}
	return parser.Continue | parser.HasChildren
}

// innermost reports whether a closing fence of n colons ends d: the deepest
// open div with no more colons than the fence has (pandoc), of equal ones the
// deepest.
func innermost(d *divNode, n int, pc parser.Context) bool {
	blocks := pc.OpenedBlocks()
	for i := len(blocks) - 1; i >= 0; i-- {
		switch b := blocks[i].Node.(type) {
		case *ast.FencedCodeBlock, *ast.HTMLBlock, *mathNode:
			return false
		case *divNode:
			if b.fence <= n {
				return b == d
			}
		}
	}
	return false
}

func (divParser) Close(ast.Node, text.Reader, parser.Context) {}
func (divParser) CanInterruptParagraph() bool                 { return true }
func (divParser) CanAcceptIndentedLine() bool                 { return false }

// indentedNode is !!! kind "title", ??? kind or === "tab", its text indented
// by four.
type indentedNode struct {
	ast.BaseBlock
	mark byte
	info text.Segment
	open bool // ???+
}

func (*indentedNode) Kind() ast.NodeKind      { return kindIndented }
func (*indentedNode) Dump(src []byte, lv int) {}

type indentedParser struct{}

func (indentedParser) Trigger() []byte { return []byte{'!', '?', '='} }

func (indentedParser) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, seg := r.PeekLine()
	pos := pc.BlockOffset()
	if pos < 0 || len(line) < pos+5 || len(pc.OpenedBlocks()) >= maxBlocks {
		return nil, parser.NoChildren
	}
	c := line[pos]
	if line[pos+1] != c || line[pos+2] != c {
		return nil, parser.NoChildren
	}
	n := &indentedNode{mark: c, open: c != '?'}
	from := pos + 3
	if line[from] == '+' {
		n.open = true
		from++
	}
	info := bytes.TrimSpace(line[from:])
	if line[from] != ' ' || len(info) == 0 || c == '=' && info[0] != '"' || c != '=' && !letter(info[0]) {
		return nil, parser.NoChildren
	}
	at := seg.Start - seg.Padding + from + bytes.Index(line[from:], info)
	n.info = text.NewSegment(at, at+len(info))
	r.AdvanceToEOL()
	return n, parser.HasChildren
}

func (indentedParser) Continue(node ast.Node, r text.Reader, pc parser.Context) parser.State {
	return indented(r)
}

// indented goes on while lines are blank or indented by four.
func indented(r text.Reader) parser.State {
	line, _ := r.PeekLine()
	if util.IsBlank(line) {
		return parser.Continue | parser.HasChildren
	}
	pos, padding := util.IndentPosition(line, r.LineOffset(), 4)
	if pos < 0 {
		return parser.Close
	}
	r.AdvanceAndSetPadding(pos, padding)
	return parser.Continue | parser.HasChildren
}

func (indentedParser) Close(ast.Node, text.Reader, parser.Context) {}
func (indentedParser) CanInterruptParagraph() bool                 { return true }
func (indentedParser) CanAcceptIndentedLine() bool                 { return false }

// noteNode is the body of a footnote.
type noteNode struct {
	ast.BaseBlock
	label string
}

func (*noteNode) Kind() ast.NodeKind      { return kindNote }
func (*noteNode) Dump(src []byte, lv int) {}

type noteParser struct{}

func (noteParser) Trigger() []byte { return []byte{'['} }

func (noteParser) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := r.PeekLine()
	pos := pc.BlockOffset()
	if pos < 0 || pos+1 >= len(line) || line[pos+1] != '^' || len(pc.OpenedBlocks()) >= maxBlocks {
		return nil, parser.NoChildren
	}
	end := bytes.IndexByte(line[pos:], ']')
	if end < 3 || pos+end+1 >= len(line) || line[pos+end+1] != ':' || bytes.ContainsAny(line[pos+2:pos+end], " [") {
		return nil, parser.NoChildren
	}
	n := &noteNode{label: string(line[pos+2 : pos+end])}
	from := pos + end + 2
	if util.IsBlank(line[from:]) {
		r.AdvanceToEOL()
		return n, parser.HasChildren
	}
	r.Advance(from)
	return n, parser.HasChildren
}

func (noteParser) Continue(node ast.Node, r text.Reader, pc parser.Context) parser.State {
	return indented(r)
}

func (noteParser) Close(ast.Node, text.Reader, parser.Context) {}
func (noteParser) CanInterruptParagraph() bool                 { return true }
func (noteParser) CanAcceptIndentedLine() bool                 { return false }

// mathNode is a display formula between $$ or \[ \] on lines of their own.
type mathNode struct {
	ast.BaseBlock
	open   byte // '$' or '['
	closed bool
	tail   text.Segment // what stands after the closing delimiter
}

func (*mathNode) Kind() ast.NodeKind      { return kindMath }
func (*mathNode) Dump(src []byte, lv int) {}
func (*mathNode) IsRaw() bool             { return true }

type mathParser struct{}

func (mathParser) Trigger() []byte { return []byte{'$', '\\'} }

func (mathParser) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, seg := r.PeekLine()
	pos := pc.BlockOffset()
	if pos < 0 || pos+1 >= len(line) {
		return nil, parser.NoChildren
	}
	n := &mathNode{open: line[pos+1]}
	switch {
	case line[pos] == '$' && line[pos+1] == '$':
	case line[pos] == '\\' && line[pos+1] == '[':
		if !util.IsBlank(line[pos+2:]) {
			return nil, parser.NoChildren // \[x\] on one line: the inline reader decides
		}
	default:
		return nil, parser.NoChildren
	}
	rest := line[pos+2:]
	at := seg.Start - seg.Padding + pos + 2
	if i := bytes.Index(rest, n.closer()); i >= 0 {
		if after := bytes.TrimSpace(rest[i+2:]); len(after) > 0 && after[0] != '{' {
			return nil, parser.NoChildren // the formula is part of a sentence
		}
		n.end(at, rest, i)
		r.AdvanceToEOL()
		return n, parser.NoChildren
	}
	if !closes(r.Source()[at:], n.closer()) {
		return nil, parser.NoChildren // an unclosed formula must not eat the book
	}
	if !util.IsBlank(rest) {
		n.Lines().Append(text.NewSegment(at, seg.Stop))
	}
	r.AdvanceToEOL()
	return n, parser.NoChildren
}

func (n *mathNode) closer() []byte {
	if n.open == '[' {
		return []byte(`\]`)
	}
	return []byte("$$")
}

// closes reports whether the closer comes before a blank line that is followed
// by more text than a formula has: within forty lines and 8000 bytes.
func closes(s, closer []byte) bool {
	s = s[:min(len(s), 8000)]
	i := bytes.Index(s, closer)
	return i >= 0 && bytes.Count(s[:i], []byte("\n")) <= 60 && !bytes.Contains(s[:i], []byte("\n\n\n"))
}

func (n *mathNode) end(at int, rest []byte, i int) {
	if i > 0 {
		n.Lines().Append(text.NewSegment(at, at+i))
	}
	n.closed = true
	n.tail = text.NewSegment(at+i+2, at+len(bytes.TrimRight(rest, " \t\n")))
}

func (mathParser) Continue(node ast.Node, r text.Reader, pc parser.Context) parser.State {
	n := node.(*mathNode)
	if n.closed {
		return parser.Close
	}
	line, seg := r.PeekLine()
	if i := bytes.Index(line, n.closer()); i >= 0 {
		n.end(seg.Start-seg.Padding, line, i)
		r.AdvanceToEOL()
		return parser.Close
	}
	n.Lines().Append(seg)
	r.AdvanceToEOL()
	return parser.Continue | parser.NoChildren
}

func (mathParser) Close(ast.Node, text.Reader, parser.Context) {}
func (mathParser) CanInterruptParagraph() bool                 { return true }
func (mathParser) CanAcceptIndentedLine() bool                 { return false }
