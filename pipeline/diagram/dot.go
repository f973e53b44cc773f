package diagram

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// dotReader reads Graphviz's language.
type dotReader struct {
	*text
	at       int
	tok      token
	err      *Error
	g        *graph
	known    map[string]int
	records  map[int]bool // nodes whose labels have fields
	directed bool
	depth    int
}

// token is a word, a quoted or HTML text, or a sign.
type token struct {
	kind tokenKind
	text string
	at   int
}

type tokenKind uint8

const (
	endOfText tokenKind = iota
	word
	quote
	markup
	sign
)

// attributes of a node, an edge or a graph.
type attributes map[string]string

// dotScope is what a subgraph hands to what it holds.
type dotScope struct {
	group      int
	node, edge attributes
}

func parseDot(t *text) (*parsed, *Error) {
	r := &dotReader{text: t, g: &graph{kind: "dot"}, known: map[string]int{}, records: map[int]bool{}}
	r.comments()
	r.next()
	if r.is("strict") {
		r.next()
	}
	switch {
	case r.is("digraph"):
		r.directed = true
	case r.is("graph"):
	default:
		return nil, t.fault(r.tok.at, "“graph” or “digraph” is expected", "应以 graph 或 digraph 开头")
	}
	r.next()
	title := ""
	if r.tok.kind == word || r.tok.kind == quote {
		title = r.tok.text
		r.next()
	}
	if !r.sign("{") {
		return nil, r.expect("{")
	}
	r.next()
	s := &dotScope{group: -1, node: attributes{}, edge: attributes{}}
	r.statements(s)
	if r.err == nil && !r.sign("}") {
		r.expect("}")
	}
	if r.err != nil {
		return nil, r.err
	}
	if len(r.g.nodes) == 0 {
		return nil, t.fault(len(t.src), "the graph is empty", "图是空的")
	}
	if t.title == "" && strings.Contains(title, " ") {
		t.title = title
	}
	r.g.parted()
	return &parsed{figure: r.g, kind: "dot", title: t.title}, nil
}

// comments blanks comments and preprocessor lines.
func (r *dotReader) comments() {
	b := []byte(r.src)
	wipe := func(from, to int) {
		for ; from < to; from++ {
			if b[from] != '\n' {
				b[from] = ' '
			}
		}
	}
	quoted, lineStart := false, true
	for i := 0; i < len(b); i++ {
		c := b[i]
		end := i
		switch {
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '#' && lineStart, c == '/' && i+1 < len(b) && b[i+1] == '/':
			for end < len(b) && b[end] != '\n' {
				end++
			}
			wipe(i, end)
			i = end - 1
		case c == '/' && i+1 < len(b) && b[i+1] == '*':
			end = len(b)
			if n := strings.Index(string(b[i:]), "*/"); n >= 0 {
				end = i + n + 2
			}
			wipe(i, end)
			i = end - 1
		}
		if i < len(b) && b[i] == '\n' {
			lineStart = true
		} else if c != ' ' && c != '\t' {
			lineStart = false
		}
	}
	r.src = string(b)
}

func (r *dotReader) expect(what string) *Error {
	if r.err == nil {
		found := r.tok.text
		if r.tok.kind == endOfText {
			r.err = r.fault(r.tok.at, "“"+what+"” is missing at the end", "末尾缺少“"+what+"”")
		} else {
			r.err = r.fault(r.tok.at, "“"+what+"” is expected, not “"+found+"”", "此处应为“"+what+"”，而不是“"+found+"”")
		}
	}
	return r.err
}

func (r *dotReader) is(w string) bool   { return r.tok.kind == word && strings.EqualFold(r.tok.text, w) }
func (r *dotReader) sign(s string) bool { return r.tok.kind == sign && r.tok.text == s }

