package outline

import "banxin/pipeline/book"

// nest builds the tree. The open headings are a stack; a heading goes by its
// role (a part closes all, 2.3 goes under the open chapter) and, if it has
// none, by its # count.
func (r *recovery) nest() {
	r.matchTyped()
	last := r.lastBody()
	body := false // a part or a chapter has begun
	var open []*heading
	for i, h := range r.headings {
		if !h.fixed {
			r.settle(h, open, body)
		}
		switch {
		case h.role.Apparatus():
			open = r.attach(h, nil, 1)
			continue
		case (h.name == closingName || h.name == summaryName) && !h.preset && h.role == book.Plain:
			if p := r.closes(h, open, i >= last); p != nil {
				h.role = book.Closing
				open = r.attach(h, upTo(open, p), max(2, p.level+1))
				continue
			}
		}
		open = r.place(h, open)
		body = body || h.role == book.Part || h.role == book.Chapter
	}
}

// settle gives a heading the role its number or its name says.
func (r *recovery) settle(h *heading, open []*heading, body bool) {
	if h.preset {
		h.fixed = true
		return
	}
	if h.rest > 0 {
		h.role, h.fixed = h.number.Role, true
		return
	}
	if !atChapters(h, open) {
		return
	}
	switch h.name {
	case frontName:
		if !body {
			h.role, h.fixed = book.Front, true
		}
	case backName:
		if body {
			h.role, h.fixed = book.Back, true
		}
	case indexName:
		if body {
			h.role, h.fixed = book.Index, true
		}
	case appendixName:
		h.role, h.fixed = book.Appendix, true
		if h.holdsAppendix && h.tail == "" {
			h.role = book.Part
		}
		h.section.Unnumbered = true
	default:
		if h.holdsChapter {
			h.role, h.fixed = book.Part, true
			h.section.Unnumbered = true
		}
	}
}

// atChapters reports whether a heading's # count puts it beside chapters or
// above them.
func atChapters(h *heading, open []*heading) bool {
	for _, o := range open {
		if o.level == 1 {
			return h.hash <= o.hash
		}
	}
	return true
}

// matchTyped gives headings without a number the role of the line of the typed
// contents list that says the same: a running part title printed bare.
func (r *recovery) matchTyped() {
	said := map[string]book.TypedEntry{}
	for _, e := range r.book.Typed {
		if e.Number != "" && (e.Role == book.Part || e.Role == book.Chapter) {
			if f := fold(e.Title); f != "" {
				said[f] = e
			}
		}
	}
	if len(said) == 0 {
		return
	}
	deepest := r.deepest()
	for _, h := range r.headings {
		if h.fixed || h.preset || h.rest > 0 || h.name != unnamed {
			continue
		}
		// A section may bear its chapter's title; a part's or a chapter's
		// heading stands no deeper than those with numbers do.
		if e, ok := said[h.folded]; ok && (deepest[e.Role] == 0 || h.hash <= deepest[e.Role]) {
			h.role, h.fixed = e.Role, true
		}
	}
}

// deepest returns the largest # count of headings typed with a number of each
// role; 0 for a role without any.
func (r *recovery) deepest() map[book.Role]int {
	deepest := map[book.Role]int{}
	for _, k := range r.headings {
		if !k.fixed && k.rest > 0 {
			deepest[k.number.Role] = max(deepest[k.number.Role], k.hash)
		}
	}
	return deepest
}

// lastBody returns the index of the last heading that is not back matter, an
// appendix or a summary.
func (r *recovery) lastBody() int {
	for i := len(r.headings) - 1; i >= 0; i-- {
		h := r.headings[i]
		if h.name == unnamed && !(h.rest > 0 && h.number.Role == book.Appendix) {
			return i
		}
	}
	return 0
}

// place puts a heading under the open one it belongs to and returns the new
// stack.
func (r *recovery) place(h *heading, open []*heading) []*heading {
	switch {
	case !h.fixed:
		return r.byHash(h, open)
	case h.role == book.Part:
		return r.attach(h, nil, 0)
	case h.role == book.Chapter:
		return r.attach(h, r.part(open, false), 1)
	case h.role == book.Appendix:
		return r.attach(h, r.part(open, true), 1)
	case h.role == book.Plain:
		return r.attach(h, under(h, open), max(2, h.number.Level))
	}
	return r.attach(h, nil, 1)
}

