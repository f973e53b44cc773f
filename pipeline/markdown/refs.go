package markdown

import (
	"bytes"
	"path"
	"strings"
	"unicode/utf8"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
)

// labelKinds are the prefixes of labels that @ may refer to.
func labelKind(s string) bool {
	switch s {
	case "fig", "tbl", "tab", "eq", "sec", "lst", "ch", "app", "thm":
		return true
	}
	return false
}

func keyChar(c byte) bool { return alnum(c) || strings.IndexByte("_-:.+/", c) >= 0 }

// key returns the end of a citation key or label begun at i.
func key(s []byte, i int) int {
	j := i
	for j < len(s) && keyChar(s[j]) {
		j++
	}
	for j > i && strings.IndexByte("-:.+/", s[j-1]) >= 0 {
		j--
	}
	return j
}

// isLabel reports whether k is a label such as fig:x or fig-x.
func isLabel(k string) bool {
	i := strings.IndexAny(k, ":-")
	return i > 0 && i < len(k)-1 && labelKind(k[:i])
}

// at reads @fig:x, and @key where the bibliography has it.
func (in *inlines) at(i int) int {
	if i > 0 && (alnum(in.s[i-1]) || in.s[i-1] == '.' || in.s[i-1] == '/') {
		return 0
	}
	j := key(in.s, i+1)
	if j == i+1 {
		return 0
	}
	k := string(in.s[i+1 : j])
	switch {
	case in.parser.keys[k]:
		it := book.CiteItem{Key: k, Span: in.span(i, j)}
		return in.node(i, j, &book.Cite{Leaf: in.leaf(i, j), Items: []book.CiteItem{it}, InText: true})
	case isLabel(k):
		return in.node(i, j, &book.CrossRef{Leaf: in.leaf(i, j), Target: k})
	}
	return 0
}

// cite reads the group [见 @a; @b, 第3页] that ends at i.
func (in *inlines) cite(m bracket, i int) int {
	inner := in.s[m.inside:i]
	if len(inner) > 2000 || bytes.IndexByte(inner, '@') < 0 || i+1 < len(in.s) && in.s[i+1] == '{' {
		return 0
	}
	var items []book.CiteItem
	labels := 0
	for from := 0; from <= len(inner); {
		to := len(inner)
		if k := bytes.IndexByte(inner[from:], ';'); k >= 0 {
			to = from + k
		}
		it, ok := in.citeItem(m.inside+from, m.inside+to)
		if !ok {
			return 0
		}
		if isLabel(it.Key) && !in.parser.keys[it.Key] {
			labels++
		}
		items = append(items, it)
		from = to + 1
	}
	in.parts, in.from = in.parts[:m.part], m.at
	leaf := in.leaf(m.at, i+1)
	switch {
	case labels == len(items):
		in.crossRefs(m.at, i+1, items)
	default:
		in.node(m.at, i+1, &book.Cite{Leaf: leaf, Items: items})
	}
	return 1
}

// crossRefs prints [@fig:a; @fig:b] as a list of references.
func (in *inlines) crossRefs(a, b int, items []book.CiteItem) {
	for k, it := range items {
		from, to := a, b
		if k > 0 {
			from = in.from
			in.parts = append(in.parts, part{kind: partText, literal: true, value: "、", from: from, to: from})
		}
		ref := &book.CrossRef{Leaf: book.Leaf{Span: it.Span}, Target: it.Key, Bare: it.SuppressAuthor}
		if it.Prefix != "" {
			in.parts = append(in.parts, part{kind: partText, literal: true, value: it.Prefix, from: from, to: from})
		}
		in.parts = append(in.parts, part{kind: partNode, node: ref, from: from, to: to})
		if it.Suffix != "" {
			in.parts = append(in.parts, part{kind: partText, literal: true, value: it.Suffix, from: to, to: to})
		}
		in.from = b
	}
}

