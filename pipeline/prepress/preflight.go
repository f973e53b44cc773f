package prepress

import (
	"bytes"
	"image"
	"image/jpeg"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/layout"
	"banxin/pipeline/page"
	"banxin/pipeline/picture"
	"banxin/pipeline/source"
	"banxin/pipeline/unit"
)

// Rules are what the preflight reports.
func Rules() []diag.Rule {
	return []diag.Rule{
		{
			Code: "print-margin", Check: diag.Note, Proof: diag.Note, Release: diag.Warning,
			What:    diag.T("Text stands nearer to the trimmed edge than the layout allows (print.min-margin).", "文字离裁切边太近，小于版式规定的距离（print.min-margin）。"),
			Why:     diag.T("A guillotine is off by a millimetre or two, and cuts into it.", "裁切有一两毫米的误差，会切到文字。"),
			Fix:     diag.T("Shorten the line that sticks out, or widen the layout's margins.", "缩短伸出的行，或加大版式的页边。"),
			Example: "`a_line_of_code_that_nothing_can_break_and_that_runs_off_the_page_to_the_right`",
		},
		{
			Code: "print-bleed", Check: diag.Note, Proof: diag.Note, Release: diag.Warning,
			What:    diag.T("A picture or a rule reaches the trimmed edge but not the edge of the bleed.", "图片或线条到了裁切边，却没有铺到出血边。"),
			Why:     diag.T("Where the cut is off, a white line shows at the page's edge.", "裁切稍偏，页边就会露白。"),
			Fix:     diag.T("Make it go on to the bleed, or keep it inside the page.", "让它铺到出血，或收进页面之内。"),
			Example: "![](wide.jpg){width=170mm}",
		},
		{
			Code: "print-hairline", Check: diag.Note, Proof: diag.Note, Release: diag.Warning,
			What:    diag.T("A line is thinner than a quarter of a point.", "线条细于 0.25 磅。"),
			Why:     diag.T("It breaks up or vanishes in print.", "印出来会断续，甚至消失。"),
			Fix:     diag.T("Thicken the rule in the layout, or print the drawing larger.", "加粗版式里的线，或放大图的印刷尺寸。"),
			Example: "heads: {rule: 0.1pt}",
		},
		{
			Code: "print-resolution", Check: diag.Off, Proof: diag.Note, Release: diag.Note,
			What:    diag.T("A picture has fewer than 300 pixels an inch at its printed size, line art fewer than 600.", "图片在印刷尺寸下不足每英寸 300 像素，线条稿不足 600。"),
			Why:     diag.T("A halftone screen of 150 lines asks for twice as many pixels.", "150 线的网屏需要两倍的像素。"),
			Fix:     diag.T("Use a larger file, or print it smaller.", "换用更大的文件，或缩小印刷尺寸。"),
			Example: "![](screenshot.png){width=100%}",
		},
		{
			Code: "print-ink", Check: diag.Note, Proof: diag.Note, Release: diag.Warning,
			What:    diag.T("Four inks add up to more than the paper takes (print.ink-limit).", "四色油墨的总量超过纸张所能承受的限度（print.ink-limit）。"),
			Why:     diag.T("The sheet does not dry and sets off on the next one.", "印张不易干燥，会蹭脏下一张。"),
			Fix:     diag.T("Convert the picture with the profile of the printing condition.", "用印刷条件的特性文件重新转换图片。"),
			Example: "![](rich-black.jpg)",
		},
		{
			Code: "print-cover-gray", Check: diag.Warning, Proof: diag.Warning, Release: diag.Warning,
			What:    diag.T("The cover's picture is in colour, but the cover for print becomes gray.", "封面图片是彩色的，付印的封面却会变成灰度。"),
			Why:     diag.T("PDF/X-1a knows no RGB, and without a profile nothing says what the colours are in ink.", "PDF/X-1a 不容许 RGB；没有特性文件，就无从得知颜色对应的油墨。"),
			Fix:     diag.T("Give the printing condition's profile with --icc, or a JPEG in CMYK.", "用 --icc 给出印刷条件的特性文件，或改用 CMYK 的 JPEG。"),
			Example: "cover: images/cover.png",
		},
		{
			Code: "print-signature", Check: diag.Off, Proof: diag.Off, Release: diag.Note,
			What: diag.T("The pages do not fill whole signatures (print.signature).", "页数不是印帖的整数倍（print.signature）。"),
			Why:  diag.T("The rest of the last sheet is paper paid for and thrown away, or blank pages at the book's end.", "最后一帖余下的纸要付钱而无用，或成为书末的空白页。"),
			Fix:  diag.T("Cut or add a page or two; print.pad: false leaves the pages as they are.", "增减一两页；print.pad: false 可不补空白页。"),
		},
		{
			Code: "pagination-moved", Check: diag.Warning, Proof: diag.Warning, Release: diag.Warning,
			What: diag.T("A page begins or ends with another line than in the printing it is locked to.", "某页的首行或末行与锁定的印次不同。"),
			Why:  diag.T("A reprint shares plates, index and citations with the first printing.", "重印要与前一印次共用版面、索引和引文页码。"),
			Fix:  diag.T("Make the correction as long as what it replaces, or build without --lock-pagination.", "让改动与原文一样长，或不用 --lock-pagination。"),
		},
	}
}

