package proof

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"banxin/pipeline/diag"
	"banxin/pipeline/page"
	"banxin/pipeline/source"
	"banxin/pipeline/unit"
)

// Kind is what a reader did.
type Kind string

const (
	NoteKind      Kind = "note"
	TextKind      Kind = "text" // written on the page
	HighlightKind Kind = "highlight"
	UnderlineKind Kind = "underline"
	SquiggleKind  Kind = "squiggle"
	StrikeKind    Kind = "strike"
	InsertKind    Kind = "insert"
	ReplaceKind   Kind = "replace"
	ReplyKind     Kind = "reply"
	DrawnKind     Kind = "drawn" // a ring, a line, a stamp, handwriting
)

// Remark is something a reader marked in a PDF of the book.
type Remark struct {
	Kind         Kind
	Author, Text string
	Words        string // what was marked, as the page says it
	Page         int    // index into the book's pages; -1: on a sheet that is no page
	Folio        string
	// Span is where the words stand in the manuscript: empty at its start for
	// an insertion; the zero Span where no text of the manuscript is near.
	Span source.Span
	// About is the title of the comment that a reply answers.
	About string
}

// OwnName begins the names (/NM) of the comments a proof carries.
const OwnName = "banxin-"

// Remarks reads what readers marked in a PDF made of this set book: the book
// as set or its proof, told apart by the size of the pages. The proof's own
// comments are left out; answers to them stay. An error is a file that cannot
// be read or is not of this book.
func Remarks(data []byte, doc *page.Document) ([]Remark, error) {
	sheets, marks, err := annotsOf(data)
	if err != nil {
		return nil, err
	}
	at, err := recognise(sheets, doc)
	if err != nil {
		return nil, err
	}
	r := &remarker{doc: doc, at: at, places: placesOf(doc), byObject: map[int]*annot{}}
	r.lines = make([][]run, len(doc.Pages))
	for _, f := range r.places.files() {
		for _, x := range r.places.byFile[f] {
			r.lines[x.page] = append(r.lines[x.page], x)
		}
	}
	for i := range marks {
		if marks[i].object != 0 {
			r.byObject[marks[i].object] = &marks[i]
		}
	}
	return r.all(marks), nil
}

// spotOn is where a page of the book stands on a sheet.
type spotOn struct {
	page int
	x, y unit.Length
}

// recognise finds the pages of the book on the sheets of a file.
func recognise(sheets []sheetSize, doc *page.Document) ([][]spotOn, error) {
	same := func(i int, w, h unit.Length) bool {
		const slack = unit.Pt
		return i < len(sheets) && max(sheets[i].width-w, w-sheets[i].width) < slack && max(sheets[i].height-h, h-sheets[i].height) < slack
	}
	for _, plan := range [][]sheet{single(doc, 0, 0, 0), single(doc, roomLeft, roomTop, roomRight), pairs(doc)} {
		out := make([][]spotOn, len(sheets))
		ok := len(plan) > 0 && len(plan) <= len(sheets)
		for i := 0; ok && i < len(plan); i++ {
			ok = same(i, plan[i].width, plan[i].height)
			out[i] = plan[i].pages
		}
		if ok {
			return out, nil
		}
	}
	return nil, fmt.Errorf("read marked PDF: its %d pages are neither this book's %d pages nor a proof of them: was it made from another state of the manuscript or with another layout?", len(sheets), len(doc.Pages))
}

type remarker struct {
	doc      *page.Document
	at       [][]spotOn
	places   *places
	lines    [][]run // the runs of every page
	byObject map[int]*annot
}

// all makes the remarks, in order of the pages and down each of them.
func (r *remarker) all(marks []annot) []Remark {
	joined := map[*annot]*annot{} // the caret of a replacement, by its strike-out
	part := map[*annot]bool{}
	for i := range marks {
		a := &marks[i]
		head := r.byObject[a.reply]
		if !a.grouped || head == nil || head == a {
			continue
		}
		switch {
		case head.subtype == "Caret" && a.subtype == "StrikeOut":
			joined[a], part[head] = head, true
		case head.subtype == "StrikeOut" && a.subtype == "Caret":
			joined[head], part[a] = a, true
		}
	}
	var out []Remark
	for i := range marks {
		if a := &marks[i]; !part[a] && !strings.HasPrefix(a.name, OwnName) {
			out = append(out, r.remark(a, joined[a]))
		}
	}
	slices.SortStableFunc(out, func(a, b Remark) int {
		return cmp.Or(cmp.Compare(a.Page, b.Page), cmp.Compare(a.Span.Start, b.Span.Start))
	})
	return out
}

