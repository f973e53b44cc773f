package font

import (
	"strings"
	"unicode"

	"github.com/go-text/typesetting/language"
)

// A run is cut into segments of one script. Han, kana and the punctuation
// between them are one segment, cjk: shaping them apart would cut 「あ」 in
// three.
const cjk = language.Han

// speaksCJK reports whether a canonical language sets its punctuation full
// width. Text of no language is taken to be in the book's, which is one of
// these.
func speaksCJK(lang string) bool {
	switch primary, _, _ := strings.Cut(lang, "-"); primary {
	case "", "und", "zh", "ja", "ko", "yue", "wuu", "lzh", "nan", "hak":
		return true
	}
	return false
}

// plainRune reports whether a character can stand for itself: it never joins
// its neighbours by Unicode, so that only the face's own tables can make it.
func plainRune(r rune) bool {
	switch {
	case r >= 0x4E00 && r <= 0x9FFF, r >= 0x3400 && r <= 0x4DBF, r >= 0x20000 && r <= 0x3FFFD:
		return true
	case r >= 0xAC00 && r <= 0xD7A3:
		return true
	case r >= 0x3000 && r <= 0x30FF:
		return r != 0x3099 && r != 0x309A && (r < 0x302A || r > 0x302F)
	case r >= 0xFF01 && r <= 0xFF9D:
		return true
	case r == dash, r == ellipsis, r >= 0x2018 && r <= 0x201D, r == 0xB7:
		return true
	}
	return false
}

// scriptOf returns the script a character is shaped in. Characters of no
// script of their own are cjk from the general punctuation upwards where the
// language is; otherwise they follow the script before them, current, and
// begin Latin where that is none or cjk.
func scriptOf(r rune, current language.Script, wide bool) language.Script {
	if r >= 0x4E00 && r <= 0x9FFF || r >= 0x3000 && r <= 0x30FF || r >= 0xFF01 && r <= 0xFF60 {
		return cjk
	}
	if r < 0x80 {
		if r|0x20 >= 'a' && r|0x20 <= 'z' {
			return language.Latin
		}
	} else if wide && (r >= 0x2010 && r < 0x3000 || r == 0xB7) && language.LookupScript(r) == language.Common {
		return cjk
	}
	s := language.LookupScript(r)
	switch s {
	case language.Han, language.Hiragana, language.Katakana, language.Bopomofo, language.Katakana_Or_Hiragana:
		return cjk
	case language.Common, language.Inherited, language.Unknown:
		if current == 0 || current == cjk || current == language.Hangul {
			return language.Latin
		}
		return current
	}
	return s
}

// rightToLeft reports whether a script runs to the left.
func rightToLeft(s language.Script) bool {
	switch s {
	case language.Arabic, language.Hebrew, language.Syriac, language.Thaana, language.Nko, language.Adlam:
		return true
	}
	return false
}

// joins reports whether r belongs to the cluster that the character before
// begins: what a fallback must not tear apart. A pair of dashes or ellipses is
// one mark (typography U1).
func joins(before, r rune) bool {
	switch {
	case r < 0x300:
		return false
	case r == dash || r == ellipsis || r == 0x22EF || r == 0x2015:
		return before == r
	case r >= 0x4E00 && r <= 0x9FFF:
		return before == zwj
	case r == zwj, r >= 0xFE00 && r <= 0xFE0F, r >= 0xE0100 && r <= 0xE01EF, r >= 0x1F3FB && r <= 0x1F3FF, r >= 0xE0020 && r <= 0xE007F:
		return true
	case r >= 0x1160 && r <= 0x11FF: // conjoining vowels and finals
		return before >= 0x1100 && before <= 0x11FF || before >= 0xAC00 && before <= 0xD7A3
	case r >= 0x1F1E6 && r <= 0x1F1FF: // flags
		return before >= 0x1F1E6 && before <= 0x1F1FF
	}
	return before == zwj || unicode.Is(unicode.M, r)
}

const (
	zwj      = 0x200D
	dash     = 0x2014
	ellipsis = 0x2026
)

// invisible reports whether a character shows nothing, or a blank that the
// shaper can make up, so that no face need have it.
func invisible(r rune) bool {
	switch {
	case r < 0x20, r >= 0x7F && r <= 0xA0, r == 0xAD:
		return true
	case r < 0x2000:
		return r == 0x34F || r == 0x61C || r >= 0x180B && r <= 0x180F
	case r <= 0x206F:
		return r <= 0x200F || r >= 0x2028 && r <= 0x202F || r >= 0x205F
	}
	return r >= 0xFE00 && r <= 0xFE0F || r == 0xFEFF || r >= 0xE0000 && r <= 0xE0FFF
}
