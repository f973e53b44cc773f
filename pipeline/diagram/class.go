package diagram

import (
	"regexp"
	"strings"
)

// classReader reads class diagrams.
type classReader struct {
	*text
	g        *graph
	known    map[string]int
	relation *regexp.Regexp
	open     []int // the class whose body is open: node index, or -1-group
	opens    []int
	notes    int
}

// relationPattern is two classes with a line between them, their
// multiplicities and a text.
const relationPattern = "^(`[^`]+`|[^\\s\"<|*:.()-]+(?:~[^~]*~)?)\\s*(?:\"([^\"]*)\")?\\s*" +
	`(<\||\(\)|<|\*|o)?(--|\.\.)(\|>|\(\)|>|\*|o)?` +
	"\\s*(?:\"([^\"]*)\")?\\s*(`[^`]+`|[^\\s\":]+)\\s*(?::\\s*(.*))?$"

func parseClass(t *text, at int) (figure, *Error) {
	r := &classReader{text: t, g: &graph{kind: "class"}, known: map[string]int{}, relation: regexp.MustCompile(relationPattern)}
	for _, line := range t.rows(at) {
		if err := r.row(line); err != nil {
			return nil, err
		}
		if len(r.g.nodes) > maxNodes || len(r.g.edges) > maxEdges {
			return nil, t.tooLarge(line.at)
		}
	}
	if n := len(r.opens); n > 0 {
		return nil, t.fault(r.opens[n-1], "“{” is not closed", "“{”没有闭合")
	}
	if len(r.g.nodes) == 0 {
		return nil, t.fault(at, "the diagram is empty", "图是空的")
	}
	return r.g, nil
}

// inside is the namespace that is open; -1: none.
func (r *classReader) inside() int {
	for i := len(r.open) - 1; i >= 0; i-- {
		if r.open[i] < 0 {
			return -1 - r.open[i]
		}
	}
	return -1
}

// class returns the class of a name, made if it is new.
func (r *classReader) class(name string) *node {
	name = strings.Trim(strings.TrimSpace(name), "`")
	name, _, _ = strings.Cut(name, ":::")
	label := ""
	if n := strings.IndexByte(name, '['); n > 0 && strings.HasSuffix(name, "]") {
		name, label = name[:n], unquoted(name[n+1:len(name)-1])
	}
	id, generic, _ := strings.Cut(name, "~")
	i, old := r.known[id]
	if !old {
		i = r.g.addNode(id, r.known, r.inside())
		r.g.nodes[i].shape = compartments
		r.g.nodes[i].parts = [][][]string{nil, nil}
	}
	n := r.g.nodes[i]
	if label != "" {
		n.text = label
	}
	if generic != "" && !strings.Contains(n.text, "&lt;") {
		n.text = id + "&lt;" + strings.TrimSuffix(generic, "~") + "&gt;"
	}
	return n
}

func (r *classReader) row(line row) *Error {
	if n := len(r.open); n > 0 && r.open[n-1] >= 0 {
		if body, ok := strings.CutSuffix(line.text, "}"); ok && !strings.Contains(body, "{") {
			r.member(r.g.nodes[r.open[n-1]], body)
			r.open, r.opens = r.open[:n-1], r.opens[:n-1]
		} else {
			r.member(r.g.nodes[r.open[n-1]], line.text)
		}
		return nil
	}
	word, rest, _ := strings.Cut(line.text, " ")
	rest = strings.TrimSpace(rest)
	switch word {
	case "class":
		return r.declare(line, rest)
	case "namespace":
		if len(r.open) >= maxDepth {
			return r.fault(line.at, "namespaces are nested more than 40 deep", "命名空间嵌套超过 40 层")
		}
		name := strings.TrimSpace(strings.TrimSuffix(rest, "{"))
		r.g.groups = append(r.g.groups, &group{id: name, text: name, parent: r.inside()})
		r.open, r.opens = append(r.open, -len(r.g.groups)), append(r.opens, line.at)
	case "}":
		if len(r.open) == 0 {
			return r.fault(line.at, "“}” closes nothing", "“}”没有对应的开头")
		}
		r.open, r.opens = r.open[:len(r.open)-1], r.opens[:len(r.opens)-1]
	case "direction":
		if d, ok := directionOf(rest); ok {
			r.g.dir = d
		}
	case "note":
		r.note(rest)
	case "classDef", "style", "cssClass", "click", "link", "callback", "title":
	default:
		if strings.HasPrefix(line.text, "<<") {
			if n := strings.Index(line.text, ">>"); n > 0 {
				r.class(line.text[n+2:]).head = "«" + line.text[2:n] + "»"
				return nil
			}
		}
		return r.relate(line)
	}
	return nil
}

