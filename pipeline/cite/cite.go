// Package cite reads bibliographies (BibTeX, CSL-JSON) and sets citations and
// reference lists by GB/T 7714-2015, numeric or author-year.
package cite

import (
	"bytes"
	"path"
	"strings"
	"unicode"

	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

// Library is the works a book may cite, by key. A nil library has none.
type Library struct {
	works []*Work // in order of the files
	byKey map[string]*Work
}

// Style is how citations and the list are set; the zero value is numeric.
type Style struct {
	AuthorYear bool
	// Language of the book (BCP 47): what a citation group's own words are in.
	Language string
}

// Parse reads bibliography files: BibTeX (.bib) and CSL-JSON (.json, .csl).
// Of two entries with one key the first counts.
func Parse(files []*source.File) (*Library, diag.List) {
	l := &Library{byKey: map[string]*Work{}}
	var diags diag.List
	for _, f := range files {
		var works []*Work
		var ds diag.List
		if text := bytes.TrimLeft(f.Text, "\ufeff \t\r\n"); path.Ext(f.Path) == ".json" || len(text) > 0 && text[0] == '[' {
			works, ds = parseCSL(f)
		} else {
			var entries []raw
			entries, ds = parseBibTeX(f)
			for i := range entries {
				works = append(works, entries[i].work())
			}
		}
		diags = append(diags, ds...)
		for _, w := range works {
			l.add(w, &diags)
		}
	}
	l.faults(&diags)
	return l, diags
}

func (l *Library) add(w *Work, diags *diag.List) {
	if w.Key == "" {
		diags.Add("bib-syntax", w.Span, diag.T("the entry has no key", "条目没有键"))
		return
	}
	if first := l.byKey[w.Key]; first != nil {
		d := diags.Add("bib-key-duplicate", w.Span, diag.T("the key %q is taken", "键 %q 已被占用", w.Key),
			diag.T("give one of the two entries another key; this one is never cited", "给其中一个条目换键；这一条永远引用不到"))
		d.Related = []diag.Related{{Span: first.Span, Message: diag.T("the entry that counts", "有效的条目")}}
		return
	}
	l.byKey[w.Key] = w
	l.works = append(l.works, w)
}

// faults reports what is missing in entries, and works entered twice.
func (l *Library) faults(diags *diag.List) {
	seen := map[string]*Work{}
	for _, w := range l.works {
		if missing := w.missing(); len(missing.En) > 0 {
			diags.Add("bib-field-missing", w.Span, diag.T("%[1]s has no %[2]s", "%[1]s 缺%[3]s", w.Key, missing.En, missing.Zh))
		}
		for _, k := range w.identities() {
			first := seen[k]
			if first == nil {
				seen[k] = w
				continue
			}
			d := diags.Add("bib-duplicate", w.Span, diag.T("%s is the same work as %s", "%s 与 %s 是同一文献", w.Key, first.Key),
				diag.T("keep one entry and cite that", "只留一个条目，并统一引用它"))
			d.Related = []diag.Related{{Span: first.Span, Message: diag.T("first entered here", "首次出现在这里")}}
			break
		}
	}
}

// missing names the fields a work of its type cannot do without.
func (w *Work) missing() diag.Text {
	var en, zh []string
	lack := func(empty bool, e, z string) {
		if empty {
			en, zh = append(en, e), append(zh, z)
		}
	}
	lack(w.Title == "", "title", "题名")
	lack(w.Year == "" && w.Type != "EB" && w.Type != "A", "year", "年份")
	switch {
	case w.Type == "J":
		lack(w.Container == "", "journal", "刊名")
	case w.Within:
		lack(w.Container == "", "title of the book it is in", "所在书名")
	case w.Type == "M":
		lack(w.Publisher == "", "publisher", "出版者")
	case w.Type == "D":
		lack(w.Publisher == "", "school", "学校")
	case w.Type == "EB":
		lack(w.URL == "" && w.DOI == "", "address (url or doi)", "网址（url 或 doi）")
	}
	return diag.Text{En: strings.Join(en, ", "), Zh: strings.Join(zh, "、")}
}

// identities are what two entries of one work share: its DOI; or title, first
// author and year.
func (w *Work) identities() []string {
	var out []string
	if w.DOI != "" {
		out = append(out, "doi:"+strings.ToLower(w.DOI))
	}
	if t := letters(w.Title); len(t) > 8 && w.Year != "" {
		author := ""
		if len(w.Authors) > 0 {
			author = letters(w.Authors[0].Family)
		}
		out = append(out, t+"|"+author+"|"+w.Year+"|"+w.Type)
	}
	return out
}

// letters folds a title to its letters and digits.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// Work returns the work with the key, nil if there is none.
func (l *Library) Work(key string) *Work {
	if l == nil {
		return nil
	}
	return l.byKey[key]
}

// Works returns all works in the order of their files.
func (l *Library) Works() []*Work {
	if l == nil {
		return nil
	}
	return l.works
}
