package dedup

import (
	"html"
	"strings"
	"unicode/utf8"

	"github.com/sergi/go-diff/diffmatchpatch"

	"banxin/pipeline/source"
)

func unitText(s source.Span) string { return strings.TrimSpace(s.Text()) }

// diffRunes is the most text that is compared by the character.
const diffRunes = 4000

// differences compares two texts by the character; not ok if they are too long.
func differences(a, b string) ([]diffmatchpatch.Diff, bool) {
	if utf8.RuneCountInString(a)+utf8.RuneCountInString(b) > diffRunes {
		return nil, false
	}
	d := diffmatchpatch.New()
	d.DiffTimeout = 0 // a function of the text, not of the clock
	return d.DiffCleanupSemantic(d.DiffMain(a, b, false)), true
}

// marked returns both texts as HTML with what only one of them has marked.
func marked(a, b string) (string, string) {
	if a == b {
		t := html.EscapeString(a)
		return t, t
	}
	ds, ok := differences(a, b)
	if !ok {
		return "<del>" + html.EscapeString(a) + "</del>", "<ins>" + html.EscapeString(b) + "</ins>"
	}
	var left, right strings.Builder
	for _, x := range ds {
		t := html.EscapeString(x.Text)
		switch x.Type {
		case diffmatchpatch.DiffDelete:
			left.WriteString("<del>" + t + "</del>")
		case diffmatchpatch.DiffInsert:
			right.WriteString("<ins>" + t + "</ins>")
		default:
			left.WriteString(t)
			right.WriteString(t)
		}
	}
	return left.String(), right.String()
}

// inlineDiff writes two texts as one line, what only the first has in [-…-] and
// what only the second has in {+…+}; long stretches that are the same are cut
// short.
func inlineDiff(a, b string) string {
	ds, ok := differences(flat(a), flat(b))
	if !ok {
		return "[-" + oneLine(a) + "-]{+" + oneLine(b) + "+}"
	}
	var out strings.Builder
	for i, x := range ds {
		t := x.Text
		switch x.Type {
		case diffmatchpatch.DiffDelete:
			out.WriteString("[-" + t + "-]")
		case diffmatchpatch.DiffInsert:
			out.WriteString("{+" + t + "+}")
		default:
			out.WriteString(shortened(t, i > 0, i < len(ds)-1))
		}
	}
	return out.String()
}

// flat is a text on one line, its line ends marked and its indents gone.
func flat(s string) string {
	var out []string
	for line := range strings.Lines(s) {
		out = append(out, strings.Join(strings.Fields(line), " "))
	}
	return strings.Join(out, "⏎")
}

// shortened keeps the ends of a text that touch a difference.
func shortened(t string, before, after bool) string {
	const keep = 16
	r := []rune(t)
	switch {
	case len(r) <= 3*keep:
		return t
	case before && after:
		return string(r[:keep]) + "…" + string(r[len(r)-keep:])
	case before:
		return string(r[:keep]) + "…"
	}
	return "…" + string(r[len(r)-keep:])
}

// oneLine is a text on one line, shortened for the eye.
func oneLine(s string) string {
	t := strings.Join(strings.Fields(s), " ")
	const most = 120
	n := 0
	for i := range t {
		if n == most {
			return t[:i] + "…"
		}
		n++
	}
	return t
}
