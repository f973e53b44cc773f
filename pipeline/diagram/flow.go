package diagram

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// flow reads Mermaid's flow charts.
type flow struct {
	*text
	at    int
	g     *graph
	known map[string]int  // nodes by id
	boxes map[string]int  // groups by id
	names map[string]bool // of edges
	open  []int           // groups begun and not ended
	opens []int           // where they began
	err   *Error
}

func parseFlow(t *text, at int) (figure, *Error) {
	f := &flow{text: t, at: at, g: &graph{kind: "flowchart"}, known: map[string]int{}, boxes: map[string]int{}, names: map[string]bool{}}
	f.header()
	for f.err == nil && f.skip() {
		f.statement()
		if f.err == nil && (len(f.g.nodes) > maxNodes || len(f.g.edges) > maxEdges) {
			return nil, f.tooLarge(f.at)
		}
	}
	if f.err == nil && len(f.open) > 0 {
		f.fail(f.opens[len(f.opens)-1], "this subgraph has no “end”", "此 subgraph 缺少 end")
	}
	if f.err == nil {
		f.g.adopt(f.known, f.boxes)
	}
	if f.err == nil && len(f.g.nodes)+len(f.g.groups) == 0 {
		f.fail(len(t.src), "the diagram is empty", "图是空的")
	}
	if f.err != nil {
		return nil, f.err
	}
	return f.g, nil
}

func (t *text) tooLarge(at int) *Error {
	return t.fault(at, "the diagram has more than 1000 nodes or 2000 edges", "图的节点超过 1000 个或连线超过 2000 条")
}

func (f *flow) fail(at int, en, zh string) {
	if f.err == nil {
		f.err = f.fault(at, en, zh)
	}
}

// header reads the direction.
func (f *flow) header() {
	f.blanks()
	end := f.at
	for end < len(f.src) && !isSpace(f.src[end]) && f.src[end] != ';' {
		end++
	}
	word := f.src[f.at:end]
	if word == "" {
		return
	}
	d, ok := directionOf(word)
	if !ok {
		f.fail(f.at, "“"+word+"” is no direction (TB, TD, BT, LR, RL)", "“"+word+"”不是方向（TB、TD、BT、LR、RL）")
		return
	}
	f.g.dir = d
	f.at = end
}

func directionOf(s string) (direction, bool) {
	switch strings.ToUpper(s) {
	case "TB", "TD", "V":
		return down, true
	case "BT", "^":
		return up, true
	case "LR", ">":
		return right, true
	case "RL", "<":
		return left, true
	}
	return down, false
}

// blanks skips blanks in a line.
func (f *flow) blanks() {
	for f.at < len(f.src) && (f.src[f.at] == ' ' || f.src[f.at] == '\t' || f.src[f.at] == '\r') {
		f.at++
	}
}

// skip goes to the next statement, if there is one.
func (f *flow) skip() bool {
	for f.at < len(f.src) && (isSpace(f.src[f.at]) || f.src[f.at] == ';') {
		f.at++
	}
	return f.at < len(f.src)
}

// lineEnd is where the statement's line ends.
func (f *flow) lineEnd() int {
	n := strings.IndexByte(f.src[f.at:], '\n')
	if n < 0 {
		return len(f.src)
	}
	return f.at + n
}

// word reports the word at hand if a blank or line end follows it.
func (f *flow) word() string {
	end := f.at
	for end < len(f.src) && (f.src[end] >= 'a' && f.src[end] <= 'z' || f.src[end] >= 'A' && f.src[end] <= 'Z') {
		end++
	}
	if end < len(f.src) && !isSpace(f.src[end]) && f.src[end] != ';' {
		return ""
	}
	return f.src[f.at:end]
}

