package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
)

func termRules() []rule {
	const warn = diag.Warning
	return []rule{
		define("term-variant", warn, warn, warn,
			text("A word is written otherwise than the glossary of book.yaml has it: a variant listed there, or other letter case.", "用词与 book.yaml 的术语表不一致：用了其中列出的异写，或大小写不同。"),
			text("Two spellings of one thing look like two things.", "一物两名，读者会以为是两样东西。"),
			text("Write the word as the glossary has it.", "按术语表书写。"),
			"glossary: {互联网: [网际网路]}\n").by(merged, termVariant),
		define("term-gloss-mismatch", warn, warn, warn,
			text("A foreign word that the glossary gives for one Chinese word is added in brackets to another.", "括注的外文在术语表里属于另一个中文词。"),
			text("One of the two is the wrong rendering.", "两种译法必有一误。"),
			text("Write the word of the glossary before the bracket.", "括号前改用术语表的译法。"),
			"glossary: {嵌入: [Embedding]}\n").by(merged, termGlossMismatch),
	}
}

// spelling is a variant and the word it should be.
type spelling struct {
	variant, word string
	latin         bool // matched without regard to case, at word ends only
	// cased: the variant is the word itself in other letter case.
	cased bool
}

func (s *survey) spellings() []spelling {
	var out []spelling
	for _, t := range s.options.Glossary {
		if ascii(t.Word) && t.Word != "" {
			out = append(out, spelling{strings.ToLower(t.Word), t.Word, true, true})
		}
		for _, v := range t.Variants {
			if v != "" && v != t.Word {
				w := v
				if ascii(v) {
					w = strings.ToLower(v)
				}
				out = append(out, spelling{w, t.Word, ascii(v), false})
			}
		}
	}
	return out
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// occurrences calls f for every place of a spelling in the running text.
func (s *survey) occurrences(list []spelling, f func(p spelling, t *book.Text, a, b int)) {
	var fl flow
	s.runs(func(ns []book.Inline) {
		fl.read(ns)
		for _, pc := range fl.pieces {
			if pc.node == nil {
				continue
			}
			low := ""
			for _, p := range list {
				in := pc.text
				if p.latin {
					if low == "" {
						low = lower(pc.text)
					}
					in = low
				}
				for at := 0; ; {
					i := strings.Index(in[at:], p.variant)
					if i < 0 {
						break
					}
					a := at + i
					b := a + len(p.variant)
					at = b
					if !p.latin || edges(in, a, b) {
						f(p, pc.node, a, b)
					}
				}
			}
		}
	})
}

// lower lowers ASCII letters only, so that offsets stay.
func lower(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// edges reports whether [a, b) is a whole word.
func edges(s string, a, b int) bool {
	p, _ := utf8.DecodeLastRuneInString(s[:a])
	n, _ := utf8.DecodeRuneInString(s[b:])
	inside := func(r rune) bool {
		return r < 0x250 && (unicode.IsLetter(r) || unicode.IsDigit(r)) || r == '_' || r == '-' || r == '/' || r == '@'
	}
	return !(a > 0 && (inside(p) || p == '.')) && !(b < len(s) && (inside(n) || n == '.' && b+1 < len(s) && s[b+1] != ' '))
}

func termVariant(s *survey) diag.List {
	list := s.spellings()
	if len(list) == 0 {
		return nil
	}
	var l diag.List
	s.occurrences(list, func(p spelling, t *book.Text, a, b int) {
		got := t.Value[a:b]
		if got == p.word || covered(t.Value, a, b, p.word) || glossed(t.Value, a) {
			return
		}
		l.Add("term-variant", within(t, a, b), diag.T("“%[1]s”; the glossary has “%[2]s”", "“%[1]s”在术语表中作“%[2]s”", got, p.word),
			diag.T("write %s", "改为“%s”", p.word))
	})
	return l
}

// covered reports whether [a, b) is part of the right word, which may hold the
// variant.
func covered(s string, a, b int, word string) bool {
	for from := max(0, b-len(word)); from <= a; from++ {
		if strings.HasPrefix(s[from:], word) && from+len(word) >= b {
			return true
		}
	}
	return false
}

// glossed reports whether the words at a open a bracket: a gloss, not a use.
func glossed(s string, a int) bool {
	return strings.HasSuffix(s[:a], "（") || strings.HasSuffix(s[:a], "(")
}

func termGlossMismatch(s *survey) diag.List {
	var list []spelling
	for _, p := range s.spellings() {
		if p.latin && !p.cased && !ascii(p.word) {
			list = append(list, p)
		}
	}
	if len(list) == 0 {
		return nil
	}
	var l diag.List
	s.occurrences(list, func(p spelling, t *book.Text, a, b int) {
		if !glossed(t.Value, a) {
			return
		}
		before := strings.TrimSuffix(strings.TrimSuffix(t.Value[:a], "（"), "(")
		before = strings.TrimRight(before, " ")
		r, _ := utf8.DecodeLastRuneInString(before)
		if !han(r) || strings.HasSuffix(before, p.word) {
			return
		}
		l.Add("term-gloss-mismatch", within(t, a, b), diag.T("the glossary gives this for “%s”, which does not stand before the bracket", "术语表以此对应“%s”，而括号前不是这个词", p.word))
	})
	return l
}
