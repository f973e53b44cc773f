package texmath

import (
	"strings"
	"unicode/utf8"
)

// styleText writes text in a face's alphabet, as far as Unicode has it
// (U+1D400–1D7FF and the letters that were there before them).
func styleText(s string, f face, letter bool) string {
	if f == asIs && !letter || f == upright {
		return s
	}
	if f == asIs {
		return s // MathML slants a letter by itself; glyphs: see slanted
	}
	return alphabet(s, f, letter)
}

// slanted is the text of a symbol's glyph: letters slanted unless said
// otherwise.
func slanted(n *symbol) string {
	f := n.face
	if f == asIs {
		if !n.letter {
			return n.text
		}
		f = italic
	}
	return alphabet(n.text, f, n.letter)
}

// heavy is a symbol in bold text: letters and digits in their bold alphabet.
func heavy(n *symbol) *symbol {
	c := *n
	switch {
	case n.face == italic, n.face == asIs && n.letter:
		c.face = boldItalic
	case n.face == asIs, n.face == upright:
		c.face = bold
	case n.face == sans:
		c.face = sansBold
	}
	return &c
}

func alphabet(s string, f face, letter bool) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	if f == boldItalic && !letter {
		f = bold // \boldsymbol leaves digits and upright letters upright
	}
	c := letterOf(r, f)
	if c == r {
		return s
	}
	return string(c) + s[n:]
}

// letterOf is a letter or digit in an alphabet; itself where there is none.
func letterOf(r rune, f face) rune {
	switch {
	case r >= 'A' && r <= 'Z':
		return latin(r-'A', f, r)
	case r >= 'a' && r <= 'z':
		return latin(r-'a'+26, f, r)
	case r >= '0' && r <= '9':
		switch f {
		case bold, boldItalic:
			return 0x1D7CE + r - '0'
		case double:
			return 0x1D7D8 + r - '0'
		case sans, sansItalic:
			return 0x1D7E2 + r - '0'
		case sansBold:
			return 0x1D7EC + r - '0'
		case typewriter:
			return 0x1D7F6 + r - '0'
		}
		return r
	case r == 'ı' && f == italic:
		return 0x1D6A4
	case r == 'ȷ' && f == italic:
		return 0x1D6A5
	}
	return greek(r, f)
}

func latin(i rune, f face, r rune) rune {
	switch f {
	case bold:
		return 0x1D400 + i
	case italic:
		if r == 'h' {
			return 'ℎ'
		}
		return 0x1D434 + i
	case boldItalic:
		return 0x1D468 + i
	case script:
		const old, new = "BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ"
		return exception(r, old, new, 0x1D49C+i)
	case fraktur:
		return exception(r, "CHIRZ", "ℭℌℑℜℨ", 0x1D504+i)
	case double:
		return exception(r, "CHNPQRZ", "ℂℍℕℙℚℝℤ", 0x1D538+i)
	case sans:
		return 0x1D5A0 + i
	case sansBold:
		return 0x1D5D4 + i
	case sansItalic:
		return 0x1D608 + i
	case typewriter:
		return 0x1D670 + i
	}
	return r
}

// exception is a letter that Unicode had before the alphabets.
func exception(r rune, old, new string, otherwise rune) rune {
	if i := strings.IndexRune(old, r); i >= 0 {
		return []rune(new)[i]
	}
	return otherwise
}

func greek(r rune, f face) rune {
	base := rune(0)
	switch f {
	case bold:
		base = 0x1D6A8
	case italic:
		base = 0x1D6E2
	case boldItalic:
		base = 0x1D71C
	default:
		return r
	}
	switch {
	case r >= 'Α' && r <= 'Ω':
		return base + r - 'Α'
	case r >= 'α' && r <= 'ω':
		return base + 26 + r - 'α'
	}
	if i := strings.IndexRune("∂ϵϑϰϕϱϖ", r); i >= 0 {
		return base + 51 + rune(utf8.RuneCountInString("∂ϵϑϰϕϱϖ"[:i]))
	}
	if r == '∇' {
		return base + 25
	}
	return r
}
