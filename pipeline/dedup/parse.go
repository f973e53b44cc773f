package dedup

import (
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

// verbs and the keys each takes beside reason.
var verbKeys = map[string][]string{
	"keep":     {"drop", "own", "at"},
	"carry":    {"from", "into", "after"},
	"both":     nil,
	"cut":      {"from"},
	"place":    {"after", "before", "under", "number", "role"},
	"wrap":     {"title", "after", "before", "under", "number", "role"},
	"retitle":  {"title"},
	"renumber": {"number", "role", "deep"},
}

var verbOrder = []string{"keep", "carry", "both", "cut", "place", "wrap", "retitle", "renumber"}

// ParseDecisions reads a decisions file: a mapping with the key decisions, a
// list of entries of one verb each. A file that is not YAML is an error with
// its line; unknown keys, missing reasons and the like are diagnostics, and
// their entries are left out.
func ParseDecisions(f *source.File) (Decisions, diag.List, error) {
	var d Decisions
	if f == nil || len(strings.TrimSpace(string(f.Text))) == 0 {
		return d, nil, nil
	}
	tree, err := parser.ParseBytes(f.Text, 0)
	if err != nil {
		return d, nil, fmt.Errorf("read decisions %s: %s", f.Path, yamlError(err))
	}
	p := &decisionParser{file: f}
	for _, doc := range tree.Docs {
		p.document(doc.Body, &d)
	}
	return d, p.diags, nil
}

// yamlError is the first line of the parser's message, which draws a picture
// of the source below it.
func yamlError(err error) string {
	s, _, _ := strings.Cut(err.Error(), "\n")
	return s
}

type decisionParser struct {
	file  *source.File
	diags diag.List
}

func (p *decisionParser) span(n ast.Node) source.Span {
	t := n.GetToken()
	if t == nil || t.Position == nil {
		return source.Span{File: p.file}
	}
	at := p.file.LineStart(t.Position.Line)
	line := p.file.Line(t.Position.Line)
	col := 0
	for i := range line {
		if col == t.Position.Column-1 {
			at += i
			break
		}
		col++
	}
	return source.Span{File: p.file, Start: at, End: min(len(p.file.Text), at+len(t.Value))}
}

func (p *decisionParser) bad(n ast.Node, en, zh string, args ...any) {
	p.diags.Add("decision-invalid", p.span(n), diag.T(en, zh, args...))
}

func (p *decisionParser) document(body ast.Node, d *Decisions) {
	for _, kv := range pairsOf(body) {
		switch k := keyOf(kv); k {
		case "decisions":
			seq, ok := kv.Value.(*ast.SequenceNode)
			if !ok {
				if _, null := kv.Value.(*ast.NullNode); !null {
					p.bad(kv.Value, "decisions must be a list", "decisions 必须是列表")
				}
				continue
			}
			for _, v := range seq.Values {
				if dec, ok := p.entry(v); ok {
					d.List = append(d.List, dec)
				}
			}
		default:
			p.bad(kv.Key, "unknown key %q; a decisions file has the key decisions", "未知键 %q；决定文件只有 decisions 一键", k)
		}
	}
	if body != nil && pairsOf(body) == nil {
		if _, null := body.(*ast.NullNode); !null {
			p.bad(body, "a decisions file is a mapping with the key decisions", "决定文件应是含 decisions 键的映射")
		}
	}
}

func pairsOf(n ast.Node) []*ast.MappingValueNode {
	switch n := n.(type) {
	case *ast.MappingNode:
		return n.Values
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}
	}
	return nil
}

func keyOf(kv *ast.MappingValueNode) string { return kv.Key.GetToken().Value }

// entry reads one decision.
func (p *decisionParser) entry(n ast.Node) (Decision, bool) {
	d := Decision{Span: p.span(n)}
	kvs := pairsOf(n)
	if kvs == nil {
		p.bad(n, "a decision is a mapping such as {keep: s:…, reason: …}", "每条决定应是映射，例如 {keep: s:…, reason: …}")
		return d, false
	}
	good := true
	for _, kv := range kvs {
		k := keyOf(kv)
		if _, ok := verbKeys[k]; ok {
			if d.Verb != "" {
				p.bad(kv.Key, "one decision, one verb: %s and %s", "一条决定只能有一个动词：%s 与 %s", d.Verb, k)
				good = false
			}
			d.Verb, d.What, d.Span = k, p.list(kv.Value), p.span(kv.Key)
		}
	}
	if d.Verb == "" {
		p.bad(n, "no verb (%s)", "缺少动词（%s）", strings.Join(verbOrder, ", "))
		return d, false
	}
	for _, kv := range kvs {
		if k := keyOf(kv); k != d.Verb && !p.field(&d, k, kv) {
			good = false
		}
	}
	return d, p.complete(&d, n) && good
}

