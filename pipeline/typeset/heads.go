package typeset

import (
	"strconv"

	"banxin/pipeline/book"
	"banxin/pipeline/layout"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// spot is a place on a page, for bookmarks.
type spot struct {
	page int
	y    unit.Length // from the top of the media box
}

// page makes the i-th page of the front or the main matter of a leaf.
func (p *press) page(lf *leaf, i int) *page.Page {
	pg := p.trimmed()
	pg.Kind, pg.Value, pg.Recto = lf.kind, i+1, i%2 == 0
	pg.Folio, pg.Style = strconv.Itoa(i+1), page.Arabic
	if lf.front {
		pg.Folio, pg.Style = roman(i+1), page.Roman
	}
	l := p.layout.Page
	x, y := pg.Trim.X+l.Inner, pg.Trim.Y+l.Top
	if !pg.Recto && !l.OneSided {
		x = pg.Trim.X + l.Width - l.Inner - p.measure()
	}
	for k := range lf.marks {
		lf.marks[k].y += y
	}
	pg.Frame.Items = make([]page.Placed, 0, len(lf.frame.Items)+8)
	if lf.kind == page.Cover {
		x, y = pg.Trim.X, pg.Trim.Y
	}
	lay(pg.Frame, lf.frame, x, y)
	if !lf.silent && lf.kind != page.Blank {
		p.head(pg, lf, x, y)
	}
	return pg
}

// trimmed is an empty page of the trimmed size: sheet, bleed and marks are
// prepress's.
func (p *press) trimmed() *page.Page {
	w, h := p.layout.Page.Width, p.layout.Page.Height
	b := page.Box{Width: w, Height: h}
	return &page.Page{Media: b, Trim: b, Bleed: b, Frame: &page.Frame{Width: w, Height: h}}
}

// head sets the running head and the folio (typography G9): no head on a page
// that a division opens.
func (p *press) head(pg *page.Page, lf *leaf, x, y unit.Length) {
	h := p.layout.Heads
	opening := pg.Kind == page.Opening || pg.Kind == page.PartTitle || lf.opens && lf.chapter == nil
	recto := pg.Recto || p.layout.Page.OneSided
	outside := layout.Left
	what := h.Verso
	if recto {
		outside, what = layout.Right, h.Recto
	}
	if !opening {
		f := p.running(p.headText(what, lf), p.layout.Styles["head"])
		base := y - h.Gap
		fx := x
		gap := unit.Length(0)
		if h.Folio == "head-outside" {
			fo := p.running(plain(pg.Folio), p.layout.Styles["folio"])
			p.aside(pg.Frame, fo, x, base, outside, 0)
			gap = fo.Width + p.layout.Styles["head"].Size.Em(1800)
		}
		p.aside(pg.Frame, f, fx, base, outside, gap)
		if h.Rule > 0 {
			pg.Frame.Add(x, base+p.layout.Styles["head"].Size.Em(550), &page.Rule{Width: p.measure(), Height: h.Rule})
		}
	}
	if opening && !h.OnOpening && h.Folio != "foot-center" && h.Folio != "foot-outside" {
		return
	}
	if opening && (!h.OnOpening || pg.Kind == page.PartTitle) {
		return
	}
	p.foot(pg, x, y, outside, opening)
}

// foot sets a folio below the type area.
func (p *press) foot(pg *page.Page, x, y unit.Length, outside layout.Align, opening bool) {
	h := p.layout.Heads
	g := newGrid(p.layout.Body.Size, p.layout.Body.Leading, p.layout.Body.Lines)
	base := y + unit.Length(g.rows-1)*g.leading + g.size + h.FolioGap
	fo := p.running(plain(pg.Folio), p.layout.Styles["folio"])
	switch {
	case h.Folio == "foot-center", h.Folio == "head-outside" && opening:
		p.aside(pg.Frame, fo, x, base, layout.Center, 0)
	case h.Folio == "foot-outside":
		p.aside(pg.Frame, fo, x, base, outside, 0)
	}
}

// aside places a short line at a side of the type area, gap inwards.
func (p *press) aside(onto, f *page.Frame, x, base unit.Length, side layout.Align, gap unit.Length) {
	switch side {
	case layout.Right:
		x += p.measure() - f.Width - gap
	case layout.Center:
		x += (p.measure() - f.Width) / 2
	default:
		x += gap
	}
	lay(onto, f, x, base-f.Baseline)
}

// running sets a head: one line, cut short with an ellipsis where it is too
// long. Its items are artifacts and lead nowhere.
func (p *press) running(ns []book.Inline, st layout.Style) *page.Frame {
	st.Align, st.Indent, st.Left, st.Right = layout.Left, 0, 0, 0
	s := book.PlainText(ns)
	room := p.measure() - 6*st.Size
	for {
		set := p.paragraph(text{inlines: plain(s), style: st, lang: p.lang, measure: 400 * st.Size})
		if s == "" || len(set.best.lines) == 0 {
			return &page.Frame{Height: st.Leading, Baseline: st.Size.Em(hanAscent)}
		}
		f := *set.best.lines[0].frame
		f.Width = inked(&f)
		if r := []rune(s); f.Width > room && len(r) > 2 {
			keep := min(int(unit.Length(len(r)).Scale(int64(room), int64(f.Width)))-1, len(r)-2)
			s = string(r[:max(keep, 1)]) + "…"
			continue
		}
		return &f
	}
}

// headText is what a running head says.
func (p *press) headText(what string, lf *leaf) []book.Inline {
	switch what {
	case "book":
		return plain(p.book.Meta.Title)
	case "part":
		if lf.part != nil {
			return p.headTitle(lf.part)
		}
		return plain(p.book.Meta.Title)
	case "chapter":
		if lf.chapter != nil {
			return p.headTitle(lf.chapter)
		}
		return plain(lf.title)
	case "section":
		sec := lf.under
		for _, m := range lf.marks {
			if s := inForce(nil, m.section); s != nil {
				sec = s
				break
			}
		}
		if sec != nil {
			return p.headTitle(sec)
		}
		if lf.chapter != nil {
			return p.headTitle(lf.chapter)
		}
	}
	return nil
}

// headTitle is a section's number and title.
func (s *setter) headTitle(sec *book.Section) []book.Inline {
	t := book.PlainText(sec.Title)
	if n := s.number(sec); n != "" {
		t = n + "\u3000" + t
	}
	return plain(t)
}

// outline makes the bookmarks: the divisions in order, the sections in them
// as they nest, at the places where they begin.
func (p *press) outline(at map[*book.Section]spot, begins map[*leaf]int, front, main []*division) {
	done := map[*book.Section]bool{}
	for _, d := range append(append([]*division(nil), front...), main...) {
		switch {
		case len(d.leaves) == 0:
		case d.section == nil:
			if d.title != "" {
				p.doc.Outline = append(p.doc.Outline, page.Bookmark{Title: d.title, Page: begins[d.leaves[0]]})
			}
		case d.section != nil && d.part == nil, d.section == d.part && !done[d.part]:
			done[d.section] = true
			p.doc.Outline = append(p.doc.Outline, p.bookmarks([]*book.Section{d.section}, at)...)
		case d.part != nil && !done[d.part]:
			// A part without a page of its own.
			done[d.part] = true
			p.doc.Outline = append(p.doc.Outline, p.bookmarks([]*book.Section{d.part}, at)...)
		}
	}
}

func (p *press) bookmarks(ss []*book.Section, at map[*book.Section]spot) []page.Bookmark {
	var out []page.Bookmark
	for _, s := range ss {
		kids := p.bookmarks(s.Sections, at)
		sp, ok := at[s]
		if !ok || s.Role == book.Closing || s.Unlisted {
			out = append(out, kids...)
			continue
		}
		out = append(out, page.Bookmark{Title: book.PlainText(p.headTitle(s)), Page: sp.page, Y: sp.y, Kids: kids})
	}
	return out
}
