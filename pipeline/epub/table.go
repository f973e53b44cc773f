package epub

import (
	"strconv"

	"banxin/pipeline/book"
)

func (r *renderer) table(t *book.Table) {
	r.open("table", r.attrs(t, "")...)
	r.raw("\n")
	r.caption(t, t.Caption, "caption")
	if r.headed(t.Head) {
		r.raw("<thead>\n")
		r.rows(t.Head, t.Align, true)
		r.raw("</thead>\n")
	}
	r.raw("<tbody>\n")
	r.rows(t.Rows, t.Align, false)
	r.raw("</tbody>\n")
	r.close("table")
}

// headed reports whether a table's head says anything.
func (r *renderer) headed(rows []book.Row) bool {
	for _, row := range rows {
		for _, c := range row.Cells {
			if len(c.Blocks) > 0 {
				return true
			}
		}
	}
	return false
}

func (r *renderer) rows(rows []book.Row, align []book.Align, head bool) {
	if len(rows) == 0 && !head {
		r.raw("<tr><td></td></tr>\n") // a table body is never empty
	}
	for _, row := range rows {
		r.raw("<tr>")
		if len(row.Cells) == 0 {
			r.raw("<td></td>")
		}
		col := 0
		for _, c := range row.Cells {
			class := ""
			if col < len(align) {
				class = alignClass(align[col])
			}
			r.cell(c, class, head)
			col += max(1, c.ColSpan)
		}
		r.raw("</tr>\n")
	}
}

func (r *renderer) cell(c book.Cell, class string, head bool) {
	name, scope := "td", ""
	switch {
	case head && len(c.Blocks) > 0:
		name, scope = "th", "col"
	case c.Header && len(c.Blocks) > 0:
		name, scope = "th", "row"
	}
	r.open(name, "scope", scope, "class", class, "colspan", spanned(c.ColSpan), "rowspan", spanned(c.RowSpan))
	r.tight(c.Blocks, true)
	r.close(name)
}

func spanned(n int) string {
	if n > 1 {
		return strconv.Itoa(n)
	}
	return ""
}