// next reads a token.
func (r *dotReader) next() {
	for r.at < len(r.src) && isSpace(r.src[r.at]) {
		r.at++
	}
	begin := r.at
	if begin >= len(r.src) {
		r.tok = token{at: begin}
		return
	}
	switch c := r.src[begin]; {
	case c == '"':
		r.quoted()
	case c == '<':
		r.html()
	case strings.HasPrefix(r.src[begin:], "->"), strings.HasPrefix(r.src[begin:], "--"):
		r.at += 2
		r.tok = token{sign, r.src[begin:r.at], begin}
	default:
		for r.at < len(r.src) {
			x, n := utf8.DecodeRuneInString(r.src[r.at:])
			if !(unicode.IsLetter(x) || unicode.IsDigit(x) || x == '_' || x == '.' || x > 0x7F && !unicode.IsSpace(x) || x == '-' && r.at == begin) {
				break
			}
			r.at += n
		}
		if r.at > begin {
			r.tok = token{word, r.src[begin:r.at], begin}
			return
		}
		r.at++
		r.tok = token{sign, string(c), begin}
	}
}

func (r *dotReader) quoted() {
	begin := r.at
	var b strings.Builder
	for i := begin + 1; i < len(r.src); i++ {
		switch c := r.src[i]; {
		case c == '\\' && i+1 < len(r.src) && r.src[i+1] == '"':
			b.WriteByte('"')
			i++
		case c == '\\' && i+1 < len(r.src) && r.src[i+1] == '\n':
			i++
		case c == '"':
			r.at = i + 1
			r.tok = token{quote, b.String(), begin}
			return
		default:
			b.WriteByte(c)
		}
	}
	r.at = len(r.src)
	r.tok = token{quote, b.String(), begin}
	if r.err == nil {
		r.err = r.fault(begin, "the quotation mark is not closed", "引号没有闭合")
	}
}

func (r *dotReader) html() {
	begin, depth := r.at, 0
	for i := begin; i < len(r.src); i++ {
		switch r.src[i] {
		case '<':
			depth++
		case '>':
			if depth--; depth == 0 {
				r.at = i + 1
				r.tok = token{markup, strings.ReplaceAll(r.src[begin+1:i], "\n", " "), begin}
				return
			}
		}
	}
	r.at = len(r.src)
	r.tok = token{markup, "", begin}
	if r.err == nil {
		r.err = r.fault(begin, "“<” is not closed", "“<”没有闭合")
	}
}

// statements reads up to a closing brace.
func (r *dotReader) statements(s *dotScope) []int {
	var all []int
	for r.err == nil && r.tok.kind != endOfText && !r.sign("}") {
		all = append(all, r.statement(s)...)
		for r.sign(";") || r.sign(",") {
			r.next()
		}
		if len(r.g.nodes) > maxNodes || len(r.g.edges) > maxEdges || len(r.g.groups) > maxNodes {
			r.err = r.tooLarge(r.tok.at)
		}
	}
	return all
}

func (r *dotReader) statement(s *dotScope) []int {
	for _, k := range []string{"node", "edge", "graph"} {
		if !r.is(k) {
			continue
		}
		r.next()
		a := r.attributes()
		switch k {
		case "node":
			s.node = joined(s.node, a)
		case "edge":
			s.edge = joined(s.edge, a)
		case "graph":
			r.graphAttributes(s, a)
		}
		return nil
	}
	if r.tok.kind == word || r.tok.kind == quote {
		// "a = b" sets an attribute of the graph.
		name, at, tok := r.tok.text, r.at, r.tok
		r.next()
		if r.sign("=") {
			r.next()
			r.graphAttributes(s, attributes{strings.ToLower(name): r.tok.text})
			r.next()
			return nil
		}
		r.at, r.tok = at, tok
	}
	return r.path(s)
}

func joined(a, b attributes) attributes {
	out := attributes{}
	for k, v := range a {
		out[k] = v
	}
	for k, v := range b {
		out[k] = v
	}
	return out
}

