package epub

import (
	"strings"

	"banxin/pipeline/book"
	"banxin/pipeline/page"
	"banxin/pipeline/xref"
)

// frontMatter plans what stands before the text: cover, title page, copyright
// page, dedication, epigraph, abstract, contents, and the blocks before the
// first heading.
func (s *plan) frontMatter() {
	m := &s.Book.Meta
	s.add("cover", s.words.cover, (*renderer).coverPage).part = "cover"
	title := s.add("title", s.words.titlePage, nil)
	title.part = "titlepage"
	at := s.folioOf(page.TitlePage)
	title.write = func(r *renderer) { r.titlePage(at) }
	if s.hasCopyright() {
		d := s.add("copyright", s.words.copyright, nil)
		d.part = "copyright-page"
		at := s.folioOf(page.Copyright)
		d.write = func(r *renderer) { r.copyrightPage(at) }
	}
	if m.Dedication != "" {
		s.add("dedication", s.words.dedication, func(r *renderer) {
			r.lines("dedication", "dedication", "doc-dedication", m.Dedication)
		})
	}
	if m.Epigraph != "" {
		s.add("epigraph", s.words.epigraph, func(r *renderer) {
			r.lines("epigraph", "epigraph", "doc-epigraph", m.Epigraph)
		})
	}
	if len(m.Abstract) > 0 {
		s.add("abstract", s.words.abstract, (*renderer).abstract)
		s.surveyBlocks(m.Abstract)
		s.endDoc()
	}
	s.docs = append(s.docs, &planned{name: "../nav.xhtml", title: s.words.contents, nav: true, part: "toc"})
	s.current = len(s.docs) - 1
	s.folioOf(page.Contents)
	if len(s.Book.Preamble) > 0 {
		s.add("preamble", s.title(), func(r *renderer) {
			r.open("section", "class", "preamble")
			r.raw("\n")
			r.blocks(s.Book.Preamble)
			r.notes()
			r.raw("</section>\n")
		}).part = "bodymatter"
		s.surveyBlocks(s.Book.Preamble)
		s.endDoc()
	}
}

// backMatter plans the bibliography and the index where the author did not
// say where they stand.
func (s *plan) backMatter() {
	if len(s.Index.Bibliography) > 0 && !s.bibliographyAt {
		s.add("bibliography", s.words.bibliography, func(r *renderer) {
			r.open("section", "class", "front", "epub:type", "bibliography", "role", "doc-bibliography", "aria-labelledby", "bibliography-h")
			r.element("h1", s.words.bibliography, "id", "bibliography-h")
			r.raw("\n")
			r.bibliography()
			r.raw("</section>\n")
		}).part = "bibliography"
		s.bibliographyHere()
	}
	if len(s.Index.Terms) > 0 && !s.indexAt {
		s.add("index", s.words.index, func(r *renderer) {
			r.open("section", "class", "front", "epub:type", "index", "role", "doc-index", "aria-labelledby", "index-h")
			r.element("h1", s.words.index, "id", "index-h")
			r.raw("\n")
			r.indexList()
			r.raw("</section>\n")
		}).part = "index"
		s.indexHere()
	}
}

func (s *plan) indexHere() {
	if len(s.Index.Terms) > 0 {
		s.indexAt, s.has.index = true, true
	}
}

// bibliographyHere gives the bibliography's entries their places.
func (s *plan) bibliographyHere() {
	if s.bibliographyAt {
		return
	}
	s.bibliographyAt = true
	for i, e := range s.Index.Bibliography {
		id := s.name("ref-"+e.Key, "ref"+pad(i+1))
		s.entries = append(s.entries, id)
		s.label("ref-"+e.Key, place{s.current, id})
		s.inlines(e.Text)
	}
}

