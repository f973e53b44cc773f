package project

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"banxin/pipeline/source"
)

// language is the language the chapters are written in, as BCP 47 has it: by
// the scripts they use, and for Chinese by the characters that only one of its
// two orthographies has. It is "" for a manuscript without a letter.
func language(files []*source.File) string {
	var n tally
	for _, f := range files {
		_, _, body, _ := source.FrontMatter(f.Text)
		n.count(f.Text[body:min(len(f.Text), body+maxTally)])
		if n.han+n.kana+n.hangul > enoughLetters {
			break
		}
	}
	cjk := n.han + n.kana + n.hangul
	switch {
	case cjk == 0 && n.words == 0:
		return ""
	case cjk*100 < (cjk+n.words)*fewest:
		return "en"
	case n.hangul*100 > cjk*30:
		return "ko"
	case n.kana*100 > cjk*5:
		return "ja"
	case n.traditional > n.simplified:
		return "zh-Hant"
	}
	return "zh-Hans"
}

const (
	maxTally      = 1 << 20 // bytes of one file looked at
	enoughLetters = 100_000
	// fewest is the percentage of CJK characters among them and Latin words
	// below which a book is not in a CJK language: it only quotes one.
	fewest = 15
)

// Characters that are frequent and belong to one orthography alone.
const (
	onlySimplified  = "这个们来时会为说国过对发学经实现种与样还开关无门见车长东书问间头马鸟龙变让认识语读写师图动机电数务产业进运远边达选"
	onlyTraditional = "這個們來時會為說國過對發學經實現種與樣還開關無門見車長東書問間頭馬鳥龍變讓認識語讀寫師圖動機電數務產業進運遠邊達選"
)

// tally counts letters by script and Latin words.
type tally struct {
	han, kana, hangul, words int
	simplified, traditional  int
}

func (n *tally) count(t []byte) {
	word := false
	for i := 0; i < len(t); {
		c := t[i]
		if c < utf8.RuneSelf {
			letter := c|0x20 >= 'a' && c|0x20 <= 'z'
			if letter && !word {
				n.words++
			}
			word = letter
			i++
			continue
		}
		r, size := utf8.DecodeRune(t[i:])
		i += size
		word = false
		switch {
		case r >= 0x4e00 && r <= 0x9fff:
			n.han++
			if strings.ContainsRune(onlySimplified, r) {
				n.simplified++
			} else if strings.ContainsRune(onlyTraditional, r) {
				n.traditional++
			}
		case r >= 0x3041 && r <= 0x30ff:
			n.kana++
		case r >= 0xac00 && r <= 0xd7a3:
			n.hangul++
		case unicode.Is(unicode.Han, r):
			n.han++
		}
	}
}
