package project

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"banxin/pipeline/source"
)

// node is a YAML value with its place. Scalars keep their spelling, so that an
// isbn or a date is not taken for a number.
type node struct {
	kind  kind
	text  string
	pairs []pair // of a mapping, in order
	items []*node
	span  source.Span
}

type kind uint8

const (
	null kind = iota
	scalar
	mapping
	sequence
)

type pair struct {
	key   string
	span  source.Span
	value *node
}

func (n *node) get(key string) *node {
	if n != nil {
		for _, p := range n.pairs {
			if p.key == key {
				return p.value
			}
		}
	}
	return nil
}

// str is the text of a scalar, "" of anything else.
func (n *node) str() string {
	if n == nil || n.kind != scalar {
		return ""
	}
	return n.text
}

// readYAML parses bytes [from, to) of f. Aliases are not followed: a book's
// settings need none, and they can grow without bound.
func readYAML(f *source.File, from, to int) (*node, error) {
	file, err := parser.ParseBytes(f.Text[from:to], 0)
	if err != nil {
		return nil, fmt.Errorf("%s: %s", f.Path, firstLine(err))
	}
	r := &yamlReader{f: f, line: f.Position(from).Line - 1, strict: strings.HasPrefix(f.Path, "book.y")}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		return &node{kind: null, span: source.Span{File: f, Start: from, End: from}}, nil
	}
	return r.node(file.Docs[0].Body, 0)
}

func firstLine(err error) string {
	s, _, _ := strings.Cut(strings.TrimSpace(err.Error()), "\n")
	return s
}

type yamlReader struct {
	f    *source.File
	line int // lines of f before the YAML
	// strict: an alias is an error; in another tool's file it is nothing.
	strict bool
}

func (r *yamlReader) span(n ast.Node) source.Span {
	p := n.GetToken().Position
	if p == nil {
		return source.Span{File: r.f}
	}
	a := r.f.LineStart(p.Line + r.line)
	// Column counts characters.
	rest := r.f.Text[a:]
	for c := 1; c < p.Column && len(rest) > 0; c++ {
		k := 1
		for k < len(rest) && rest[k]&0xc0 == 0x80 {
			k++
		}
		a, rest = a+k, rest[k:]
	}
	v := strings.TrimSpace(n.GetToken().Origin)
	b := min(len(r.f.Text), a+len(v))
	return source.Span{File: r.f, Start: min(a, len(r.f.Text)), End: max(a, b)}
}

func (r *yamlReader) node(n ast.Node, depth int) (*node, error) {
	if depth > 50 {
		return nil, fmt.Errorf("%s: line %d: nested too deep", r.f.Path, r.span(n).Pos().Line)
	}
	out := &node{span: r.span(n)}
	switch n := n.(type) {
	case *ast.NullNode:
	case *ast.MappingNode:
		out.kind = mapping
		for _, v := range n.Values {
			if err := r.pair(out, v, depth); err != nil {
				return nil, err
			}
		}
	case *ast.MappingValueNode:
		out.kind = mapping
		if err := r.pair(out, n, depth); err != nil {
			return nil, err
		}
	case *ast.SequenceNode:
		out.kind = sequence
		for _, v := range n.Values {
			k, err := r.node(v, depth+1)
			if err != nil {
				return nil, err
			}
			out.items = append(out.items, k)
		}
	case *ast.AnchorNode:
		return r.node(n.Value, depth+1)
	case *ast.AliasNode:
		if r.strict {
			return nil, fmt.Errorf("%s: line %d: aliases are not supported", r.f.Path, out.span.Pos().Line)
		}
	case *ast.TagNode: // !ENV and its kind in mkdocs.yml: the value alone
		return r.node(n.Value, depth+1)
	case *ast.LiteralNode:
		out.kind, out.text = scalar, strings.TrimRight(n.Value.Value, "\n")
	case *ast.StringNode:
		out.kind, out.text = scalar, n.Value
	case ast.ScalarNode:
		out.kind, out.text = scalar, n.GetToken().Value
	default:
		return nil, fmt.Errorf("%s: line %d: %s is not supported here", r.f.Path, out.span.Pos().Line, n.Type())
	}
	return out, nil
}

func (r *yamlReader) pair(out *node, v *ast.MappingValueNode, depth int) error {
	k := pair{key: v.Key.GetToken().Value, span: r.span(v.Key)}
	for _, p := range out.pairs {
		if p.key == k.key {
			return fmt.Errorf("%s: line %d: key %q stands twice", r.f.Path, k.span.Pos().Line, k.key)
		}
	}
	val, err := r.node(v.Value, depth+1)
	if err != nil {
		return err
	}
	k.value = val
	out.pairs = append(out.pairs, k)
	return nil
}
