package epub

// A layout's epub.variant names the readers an e-book is for. Generic is for
// all that follow EPUB 3.3; the others leave out what their readers stumble
// over, and stay valid EPUB.
const (
	variantApple        = "apple"
	variantKindle       = "kindle"
	variantConservative = "conservative" // shops with old engines
	variantDuokan       = "duokan"
)

// plain reports that the readers know only <img> with PNG, JPEG and GIF.
func (s *plan) plain() bool {
	switch s.Layout.EPUB.Variant {
	case variantKindle, variantConservative, variantDuokan:
		return true
	}
	return false
}

// navDepth is how deep the reader's contents may be nested; 0 is any depth.
func (s *plan) navDepth() int {
	if s.Layout.EPUB.Variant == variantKindle {
		return 2
	}
	return 0
}

// pruned are entries nested at most so deep.
func pruned(es []entry, depth int) []entry {
	out := make([]entry, len(es))
	for i, e := range es {
		if e.kids = pruned(e.kids, depth-1); depth <= 1 {
			e.kids = nil
		}
		out[i] = e
	}
	return out
}

// noteMarkup is how notes and the calls for them are written.
type noteMarkup struct {
	callClass, callType string
	sectionType         string
	list                string // class of a list around the notes; "" without
	element             string
	attrs               []string
}

// noteMarkup is EPUB's own but for two: old engines take a footnote out of the
// text and know no popup to show it in, so that they are given plain links;
// 多看 has names of its own.
func (s *plan) noteMarkup() noteMarkup {
	switch s.Layout.EPUB.Variant {
	case variantConservative:
		return noteMarkup{element: "div", attrs: []string{"class", "footnote"}}
	case variantDuokan:
		return noteMarkup{callClass: "duokan-footnote", callType: "noteref", sectionType: "footnotes", list: "duokan-footnote-content",
			element: "li", attrs: []string{"epub:type", "footnote", "class", "footnote duokan-footnote-item"}}
	}
	return noteMarkup{callType: "noteref", sectionType: "footnotes",
		element: "aside", attrs: []string{"epub:type", "footnote", "role", "doc-footnote", "class", "footnote"}}
}

// fullScreen is the property by which 多看 fills the screen with a document's
// picture; EPUBCheck does not know it (docs/epub.md).
func (s *plan) fullScreen(d *planned) string {
	if s.Layout.EPUB.Variant == variantDuokan && d.part == "cover" && s.coverName != "" {
		return "duokan-page-fullscreen"
	}
	return ""
}

// zoomed opens and closes what 多看 enlarges a picture from when touched.
func (r *renderer) zoomed(write func()) {
	if r.Layout.EPUB.Variant != variantDuokan {
		write()
		return
	}
	r.open("div", "class", "duokan-image-single")
	write()
	r.close("div")
}

// appleOptions tells Apple Books to use the book's own fonts.
const appleOptions = `<?xml version="1.0" encoding="UTF-8"?>
<display_options>
  <platform name="*">
    <option name="specified-fonts">true</option>
  </platform>
</display_options>
`