func (f *flow) statement() {
	switch word := f.word(); word {
	case "subgraph":
		f.subgraph()
	case "end":
		if len(f.open) == 0 {
			f.fail(f.at, "“end” without a subgraph; a node may not be named “end”", "end 没有对应的 subgraph；节点不能命名为 end")
			return
		}
		f.open, f.opens = f.open[:len(f.open)-1], f.opens[:len(f.opens)-1]
		f.at += len(word)
	case "direction":
		at := f.at + len(word)
		end := f.lineEnd()
		d, ok := directionOf(strings.Trim(f.src[at:end], " \t\r;"))
		if !ok {
			f.fail(at, "“direction” wants TB, TD, BT, LR or RL", "direction 之后应为 TB、TD、BT、LR 或 RL")
			return
		}
		if k := f.inside(); k >= 0 {
			f.g.groups[k].dir, f.g.groups[k].turns = d, true
		} else {
			f.g.dir = d
		}
		f.at = end
	case "classDef", "class", "style", "linkStyle", "click":
		f.at = f.lineEnd()
	default:
		f.chain()
	}
}

// inside is the group that is open; -1: none.
func (f *flow) inside() int {
	if len(f.open) == 0 {
		return -1
	}
	return f.open[len(f.open)-1]
}

// subgraph reads "subgraph id [title]" or "subgraph title".
func (f *flow) subgraph() {
	begin := f.at
	f.at += len("subgraph")
	f.blanks()
	end := f.lineEnd()
	line := strings.TrimRight(f.src[f.at:end], " \t\r;")
	id, title := line, line
	if n := strings.IndexByte(line, '['); n > 0 && strings.HasSuffix(line, "]") {
		id, title = strings.TrimSpace(line[:n]), strings.TrimSpace(line[n+1:len(line)-1])
	}
	title = unquoted(title)
	id = unquoted(id)
	if len(f.open) >= maxDepth {
		f.fail(begin, "subgraphs are nested more than 40 deep", "subgraph 嵌套超过 40 层")
		return
	}
	k := len(f.g.groups)
	f.g.groups = append(f.g.groups, &group{id: id, text: title, parent: f.inside(), dir: f.g.dir})
	if _, ok := f.boxes[id]; !ok && id != "" {
		f.boxes[id] = k
	}
	f.open, f.opens = append(f.open, k), append(f.opens, begin)
	f.at = end
	if len(f.g.groups) > maxNodes {
		f.err = f.tooLarge(begin)
	}
}

// unquoted takes off the quotes about a text.
func unquoted(s string) string {
	if len(s) >= 2 && s[0] == '"' && s[len(s)-1] == '"' {
		return s[1 : len(s)-1]
	}
	return s
}

// chain reads nodes and the edges between them.
func (f *flow) chain() {
	from := f.nodes()
	for f.err == nil {
		at := f.at
		f.blanks()
		// A line may go on with an edge on the next one only where nothing
		// else can begin so; Mermaid does not allow it.
		l, ok := f.link()
		if !ok {
			if f.err == nil && f.at < len(f.src) && f.src[f.at] != '\n' && f.src[f.at] != ';' {
				f.unexpected()
			} else {
				f.at = max(at, f.at)
			}
			return
		}
		f.blanks()
		for f.at < len(f.src) && f.src[f.at] == '\n' { // the target may stand on the next line
			f.at++
			f.blanks()
		}
		if f.at >= len(f.src) || f.src[f.at] == ';' {
			f.fail(at, "this edge leads nowhere", "这条连线没有终点")
			return
		}
		to := f.nodes()
		for _, a := range from {
			for _, b := range to {
				e := l
				e.from, e.to = end{a, -1}, end{b, -1}
				f.g.edges = append(f.g.edges, &e)
				if len(f.g.edges) > maxEdges {
					f.err = f.tooLarge(at)
					return
				}
			}
		}
		from = to
	}
}

func (f *flow) unexpected() {
	r, _ := utf8.DecodeRuneInString(f.src[f.at:])
	f.fail(f.at, "“"+string(r)+"” is not expected here: an edge or the end of the line is", "此处不应出现“"+string(r)+"”：应为连线或行末")
}

// nodes reads "a & b & c".
func (f *flow) nodes() []int {
	var out []int
	for f.err == nil {
		if i := f.node(); i >= 0 {
			out = append(out, i)
		}
		at := f.at
		f.blanks()
		if f.at < len(f.src) && f.src[f.at] == '&' {
			f.at++
			f.blanks()
			for f.at < len(f.src) && f.src[f.at] == '\n' {
				f.at++
				f.blanks()
			}
			continue
		}
		f.at = at
		break
	}
	return out
}

