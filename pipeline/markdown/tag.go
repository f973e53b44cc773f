package markdown

import (
	"bytes"
	"html"
	"strings"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
)

// tag is an HTML tag as written.
type tag struct {
	name        string // lower case
	attrs       [][2]string
	end, closed bool // </x>, <x/>
}

func (t *tag) get(key string) string {
	for _, kv := range t.attrs {
		if kv[0] == key {
			return kv[1]
		}
	}
	return ""
}

func (t *tag) classes() []string { return words(t.get("class")) }

// readTag reads a tag at the start of s by CommonMark's grammar; 0: none.
func readTag(s []byte) (*tag, int) {
	i, t := 1, &tag{}
	if i < len(s) && s[i] == '/' {
		t.end, i = true, 2
	}
	from := i
	for i < len(s) && (alnum(s[i]) || s[i] == '-') {
		i++
	}
	if i == from || !letter(s[from]) {
		return nil, 0
	}
	t.name = strings.ToLower(string(s[from:i]))
	for {
		j := skipSpace(s, i)
		if j >= len(s) {
			return nil, 0
		}
		switch {
		case s[j] == '>':
			return t, j + 1
		case s[j] == '/' && j+1 < len(s) && s[j+1] == '>':
			t.closed = true
			return t, j + 2
		case j == i || t.end:
			return nil, 0
		}
		k := t.attr(s, j)
		if k == 0 {
			return nil, 0
		}
		i = k
	}
}

// attr reads one attribute at i and returns where it ends; 0: none.
func (t *tag) attr(s []byte, i int) int {
	from := i
	for i < len(s) && (alnum(s[i]) || s[i] == '_' || s[i] == ':' || s[i] == '.' || s[i] == '-' || s[i] == '@') {
		i++
	}
	if i == from {
		return 0
	}
	key := strings.ToLower(string(s[from:i]))
	j := skipSpace(s, i)
	if j >= len(s) || s[j] != '=' {
		t.attrs = append(t.attrs, [2]string{key, ""})
		return i
	}
	j = skipSpace(s, j+1)
	if j >= len(s) {
		return 0
	}
	from = j
	if q := s[j]; q == '"' || q == '\'' {
		k := bytes.IndexByte(s[j+1:], q)
		if k < 0 {
			return 0
		}
		t.attrs = append(t.attrs, [2]string{key, html.UnescapeString(string(s[j+1 : j+1+k]))})
		return j + k + 2
	}
	for j < len(s) && s[j] > ' ' && strings.IndexByte("\"'=<>`", s[j]) < 0 {
		j++
	}
	if j == from {
		return 0
	}
	t.attrs = append(t.attrs, [2]string{key, html.UnescapeString(string(s[from:j]))})
	return j
}

// inlineTags are the tags a book's running text uses.
func inlineTag(name string) bool {
	switch name {
	case "b", "strong", "i", "em", "cite", "dfn", "var", "u", "ins", "s", "del", "strike", "sub", "sup",
		"small", "big", "mark", "kbd", "code", "tt", "samp", "q", "span", "font", "a", "ruby", "rb", "rt",
		"rp", "rtc", "abbr", "acronym", "bdo", "bdi", "time", "data", "label", "nobr", "center", "p", "div":
		return true
	}
	return false
}

// angle reads <https://…>, a comment, a tag.
func (in *inlines) angle(i int) int {
	s := in.s
	if i+1 >= len(s) {
		return 0
	}
	switch {
	case s[i+1] == '!':
		return in.comment(i)
	case s[i+1] == '?':
		if j := bytes.Index(s[i:], []byte("?>")); j > 0 && j < 2000 {
			return in.say(i, i+j+2, "")
		}
		return 0
	}
	if in.markup {
		if n := in.autoLink(i); n > 0 {
			return n
		}
	}
	t, n := readTag(s[i:])
	if n == 0 {
		return 0
	}
	return in.tagPart(i, i+n, t)
}

func (in *inlines) comment(i int) int {
	s := in.s
	if in.none.comment || !bytes.HasPrefix(s[i:], []byte("<!--")) {
		return 0
	}
	j := bytes.Index(s[i+2:], []byte("-->"))
	if j < 0 {
		in.none.comment = true
		in.openEnded("<!--", in.span(i, i+4))
		return 0
	}
	end := i + 2 + j + 3
	in.hint(s[i:end], in.span(i, end))
	return in.say(i, end, "")
}

// autoLink reads <scheme:…> and <name@host>.
func (in *inlines) autoLink(i int) int {
	s := in.s
	j := i + 1
	for j < len(s) && s[j] > ' ' && s[j] != '<' && s[j] != '>' {
		j++
	}
	if j >= len(s) || s[j] != '>' {
		return 0
	}
	inner := s[i+1 : j]
	dest := in.str(inner)
	switch c := bytes.IndexByte(inner, ':'); {
	case c >= 2 && c <= 32 && scheme(inner[:c]):
	case mail(inner):
		dest = "mailto:" + dest
	default:
		return 0
	}
	return in.auto(i, j+1, i+1, j, dest)
}

