package diagram

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// spans reads a label's markup: line ends (<br>, \n), entities in HTML's and
// in Mermaid's manner (#quot; #35;), bold and italic as HTML tags or, between
// back quotes, as Markdown. Other tags are dropped.
func spans(s string) []span {
	markdown := false
	if len(s) > 1 && s[0] == '`' && s[len(s)-1] == '`' {
		s, markdown = s[1:len(s)-1], true
	}
	var r spanReader
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == '\n':
			r.breakLine()
			i++
		case c == '\\' && i+1 < len(s) && s[i+1] == 'n' && !followsLetter(s, i+2):
			r.breakLine()
			i += 2
		case c == '<':
			i = r.tag(s, i)
		case c == '&' || c == '#':
			i = r.entity(s, i)
		case markdown && c == '*' || markdown && c == '_' && !insideWord(s, i):
			n := 1
			if i+1 < len(s) && s[i+1] == c {
				n = 2
			}
			r.flip(n == 2)
			i += n
		case (c == 'f' || c == 'F') && iconLength(s[i:]) > 0:
			i += iconLength(s[i:])
		default:
			r.b.WriteByte(c)
			i++
		}
	}
	r.flush()
	return r.out
}

type spanReader struct {
	out          []span
	b            strings.Builder
	bold, italic bool
}

func (r *spanReader) flush() {
	if r.b.Len() > 0 {
		r.out = append(r.out, span{text: r.b.String(), bold: r.bold, italic: r.italic})
		r.b.Reset()
	}
}

func (r *spanReader) breakLine() {
	r.flush()
	r.out = append(r.out, span{br: true})
}

func (r *spanReader) flip(bold bool) {
	r.flush()
	if bold {
		r.bold = !r.bold
	} else {
		r.italic = !r.italic
	}
}

// tag reads an HTML tag at i; what only looks like one is text.
func (r *spanReader) tag(s string, i int) int {
	end := strings.IndexByte(s[i:], '>')
	name := ""
	if end > 0 {
		name = strings.ToLower(strings.Trim(s[i+1:i+end], "/ "))
		name, _, _ = strings.Cut(name, " ")
	}
	on := end > 0 && s[i+1] != '/'
	switch name {
	case "br", "p", "div", "li":
		if name == "br" || !on {
			r.breakLine()
		}
	case "b", "strong":
		r.flush()
		r.bold = on
	case "i", "em":
		r.flush()
		r.italic = on
	case "u", "s", "small", "sub", "sup", "span", "code", "font", "center", "ul", "ol", "mark", "a", "h1", "h2", "h3", "h4", "pre":
	default:
		r.b.WriteByte('<')
		return i + 1
	}
	return i + end + 1
}

// entity reads &amp; and #quot; at i.
func (r *spanReader) entity(s string, i int) int {
	n := strings.IndexByte(s[i:], ';')
	if n > 1 && n < 12 && plainName(s[i+1:i+n]) {
		name := s[i+1 : i+n]
		ref := "&" + name + ";"
		if name[0] >= '0' && name[0] <= '9' {
			ref = "&#" + name + ";"
		}
		if text := html.UnescapeString(ref); text != ref {
			r.b.WriteString(text)
			return i + n + 1
		}
	}
	r.b.WriteByte(s[i])
	return i + 1
}

func plainName(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '#') {
			return false
		}
	}
	return true
}

func followsLetter(s string, i int) bool {
	return i < len(s) && (s[i] >= 'a' && s[i] <= 'z')
}

func insideWord(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	next, _ := utf8.DecodeRuneInString(s[i+1:])
	word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	return word(before) && word(next)
}

// iconLength is the length of the name of an icon font's sign ("fa:fa-car "):
// a book has no such font.
func iconLength(s string) int {
	if !strings.HasPrefix(s, "fa:fa-") && !strings.HasPrefix(s, "fab:fa-") && !strings.HasPrefix(s, "fas:fa-") {
		return 0
	}
	n := strings.IndexByte(s, ':') + 1
	for n < len(s) && (s[n] == '-' || s[n] >= 'a' && s[n] <= 'z' || s[n] >= '0' && s[n] <= '9') {
		n++
	}
	if n < len(s) && s[n] == ' ' {
		n++
	}
	return n
}
