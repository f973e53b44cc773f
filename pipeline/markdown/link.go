package markdown

import (
	"bytes"
	"html"
	"strings"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
)

// bracket is an open [, ![ or ^[.
type bracket struct {
	at, inside int // of the bracket and of what follows it
	part       int // parts before it
	kind       byte
	inert      bool // inside a link already made
	nested     bool // holds a bracket: no reference label
}

// open pushes a bracket, or reads what begins with one and is no link.
func (in *inlines) open(i, n int) int {
	if n == 1 {
		if k := in.noteCall(i); k > 0 {
			return k
		}
		if k := in.wiki(i); k > 0 {
			return k
		}
	}
	if len(in.marks) > 0 {
		in.marks[len(in.marks)-1].nested = true
	}
	if len(in.marks) >= maxInline {
		return n
	}
	in.flush(i)
	in.marks = append(in.marks, bracket{at: i, inside: i + n, part: len(in.parts), kind: in.s[i]})
	return in.say(i, i+n, string(in.s[i:i+n]))
}

// take builds what stands inside a bracket and takes it, with the bracket, off
// the parts.
func (in *inlines) take(m bracket) []book.Inline {
	kids := in.build(in.parts[m.part+1:])
	in.parts, in.from = in.parts[:m.part], m.at
	return kids
}

// close ends the innermost bracket: a link, an image, a note, a citation, a
// span with attributes, or only brackets.
func (in *inlines) close(i int) int {
	if len(in.marks) == 0 {
		return 0
	}
	m := in.marks[len(in.marks)-1]
	in.marks = in.marks[:len(in.marks)-1]
	if m.inert {
		return 0
	}
	in.flush(i)
	if m.kind == '^' {
		return in.inlineNote(m, i)
	}
	if l, end := in.target(m, i); l != nil {
		return in.link(m, l, i, end)
	}
	if m.kind == '[' {
		if n := in.cite(m, i); n > 0 {
			return n
		}
		if n := in.styled(m, i); n > 0 {
			return n
		}
	}
	return 0
}

// target is where a link leads.
type target struct {
	dest, title      string
	destFrom, destTo int // in s, or in the definition if ref is set
	ref              *reference
}

// target reads (dest "title"), [ref], [] or nothing after the bracket at i.
func (in *inlines) target(m bracket, i int) (*target, int) {
	if i+1 < len(in.s) && in.s[i+1] == '(' {
		if t, end := in.inlineTarget(i + 2); t != nil {
			return t, end
		}
	}
	inner := in.s[m.inside:i]
	if i+1 < len(in.s) && in.s[i+1] == '[' {
		if j := labelEnd(in.s, i+2); j > 0 {
			label := in.s[i+2 : j]
			if len(bytes.TrimSpace(label)) == 0 {
				if m.nested {
					return nil, 0
				}
				label = inner
			}
			if r := in.reference(label); r != nil {
				return &target{dest: r.dest, title: r.title, ref: r}, j + 1
			}
			in.undefined(m, i, j, label)
			return nil, 0
		}
	}
	if m.nested || len(inner) > 999 {
		return nil, 0
	}
	if r := in.reference(inner); r != nil {
		return &target{dest: r.dest, title: r.title, ref: r}, i + 1
	}
	return nil, 0
}

// undefined reports [text][ref] without a definition. x[i][j] is an index.
func (in *inlines) undefined(m bracket, i, j int, label []byte) {
	if m.at > 0 && (alnum(in.s[m.at-1]) || in.s[m.at-1] == ']' || in.s[m.at-1] == ')') || i == m.inside || label[0] == '^' || label[0] == '@' {
		return
	}
	in.note("link-reference-undefined", m.at, j+1,
		diag.T("no definition for the link reference “%s”", "链接引用“%s”没有定义", in.str(label)),
		diag.T("add a line such as [%s]: https://…", "补一行定义，如 [%s]: https://…", in.str(label)))
}

// labelEnd finds the bracket that ends a reference label begun at i; 0: none.
func labelEnd(s []byte, i int) int {
	for j := i; j < len(s) && j-i <= 999; j++ {
		switch s[j] {
		case '\\':
			j++
		case '[':
			return 0
		case ']':
			return j
		}
	}
	return 0
}

