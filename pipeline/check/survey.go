package check

import (
	"strings"
	"unicode"

	"banxin/pipeline/book"
	"banxin/pipeline/source"
	"banxin/pipeline/xref"
)

// survey is the book laid out for the rules: its headings in reading order
// with what the author typed, what outline made of them, and what became of
// them in the merge.
type survey struct {
	written, merged *book.Book
	parsedBook      *book.Book // nil: not given
	book            *book.Book // the one the present rule reads
	index           *xref.Index
	options         Options
	heads           []*head
	at              map[place]*head
	// standing are the merged book's sections by their headings' places.
	standing map[place]*book.Section
	parents  map[*book.Section]*book.Section // in the merged book
	numbers  *numbering
}

// place names a heading by where it stands.
type place struct {
	file  *source.File
	start int
}

func placeOf(s source.Span) place { return place{s.File, s.Start} }

// head is a heading of the manuscript.
type head struct {
	order   int // in reading order
	parsed  *book.Section
	written *book.Section // nil: outline took it as the book's title
	merged  *book.Section // nil: the merge dropped it
	span    source.Span
	hash    int    // # count
	text    string // as typed
	folded  string // the words without number, as two writings of them agree
	// number is the typed number; numbered is set if outline took it as one.
	number   book.Number
	numbered bool
	// apparatus headings are lines of a typed contents list, or abstract or
	// keywords.
	apparatus bool
	parent    *head // in the tree as written
	next      *head // the next heading of the file
	first     bool  // of its file
}

func newSurvey(in Input) *survey {
	s := &survey{parsedBook: in.Parsed, written: in.Written, merged: in.Merged, index: in.Index, options: in.Options,
		at: map[place]*head{}, standing: map[place]*book.Section{}, parents: map[*book.Section]*book.Section{}}
	if s.merged == nil {
		s.merged = s.written
	}
	if s.index == nil {
		s.index = &xref.Index{}
	}
	parsed := in.Parsed
	if parsed == nil {
		parsed = in.Written
	}
	s.headings(parsed, in.Parsed == nil)
	s.tree(s.written.Sections, nil, false)
	s.afterMerge(s.merged.Sections, nil)
	for _, h := range s.heads {
		if h.merged = s.standing[placeOf(h.span)]; h.written == nil {
			h.merged = h.parsed
		}
	}
	s.numbers = s.numbering()
	return s
}

// headings lists the headings in reading order.
func (s *survey) headings(b *book.Book, typed bool) {
	last := map[*source.File]*head{}
	b.Walk(func(sec *book.Section) bool {
		if sec.Heading.File == nil {
			return true
		}
		h := &head{order: len(s.heads), parsed: sec, span: sec.Heading, text: strings.TrimSpace(book.PlainText(sec.Title))}
		if typed && sec.Typed != "" {
			h.text = sec.Typed + " " + h.text
		}
		h.hash = hashes(sec)
		prev := last[h.span.File]
		h.first = prev == nil
		if prev != nil {
			prev.next = h
		}
		last[h.span.File] = h
		s.heads = append(s.heads, h)
		s.at[placeOf(h.span)] = h
		return true
	})
}

// hashes is a heading's level as typed: # count, setext underline or <hN>.
func hashes(sec *book.Section) int {
	t := strings.TrimLeft(sec.Heading.Text(), " \t>\ufeff")
	n := len(t) - len(strings.TrimLeft(t, "#"))
	switch {
	case n > 0 && n <= 6:
		return n
	case len(t) > 2 && t[0] == '<' && t[1]|0x20 == 'h' && t[2] >= '1' && t[2] <= '6':
		return int(t[2] - '0')
	}
	t = strings.TrimRight(t, " \t\r\n")
	if i := strings.LastIndexByte(t, '\n'); i >= 0 {
		switch line := strings.TrimLeft(t[i+1:], " \t>"); {
		case strings.HasPrefix(line, "="):
			return 1
		case strings.HasPrefix(line, "-"):
			return 2
		}
	}
	return max(1, sec.Level)
}

