package diagram

import "strings"

// parseMindmap reads a mind map: a tree by indentation. It is laid out as a
// graph from left to right.
func parseMindmap(t *text, at int) (figure, *Error) {
	g := &graph{kind: "mindmap", dir: right}
	type level struct{ indent, node int }
	var open []level
	for _, line := range t.rows(at) {
		if strings.HasPrefix(line.text, "::icon") || strings.HasPrefix(line.text, ":::") {
			continue
		}
		for len(open) > 0 && open[len(open)-1].indent >= line.indent {
			open = open[:len(open)-1]
		}
		if len(open) == 0 && len(g.nodes) > 0 {
			return nil, t.fault(line.at, "a mind map has one root; this line stands no deeper than it", "思维导图只有一个中心；此行的缩进不应小于它")
		}
		i := len(g.nodes)
		n := &node{id: line.text, index: i, group: -1}
		n.shape, n.text = mindShape(line.text)
		g.nodes = append(g.nodes, n)
		if len(open) > 0 {
			g.edges = append(g.edges, &edge{from: end{open[len(open)-1].node, -1}, to: end{i, -1}, span: 1})
		}
		open = append(open, level{line.indent, i})
		if len(g.nodes) > maxNodes {
			return nil, t.tooLarge(line.at)
		}
	}
	if len(g.nodes) == 0 {
		return nil, t.fault(at, "the diagram is empty", "图是空的")
	}
	return g, nil
}

// mindShape parts "id((text))" into its shape and text.
func mindShape(s string) (shape, string) {
	s, _, _ = strings.Cut(s, ":::")
	s = strings.TrimSpace(s)
	for _, b := range []bracketKind{
		{"((", "))", circle}, {"))", "((", cloud}, {"{{", "}}", hexagon}, {"[", "]", box}, {"(", ")", round}, {")", "(", cloud},
	} {
		n := strings.Index(s, b.open)
		if n < 0 || !strings.HasSuffix(s, b.close) || n+len(b.open) > len(s)-len(b.close) || strings.Contains(s[:n], " ") {
			continue
		}
		return b.shape, unquoted(s[n+len(b.open) : len(s)-len(b.close)])
	}
	return round, s
}
