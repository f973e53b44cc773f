package typeset

import (
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// Marks is what stands around a page for the printer. The zero value is a
// sheet of the trimmed size.
type Marks struct {
	// Bleed widens the sheet by the layout's bleed on every side; Crop adds
	// crop marks outside the bleed.
	Bleed, Crop bool
}

// cropLength is the length of a crop mark, cropGap its distance from the
// bleed, cropLine its thickness.
const (
	cropLength = 5 * unit.Mm
	cropGap    = 2 * unit.Mm
	cropLine   = unit.Pt / 4
)

// boxes returns a page's boxes and its frame, on which the trim stands at
// Trim.X, Trim.Y.
func (p *press) boxes() *page.Page {
	w, h := p.layout.Page.Width, p.layout.Page.Height
	var bleed, around unit.Length
	if p.options.Marks.Bleed || p.options.Marks.Crop {
		bleed = p.layout.Page.Bleed
		around = bleed
	}
	if p.options.Marks.Crop {
		around += cropLength + cropGap
	}
	pg := &page.Page{
		Media: page.Box{Width: w + 2*around, Height: h + 2*around},
		Bleed: page.Box{X: around - bleed, Y: around - bleed, Width: w + 2*bleed, Height: h + 2*bleed},
		Trim:  page.Box{X: around, Y: around, Width: w, Height: h},
	}
	pg.Frame = &page.Frame{Width: pg.Media.Width, Height: pg.Media.Height}
	if p.options.Marks.Crop {
		cropMarks(pg)
	}
	return pg
}

// cropMarks draws two marks at each corner of the trim.
func cropMarks(pg *page.Page) {
	t, b := pg.Trim, pg.Bleed
	for _, x := range []unit.Length{t.X, t.X + t.Width} {
		for _, y := range []unit.Length{b.Y - cropGap - cropLength, b.Y + b.Height + cropGap} {
			pg.Frame.Add(x-cropLine/2, y, &page.Rule{Width: cropLine, Height: cropLength})
		}
	}
	for _, y := range []unit.Length{t.Y, t.Y + t.Height} {
		for _, x := range []unit.Length{b.X - cropGap - cropLength, b.X + b.Width + cropGap} {
			pg.Frame.Add(x, y-cropLine/2, &page.Rule{Width: cropLength, Height: cropLine})
		}
	}
}
