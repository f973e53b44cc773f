package outline

import "banxin/pipeline/book"

// startsInText reports whether a heading begins with plain characters (in bold
// or emphasis or not) rather than with code, a picture or a formula.
func startsInText(ns []book.Inline) bool {
	if len(ns) == 0 {
		return false
	}
	switch n := ns[0].(type) {
	case *book.Text:
		return true
	case *book.Anchor:
		return startsInText(ns[1:])
	default:
		return startsInText(book.Kids(n))
	}
}

// trimStart returns inlines without the first n bytes of their readable text,
// which stand in Text nodes; nodes left empty are dropped, those cut are new.
func trimStart(ns []book.Inline, n int) []book.Inline {
	out, _ := cut(ns, n)
	return out
}

func cut(ns []book.Inline, n int) ([]book.Inline, int) {
	for i, x := range ns {
		if n <= 0 {
			return ns[i:], 0
		}
		switch x := x.(type) {
		case *book.Anchor, *book.NoteRef:
			rest, left := cut(ns[i+1:], n)
			return append([]book.Inline{x}, rest...), left
		case *book.Text:
			if len(x.Value) <= n {
				n -= len(x.Value)
				continue
			}
			t := *x
			if len(x.Value) == x.Span.End-x.Span.Start {
				t.Span = x.Span.Sub(n, len(x.Value))
			}
			t.Value = x.Value[n:]
			return append([]book.Inline{&t}, ns[i+1:]...), 0
		default:
			kids := book.Kids(x)
			length := len(book.PlainText([]book.Inline{x}))
			if length <= n {
				n -= length
				continue
			}
			rest, _ := cut(kids, n)
			return append([]book.Inline{with(x, rest)}, ns[i+1:]...), 0
		}
	}
	return nil, n
}

// with returns a copy of n that holds kids; n itself if it cannot hold any.
func with(n book.Inline, kids []book.Inline) book.Inline {
	switch n := n.(type) {
	case *book.Emph:
		c := *n
		c.Kids = kids
		return &c
	case *book.Strong:
		c := *n
		c.Kids = kids
		return &c
	case *book.Dotted:
		c := *n
		c.Kids = kids
		return &c
	case *book.Underline:
		c := *n
		c.Kids = kids
		return &c
	case *book.Mark:
		c := *n
		c.Kids = kids
		return &c
	case *book.Small:
		c := *n
		c.Kids = kids
		return &c
	case *book.Link:
		c := *n
		c.Kids = kids
		return &c
	case *book.Styled:
		c := *n
		c.Kids = kids
		return &c
	case *book.IndexTerm:
		c := *n
		c.Kids = kids
		return &c
	}
	return n
}
