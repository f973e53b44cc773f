// Package proof lays what the program knows beside the pages it concerns: the
// release's pages, line for line, on a larger sheet with numbered lines, notes
// in the margin, and an index of the findings.
package proof

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"banxin/pipeline/dedup"
	"banxin/pipeline/diag"
	"banxin/pipeline/font"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// Options is how a proof is made. The zero value numbers every fifth line and
// speaks English.
type Options struct {
	Lang string // of notes: en or zh
	// Round is 一校, 二校, 三校, 付印 or what the house calls it; Date and
	// Revision stand beside it. All may be empty.
	Round, Date, Revision string
	Every                 int // lines between line numbers; 0 is 5
	// TwoUp puts the pages that face each other on one sheet.
	TwoUp bool
	// Earlier is the set book of an earlier state, which Since names: changes
	// from it are marked. nil: none is compared.
	Earlier *page.Document
	Since   string
}

// The room around a page.
const (
	roomLeft  = 12 * unit.Mm
	roomRight = 62 * unit.Mm
	roomTop   = 12 * unit.Mm
	noteSize  = 7 * unit.Pt
	noteLead  = 9*unit.Pt + unit.Pt/2
	noteGap   = 3 * unit.Pt
)

// note is a finding with its number and its place.
type note struct {
	number int
	d      diag.Diagnostic
	at     spot
	placed bool
	also   []int // pages where related text stands
}

type maker struct {
	Options
	doc    *page.Document
	fonts  *font.Set
	places *places
	notes  []note
	byPage [][]*note
	diff   *comparison // nil without Options.Earlier
	edits  []edit      // in order of the pages
	// passages are the repeats that stay, in order of their places; tinted
	// are their lines by page.
	passages []twin
	tinted   [][]spot
}

// Pages returns the proof of a set book. The document given is not changed and
// its frames are shared: the text stands where the release has it, moved by
// the room at the left and above.
func Pages(doc *page.Document, found diag.List, repeats *dedup.Report, fonts *font.Set, o Options) *page.Document {
	m := markings(doc, found, repeats, fonts, o)
	out := *doc
	out.Pages = nil
	for i := range doc.Pages {
		out.Pages = append(out.Pages, m.sheet(i))
	}
	if o.TwoUp {
		out.Pages, out.Outline = facing(doc, out.Pages)
	}
	out.Pages = append(out.Pages, m.changed()...)
	out.Pages = append(out.Pages, m.index()...)
	if repeats != nil {
		out.Pages = append(out.Pages, m.dropped(repeats.Dropped)...)
	}
	return &out
}

// markings gathers all that is to be marked, with its places.
func markings(doc *page.Document, found diag.List, repeats *dedup.Report, fonts *font.Set, o Options) *maker {
	if o.Every <= 0 {
		o.Every = 5
	}
	m := &maker{Options: o, doc: doc, fonts: fonts, places: placesOf(doc), byPage: make([][]*note, len(doc.Pages))}
	m.number(found)
	if repeats != nil {
		m.twins(repeats)
	}
	if o.Earlier != nil {
		m.diff = compare(o.Earlier, doc)
		m.edits = m.diff.edits
		slices.SortStableFunc(m.edits, func(a, b edit) int { return cmp.Compare(a.page(), b.page()) })
	}
	return m
}

// number gives every finding its number in reading order of the manuscript and
// its place on the pages.
func (m *maker) number(found diag.List) {
	m.notes = make([]note, len(found))
	for i, d := range found {
		n := &m.notes[i]
		n.number, n.d = i+1, d
		n.at, n.placed = m.places.find(d.Span)
		for _, r := range d.Related {
			if s, ok := m.places.find(r.Span); ok && (!n.placed || s.page != n.at.page) {
				n.also = append(n.also, s.page)
			}
		}
		if n.placed {
			m.byPage[n.at.page] = append(m.byPage[n.at.page], n)
		}
	}
}

// sheet is a page with the room around it.
func (m *maker) sheet(i int) *page.Page {
	old := m.doc.Pages[i]
	pg := *old
	pg.Media = page.Box{Width: old.Media.Width + roomLeft + roomRight, Height: old.Media.Height + roomTop}
	pg.Trim = page.Box{X: roomLeft + old.Trim.X, Y: roomTop + old.Trim.Y, Width: old.Trim.Width, Height: old.Trim.Height}
	pg.Bleed = page.Box{Width: pg.Media.Width, Height: pg.Media.Height}
	f := &page.Frame{Width: pg.Media.Width, Height: pg.Media.Height}
	pg.Frame = f
	m.edge(f, &pg)
	m.repeats(f, i)
	for _, n := range m.byPage[i] {
		m.tint(f, &pg, n)
	}
	m.changes(f, &pg, i)
	f.Add(roomLeft, roomTop, &page.Group{Frame: old.Frame})
	m.lineNumbers(f, old)
	m.margin(f, i)
	m.mark(f, &pg)
	return &pg
}

