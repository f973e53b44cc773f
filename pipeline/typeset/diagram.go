package typeset

import (
	"errors"
	"fmt"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/diagram"
	"banxin/pipeline/font"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// diagram draws a diagram at most width wide, and says what it shows; nil
// where it cannot. A drawing that stays legible only on its side is turned.
func (c *compositor) diagram(b *book.Diagram, width unit.Length) (*page.Frame, string) {
	d, err := diagram.Draw(b.Text, b.Language, c.diagramStyle(b, width))
	if err != nil {
		c.undrawn(b, err)
		return nil, ""
	}
	if d.Small {
		c.diags.Add("small-diagram", b.Span,
			diag.T("the labels of this diagram are printed at %v pt", "此图的文字只有 %v 磅", d.Size),
			diag.T("divide the diagram, or shorten its labels", "请拆分此图，或缩短其中的文字"))
	}
	alt := b.Alt
	if alt == "" {
		alt = d.Description
	}
	if !d.Turned {
		return d.Frame, alt
	}
	f := &page.Frame{Width: d.Frame.Height, Height: d.Frame.Width}
	f.Add(0, 0, &page.Group{Frame: d.Frame, Turned: true})
	return f, alt
}

// turned reports whether a drawing stands on its side; it may fill a page.
func turned(f *page.Frame) bool {
	if len(f.Items) != 1 {
		return false
	}
	g, ok := f.Items[0].Item.(*page.Group)
	return ok && g.Turned
}

// undrawn reports a diagram that is shown as its source. What is wrong in the
// source is a matter of the rule diagram-parse.
func (c *compositor) undrawn(b *book.Diagram, err error) {
	hint := diag.T("supply a picture of it instead if readers must see it drawn", "若读者需要看到图形，请改用图片")
	var fault *diagram.Error
	if errors.As(err, &fault) && !fault.Unsupported {
		hint = diag.Text{En: fault.Error(), Zh: fmt.Sprintf("第 %d 行第 %d 列：%s", fault.Line, fault.Col, fault.Zh)}
	}
	c.diags.Add("diagram-as-source", b.Span,
		diag.T("this %s diagram is shown as its source", "此处的 %s 图以源代码形式排出", b.Language), hint)
}

// diagramStyle is the layout's: labels in the face of headings, a little
// smaller than the text.
func (c *compositor) diagramStyle(b *book.Diagram, width unit.Length) diagram.Style {
	caption := unit.Length(0)
	if len(c.captionText(b, b.Caption)) > 0 {
		caption = 2 * c.grid.leading // a line, and the white above it
	}
	return diagram.Style{
		Fonts: c.fonts, Font: font.Style{Role: font.Hei, Lang: c.lang}, Lang: c.lang,
		Size: c.grid.size.Em(860), MinSize: c.layout.Figure.MinLabel,
		MaxWidth: width, MaxHeight: c.maxHeight() - caption, TurnedWidth: c.pageHeight() - caption, PreferCompact: true,
	}
}
