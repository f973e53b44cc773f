package texmath

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a command with its backslash, one character, or " " for any white;
// "" is the end. at is where it stands in the source; tokens of a macro stand
// where the macro does.
type token struct {
	text string
	at   int
}

func (t token) command() bool { return len(t.text) > 1 && t.text[0] == '\\' }

// macro is what a command stands for.
type macro struct {
	args     int
	optional *[]token // the first argument's default, nil if it must be given
	body     []token
}

// input yields tokens with macros replaced.
type input struct {
	src     string
	at      int
	pending []token // read before src, the last first
	macros  []map[string]*macro
	book    map[string]string

	expanded, made int // spent of maxMacros and maxTokens
}

func newInput(src string, o Options) input { return input{src: src, book: o.Macros} }

// lex reads the next token of the source.
func (in *input) lex() token {
	for in.at < len(in.src) {
		at := in.at
		r, n := utf8.DecodeRuneInString(in.src[at:])
		switch {
		case r == '%':
			if end := strings.IndexByte(in.src[at:], '\n'); end >= 0 {
				in.at += end + 1
			} else {
				in.at = len(in.src)
			}
			continue
		case unicode.IsSpace(r):
			in.at += n
			in.skipWhite()
			return token{" ", at}
		case r == '\\':
			in.at++
			in.command()
			return token{strings.TrimRight(in.src[at:in.at], " \t\r\n") + trailing(in.src[at:in.at]), at}
		}
		in.at += n
		if r == utf8.RuneError && n == 1 {
			return token{"\uFFFD", at}
		}
		for in.at < len(in.src) && in.src[in.at] >= 0xCC { // combining marks
			m, k := utf8.DecodeRuneInString(in.src[in.at:])
			if !unicode.Is(unicode.Mn, m) {
				break
			}
			in.at += k
		}
		return token{in.src[at:in.at], at}
	}
	return token{"", len(in.src)}
}

// trailing keeps the blank of a control space.
func trailing(s string) string {
	if len(s) > 1 && strings.TrimSpace(s[1:]) == "" {
		return " "
	}
	return ""
}

func (in *input) skipWhite() {
	for in.at < len(in.src) {
		r, n := utf8.DecodeRuneInString(in.src[in.at:])
		if !unicode.IsSpace(r) {
			return
		}
		in.at += n
	}
}

// command moves behind a command's name, and behind the white that ends a word.
func (in *input) command() {
	if in.at >= len(in.src) {
		return
	}
	start := in.at
	for in.at < len(in.src) && (asciiLetter(in.src[in.at]) || in.src[in.at] == '@') {
		in.at++
	}
	if in.at > start {
		in.skipWhite()
		return
	}
	_, n := utf8.DecodeRuneInString(in.src[in.at:])
	in.at += n
}

func asciiLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// raw returns the next token as it is.
func (in *input) raw() token {
	if n := len(in.pending); n > 0 {
		t := in.pending[n-1]
		in.pending = in.pending[:n-1]
		return t
	}
	return in.lex()
}

func (in *input) unread(t token) { in.pending = append(in.pending, t) }

// push enters tokens to be read next; at is the macro's place.
func (in *input) push(ts []token, at int) {
	in.made += len(ts)
	if in.made > maxTokens {
		panic(fault{at, "the macros grow without end", "宏展开没有尽头"})
	}
	for i := len(ts) - 1; i >= 0; i-- {
		t := ts[i]
		if at >= 0 {
			t.at = at
		}
		in.pending = append(in.pending, t)
	}
}

// next returns the next token that is no macro.
func (in *input) next() token {
	for {
		t := in.raw()
		if t.text == "~" {
			return token{"\\ ", t.at}
		}
		if !t.command() {
			return t
		}
		m := in.macro(t.text)
		if m == nil {
			return t
		}
		if in.expanded++; in.expanded > maxMacros {
			panic(fault{t.at, "the macro " + t.text + " calls itself without end", "宏 " + t.text + " 无休止地调用自身"})
		}
		in.expand(t, m)
	}
}