// edge draws the trimmed page's outline.
func (m *maker) edge(f *page.Frame, pg *page.Page) {
	gray := page.GrayLevel(800)
	w, h := pg.Trim.Width, pg.Trim.Height
	const line = unit.Pt / 4
	for _, r := range []struct{ x, y, w, h unit.Length }{{0, 0, w, line}, {0, h - line, w, line}, {0, 0, line, h}, {w - line, 0, line, h}} {
		f.Add(pg.Trim.X+r.x, pg.Trim.Y+r.y, &page.Rule{Width: r.w, Height: r.h, Color: gray})
	}
}

// tint marks a finding's place and leaves a comment there.
func (m *maker) tint(f *page.Frame, pg *page.Page, n *note) {
	color := map[diag.Severity]page.Color{diag.Error: page.RGBColor(255, 205, 205), diag.Warning: page.RGBColor(255, 236, 179), diag.Note: page.RGBColor(214, 232, 255)}[n.d.Severity]
	x, y := roomLeft+n.at.x, roomTop+n.at.y-n.at.size.Em(880)
	h := n.at.size.Em(1100)
	f.Add(x, y, &page.Rule{Width: n.at.width, Height: h, Color: color})
	if m.fonts != nil { // its number above it, between the lines
		for _, l := range m.pen(4*unit.Pt, font.Hei, severityInk(n.d.Severity)).lines(fmt.Sprint(n.number), n.at.width+roomRight) {
			f.Add(x, y, &page.Group{Frame: l})
		}
	}
	pg.Comments = append(pg.Comments, page.Comment{X: x, Y: y, Width: n.at.width, Height: h,
		Title: fmt.Sprintf("%d %s", n.number, n.d.Code), Text: m.text(n), Name: fmt.Sprint(OwnName, n.number)})
}

// text is what a note says.
func (m *maker) text(n *note) string {
	s := n.d.Message.In(m.Lang)
	if h := n.d.Hint.In(m.Lang); h != "" {
		s += m.say("; ", "；") + h
	}
	var pages []string
	for _, p := range n.also {
		f := m.doc.Pages[p].Folio
		if f != "" && (len(pages) == 0 || pages[len(pages)-1] != f) {
			pages = append(pages, f)
		}
	}
	if len(pages) > 0 {
		s += m.say(" (also p. "+strings.Join(pages, ", ")+")", "（另见第"+strings.Join(pages, "、")+"页）")
	}
	return s
}

func (m *maker) say(en, zh string) string { return diag.Text{En: en, Zh: zh}.In(m.Lang) }

func (m *maker) pen(size unit.Length, role font.Role, c page.Color) pen {
	lang := "en"
	if strings.HasPrefix(m.Lang, "zh") {
		lang = "zh-Hans"
	}
	return pen{m.fonts, font.Style{Role: role, Lang: lang}, size, c}
}

// lineNumbers numbers the page's lines of text at the left.
func (m *maker) lineNumbers(f *page.Frame, old *page.Page) {
	p := m.pen(6*unit.Pt, font.Song, page.GrayLevel(450))
	for i, y := range baselines(old.Frame) {
		if (i+1)%m.Every != 0 {
			continue
		}
		for _, l := range p.lines(fmt.Sprint(i+1), roomLeft) {
			f.Add(roomLeft-l.Width-2*unit.Mm, roomTop+y, &page.Group{Frame: l})
		}
	}
}

// margin sets the page's notes at the right, each beside its place, pushed
// down by the one above and up by the page's foot. Notes that do not fit are
// in the index.
func (m *maker) margin(f *page.Frame, i int) {
	old := m.doc.Pages[i]
	x := roomLeft + old.Media.Width + 3*unit.Mm
	width := roomRight - 7*unit.Mm
	var bs []block
	var sum unit.Length
	bottom := roomTop + old.Media.Height - 4*unit.Mm
	items := m.beside(i)
	for k, it := range items {
		var b block
		switch {
		case it.note != nil:
			b = m.block(it.note, width)
		case it.edit != nil:
			b = m.gone(*it.edit, width)
		default:
			b = m.elsewhere(*it.twin, width)
		}
		if sum+b.height() > bottom-roomTop {
			bs = append(bs, m.more(len(items)-k, width, b.want))
			break
		}
		sum += b.height()
		bs = append(bs, b)
	}
	spread(bs, roomTop, bottom)
	for _, b := range bs {
		for k, l := range b.lines {
			f.Add(x, b.y+noteSize+unit.Length(k)*noteLead, &page.Group{Frame: l})
			if b.struck {
				f.Add(x, b.y+noteSize.Em(680)+unit.Length(k)*noteLead, &page.Rule{Width: l.Width, Height: unit.Pt / 2, Color: goneInk()})
			}
		}
		// Far from its place a note is found by its number: long hairlines cross.
		const far = 36 * unit.Pt
		if b.from.size > 0 && max(b.y-b.want, b.want-b.y) < far { // a hairline from the place to its note
			end := roomLeft + b.from.x + b.from.width
			leader(f, end, roomTop+b.from.y+unit.Pt, x-unit.Mm, b.y+noteSize-2*unit.Pt)
		}
	}
}

