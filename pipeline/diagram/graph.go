package diagram

import "banxin/pipeline/unit"

// maxNodes and maxEdges bound what a page can show and what is laid out: the
// layout's steps grow faster than the graph does.
const (
	maxNodes = 1000
	maxEdges = 2000
	maxDepth = 40 // of groups in groups
)

// direction is where a graph's edges lead.
type direction uint8

const (
	down direction = iota
	up
	right
	left
)

func (d direction) horizontal() bool { return d == right || d == left }

// across is the direction a graph is laid out in instead.
func (d direction) across() direction {
	switch d {
	case down:
		return right
	case up:
		return left
	case right:
		return down
	}
	return up
}

// graph is nodes and edges, in groups. It is what a parser makes; laying it
// out never changes it.
type graph struct {
	kind   string
	dir    direction
	nodes  []*node
	edges  []*edge
	groups []*group // parents before their kids
}

// node is a box with text.
type node struct {
	id, text string
	shape    shape
	group    int // index of the innermost group, -1: none
	index    int
	// parts are further compartments (of a class, an entity): rows of cells.
	parts [][][]string
	// head is a line above the text («interface»).
	head string
}

// group is a subgraph.
type group struct {
	id, text string
	parent   int // -1: none
	dir      direction
	turns    bool // has a direction of its own
	bare     bool // no frame is drawn (a region, rank=same)
}

// stroke is how an edge is drawn.
type stroke uint8

const (
	solid stroke = iota
	dotted
	thick
	invisible
)

// tip is what stands at an edge's end.
type tip uint8

const (
	plain tip = iota
	arrow
	circleTip
	cross
	hollow     // extension: a hollow triangle
	diamondTip // composition
	openTip    // aggregation: a hollow diamond
	socket     // a lollipop
	one        // crow's feet
	zeroOne
	many
	zeroMany
	vee // an open arrow
)

// end is one end of an edge: a node or a whole group.
type end struct {
	node, group int // -1: not
}

// edge joins two ends.
type edge struct {
	from, to   end
	text       string
	near, far  string // texts at the two ends (multiplicities)
	stroke     stroke
	tail, head tip
	span       int // ranks it wants between its ends, at least 1
}

// loop reports whether the edge leads back to its node.
func (e *edge) loop() bool { return e.from == e.to }

// addNode returns the node of an id, made if it is new.
func (g *graph) addNode(id string, known map[string]int, in int) int {
	if i, ok := known[id]; ok {
		return i
	}
	i := len(g.nodes)
	g.nodes = append(g.nodes, &node{id: id, text: id, group: in, index: i})
	known[id] = i
	return i
}

// within reports whether group inner is outer or inside it.
func (g *graph) within(inner, outer int) bool {
	for ; inner >= 0; inner = g.groups[inner].parent {
		if inner == outer {
			return true
		}
	}
	return outer < 0
}

// bareEdges reports whether no edge has a tip or a text, which take room.
func (g *graph) bareEdges() bool {
	for _, e := range g.edges {
		if e.head != plain || e.tail != plain || e.text != "" {
			return false
		}
	}
	return true
}

// chain reports whether the graph is one line of boxes, each joined to the
// next and to no other.
func (g *graph) chain() bool {
	if len(g.groups) > 0 || len(g.nodes) < 2 || len(g.edges) != len(g.nodes)-1 {
		return false
	}
	in, out := make([]int, len(g.nodes)), make([]int, len(g.nodes))
	for _, e := range g.edges {
		if e.loop() || e.from.node < 0 || e.to.node < 0 {
			return false
		}
		out[e.from.node]++
		in[e.to.node]++
	}
	heads := 0
	for i := range in {
		if in[i] > 1 || out[i] > 1 {
			return false
		}
		if in[i] == 0 {
			heads++
		}
	}
	return heads == 1
}

// ways tries the direction that the author wrote, then the other. A row of
// boxes may be set with narrower labels before it is given up.
func (g *graph) ways(compact bool) []way {
	as := way{dir: g.dir, wrap: wrapWide}
	turned := way{dir: g.dir.across(), wrap: wrapWide}
	if compact && !g.dir.horizontal() && g.chain() {
		row := turned
		out := []way{row}
		row.tight, row.wrap = true, 8000
		out = append(out, row)
		row.wrap, row.shrink = 6000, 850
		out = append(out, row)
		return append(out, as)
	}
	narrow := as
	narrow.wrap = 7000
	if g.dir.horizontal() {
		tight := as
		tight.tight = true
		return []way{as, tight, narrow, turned}
	}
	narrowTurned := turned
	narrowTurned.wrap = 7000
	tight := turned
	tight.tight = true
	return []way{as, turned, tight, narrow, narrowTurned}
}

// wrapWide is the widest label in thousandths of an em.
const wrapWide = 13_000

// point is a place.
type point struct{ x, y unit.Length }
