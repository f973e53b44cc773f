package dedup

import (
	"banxin/pipeline/source"
)

// Decisions is what a person has decided about a book's repeats.
type Decisions struct {
	Auto Policy // book.yaml's dedup.auto; "" is AutoContained
	List []Decision
}

// A Decision is one entry of decisions.yaml. Sections are named "s:1a2b3c4d",
// optionally followed by "~" and a sketch, and by the heading for the eye;
// units "u:1a2b3c4d".
type Decision struct {
	// Verb is keep, carry, both, cut, place, wrap, retitle or renumber.
	Verb string
	// What the verb is done to.
	What []string
	// Drop are the copies that give way to the one kept, with everything under
	// them; Own limits that to their own text. At is the copy whose place and
	// heading the kept one takes.
	Drop []string
	Own  bool
	At   string
	// Into is the section that carry fills; After there may name a unit. From
	// is the section a unit is taken from, where its text occurs in several.
	Into, From string
	// After, Before, Under say where place and wrap put things.
	After, Before, Under string
	Title                string // of wrap and retitle
	Number               string // "none" or "auto"
	Deep                 bool   // renumber: everything below too
	Role                 string // section, part, chapter, appendix, front, back, closing
	Reason               string
	Span                 source.Span
}

// An order is a decision with its names found in the book.
type order struct {
	Decision
	verb, reason            string
	sections, drop, units   []int
	at, into, after, before int
	under, behind, from     int
	own, deep               bool
	void                    bool // it contradicts an earlier one and has no effect
}
