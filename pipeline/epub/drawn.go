package epub

import (
	"bytes"
	"strconv"
	"strings"

	"banxin/pipeline/book"
	"banxin/pipeline/diagram"
	"banxin/pipeline/font"
	"banxin/pipeline/page"
	"banxin/pipeline/svg"
	"banxin/pipeline/texmath"
	"banxin/pipeline/unit"
)

// figured is a formula or a diagram as a picture, for readers that know
// neither MathML nor SVG. Lengths are in ems of the text around it.
type figured struct {
	name                 string // inside images/
	width, height, depth float64
	alt                  string
	tag                  *figured // the number a formula's \tag gives it
}

// formulaKey tells one formula from another: TeX is set otherwise in a display.
type formulaKey struct {
	tex     string
	display bool
}

// pixelsPerPoint of a drawing: as fine as a reader of 300 pixels an inch shows
// it at the size of print.
const pixelsPerPoint = 4

// maxDrawn bounds a drawing's longer side in pixels: as wide as a tablet.
const maxDrawn = 1600

// fineness is how many pixels a point of a frame gets.
func fineness(f *page.Frame) float32 {
	return min(pixelsPerPoint, float32(maxDrawn)/float32(max(f.Width, f.Height, unit.Pt))*float32(unit.Pt))
}

// pictureOf takes a drawn frame into the e-book as a picture.
func (s *plan) pictureOf(f *page.Frame, alt string) *figured {
	m := medium{name: "d" + pad(len(s.media)+1) + ".png", mediaType: "image/png", data: pngOf(f, fineness(f), s.oneInk())}
	s.media = append(s.media, m)
	em := func(l unit.Length) float64 { return float64(l) / float64(s.bodySize()) }
	return &figured{name: m.name, width: em(f.Width), height: em(f.Height), depth: em(f.Height - f.Baseline), alt: alt}
}

// bodySize is the size of running text in print, by which drawings are scaled.
func (s *plan) bodySize() unit.Length { return (&sheet{l: s.Layout}).size() }

// surveyFormula draws a formula that readers must be shown as a picture.
func (s *plan) surveyFormula(tex string, display bool) {
	s.has.math = true
	key := formulaKey{tex, display}
	if !s.plain() || s.Fonts == nil || s.formulas[key] != nil {
		return
	}
	f, err := texmath.Parse(tex, texmath.Options{Macros: s.Book.Meta.Macros})
	if err != nil {
		return // check reports it; the reader gets the source
	}
	st := texmath.Style{Fonts: s.Fonts, Lang: s.lang, Size: s.bodySize(), Display: display}
	frame, failed := f.Frame(st)
	if failed != nil {
		return // no face has the measures of formulae
	}
	p := s.pictureOf(frame, tex)
	if tag, err := f.Tag(st); err == nil && tag != nil {
		// The formula's alternative text has the tag.
		p.tag = s.pictureOf(tag, "")
	}
	s.formulas[key] = p
}

// formula writes TeX as MathML, as a picture where the reader knows none, as
// it stands where it cannot be read.
func (r *renderer) formula(tex string, display bool) {
	class := "math"
	if display {
		class = "math display"
	}
	if p := r.formulas[formulaKey{tex, display}]; p != nil {
		r.void("img", "class", class, "src", "../"+imagesHref+p.name, "alt", tex, "style", p.size(!display))
		if p.tag != nil {
			r.raw(`<img class="number" alt=""`)
			r.attr("src", "../"+imagesHref+p.tag.name)
			r.attr("style", p.tag.size(false))
			r.raw("/>")
		}
		return
	}
	if f, err := texmath.Parse(tex, texmath.Options{Macros: r.Book.Meta.Macros}); err == nil && !r.plain() {
		// The alternative text is for readers that pass formulae over.
		r.raw("<math")
		r.attr("alttext", tex)
		r.raw(strings.TrimPrefix(f.MathML(display), "<math"))
		r.hasMath = true
		return
	}
	r.element("code", tex, "class", class)
}

// size is a picture's size as a style; in a line it stands on the baseline.
func (p *figured) size(inLine bool) string {
	style := "width: " + number(p.width) + "em"
	if inLine {
		style += "; vertical-align: " + number(-p.depth) + "em"
	}
	return style
}

// drawDiagram draws a diagram as wide as the page's text at most; nil if it
// cannot be drawn.
func (s *plan) drawDiagram(d *book.Diagram) *diagram.Drawing {
	if s.Fonts == nil {
		return nil
	}
	measure := s.bodySize() * unit.Length(max(s.Layout.Body.Measure, 24))
	drawing, err := diagram.Draw(d.Text, d.Language, diagram.Style{
		Fonts: s.Fonts, Font: font.Style{Role: font.Hei, Lang: s.lang}, Lang: s.lang,
		Size: s.bodySize().Scale(6, 7), MaxWidth: measure, MaxHeight: measure.Scale(7, 5), PreferCompact: true,
	})
	if err != nil {
		return nil // typeset reports it
	}
	return drawing
}

// told is what a drawing says to those who do not see it.
func told(d *book.Diagram, drawing *diagram.Drawing) string {
	if d.Alt != "" {
		return d.Alt
	}
	if drawing.Title != "" && drawing.Title != drawing.Description {
		return drawing.Title + " " + drawing.Description
	}
	return drawing.Description
}

func (s *plan) surveyDiagram(d *book.Diagram) {
	s.has.diagrams = true
	if !s.plain() {
		return
	}
	if drawing := s.drawDiagram(d); drawing != nil {
		s.diagrams[d] = s.pictureOf(framed(drawing.Frame), told(d, drawing))
	}
}

// edge is the room around a diagram for the outer half of the strokes that lie
// along its sides.
const edge = unit.Pt

// framed is a drawing with that room, for a picture of it.
func framed(f *page.Frame) *page.Frame {
	out := &page.Frame{Width: f.Width + 2*edge, Height: f.Height + 2*edge, Baseline: f.Baseline + edge}
	out.Add(edge, edge, &page.Group{Frame: f})
	return out
}

// diagram writes a diagram as a drawing, as its source where it cannot be
// drawn.
func (r *renderer) diagram(d *book.Diagram) {
	r.open("figure", r.attrs(d, "diagram")...)
	r.raw("\n")
	if p := r.diagrams[d]; p != nil {
		r.void("img", "src", "../"+imagesHref+p.name, "alt", p.alt, "style", p.size(false))
	} else if drawing := r.drawDiagram(d); drawing != nil && !r.plain() {
		r.drawing(d, drawing)
	} else {
		r.raw("<pre>")
		r.element("code", d.Text)
		r.raw("</pre>")
	}
	r.raw("\n")
	r.caption(d, d.Caption, "figcaption")
	r.close("figure")
}

// drawing writes a diagram as SVG in the document, where it takes its ink from
// the text around it.
func (r *renderer) drawing(d *book.Diagram, drawing *diagram.Drawing) {
	var b bytes.Buffer
	r.drawings++
	o := svg.Options{Title: told(d, drawing), IDPrefix: "g" + strconv.Itoa(r.doc) + "-" + strconv.Itoa(r.drawings) + "-",
		Lang: r.lang, Inline: true, Scale: r.bodySize().Points(), Margin: edge, Family: func(*font.Face) string { return "" }}
	// A bytes.Buffer does not fail.
	_ = svg.Write(&b, drawing.Frame, o)
	r.raw(strings.TrimSpace(b.String()))
	r.hasSVG = true
}
