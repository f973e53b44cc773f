package outline

import (
	"strconv"
	"strings"
	"unicode"

	"banxin/pipeline/book"
)

// label gives every section a label of its own: the author's {#id}, else a
// slug of the title, counted up where it is taken. The lines of a typed contents
// list come last, so that the real headings get the plain slugs. (The ids that
// previewers make of a heading as typed are aliases since markdown.)
func label(b *book.Book) {
	l := labeller{taken: map[string]bool{}, next: map[string]int{}}
	l.blocks(b)
	b.Walk(func(s *book.Section) bool {
		if s.Label != "" {
			l.explicit(s)
		}
		return true
	})
	for _, apparatus := range [...]bool{false, true} {
		b.Walk(func(s *book.Section) bool {
			if s.Label == "" && s.Role.Apparatus() == apparatus {
				s.Label = l.free(slugOf(s))
			}
			return true
		})
	}
}

type labeller struct {
	taken map[string]bool
	next  map[string]int
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
