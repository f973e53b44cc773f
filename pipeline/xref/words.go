package xref

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"banxin/pipeline/book"
)

// words are the templates and labels of one language.
type words struct {
	lang                             string // zh, zh-Hant, ja, ko, en …
	part, chapter, appendix          string
	figure, table, equation, listing string
	section                          string // of a reference: 第%d节
	open, close                      string // quotation marks of a title referred to
}

// defaultWords are used where the layout says nothing.
func defaultWords(lang string) words {
	switch lang {
	case "zh-Hant":
		return words{lang, "第%一部分", "第%d章", "附錄%A", "圖", "表", "式", "程式碼", "第%d節", "「", "」"}
	case "zh":
		return words{lang, "第%一部分", "第%d章", "附录%A", "图", "表", "式", "代码", "第%d节", "“", "”"}
	case "ja":
		return words{lang, "第%d部", "第%d章", "付録%A", "図", "表", "式", "リスト", "%d節", "「", "」"}
	case "ko":
		return words{lang, "제%d부", "제%d장", "부록 %A", "그림", "표", "식", "코드", "%d절", "‘", "’"}
	}
	return words{lang, "Part %R", "Chapter %d", "Appendix %A", "Figure", "Table", "Equation", "Listing", "Section %d", "“", "”"}
}

// languageOf reduces a BCP 47 tag to what templates are keyed by.
func languageOf(tag string) string {
	low := strings.ToLower(tag)
	base, _, _ := strings.Cut(low, "-")
	if base != "zh" {
		return base
	}
	for _, part := range strings.Split(low, "-") {
		switch part {
		case "hant", "tw", "hk", "mo":
			return "zh-Hant"
		}
	}
	return "zh"
}

func wordsFor(o Options) words {
	lang := languageOf(o.Language)
	w := defaultWords(lang)
	pick := func(to *string, by map[string]string) {
		base, _, _ := strings.Cut(lang, "-")
		for _, k := range [...]string{lang, base} {
			if s, ok := by[k]; ok {
				*to = s
				return
			}
		}
		// A language without words of its own takes English ones.
		if s, ok := by["en"]; ok && lang != "zh" && lang != "zh-Hant" && lang != "ja" && lang != "ko" {
			*to = s
		}
	}
	pick(&w.part, o.Part)
	pick(&w.chapter, o.Chapter)
	pick(&w.appendix, o.Appendix)
	pick(&w.figure, o.Figure)
	pick(&w.table, o.Table)
	pick(&w.equation, o.Equation)
	pick(&w.listing, o.Listing)
	return w
}

// spaced reports whether a label is set off from its number by a space.
func (w words) spaced() bool {
	return w.lang != "zh" && w.lang != "zh-Hant" && w.lang != "ja"
}

// float joins a label and a number: 图1-2, Figure 1-2.
func (w words) float(label, number string) string {
	if label == "" {
		return number
	}
	if w.spaced() {
		return label + " " + number
	}
	return label + number
}

// fill puts n into a template.
func fill(template string, n int) string {
	i := strings.IndexByte(template, '%')
	if i < 0 {
		return template
	}
	head, tail := template[:i], template[i+1:]
	switch {
	case strings.HasPrefix(tail, "d"):
		return head + strconv.Itoa(n) + tail[1:]
	case strings.HasPrefix(tail, "A"):
		return head + letter(n) + tail[1:]
	case strings.HasPrefix(tail, "R"):
		return head + roman(n) + tail[1:]
	case strings.HasPrefix(tail, "一"):
		return head + han(n) + tail[len("一"):]
	}
	return template
}

// letter returns A … Z, AA, AB …
func letter(n int) string {
	s := ""
	for ; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
}

func roman(n int) string {
	var b strings.Builder
	for _, d := range [...]struct {
		v int
		s string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= d.v && n < 1<<14; n -= d.v {
			b.WriteString(d.s)
		}
	}
	return b.String()
}

// han returns n in Chinese figures, as numbers are read: 十二, 一百零八.
func han(n int) string {
	if n <= 0 || n >= 10000 {
		if n == 0 {
			return "零"
		}
		return strconv.Itoa(n)
	}
	digits := [...]string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	var b strings.Builder
	gap := false
	for _, u := range [...]struct {
		v int
		s string
	}{{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}} {
		d := n / u.v % 10
		switch {
		case d == 0:
			gap = b.Len() > 0
			continue
		case gap:
			b.WriteString("零")
			gap = false
		}
		if !(d == 1 && u.v == 10 && b.Len() == 0) {
			b.WriteString(digits[d])
		}
		b.WriteString(u.s)
	}
	return b.String()
}

// template returns the template of a division: the layout's, unless the
// author counts with another word (第一回, 第三卷), which is then kept.
func (r *resolver) template(role book.Role) string {
	var t string
	switch role {
	case book.Part:
		t = r.words.part
	case book.Chapter:
		t = r.words.chapter
	default:
		return r.words.appendix
	}
	unit, figures, ok := r.counter(role)
	i := strings.IndexByte(t, '%')
	if !ok || i < 0 || unit == "" {
		return t
	}
	_, w := utf8.DecodeRuneInString(t[i+1:])
	verb, after := t[i:i+1+w], t[i+1+w:]
	if strings.EqualFold(strings.TrimSpace(after), unit) || strings.EqualFold(strings.TrimSpace(t[:i]), unit) {
		return t
	}
	switch figures {
	case book.Arabic:
		verb = "%d"
	case book.Han:
		verb = "%一"
	case book.Roman:
		verb = "%R"
	}
	if unit[0] < 0x80 {
		return unit + " " + verb
	}
	if strings.HasPrefix(t, "제") {
		return "제" + verb + unit
	}
	return "第" + verb + unit
}

// counter returns the word with which most of the author's typed numbers of a
// role count.
func (r *resolver) counter(role book.Role) (unit string, f book.Figures, ok bool) {
	type form struct {
		unit string
		f    book.Figures
	}
	count := map[form]int{}
	best, most := form{}, 0
	r.book.Walk(func(s *book.Section) bool {
		if s.Role != role || s.Typed == "" {
			return s.Role == book.Part || s.Level < 1
		}
		n, _ := book.ParseNumber(s.Typed)
		if n.Unit == "" || len(n.Ordinal) == 0 {
			return true
		}
		k := form{n.Unit, n.Figures}
		if count[k]++; count[k] > most {
			best, most = k, count[k]
		}
		return true
	})
	return best.unit, best.f, most > 0
}
