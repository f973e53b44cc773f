package project

import (
	"slices"
	"strings"

	"banxin/pipeline/book"
	"banxin/pipeline/source"
)

// parseSummary reads a SUMMARY.md as GitBook, HonKit and mdBook have it:
// headings are parts, list items chapters by their indent, links outside lists
// prefix and suffix chapters, items without a file chapters that have only a
// title. It returns the first heading if it names the book.
func parseSummary(f *source.File) (out []entry, title string) {
	s := &summary{f: f}
	for n := 1; n <= f.Lines(); n++ {
		s.line(n)
	}
	if s.lastItem > 0 {
		for i := s.lastItem; i < len(s.out); i++ {
			if !s.out[i].chapter.Listed || s.loose[i] {
				s.out[i].chapter.Role = book.Back
			}
		}
	}
	return s.out, s.title
}

type summary struct {
	f        *source.File
	out      []entry
	loose    map[int]bool // entries outside lists
	indents  []int        // of the open list items
	before   []book.ListedHeading
	title    string
	headings int
	lastItem int // entries up to the last list item
	comment  bool
}

func (s *summary) line(n int) {
	at := s.f.LineStart(n)
	raw := s.f.Line(n)
	if n == 1 {
		raw = strings.TrimPrefix(raw, "\ufeff")
		at = source.Body(s.f.Text)
	}
	t := strings.TrimLeft(raw, " \t")
	indent := width(raw[:len(raw)-len(t)])
	off := at + len(raw) - len(t)
	if s.comment || strings.HasPrefix(t, "<!--") {
		s.comment = !strings.Contains(t, "-->")
		return
	}
	switch {
	case t == "":
	case t[0] == '#':
		s.heading(strings.TrimSpace(strings.Trim(t, "#")), off, len(t))
	case (t[0] == '-' || t[0] == '*' || t[0] == '+') && len(t) > 1 && (t[1] == ' ' || t[1] == '\t'):
		body := strings.TrimLeft(t[1:], " \t")
		s.item(body, off+len(t)-len(body), indent)
	case len(t) > 2 && t[0] >= '0' && t[0] <= '9' && strings.Contains(t[:min(len(t), 5)], ". "):
		_, body, _ := strings.Cut(t, ". ")
		s.item(body, off+len(t)-len(body), indent)
	case t[0] == '[':
		s.bare(t, off)
	}
}

func width(ws string) int {
	w := 0
	for _, c := range ws {
		if c == '\t' {
			w += 4 - w%4
		} else {
			w++
		}
	}
	return w
}

// heading is the contents' own title at the head of the file, else a part.
func (s *summary) heading(t string, off, n int) {
	s.indents = nil
	s.headings++
	if s.headings == 1 && len(s.out) == 0 {
		switch strings.ToLower(t) {
		case "summary", "table of contents", "contents", "目录", "目錄", "目次", "概要", "차례", "목차":
		default:
			s.title = t
		}
		return
	}
	if t != "" {
		s.before = append(s.before, book.ListedHeading{Title: t, Span: source.Span{File: s.f, Start: off, End: off + n}, Part: true})
	}
}

// item is a list item: a chapter at the depth of its indent.
func (s *summary) item(body string, off, indent int) {
	for len(s.indents) > 0 && s.indents[len(s.indents)-1] >= indent {
		s.indents = s.indents[:len(s.indents)-1]
	}
	depth := len(s.indents)
	s.indents = append(s.indents, indent)
	title, dest, span := s.link(body, off)
	if dest == "" {
		if title != "" {
			s.before = append(s.before, book.ListedHeading{Title: title, Span: source.Span{File: s.f, Start: off, End: off + len(body)}, Depth: depth})
		}
		return
	}
	s.add(entry{dest: dest, span: span, chapter: book.ChapterFile{Title: title, Span: source.Span{File: s.f, Start: off, End: off + len(body)}, Listed: true, Depth: depth}})
	s.lastItem = len(s.out)
}

// bare is a link outside a list.
func (s *summary) bare(body string, off int) {
	title, dest, span := s.link(body, off)
	if dest == "" {
		return
	}
	role := book.Plain
	if s.lastItem == 0 {
		role = book.Front
	}
	s.add(entry{dest: dest, span: span, chapter: book.ChapterFile{Title: title, Span: source.Span{File: s.f, Start: off, End: off + len(body)}, Listed: true, Role: role}})
	if s.loose == nil {
		s.loose = map[int]bool{}
	}
	s.loose[len(s.out)-1] = true
}

func (s *summary) add(e entry) {
	e.before, s.before = withChildren(s.before, e.chapter.Depth), nil
	s.out = append(s.out, e)
}

// withChildren keeps the parts, and the titles without a file that something
// stands under: a draft alone is no chapter yet. Depth is of the file that
// follows.
func withChildren(hs []book.ListedHeading, depth int) []book.ListedHeading {
	var out []book.ListedHeading
	for _, h := range slices.Backward(hs) {
		switch {
		case h.Part:
			depth = -1
		case h.Depth >= depth:
			continue
		default:
			depth = h.Depth
		}
		out = append(out, h)
	}
	slices.Reverse(out)
	return out
}

// link reads [title](dest); text without a link is a title.
func (s *summary) link(body string, off int) (title, dest string, span source.Span) {
	i := strings.IndexByte(body, '[')
	if i < 0 {
		return unmark(body), "", span
	}
	depth, j := 0, i
	for ; j < len(body); j++ {
		if body[j] == '\\' {
			j++
		} else if body[j] == '[' {
			depth++
		} else if body[j] == ']' {
			if depth--; depth == 0 {
				break
			}
		}
	}
	if j+1 >= len(body) || body[j+1] != '(' {
		return unmark(body), "", span
	}
	title = unmark(body[i+1 : j])
	from, to := j+2, j+2
	for nest := 0; to < len(body); to++ {
		if body[to] == '(' {
			nest++
		} else if body[to] == ')' {
			if nest == 0 {
				break
			}
			nest--
		}
	}
	dest = body[from:min(to, len(body))]
	if k := strings.Index(dest, ` "`); k >= 0 {
		dest = dest[:k]
	}
	span = source.Span{File: s.f, Start: off + from, End: off + from + len(dest)}
	dest = strings.Trim(strings.TrimSpace(dest), "<>")
	if strings.HasPrefix(dest, "http://") || strings.HasPrefix(dest, "https://") || strings.HasPrefix(dest, "#") {
		return title, "", span
	}
	return title, dest, span
}

// unmark takes emphasis and back quotes off a title.
func unmark(s string) string {
	s = strings.TrimSpace(s)
	for _, m := range []string{"**", "__", "`"} {
		s = strings.ReplaceAll(s, m, "")
	}
	return strings.Trim(s, "*")
}
