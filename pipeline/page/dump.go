package page

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"banxin/pipeline/unit"
)

// DumpOptions says how much a dump shows. The zero value shows what a change
// of layout or wording would move, and leaves out what follows from it.
type DumpOptions struct {
	// Offsets adds the horizontal offset of every glyph of a run, and where it
	// is not zero its vertical one ("12^3").
	Offsets bool
	// IDs adds the glyph index to every offset ("431:12"). It ties a golden
	// file to one version of a font.
	IDs bool
	// Structure adds the logical tree after the pages.
	Structure bool
}

// Dump writes the document as text, one line an item: the item's place in
// points from the page's (or its group's) top left corner, what it is, and its
// structure node. It holds nothing that depends on the machine. The error is
// the writer's.
func Dump(w io.Writer, d *Document, o DumpOptions) error {
	p := &printer{w: bufio.NewWriter(w), o: o}
	if d.Language != "" || d.RightBound {
		p.printf("document %s", quoted("lang", d.Language))
		p.flag("right-bound", d.RightBound)
		p.end()
	}
	for i, pg := range d.Pages {
		p.page(i, pg)
	}
	if len(d.Outline) > 0 {
		p.printf("outline\n")
		p.bookmarks(d.Outline, 1)
	}
	if o.Structure {
		p.structure(d.Structure)
	}
	return p.w.Flush()
}

// DumpFrame writes one frame as Dump writes a page's items: for formulas,
// diagrams and lines.
func DumpFrame(w io.Writer, f *Frame, o DumpOptions) error {
	p := &printer{w: bufio.NewWriter(w), o: o}
	p.printf("frame %v×%v baseline %v\n", f.Width, f.Height, f.Baseline)
	p.frame(f, 1)
	return p.w.Flush()
}

type printer struct {
	w *bufio.Writer
	o DumpOptions
}

// printf keeps no error: bufio.Writer holds the first one until Flush.
func (p *printer) printf(format string, a ...any) { fmt.Fprintf(p.w, format, a...) }

func (p *printer) end() { p.w.WriteByte('\n') }

func (p *printer) flag(name string, on bool) {
	if on {
		p.printf(" %s", name)
	}
}

func (p *printer) indent(depth int) {
	for range depth {
		p.w.WriteString("  ")
	}
}

func (p *printer) page(i int, pg *Page) {
	side := "verso"
	if pg.Recto {
		side = "recto"
	}
	p.printf("page %d %s %v %v", i+1, quoted("folio", pg.Folio), pg.Kind, side)
	if pg.Style != Arabic {
		p.printf(" %v", pg.Style)
	}
	p.printf(" %v×%v", pg.Media.Width, pg.Media.Height)
	if pg.Trim != (Box{}) && pg.Trim != pg.Media {
		p.printf(" trim %v", pg.Trim)
	}
	if pg.Bleed != (Box{}) && pg.Bleed != pg.Trim {
		p.printf(" bleed %v", pg.Bleed)
	}
	p.end()
	if pg.Frame != nil {
		p.frame(pg.Frame, 1)
	}
}

func (p *printer) frame(f *Frame, depth int) {
	for _, it := range f.Items {
		p.item(it, depth)
	}
}

func (p *printer) item(it Placed, depth int) {
	p.indent(depth)
	p.printf("%v,%v ", it.X, it.Y)
	var inner *Frame
	switch v := it.Item.(type) {
	case *Glyphs:
		p.glyphs(v)
	case *Rule:
		p.printf("rule %v×%v %v", v.Width, v.Height, v.Color)
	case *Path:
		p.path(v)
	case *Picture:
		p.printf("picture %s %v×%v %s %d×%d %s", strconv.Quote(v.Name), v.Width, v.Height,
			v.Format, v.PixelWidth, v.PixelHeight, quoted("alt", v.Alt))
	case *Link:
		p.printf("link %v×%v", v.Width, v.Height)
		if v.URI != "" {
			p.printf(" %s", quoted("uri", v.URI))
		} else {
			p.printf(" %s", quoted("to", v.Dest))
		}
	case *Dest:
		p.printf("dest %s", strconv.Quote(v.Name))
	case *Group:
		inner = v.Frame
		p.group(v)
	default:
		panic(fmt.Sprintf("page: unknown item %T", it.Item))
	}
	if it.Tag != 0 {
		p.printf(" tag %d", it.Tag)
	}
	p.end()
	if inner != nil {
		p.frame(inner, depth+1)
	}
}

func (p *printer) glyphs(g *Glyphs) {
	name := "no face"
	if g.Face != nil {
		name = g.Face.PostScript()
	}
	p.printf("%s@%v %s", name, g.Size, strconv.Quote(g.Text))
	if g.ActualText != nil {
		p.printf(" %s", quoted("actual", *g.ActualText))
	}
	if g.Color != (Color{}) {
		p.printf(" %v", g.Color)
	}
	if g.Lang != "" {
		p.printf(" %s", g.Lang)
	}
	if g.Turn != 0 {
		p.printf(" turn %d", g.Turn)
	}
	if !p.o.Offsets && !p.o.IDs {
		return
	}
	p.w.WriteString(" [")
	for i, c := range g.Glyphs {
		if i > 0 {
			p.w.WriteByte(' ')
		}
		if p.o.IDs {
			p.printf("%d:", c.ID)
		}
		p.w.WriteString(c.X.String())
		if c.Y != 0 {
			p.printf("^%v", c.Y)
		}
	}
	p.w.WriteByte(']')
}

