package epub

import (
	"strings"

	"banxin/pipeline/book"
)

// pre writes a listing.
func (r *renderer) pre(c *book.Code, attrs []string) {
	r.open("pre", attrs...)
	class := ""
	if l := strings.ToLower(c.Language); isName(l) {
		class = "language-" + l
	}
	// HTML drops a newline right after <pre>; <code> keeps the text's own.
	r.element("code", c.Text, "class", class)
	r.close("pre")
}
