package diagram

import (
	"regexp"
	"strings"
)

// entityReader reads entity relationship diagrams.
type entityReader struct {
	*text
	g     *graph
	known map[string]int
	open  *node
	at    int
}

// kinshipPattern is two entities, how many of each take part, and a text.
const kinshipPattern = `^("[^"]+"|[^\s{}|"]+)\s*(\|o|\|\||\}o|\}\|)(--|\.\.|\.-|-\.)(o\||\|\||o\{|\|\{)\s*("[^"]+"|[^\s:]+)\s*(?::\s*(.*))?$`

func parseEntities(t *text, at int) (figure, *Error) {
	r := &entityReader{text: t, g: &graph{kind: "er"}, known: map[string]int{}}
	kinship := regexp.MustCompile(kinshipPattern)
	for _, line := range t.rows(at) {
		if err := r.row(line, kinship); err != nil {
			return nil, err
		}
		if len(r.g.nodes) > maxNodes || len(r.g.edges) > maxEdges {
			return nil, t.tooLarge(line.at)
		}
	}
	if r.open != nil {
		return nil, t.fault(r.at, "“{” is not closed", "“{”没有闭合")
	}
	if len(r.g.nodes) == 0 {
		return nil, t.fault(at, "the diagram is empty", "图是空的")
	}
	return r.g, nil
}

func (r *entityReader) entity(name string) *node {
	name, _, _ = strings.Cut(strings.TrimSpace(name), ":::")
	label := ""
	if n := strings.IndexByte(name, '['); n > 0 && strings.HasSuffix(name, "]") {
		name, label = name[:n], unquoted(name[n+1:len(name)-1])
	}
	name = unquoted(name)
	i, old := r.known[name]
	if !old {
		i = r.g.addNode(name, r.known, -1)
		r.g.nodes[i].shape = compartments
	}
	if label != "" {
		r.g.nodes[i].text = label
	}
	return r.g.nodes[i]
}

func (r *entityReader) row(line row, kinship *regexp.Regexp) *Error {
	if r.open != nil {
		body, closed := strings.CutSuffix(line.text, "}")
		r.attribute(body)
		if closed {
			r.open = nil
		}
		return nil
	}
	word, rest, _ := strings.Cut(line.text, " ")
	switch word {
	case "direction":
		if d, ok := directionOf(strings.TrimSpace(rest)); ok {
			r.g.dir = d
		}
		return nil
	case "classDef", "class", "style", "title":
		return nil
	}
	if m := kinship.FindStringSubmatch(line.text); m != nil {
		tips := map[string]tip{"|o": zeroOne, "||": one, "}o": zeroMany, "}|": many, "o|": zeroOne, "o{": zeroMany, "|{": many}
		a, b := r.entity(m[1]), r.entity(m[5])
		e := &edge{from: end{a.index, -1}, to: end{b.index, -1}, tail: tips[m[2]], head: tips[m[4]], text: unquoted(strings.TrimSpace(m[6])), span: 1}
		if m[3] != "--" {
			e.stroke = dotted
		}
		r.g.edges = append(r.g.edges, e)
		return nil
	}
	name, body, braced := strings.Cut(line.text, "{")
	name = strings.TrimSpace(name)
	if name == "" || strings.ContainsAny(name, "|") || !braced && strings.Contains(strings.Trim(name, `"`), "--") {
		return r.fault(line.at, "this is no entity or relationship", "此行不是实体或关系")
	}
	n := r.entity(name)
	if !braced {
		return nil
	}
	r.open, r.at = n, line.at
	if len(n.parts) == 0 {
		n.parts = [][][]string{nil}
	}
	if body, closed := strings.CutSuffix(strings.TrimSpace(body), "}"); closed || body != "" {
		r.attribute(body)
		if closed {
			r.open = nil
		}
	}
	return nil
}

// attribute adds a row of type, name, keys and comment.
func (r *entityReader) attribute(s string) {
	s = strings.TrimSpace(s)
	if s == "" {
		return
	}
	comment := ""
	if n := strings.IndexByte(s, '"'); n >= 0 {
		comment = strings.Trim(s[n:], `" `)
		s = s[:n]
	}
	f := strings.Fields(s)
	cells := make([]string, 4)
	for i, w := range f {
		switch i {
		case 0, 1:
			cells[i] = w
		default:
			cells[2] += w
		}
	}
	cells[3] = comment
	r.open.parts[0] = append(r.open.parts[0], cells)
}
