package book

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Figures is the kind of figures a typed number is written in.
type Figures uint8

const (
	Arabic    Figures = iota // 12, １２
	Han                      // 十二
	Roman                    // XII, Ⅻ
	Letter                   // A, Ａ
	Spelled                  // twelve
	HanLetter                // 甲, 乙
)

// Number is a number as authors type it before a heading's words: 第1章,
// 第十二回, 1.2.1, 附录A, Chapter 3, 제2부, 一、.
type Number struct {
	// Role is Part, Chapter or Appendix where the wording says so; else Plain.
	Role Role
	// Ordinal is the number's components; nil for 上篇, 下篇.
	Ordinal []int
	// Level is the depth the wording says, as Section.Level after outline.
	// It means nothing for Bare numbers.
	Level int
	// Unit is the counter word: 章, 回, Chapter, 附录; empty for 1.2 and 一、.
	Unit    string
	Figures Figures
	// Bare marks an enumerator that names no depth: "1.", "一、", "（二）".
	Bare bool
	// Bracketed marks a Bare number in brackets.
	Bracketed bool
	// Text is the number as typed, without the separator after it.
	Text string
}

// counter is a unit that follows a figure: 第N章.
type counter struct {
	unit  string
	role  Role
	level int
	// loose: the words may follow without a separator (第一章概述).
	loose bool
}

// counters are tried in order: longer before shorter.
var counters = [...]counter{
	{"部分", Part, 0, true}, {"單元", Part, 0, false}, {"单元", Part, 0, false},
	{"小节", Plain, 3, false}, {"小節", Plain, 3, false},
	{"章", Chapter, 1, true}, {"回", Chapter, 1, true}, {"节", Plain, 2, true}, {"節", Plain, 2, true},
	{"部", Part, 0, false}, {"篇", Part, 0, false}, {"卷", Part, 0, false}, {"编", Part, 0, false}, {"編", Part, 0, false},
	{"辑", Part, 0, false}, {"輯", Part, 0, false}, {"册", Part, 0, false}, {"冊", Part, 0, false}, {"巻", Part, 0, false},
	{"讲", Chapter, 1, false}, {"講", Chapter, 1, false}, {"课", Chapter, 1, false}, {"課", Chapter, 1, false},
	{"话", Chapter, 1, false}, {"話", Chapter, 1, false}, {"幕", Chapter, 1, false},
	{"项", Plain, 3, false}, {"項", Plain, 3, false}, {"款", Plain, 3, false},
	{"부", Part, 0, false}, {"편", Part, 0, false}, {"권", Part, 0, false},
	{"장", Chapter, 1, true}, {"과", Chapter, 1, false}, {"강", Chapter, 1, false}, {"회", Chapter, 1, false},
	{"절", Plain, 2, false}, {"항", Plain, 3, false},
}

// word is a unit that stands before a figure: Chapter N.
type word struct {
	word  string // lower case
	role  Role
	level int
}

var words = [...]word{
	{"附录", Appendix, 1}, {"附錄", Appendix, 1}, {"付録", Appendix, 1}, {"부록", Appendix, 1},
	{"chapter", Chapter, 1}, {"kapitel", Chapter, 1}, {"chapitre", Chapter, 1}, {"capítulo", Chapter, 1},
	{"capitulo", Chapter, 1}, {"capitolo", Chapter, 1}, {"глава", Chapter, 1}, {"lesson", Chapter, 1}, {"lecture", Chapter, 1},
	{"part", Part, 0}, {"teil", Part, 0}, {"partie", Part, 0}, {"parte", Part, 0}, {"часть", Part, 0}, {"volume", Part, 0},
	{"appendix", Appendix, 1}, {"anhang", Appendix, 1}, {"annexe", Appendix, 1}, {"apéndice", Appendix, 1},
	{"appendice", Appendix, 1}, {"apêndice", Appendix, 1}, {"приложение", Appendix, 1},
	{"section", Plain, 2}, {"卷", Part, 0},
}

