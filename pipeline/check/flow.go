package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"banxin/pipeline/book"
)

// flow is a run of inlines as the rules of marks and spaces read it: its texts
// in order, and between them what is no text (code, formulae, addresses).
type flow struct {
	pieces []piece
}

// piece is a text, or something opaque where node is nil.
type piece struct {
	text string
	node *book.Text
}

// opaque stands for what is set but is no running text: it reads as a letter.
const opaque = 'x'

func (f *flow) read(ns []book.Inline) {
	f.pieces = f.pieces[:0]
	f.add(ns)
}

func (f *flow) add(ns []book.Inline) {
	for _, n := range ns {
		switch n := n.(type) {
		case *book.Text:
			if n.Span.File != nil && n.Value != "" {
				f.pieces = append(f.pieces, piece{n.Value, n})
			}
		case *book.NoteRef, *book.Anchor:
		case *book.Verbatim, *book.InlineMath, *book.Image, *book.Cite, *book.CrossRef, *book.Ruby, *book.Kbd, *book.Break:
			f.pieces = append(f.pieces, piece{})
		case *book.Link:
			if n.Auto {
				f.pieces = append(f.pieces, piece{})
			} else {
				f.add(n.Kids)
			}
		case *book.Styled:
			if n.Lang != "" && !strings.HasPrefix(n.Lang, "zh") {
				f.pieces = append(f.pieces, piece{})
			} else {
				f.add(n.Kids)
			}
		default:
			f.add(book.Kids(n))
		}
	}
}

// before returns the character before byte i of piece k: 0 at the start.
func (f *flow) before(k, i int) rune {
	if i > 0 {
		r, _ := utf8.DecodeLastRuneInString(f.pieces[k].text[:i])
		return r
	}
	if k == 0 {
		return 0
	}
	p := f.pieces[k-1]
	if p.node == nil {
		return opaque
	}
	r, _ := utf8.DecodeLastRuneInString(p.text)
	return r
}

// after returns the character at byte i of piece k or behind it: 0 at the end.
func (f *flow) after(k, i int) rune {
	for k < len(f.pieces) {
		p := f.pieces[k]
		if p.node == nil {
			return opaque
		}
		if i < len(p.text) {
			r, _ := utf8.DecodeRuneInString(p.text[i:])
			return r
		}
		k, i = k+1, 0
	}
	return 0
}

func han(r rune) bool {
	return r >= 0x4e00 && r <= 0x9fff || r >= 0x3400 && r <= 0x4dbf || r > 0xffff && unicode.Is(unicode.Han, r) || r == '〇' || r == '々'
}

// wideMark reports marks of the Han square.
func wideMark(r rune) bool {
	return strings.ContainsRune("，。；：？！、“”‘’（）《》〈〉「」『』【】…—", r)
}

func latin(r rune) bool { return r < 0x250 && unicode.IsLetter(r) }

// chinese reports whether the book is in Chinese, by what it says of itself or
// by its text: Han characters and hardly any kana or hangul.
func (s *survey) chinese() bool {
	base, _ := s.language()
	if base != "" {
		return base == "zh"
	}
	hans, others := 0, 0
	for _, f := range s.written.Files {
		for i, step := 0, max(1, len(f.Text)/20000); i < len(f.Text); i += step {
			r, _ := utf8.DecodeRune(f.Text[i:])
			switch {
			case han(r):
				hans++
			case r >= 0x3040 && r <= 0x30ff, r >= 0xac00 && r <= 0xd7a3:
				others++
			}
		}
	}
	return hans > 20*others && hans > 0
}
