package texmath

import (
	"strings"
	"unicode/utf8"
)

// charClass is the class of a character typed as itself, and the sign it is
// set as; "" if it is nothing special.
func charClass(r rune) (class, string) {
	switch r {
	case '+':
		return bin, "+"
	case '-', '−':
		return bin, "−"
	case '*':
		return bin, "∗"
	case '=', '<', '>', ':':
		return rel, string(r)
	case '(', '[':
		return open, string(r)
	case ')', ']', '!', '?':
		return closing, string(r)
	case ',', ';':
		return punct, string(r)
	case '|':
		return ord, "|"
	case '/', '.', '@', '"', '`':
		return ord, string(r)
	case '…', '⋯':
		return inner, string(r)
	}
	if r < 0x80 {
		return ord, ""
	}
	sign := string(r)
	for _, t := range classTables() {
		if strings.Contains(t.signs, "="+sign+" ") {
			return t.class, sign
		}
	}
	return ord, ""
}

type classTable struct {
	class class
	signs string
}

func classTables() [8]classTable {
	return [...]classTable{{rel, relations}, {bin, operators}, {ord, uprights}, {open, openings}, {closing, closings}, {inner, inners}, {punct, points}, {op, bigs}}
}

// signIn returns the sign that a table has for a name; "" if it has none.
func signIn(table, name string) string {
	i := strings.Index(table, " "+name+"=")
	if i < 0 || name == "" {
		return ""
	}
	s := table[i+len(name)+2:]
	return s[:strings.IndexByte(s, ' ')]
}

// sign returns the atom that a command without its backslash stands for; nil
// if it is none.
func (p *parser) sign(name string) node {
	if s := signIn(letters, name); s != "" {
		return &symbol{text: s, letter: true, face: p.face}
	}
	for _, t := range classTables() {
		s := signIn(t.signs, name)
		switch {
		case s == "":
		case t.class == op:
			o := bigOperator(s)
			if name == "intop" {
				o.limits = asDisplay
			} else if name == "smallint" {
				o.big = false
			}
			return o
		case t.class == ord && s >= "Α" && s <= "Ω":
			return &symbol{text: s, face: p.face}
		default:
			return &symbol{text: s, class: t.class}
		}
	}
	return nil
}

// bigOperator is a sign with limits in displays, unless it is an integral.
func bigOperator(s string) *operator {
	o := &operator{text: s, big: true, limits: asDisplay}
	if r, _ := utf8.DecodeRuneInString(s); r >= '∫' && r <= '∳' || r >= '⨋' && r <= '⨜' {
		o.limits = beside
	}
	return o
}
