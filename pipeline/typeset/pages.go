package typeset

import (
	"runtime"
	"slices"
	"strconv"
	"sync"

	"banxin/pipeline/book"
	"banxin/pipeline/code"
	"banxin/pipeline/diag"
	"banxin/pipeline/font"
	"banxin/pipeline/layout"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
	"banxin/pipeline/xref"
)

// Options are what an edition decides. The zero value sets pages for reading.
type Options struct {
	// Bare leaves out what stands before the sections: title page, copyright
	// page, abstract, contents.
	Bare bool
	// Listings remembers the listings, for whoever writes them next; may be nil.
	Listings *code.Listings
}

// Pages sets a book: front matter with Roman folios, the main matter from
// page 1. The index must be of this very book. Layout faults are returned as
// diagnostics; there is always a document.
func Pages(b *book.Book, ix *xref.Index, l *layout.Layout, fonts *font.Set, o Options) (*page.Document, diag.List) {
	lang := b.Meta.Language
	if lang == "" {
		lang = "zh-Hans"
	}
	p := &press{setter: newSetter(b, ix, l, fonts, lang), options: o}
	p.listings = o.Listings
	p.doc = &page.Document{Language: lang, Structure: []page.Node{{Type: "Document", Parent: -1, Lang: lang}}}
	front, main := p.plan()
	if o.Bare {
		front = slices.DeleteFunc(front, func(d *division) bool { return d.section == nil })
	}
	p.run(append(append([]*division(nil), front...), main...))
	p.main = p.gather(main, false)
	p.folios = foliate(p.main, false)
	if back := p.afterMain(); len(back) > 0 {
		p.run(back)
		p.main = append(p.main, p.gather(back, len(p.main)%2 == 1)...)
		main = append(main, back...)
		p.folios = foliate(p.main, false)
	}
	p.front = p.gather(front, false)
	p.frontFolios = foliate(p.front, true)
	var contents []*division
	if !o.Bare {
		contents = p.contents(front, main)
	}
	p.run(contents)
	p.front = append(p.front, p.gather(contents, len(p.front)%2 == 1)...)
	foliate(p.front, true)
	front = append(front, contents...)
	p.bind(front, main)
	return p.doc, tally(p.diags)
}

// press is one book going through.
type press struct {
	*setter
	options             Options
	doc                 *page.Document
	diags               diag.List
	front, main         []*leaf
	folios, frontFolios map[string]string // by destination
}

// division is what begins on a page of its own: a title page, a part, a
// chapter. Divisions are set in parallel.
type division struct {
	section, part *book.Section
	title         string    // of its bookmark, where no section names it
	kind          page.Kind // of its first page
	starts        string    // recto, page, run-on
	silent        bool
	// compose fills the galley; free draws pages that are on no grid.
	compose func(*compositor)
	free    func(*compositor) []*leaf
	leaves  []*leaf
	logic   *logic
	diags   diag.List
}

// run sets divisions, as many at a time as there are processors.
func (p *press) run(ds []*division) {
	var wg sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for _, d := range ds {
		wg.Add(1)
		slots <- struct{}{}
		go func() {
			defer func() { <-slots; wg.Done() }()
			d.set(p.setter)
		}()
	}
	wg.Wait()
	for _, d := range ds {
		p.diags = append(p.diags, d.diags...)
	}
}

// set composes one division and cuts it into leaves.
func (d *division) set(s *setter) {
	c := newCompositor(s, s.measure())
	if d.free != nil {
		d.leaves = d.free(c)
	} else {
		d.compose(c)
		d.leaves = c.leaves()
	}
	for i, lf := range d.leaves {
		if i == 0 {
			lf.kind = d.kind
		} else if d.kind != page.Opening && d.kind != page.Text {
			lf.kind = d.kind
		}
		lf.chapter, lf.part, lf.title = d.section, d.part, d.title
		lf.silent, lf.opens = d.silent, i == 0
	}
	d.logic, d.diags = c.logic, c.diags
}

// gather joins divisions' leaves in order, with blank versos before those that
// begin on a recto; odd says that the first stands on a verso.
func (p *press) gather(ds []*division, odd bool) []*leaf {
	var out []*leaf
	for _, d := range ds {
		if len(d.leaves) == 0 {
			continue
		}
		verso := len(out)%2 == 1 != odd
		if d.starts == "recto" && verso && !p.layout.Page.OneSided {
			out = append(out, &leaf{frame: &page.Frame{}, kind: page.Blank, silent: true})
		}
		out = append(out, d.leaves...)
	}
	return out
}

// foliate returns the folio of every destination.
func foliate(ls []*leaf, front bool) map[string]string {
	out := map[string]string{}
	for i, lf := range ls {
		lf.front = front
		folio := strconv.Itoa(i + 1)
		if front {
			folio = roman(i + 1)
		}
		for _, it := range lf.frame.Items {
			if d, ok := it.Item.(*page.Dest); ok {
				if _, seen := out[d.Name]; !seen {
					out[d.Name] = folio
				}
			}
		}
	}
	return out
}

// measure is the width of the type area: a whole number of characters.
func (s *setter) measure() unit.Length {
	return unit.Length(s.layout.Body.Measure) * s.layout.Body.Size
}

// bind makes pages of the leaves: heads, folios, bookmarks, structure.
func (p *press) bind(front, main []*division) {
	at := map[*leaf]int32{}
	var part int32
	for _, d := range append(append([]*division(nil), front...), main...) {
		under := int32(0)
		if d.part != nil && d.section != d.part {
			under = part
		}
		shift := graft(p.doc, d.logic, under)
		if len(d.logic.nodes) > 1 && d.logic.nodes[1].Type == "Part" {
			part = shift + 1
		}
		for _, lf := range d.leaves {
			at[lf] = shift
		}
	}
	if len(p.main) > 0 && len(p.front)%2 == 1 && !p.layout.Page.OneSided {
		p.front = append(p.front, &leaf{frame: &page.Frame{}, kind: page.Blank, silent: true, front: true})
	}
	places := map[*book.Section]spot{}
	begins := map[*leaf]int{}
	for _, ls := range [][]*leaf{p.front, p.main} {
		for i, lf := range ls {
			retag(lf.frame, at[lf])
			pg := p.page(lf, i)
			for _, m := range lf.marks {
				if _, ok := places[m.section]; !ok {
					places[m.section] = spot{len(p.doc.Pages), m.y}
				}
			}
			begins[lf] = len(p.doc.Pages)
			p.doc.Pages = append(p.doc.Pages, pg)
		}
	}
	p.outline(places, begins, front, main)
}
