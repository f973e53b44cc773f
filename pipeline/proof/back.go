package proof

import (
	"cmp"
	"fmt"
	"slices"

	"banxin/pipeline/dedup"
	"banxin/pipeline/font"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// baselines are the distinct baselines of a page's text, top to bottom;
// running heads and folios do not count.
func baselines(f *page.Frame) []unit.Length {
	var ys []unit.Length
	var walk func(*page.Frame, unit.Length, bool)
	walk = func(f *page.Frame, y unit.Length, text bool) {
		for _, it := range f.Items {
			switch g := it.Item.(type) {
			case *page.Glyphs:
				if text || it.Tag != 0 {
					ys = append(ys, y+it.Y)
				}
			case *page.Group:
				if !g.Scaled() && !g.Turned {
					walk(g.Frame, y+it.Y, text || it.Tag != 0)
				}
			}
		}
	}
	walk(f, 0, false)
	slices.Sort(ys)
	return slices.CompactFunc(ys, func(a, b unit.Length) bool { return max(a-b, b-a) < 3*unit.Pt })
}

// leaf fills sheets with lines, one below the other.
type leaf struct {
	m     *maker
	pages []*page.Page
	y     unit.Length
	title string
}

const leafMargin = 15 * unit.Mm

// room makes sure that height is left on the sheet, turning to a new one.
func (l *leaf) room(height unit.Length) *page.Frame {
	sheet := l.m.doc.Pages[0].Media
	w, h := sheet.Width+roomLeft+roomRight, sheet.Height+roomTop
	if len(l.pages) == 0 || l.y+height > h-leafMargin {
		box := page.Box{Width: w, Height: h}
		pg := &page.Page{Media: box, Trim: box, Bleed: box, Style: page.NoFolio, Frame: &page.Frame{Width: w, Height: h}}
		l.pages = append(l.pages, pg)
		l.m.mark(pg.Frame, pg)
		l.y = leafMargin + 4*unit.Mm
		for _, f := range l.m.pen(12*unit.Pt, font.Hei, page.GrayLevel(0)).lines(l.title, w) {
			pg.Frame.Add(leafMargin, l.y, &page.Group{Frame: f})
		}
		l.y += 8 * unit.Mm
	}
	return l.pages[len(l.pages)-1].Frame
}

// put sets a text below what is there, indented, perhaps struck through.
func (l *leaf) put(p pen, text string, indent unit.Length, struck bool) {
	width := l.m.doc.Pages[0].Media.Width + roomLeft + roomRight - 2*leafMargin - indent
	lead := p.size.Em(1500)
	for _, f := range p.lines(text, width) {
		frame := l.room(lead)
		frame.Add(leafMargin+indent, l.y, &page.Group{Frame: f})
		if struck {
			frame.Add(leafMargin+indent, l.y-p.size.Em(320), &page.Rule{Width: f.Width, Height: unit.Pt / 2, Color: page.RGBColor(170, 0, 0)})
		}
		l.y += lead
	}
}

// index lists the findings by rule, each with the page where it stands.
func (m *maker) index() []*page.Page {
	if len(m.notes) == 0 || len(m.doc.Pages) == 0 {
		return nil
	}
	l := &leaf{m: m, title: m.say("Findings by rule", "按规则列出的问题")}
	order := m.byRule()
	head, body := m.pen(9*unit.Pt, font.Hei, page.GrayLevel(0)), m.pen(8*unit.Pt, font.Song, page.GrayLevel(0))
	code := ""
	for _, n := range order {
		if n.d.Code != code {
			code = n.d.Code
			l.y += 2 * unit.Mm
			l.put(head, fmt.Sprintf("%s  (%s)", code, n.d.Severity), 0, false)
		}
		l.put(body, m.entry(n), 5*unit.Mm, false)
	}
	return l.pages
}

// byRule is the findings by severity and rule.
func (m *maker) byRule() []*note {
	order := make([]*note, len(m.notes))
	for i := range m.notes {
		order[i] = &m.notes[i]
	}
	slices.SortStableFunc(order, func(a, b *note) int {
		return cmp.Or(cmp.Compare(b.d.Severity, a.d.Severity), cmp.Compare(a.d.Code, b.d.Code))
	})
	return order
}

func (m *maker) entry(n *note) string {
	at := m.say("not on a page", "不在页上")
	if n.placed {
		f := cmp.Or(m.doc.Pages[n.at.page].Folio, fmt.Sprint(n.at.page+1))
		at = m.say("p. "+f, "第"+f+"页")
	}
	pos := n.d.Pos()
	where := ""
	if pos.Path != "" {
		where = fmt.Sprintf("%s:%d:%d  ", pos.Path, pos.Line, pos.Column)
	}
	return fmt.Sprintf("%d  %s  %s%s", n.number, at, where, m.text(n))
}

// dropped sets what the merge left out, struck through.
func (m *maker) dropped(lost []dedup.Lost) []*page.Page {
	if len(lost) == 0 || len(m.doc.Pages) == 0 {
		return nil
	}
	l := &leaf{m: m, title: m.say("Left out as repeats", "作为重复略去的文字")}
	head, body := m.pen(9*unit.Pt, font.Hei, page.GrayLevel(0)), m.pen(8*unit.Pt, font.Song, page.GrayLevel(250))
	section := ""
	for _, u := range lost {
		if u.Section != section {
			section = u.Section
			l.y += 2 * unit.Mm
			l.put(head, section, 0, false)
		}
		pos := u.Span.Pos()
		reason := ""
		if u.Reason != "" {
			reason = "  " + u.Reason
		}
		l.put(m.pen(7*unit.Pt, font.Song, page.GrayLevel(400)), fmt.Sprintf("%s  %s:%d%s", u.Name, pos.Path, pos.Line, reason), 5*unit.Mm, false)
		l.put(body, u.Text, 5*unit.Mm, true)
	}
	return l.pages
}