func (r *dotReader) graphAttributes(s *dotScope, a attributes) {
	if label, ok := a["label"]; ok {
		if s.group >= 0 {
			r.g.groups[s.group].text = dotLabel(label, "")
		} else {
			r.title = plainText(dotLabel(label, ""))
		}
	}
	if d, ok := a["rankdir"]; ok && s.group < 0 {
		if dir, known := directionOf(d); known {
			r.g.dir = dir
		}
	}
}

// attributes reads "[a=b, c=d]" lists.
func (r *dotReader) attributes() attributes {
	a := attributes{}
	for r.err == nil && r.sign("[") {
		r.next()
		for r.err == nil && !r.sign("]") {
			if r.tok.kind != word && r.tok.kind != quote {
				r.expect("]")
				return a
			}
			key := strings.ToLower(r.tok.text)
			r.next()
			value := "true"
			if r.sign("=") {
				r.next()
				value = r.tok.text
				if r.tok.kind == endOfText || r.tok.kind == sign {
					r.expect("value")
					return a
				}
				if r.tok.kind == quote {
					value = strings.ReplaceAll(strings.ReplaceAll(value, "<", "&lt;"), ">", "&gt;")
				}
				r.next()
			}
			a[key] = value
			for r.sign(",") || r.sign(";") {
				r.next()
			}
		}
		r.next()
	}
	return a
}

// path reads a node, a subgraph, or edges between them.
func (r *dotReader) path(s *dotScope) []int {
	at := r.tok.at
	list := r.ends(s)
	all := append([]int(nil), list...)
	var chain [][]int
	chain = append(chain, list)
	for r.err == nil && (r.sign("->") || r.sign("--")) {
		r.next()
		list = r.ends(s)
		all = append(all, list...)
		chain = append(chain, list)
	}
	if r.err != nil {
		return nil
	}
	a := r.attributes()
	if len(chain) == 1 {
		if len(list) == 1 && len(a) > 0 {
			r.dress(r.g.nodes[list[0]], a)
		}
		return all
	}
	a = joined(s.edge, a)
	for i := 1; i < len(chain); i++ {
		for _, u := range chain[i-1] {
			for _, v := range chain[i] {
				if len(r.g.edges) > maxEdges {
					r.err = r.tooLarge(at)
					return all
				}
				r.g.edges = append(r.g.edges, r.edge(u, v, a))
			}
		}
	}
	return all
}

// ends reads a node's name or a subgraph.
func (r *dotReader) ends(s *dotScope) []int {
	if r.is("subgraph") || r.sign("{") {
		return r.subgraph(s)
	}
	if r.tok.kind == sign || r.tok.kind == endOfText {
		r.expect("node")
		return nil
	}
	id := r.tok.text
	r.next()
	for r.sign(":") { // a port
		r.next()
		r.next()
	}
	i, old := r.known[id]
	if !old {
		i = r.g.addNode(id, r.known, s.group)
		n := r.g.nodes[i]
		n.shape = ellipse
		n.text = dotLabel(id, id)
		r.dress(n, s.node)
	} else if r.g.nodes[i].group < 0 {
		r.g.nodes[i].group = s.group
	}
	return []int{i}
}

func (r *dotReader) subgraph(s *dotScope) []int {
	name := ""
	if r.is("subgraph") {
		r.next()
		if r.tok.kind == word || r.tok.kind == quote {
			name = r.tok.text
			r.next()
		}
	}
	if !r.sign("{") {
		r.expect("{")
		return nil
	}
	if r.depth++; r.depth > maxDepth {
		r.err = r.fault(r.tok.at, "subgraphs are nested more than 40 deep", "subgraph 嵌套超过 40 层")
		return nil
	}
	inner := &dotScope{group: s.group, node: s.node, edge: s.edge}
	if strings.HasPrefix(name, "cluster") {
		inner.group = len(r.g.groups)
		r.g.groups = append(r.g.groups, &group{id: name, parent: s.group})
	}
	r.next()
	all := r.statements(inner)
	if r.err == nil && !r.sign("}") {
		r.expect("}")
		return nil
	}
	r.depth--
	r.next()
	return all
}
