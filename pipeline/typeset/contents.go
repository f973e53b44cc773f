package typeset

import (
	"strings"

	"banxin/pipeline/book"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
	"banxin/pipeline/xref"
)

// entry is a line of the contents pages.
type entry struct {
	style string
	text  []book.Inline
	label string
	folio string
	level int
}

// contents plans the contents pages: the front matter's own sections, then the
// main matter to the layout's depth.
func (p *press) contents(front, main []*division) []*division {
	var es []entry
	var last *book.Section // a part's text is a division beside its page
	for _, ds := range [][]*division{front, main} {
		for _, d := range ds {
			if d.section != nil && d.section != last && len(d.leaves) > 0 {
				last = d.section
				es = p.entries(es, d.section)
			}
		}
	}
	var out []*division
	if p.layout.Contents.Depth >= 0 && len(es) > 1 {
		out = append(out, p.listDivision(byLang(p.layout.Contents.Title, p.lang), es))
	}
	if p.index != nil && p.layout.Contents.Figures && len(p.index.Figures) > 0 {
		out = append(out, p.listDivision(phrase(p.lang, "figures"), p.floats(p.index.Figures)))
	}
	if p.index != nil && p.layout.Contents.Tables && len(p.index.Tables) > 0 {
		out = append(out, p.listDivision(phrase(p.lang, "tables"), p.floats(p.index.Tables)))
	}
	return out
}

// floats are the entries of a list of figures or tables.
func (p *press) floats(ts []*xref.Target) []entry {
	var es []entry
	for _, t := range ts {
		folio, ok := p.folios[t.Label]
		if !ok {
			if folio, ok = p.frontFolios[t.Label]; !ok {
				continue
			}
		}
		es = append(es, entry{style: "contents-deep", label: t.Label, folio: folio, text: append(plain(t.Printed+"\u3000"), t.Title...)})
	}
	return es
}

// entries appends the entries of a division and the sections in it. A part is
// a division by itself: its chapters are divisions too.
func (p *press) entries(es []entry, s *book.Section) []entry {
	if e, ok := p.entry(s); ok {
		es = append(es, e)
	}
	if s.Role == book.Part {
		return es
	}
	for _, k := range s.Sections {
		es = p.entries(es, k)
	}
	return es
}

// entry is the contents entry of one section, if it has one.
func (p *press) entry(s *book.Section) (entry, bool) {
	if s.Unlisted || s.Role == book.Closing || !shown(s) || s.Level > p.layout.Contents.Depth {
		return entry{}, false
	}
	folio, ok := p.folios[s.Label]
	if !ok {
		folio, ok = p.frontFolios[s.Label]
	}
	if !ok {
		return entry{}, false
	}
	e := entry{label: s.Label, folio: folio, text: s.Title, level: s.Level}
	switch {
	case s.Role == book.Part:
		e.style = "contents-part"
	case s.Level <= 1:
		e.style = "contents-chapter"
	case s.Level == 2:
		e.style = "contents-section"
	default:
		e.style = "contents-deep"
	}
	if n := p.number(s); n != "" {
		e.text = append(plain(n+"\u3000"), e.text...)
	}
	return e, true
}

// listDivision sets a list of entries with leaders and folios under a title.
func (p *press) listDivision(title string, es []entry) *division {
	return &division{kind: page.Contents, starts: "recto", title: title, compose: func(c *compositor) {
		sect := c.logic.add(0, "Sect", sourceless)
		c.listTitle(title, sect)
		toc := c.logic.add(sect, "TOC", sourceless)
		var chapters []*slug
		room := c.folioRoom(es)
		deep := false // entries of the text stand above the deep ones
		for _, e := range es {
			deep = deep || e.style != "contents-deep"
		}
		for i, e := range es {
			st := c.layout.Styles[e.style]
			if e.style == "contents-deep" && !deep {
				st.Left = 0
			}
			if i == 0 {
				st.Before = 0
			}
			at := c.whole()
			at.style = st
			toci := c.logic.add(toc, "TOCI", sourceless)
			line := c.entryLine(e, at, toci, room)
			if e.style == "contents-chapter" {
				chapters = append(chapters, line)
			}
			if i+1 < len(es) && es[i+1].level > e.level {
				c.keepLast() // no chapter without its first section at a page foot
			}
		}
		c.closeUp(chapters)
	}}
}