// hairline is the thinnest line that prints (typography.md part 4).
const hairline = unit.Pt / 4

// Check is the preflight of a document's inside pages: margins, bleed,
// hairlines, resolution, ink, signatures. Places are in the manuscript where
// the item says so. Findings of one kind are at most one a page.
func Check(d *page.Document, l *layout.Layout) diag.List {
	c := &preflight{layout: l, inks: map[string]int{}}
	pages := inside(d.Pages)
	for _, pg := range pages {
		if pg.Frame == nil {
			continue
		}
		c.page, c.said = pg, map[string]bool{}
		c.frame(pg.Frame, spot{num: 1, den: 1}, 0)
	}
	if p := l.Print; p.Signature > 0 && len(pages)%p.Signature != 0 {
		rest := p.Signature - len(pages)%p.Signature
		whole := (len(pages) + rest) / p.Signature
		msg := diag.T("%d pages do not fill signatures of %d: %d more would make %d", "共 %d 页，不是每帖 %d 页的整数倍：再有 %d 页就是 %d 帖", len(pages), p.Signature, rest, whole)
		if p.Pad {
			msg = diag.T("%d pages, in signatures of %d: %d blank pages fill %d", "共 %d 页，每帖 %d 页：补 %d 个空白页，成 %d 帖", len(pages), p.Signature, rest, whole)
		}
		c.diags.Add("print-signature", source.Span{}, msg)
	}
	return c.diags
}

// CheckCover reports a picture that a cover without a profile turns gray.
func CheckCover(b *book.Book) diag.List {
	var l diag.List
	f := b.Pictures[b.Meta.Cover]
	if b.Meta.Cover == "" || f == nil {
		return l
	}
	if img, err := picture.Load(f.Data, f.Path); err == nil && img.Components == 3 {
		l.Add("print-cover-gray", source.Span{}, diag.T("%s is printed in gray", "%s 会印成灰度", f.Path), diag.T("give a profile with --icc, or a JPEG in CMYK", "用 --icc 给出特性文件，或改用 CMYK 的 JPEG"))
	}
	return l
}

// preflight is one run of the check.
type preflight struct {
	layout *layout.Layout
	page   *page.Page
	said   map[string]bool // on this page, by rule
	inks   map[string]int  // of pictures, by name: the ink of their darkest parts
	diags  diag.List
}

// spot maps a frame's coordinates to the page's: scaled by num/den, turned by
// quarter turns clockwise, moved to (x, y).
type spot struct {
	x, y     unit.Length
	num, den int64
	turns    int
}

