package prepress

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strings"
	"unicode"

	"banxin/pipeline/book"
	"banxin/pipeline/font"
	"banxin/pipeline/layout"
	"banxin/pipeline/page"
	"banxin/pipeline/picture"
	"banxin/pipeline/typeset"
	"banxin/pipeline/unit"
)

// Job is a book on its way to the printing house.
type Job struct {
	Book   *book.Book
	Layout *layout.Layout
	Fonts  *font.Set
	Pages  *page.Document // as set
	// Thickness is a leaf's; 0 is taken for a tenth of a millimetre, a common
	// offset paper's.
	Thickness unit.Length
	Blurb     string
	// What the docket prints as given.
	Paper, CoverPaper, Binding, Colors, Copies, Price string
	Condition                                         string
}

// Inside is the number of printed pages, blanks that fill a signature counted.
func (j *Job) Inside() int {
	n := len(inside(j.Pages.Pages))
	return n + Padding(n, j.Layout.Print)
}

// Spine is the width of the back: half as many leaves as pages.
func (j *Job) Spine() unit.Length {
	return j.leaf().Scale(int64((j.Inside()+1)/2), 1)
}

func (j *Job) leaf() unit.Length {
	if j.Thickness > 0 {
		return j.Thickness
	}
	return unit.Mm / 10
}

// Cover draws the cover as one sheet: back, spine and front, the front at the
// left for a book bound on the right. The front is the author's picture or the
// title over the book's own page; the back has the blurb and, for a valid ISBN,
// its barcode.
func Cover(j *Job, m Marks) *page.Document {
	w, h, spine := j.Layout.Page.Width, j.Layout.Page.Height, j.Spine()
	a := &artist{Job: j, c: typeset.NewCompositor(j.Layout, j.Fonts, j.Book.Meta.Language),
		frame: &page.Frame{Width: 2*w + spine, Height: h}, bleed: j.Layout.Page.Bleed}
	a.choose()
	a.frame.Add(-a.bleed, -a.bleed, &page.Rule{Width: 2*w + spine + 2*a.bleed, Height: h + 2*a.bleed, Color: a.mix(0)})
	back, front := unit.Length(0), w+spine
	if j.Pages.RightBound {
		back, front = front, back
	}
	if !a.picture(front) {
		a.front(front)
	}
	a.spine(w, spine)
	a.back(back)
	pg := &page.Page{Trim: page.Box{Width: a.frame.Width, Height: h}, Kind: page.Cover, Style: page.NoFolio, Frame: a.frame, Recto: true}
	m.all = a.ground.Space == page.CMYK
	out := sheet(pg, a.bleed, m)
	if m.Crop {
		for _, x := range []unit.Length{w, w + spine} { // folds
			for _, y := range []unit.Length{0, out.Bleed.Y + out.Bleed.Height + cropGap} {
				out.Frame.Add(out.Trim.X+x-cropLine/2, y, &page.Rule{Width: cropLine, Height: cropLength / 2, Color: m.ink()})
			}
		}
	}
	return &page.Document{Language: j.Pages.Language, RightBound: j.Pages.RightBound, Pages: []*page.Page{out}}
}

// artist draws a cover.
type artist struct {
	*Job
	c      *typeset.Compositor
	frame  *page.Frame
	bleed  unit.Length
	ground page.Color
}

// choose picks the ground: printer's gray in a layout of one ink; else one of
// the dyers' colours that hold white type (indigo, pine, mulberry, ochre, ink,
// azurite), by the title as the e-book's cover does, in no more than 250 % of
// ink.
func (a *artist) choose() {
	c := &a.Layout.Color
	if !c.Screen && !strings.HasPrefix(c.Link, "#") && !strings.HasPrefix(c.Accent, "#") {
		a.ground = page.GrayLevel(150)
		return
	}
	grounds := [6][4]int16{{900, 680, 150, 480}, {780, 400, 600, 520}, {400, 900, 400, 520}, {250, 750, 850, 400}, {400, 350, 300, 800}, {950, 480, 250, 330}}
	sum := fnv.New64a()
	sum.Write([]byte(a.Book.Meta.Title + "\x00" + a.Book.Meta.Subtitle))
	z := sum.Sum64() + 0x9e3779b97f4a7c15 // SplitMix64 (Steele et al. 2014)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	a.ground = page.Color{Space: page.CMYK, V: grounds[(z^z>>31)%6]}
}