func (in *inlines) auto(a, b, from, to int, dest string) int {
	t := &book.Text{Leaf: in.leaf(from, to), Value: in.str(in.s[from:to])}
	return in.node(a, b, &book.Link{Leaf: in.leaf(a, b), Dest: dest, DestSpan: in.span(from, to), Auto: true, Kids: []book.Inline{t}})
}

func scheme(s []byte) bool {
	for i, c := range s {
		if !letter(c) && (i == 0 || !digit(c) && c != '+' && c != '-' && c != '.') {
			return false
		}
	}
	return true
}

func mail(s []byte) bool {
	at := bytes.IndexByte(s, '@')
	if at <= 0 || at == len(s)-1 || bytes.IndexByte(s[at:], '.') < 0 {
		return false
	}
	for i, c := range s {
		if i != at && !alnum(c) && bytes.IndexByte([]byte(".!#$%&'*+/=?^_`{|}~-"), c) < 0 {
			return false
		}
	}
	return true
}

// bareURL reads http://…, https://… and www.… by GFM's rule, ended by the
// first character beyond ASCII as well: 见https://example.com。
func (in *inlines) bareURL(i int) int {
	s := in.s
	if i > 0 && (alnum(s[i-1]) || s[i-1] == '/' || s[i-1] == '-' || s[i-1] == '_' || s[i-1] == '@') {
		return 0
	}
	rest := s[i:min(len(s), i+8)]
	pre, n := "", 0
	switch {
	case fold(rest, "https://"):
		n = 8
	case fold(rest, "http://"):
		n = 7
	case fold(rest, "www."):
		n, pre = 4, "http://"
	default:
		return 0
	}
	j := i + n
	for j < len(s) && s[j] > ' ' && s[j] < 0x7f && strings.IndexByte("<>\"`|\\^{}", s[j]) < 0 {
		j++
	}
	if k := bytes.IndexByte(s[i:j], ']'); k >= 0 && in.bracketed() {
		j = i + k
	}
	if j+1 < len(s) && s[j] == ']' && (s[j+1] == '(' || s[j+1] == '[') && in.bracketed() {
		return 0 // the text of a link
	}
	j = trimURL(s, i, j)
	if j <= i+n {
		return 0
	}
	return in.auto(i, j, i, j, pre+in.str(s[i:j]))
}

// bracketed reports whether a bracket is open that may become a link.
func (in *inlines) bracketed() bool {
	return len(in.marks) > 0 && !in.marks[len(in.marks)-1].inert
}

func fold(s []byte, want string) bool {
	return len(s) >= len(want) && strings.EqualFold(string(s[:len(want)]), want)
}

// trimURL takes off what ends a sentence, and parentheses without partners.
func trimURL(s []byte, i, j int) int {
	opens, closes := bytes.Count(s[i:j], []byte("(")), bytes.Count(s[i:j], []byte(")"))
	for j > i {
		switch s[j-1] {
		case '?', '!', '.', ',', ':', '*', '_', '~', '\'', ';', '[', ']', '$', '=':
			j--
		case '(':
			j--
			opens--
		case ')':
			if closes <= opens {
				return j
			}
			j--
			closes--
		default:
			return j
		}
	}
	return j
}

// tagPart makes a part of a tag.
func (in *inlines) tagPart(a, b int, t *tag) int {
	switch t.name {
	case "br":
		return in.node(a, b, &book.Break{Leaf: in.leaf(a, b)})
	case "wbr", "hr", "col":
		return in.say(a, b, "")
	case "img":
		return in.node(a, b, in.imageTag(t, a, b))
	case "script", "style":
		end := b
		if j := bytes.Index(bytes.ToLower(in.s[b:]), []byte("</"+t.name)); j >= 0 && !t.end {
			end += j
		}
		in.dropped(t.name, a, end)
		return in.say(a, end, "")
	}
	if !inlineTag(t.name) {
		in.note("construct-unknown", a, b,
			diag.T("<%s> is no tag this program sets; it is printed as typed", "不排 <%s> 标签，按原文排出", t.name),
			diag.T("write `%s` if it is code", "如果是代码，写成 `%s`", in.str(in.s[a:b])))
		return in.say(a, b, strings.ReplaceAll(in.str(in.s[a:b]), "\n", " "))
	}
	switch {
	case t.end:
		return in.put(a, b, part{kind: partClose, tag: t})
	case t.closed:
		if id := t.get("id") + t.get("name"); id != "" {
			in.mark(id)
			return in.node(a, b, &book.Anchor{Leaf: in.leaf(a, b), ID: id})
		}
		return in.say(a, b, "")
	}
	return in.put(a, b, part{kind: partOpen, tag: t})
}

func (in *inlines) dropped(name string, a, b int) {
	in.note("construct-dropped", a, b,
		diag.T("<%s> is not executed and not printed", "<%s> 既不执行也不排印", name))
}

