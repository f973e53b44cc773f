package epub

import (
	"strconv"
	"strings"

	"banxin/pipeline/book"
)

// partPage writes a part: a page of its own with what stands before the
// part's first chapter.
func (r *renderer) partPage(sec *book.Section) {
	r.openSection(sec, 1)
	r.blocks(sec.Blocks)
	r.notes()
	r.raw("</section>\n")
}

// chapter writes a document's division with the given subsections.
func (r *renderer) chapter(sec *book.Section, kids []*book.Section) {
	r.openSection(sec, 1)
	r.blocks(sec.Blocks)
	for _, k := range kids {
		r.section(k, 2)
	}
	r.generated(sec)
	r.notes()
	r.raw("</section>\n")
}

// continuation writes further sections of a chapter that was split. The
// document is not the chapter again: its sections say what they are.
func (r *renderer) continuation(sec *book.Section, kids []*book.Section) {
	r.open("section", "class", "continuation", "aria-label", r.headingText(sec))
	r.raw("\n")
	for _, k := range kids {
		r.section(k, 2)
	}
	r.notes()
	r.raw("</section>\n")
}

// generated writes what a section is the place of.
func (r *renderer) generated(sec *book.Section) {
	if sec.Role == book.Index && !holdsIndex(sec.Blocks) {
		r.indexList()
	}
}

func holdsIndex(bs []book.Block) bool {
	found := false
	book.EachBlock(bs, func(b book.Block) bool {
		_, ok := b.(*book.IndexHere)
		found = found || ok
		return !found
	})
	return found
}

func (r *renderer) section(sec *book.Section, level int) {
	r.openSection(sec, level)
	r.blocks(sec.Blocks)
	for _, k := range shown(sec.Sections) {
		r.section(k, level+1)
	}
	r.generated(sec)
	r.raw("</section>\n")
}

// openSection writes a section's start tag and heading; its end is the
// caller's.
func (r *renderer) openSection(sec *book.Section, level int) {
	id := r.sections[sec].id
	is := sectionSemantics(sec)
	heading := len(sec.Title) > 0 || r.sectionNumber(sec) != ""
	by := ""
	if is.role != "" && heading {
		by = id + "-h"
	}
	r.open("section", "id", id, "class", sectionClass(sec, level), "epub:type", is.kind, "role", is.role, "lang", sec.Lang, "xml:lang", sec.Lang, "aria-labelledby", by)
	r.raw("\n")
	for _, c := range r.folios.heads[sec] {
		r.pageBreak(c, "div")
	}
	if !heading {
		return
	}
	h := "h" + strconv.Itoa(min(level, 6))
	r.open(h, "id", by)
	r.heading(sec)
	r.close(h)
	r.raw("\n")
}

// sectionClass is the name of the layout's style for the section, and its
// author's classes.
func sectionClass(sec *book.Section, level int) string {
	name := styleName(sec, level)
	if cs := classes(sec.Classes); cs != "" {
		name += " " + cs
	}
	return name
}

// styleName is the layout's name for a section's style.
func styleName(sec *book.Section, level int) string {
	switch sec.Role {
	case book.Part:
		return "part"
	case book.Chapter:
		return "chapter"
	case book.Appendix:
		return "appendix"
	case book.Front, book.Back, book.Abstract, book.Keywords, book.Index:
		return "front"
	case book.Closing:
		return "closing"
	}
	switch {
	case level <= 1:
		return "chapter"
	case level == 2:
		return "section"
	case level == 3:
		return "subsection"
	case level >= 6:
		return "level6"
	}
	return "level" + strconv.Itoa(level)
}

// heading writes a number and a title.
func (r *renderer) heading(sec *book.Section) {
	number := r.sectionNumber(sec)
	titled := strings.TrimSpace(book.PlainText(sec.Title)) != ""
	if number != "" {
		r.element("span", number, "class", "number")
		if titled {
			// Seen, the style sheet spaces them; heard or copied, a space does.
			r.raw(" ")
		}
	}
	if number == "" || !titled {
		r.inlines(sec.Title)
		return
	}
	r.wrap("span", sec.Title, "class", "title")
}

// notes writes the notes called in the document: readers that know noteref
// show them as popups, the others as a list to jump to and back from.
func (r *renderer) notes() {
	notes := r.docs[r.doc].notes
	if len(notes) == 0 {
		return
	}
	m := r.noteMarkup()
	r.open("section", "class", "notes", "epub:type", m.sectionType, "aria-label", r.words.notes)
	r.raw("\n<hr/>\n")
	if m.list != "" {
		r.open("ol", "class", m.list)
		r.raw("\n")
	}
	for _, n := range notes {
		r.note(n, m)
	}
	if m.list != "" {
		r.raw("</ol>\n")
	}
	r.raw("</section>\n")
}

func (r *renderer) note(n *book.Note, m noteMarkup) {
	r.open(m.element, append([]string{"id", r.noteAt[n].id}, m.attrs...)...)
	mark := r.mark(r.numbers[n])
	r.raw("<p>")
	r.element("a", mark, "class", "mark", "epub:type", "backlink", "role", "doc-backlink", "href", "#"+r.calls[r.called[n]], "aria-label", r.words.back+" "+mark)
	r.raw(" ")
	rest := n.Blocks
	if p, ok := firstParagraph(n); ok {
		r.inlines(p.Inlines)
		rest = rest[1:]
	}
	r.raw("</p>\n")
	r.blocks(rest)
	r.close(m.element)
	r.raw("\n")
}

func firstParagraph(n *book.Note) (*book.Paragraph, bool) {
	if len(n.Blocks) == 0 {
		return nil, false
	}
	p, ok := n.Blocks[0].(*book.Paragraph)
	return p, ok && !hidden(p)
}