// box is the rectangle of an item at (x, y) of the frame.
func (s spot) box(x, y, w, h unit.Length) page.Box {
	at := func(x, y unit.Length) (unit.Length, unit.Length) {
		x, y = x.Scale(s.num, s.den), y.Scale(s.num, s.den)
		for range s.turns & 3 {
			x, y = -y, x
		}
		return s.x + x, s.y + y
	}
	x0, y0 := at(x, y)
	x1, y1 := at(x+w, y+h)
	return page.Box{X: min(x0, x1), Y: min(y0, y1), Width: max(x0, x1) - min(x0, x1), Height: max(y0, y1) - min(y0, y1)}
}

// within is the spot of a group's frame.
func (s spot) within(x, y unit.Length, g *page.Group) spot {
	num, den := int64(1), int64(1)
	if g.Scaled() {
		num, den = g.Num, g.Den
	}
	if g.Turned {
		x += g.Frame.Height.Scale(num, den)
	}
	b := s.box(x, y, 0, 0)
	out := spot{x: b.X, y: b.Y, num: s.num * num, den: s.den * den, turns: s.turns}
	if g.Turned {
		out.turns++
	}
	for a, b := out.num, out.den; ; a, b = b, a%b {
		if b == 0 {
			out.num, out.den = out.num/max(a, 1), out.den/max(a, 1)
			return out
		}
	}
}

// maxDepth is how deep frames may nest; deeper ones no writer takes.
const maxDepth = 100

func (c *preflight) frame(f *page.Frame, s spot, depth int) {
	if depth > maxDepth {
		return
	}
	for i := range f.Items {
		it := &f.Items[i]
		switch v := it.Item.(type) {
		case *page.Group:
			if v.Frame != nil {
				c.frame(v.Frame, s.within(it.X, it.Y, v), depth+1)
			}
		case *page.Glyphs:
			c.text(v, it, s)
		case *page.Rule:
			b := s.box(it.X, it.Y, v.Width, v.Height)
			c.ink(v.Color, source.Span{})
			c.thin(min(b.Width, b.Height), source.Span{})
			c.edges(b, source.Span{})
		case *page.Path:
			c.path(v, it, s)
		case *page.Picture:
			c.picture(v, s.box(it.X, it.Y, v.Width, v.Height))
		}
	}
}

// text holds a run's extent against the margins: from the first glyph's origin
// to the last one's, an ascender high.
func (c *preflight) text(g *page.Glyphs, it *page.Placed, s spot) {
	c.ink(g.Color, g.Span)
	if len(g.Glyphs) == 0 || g.Turn != 0 {
		return
	}
	last := &g.Glyphs[len(g.Glyphs)-1]
	width := last.X
	if g.Face != nil && (g.ActualText == nil || *g.ActualText != "") {
		width += g.Face.Metrics().Scale(g.Face.Advance(last.ID), g.Size)
	}
	b := s.box(it.X, it.Y-g.Size.Em(800), width, g.Size)
	t, least := c.page.Trim, c.layout.Print.MinMargin
	near := min(b.X-t.X, b.Y-t.Y, t.X+t.Width-b.X-b.Width, t.Y+t.Height-b.Y-b.Height)
	if near < least {
		c.add("print-margin", g.Span, diag.T("text stands %.1f mm from the edge of page %s, less than %.1f mm", "第 %[2]s 页的文字离裁切边 %[1].1f 毫米，不足 %[3].1f 毫米", near.Millimetres(), c.page.Folio, least.Millimetres()))
	}
}

func (c *preflight) path(v *page.Path, it *page.Placed, s spot) {
	if v.Stroke != nil {
		c.ink(*v.Stroke, source.Span{})
		c.thin(v.Line.Scale(s.num, s.den), source.Span{})
	}
	if v.Fill != nil {
		c.ink(*v.Fill, source.Span{})
	}
	if v.Fill != nil || v.Stroke != nil {
		c.edges(s.box(it.X, it.Y, v.Width, v.Height), source.Span{})
	}
}

