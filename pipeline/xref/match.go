package xref

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"banxin/pipeline/book"
)

// match is a reference in words that parseRef read: [start, end) of the text.
type match struct {
	what called
	keys []string // one, or several (第3、4章)
	end  int      // 0: no reference here
	// sure: the wording is a reference whatever the book has; otherwise it is
	// one only if it resolves.
	sure bool
	// relative: a section of the present chapter (第2节).
	relative bool
	// unit is the counter word of a part or a chapter (第2回).
	unit string
}

// parseRef reads a reference that starts at s[i]; prev is the character
// before it.
func parseRef(s string, i int, prev rune) match {
	c, w := utf8.DecodeRuneInString(s[i:])
	switch {
	case c == '第' || c == '제':
		return ordinalRef(s, i, i+w)
	case c >= '0' && c <= '9':
		if prev >= '0' && prev <= '9' || prev == '.' || prev == '-' || prev < utf8.RuneSelf && unicode.IsLetter(prev) {
			return match{}
		}
		return sectionRef(s, i)
	}
	for k := range refLabels {
		l := &refLabels[k]
		if !strings.HasPrefix(l.word, s[i:i+w]) || !strings.HasPrefix(s[i:], l.word) {
			continue
		}
		if c < utf8.RuneSelf && (unicode.IsLetter(prev) || unicode.IsDigit(prev)) && prev < 0x2e80 {
			return match{}
		}
		if strings.ContainsRune(l.never, prev) {
			return match{}
		}
		return labelledRef(s, i+len(l.word), *l)
	}
	return match{}
}

// refLabel is a word that stands before a number. never are characters that
// make another word of it: 代表2, 方式3.
type refLabel struct {
	word  string
	what  called
	never string
}

var refLabels = [...]refLabel{
	{"附录", calledAppendix, ""}, {"附錄", calledAppendix, ""}, {"付録", calledAppendix, ""}, {"부록", calledAppendix, ""},
	{"图表", calledFigure, ""}, {"图", calledFigure, "地版插企意试蓝构附"}, {"圖", calledFigure, "地版插企意試藍構附"}, {"図", calledFigure, "地版意"}, {"그림", calledFigure, ""},
	{"表格", calledTable, ""}, {"表", calledTable, "代发發图手列外仪儀报報电電年老课課附"}, {"표", calledTable, "목대발"},
	{"公式", calledEquation, ""}, {"方程", calledEquation, ""}, {"式", calledEquation, "方模形等格样公招仪正版"}, {"식", calledEquation, "방형공"},
	{"代码清单", calledListing, ""}, {"程序清单", calledListing, ""}, {"程式碼", calledListing, ""}, {"清单", calledListing, ""}, {"代码", calledListing, ""}, {"リスト", calledListing, ""},
	{"Chapter", calledChapter, ""}, {"Section", calledSection, ""}, {"Part", calledPart, ""}, {"Appendix", calledAppendix, ""},
	{"Figure", calledFigure, ""}, {"Fig.", calledFigure, ""}, {"Table", calledTable, ""}, {"Equation", calledEquation, ""}, {"Eq.", calledEquation, ""}, {"Listing", calledListing, ""},
}

// ordinalRef reads 第3章, 第3.2节, 第三部分, 第3、4章, 第3章第2节.
func ordinalRef(s string, start, i int) match {
	keys, letters, i := figuresList(s, i)
	if len(keys) == 0 || letters {
		return match{}
	}
	i += blank(s[i:])
	what, n := unitAt(s[i:])
	if n == 0 {
		return match{}
	}
	m := match{what: what, keys: keys, end: i + n, sure: what == calledChapter, unit: s[i : i+n]}
	if what == calledSection {
		m.relative = !strings.Contains(keys[0], ".")
		m.sure = !m.relative
	} else if strings.Contains(keys[0], ".") {
		return match{}
	}
	if what == calledChapter && len(keys) == 1 {
		if d, w := utf8.DecodeRuneInString(s[m.end:]); d == '第' || d == '제' {
			if k := ordinalRef(s, m.end, m.end+w); k.end > 0 && k.relative && len(k.keys) == 1 {
				return match{what: calledSection, keys: []string{keys[0] + "." + k.keys[0]}, end: k.end, sure: true}
			}
		}
	}
	return m
}

// unitAt reads the counter word of a division. Words that go on (第三章节,
// 第1节课) are others.
func unitAt(s string) (called, int) {
	for _, u := range [...]struct {
		word string
		what called
	}{{"部分", calledPart}, {"章", calledChapter}, {"回", calledChapter}, {"节", calledSection}, {"節", calledSection}, {"小节", calledSection},
		{"篇", calledPart}, {"卷", calledPart}, {"编", calledPart}, {"編", calledPart}, {"장", calledChapter}, {"절", calledSection}, {"부", calledPart}} {
		if !strings.HasPrefix(s, u.word) {
			continue
		}
		rest := s[len(u.word):]
		if strings.HasPrefix(rest, "节") || strings.HasPrefix(rest, "课") || strings.HasPrefix(rest, "合") || strings.HasPrefix(rest, "程") {
			return 0, 0
		}
		return u.what, len(u.word)
	}
	return 0, 0
}