// inlineTarget reads dest "title") from i.
func (in *inlines) inlineTarget(i int) (*target, int) {
	s := in.s
	i = skipSpace(s, i)
	t := &target{destFrom: i}
	if i < len(s) && s[i] == ')' {
		t.destTo = i
		return t, i + 1
	}
	switch {
	case bytes.HasPrefix(s[i:], []byte("{{<")) || bytes.HasPrefix(s[i:], []byte("{{%")):
		j := bytes.Index(s[i:], []byte("}}"))
		if j < 0 {
			return nil, 0
		}
		t.destTo = i + j + 2
		t.dest = hugoRef(in.str(s[i:t.destTo]))
		i = t.destTo
	case i < len(s) && s[i] == '<':
		j := i + 1
		for ; j < len(s) && s[j] != '>'; j++ {
			if s[j] == '\n' || s[j] == '<' {
				return nil, 0
			}
			if s[j] == '\\' {
				j++
			}
		}
		if j >= len(s) {
			return nil, 0
		}
		t.destFrom, t.destTo = i+1, j
		t.dest = unescape(in.str(s[i+1 : j]))
		i = j + 1
	default:
		j := bareDest(s, i)
		if j < 0 {
			return nil, 0
		}
		t.destTo, i = j, j
		t.dest = unescape(in.str(s[t.destFrom:j]))
	}
	return in.titleEnd(t, i)
}

// bareDest returns where a destination without angles ends; -1 if it is none.
// Spaces end it, except before what can be no title: [图](a b.png), which
// authors write and CommonMark does not read.
func bareDest(s []byte, i int) int {
	depth := 0
	for j := i; j < len(s); j++ {
		switch c := s[j]; {
		case c == '\\' && j+1 < len(s) && asciiMark(s[j+1]):
			j++
		case c == '(':
			if depth++; depth > 32 {
				return -1
			}
		case c == ')':
			if depth == 0 {
				return j
			}
			depth--
		case c == '\n' || c < ' ' && c != '\t' || c == 0x7f:
			if depth > 0 {
				return -1
			}
			return j
		case c == ' ' || c == '\t':
			k := skipSpace(s, j)
			if k >= len(s) || s[k] == ')' || s[k] == '"' || s[k] == '\'' || s[k] == '(' || s[k] == '=' || s[k] == '\n' {
				if depth > 0 {
					return -1
				}
				return j
			}
			if !fileLike(s[i:], j-i) {
				return -1
			}
		}
	}
	return -1
}

// fileLike reports whether what follows a space at n still belongs to a path:
// the text up to the closing parenthesis ends like a file name.
func fileLike(s []byte, n int) bool {
	end := n
	for end < len(s) && end < n+200 && s[end] != ')' && s[end] != '\n' && s[end] != '"' {
		end++
	}
	if end >= len(s) || s[end] == '\n' {
		return false
	}
	p := strings.ToLower(strings.TrimRight(string(s[:end]), " "))
	for _, ext := range []string{".md", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".html", ".pdf"} {
		if strings.HasSuffix(p, ext) {
			return true
		}
	}
	return false
}

// titleEnd reads an optional title, an optional size (=300x200) and the closing
// parenthesis.
func (in *inlines) titleEnd(t *target, i int) (*target, int) {
	s := in.s
	j := skipSpace(s, i)
	if j < len(s) && j > i && (s[j] == '"' || s[j] == '\'' || s[j] == '(') {
		q := s[j]
		if q == '(' {
			q = ')'
		}
		k := j + 1
		for ; k < len(s) && s[k] != q; k++ {
			if s[k] == '\\' {
				k++
			}
		}
		if k >= len(s) {
			return nil, 0
		}
		t.title = unescape(in.str(s[j+1 : k]))
		j = skipSpace(s, k+1)
	}
	if j < len(s) && s[j] == '=' {
		for j < len(s) && (digit(s[j]) || s[j] == '=' || s[j] == 'x' || s[j] == '%') {
			j++
		}
		j = skipSpace(s, j)
	}
	if j < len(s) && s[j] == ')' {
		return t, j + 1
	}
	return nil, 0
}

func skipSpace(s []byte, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\t' || s[i] == '\n') {
		i++
	}
	return i
}

// unescape resolves backslash escapes and entities.
func unescape(s string) string {
	if strings.IndexByte(s, '\\') >= 0 {
		var b strings.Builder
		for i := 0; i < len(s); i++ {
			if s[i] == '\\' && i+1 < len(s) && asciiMark(s[i+1]) {
				i++
			}
			b.WriteByte(s[i])
		}
		s = b.String()
	}
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
	}
	return s
}

