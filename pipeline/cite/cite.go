// Package cite reads bibliographies (BibTeX, CSL-JSON) and sets citations and
// reference lists by GB/T 7714-2015, numeric or author-year.
package cite

import (
	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

// Library is the works a book may cite, by key.
type Library struct {
	works []*Work // in order of the files
	byKey map[string]*Work
}

// Work is one entry of a bibliography.
type Work struct {
	Key  string
	Span source.Span // the entry in its file
	// Type is the kind of work by its mark of GB/T 7714 (M, J, C …).
	Type string
}

// Style is how citations and the list are set; the zero value is numeric.
type Style struct {
	AuthorYear bool
}

// Entry is one item of the reference list.
type Entry struct {
	Key, Mark string
	Text      []book.Inline
}

// Parse reads bibliography files: BibTeX (.bib) and CSL-JSON (.json).
func Parse(files []*source.File) (*Library, diag.List) {
	return &Library{byKey: map[string]*Work{}}, nil
}

// Work returns the work with the key, nil if there is none. A nil library has
// no works.
func (l *Library) Work(key string) *Work {
	if l == nil {
		return nil
	}
	return l.byKey[key]
}

// Works returns all works in the order of their files.
func (l *Library) Works() []*Work {
	if l == nil {
		return nil
	}
	return l.works
}

// Set sets the citations of a book, given in reading order, and the list of
// the works they cite. Items whose key is not in the library print the key.
func (l *Library) Set(cites []*book.Cite, s Style) (map[*book.Cite][]book.Inline, []Entry) {
	return nil, nil
}
