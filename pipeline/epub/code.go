package epub

import (
	"strings"

	"banxin/pipeline/book"
	"banxin/pipeline/code"
)

// pre writes a listing, its tokens as classes.
func (r *renderer) pre(c *book.Code, attrs []string) {
	r.open("pre", attrs...)
	class := ""
	if l := strings.ToLower(c.Language); isName(l) {
		class = "language-" + l
	}
	// HTML drops a newline right after <pre>; <code> keeps the text's own.
	r.open("code", "class", class)
	for i, line := range r.Listings.Lines(c.Language, c.Text) {
		if i > 0 {
			r.raw("\n")
		}
		for _, t := range line {
			r.token(t)
		}
	}
	r.close("code")
	r.close("pre")
}

func (r *renderer) token(t code.Token) {
	class := tokenClass(t.Kind)
	if class == "" {
		r.text(t.Text)
		return
	}
	r.raw(`<span class="`, class, `">`)
	r.text(t.Text)
	r.close("span")
}

// tokenClass is short: a listing has thousands.
func tokenClass(k code.Kind) string {
	switch k {
	case code.Keyword:
		return "tk"
	case code.Name:
		return "tn"
	case code.String:
		return "ts"
	case code.Number:
		return "tm"
	case code.Comment:
		return "tc"
	case code.Inserted:
		return "ti"
	case code.Deleted:
		return "td"
	}
	return ""
}
