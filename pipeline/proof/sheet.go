package proof

import (
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// sheet is the plan of one sheet: its size and the pages on it.
type sheet struct {
	width, height unit.Length
	pages         []spotOn
}

// single plans a sheet a page, with room around it.
func single(doc *page.Document, left, top, right unit.Length) []sheet {
	var out []sheet
	for i, pg := range doc.Pages {
		out = append(out, sheet{pg.Media.Width + left + right, pg.Media.Height + top, []spotOn{{i, left, top}}})
	}
	return out
}

// pairs plans sheets of two pages, as they face each other in the open book;
// a page that faces none stands on its side alone.
func pairs(doc *page.Document) []sheet {
	var out []sheet
	for i := 0; i < len(doc.Pages); {
		a := doc.Pages[i]
		one := a.Media.Width + roomLeft + roomRight
		s := sheet{2 * one, a.Media.Height + roomTop, nil}
		left := a.Recto == doc.RightBound // which side the first page is on
		add := func(i int, left bool) {
			x := roomLeft
			if !left {
				x += one
			}
			s.pages = append(s.pages, spotOn{i, x, roomTop})
		}
		add(i, left)
		i++
		if i < len(doc.Pages) && !a.Recto && doc.Pages[i].Recto {
			add(i, !left)
			i++
		}
		if len(s.pages) == 2 && s.pages[0].x > s.pages[1].x { // right-bound books
			s.pages[0], s.pages[1] = s.pages[1], s.pages[0]
		}
		out = append(out, s)
	}
	return out
}

// facing puts the sheets of a page each on sheets of two, and leads the
// outline there.
func facing(doc *page.Document, sheets []*page.Page) ([]*page.Page, []page.Bookmark) {
	var out []*page.Page
	on := make([]int, len(sheets))
	for _, s := range pairs(doc) {
		first := sheets[s.pages[0].page]
		box := page.Box{Width: s.width, Height: s.height}
		pg := &page.Page{Media: box, Trim: box, Bleed: box, Folio: first.Folio, Style: first.Style, Value: first.Value, Kind: first.Kind,
			Frame: &page.Frame{Width: s.width, Height: s.height}}
		for _, p := range s.pages {
			one := sheets[p.page]
			x := p.x - roomLeft
			pg.Frame.Add(x, 0, &page.Group{Frame: one.Frame})
			for _, c := range one.Comments {
				c.X += x
				pg.Comments = append(pg.Comments, c)
			}
			on[p.page] = len(out)
		}
		out = append(out, pg)
	}
	return out, led(doc.Outline, on)
}

func led(list []page.Bookmark, on []int) []page.Bookmark {
	out := make([]page.Bookmark, len(list))
	for i, b := range list {
		if b.Page >= 0 && b.Page < len(on) {
			b.Page = on[b.Page]
		}
		b.Kids = led(b.Kids, on)
		out[i] = b
	}
	return out
}
