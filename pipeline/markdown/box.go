package markdown

import (
	"bytes"
	"strings"

	"banxin/pipeline/book"
)

// boxKind is the admonition a name stands for; "" if it names none.
func boxKind(name string) string {
	switch strings.ToLower(name) {
	case "note", "notes", "info", "seealso", "注意", "说明", "注", "补充":
		if n := strings.ToLower(name); n == "info" {
			return "info"
		}
		return "note"
	case "tip", "hint", "提示", "技巧":
		return "tip"
	case "important", "重要":
		return "important"
	case "warning", "warn", "attention", "警告":
		return "warning"
	case "caution", "danger", "error", "危险", "当心":
		return "caution"
	case "success", "check", "done", "question", "faq", "help", "failure", "fail", "missing", "bug", "example", "abstract", "summary", "tldr", "todo", "details", "exercise", "练习", "示例":
		return strings.ToLower(name)
	}
	return ""
}

// divWords reads what stands after ::: — {.class #id}, {note}, name title.
func divWords(info []byte) (name string, a *attrs, title []byte) {
	a = &attrs{}
	s := bytes.TrimSpace(info)
	if len(s) > 0 && s[0] == '{' {
		if at, n := readAttrs(s); n > 0 {
			a = at
			if len(a.classes) > 0 {
				name = strings.TrimPrefix(a.classes[0], "callout-")
			}
			return name, a, bytes.TrimSpace(s[n:])
		}
		if k := bytes.IndexByte(s, '}'); k > 0 { // MyST
			return string(s[1:k]), a, bytes.TrimSpace(s[k+1:])
		}
	}
	k := 0
	for k < len(s) && s[k] != ' ' && s[k] != '{' && s[k] != '[' && s[k] != '\t' {
		k++
	}
	name, s = string(s[:k]), bytes.TrimSpace(s[k:])
	switch {
	case len(s) > 0 && s[0] == '[' && bytes.IndexByte(s, ']') > 0: // Docusaurus
		e := bytes.IndexByte(s, ']')
		title, s = s[1:e], bytes.TrimSpace(s[e+1:])
	case len(s) > 0 && s[0] == '{':
	default:
		if i := bytes.LastIndexByte(s, '{'); i > 0 {
			if _, n := readAttrs(s[i:]); n == len(s)-i {
				title, s = bytes.TrimSpace(s[:i]), s[i:]
				break
			}
		}
		return name, a, s
	}
	if at, n := readAttrs(s); n > 0 {
		a = at
	}
	return name, a, title
}

// div is a ::: container: a box, or a division of its classes. One at the top
// that holds headings is opened up, so that its sections are sections.
func (d *document) div(n *divNode, asm *assembly) {
	info := d.text.text[n.info.Start:n.info.Stop]
	name, a, rawTitle := divWords(info)
	span := d.whole(n)
	node := d.node(span)
	var title []book.Inline
	if len(rawTitle) > 0 {
		i := bytes.LastIndex(info, rawTitle)
		title = d.inline(rawTitle, []lineAt{{0, n.info.Start + max(0, i)}})
	}
	if t := a.get("title"); t != "" && title == nil {
		title = []book.Inline{&book.Text{Leaf: book.Leaf{Span: d.text.span(n.info.Start, n.info.Stop)}, Value: t}}
	}
	if !n.closed {
		d.openEnded(":::", d.text.span(n.Pos(), d.lineEnd(n.Pos())))
	}
	kids := d.children(n, false)
	if kind := boxKind(name); kind != "" {
		if title == nil && name[0] >= 0x80 { // ::: 注意 names the box in the reader's words
			i := max(0, bytes.Index(info, []byte(name)))
			title = []book.Inline{&book.Text{Leaf: book.Leaf{Span: d.text.span(n.info.Start+i, n.info.Start+i+len(name))}, Value: name}}
		}
		b := &book.Admonition{Node: node, Kind: kind, Title: title, Folded: kind == "details", Blocks: d.settle(kids)}
		d.dress(b, &attrs{id: a.id, classes: without(a.classes, name), keys: a.keys})
		asm.add(b)
		return
	}
	if asm.top && asm.depth() == 0 && hasHeading(kids) && title == nil {
		for _, k := range kids {
			if h := hidden(a.classes); h != "" {
				nodeOf(k).Hidden = h
			}
			asm.add(k)
		}
		return
	}
	v := &book.Division{Node: node, Title: title, Blocks: d.settle(kids)}
	d.dress(v, a)
	if name != "" && !a.has(name) {
		d.dress(v, &attrs{classes: []string{name}})
	}
	v.Align = alignOf(v.Classes)
	asm.add(v)
}

func without(list []string, s string) []string {
	var out []string
	for _, t := range list {
		if t != s {
			out = append(out, t)
		}
	}
	return out
}

func hasHeading(bs []book.Block) bool {
	for _, b := range bs {
		if _, ok := b.(*heading); ok {
			return true
		}
	}
	return false
}

func alignOf(classes []string) book.Align {
	for _, c := range classes {
		switch c {
		case "center", "centered", "text-center":
			return book.AlignCenter
		case "right", "text-right":
			return book.AlignRight
		case "left", "text-left":
			return book.AlignLeft
		}
	}
	return book.AlignNone
}

// admonition is !!! kind "title", ??? kind "title" or === "tab".
func (d *document) admonition(n *indentedNode) book.Block {
	info := d.text.text[n.info.Start:n.info.Stop]
	span := d.whole(n)
	node := d.node(span)
	name, rest := info, []byte(nil)
	if n.mark == '=' {
		name, rest = nil, info
	} else if i := bytes.IndexByte(info, ' '); i > 0 {
		name, rest = info[:i], bytes.TrimSpace(info[i:])
	}
	var title []book.Inline
	if len(rest) > 1 && rest[0] == '"' && bytes.IndexByte(rest[1:], '"') == len(rest)-2 {
		rest = rest[1 : len(rest)-1]
	}
	if len(rest) > 0 {
		title = d.inline(rest, []lineAt{{0, n.info.Start + bytes.Index(info, rest)}})
	}
	kids := d.settle(d.children(n, false))
	if n.mark == '=' {
		node.Classes = []string{"panel"}
		return &book.Division{Node: node, Title: title, Blocks: kids}
	}
	kind := boxKind(string(name))
	if kind == "" {
		kind = strings.ToLower(string(name))
	}
	return &book.Admonition{Node: node, Kind: kind, Title: title, Blocks: kids, Folded: n.mark == '?'}
}
