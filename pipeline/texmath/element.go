package texmath

import "strings"

// element is an element of MathML. Token elements have text, all others kids;
// attrs are names and values in turn.
type element struct {
	name  string
	attrs []string
	text  string
	kids  []*element
}

func leaf(name, s string, attrs ...string) *element {
	return &element{name: name, text: s, attrs: attrs}
}

func el(name string, attrs []string, kids ...*element) *element {
	return &element{name: name, attrs: attrs, kids: kids}
}

// set gives an attribute a value.
func (e *element) set(name, value string) *element {
	for i := 0; i < len(e.attrs); i += 2 {
		if e.attrs[i] == name {
			e.attrs[i+1] = value
			return e
		}
	}
	e.attrs = append(e.attrs, name, value)
	return e
}

func (e *element) get(name string) string {
	for i := 0; i < len(e.attrs); i += 2 {
		if e.attrs[i] == name {
			return e.attrs[i+1]
		}
	}
	return ""
}

// rowOf wraps elements in an mrow unless there is one.
func rowOf(es []*element) *element {
	if len(es) == 1 {
		return es[0]
	}
	return el("mrow", nil, es...)
}

func (e *element) write(b *strings.Builder) {
	b.WriteByte('<')
	b.WriteString(e.name)
	for i := 0; i < len(e.attrs); i += 2 {
		b.WriteByte(' ')
		b.WriteString(e.attrs[i])
		b.WriteString(`="`)
		escape(b, e.attrs[i+1])
		b.WriteByte('"')
	}
	if e.name == "mspace" {
		b.WriteString("/>")
		return
	}
	b.WriteByte('>')
	escape(b, e.text)
	for _, k := range e.kids {
		k.write(b)
	}
	b.WriteString("</")
	b.WriteString(e.name)
	b.WriteByte('>')
}

// escape writes text so that XML holds it; characters XML cannot hold become
// replacement characters.
func escape(b *strings.Builder, s string) {
	for _, r := range s {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		case r == '\n' || r == '\t' || r == '\r':
			b.WriteByte(' ')
		case r < ' ' || r == 0xFFFE || r == 0xFFFF:
			b.WriteRune(0xFFFD)
		default:
			b.WriteRune(r)
		}
	}
}
