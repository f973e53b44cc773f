// Package prepress makes of set pages what a printing house takes (印前): sheets
// with bleed, whole signatures, what a preflight finds, the cover, the
// printer's docket (付印单) and one package of it all.
package prepress

import (
	"strconv"

	"banxin/pipeline/layout"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// Marks is what stands around the bleed. The zero value is none: houses impose
// with marks of their own.
type Marks struct {
	// Crop adds crop and registration marks, Bars a strip of grays.
	Crop, Bars bool
	// all prints the marks in every ink, for sheets in four.
	all bool
}

// ink is what marks are printed in.
func (m Marks) ink() page.Color {
	if m.all {
		return page.Color{Space: page.CMYK, V: [4]int16{1000, 1000, 1000, 1000}}
	}
	return page.GrayLevel(0)
}

// cropLength is the length of a crop mark, cropGap its distance from the
// bleed, cropLine its thickness; slug is the room for them.
const (
	cropLength = 5 * unit.Mm
	cropGap    = 2 * unit.Mm
	cropLine   = unit.Pt / 4
	slug       = cropLength + cropGap
)

// Sheets are the pages as they are printed: every one with its trim inside the
// bleed inside the sheet. The cover and the blank behind it are left out, since
// a cover is printed apart; blank pages fill the last signature if the layout
// says so. The frames are shared with the document, which stays as it is.
func Sheets(d *page.Document, l *layout.Layout, m Marks) *page.Document {
	out := &page.Document{Language: d.Language, RightBound: d.RightBound}
	pages := inside(d.Pages)
	out.Pages = make([]*page.Page, 0, len(pages)+Padding(len(pages), l.Print))
	for _, pg := range pages {
		out.Pages = append(out.Pages, sheet(pg, l.Page.Bleed, m))
	}
	for range cap(out.Pages) - len(pages) {
		last := out.Pages[len(out.Pages)-1]
		blank := &page.Page{Trim: page.Box{Width: last.Trim.Width, Height: last.Trim.Height}, Kind: page.Blank,
			Value: last.Value + 1, Folio: strconv.Itoa(last.Value + 1), Recto: !last.Recto}
		out.Pages = append(out.Pages, sheet(blank, l.Page.Bleed, m))
	}
	return out
}

// inside leaves out the cover and the blank page that is its back.
func inside(pages []*page.Page) []*page.Page {
	if len(pages) == 0 || pages[0].Kind != page.Cover {
		return pages
	}
	pages = pages[1:]
	if len(pages) > 0 && pages[0].Kind == page.Blank {
		pages = pages[1:]
	}
	return pages
}

// Padding is how many blank pages fill the last signature; 0 if the layout
// does not ask for it.
func Padding(pages int, p layout.Print) int {
	if !p.Pad || p.Signature <= 0 || pages == 0 {
		return 0
	}
	return (p.Signature - pages%p.Signature) % p.Signature
}

// sheet puts a page on a larger one.
func sheet(pg *page.Page, bleed unit.Length, m Marks) *page.Page {
	around := bleed
	if m.Crop || m.Bars {
		around += slug
	}
	t := pg.Trim
	out := *pg
	out.Media = page.Box{Width: t.Width + 2*around, Height: t.Height + 2*around}
	out.Bleed = page.Box{X: around - bleed, Y: around - bleed, Width: t.Width + 2*bleed, Height: t.Height + 2*bleed}
	out.Trim = page.Box{X: around, Y: around, Width: t.Width, Height: t.Height}
	out.Frame = &page.Frame{Width: out.Media.Width, Height: out.Media.Height}
	if pg.Frame != nil {
		out.Frame.Add(around-t.X, around-t.Y, &page.Group{Frame: pg.Frame})
	}
	if m.Crop {
		cropMarks(&out, m.ink())
	}
	if m.Bars {
		grayBar(&out)
	}
	return &out
}

// cropMarks draws two marks at each corner of the trim and registration marks:
// beside its middle, above and below its first quarter, where no fold is.
func cropMarks(pg *page.Page, ink page.Color) {
	t, b := pg.Trim, pg.Bleed
	above, below := b.Y-cropGap-cropLength, b.Y+b.Height+cropGap
	left, right := b.X-cropGap-cropLength, b.X+b.Width+cropGap
	for _, x := range []unit.Length{t.X, t.X + t.Width} {
		for _, y := range []unit.Length{above, below} {
			pg.Frame.Add(x-cropLine/2, y, &page.Rule{Width: cropLine, Height: cropLength, Color: ink})
		}
	}
	for _, y := range []unit.Length{t.Y, t.Y + t.Height} {
		for _, x := range []unit.Length{left, right} {
			pg.Frame.Add(x, y-cropLine/2, &page.Rule{Width: cropLength, Height: cropLine, Color: ink})
		}
	}
	for _, x := range []unit.Length{left, right} {
		registration(pg.Frame, x, t.Y+(t.Height-cropLength)/2, ink)
	}
	for _, y := range []unit.Length{above, below} {
		registration(pg.Frame, t.X+t.Width/4-cropLength/2, y, ink)
	}
}

// registration draws a cross in a circle, cropLength wide.
func registration(f *page.Frame, x, y unit.Length, ink page.Color) {
	const half = cropLength / 2
	f.Add(x, y+half-cropLine/2, &page.Rule{Width: cropLength, Height: cropLine, Color: ink})
	f.Add(x+half-cropLine/2, y, &page.Rule{Width: cropLine, Height: cropLength, Color: ink})
	f.Add(x, y, circle(cropLength, cropLength.Scale(3, 10), ink))
}

// circle is a circle of radius r in the middle of a square, as four curves
// (handles of 0.5523 r).
func circle(side, r unit.Length, ink page.Color) *page.Path {
	c, k := side/2, r.Scale(5523, 10000)
	curve := func(x1, y1, x2, y2, x, y unit.Length) page.Segment {
		return page.Segment{Op: page.CurveTo, X1: c + x1, Y1: c + y1, X2: c + x2, Y2: c + y2, X: c + x, Y: c + y}
	}
	return &page.Path{Stroke: &ink, Line: cropLine, Width: side, Height: side, Segments: []page.Segment{
		{Op: page.MoveTo, X: c + r, Y: c},
		curve(r, k, k, r, 0, r), curve(-k, r, -r, k, -r, 0), curve(-r, -k, -k, -r, 0, -r), curve(k, -r, r, -k, r, 0),
		{Op: page.Close},
	}}
}

// grayBar is a strip of eleven fields from paper to black below the trim, right
// of the middle: a pressman measures what prints.
func grayBar(pg *page.Page) {
	const side = 4 * unit.Mm
	x := pg.Trim.X + pg.Trim.Width/2 + cropLength
	y := pg.Bleed.Y + pg.Bleed.Height + cropGap
	for i := range 11 {
		if x+side > pg.Trim.X+pg.Trim.Width-cropLength {
			return
		}
		pg.Frame.Add(x, y, &page.Rule{Width: side, Height: side, Color: page.GrayLevel(1000 - 100*i)})
		x += side
	}
}
