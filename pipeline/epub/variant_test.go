package epub

import (
	"strings"
	"testing"

	"banxin/pipeline/layout"
)

// TestVariants looks for what a variant's readers need and for what they
// stumble over. Every variant has a picture, two notes, a formula, a diagram.
func TestVariants(t *testing.T) {
	for _, c := range []struct {
		variant       string
		there, absent []string
	}{
		{"generic", []string{`epub:type="footnote" role="doc-footnote" class="footnote"`, `epub:type="noteref"`, "<math", "is-tip"}, []string{"duokan", "com.apple"}},
		{variantApple, []string{`name="specified-fonts"`, "<math", `epub:type="noteref"`}, []string{"duokan"}},
		{variantKindle, []string{`epub:type="footnote" role="doc-footnote" class="footnote"`, `content="2"/>` /* depth of the NCX */}, []string{"<math", "<svg", "duokan"}},
		{variantConservative, []string{`class="footnote"><p>`, `role="doc-noteref"`, "<ncx"}, []string{"<aside", "noteref\" role", "<math", "<svg", "<picture", " data-"}},
		{variantDuokan, []string{`class="duokan-footnote"`, `<ol class="duokan-footnote-content">`, `class="footnote duokan-footnote-item"`, `<div class="duokan-image-single"><img`}, []string{"<aside", "<math", "<svg"}},
	} {
		in := everything()
		in.Fonts = latin(t)
		in.Layout = &layout.Layout{EPUB: layout.EPUB{Variant: c.variant}}
		var all strings.Builder
		for _, f := range open(t, build(t, in)).File {
			if !strings.Contains(f.Name, "/images/") && !strings.Contains(f.Name, "/fonts/") && !strings.HasSuffix(f.Name, ".css") {
				all.Write(contents(t, f))
			}
		}
		for _, s := range c.there {
			if !strings.Contains(all.String(), s) {
				t.Errorf("%s lacks %s", c.variant, s)
			}
		}
		for _, s := range c.absent {
			if strings.Contains(all.String(), s) {
				t.Errorf("%s has %s", c.variant, s)
			}
		}
	}
}

// TestDuokanCover has the cover fill 多看's screen.
func TestDuokanCover(t *testing.T) {
	in := everything()
	in.Fonts, in.Book.Meta.Title = latin(t), "Title"
	in.Layout = &layout.Layout{EPUB: layout.EPUB{Variant: variantDuokan}}
	c, _ := assemble(in)
	if !strings.Contains(string(c.opf), `<itemref idref="x-cover" properties="duokan-page-fullscreen"/>`) {
		t.Errorf("%s", c.opf)
	}
}
