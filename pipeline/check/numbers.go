package check

import (
	"fmt"
	"slices"
	"strings"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
)

func numberRules() []rule {
	const warn, fail = diag.Warning, diag.Error
	return []rule{
		define("number-sequence", fail, warn, fail,
			text("A typed number does not follow the one before it: it skips, goes back or starts again.", "键入的编号接不上前一个：跳号、倒退或重新开始。"),
			text("A part of the text is missing, stands in the wrong place, or is misnumbered.", "不是缺了内容、放错了位置，就是编错了号。"),
			text("Renumber, or move the section; where the order is meant, say so in decisions.yaml.", "改号或移动该节；若次序如此，请在 decisions.yaml 中写明。"),
			"# 第1章 甲\n\n## 1.1 乙\n\n正文。\n\n## 1.3 丙\n\n正文。\n").by(written, numberSequence),
		define("number-duplicate", fail, warn, fail,
			text("Two headings bear one number.", "两个标题用了同一个编号。"),
			text("References to that number are ambiguous.", "引用这个编号时无法分辨。"),
			text("Renumber one, or decide in decisions.yaml which stays.", "给其中一个改号，或在 decisions.yaml 中决定取舍。"),
			"# 第1章 甲\n\n## 1.1 乙\n\n正文一。\n\n## 1.1 丙\n\n正文二。\n").by(written, numberDuplicate),
		define("number-parent-mismatch", fail, warn, fail,
			text("A section's number names another chapter than the one it stands in, or no such chapter holds it.", "小节编号所指的章不是它所在的章，或者它不在任何带此编号的章里。"),
			text("The section was moved, or its number is wrong.", "小节被移动过，或者编号有误。"),
			text("Renumber it, or put it where its number says; place in decisions.yaml does.", "改号，或移到编号所指的章；可用 decisions.yaml 的 place。"),
			"# 第1章 甲\n\n## 1.1 乙\n\n正文。\n\n## 2.2 丙\n\n正文。\n").by(written, numberParentMismatch),
		define("division-order", fail, warn, fail,
			text("A part or a chapter stands after the appendices.", "部或章排在附录之后。"),
			text("Readers take what follows an appendix for an appendix.", "附录之后的内容会被当作附录。"),
			text("Move it before the appendices, or place it in decisions.yaml.", "移到附录之前，或在 decisions.yaml 中用 place 安排。"),
			"# 第1章 甲\n\n正文。\n\n# 附录A 乙\n\n正文。\n\n# 第2章 丙\n\n正文。\n").by(written, divisionOrder),
	}
}

// letters sets lettered ordinals (A.1, 附录B) off from figures.
const letters = 1000

// ordinal is a heading's number as a list of components.
func (h *head) ordinal() []int {
	ord := slices.Clone(h.number.Ordinal)
	if len(ord) > 0 && (h.written.Role == book.Appendix || h.number.Figures == book.Letter) {
		ord[0] += letters
	}
	return ord
}

// numbering is the book's typed numbers, sorted into what counts together.
type numbering struct {
	// typedChapters: chapters carry typed numbers, so N.N names one.
	typedChapters bool
	// restarts: chapters are counted anew in every part.
	restarts bool
	// misnumbered headings break the sequence, and those after them go on as
	// if they had the number expected.
	misnumbered map[*head]bool
	// blamed chapters have a wrong number: all their sections say another.
	blamed   map[*head]int
	breaks   []breach
	reprints map[*head]bool
}

// breach is a number that does not follow the one before it.
type breach struct {
	head, before *head
	back         bool
}

func (s *survey) numbering() *numbering {
	n := &numbering{misnumbered: map[*head]bool{}, reprints: map[*head]bool{}, blamed: s.misnumberedChapters()}
	for h := range n.blamed {
		n.misnumbered[h] = true
	}
	chapters, titled := 0, 0
	s.body(func(h *head) {
		if h.written.Role != book.Chapter {
			return
		}
		titled++
		if h.numbered {
			chapters++
		}
	})
	n.typedChapters = chapters > 0 && chapters*4 >= titled
	n.restarts = s.restarting()
	n.divisions(s)
	n.sections(s)
	slices.SortStableFunc(n.breaks, func(a, b breach) int { return a.head.order - b.head.order })
	return n
}