func (r *renderer) coverPage() {
	r.raw(`<section class="cover" epub:type="cover">` + "\n")
	if r.coverName != "" {
		// Not <picture>: readers that serve a book from memory lose what its
		// srcset names.
		name := r.coverDrawing
		if name == "" {
			name = r.coverName
		}
		r.void("img", "src", "../"+imagesHref+name, "alt", r.coverAlt(), "role", "doc-cover")
	} else {
		r.element("p", r.title(), "class", "cover-title")
	}
	r.raw("\n</section>\n")
}

func (r *renderer) titlePage(at *cut) {
	m := &r.Book.Meta
	r.raw(`<section class="titlepage" epub:type="titlepage">` + "\n")
	r.pageBreak(at, "div")
	r.element("h1", r.title(), "class", "book-title")
	r.raw("\n")
	if m.Subtitle != "" {
		r.element("p", m.Subtitle, "class", "subtitle", "role", "doc-subtitle")
		r.raw("\n")
	}
	for _, c := range append(append([]book.Creator(nil), m.Creators...), m.Contributors...) {
		r.open("p", "class", "author")
		r.text(c.Name)
		if w := roleWord(c.Role, r.lang); w != "" {
			r.raw(" ")
			r.element("span", w, "class", "role")
		}
		r.raw("</p>\n")
	}
	if m.Publisher != "" {
		r.element("p", m.Publisher, "class", "publisher")
		r.raw("\n")
	}
	r.raw("</section>\n")
}

// roleWord is what stands after a name on the title page; nothing where the
// role says nothing a reader needs.
func roleWord(role, lang string) string {
	zh := map[string]string{"aut": "著", "trl": "译", "edt": "编", "ill": "绘", "pht": "摄", "com": "编", "ann": "注"}
	hant := map[string]string{"aut": "著", "trl": "譯", "edt": "編", "ill": "繪", "pht": "攝", "com": "編", "ann": "註"}
	ja := map[string]string{"aut": "著", "trl": "訳", "edt": "編", "ill": "絵", "pht": "写真", "com": "編", "ann": "注"}
	ko := map[string]string{"aut": "지음", "trl": "옮김", "edt": "엮음", "ill": "그림", "pht": "사진", "com": "엮음", "ann": "주해"}
	en := map[string]string{"trl": "(translator)", "edt": "(editor)", "ill": "(illustrator)", "pht": "(photographer)", "com": "(compiler)", "ann": "(annotator)"}
	l := strings.ToLower(lang)
	switch {
	case strings.HasPrefix(l, "zh") && isTraditional(l):
		return hant[role]
	case strings.HasPrefix(l, "zh"):
		return zh[role]
	case strings.HasPrefix(l, "ja"):
		return ja[role]
	case strings.HasPrefix(l, "ko"):
		return ko[role]
	}
	return en[role]
}

func (s *plan) hasCopyright() bool {
	m := &s.Book.Meta
	return len(m.Colophon) > 0 || m.CIP != "" || m.Rights != "" || m.ISBN != "" || m.AI != "" || m.Edition != "" || m.Date != "" || m.Publisher != "" || m.Series != ""
}

// copyrightPage prints the author's own lines where there are any, else what
// the metadata says.
func (r *renderer) copyrightPage(at *cut) {
	m := &r.Book.Meta
	r.raw(`<section class="colophon" epub:type="copyright-page">` + "\n")
	r.pageBreak(at, "div")
	r.element("p", r.title(), "class", "colophon-title")
	r.raw("\n")
	fields := m.Colophon
	if len(fields) == 0 {
		series := strings.TrimSpace(m.Series + " " + m.SeriesNumber)
		fields = []book.Field{{Label: r.words.publisher, Value: m.Publisher}, {Label: r.words.series, Value: series}, {Label: r.words.edition, Value: m.Edition},
			{Label: r.words.published, Value: m.Date}, {Label: r.words.isbn, Value: m.ISBN}, {Label: r.words.rights, Value: m.Rights}}
	}
	colon := ": "
	if isHan(r.lang) {
		colon = "："
	}
	for _, f := range fields {
		if f.Value == "" {
			continue
		}
		r.raw("<p>")
		if f.Label != "" {
			r.text(f.Label)
			r.raw(colon)
		}
		r.text(f.Value)
		r.raw("</p>\n")
	}
	if m.CIP != "" {
		r.element("p", m.CIP, "class", "cip")
		r.raw("\n")
	}
	if line := r.aiLine(); line != "" {
		r.element("p", line, "class", "ai")
		r.raw("\n")
	}
	r.raw("</section>\n")
}

