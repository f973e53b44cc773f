package typeset

import (
	"strings"
	"unicode"
)

// kind is what a character is to line breaking and spacing.
type kind uint8

const (
	nothing       kind = iota // control characters
	western                   // letters, digits and marks set as words
	han                       // ideographs, kana and what is set like them
	hangul                    // Korean syllables
	trailing                  // 々 ー small kana: not at a line's start
	openKind                  // （ “ 《
	closeKind                 // ） ” 》
	commaKind                 // ， 、 ； ：
	stopKind                  // 。 ．
	exclaimKind               // ！ ？
	interKind                 // ·
	connectorKind             // ～ — alone
	dashKind                  // ——
	ellipsisKind              // ……
	solidusKind               // ／
	prefixKind                // ￥ before digits
	postfixKind               // ％ after digits
	quoteKind                 // “ ” ‘ ’ before their context is known
	inkedKind                 // — … · – before their context is known
	spaceKind                 // white space
	idSpaceKind               // U+3000
	tieKind                   // no-break space, word joiner
	softKind                  // soft hyphen
	seamKind                  // zero width space: a line may end here
	joinKind                  // combining marks, variation selectors, joiners
	hardKind                  // a forced line end
	objectKind                // a frame or a ruby group
	markerKind                // an anchor: no extent
)

// mark reports whether the character is a full-width mark with blanks.
func (k kind) mark() bool { return k >= openKind && k <= interKind }

// ideographic reports whether the character is set in the square and is no
// part of a Korean word.
func (k kind) ideographic() bool { return k >= han && k <= postfixKind && k != hangul }

// kindOf classifies a character out of context.
func kindOf(r rune) kind {
	switch {
	case r < 0x20 || r >= 0x7f && r < 0xa0:
		if r == '\t' || r == '\n' || r == '\r' {
			return spaceKind
		}
		return nothing
	case r == ' ':
		return spaceKind
	case r < 0x7f:
		return western
	case r >= 0x4e00 && r <= 0x9fff || r >= 0x3400 && r <= 0x4dbf || r >= 0x20000 && r <= 0x3ffff || r >= 0xf900 && r <= 0xfaff:
		return han
	case r >= 0xac00 && r <= 0xd7a3 || r >= 0x1100 && r <= 0x11ff || r >= 0x3131 && r <= 0x318e:
		return hangul
	case r >= 0x2000 && r <= 0x206f:
		return generalKind(r)
	case r >= 0x3000 && r <= 0x30ff || r >= 0xff00 && r <= 0xffef || r >= 0xfe30 && r <= 0xfe4f:
		return squareKind(r)
	case r >= 0x2e80 && r <= 0x2fdf || r >= 0x2ff0 && r <= 0x2fff || r >= 0x3100 && r <= 0x33ff || r >= 0x2460 && r <= 0x24ff || r >= 0x2500 && r <= 0x26ff || r >= 0x2776 && r <= 0x2793 || r >= 0xa000 && r <= 0xa4cf || r >= 0x1f000 && r <= 0x1faff || r >= 0x1b000 && r <= 0x1b16f:
		if r >= 0x31f0 && r <= 0x31ff {
			return trailing
		}
		return han
	}
	switch r {
	case 0xa0, 0x202f:
		return tieKind
	case 0xad:
		return softKind
	case 0xb7, 0x22ef:
		return inkedKind
	case 0xb0, 0x2103, 0x2109:
		return postfixKind
	case 0x2e3a:
		return dashKind
	}
	if unicode.In(r, unicode.Mn, unicode.Me) {
		return joinKind
	}
	return western
}

// generalKind classifies the block General Punctuation.
func generalKind(r rune) kind {
	switch r {
	case '“', '”', '‘', '’':
		return quoteKind
	case '—', '…', '–', '‧':
		return inkedKind
	case '‖', '―':
		return connectorKind
	case '‰', '‱', '′', '″', '‴':
		return postfixKind
	case '‼', '⁇', '⁈', '⁉':
		return trailing
	case '※':
		return han
	case 0x200b:
		return seamKind
	case 0x200c, 0x200d:
		return joinKind
	case 0x2060, 0x202f, 0x2007, 0x2011:
		if r == 0x2011 {
			return western
		}
		return tieKind
	}
	switch {
	case r >= 0x2000 && r <= 0x200a || r == 0x2028 || r == 0x2029 || r == 0x205f:
		return spaceKind
	case r >= 0x200e && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2061 && r <= 0x206f:
		return nothing
	}
	return western
}

// squareKind classifies CJK punctuation, kana and the full-width forms.
func squareKind(r rune) kind {
	switch r {
	case 0x3000:
		return idSpaceKind
	case '、', '，', '；', '：', '､':
		return commaKind
	case '。', '．', '｡':
		return stopKind
	case '！', '？':
		return exclaimKind
	case '「', '『', '（', '《', '〈', '【', '〖', '〔', '［', '｛', '〘', '〚', '〝', '｟':
		return openKind
	case '」', '』', '）', '》', '〉', '】', '〗', '〕', '］', '｝', '〙', '〛', '〞', '〟', '｠':
		return closeKind
	case '・':
		return interKind
	case '～', '〜', '゠', '－':
		return connectorKind
	case '／', '＼':
		return solidusKind
	case '￥', '＄', '￡', '＃', '￦':
		return prefixKind
	case '％', '￠':
		return postfixKind
	case '々', '〻', 'ー', 'ヽ', 'ヾ', 'ゝ', 'ゞ',
		'ぁ', 'ぃ', 'ぅ', 'ぇ', 'ぉ', 'っ', 'ゃ', 'ゅ', 'ょ', 'ゎ', 'ゕ', 'ゖ',
		'ァ', 'ィ', 'ゥ', 'ェ', 'ォ', 'ッ', 'ャ', 'ュ', 'ョ', 'ヮ', 'ヵ', 'ヶ':
		return trailing
	case 0x3099, 0x309a, 0x302a, 0x302b, 0x302c, 0x302d:
		return joinKind
	}
	if r == 0xfeff {
		return nothing
	}
	return han
}

// tongue is what a language asks of punctuation.
type tongue uint8

const (
	latin tongue = iota
	hans
	hant
	japanese
	korean
)

func (t tongue) cjk() bool { return t != latin }

// tongueOf reads a BCP 47 tag.
func tongueOf(lang string) tongue {
	switch {
	case lang == "ja" || strings.HasPrefix(lang, "ja-"):
		return japanese
	case lang == "ko" || strings.HasPrefix(lang, "ko-"):
		return korean
	case strings.HasPrefix(lang, "zh-Hant"), strings.HasPrefix(lang, "zh-TW"), strings.HasPrefix(lang, "zh-HK"), strings.HasPrefix(lang, "zh-MO"):
		return hant
	case lang == "zh" || strings.HasPrefix(lang, "zh-"):
		return hans
	}
	return latin
}

// plainLang spells out the script of a Chinese tag, as the fonts of a layout
// are keyed.
func plainLang(lang string) string {
	switch strings.ToLower(lang) {
	case "zh", "zh-cn", "zh-sg", "zh-hans", "zh-hans-cn":
		return "zh-Hans"
	case "zh-tw", "zh-hant-tw":
		return "zh-Hant-TW"
	case "zh-hk", "zh-mo", "zh-hant-hk", "zh-hant-mo":
		return "zh-Hant-HK"
	}
	return lang
}
