package proof

import (
	"cmp"
	"fmt"
	"slices"

	"banxin/pipeline/font"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// The colours of what is new and what is gone.
func newTint() page.Color { return page.RGBColor(205, 240, 205) }
func newInk() page.Color  { return page.RGBColor(0, 110, 40) }
func goneInk() page.Color { return page.RGBColor(190, 0, 0) }

// stretch is letters on one run, side by side.
type stretch struct {
	run      *run
	from, to int // glyphs
}

func stretches(ls []*letter) []stretch {
	var out []stretch
	for _, l := range ls {
		if n := len(out); n > 0 && out[n-1].run == l.run && int(l.glyph) <= out[n-1].to+1 {
			out[n-1].to = int(l.glyph)
			continue
		}
		out = append(out, stretch{l.run, int(l.glyph), int(l.glyph)})
	}
	return out
}

// changes draws a page's changes: a bar in the margin beside every line with
// one, new letters tinted and underlined, a wedge where letters are gone.
func (m *maker) changes(f *page.Frame, pg *page.Page, i int) {
	bars := map[unit.Length]bool{}
	bar := func(r *run) {
		if !bars[r.y] {
			bars[r.y] = true
			f.Add(roomLeft+2*unit.Mm, roomTop+r.y-r.glyph.Size, &page.Rule{Width: unit.Pt + unit.Pt/4, Height: r.glyph.Size.Em(1300), Color: page.GrayLevel(0)})
		}
	}
	for k, e := range m.edits {
		for _, s := range stretches(e.new) {
			if s.run.page != i {
				continue
			}
			bar(s.run)
			g := s.run.glyph
			x, w := s.run.x+g.Glyphs[s.from].X, s.run.edge(s.to)-g.Glyphs[s.from].X
			top := roomTop + s.run.y - g.Size.Em(880)
			f.Add(roomLeft+x, top, &page.Rule{Width: w, Height: g.Size.Em(1080), Color: newTint()})
			f.Add(roomLeft+x, roomTop+s.run.y+g.Size.Em(160), &page.Rule{Width: w, Height: unit.Pt * 3 / 4, Color: newInk()})
		}
		if e.page() != i || len(e.old) == 0 {
			continue
		}
		bar(e.at.run)
		s := e.spot()
		x, y := roomLeft+s.x-unit.Pt/2, roomTop+s.y-s.size.Em(880)
		f.Add(x, y, &page.Rule{Width: unit.Pt, Height: s.size.Em(1080), Color: goneInk()})
		pg.Comments = append(pg.Comments, page.Comment{X: x - unit.Pt, Y: y, Width: 3 * unit.Pt, Height: s.size.Em(1080),
			Title: m.say("left out", "已删"), Text: textOf(e.old), Name: fmt.Sprint(OwnName, "c", k+1)})
	}
}

// spot is where an edit's old letters stood.
func (e edit) spot() spot {
	r := e.at.run
	s := spot{page: r.page, x: r.x + r.glyph.Glyphs[e.at.glyph].X, y: r.y, size: r.glyph.Size}
	if e.after {
		s.x = r.x + r.edge(int(e.at.glyph))
	}
	return s
}

// gone is the margin's note of letters left out, struck through.
func (m *maker) gone(e edit, width unit.Length) block {
	const enough = 120 // letters; the index has all
	ls := e.old
	tail := ""
	if len(ls) > enough {
		ls, tail = ls[:enough], "…"
	}
	s := e.spot()
	return block{lines: m.pen(noteSize, font.Song, goneInk()).lines(textOf(ls)+tail, width), want: roomTop + s.y - noteSize, from: s, struck: true}
}

// changed lists the changes by page, and the pages that begin otherwise than
// they did, so that a second reader reads only those.
func (m *maker) changed() []*page.Page {
	if m.diff == nil || len(m.doc.Pages) == 0 {
		return nil
	}
	title := m.say("Changes since "+m.Since, "自 "+m.Since+" 以来的改动")
	l := &leaf{m: m, title: title}
	l.room(0)
	body, head := m.pen(8*unit.Pt, font.Song, page.GrayLevel(0)), m.pen(9*unit.Pt, font.Hei, page.GrayLevel(0))
	if len(m.edits) == 0 {
		l.put(body, m.say("The text is the same.", "文字没有改动。"), 0, false)
	}
	last := -2
	for _, e := range m.edits {
		if p := e.page(); p != last {
			last = p
			l.y += 2 * unit.Mm
			l.put(head, m.pageName(p), 0, false)
		}
		if len(e.old) > 0 {
			l.put(m.pen(8*unit.Pt, font.Song, goneInk()), textOf(e.old), 5*unit.Mm, true)
		}
		if len(e.new) > 0 {
			l.put(m.pen(8*unit.Pt, font.Song, newInk()), textOf(e.new), 5*unit.Mm, false)
		}
	}
	l.y += 4 * unit.Mm
	l.put(head, m.say("Pages that begin otherwise", "起讫有变的页"), 0, false)
	moves := m.moved()
	for _, s := range moves {
		l.put(body, s, 5*unit.Mm, false)
	}
	if len(moves) == 0 {
		l.put(body, m.say("none", "无"), 5*unit.Mm, false)
	}
	return l.pages
}

func (m *maker) pageName(p int) string {
	if p < 0 {
		return m.say("no page", "不在页上")
	}
	f := cmp.Or(m.doc.Pages[p].Folio, fmt.Sprint(p+1))
	return m.say("p. "+f, "第"+f+"页")
}

// moved says of runs of pages how their beginnings moved.
func (m *maker) moved() []string {
	type state struct {
		page, old int
		cut       bool // it begins amid an earlier page
	}
	seen := map[int]bool{}
	var states []state
	for _, p := range m.diff.now {
		for _, l := range p.letters {
			if seen[int(l.page)] || !l.first {
				continue
			}
			seen[int(l.page)] = true
			s := state{page: int(l.page), old: -1, cut: true}
			if l.was != nil {
				s.old, s.cut = int(l.was.page), !l.was.first
			}
			states = append(states, s)
		}
	}
	slices.SortFunc(states, func(a, b state) int { return cmp.Compare(a.page, b.page) })
	old := func(p int) string {
		if p < 0 {
			return m.say("new text", "新文字")
		}
		return cmp.Or(m.diff.old.Pages[p].Folio, fmt.Sprint(p+1))
	}
	var out []string
	for i := 0; i < len(states); {
		s, j := states[i], i+1
		for j < len(states) && states[j].cut == s.cut && states[j].page-states[j].old == s.page-s.old && s.old >= 0 {
			j++
		}
		name := m.pageName(s.page)
		if j > i+1 {
			name += "–" + m.pageName(states[j-1].page)
		}
		switch {
		case s.old < 0:
			out = append(out, name+m.say(": begins with new text", "：以新文字起"))
		case s.cut:
			out = append(out, name+m.say(": begins amid what was p. "+old(s.old), "：起于原第"+old(s.old)+"页中"))
		case m.doc.Pages[s.page].Folio != m.diff.old.Pages[s.old].Folio:
			out = append(out, name+m.say(": was p. "+old(s.old), "：原第"+old(s.old)+"页"))
		}
		i = j
	}
	return out
}
