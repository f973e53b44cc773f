package svg

import (
	"encoding/base64"
	"math"
	"strconv"
	"strings"

	"banxin/pipeline/font"
	"banxin/pipeline/page"
	"banxin/pipeline/picture"
	"banxin/pipeline/unit"
)

// paint places an outline, filled and stroked as the style says.
func (r *reader) paint(o *outline, m matrix, st style) {
	p := &page.Path{EvenOdd: st.evenOdd, RoundCap: st.round}
	if st.fill != nil && st.fillOpacity*st.opacity > 0 {
		c := faded(*st.fill, st.fillOpacity*st.opacity)
		p.Fill = &c
	}
	k := m.scale()
	if st.stroke != nil && st.width > 0 && st.strokeOpacity*st.opacity > 0 {
		c := faded(*st.stroke, st.strokeOpacity*st.opacity)
		p.Stroke, p.Line = &c, unit.FromPoints(st.width*k)
		for _, d := range st.dash {
			if d >= 0 {
				p.Dash = append(p.Dash, unit.FromPoints(d*k))
			}
		}
	}
	if p.Fill == nil && p.Stroke == nil || len(o.segs) == 0 {
		return
	}
	r.segments(p, o, m)
}

// segments places the path at the top left corner of its points.
func (r *reader) segments(p *page.Path, o *outline, m matrix) {
	least, most := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	see := func(q point) point {
		q = m.apply(q)
		least = point{math.Min(least.x, q.x), math.Min(least.y, q.y)}
		most = point{math.Max(most.x, q.x), math.Max(most.y, q.y)}
		return q
	}
	segs := make([]segment, 0, len(o.segs))
	for _, s := range o.segs {
		switch s.op {
		case 'C':
			s.c, s.d, s.p = see(s.c), see(s.d), see(s.p)
		case 'M', 'L':
			s.p = see(s.p)
		}
		segs = append(segs, s)
	}
	if math.Abs(least.x) > maxCoordinate || math.Abs(least.y) > maxCoordinate || most.x > maxCoordinate || most.y > maxCoordinate || math.IsNaN(most.x+most.y) {
		return
	}
	at := func(v, from float64) unit.Length { return unit.FromPoints(v) - unit.FromPoints(from) }
	for _, s := range segs {
		t := page.Segment{X: at(s.p.x, least.x), Y: at(s.p.y, least.y)}
		switch s.op {
		case 'M':
			t.Op = page.MoveTo
		case 'L':
			t.Op = page.LineTo
		case 'C':
			t.Op = page.CurveTo
			t.X1, t.Y1, t.X2, t.Y2 = at(s.c.x, least.x), at(s.c.y, least.y), at(s.d.x, least.x), at(s.d.y, least.y)
		case 'Z':
			t = page.Segment{Op: page.Close}
		}
		p.Segments = append(p.Segments, t)
	}
	p.Width, p.Height = at(most.x, least.x), at(most.y, least.y)
	r.out.Add(unit.FromPoints(least.x), unit.FromPoints(least.y), p)
}

// faded is a colour on white paper at an opacity: pages have no transparency.
func faded(c page.Color, opacity float64) page.Color {
	if opacity >= 1 || c.Space == page.CMYK {
		return c
	}
	for i := range c.V {
		c.V[i] = int16(1000 - math.Round((1000-float64(c.V[i]))*opacity))
	}
	if c.Space == page.Gray {
		c.V = [4]int16{c.V[0]}
	} else {
		c.V[3] = 0
	}
	return c
}

// text sets a text element: pieces with places of their own, each anchored.
func (r *reader) text(e *element, m matrix, st style) {
	if r.o.Fonts == nil {
		r.left["<text>"] = true
		return
	}
	t := &typesetter{r: r, m: m, at: point{first(e.attr("x"), 0), first(e.attr("y"), 0)}}
	t.at.x += first(e.attr("dx"), 0)
	t.at.y += first(e.attr("dy"), 0)
	t.spans(e, st, 0)
	t.flush()
}

func first(s string, otherwise float64) float64 {
	s, _, _ = strings.Cut(strings.TrimSpace(strings.ReplaceAll(s, ",", " ")), " ")
	return size(s, otherwise)
}

// typesetter sets the spans of one text element.
type typesetter struct {
	r    *reader
	m    matrix
	at   point
	line []piece // waiting for their anchor
}

// piece is a shaped run, x from the line's start in user units.
type piece struct {
	text string
	st   style
}

func (t *typesetter) spans(e *element, st style, depth int) {
	for _, k := range e.kids {
		switch {
		case k.name == "":
			s := strings.Join(strings.Fields(k.text), " ")
			if k.text != "" && len(t.line) > 0 && strings.TrimLeft(k.text, " \t\r\n") != k.text {
				s = " " + s
			}
			if s != "" && strings.TrimRight(k.text, " \t\r\n") != k.text && strings.TrimSpace(s) != "" {
				s += " "
			}
			if s != "" {
				t.line = append(t.line, piece{text: s, st: st})
			}
		case (k.name == "tspan" || k.name == "a" || k.name == "textPath") && depth < 20:
			x, y := k.attr("x"), k.attr("y")
			dy := first(strings.Replace(k.attr("dy"), "em", "", 1), 0)
			inner := t.r.styled(k, st)
			if strings.Contains(k.attr("dy"), "em") {
				dy *= inner.size
			}
			if x != "" || y != "" || dy != 0 {
				t.flush()
				t.at = point{first(x, t.at.x), first(y, t.at.y) + dy}
			}
			if !inner.hidden {
				t.spans(k, inner, depth+1)
			}
		}
	}
}