// declare reads what follows "class".
func (r *classReader) declare(line row, rest string) *Error {
	head, body, braced := strings.Cut(rest, "{")
	head = strings.TrimSpace(head)
	if head == "" {
		return r.fault(line.at, "a class wants a name", "class 之后应为名称")
	}
	n := r.class(head)
	if !braced {
		return nil
	}
	body, closed := strings.CutSuffix(strings.TrimSpace(body), "}")
	for _, m := range strings.Split(body, ";") {
		r.member(n, m)
	}
	if !closed {
		r.open, r.opens = append(r.open, n.index), append(r.opens, line.at)
	}
	return nil
}

// member adds an attribute or a method.
func (r *classReader) member(n *node, s string) {
	s = strings.TrimSpace(s)
	if s == "" {
		return
	}
	if strings.HasPrefix(s, "<<") && strings.HasSuffix(s, ">>") {
		n.head = "«" + s[2:len(s)-2] + "»"
		return
	}
	at := 0
	if strings.Contains(s, "(") {
		at = 1
	}
	s = strings.TrimRight(s, "$*")
	for i := 0; strings.Contains(s, "~"); i++ {
		s = strings.Replace(s, "~", []string{"&lt;", "&gt;"}[i%2], 1)
	}
	n.parts[at] = append(n.parts[at], []string{s})
}

func (r *classReader) note(rest string) {
	var about *node
	if after, ok := strings.CutPrefix(rest, "for "); ok {
		if name, words, quoted := strings.Cut(after, "\""); quoted {
			about, rest = r.class(name), words
		}
	}
	r.notes++
	i := r.g.addNode("\x00note"+string(rune('0'+r.notes%64)), map[string]int{}, r.inside())
	n := r.g.nodes[i]
	n.shape, n.text = noteBox, strings.Trim(rest, "\" ")
	if about != nil {
		n.group = about.group
		r.g.edges = append(r.g.edges, &edge{from: end{i, -1}, to: end{about.index, -1}, stroke: dotted, span: 1})
	}
}

// relate reads a relation or "Class : member".
func (r *classReader) relate(line row) *Error {
	m := r.relation.FindStringSubmatch(line.text)
	if m == nil {
		name, member, ok := strings.Cut(line.text, ":")
		name = strings.TrimSpace(name)
		if ok && name != "" && !strings.ContainsAny(name, " <>|-\"") {
			r.member(r.class(name), member)
			return nil
		}
		return r.fault(line.at, "this is no class, relation or member", "此行不是类、关系或成员")
	}
	tips := map[string]tip{"": plain, "<|": hollow, "|>": hollow, "<": vee, ">": vee, "*": diamondTip, "o": openTip, "()": socket}
	a, b := r.class(m[1]), r.class(m[7])
	e := &edge{from: end{a.index, -1}, to: end{b.index, -1}, near: m[2], far: m[6], text: m[8],
		tail: tips[m[3]], head: tips[m[5]], span: 1}
	if m[4] == ".." {
		e.stroke = dotted
	}
	r.g.edges = append(r.g.edges, e)
	return nil
}
