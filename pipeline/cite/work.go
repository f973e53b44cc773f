package cite

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode"

	"banxin/pipeline/diag"
	"banxin/pipeline/source"

	"golang.org/x/text/unicode/norm"
)

// Work is one entry of a bibliography.
type Work struct {
	Key  string
	Span source.Span // the entry in its file
	// Type is the mark of GB/T 7714-2015 for the kind of work: M, J, C, D, R,
	// S, P, N, EB, DB, CP, A, Z.
	Type string
	// Within says that Container is the book or proceedings it is part of.
	Within bool

	Authors, Editors, Translators []Name

	Title, Container, Edition      string
	Place, Publisher               string
	Year, Date, Accessed           string // Date and Accessed as yyyy-mm-dd, or less
	Volume, Issue, Pages, Number   string
	DOI, URL, ISBN, Language, Note string
}

// Name is a person's name; a body's, or a name in Han or kana written whole,
// is in Family alone.
type Name struct{ Family, Given, Particle string }

func compose(r, mark rune) string { return norm.NFC.String(string([]rune{r, mark})) }

// types are BibTeX's and BibLaTeX's entry kinds, and CSL's, by GB/T mark.
func typeOf(kind string) (mark string, within bool) {
	switch strings.ToLower(kind) {
	case "article", "article-journal", "article-magazine", "periodical", "review", "review-book":
		return "J", false
	case "book", "mvbook", "booklet", "manual", "collection", "reference", "classic":
		return "M", false
	case "inbook", "incollection", "suppbook", "inreference", "chapter", "entry", "entry-dictionary", "entry-encyclopedia":
		return "M", true
	case "inproceedings", "conference", "paper-conference":
		return "C", true
	case "proceedings", "mvproceedings":
		return "C", false
	case "phdthesis", "mastersthesis", "thesis":
		return "D", false
	case "techreport", "report":
		return "R", false
	case "patent":
		return "P", false
	case "standard", "legislation":
		return "S", false
	case "newspaper", "article-newspaper":
		return "N", false
	case "online", "electronic", "www", "webpage", "post", "post-weblog":
		return "EB", false
	case "dataset":
		return "DB", false
	case "software":
		return "CP", false
	case "archive", "manuscript", "unpublished":
		return "A", false
	}
	return "Z", false
}

// work makes a Work of a BibTeX entry.
func (e raw) work() *Work {
	get := func(names ...string) string {
		for _, n := range names {
			if v := detex(e.fields[n]); v != "" {
				return v
			}
		}
		return ""
	}
	w := &Work{Key: e.key, Span: e.span}
	w.Type, w.Within = typeOf(e.kind)
	if m := get("mark", "usera"); m != "" && len(m) <= 2 {
		w.Type = strings.ToUpper(m)
	}
	w.Authors, w.Editors, w.Translators = names(e.fields["author"]), names(e.fields["editor"]), names(e.fields["translator"])
	w.Title = get("title")
	if sub := get("subtitle"); sub != "" {
		w.Title += ": " + sub
	}
	w.Container = get("journal", "journaltitle", "booktitle", "maintitle")
	w.Edition, w.Place = get("edition"), get("address", "location")
	w.Publisher = get("publisher", "school", "institution", "organization")
	w.Date = get("date", "year")
	if m := get("month"); m != "" && get("date") == "" && len(w.Date) == 4 {
		if len(m) <= 2 {
			if n, err := strconv.Atoi(m); err == nil && n >= 1 && n <= 12 {
				w.Date += "-" + twoDigits(n)
			}
		}
	}
	w.Year = yearOf(w.Date)
	w.Accessed = get("urldate")
	w.Volume, w.Issue, w.Pages, w.Number = get("volume"), get("issue"), get("pages"), get("number")
	if w.Issue == "" && w.Type == "J" {
		w.Issue, w.Number = w.Number, ""
	}
	w.Pages = strings.ReplaceAll(w.Pages, "–", "-")
	w.DOI, w.URL, w.ISBN, w.Language, w.Note = get("doi"), strings.TrimSpace(strings.Trim(e.fields["url"], "{}")), get("isbn"), get("langid", "language"), get("note", "howpublished")
	if w.URL == "" {
		w.URL = urlIn(w.Note)
	}
	if w.Type == "Z" && w.URL != "" {
		w.Type = "EB"
	}
	return w
}

