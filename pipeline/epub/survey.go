package epub

import (
	"strconv"
	"strings"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/xref"
)

// longFile is the size in bytes of text past which a chapter is split at its
// sections: old readers lay out a whole file before they show its first page.
const longFile = 300_000

// place is where something stands in the e-book.
type place struct {
	doc int
	id  string // "" is the document's beginning
}

// planned is a document to be written.
type planned struct {
	name, title string
	write       func(*renderer)
	part        string // landmark: cover, titlepage, bodymatter …
	// nav: the navigation document stands here in the reading order.
	nav   bool
	notes []*book.Note // called first in this document, in order
}

// plan is the e-book as planned: which document everything stands in, and
// what everything is called there. It is complete before the first document is
// written and does not change while they are.
type plan struct {
	Input
	lang  string
	words words
	docs  []*planned

	labels   map[string]place
	sections map[*book.Section]place
	blocks   map[book.Block]string // ids of blocks
	numbers  map[*book.Note]int
	noteAt   map[*book.Note]place
	calls    map[*book.NoteRef]string // ids of note calls
	anchors  map[book.Inline]string   // ids of anchors, index terms, labelled images
	called   map[*book.Note]*book.NoteRef
	pictures map[string]*pictured       // by manuscript path
	formulas map[formulaKey]*figured    // where readers need pictures
	diagrams map[*book.Diagram]*figured // likewise
	media    []medium
	entries  []string // ids of the bibliography, in order
	folios   folios

	has features
	// names of the cover picture and of its drawing, inside images/
	coverName, coverDrawing string

	indexAt, bibliographyAt bool // whether the author said where
	current                 int  // the document being surveyed
	ids                     map[string]bool
	count                   int // of ids made up
	noteCount               int
	diags                   diag.List
}

// features are what accessibility metadata must tell.
type features struct {
	images, undescribed, diagrams, math, mathML, tables, notes, ruby, code, index, pageBreaks bool
}

func (s *plan) title() string {
	if s.Book.Meta.Title != "" {
		return s.Book.Meta.Title
	}
	for _, sec := range s.Book.Sections {
		if t := book.PlainText(sec.Title); t != "" {
			return t
		}
	}
	return "Untitled"
}

// survey plans the e-book.
func survey(in Input) *plan {
	lang := in.Book.Meta.Language
	if lang == "" {
		lang = "zh-CN"
	}
	s := &plan{
		Input: in, lang: lang, words: wordsFor(lang),
		labels: map[string]place{}, sections: map[*book.Section]place{}, blocks: map[book.Block]string{},
		numbers: map[*book.Note]int{}, noteAt: map[*book.Note]place{}, calls: map[*book.NoteRef]string{}, called: map[*book.Note]*book.NoteRef{},
		anchors: map[book.Inline]string{}, pictures: map[string]*pictured{}, ids: map[string]bool{},
		formulas: map[formulaKey]*figured{}, diagrams: map[*book.Diagram]*figured{},
	}
	s.folios.open(in.Pages)
	s.frontMatter()
	for i, sec := range shown(in.Book.Sections) {
		s.division(sec, "s"+strconv.Itoa(i+1))
	}
	s.backMatter()
	return s
}

// add plans a document and makes it the current one.
func (s *plan) add(name, title string, write func(*renderer)) *planned {
	d := &planned{name: name + ".xhtml", title: title, write: write}
	if title == "" {
		d.title = s.title()
	}
	s.docs = append(s.docs, d)
	s.current = len(s.docs) - 1
	return d
}

// division plans a part, a chapter or whatever else begins a document. path
// is its place in the tree ("s2-1"), from which its id is made if its label
// cannot be one.
func (s *plan) division(sec *book.Section, path string) {
	name := s.docName(sec.Role)
	title := s.headingText(sec)
	if s.Layout.Notes.Restart != "book" {
		s.noteCount = 0
	}
	if sec.Role == book.Part {
		s.add(name, title, func(r *renderer) { r.partPage(sec) })
		s.section(sec, path, false)
		s.endDoc()
		for i, k := range shown(sec.Sections) {
			s.division(k, path+"-"+strconv.Itoa(i+1))
		}
		return
	}
	if weight(sec) > longFile && len(shown(sec.Sections)) > 1 {
		s.split(sec, path, name, title)
		return
	}
	s.add(name, title, func(r *renderer) { r.chapter(sec, shown(sec.Sections)) }).part = bodyPart(sec)
	s.section(sec, path, true)
	s.endDoc()
}

