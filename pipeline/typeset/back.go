package typeset

import (
	"strings"

	"banxin/pipeline/book"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
	"banxin/pipeline/xref"
)

// bookNotes plans the notes of the whole book, where the layout puts them
// behind it.
func (p *press) bookNotes() []*division {
	if p.layout.Notes.Place != "book" || p.index == nil || len(p.index.NoteOrder) == 0 {
		return nil
	}
	s := &book.Section{Role: book.Back, Level: 1, Label: "notes", Title: plain(phrase(p.lang, "notes"))}
	return []*division{{section: s, kind: page.Opening, starts: p.layout.Openings.Chapter, compose: func(c *compositor) {
		tag := c.logic.add(0, "Sect", sourceless)
		c.opening(s, tag, "front", c.layout.Openings.ChapterSink)
		p.book.EachText(func(ns []book.Inline) {
			book.EachInline(ns, func(n book.Inline) bool {
				if r, ok := n.(*book.NoteRef); ok && r.Note != nil && c.notes[r.Note] == nil {
					c.note(r, tag)
				}
				return true
			})
		})
		c.endNotes(p.index.NoteOrder, tag)
	}}}
}

// worksCited plans a bibliography of its own where the author gave it no place.
func (p *press) worksCited() []*division {
	if p.index == nil || len(p.index.Bibliography) == 0 || p.placed() {
		return nil
	}
	s := &book.Section{Role: book.Back, Level: 1, Label: "bibliography", Title: plain(phrase(p.lang, "bibliography"))}
	return []*division{{section: s, kind: page.Opening, starts: p.layout.Openings.Chapter, compose: func(c *compositor) {
		tag := c.logic.add(0, "Sect", sourceless)
		c.opening(s, tag, "front", c.layout.Openings.ChapterSink)
		at := c.whole()
		at.tag = tag
		c.bibliography(at)
	}}}
}

// placed reports whether the text says where the bibliography goes.
func (p *press) placed() bool {
	found := false
	p.book.Walk(func(s *book.Section) bool {
		book.EachBlock(s.Blocks, func(b book.Block) bool {
			if _, ok := b.(*book.BibliographyHere); ok {
				found = true
			}
			return !found
		})
		return !found
	})
	return found
}

// bibliography sets the list of works cited.
func (c *compositor) bibliography(at place) {
	if c.index == nil {
		return
	}
	tag := c.logic.add(at.tag, "L", sourceless)
	for _, e := range c.index.Bibliography {
		in := at
		in.style = c.layout.Styles["bibliography"]
		li := c.logic.add(tag, "LI", sourceless)
		c.dests = append(c.dests, "ref-"+e.Key)
		ns := e.Text
		if e.Mark != "" {
			ns = append(plain(e.Mark+" "), ns...)
		}
		c.paragraphSlug(c.text(ns, in, c.logic.add(li, "LBody", sourceless)), in, sourceless)
	}
}

// afterMain plans what needs the main matter's folios: the index.
func (p *press) afterMain() []*division {
	if p.index == nil || len(p.index.Terms) == 0 {
		return nil
	}
	s := &book.Section{Role: book.Back, Level: 1, Label: "index", Title: plain(phrase(p.lang, "index"))}
	for _, o := range p.book.Sections {
		if o.Role == book.Index {
			s = o
		}
	}
	return []*division{{section: s, kind: page.Opening, starts: p.layout.Openings.Chapter, free: func(c *compositor) []*leaf {
		tag := c.logic.add(0, "Sect", sourceless)
		c.opening(s, tag, "front", c.layout.Openings.ChapterSink)
		return c.columns(max(p.layout.Index.Columns, 1), func(c *compositor) {
			group := ""
			for _, t := range p.index.Terms {
				if t.Group != group {
					group = t.Group
					c.indexGroup(group, tag)
				}
				c.indexTerm(p, t, 0, tag)
			}
		})
	}}}
}

// indexGroup sets the letter or the stroke count a run of terms stands under.
func (c *compositor) indexGroup(group string, tag int32) {
	at := c.whole()
	at.style = c.layout.Styles["index"]
	at.style.Leading = c.grid.leading
	s := c.paragraphSlug(c.text([]book.Inline{&book.Strong{Kids: plain(group)}}, at, c.logic.add(tag, "P", sourceless)), at, sourceless)
	s.keep, s.white = true, 1
}

// indexTerm sets a term, the folios it stands on, and what it refers to;
// terms under it follow an em further in.
func (c *compositor) indexTerm(p *press, t xref.Term, depth int, tag int32) {
	at := c.whole()
	at.style = c.layout.Styles["index"]
	at.style.Leading = c.grid.leading
	at.style.Left += unit.Length(depth) * at.style.Size
	ns := plain(t.Text)
	last := ""
	for _, l := range t.Labels {
		folio := p.folios[l]
		if folio == "" || folio == last {
			continue
		}
		last = folio
		sep := "\u3000"
		if len(ns) > 1 {
			sep = ", "
		}
		ns = append(ns, &book.Text{Value: sep + folio})
	}
	for _, see := range []struct {
		key   string
		terms []string
	}{{"see", t.See}, {"also", t.SeeAlso}} {
		if len(see.terms) > 0 {
			ns = append(ns, &book.Text{Value: "\u3000" + phrase(c.lang, see.key) + " " + strings.Join(see.terms, phrase(c.lang, "list-comma"))})
		}
	}
	link := c.logic.add(c.logic.add(tag, "P", sourceless), "Link", sourceless)
	slug := c.paragraphSlug(c.text(ns, at, link), at, sourceless)
	if len(t.Labels) > 0 {
		c.leadTo(slug, t.Labels[0], plain(t.Text), at, link)
	}
	for _, k := range t.Sub {
		c.indexTerm(p, k, depth+1, tag)
	}
}
