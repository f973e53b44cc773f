package outline

import (
	"fmt"
	"strconv"

	"banxin/pipeline/book"
)

// judgeNumbers decides which typed numbers are the outline's and which are
// part of the words: enumerators (一、 1.) are chapters where they count a
// book's top level and no 第N章 does; 3.14 is a section only among others.
func (r *recovery) judgeNumbers() {
	chapters := 0
	for _, h := range r.headings {
		if !h.fixed && h.rest > 0 && h.number.Role == book.Chapter {
			chapters++
		}
	}
	top := 0
	if chapters == 0 {
		top = r.countedLevel()
	}
	counted := chapters > 0 || top > 0 || r.dottedCount()
	r.printings = map[numberKey]int{}
	for _, h := range r.headings {
		if h.fixed || h.rest == 0 {
			continue
		}
		switch n := &h.number; {
		case n.Bare && top > 0 && h.hash == top && !n.Bracketed:
			n.Role, n.Level = book.Chapter, 1
		case n.Bare, n.Unit == "" && !counted:
			h.rest = 0
			h.folded = fold(h.text)
			h.section.Unnumbered = n.Bare
			continue
		}
		if len(h.number.Ordinal) == 1 {
			r.printings[numberKey{h.number.Role, h.number.Ordinal[0]}]++
		}
	}
	r.demoteParts(chapters + top)
}

// countedLevel returns the # count of headings whose bare numbers count the
// book's chapters: 1, 2, 3 … once through the book; 0 if there are none.
func (r *recovery) countedLevel() int {
	for hash := 1; hash <= 6; hash++ {
		n, steps, last := 0, 0, 0
		for _, h := range r.headings {
			if h.fixed || h.hash != hash {
				continue
			}
			if h.rest == 0 || !h.number.Bare || h.number.Bracketed {
				continue
			}
			v := h.number.Ordinal[0]
			if n == 0 && v > 1 {
				n = -1
				break
			}
			if n > 0 && v == last+1 {
				steps++
			}
			n, last = n+1, v
		}
		if n > 1 && steps*10 >= (n-1)*7 && !r.dottedAbove(hash) {
			return hash
		}
		if n != 0 {
			return 0
		}
	}
	return 0
}

// dottedCount reports whether the N.N headings of a book without numbered
// chapters count something: most of them are a first one or follow another.
func (r *recovery) dottedCount() bool {
	seen := map[string]bool{}
	all, follow := 0, 0
	for _, h := range r.headings {
		if h.fixed || h.rest == 0 || h.number.Unit != "" || h.number.Bare {
			continue
		}
		ord := h.number.Ordinal
		last := ord[len(ord)-1]
		prefix := fmt.Sprint(ord[:len(ord)-1])
		all++
		if last <= 1 || seen[prefix+"/"+strconv.Itoa(last-1)] {
			follow++
		}
		seen[prefix+"/"+strconv.Itoa(last)] = true
	}
	return all > 1 && follow*2 >= all
}

// dottedAbove reports whether N.N headings stand above the # count hash.
func (r *recovery) dottedAbove(hash int) bool {
	for _, h := range r.headings {
		if !h.fixed && h.hash < hash && h.rest > 0 && h.number.Unit == "" && !h.number.Bare {
			return true
		}
	}
	return false
}

// demoteParts makes chapters of numbered parts in a book that has nothing that
// could be a chapter below them: 第一篇 … 第十篇 with sections only.
func (r *recovery) demoteParts(chapters int) {
	if chapters > 0 {
		return
	}
	var parts []*heading
	for i, h := range r.headings {
		if h.preset && h.role == book.Chapter {
			return
		}
		if h.fixed || h.rest == 0 || h.number.Role != book.Part {
			continue
		}
		parts = append(parts, h)
		if i+1 < len(r.headings) {
			k := r.headings[i+1]
			if k.hash > h.hash && (k.rest == 0 || k.number.Bare) {
				return
			}
		}
	}
	for _, h := range parts {
		h.number.Role, h.number.Level = book.Chapter, 1
	}
}

// numbered marks the headings the author left without a number where he
// numbered their like: they print none. A book without typed numbers is
// numbered by place throughout.
func (r *recovery) numbered() {
	var typed, bare [8]int
	r.each(r.roots, func(h *heading) {
		if h.role != book.Chapter && h.role != book.Plain {
			return
		}
		if l := min(h.level, 7); h.rest > 0 {
			typed[l]++
		} else {
			bare[l]++
		}
	})
	deepest := 0
	for l := range typed {
		r.types[l] = typed[l] > 0 && typed[l]*2 >= bare[l]
		if r.types[l] {
			deepest, r.any = l, true
		}
	}
	r.each(r.roots, func(h *heading) {
		s := h.section
		switch h.role {
		case book.Front, book.Back, book.Index, book.Closing, book.Contents, book.Abstract, book.Keywords:
			s.Unnumbered = true
		case book.Chapter, book.Plain:
			l := min(h.level, 7)
			if h.rest == 0 && !h.preset && r.any && (r.types[l] || l > deepest || l > 1 && !r.types[l] && r.types[l-1]) {
				s.Unnumbered = true
			}
			// 参考文献 at the end of a chapter is no section of its own.
			if h.rest == 0 && h.level > 1 && (h.name == backName || h.name == indexName) {
				s.Unnumbered = true
			}
		}
		if h.role.Apparatus() || h.role == book.Closing {
			s.Unlisted = true
		}
	})
}

func (r *recovery) each(hs []*heading, f func(*heading)) {
	for _, h := range hs {
		f(h)
		r.each(h.kids, f)
	}
}
