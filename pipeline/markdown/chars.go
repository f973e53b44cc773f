package markdown

import (
	"unicode"
	"unicode/utf8"
)

// wide reports whether r is set in the Han square: Han, kana, bopomofo, Hangul
// and the punctuation that goes with them. Curly quotes and dashes are shared
// with Latin and are not.
func wide(r rune) bool {
	switch {
	case r < 0x1100:
		return false
	case r <= 0x11ff, r >= 0x2e80 && r <= 0x303f, r >= 0x3040 && r <= 0x33ff,
		r >= 0x3400 && r <= 0x4dbf, r >= 0x4e00 && r <= 0x9fff, r >= 0xa960 && r <= 0xa97f,
		r >= 0xac00 && r <= 0xd7ff, r >= 0xf900 && r <= 0xfaff, r >= 0xfe30 && r <= 0xfe4f,
		r >= 0xff00 && r <= 0xffef, r >= 0x1aff0 && r <= 0x1b16f, r >= 0x20000 && r <= 0x3ffff:
		return true
	}
	return false
}

// hangul text keeps spaces between words, so a line end there is one.
func hangul(r rune) bool {
	return r >= 0x1100 && r <= 0x11ff || r >= 0x3130 && r <= 0x318f || r >= 0xa960 && r <= 0xa97f ||
		r >= 0xac00 && r <= 0xd7ff
}

// joins reports whether a line end between a and b is nothing (typography I9):
// both are Han or kana or their punctuation. The shared marks “”‘’—…· count
// beside one that is.
func joins(a, b rune) bool {
	wa, wb := wide(a) && !hangul(a), wide(b) && !hangul(b)
	return wa && wb || wa && shared(b) || wb && shared(a) || a == '—' && b == '—' || a == '…' && b == '…'
}

func shared(r rune) bool {
	switch r {
	case '“', '”', '‘', '’', '—', '…', '·':
		return true
	}
	return false
}

// mark reports whether r is punctuation in CommonMark's sense.
func mark(r rune) bool {
	if r < 0x80 {
		return asciiMark(byte(r))
	}
	return unicode.IsPunct(r) || unicode.IsSymbol(r)
}

func asciiMark(c byte) bool {
	return c >= '!' && c <= '/' || c >= ':' && c <= '@' || c >= '[' && c <= '`' || c >= '{' && c <= '~'
}

func space(r rune) bool { return r == ' ' || r >= '\t' && r <= '\r' || r >= 0x80 && unicode.IsSpace(r) }

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
func digit(c byte) bool  { return c >= '0' && c <= '9' }
func alnum(c byte) bool  { return letter(c) || digit(c) }

func before(s []byte, i int) rune {
	if i <= 0 {
		return '\n'
	}
	r, _ := utf8.DecodeLastRune(s[:i])
	return r
}

func after(s []byte, i int) rune {
	if i >= len(s) {
		return '\n'
	}
	r, _ := utf8.DecodeRune(s[i:])
	return r
}