func urlIn(s string) string {
	if i := strings.Index(s, "http"); i >= 0 {
		return strings.Fields(s[i:])[0]
	}
	return ""
}

// yearOf returns the first four digits in a row, else the date itself.
func yearOf(date string) string {
	run := 0
	for i := 0; i < len(date); i++ {
		if date[i] < '0' || date[i] > '9' {
			run = 0
			continue
		}
		if run++; run == 4 {
			return date[i-3 : i+1]
		}
	}
	return date
}

// names parts a BibTeX name list at "and" outside braces.
func names(s string) []Name {
	var out []Name
	depth, from := 0, 0
	flush := func(to int) {
		if n := strings.TrimSpace(s[from:to]); n != "" {
			out = append(out, parseName(n))
		}
	}
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '{':
			depth++
		case '}':
			depth--
		case 'a', 'A':
			if depth == 0 && i > 0 && i+3 < len(s) && isSpace(s[i-1]) && strings.EqualFold(s[i:i+3], "and") && isSpace(s[i+3]) {
				flush(i)
				from = i + 3
				i += 2
			}
		}
	}
	flush(len(s))
	return out
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// parseName reads "Last, First", "First von Last", a body in braces, or a name
// in Han or kana.
func parseName(s string) Name {
	if strings.HasPrefix(s, "{") && strings.HasSuffix(s, "}") {
		return Name{Family: detex(s)}
	}
	t := detex(s)
	if t == "others" {
		return Name{Family: "others"}
	}
	if i := strings.IndexAny(t, ",，"); i >= 0 {
		parts := strings.FieldsFunc(t, func(r rune) bool { return r == ',' || r == '，' })
		n := Name{Family: strings.TrimSpace(parts[0])}
		if len(parts) > 1 {
			n.Given = strings.TrimSpace(parts[len(parts)-1])
		}
		if wide(t) {
			return Name{Family: n.Family + n.Given}
		}
		n.Particle, n.Family = particle(n.Family)
		return n
	}
	if wide(t) {
		return Name{Family: t}
	}
	f := strings.Fields(t)
	if len(f) < 2 {
		return Name{Family: t}
	}
	last := len(f) - 1
	for last > 1 && lower(f[last-1]) {
		last--
	}
	n := Name{Given: strings.Join(f[:last], " ")}
	n.Particle, n.Family = particle(strings.Join(f[last:], " "))
	return n
}

// particle parts "von der Heide" into "von der" and "Heide".
func particle(s string) (string, string) {
	f := strings.Fields(s)
	i := 0
	for i < len(f)-1 && lower(f[i]) {
		i++
	}
	return strings.Join(f[:i], " "), strings.Join(f[i:], " ")
}

func lower(s string) bool {
	for _, r := range s {
		return unicode.IsLower(r)
	}
	return false
}

// wide reports whether text is in Han, kana or hangul.
func wide(s string) bool {
	for _, r := range s {
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) {
			return true
		}
	}
	return false
}

// cslItem is what is read of a CSL-JSON item.
type cslItem struct {
	ID             any       `json:"id"`
	Type           string    `json:"type"`
	Title          string    `json:"title"`
	Container      string    `json:"container-title"`
	Author         []cslName `json:"author"`
	Editor         []cslName `json:"editor"`
	Translator     []cslName `json:"translator"`
	Issued         cslDate   `json:"issued"`
	Accessed       cslDate   `json:"accessed"`
	Publisher      string    `json:"publisher"`
	PublisherPlace string    `json:"publisher-place"`
	Volume         any       `json:"volume"`
	Issue          any       `json:"issue"`
	Page           any       `json:"page"`
	Edition        any       `json:"edition"`
	Number         any       `json:"number"`
	DOI            string    `json:"DOI"`
	URL            string    `json:"URL"`
	ISBN           string    `json:"ISBN"`
	Language       string    `json:"language"`
}