// mix is the ground with a share of paper, in thousandths.
func (a *artist) mix(paper int) page.Color {
	c := a.ground
	for i := range c.V {
		if c.Space == page.Gray {
			c.V[0] = int16(int(a.ground.V[0]) + (1000-int(a.ground.V[0]))*paper/1000)
			break
		}
		c.V[i] = int16(int(a.ground.V[i]) * (1000 - paper) / 1000)
	}
	return c
}

// light is the gray of type on the ground.
const light = 960

func (a *artist) style(role string, size unit.Length) layout.Style {
	return layout.Style{Role: role, Bold: role == "hei", Size: size, Leading: size.Em(1300), Align: layout.Left, Gray: light}
}

// picture lays the author's picture over the front and its bleed, cut to fill
// it; false if there is none that prints.
func (a *artist) picture(x unit.Length) bool {
	f := a.Book.Pictures[a.Book.Meta.Cover]
	if a.Book.Meta.Cover == "" || f == nil {
		return false
	}
	img, err := picture.Load(f.Data, f.Path)
	if err != nil || img.Width <= 0 || img.Height <= 0 || img.Format == "svg" {
		return false
	}
	box := page.Box{X: x, Y: -a.bleed, Width: a.Layout.Page.Width + a.bleed, Height: a.Layout.Page.Height + 2*a.bleed}
	if x == 0 { // the front is at the left
		box.X -= a.bleed
	}
	w, h := box.Width, box.Width.Scale(int64(img.Height), int64(img.Width))
	if h < box.Height {
		w, h = box.Height.Scale(int64(img.Width), int64(img.Height)), box.Height
	}
	clip := &page.Frame{Width: box.Width, Height: box.Height}
	clip.Add((box.Width-w)/2, (box.Height-h)/2, &page.Picture{Name: f.Path, Data: f.Data, Format: img.Format,
		PixelWidth: img.Width, PixelHeight: img.Height, Width: w, Height: h})
	a.frame.Add(box.X, box.Y, &page.Group{Frame: clip, Clip: true})
	return true
}

// front sets title, subtitle and names, and draws a page of the book between.
func (a *artist) front(x unit.Length) {
	w, h := a.Layout.Page.Width, a.Layout.Page.Height
	left, measure := x+w.Scale(12, 100), w.Scale(76, 100)
	y := h.Scale(13, 100)
	a.frame.Add(left, y, &page.Rule{Width: w.Scale(8, 100), Height: unit.Mm, Color: page.GrayLevel(light)})
	y = stack(a.frame, a.fitted(a.Book.Meta.Title, "hei", w.Scale(13, 100), measure, 4), left, y+6*unit.Mm)
	if s := a.Book.Meta.Subtitle; s != "" {
		y = stack(a.frame, a.fitted(s, "song", w.Scale(53, 1000), measure, 3), left, y+3*unit.Mm)
	}
	foot := h.Scale(90, 100)
	if p := a.Book.Meta.Publisher; p != "" {
		ls := a.fitted(p, "song", w.Scale(30, 1000), measure, 1)
		foot -= ls[0].Height
		stack(a.frame, ls, left, foot)
	}
	if names := a.names("\u3000"); names != "" {
		ls := a.fitted(names, "kai", w.Scale(45, 1000), measure, 2)
		foot -= ls[0].Height * unit.Length(len(ls))
		stack(a.frame, ls, left, foot)
		foot -= 3 * unit.Mm
	}
	a.texture(left, max(y+10*unit.Mm, h.Scale(40, 100)), measure, foot-5*unit.Mm)
}

