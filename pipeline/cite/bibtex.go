package cite

import (
	"strings"
	"unicode/utf8"

	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

// raw is an entry as a file has it: fields by lower-case name, values with
// their TeX still in them.
type raw struct {
	kind, key string
	span      source.Span // the whole entry
	keySpan   source.Span
	fields    map[string]string
}

// bibtex reads a .bib file. What cannot be read is reported and skipped to the
// next @ at the start of a line.
type bibtex struct {
	file    *source.File
	s       string
	i       int
	strings map[string]string
	entries []raw
	diags   diag.List
}

func parseBibTeX(f *source.File) ([]raw, diag.List) {
	p := &bibtex{file: f, s: string(f.Text), strings: months()}
	for {
		at := strings.IndexByte(p.s[p.i:], '@')
		if at < 0 {
			return p.entries, p.diags
		}
		p.i += at
		p.entry()
	}
}

func months() map[string]string {
	m := map[string]string{}
	for i, n := range [...]string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"} {
		m[n] = twoDigits(i + 1)
	}
	return m
}

func twoDigits(n int) string { return string([]byte{byte('0' + n/10%10), byte('0' + n%10)}) }

// entry reads one @kind{…}. p.i stands on its @.
func (p *bibtex) entry() {
	start := p.i
	p.i++
	kind := strings.ToLower(p.name())
	p.space()
	if kind == "" || p.i >= len(p.s) || p.s[p.i] != '{' && p.s[p.i] != '(' {
		return // an @ in what stands between entries, which BibTeX ignores
	}
	closer := byte('}')
	if p.s[p.i] == '(' {
		closer = ')'
	}
	switch kind {
	case "comment", "preamble":
		p.group(closer)
		return
	}
	p.i++
	p.space()
	e := raw{kind: kind, fields: map[string]string{}}
	if kind != "string" {
		from := p.i
		for p.i < len(p.s) && p.s[p.i] != ',' && p.s[p.i] != closer && p.s[p.i] != '\n' {
			p.i++
		}
		e.key = strings.TrimSpace(p.s[from:p.i])
		e.keySpan = source.Span{File: p.file, Start: from, End: from + len(strings.TrimRight(p.s[from:p.i], " \t"))}
	}
	if !p.fieldsOf(&e, closer) {
		p.broken(start, e)
		return
	}
	e.span = source.Span{File: p.file, Start: start, End: p.i}
	if kind == "string" {
		for k, v := range e.fields {
			p.strings[k] = v
		}
		return
	}
	p.entries = append(p.entries, e)
}

// fieldsOf reads name = value pairs to the closing bracket.
func (p *bibtex) fieldsOf(e *raw, closer byte) bool {
	for {
		for p.space(); p.i < len(p.s) && p.s[p.i] == ','; p.space() {
			p.i++
		}
		if p.i >= len(p.s) {
			return false
		}
		if p.s[p.i] == closer {
			p.i++
			return true
		}
		name := strings.ToLower(p.name())
		p.space()
		if name == "" || p.i >= len(p.s) || p.s[p.i] != '=' {
			return false
		}
		p.i++
		v, ok := p.value(closer)
		if !ok {
			return false
		}
		if _, twice := e.fields[name]; !twice {
			e.fields[name] = v
		}
	}
}

// value reads "…", {…}, digits or names joined by #.
func (p *bibtex) value(closer byte) (string, bool) {
	var b strings.Builder
	for {
		p.space()
		if p.i >= len(p.s) {
			return "", false
		}
		switch c := p.s[p.i]; {
		case c == '{':
			from := p.i + 1
			if !p.group('}') {
				return "", false
			}
			b.WriteString(p.s[from : p.i-1])
		case c == '"':
			from := p.i + 1
			if !p.quoted() {
				return "", false
			}
			b.WriteString(p.s[from : p.i-1])
		default:
			w := p.name()
			if w == "" {
				return "", false
			}
			if v, ok := p.strings[strings.ToLower(w)]; ok {
				w = v
			}
			b.WriteString(w)
		}
		p.space()
		if p.i >= len(p.s) || p.s[p.i] != '#' {
			return b.String(), true
		}
		p.i++
	}
}

// group skips a balanced group; p.i stands on its opening bracket and is left
// behind its closing one.
func (p *bibtex) group(closer byte) bool {
	depth := 0
	p.i++
	for ; p.i < len(p.s); p.i++ {
		switch c := p.s[p.i]; {
		case c == '\\':
			p.i++
		case c == '{':
			depth++
		case c == closer && depth == 0:
			p.i++
			return true
		case c == '}':
			depth--
		}
	}
	p.i = len(p.s)
	return false
}

// quoted skips "…", in which quotation marks inside braces do not count.
func (p *bibtex) quoted() bool {
	depth := 0
	for p.i++; p.i < len(p.s); p.i++ {
		switch p.s[p.i] {
		case '\\':
			p.i++
		case '{':
			depth++
		case '}':
			depth--
		case '"':
			if depth <= 0 {
				p.i++
				return true
			}
		}
	}
	p.i = len(p.s)
	return false
}

