package typeset

import (
	"strconv"
	"strings"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/layout"
	"banxin/pipeline/page"
	"banxin/pipeline/picture"
	"banxin/pipeline/svg"
	"banxin/pipeline/unit"
)

// figure sets pictures that stand by themselves, side by side where there are
// several, with their caption below.
func (c *compositor) figure(b *book.Figure, at place) {
	var row []*page.Frame
	for _, im := range b.Images {
		width := at.width
		if n := len(b.Images); n > 1 {
			width = (at.width - unit.Length(n-1)*c.grid.size) / unit.Length(n)
		}
		if f := c.image(im, width); f != nil {
			row = append(row, f)
		}
	}
	if len(row) == 0 {
		c.missing(b, at)
		return
	}
	out := &page.Frame{}
	for i, f := range row {
		if i > 0 {
			out.Width += c.grid.size
		}
		out.Height = max(out.Height, f.Height)
		out.Width += f.Width
	}
	x := unit.Length(0)
	for _, f := range row {
		lay(out, f, x, out.Height-f.Height)
		x += f.Width + c.grid.size
	}
	alt := ""
	if len(b.Images) > 0 {
		alt = b.Images[0].Alt
	}
	c.standing(b, out, b.Caption, alt, at)
}

// missing sets a figure none of whose pictures could be had: its words.
func (c *compositor) missing(b *book.Figure, at place) {
	ns := b.Caption
	if len(ns) == 0 && len(b.Images) > 0 {
		ns = plain(b.Images[0].Alt)
	}
	st := at
	st.style = c.layout.Styles["caption"]
	c.paragraphSlug(c.text(ns, st, c.logic.add(at.tag, "P", b.Span)), st, b.Span)
}

// standing sets a picture or a drawing centred, its caption under it, as one
// piece in whole rows.
func (c *compositor) standing(b book.Block, f *page.Frame, caption []book.Inline, alt string, at place) {
	tag := c.logic.add(at.tag, "Figure", b.Where())
	c.logic.nodes[tag].Alt = alt
	cap := c.caption(b, caption, at, tag)
	limit := c.maxHeight()
	if turned(f) {
		limit = c.pageHeight()
	}
	if cap != nil {
		limit -= cap.Height + c.grid.size.Em(captionGap)
	}
	f = c.within(f, at.width, limit)
	forms := looser(c.pictured(f, cap, at, tag))
	// A large picture may be reduced a little where that fills the page.
	for _, r := range [...]struct{ size, cost int64 }{{900, costReduced}, {800, 3 * costReduced}} {
		if f.Height > 6*c.grid.leading {
			small := c.pictured(c.within(f, f.Width.Scale(r.size, 1000), f.Height), cap, at, tag)
			small.cost = r.cost
			forms = append(forms, small)
		}
	}
	c.push(&slug{span: b.Where(), forms: forms})
}

// captionGap is the white between a picture and its caption, in thousandths of
// the body's size.
const captionGap = 500

// pictured is a picture centred above its caption.
func (c *compositor) pictured(f, cap *page.Frame, at place, tag int32) form {
	out := &page.Frame{Width: at.width, Height: f.Height}
	lay(out, f, (at.width-f.Width)/2, 0)
	for i := range out.Items {
		if out.Items[i].Tag == 0 {
			out.Items[i].Tag = tag
		}
	}
	white, gap := c.grid.size.Em(600), c.grid.size.Em(captionGap)
	below := white
	if cap != nil {
		lay(out, cap, 0, f.Height+gap)
		out.Height += gap + cap.Height
		below = c.grid.size // a caption belongs to what stands above it
	}
	return form{atoms: []atom{{frame: out, x: at.x}}, above: white, below: below}.measured()
}

// pageHeight is the height of the type area.
func (c *compositor) pageHeight() unit.Length { return unit.Length(c.grid.rows) * c.grid.leading }

// maxHeight is the most of a page that a figure may take.
func (c *compositor) maxHeight() unit.Length {
	h := c.pageHeight()
	if m := c.layout.Figure.MaxHeight; m > 0 {
		h = h.Scale(int64(m), 1000)
	}
	return h
}

// within scales a frame down to a width and a height.
func (c *compositor) within(f *page.Frame, width, height unit.Length) *page.Frame {
	num, den := int64(1), int64(1)
	if f.Width > width && f.Width > 0 {
		num, den = int64(width), int64(f.Width)
	}
	if f.Height.Scale(num, den) > height && f.Height > 0 {
		num, den = int64(height), int64(f.Height)
	}
	if num == den {
		return f
	}
	if len(f.Items) == 1 {
		if p, ok := f.Items[0].Item.(*page.Picture); ok {
			q := *p
			q.Width, q.Height = p.Width.Scale(num, den), p.Height.Scale(num, den)
			return &page.Frame{Width: q.Width, Height: q.Height, Items: []page.Placed{{Item: &q, Tag: f.Items[0].Tag}}}
		}
	}
	out := &page.Frame{Width: f.Width.Scale(num, den), Height: f.Height.Scale(num, den)}
	out.Add(0, 0, &page.Group{Frame: f, Num: num, Den: den})
	return out
}

