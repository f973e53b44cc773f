package epub

import (
	"crypto/sha1"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"banxin/pipeline/book"
)

// identifier is the publication's: the author's, else its ISBN, else a UUID
// derived from what the book is (RFC 9562, version 5, in the URL namespace),
// which stays the same from build to build and from text to text.
func (s *plan) identifier() string {
	m := &s.Book.Meta
	switch {
	case m.Identifier != "":
		return m.Identifier
	case m.ISBN != "":
		return "urn:isbn:" + digits(m.ISBN)
	}
	h := sha1.New()
	h.Write([]byte{0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8})
	for _, part := range []string{"banxin", s.title(), m.Subtitle, s.lang, m.Edition} {
		fmt.Fprintf(h, "%s\x00", part)
	}
	for _, c := range m.Creators {
		fmt.Fprintf(h, "%s\x00", c.Name)
	}
	u := h.Sum(nil)[:16]
	u[6], u[8] = u[6]&0x0f|0x50, u[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}

func digits(isbn string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == 'X' || r == 'x' {
			return r
		}
		return -1
	}, isbn)
}

// packageDocument writes package.opf.
func (s *plan) packageDocument(c *container) []byte {
	m := &markup{}
	m.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", `<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="pub-id"`)
	m.attr("xml:lang", s.lang)
	m.attr("prefix", "a11y: http://www.idpf.org/epub/vocab/package/a11y/# schema: http://schema.org/")
	m.raw(">\n", `<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">`, "\n")
	s.dublinCore(m)
	s.accessibility(m)
	if s.coverName != "" {
		named(m, "cover", "cover-image")
	}
	m.raw("</metadata>\n")
	s.manifest(m, c)
	s.spine(m)
	m.raw("</package>\n")
	return m.b
}

// property writes a meta element.
func (m *markup) property(name, value string, attrs ...string) {
	if value == "" {
		return
	}
	m.element("meta", value, append([]string{"property", name}, attrs...)...)
	m.raw("\n")
}

func (m *markup) dc(name, value string, attrs ...string) {
	if value == "" {
		return
	}
	m.element("dc:"+name, value, attrs...)
	m.raw("\n")
}

func (s *plan) dublinCore(m *markup) {
	meta := &s.Book.Meta
	id := s.identifier()
	m.dc("identifier", id, "id", "pub-id")
	if isbn := "urn:isbn:" + digits(meta.ISBN); meta.ISBN != "" && isbn != id {
		m.dc("identifier", isbn, "id", "isbn")
	}
	m.dc("title", s.title(), "id", "title")
	m.property("title-type", "main", "refines", "#title")
	m.property("display-seq", "1", "refines", "#title")
	if meta.Subtitle != "" {
		m.dc("title", meta.Subtitle, "id", "subtitle")
		m.property("title-type", "subtitle", "refines", "#subtitle")
		m.property("display-seq", "2", "refines", "#subtitle")
	}
	if meta.Edition != "" {
		m.dc("title", meta.Edition, "id", "edition")
		m.property("title-type", "edition", "refines", "#edition")
	}
	m.dc("language", s.lang)
	people(m, "creator", meta.Creators)
	people(m, "contributor", meta.Contributors)
	m.dc("publisher", meta.Publisher)
	m.dc("date", isoDate(meta.Date))
	m.dc("description", s.description())
	for _, t := range meta.Subjects {
		m.dc("subject", t)
	}
	for _, t := range meta.Keywords {
		m.dc("subject", t)
	}
	m.dc("rights", meta.Rights)
	if len(s.folios.placed) > 0 {
		m.dc("source", s.printIdentifier(), "id", "print")
		m.property("source-of", "pagination", "refines", "#print")
		m.property("pageBreakSource", s.printIdentifier())
	}
	if meta.Series != "" {
		m.property("belongs-to-collection", meta.Series, "id", "series")
		m.property("collection-type", "series", "refines", "#series")
		m.property("group-position", position(meta.SeriesNumber), "refines", "#series")
	}
	m.property("dcterms:modified", clamp(s.Date).Format("2006-01-02T15:04:05Z"))
	m.property("schema:digitalSourceType", DigitalSource(meta.AI))
	named(m, "AIGC", labelled(meta))
	named(m, "generator", s.Generator)
}

// named writes a meta element of EPUB 2's kind, which takes any name.
func named(m *markup, name, content string) {
	if content != "" {
		m.void("meta", "name", name, "content", content)
		m.raw("\n")
	}
}

// DigitalSource is IPTC's digital source type of a book whose Meta.AI is
// generated or assisted; "" where the author says neither.
func DigitalSource(ai string) string {
	const types = "http://cv.iptc.org/newscodes/digitalsourcetype/"
	switch ai {
	case "generated":
		return types + "trainedAlgorithmicMedia"
	case "assisted":
		return types + "compositeWithTrainedAlgorithmicMedia"
	}
	return ""
}

// labelled is the label that GB 45438—2025 wants in the metadata of what a
// machine has generated: 1 says that it is. What an author wrote with a
// machine's help is not to be labelled as the machine's.
func labelled(m *book.Meta) string {
	if m.AI != "generated" {
		return ""
	}
	label := struct{ Label, ContentProducer string }{"1", m.Publisher}
	if label.ContentProducer == "" && len(m.Creators) > 0 {
		label.ContentProducer = m.Creators[0].Name
	}
	// Two strings always are JSON.
	out, _ := json.Marshal(label)
	return string(out)
}

