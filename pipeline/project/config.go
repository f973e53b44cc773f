package project

import (
	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

// Config is book.yaml: what the author says of the book and of how it is to be
// made. The zero value is a book without a word about it.
type Config struct {
	// Meta is the book as a publication. Abstract stays empty: AbstractText
	// holds what book.yaml says.
	Meta         book.Meta
	AbstractText string

	Files []FileEntry // in reading order; empty: found
	// Layout names a layout definition; "" is the default.
	Layout       string
	Bibliography []string // paths
	Decisions    string   // path of the decisions file
	Dedup        Dedup
	Captions     []Caption
	Rules        []RuleSetting
	Math         Math
	// ConvertEncoding lets files in GBK, Big5, Shift_JIS, EUC-KR or UTF-16 be
	// read; else they are only reported.
	ConvertEncoding bool
	// FetchImages lets pictures on the web be fetched; else they are reported.
	FetchImages bool
	// ContentsDepth is how deep the contents go; 0: as the layout says.
	ContentsDepth int
	// CitationStyle is "gb7714-numeric", "gb7714-author-date" or another of
	// cite's; "" is the default.
	CitationStyle string
	// Print is what the printing house has to know; Blurb stands on the back
	// cover.
	Print Print
	Blurb string
	// Glossary are terms whose spelling is to be kept, with their variants.
	Glossary []Term
}

// Print is what only paper and binding decide. Texts are printed as given.
type Print struct {
	Paper, CoverPaper, Binding, Copies, Colors, Price string
	Thickness                                         string // of a leaf: a length such as 0.09mm
}

// FileEntry is a line of files: a path, perhaps with a title, or a part.
type FileEntry struct {
	Path, Title, Part string
	Depth             int
	Role              book.Role
	Span              source.Span
}

// Dedup is what is done to repeated sections by itself: "", exact, contained,
// near or none.
type Dedup struct{ Auto string }

// Caption is a caption given to a figure by its content's fingerprint.
type Caption struct {
	Fingerprint, Text string
	Span              source.Span
}

// RuleSetting changes a rule's severity, for some files or for all.
type RuleSetting struct {
	Rule     string
	Severity diag.Severity
	Reason   string
	Paths    []string // globs; empty: all files
	Span     source.Span
}

// Math says how formulae are written.
type Math struct {
	// NoDollar: a dollar sign is money, not a formula.
	NoDollar bool
	// LatexFences is "", "math" or "code": what ```latex fences hold.
	LatexFences string
}

// Term is an entry of the glossary.
type Term struct {
	Word     string
	Variants []string
	Span     source.Span
}