// split plans a long chapter as several documents: its opening with as many
// sections as fit, then further sections, each document under longFile where
// the sections allow it.
func (s *plan) split(sec *book.Section, path, name, title string) {
	take := func(from []*book.Section, room int) (a, b []*book.Section) {
		n := 0
		for n < len(from) && (n == 0 || room >= weight(from[n])) {
			room -= weight(from[n])
			n++
		}
		return from[:n], from[n:]
	}
	opening := blocksWeight(sec.Blocks)
	first, rest := take(shown(sec.Sections), longFile-opening)
	s.add(name, title, func(r *renderer) { r.chapter(sec, first) }).part = bodyPart(sec)
	s.section(sec, path, false)
	at := 0
	survey := func(kids []*book.Section) {
		for _, k := range kids {
			at++
			s.section(k, path+"-"+strconv.Itoa(at), true)
		}
		s.endDoc()
	}
	survey(first)
	for part := 2; len(rest) > 0; part++ {
		var here []*book.Section
		here, rest = take(rest, longFile)
		s.add(name+"-"+strconv.Itoa(part), title, func(r *renderer) { r.continuation(sec, here) })
		survey(here)
	}
}

func bodyPart(sec *book.Section) string {
	switch sec.Role {
	case book.Chapter, book.Plain:
		return "bodymatter"
	case book.Appendix, book.Back, book.Index:
		return "backmatter"
	}
	return ""
}

// docName gives a division's document a name that says what it is.
func (s *plan) docName(r book.Role) string {
	word := map[book.Role]string{book.Part: "part", book.Appendix: "appendix", book.Front: "front", book.Back: "back", book.Abstract: "abstract", book.Index: "index"}[r]
	if word == "" {
		word = "chapter"
	}
	for n := 1; ; n++ {
		name := word + pad(n)
		if !s.ids["file:"+name] {
			s.ids["file:"+name] = true
			return name
		}
	}
}

func pad(n int) string {
	t := strconv.Itoa(n)
	for len(t) < 3 {
		t = "0" + t
	}
	return t
}

// section surveys a section; its subsections too if deep.
func (s *plan) section(sec *book.Section, path string, deep bool) {
	id := s.name(sec.Label, path)
	p := place{s.current, id}
	s.sections[sec] = p
	s.label(sec.Label, p)
	for _, a := range sec.Aliases {
		s.label(a, p)
	}
	s.foliosAt(sec)
	s.inlines(sec.Title)
	s.surveyBlocks(sec.Blocks)
	if sec.Role == book.Index {
		s.indexHere()
	}
	if !deep {
		return
	}
	for i, k := range shown(sec.Sections) {
		s.section(k, path+"-"+strconv.Itoa(i+1), true)
	}
}

// endDoc surveys the notes called in the current document, which stand at its
// end; a note may call another.
func (s *plan) endDoc() {
	d := s.docs[s.current]
	for i := 0; i < len(d.notes); i++ {
		s.surveyBlocks(d.notes[i].Blocks)
	}
}

// name makes an id unique in the book: the label where it can be an id, else
// the fallback.
func (s *plan) name(label, fallback string) string {
	id := label
	if !isName(id) {
		id = fallback
	}
	for n := 2; s.ids[id]; n++ {
		id = fallback + "-" + strconv.Itoa(n)
	}
	s.ids[id] = true
	return id
}

// made makes up an id.
func (s *plan) made(prefix string) string {
	s.count++
	return s.name("", prefix+strconv.Itoa(s.count))
}

// label notes where a label stands; the first of equal labels counts.
func (s *plan) label(label string, p place) {
	if label == "" {
		return
	}
	if _, ok := s.labels[label]; !ok {
		s.labels[label] = p
	}
}

func (s *plan) surveyBlocks(bs []book.Block) {
	book.EachBlock(bs, func(b book.Block) bool {
		if hidden(b) {
			return false
		}
		s.block(b)
		return true
	})
}

// hidden reports whether a block is left out of the e-book.
func hidden(b book.Block) bool { return node(b).Hidden == "ebook" }

