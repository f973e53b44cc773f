package proof

import (
	"strings"

	"banxin/pipeline/font"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// Draft returns the document with DRAFT stamped at the head of every page that
// is not blank, in the book's one ink. The document given is not changed.
func Draft(doc *page.Document, fonts *font.Set, lang string) *page.Document {
	word, tongue := "DRAFT", "en"
	if strings.HasPrefix(lang, "zh") {
		word, tongue = "草稿 DRAFT", "zh-Hans"
	}
	p := pen{fonts, font.Style{Role: font.Hei, Lang: tongue, Bold: true}, 9 * unit.Pt, page.GrayLevel(0)}
	out := *doc
	out.Pages = make([]*page.Page, len(doc.Pages))
	for i, old := range doc.Pages {
		pg := *old
		if old.Kind != page.Blank {
			f := *old.Frame
			f.Items = append([]page.Placed(nil), old.Frame.Items...)
			for _, l := range p.lines(word, old.Media.Width) {
				f.Add((old.Media.Width-l.Width)/2, old.Trim.Y+10*unit.Mm, &page.Group{Frame: l})
			}
			pg.Frame = &f
		}
		out.Pages[i] = &pg
	}
	return &out
}