// restarting reports whether every part's first chapter is typed as the first.
func (s *survey) restarting() bool {
	parts := 0
	for _, p := range s.written.Sections {
		if p.Role != book.Part || p.Typed == "" {
			continue
		}
		for _, c := range p.Sections {
			if c.Role == book.Chapter && c.Typed != "" {
				if num, end := book.ParseNumber(c.Typed); end == 0 || len(num.Ordinal) != 1 || num.Ordinal[0] > 1 {
					return false
				}
				parts++
				break
			}
		}
	}
	return parts > 1
}

// scope is the heading within which a heading's number must be unique: nil is
// the book.
func (n *numbering) scope(h *head) *head {
	plain := h.written.Role == book.Plain
	for p := h.parent; p != nil; p = p.parent {
		switch {
		case plain && len(h.number.Ordinal) == 1: // 第1节 counts in its chapter
			return p
		case plain && !n.typedChapters && p.written.Level <= 1 && p.written.Role != book.Part:
			return p
		case n.restarts && p.written.Role == book.Part:
			return p
		}
	}
	return nil
}

// divisions checks parts, chapters, appendices and 第N节, each kind for itself.
func (n *numbering) divisions(s *survey) {
	type series struct {
		role  book.Role
		scope *head
	}
	var order []series
	lists := map[series][]*head{}
	seen := map[string]bool{}
	s.body(func(h *head) {
		if !h.numbered || len(h.number.Ordinal) != 1 {
			return
		}
		k := series{h.written.Role, n.scope(h)}
		id := fmt.Sprint(k.role, h.ordinal(), h.folded)
		if k.scope == nil && seen[id] {
			n.reprints[h] = true
			return
		}
		seen[id] = true
		if lists[k] == nil {
			order = append(order, k)
		}
		lists[k] = append(lists[k], h)
	})
	for _, k := range order {
		n.series(lists[k])
	}
}

// series checks numbers that count 1, 2, 3. The first may be any: a book may
// begin with its fifth chapter.
func (n *numbering) series(hs []*head) {
	for i, at := 1, n.meant(hs[0])[0]; i < len(hs); i++ {
		v := n.meant(hs[i])[0]
		expected := at + 1
		followed := i+1 < len(hs) && n.meant(hs[i+1])[0] == at+2
		switch {
		case v == expected:
		case v == at: // number-duplicate tells
			if followed {
				n.misnumbered[hs[i]] = true
				at = expected
			}
			continue
		default:
			n.breaks = append(n.breaks, breach{hs[i], hs[i-1], v < expected})
			if followed {
				n.misnumbered[hs[i]] = true
				v = expected
			}
		}
		at = v
	}
}

// meant is a heading's number, of a blamed chapter the one its sections say.
func (n *numbering) meant(h *head) []int {
	if c, ok := n.blamed[h]; ok {
		return []int{c}
	}
	return h.ordinal()
}

// sections checks 1.1, 1.1.1 … through the book. Chapters set what their
// sections count from.
func (n *numbering) sections(s *survey) {
	var list []*head
	s.body(func(h *head) {
		if h.written.Role == book.Plain && h.dotted() || h.written.Level <= 1 && h.written.Role != book.Part {
			list = append(list, h)
		}
	})
	var at []int
	var before *head
	for i, h := range list {
		if h.written.Role != book.Plain || !h.dotted() {
			switch {
			case !h.numbered && !n.typedChapters:
				at = nil
			case h.numbered && len(h.number.Ordinal) == 1 && (len(at) == 0 || at[0] != n.meant(h)[0]):
				at, before = n.meant(h), h
			}
			continue
		}
		cur := h.ordinal()
		if at == nil || follows(at, cur) || slices.Equal(at, cur) {
			at, before = cur, h
			continue
		}
		n.breaks = append(n.breaks, breach{h, before, slices.Compare(cur, at) < 0})
		if i+1 < len(list) && list[i+1].written.Role == book.Plain && list[i+1].dotted() {
			next := list[i+1].ordinal()
			if e := expected(at, len(cur)); e != nil && follows(e, next) && !follows(cur, next) {
				n.misnumbered[h] = true
				cur = e
			}
		} else if e := expected(at, len(cur)); e != nil && e[0] != cur[0] {
			n.misnumbered[h] = true
		}
		at, before = cur, h
	}
}