type cslName struct {
	Family   string `json:"family"`
	Given    string `json:"given"`
	Literal  string `json:"literal"`
	Particle string `json:"non-dropping-particle"`
}

type cslDate struct {
	Parts   [][]any `json:"date-parts"`
	Literal string  `json:"literal"`
	Raw     string  `json:"raw"`
}

func (d cslDate) String() string {
	if len(d.Parts) == 0 {
		if d.Literal != "" {
			return d.Literal
		}
		return d.Raw
	}
	var out []string
	for i, p := range d.Parts[0] {
		s := scalar(p)
		if n, err := strconv.Atoi(s); err == nil && i > 0 && n >= 0 {
			s = twoDigits(n)
		}
		out = append(out, s)
	}
	return strings.Join(out, "-")
}

// scalar prints a JSON string or number.
func scalar(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

func cslNames(ns []cslName) []Name {
	var out []Name
	for _, n := range ns {
		switch {
		case n.Literal != "":
			out = append(out, Name{Family: n.Literal})
		case wide(n.Family + n.Given):
			out = append(out, Name{Family: n.Family + n.Given})
		default:
			out = append(out, Name{Family: n.Family, Given: n.Given, Particle: n.Particle})
		}
	}
	return out
}

// parseCSL reads a CSL-JSON array, item by item so that each has its place.
func parseCSL(f *source.File) ([]*Work, diag.List) {
	var diags diag.List
	whole := source.Span{File: f, Start: 0, End: len(f.Text)}
	text := strings.TrimPrefix(string(f.Text), "\ufeff")
	shift := len(f.Text) - len(text)
	dec := json.NewDecoder(strings.NewReader(text))
	if t, err := dec.Token(); err != nil || t != json.Delim('[') {
		diags.Add("bib-syntax", whole.Sub(0, min(len(f.Text), 1)),
			diag.T("not CSL-JSON: an array of items is expected", "不是 CSL-JSON：应为条目数组"))
		return nil, diags
	}
	var out []*Work
	for dec.More() {
		var it cslItem
		from := int(dec.InputOffset()) + shift
		if err := dec.Decode(&it); err != nil {
			diags.Add("bib-syntax", source.Span{File: f, Start: from, End: min(from+1, len(f.Text))},
				diag.T("the item cannot be read: %v", "条目无法读取：%v", err))
			return out, diags
		}
		to := int(dec.InputOffset()) + shift
		for from < to && strings.IndexByte(", \n\r\t", f.Text[from]) >= 0 {
			from++
		}
		w := &Work{Key: scalar(it.ID), Span: source.Span{File: f, Start: from, End: to}, Title: it.Title, Container: it.Container,
			Authors: cslNames(it.Author), Editors: cslNames(it.Editor), Translators: cslNames(it.Translator),
			Publisher: it.Publisher, Place: it.PublisherPlace, Date: it.Issued.String(), Accessed: it.Accessed.String(),
			Volume: scalar(it.Volume), Issue: scalar(it.Issue), Pages: strings.ReplaceAll(scalar(it.Page), "–", "-"),
			Edition: scalar(it.Edition), Number: scalar(it.Number), DOI: it.DOI, URL: it.URL, ISBN: it.ISBN, Language: it.Language}
		w.Year = yearOf(w.Date)
		w.Type, w.Within = typeOf(it.Type)
		if w.Type == "Z" && w.URL != "" {
			w.Type = "EB"
		}
		out = append(out, w)
	}
	return out, diags
}
