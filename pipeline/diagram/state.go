package diagram

import (
	"strconv"
	"strings"
)

// stateReader reads state diagrams.
type stateReader struct {
	*text
	g            *graph
	known, boxes map[string]int
	open         []int // composite states and their regions that are open
	opens        []int
	note         *node // whose lines are being read
	count        int
}

func parseState(t *text, at int) (figure, *Error) {
	r := &stateReader{text: t, g: &graph{kind: "state"}, known: map[string]int{}, boxes: map[string]int{}}
	for _, line := range t.rows(at) {
		if err := r.row(line); err != nil {
			return nil, err
		}
		if len(r.g.nodes) > maxNodes || len(r.g.edges) > maxEdges {
			return nil, t.tooLarge(line.at)
		}
	}
	if n := len(r.opens); n > 0 {
		return nil, t.fault(r.opens[n-1], "this state has no “}”", "此状态缺少“}”")
	}
	if len(r.g.nodes)+len(r.g.groups) == 0 {
		return nil, t.fault(at, "the diagram is empty", "图是空的")
	}
	r.g.adopt(r.known, r.boxes)
	return r.g, nil
}

func (r *stateReader) inside() int {
	if len(r.open) == 0 {
		return -1
	}
	return r.open[len(r.open)-1]
}

// state returns the node of a name; the start and the end of every composite
// state are its own.
func (r *stateReader) state(name string, target bool) *node {
	name = strings.TrimSpace(name)
	name, _, _ = strings.Cut(name, ":::")
	id, sh := name, round
	switch {
	case name == "[*]" && target:
		id, sh = "\x00end"+strconv.Itoa(r.inside()), stopDot
	case name == "[*]":
		id, sh = "\x00start"+strconv.Itoa(r.inside()), startDot
	}
	i, old := r.known[id]
	if !old {
		i = r.g.addNode(id, r.known, r.inside())
		r.g.nodes[i].shape = sh
		if sh != round {
			r.g.nodes[i].text = ""
		}
	}
	return r.g.nodes[i]
}

func (r *stateReader) row(line row) *Error {
	s := line.text
	if r.note != nil {
		if strings.EqualFold(s, "end note") {
			r.note = nil
		} else if r.note.text == "" {
			r.note.text = s
		} else {
			r.note.text += "\n" + s
		}
		return nil
	}
	word, rest, _ := strings.Cut(s, " ")
	rest = strings.TrimSpace(rest)
	switch word {
	case "direction":
		d, ok := directionOf(rest)
		if !ok {
			return r.fault(line.at, "“direction” wants TB, BT, LR or RL", "direction 之后应为 TB、BT、LR 或 RL")
		}
		if k := r.inside(); k >= 0 {
			r.g.groups[k].dir, r.g.groups[k].turns = d, true
		} else {
			r.g.dir = d
		}
	case "state":
		return r.declare(line, rest)
	case "note":
		return r.remark(line, rest)
	case "}":
		return r.closeState(line)
	case "--":
		r.region()
	case "classDef", "class", "style", "hide", "scale", "title":
	default:
		return r.transition(line)
	}
	return nil
}

// declare reads what follows "state".
func (r *stateReader) declare(line row, rest string) *Error {
	label := ""
	if strings.HasPrefix(rest, "\"") {
		words, after, ok := strings.Cut(rest[1:], "\"")
		if !ok {
			return r.fault(line.at, "the quotation mark is not closed", "引号没有闭合")
		}
		label = words
		rest = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(after), "as "))
	}
	name, braced := strings.CutSuffix(rest, "{")
	name = strings.TrimSpace(name)
	if braced {
		return r.openState(line, name, label)
	}
	sh := shape(0)
	for _, k := range []struct {
		mark  string
		shape shape
	}{{"<<fork>>", bar}, {"<<join>>", bar}, {"<<choice>>", diamond}, {"[[fork]]", bar}, {"[[join]]", bar}, {"[[choice]]", diamond}} {
		if rest, ok := strings.CutSuffix(name, k.mark); ok {
			name, sh = strings.TrimSpace(rest), k.shape
		}
	}
	if name == "" {
		return r.fault(line.at, "a state wants a name", "state 之后应为名称")
	}
	n := r.state(name, false)
	if label != "" {
		n.text = label
	}
	if sh != 0 {
		n.shape, n.text = sh, ""
	}
	return nil
}