// citeItem reads "prefix -@key, suffix".
func (in *inlines) citeItem(a, b int) (book.CiteItem, bool) {
	s := in.s[a:b]
	p := bytes.IndexByte(s, '@')
	if p < 0 || p > 0 && alnum(s[p-1]) {
		return book.CiteItem{}, false
	}
	from, brace := p+1, 0
	if from < len(s) && s[from] == '{' {
		from, brace = from+1, 1
	}
	j := key(s, from)
	if j == from || brace == 1 && (j >= len(s) || s[j] != '}') {
		return book.CiteItem{}, false
	}
	it := book.CiteItem{Key: string(s[from:j]), Span: in.span(a+p, a+j+brace)}
	pre := s[:p]
	if n := len(pre); n > 0 && pre[n-1] == '-' && (n == 1 || pre[n-2] == ' ') {
		it.SuppressAuthor, pre = true, pre[:n-1]
	}
	it.Prefix = strings.TrimLeft(in.str(pre), " ")
	suf := in.str(s[j+brace:])
	if r, n := utf8.DecodeRuneInString(suf); suf != "" && r != ',' && r != '，' && r != ' ' && r != '、' && r != '[' && r != ':' && r != '：' && !wide(r) {
		return book.CiteItem{}, n < 0
	}
	it.Suffix = strings.TrimSpace(suf)
	return it, true
}

// brace reads {@sec:x}, {漢字|かんじ} and template calls.
func (in *inlines) brace(i int) int {
	s := in.s
	if i+1 >= len(s) {
		return 0
	}
	lim := min(len(s), i+400)
	if k := bytes.IndexByte(s[i:lim], '\n'); k >= 0 {
		lim = i + k
	}
	switch s[i+1] {
	case '@':
		j := bytes.IndexByte(s[i:lim], '}')
		if j < 3 || bytes.ContainsAny(s[i+2:i+j], " {") {
			return 0
		}
		k := in.str(s[i+2 : i+j])
		if in.parser.keys[k] {
			it := book.CiteItem{Key: k, Span: in.span(i, i+j+1)}
			return in.node(i, i+j+1, &book.Cite{Leaf: in.leaf(i, i+j+1), Items: []book.CiteItem{it}, InText: true})
		}
		return in.node(i, i+j+1, &book.CrossRef{Leaf: in.leaf(i, i+j+1), Target: k, Bare: true})
	case '{':
		return in.template(i)
	}
	return in.ruby(i, lim)
}

// ruby reads {base|reading} and {base|r|r|r}, one reading a character.
func (in *inlines) ruby(i, lim int) int {
	s := in.s[i:lim]
	j := bytes.IndexByte(s, '}')
	if j < 0 {
		return 0
	}
	inner := in.str(s[1:j])
	if in.inTable {
		inner = strings.ReplaceAll(inner, `\|`, "|")
	}
	base, rest, ok := strings.Cut(inner, "|")
	if !ok || base == "" || strings.TrimSpace(rest) == "" || strings.ContainsAny(inner, "{`$<") {
		return 0
	}
	if r, _ := utf8.DecodeRuneInString(base); !wide(r) {
		return 0
	}
	return in.node(i, i+j+1, rubyOf(in.leaf(i, i+j+1), base, strings.Split(rest, "|")))
}

// rubyOf pairs a base with its readings: one for all, or one a character.
func rubyOf(l book.Leaf, base string, readings []string) *book.Ruby {
	rs := []rune(base)
	if len(readings) == len(rs) && len(rs) > 1 {
		one := make([]string, len(rs))
		for k, r := range rs {
			one[k] = string(r)
		}
		return &book.Ruby{Leaf: l, Base: one, Reading: readings}
	}
	return &book.Ruby{Leaf: l, Base: []string{base}, Reading: []string{strings.Join(readings, "")}}
}

// template reads {{< ref >}} and its kind. What is not understood is kept as
// typed and named in a note.
func (in *inlines) template(i int) int {
	end := bytes.Index(in.s[i:min(len(in.s), i+2000)], []byte("}}"))
	if end < 0 {
		return 0
	}
	b := i + end + 2
	raw := in.str(in.s[i:b])
	name, args := shortcode(raw)
	switch name {
	case "ref", "relref":
		return in.say(i, b, args.get("0"))
	case "figure", "img":
		if src := args.get("src"); src != "" {
			return in.node(i, b, in.shortcodeImage(i, b, args))
		}
	case "br":
		return in.node(i, b, &book.Break{Leaf: in.leaf(i, b)})
	}
	switch name {
	case "":
		return 0
	case "#include", "#rustdoc_include", "#playground", "#playpen": // reported, or escaped
		return in.say(i, b, raw)
	}
	in.note("construct-unknown", i, b,
		diag.T("%s is no construct this program knows; it is printed as typed", "不认识 %s，按原文排出", raw))
	return in.say(i, b, raw)
}

