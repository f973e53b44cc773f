package markdown

import (
	"strings"

	"banxin/pipeline/book"
)

// captionKind is what a caption line names by its first word: "table",
// "listing", "figure"; "" if s begins with none. n is the length of the word
// and its colon.
func captionKind(s string) (kind string, n int) {
	for _, w := range []struct{ word, kind string }{
		{"Table:", "table"}, {"table:", "table"}, {"Table：", "table"}, {"表：", "table"}, {"表:", "table"}, {"표:", "table"}, {"表格：", "table"}, {"表格:", "table"},
		{"Listing:", "listing"}, {"listing:", "listing"}, {"代码：", "listing"}, {"代码:", "listing"}, {"代码清单：", "listing"}, {"代码清单:", "listing"}, {"程式碼：", "listing"}, {"リスト：", "listing"},
		{"Figure:", "figure"}, {"图：", "figure"}, {"图:", "figure"}, {"圖：", "figure"}, {"図：", "figure"}, {"그림:", "figure"},
		{": ", "table"},
	} {
		if strings.HasPrefix(s, w.word) {
			return w.kind, len(w.word)
		}
	}
	return "", 0
}

// captions gives caption lines ("Table: …", "表：… {#tbl:x}") to the table,
// listing or figure they stand beside. One after its block is preferred where
// both sides would fit.
func (d *document) captions(bs []book.Block) []book.Block {
	taken := false
	for i, b := range bs {
		p, ok := b.(*book.Paragraph)
		if !ok || len(p.Inlines) == 0 {
			continue
		}
		t, ok := p.Inlines[0].(*book.Text)
		if !ok {
			continue
		}
		kind, n := captionKind(t.Value)
		if kind == "" {
			continue
		}
		target := -1
		switch {
		case i > 0 && bs[i-1] != nil && bare(bs[i-1], kind):
			target = i - 1
		case i+1 < len(bs) && bare(bs[i+1], kind):
			target = i + 1
		default:
			continue
		}
		c := *t
		c.Value = strings.TrimLeft(t.Value[n:], " ")
		ns := append([]book.Inline{&c}, p.Inlines[1:]...)
		ns, a := tailAttrs(ns)
		setCaption(bs[target], trimSpace(ns))
		if a != nil {
			d.dress(bs[target], a)
		}
		nd := nodeOf(bs[target])
		nd.Span = nd.Span.Join(p.Span)
		bs[i] = nil
		taken = true
	}
	if !taken {
		return bs
	}
	out := bs[:0]
	for _, b := range bs {
		if b != nil {
			out = append(out, b)
		}
	}
	return out
}

// bare reports whether b is of the kind and has no caption yet.
func bare(b book.Block, kind string) bool {
	switch b := b.(type) {
	case *book.Table:
		return kind == "table" && b.Caption == nil
	case *book.Code:
		return kind == "listing" && b.Caption == nil
	case *book.Diagram:
		return kind == "figure" && b.Caption == nil
	case *book.Figure:
		return kind == "figure" && b.Caption == nil
	}
	return false
}

// tailAttrs takes {#tbl:x} off the end of a caption.
func tailAttrs(ns []book.Inline) ([]book.Inline, *attrs) {
	if len(ns) == 0 {
		return ns, nil
	}
	t, ok := ns[len(ns)-1].(*book.Text)
	if !ok {
		return ns, nil
	}
	v := strings.TrimRight(t.Value, " ")
	k := strings.LastIndexByte(v, '{')
	if k < 0 {
		return ns, nil
	}
	a, n := readAttrs([]byte(v[k:]))
	if n == 0 || n != len(v)-k {
		return ns, nil
	}
	c := *t
	c.Value = strings.TrimRight(v[:k], " ")
	return append(append([]book.Inline{}, ns[:len(ns)-1]...), &c), a
}
