package xref

import (
	"strings"

	"banxin/pipeline/book"
	"banxin/pipeline/cite"
	"banxin/pipeline/diag"
	"banxin/pipeline/source"

	"golang.org/x/text/unicode/norm"
)

// Options say how numbers are made and printed; a layout gives them. The zero
// value numbers chapters and N.N with Chinese or English words by the book's
// language.
type Options struct {
	// Language is the book's (BCP 47); empty: Meta.Language, else zh.
	Language string
	// Depth is the deepest numbered level (2 is N.N); 0 is 2, negative none.
	Depth int
	// KeepTyped prints a heading's number as the author typed it; what refers
	// to it still goes by the number of its place.
	KeepTyped bool
	// Templates by language ("zh", "zh-Hant", "ja", "en"): %d Arabic, %A a
	// letter, %一 Chinese figures, %R Roman.
	Part, Chapter, Appendix map[string]string
	// Labels of floats by language, and what joins chapter and count.
	Figure, Table, Equation, Listing map[string]string
	Sep                              string
	// Style of citations and bibliography.
	Style cite.Style
}

// Resolve numbers everything that has a number by its place in b, and finds
// what every link, reference, citation and note call leads to. b must come
// from outline (labels are unique) and is not changed.
func Resolve(b *book.Book, lib *cite.Library, o Options) (*Index, diag.List) {
	r := newResolver(b, lib, o)
	r.define()
	r.refer()
	r.cite()
	r.sortTerms()
	return r.index, r.diags
}

// resolver is one run over one book.
type resolver struct {
	book  *book.Book
	lib   *cite.Library
	o     Options
	words words
	index *Index
	diags diag.List

	// ids are the fragments that lead somewhere, by file.
	ids map[fileID]*Target
	// starts is the first section of each file.
	starts map[string]*Target
	paths  *book.Paths
	inBook map[string]bool
	// the words with which the author counts chapters and parts (回, 篇)
	chapterUnit, partUnit string
	// typed numbers and printed ones, to what they name.
	prose     numbers
	cites     []*book.Cite
	notes     map[*book.Note]*Target
	terms     termList
	suggested int
	sorted    *idList
	next      map[string]int // counts to try for taken ids
}

type fileID struct{ path, id string }

func newResolver(b *book.Book, lib *cite.Library, o Options) *resolver {
	if o.Language == "" {
		o.Language = b.Meta.Language
	}
	if o.Language == "" {
		o.Language = "zh"
	}
	if o.Depth == 0 {
		o.Depth = 2
	}
	if o.Sep == "" {
		o.Sep = "-"
	}
	if o.Style.Language == "" {
		o.Style.Language = o.Language
	}
	r := &resolver{book: b, lib: lib, o: o, words: wordsFor(o), ids: map[fileID]*Target{}, starts: map[string]*Target{},
		inBook: map[string]bool{}, notes: map[*book.Note]*Target{}, next: map[string]int{}}
	r.index = &Index{
		Targets: map[string]*Target{}, Blocks: map[book.Block]*Target{}, Sections: map[*book.Section]*Target{},
		Links: map[book.Inline]*Target{}, Refs: map[*book.CrossRef]string{}, Cites: map[*book.Cite][]book.Inline{},
		Prose: map[*book.Text][]ProseRef{},
	}
	r.prose = numbers{byTyped: map[numbered][]*Target{}, byPrinted: map[numbered][]*Target{},
		chapters: map[*book.Section]numbered{}, told: map[*book.Section]bool{}, parts: map[*book.Section]*book.Section{}}
	list := make([]string, 0, len(b.Files))
	for _, f := range b.Files {
		r.inBook[f.Path] = true
		list = append(list, f.Path)
	}
	if r.paths = b.Paths; r.paths == nil {
		r.paths = book.NewPaths(list)
	}
	return r
}

// place is where a walk stands: a section (nil in the preamble, the abstract)
// and the ordinal of its chapter.
type place struct {
	section *book.Section
	chapter []int
	letter  bool     // an appendix
	number  numbered // of its chapter as typed
}

// each calls f for every run of blocks that is printed, in reading order.
func (r *resolver) each(f func(place, []book.Block)) {
	f(place{}, r.book.Meta.Abstract)
	f(place{}, r.book.Preamble)
	var walk func(*book.Section, place)
	walk = func(s *book.Section, p place) {
		if s.Role.Apparatus() {
			return
		}
		p.section = s
		if s.Role == book.Part {
			p.chapter, p.letter = nil, false
		} else if s.Level <= 1 {
			p.chapter, p.letter = r.index.Sections[s].Ordinal, s.Role == book.Appendix
			p.number = r.prose.chapters[s]
		}
		f(p, s.Blocks)
		for _, k := range s.Sections {
			walk(k, p)
		}
	}
	for _, s := range r.book.Sections {
		walk(s, place{})
	}
}

// add registers a target under its label and, for fragments, in its file.
func (r *resolver) add(t *Target, at source.Span, aliases ...string) {
	if t.Label != "" && r.index.Targets[t.Label] == nil {
		r.index.Targets[t.Label] = t
	}
	r.id(at, t.Label, t)
	for _, a := range aliases {
		if r.index.Targets[a] == nil {
			r.index.Targets[a] = t
		}
		r.id(at, a, t)
	}
}

func (r *resolver) id(at source.Span, id string, t *Target) {
	if at.File == nil || id == "" {
		return
	}
	k := fileID{at.File.Path, norm.NFC.String(id)}
	if r.ids[k] == nil {
		r.ids[k] = t
	}
}

// find returns what an id names, seen from a file: its own first.
func (r *resolver) find(path, id string) *Target {
	id = norm.NFC.String(id)
	if t := r.ids[fileID{path, id}]; t != nil {
		return t
	}
	if t := r.index.Targets[path+"#"+id]; t != nil {
		return t
	}
	if l := strings.ToLower(id); l != id {
		if t := r.ids[fileID{path, l}]; t != nil {
			return t
		}
	}
	return r.index.Targets[id]
}
