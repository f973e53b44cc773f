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

// appleOptions tells Apple Books to use the book's own fonts.
const appleOptions = `<?xml version="1.0" encoding="UTF-8"?>
<display_options>
  <platform name="*">
    <option name="specified-fonts">true</option>
  </platform>
</display_options>
`