// aside is what stands beside a page: a finding or a change.
type aside struct {
	y    unit.Length
	note *note
	edit *edit
	twin *twin
}

// beside is everything beside a page, from top to bottom.
func (m *maker) beside(i int) []aside {
	var out []aside
	for _, n := range m.byPage[i] {
		out = append(out, aside{y: n.at.y, note: n})
	}
	from, _ := slices.BinarySearchFunc(m.edits, i, func(e edit, p int) int { return cmp.Compare(e.page(), p) })
	for k := from; k < len(m.edits) && m.edits[k].page() == i; k++ {
		if e := &m.edits[k]; len(e.old) > 0 {
			out = append(out, aside{y: e.at.run.y, edit: e})
		}
	}
	from, _ = slices.BinarySearchFunc(m.passages, i, func(t twin, p int) int { return cmp.Compare(t.page(), p) })
	for k := from; k < len(m.passages) && m.passages[k].page() == i; k++ {
		out = append(out, aside{y: m.passages[k].spots[0].y, twin: &m.passages[k]})
	}
	slices.SortStableFunc(out, func(a, b aside) int { return cmp.Compare(a.y, b.y) })
	return out
}

// block is a note being placed.
type block struct {
	struck bool
	lines  []*page.Frame
	want   unit.Length // where its place is
	y      unit.Length
	from   spot
}

func (b block) height() unit.Length { return unit.Length(len(b.lines))*noteLead + noteGap }

func (m *maker) block(n *note, width unit.Length) block {
	ink := severityInk(n.d.Severity)
	text := fmt.Sprintf("%d  %s  [%s]", n.number, m.text(n), n.d.Code)
	lines := m.pen(noteSize, font.Hei, ink).lines(text, width)
	const most = 6 // lines of a note; the index has the rest
	if len(lines) > most {
		rest := m.say(fmt.Sprintf("… see the list, no. %d", n.number), fmt.Sprintf("……全文见问题表第 %d 条", n.number))
		lines = append(lines[:most-1:most-1], m.pen(noteSize, font.Hei, ink).lines(rest, width)...)
	}
	return block{lines: lines, want: roomTop + n.at.y - noteSize, from: n.at}
}

func severityInk(s diag.Severity) page.Color {
	switch s {
	case diag.Error:
		return page.RGBColor(170, 0, 0)
	case diag.Warning:
		return page.RGBColor(130, 80, 0)
	}
	return page.RGBColor(0, 60, 130)
}

func (m *maker) more(n int, width, want unit.Length) block {
	text := m.say(fmt.Sprintf("… and %d more: see the index", n), fmt.Sprintf("……还有 %d 条，见书末索引", n))
	return block{lines: m.pen(noteSize, font.Hei, page.GrayLevel(300)).lines(text, width), want: want}
}

// spread places blocks in order at their places, none above the one before it
// and none below the foot.
func spread(bs []block, top, bottom unit.Length) {
	at := top
	for i := range bs {
		bs[i].y = max(at, bs[i].want)
		at = bs[i].y + bs[i].height()
	}
	for i := len(bs) - 1; i >= 0; i-- {
		bs[i].y = max(top, min(bs[i].y, bottom-bs[i].height()))
		bottom = bs[i].y
	}
}

func leader(f *page.Frame, x0, y0, x1, y1 unit.Length) {
	c := page.GrayLevel(700)
	f.Add(x0, y0, &page.Path{Segments: []page.Segment{{Op: page.MoveTo}, {Op: page.LineTo, X: x1 - x0, Y: y1 - y0}},
		Stroke: &c, Line: unit.Pt / 4, Width: x1 - x0, Height: y1 - y0})
}

// mark stamps the sheet: PROOF, the round, the date, the revision.
func (m *maker) mark(f *page.Frame, pg *page.Page) {
	text := m.stamp()
	for _, l := range m.pen(8*unit.Pt, font.Hei, page.RGBColor(170, 0, 0)).lines(text, pg.Media.Width) {
		f.Add(roomLeft, 8*unit.Mm, &page.Group{Frame: l})
	}
}

func (m *maker) stamp() string {
	text := m.say("PROOF", "校样")
	for _, s := range []string{m.Round, m.Date, m.Revision} {
		if s != "" {
			text += "  ·  " + s
		}
	}
	return text
}
