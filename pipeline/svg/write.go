// Package svg writes frames of a page as SVG.
package svg

import (
	"encoding/base64"
	"fmt"
	"io"
	"strconv"
	"strings"

	"banxin/pipeline/font"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// Options of Write; the zero value is right for a file of its own.
type Options struct {
	// Title and Desc are what the drawing says to those who do not see it.
	Title, Desc string
	// IDPrefix keeps ids apart where several drawings share a document.
	IDPrefix string
	Lang     string
	// Inline leaves out the XML declaration: the drawing stands in XHTML.
	Inline bool
	// Scale is the width in ems of the surrounding text as a share of the
	// frame's points: with 10 a frame 100 points wide is 10em wide. 0: the
	// width is given in points.
	Scale float64
	// Margin is added on every side: strokes along the frame's edge lie half
	// outside it. A page that fills its sheet wants none.
	Margin unit.Length
	// Family names the CSS font families for a face, "" to leave them to the
	// text around; nil: by the face's pitch.
	Family func(*font.Face) string
	// Href is the address of a picture; nil: its data stand in the drawing.
	Href func(*page.Picture) string
}

// Write writes a frame as one <svg> element. Black is currentColor and every
// gray a share of it, so a drawing follows the text it stands in, light or
// dark; other colours stay as they are. Text is real text, one <text> a run,
// stretched to the run's width where the reader's font differs.
func Write(w io.Writer, f *page.Frame, o Options) error {
	d := &drawing{o: o}
	d.open(f)
	d.frame(f)
	d.b = append(d.b, "</svg>"...)
	if !o.Inline {
		d.b = append(d.b, '\n')
	}
	_, err := w.Write(d.b)
	return err
}

type drawing struct {
	b []byte
	o Options
}

func (d *drawing) raw(parts ...string) {
	for _, s := range parts {
		d.b = append(d.b, s...)
	}
}

func (d *drawing) attr(name, value string) {
	d.raw(" ", name, `="`, escape(value), `"`)
}

func (d *drawing) length(name string, v unit.Length) { d.attr(name, points(v)) }

// points is a length in points with at most two decimals: finer than any
// screen, and stable.
func points(v unit.Length) string { return decimal(v.Points()) }

func decimal(v float64) string {
	s := strconv.FormatFloat(v, 'f', 2, 64)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "-0" || s == "" {
		return "0"
	}
	return s
}

// escape makes text safe in content and attributes; characters XML cannot
// hold are dropped.
func escape(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		case r < 0x20 && r != '\t' && r != '\n', r == 0xFFFE, r == 0xFFFF:
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func (d *drawing) open(f *page.Frame) {
	o := &d.o
	if !o.Inline {
		d.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
	}
	d.raw(`<svg xmlns="http://www.w3.org/2000/svg" version="1.1"`)
	w, h := f.Width+2*o.Margin, f.Height+2*o.Margin
	d.attr("viewBox", points(-o.Margin)+" "+points(-o.Margin)+" "+points(w)+" "+points(h))
	if o.Scale > 0 {
		d.attr("width", decimal(w.Points()/o.Scale)+"em")
		d.attr("height", decimal(h.Points()/o.Scale)+"em")
	} else {
		d.attr("width", points(w)+"pt")
		d.attr("height", points(h)+"pt")
	}
	if o.Lang != "" {
		d.attr("xml:lang", o.Lang)
	}
	switch by := d.names(); {
	case by != "":
		d.attr("role", "img")
		d.attr("aria-labelledby", by)
	default:
		d.attr("aria-hidden", "true")
	}
	d.raw(">")
	if o.Title != "" {
		d.raw(`<title id="`, escape(o.IDPrefix), `title">`, escape(o.Title), "</title>")
	}
	if o.Desc != "" {
		d.raw(`<desc id="`, escape(o.IDPrefix), `desc">`, escape(o.Desc), "</desc>")
	}
}

// names lists the ids of the elements that name the drawing.
func (d *drawing) names() string {
	var ids []string
	if d.o.Title != "" {
		ids = append(ids, d.o.IDPrefix+"title")
	}
	if d.o.Desc != "" {
		ids = append(ids, d.o.IDPrefix+"desc")
	}
	return strings.Join(ids, " ")
}

func (d *drawing) frame(f *page.Frame) {
	for _, p := range f.Items {
		d.item(p)
	}
}

func (d *drawing) item(p page.Placed) {
	switch it := p.Item.(type) {
	case *page.Glyphs:
		d.glyphs(p.X, p.Y, it)
	case *page.Rule:
		d.raw("<rect")
		d.length("x", p.X)
		d.length("y", p.Y)
		d.length("width", it.Width)
		d.length("height", it.Height)
		d.paint("fill", it.Color)
		d.raw("/>")
	case *page.Path:
		d.path(p.X, p.Y, it)
	case *page.Picture:
		d.picture(p.X, p.Y, it)
	case *page.Link:
		d.link(p.X, p.Y, it)
	case *page.Dest:
		d.raw("<g")
		d.attr("id", d.o.IDPrefix+it.Name)
		d.raw("/>")
	case *page.Group:
		d.group(p.X, p.Y, it)
	default:
		panic(fmt.Sprintf("svg: unknown item %T", p.Item))
	}
}

// paint sets fill or stroke.
func (d *drawing) paint(what string, c page.Color) {
	v := c.V
	switch c.Space {
	case page.Gray:
		d.attr(what, "currentColor")
		if v[0] > 0 {
			d.attr(what+"-opacity", decimal(1-float64(min(v[0], 1000))/1000))
		}
	case page.RGB:
		d.attr(what, hex(v[0], v[1], v[2]))
	case page.CMYK:
		k := 1000 - int(v[3])
		ink := func(x int16) int16 { return int16((1000 - int(x)) * k / 1000) }
		d.attr(what, hex(ink(v[0]), ink(v[1]), ink(v[2])))
	default:
		panic(fmt.Sprintf("svg: unknown colour space %d", c.Space))
	}
}

func hex(r, g, b int16) string {
	to := func(v int16) int { return (int(max(0, min(v, 1000)))*255 + 500) / 1000 }
	return fmt.Sprintf("#%02x%02x%02x", to(r), to(g), to(b))
}

func (d *drawing) glyphs(x, y unit.Length, g *page.Glyphs) {
	text := g.Text
	if g.ActualText != nil {
		text = *g.ActualText
	}
	if strings.TrimSpace(text) == "" {
		return
	}
	d.raw("<text")
	d.length("x", x)
	d.length("y", y)
	d.length("font-size", g.Size)
	if f := d.family(g.Face); f != "" {
		d.attr("font-family", f)
	}
	if bold(g.Face) {
		d.attr("font-weight", "bold")
	}
	if g.Lang != "" {
		d.attr("xml:lang", g.Lang)
	}
	if g.Turn != 0 {
		d.attr("transform", fmt.Sprintf("rotate(%d %s %s)", g.Turn, points(x), points(y)))
	}
	d.paint("fill", g.Color)
	if w := width(g); w > 0 && len(g.Glyphs) > 1 {
		d.length("textLength", w)
		d.attr("lengthAdjust", "spacingAndGlyphs")
	}
	d.raw(">", escape(text), "</text>")
}

// width is a run's advance, from its origin to the end of its last glyph.
func width(g *page.Glyphs) unit.Length {
	if g.Face == nil || len(g.Glyphs) == 0 {
		return 0
	}
	last := g.Glyphs[len(g.Glyphs)-1]
	return last.X + g.Face.Metrics().Scale(g.Face.Advance(last.ID), g.Size)
}

func (d *drawing) family(f *font.Face) string {
	if d.o.Family != nil {
		return d.o.Family(f)
	}
	if f != nil && f.Metrics().FixedPitch {
		return "monospace"
	}
	return "serif"
}

func bold(f *font.Face) bool { return f != nil && f.Metrics().Weight >= 600 }

func (d *drawing) path(x, y unit.Length, p *page.Path) {
	if p.Fill == nil && p.Stroke == nil {
		return
	}
	d.raw(`<path d="`)
	pt := func(a, b unit.Length) { d.raw(points(x+a), " ", points(y+b)) }
	for _, s := range p.Segments {
		switch s.Op {
		case page.MoveTo:
			d.raw("M")
			pt(s.X, s.Y)
		case page.LineTo:
			d.raw("L")
			pt(s.X, s.Y)
		case page.CurveTo:
			d.raw("C")
			pt(s.X1, s.Y1)
			d.raw(" ")
			pt(s.X2, s.Y2)
			d.raw(" ")
			pt(s.X, s.Y)
		case page.Close:
			d.raw("Z")
		default:
			panic(fmt.Sprintf("svg: unknown path operator %d", s.Op))
		}
	}
	d.raw(`"`)
	if p.Fill != nil {
		d.paint("fill", *p.Fill)
		if p.EvenOdd {
			d.attr("fill-rule", "evenodd")
		}
	} else {
		d.attr("fill", "none")
	}
	if p.Stroke != nil {
		d.stroke(p)
	}
	d.raw("/>")
}

func (d *drawing) stroke(p *page.Path) {
	d.paint("stroke", *p.Stroke)
	d.length("stroke-width", p.Line)
	if len(p.Dash) > 0 {
		var s []string
		for _, l := range p.Dash {
			s = append(s, points(l))
		}
		d.attr("stroke-dasharray", strings.Join(s, " "))
	}
	if p.RoundCap {
		d.attr("stroke-linecap", "round")
		d.attr("stroke-linejoin", "round")
	}
}

func (d *drawing) picture(x, y unit.Length, p *page.Picture) {
	href := ""
	if d.o.Href != nil {
		href = d.o.Href(p)
	} else {
		href = "data:image/" + p.Format + ";base64," + base64.StdEncoding.EncodeToString(p.Data)
	}
	d.raw("<image")
	d.length("x", x)
	d.length("y", y)
	d.length("width", p.Width)
	d.length("height", p.Height)
	d.attr("preserveAspectRatio", "none")
	d.attr("href", href)
	d.raw(">")
	if p.Alt != "" {
		d.raw("<title>", escape(p.Alt), "</title>")
	}
	d.raw("</image>")
}

// link writes the area of a link; a place inside the document is an id of this
// drawing.
func (d *drawing) link(x, y unit.Length, l *page.Link) {
	href := l.URI
	if href == "" {
		href = "#" + d.o.IDPrefix + l.Dest
	}
	d.raw("<a")
	d.attr("href", href)
	if l.Alt != "" {
		d.attr("aria-label", l.Alt)
	}
	d.raw(`><rect fill="none" pointer-events="all"`)
	d.length("x", x)
	d.length("y", y)
	d.length("width", l.Width)
	d.length("height", l.Height)
	d.raw("/></a>")
}

func (d *drawing) group(x, y unit.Length, g *page.Group) {
	num, den := g.Num, g.Den
	if num == 0 || den == 0 {
		num, den = 1, 1
	}
	k := float64(num) / float64(den)
	d.raw("<g")
	switch {
	case g.Turned:
		// A frame turned clockwise: its top edge is at the right.
		d.attr("transform", fmt.Sprintf("matrix(0 %s %s 0 %s %s)", ratio(k), ratio(-k), decimal(x.Points()+g.Frame.Height.Points()*k), points(y)))
	case num != den:
		d.attr("transform", "translate("+points(x)+" "+points(y)+") scale("+ratio(k)+")")
	case x != 0 || y != 0:
		d.attr("transform", "translate("+points(x)+" "+points(y)+")")
	}
	d.raw(">")
	if g.Alt != "" {
		d.raw("<title>", escape(g.Alt), "</title>")
	}
	if g.Clip {
		d.raw("<svg")
		d.length("width", g.Frame.Width)
		d.length("height", g.Frame.Height)
		d.raw(">")
	}
	d.frame(g.Frame)
	if g.Clip {
		d.raw("</svg>")
	}
	d.raw("</g>")
}

// ratio is a scale factor: finer than a length, since lengths are multiplied
// by it.
func ratio(k float64) string {
	return strings.TrimRight(strings.TrimRight(strconv.FormatFloat(k, 'f', 5, 64), "0"), ".")
}
