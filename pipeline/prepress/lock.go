package prepress

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"banxin/pipeline/diag"
	"banxin/pipeline/page"
	"banxin/pipeline/source"
	"banxin/pipeline/unit"
)

// Pagination is what a printing's pages begin and end with.
type Pagination struct {
	Format string      `json:"format"`
	Layout string      `json:"layout"`
	Pages  []PageLines `json:"pages"`
}

// PageLines are the first and the last line of a page's text; both are empty
// on a page without text.
type PageLines struct {
	Folio string `json:"folio"`
	First string `json:"first"`
	Last  string `json:"last"`
	// begins and ends are their places in the manuscript.
	begins, ends source.Span
}

const paginationFormat = "banxin-pages/1"

// PaginationOf reads a document's pages. Running heads and folios, which are no
// part of the text, do not count.
func PaginationOf(d *page.Document, layout string) *Pagination {
	p := &Pagination{Format: paginationFormat, Layout: layout, Pages: make([]PageLines, 0, len(d.Pages))}
	for _, pg := range d.Pages {
		l := PageLines{Folio: pg.Folio}
		if pg.Frame != nil {
			l.First, l.Last, l.begins, l.ends = edgeLines(pg.Frame)
		}
		p.Pages = append(p.Pages, l)
	}
	return p
}

// JSON is the file's text.
func (p *Pagination) JSON() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err := e.Encode(p)
	return b.Bytes(), err
}

// ParsePagination reads a file that JSON wrote.
func ParsePagination(data []byte) (*Pagination, error) {
	var p Pagination
	if err := json.Unmarshal(data, &p); err != nil {
		return nil, fmt.Errorf("read pagination: %w", err)
	}
	if p.Format != paginationFormat {
		return nil, fmt.Errorf("read pagination: format %q is not %q", p.Format, paginationFormat)
	}
	return &p, nil
}

// Moved reports every page whose first or last line is not that of the page of
// the same place in an earlier printing, and a change of the number of pages.
func (p *Pagination) Moved(from *Pagination) diag.List {
	var l diag.List
	begins, ends := from.folios(true), from.folios(false)
	for i := range min(len(p.Pages), len(from.Pages)) {
		now, was := &p.Pages[i], &from.Pages[i]
		if now.First != was.First {
			l.Add("pagination-moved", now.begins, edgeMessage(true, now, was, begins[now.First]))
		}
		if now.Last != was.Last {
			l.Add("pagination-moved", now.ends, edgeMessage(false, now, was, ends[now.Last]))
		}
	}
	if a, b := len(p.Pages), len(from.Pages); a != b {
		l.Add("pagination-moved", source.Span{}, diag.T("%d pages; there were %d", "共 %d 页，原为 %d 页", a, b))
	}
	return l
}

// edgeMessage says what a page begins or ends with and where that line was.
func edgeMessage(first bool, now, was *PageLines, at string) diag.Text {
	en, zh, is, old := "ends", "末行", now.Last, was.Last
	if first {
		en, zh, is, old = "begins", "首行", now.First, was.First
	}
	t := diag.T("page %s now %s with “%s”, not with “%[4]s”", "第 %[1]s 页的%[5]s现在是“%[3]s”，原为“%[4]s”", now.Folio, en, short(is), short(old), zh)
	if at != "" && at != was.Folio && is != "" {
		t.En += ", which stood on page " + at
		t.Zh += "；此行原在第 " + at + " 页"
	}
	return t
}

// folios gives the page on which a line stood first or last.
func (p *Pagination) folios(first bool) map[string]string {
	out := map[string]string{}
	for i := range p.Pages {
		line := p.Pages[i].Last
		if first {
			line = p.Pages[i].First
		}
		if _, ok := out[line]; !ok {
			out[line] = p.Pages[i].Folio
		}
	}
	return out
}

func short(s string) string {
	const most = 24
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// placedRun is a run of text and where its baseline stands on the page.
type placedRun struct {
	x, y unit.Length
	run  *page.Glyphs
}

// runsOf are the runs of a page's text, in the order they are placed. Running
// heads and folios, which are artifacts, are none of it.
func runsOf(f *page.Frame) []placedRun {
	var runs []placedRun
	var walk func(f *page.Frame, s spot, tagged bool, depth int)
	walk = func(f *page.Frame, s spot, tagged bool, depth int) {
		for i := range f.Items {
			it := &f.Items[i]
			switch v := it.Item.(type) {
			case *page.Glyphs:
				if tagged || it.Tag != 0 {
					b := s.box(it.X, it.Y, 0, 0)
					runs = append(runs, placedRun{b.X, b.Y, v})
				}
			case *page.Group:
				if v.Frame != nil && depth < maxDepth {
					walk(v.Frame, s.within(it.X, it.Y, v), tagged || it.Tag != 0, depth+1)
				}
			}
		}
	}
	walk(f, spot{num: 1, den: 1}, false, 0)
	return runs
}

// edgeLines are the runs of the highest and of the lowest baseline, left to
// right.
func edgeLines(f *page.Frame) (first, last string, begins, ends source.Span) {
	runs := runsOf(f)
	if len(runs) == 0 {
		return "", "", begins, ends
	}
	top, bottom := runs[0].y, runs[0].y
	for _, r := range runs {
		top, bottom = min(top, r.y), max(bottom, r.y)
	}
	first, begins = lineAt(runs, top)
	last, ends = lineAt(runs, bottom)
	return first, last, begins, ends
}

// lineAt joins the runs whose baseline is within half a point of y.
func lineAt(runs []placedRun, y unit.Length) (string, source.Span) {
	var on []placedRun
	for _, r := range runs {
		if r.y >= y-unit.Pt/2 && r.y <= y+unit.Pt/2 {
			on = append(on, r)
		}
	}
	slices.SortStableFunc(on, func(a, b placedRun) int { return int(min(max(a.x-b.x, -1), 1)) })
	var b strings.Builder
	var at source.Span
	for _, r := range on {
		if r.run.ActualText != nil {
			b.WriteString(*r.run.ActualText)
			continue
		}
		b.WriteString(r.run.Text)
		if at.File == nil {
			at = r.run.Span
		}
	}
	return strings.Join(strings.Fields(b.String()), " "), at
}