// ParseNumber reads the number at the start of a heading's text. rest is the
// offset in bytes where the words begin (separators skipped), len(s) if the
// number is all there is, and 0 if there is no number.
func ParseNumber(s string) (n Number, rest int) {
	lead := len(s) - len(strings.TrimLeftFunc(s, unicode.IsSpace))
	t := s[lead:]
	if t == "" {
		return Number{}, 0
	}
	for _, parse := range [...]func(string) (Number, int){ordinal, worded, counted, halves, dotted, bare} {
		if n, end := parse(t); end > 0 {
			n.Text = t[:end]
			return n, lead + end + separators(t[end:])
		}
	}
	return Number{}, 0
}

// ordinal reads 第N章, 제N장.
func ordinal(s string) (Number, int) {
	i := 0
	for _, p := range [...]string{"第", "제"} {
		if strings.HasPrefix(s, p) {
			i = len(p)
		}
	}
	if i == 0 {
		return Number{}, 0
	}
	i += spaces(s[i:])
	v, w, style := ScanFigures(s[i:])
	if w == 0 || style == Letter || style == Spelled {
		return Number{}, 0
	}
	i += w
	i += spaces(s[i:])
	for _, c := range counters {
		if !strings.HasPrefix(s[i:], c.unit) {
			continue
		}
		end := i + len(c.unit)
		if !c.loose && !separated(s[end:]) || c.unit == "节" && strings.HasPrefix(s[end:], "课") {
			return Number{}, 0
		}
		return Number{Role: c.role, Ordinal: []int{v}, Level: c.level, Unit: c.unit, Figures: style}, end
	}
	return Number{}, 0
}

// counted reads 1장, 3章, 2부: numbers whose counter word says enough.
func counted(s string) (Number, int) {
	v, w, style := ScanFigures(s)
	if w == 0 || style != Arabic || v > 199 {
		return Number{}, 0
	}
	for _, c := range counters {
		switch c.unit {
		case "章", "節", "节", "장", "절", "부", "편", "部":
			if strings.HasPrefix(s[w:], c.unit) && separated(s[w+len(c.unit):]) {
				return Number{Role: c.role, Ordinal: []int{v}, Level: c.level, Unit: c.unit, Figures: style}, w + len(c.unit)
			}
		}
	}
	return Number{}, 0
}

// worded reads 附录A, Chapter 3, Part II, Appendix B.
func worded(s string) (Number, int) {
	for _, w := range words {
		if len(s) < len(w.word) || !strings.EqualFold(s[:len(w.word)], w.word) {
			continue
		}
		i := len(w.word)
		gap := spaces(s[i:])
		if gap == 0 && s[0] < utf8.RuneSelf {
			return Number{}, 0
		}
		i += gap
		v, n, style := ScanFigures(s[i:])
		if n == 0 || v == 0 {
			return Number{}, 0
		}
		if r, m := roman(s[i:]); m >= n && w.role != Appendix {
			v, n, style = r, m, Roman
		}
		end := i + n
		if !separated(s[end:]) && (style == Letter || !strings.HasPrefix(w.word, "附") || style == HanLetter) && !wide(s[end:], style) {
			return Number{}, 0
		}
		return Number{Role: w.role, Ordinal: []int{v}, Level: w.level, Unit: s[:len(w.word)], Figures: style}, end
	}
	return Number{}, 0
}

// wide reports whether words in Han or kana follow a letter or a digit, which
// tell the two apart without a space: 附录A开发工具.
func wide(s string, f Figures) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return (f == Letter || f == Arabic) && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// halves reads 上篇, 中卷, 下部.
func halves(s string) (Number, int) {
	r, w := utf8.DecodeRuneInString(s)
	if r != '上' && r != '中' && r != '下' {
		return Number{}, 0
	}
	u, m := utf8.DecodeRuneInString(s[w:])
	if !strings.ContainsRune("篇卷部编編册冊巻", u) || !separated(s[w+m:]) {
		return Number{}, 0
	}
	return Number{Role: Part, Unit: s[w : w+m], Figures: Han}, w + m
}

