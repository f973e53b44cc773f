package markdown

import (
	"bytes"
	"html"
	"strings"
	"unicode/utf8"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

// maxInline bounds how deep inlines nest; what is deeper stays as typed.
const maxInline = 60

// inlines reads the text of one leaf block. Blocks are goldmark's; running
// text is read here, because three things that books need are not in its
// inline reader: the exact bytes of every node, emphasis beside CJK
// punctuation, and a cost linear in the text whatever it holds.
//
// It works as CommonMark's appendix describes: characters become parts,
// brackets close into links, and what is left of * and _ runs is paired last.
type inlines struct {
	*document
	s      []byte
	lines  []lineAt // where the lines of s stand in the prepared text
	parts  []part
	marks  []bracket
	from   int  // start of plain text not yet made a part
	markup bool // false inside HTML blocks: only tags and entities are read
	ticks  []int
	none   nothing
}

// nothing remembers what is known not to follow, so that no search that
// failed is repeated.
type nothing struct{ dollar, dollars, comment, paren, square bool }

type lineAt struct{ at, prep int }

type partKind uint8

const (
	partText  partKind = iota // s[from:to], or value
	partNode                  // a finished node
	partDelim                 // a run of * _ ~ =
	partOpen                  // an HTML tag that needs its end
	partClose
	partMath // display math in running text; the paragraph is cut there
)

type part struct {
	kind     partKind
	literal  bool // value holds, even if empty
	from, to int
	value    string
	node     book.Inline
	run      *delim
	tag      *tag
}

// read parses s, which stands at the places lines says.
func (d *document) read(s []byte, lines []lineAt, markup bool) []part {
	in := &d.in
	*in = inlines{document: d, s: s, lines: lines, markup: markup, parts: in.parts[:0], marks: in.marks[:0]}
	in.scan()
	return in.parts
}

func (in *inlines) span(a, b int) source.Span {
	if a == b {
		p := in.prep(a)
		return in.text.span(p, p)
	}
	return in.text.span(in.prep(a), in.prep(b-1)+1)
}

func (in *inlines) prep(at int) int {
	l := in.lines
	lo, hi := 0, len(l)
	for hi-lo > 1 {
		if m := (lo + hi) / 2; l[m].at <= at {
			lo = m
		} else {
			hi = m
		}
	}
	if len(l) == 0 {
		return 0
	}
	return l[lo].prep + at - l[lo].at
}

// special bytes stop the scan of plain text.
const (
	markupBytes = "\n\\`*_~=^[]!<&$:@{hwHW"
	tagBytes    = "\n<&"
)

func byteSet(s string) (t [256]bool) {
	for i := range len(s) {
		t[s[i]] = true
	}
	return
}

func (in *inlines) scan() {
	stops := &in.parser.markup
	if !in.markup {
		stops = &in.parser.tags
	}
	for i := 0; i < len(in.s); {
		if !stops[in.s[i]] {
			i++
			continue
		}
		if n := in.special(i); n > 0 {
			i += n
		} else {
			i++
		}
	}
	in.flush(len(in.s))
}

// flush makes the plain text before at a part.
func (in *inlines) flush(at int) {
	if at > in.from {
		in.parts = append(in.parts, part{kind: partText, from: in.from, to: at})
	}
	in.from = at
}

// put ends the plain text at a and appends a part that covers [a, b).
func (in *inlines) put(a, b int, p part) int {
	in.flush(a)
	p.from, p.to = a, b
	in.parts = append(in.parts, p)
	in.from = b
	return b - a
}

func (in *inlines) node(a, b int, n book.Inline) int {
	return in.put(a, b, part{kind: partNode, node: n})
}

func (in *inlines) say(a, b int, v string) int {
	return in.put(a, b, part{kind: partText, value: v, literal: true})
}

// special reads what may begin at a special byte; 0: it is only a character.
func (in *inlines) special(i int) int {
	switch in.s[i] {
	case '\n':
		return in.lineEnd(i)
	case '\\':
		return in.escape(i)
	case '`':
		return in.code(i)
	case '*', '_', '~', '=':
		return in.delimiter(i)
	case '^':
		return in.caret(i)
	case '[':
		return in.open(i, 1)
	case '!':
		if i+1 < len(in.s) && in.s[i+1] == '[' {
			return in.open(i, 2)
		}
	case ']':
		return in.close(i)
	case '<':
		return in.angle(i)
	case '&':
		return in.entity(i)
	case '$':
		return in.dollar(i)
	case ':':
		return in.emoji(i)
	case '@':
		return in.at(i)
	case '{':
		return in.brace(i)
	case 'h', 'H', 'w', 'W':
		return in.bareURL(i)
	}
	return 0
}

// lineEnd is nothing between two Han characters, a break after two spaces,
// else a space.
func (in *inlines) lineEnd(i int) int {
	a, b := i, i+1
	for a > in.from && (in.s[a-1] == ' ' || in.s[a-1] == '\t') {
		a--
	}
	for b < len(in.s) && (in.s[b] == ' ' || in.s[b] == '\t') {
		b++
	}
	switch {
	case b == len(in.s):
		return in.say(a, b, "")
	case in.markup && i-a >= 2 && in.s[i-1] == ' ' && in.s[i-2] == ' ':
		return in.node(a, b, &book.Break{Leaf: in.leaf(a, b)})
	case joins(in.lastRune(a), in.nextRune(b)):
		return in.say(a, b, "")
	}
	return in.say(a, b, " ")
}

// lastRune is the character before a line end, seen through closing markup:
// **中文**⏎中文 joins.
func (in *inlines) lastRune(a int) rune {
	for a > 0 && strings.IndexByte("*_`~", in.s[a-1]) >= 0 {
		a--
	}
	r := before(in.s, a)
	for k := a; shared(r) && k > 0; { // “甲”⏎“乙”: the letter inside decides
		k -= utf8.RuneLen(r)
		if q := before(in.s, k); wide(q) {
			return q
		} else if !shared(q) {
			break
		}
	}
	return r
}

func (in *inlines) nextRune(b int) rune {
	for b < len(in.s) && strings.IndexByte("*_`~[", in.s[b]) >= 0 {
		b++
	}
	return after(in.s, b)
}

func (in *inlines) leaf(a, b int) book.Leaf { return book.Leaf{Span: in.span(a, b)} }

func (in *inlines) escape(i int) int {
	if i+1 >= len(in.s) {
		return 0
	}
	c := in.s[i+1]
	if c == '(' || c == '[' {
		if n := in.texBracket(i); n > 0 {
			return n
		}
	}
	switch {
	case c == '\n':
		b := i + 2
		for b < len(in.s) && (in.s[b] == ' ' || in.s[b] == '\t') {
			b++
		}
		return in.node(i, b, &book.Break{Leaf: in.leaf(i, b)})
	case asciiMark(c):
		return in.say(i, i+2, string(c))
	}
	return 0
}

// code reads a code span. The runs of back quotes are listed once, from the
// end, so that a run without its like costs one look.
func (in *inlines) code(i int) int {
	n := run(in.s, i)
	if in.ticks == nil {
		in.ticks = lastRuns(in.s)
	}
	if n >= len(in.ticks) || in.ticks[n] <= i {
		in.flush(i)
		return in.say(i, i+n, string(in.s[i:i+n]))
	}
	for j := i + n; j < len(in.s); {
		k := bytes.IndexByte(in.s[j:], '`')
		if k < 0 {
			break
		}
		j += k
		m := run(in.s, j)
		if m == n {
			b := j + m
			at := in.attrsAfter(b)
			t := in.codeText(in.s[i+n : j])
			return in.node(i, b+at, &book.Verbatim{Leaf: in.leaf(i, b+at), Text: t})
		}
		j += m
	}
	return in.say(i, i+n, string(in.s[i:i+n]))
}

// attrsAfter is the length of an attribute list such as {.rust} at i.
func (in *inlines) attrsAfter(i int) int {
	if i < len(in.s) && in.s[i] == '{' {
		_, n := readAttrs(in.s[i:])
		return n
	}
	return 0
}

func (in *inlines) codeText(b []byte) string {
	s := in.str(b)
	if strings.IndexByte(s, '\n') >= 0 {
		s = strings.ReplaceAll(s, "\n", " ")
	}
	if in.inTable && strings.Contains(s, `\|`) {
		s = strings.ReplaceAll(s, `\|`, "|")
	}
	if len(s) > 1 && s[0] == ' ' && s[len(s)-1] == ' ' && strings.Trim(s, " ") != "" {
		s = s[1 : len(s)-1]
	}
	return s
}

func run(s []byte, i int) int {
	n := 1
	for i+n < len(s) && s[i+n] == s[i] {
		n++
	}
	return n
}

// lastRuns gives where the last run of n back quotes begins, by n.
func lastRuns(s []byte) []int {
	t := make([]int, 4)
	for i := 0; i < len(s); {
		k := bytes.IndexByte(s[i:], '`')
		if k < 0 {
			break
		}
		i += k
		n := run(s, i)
		for len(t) <= n {
			t = append(t, 0)
		}
		t[n] = i
		i += n
	}
	return t
}

func (in *inlines) entity(i int) int {
	lim := min(len(in.s), i+40)
	j := bytes.IndexByte(in.s[i:lim], ';')
	if j < 2 {
		return 0
	}
	raw := string(in.s[i : i+j+1])
	if raw[1] == '#' && !numeric(raw[2:j]) {
		return 0
	}
	v := html.UnescapeString(raw)
	if v == raw || strings.HasSuffix(v, ";") && raw[1] != '#' && v != ";" {
		return 0
	}
	return in.say(i, i+j+1, strings.ReplaceAll(v, "\x00", "\ufffd"))
}

// numeric reports whether s is the number of a character reference: up to
// seven figures, or x and up to six hexadecimal ones.
func numeric(s string) bool {
	hex := len(s) > 0 && (s[0] == 'x' || s[0] == 'X')
	if hex {
		s = s[1:]
	}
	if s == "" || len(s) > 7 || hex && len(s) > 6 {
		return false
	}
	for i := range len(s) {
		if c := s[i] | 0x20; !digit(s[i]) && !(hex && c >= 'a' && c <= 'f') {
			return false
		}
	}
	return true
}

// caret reads ^[an inline note] and 2^10^.
func (in *inlines) caret(i int) int {
	if i+1 < len(in.s) && in.s[i+1] == '[' {
		return in.open(i, 2)
	}
	return in.script(i)
}

// script reads H~2~O and x^2^: no space inside, beside a word.
func (in *inlines) script(i int) int {
	c := in.s[i]
	for j := i + 1; j < len(in.s) && j-i <= 24; j++ {
		switch b := in.s[j]; {
		case b == c:
			if j == i+1 {
				return 0
			}
			if c == '~' && !(i > 0 && alnum(in.s[i-1])) || c == '^' && i == 0 {
				return 0
			}
			t := []book.Inline{&book.Text{Leaf: in.leaf(i+1, j), Value: in.str(in.s[i+1 : j])}}
			if c == '^' {
				return in.node(i, j+1, &book.Sup{Leaf: in.leaf(i, j+1), Kids: t})
			}
			return in.node(i, j+1, &book.Sub{Leaf: in.leaf(i, j+1), Kids: t})
		case c == '~' && !alnum(b) && b != '+' && b != '-' || c == '^' && !(alnum(b) || b >= 0x80 || b == '+' || b == '-' || b == ',' || b == '.'):
			return 0
		}
	}
	return 0
}

func (in *inlines) emoji(i int) int {
	j := i + 1
	for j < len(in.s) && j-i < 40 && (alnum(in.s[j]) || in.s[j] == '_' || in.s[j] == '+' || in.s[j] == '-') {
		j++
	}
	if j == i+1 || j >= len(in.s) || in.s[j] != ':' || i > 0 && alnum(in.s[i-1]) {
		return 0
	}
	v := in.parser.emoji(string(in.s[i+1 : j]))
	if v == "" {
		return 0
	}
	return in.say(i, j+1, v)
}

func (in *inlines) note(code string, a, b int, msg diag.Text, hint ...diag.Text) {
	in.diags.Add(code, in.span(a, b), msg, hint...)
}
