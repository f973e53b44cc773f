package pipeline_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"strings"
	"testing"
	"unicode"

	"banxin/pipeline/book"
	"banxin/pipeline/page"
	"banxin/pipeline/source"
)

// The law of this file: every visible character of the merged book is on its
// pages and in its e-book, in the book's order. What the program adds (numbers,
// labels, marks, readings) may stand between. Formulae and drawings are drawn,
// not written, and left out on both sides.

// words is a stretch of text and where the manuscript has it.
type words struct {
	text string
	at   source.Span
}

// model is what a book says: in order, and what stands apart (notes, captions,
// readings), of which only the presence is asked.
type model struct {
	hidden      string // blocks left out: "print" on pages, "ebook" in the e-book
	body, apart []words
	into        *[]words
}

func said(b *book.Book, hidden string) *model {
	m := &model{hidden: hidden}
	m.into = &m.body
	m.blocks(b.Preamble)
	m.sections(b.Sections)
	return m
}

func (m *model) sections(ss []*book.Section) {
	for _, s := range ss {
		if s.Role.Apparatus() || s.Role == book.Index {
			continue
		}
		m.inlines(s.Title)
		m.blocks(s.Blocks)
		m.sections(s.Sections)
	}
}

func (m *model) say(text string, at source.Span) { *m.into = append(*m.into, words{text, at}) }

// aside runs f with what it says set apart.
func (m *model) aside(f func()) {
	old := m.into
	m.into = &m.apart
	f()
	m.into = old
}

func (m *model) inlines(ns []book.Inline) {
	for _, n := range ns {
		switch n := n.(type) {
		case *book.Text:
			m.say(n.Value, n.Span)
		case *book.Verbatim:
			m.say(n.Text, n.Span)
		case *book.Ruby:
			for i := range n.Base {
				m.say(n.Base[i], n.Span)
			}
			m.aside(func() { m.say(strings.Join(n.Reading, ""), n.Span) })
		case *book.NoteRef:
			if n.Note != nil {
				m.aside(func() { m.blocks(n.Note.Blocks) })
			}
		default:
			m.inlines(book.Kids(n))
		}
	}
}

func (m *model) blocks(bs []book.Block) {
	for _, b := range bs {
		if b.(interface{ HiddenIn() string }).HiddenIn() != m.hidden {
			m.block(b)
		}
	}
}

func (m *model) block(b book.Block) {
	caption := func(ns []book.Inline) { m.aside(func() { m.inlines(ns) }) }
	switch b := b.(type) {
	case *book.List:
		for _, it := range b.Items {
			m.blocks(it.Blocks)
		}
	case *book.DefinitionList:
		for _, e := range b.Entries {
			for _, t := range e.Terms {
				m.inlines(t)
			}
			for _, d := range e.Details {
				m.blocks(d)
			}
		}
	case *book.Quote:
		m.blocks(b.Blocks)
		m.inlines(b.Source)
	case *book.Code:
		caption(b.Caption)
		m.say(b.Text, b.Span)
	case *book.Diagram:
		caption(b.Caption)
	case *book.Table:
		caption(b.Caption)
		for _, rows := range [][]book.Row{b.Head, b.Rows} {
			for _, row := range rows {
				for _, c := range row.Cells {
					m.aside(func() { m.blocks(c.Blocks) }) // rows that break over pages
				}
			}
		}
	case *book.Figure:
		caption(b.Caption)
	case *book.Admonition:
		m.inlines(b.Title)
		m.blocks(b.Blocks)
	case *book.Division:
		m.inlines(b.Title)
		m.blocks(b.Blocks)
	case *book.Unknown:
		m.say(b.Text, b.Span)
	default:
		for _, run := range book.Inlines(b) {
			m.inlines(run)
		}
	}
}

// letters are a text's visible characters.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' || r == '\u00ad' || r == '\ufe0f' {
			return -1
		}
		return r
	}, s)
}

// printed is the text of pages in the order it stands: what belongs to the
// body, and all of it with the notes.
func printed(d *page.Document) (body, all string) {
	apart := make([]bool, len(d.Structure))
	for i, n := range d.Structure {
		switch n.Type {
		case "Note", "FENote", "TOC", "Formula":
			apart[i] = true
		default:
			apart[i] = n.Parent >= 0 && apart[n.Parent]
		}
	}
	var b, a strings.Builder
	var frame func(f *page.Frame)
	frame = func(f *page.Frame) {
		for _, it := range f.Items {
			switch g := it.Item.(type) {
			case *page.Group:
				frame(g.Frame)
			case *page.Glyphs:
				if it.Tag == 0 || g.ActualText != nil {
					continue
				}
				a.WriteString(g.Text)
				if !apart[it.Tag] {
					b.WriteString(g.Text)
				}
			}
		}
	}
	for _, p := range d.Pages {
		frame(p.Frame)
	}
	return letters(b.String()), letters(a.String())
}

