package epub

import (
	"bytes"
	"strings"
	"sync"
	"unicode/utf8"
)

// fount is what a stretch of text is set in: a role of the layout's and its
// cut.
type fount struct {
	role         string
	bold, italic bool
}

// runeSet is a set of characters.
type runeSet [(utf8.MaxRune + 1) / 64]uint64

func (s *runeSet) add(r rune) { s[r/64] |= 1 << (r % 64) }

// each calls f for every character of the set, in ascending order.
func (s *runeSet) each(f func(rune)) {
	for i, word := range s {
		for bit := rune(0); word != 0; bit, word = bit+1, word>>1 {
			if word&1 != 0 {
				f(rune(i)*64 + bit)
			}
		}
	}
}

// casting notes which characters the documents want of which fount, so that
// they can be embedded: all of them, or only those that are rare.
type casting struct {
	all  bool
	s    *sheet
	mu   sync.Mutex
	sets map[fount]*runeSet
}

func newCasting(s *plan) *casting {
	return &casting{all: s.Layout.EPUB.EmbedFonts == "subset", s: &sheet{l: s.Layout, lang: s.lang, dots: s.noKai()}, sets: map[fount]*runeSet{}}
}

// rare reports that readers' own fonts are not likely to have a character:
// private use, the ideographs past the first plane, those added to the first
// plane since Unicode 4.1. (GB 18030-2005, which systems sold in China must
// show, ends before them.)
func rare(r rune) bool {
	return r >= 0xE000 && r <= 0xF8FF || r >= 0x9FA6 && r <= 0x9FFF || r >= 0x20000 && r <= 0x3FFFF || r >= 0xF0000
}

// hasRare is a quick look at UTF-8 for characters that may be rare.
func hasRare(text []byte) bool {
	for i, c := range text {
		switch {
		case c < 0xE9 || i+2 >= len(text):
		case c == 0xE9 && (text[i+1] == 0xBF || text[i+1] == 0xBE && text[i+2] >= 0xA6),
			c == 0xEE, c == 0xEF && text[i+1] <= 0xA3,
			c == 0xF0 && text[i+1] >= 0xA0, c > 0xF0:
			return true
		}
	}
	return false
}

// note reads a document this package wrote.
func (c *casting) note(doc []byte) {
	_, body, ok := bytes.Cut(doc, []byte("<body>"))
	if !ok || !c.all && !hasRare(body) {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	stack := []setting{{fount: fount{role: c.s.bodyRole()}}}
	for len(body) > 0 {
		at := bytes.IndexByte(body, '<')
		if at < 0 {
			return
		}
		top := &stack[len(stack)-1]
		if at > 0 && !top.skip {
			c.text(top.fount, body[:at])
		}
		end := bytes.IndexByte(body[at:], '>')
		if end < 0 {
			return
		}
		tag := string(body[at+1 : at+end])
		body = body[at+end+1:]
		switch {
		case strings.HasPrefix(tag, "/"):
			if len(stack) > 1 {
				stack = stack[:len(stack)-1]
			}
		case !strings.HasSuffix(tag, "/"):
			stack = append(stack, c.s.inside(*top, tag))
		}
	}
}

func (c *casting) text(f fount, text []byte) {
	set := c.sets[f]
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		i += n
		if !c.all && !rare(r) || r == utf8.RuneError || r < ' ' {
			continue
		}
		if set == nil {
			set = &runeSet{}
			c.sets[f] = set
			if c.all { // what readers add: numbers of lists, hyphens
				for _, r := range "0123456789.-" {
					set.add(r)
				}
			}
		}
		set.add(r)
	}
	if c.all && set != nil && bytes.IndexByte(text, '&') >= 0 {
		for _, r := range `&<>"` {
			set.add(r)
		}
	}
}

// setting is the fount inside an element, and what the style sheet's rules for
// its children look at.
type setting struct {
	fount
	tag, class string
	nav        bool
	skip       bool // formulae have fonts of their own
}

func (s *sheet) bodyRole() string {
	if r := s.l.Styles["body"].Role; r != "" {
		return r
	}
	return "song"
}

// inside tells what the style sheet makes of an element: of its start tag's
// text, in a parent.
func (s *sheet) inside(in setting, start string) setting {
	out := in
	out.tag, _, _ = strings.Cut(start, " ")
	out.class = attribute(start, "class")
	out.skip = in.skip || out.tag == "math"
	out.nav = in.nav || out.tag == "nav"
	switch out.tag {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		out.fount = fount{role: "hei", bold: true}
		s.dress(&out, headingClass(in, out))
	case "strong", "b", "dt":
		out.role, out.bold = "hei", true
	case "em":
		s.emphasis(&out, start)
	case "code", "kbd", "pre":
		out.role = "mono"
	case "th":
		s.dress(&out, "table-head")
		out.bold = true
	case "svg":
		out.fount = fount{role: "hei"}
	case "blockquote", "dd", "figcaption", "caption", "table":
		s.dress(&out, map[string]string{"blockquote": "quote", "dd": "definition", "figcaption": "caption", "caption": "caption", "table": "table"}[out.tag])
	}
	first, _, _ := strings.Cut(out.class, " ")
	switch first {
	case "number":
		if in.tag == "h1" && (in.class == "part" || in.class == "chapter" || in.class == "appendix") {
			if st := s.l.Styles[numberStyle(in.class)]; st.Role != "" {
				out.role, out.bold = st.Role, st.Bold
			}
		}
	case "label", "colophon-title", "division-title", "index-group", "tk":
		out.bold = true
	case "tc":
		out.italic = true
	case "admonition-title":
		s.dress(&out, first)
		out.bold = true
	case "notes":
		s.dress(&out, "footnote")
	case "x-verse", "x-epigraph":
		s.dress(&out, first[2:])
	case "subtitle", "author", "publisher", "colophon", "dedication", "epigraph", "bibliography", "index",
		"contents-part", "contents-chapter", "contents-section", "contents-deep":
		s.dress(&out, first)
	}
	if strings.HasPrefix(out.tag, "h") && len(out.tag) == 2 {
		out.class = headingClass(in, out) // for its number
	}
	return out
}

// headingClass is the style of a heading, which the element around it names.
func headingClass(in, h setting) string {
	switch {
	case h.class == "book-title":
		return "title"
	case in.nav:
		return "contents-title"
	case in.class == "abstract":
		return "abstract-title"
	}
	first, _, _ := strings.Cut(in.class, " ")
	return first
}

// dress puts a style of the layout on: a role other than the body's, bold.
func (s *sheet) dress(f *setting, style string) {
	st, ok := s.l.Styles[style]
	if !ok {
		return
	}
	if st.Role != "" && st.Role != s.l.Styles["body"].Role {
		f.role = st.Role
	}
	if headingStyle(style) {
		f.bold = st.Bold
	}
	f.bold, f.italic = f.bold || st.Bold, f.italic || st.Italic
}

func (s *sheet) emphasis(f *setting, start string) {
	lang := attribute(start, "lang")
	switch {
	case f.class == "dotted":
	case f.class == "latin":
		f.italic = true
	case !isHan(s.lang), lang != "" && !isHan(lang):
		f.italic = true
	case !s.dots:
		f.role = "kai"
	}
}

// attribute is an attribute's value in a start tag of this package's writing.
func attribute(start, name string) string {
	_, v, ok := strings.Cut(start, " "+name+`="`)
	if !ok {
		return ""
	}
	v, _, _ = strings.Cut(v, `"`)
	return v
}
