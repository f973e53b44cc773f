package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

func (d *document) list(n *ast.List) book.Block {
	l := &book.List{Node: d.node(d.whole(n)), Ordered: n.IsOrdered(), Start: n.Start, Marker: string(n.Marker), Tight: n.IsTight}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		l.Items = append(l.Items, d.item(c))
	}
	return l
}

func (d *document) item(n ast.Node) *book.Item {
	it := &book.Item{Span: d.whole(n)}
	if first := n.FirstChild(); first != nil && first.Type() == ast.TypeBlock && first.Lines() != nil && first.Lines().Len() > 0 {
		switch first.(type) {
		case *ast.Paragraph, *ast.TextBlock:
			it.Task, it.Done = d.task(first)
		}
	}
	it.Blocks = d.settle(d.children(n, false))
	return it
}

// task reads [ ] or [x] at an item's start and takes it off.
func (d *document) task(n ast.Node) (task, done bool) {
	l := n.Lines().At(0)
	s := d.text.text[l.Start:l.Stop]
	if len(s) < 4 || s[0] != '[' || s[2] != ']' || s[3] != ' ' && s[3] != '\t' || s[1] != ' ' && s[1] != 'x' && s[1] != 'X' {
		return false, false
	}
	done = s[1] != ' '
	l.Start += 3
	n.Lines().Set(0, l.TrimLeftSpace(d.text.text))
	return true, done
}

func (d *document) definitions(n *east.DefinitionList) book.Block {
	l := &book.DefinitionList{Node: d.node(d.whole(n))}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *east.DefinitionTerm:
			s, at := d.gather(c.Lines())
			k := len(l.Entries) - 1
			if k < 0 || len(l.Entries[k].Details) > 0 {
				l.Entries = append(l.Entries, book.Definition{})
				k++
			}
			l.Entries[k].Terms = append(l.Entries[k].Terms, d.inline(s, at))
		case *east.DefinitionDescription:
			if len(l.Entries) == 0 {
				l.Entries = append(l.Entries, book.Definition{})
			}
			e := &l.Entries[len(l.Entries)-1]
			e.Details = append(e.Details, d.settle(d.children(c, false)))
		}
	}
	return l
}

// abbreviations reads a paragraph of nothing but *[HTML]: HyperText … lines as
// a list of terms.
func (d *document) abbreviations(s []byte, at []lineAt, span source.Span) book.Block {
	if !bytes.HasPrefix(s, []byte("*[")) {
		return nil
	}
	var entries []book.Definition
	for from := 0; from < len(s); {
		to := len(s)
		if k := bytes.IndexByte(s[from:], '\n'); k >= 0 {
			to = from + k
		}
		line := s[from:to]
		k := bytes.Index(line, []byte("]:"))
		if k < 3 || !bytes.HasPrefix(line, []byte("*[")) || bytes.IndexByte(line[2:k], '[') >= 0 {
			return nil
		}
		term := d.inline(line[2:k], shift(at, from+2))
		rest := bytes.TrimSpace(line[k+2:])
		off := to - len(bytes.TrimLeft(line[k+2:], " \t"))
		body := &book.Paragraph{Node: book.Node{Span: span}, Inlines: d.inline(rest, shift(at, off))}
		entries = append(entries, book.Definition{Terms: [][]book.Inline{term}, Details: [][]book.Block{{body}}})
		from = to + 1
	}
	n := d.node(span)
	n.Classes = []string{"abbreviations"}
	return &book.DefinitionList{Node: n, Entries: entries}
}

func (d *document) table(n *east.Table) book.Block {
	t := &book.Table{Node: d.node(d.whole(n))}
	for _, a := range n.Alignments {
		t.Align = append(t.Align, align(a))
	}
	d.inTable = true
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		_, head := c.(*east.TableHeader)
		var r book.Row
		blank := true
		d.excess(c)
		for k := c.FirstChild(); k != nil; k = k.NextSibling() {
			cell := d.cell(k, head)
			blank = blank && len(cell.Blocks) == 0
			r.Cells = append(r.Cells, cell)
		}
		switch {
		case head && blank:
		case head:
			t.Head = append(t.Head, r)
		default:
			t.Rows = append(t.Rows, r)
		}
	}
	d.inTable = false
	return t
}

func align(a east.Alignment) book.Align {
	switch a {
	case east.AlignLeft:
		return book.AlignLeft
	case east.AlignCenter:
		return book.AlignCenter
	case east.AlignRight:
		return book.AlignRight
	}
	return book.AlignNone
}

// excess gives the cells a row has beyond the table's columns, which GFM
// drops, to its last cell.
func (d *document) excess(row ast.Node) {
	last := row.LastChild()
	if last == nil || last.Lines().Len() != 1 {
		return
	}
	t, l := d.text.text, last.Lines().At(0)
	end := d.lineEnd(l.Stop)
	rest := bytes.TrimRight(t[l.Stop:end], " \t")
	if n := len(rest); n > 0 && rest[n-1] == '|' {
		rest = rest[:n-1]
	}
	rest = bytes.TrimRight(rest, " \t")
	if len(rest) == 0 {
		return
	}
	d.diags.Add("table-cells-excess", d.text.span(l.Stop, l.Stop+len(rest)),
		diag.T("the row has more cells than the table has columns", "这一行的单元格比表的列数多"),
		diag.T("add columns to the head, or escape the | as \\|", "给表头加列，或把 | 写成 \\|"))
	l.Stop += len(rest)
	last.Lines().Set(0, l)
}

func (d *document) cell(n ast.Node, head bool) book.Cell {
	s, at := d.gather(n.Lines())
	c := book.Cell{Header: head, ColSpan: 1, RowSpan: 1}
	if len(at) > 0 {
		c.Span = d.text.span(at[0].prep, at[0].prep+len(s))
	}
	if ns := d.inline(s, at); len(ns) > 0 {
		c.Blocks = []book.Block{&book.Paragraph{Node: book.Node{Span: c.Span}, Inlines: ns}}
	}
	return c
}