func (p *printer) path(v *Path) {
	p.printf("path %v×%v", v.Width, v.Height)
	if v.Fill != nil {
		p.printf(" fill %v", *v.Fill)
		p.flag("even-odd", v.EvenOdd)
	}
	if v.Stroke != nil {
		p.printf(" stroke %v %v", v.Line, *v.Stroke)
		if len(v.Dash) > 0 {
			p.printf(" dash %v", v.Dash)
		}
		p.flag("round", v.RoundCap)
	}
	p.w.WriteString(" [")
	for i, s := range v.Segments {
		if i > 0 {
			p.w.WriteByte(' ')
		}
		switch s.Op {
		case MoveTo:
			p.printf("M%v,%v", s.X, s.Y)
		case LineTo:
			p.printf("L%v,%v", s.X, s.Y)
		case CurveTo:
			p.printf("C%v,%v,%v,%v,%v,%v", s.X1, s.Y1, s.X2, s.Y2, s.X, s.Y)
		case Close:
			p.w.WriteByte('Z')
		}
	}
	p.w.WriteByte(']')
}

func (p *printer) group(v *Group) {
	p.w.WriteString("group")
	if v.Frame != nil {
		p.printf(" %v×%v", v.Frame.Width, v.Frame.Height)
	}
	if v.Scaled() {
		p.printf(" scale %d/%d", v.Num, v.Den)
	}
	p.flag("turned", v.Turned)
	p.flag("clip", v.Clip)
	if v.Alt != "" {
		p.printf(" %s", quoted("alt", v.Alt))
	}
}

func (p *printer) bookmarks(list []Bookmark, depth int) {
	for _, b := range list {
		p.indent(depth)
		p.printf("%s page %d at %v\n", strconv.Quote(b.Title), b.Page+1, b.Y)
		p.bookmarks(b.Kids, depth+1)
	}
}

func (p *printer) structure(nodes []Node) {
	if len(nodes) == 0 {
		return
	}
	p.printf("structure\n")
	depth := make([]int, len(nodes))
	for i, n := range nodes {
		// A parent that does not stand before its child would be a bug of the
		// typesetter; the dump shows it at the top rather than hiding it.
		if n.Parent >= 0 && int(n.Parent) < i {
			depth[i] = depth[n.Parent] + 1
		}
		p.indent(depth[i] + 1)
		p.printf("%d %s", i, n.Type)
		for _, a := range [...][2]string{
			{"lang", n.Lang}, {"alt", n.Alt}, {"actual", n.Actual},
			{"title", n.Title}, {"id", n.ID}, {"scope", n.Scope},
		} {
			if a[1] != "" {
				p.printf(" %s", quoted(a[0], a[1]))
			}
		}
		p.end()
	}
}

func quoted(name, value string) string { return name + " " + strconv.Quote(value) }

// Scaled reports whether the group changes the size of its frame.
func (g *Group) Scaled() bool { return g.Num > 0 && g.Den > 0 && g.Num != g.Den }

// String prints a box as "x,y w×h" in points.
func (b Box) String() string { return fmt.Sprintf("%v,%v %v×%v", b.X, b.Y, b.Width, b.Height) }

// String prints a colour as "black", "gray 500", "rgb 1000 0 0" or "cmyk …",
// components in thousandths.
func (c Color) String() string {
	switch c.Space {
	case RGB:
		return fmt.Sprintf("rgb %d %d %d", c.V[0], c.V[1], c.V[2])
	case CMYK:
		return fmt.Sprintf("cmyk %d %d %d %d", c.V[0], c.V[1], c.V[2], c.V[3])
	}
	if c.V[0] == 0 {
		return "black"
	}
	return fmt.Sprintf("gray %d", c.V[0])
}

// String names the style as dumps do.
func (s FolioStyle) String() string {
	switch s {
	case Arabic:
		return "arabic"
	case Roman:
		return "roman"
	case NoFolio:
		return "no-folio"
	}
	return "folio-style-" + strconv.Itoa(int(s))
}

// String names the kind as dumps do.
func (k Kind) String() string {
	names := [...]string{"text", "cover", "half-title", "title-page", "copyright", "contents", "blank", "opening", "part-title"}
	if int(k) < len(names) {
		return names[k]
	}
	return "kind-" + strconv.Itoa(int(k))
}

// TextOf returns what a page says, in the order of its items. Runs on one
// baseline are joined as they stand; a new baseline begins a new line. Text
// replaced by an ActualText is given as that.
func TextOf(p *Page) string {
	if p.Frame == nil {
		return ""
	}
	var t lineText
	t.frame(p.Frame, 0)
	return t.b.String()
}

// lineText gathers text and watches for changes of baseline.
type lineText struct {
	b        strings.Builder
	baseline unit.Length
	begun    bool
}

func (t *lineText) frame(f *Frame, top unit.Length) {
	for _, it := range f.Items {
		switch v := it.Item.(type) {
		case *Glyphs:
			t.run(v, top+it.Y)
		case *Group:
			if v.Frame != nil {
				t.frame(v.Frame, top+it.Y)
			}
		}
	}
}

func (t *lineText) run(g *Glyphs, baseline unit.Length) {
	s := g.Text
	if g.ActualText != nil {
		s = *g.ActualText
	}
	if s == "" {
		return
	}
	if t.begun && baseline != t.baseline {
		t.b.WriteByte('\n')
	}
	t.begun, t.baseline = true, baseline
	t.b.WriteString(s)
}
