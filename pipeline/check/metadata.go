package check

import (
	"strings"
	"time"

	"banxin/pipeline/diag"
	"banxin/pipeline/source"

	"golang.org/x/text/language"
)

func metaRules() []rule {
	return []rule{
		define("meta-required", diag.Note, diag.Warning, diag.Error,
			text("The book lacks a title, an author, a language, an identifier or a date.", "书缺少书名、作者、语言、标识或日期。"),
			text("An EPUB must have them, and catalogues go by them.", "EPUB 必须有这些项目，书目也靠它们。"),
			text("Write them in book.yaml; banxin init makes one.", "写进 book.yaml；banxin init 可生成一份。"),
			"title: 书名\n").by(merged, metaRequired),
		define("meta-invalid", diag.Warning, diag.Warning, diag.Error,
			text("The language is no BCP 47 tag, the ISBN's check digit is wrong, or the date is no ISO 8601 date.", "语言不是 BCP 47 标记，ISBN 校验位不对，或日期不合 ISO 8601。"),
			text("Shops and readers refuse the file or misread it.", "书店和阅读器会拒收或误读。"),
			text("Correct it in book.yaml.", "在 book.yaml 中改正。"),
			"isbn: 978-7-100-00000-1\n").by(merged, metaInvalid),
	}
}

// metaPlace is where metadata belongs: book.yaml, else the manuscript's head.
func (s *survey) metaPlace() source.Span {
	switch {
	case s.options.Config != nil:
		return source.Span{File: s.options.Config}
	case len(s.written.Files) > 0:
		return source.Span{File: s.written.Files[0]}
	}
	return source.Span{}
}

// valuePlace is where book.yaml says key, else its head.
func (s *survey) valuePlace(key, value string) source.Span {
	f := s.options.Config
	if f == nil {
		return s.metaPlace()
	}
	text := string(f.Text)
	for at := 0; at < len(text); {
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			end = len(text) - at
		}
		line := text[at : at+end]
		if k, _, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(k) == key {
			if i := strings.Index(line, value); i >= 0 && value != "" {
				return source.Span{File: f, Start: at + i, End: at + i + len(value)}
			}
			return source.Span{File: f, Start: at, End: at + len(line)}
		}
		at += end + 1
	}
	return s.metaPlace()
}

func metaRequired(s *survey) diag.List {
	m := s.book.Meta
	var l diag.List
	for _, f := range [...]struct {
		key    string
		given  bool
		en, zh string
	}{
		{"title", m.Title != "", "a title", "书名"},
		{"authors", len(m.Creators) > 0, "an author", "作者"},
		{"language", m.Language != "", "a language", "语言"},
		{"identifier", m.Identifier != "" || m.ISBN != "", "an identifier", "标识"},
		{"date", m.Date != "", "a date", "日期"},
	} {
		if f.given {
			continue
		}
		d := l.Add("meta-required", s.metaPlace(),
			diag.Text{En: "the book lacks " + f.en, Zh: "没有" + f.zh},
			diag.T("write %s in book.yaml", "在 book.yaml 中写明 %s", f.key))
		d.Key = f.key
	}
	return l
}

func metaInvalid(s *survey) diag.List {
	m := s.book.Meta
	var l diag.List
	add := func(key, value string, msg, hint diag.Text) {
		l.Add("meta-invalid", s.valuePlace(key, value), msg, hint).Key = key
	}
	if m.Language != "" {
		if _, err := language.Parse(m.Language); err != nil || strings.Contains(m.Language, "_") {
			add("language", m.Language, diag.T("%q is no BCP 47 language tag", "%q 不是 BCP 47 语言标记", m.Language), text("for example zh-CN, ja, ko, en-GB", "例如 zh-CN、ja、ko、en-GB"))
		}
	}
	if m.ISBN != "" && !validISBN(m.ISBN) {
		add("isbn", m.ISBN, diag.T("%q is no ISBN: its length or check digit is wrong", "%q 不是 ISBN：位数或校验位不对", m.ISBN), isbnHint(m.ISBN))
	}
	if m.Date != "" && !validDate(m.Date) {
		add("date", m.Date, diag.T("%q is no date", "%q 不是日期", m.Date), text("write 2024-11-01, 2024-11 or 2024", "写作 2024-11-01、2024-11 或 2024"))
	}
	id := strings.ToLower(m.Identifier)
	if n, ok := strings.CutPrefix(id, "urn:isbn:"); ok && !validISBN(n) {
		add("identifier", m.Identifier, diag.T("%q holds no valid ISBN", "%q 里的 ISBN 不对", m.Identifier), isbnHint(n))
	}
	if n, ok := strings.CutPrefix(id, "urn:uuid:"); ok && !validUUID(n) {
		add("identifier", m.Identifier, diag.T("%q holds no valid UUID", "%q 里的 UUID 不对", m.Identifier), text("8-4-4-4-12 hexadecimal digits", "应为 8-4-4-4-12 位十六进制数字"))
	}
	return l
}

func validDate(s string) bool {
	for _, form := range [...]string{"2006-01-02", "2006-01", "2006", time.RFC3339} {
		if _, err := time.Parse(form, s); err == nil {
			return true
		}
	}
	return false
}

func validUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if i == 8 || i == 13 || i == 18 || i == 23 {
			if c != '-' {
				return false
			}
		} else if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'f') {
			return false
		}
	}
	return true
}

// digitsOf drops hyphens and spaces; ok is false if anything else but figures
// and a final X is there.
func digitsOf(isbn string) (string, bool) {
	var b strings.Builder
	for i, r := range isbn {
		switch {
		case r >= '0' && r <= '9', (r == 'X' || r == 'x') && i == len(isbn)-1:
			b.WriteRune(r)
		case r == '-', r == ' ', r == '\u2010', r == '\u2011', r == '\u2013':
		default:
			return "", false
		}
	}
	return b.String(), true
}

// checkDigit is the check digit of the first 9 or 12 figures (ISO 2108).
func checkDigit(d string) byte {
	sum := 0
	if len(d) == 9 {
		for i := range d {
			sum += (10 - i) * int(d[i]-'0')
		}
		return "0X987654321"[sum%11]
	}
	for i := range d {
		w := 1
		if i%2 == 1 {
			w = 3
		}
		sum += w * int(d[i]-'0')
	}
	return byte('0' + (10-sum%10)%10)
}

func validISBN(s string) bool {
	d, ok := digitsOf(s)
	if !ok || len(d) != 10 && len(d) != 13 || strings.ContainsAny(d[:len(d)-1], "xX") {
		return false
	}
	if len(d) == 13 && !strings.HasPrefix(d, "978") && !strings.HasPrefix(d, "979") {
		return false
	}
	return checkDigit(d[:len(d)-1]) == strings.ToUpper(d)[len(d)-1]
}

func isbnHint(s string) diag.Text {
	d, ok := digitsOf(s)
	if !ok || len(d) != 10 && len(d) != 13 || strings.ContainsAny(d[:len(d)-1], "xX") {
		return text("an ISBN has 13 figures (old ones 10)", "ISBN 为 13 位（旧的 10 位）")
	}
	return diag.T("its check digit should be %c", "校验位应为 %c", checkDigit(d[:len(d)-1]))
}
