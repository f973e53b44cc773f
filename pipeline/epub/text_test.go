package epub

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"unicode"

	"banxin/pipeline/book"
)

// readText is what a reader of the e-book reads, in the reading order: the
// text of the documents from the first division on, without what the e-book
// says by itself (numbers, labels, marks, back links).
func readText(t *testing.T, data []byte) string {
	t.Helper()
	var out strings.Builder
	for _, f := range open(t, data).File {
		name := strings.TrimPrefix(f.Name, root+xhtmlDir)
		if !strings.HasSuffix(name, ".xhtml") || strings.HasPrefix(name, "EPUB") {
			continue
		}
		switch strings.TrimSuffix(name, ".xhtml") {
		case "cover", "title", "copyright", "dedication", "epigraph", "abstract", "bibliography", "index":
			continue
		}
		visible(t, contents(t, f), &out)
	}
	return out.String()
}

// visible appends the text of a document's body.
func visible(t *testing.T, doc []byte, out *strings.Builder) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(doc))
	skipping, inBody := 0, false
	math := 0 // inside a formula only its annotation, its TeX, counts
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
			inBody = inBody || tok.Name.Local == "body"
			switch {
			case tok.Name.Local == "math":
				math = 1
			case math > 0 && tok.Name.Local == "annotation":
				math = 0
			}
			if skipping > 0 || generated(tok) {
				skipping++
			}
		case xml.EndElement:
			skipping = max(0, skipping-1)
			if tok.Name.Local == "math" {
				math = 0
			}
		case xml.CharData:
			if inBody && skipping == 0 && math == 0 {
				out.Write(tok)
			}
		}
	}
}

// generated reports whether an element holds words of the e-book's own.
func generated(e xml.StartElement) bool {
	for _, a := range e.Attr {
		switch {
		case a.Name.Local == "class" && (a.Value == "number" || a.Value == "label" || a.Value == "mark" || a.Value == "box" || a.Value == "admonition-title"),
			a.Name.Local == "role" && (a.Value == "doc-noteref" || a.Value == "doc-backlink"):
			return true
		}
	}
	return false
}

// modelText is what the book says: every section's title and blocks in order,
// notes where they are first called from, after the division they are in.
type modelText struct {
	strings.Builder
	in     Input
	notes  []*book.Note
	called map[*book.Note]bool
}

func (m *modelText) sections(secs []*book.Section, divisions bool) {
	for _, sec := range shown(secs) {
		m.inlines(sec.Title)
		m.blocks(sec.Blocks)
		part := sec.Role == book.Part
		if part {
			m.flush()
		}
		m.sections(sec.Sections, part)
		if divisions {
			m.flush()
		}
	}
}

func (m *modelText) flush() {
	for len(m.notes) > 0 {
		n := m.notes[0]
		m.notes = m.notes[1:]
		m.blocks(n.Blocks)
	}
}

func (m *modelText) inlines(ns []book.Inline) {
	for _, n := range ns {
		switch n := n.(type) {
		case *book.Text:
			m.WriteString(n.Value)
		case *book.Verbatim:
			m.WriteString(n.Text)
		case *book.InlineMath:
			m.WriteString(n.TeX)
		case *book.CrossRef:
			m.WriteString(m.in.Index.Refs[n])
		case *book.Cite:
			m.inlines(m.in.Index.Cites[n])
		case *book.Ruby:
			for i := range n.Base {
				m.WriteString(n.Base[i] + n.Reading[i])
			}
		case *book.Image:
			if m.in.Book.Pictures[n.Path] == nil {
				m.WriteString(n.Alt)
			}
		case *book.NoteRef:
			if n.Note != nil && !m.called[n.Note] {
				m.called[n.Note] = true
				m.notes = append(m.notes, n.Note)
			}
		default:
			m.inlines(book.Kids(n))
		}
	}
}

func (m *modelText) blocks(bs []book.Block) {
	for _, b := range bs {
		if hidden(b) {
			continue
		}
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
			m.inlines(b.Caption)
			m.WriteString(b.Text)
		case *book.Diagram:
			m.WriteString(b.Text)
			m.inlines(b.Caption)
		case *book.Math:
			m.WriteString(b.TeX)
		case *book.Table:
			m.inlines(b.Caption)
			for _, rows := range [][]book.Row{b.Head, b.Rows} {
				for _, row := range rows {
					for _, c := range row.Cells {
						m.blocks(c.Blocks)
					}
				}
			}
		case *book.Figure:
			for _, im := range b.Images {
				m.inlines([]book.Inline{im})
			}
			m.inlines(b.Caption)
		case *book.Admonition:
			m.inlines(b.Title)
			m.blocks(b.Blocks)
		case *book.Division:
			m.inlines(b.Title)
			m.blocks(b.Blocks)
		case *book.Unknown:
			m.WriteString(b.Text)
		default:
			for _, run := range book.Inlines(b) {
				m.inlines(run)
			}
		}
	}
}

func (in Input) modelText() string {
	m := &modelText{in: in, called: map[*book.Note]bool{}}
	m.blocks(in.Book.Preamble)
	m.flush()
	m.sections(in.Book.Sections, true)
	return m.String()
}

// letters are a text's characters but for white space.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// sameText checks the text law: each visible character of the model stands in
// the e-book once, in order.
func sameText(t *testing.T, got, want string) {
	t.Helper()
	got, want = letters(got), letters(want)
	if got == want {
		return
	}
	g, w := []rune(got), []rune(want)
	i := 0
	for i < len(g) && i < len(w) && g[i] == w[i] {
		i++
	}
	near := func(r []rune) string { return string(r[max(0, i-20):min(len(r), i+40)]) }
	t.Errorf("text differs at character %d:\n got …%s…\nwant …%s…", i, near(g), near(w))
}

func TestTextLaw(t *testing.T) {
	in := everything()
	sameText(t, readText(t, build(t, in)), in.modelText())
}
