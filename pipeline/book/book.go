// Package book is the logical model: what the author wrote. Parsing makes it,
// outline and dedup return new versions of it, every later stage reads it.
//
// A book is immutable once returned: a stage that changes something returns a
// new tree and shares what it did not touch. Nodes have no parent pointers.
package book

import "banxin/pipeline/source"

// Book is a whole book.
type Book struct {
	Meta Meta
	// Preamble is what stands before the first heading of the first file.
	Preamble []Block
	Sections []*Section
	// Notes are the footnotes' bodies in order of definition.
	Notes []*Note
	// Pictures holds the image files the manuscript names, keyed by
	// manuscript-relative path; a file that could not be read is absent.
	Pictures map[string]*Picture
	// Files are the manuscript's files, in reading order.
	Files []*source.File
	// Typed is the contents list the author typed by hand, flattened in order;
	// outline recovers it, dedup and check use it. Empty if there is none.
	Typed []TypedEntry
	// Paths are all files of the manuscript folder, to find what links and
	// images name; nil if the book was made without a folder.
	Paths *Paths
	// Bibliographies are the BibTeX and CSL-JSON files book.yaml names.
	Bibliographies []*source.File
}

// Meta is what is known about the book as a publication: book.yaml, else
// front matter, else what the text itself says.
type Meta struct {
	Title, Subtitle string
	Creators        []Creator
	Contributors    []Creator
	Publisher       string
	Language        string // BCP 47, e.g. zh-CN; empty: decided from the text
	Identifier      string // e.g. urn:uuid:…, urn:isbn:…
	ISBN            string
	Date            string // ISO 8601 date of publication
	Edition         string
	Series          string
	SeriesNumber    string
	Rights          string
	Description     string
	Keywords        []string
	Subjects        []string
	Abstract        []Block // 内容提要
	Slug            string  // names the output files
	Cover           string  // manuscript-relative path of the cover picture
	AI              string  // "", "assisted", "generated"
	// Colophon is 版权页: the author's own lines in order, label and value.
	Colophon []Field
	// CIP is the cataloguing-in-publication block, printed verbatim.
	CIP string
	// Dedication and Epigraph are set on pages of their own.
	Dedication, Epigraph string
	// Macros are the book's own commands in formulae: by name with its
	// backslash, what each stands for in TeX.
	Macros map[string]string
}

// Field is a label and its value, printed as given.
type Field struct{ Label, Value string }

// Creator is a person or a body that made the book.
type Creator struct {
	Name, Role, FileAs string // Role is a MARC relator: aut, trl, edt, ill …
}

// Picture is an image file of the manuscript.
type Picture struct {
	Path string
	Data []byte
}

// Role is what a section is in the book.
type Role uint8

const (
	Plain    Role = iota // a section: 1.1, 1.1.1, or an unnumbered one
	Part                 // 第N部分, 第N编
	Chapter              // 第N章, or a numbered top-level division
	Appendix             // 附录A
	Front                // preface, foreword, introduction before the first chapter
	Back                 // afterword, acknowledgements, bibliography
	Closing              // 小结: an unnumbered block that closes its section; in no contents or running head
	Contents             // a contents list typed by hand; kept only in the book as written
	Abstract             // 摘要, 内容提要
	Keywords             // 关键词
	Index                // the place of the index
)

func (r Role) String() string {
	return [...]string{"section", "part", "chapter", "appendix", "front", "back", "closing", "contents", "abstract", "keywords", "index"}[r]
}

// Section is a heading and what stands under it: a part, a chapter or a
// section of any depth.
type Section struct {
	// Span covers the heading to the end of the section's last descendant in
	// the file as written; Heading covers the heading alone.
	Span, Heading source.Span
	// Level as parsed is the count of # (or 1 and 2 for setext headings).
	// After outline.Recover it is the depth in the book: part 0, chapter,
	// appendix, front and back matter 1, N.N 2, N.N.N 3 and so on.
	// Where a contents file (SUMMARY.md, mkdocs.yml) orders the chapters,
	// Level as parsed counts its depth too, and a part it names is a section of
	// Level 0 with Role Part.
	Level int
	Role  Role
	// Label is the section's identifier, unique in the book after outline:
	// the author's {#id} (Explicit), else one made from the title.
	Label    string
	Explicit bool
	// Aliases are other identifiers that lead here: labels of merged copies,
	// of repeated headings, of the heading as typed. One of the form
	// "dir/file.md" or "dir/file.md#slug" is a place in a file that
	// Link.Target may name; it is unique, and not an id to print.
	Aliases []string
	// Title is the heading's text; after outline without its typed number.
	// The printed number is xref's: it follows from the section's place.
	Title []Inline
	// Typed is the number the author typed in the heading ("第1章", "1.2.1").
	Typed string
	// Unlisted sections stay out of the contents, Unnumbered ones get no number.
	Unlisted, Unnumbered bool
	// Lang is set where the section's language differs from the book's.
	Lang string
	// Classes are the heading's attribute classes.
	Classes []string
	// Hints are the hand's instructions that stand before the heading.
	Hints    []Hint
	Blocks   []Block
	Sections []*Section
	// Merged are the copies and running heads that were merged into this one.
	Merged []source.Span
}

// TypedEntry is a line of a contents list typed by hand.
type TypedEntry struct {
	Span   source.Span
	Level  int // as Section.Level after outline
	Role   Role
	Number string // as typed: "第1章", "1.2.1", "附录 A"; may be empty
	Title  string
}

// Note is a footnote's or an endnote's body.
type Note struct {
	Span   source.Span
	Label  string
	Blocks []Block
}

// Walk calls f for s and every section under it, in reading order; it does not
// enter the sections of one for which f returns false.
func (s *Section) Walk(f func(*Section) bool) {
	if !f(s) {
		return
	}
	for _, k := range s.Sections {
		k.Walk(f)
	}
}

// Walk calls f for every section of the book in reading order.
func (b *Book) Walk(f func(*Section) bool) {
	for _, s := range b.Sections {
		s.Walk(f)
	}
}