// sectionRef reads 3.2节, 3.2.1小节.
func sectionRef(s string, i int) match {
	key, _, end := figuresKey(s, i, ".．")
	if !strings.Contains(key, ".") {
		return match{}
	}
	j := end + blank(s[end:])
	if what, n := unitAt(s[j:]); n > 0 && what == calledSection {
		return match{what: what, keys: []string{key}, end: j + n, sure: true}
	}
	return match{}
}

// labelledRef reads the number after a label.
func labelledRef(s string, i int, l refLabel) match {
	i += blank(s[i:])
	open := false
	if l.what == calledEquation {
		if c, w := utf8.DecodeRuneInString(s[i:]); c == '(' || c == '（' {
			open = true
			i += w
			i += blank(s[i:])
		}
	}
	key, letters, end := figuresKey(s, i, ".-．－–—")
	if key == "" {
		return match{}
	}
	parts := strings.Count(key, ".") + 1
	if l.what == calledAppendix && parts == 1 && !letters {
		// 附录1, 附录一 as well as 附录A.
		if end == i {
			return match{}
		}
	}
	if open {
		j := end + blank(s[end:])
		c, w := utf8.DecodeRuneInString(s[j:])
		if c != ')' && c != '）' {
			return match{}
		}
		end = j + w
	}
	next, _ := utf8.DecodeRuneInString(s[end:])
	if strings.ContainsRune("倍亿億万萬元年月日个個種种次%％", next) || next < utf8.RuneSelf && (unicode.IsLetter(next) || unicode.IsDigit(next)) {
		return match{}
	}
	m := match{what: l.what, keys: []string{key}, end: end}
	switch l.what {
	case calledChapter, calledPart:
		if parts > 1 || letters {
			return match{}
		}
		m.sure = l.what == calledChapter
	case calledSection:
		m.sure = parts > 1
		if parts == 1 {
			return match{}
		}
	case calledAppendix:
		if parts > 1 {
			m.what = calledSection
		} else if letters {
			m.keys[0] = strconv.Itoa(int(key[0]-'A') + 1)
		}
		m.sure = letters
	default:
		m.sure = parts == 2 && !(letters && parts == 1)
		if letters && parts == 1 {
			return match{}
		}
	}
	return m
}

// figuresList reads one number or several: 3、4; 3至5; 3-5.
func figuresList(s string, i int) (keys []string, letters bool, end int) {
	for {
		i += blank(s[i:])
		key, l, e := figuresKey(s, i, ".．")
		if key == "" {
			return keys, letters, end
		}
		keys, letters, end = append(keys, key), letters || l, e
		c, w := utf8.DecodeRuneInString(s[e:])
		if !strings.ContainsRune("、和与至到~～–—-", c) || w == 0 {
			return keys, letters, end
		}
		// The list goes on only if a number follows: 第3章和图.
		i = e + w
		if _, n, _ := book.ScanFigures(s[i+blank(s[i:]):]); n == 0 {
			return keys, letters, end
		}
	}
}

// figuresKey reads 3, 3.2, 3-2, 三, A, A-1 and returns it as a key. joins are
// the characters that may stand between components.
func figuresKey(s string, i int, joins string) (key string, letters bool, end int) {
	v, w, f := book.ScanFigures(s[i:])
	if w == 0 || f == book.Spelled || f == book.Roman && w > 3 || v > 9999 {
		return "", false, i
	}
	if f == book.Letter {
		key, letters = string(rune('A'+v-1)), true
	} else {
		key = strconv.Itoa(v)
	}
	end = i + w
	if f != book.Arabic && f != book.Letter {
		return key, letters, end
	}
	for range 4 {
		c, m := utf8.DecodeRuneInString(s[end:])
		if !strings.ContainsRune(joins, c) || m == 0 {
			break
		}
		v, w, f := book.ScanFigures(s[end+m:])
		if w == 0 || f != book.Arabic || v > 9999 {
			break
		}
		key += "." + strconv.Itoa(v)
		end += m + w
	}
	return key, letters, end
}

// blank returns the length of the spaces at the start of s, at most two.
func blank(s string) int {
	n := 0
	for range 2 {
		c, w := utf8.DecodeRuneInString(s[n:])
		if c != ' ' && c != '\u00a0' && c != '\u3000' {
			break
		}
		n += w
	}
	return n
}
