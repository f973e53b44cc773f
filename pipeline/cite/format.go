package cite

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"banxin/pipeline/book"
)

// text builds the inlines of a list entry.
type text struct {
	out []book.Inline
	b   strings.Builder
}

func (t *text) add(s string) { t.b.WriteString(s) }

func (t *text) flush() {
	if t.b.Len() > 0 {
		t.out = append(t.out, plain(t.b.String()))
		t.b.Reset()
	}
}

func (t *text) link(dest, words string) {
	t.flush()
	t.out = append(t.out, &book.Link{Dest: dest, Auto: true, Kids: []book.Inline{plain(words)}})
}

func plain(s string) *book.Text { return &book.Text{Value: s} }

// stop ends a field with a full stop unless it has one.
func (t *text) stop() {
	s := t.b.String()
	if !strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "。") && !strings.HasSuffix(s, "?") && !strings.HasSuffix(s, "？") && !strings.HasSuffix(s, "!") {
		t.add(".")
	}
	t.add(" ")
}

// format sets a work as an entry of the list, GB/T 7714-2015 clauses 4 and 8:
// half-width marks, the type's mark in brackets after the title. suffix is the
// year's letter in author-year style.
func (w *Work) format(s Style, suffix string) []book.Inline {
	t := &text{}
	who := w.Authors
	if len(who) == 0 && !w.Within {
		who = w.Editors
	}
	if len(who) > 0 {
		t.add(w.people(who))
		if s.AuthorYear {
			t.add(", " + w.Year + suffix)
		}
		t.stop()
	} else if s.AuthorYear {
		t.add(w.anonymous() + ", " + w.Year + suffix)
		t.stop()
	}
	t.add(w.Title)
	if w.Type == "P" && w.Number != "" {
		t.add(": " + w.Number)
	}
	t.add("[" + w.mark() + "]")
	if w.Within && w.Container != "" {
		t.add("//")
		if len(w.Editors) > 0 {
			t.add(w.people(w.Editors))
			t.stop()
		}
		t.add(w.Container)
	}
	t.stop()
	if len(w.Translators) > 0 {
		t.add(w.people(w.Translators) + ", " + w.word("tran", "译"))
		t.stop()
	}
	if e := w.edition(); e != "" {
		t.add(e)
		t.stop()
	}
	switch w.Type {
	case "J", "N":
		w.serial(t, s)
	case "EB", "DB", "CP":
		w.online(t, s)
		return t.close(w)
	default:
		w.imprint(t, s)
	}
	w.accessed(t)
	return t.close(w)
}

// close ends an entry with its address.
func (t *text) close(w *Work) []book.Inline {
	if w.URL != "" && !strings.Contains(w.URL, w.DOI) || w.URL != "" && w.DOI == "" {
		t.stop2()
		t.link(w.URL, w.URL)
		t.add(".")
	}
	if w.DOI != "" {
		t.stop2()
		t.add("DOI: ")
		t.link("https://doi.org/"+w.DOI, w.DOI)
		t.add(".")
	}
	t.flush()
	trimLast(t.out)
	return t.out
}

// stop2 sets off what follows, whether a text or a link stands before it.
func (t *text) stop2() {
	if t.b.Len() > 0 && !strings.HasSuffix(t.b.String(), " ") {
		if t.b.String() == "." {
			t.add(" ")
			return
		}
		t.stop()
	}
}

func trimLast(ns []book.Inline) {
	if len(ns) > 0 {
		if last, ok := ns[len(ns)-1].(*book.Text); ok {
			last.Value = strings.TrimRight(last.Value, " ")
			if !strings.HasSuffix(last.Value, ".") && !strings.HasSuffix(last.Value, "。") {
				last.Value += "."
			}
		}
	}
}

// mark is the kind of work with its carrier: M, J/OL, EB/OL.
func (w *Work) mark() string {
	if w.URL != "" || w.Type == "EB" || w.DOI != "" && w.Type == "EB" {
		return w.Type + "/OL"
	}
	return w.Type
}

// serial is 刊名, 年, 卷(期): 页码.
func (w *Work) serial(t *text, s Style) {
	t.add(w.Container)
	date := w.Year
	if w.Type == "N" {
		date = w.Date
	}
	if !s.AuthorYear && date != "" || w.Type == "N" {
		t.add(", " + date)
	}
	switch {
	case w.Volume != "" && w.Issue != "":
		t.add(", " + w.Volume + "(" + w.Issue + ")")
	case w.Volume != "":
		t.add(", " + w.Volume)
	case w.Issue != "":
		t.add("(" + w.Issue + ")")
	}
	if w.Pages != "" {
		t.add(": " + strings.ReplaceAll(w.Pages, "--", "-"))
	}
}

