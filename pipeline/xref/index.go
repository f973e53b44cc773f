// Package xref numbers what can be referred to and finds what is referred to.
package xref

import "banxin/pipeline/book"

// Kind is what a label names.
type Kind uint8

const (
	Section Kind = iota
	Figure
	Table
	Equation
	Listing
	Note
	Anchor
)

// Target is something with a label.
type Target struct {
	Kind  Kind
	Label string // canonical: what PDF destinations and EPUB ids use
	// Number is the bare number ("1-2", "3.2", "A"), Printed with its label
	// ("图1-2", "第3章", "附录A"); both empty if unnumbered.
	Number, Printed string
	// Ordinal is the number's components: chapter, section, …
	Ordinal []int
	Title   []book.Inline
	Section *book.Section // the section itself or the one it stands in
	Block   book.Block    // nil for a section
}

// Index is every target and the lists made of them. It is keyed by node
// identity: the book it was made from must be the book it is used with.
type Index struct {
	// Targets by label and by alias.
	Targets map[string]*Target
	// Blocks gives the target of a numbered or labelled block.
	Blocks map[book.Block]*Target
	// Sections gives every section's target.
	Sections map[*book.Section]*Target
	// Links resolves links, cross references and note calls: the node of the
	// manuscript to what it leads to. A node without an entry leads nowhere
	// inside the book.
	Links map[book.Inline]*Target
	// Refs is the text a cross reference prints ("图1-2", "3.2").
	Refs map[*book.CrossRef]string
	// Cites is what a citation prints.
	Cites map[*book.Cite][]book.Inline
	// Prose are references found in running text ("见第3章"): by text node,
	// ordered, non-overlapping byte ranges of its Value.
	Prose map[*book.Text][]ProseRef
	// Bibliography is the formatted list in order; empty if none is cited.
	Bibliography []Entry
	// Terms are the index entries, sorted.
	Terms []Term
	// Figures, Tables, Equations, Listings in reading order, numbered ones only.
	Figures, Tables, Equations, Listings []*Target
	// NoteNumbers numbers notes by call order over the book.
	NoteOrder []*book.Note
}

// ProseRef is a reference in running text.
type ProseRef struct {
	Start, End int
	Target     *Target
}

// Entry is one bibliography item; its label is "ref-KEY".
type Entry struct {
	Key, Mark string
	Text      []book.Inline
}

// Term is an index entry with the labels of the places it was marked.
type Term struct {
	Text, Reading, Group string
	Labels               []string
	See, SeeAlso         []string
	Sub                  []Term
}
