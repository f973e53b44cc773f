package epub

import (
	"slices"
	"sort"
	"unicode"
	"unicode/utf8"

	"banxin/pipeline/book"
	"banxin/pipeline/page"
	"banxin/pipeline/source"
)

// folios finds, for every page of the print edition, the place in the book its
// text begins at: pages name the manuscript span of every run of glyphs, and
// so does the book of every inline and block.
type folios struct {
	cuts map[*source.File][]cut // by start
	last int                    // page of the last cut placed
	// placed cuts in reading order, for the page list.
	placed []*cut
	// text and block give the cuts that stand in a text or before a block.
	texts  map[*book.Text][]textCut
	before map[book.Block][]*cut
	heads  map[*book.Section][]*cut
	// fronts are the folios of pages that hold no manuscript text, by kind.
	fronts map[page.Kind]*cut
}

// cut is where a page begins.
type cut struct {
	start  int // byte of the file
	page   int // index into the document's pages
	folio  string
	id     string
	doc    int
	placed bool
}

// textCut is a cut inside a text: before byte at of its value.
type textCut struct {
	at int
	*cut
}

func (f *folios) open(d *page.Document) {
	f.last = -1
	f.cuts = map[*source.File][]cut{}
	f.texts = map[*book.Text][]textCut{}
	f.before = map[book.Block][]*cut{}
	f.heads = map[*book.Section][]*cut{}
	f.fronts = map[page.Kind]*cut{}
	if d == nil {
		return
	}
	tagged := len(d.Structure) > 0
	for i, p := range d.Pages {
		if p.Folio == "" || p.Style == page.NoFolio || p.Frame == nil {
			continue
		}
		switch p.Kind {
		case page.TitlePage, page.Copyright, page.Contents:
			if f.fronts[p.Kind] == nil {
				f.fronts[p.Kind] = &cut{page: i, folio: p.Folio}
			}
			continue
		case page.Cover, page.HalfTitle, page.Blank:
			continue
		}
		if at, ok := firstText(p.Frame, tagged); ok {
			f.cuts[at.File] = append(f.cuts[at.File], cut{start: at.Start, page: i, folio: p.Folio})
		}
	}
	for _, cs := range f.cuts { // each file is sorted by itself
		slices.SortStableFunc(cs, func(a, b cut) int { return a.start - b.start })
	}
}

// firstText finds the first run of a frame, in the order of its items, that
// stands for manuscript text; in a tagged document artifacts do not count.
func firstText(f *page.Frame, tagged bool) (source.Span, bool) {
	for _, p := range f.Items {
		switch it := p.Item.(type) {
		case *page.Glyphs:
			if !it.Span.IsZero() && (!tagged || p.Tag != 0) {
				return it.Span, true
			}
		case *page.Picture:
			if !it.Span.IsZero() {
				return it.Span, true
			}
		case *page.Group:
			if at, ok := firstText(it.Frame, tagged && p.Tag == 0); ok {
				return at, true
			}
		}
	}
	return source.Span{}, false
}

// in returns the cuts of a span that are not placed yet, in order. A cut to a
// page before the last one placed is not of the reading order (a running head,
// a note): it is left out.
func (f *folios) in(at source.Span) []*cut {
	cs := f.cuts[at.File]
	if len(cs) == 0 {
		return nil
	}
	var out []*cut
	for i := sort.Search(len(cs), func(i int) bool { return cs[i].start >= at.Start }); i < len(cs) && cs[i].start < max(at.End, at.Start+1); i++ {
		if c := &cs[i]; !c.placed && c.page > f.last {
			c.placed, f.last = true, c.page
			out = append(out, c)
		}
	}
	return out
}

// text places the cuts that fall into a text. Where the text is its span byte
// for byte the place is exact; else (entities, joined lines) it is in
// proportion, at a character.
func (s *plan) foliosInText(n *book.Text) {
	for _, c := range s.folios.in(n.Span) {
		off, size := c.start-n.Span.Start, n.Span.End-n.Span.Start
		if size != len(n.Value) && size > 0 {
			off = off * len(n.Value) / size
		}
		off = max(0, min(off, len(n.Value)))
		for off > 0 && off < len(n.Value) && !utf8.RuneStart(n.Value[off]) {
			off--
		}
		off = wordStart(n.Value, off)
		s.placeFolio(c)
		s.folios.texts[n] = append(s.folios.texts[n], textCut{off, c})
	}
}

// wordStart backs a place inside a word up to the word's start, so that a word
// broken across pages stays whole; between characters of scripts without
// words it is the place itself.
func wordStart(s string, at int) int {
	inWord := func(r rune) bool { return !isWide(r) && (unicode.IsLetter(r) || unicode.IsMark(r)) }
	if r, _ := utf8.DecodeRuneInString(s[at:]); !inWord(r) {
		return at
	}
	for start := at; start > 0; {
		r, size := utf8.DecodeLastRuneInString(s[:start])
		if !inWord(r) {
			return start
		}
		start -= size
	}
	return 0
}

// foliosBefore places the cuts that fall into a block that cannot hold them
// (a listing, a formula, a figure) before it.
func (s *plan) foliosBefore(b book.Block) {
	for _, c := range s.folios.in(b.Where()) {
		s.placeFolio(c)
		s.folios.before[b] = append(s.folios.before[b], c)
	}
}

// foliosAt places the cuts that fall into a section's heading before it: a
// printed number stands for the heading as a whole.
func (s *plan) foliosAt(sec *book.Section) {
	for _, c := range s.folios.in(sec.Heading) {
		s.placeFolio(c)
		s.folios.heads[sec] = append(s.folios.heads[sec], c)
	}
}

// folioOf places the folio of a page that holds no manuscript text.
func (s *plan) folioOf(k page.Kind) *cut {
	c := s.folios.fronts[k]
	if c == nil || c.placed || c.page <= s.folios.last {
		return nil
	}
	c.placed, s.folios.last = true, c.page
	s.placeFolio(c)
	return c
}

func (s *plan) placeFolio(c *cut) {
	c.doc = s.current
	c.id = s.name("page-"+c.folio, "page-"+pad(c.page+1))
	s.folios.placed = append(s.folios.placed, c)
	s.has.pageBreaks = true
}

// pageBreak writes the place where a page of the print edition begins.
func (r *renderer) pageBreak(c *cut, element string) {
	if c == nil {
		return
	}
	r.open(element, "epub:type", "pagebreak", "role", "doc-pagebreak", "id", c.id, "aria-label", c.folio)
	r.close(element)
}
