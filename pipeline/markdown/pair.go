package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"banxin/pipeline/book"
)

// Site generators write containers as a pair of tags on lines of their own:
// Hugo's {{< notice tip >}} … {{< /notice >}}, GitBook's {% hint %} …
// {% endhint %}.

// pairNode is such a container; raw ones hold a listing.
type pairNode struct {
	ast.BaseBlock
	name   string
	args   *attrs
	raw    bool
	liquid bool // {% name %}
	span   text.Segment
	end    int // of the closing line
}

var kindPair = ast.NewNodeKind("Pair")

func (*pairNode) Kind() ast.NodeKind      { return kindPair }
func (*pairNode) Dump(src []byte, lv int) {}
func (n *pairNode) IsRaw() bool           { return n.raw }

type pairParser struct{}

func (pairParser) Trigger() []byte { return []byte{'{'} }

// maxPair is how far a closing tag may be from its opening one.
const maxPair = 1 << 17

func (pairParser) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, seg := r.PeekLine()
	pos := pc.BlockOffset()
	if pos < 0 || len(pc.OpenedBlocks()) >= maxBlocks {
		return nil, parser.NoChildren
	}
	tag := bytes.TrimSpace(line[pos:])
	raw, liquid := pairTag(tag)
	if raw == "" {
		return nil, parser.NoChildren
	}
	name, args := shortcode("{{<" + raw + ">}}")
	if !paired(name) {
		return nil, parser.NoChildren
	}
	n := &pairNode{name: name, args: args, liquid: liquid, raw: name == "highlight" || name == "code"}
	at := seg.Start - seg.Padding + pos
	n.span = text.NewSegment(at, at+len(tag))
	if !n.closedAhead(r.Source(), seg.Stop, pc) {
		return nil, parser.NoChildren
	}
	r.AdvanceToEOL()
	if n.raw {
		return n, parser.NoChildren
	}
	return n, parser.HasChildren
}

// pairTag is what stands inside a tag that fills its line; "" if none does.
func pairTag(t []byte) (inner string, liquid bool) {
	for _, d := range [...][2]string{{"{{<", ">}}"}, {"{{%", "%}}"}, {"{%", "%}"}} {
		if bytes.HasPrefix(t, []byte(d[0])) && bytes.HasSuffix(t, []byte(d[1])) && len(t) > len(d[0])+len(d[1]) {
			inner = string(t[len(d[0]) : len(t)-len(d[1])])
			if strings.Contains(inner, d[1]) {
				return "", false
			}
			return inner, d[0] == "{%"
		}
	}
	return "", false
}

// paired reports whether a name is a container's; boxes are named as after :::.
func paired(name string) bool {
	switch name {
	case "notice", "callout", "admonition", "alert", "expand", "tabs", "tab", "tabpane", "highlight", "code", "center", "quote", "blockquote", "panel":
		return true
	}
	return boxKind(name) != ""
}

// closes reports whether a line is the closing tag.
func (n *pairNode) closes(line []byte) bool {
	inner, liquid := pairTag(bytes.TrimSpace(line))
	inner = strings.TrimSpace(inner)
	if n.liquid {
		return liquid && inner == "end"+n.name
	}
	name, ok := strings.CutPrefix(inner, "/")
	return ok && strings.TrimSpace(name) == n.name
}

var pairKey = parser.NewContextKey()

// closedAhead reports whether a closing tag stands in the text from at. How far
// was looked for each name is kept, so that no stretch is read twice.
func (n *pairNode) closedAhead(src []byte, at int, pc parser.Context) bool {
	clean, _ := pc.Get(pairKey).(map[string]int) // no closing tag before here
	if clean == nil {
		clean = map[string]int{}
		pc.Set(pairKey, clean)
	}
	key := n.name
	if n.liquid {
		key = "%" + key
	}
	end := min(len(src), at+maxPair)
	for at = max(at, clean[key]); at < end; {
		stop := len(src)
		if k := bytes.IndexByte(src[at:], '\n'); k >= 0 {
			stop = at + k
		}
		if line := src[at:stop]; bytes.IndexByte(line, '{') >= 0 && n.closes(line) {
			clean[key] = at
			return true
		}
		at = stop + 1
	}
	clean[key] = at
	return false
}

func (pairParser) Continue(node ast.Node, r text.Reader, pc parser.Context) parser.State {
	n := node.(*pairNode)
	line, seg := r.PeekLine()
	if n.closes(line) && n.deepest(pc) {
		n.end = seg.Start + len(bytes.TrimRight(line, "\n"))
		r.AdvanceToEOL()
		return parser.Close
	}
	if n.raw {
		n.Lines().Append(seg)
		r.AdvanceToEOL()
		return parser.Continue | parser.NoChildren
	}
	return parser.Continue | parser.HasChildren
}

// deepest reports whether n is the innermost open container of its name, and
// no listing is open inside it.
func (n *pairNode) deepest(pc parser.Context) bool {
	blocks := pc.OpenedBlocks()
	for i := len(blocks) - 1; i >= 0; i-- {
		switch b := blocks[i].Node.(type) {
		case *ast.FencedCodeBlock, *mathNode:
			return false
		case *pairNode:
			if b.name == n.name {
				return b == n
			}
		}
	}
	return false
}

func (pairParser) Close(ast.Node, text.Reader, parser.Context) {}
func (pairParser) CanInterruptParagraph() bool                 { return true }
func (pairParser) CanAcceptIndentedLine() bool                 { return false }

// pair is a box, a tab's panel, a listing or a division.
func (d *document) pair(n *pairNode, asm *assembly) {
	span := d.text.span(n.span.Start, max(n.span.Stop, n.end))
	node := d.node(span)
	if n.raw {
		c := &book.Code{Node: node, Language: strings.ToLower(n.args.get("0")), Fenced: true, FirstLine: 1}
		c.Text, c.TextSpan = d.rawLines(n.Lines())
		asm.add(c)
		return
	}
	var title []book.Inline
	for _, k := range []string{"title", "summary", "name", "header"} {
		if v := n.args.get(k); v != "" && title == nil {
			title = []book.Inline{&book.Text{Leaf: book.Leaf{Span: d.text.span(n.span.Start, n.span.Stop)}, Value: v}}
		}
	}
	kids := d.settle(d.children(n, false))
	kind := ""
	for _, k := range []string{"type", "style", "kind", "class", "0"} {
		if kind == "" {
			kind = boxKind(n.args.get(k))
		}
	}
	if v := n.args.get("0"); kind == "" && title == nil && v != "" {
		title = []book.Inline{&book.Text{Leaf: book.Leaf{Span: d.text.span(n.span.Start, n.span.Stop)}, Value: v}}
	}
	if kind == "" {
		kind = boxKind(n.name)
	}
	switch n.name {
	case "notice", "callout", "admonition", "alert":
		if kind == "" {
			kind = "note"
		}
	case "expand":
		kind = "details"
	case "tabs", "tabpane":
		asm.add(&book.Division{Node: node, Blocks: kids})
		return
	case "tab":
		node.Classes = []string{"panel"}
		asm.add(&book.Division{Node: node, Title: title, Blocks: kids})
		return
	case "quote", "blockquote":
		asm.add(&book.Quote{Node: node, Blocks: kids})
		return
	}
	if kind != "" {
		asm.add(&book.Admonition{Node: node, Kind: kind, Title: title, Folded: kind == "details", Blocks: kids})
		return
	}
	node.Classes = []string{n.name}
	asm.add(&book.Division{Node: node, Title: title, Blocks: kids, Align: alignOf(node.Classes)})
}
