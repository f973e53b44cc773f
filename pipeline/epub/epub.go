// Package epub writes a book as an EPUB 3.3 publication with EPUB
// Accessibility 1.1.
//
// go-epub makes the container (folders, documents, media, the zip); the
// package document, the navigation document and the NCX are this package's
// own, and so are the order, the dates and the bytes.
package epub

import (
	"io"
	"runtime"
	"strings"
	"sync"
	"time"

	"banxin/pipeline/book"
	"banxin/pipeline/code"
	"banxin/pipeline/diag"
	"banxin/pipeline/font"
	"banxin/pipeline/layout"
	"banxin/pipeline/page"
	"banxin/pipeline/xref"
)

// Input is what an e-book is made of. Book is required; the rest may be nil:
// without an index nothing is numbered or linked, without pages there is no
// page list, without fonts a designed cover carries no text.
type Input struct {
	Book   *book.Book
	Index  *xref.Index
	Layout *layout.Layout
	Pages  *page.Document
	Fonts  *font.Set
	// Date is dcterms:modified and the date of every file in the container.
	Date time.Time
	// Listings are those typeset has read already; nil: read anew.
	Listings *code.Listings
	// Generator names the program in the package document; empty: not named.
	Generator string
}

// Write writes the e-book. The diagnostics are about the manuscript (a picture
// no reader can show); the error is about the writer w or the container.
func Write(w io.Writer, in Input) (diag.List, error) {
	c, found := assemble(in)
	return found, c.writeTo(w)
}

// assemble makes everything that goes into the container.
func assemble(in Input) (*container, diag.List) {
	if in.Index == nil {
		in.Index = &xref.Index{}
	}
	if in.Layout == nil {
		in.Layout = &layout.Layout{}
	}
	s := survey(in)
	c := &container{title: s.title(), lang: s.lang, date: clamp(in.Date)}
	c.media = append(s.covers(), s.media...)
	if in.Layout.EPUB.Variant == variantApple {
		c.apple = []byte(appleOptions)
	}
	cast := newCasting(s)
	c.pages = s.render(cast)
	for _, p := range c.pages {
		s.has.mathML = s.has.mathML || strings.Contains(p.properties, "mathml")
	}
	c.nav, c.navProperties = s.navDocument()
	cast.note(c.nav)
	var own []embedded
	own, c.fonts = s.embed(cast)
	c.css = styleSheet(in.Layout, s.lang, s.noKai(), own)
	c.ncx = s.ncx()
	c.opf = s.packageDocument(c)
	return c, s.diags
}

// noKai reports that the book is set in faces of which none is a Kai: emphasis
// is then by dots, as on its pages.
func (s *plan) noKai() bool {
	return s.Fonts != nil && s.Fonts.Primary(font.Style{Role: font.Kai, Lang: s.lang}) == nil
}

// render writes every document of the book but the navigation document.
// Documents share nothing they change, so they are written and compressed side
// by side and stay in order.
func (s *plan) render(cast *casting) []document {
	out := make([]document, 0, len(s.docs))
	at := make([]int, 0, len(s.docs))
	for i, d := range s.docs {
		if !d.nav {
			out = append(out, document{name: d.name, title: d.title, lang: s.lang})
			at = append(at, i)
		}
	}
	var wg sync.WaitGroup
	next := make(chan int)
	for range min(len(out), max(1, runtime.GOMAXPROCS(0))) {
		wg.Go(func() {
			var p packer
			var text []byte // one document, its room used again
			for i := range next {
				r := &renderer{plan: s, doc: at[i], markup: markup{text[:0]}}
				r.head(out[i].title, out[i].lang, "../"+cssHref)
				s.docs[at[i]].write(r)
				r.raw("</body>\n</html>\n")
				text = r.b
				cast.note(text)
				out[i].packed, out[i].properties = p.pack(text), r.properties()
			}
		})
	}
	for i := range out {
		next <- i
	}
	close(next)
	wg.Wait()
	return out
}
