package epub

import (
	"strconv"
	"strings"

	"banxin/pipeline/book"
	"banxin/pipeline/page"
	"banxin/pipeline/xref"
)

// entry is a line of the contents.
type entry struct {
	text string
	// title is the heading with its markup; nil where text is all there is.
	section *book.Section
	at      place
	depth   int // as Layout.Contents.Depth counts: 0 parts, 1 chapters, 2 N.N
	kids    []entry
}

// contents is the book's contents, to any depth.
func (s *plan) contents() []entry {
	var out []entry
	for i, d := range s.docs {
		switch d.name {
		case "abstract.xhtml":
			out = append(out, entry{text: d.title, at: place{i, ""}, depth: 1})
		}
	}
	out = append(out, s.sectionEntries(s.Book.Sections, 0)...)
	for i, d := range s.docs {
		if d.part == "bibliography" || d.part == "index" {
			out = append(out, entry{text: d.title, at: place{i, ""}, depth: 1})
		}
	}
	if depth := s.navDepth(); depth > 0 {
		return pruned(out, depth)
	}
	return out
}

func (s *plan) sectionEntries(secs []*book.Section, above int) []entry {
	var out []entry
	for _, sec := range shown(secs) {
		depth := above + 1
		if sec.Role == book.Part {
			depth = 0
		}
		if sec.Unlisted || sec.Role == book.Closing || s.headingText(sec) == "" {
			continue
		}
		out = append(out, entry{text: s.headingText(sec), section: sec, at: s.sections[sec], depth: depth, kids: s.sectionEntries(sec.Sections, depth)})
	}
	return out
}

// navDocument writes nav.xhtml, which is also the contents page.
// It returns its properties in the manifest too: a heading may hold a formula.
func (s *plan) navDocument() (document []byte, properties string) {
	r := &renderer{plan: s, doc: -1, quiet: true, inLink: true}
	r.head(s.words.contents, s.lang, cssHref)
	if c := s.folios.fronts[page.Contents]; c != nil && c.placed {
		r.pageBreak(c, "div")
	}
	r.raw(`<nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="toc-h">`, "\n")
	r.element("h1", s.words.contents, "id", "toc-h")
	r.raw("\n")
	entries := s.contents()
	if len(entries) == 0 {
		entries = []entry{{text: s.title(), at: s.firstText(), depth: 1}}
	}
	r.navList(entries, max(1, s.Layout.Contents.Depth))
	r.raw("</nav>\n")
	r.landmarks()
	r.navTargets(s.Index.Figures, "loi", s.words.figures)
	r.navTargets(s.Index.Tables, "lot", s.words.tables)
	r.pageList()
	r.raw("</body>\n</html>\n")
	return r.b, strings.TrimSpace("nav " + r.properties())
}

// navList writes entries; those deeper than the printed contents go on to the
// reader's own contents but are hidden on the page.
func (r *renderer) navList(es []entry, depth int) {
	if es[0].depth > depth {
		r.raw(`<ol hidden="hidden">` + "\n")
	} else {
		r.raw("<ol>\n")
	}
	for _, e := range es {
		class := [...]string{"contents-part", "contents-chapter", "contents-section", "contents-deep"}[min(e.depth, 3)]
		r.open("li", "class", class)
		r.open("a", "href", r.navHref(e.at))
		if e.section != nil {
			r.heading(e.section)
		} else {
			r.text(e.text)
		}
		r.raw("</a>")
		if len(e.kids) > 0 {
			r.raw("\n")
			r.navList(e.kids, depth)
		}
		r.raw("</li>\n")
	}
	r.raw("</ol>\n")
}

// navHref is a link from the folder of the package document.
func (s *plan) navHref(p place) string {
	if s.docs[p.doc].nav {
		return "nav.xhtml#" + p.id
	}
	return xhtmlDir + s.href(-1, p)
}

// firstText is where the text begins.
func (s *plan) firstText() place {
	for i, d := range s.docs {
		if d.part == "bodymatter" {
			return place{i, ""}
		}
	}
	for i := len(s.docs) - 1; i > 0; i-- {
		if !s.docs[i].nav {
			return place{i, ""}
		}
	}
	return place{0, ""}
}

