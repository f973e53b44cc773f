package dedup

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"banxin/pipeline/book"
)

// A token is what comparison sees of the text: the hash of one CJK character,
// or of one word or number of an alphabetic script. The lowest two bits say
// what it was.
type token uint32

const (
	charToken   token = iota // one character of a script written without spaces
	wordToken                // a lower-case word
	nameToken                // a word with a capital, or an identifier
	numberToken              // a word with a digit
	kindMask    token = 3
)

func (t token) kind() token { return t & kindMask }

// A reader turns text into tokens: NFKC, case-folded, Traditional folded to
// Simplified, punctuation, spaces and markup gone.
type reader struct {
	script scriptTable
	toks   []token

	word   uint32 // FNV-1a of the word so far
	in     bool   // inside a word
	capped bool   // a capital after the first letter or a symbol inside: an identifier
	upper  bool   // the first letter was a capital
	digit  bool
	code   bool // inside code: every word is a name
	linked int  // tokens inside links to other places of the book
}

const (
	fnvOffset = 2166136261
	fnvPrime  = 16777619
)

// mix spreads a value over 32 bits (the finalizer of MurmurHash3).
func mix(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	return h ^ h>>16
}

func (r *reader) flush() {
	if !r.in {
		return
	}
	k := wordToken
	switch {
	case r.digit:
		k = numberToken
	case r.upper || r.capped || r.code:
		k = nameToken
	}
	r.toks = append(r.toks, token(mix(r.word))&^kindMask|k)
	r.in, r.capped, r.upper, r.digit = false, false, false, false
}

func (r *reader) letter(c rune) {
	if !r.in {
		r.in, r.word = true, fnvOffset
	}
	r.word = (r.word ^ uint32(c)) * fnvPrime
}

// read adds the tokens of s; a word may go on from the string before.
func (r *reader) read(s string) {
	checked := false
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			r.ascii(c)
			i++
			continue
		}
		c, n := utf8.DecodeRuneInString(s[i:])
		if !checked && !plainRune(c) {
			if !norm.NFKC.IsNormalString(s[i:]) {
				r.composed(norm.NFKC.String(s[i:]))
				return
			}
			checked = true
		}
		r.rune(c)
		i += n
	}
}

// composed reads a string that is NFKC already.
func (r *reader) composed(s string) {
	for _, c := range s {
		if c < utf8.RuneSelf {
			r.ascii(byte(c))
		} else {
			r.rune(c)
		}
	}
}

func (r *reader) ascii(c byte) {
	switch {
	case 'a' <= c && c <= 'z':
		r.letter(rune(c))
	case 'A' <= c && c <= 'Z':
		if r.in {
			r.capped = true
		} else {
			r.upper = true
		}
		r.letter(rune(c) + 'a' - 'A')
	case '0' <= c && c <= '9':
		r.letter(rune(c))
		r.digit = true
	case c == '_' && r.in:
		r.capped = true
		r.letter('_')
	case c == '\'' && r.in: // don't
	default:
		r.flush()
	}
}

func (r *reader) rune(c rune) {
	switch {
	case 0xFF01 <= c && c <= 0xFF5E: // full-width ASCII
		r.ascii(byte(c - 0xFEE0))
	case spaceless(c):
		r.flush()
		r.toks = append(r.toks, charOf(c, r.script))
	case unicode.IsLetter(c) || unicode.IsMark(c) && r.in:
		l := unicode.ToLower(c)
		if l != c && !r.in {
			r.upper = true
		}
		r.letter(l)
	case unicode.IsNumber(c):
		r.letter(c)
		r.digit = true
	default:
		r.flush()
	}
}

// charOf is the charToken of a character: its lowest bits are zero.
func charOf(c rune, script scriptTable) token { return token(mix(uint32(script.fold(c)))) &^ kindMask }

// spaceless reports whether c is of a script read by the character: Han, kana,
// Hangul.
func spaceless(c rune) bool {
	switch {
	case c < 0x2E80:
		return false
	case c <= 0x2FDF, 0x3005 <= c && c <= 0x3007, 0x3041 <= c && c <= 0x312F && c != 0x30FB:
		return true
	case 0x3130 <= c && c <= 0x318F, hanFirst <= c && c <= hanLast, 0xAC00 <= c && c <= 0xD7A3:
		return true
	case 0xF900 <= c && c <= 0xFAFF, 0x20000 <= c && c <= 0x3FFFF:
		return true
	}
	return false
}

// plainRune reports whether c is surely its own NFKC form here; the full-width
// forms that reader.rune folds itself count as plain.
func plainRune(c rune) bool {
	switch {
	case hanFirst <= c && c <= hanLast, 0x3000 <= c && c <= 0x3098, 0x309B <= c && c <= 0x30FF:
		return c != 0x309B && c != 0x309C
	case 0xAC00 <= c && c <= 0xD7A3, 0xFF01 <= c && c <= 0xFF5E, 0x2010 <= c && c <= 0x2023:
		return true
	}
	return false
}

// inlines reads the readable text of ns, as book.PlainText has it.
func (r *reader) inlines(ns []book.Inline) {
	for _, n := range ns {
		switch n := n.(type) {
		case *book.Text:
			r.read(n.Value)
		case *book.Verbatim:
			r.flush()
			r.code = true
			r.read(n.Text)
			r.flush()
			r.code = false
		case *book.InlineMath:
			r.flush()
			r.read(n.TeX)
			r.flush()
		case *book.Image:
			r.flush()
			r.read(n.Src)
			r.flush()
			r.read(n.Alt)
			r.flush()
		case *book.Break:
			r.flush()
		case *book.CrossRef:
			r.read(n.Prose)
			r.read(n.Target)
		case *book.Cite:
			for _, it := range n.Items {
				r.flush()
				r.read(it.Key)
			}
			r.flush()
		case *book.Ruby:
			for _, s := range n.Base {
				r.read(s)
			}
		case *book.Link:
			at := len(r.toks)
			r.inlines(n.Kids)
			if !strings.Contains(n.Dest, ":") {
				r.flush()
				r.linked += len(r.toks) - at
			}
		case *book.NoteRef, *book.Anchor:
		default:
			r.inlines(book.Kids(n))
		}
	}
}