func (p *bibtex) space() {
	for p.i < len(p.s) {
		switch c := p.s[p.i]; {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			p.i++
		case c == '%':
			if n := strings.IndexByte(p.s[p.i:], '\n'); n >= 0 {
				p.i += n
			} else {
				p.i = len(p.s)
			}
		default:
			return
		}
	}
}

// name reads a field's, a kind's or a string's name, or a number.
func (p *bibtex) name() string {
	from := p.i
	for p.i < len(p.s) {
		c := p.s[p.i]
		if c <= ' ' || strings.IndexByte(`{}(),="#%\`, c) >= 0 {
			break
		}
		p.i++
	}
	return p.s[from:p.i]
}

// broken reports an entry that cannot be read and goes on behind its @.
func (p *bibtex) broken(start int, e raw) {
	end := start + 1
	for end < len(p.s) && p.s[end] != '\n' {
		end++
	}
	what := e.key
	if what == "" {
		what = "@" + e.kind
	}
	p.diags.Add("bib-syntax", source.Span{File: p.file, Start: start, End: end},
		diag.T("the entry %s cannot be read: a bracket, a comma or an = is missing", "条目 %s 无法读取：缺括号、逗号或等号", what),
		diag.T("close the entry and every value", "补全条目和各个值的括号或引号"))
	// The next entry starts on a line of its own.
	if n := strings.Index(p.s[start+1:], "\n@"); n >= 0 {
		p.i = start + 1 + n + 1
	} else {
		p.i = len(p.s)
	}
}

// detex turns a value's TeX into text: accents, dashes, quotes, escapes;
// braces go.
func detex(s string) string {
	if strings.IndexByte(s, '\\') < 0 && !strings.ContainsAny(s, "{}~\n$`'-") {
		return strings.TrimSpace(s)
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		switch c := s[i]; c {
		case '{', '}', '$':
			i++
		case '~', '\n', '\r', '\t':
			b.WriteByte(' ')
			i++
		case '\\':
			n := command(&b, s[i+1:])
			i += 1 + n
		case '-':
			n := 1
			for i+n < len(s) && s[i+n] == '-' && n < 3 {
				n++
			}
			b.WriteString([...]string{"", "-", "–", "—"}[n])
			i += n
		case '`', '\'':
			if i+1 < len(s) && s[i+1] == c {
				b.WriteString(map[byte]string{'`': "“", '\'': "”"}[c])
				i += 2
				continue
			}
			b.WriteByte(c)
			i++
		default:
			b.WriteByte(c)
			i++
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// command writes what a TeX command stands for; s starts after its backslash.
// It returns how much of s is read.
func command(b *strings.Builder, s string) int {
	if s == "" {
		return 0
	}
	if c := s[0]; c|0x20 < 'a' || c|0x20 > 'z' {
		if m := accent(c); m != 0 {
			return 1 + accented(b, s[1:], m)
		}
		if c != '\\' && c != '/' && c != '-' && c < utf8.RuneSelf {
			b.WriteByte(c)
		}
		if c >= utf8.RuneSelf {
			return 0
		}
		return 1
	}
	n := 1
	for n < len(s) && s[n]|0x20 >= 'a' && s[n]|0x20 <= 'z' {
		n++
	}
	word := s[:n]
	if m := accent(word[0]); m != 0 && n == 1 {
		return n + accented(b, s[n:], m)
	}
	b.WriteString(symbol(word))
	for n < len(s) && s[n] == ' ' {
		n++
	}
	return n
}

func symbol(word string) string {
	switch word {
	case "ss":
		return "ß"
	case "o":
		return "ø"
	case "O":
		return "Ø"
	case "l":
		return "ł"
	case "L":
		return "Ł"
	case "ae":
		return "æ"
	case "AE":
		return "Æ"
	case "oe":
		return "œ"
	case "OE":
		return "Œ"
	case "aa":
		return "å"
	case "AA":
		return "Å"
	case "i":
		return "i"
	case "j":
		return "j"
	case "textendash":
		return "–"
	case "textemdash":
		return "—"
	case "ldots", "dots":
		return "…"
	case "LaTeX", "TeX", "BibTeX":
		return word
	}
	return ""
}

// accent returns the combining mark of an accent command, 0 if c is none.
func accent(c byte) rune {
	switch c {
	case '\'':
		return '\u0301'
	case '`':
		return '\u0300'
	case '^':
		return '\u0302'
	case '"':
		return '\u0308'
	case '~':
		return '\u0303'
	case '=':
		return '\u0304'
	case '.':
		return '\u0307'
	case 'u':
		return '\u0306'
	case 'v':
		return '\u030c'
	case 'H':
		return '\u030b'
	case 'c':
		return '\u0327'
	case 'k':
		return '\u0328'
	case 'r':
		return '\u030a'
	}
	return 0
}

// accented writes the letter at the start of s with a mark.
func accented(b *strings.Builder, s string, mark rune) int {
	n := 0
	for n < len(s) && (s[n] == ' ' || s[n] == '{') {
		n++
	}
	if n < len(s) && s[n] == '\\' && n+1 < len(s) && (s[n+1] == 'i' || s[n+1] == 'j') {
		n++
	}
	r, w := utf8.DecodeRuneInString(s[n:])
	if w == 0 {
		return n
	}
	b.WriteString(compose(r, mark))
	return n + w
}
