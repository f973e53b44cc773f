package check

import (
	"fmt"
	"strings"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

func contentsRules() []rule {
	const note, warn, fail = diag.Note, diag.Warning, diag.Error
	const list = "# 目录\n\n- 第1章 甲\n- 第2章 乙\n\n"
	return []rule{
		define("toc-handwritten", warn, warn, warn,
			text("The contents list is typed by hand; so are the headings in it.", "目录是手工键入的，其中的标题也一样。"),
			text("It goes stale, and other tools take its headings for the book's. The real one is set in its place.", "它会过时，别的工具还会把其中的标题当作正文标题。排印时以真正的目录代替。"),
			text("Delete it, or write [TOC] in its place.", "删去，或改写为 [TOC]。"),
			list+"# 第1章 甲\n\n正文。\n\n# 第2章 乙\n\n正文。\n").by(written, tocHandwritten),
		define("toc-entry-undefined", fail, warn, fail,
			text("A line of the typed contents list has no heading in the book.", "手工目录里的一项在正文中没有对应的标题。"),
			text("A promised section is missing, or was renamed.", "预告的内容缺失，或者已经改名。"),
			text("Write the section, or take the line out.", "补写该节，或删去这一行。"),
			"# 目录\n\n- 第1章 甲\n- 第2章 乙\n- 第3章 丙\n\n# 第1章 甲\n\n正文。\n\n# 第2章 乙\n\n正文。\n").by(written, tocEntryUndefined),
		define("toc-title-mismatch", warn, warn, warn,
			text("A heading and its line in the contents list differ in words or in number.", "标题与目录里的对应一项文字或编号不同。"),
			text("Only one of the two can be what was meant. The printed contents follow the headings.", "两者只能有一个是对的。排印的目录以标题为准。"),
			text("Make them agree; retitle in decisions.yaml does it without touching the text.", "改成一致；不便改原文时可用 decisions.yaml 的 retitle。"),
			list+"# 第1章 甲\n\n正文。\n\n# 第2章 丙\n\n正文。\n").by(written, tocTitleMismatch),
		define("toc-missing-entry", warn, warn, warn,
			text("A heading is not in the typed contents list, which goes as deep or deeper.", "标题没有列入手工目录，而目录已列到这一层。"),
			text("The list is incomplete; the real contents list will have it.", "目录不完整；排印的目录会补上。"),
			text("List it, or let the program make the contents.", "补入目录，或由程序生成目录。"),
			list+"# 第1章 甲\n\n正文。\n\n# 第2章 乙\n\n正文。\n\n# 第3章 丙\n\n正文。\n").by(written, tocMissingEntry),
		define("toc-missing-subentry", note, note, note,
			text("A heading below N.N is not in the typed contents list, which lists some of its depth.", "N.N 以下的标题没有列入手工目录，而目录列了同层的其他标题。"),
			text("Contents that go deeper in some places than in others look unfinished.", "目录有深有浅，显得没有做完。"),
			text("Let the program make the contents.", "由程序生成目录。"),
			"# 目录\n\n- 第1章 甲\n  - 1.1 乙\n    - 1.1.1 丙\n\n# 第1章 甲\n\n## 1.1 乙\n\n### 1.1.1 丙\n\n正文。\n\n### 1.1.2 丁\n\n正文。\n"),
		define("toc-depth-inconsistent", warn, warn, warn,
			text("The typed contents list goes deep under some headings and stops short under others that have as much below them.", "手工目录在有的标题下列得深，在有的标题下没有列，而它们下面同样有小节。"),
			text("Readers take what is not listed for missing.", "读者会以为没有列出的就不存在。"),
			text("List one depth throughout, or let the program make the contents.", "全书列到同一层，或由程序生成目录。"),
			"# 目录\n\n- 第1章 甲\n  - 1.1 乙\n- 第2章 丙\n\n# 第1章 甲\n\n## 1.1 乙\n\n正文。\n\n# 第2章 丙\n\n## 2.1 丁\n\n正文。\n").by(written, tocDepthInconsistent),
	}
}

func tocHandwritten(s *survey) diag.List {
	var l diag.List
	var walk func([]*book.Section, bool)
	walk = func(ss []*book.Section, inside bool) {
		for _, sec := range ss {
			if sec.Role != book.Contents {
				continue
			}
			at := sec.Heading
			if h := s.at[placeOf(at)]; h != nil {
				at = h.line()
			}
			msg := diag.T("a contents list typed by hand, with %d entries", "手工键入的目录，共 %d 项", len(s.written.Typed))
			if inside {
				msg = text("a line of the contents list is a heading itself", "目录里的一行本身也是标题")
			}
			l.Add("toc-handwritten", at, msg, text("delete it, or write [TOC]", "删去，或改写为 [TOC]"))
			walk(sec.Sections, true)
		}
	}
	walk(s.written.Sections, false)
	return l
}

// listing matches the lines of the typed contents list and the headings.
type listing struct {
	byNumber, byTitle map[string][]*head
	entries           map[string][]*book.TypedEntry // by number
	titled            map[string]*book.TypedEntry
}

func numberWord(role book.Role, n book.Number) string {
	if len(n.Ordinal) == 0 {
		return ""
	}
	// 第1章 and 1 are one number; 附录A and A are.
	kind := role
	if len(n.Ordinal) > 1 {
		kind = book.Plain
	}
	return fmt.Sprint(kind, n.Ordinal, n.Figures == book.Letter)
}

func entryNumber(e *book.TypedEntry) string {
	n, end := book.ParseNumber(e.Number)
	if e.Number == "" || end == 0 {
		return ""
	}
	return numberWord(e.Role, n)
}

func (s *survey) listing() *listing {
	t := &listing{byNumber: map[string][]*head{}, byTitle: map[string][]*head{}, entries: map[string][]*book.TypedEntry{}, titled: map[string]*book.TypedEntry{}}
	s.body(func(h *head) {
		if h.numbered {
			if k := numberWord(h.written.Role, h.number); k != "" {
				t.byNumber[k] = append(t.byNumber[k], h)
			}
		}
		t.byTitle[h.folded] = append(t.byTitle[h.folded], h)
	})
	for i := range s.written.Typed {
		e := &s.written.Typed[i]
		if k := entryNumber(e); k != "" {
			t.entries[k] = append(t.entries[k], e)
		}
		t.titled[fold(e.Title)] = e
		// [甲](#乙) lists 乙.
		if _, to, ok := strings.Cut(e.Span.Text(), "](#"); ok {
			to, _, _ = strings.Cut(to, ")")
			if t.titled[fold(to)] == nil {
				t.titled[fold(to)] = e
			}
		}
	}
	return t
}

func tocEntryUndefined(s *survey) diag.List {
	if len(s.written.Typed) == 0 {
		return nil
	}
	t := s.listing()
	others := s.otherTitles()
	var l diag.List
	for i := range s.written.Typed {
		e := &s.written.Typed[i]
		f := fold(e.Title)
		if linked(e) || f == "" || len(t.byTitle[f]) > 0 || len(t.byNumber[entryNumber(e)]) > 0 || others[f] {
			continue
		}
		l.Add("toc-entry-undefined", e.Span, diag.T("the book has no heading “%s”", "书中没有标题“%s”", short(entryText(e))),
			text("write the section, or take the line out", "补写该节，或删去这一行"))
	}
	return l
}

// otherTitles are the book's title and the headings that are no sections of
// the book, which a contents list may name.
func (s *survey) otherTitles() map[string]bool {
	out := map[string]bool{fold(s.written.Meta.Title): true}
	for _, h := range s.heads {
		if h.written == nil || h.written.Role == book.Abstract || h.written.Role == book.Keywords {
			out[fold(h.text)] = true
		}
	}
	return out
}

// linked reports whether a contents line is a link: where it leads is checked
// as for any other link.
func linked(e *book.TypedEntry) bool { return strings.Contains(e.Span.Text(), "](") }

// covers returns the one file that a contents list speaks of, if it lists
// nothing beyond the file it stands in; nil if it is the whole book's.
func (s *survey) covers(t *listing) *source.File {
	own := s.written.Typed[0].Span.File
	if len(s.written.Files) < 2 || own == nil {
		return nil
	}
	for i := range s.written.Typed {
		e := &s.written.Typed[i]
		for _, h := range t.byTitle[fold(e.Title)] {
			if h.span.File != own {
				return nil
			}
		}
	}
	return own
}

func entryText(e *book.TypedEntry) string {
	if e.Number == "" {
		return e.Title
	}
	return e.Number + " " + e.Title
}

func tocTitleMismatch(s *survey) diag.List {
	l := s.listedTitles()
	if len(s.written.Typed) == 0 {
		return l
	}
	t := s.listing()
	counts := map[book.Role]bool{} // roles whose headings carry numbers
	s.body(func(h *head) { counts[h.written.Role] = counts[h.written.Role] || h.numbered })
	add := func(h *head, e *book.TypedEntry) {
		d := l.Add("toc-title-mismatch", h.line(),
			diag.T("the contents list says “%s”", "目录写作“%s”", short(entryText(e))),
			text("make the two agree", "改成一致"))
		d.Related = []diag.Related{{Span: e.Span, Message: text("the line of the contents list", "目录中的一行")}}
	}
	s.body(func(h *head) {
		if !s.asTyped(h) {
			return
		}
		if !h.numbered {
			// A part or chapter listed with a number and printed without it.
			e := t.titled[h.folded]
			if e != nil && entryNumber(e) != "" && h.written.Role == e.Role && (e.Role == book.Part || e.Role == book.Chapter) && counts[e.Role] {
				add(h, e)
			}
			return
		}
		es := t.entries[numberWord(h.written.Role, h.number)]
		for _, e := range es {
			if fold(e.Title) == h.folded {
				return
			}
		}
		if len(es) > 0 {
			add(h, es[0])
		} else if e := t.titled[h.folded]; e != nil && entryNumber(e) != "" && len(t.byTitle[h.folded]) == 1 {
			add(h, e)
		}
	})
	return l
}

// listedTitles compares what a contents file calls a file with its first
// heading. A shorter name, or one with a letter before it (A - 甲), is the
// author's choice; another one is a slip.
func (s *survey) listedTitles() diag.List {
	var l diag.List
	for _, h := range s.heads {
		c, ok := s.options.Chapters[h.span.File.Path]
		if !ok || !h.first || c.Title == "" || c.Span.File == nil {
			continue
		}
		a, b := unnumbered(c.Title), unnumbered(h.text)
		if a == "" || strings.Contains(b, a) || strings.HasSuffix(a, b) || strings.Contains(fold(h.text), fold(c.Title)) {
			continue
		}
		d := l.Add("toc-title-mismatch", h.line(),
			diag.T("the contents file says “%s”", "目录文件写作“%s”", short(c.Title)), text("make the two agree", "改成一致"))
		d.Related = []diag.Related{{Span: c.Span, Message: text("the line of the contents file", "目录文件中的一行")}}
	}
	return l
}

func tocMissingEntry(s *survey) diag.List {
	if len(s.written.Typed) == 0 {
		return nil
	}
	deepest, fronts := 0, false
	for _, e := range s.written.Typed {
		deepest = max(deepest, e.Level)
		fronts = fronts || e.Role == book.Front || e.Role == book.Back
	}
	t := s.listing()
	only := s.covers(t)
	seen := map[string]bool{}
	var l diag.List
	s.body(func(h *head) {
		sec := h.written
		switch sec.Role {
		case book.Closing, book.Index:
			return
		case book.Front, book.Back:
			if !fronts {
				return
			}
		}
		if sec.Level > deepest || !h.stands() || sec.Unlisted || only != nil && (h.span.File != only || h.first) {
			return
		}
		k := ""
		if h.numbered {
			k = numberWord(sec.Role, h.number)
		}
		id := k + "|" + h.folded
		if seen[id] {
			return
		}
		seen[id] = true
		if len(t.entries[k]) > 0 || t.titled[h.folded] != nil {
			return
		}
		code := "toc-missing-entry"
		if sec.Level > 2 {
			code = "toc-missing-subentry"
		}
		l.Add(code, h.line(), diag.T("“%s” is not in the contents list", "“%s”没有列入目录", short(h.text)))
	})
	return l
}

// tocDepthInconsistent looks for the deepest level at which some entries are
// broken down and others are not, though the book has headings below both.
func tocDepthInconsistent(s *survey) diag.List {
	es := s.written.Typed
	t := s.listing()
	deepest := 0
	for _, e := range es {
		deepest = max(deepest, e.Level)
	}
	for level := deepest; level >= 2; level-- {
		var at source.Span
		for i := 1; i < len(es); i++ {
			if es[i].Level == level && at.File == nil {
				at = es[i].Span
			}
		}
		if at.File == nil {
			continue
		}
		for i := range es {
			if es[i].Level != level-1 || i+1 < len(es) && es[i+1].Level >= level {
				continue
			}
			for _, h := range t.byNumber[entryNumber(&es[i])] {
				if s.deeper(h, level) {
					var l diag.List
					d := l.Add("toc-depth-inconsistent", at,
						diag.T("the contents list goes this deep here, but stops at “%s”, which has as much below it", "目录在此处列到这一层，而“%s”之下没有列出", short(entryText(&es[i]))),
						text("list one depth throughout", "全书列到同一层"))
					d.Related = []diag.Related{{Span: es[i].Span, Message: text("not broken down", "没有列出下级")}}
					return l
				}
			}
		}
	}
	return nil
}

// deeper reports whether a heading holds a numbered section of the level.
func (s *survey) deeper(h *head, level int) bool {
	for _, k := range h.written.Sections {
		if k.Level == level && k.Typed != "" {
			return true
		}
	}
	return false
}

// unnumbered folds a title without the number typed before it.
func unnumbered(title string) string {
	_, rest := book.ParseNumber(title)
	return fold(title[rest:])
}