func (in *inlines) imageTag(t *tag, a, b int) *book.Image {
	im := &book.Image{Leaf: in.leaf(a, b), Src: t.get("src"), SrcSpan: in.span(a, b), Alt: t.get("alt"), Title: t.get("title"), Width: t.get("width"), Height: t.get("height"), Label: t.get("id")}
	if im.Width == "" {
		im.Width = cssValue(t.get("style"), "width")
	}
	if i := bytes.Index(in.s[a:b], []byte(im.Src)); im.Src != "" && i >= 0 {
		im.SrcSpan = in.span(a+i, a+i+len(im.Src))
	}
	in.picture(im)
	return im
}

// cssValue is a property's value in a style attribute.
func cssValue(style, prop string) string {
	for _, d := range strings.Split(style, ";") {
		k, v, _ := strings.Cut(d, ":")
		if strings.EqualFold(strings.TrimSpace(k), prop) {
			return strings.TrimSpace(v)
		}
	}
	return ""
}

// tagged is what a closed HTML element means.
func (in *inlines) tagged(f frame, to int) []book.Inline {
	l, t := in.leaf(f.from, to), f.tag
	var n book.Inline
	switch t.name {
	case "b", "strong":
		n = &book.Strong{Leaf: l, Kids: f.kids}
	case "i", "em", "cite", "dfn", "var":
		n = &book.Emph{Leaf: l, Kids: f.kids}
	case "u", "ins":
		n = &book.Underline{Leaf: l, Kids: f.kids}
	case "s", "del", "strike":
		n = &book.Strike{Leaf: l, Kids: f.kids}
	case "sub":
		n = &book.Sub{Leaf: l, Kids: f.kids}
	case "sup":
		n = &book.Sup{Leaf: l, Kids: f.kids}
	case "small":
		n = &book.Small{Leaf: l, Kids: f.kids}
	case "mark":
		n = &book.Mark{Leaf: l, Kids: f.kids}
	case "kbd":
		n = &book.Kbd{Leaf: l, Kids: f.kids}
	case "code", "tt", "samp":
		if len(f.kids) == 0 {
			return nil
		}
		if !textOnly(f.kids) {
			return f.kids
		}
		n = &book.Verbatim{Leaf: l, Text: book.PlainText(f.kids)}
	case "q":
		a := &book.Text{Leaf: book.Leaf{Span: l.Span}, Value: "“"}
		z := &book.Text{Leaf: book.Leaf{Span: l.Span}, Value: "”"}
		return append(append([]book.Inline{a}, f.kids...), z)
	case "a":
		return in.anchorTag(t, l, f.kids)
	case "ruby":
		return rubyTag(l, f.kids)
	case "rt", "rb", "rp", "rtc":
		n = &book.Styled{Leaf: l, Classes: []string{"html-" + t.name}, Kids: f.kids}
	default:
		return in.spanTag(t, l, f.kids)
	}
	return []book.Inline{n}
}

func textOnly(ns []book.Inline) bool {
	for _, n := range ns {
		switch n.(type) {
		case *book.Text, *book.Verbatim:
		default:
			return false
		}
	}
	return true
}

// anchorTag is <a href>, <a id> or both.
func (in *inlines) anchorTag(t *tag, l book.Leaf, kids []book.Inline) []book.Inline {
	var out []book.Inline
	id := t.get("id")
	if id == "" {
		id = t.get("name")
	}
	if id != "" {
		in.mark(id)
		out = append(out, &book.Anchor{Leaf: l, ID: id})
	}
	if href := t.get("href"); href != "" {
		link := &book.Link{Leaf: l, Dest: href, DestSpan: l.Span, Title: t.get("title"), Kids: kids}
		in.links = append(in.links, link)
		return append(out, link)
	}
	return append(out, kids...)
}

// spanTag keeps classes and language, and drops a tag that says nothing.
func (in *inlines) spanTag(t *tag, l book.Leaf, kids []book.Inline) []book.Inline {
	a := &attrs{id: t.get("id"), classes: t.classes()}
	if lang := t.get("lang"); lang != "" {
		a.keys = [][2]string{{"lang", lang}}
	}
	style := t.get("style")
	if strings.Contains(cssValue(style, "text-emphasis"), "dot") {
		a.classes = append(a.classes, "dot")
	}
	if strings.Contains(cssValue(style, "text-decoration"), "underline") {
		a.classes = append(a.classes, "underline")
	}
	if a.id == "" && a.classes == nil && a.keys == nil {
		return kids
	}
	return []book.Inline{in.classed(a, l, kids)}
}

// rubyTag pairs bases with readings in the order written.
func rubyTag(l book.Leaf, kids []book.Inline) []book.Inline {
	r := &book.Ruby{Leaf: l}
	base := ""
	for _, k := range kids {
		s, ok := k.(*book.Styled)
		cls := ""
		if ok && len(s.Classes) == 1 {
			cls = s.Classes[0]
		}
		text := strings.TrimSpace(book.PlainText([]book.Inline{k}))
		switch {
		case cls == "html-rp" || text == "":
		case cls == "html-rt" || cls == "html-rtc":
			r.Base, r.Reading = append(r.Base, base), append(r.Reading, text)
			base = ""
		default:
			base += text
		}
	}
	if base != "" {
		r.Base, r.Reading = append(r.Base, base), append(r.Reading, "")
	}
	if len(r.Base) == 0 {
		return nil
	}
	return []book.Inline{r}
}
