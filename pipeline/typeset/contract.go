// Package typeset turns a book into pages.
//
// items.go makes boxes, glue and penalties of inlines; linebreak chooses the
// breaks; lines.go sets the chosen lines as frames. galley.go makes one column
// of lines and blocks; pages.go cuts it into pages by an optimum over the
// chapter; front.go, heads.go and contents.go add what stands around the text.
package typeset

import (
	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/layout"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// text is a run of inlines to be set as a paragraph, with everything resolved
// that does not depend on where its lines fall.
type text struct {
	inlines []book.Inline
	style   layout.Style
	lang    string
	measure unit.Length // width of every line, style.Left and Right taken off
	indent  unit.Length // of the first line; may be negative (hanging label)
	// tabular figures, no justification, no hyphenation: as the style says.
	tag int32 // structure node the runs belong to
	// tags are structure nodes of inlines that have one of their own (Link,
	// Reference); what stands inside them belongs to it, the rest to tag.
	tags map[book.Inline]int32
	// prose are those of the references that xref found in a text, in order.
	prose map[*book.Text][]int32
	// numbers gives the number that a note's call prints ("①" is 1); a note
	// that is absent prints 1. Numbers restart by page, so the page breaker
	// sets a paragraph again where its guess was wrong.
	numbers map[*book.Note]int
	// label is set at the first line's left edge, before its text (list
	// labels); it may stand in the margin left of x = 0.
	label *page.Frame
	// leader: the text's last item is flushed right behind dots (contents).
	leader     bool
	leaderTail []book.Inline
	// leaderRoom is the width of the widest tail of the list.
	leaderRoom unit.Length
}

// line is a set line: a frame as wide as the measure whose Baseline is on the
// text's baseline; Height is the style's leading.
type line struct {
	frame *page.Frame
	// notes called on this line, in order.
	notes []*book.Note
	// stretch is the widest Han pitch minus one, in thousandths, for reports.
	stretch int
	last    bool // of its paragraph
	hyphen  bool // it ends inside a word
}

// lines is a paragraph set in one way.
type lines struct {
	lines    []line
	demerits int64
}

// setting is a paragraph with its best setting and, where they exist within
// tolerable demerits, settings one line shorter and one line longer (Knuth and
// Plass 1981, looseness): what the page breaker may choose from.
type setting struct {
	best            lines
	shorter, longer *lines
	diags           diag.List
}
