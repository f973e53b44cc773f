package check

import (
	"strings"
	"unicode/utf8"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
)

func punctuationRules() []rule {
	const off, note, warn = diag.Off, diag.Note, diag.Warning
	return []rule{
		define("zh-punct-mixed", warn, warn, warn,
			text("A half-width mark stands in Chinese text, or brackets and quotation marks are half-width where the book's others are not.", "中文里用了半角标点，或括号、引号用了半角而全书多用全角。"),
			text("GB/T 15834 asks for full-width marks; half-width ones leave holes in the line.", "GB/T 15834 要求用全角标点；半角标点会使字距不匀。"),
			text("Write the full-width mark; --fix does.", "改用全角标点；--fix 可代劳。"),
			"先读入,再处理。\n").by(merged, punctMixed),
		define("zh-latin-spacing", off, note, note,
			text("Chinese and Latin words are spaced here otherwise than nearly everywhere in the book.", "此处中文与西文之间的空格与全书绝大多数写法不同。"),
			text("The gap is set by the program, so only the source is uneven.", "排版时间距由程序决定，不一致的只是源文件。"),
			text("Add or take off the space; --fix does.", "增删空格；--fix 可代劳。"),
			"用 Go 写成，比C 快。\n").by(merged, latinSpacing),
		define("zh-script-mixed", note, warn, warn,
			text("A traditional form stands in a book in simplified characters.", "简体书里出现了繁体字。"),
			text("It is often left over from a converted or pasted text.", "多半是转换或粘贴时的遗留。"),
			text("Write the simplified form, unless a name or a quotation asks for the other.", "改为简体；人名、引文等确需繁体的除外。"),
			"我们学习计算機科学，天天练习，日日进步，从不间断，月月有成，年年有得。\n").by(merged, scriptMixed),
	}
}

// full is the full-width form of a half-width mark.
func full(c byte) string {
	switch c {
	case ',':
		return "，"
	case ';':
		return "；"
	case ':':
		return "："
	case '?':
		return "？"
	case '!':
		return "！"
	case '.':
		return "。"
	}
	return ""
}

// marks collects what a book does with marks, to report the exceptions.
type marks struct {
	flow  flow
	found diag.List
	// half-width brackets and quotation marks beside Han, and commas in
	// full-width brackets, with how many full-width ones there are.
	brackets, quotes, inner         diag.List
	fullBrackets, fullQuotes, fullI int
}

func punctMixed(s *survey) diag.List {
	if !s.chinese() {
		return nil
	}
	m := &marks{}
	s.runs(func(ns []book.Inline) {
		m.flow.read(ns)
		for k := range m.flow.pieces {
			if m.flow.pieces[k].node != nil && len(m.found)+len(m.brackets)+len(m.quotes) < enough {
				m.piece(k)
			}
		}
	})
	if m.fullBrackets > 3*len(m.brackets) {
		m.found = append(m.found, m.brackets...)
	}
	if m.fullQuotes > 3*len(m.quotes) {
		m.found = append(m.found, m.quotes...)
	}
	if m.fullI >= len(m.inner) {
		m.found = append(m.found, m.inner...)
	}
	return m.found
}

func (m *marks) piece(k int) {
	p := m.flow.pieces[k]
	t := p.text
	for i := 0; i < len(t) && len(m.found) < enough; i++ {
		switch c := t[i]; c {
		case ',', ';', ':', '?', '!', '.':
			if m.halfWidth(k, i) {
				m.mark(p.node, i)
			}
		case '(':
			m.pair(&m.brackets, k, i, ")", "（", "）")
		case '"':
			i = m.pair(&m.quotes, k, i, `"`, "“", "”")
		case 0xef: // U+FF08 （
			if strings.HasPrefix(t[i:], "（") {
				m.fullBrackets++
				m.bracket(p.node, i+len("（"))
				i += len("（") - 1
			}
		case 0xe2: // U+201C “
			if strings.HasPrefix(t[i:], "“") {
				m.fullQuotes++
				i += len("“") - 1
			}
		}
	}
}

// halfWidth reports whether the mark at byte i of piece k stands in Chinese.
func (m *marks) halfWidth(k, i int) bool {
	t := m.flow.pieces[k].text
	prev := m.flow.before(k, i)
	next := m.flow.after(k, i+1)
	j := i + 1
	for j < len(t) && t[j] == ' ' {
		j++
	}
	word := m.flow.after(k, j) // the next that is no space
	chinese := han(prev) || prev > 0 && strings.ContainsRune("》”’）」』】", prev)
	switch t[i] {
	case ',', ';':
		return chinese && (han(word) || latin(word) || word == 0 || strings.ContainsRune("“《（‘「", word)) ||
			(latin(prev) || prev == '%') && han(word)
	case ':':
		return chinese && next != '/' && next != ':' && next != '-' && (han(word) || latin(word) || word == 0 || strings.ContainsRune("“《（‘「", word))
	case '?', '!':
		return chinese && (han(word) || word == 0 || strings.ContainsRune("“《（‘「”’", word))
	}
	// A full stop: not an ellipsis, a file's suffix or 一. at the head of a line.
	if !chinese || next == '.' || prev == '.' || !(word == 0 && j == len(t) || han(word) && (j > i+1 || !numeral(prev))) {
		return false
	}
	return !(k == 0 && utf8.RuneCountInString(t[:i]) <= 3 && numeral(prev))
}

func numeral(r rune) bool { return strings.ContainsRune("一二三四五六七八九十百〇零", r) }

