package outline

import (
	"strconv"
	"strings"
	"unicode"

	"banxin/pipeline/book"
	"banxin/pipeline/source"
)

// label gives every section a label of its own: the author's {#id}, else a
// slug of the title, counted up where it is taken. The ids that other tools
// make of the heading as typed become aliases, so that links made for them
// lead here.
func label(b *book.Book) {
	l := labeller{taken: map[string]bool{}, next: map[string]int{}, seen: map[slugKey]int{}}
	l.blocks(b)
	b.Walk(func(s *book.Section) bool {
		if s.Label != "" {
			l.explicit(s)
		}
		return true
	})
	b.Walk(func(s *book.Section) bool {
		if s.Label == "" {
			s.Label = l.free(slugOf(s))
		}
		if g := l.github(s); g != s.Label && g != "" {
			s.Aliases = append(s.Aliases[:len(s.Aliases):len(s.Aliases)], g)
		}
		return true
	})
}

type slugKey struct {
	file *source.File
	slug string
}

type labeller struct {
	taken map[string]bool
	next  map[string]int
	seen  map[slugKey]int
}

// blocks takes the labels of figures, tables and anchors: a section yields.
func (l *labeller) blocks(b *book.Book) {
	take := func(bs []book.Block) {
		book.EachBlock(bs, func(x book.Block) bool {
			if id := labelOf(x); id != "" {
				l.taken[id] = true
			}
			return true
		})
	}
	take(b.Preamble)
	b.Walk(func(s *book.Section) bool { take(s.Blocks); return true })
}

// explicit keeps the author's id; a second section with the same one gets a
// label of its own and keeps the id as an alias.
func (l *labeller) explicit(s *book.Section) {
	if !l.taken[s.Label] {
		l.taken[s.Label] = true
		return
	}
	s.Aliases = append(s.Aliases[:len(s.Aliases):len(s.Aliases)], s.Label)
	s.Label = l.free(s.Label)
}

// free returns id, or id-2, id-3 … if it is taken.
func (l *labeller) free(id string) string {
	if !l.taken[id] {
		l.taken[id] = true
		return id
	}
	for n := max(2, l.next[id]); ; n++ {
		if c := id + "-" + strconv.Itoa(n); !l.taken[c] {
			l.taken[c] = true
			l.next[id] = n + 1
			return c
		}
	}
}

// github returns the id that GitHub and most previewers make of the heading
// as typed, unique within its file as they count.
func (l *labeller) github(s *book.Section) string {
	words := book.PlainText(s.Title)
	if s.Typed != "" {
		words = typedWords(s)
	}
	var b strings.Builder
	for _, r := range strings.ToLower(strings.TrimSpace(words)) {
		switch {
		case r == ' ' || r == '-':
			b.WriteByte('-')
		case r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			b.WriteRune(r)
		}
	}
	slug := b.String()
	k := slugKey{s.Heading.File, slug}
	n := l.seen[k]
	l.seen[k] = n + 1
	if n > 0 {
		slug += "-" + strconv.Itoa(n)
	}
	return slug
}

// typedWords returns the heading's words with the number as typed: from the
// source where it has no markup that would show.
func typedWords(s *book.Section) string {
	t := strings.TrimLeft(s.Heading.Text(), "# \t")
	title := book.PlainText(s.Title)
	if i := strings.Index(t, s.Typed); i >= 0 {
		if j := strings.Index(t[i+len(s.Typed):], title); j >= 0 && j < 16 {
			return t[i : i+len(s.Typed)+j+len(title)]
		}
	}
	return s.Typed + " " + title
}

// slugOf makes an id of a title: letters and digits of any script, lower case,
// one hyphen for whatever stands between them.
func slugOf(s *book.Section) string {
	id := slug(book.PlainText(s.Title))
	if id == "" {
		id = slug(s.Typed)
	}
	if id == "" {
		id = "section"
	}
	return id
}

func slug(words string) string {
	var b strings.Builder
	gap := false
	for _, r := range words {
		if r >= 0xff01 && r <= 0xff5e {
			r -= 0xfee0
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte('-')
			gap = false
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// labelOf returns a block's own label, "" if it has none.
func labelOf(b book.Block) string {
	switch b := b.(type) {
	case *book.Paragraph:
		return b.Label
	case *book.List:
		return b.Label
	case *book.DefinitionList:
		return b.Label
	case *book.Quote:
		return b.Label
	case *book.Code:
		return b.Label
	case *book.Diagram:
		return b.Label
	case *book.Math:
		return b.Label
	case *book.Table:
		return b.Label
	case *book.Figure:
		if b.Label == "" && len(b.Images) == 1 {
			return b.Images[0].Label
		}
		return b.Label
	case *book.Admonition:
		return b.Label
	case *book.Division:
		return b.Label
	}
	return ""
}
