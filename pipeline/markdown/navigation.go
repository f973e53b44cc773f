package markdown

import (
	"banxin/pipeline/book"
)

// byways takes sections of nothing but links to other files of the folder
// ("上一节", "Next: …") out of contents and numbering: they lead a reader of
// single pages on, as a book's own order does. Their text stays.
func (j *joiner) byways() {
	for _, top := range j.book.Sections {
		top.Walk(func(s *book.Section) bool {
			if len(s.Sections) == 0 && len(s.Blocks) > 0 && j.leadsOn(s) {
				s.Unlisted, s.Unnumbered = true, true
			}
			return true
		})
	}
}

// leadsOn reports whether every item or paragraph of a section is one link to
// a file, with at most a few words before it.
func (j *joiner) leadsOn(s *book.Section) bool {
	links := 0
	for _, b := range s.Blocks {
		switch b := b.(type) {
		case *book.Paragraph:
			if !j.oneLink(b.Inlines) {
				return false
			}
			links++
		case *book.List:
			for _, it := range b.Items {
				if len(it.Blocks) != 1 {
					return false
				}
				p, ok := it.Blocks[0].(*book.Paragraph)
				if !ok || !j.oneLink(p.Inlines) {
					return false
				}
				links++
			}
		case *book.Rule:
		default:
			return false
		}
	}
	return links > 0 && links <= 4
}

func (j *joiner) oneLink(ns []book.Inline) bool {
	links, words := 0, 0
	for _, n := range ns {
		switch n := n.(type) {
		case *book.Link:
			file, _, found := j.r.paths.Find(n.Span.File.Path, n.Dest)
			if found != book.Exact && found != book.Cased || file == n.Span.File.Path {
				return false
			}
			links++
		case *book.Text:
			words += len([]rune(n.Value))
		case *book.Break:
		default:
			return false
		}
	}
	return links == 1 && words <= 12
}
