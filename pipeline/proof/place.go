package proof

import (
	"cmp"
	"slices"
	"strings"

	"banxin/pipeline/page"
	"banxin/pipeline/source"
	"banxin/pipeline/unit"
)

// run is a set run of the manuscript's text with its place on a page.
type run struct {
	page  int
	x, y  unit.Length // origin on the baseline, from the page's top left
	glyph *page.Glyphs
}

// places finds where on the pages a byte of the manuscript stands.
type places struct {
	byFile map[*source.File][]run // in order of Span.Start
	order  []*source.File         // as they first come on the pages
}

// placesOf reads every page's runs; running heads and folios, which repeat
// what stands elsewhere, are artifacts and no place.
func placesOf(d *page.Document) *places {
	p := &places{byFile: map[*source.File][]run{}}
	for i, pg := range d.Pages {
		p.frame(i, pg.Frame, 0, 0, false)
	}
	for _, rs := range p.byFile {
		slices.SortStableFunc(rs, func(a, b run) int { return cmp.Compare(a.glyph.Span.Start, b.glyph.Span.Start) })
	}
	return p
}

// frame reads a frame; a tag on a group is its items' too.
func (p *places) frame(n int, f *page.Frame, x, y unit.Length, text bool) {
	for _, it := range f.Items {
		switch g := it.Item.(type) {
		case *page.Glyphs:
			if s := g.Span; s.File != nil && len(g.Glyphs) > 0 && (text || it.Tag != 0) {
				if p.byFile[s.File] == nil {
					p.order = append(p.order, s.File)
				}
				p.byFile[s.File] = append(p.byFile[s.File], run{n, x + it.X, y + it.Y, g})
			}
		case *page.Group:
			if !g.Scaled() && !g.Turned {
				p.frame(n, g.Frame, x+it.X, y+it.Y, text || it.Tag != 0)
			}
		}
	}
}

// spot is a stretch of one line.
type spot struct {
	page        int
	x, y, width unit.Length // y is the baseline
	size        unit.Length
}

// find returns where the span begins on the pages: the run that covers its
// start, else the next one of its file within the span or close behind it. ok
// is false if the text is not in the book.
func (p *places) find(s source.Span) (spot, bool) {
	rs := p.byFile[s.File]
	if s.File == nil || len(rs) == 0 {
		return spot{}, false
	}
	i, _ := slices.BinarySearchFunc(rs, s.Start+1, func(r run, at int) int { return cmp.Compare(r.glyph.Span.Start, at) })
	if i > 0 && rs[i-1].glyph.Span.End > s.Start {
		i--
	}
	if i == len(rs) || rs[i].glyph.Span.Start > max(s.End, s.Start+near) {
		return spot{}, false
	}
	return rs[i].spot(s), true
}

// near is how far behind its span a finding's text may begin: past the marks
// of a heading, a list or a link.
const near = 16

// spot is the part of the run that the span covers. Where the run's text is
// the source's own bytes the part is exact, else it is the whole run.
func (r run) spot(s source.Span) spot {
	g := r.glyph
	out := spot{page: r.page, x: r.x, y: r.y, size: g.Size, width: r.end()}
	if g.Span.End-g.Span.Start != len(g.Text) {
		return out
	}
	from, to := int32(s.Start-g.Span.Start), int32(s.End-g.Span.Start)
	left, right := unit.Length(-1), r.end()
	for _, gl := range g.Glyphs {
		if gl.End <= from && gl.Start < gl.End {
			continue
		}
		if left < 0 {
			left = gl.X
		}
		if gl.Start >= max(to, from+1) {
			right = gl.X
			break
		}
	}
	if left < 0 {
		return out
	}
	out.x, out.width = r.x+left, max(right-left, g.Size.Em(300))
	return out
}

// end is the run's width.
func (r run) end() unit.Length {
	g := r.glyph
	last := g.Glyphs[len(g.Glyphs)-1]
	return last.X + g.Face.Metrics().Scale(g.Face.Advance(last.ID), g.Size)
}

// edge is where the run's i-th glyph ends, from the run's origin.
func (r run) edge(i int) unit.Length {
	if g := r.glyph; i+1 < len(g.Glyphs) {
		return g.Glyphs[i+1].X
	}
	return r.end()
}

// span is where bytes from … to of the run's text stand in the manuscript:
// exact where the run's text is the source's own, else where the source says
// the same within the run's span, else the run's whole span.
func (r run) span(from, to int) source.Span {
	g := r.glyph
	s := g.Span
	switch {
	case s.End-s.Start == len(g.Text):
		return source.Span{File: s.File, Start: s.Start + from, End: s.Start + to}
	case from < to:
		if k := strings.Index(s.Text(), g.Text[from:to]); k >= 0 {
			return source.Span{File: s.File, Start: s.Start + k, End: s.Start + k + to - from}
		}
	case from == len(g.Text):
		return source.Span{File: s.File, Start: s.End, End: s.End}
	}
	return s
}

// files are the files with text on pages, in order of their first place.
func (p *places) files() []*source.File { return p.order }

// all returns every stretch of a line that the span covers, as set.
func (p *places) all(s source.Span) []spot {
	rs := p.byFile[s.File]
	if s.File == nil || s.End <= s.Start {
		return nil
	}
	i, _ := slices.BinarySearchFunc(rs, s.Start+1, func(r run, at int) int { return cmp.Compare(r.glyph.Span.Start, at) })
	if i > 0 && rs[i-1].glyph.Span.End > s.Start {
		i--
	}
	var out []spot
	for ; i < len(rs) && rs[i].glyph.Span.Start < s.End; i++ {
		out = append(out, rs[i].spot(s))
	}
	return out
}
