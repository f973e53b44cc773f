package texmath

import (
	"banxin/pipeline/font"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// crate is a piece of a formula that has been set: its measures from a point
// on its baseline at its left edge, and what is in it.
type crate struct {
	w, h, d unit.Length // h above the baseline, d below it
	italic  unit.Length // how far the glyph leans to the right
	full    bool        // the width has the lean in it
	accent  unit.Length // where an accent is centred, if peak is set
	peak    bool
	glyph   bool   // one character: its scripts hang by the constants
	core    *crate // what scripts are hung on, where an accent is not
	items   []put
}

// put is a crate or an item at a place right of and below the origin.
type put struct {
	x, y  unit.Length
	crate *crate
	item  page.Item
}

func (c *crate) add(k *crate, x, y unit.Length) {
	if len(k.items) > 0 {
		c.items = append(c.items, put{x: x, y: y, crate: k})
	}
}

func (c *crate) place(it page.Item, x, y unit.Length) {
	c.items = append(c.items, put{x: x, y: y, item: it})
}

// overhang is what a crate leans over its width.
func (c *crate) overhang() unit.Length {
	if c.full {
		return 0
	}
	return c.italic
}

// shut returns the crate as wide as it leans.
func (c *crate) shut() *crate {
	over := c.overhang()
	if over == 0 {
		return c
	}
	out := *c
	out.w, out.italic = c.w+over, 0
	return &out
}

// copied returns a crate whose measures may be changed.
func (c *crate) copied() *crate {
	out := *c
	return &out
}

// rule adds a filled rectangle whose bottom is raise above the baseline.
func (c *crate) rule(x, raise, w, h unit.Length, color page.Color) {
	c.place(&page.Rule{Width: w, Height: h, Color: color}, x, -raise-h)
}

// longestRun bounds a run of glyphs, so that making it takes linear time.
const longestRun = 250

// frame lays everything in a crate out flat. Neighbouring glyphs of a face on
// one baseline become one run.
func (c *crate) frame() *page.Frame {
	c = c.shut()
	f := &page.Frame{Width: max(c.w, 0), Height: c.h + c.d, Baseline: c.h}
	l := flat{frame: f}
	l.crate(c, 0, c.h)
	return f
}

type flat struct {
	frame *page.Frame
	run   *page.Glyphs // may take more glyphs
	x, y  unit.Length  // its origin
}

func (l *flat) crate(c *crate, x, y unit.Length) {
	for _, p := range c.items {
		switch {
		case p.crate != nil:
			l.crate(p.crate, x+p.x, y+p.y)
		default:
			l.item(p.item, x+p.x, y+p.y)
		}
	}
}

func (l *flat) item(it page.Item, x, y unit.Length) {
	g, ok := it.(*page.Glyphs)
	if !ok {
		l.run = nil
		l.frame.Add(x, y, it)
		return
	}
	if r := l.run; r != nil && len(r.Glyphs) < longestRun && l.y == y && r.Face == g.Face && r.Size == g.Size && r.Color == g.Color && r.Lang == g.Lang {
		base := int32(len(r.Text))
		r.Text += g.Text
		for _, k := range g.Glyphs {
			k.X += x - l.x
			k.Start, k.End = k.Start+base, k.End+base
			r.Glyphs = append(r.Glyphs, k)
		}
		return
	}
	run := *g
	run.Glyphs = append([]page.Glyph(nil), g.Glyphs...)
	l.run, l.x, l.y = &run, x, y
	l.frame.Add(x, y, &run)
}

// glyphs makes a crate of one glyph that stands for a text.
func (s *setting) glyph(face *font.Face, id font.GID, st style, said string) *crate {
	size := s.size(st)
	m := face.Metrics()
	b := face.Bounds(id)
	c := &crate{w: m.Scale(face.Advance(id), size), h: m.Scale(b[3], size), d: m.Scale(-b[1], size)}
	if b == [4]int32{} {
		c.h, c.d = 0, 0
	}
	if face == s.face && s.table != nil {
		c.italic = m.Scale(s.table.ItalicsCorrection(id), size)
		if x, ok := s.table.TopAccent(id); ok {
			c.accent, c.peak = m.Scale(x, size), true
		}
	}
	c.place(&page.Glyphs{Face: face, Size: size, Text: said, Color: st.color, Lang: s.lang,
		Glyphs: []page.Glyph{{ID: id, End: int32(len(said))}}}, 0, 0)
	return c
}

// blank is white of a width.
func blank(w unit.Length) *crate { return &crate{w: w} }