func (r *stateReader) openState(line row, name, label string) *Error {
	if len(r.open) >= maxDepth {
		return r.fault(line.at, "states are nested more than 40 deep", "状态嵌套超过 40 层")
	}
	if label == "" {
		label = name
		if i, ok := r.known[name]; ok {
			label = r.g.nodes[i].text
		}
	}
	k := len(r.g.groups)
	r.g.groups = append(r.g.groups, &group{id: name, text: label, parent: r.inside()})
	if _, ok := r.boxes[name]; !ok {
		r.boxes[name] = k
	}
	r.open, r.opens = append(r.open, k), append(r.opens, line.at)
	return nil
}

func (r *stateReader) closeState(line row) *Error {
	n := len(r.open)
	if n > 0 && r.g.groups[r.open[n-1]].bare {
		n--
	}
	if n == 0 {
		return r.fault(line.at, "“}” closes nothing", "“}”没有对应的开头")
	}
	r.open, r.opens = r.open[:n-1], r.opens[:len(r.opens)-1]
	return nil
}

// region begins a concurrent region: all before it in this state is one, what
// follows is another.
func (r *stateReader) region() {
	n := len(r.open)
	if n == 0 {
		return
	}
	k := r.open[n-1]
	if r.g.groups[k].bare {
		r.open = r.open[:n-1]
		k = r.open[n-2]
	} else {
		first := len(r.g.groups)
		r.g.groups = append(r.g.groups, &group{parent: k, bare: true})
		for _, x := range r.g.nodes {
			if x.group == k {
				x.group = first
			}
		}
	}
	r.g.groups = append(r.g.groups, &group{parent: k, bare: true})
	r.open = append(r.open, len(r.g.groups)-1)
}

// remark reads "note right of S : text" or the lines up to "end note".
func (r *stateReader) remark(line row, rest string) *Error {
	head, words, inLine := strings.Cut(rest, ":")
	_, name, ok := strings.Cut(head, " of ")
	if !ok {
		return r.fault(line.at, "a note reads “note right of S : text”", "注释应写作“note right of S : 文字”")
	}
	about := r.state(name, false)
	r.count++
	i := r.g.addNode("\x00note"+strconv.Itoa(r.count), r.known, about.group)
	n := r.g.nodes[i]
	n.shape, n.text = noteBox, strings.TrimSpace(words)
	r.g.edges = append(r.g.edges, &edge{from: end{about.index, -1}, to: end{i, -1}, stroke: dotted, span: 1})
	if !inLine {
		r.note = n
	}
	return nil
}

// transition reads "A --> B : text", "A : description" or a name alone.
func (r *stateReader) transition(line row) *Error {
	from, rest, ok := strings.Cut(line.text, "-->")
	if !ok {
		name, words, described := strings.Cut(line.text, ":")
		if strings.ContainsAny(strings.TrimSpace(name), " <>{}") {
			return r.fault(line.at, "this is no state or transition", "此行不是状态或转移")
		}
		n := r.state(name, false)
		if described && !strings.HasPrefix(words, ":") {
			if n.text == n.id {
				n.text = strings.TrimSpace(words)
			} else {
				n.text += "\n" + strings.TrimSpace(words)
			}
		}
		return nil
	}
	to, words, _ := strings.Cut(rest, ":")
	if strings.HasPrefix(words, "::") {
		_, words, _ = strings.Cut(words[2:], ":")
	}
	if strings.TrimSpace(from) == "" || strings.TrimSpace(to) == "" {
		return r.fault(line.at, "a transition wants a state at both ends", "转移的两端都应有状态")
	}
	a, b := r.state(from, false), r.state(to, true)
	r.g.edges = append(r.g.edges, &edge{from: end{a.index, -1}, to: end{b.index, -1}, head: arrow, text: strings.TrimSpace(words), span: 1})
	return nil
}