func (c *preflight) thin(w unit.Length, at source.Span) {
	if w > 0 && w < hairline-hairline/50 { // what was rounded is not thinner
		c.add("print-hairline", at, diag.T("a line of %.2f pt on page %s is thinner than 0.25 pt", "第 %[2]s 页有 %[1].2f 磅的线，细于 0.25 磅", w.Points(), c.page.Folio))
	}
}

// edges reports what reaches the trim but not the bleed.
func (c *preflight) edges(b page.Box, at source.Span) {
	t, bleed := c.page.Trim, c.layout.Page.Bleed
	const cut = unit.Mm / 2 // what ends so near to the trim was meant to reach it
	for _, out := range []unit.Length{t.X - b.X, t.Y - b.Y, b.X + b.Width - t.X - t.Width, b.Y + b.Height - t.Y - t.Height} {
		if out > -cut && out < bleed-cut {
			c.add("print-bleed", at, diag.T("something reaches the edge of page %s without bleed", "第 %s 页有内容到了裁切边而没有出血", c.page.Folio))
		}
	}
}

func (c *preflight) picture(v *page.Picture, b page.Box) {
	c.edges(b, v.Span)
	if b.Width > 0 && v.PixelWidth > 0 {
		least := 300.0
		if lineArt(v.Data) {
			least = 600
		}
		if ppi := float64(v.PixelWidth) * 72 / b.Width.Points(); ppi < least*0.99 {
			c.add("print-resolution", v.Span, diag.T("%s has %.0f pixels an inch on page %s, less than %.0f", "%s 在第 %[3]s 页为每英寸 %[2].0f 像素，不足 %[4].0f", v.Name, ppi, c.page.Folio, least))
		}
	}
	ink, ok := c.inks[v.Name]
	if !ok {
		ink = darkest(v.Data)
		c.inks[v.Name] = ink
	}
	c.limit(ink, v.Span)
}

// lineArt reports whether a PNG has one bit a pixel.
func lineArt(data []byte) bool {
	return len(data) > 25 && string(data[12:16]) == "IHDR" && data[24] == 1
}

// darkest is the ink of a CMYK JPEG, in percent, that only a thousandth of its
// pixels pass; 0 for any other picture.
func darkest(data []byte) int {
	head, err := jpeg.DecodeConfig(bytes.NewReader(data))
	if err != nil || head.ColorModel != (&image.CMYK{}).ColorModel() {
		return 0
	}
	img, err := jpeg.Decode(bytes.NewReader(data))
	m, ok := img.(*image.CMYK)
	if err != nil || !ok {
		return 0
	}
	var count [4*255 + 1]int
	for i := 0; i+3 < len(m.Pix); i += 4 {
		count[int(m.Pix[i])+int(m.Pix[i+1])+int(m.Pix[i+2])+int(m.Pix[i+3])]++
	}
	left := len(m.Pix) / 4000
	for v := len(count) - 1; v > 0; v-- {
		if left -= count[v]; left < 0 {
			return v * 100 / 255
		}
	}
	return 0
}

func (c *preflight) ink(col page.Color, at source.Span) {
	if col.Space == page.CMYK {
		c.limit((int(col.V[0])+int(col.V[1])+int(col.V[2])+int(col.V[3]))/10, at)
	}
}

func (c *preflight) limit(percent int, at source.Span) {
	if most := c.layout.Print.InkLimit; most > 0 && percent > most {
		c.add("print-ink", at, diag.T("%d %% of ink on page %s, more than %d %%", "第 %[2]s 页的油墨总量为 %[1]d%%，超过 %[3]d%%", percent, c.page.Folio, most))
	}
}

func (c *preflight) add(code string, at source.Span, msg diag.Text) {
	if !c.said[code] {
		c.said[code] = true
		c.diags.Add(code, at, msg)
	}
}
