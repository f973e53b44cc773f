package epub

import (
	"unicode/utf8"
)

// markup is XHTML being written. Everything that is not markup of this
// package's own making goes in through text or attr, which escape.
type markup struct{ b []byte }

// raw appends markup as it stands.
func (m *markup) raw(parts ...string) {
	for _, s := range parts {
		m.b = append(m.b, s...)
	}
}

// text appends characters, escaped. Characters XML 1.0 cannot hold (C0
// controls, U+FFFE, U+FFFF) are dropped; bytes that are not UTF-8 become
// U+FFFD.
func (m *markup) text(s string) { m.escape(s, false) }

// attr appends ` name="value"`.
func (m *markup) attr(name, value string) {
	m.raw(" ", name, `="`)
	m.escape(value, true)
	m.b = append(m.b, '"')
}

// attrIf appends an attribute that has a value.
func (m *markup) attrIf(name, value string) {
	if value != "" {
		m.attr(name, value)
	}
}

// open writes a start tag with alternating attribute names and values; an
// attribute whose value is empty is left out.
func (m *markup) open(name string, attrs ...string) {
	m.raw("<", name)
	for i := 0; i+1 < len(attrs); i += 2 {
		m.attrIf(attrs[i], attrs[i+1])
	}
	m.b = append(m.b, '>')
}

// void writes an empty element.
func (m *markup) void(name string, attrs ...string) {
	m.open(name, attrs...)
	m.b[len(m.b)-1] = '/'
	m.b = append(m.b, '>')
}

func (m *markup) close(name string) { m.raw("</", name, ">") }

// element writes a whole element that holds only text.
func (m *markup) element(name, text string, attrs ...string) {
	m.open(name, attrs...)
	m.text(text)
	m.close(name)
}

func (m *markup) escape(s string, quoted bool) {
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		size, with := 1, ""
		switch {
		case c == '&':
			with = "&amp;"
		case c == '<':
			with = "&lt;"
		case c == '>':
			with = "&gt;"
		case c == '"' && quoted:
			with = "&quot;"
		case quoted && (c == '\n' || c == '\t'):
			with = " "
		case c >= 0x20 && c < 0x80, c == '\n', c == '\t':
			i++
			continue
		case c < 0x80: // a C0 control
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			size = n
			if r == utf8.RuneError && n == 1 {
				with = "\ufffd"
			} else if r != 0xFFFE && r != 0xFFFF {
				i += n
				continue
			}
		}
		m.b = append(append(m.b, s[start:i]...), with...)
		i += size
		start = i
	}
	m.b = append(m.b, s[start:]...)
}

// isName reports whether s can be an XML id that old readers and URL fragments
// take as it is: ASCII, beginning with a letter.
func isName(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && (i == 0 || !(c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.')) {
			return false
		}
	}
	return s != ""
}
