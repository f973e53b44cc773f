// Package linebreak chooses where the lines of a paragraph end. It knows
// widths, gaps and costs, nothing of characters or fonts.
//
// The method is total fit (Knuth and Plass, Breaking Paragraphs into Lines,
// 1981) with CLREQ's order of adjustment: gaps belong to classes, a class
// gives way only when the ones before it are used up, and what the capped
// classes cannot take is shared by all even gaps alike.
//
// All arithmetic is on integers, so breaks are the same on every processor.
package linebreak

import (
	"math"

	"banxin/pipeline/unit"
)

// Class orders gaps by how soon they are squeezed (CLREQ, horizontal squeeze):
// all gaps of a class give way before any of the next does.
type Class uint8

const (
	Word       Class = iota // Western word spaces; also the first to stretch
	Interpunct              // the blanks of ·
	Bracket                 // the outer blank of brackets and quotes
	Comma                   // the blank of ，、；：
	Script                  // between Han and Latin; the second to stretch
	Stop                    // the blank of 。？！
	classes
)

const (
	// Forbidden as an item's Break: no line ends here.
	Forbidden = math.MaxInt32
	// Forced as an item's Break: a line ends here and keeps its natural width.
	Forced = math.MinInt32
)

// Item is a box and the gap after it. The gap vanishes where a line ends, so
// the half em that is blank in a full-width mark is a gap, and a mark at
// either edge of a line is half an em wide by construction (typography P3, P4).
type Item struct {
	Width unit.Length
	Gap   unit.Length
	// Squeeze and Stretch are the most the gap may give and take within its
	// class. Stretch counts for Word and Script only.
	Squeeze, Stretch unit.Length
	// Extra is added to the box if a line ends here: a hyphen.
	Extra unit.Length
	// Hang is how much of the box may stand outside the measure at a line's
	// end (hanging punctuation, typography P6).
	Hang unit.Length
	// Break is the cost of ending a line here, or Forbidden, or Forced.
	Break int32
	// Inner is the number of gaps inside the box that tracking may open in an
	// emergency: between the letters of a word.
	Inner uint16
	// Weight counts the characters that keep a last line from being stranded;
	// marks have none.
	Weight uint16
	Class  Class
	// Even gaps share what the capped classes cannot take.
	Even bool
}

// Params say how a paragraph is to be set.
type Params struct {
	Measure unit.Length
	First   unit.Length // measure of the first line; 0: Measure
	Em      unit.Length // size of the body, the yardstick of costs
	// Ragged lines keep their natural widths; Balanced ones should moreover be
	// about equally long, the last one too (headings).
	Ragged, Balanced bool
	// Variants asks for settings one line shorter and one line longer.
	Variants bool
}

// Line is one line: items [Start, End) and how far each kind of gap is
// adjusted, as totals over the line.
type Line struct {
	Start, End int
	Squeeze    [classes]unit.Length
	Stretch    [classes]unit.Length // Word and Script
	Even       unit.Length          // over all even gaps
	Track      unit.Length          // over all inner gaps
	// Pitch is what one even gap was opened by.
	Pitch unit.Length
	// Over is how far the line sticks out, Under how far it falls short of the
	// measure although it should fill it: nothing in it could be adjusted.
	Over, Under unit.Length
	Hung        bool
	Last        bool // of its paragraph or before a forced break
}

// Paragraph is a way of breaking the items, with its cost.
type Paragraph struct {
	Lines []Line
	Cost  int64
	// Stranded is set if the last line holds a single character (孤字).
	Stranded bool
}

// Result is the best way and, if asked for and possible, the best ones with
// one line less and one line more.
type Result struct {
	Best            Paragraph
	Shorter, Longer *Paragraph
}