// part returns the open part a chapter (or an appendix) goes under, as a
// stack; appendices go only under a part that is called so.
func (r *recovery) part(open []*heading, appendix bool) []*heading {
	for i, o := range open {
		if o.role == book.Part && (o.name == appendixName) == appendix {
			return open[:i+1]
		}
	}
	return nil
}

// under returns what a numbered section goes under: the open headings above
// its level, but no chapter without a number that stands no higher than it.
func under(h *heading, open []*heading) []*heading {
	level := max(2, h.number.Level)
	for n := len(open); n > 0; n-- {
		o := open[n-1]
		if o.level >= level || o.role == book.Closing {
			continue
		}
		if o.level == 1 && o.rest == 0 && o.hash >= h.hash && o.role != book.Chapter {
			continue
		}
		return open[:n]
	}
	return nil
}

// byHash places a heading that says nothing by its # count: beside the
// heading of the same count that it closes, else below what stays open.
func (r *recovery) byHash(h *heading, open []*heading) []*heading {
	n, level := len(open), -1
	for n > 0 && open[n-1].hash >= h.hash {
		if o := open[n-1]; o.hash == h.hash && o.role != book.Closing {
			level = o.level
		}
		n--
	}
	open = open[:n]
	below := 1
	if n > 0 {
		below = open[n-1].level + 1
	}
	level = max(level, below)
	if n > 0 && level > below+1 {
		level = below
	}
	if level <= 1 {
		h.role = book.Chapter
	}
	return r.attach(h, open, level)
}

// attach puts h under the top of the stack (or at the root) and opens it.
func (r *recovery) attach(h *heading, open []*heading, level int) []*heading {
	h.level = level
	if len(open) == 0 {
		r.roots = append(r.roots, h)
	} else {
		p := open[len(open)-1]
		p.kids = append(p.kids, h)
	}
	return append(open[:len(open):len(open)], h)
}

func upTo(open []*heading, h *heading) []*heading {
	for i, o := range open {
		if o == h {
			return open[:i+1]
		}
	}
	return open
}

// closes returns the heading that a 小结 sums up; nil if it is a heading like
// any other. Typed below its chapter it goes by its # count. Typed beside or
// above it, it cannot be a chapter of its own: it closes the chapter, or its
// section where the chapter is printed in pieces of one section each.
func (r *recovery) closes(h *heading, open []*heading, last bool) *heading {
	var byHash, chapter *heading
	for _, o := range open {
		if o.role == book.Part {
			// A part whose sections stand right under it is closed like a
			// chapter.
			if len(o.kids) > 0 && o.kids[0].role == book.Plain && h.name == closingName {
				chapter = o
			}
			continue
		}
		if o.level == 1 {
			chapter = o
		}
		if o.hash < h.hash && o.role != book.Closing {
			byHash = o
		}
	}
	if byHash == nil {
		if h.name == summaryName && (last || !r.typesChapters()) {
			return nil
		}
		if byHash = chapter; byHash == nil {
			return nil
		}
	}
	if k := only(byHash); k != nil && byHash.level <= 1 && (k.hash >= h.hash) && r.inPieces(byHash) {
		return k
	}
	return byHash
}

// only returns the one section a heading holds so far, if it is numbered.
func only(h *heading) *heading {
	var k *heading
	for _, c := range h.kids {
		if c.role == book.Closing {
			continue
		}
		if k != nil || c.rest == 0 {
			return nil
		}
		k = c
	}
	return k
}

// inPieces reports whether a chapter's heading is printed several times, or is
// a bare wrapper without number or text.
func (r *recovery) inPieces(h *heading) bool {
	if h.rest > 0 && len(h.number.Ordinal) == 1 {
		return r.printings[numberKey{h.number.Role, h.number.Ordinal[0]}] > 1
	}
	return h.rest == 0 && len(h.section.Blocks) == 0
}

// typesChapters reports whether the book's chapters carry typed numbers.
func (r *recovery) typesChapters() bool {
	for k := range r.printings {
		if k.role == book.Chapter {
			return true
		}
	}
	return false
}
