package book

import "banxin/pipeline/source"

// Block is a block-level node: one of the types in this file and no other.
type Block interface {
	block()
	// Where returns the block's place in the manuscript.
	Where() source.Span
}

// Node is the part common to all blocks. Hidden is the edition the block is
// left out of ("print" for {.ebook-only}, "ebook" for {.print-only}).
type Node struct {
	Span    source.Span
	Label   string   // {#fig:x}, or ""
	Classes []string // attribute classes
	Lang    string   // where it differs from what surrounds it
	Hidden  string
	// Typed is the number the author typed in the caption ("图3-1"), which
	// outline takes off; the printed number is xref's.
	Typed string
	// Hints are the hand's instructions that stand before the block
	// (<!-- banxin: page -->, keep, looseness=-1), in order.
	Hints []Hint
}

// Hint is an instruction to the typesetter: Name "page", "keep", "looseness",
// with its Value.
type Hint struct {
	Span        source.Span
	Name, Value string
}

func (Node) block()               {}
func (n Node) Where() source.Span { return n.Span }

// HiddenIn is the edition the block is left out of: "print", "ebook" or "".
func (n Node) HiddenIn() string { return n.Hidden }

// Paragraph is running text.
type Paragraph struct {
	Node
	Inlines []Inline
	// Continued marks a paragraph that goes on after a display block inside
	// the same sentence: it takes no first-line indent (CLREQ, typography G1).
	Continued bool
}

// List is an ordered or unordered list.
type List struct {
	Node
	Ordered bool
	Start   int    // of an ordered list
	Marker  string // delimiter or bullet as written: "-", "*", ".", ")"
	Tight   bool   // no blank line between items
	Items   []*Item
}

// Item is a list item.
type Item struct {
	Span   source.Span
	Task   bool // a task list item
	Done   bool
	Blocks []Block
}

// DefinitionList is terms with their definitions.
type DefinitionList struct {
	Node
	Entries []Definition
}

// Definition is one or more terms and what they mean.
type Definition struct {
	Terms   [][]Inline
	Details [][]Block
}

// Quote is a block quotation.
type Quote struct {
	Node
	Blocks []Block
	Source []Inline // attribution, if it could be told apart
}

// Code is a listing. Lines that mdBook hides are already gone.
type Code struct {
	Node
	Language  string
	Info      string // the fence's info string as written
	Text      string // without the final newline
	TextSpan  source.Span
	Caption   []Inline
	Fenced    bool
	Numbered  bool // line numbers wanted
	FirstLine int
}

// Diagram is a fence in a diagram language (mermaid, dot, plantuml …).
type Diagram struct {
	Node
	Language string
	Text     string
	TextSpan source.Span
	Caption  []Inline
	Alt      string
}

// Math is a display formula, or several set as a column.
type Math struct {
	Node
	TeX     string
	TeXSpan source.Span
	// Rows are separate formulae (a ```latex fence with one formula a line);
	// nil where TeX is one formula.
	Rows []string
}

// Align is a table column's alignment.
type Align uint8

const (
	AlignNone Align = iota
	AlignLeft
	AlignCenter
	AlignRight
)

// Table is a table with a head (possibly empty) and rows.
type Table struct {
	Node
	Caption []Inline
	Align   []Align
	Head    []Row
	Rows    []Row
}

// Row is a table row.
type Row struct{ Cells []Cell }

// Cell is a table cell; spans are 1 or more.
type Cell struct {
	Span             source.Span
	Blocks           []Block
	Header           bool
	ColSpan, RowSpan int
}

// Figure is a picture (or several) that stands by itself, with its caption.
type Figure struct {
	Node
	Images  []*Image
	Caption []Inline
}

// Rule is a thematic break: a pause in the text.
type Rule struct{ Node }

// Admonition is a note, tip, warning box.
type Admonition struct {
	Node
	Kind   string // note, tip, important, warning, caution, …
	Title  []Inline
	Blocks []Block
	Folded bool // written as collapsible; print shows it open
}

// Division is a ::: container or an HTML div that has no meaning of its own
// beyond its classes ("center", "right", "verse", "epigraph", "panel" …).
type Division struct {
	Node
	Title  []Inline // of a tab's panel
	Align  Align
	Blocks []Block
}

// ContentsHere stands where the author wrote [[toc]] or [TOC].
type ContentsHere struct{ Node }

// IndexHere, BibliographyHere stand where those are wanted.
type (
	IndexHere        struct{ Node }
	BibliographyHere struct{ Node }
)

// Unknown is something not understood, kept as text so that nothing
// disappears; a note names it.
type Unknown struct {
	Node
	Text string
}