// link makes the link or image of what stands since m.
func (in *inlines) link(m bracket, t *target, i, end int) int {
	kids := in.take(m)
	var a *attrs
	if end < len(in.s) && in.s[end] == '{' {
		if at, n := readAttrs(in.s[end:]); n > 0 {
			a, end = at, end+n
		}
	}
	destSpan := in.span(t.destFrom, t.destTo)
	if t.ref != nil {
		destSpan = t.ref.span
	}
	if m.kind == '!' {
		im := &book.Image{Leaf: in.leaf(m.at, end), Src: t.dest, SrcSpan: destSpan, Alt: book.PlainText(kids), Title: t.title}
		if a != nil {
			im.Label, im.Width, im.Height = a.id, a.get("width"), a.get("height")
		}
		in.picture(im)
		in.node(m.at, end, im)
		return end - i
	}
	for k := range in.marks {
		if in.marks[k].kind == '[' {
			in.marks[k].inert = true
		}
	}
	if len(kids) == 1 && a == nil && t.dest == "" && t.ref == nil {
		if tx, ok := kids[0].(*book.Text); ok { // [x]() leads nowhere
			in.node(m.at, end, tx)
			return end - i
		}
	}
	l := &book.Link{Leaf: in.leaf(m.at, end), Dest: t.dest, DestSpan: destSpan, Title: t.title, Kids: kids}
	in.links = append(in.links, l)
	var n book.Inline = l
	if a != nil && (a.id != "" || a.classes != nil) {
		n = in.classed(a, l.Leaf, []book.Inline{l})
	}
	in.node(m.at, end, n)
	return end - i
}

// inlineNote makes ^[text] a note of its own.
func (in *inlines) inlineNote(m bracket, i int) int {
	kids := in.take(m)
	leaf := in.leaf(m.at, i+1)
	n := &book.Note{Span: leaf.Span, Blocks: []book.Block{
		&book.Paragraph{Node: book.Node{Span: in.span(m.inside, i)}, Inlines: kids}}}
	in.extraNotes = append(in.extraNotes, n)
	in.node(m.at, i+1, &book.NoteRef{Leaf: leaf, Note: n})
	return 1
}

// noteCall reads [^label].
func (in *inlines) noteCall(i int) int {
	s := in.s
	if i+2 >= len(s) || s[i+1] != '^' {
		return 0
	}
	j := i + 2
	for j < len(s) && s[j] != ']' && s[j] != '[' && s[j] != '\n' && s[j] != ' ' && j-i < 200 {
		j++
	}
	if j >= len(s) || s[j] != ']' || j == i+2 || j+1 < len(s) && s[j+1] == '(' {
		return 0
	}
	label := in.str(s[i+2 : j])
	n := in.notes[label]
	if n == nil {
		in.note("footnote-undefined", i, j+1,
			diag.T("no footnote [^%s] in this file", "本文件里没有脚注 [^%s]", label),
			diag.T("add its text on a line of its own: [^%s]: …", "另起一行写出脚注正文：[^%s]: …", label))
		return in.say(i, j+1, in.str(s[i:j+1]))
	}
	in.called[n] = true
	return in.node(i, j+1, &book.NoteRef{Leaf: in.leaf(i, j+1), Label: label, Note: n})
}

// styled reads [text]{.class}.
func (in *inlines) styled(m bracket, i int) int {
	if i+1 >= len(in.s) || in.s[i+1] != '{' {
		return 0
	}
	a, n := readAttrs(in.s[i+1:])
	if n == 0 {
		return 0
	}
	kids := in.take(m)
	end := i + 1 + n
	in.node(m.at, end, in.classed(a, in.leaf(m.at, end), kids))
	return end - i
}

// classed is what attributes make of inlines.
func (in *inlines) classed(a *attrs, l book.Leaf, kids []book.Inline) book.Inline {
	var n book.Inline
	switch {
	case a.has("index"):
		term := a.get("term")
		if term == "" {
			term = book.PlainText(kids)
		}
		n = &book.IndexTerm{Leaf: l, Kids: kids, Term: term, Reading: a.get("reading"), See: a.get("see"), SeeAlso: a.get("see-also") + a.get("seealso")}
	case a.has("dot"), a.has("emphasis-dots"), a.has("着重"):
		n = &book.Dotted{Leaf: l, Kids: kids}
	case a.has("underline"), a.has("ul"):
		n = &book.Underline{Leaf: l, Kids: kids}
	case a.has("proper"), a.has("proper-name"), a.has("专名"):
		n = &book.ProperName{Leaf: l, Kids: kids}
	case a.has("book"), a.has("book-name"), a.has("书名"):
		n = &book.BookName{Leaf: l, Kids: kids}
	case a.has("mark"):
		n = &book.Mark{Leaf: l, Kids: kids}
	case a.has("small"):
		n = &book.Small{Leaf: l, Kids: kids}
	case a.has("kbd"):
		n = &book.Kbd{Leaf: l, Kids: kids}
	default:
		n = &book.Styled{Leaf: l, Classes: a.classes, Lang: a.get("lang"), Kids: kids}
	}
	if a.id == "" {
		return n
	}
	in.mark(a.id)
	anchor := &book.Anchor{Leaf: book.Leaf{Span: l.Span}, ID: a.id}
	return &book.Styled{Leaf: l, Kids: []book.Inline{anchor, n}}
}
