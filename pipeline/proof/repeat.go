package proof

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"banxin/pipeline/dedup"
	"banxin/pipeline/font"
	"banxin/pipeline/page"
	"banxin/pipeline/source"
	"banxin/pipeline/unit"
)

// twin is a passage of the book that stands in it more than once.
type twin struct {
	spots []spot // its lines
	also  []int  // the first pages of the others, in order
}

// page is where the passage begins.
func (t twin) page() int { return t.spots[0].page }

// twins finds the repeats that stay in the book: each copy with the pages of
// the others.
func (m *maker) twins(r *dedup.Report) {
	for _, c := range r.Clusters {
		if c.Kept >= 0 { // merged: one copy stands
			continue
		}
		var copies []twin
		for _, one := range c.Copies {
			var t twin
			units := one.Units
			if len(units) == 0 {
				units = []source.Span{one.Span}
			}
			for _, u := range units {
				t.spots = append(t.spots, m.places.all(u)...)
			}
			if len(t.spots) > 0 {
				copies = append(copies, t)
			}
		}
		for i := range copies {
			for k := range copies {
				if k != i && !slices.Contains(copies[i].also, copies[k].page()) {
					copies[i].also = append(copies[i].also, copies[k].page())
				}
			}
			if len(copies) > 1 {
				m.passages = append(m.passages, copies[i])
			}
		}
	}
	m.tinted = make([][]spot, len(m.doc.Pages))
	for _, t := range m.passages {
		for _, s := range t.spots {
			m.tinted[s.page] = append(m.tinted[s.page], s)
		}
	}
	slices.SortStableFunc(m.passages, func(a, b twin) int {
		return cmp.Or(cmp.Compare(a.page(), b.page()), cmp.Compare(a.spots[0].y, b.spots[0].y))
	})
}

func twinTint() page.Color { return page.RGBColor(238, 230, 248) }

// repeats tints a page's passages that stand elsewhere too.
func (m *maker) repeats(f *page.Frame, i int) {
	if m.tinted == nil {
		return
	}
	for _, s := range m.tinted[i] {
		f.Add(roomLeft+s.x, roomTop+s.y-s.size.Em(880), &page.Rule{Width: s.width, Height: s.size.Em(1100), Color: twinTint()})
	}
}

// elsewhere is the margin's note of a repeat.
func (m *maker) elsewhere(t twin, width unit.Length) block {
	s := t.spots[0]
	return block{lines: m.pen(noteSize, font.Hei, page.RGBColor(90, 40, 140)).lines(m.elsewhereText(t), width), want: roomTop + s.y - noteSize, from: s}
}

// elsewhereText names the pages of the other copies.
func (m *maker) elsewhereText(t twin) string {
	const enough = 8
	var names []string
	for _, p := range t.also[:min(enough, len(t.also))] {
		names = append(names, cmp.Or(m.doc.Pages[p].Folio, fmt.Sprint(p+1)))
	}
	tail := ""
	if len(t.also) > enough {
		tail = " …"
	}
	return m.say("also p. "+strings.Join(names, ", ")+tail, "又见第"+strings.Join(names, "、")+"页"+tail)
}