// tree links the headings as outline nested them.
func (s *survey) tree(sections []*book.Section, parent *head, apparatus bool) {
	for _, sec := range sections {
		below := apparatus || sec.Role.Apparatus()
		h := s.at[placeOf(sec.Heading)]
		if h != nil && sec.Heading.File != nil {
			h.written, h.parent, h.apparatus = sec, parent, below
			h.folded = fold(book.PlainText(sec.Title))
			if n, end := book.ParseNumber(sec.Typed); sec.Typed != "" && end > 0 {
				h.number, h.numbered = n, true
			}
		}
		up := h
		if up == nil {
			up = parent
		}
		s.tree(sec.Sections, up, below)
	}
}

// afterMerge notes where every heading of the merged book stands.
func (s *survey) afterMerge(sections []*book.Section, parent *book.Section) {
	for _, sec := range sections {
		if sec.Heading.File != nil {
			s.standing[placeOf(sec.Heading)] = sec
		}
		s.parents[sec] = parent
		s.afterMerge(sec.Sections, sec)
	}
}

// stands reports whether a heading is still in the book after the merge.
// Contents lists and other apparatus are never merged.
func (h *head) stands() bool { return h.merged != nil || h.apparatus }

// asTyped reports whether a heading's number is still the author's claim: it
// stands, nothing was merged into it and it was not moved. What the merge moved
// or joined is numbered by its place, as somebody decided.
func (s *survey) asTyped(h *head) bool {
	switch {
	case !h.stands():
		return false
	case h.merged == nil || h.written == nil || h.merged == h.written:
		return true
	case len(h.merged.Merged) > len(h.written.Merged):
		return false
	}
	up := s.parents[h.merged]
	if up == nil || h.parent == nil {
		return (up == nil) == (h.parent == nil)
	}
	if placeOf(up.Heading) == placeOf(h.parent.span) {
		return true
	}
	// Its parent was merged into another printing of itself.
	return h.parent.merged == nil && fold(book.PlainText(up.Title)) == h.parent.folded
}

// body calls f for every heading outline kept as a section of the book.
func (s *survey) body(f func(*head)) {
	for _, h := range s.heads {
		if h.written != nil && !h.apparatus {
			f(h)
		}
	}
}

// blocks calls f for every run of blocks of the present book that is printed,
// with its section (nil in the preamble, abstract and notes).
func (s *survey) blocks(f func(*book.Section, []book.Block)) {
	f(nil, s.book.Meta.Abstract)
	f(nil, s.book.Preamble)
	s.book.Walk(func(sec *book.Section) bool {
		if sec.Role.Apparatus() {
			return false
		}
		f(sec, sec.Blocks)
		return true
	})
	for _, n := range s.book.Notes {
		f(nil, n.Blocks)
	}
}

// eachBlock calls f for every printed block of the present book at any depth.
func (s *survey) eachBlock(f func(book.Block)) {
	s.blocks(func(_ *book.Section, bs []book.Block) {
		book.EachBlock(bs, func(b book.Block) bool { f(b); return true })
	})
}

// runs calls f for every printed run of inlines: titles, text, captions.
func (s *survey) runs(f func([]book.Inline)) {
	s.blocks(func(sec *book.Section, bs []book.Block) {
		if sec != nil && len(sec.Title) > 0 {
			f(sec.Title)
		}
		book.EachBlock(bs, func(b book.Block) bool {
			for _, r := range book.Inlines(b) {
				if len(r) > 0 {
					f(r)
				}
			}
			return true
		})
	})
}

// fold reduces words to what two writings of them share: half width, lower
// case, letters and digits only.
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		if r >= 0xff01 && r <= 0xff5e {
			r -= 0xfee0
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// line is a heading's first line without the line end: what a finding about it
// points at.
func (h *head) line() source.Span {
	t := h.span.Text()
	if i := strings.IndexAny(t, "\r\n"); i >= 0 {
		return h.span.Sub(0, i)
	}
	return h.span
}

// language is the book's language reduced to its first part, and whether its
// script is traditional Chinese.
func (s *survey) language() (base string, traditional bool) {
	tag := strings.ToLower(s.written.Meta.Language)
	base, rest, _ := strings.Cut(tag, "-")
	for _, p := range strings.Split(rest, "-") {
		switch p {
		case "hant", "tw", "hk", "mo":
			traditional = true
		}
	}
	return base, traditional
}