func (m *marks) mark(t *book.Text, i int) {
	c := t.Value[i]
	at := within(t, i, i+1)
	d := m.found.Add("zh-punct-mixed", at, diag.T("half-width “%[1]c” in Chinese; write %[2]s", "中文里的半角“%[1]c”，应为“%[2]s”", c, full(c)))
	if at.End-at.Start != 1 {
		return
	}
	end := at.End
	for end < len(at.File.Text) && at.File.Text[end] == ' ' && i+1 < len(t.Value) {
		end++
	}
	at.End = end
	d.Fix = &diag.Fix{Message: text("use the full-width mark", "改用全角标点"), Edits: []diag.Edit{{Span: at, New: full(c)}}}
}

// pair looks at a half-width pair that opens at byte i and returns where it
// closes, or i.
func (m *marks) pair(list *diag.List, k, i int, closer, fullOpen, fullClose string) int {
	p := m.flow.pieces[k]
	n := strings.Index(p.text[i+1:min(len(p.text), i+400)], closer)
	if n <= 0 {
		return i
	}
	z := i + 1 + n
	inside := p.text[i+1 : z]
	any := false
	for _, r := range inside {
		any = any || han(r)
	}
	prev, next := m.flow.before(k, i), m.flow.after(k, z+1)
	if closer == ")" && strings.ContainsAny(inside, "(;={}") || !any && (closer != ")" || !han(prev) || !latin(rune(inside[0]))) || any && !han(prev) && !han(next) && !wideMark(prev) && !wideMark(next) && prev != 0 {
		return z
	}
	a, b := within(p.node, i, i+1), within(p.node, z, z+1)
	d := list.Add("zh-punct-mixed", a, diag.T("half-width %[1]s%[2]s; the book uses %[3]s%[4]s", "半角 %[1]s%[2]s，全书多用 %[3]s%[4]s", p.text[i:i+1], closer, fullOpen, fullClose))
	if a.End-a.Start == 1 && b.End-b.Start == 1 {
		d.Fix = &diag.Fix{Message: text("use the full-width marks", "改用全角标点"), Edits: []diag.Edit{{Span: a, New: fullOpen}, {Span: b, New: fullClose}}}
	}
	return z
}

// bracket looks at commas between Latin words in full-width brackets:
// half-width ones are reported where the book writes them full-width.
func (m *marks) bracket(t *book.Text, a int) {
	n := strings.Index(t.Value[a:min(len(t.Value), a+300)], "）")
	if n < 0 {
		return
	}
	inside := t.Value[a : a+n]
	between := func(i, j int) bool {
		p, _ := utf8.DecodeLastRuneInString(inside[:i])
		q, _ := utf8.DecodeRuneInString(inside[j:])
		return i > 0 && j < len(inside) && latin(p) && latin(q)
	}
	for i := range inside {
		switch {
		case strings.HasPrefix(inside[i:], "，") && between(i, i+len("，")):
			m.fullI++
		case strings.HasPrefix(inside[i:], ", ") && between(i, i+2):
			at := within(t, a+i, a+i+2)
			d := m.inner.Add("zh-punct-mixed", at, text("half-width “,” in full-width brackets", "全角括号里用了半角逗号"))
			if at.End-at.Start == 2 {
				d.Fix = &diag.Fix{Message: text("use the full-width comma", "改用全角逗号"), Edits: []diag.Edit{{Span: at, New: "，"}}}
			}
		}
	}
}

// latinSpacing reports the rare way of spacing Chinese and Latin words.
func latinSpacing(s *survey) diag.List {
	if !s.chinese() {
		return nil
	}
	spaced, tight := 0, 0
	count := func(_ *book.Text, _, _ int, gap bool) {
		if gap {
			spaced++
		} else {
			tight++
		}
	}
	s.seams(count)
	few, all := min(spaced, tight), spaced+tight
	if few == 0 || all < 20 || few*10 > all {
		return nil
	}
	var l diag.List
	s.seams(func(t *book.Text, a, b int, gap bool) {
		if gap != (spaced == few) || len(l) >= enough {
			return
		}
		at := within(t, a, b)
		if gap {
			d := l.Add("zh-latin-spacing", at, text("a space between Chinese and Latin; the book has none elsewhere", "中西文之间有空格，而全书多半没有"))
			d.Fix = &diag.Fix{Message: text("take it off", "删去空格"), Edits: []diag.Edit{{Span: at}}}
			return
		}
		d := l.Add("zh-latin-spacing", at, text("no space between Chinese and Latin; the book has one elsewhere", "中西文之间没有空格，而全书多半有"))
		d.Fix = &diag.Fix{Message: text("add it", "加空格"), Edits: []diag.Edit{{Span: at, New: " "}}}
	})
	return l
}

// seams calls f for every place in a text where Han and Latin letters meet, or
// would but for one space: [a, b) is the space, empty if there is none.
func (s *survey) seams(f func(t *book.Text, a, b int, gap bool)) {
	var fl flow
	s.runs(func(ns []book.Inline) {
		fl.read(ns)
		for _, p := range fl.pieces {
			var prev rune
			space := -1
			for i, r := range p.text {
				if r == ' ' && space < 0 && prev != 0 {
					space = i
					continue
				}
				if prev != 0 && (han(prev) && latin(r) || latin(prev) && han(r)) {
					if space >= 0 {
						f(p.node, space, i, true)
					} else {
						f(p.node, i, i, false)
					}
				}
				prev, space = r, -1
				if r == ' ' {
					prev = 0
				}
			}
		}
	})
}