// field reads one key beside the verb.
func (p *decisionParser) field(d *Decision, k string, kv *ast.MappingValueNode) bool {
	if k != "reason" && !slices.Contains(verbKeys[d.Verb], k) {
		if _, verb := verbKeys[k]; !verb {
			p.bad(kv.Key, "unknown key %q for %s (it takes %s)", "%[2]s 没有键 %[1]q（可用：%[3]s）", k, d.Verb, strings.Join(append(slices.Clone(verbKeys[d.Verb]), "reason"), ", "))
		}
		return false
	}
	v := p.scalar(kv.Value)
	switch k {
	case "drop":
		d.Drop = p.list(kv.Value)
	case "own":
		d.Own = v == "true"
	case "deep":
		d.Deep = v == "true"
	case "at":
		d.At = v
	case "into":
		d.Into = v
	case "from":
		d.From = v
	case "after":
		d.After = v
	case "before":
		d.Before = v
	case "under":
		d.Under = v
	case "title":
		d.Title = v
	case "number":
		d.Number = v
		if v != "none" && v != "auto" {
			p.bad(kv.Value, "number is none or auto; the number itself follows from the place", "number 只能是 none 或 auto；编号由位置决定")
			return false
		}
	case "role":
		d.Role = v
		if _, ok := roles[v]; !ok {
			p.bad(kv.Value, "unknown role %q (section, part, chapter, appendix, front, back, closing)", "未知角色 %q（section, part, chapter, appendix, front, back, closing）", v)
			return false
		}
	case "reason":
		d.Reason = strings.TrimSpace(v)
	}
	return true
}

// complete checks that a decision says all it must.
func (p *decisionParser) complete(d *Decision, n ast.Node) bool {
	switch {
	case len(d.What) == 0:
		p.bad(n, "%s names nothing", "%s 没有写明对象", d.Verb)
	case d.Reason == "":
		p.bad(n, "%s has no reason", "%s 缺少理由（reason）", d.Verb)
	case d.Verb == "keep" && (len(d.What) != 1 || len(d.Drop) == 0):
		p.bad(n, "keep names one copy, and drop the others", "keep 写明保留的一份，drop 写明其余各份")
	case d.Verb == "carry" && d.Into == "":
		p.bad(n, "carry needs into", "carry 需要 into")
	case d.Verb == "both" && len(d.What) < 2:
		p.bad(n, "both names at least two copies", "both 至少写明两份")
	case d.Verb == "place" && d.After == "" && d.Before == "" && d.Under == "":
		p.bad(n, "place needs after, before or under", "place 需要 after、before 或 under")
	case (d.Verb == "wrap" || d.Verb == "retitle") && d.Title == "":
		p.bad(n, "%s needs title", "%s 需要 title", d.Verb)
	case d.Verb == "renumber" && d.Number == "" && d.Role == "":
		p.bad(n, "renumber needs number or role", "renumber 需要 number 或 role")
	default:
		return true
	}
	return false
}

func (p *decisionParser) list(n ast.Node) []string {
	seq, ok := n.(*ast.SequenceNode)
	if !ok {
		if s := p.scalar(n); s != "" {
			return []string{s}
		}
		return nil
	}
	var out []string
	for _, v := range seq.Values {
		if s := p.scalar(v); s != "" {
			out = append(out, s)
		}
	}
	return out
}

func (p *decisionParser) scalar(n ast.Node) string {
	switch n := n.(type) {
	case *ast.LiteralNode:
		return n.Value.Value
	case *ast.StringNode:
		return n.Value
	case *ast.NullNode:
		return ""
	case ast.ScalarNode:
		return n.GetToken().Value
	}
	return ""
}