// imprint is 出版地: 出版者, 年: 页码.
func (w *Work) imprint(t *text, s Style) {
	from := t.b.Len()
	if w.Place != "" {
		t.add(w.Place)
	}
	if w.Publisher != "" {
		if w.Place != "" {
			t.add(": ")
		}
		t.add(w.Publisher)
	}
	year := w.Year
	if w.Type == "P" || w.Type == "S" {
		year = w.Date
	}
	if year != "" && !s.AuthorYear {
		if t.b.Len() > from {
			t.add(", ")
		}
		t.add(year)
	}
	if w.Pages != "" {
		if t.b.Len() > from {
			t.add(": ")
		}
		t.add(strings.ReplaceAll(w.Pages, "--", "-"))
	}
}

// online is 出版者, 年 (发布日期)[引用日期].
func (w *Work) online(t *text, s Style) {
	from := t.b.Len()
	if w.Publisher != "" {
		w.imprint(t, s)
	}
	if len(w.Date) > 4 || w.Publisher == "" && w.Date != "" && !s.AuthorYear {
		if t.b.Len() > from {
			t.add(" ")
		}
		t.add("(" + w.Date + ")")
	}
	w.accessed(t)
}

func (w *Work) accessed(t *text) {
	if w.Accessed != "" && w.URL != "" {
		t.add("[" + w.Accessed + "]")
	}
}

// edition prints 2版, 2nd ed.; first editions are not named (GB/T 7714 8.3).
func (w *Work) edition() string {
	e := strings.TrimSpace(w.Edition)
	switch e {
	case "", "1", "第1版", "第一版", "1st", "first", "First":
		return ""
	}
	if strings.Trim(e, "0123456789") == "" {
		if w.chinese() {
			return e + "版"
		}
		suffix := "th"
		if !strings.HasSuffix(e, "11") && !strings.HasSuffix(e, "12") && !strings.HasSuffix(e, "13") {
			switch e[len(e)-1] {
			case '1':
				suffix = "st"
			case '2':
				suffix = "nd"
			case '3':
				suffix = "rd"
			}
		}
		return e + suffix + " ed"
	}
	if strings.HasPrefix(e, "第") {
		return strings.TrimPrefix(e, "第")
	}
	if !w.chinese() && !strings.Contains(e, "ed") {
		return e + " ed"
	}
	return e
}

// chinese reports whether the work's own words are Chinese, Japanese or
// Korean: what its 等 and 译 are written in.
func (w *Work) chinese() bool {
	l := strings.ToLower(w.Language)
	if strings.HasPrefix(l, "zh") || l == "chinese" {
		return true
	}
	if strings.HasPrefix(l, "en") {
		return false
	}
	return wide(w.Title)
}

func (w *Work) word(latin, han string) string {
	if w.chinese() {
		return han
	}
	return latin
}

func (w *Work) anonymous() string { return w.word("Anon", "佚名") }

// people prints up to three names, then 等 or et al (GB/T 7714 8.1.2).
func (w *Work) people(ns []Name) string {
	var out []string
	for i, n := range ns {
		if i == 3 || n.Family == "others" {
			out = append(out, w.word("et al", "等"))
			break
		}
		out = append(out, n.list())
	}
	return strings.Join(out, ", ")
}

// list prints a name as the list has it: family name first, in capitals,
// initials without stops; names in Han as they are.
func (n Name) list() string {
	if n.Given == "" {
		return n.Family
	}
	s := strings.ToUpper(n.Family)
	if n.Particle != "" {
		s = strings.ToUpper(n.Particle) + " " + s
	}
	for _, g := range strings.FieldsFunc(n.Given, func(r rune) bool { return unicode.IsSpace(r) || r == '.' }) {
		s += " "
		for j, part := range strings.Split(g, "-") {
			r, _ := utf8.DecodeRuneInString(part)
			if part == "" {
				continue
			}
			if j > 0 {
				s += "-"
			}
			s += string(unicode.ToUpper(r))
		}
	}
	return s
}

// short prints who wrote a work in running text.
func (w *Work) short() string {
	ns := w.Authors
	if len(ns) == 0 {
		ns = w.Editors
	}
	if len(ns) == 0 {
		if w.Title != "" {
			return w.Title
		}
		return w.anonymous()
	}
	family := func(n Name) string {
		if n.Particle != "" {
			return n.Particle + " " + n.Family
		}
		return n.Family
	}
	s := family(ns[0])
	switch {
	case len(ns) == 1:
	case len(ns) == 2 && ns[1].Family != "others":
		s += w.word(" and ", "和") + family(ns[1])
	default:
		s += w.word(" et al.", "等")
	}
	return s
}
