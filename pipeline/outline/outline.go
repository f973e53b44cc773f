// Package outline recovers what the author meant by his headings: which is a
// part, a chapter, a section or an appendix, whatever their number of #; the
// numbers typed into them; the contents list typed by hand; the book's title,
// abstract and keywords typed as headings; front and back matter.
//
// It goes by what a heading says first (第3章, 3.2, Appendix B, 前言) and by its
// # count second. It drops nothing: repeats are dedup's, numbers xref's.
package outline

import (
	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

// Options are what the book's settings say about its outline.
type Options struct {
	// Captions are captions of figures by Fingerprint, from book.yaml.
	Captions map[string]string
}

// Recover returns the book with roles, levels, typed numbers and labels: every
// section has a unique Label; Title is without its typed number, which is in
// Typed. The title heading is gone (its text is in Meta.Title, what stood
// under it in Preamble). Contents, abstract and keywords stay in Sections with
// their roles (book.Role.Apparatus) and are copied to Typed and Meta.
func Recover(b *book.Book, o Options) (*book.Book, diag.List) {
	out := *b
	r := &recovery{book: &out}
	r.flatten(b)
	r.classify()
	r.takeTitle()
	r.takeContents()
	r.takeContentsList()
	r.takeApparatus()
	r.judgeNumbers()
	r.nest()
	r.numbered()
	out.Sections = r.build(r.roots)
	r.caption(o.Captions)
	label(&out)
	return &out, r.diags
}

// recovery is one book's headings on their way from a flat list to a tree.
type recovery struct {
	book     *book.Book
	headings []*heading // in reading order, the title taken off
	roots    []*heading
	diags    diag.List
	// types says which levels carry typed numbers (index: level, 1 chapters).
	types [8]bool
	any   bool // some level does
	// printings counts headings by role and number.
	printings map[numberKey]int
}

type numberKey struct {
	role book.Role
	n    int
}

// heading is one section with what is known about it.
type heading struct {
	section *book.Section // a copy, without its Sections
	hash    int           // # count
	level   int
	role    book.Role
	text    string // the heading's words as typed
	folded  string
	number  book.Number
	rest    int // offset of the words after the number; 0: no number
	name    name
	tail    string // what follows a name and a colon: 关键词：a，b
	preset  bool   // its role came from the project
	fixed   bool   // its role is settled before nesting
	kids    []*heading
	end     int // end of its own text in its file
	// holds are the roles of the typed numbers under it by # count.
	holdsChapter, holdsAppendix bool
}

// flatten lists the sections in reading order.
func (r *recovery) flatten(b *book.Book) {
	b.Walk(func(s *book.Section) bool {
		c := *s
		c.Sections = nil
		r.headings = append(r.headings, &heading{section: &c, hash: s.Level, end: s.Span.End,
			preset: s.Role != book.Plain, role: s.Role})
		return true
	})
	for i, h := range r.headings[:max(0, len(r.headings)-1)] {
		next := r.headings[i+1].section.Heading
		if s := h.section.Heading; next.File == s.File && next.Start > s.Start {
			h.end = min(h.end, next.Start)
		}
	}
}

// classify reads every heading's number and name.
func (r *recovery) classify() {
	words := newVocabulary()
	for _, h := range r.headings {
		h.text = book.PlainText(h.section.Title)
		if startsInText(h.section.Title) {
			h.number, h.rest = book.ParseNumber(h.text)
		}
		if h.rest == 0 {
			h.name, h.tail = words.nameOf(h.text)
		}
		h.folded = fold(h.text[h.rest:])
	}
	r.scopes()
}

// scopes finds which headings hold typed chapters or appendices by # count.
func (r *recovery) scopes() {
	var open []*heading
	for i, h := range r.headings {
		// 附录 alone on a line holds the lettered ones that follow at once,
		// even if they stand at its own level.
		if h.name == appendixName && i+1 < len(r.headings) && len(h.section.Blocks) == 0 {
			next := r.headings[i+1]
			h.holdsAppendix = next.rest > 0 && next.number.Role == book.Appendix
		}
		for len(open) > 0 && open[len(open)-1].hash >= h.hash {
			open = open[:len(open)-1]
		}
		if h.rest > 0 && h.number.Role == book.Chapter {
			for i := len(open) - 1; i >= 0 && !open[i].holdsChapter; i-- {
				open[i].holdsChapter = true
			}
		}
		if h.rest > 0 && h.number.Role == book.Appendix {
			for i := len(open) - 1; i >= 0 && !open[i].holdsAppendix; i-- {
				open[i].holdsAppendix = true
			}
		}
		open = append(open, h)
	}
}

// build makes sections of headings: levels, roles, titles, spans.
func (r *recovery) build(hs []*heading) []*book.Section {
	if len(hs) == 0 {
		return nil
	}
	out := make([]*book.Section, 0, len(hs))
	for _, h := range hs {
		s := h.section
		s.Level, s.Role = h.level, h.role
		if h.rest > 0 {
			s.Typed = h.number.Text
			s.Title = trimStart(s.Title, h.rest)
		}
		s.Span = source.Span{File: s.Heading.File, Start: s.Heading.Start, End: max(h.end, s.Heading.End)}
		s.Sections = r.build(h.kids)
		for _, k := range s.Sections {
			if k.Span.File == s.Span.File {
				s.Span = s.Span.Join(k.Span)
			}
		}
		out = append(out, s)
	}
	return out
}