func (in *inlines) shortcodeImage(i, b int, args *attrs) *book.Image {
	im := &book.Image{Leaf: in.leaf(i, b), Src: args.get("src"), SrcSpan: in.span(i, b), Alt: args.get("alt"), Title: args.get("caption"), Width: args.get("width"), Height: args.get("height"), Label: args.get("id")}
	if im.Title == "" {
		im.Title = args.get("title")
	}
	in.picture(im)
	return im
}

// shortcode splits {{< name arg key="v" >}}; positional arguments have the
// keys "0", "1" ….
func shortcode(raw string) (string, *attrs) {
	s := strings.TrimSuffix(strings.TrimPrefix(raw, "{{"), "}}")
	s = strings.Trim(s, "<>%- \t\n")
	name, rest, _ := strings.Cut(s, " ")
	if name == "" || !letter(name[0]) && name[0] != '/' && name[0] != '#' && !strings.HasPrefix(raw, "{{<") && !strings.HasPrefix(raw, "{{%") {
		return "", nil
	}
	a := &attrs{}
	for n := 0; rest != ""; {
		rest = strings.TrimLeft(rest, " \t\n")
		if k := readKey([]byte(rest), a); k > 0 {
			rest = rest[k:]
			continue
		}
		v := rest
		if len(rest) > 1 && (rest[0] == '"' || rest[0] == '`') {
			if j := strings.IndexByte(rest[1:], rest[0]); j >= 0 {
				v, rest = rest[1:1+j], rest[j+2:]
				a.keys = append(a.keys, [2]string{string(rune('0' + n%10)), v})
				n++
				continue
			}
		}
		v, rest, _ = strings.Cut(rest, " ")
		if v != "" {
			a.keys = append(a.keys, [2]string{string(rune('0' + n%10)), v})
			n++
		}
	}
	return name, a
}

// hugoRef is the path a {{< ref "x.md" >}} in a link's destination names.
func hugoRef(raw string) string {
	if name, a := shortcode(raw); name == "ref" || name == "relref" {
		return a.get("0")
	}
	return raw
}

// wiki reads [[page]] and [[page|text]]. [[1]](x) is a link with brackets in
// its text, [[1]] a citation mark.
func (in *inlines) wiki(i int) int {
	s := in.s
	if i+4 >= len(s) || s[i+1] != '[' {
		return 0
	}
	lim := min(len(s), i+300)
	j := bytes.IndexByte(s[i+2:lim], ']')
	if j <= 0 {
		return 0
	}
	j += i + 2
	if j+1 >= len(s) || s[j+1] != ']' || bytes.ContainsAny(s[i+2:j], "[\n`") {
		return 0
	}
	if j+2 < len(s) && (s[j+2] == '(' || s[j+2] == '[' || s[j+2] == ':') {
		return 0
	}
	inner := in.str(s[i+2 : j])
	page, text, named := strings.Cut(inner, "|")
	page = strings.TrimSuffix(page, `\`)
	if !named {
		text = page
	}
	if strings.Trim(page, "0123456789 ,，-–") == "" {
		return 0
	}
	dest := page
	if !in.parser.paths.has(in.file.Path, page) {
		name, fragment, _ := strings.Cut(page, "#")
		file, found := in.parser.paths.Page(path.Base(strings.TrimSpace(name)))
		switch {
		case found:
			dest = "/" + strings.ReplaceAll(file, "%", "%25")
			if fragment != "" {
				dest += "#" + fragment
			}
		case !named:
			return 0
		}
	}
	tx := &book.Text{Leaf: in.leaf(i+2, j), Value: text}
	l := &book.Link{Leaf: in.leaf(i, j+2), Dest: dest, DestSpan: in.span(i+2, i+2+len(page)), Kids: []book.Inline{tx}}
	in.links = append(in.links, l)
	return in.node(i, j+2, l)
}
