package markdown

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
)

// dollar reads $…$ and $$…$$. A single dollar follows pandoc's rule: no space
// after the first, none before the second, no digit after it; so "$5 和 $10"
// is money.
func (in *inlines) dollar(i int) int {
	if in.parser.opt.NoDollarMath {
		return 0
	}
	s := in.s
	if i+1 < len(s) && s[i+1] == '$' {
		return in.dollars(i)
	}
	if in.none.dollar || i+1 >= len(s) {
		return 0
	}
	if s[i+1] == '`' { // GitHub's $`…`$
		if j := bytes.Index(s[i+2:], []byte("`$")); j > 0 {
			return in.formula(i, i+2, i+2+j, i+j+4)
		}
	}
	j := i + 1
	for ; j < len(s) && s[j] != '$'; j++ {
		if s[j] == '\\' {
			j++
		}
	}
	if j >= len(s) {
		in.none.dollar = true
		return 0
	}
	inner := s[i+1 : j]
	if len(inner) == 0 || space(rune(inner[0])) || space(rune(inner[len(inner)-1])) ||
		j+1 < len(s) && (digit(s[j+1]) || letter(s[j+1]) && variable(inner)) || prose(inner) {
		return 0
	}
	return in.formula(i, i+1, j, j+1)
}

// variable reports whether what stands between a dollar and another before a
// letter is the way from one shell variable to the next: $HOME/lib/$NAME.
func variable(s []byte) bool {
	n := 0
	for n < len(s) && (s[n] >= 'A' && s[n] <= 'Z' || s[n] == '_') {
		n++
	}
	return n > 1 || bytes.IndexByte([]byte("/.:-_="), s[len(s)-1]) >= 0
}

// prose reports whether what stands between two dollars is CJK text: it has
// punctuation of the Han square and no TeX command, or Han, Kana or Hangul and
// nothing a formula is made with.
func prose(s []byte) bool {
	if bytes.IndexByte(s, '\\') >= 0 {
		return false
	}
	plain := !bytes.ContainsAny(s, "=^_+<>{")
	for len(s) > 0 {
		r, n := utf8.DecodeRune(s)
		if plain && r >= 0x2e80 && unicode.IsLetter(r) {
			return true
		}
		if r == '，' || r == '。' || r == '；' || r == '、' || r == '：' || r == '？' || r == '！' {
			return true
		}
		s = s[n:]
	}
	return false
}

func (in *inlines) formula(a, from, to, b int) int {
	return in.node(a, b, &book.InlineMath{Leaf: in.leaf(a, b), TeX: in.str(bytes.TrimSpace(in.s[from:to]))})
}

// dollars reads $$…$$ inside a paragraph: a display formula.
func (in *inlines) dollars(i int) int {
	if !in.none.dollars {
		if j := bytes.Index(in.s[i+2:], []byte("$$")); j > 0 && len(bytes.TrimSpace(in.s[i+2:i+2+j])) > 0 {
			return in.display(i, i+2, i+2+j, i+j+4)
		} else if j < 0 {
			in.none.dollars = true
			in.unclosed(i, "$$")
		}
	}
	return in.say(i, i+2, "$$")
}

// display makes a display formula with its {#eq:x}.
func (in *inlines) display(a, from, to, b int) int {
	end := b
	m := &book.Math{TeX: in.str(bytes.TrimSpace(in.s[from:to])), TeXSpan: in.span(from, to)}
	if k := skipSpace(in.s, b); k < len(in.s) && in.s[k] == '{' {
		if at, n := readAttrs(in.s[k:]); n > 0 {
			m.Label, m.Classes, end = at.id, at.classes, k+n
		}
	}
	m.Span = in.span(a, end)
	in.mark(m.Label)
	in.flush(a)
	in.displays = append(in.displays, m)
	inline := &book.InlineMath{Leaf: book.Leaf{Span: m.Span}, TeX: m.TeX}
	return in.put(a, end, part{kind: partMath, node: inline})
}

// texBracket reads \(…\) and \[…\]. An escaped bracket in prose is no formula:
// what is inside must look like TeX.
func (in *inlines) texBracket(i int) int {
	open := in.s[i+1]
	end, none := []byte(`\)`), &in.none.paren
	if open == '[' {
		end, none = []byte(`\]`), &in.none.square
	}
	if *none {
		return 0
	}
	j := bytes.Index(in.s[i+2:], end)
	if j < 0 {
		*none = true
		if rest := in.s[i+2 : min(len(in.s), i+80)]; bytes.IndexByte(rest, '\\') >= 0 && texLike(rest) {
			in.unclosed(i, string(in.s[i:i+2]))
		}
		return 0
	}
	inner := in.s[i+2 : i+2+j]
	if !texLike(inner) {
		return 0
	}
	if open == '[' {
		return in.display(i, i+2, i+2+j, i+j+4)
	}
	return in.formula(i, i+2, i+2+j, i+j+4)
}

// texLike reports whether s reads as a formula.
func texLike(s []byte) bool {
	if bytes.ContainsAny(s, "^_=") {
		return true
	}
	ascii := true
	for i, c := range s {
		if c == '\\' && i+1 < len(s) && letter(s[i+1]) {
			return true
		}
		ascii = ascii && c < 0x80
	}
	t := bytes.TrimSpace(s)
	return ascii && bytes.IndexFunc(t, unicode.IsLetter) >= 0 && (len(t) <= 2 || bytes.ContainsAny(t, "+-*/<>|") || bytes.ContainsAny(t, "(,") && !bytes.Contains(t, []byte("  ")))
}

func (in *inlines) unclosed(i int, what string) {
	in.note("math-delimiter-unclosed", i, i+len(what),
		diag.T("%s opens a formula that does not end in this paragraph", "%s 打开的公式在本段里没有结束", what),
		diag.T("close it, or escape it with a backslash", "补上结尾，或在前面加反斜杠"))
}