// names are the creators'.
func (a *artist) names(between string) string {
	var out []string
	for _, c := range a.Book.Meta.Creators {
		out = append(out, c.Name)
	}
	return strings.Join(out, between)
}

// fitted sets a text in at most so many lines, as large as it can be, from size
// downwards in steps of a tenth, but on one line where that costs at most a
// third of the size. There is always a line.
func (a *artist) fitted(s, role string, size, measure unit.Length, lines int) []*page.Frame {
	var out []*page.Frame
	for n := 1; n <= lines; n++ {
		least := 65
		if n == lines {
			least = 30
		}
		for share := 100; share >= least; share -= 8 {
			out = a.c.Lines(s, a.style(role, size.Scale(int64(share), 100)), measure)
			if len(out) <= n && len(out) > 0 {
				return out
			}
		}
	}
	if len(out) == 0 {
		out = []*page.Frame{{Width: measure, Height: size}}
	}
	return out
}

// texture draws the fullest page of the book as squares, one for a character,
// where the characters stand.
func (a *artist) texture(x, y, width, foot unit.Length) {
	runs := fullest(a.Pages, a.Layout.Body.Size)
	if len(runs) == 0 {
		return
	}
	area := page.Box{X: a.Layout.Page.Inner, Y: runs[0].y - runs[0].run.Size}
	scale := width
	measure := unit.Length(a.Layout.Body.Measure) * a.Layout.Body.Size
	for _, r := range runs {
		shade := 70 + (int(r.y/unit.Pt)*37+len(r.run.Text)*11)%120
		for i := range r.run.Glyphs {
			g := &r.run.Glyphs[i]
			wide := r.run.Size
			if r.run.Face != nil {
				wide = min(wide, r.run.Face.Metrics().Scale(r.run.Face.Advance(g.ID), r.run.Size))
			}
			px := x + (r.x+g.X-area.X).Scale(int64(scale), int64(measure))
			py := y + (r.y-r.run.Size-area.Y).Scale(int64(scale), int64(measure))
			side, high := wide.Scale(int64(scale)*56/100, int64(measure)), r.run.Size.Scale(int64(scale)*56/100, int64(measure))
			if px < x || px+side > x+width || py < y || py+high > foot || side <= 0 {
				continue
			}
			a.frame.Add(px, py, &page.Rule{Width: side, Height: high, Color: a.mix(shade)})
		}
	}
}

// fullest are the runs of the recto with the most text of the body's size among
// the first hundred pages, from the highest down.
func fullest(d *page.Document, size unit.Length) []placedRun {
	var best []placedRun
	most := 0
	for i, pg := range d.Pages {
		if i == 100 {
			break
		}
		if pg.Frame == nil || !pg.Recto || pg.Kind != page.Text {
			continue
		}
		runs, n := runsOf(pg.Frame), 0
		for _, r := range runs {
			if r.run.Size == size {
				n += len(r.run.Glyphs)
			}
		}
		if n > most {
			best, most = runs, n
		}
	}
	slices.SortStableFunc(best, func(a, b placedRun) int { return cmp.Compare(a.y, b.y) })
	return best
}

// spineLeast is the narrowest spine that carries type.
const spineLeast = 5 * unit.Mm

// spine sets title, names and publisher down the back: Han upright, one under
// another, all else turned.
func (a *artist) spine(x, width unit.Length) {
	if width < spineLeast {
		return
	}
	h := a.Layout.Page.Height
	size := min(width.Scale(62, 100), 16*unit.Pt)
	y := a.down(a.Book.Meta.Title, "hei", x, width, h.Scale(12, 100), size, h.Scale(62, 100))
	a.down(a.names(" "), "kai", x, width, max(y+2*size, h.Scale(62, 100)), size.Scale(75, 100), h.Scale(80, 100))
	if p := a.Book.Meta.Publisher; p != "" {
		small := size.Scale(65, 100)
		n := unit.Length(len([]rune(p)))
		a.down(p, "song", x, width, h.Scale(92, 100)-n*small.Em(1050), small, h.Scale(94, 100))
	}
}

