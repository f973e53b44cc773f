// Package diagram draws the diagrams that manuscripts hold as text: Mermaid's
// notation and the graphs of Graphviz. A drawing is a page.Frame of paths and
// real text in the book's own faces.
//
// A parser makes a figure of the text (flow.go, sequence.go …); a figure lays
// itself out at a size and in a direction; fit.go chooses both so that the
// drawing stands in its measure and its labels stay legible. Figures that are
// graphs share one layered layout (layered.go and what follows it: rank.go,
// order.go, place.go, route.go).
package diagram

import (
	"fmt"

	"banxin/pipeline/font"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// Style says how a diagram is to look. Fonts, Size and MaxWidth are required.
type Style struct {
	Fonts *font.Set
	Font  font.Style
	// Size is the labels' type size, MinSize the smallest that still reads
	// (0: 7 pt).
	Size, MinSize unit.Length
	Lang          string // BCP 47, of labels and of the description
	// MaxWidth is the measure, MaxHeight that of the type area; 0: no limit.
	MaxWidth, MaxHeight unit.Length
	// TurnedWidth is the measure of a drawing turned by 90°, for which a whole
	// page may be given; 0: MaxHeight.
	TurnedWidth unit.Length
	// Line is the width of outlines and edges; 0: 0.7 pt.
	Line   unit.Length
	Colors Colors // zero: OneInk
	// PreferCompact sets a chain of boxes that is written downwards in a row
	// where the row fits, since height is what a page is short of.
	PreferCompact bool
}

// Colors are those of a drawing.
type Colors struct {
	Text, Line, Edge  page.Color // of labels, outlines, edges
	Fill              page.Color // of nodes
	Group, GroupLine  page.Color // of subgraphs
	Note              page.Color // of notes
	Strong, StrongInk page.Color // of filled heads and bars; of text on them
	Paper             page.Color // of what must cover what lies behind it
	// Series are the fills of slices, bars and branches, in turn.
	Series []page.Color
}

// OneInk returns grays for print in black alone.
func OneInk() Colors {
	g := page.GrayLevel
	return Colors{
		Text: g(0), Line: g(200), Edge: g(200), Fill: g(950),
		Group: g(985), GroupLine: g(600), Note: g(900),
		Strong: g(250), StrongInk: g(1000), Paper: g(1000),
		Series: []page.Color{g(820), g(550), g(930), g(350), g(700), g(880), g(450), g(970)},
	}
}

// Drawing is a diagram, drawn.
type Drawing struct {
	Frame *page.Frame
	// Kind is what the source calls itself: flowchart, sequence, class, state,
	// er, pie, gantt, timeline, mindmap, git, quadrant, journey, xychart, dot.
	Kind string
	// Title and Description say what is drawn to those who do not see it: the
	// author's own words (accTitle, accDescr, title), else made of the labels.
	Title, Description string
	// Nodes and Edges are what stands where; Groups are the subgraphs.
	Nodes, Groups []Node
	Edges         []Edge
	// Size is the size the labels are set in; at least Style.MinSize unless
	// Small is set.
	Size unit.Length
	// Turned: the drawing is wider than the measure and fits it turned by 90°.
	Turned bool
	// Small: even turned, on a page of its own, the labels are below MinSize.
	Small bool
}

// Node is a box of a drawing, Label its text.
type Node struct {
	ID, Label string
	Box       page.Box
}

// Edge is a line of a drawing, from and to the nodes' indices, or the groups'
// where InGroup says so; Start and End are where it touches them.
type Edge struct {
	From, To           int
	FromGroup, ToGroup bool
	Label              string
	LabelBox           page.Box // zero: no label
	Start, End         [2]unit.Length
}

// Error is a fault in a diagram's source. Line and Col count from 1, Col in
// characters. Unsupported is set where the notation or its kind of diagram is
// not one that is drawn, so that the text may still be right.
type Error struct {
	Line, Col   int
	En, Zh      string
	Unsupported bool
}

func (e *Error) Error() string { return fmt.Sprintf("%d:%d: %s", e.Line, e.Col, e.En) }

// figure is a parsed diagram.
type figure interface {
	// ways lists how the figure may be laid out, the preferred first.
	ways(compact bool) []way
	// lay draws the figure one way.
	lay(p *pen, w way) *sheet
	// tell is what the figure says in words.
	tell(lang string) string
}

// parsed is a figure with what its author says about it.
type parsed struct {
	figure
	kind         string
	title, descr string
}

// Parse reports whether the source can be drawn: nil or an *Error.
func Parse(src, language string) error {
	_, err := parse(src, language)
	if err != nil {
		return err
	}
	return nil
}

// Draw draws the source of a fence in the language (mermaid, mmd, dot, gv,
// graphviz). The error is always an *Error.
func Draw(src, language string, st Style) (*Drawing, error) {
	f, err := parse(src, language)
	if err != nil {
		return nil, err
	}
	if st.MinSize <= 0 {
		st.MinSize = 7 * unit.Pt
	}
	if st.TurnedWidth <= 0 {
		st.TurnedWidth = st.MaxHeight
	}
	if st.Size <= 0 {
		st.Size = 9 * unit.Pt
	}
	if st.Line <= 0 {
		st.Line = unit.Pt.Scale(7, 10)
	}
	if st.Colors.Series == nil {
		st.Colors = OneInk()
	}
	d := fit(f, st)
	d.Kind = f.kind
	d.Title, d.Description = f.title, f.descr
	if d.Description == "" {
		d.Description = f.tell(st.Lang)
	}
	return d, nil
}