// follows reports whether a section numbered cur may come after at: its first
// subsection, the next beside it, or the next beside one that holds it.
func follows(at, cur []int) bool {
	k := 0
	for k < len(at) && k < len(cur) && at[k] == cur[k] {
		k++
	}
	switch {
	case k == len(cur):
		return false
	case k == len(at):
		for _, v := range cur[k:] {
			if v > 1 {
				return false
			}
		}
		return true
	case cur[k] != at[k]+1:
		return false
	}
	for _, v := range cur[k+1:] {
		if v > 1 {
			return false
		}
	}
	return true
}

// expected is the number of n components that comes after at; nil if none can.
func expected(at []int, n int) []int {
	if n > len(at) {
		if n == len(at)+1 {
			return append(slices.Clone(at), 1)
		}
		return nil
	}
	e := slices.Clone(at[:n])
	e[n-1]++
	return e
}

func numberSequence(s *survey) diag.List {
	var l diag.List
	for _, b := range s.numbers.breaks {
		h := b.head
		if !s.asTyped(h) || !b.before.stands() {
			continue
		}
		what := text("skips", "跳号")
		if b.back {
			what = text("goes back", "倒退")
		}
		d := l.Add("number-sequence", h.line(),
			diag.Text{En: fmt.Sprintf("%s after %s: the number %s", h.number.Text, b.before.number.Text, what.En),
				Zh: fmt.Sprintf("%s 之后是 %s：%s", b.before.number.Text, h.number.Text, what.Zh)},
			text("renumber it, or move it", "改号，或移动位置"))
		d.Related = []diag.Related{{Span: b.before.line(), Message: text("the number before it", "前一个编号")}}
	}
	return l
}

func numberDuplicate(s *survey) diag.List {
	n := s.numbers
	type key struct {
		role  book.Role
		scope *head
		ord   string
	}
	type titled struct {
		key
		title string
	}
	first := map[key]*head{}
	same := map[titled]*head{}
	var l diag.List
	s.body(func(h *head) {
		if !h.numbered || len(h.number.Ordinal) == 0 {
			return
		}
		k := key{h.written.Role, n.scope(h), fmt.Sprint(h.ordinal())}
		other := first[k]
		if other == nil {
			first[k] = h
		}
		if t := same[titled{k, h.folded}]; t != nil {
			other = t
		} else {
			same[titled{k, h.folded}] = h
		}
		// A chapter printed again under its own title is dedup's to report.
		if other == nil || n.reprints[h] || len(h.number.Ordinal) == 1 && other.folded == h.folded {
			return
		}
		at := h
		if n.misnumbered[other] && !n.misnumbered[h] {
			at, other = other, h
		}
		if !s.asTyped(at) || !s.asTyped(other) {
			return
		}
		d := l.Add("number-duplicate", at.line(),
			diag.T("%[1]s is also the number of “%[2]s”", "编号 %[1]s 与“%[2]s”重复", at.number.Text, short(other.text)),
			text("renumber one of them, or decide which stays", "给其中一个改号，或决定保留哪一个"))
		d.Related = []diag.Related{{Span: other.line(), Message: text("the other", "另一处")}}
	})
	return l
}

func numberParentMismatch(s *survey) diag.List {
	blamed := s.numbers.blamed
	var l diag.List
	typed := s.numbers.typedChapters
	s.body(func(h *head) {
		if c, ok := blamed[h]; ok && s.asTyped(h) {
			l.Add("number-parent-mismatch", h.line(),
				diag.T("%[1]s holds sections numbered %[2]d.x", "%[1]s 下的小节却编为 %[2]d.x", h.number.Text, c),
				text("one of the two numbers is wrong", "两种编号必有一误"))
		}
		if h.written.Role != book.Plain || !h.dotted() || !s.asTyped(h) || s.homecoming(h) {
			return
		}
		up, chapter := h.numberedAbove()
		ord := h.ordinal()
		switch {
		case up != nil && blamed[up] == 0 && !prefixed(ord, up.ordinal()):
			d := l.Add("number-parent-mismatch", h.line(),
				diag.T("%[1]s stands under %[2]s", "%[1]s 位于 %[2]s 之下", h.number.Text, up.number.Text),
				text("renumber it, or move it", "改号，或移动位置"))
			d.Related = []diag.Related{{Span: up.line(), Message: text("it stands under this", "位于此标题下")}}
		case typed && chapter == nil:
			l.Add("number-parent-mismatch", h.line(),
				diag.T("%[1]s stands under no chapter %[2]s", "%[1]s 不在第 %[2]s 章之下", h.number.Text, component(ord[0])),
				text("put it into its chapter, or renumber it", "移到该章，或改号"))
		}
	})
	return l
}