func (r *renderer) landmarks() {
	r.raw(`<nav epub:type="landmarks" hidden="hidden" aria-labelledby="landmarks-h">` + "\n")
	r.element("h2", r.words.landmarks, "id", "landmarks-h")
	r.raw("\n<ol>\n")
	seen := map[string]bool{}
	for _, d := range r.docs {
		if d.part == "" || seen[d.part] {
			continue
		}
		seen[d.part] = true
		text, href := d.title, xhtmlDir+d.name
		switch d.part {
		case "bodymatter":
			text = r.words.body
		case "toc":
			href = "nav.xhtml#toc"
		}
		r.raw("<li>")
		r.element("a", text, "epub:type", d.part, "href", href)
		r.raw("</li>\n")
	}
	r.raw("</ol>\n</nav>\n")
}

func (r *renderer) navTargets(ts []*xref.Target, kind, title string) {
	var here []entry
	for _, t := range ts {
		if p, ok := r.target(t); ok {
			text := t.Printed
			if caption := book.PlainText(t.Title); caption != "" {
				if text != "" {
					text += r.gap()
				}
				text += caption
			}
			here = append(here, entry{text: text, at: p})
		}
	}
	if len(here) == 0 {
		return
	}
	r.open("nav", "epub:type", kind, "hidden", "hidden", "aria-labelledby", kind+"-h")
	r.raw("\n")
	r.element("h2", title, "id", kind+"-h")
	r.raw("\n<ol>\n")
	for _, e := range here {
		r.raw("<li>")
		r.element("a", e.text, "href", r.navHref(e.at))
		r.raw("</li>\n")
	}
	r.raw("</ol>\n</nav>\n")
}

func (r *renderer) pageList() {
	if len(r.folios.placed) == 0 {
		return
	}
	r.raw(`<nav epub:type="page-list" role="doc-pagelist" hidden="hidden" aria-labelledby="pages-h">` + "\n")
	r.element("h2", r.words.pages, "id", "pages-h")
	r.raw("\n<ol>\n")
	for _, c := range r.folios.placed {
		r.raw("<li>")
		r.element("a", c.folio, "href", r.navHref(place{c.doc, c.id}))
		r.raw("</li>\n")
	}
	r.raw("</ol>\n</nav>\n")
}

// ncx writes the contents for readers of EPUB 2.
func (s *plan) ncx() []byte {
	m := &markup{}
	entries := s.contents()
	if len(entries) == 0 {
		entries = []entry{{text: s.title(), at: s.firstText(), depth: 1}}
	}
	m.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", `<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"`)
	m.attr("xml:lang", s.lang)
	m.raw(">\n<head>\n")
	m.void("meta", "name", "dtb:uid", "content", s.identifier())
	m.void("meta", "name", "dtb:depth", "content", strconv.Itoa(deepest(entries)))
	m.void("meta", "name", "dtb:totalPageCount", "content", strconv.Itoa(len(s.folios.placed)))
	m.void("meta", "name", "dtb:maxPageNumber", "content", "0")
	m.raw("\n</head>\n<docTitle>")
	m.element("text", s.title())
	m.raw("</docTitle>\n<navMap>\n")
	n := 0
	s.navPoints(m, entries, &n)
	m.raw("</navMap>\n</ncx>\n")
	return m.b
}

func (s *plan) navPoints(m *markup, es []entry, n *int) {
	for _, e := range es {
		*n++
		order := strconv.Itoa(*n)
		m.open("navPoint", "id", "np"+order, "playOrder", order)
		m.raw("<navLabel>")
		m.element("text", e.text)
		m.raw("</navLabel>")
		m.void("content", "src", s.navHref(e.at))
		if len(e.kids) > 0 {
			m.raw("\n")
			s.navPoints(m, e.kids, n)
		}
		m.raw("</navPoint>\n")
	}
}

func deepest(es []entry) int {
	d := 0
	for _, e := range es {
		d = max(d, 1+deepest(e.kids))
	}
	return d
}
