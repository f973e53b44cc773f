// Package page is the physical model: what the reader holds. Glyphs, rules and
// pictures stand at fixed places; nothing is left to decide.
//
// Coordinates grow to the right and downwards from a frame's top left corner.
package page

import (
	"banxin/pipeline/font"
	"banxin/pipeline/source"
	"banxin/pipeline/unit"
)

// Document is a set book.
type Document struct {
	Pages   []*Page
	Outline []Bookmark
	// Structure is the logical tree for tagged PDF. Node 0 is the document;
	// Placed.Tag indexes it. Empty: the document is not tagged.
	Structure []Node
	Language  string
	// RightBound is set for books read right to left.
	RightBound bool
}

// Page is one page. Boxes are measured from the media box's top left corner.
type Page struct {
	Media, Trim, Bleed Box
	// Folio is the page's number as printed (or as it would be printed on a
	// page without one): "iv", "12". Style and Value make the PDF page label.
	Folio string
	Style FolioStyle
	Value int
	// Kind says what the page is, for checks and page lists.
	Kind  Kind
	Frame *Frame // as large as Media
	Recto bool
	// Comments are a proof's notes, which a reviewer's program lists.
	Comments []Comment
}

// Comment is a note on a rectangle of the page, not printed.
type Comment struct {
	X, Y, Width, Height unit.Length
	Title, Text         string
	// Name is the comment's own in the file; "" for none.
	Name string
}

// Box is a rectangle.
type Box struct{ X, Y, Width, Height unit.Length }

// FolioStyle is how a folio counts.
type FolioStyle uint8

const (
	Arabic FolioStyle = iota
	Roman             // i, ii, iii
	NoFolio
)

// Kind is what a page holds.
type Kind uint8

const (
	Text Kind = iota
	Cover
	HalfTitle
	TitlePage
	Copyright
	Contents
	Blank
	Opening // the first page of a chapter
	PartTitle
)

// Bookmark is an entry of the document outline.
type Bookmark struct {
	Title string
	Page  int // index into Pages
	Y     unit.Length
	Kids  []Bookmark
}

// Frame is a rectangle with things placed in it: a page, a line, a formula
// and a diagram are all frames.
type Frame struct {
	Width, Height unit.Length
	// Baseline is the distance from the top to the frame's baseline, for
	// frames that stand in a line; 0 otherwise.
	Baseline unit.Length
	Items    []Placed
}

// Placed is an item at a place. For Glyphs, (X, Y) is the origin on the
// baseline; for everything else the top left corner.
type Placed struct {
	X, Y unit.Length
	Item Item
	// Tag is the structure node the item belongs to: an index into
	// Document.Structure, 0 for an artifact (folios, running heads, rules).
	Tag int32
}

// Item is one of the types below and no other.
type Item interface{ item() }

// Color is a device colour. Gray (the zero value is black) unless CMYK or RGB
// is set.
type Color struct {
	Space ColorSpace
	// V holds one, three or four components of 0 … 1000.
	V [4]int16
}

// ColorSpace says what Color.V holds.
type ColorSpace uint8

const (
	Gray ColorSpace = iota
	RGB
	CMYK
)

// GrayLevel returns a gray of 0 (black) to 1000 (white).
func GrayLevel(v int) Color { return Color{Gray, [4]int16{int16(v)}} }

// RGBColor returns a device RGB colour of 8-bit components.
func RGBColor(r, g, b uint8) Color {
	s := func(v uint8) int16 { return int16((int(v)*1000 + 127) / 255) }
	return Color{RGB, [4]int16{s(r), s(g), s(b)}}
}

// Glyphs is a run of glyphs of one face at one size on one baseline.
type Glyphs struct {
	Face *font.Face
	Size unit.Length
	// Text is what the run says, in reading order; each glyph names its part.
	Text   string
	Glyphs []Glyph
	Color  Color
	Lang   string      // BCP 47; "" is the document's
	Span   source.Span // where the text stands in the manuscript; may be zero
	// Turn is a clockwise rotation of the whole run in degrees: 0, 90, 180, 270.
	Turn int16
	// Artificial text stands for nothing in the manuscript's text (a hyphen at
	// a line end has ActualText "").
	ActualText *string
}

// Glyph is one glyph of a run: offset from the run's origin, and the bytes
// [Start, End) of Text that its cluster stands for. Only the first glyph of a
// cluster has Start < End.
type Glyph struct {
	ID         font.GID
	X, Y       unit.Length
	Start, End int32
}

// Rule is a filled rectangle.
type Rule struct {
	Width, Height unit.Length
	Color         Color
}

// Op is a path operator.
type Op uint8

const (
	MoveTo  Op = iota // X, Y
	LineTo            // X, Y
	CurveTo           // X1, Y1, X2, Y2, X, Y
	Close
)

// Segment is one step of a path, relative to the item's place.
type Segment struct {
	Op                   Op
	X1, Y1, X2, Y2, X, Y unit.Length
}

// Path is an outline, filled, stroked or both.
type Path struct {
	Segments []Segment
	Fill     *Color
	EvenOdd  bool
	Stroke   *Color
	// Line is the stroke's width; Dash alternates on and off.
	Line     unit.Length
	Dash     []unit.Length
	RoundCap bool
	// Width and Height are the extent of the path, for layout and dumps.
	Width, Height unit.Length
}

// Picture is a raster image scaled to Width × Height.
type Picture struct {
	Name          string // manuscript path, the key under which writers share data
	Format        string // png, jpeg
	Data          []byte
	PixelWidth    int
	PixelHeight   int
	Width, Height unit.Length
	Alt           string
	Span          source.Span
}

// Link is a rectangle that leads to a URI or to a Dest of the document.
type Link struct {
	Width, Height unit.Length
	URI           string
	Dest          string
	Alt           string // what the link leads to, for screen readers
	Span          source.Span
}

// Dest is a named place that links lead to.
type Dest struct{ Name string }

// Group is a frame inside a frame, optionally scaled (Num/Den), turned
// clockwise by 90° (Turned), or clipped to its extent.
type Group struct {
	Frame    *Frame
	Num, Den int64 // 0, 0: not scaled
	Turned   bool
	Clip     bool
	Alt      string // of a figure
}

func (*Glyphs) item()  {}
func (*Rule) item()    {}
func (*Path) item()    {}
func (*Picture) item() {}
func (*Link) item()    {}
func (*Dest) item()    {}
func (*Group) item()   {}

// Node is a node of the logical structure. Kids are in reading order; the
// tree is stored flat, parents before kids.
type Node struct {
	Type   string // a standard PDF structure type: P, H1, L, LI, Table, Figure …
	Parent int32
	Lang   string
	Alt    string
	Actual string
	Title  string
	ID     string
	Scope  string // of a TH: Column, Row
	Span   source.Span
}

// Add places an item.
func (f *Frame) Add(x, y unit.Length, it Item) {
	f.Items = append(f.Items, Placed{X: x, Y: y, Item: it})
}

// AddTagged places an item that belongs to structure node tag.
func (f *Frame) AddTagged(x, y unit.Length, it Item, tag int32) {
	f.Items = append(f.Items, Placed{X: x, Y: y, Item: it, Tag: tag})
}