// aiLine says what part a machine had, if the author says so.
func (s *plan) aiLine() string {
	switch s.Book.Meta.AI {
	case "generated":
		return s.words.aiGenerated
	case "assisted":
		return s.words.aiAssisted
	}
	return ""
}

// lines writes a page of a few lines: a dedication, an epigraph.
func (r *renderer) lines(class, kind, role, text string) {
	r.open("section", "class", class, "epub:type", kind, "role", role)
	r.raw("\n")
	for _, l := range strings.Split(strings.TrimSpace(text), "\n") {
		r.element("p", strings.TrimSpace(l))
		r.raw("\n")
	}
	r.raw("</section>\n")
}

func (r *renderer) abstract() {
	r.raw(`<section class="abstract" epub:type="abstract" role="doc-abstract" aria-labelledby="abstract-h">` + "\n")
	r.element("h1", r.words.abstract, "id", "abstract-h")
	r.raw("\n")
	r.blocks(r.Book.Meta.Abstract)
	if ks := r.Book.Meta.Keywords; len(ks) > 0 {
		sep, colon := ", ", ": "
		if isHan(r.lang) {
			sep, colon = "；", "："
		}
		r.raw(`<p class="keywords">`)
		r.element("strong", r.words.keywords)
		r.raw(colon)
		r.text(strings.Join(ks, sep))
		r.raw("</p>\n")
	}
	r.notes()
	r.raw("</section>\n")
}

func (r *renderer) bibliography() {
	if len(r.Index.Bibliography) == 0 {
		return
	}
	r.raw(`<ul class="bibliography">` + "\n")
	for i, e := range r.Index.Bibliography {
		r.open("li", append([]string{"id", r.id(r.entries[i])}, r.latin(book.PlainText(e.Text))...)...)
		if e.Mark != "" {
			r.element("span", e.Mark, "class", "mark")
			r.raw(" ")
		}
		r.inlines(e.Text)
		r.raw("</li>\n")
	}
	r.raw("</ul>")
}

// indexList writes the index by groups; entries link to their places by
// number, since an e-book has no pages of its own.
func (r *renderer) indexList() {
	group := ""
	open := false
	for _, t := range r.Index.Terms {
		if t.Group != group || !open {
			if open {
				r.raw("</ul>\n")
			}
			if t.Group != "" {
				r.element("p", t.Group, "class", "index-group")
			}
			r.raw(`<ul class="index">` + "\n")
			group, open = t.Group, true
		}
		r.term(t)
	}
	if open {
		r.raw("</ul>")
	}
}

func (r *renderer) term(t xref.Term) {
	r.raw("<li>")
	r.text(t.Text)
	for _, l := range t.Labels {
		if p, ok := r.labels[l]; ok {
			r.raw(" ")
			r.element("a", r.placeName(p), "href", r.href(r.doc, p))
		}
	}
	for _, see := range t.See {
		r.raw(" ")
		r.element("span", r.words.see+" "+see, "class", "see")
	}
	for _, see := range t.SeeAlso {
		r.raw(" ")
		r.element("span", r.words.seeAlso+" "+see, "class", "see")
	}
	if len(t.Sub) > 0 {
		r.raw("\n<ul>\n")
		for _, k := range t.Sub {
			r.term(k)
		}
		r.raw("</ul>\n")
	}
	r.raw("</li>\n")
}

// placeName names a place for an index entry: the title of its document.
func (s *plan) placeName(p place) string { return s.docs[p.doc].title }