// read is the text of an e-book's documents in reading order, without and with
// its notes.
func read(t *testing.T, epub []byte) (body, all string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(epub), int64(len(epub)))
	if err != nil {
		t.Fatal(err)
	}
	var b, a strings.Builder
	for _, name := range spine(t, z) {
		visible(t, member(t, z, name), &b, &a)
	}
	return letters(b.String()), letters(a.String())
}

func member(t *testing.T, z *zip.Reader, name string) []byte {
	t.Helper()
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// spine is the names of an e-book's documents in reading order.
func spine(t *testing.T, z *zip.Reader) []string {
	t.Helper()
	for _, f := range z.File {
		if path.Ext(f.Name) != ".opf" {
			continue
		}
		var p struct {
			Items []struct {
				ID   string `xml:"id,attr"`
				Href string `xml:"href,attr"`
			} `xml:"manifest>item"`
			Refs []struct {
				ID string `xml:"idref,attr"`
			} `xml:"spine>itemref"`
		}
		if err := xml.Unmarshal(member(t, z, f.Name), &p); err != nil {
			t.Fatal(err)
		}
		byID := map[string]string{}
		for _, it := range p.Items {
			byID[it.ID] = path.Join(path.Dir(f.Name), it.Href)
		}
		var out []string
		for _, r := range p.Refs {
			out = append(out, byID[r.ID])
		}
		return out
	}
	t.Fatal("no package document")
	return nil
}

// visible appends a document's text: to body without notes, to all with them.
func visible(t *testing.T, doc []byte, body, all *strings.Builder) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(doc))
	skip, note, in := 0, 0, false
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			in = in || tok.Name.Local == "body"
			switch {
			case skip > 0 || tok.Name.Local == "math" || tok.Name.Local == "svg" || tok.Name.Local == "nav":
				skip++
			case note > 0 || tok.Name.Local == "aside" && attr(tok, "type") == "footnote" || tok.Name.Local == "rt":
				note++
			}
		case xml.EndElement:
			if skip > 0 {
				skip--
			} else if note > 0 {
				note--
			}
		case xml.CharData:
			if in && skip == 0 {
				all.Write(tok)
				if note == 0 {
					body.Write(tok)
				}
			}
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// spare is how many letters of the program's own may stand in a stretch of
// text or before it.
const spare = 1500

// lost says what the model says and the output does not; "" if nothing.
func lost(m *model, body, all string) string {
	rest := body
	for _, w := range m.body {
		want := letters(w.text)
		if want == "" {
			continue
		}
		n := follow(want, rest)
		if n < 0 {
			return fmt.Sprintf("%s: %q is not there in its order; it goes on %q", where(w.at), w.text, head(rest))
		}
		rest = rest[n:]
	}
	for _, w := range m.apart {
		if want := letters(w.text); want != "" && !strings.Contains(all, want) && follow(want, all) < 0 {
			return fmt.Sprintf("%s: %q is not there", where(w.at), w.text)
		}
	}
	return ""
}

// follow is where want ends in text, its characters in order with at most spare
// letters between; -1 if it does not stand there.
func follow(want, text string) int {
	if i := strings.Index(text, want); i >= 0 && i <= spare*3 {
		return i + len(want)
	}
	at, extra := 0, 0
	for _, r := range want {
		i := strings.IndexRune(text[at:], r)
		if i < 0 {
			return -1
		}
		if extra += i; extra > spare*3 {
			return -1
		}
		at += i + len(string(r))
	}
	return at
}

func head(s string) string {
	r := []rune(s[:min(len(s), 240)])
	return string(r[:min(len(r), 60)])
}

func where(s source.Span) string {
	p := s.Pos()
	return fmt.Sprintf("%s:%d:%d", p.Path, p.Line, p.Column)
}

// TestFollow: what is missing, or not in its order, does not pass.
func TestFollow(t *testing.T) {
	for _, c := range []struct {
		want, text string
		end        int
	}{
		{"abc", "xabcy", 4},
		{"abc", "a1b2c", 5},
		{"abc", "acb", -1},
		{"abc", "ab", -1},
		{"ab", "a" + strings.Repeat("x", 4*spare) + "b", -1},
	} {
		if got := follow(c.want, c.text); got != c.end {
			t.Errorf("follow(%q, %.20q) = %d, want %d", c.want, c.text, got, c.end)
		}
	}
	m := &model{body: []words{{text: "甲乙"}, {text: "丙"}}, apart: []words{{text: "注"}}}
	if s := lost(m, "第一章甲乙丙", "甲乙丙注"); s != "" {
		t.Error(s)
	}
	for _, bad := range [][2]string{{"甲丙", "甲丙注"}, {"丙甲乙", "丙甲乙注"}, {"甲乙丙", "甲乙丙"}} {
		if lost(m, bad[0], bad[1]) == "" {
			t.Errorf("%q passes", bad)
		}
	}
}
