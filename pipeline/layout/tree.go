package layout

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// tree is a YAML document with the line of every key, merged before it is
// bound to a Layout: a definition that extends another is laid over it.
type tree struct {
	file   string
	line   int
	scalar string
	leaf   bool
	list   []*tree
	isList bool
	keys   []string // in order of first appearance
	kids   map[string]*tree
}

// parseTree reads one YAML file.
func parseTree(file string, data []byte) (*tree, error) {
	f, err := parser.ParseBytes(data, 0)
	if err != nil {
		return nil, fmt.Errorf("read layout %s: %s", file, strings.TrimSpace(err.Error()))
	}
	root := &tree{file: file, line: 1, kids: map[string]*tree{}}
	for _, d := range f.Docs {
		if d.Body == nil {
			continue
		}
		t, err := convert(file, d.Body, 0)
		if err != nil {
			return nil, err
		}
		if t.kids == nil {
			return nil, t.errorf("a layout is a mapping of keys to values")
		}
		root = t
	}
	return root, nil
}

// maxDepth bounds the nesting of a definition; the deepest key of a Layout
// stands four levels down.
const maxDepth = 16

func convert(file string, n ast.Node, depth int) (*tree, error) {
	t := &tree{file: file}
	if tok := n.GetToken(); tok != nil && tok.Position != nil {
		t.line = tok.Position.Line
	}
	if depth > maxDepth {
		return nil, t.errorf("nested too deeply")
	}
	switch n := n.(type) {
	case *ast.MappingNode:
		t.kids = map[string]*tree{}
		for _, v := range n.Values {
			if err := t.put(v, depth); err != nil {
				return nil, err
			}
		}
	case *ast.MappingValueNode:
		t.kids = map[string]*tree{}
		if err := t.put(n, depth); err != nil {
			return nil, err
		}
	case *ast.SequenceNode:
		t.isList = true
		for _, v := range n.Values {
			k, err := convert(file, v, depth+1)
			if err != nil {
				return nil, err
			}
			t.list = append(t.list, k)
		}
	case *ast.LiteralNode:
		t.leaf, t.scalar = true, n.Value.Value
	case *ast.NullNode:
		t.leaf = true
	case *ast.StringNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		t.leaf, t.scalar = true, n.GetToken().Value
	default:
		return nil, t.errorf("anchors, tags and merges are not supported in a layout")
	}
	return t, nil
}

func (t *tree) put(v *ast.MappingValueNode, depth int) error {
	tok := v.Key.GetToken()
	key, line := tok.Value, tok.Position.Line
	if _, twice := t.kids[key]; twice {
		return (&tree{file: t.file, line: line}).errorf("key %q is given twice", key)
	}
	k, err := convert(t.file, v.Value, depth+1)
	if err != nil {
		return err
	}
	k.line = line
	t.keys = append(t.keys, key)
	t.kids[key] = k
	return nil
}

// over lays t over base: mappings are merged key by key, everything else is
// replaced.
func (t *tree) over(base *tree) *tree {
	if base == nil || t.kids == nil || base.kids == nil {
		return t
	}
	m := &tree{file: t.file, line: t.line, kids: map[string]*tree{}}
	for _, k := range base.keys {
		m.keys = append(m.keys, k)
		m.kids[k] = base.kids[k]
	}
	for _, k := range t.keys {
		if _, ok := m.kids[k]; !ok {
			m.keys = append(m.keys, k)
		}
		m.kids[k] = t.kids[k].over(m.kids[k])
	}
	return m
}

func (t *tree) errorf(format string, args ...any) error {
	return fmt.Errorf("read layout %s: line %d: %s", t.file, t.line, fmt.Sprintf(format, args...))
}