// id reads a node's name.
func (f *flow) id() string {
	begin := f.at
	for f.at < len(f.src) {
		r, n := utf8.DecodeRuneInString(f.src[f.at:])
		next := byte(0)
		if f.at+1 < len(f.src) {
			next = f.src[f.at+1]
		}
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || strings.ContainsRune("_!#$%'*+.?\\/`", r) || r > 0x7F && !unicode.IsSpace(r):
		case r == ':' && next != ':' && f.at > begin && next != 0 && !isSpace(next):
		case r == '-' && next != '-' && next != '>' && next != '.' && next != 0 && !isSpace(next):
		case r == '=' && next != '=' && next != 0 && !isSpace(next):
		default:
			return f.src[begin:f.at]
		}
		f.at += n
	}
	return f.src[begin:f.at]
}

// node reads a name and what may follow it: a shape with a label, a class.
func (f *flow) node() int {
	begin := f.at
	id := f.id()
	if id == "" {
		if f.at < len(f.src) && f.src[f.at] != '\n' {
			r, _ := utf8.DecodeRuneInString(f.src[f.at:])
			f.fail(f.at, "a node is expected here, not “"+string(r)+"”", "此处应为节点，而不是“"+string(r)+"”")
		} else {
			f.fail(begin, "a node is expected here", "此处应为节点")
		}
		return 0
	}
	if f.names[id] && strings.HasPrefix(f.src[f.at:], "@{") {
		f.attributes(&node{}) // of the edge: how it is animated
		return -1
	}
	// A node belongs to the first subgraph that names it.
	i, old := f.known[id]
	if !old {
		i = f.g.addNode(id, f.known, f.inside())
	} else if f.g.nodes[i].group < 0 {
		f.g.nodes[i].group = f.inside()
	}
	f.bracket(f.g.nodes[i])
	for f.err == nil && strings.HasPrefix(f.src[f.at:], "@{") {
		f.attributes(f.g.nodes[i])
	}
	if strings.HasPrefix(f.src[f.at:], ":::") {
		f.at += 3
		f.id()
	}
	return i
}

// adopt turns edges to nodes that bear a group's name into edges to the group,
// and drops those nodes.
func (g *graph) adopt(known, boxes map[string]int) {
	named := map[int]int{}
	for id, i := range known {
		if k, ok := boxes[id]; ok {
			named[i] = k
		}
	}
	if len(named) == 0 {
		return
	}
	for _, e := range g.edges {
		for _, x := range []*end{&e.from, &e.to} {
			if k, ok := named[x.node]; ok {
				*x = end{-1, k}
			}
		}
	}
	moved := make([]int, len(g.nodes))
	var kept []*node
	for i, n := range g.nodes {
		moved[i] = len(kept)
		if k, ok := named[i]; ok {
			// Named inside another group, the group lies in that one; parents
			// stay before their kids.
			if n.group >= 0 && g.groups[k].parent < 0 && n.group < k {
				g.groups[k].parent = n.group
			}
			continue
		}
		n.index = len(kept)
		kept = append(kept, n)
	}
	g.nodes = kept
	for _, e := range g.edges {
		for _, x := range []*end{&e.from, &e.to} {
			if x.node >= 0 {
				x.node = moved[x.node]
			}
		}
	}
	g.parted()
}

// parted drops the edges between a group and what lies in it: there is no way
// to draw one.
func (g *graph) parted() {
	kept := g.edges[:0]
	for _, e := range g.edges {
		holds := func(a, b end) bool {
			if a.group < 0 || a == b {
				return false
			}
			k := b.group
			if b.node >= 0 {
				k = g.nodes[b.node].group
			}
			return g.within(k, a.group)
		}
		if holds(e.from, e.to) || holds(e.to, e.from) {
			continue
		}
		kept = append(kept, e)
	}
	g.edges = kept
}