// folioRoom is the width of the widest folio of a list.
func (c *compositor) folioRoom(es []entry) unit.Length {
	room := unit.Length(0)
	seen := map[int]bool{}
	for _, e := range es {
		// Figures are of one width in a list: one folio of a length tells all.
		if n := len(e.folio); !seen[n] || strings.Trim(e.folio, "0123456789") != "" {
			seen[n] = true
			t := text{style: c.layout.Styles[e.style], lang: c.lang, measure: c.measure, leaderTail: plain(e.folio)}
			room = max(room, c.tail(&t).Width)
		}
	}
	return room
}

// closeUp takes the white above chapters away from a list where that spares a
// last page with next to nothing on it.
func (c *compositor) closeUp(chapters []*slug) {
	cut := func() []sheet { return c.galley.cut(c.noteHeight, c.noteRows) }
	pages := cut()
	if n := len(pages); n < 2 || pages[n-1].filled > 2*runtRows {
		return
	}
	white := make([]int, len(chapters))
	for i, s := range chapters {
		white[i], s.white = s.white, 0
	}
	if len(cut()) == len(pages) {
		for i, s := range chapters {
			s.white = white[i]
		}
	}
}

// listTitle sets the title of the contents, of the index …
func (c *compositor) listTitle(title string, tag int32) {
	st := c.layout.Styles["contents-title"]
	at := c.whole()
	at.style = st
	f := c.stack(c.text(plain(title), at, c.logic.add(tag, "H1", sourceless)))
	rows := max(st.Occupies, c.grid.count(f.Height-c.grid.gap()), 1)
	own := form{atoms: []atom{{frame: f}}, rows: rows, pin: rows}.measured()
	c.push(&slug{sink: c.layout.Openings.ChapterSink, forms: []form{own}}).keep = true
}

// entryLine sets one entry: its text, dots, its folio at the right edge; the
// whole line leads to the place.
func (c *compositor) entryLine(e entry, at place, tag int32, room unit.Length) *slug {
	t := c.text(noCalls(e.text), at, c.logic.add(tag, "Link", sourceless))
	t.tags, t.prose = nil, nil
	t.leader = c.layout.Contents.Leader == "dots"
	t.leaderTail, t.leaderRoom = plain(e.folio), room
	s := c.paragraphSlug(t, at, sourceless)
	c.leadTo(s, e.label, e.text, at, t.tag)
	return s
}

// leadTo makes every line of a slug a link.
func (c *compositor) leadTo(s *slug, label string, text []book.Inline, at place, tag int32) {
	for _, f := range s.forms {
		for i := range f.atoms {
			fr := *f.atoms[i].frame
			fr.Items = append(fr.Items[:len(fr.Items):len(fr.Items)],
				page.Placed{X: -at.style.Left, Y: fr.Baseline - at.style.Size.Em(hanAscent), Tag: tag,
					Item: &page.Link{Width: c.measure, Height: at.style.Size, Dest: label, Alt: book.PlainText(text)}})
			f.atoms[i].frame = &fr
		}
	}
}

// noCalls returns a title without what must not be repeated: notes, anchors
// and links.
func noCalls(ns []book.Inline) []book.Inline {
	out := make([]book.Inline, 0, len(ns))
	for _, n := range ns {
		switch n := n.(type) {
		case *book.NoteRef, *book.Anchor:
		case *book.Link:
			out = append(out, noCalls(n.Kids)...)
		default:
			out = append(out, n)
		}
	}
	return out
}