func (r *remarker) remark(a, caret *annot) Remark {
	m := Remark{Kind: kindOf(a.subtype), Author: a.author, Text: a.text, Page: -1}
	where := a
	if head := r.byObject[a.reply]; head != nil && !a.grouped && caret == nil {
		for n := 0; n < 16 && r.byObject[head.reply] != nil; n++ { // an answer to an answer
			head = r.byObject[head.reply]
		}
		m.Kind, where = ReplyKind, head
		if strings.HasPrefix(head.name, OwnName) {
			m.About = head.author
		} else {
			m.About = string(kindOf(head.subtype))
		}
	}
	if caret != nil {
		m.Kind = ReplaceKind
		m.Text = cmp.Or(caret.text, a.text)
		m.Author = cmp.Or(a.author, caret.author)
	}
	r.locate(&m, where)
	return m
}

func kindOf(subtype string) Kind {
	switch subtype {
	case "Text":
		return NoteKind
	case "FreeText":
		return TextKind
	case "Highlight":
		return HighlightKind
	case "Underline":
		return UnderlineKind
	case "Squiggly":
		return SquiggleKind
	case "StrikeOut", "Redact":
		return StrikeKind
	case "Caret":
		return InsertKind
	}
	return DrawnKind
}

// locate finds the words under a mark.
func (r *remarker) locate(m *Remark, a *annot) {
	x, y := a.box.middle()
	if a.tip {
		x, y = a.x, a.y
	}
	if a.page >= len(r.at) || len(r.at[a.page]) == 0 {
		return
	}
	on := r.at[a.page][0]
	for _, s := range r.at[a.page][1:] { // a sheet of two pages: the one the mark begins on
		if x >= s.x-roomLeft {
			on = s
		}
	}
	m.Page, m.Folio = on.page, cmp.Or(r.doc.Pages[on.page].Folio, fmt.Sprint(on.page+1))
	quads := a.quads
	if len(quads) == 0 && kindOf(a.subtype) == DrawnKind {
		quads = []area{a.box}
	}
	for _, q := range quads {
		r.under(m, area{q.left - on.x, q.top - on.y, q.right - on.x, q.bottom - on.y})
	}
	if m.Span.File == nil {
		r.nearest(m, x-on.x, y-on.y, kindOf(a.subtype) == InsertKind)
	}
}

// under adds to a remark the glyphs whose middles lie in a rectangle.
func (r *remarker) under(m *Remark, q area) {
	for _, ln := range r.lines[m.Page] {
		g := ln.glyph
		if mid := ln.y - g.Size.Em(350); mid < q.top || mid > q.bottom || g.Turn != 0 {
			continue
		}
		from, to := -1, 0
		for i, gl := range g.Glyphs {
			if mid := ln.x + (gl.X+ln.edge(i))/2; gl.Start < gl.End && mid >= q.left && mid <= q.right {
				if from < 0 {
					from = int(gl.Start)
				}
				to = int(gl.End)
			}
		}
		if from < 0 {
			continue
		}
		m.Words += g.Text[from:to]
		s := ln.span(from, to)
		switch {
		case m.Span.File == nil:
			m.Span = s
		case m.Span.File == s.File:
			m.Span.Start, m.Span.End = min(m.Span.Start, s.Start), max(m.Span.End, s.End)
		}
	}
}

// nearest puts a remark at the glyph next to a point; an insertion between two.
func (r *remarker) nearest(m *Remark, x, y unit.Length, between bool) {
	best, far := -1, unit.Length(0)
	for i, ln := range r.lines[m.Page] {
		top, bottom := ln.y-ln.glyph.Size.Em(880), ln.y+ln.glyph.Size.Em(220)
		// A line above or below is farther than anything on the line.
		d := 8*max(top-y, y-bottom, 0) + max(ln.x-x, x-ln.x-ln.end(), 0)
		if best < 0 || d < far {
			best, far = i, d
		}
	}
	if best < 0 {
		return
	}
	ln := r.lines[m.Page][best]
	g := ln.glyph
	from, to := len(g.Text), len(g.Text)
	for i, gl := range g.Glyphs {
		if gl.Start >= gl.End {
			continue
		}
		right := ln.x + ln.edge(i)
		if between {
			right = ln.x + (gl.X+ln.edge(i))/2
		}
		if x < right {
			from, to = int(gl.Start), int(gl.End)
			break
		}
	}
	if from == len(g.Text) && !between {
		last := g.Glyphs[len(g.Glyphs)-1]
		from, to = int(last.Start), int(last.End)
	}
	if between {
		to = from
	}
	m.Words, m.Span = g.Text[from:to], ln.span(from, to)
}