// macro returns what a command stands for, nil if it is none's.
func (in *input) macro(name string) *macro {
	for i := len(in.macros) - 1; i >= 0; i-- {
		if m := in.macros[i][name]; m != nil {
			return m
		}
	}
	body, ok := in.book[name]
	if !ok {
		if body, ok = in.book[name[1:]]; !ok {
			if body, ok = abbreviation(name[1:]); !ok {
				return nil
			}
		}
	}
	m := &macro{body: tokens(body)}
	for i := 0; i+1 < len(body); i++ {
		if c := body[i+1]; body[i] == '#' && c >= '1' && c <= '9' {
			m.args = max(m.args, int(c-'0'))
		}
	}
	in.define(name, m, true)
	return m
}

// define gives a command a meaning, in the innermost group or everywhere.
func (in *input) define(name string, m *macro, global bool) {
	if len(in.macros) == 0 {
		in.macros = append(in.macros, map[string]*macro{})
	}
	i := len(in.macros) - 1
	if global {
		i = 0
	}
	if in.macros[i] == nil {
		in.macros[i] = map[string]*macro{}
	}
	in.macros[i][name] = m
}

// enter and leave open and close a group: what is defined inside ends there.
func (in *input) enter() {
	if len(in.macros) == 0 {
		in.macros = append(in.macros, map[string]*macro{})
	}
	in.macros = append(in.macros, nil)
}

func (in *input) leave() { in.macros = in.macros[:len(in.macros)-1] }

// tokens reads a macro's text.
func tokens(s string) []token {
	in := input{src: s}
	var out []token
	for t := in.lex(); t.text != ""; t = in.lex() {
		out = append(out, t)
	}
	return out
}

// expand replaces a macro by its body with the arguments in it.
func (in *input) expand(name token, m *macro) {
	if m.args == 0 {
		in.push(m.body, name.at)
		return
	}
	args := make([][]token, m.args)
	for i := range args {
		if i == 0 && m.optional != nil {
			if t := in.solid(); t.text == "[" {
				args[0] = in.until("]", t.at)
			} else {
				in.unread(t)
				args[0] = *m.optional
			}
			continue
		}
		args[i] = in.argument(name)
	}
	var body []token
	for i := 0; i < len(m.body); i++ {
		t := m.body[i]
		if t.text == "#" && i+1 < len(m.body) {
			d := m.body[i+1].text
			i++
			if len(d) == 1 && d[0] >= '1' && int(d[0]-'0') <= len(args) {
				body = append(body, args[d[0]-'1']...)
				if in.made+len(body) > maxTokens {
					break
				}
				continue
			}
			t = m.body[i]
		}
		t.at = name.at
		body = append(body, t)
	}
	in.push(body, -1)
}

// solid returns the next token that is not white.
func (in *input) solid() token {
	t := in.raw()
	for t.text == " " {
		t = in.raw()
	}
	return t
}

// argument reads a macro's argument: a token, or a group without its braces.
func (in *input) argument(of token) []token {
	t := in.solid()
	switch t.text {
	case "{":
		return in.until("}", t.at)
	case "", "}":
		panic(fault{of.at, of.text + " lacks an argument", of.text + " 缺少参数"})
	}
	return []token{t}
}

// until reads tokens up to an end outside braces; the end is dropped.
func (in *input) until(end string, from int) []token {
	var out []token
	depth := 0
	for {
		t := in.raw()
		switch {
		case t.text == "":
			panic(fault{from, "this is not closed: " + end + " is missing", "没有闭合：缺少 " + end})
		case depth == 0 && t.text == end:
			return out
		case t.text == "{":
			depth++
		case t.text == "}":
			depth--
			if depth < 0 {
				panic(fault{t.at, "unexpected }", "多余的 }"})
			}
		}
		out = append(out, t)
	}
}