func (s *plan) block(b book.Block) {
	n := node(b)
	t := s.Index.Blocks[b]
	label := n.Label
	if label == "" && t != nil {
		label = t.Label
	}
	if label != "" {
		id := s.name(label, "b"+strconv.Itoa(len(s.blocks)+1))
		s.blocks[b] = id
		s.label(label, place{s.current, id})
		s.label(n.Label, place{s.current, id})
	}
	switch b := b.(type) {
	case *book.Figure:
		s.foliosBefore(b)
	case *book.IndexHere:
		s.indexHere()
	case *book.BibliographyHere:
		s.bibliographyHere()
	case *book.Table:
		s.has.tables = true
	case *book.Math:
		for _, row := range mathRows(b) {
			s.surveyFormula(row, true)
		}
		s.foliosBefore(b)
	case *book.Code:
		s.has.code = true
		s.foliosBefore(b)
	case *book.Diagram:
		s.surveyDiagram(b)
		s.foliosBefore(b)
	}
	for _, run := range book.Inlines(b) {
		s.inlines(run)
	}
}

func (s *plan) inlines(ns []book.Inline) {
	book.EachInline(ns, func(n book.Inline) bool {
		switch n := n.(type) {
		case *book.Text:
			s.foliosInText(n)
		case *book.NoteRef:
			s.noteCall(n)
		case *book.Image:
			s.image(n)
			if n.Label != "" {
				s.anchor(n, n.Label, "b")
			}
		case *book.Anchor:
			s.anchor(n, n.ID, "a")
		case *book.IndexTerm:
			label := ""
			if t := s.Index.Links[n]; t != nil {
				label = t.Label
			}
			s.anchor(n, label, "t")
		case *book.InlineMath:
			s.surveyFormula(n.TeX, false)
		case *book.Ruby:
			s.has.ruby = true
		case *book.Cite:
			s.inlines(s.citation(n))
		}
		return true
	})
}

// anchor gives an inline an id.
func (s *plan) anchor(n book.Inline, label, prefix string) {
	s.count++
	id := s.name(label, prefix+strconv.Itoa(s.count))
	s.anchors[n] = id
	s.label(label, place{s.current, id})
}

// citation is what a citation prints.
func (s *plan) citation(n *book.Cite) []book.Inline {
	if out, ok := s.Index.Cites[n]; ok {
		return out
	}
	return n.Rendered
}

func (s *plan) noteCall(n *book.NoteRef) {
	if n.Note == nil {
		return
	}
	s.has.notes = true
	s.calls[n] = s.made("r")
	if _, ok := s.numbers[n.Note]; ok {
		return
	}
	s.noteCount++
	s.numbers[n.Note] = s.noteCount
	p := place{s.current, s.made("n")}
	s.noteAt[n.Note] = p
	s.label(n.Note.Label, p)
	s.called[n.Note] = n
	d := s.docs[s.current]
	d.notes = append(d.notes, n.Note)
}

// href is a link from document doc to a place; "" if there is none.
func (s *plan) href(doc int, p place) string {
	switch {
	case p.doc == doc && p.id != "":
		return "#" + p.id
	case p.id == "":
		return s.docs[p.doc].name
	}
	return s.docs[p.doc].name + "#" + p.id
}

// target is where an index target stands in the e-book.
func (s *plan) target(t *xref.Target) (place, bool) {
	if t == nil {
		return place{}, false
	}
	if t.Kind == xref.Section && t.Section != nil {
		p, ok := s.sections[t.Section]
		return p, ok
	}
	p, ok := s.labels[t.Label]
	return p, ok
}

// headingText is a section's number and title as one line of plain text.
func (s *plan) headingText(sec *book.Section) string {
	title := strings.TrimSpace(book.PlainText(sec.Title))
	number := s.sectionNumber(sec)
	switch {
	case number == "":
		return title
	case title == "":
		return number
	}
	return number + s.gap() + title
}

// sectionNumber is the number printed before a section's title.
func (s *plan) sectionNumber(sec *book.Section) string {
	if t := s.Index.Sections[sec]; t != nil {
		return t.Printed
	}
	return ""
}

// gap stands between a number and a title: an ideographic space in full-width
// languages.
func (s *plan) gap() string {
	if isHan(s.lang) {
		return "\u3000"
	}
	return " "
}