// dotted reads 1.2, 1.2.3, A.1, §2.4.
func dotted(s string) (Number, int) {
	i := 0
	if strings.HasPrefix(s, "§") {
		i = len("§")
		i += spaces(s[i:])
	}
	v, w, style := ScanFigures(s[i:])
	if w == 0 || style != Arabic && style != Letter || v > 999 {
		return Number{}, 0
	}
	ord := []int{v}
	end := i + w
	for {
		d, m := utf8.DecodeRuneInString(s[end:])
		if d != '.' && d != '．' {
			break
		}
		v, w, f := ScanFigures(s[end+m:])
		if w == 0 || f != Arabic || v > 999 {
			break
		}
		ord = append(ord, v)
		end += m + w
	}
	if len(ord) < 2 || len(ord) > 6 {
		return Number{}, 0
	}
	switch r, _ := utf8.DecodeRuneInString(s[end:]); {
	case r == '%' || r == '％' || r == '°' || r == '-' || r == '~' || r == '/' || r == '×',
		strings.ContainsRune("倍亿億万萬元年月日版米吨", r),
		r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)):
		return Number{}, 0
	}
	return Number{Ordinal: ord, Level: len(ord), Figures: style}, end
}

// bare reads "1 ", "1.", "一、", "（二）".
func bare(s string) (Number, int) {
	n := Number{Bare: true}
	r, open := utf8.DecodeRuneInString(s)
	if r != '(' && r != '（' {
		open = 0
	}
	v, w, style := ScanFigures(s[open:])
	if w == 0 || style == Letter || style == Spelled || v > 199 {
		return Number{}, 0
	}
	n.Ordinal, n.Figures = []int{v}, style
	end := open + w
	c, m := utf8.DecodeRuneInString(s[end:])
	switch {
	case open > 0:
		if c != ')' && c != '）' {
			return Number{}, 0
		}
		n.Bracketed = true
		return n, end + m
	case style == HanLetter:
		return Number{}, 0
	case c == '、' || c == '．' || c == '：' || c == ':':
		return n, end
	case c == '.' && style == Arabic:
		if r, _ := utf8.DecodeRuneInString(s[end+1:]); !unicode.IsDigit(r) {
			return n, end
		}
	case style == Arabic && (unicode.IsSpace(c) || end == len(s)):
		return n, end
	case style == Han && (c == '\u3000' || end == len(s)):
		return n, end
	}
	return Number{}, 0
}

func spaces(s string) int { return len(s) - len(strings.TrimLeftFunc(s, unicode.IsSpace)) }

// separated reports whether a number that stands before s is set off from it.
func separated(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s == "" || unicode.IsSpace(r) || strings.ContainsRune(":：.．、·・—–-|｜《「『（(", r)
}

// separators returns the length of what stands between a number and the
// heading's words.
func separators(s string) int {
	i := 0
	if r, w := utf8.DecodeRuneInString(s); r == '.' || r == '．' || r == '、' {
		i = w
	}
	i += spaces(s[i:])
	for {
		r, w := utf8.DecodeRuneInString(s[i:])
		if !strings.ContainsRune(":：—–·・|｜", r) && !(r == '-' && separated(s[i+w:])) || w == 0 {
			return i
		}
		i += w
		i += spaces(s[i:])
	}
}

