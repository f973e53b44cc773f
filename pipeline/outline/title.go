package outline

import (
	"strings"
	"unicode"

	"banxin/pipeline/book"
)

// takeTitle takes the first heading off if it is the book's title: what stands
// under it becomes preamble, its headings stay.
func (r *recovery) takeTitle() {
	if len(r.headings) == 0 || !r.isTitle() {
		return
	}
	h := r.headings[0]
	r.headings = r.headings[1:]
	r.book.Preamble = append(r.book.Preamble[:len(r.book.Preamble):len(r.book.Preamble)], h.section.Blocks...)
	if r.book.Meta.Title == "" {
		r.book.Meta.Title, r.book.Meta.Subtitle = splitTitle(strings.TrimSpace(h.text), r.book.Meta.Subtitle)
	}
}

// isTitle decides by the title known from elsewhere, else by what the heading
// holds: all other headings; nothing but abstract, keywords and contents; or
// nothing at all before numbered chapters.
func (r *recovery) isTitle() bool {
	h := r.headings[0]
	if h.rest > 0 || h.name != unnamed || h.preset {
		return false
	}
	m := r.book.Meta
	if m.Title != "" {
		t := fold(m.Title)
		return h.folded == t || h.folded == t+fold(m.Subtitle) ||
			t != "" && strings.HasPrefix(h.folded, t) && len(h.folded)-len(t) <= len(t) && r.holdsAll()
	}
	return r.holdsAll() || r.holdsApparatus() || r.standsAlone() || r.beforePreface()
}

// holdsAll reports whether every other heading is deeper than the first, and
// those next below it are several.
func (r *recovery) holdsAll() bool {
	first := r.headings[0].hash
	least, count := 0, 0
	for _, h := range r.headings[1:] {
		switch {
		case h.hash <= first:
			return false
		case least == 0 || h.hash < least:
			least, count = h.hash, 1
		case h.hash == least:
			count++
		}
	}
	return count > 1
}

// holdsApparatus reports whether all headings right under the first are
// abstract, keywords or contents, and there is one.
func (r *recovery) holdsApparatus() bool {
	first, under := r.headings[0].hash, 0
	for _, h := range r.headings[1:] {
		if h.hash <= first {
			break
		}
		switch {
		case h.name == contentsName || h.name == abstractName || h.name == keywordsName:
			under = h.hash
		case under == 0 || h.hash <= under:
			return false
		}
	}
	return under > 0 && under > first
}

// standsAlone reports whether the first heading holds no other, and the book's
// chapters, which carry numbers, begin after it at its level or below.
func (r *recovery) standsAlone() bool {
	first := r.headings[0]
	for i, h := range r.headings[1:] {
		if i == 0 && h.hash > first.hash && (h.rest == 0 || h.number.Bare) {
			return false
		}
		if h.rest > 0 && (h.number.Role == book.Chapter || h.number.Role == book.Part) {
			return h.hash >= first.hash
		}
	}
	return false
}

// beforePreface reports whether a preface follows the first heading at its
// level: no chapter stands before a preface.
func (r *recovery) beforePreface() bool {
	first := r.headings[0]
	for _, h := range r.headings[1:] {
		if h.hash <= first.hash {
			return h.name == frontName && h.hash == first.hash
		}
	}
	return false
}

// splitTitle parts a title from its subtitle at a colon or a dash, unless the
// subtitle is known.
func splitTitle(s, sub string) (string, string) {
	if sub != "" {
		return s, sub
	}
	for _, sep := range [...]string{"：", ": ", "——", " — "} {
		if a, b, ok := strings.Cut(s, sep); ok {
			a, b = strings.TrimSpace(a), strings.TrimSpace(b)
			if a != "" && b != "" {
				return a, b
			}
		}
	}
	return s, ""
}

// takeApparatus finds the abstract and the keywords before the book's body.
func (r *recovery) takeApparatus() {
	for i, h := range r.headings {
		if h.fixed {
			continue
		}
		if h.preset && h.role == book.Chapter || h.rest > 0 && !h.number.Bare {
			return
		}
		switch {
		case h.name == abstractName:
			h.role, h.fixed = book.Abstract, true
			if len(r.book.Meta.Abstract) == 0 {
				r.book.Meta.Abstract = r.abstractOf(h)
			}
		case h.name == keywordsName:
			h.role, h.fixed = book.Keywords, true
			r.keywords(h)
		case h.name == unnamed && r.first(i) == h:
			// A body that begins without a number.
			if len(h.section.Blocks) > 0 {
				return
			}
		}
	}
}

// first returns the first heading whose role is not settled.
func (r *recovery) first(to int) *heading {
	for _, h := range r.headings[:to+1] {
		if !h.fixed {
			return h
		}
	}
	return nil
}

// abstractOf returns an abstract's blocks: those under its heading, after what
// the heading itself says behind a colon.
func (r *recovery) abstractOf(h *heading) []book.Block {
	var out []book.Block
	if h.tail != "" {
		text := &book.Text{Value: h.tail}
		text.Span = h.section.Heading
		p := &book.Paragraph{Inlines: []book.Inline{text}}
		p.Span = h.section.Heading
		out = append(out, p)
	}
	return append(out, h.section.Blocks...)
}

// keywords reads 关键词：甲，乙 from the heading or the paragraph under it.
func (r *recovery) keywords(h *heading) {
	if len(r.book.Meta.Keywords) > 0 {
		return
	}
	list := h.tail
	if list == "" {
		for _, b := range h.section.Blocks {
			switch b := b.(type) {
			case *book.Paragraph:
				list += "," + book.PlainText(b.Inlines)
			case *book.List:
				for _, it := range b.Items {
					list += "," + blocksText(it.Blocks)
				}
			}
		}
	}
	for _, k := range strings.FieldsFunc(list, func(c rune) bool { return strings.ContainsRune("，,、;；｜|\n", c) }) {
		if k = strings.TrimFunc(k, func(c rune) bool { return unicode.IsSpace(c) || c == '。' || c == '.' }); k != "" {
			r.book.Meta.Keywords = append(r.book.Meta.Keywords, k)
		}
	}
}

func blocksText(bs []book.Block) string {
	for _, b := range bs {
		if p, ok := b.(*book.Paragraph); ok {
			return book.PlainText(p.Inlines)
		}
	}
	return ""
}