// people writes creators or contributors with role, order and sort name.
func people(m *markup, element string, cs []book.Creator) {
	for i, c := range cs {
		id := element + strconv.Itoa(i+1)
		m.dc(element, c.Name, "id", id)
		role := c.Role
		if role == "" && element == "creator" {
			role = "aut"
		}
		if len(role) == 3 {
			m.property("role", role, "refines", "#"+id, "scheme", "marc:relators")
		}
		m.property("file-as", c.FileAs, "refines", "#"+id)
		m.property("display-seq", strconv.Itoa(i+1), "refines", "#"+id)
	}
}

// isoDate is a date as dc:date wants it; "" if it is none.
func isoDate(d string) string {
	for _, l := range []string{"2006-01-02", "2006-01", "2006", time.RFC3339} {
		if _, err := time.Parse(l, d); err == nil {
			return d
		}
	}
	return ""
}

// position is a group position: whole numbers joined by dots, else nothing.
func position(n string) string {
	for _, part := range strings.Split(n, ".") {
		if _, err := strconv.ParseUint(part, 10, 32); err != nil {
			return ""
		}
	}
	return n
}

// clamp keeps a date inside what a zip can say, in whole seconds of UTC.
func clamp(t time.Time) time.Time {
	t = t.UTC().Truncate(time.Second)
	if first := time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC); t.Before(first) {
		return first
	}
	return t
}

// printIdentifier names the print edition the folios are of.
func (s *plan) printIdentifier() string {
	if s.Book.Meta.ISBN != "" {
		return "urn:isbn:" + digits(s.Book.Meta.ISBN)
	}
	return s.identifier() + "#print"
}

func (s *plan) description() string {
	if s.Book.Meta.Description != "" {
		return s.Book.Meta.Description
	}
	var b strings.Builder
	book.EachBlock(s.Book.Meta.Abstract, func(bl book.Block) bool {
		if p, ok := bl.(*book.Paragraph); ok {
			if b.Len() > 0 {
				b.WriteByte('\n')
			}
			b.WriteString(book.PlainText(p.Inlines))
		}
		return true
	})
	return b.String()
}

// accessibility writes the metadata of EPUB Accessibility 1.1: what the book
// really has.
func (s *plan) accessibility(m *markup) {
	h := &s.has
	m.property("schema:accessMode", "textual")
	if h.images || h.diagrams {
		m.property("schema:accessMode", "visual")
	}
	if !h.undescribed {
		m.property("schema:accessModeSufficient", "textual")
	}
	if h.images || h.diagrams {
		m.property("schema:accessModeSufficient", "textual,visual")
	}
	for _, f := range []struct {
		is   bool
		name string
	}{
		{true, "structuralNavigation"}, {true, "tableOfContents"}, {true, "readingOrder"}, {true, "displayTransformability"},
		{h.images && !h.undescribed, "alternativeText"}, {h.index, "index"}, {h.ruby, "rubyAnnotations"},
		{h.mathML, "MathML"}, {h.math && !h.mathML, "latex"},
		{h.pageBreaks, "pageBreakMarkers"}, {h.pageBreaks, "pageNavigation"}, {true, "ARIA"},
	} {
		if f.is {
			m.property("schema:accessibilityFeature", f.name)
		}
	}
	m.property("schema:accessibilityHazard", "none")
	m.property("schema:accessibilitySummary", s.words.summary)
	if !h.undescribed {
		m.property("dcterms:conformsTo", "EPUB Accessibility 1.1 - WCAG 2.1 Level AA")
	}
}

func (s *plan) manifest(m *markup, c *container) {
	item := func(id, href, mediaType, properties string) {
		m.void("item", "id", id, "href", href, "media-type", mediaType, "properties", properties)
		m.raw("\n")
	}
	m.raw("<manifest>\n")
	item("nav", "nav.xhtml", "application/xhtml+xml", c.navProperties)
	item("ncx", "toc.ncx", "application/x-dtbncx+xml", "")
	item("css", cssHref, "text/css", "")
	for _, p := range c.pages {
		item(itemID(p.name), xhtmlDir+p.name, "application/xhtml+xml", p.properties)
	}
	for i, f := range c.media {
		id, properties := "m"+strconv.Itoa(i+1), ""
		if f.name == s.coverName {
			id, properties = "cover-image", "cover-image"
		}
		item(id, imagesHref+f.name, f.mediaType, properties)
	}
	for i, f := range c.fonts {
		item("f"+strconv.Itoa(i+1), fontsHref+f.name, f.mediaType, "")
	}
	m.raw("</manifest>\n")
}

func (s *plan) spine(m *markup) {
	m.open("spine", "toc", "ncx", "page-progression-direction", s.progression())
	m.raw("\n")
	for _, d := range s.docs {
		id := itemID(d.name)
		if d.nav {
			id = "nav"
		}
		m.void("itemref", "idref", id, "properties", s.fullScreen(d))
		m.raw("\n")
	}
	m.raw("</spine>\n")
}

func (s *plan) progression() string {
	if s.Pages != nil && s.Pages.RightBound {
		return "rtl"
	}
	return "ltr"
}

func itemID(name string) string { return "x-" + strings.TrimSuffix(name, ".xhtml") }