// ScanFigures reads the figures at the start of s: Arabic (half or full
// width), Han, Roman (Unicode's own characters only, or two and more capital
// letters), one capital letter, 甲乙丙丁, or an English number word. n is their length in bytes,
// 0 if there are none.
func ScanFigures(s string) (value, n int, f Figures) {
	r, w := utf8.DecodeRuneInString(s)
	switch {
	case r >= '0' && r <= '9' || r >= '０' && r <= '９':
		value, n = arabic(s)
		return value, n, Arabic
	case hanDigit(r) >= 0 || hanUnit(r) > 0:
		value, n = han(s)
		return value, n, Han
	case r >= 'Ⅰ' && r <= 'Ⅻ':
		return int(r-'Ⅰ') + 1, w, Roman
	case r >= 'Ａ' && r <= 'Ｚ':
		return int(r-'Ａ') + 1, w, Letter
	}
	if i := strings.IndexRune("甲乙丙丁戊己庚辛壬癸", r); i >= 0 && w > 0 {
		return i/3 + 1, w, HanLetter
	}
	letters := 0
	for letters < len(s) && (s[letters]|0x20 >= 'a' && s[letters]|0x20 <= 'z') {
		letters++
	}
	if letters == 1 && s[0] >= 'A' && s[0] <= 'Z' {
		return int(s[0]-'A') + 1, 1, Letter
	}
	if v, m := roman(s); m > 1 && m == letters {
		return v, m, Roman
	}
	for i, w := range spelled {
		if letters == len(w) && strings.EqualFold(s[:letters], w) {
			return i + 1, letters, Spelled
		}
	}
	return 0, 0, Arabic
}

var spelled = [...]string{"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
	"eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"}

func arabic(s string) (v, n int) {
	for n < len(s) && v < 1e6 {
		r, w := utf8.DecodeRuneInString(s[n:])
		switch {
		case r >= '0' && r <= '9':
			v = v*10 + int(r-'0')
		case r >= '０' && r <= '９':
			v = v*10 + int(r-'０')
		default:
			return v, n
		}
		n += w
	}
	return v, n
}

func hanDigit(r rune) int {
	switch r {
	case '〇', '零', '○':
		return 0
	case '一', '壹':
		return 1
	case '二', '两', '兩', '贰', '貳':
		return 2
	case '三', '叁', '參':
		return 3
	case '四', '肆':
		return 4
	case '五', '伍':
		return 5
	case '六', '陆', '陸':
		return 6
	case '七', '柒':
		return 7
	case '八', '捌':
		return 8
	case '九', '玖':
		return 9
	}
	return -1
}

func hanUnit(r rune) int {
	switch r {
	case '十', '拾':
		return 10
	case '廿':
		return 20
	case '卅':
		return 30
	case '百', '佰':
		return 100
	case '千', '仟':
		return 1000
	}
	return 0
}

// han reads 一百零八 and positional 一二三.
func han(s string) (v, n int) {
	total, digit, digits := 0, 0, 0
	for n < len(s) && total < 1e6 && digit < 1e6 {
		r, w := utf8.DecodeRuneInString(s[n:])
		if d := hanDigit(r); d >= 0 {
			digit = digit*10 + d
			digits++
		} else if u := hanUnit(r); u > 0 {
			if digits == 0 || digit == 0 {
				digit = 1
			}
			total += digit * u
			digit, digits = 0, 0
		} else {
			break
		}
		n += w
	}
	return total + digit, n
}

// roman reads a Roman numeral in capitals up to 89; n is 0 if there is none.
func roman(s string) (v, n int) {
	val := func(b byte) int {
		switch b {
		case 'I':
			return 1
		case 'V':
			return 5
		case 'X':
			return 10
		case 'L':
			return 50
		}
		return 0
	}
	for n < len(s) && val(s[n]) > 0 {
		d := val(s[n])
		if n+1 < len(s) && val(s[n+1]) > d {
			d = -d
		}
		v += d
		n++
	}
	if v <= 0 || n < len(s) && (s[n]|0x20 >= 'a' && s[n]|0x20 <= 'z') {
		return 0, 0
	}
	return v, n
}

// Apparatus reports whether sections of the role are the author's own
// apparatus, which is not printed where it stands: a contents list typed by
// hand, and the abstract and keywords, which outline has copied to Meta. They
// stay in the book as written, where check reads them; they are in no
// contents, running head or numbering, and no writer sets them as sections.
func (r Role) Apparatus() bool { return r == Contents || r == Abstract || r == Keywords }
