package markdown

import (
	"bytes"
	"strings"
)

// attrs is what stands in braces after a thing: {#id .class key=value}.
type attrs struct {
	id      string
	classes []string
	keys    [][2]string
}

func (a *attrs) get(key string) string {
	if a == nil {
		return ""
	}
	for _, kv := range a.keys {
		if kv[0] == key {
			return kv[1]
		}
	}
	return ""
}

func (a *attrs) has(class string) bool {
	if a == nil {
		return false
	}
	for _, c := range a.classes {
		if c == class {
			return true
		}
	}
	return false
}

// readAttrs reads an attribute list at the start of s, which begins with a
// brace. It returns its length, 0 if s does not start with a well-formed,
// non-empty list on one line. Kramdown's {: …} is read as well.
func readAttrs(s []byte) (*attrs, int) {
	if len(s) < 2 || s[0] != '{' {
		return nil, 0
	}
	a := &attrs{}
	i := 1
	if s[i] == ':' {
		i++
	}
	for i < len(s) {
		switch c := s[i]; {
		case c == ' ' || c == '\t':
			i++
		case c == '}':
			if a.id == "" && a.classes == nil && a.keys == nil {
				return nil, 0
			}
			return a, i + 1
		case c == '#' || c == '.':
			j := i + 1 + wordLen(s[i+1:])
			if j == i+1 {
				return nil, 0
			}
			if c == '#' {
				a.id = string(s[i+1 : j])
			} else {
				a.classes = append(a.classes, string(s[i+1:j]))
			}
			i = j
		case c == '-' && i+1 < len(s) && (s[i+1] == '}' || s[i+1] == ' '):
			a.classes = append(a.classes, "unnumbered") // pandoc
			i++
		default:
			n := readKey(s[i:], a)
			if n == 0 {
				return nil, 0
			}
			i += n
		}
	}
	return nil, 0
}

// readKey reads key=value or key="value".
func readKey(s []byte, a *attrs) int {
	k := 0
	for k < len(s) && (alnum(s[k]) || s[k] == '-' || s[k] == '_' || s[k] == ':') {
		k++
	}
	if k == 0 || k >= len(s) || s[k] != '=' {
		return 0
	}
	key, i := string(s[:k]), k+1
	if i < len(s) && (s[i] == '"' || s[i] == '\'') {
		j := bytes.IndexByte(s[i+1:], s[i])
		if j < 0 || bytes.IndexByte(s[i+1:i+1+j], '\n') >= 0 {
			return 0
		}
		a.keys = append(a.keys, [2]string{key, string(s[i+1 : i+1+j])})
		return i + j + 2
	}
	j := i + wordLen(s[i:])
	a.keys = append(a.keys, [2]string{key, string(s[i:j])})
	return j
}

func wordLen(s []byte) int {
	for i, c := range s {
		if c <= ' ' || c == '}' || c == '{' || c == '"' || c == '=' {
			return i
		}
	}
	return len(s)
}

// hidden is the edition that leaves out a block of these classes.
func hidden(classes []string) string {
	for _, c := range classes {
		switch c {
		case "print-only", "only-print", "pdf-only":
			return "ebook"
		case "ebook-only", "epub-only", "only-ebook":
			return "print"
		}
	}
	return ""
}

// words splits an info string or a class attribute.
func words(s string) []string { return strings.Fields(s) }