// down sets a text from y towards foot in a size that fits, and returns where
// it ends.
func (a *artist) down(s, role string, x, width, y, size, foot unit.Length) unit.Length {
	pieces := upright(s)
	need := unit.Length(0)
	for _, p := range pieces {
		need += a.deep(p, role, size)
	}
	if room := foot - y; need > room && need > 0 {
		size = max(size.Scale(int64(room), int64(need)), 5*unit.Pt)
	}
	for _, p := range pieces {
		st := a.style(role, size)
		st.Leading = size
		deep := a.deep(p, role, size)
		if y+deep > foot+size {
			return y
		}
		for _, l := range a.c.Lines(p, st, max(deep, size)) {
			if isHan(p) {
				a.frame.Add(x+(width-l.Width)/2, y, &page.Group{Frame: l})
			} else if strings.TrimSpace(p) != "" {
				a.frame.Add(x+(width-l.Height)/2, y, &page.Group{Frame: l, Turned: true})
			}
			break
		}
		y += deep
	}
	return y
}

// deep is how far a piece reaches down.
func (a *artist) deep(p, role string, size unit.Length) unit.Length {
	if isHan(p) {
		return size.Em(1050)
	}
	if strings.TrimSpace(p) == "" {
		return size / 2
	}
	return a.c.Width(p, a.style(role, size)) + size.Em(150)
}

// upright cuts a text into Han characters and stretches of anything else.
func upright(s string) []string {
	var out []string
	run := false
	for _, r := range s {
		if han := isHan(string(r)); run && !han {
			out[len(out)-1] += string(r)
		} else {
			out = append(out, string(r))
			run = !han
		}
	}
	return out
}

func isHan(s string) bool {
	for _, r := range s {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || r >= 0x3000 && r < 0x3040 || r >= 0xFF01 && r < 0xFF60
	}
	return false
}

// back sets the blurb at the head, barcode and price at the foot.
func (a *artist) back(x unit.Length) {
	w, h := a.Layout.Page.Width, a.Layout.Page.Height
	left, measure := x+w.Scale(12, 100), w.Scale(76, 100)
	foot := h - 14*unit.Mm
	if a.Price != "" {
		st := a.style("song", 9*unit.Pt)
		st.Align = layout.Right
		ls := a.c.Lines(labelled("定价：", "Price: ", a.Book.Meta.Language)+a.Price, st, measure)
		foot -= st.Leading
		stack(a.frame, ls[:min(len(ls), 1)], left, foot)
		foot -= 2 * unit.Mm
	}
	if ean, err := EAN(a.Book.Meta.ISBN); err == nil {
		code := Barcode(ean, a.Book.Meta.ISBN, a.c)
		foot -= code.Height
		a.frame.Add(left+measure-code.Width, foot, &page.Group{Frame: code})
		foot -= 6 * unit.Mm
	}
	st := a.style("song", 10*unit.Pt)
	st.Leading, st.Align, st.Indent = 17*unit.Pt, layout.Justify, 2*st.Size
	y := h.Scale(13, 100)
	for _, l := range a.c.Lines(strings.TrimSpace(a.Blurb), st, measure) {
		if y+l.Height > foot {
			return
		}
		y = stack(a.frame, []*page.Frame{l}, left, y)
	}
}

// labelled is one of two words, by the book's language.
func labelled(zh, en, lang string) string {
	if strings.HasPrefix(lang, "zh") || lang == "" {
		return zh
	}
	return en
}
