package typeset

import (
	"banxin/pipeline/layout"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// tail sets what stands at the right end of a leader: a folio. Leaders and
// folios of a list are of one style, whatever the entries before them, so that
// they stand in columns.
func (s *setter) tail(t *text) *page.Frame {
	u := *t
	u.leader, u.leaderTail, u.label, u.indent = false, nil, nil, 0
	u.inlines = t.leaderTail
	u.style = s.leaderStyle(t.style)
	u.style.Align, u.style.Indent = layout.Left, 0
	ls := s.paragraph(u).best.lines
	if len(ls) == 0 {
		return &page.Frame{}
	}
	f := ls[0].frame
	f.Width = inkedWidth(f)
	return f
}

// leaderStyle is the style of the dots and folios in a list of entries.
func (s *setter) leaderStyle(entry layout.Style) layout.Style {
	if st, ok := s.layout.Styles["contents-section"]; ok && st.Size > 0 {
		return st
	}
	return entry
}

// inkedWidth is how far a line's glyphs reach.
func inkedWidth(f *page.Frame) unit.Length {
	var w unit.Length
	for _, it := range f.Items {
		g, ok := it.Item.(*page.Glyphs)
		if !ok || len(g.Glyphs) == 0 {
			continue
		}
		last := g.Glyphs[len(g.Glyphs)-1]
		m := g.Face.Metrics()
		w = max(w, it.X+last.X+m.Scale(g.Face.Advance(last.ID), g.Size))
	}
	return w
}

// lead flushes the tail right on the last line, behind dots on a grid of
// their own, so that the dots of a list stand in columns.
func (k *stick) lead(ls *lines, tail *page.Frame) {
	if len(ls.lines) == 0 {
		return
	}
	f := ls.lines[len(ls.lines)-1].frame
	st := k.set.leaderStyle(k.t.style)
	size := st.Size
	from := inkedWidth(f) + size/2
	// Leaders of a list end at one place, before the widest of its folios.
	to := k.t.measure - max(tail.Width, k.t.leaderRoom) - size/2
	step := size / 2
	if k.set.layout.Contents.Leader != "none" {
		plain := bodyLook(st, k.t.lang)
		dot := k.set.word(k.set.table(plain), ".")
		first := (from + step - 1) / step
		if n := int(to/step - first); n > 1 && len(dot.glyphs) == 1 {
			g := dot.glyphs[0]
			none := ""
			run := &page.Glyphs{Face: g.face, Size: size, Text: ".", Color: plain.color, ActualText: &none}
			for i := range n {
				pg := page.Glyph{ID: g.id, X: step * unit.Length(i), Start: 1, End: 1}
				if i == 0 {
					pg.Start = 0
				}
				run.Glyphs = append(run.Glyphs, pg)
			}
			f.Add(first*step, f.Baseline, run)
		}
	}
	lay(f, tail, k.t.measure-tail.Width, f.Baseline-tail.Baseline)
}
