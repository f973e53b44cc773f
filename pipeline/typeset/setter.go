package typeset

import (
	"sync"

	"banxin/pipeline/book"
	"banxin/pipeline/code"
	"banxin/pipeline/font"
	"banxin/pipeline/layout"
	"banxin/pipeline/typeset/hyphen"
	"banxin/pipeline/xref"
)

// setter sets texts as lines. It is safe for concurrent use: paragraphs of a
// book are set in parallel and joined in order.
type setter struct {
	book   *book.Book
	index  *xref.Index
	layout *layout.Layout
	fonts  *font.Set
	lang   string // of the book, BCP 47

	listings *code.Listings // nil: read and forgotten

	hyphens hyphen.Words
	mu      sync.RWMutex
	tables  map[tableKey]*faceTable
	sticks  sync.Pool
}

// newSetter returns a setter for a book in the given language. The index may
// be nil: links then lead nowhere inside the book.
func newSetter(b *book.Book, ix *xref.Index, l *layout.Layout, f *font.Set, lang string) *setter {
	return &setter{book: b, index: ix, layout: l, fonts: f, lang: lang, tables: map[tableKey]*faceTable{},
		sticks: sync.Pool{New: func() any { return new(stick) }}}
}