// homecoming reports whether in the merged book a section stands where its
// number says: what it stood under was merged into the chapter named.
func (s *survey) homecoming(h *head) bool {
	if h.merged == nil {
		return false
	}
	for up := s.parents[h.merged]; up != nil; up = s.parents[up] {
		k := s.at[placeOf(up.Heading)]
		if k == nil || !k.numbered || k.written.Role == book.Part || len(k.number.Ordinal) == 0 {
			continue
		}
		if !prefixed(h.ordinal(), k.ordinal()) {
			return false
		}
		if k.written.Level <= 1 {
			return true
		}
	}
	return false
}

func component(v int) string {
	if v > letters && v <= letters+26 {
		return string(rune('A' + v - letters - 1))
	}
	return fmt.Sprint(v)
}

// numberedAbove returns the nearest heading above with a number, and the
// numbered chapter or appendix that holds h; nil where there is none.
func (h *head) numberedAbove() (up, chapter *head) {
	for p := h.parent; p != nil; p = p.parent {
		if !p.numbered || len(p.number.Ordinal) == 0 || p.written.Role == book.Part {
			continue
		}
		if p.written.Role == book.Plain && !p.dotted() {
			continue
		}
		if up == nil {
			up = p
		}
		if p.written.Level <= 1 {
			chapter = p
		}
	}
	return up, chapter
}

// prefixed reports whether ord extends prefix.
func prefixed(ord, prefix []int) bool {
	return len(ord) > len(prefix) && slices.Equal(ord[:len(prefix)], prefix)
}

// misnumberedChapters are chapters whose sections, two or more, all carry one
// other chapter's number: the chapter's own is wrong.
func (s *survey) misnumberedChapters() map[*head]int {
	type tally struct{ number, count int }
	kids := map[*head]*tally{}
	s.body(func(h *head) {
		p := h.parent
		if p == nil || !h.dotted() || !p.numbered || p.written.Role != book.Chapter || len(p.number.Ordinal) != 1 {
			return
		}
		v := h.ordinal()[0]
		switch t := kids[p]; {
		case t == nil:
			kids[p] = &tally{v, 1}
		case t.number == v:
			t.count++
		default:
			t.number = -1
		}
	})
	out := map[*head]int{}
	for p, t := range kids {
		if t.count > 1 && t.number > 0 && t.number < letters && t.number != p.ordinal()[0] {
			out[p] = t.number
		}
	}
	return out
}

func divisionOrder(s *survey) diag.List {
	after := map[place]bool{}
	behindAppendix(s.merged.Sections, func(sec, _ *book.Section) { after[placeOf(sec.Heading)] = true })
	var l diag.List
	behindAppendix(s.written.Sections, func(sec, appendix *book.Section) {
		h := s.at[placeOf(sec.Heading)]
		if h == nil || h.merged == nil || !after[placeOf(sec.Heading)] {
			return
		}
		d := l.Add("division-order", h.line(),
			diag.T("“%s” stands after the appendices", "“%s”排在附录之后", short(h.text)),
			text("move it before them", "移到附录之前"))
		d.Related = []diag.Related{{Span: appendix.Heading, Message: text("the appendices begin here", "附录从这里开始")}}
	})
	return l
}

// behindAppendix calls f for the body's divisions that stand after an appendix.
func behindAppendix(sections []*book.Section, f func(sec, appendix *book.Section)) {
	var appendix *book.Section
	for _, sec := range sections {
		switch {
		case sec.Role == book.Appendix, sec.Role == book.Part && len(sec.Sections) > 0 && sec.Sections[0].Role == book.Appendix:
			appendix = sec
		case appendix != nil && (sec.Role == book.Part || sec.Role == book.Chapter || sec.Role == book.Plain) && sec.Heading.File != nil &&
			strings.TrimSpace(book.PlainText(sec.Title)) != "":
			f(sec, appendix)
		}
	}
}