// Rules are what a reader's marks are reported as.
func Rules() []diag.Rule {
	return []diag.Rule{{Code: "remark", Check: diag.Note, Proof: diag.Note, Release: diag.Note,
		What: diag.T("A reader marked this place in a PDF of the book (banxin proof --import).", "审读者在书的 PDF 上标出了此处（banxin proof --import）。"),
		Why:  diag.T("A correction that is not carried into the manuscript is lost with the next proof.", "没有落实到稿件里的修改，下一份校样就丢了。"),
		Fix:  diag.T("Change the manuscript as the remark says, or answer the reader.", "照批注修改稿件，或答复审读者。")}}
}

// List turns remarks into diagnostics of the rule remark, for the reports.
func List(remarks []Remark) diag.List {
	var l diag.List
	for _, m := range remarks {
		en, zh := m.say()
		l.Add("remark", m.Span, diag.Text{En: en, Zh: zh}).Severity = diag.Note
	}
	return l
}

// say is a remark in a sentence of each language.
func (m Remark) say() (en, zh string) {
	names := map[Kind]diag.Text{NoteKind: {En: "note", Zh: "批注"}, TextKind: {En: "written", Zh: "书写"}, HighlightKind: {En: "highlighted", Zh: "标亮"},
		UnderlineKind: {En: "underlined", Zh: "划线"}, SquiggleKind: {En: "wavy line", Zh: "波浪线"}, StrikeKind: {En: "delete", Zh: "删去"},
		InsertKind: {En: "insert", Zh: "插入"}, ReplaceKind: {En: "replace", Zh: "改为"}, ReplyKind: {En: "answer", Zh: "答复"}, DrawnKind: {En: "marked", Zh: "圈画"}}
	name := names[m.Kind]
	en, zh = name.En, name.Zh
	if m.About != "" {
		en, zh = en+" to “"+m.About+"”", zh+"“"+m.About+"”"
	}
	if m.Page >= 0 {
		en, zh = "p. "+m.Folio+": "+en, "第"+m.Folio+"页："+zh
	}
	if m.Author != "" {
		en, zh = en+" ("+m.Author+")", zh+"（"+m.Author+"）"
	}
	if m.Words != "" {
		en, zh = en+" “"+m.Words+"”", zh+"“"+m.Words+"”"
	}
	if m.Text != "" {
		sep, colon := ": ", "："
		if m.Kind == ReplaceKind {
			sep, colon = " → ", " → "
		}
		en, zh = en+sep+m.Text, zh+colon+m.Text
	}
	return en, zh
}

type jsonRemark struct {
	Kind   Kind   `json:"kind"`
	Author string `json:"author,omitempty"`
	Text   string `json:"text,omitempty"`
	Words  string `json:"words,omitempty"`
	About  string `json:"about,omitempty"`
	Page   int    `json:"page,omitempty"` // 1-based; 0: on no page of the book
	Folio  string `json:"folio,omitempty"`
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
	Start  int    `json:"start"`
	End    int    `json:"end"`
}

// JSON writes remarks with every field apart, file positions as byte offsets
// and as lines and columns in code points.
func JSON(remarks []Remark) ([]byte, error) {
	out := struct {
		Format  string       `json:"format"`
		Remarks []jsonRemark `json:"remarks"`
	}{Format: "banxin-remarks/1", Remarks: []jsonRemark{}}
	for _, m := range remarks {
		pos := m.Span.Pos()
		out.Remarks = append(out.Remarks, jsonRemark{Kind: m.Kind, Author: m.Author, Text: m.Text, Words: m.Words, About: m.About,
			Page: m.Page + 1, Folio: m.Folio, File: pos.Path, Line: pos.Line, Column: pos.Column, Start: m.Span.Start, End: m.Span.End})
	}
	data, err := json.MarshalIndent(out, "", "  ")
	return append(data, '\n'), err
}