// caption sets a caption with its number before it; nil if there is neither.
func (c *compositor) caption(b book.Block, ns []book.Inline, at place, parent int32) *page.Frame {
	ns = c.captionText(b, ns)
	if len(ns) == 0 {
		return nil
	}
	st := at
	st.style = c.layout.Styles["caption"]
	return c.stack(c.text(ns, st, c.logic.add(parent, "Caption", b.Where())))
}

// captionText is a caption behind its label and an em of white.
func (c *compositor) captionText(b book.Block, ns []book.Inline) []book.Inline {
	if c.index == nil {
		return ns
	}
	t := c.index.Blocks[b]
	if t == nil || t.Printed == "" {
		return ns
	}
	if len(ns) == 0 {
		return plain(t.Printed)
	}
	return append(plain(t.Printed+"\u3000"), ns...)
}

// captioned sets a caption above what set sets, and keeps them together.
func (c *compositor) captioned(b book.Block, ns []book.Inline, at place, set func(place)) {
	if ns = c.captionText(b, ns); len(ns) > 0 {
		st := at
		st.style = c.layout.Styles["caption"]
		if c.layout.Styles["code"].Align == layout.Left && st.style.Align == layout.Center {
			st.style.Align = layout.Left
		}
		c.paragraphSlug(c.text(ns, st, c.logic.add(at.tag, "Caption", b.Where())), st, b.Where()).keep = true
	}
	set(at)
}

// image is a picture at the width the author asked for, else its own, never
// wider than the measure; nil if the file cannot be had.
func (c *compositor) image(im *book.Image, measure unit.Length) *page.Frame {
	p := c.book.Pictures[im.Path]
	if im.Path == "" || p == nil {
		return nil
	}
	cfg, err := picture.Load(p.Data, im.Path)
	if err == nil && cfg.Format == picture.SVG {
		return c.drawing(im, p.Data, measure)
	}
	if err != nil || cfg.Width == 0 || cfg.Height == 0 {
		return nil
	}
	const screen = 96 // pixels an inch where nothing says otherwise
	w := unit.In.Scale(int64(cfg.Width), screen)
	if asked, ok := asked(im.Width, measure); ok {
		w = asked
	}
	w = min(w, measure)
	h := w.Scale(int64(cfg.Height), int64(cfg.Width))
	if limit := c.maxHeight(); h > limit {
		w, h = w.Scale(int64(limit), int64(h)), limit
	}
	c.resolution(im, cfg.Width, w)
	f := &page.Frame{Width: w, Height: h}
	f.Add(0, 0, &page.Picture{Name: im.Path, Format: cfg.Format, Data: p.Data, PixelWidth: cfg.Width, PixelHeight: cfg.Height,
		Width: w, Height: h, Alt: im.Alt, Span: im.Span})
	return f
}

// drawing is an SVG picture as a frame: as wide as asked, else as the file
// says, at most the measure.
func (c *compositor) drawing(im *book.Image, data []byte, measure unit.Length) *page.Frame {
	f, left, err := svg.Read(data, svg.ReadOptions{Fonts: c.fonts, Lang: c.lang, Name: im.Path})
	if err != nil || f.Width <= 0 || f.Height <= 0 {
		return nil
	}
	if len(left) > 0 {
		list := strings.Join(left, ", ")
		c.diags.Add("drawing-partial", im.Span,
			diag.T("%s: left out of the drawing: %s", "%s：图中略去了 %s", im.Path, list),
			diag.T("a book executes and fetches nothing; draw it with shapes and text", "书不执行也不下载任何东西；请用图形和文字绘制"))
	}
	w := f.Width
	if asked, ok := asked(im.Width, measure); ok {
		w = asked
	}
	w = min(w, measure)
	h := f.Height.Scale(int64(w), int64(f.Width))
	if limit := c.maxHeight(); h > limit {
		w, h = w.Scale(int64(limit), int64(h)), limit
	}
	out := &page.Frame{Width: w, Height: h}
	out.Add(0, 0, &page.Group{Frame: f, Num: int64(w), Den: int64(f.Width), Clip: true, Alt: im.Alt})
	return out
}

// asked reads a picture's width as written: a share of the measure or a length.
func asked(s string, measure unit.Length) (unit.Length, bool) {
	s = strings.TrimSpace(s)
	if s == "" {
		return 0, false
	}
	if p, ok := strings.CutSuffix(s, "%"); ok {
		v, err := strconv.ParseFloat(strings.TrimSpace(p), 64)
		if err != nil || v <= 0 || v > 1000 {
			return 0, false
		}
		return measure.Scale(int64(v*1000), 100_000), true
	}
	if _, err := strconv.Atoi(s); err == nil {
		s += "px"
	}
	l, err := unit.Parse(s)
	return l, err == nil && l > 0
}

// minPPI is the resolution below which a picture looks coarse in print.
const minPPI = 150

// resolution reports a picture too coarse for the size it is printed at.
func (c *compositor) resolution(im *book.Image, pixels int, width unit.Length) {
	if width <= 0 {
		return
	}
	ppi := int(float64(pixels) / (float64(width) / float64(unit.In)))
	if ppi >= minPPI {
		return
	}
	c.diags.Add("image-resolution", im.Span,
		diag.T("%s is printed at %d pixels an inch", "%s 的印刷分辨率只有每英寸 %d 像素", im.Path, ppi),
		diag.T("print wants 300; use a larger file or set a smaller width", "印刷宜用 300；请换用更大的图片，或把宽度改小"))
}