// flush sets the pieces that wait, left, middle or right of the place.
func (t *typesetter) flush() {
	line := t.line
	t.line = nil
	if n := len(line); n > 0 {
		line[n-1].text = strings.TrimRight(line[n-1].text, " ")
	}
	k := t.m.scale()
	if len(line) == 0 || k <= 0 {
		return
	}
	type run struct {
		g *page.Glyphs
		x unit.Length
	}
	var runs []run
	var x unit.Length
	for _, p := range line {
		if p.st.fill == nil {
			continue
		}
		em := unit.FromPoints(p.st.size * k * narrower(p.text))
		for _, sh := range t.r.o.Fonts.Shape(font.Run{Text: p.text, Style: t.r.face(p.st)}) {
			g := &page.Glyphs{Face: sh.Face, Size: em, Text: p.text[sh.Start:sh.End], Color: faded(*p.st.fill, p.st.fillOpacity*p.st.opacity), Lang: t.r.o.Lang}
			mt := sh.Face.Metrics()
			start := x
			for _, gl := range sh.Glyphs {
				g.Glyphs = append(g.Glyphs, page.Glyph{ID: gl.ID, X: x - start + mt.Scale(gl.XOffset, em), Y: -mt.Scale(gl.YOffset, em), Start: gl.Start - sh.Start, End: gl.End - sh.Start})
				x += mt.Scale(gl.Advance, em)
			}
			runs = append(runs, run{g, start})
		}
	}
	o := t.m.apply(t.at)
	turn := quarter(t.m)
	back := unit.Length(0)
	switch line[0].st.anchor {
	case "middle":
		back = x / 2
	case "end":
		back = x
	}
	drop := unit.Length(0)
	if line[0].st.middle {
		drop = unit.FromPoints(line[0].st.size * k * 0.35)
	}
	for _, rn := range runs {
		dx, dy := rn.x-back, drop
		switch turn {
		case 90:
			dx, dy = -dy, dx
		case 180:
			dx, dy = -dx, -dy
		case 270:
			dx, dy = dy, -dx
		}
		rn.g.Turn = turn
		t.r.out.Add(unit.FromPoints(o.x)+dx, unit.FromPoints(o.y)+dy, rn.g)
	}
	t.at.x += x.Points() / k
}

// narrower is how much smaller Latin text is set: drawings reckon with Times or
// Helvetica, which run narrower than the letters of a CJK face.
func narrower(s string) float64 {
	for _, c := range s {
		if c >= 0x2e80 {
			return 1
		}
	}
	return 0.9
}

// face is the face a style asks for: song, hei or mono of the book.
func (r *reader) face(st style) font.Style {
	role := font.Hei
	switch {
	case st.mono:
		role = font.Mono
	case st.serif:
		role = font.Song
	}
	return font.Style{Role: role, Lang: r.o.Lang, Bold: st.bold, Italic: st.italic}
}

// quarter is the turn of a matrix, to the next quarter: text stands upright or
// on its side.
func quarter(m matrix) int16 {
	switch a := math.Atan2(m.b, m.a) * 180 / math.Pi; {
	case a > 45 && a <= 135:
		return 90
	case a > 135 || a <= -135:
		return 180
	case a < -45:
		return 270
	}
	return 0
}

// image places a raster picture that the file itself holds; one elsewhere is
// not fetched.
func (r *reader) image(e *element, m matrix) {
	head, data, ok := strings.Cut(e.attr("href"), ",")
	if !ok || !strings.HasPrefix(head, "data:image/") || !strings.HasSuffix(head, ";base64") {
		r.left["<image> of another file"] = true
		return
	}
	raw, err := base64.StdEncoding.DecodeString(strings.Map(func(c rune) rune {
		if c <= ' ' {
			return -1
		}
		return c
	}, data))
	if err != nil {
		r.left["<image>"] = true
		return
	}
	im, err := picture.Load(raw, "")
	if err != nil || im.Format == picture.SVG {
		r.left["<image>"] = true
		return
	}
	w, h := size(e.attr("width"), float64(im.Width)), size(e.attr("height"), float64(im.Height))
	a, b := m.apply(point{size(e.attr("x"), 0), size(e.attr("y"), 0)}), m.apply(point{size(e.attr("x"), 0) + w, size(e.attr("y"), 0) + h})
	if b.x <= a.x || b.y <= a.y || b.x-a.x > maxCoordinate || b.y-a.y > maxCoordinate {
		return
	}
	r.out.Add(unit.FromPoints(a.x), unit.FromPoints(a.y), &page.Picture{Name: r.o.Name + "#" + strconv.Itoa(len(r.out.Items)), Format: im.Format, Data: raw, PixelWidth: im.Width, PixelHeight: im.Height,
		Width: unit.FromPoints(b.x - a.x), Height: unit.FromPoints(b.y - a.y)})
}
