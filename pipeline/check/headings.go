package check

import (
	"strings"
	"unicode/utf8"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

func headingRules() []rule {
	const off, note, warn, fail = diag.Off, diag.Note, diag.Warning, diag.Error
	return []rule{
		define("heading-increment", fail, warn, fail,
			text("A heading is more than one level deeper than the one before it in its file.", "标题比同一文件里前一个标题深了不止一级。"),
			text("A level seems to be missing: contents and bookmarks skip a step.", "好像缺了一级标题，目录和书签都会跳级。"),
			text("Take off a # or add the heading that is missing.", "减少 # 的个数，或补上缺少的标题。"),
			"# 甲\n\n### 乙\n").by(written, headingIncrement),
		define("heading-first-level", warn, warn, warn,
			text("The book's headings begin below level one, or a file of chapters has several headings of level one where its fellows have one.", "全书标题不从一级开始，或者别的文件都只有一个一级标题而这个文件有几个。"),
			text("Other tools take the first heading of level one as a chapter or a title.", "别的工具以一级标题为章名或书名。"),
			text("Shift all headings up, or the surplus ones down.", "把全部标题上移，或把多出的标题下移。"),
			"### 甲\n\n#### 乙\n").by(written, headingFirstLevel),
		define("heading-level-role", warn, warn, warn,
			text("A heading has as few # as one that holds it, or fewer: a part beside the book's title, a section beside its chapter, a 小结 above its section.", "标题的 # 不比上级标题多：部与书名同级、节与章同级、小结高于所在的节。"),
			text("This program goes by the words; every other tool goes by the # and makes another outline.", "本程序按文字判断层次，别的工具按 # 的个数，得到的结构不同。"),
			text("Add a # to the heading.", "给标题加一个 #。"),
			"## 第1章 甲\n\n## 1.1 乙\n\n## 1.2 丙\n").by(written, headingLevelRole),
		define("heading-number-depth", warn, warn, warn,
			text("Headings with numbers of one depth (1.2.3) have different # counts.", "编号层次相同的标题（如 1.2.3）# 的个数不同。"),
			text("Number and level contradict one another.", "编号与标题级别互相矛盾。"),
			text("Give the heading as many # as its fellows.", "# 的个数与同类标题取齐。"),
			"# 第1章 甲\n\n## 1.1 乙\n\n### 1.2 丙\n\n## 1.3 丁\n").by(written, headingNumberDepth),
		define("heading-trailing-punct", note, off, note,
			text("A heading ends in a full stop, comma, semicolon or colon.", "标题以句号、逗号、顿号、分号或冒号结尾。"),
			text("Headings take no closing mark but ？ and ！.", "标题末尾除问号、叹号外不加标点。"),
			text("Delete it; --fix does.", "删去；--fix 可代劳。"),
			"# 使用方法：\n").by(written, headingTrailingPunct),
		define("meta-in-heading", warn, warn, warn,
			text("Keywords or the abstract are typed as headings of the book.", "关键词或摘要写成了正文标题。"),
			text("Other tools print them as chapters.", "别的工具会把它们当作章节。"),
			text("Move them to book.yaml: keywords, abstract.", "移到 book.yaml 的 keywords、abstract。"),
			"# 书名\n\n## 关键词：甲，乙\n\n## 第1章 丙\n\n正文。\n\n## 第2章 丁\n\n正文。\n").by(written, metaInHeading),
		define("section-empty", warn, warn, fail,
			text("A heading has nothing below it.", "标题下没有任何内容。"),
			text("Text is missing, or the heading is left over.", "要么缺了正文，要么标题是多余的。"),
			text("Write the text, or delete the heading.", "补上正文，或删去标题。"),
			"# 甲\n\n## 乙\n\n## 丙\n\n正文。\n").by(written, sectionEmpty),
		define("section-stacked", note, note, note,
			text("A heading follows another without a word between.", "两个标题相连，中间没有文字。"),
			text("Many houses want a sentence that leads in.", "不少出版社要求有一两句引导的话。"),
			text("Write a lead-in, or leave it.", "补写引导语，也可不改。"),
			"# 甲\n\n## 乙\n\n正文。\n").by(written, sectionStacked),
	}
}

func headingIncrement(s *survey) diag.List {
	var l diag.List
	for _, h := range s.heads {
		n := h.next
		if n == nil || n.hash <= h.hash+1 || !n.stands() || n.apparatus {
			continue
		}
		d := l.Add("heading-increment", n.line(),
			diag.T("level %[1]d follows level %[2]d", "%[2]d 级标题之后直接是 %[1]d 级", n.hash, h.hash),
			diag.T("use %s, or add the level between", "改用 %s，或补上中间一级", strings.Repeat("#", h.hash+1)))
		d.Related = []diag.Related{{Span: h.line(), Message: text("the heading before it", "前一个标题")}}
	}
	return l
}

func headingFirstLevel(s *survey) diag.List {
	var l diag.List
	if len(s.heads) == 0 {
		return nil
	}
	least := 7
	ones := map[*source.File]int{}
	files, single := 0, 0
	for _, h := range s.heads {
		least = min(least, h.hash)
		if h.first {
			files++
		}
		if h.hash == 1 {
			ones[h.span.File]++
		}
	}
	if least > 1 {
		// Files that a contents file orders may begin anywhere alike.
		if files == 1 {
			l.Add("heading-first-level", s.heads[0].line(),
				diag.T("no heading of level one; the highest is level %d", "没有一级标题，最高的是 %d 级", least),
				diag.T("take %d # off every heading", "每个标题减少 %d 个 #", least-1))
		}
		return l
	}
	for _, n := range ones {
		if n == 1 {
			single++
		}
	}
	if files < 4 || single*4 < files*3 {
		return l
	}
	seen := map[*source.File]int{}
	for _, h := range s.heads {
		if h.hash != 1 || h.apparatus {
			continue
		}
		if seen[h.span.File]++; seen[h.span.File] == 2 && h.stands() {
			l.Add("heading-first-level", h.line(),
				diag.T("a second heading of level one in this file; nearly every other file has one", "本文件第二个一级标题，而别的文件几乎都只有一个"),
				diag.T("make it level two", "改为二级标题"))
		}
	}
	return l
}

func headingLevelRole(s *survey) diag.List {
	var title *head
	if len(s.heads) > 0 && s.heads[0].written == nil {
		title = s.heads[0]
	}
	var l diag.List
	s.body(func(h *head) {
		if h.merged == nil {
			return
		}
		above := h.parent
		if above != nil && above.first && s.options.Chapters[h.span.File.Path].Listed {
			return // what follows in a file that a contents file lists is below its title
		}
		if above == nil || above.span.File != h.span.File || above.hash < h.hash {
			if above = title; title == nil || title.span.File != h.span.File || title.hash < h.hash {
				return
			}
		}
		d := l.Add("heading-level-role", h.line(),
			diag.T("level %[1]d, but it belongs under “%[3]s” of level %[2]d", "%[1]d 级标题，却属于 %[2]d 级的“%[3]s”", h.hash, above.hash, short(above.text)),
			diag.T("add a # for every level it lies deeper", "按所属层次增加 #"))
		d.Related = []diag.Related{{Span: above.line(), Message: text("it belongs under this", "属于此标题")}}
	})
	return l
}

func headingNumberDepth(s *survey) diag.List {
	type tally struct {
		count [8]int
		first *head
	}
	depth := map[int]*tally{}
	shifts := map[*source.File]map[int]bool{}
	s.body(func(h *head) {
		if !h.dotted() {
			return
		}
		n := len(h.number.Ordinal)
		if depth[n] == nil {
			depth[n] = &tally{first: h}
		}
		depth[n].count[min(h.hash, 7)]++
		if shifts[h.span.File] == nil {
			shifts[h.span.File] = map[int]bool{}
		}
		shifts[h.span.File][h.hash-n] = true
	})
	var l diag.List
	s.body(func(h *head) {
		if !h.dotted() || h.merged == nil {
			return
		}
		t := depth[len(h.number.Ordinal)]
		usual := t.first.hash
		for k, c := range t.count {
			if c > t.count[min(usual, 7)] {
				usual = k
			}
		}
		// A file whose numbers and levels agree among themselves is a chapter
		// kept in a file of its own.
		if h.hash == usual || len(shifts) > 1 && len(shifts[h.span.File]) == 1 {
			return
		}
		l.Add("heading-number-depth", h.line(),
			diag.T("%[1]s has level %[2]d; numbers of its depth have level %[3]d elsewhere", "%[1]s 是 %[2]d 级标题，同层编号在别处是 %[3]d 级", h.number.Text, h.hash, usual),
			diag.T("use %s", "改用 %s", strings.Repeat("#", usual)))
	})
	return l
}

// dotted reports whether the author numbered the heading N.N or deeper.
func (h *head) dotted() bool { return h.numbered && len(h.number.Ordinal) > 1 }

// closers are marks no heading ends in. ？ and ！ may be meant, a Latin full
// stop may belong to an abbreviation.
const closers = "。，、；：．,;:"

func headingTrailingPunct(s *survey) diag.List {
	var l diag.List
	for _, h := range s.heads {
		if h.apparatus && h.written.Role == book.Contents || !h.stands() {
			continue
		}
		t := h.line().Text()
		end := len(strings.TrimRight(t, " \t#"))
		r, w := utf8.DecodeLastRuneInString(t[:end])
		if !strings.ContainsRune(closers, r) || w == 0 || strings.HasSuffix(t[:end], "…") {
			continue
		}
		at := h.span.Sub(end-w, end)
		d := l.Add("heading-trailing-punct", at, diag.T("the heading ends in “%c”", "标题以“%c”结尾", r), text("delete it", "删去"))
		d.Fix = &diag.Fix{Message: text("delete the mark", "删去标点"), Edits: []diag.Edit{{Span: at}}}
	}
	return l
}

func metaInHeading(s *survey) diag.List {
	var l diag.List
	for _, h := range s.heads {
		if h.written == nil || h.parent != nil && h.parent.apparatus {
			continue
		}
		switch h.written.Role {
		case book.Abstract:
			l.Add("meta-in-heading", h.line(), text("the abstract is typed as a heading", "摘要写成了标题"), text("move it to book.yaml: abstract", "移到 book.yaml 的 abstract"))
		case book.Keywords:
			l.Add("meta-in-heading", h.line(), text("keywords are typed as a heading", "关键词写成了标题"), text("move them to book.yaml: keywords", "移到 book.yaml 的 keywords"))
		}
	}
	return l
}

func sectionEmpty(s *survey) diag.List {
	var l diag.List
	for _, h := range s.heads {
		if !h.bare() || h.holds() || h.written == nil || !h.stands() || h.parent != nil && h.parent.apparatus {
			continue
		}
		switch h.written.Role {
		case book.Contents, book.Index, book.Part:
			continue
		case book.Keywords: // book.yaml may say them
			if s.parsedBook != nil && len(s.parsedBook.Meta.Keywords) > 0 {
				continue
			}
		case book.Back, book.Appendix:
			if len(s.index.Bibliography) > 0 {
				continue
			}
		}
		if m := h.merged; m != nil && (len(m.Blocks) > 0 || len(m.Sections) > 0) || s.listedFile(h) {
			continue
		}
		l.Add("section-empty", h.line(), diag.T("nothing stands under “%s”", "“%s”下没有内容", short(h.text)),
			text("write the text, or delete the heading", "补上正文，或删去标题"))
	}
	return l
}

// bare reports whether no text stands between a heading and what follows.
func (h *head) bare() bool { return len(h.parsed.Blocks) == 0 }

// holds reports whether a heading has others below it.
func (h *head) holds() bool {
	return h.next != nil && h.next.hash > h.hash || len(h.parsed.Sections) > 0 || h.written != nil && len(h.written.Sections) > 0
}

// listedFile reports whether a heading is all there is in a file that a
// contents file puts above others: a title page.
func (s *survey) listedFile(h *head) bool {
	c, ok := s.options.Chapters[h.span.File.Path]
	return ok && c.Listed && h.first && h.next == nil && h.written.Level <= 1 && len(h.written.Sections) > 0
}

func sectionStacked(s *survey) diag.List {
	var l diag.List
	for _, h := range s.heads {
		if !h.bare() || h.next == nil || h.next.hash <= h.hash || !h.stands() || h.parent != nil && h.parent.apparatus {
			continue
		}
		l.Add("section-stacked", h.line(), diag.T("no text before the next heading “%s”", "与下一标题“%s”之间没有文字", short(h.next.text)))
	}
	return l
}

// short cuts words for a message.
func short(s string) string {
	const limit = 24
	n := 0
	for i := range s {
		if n++; n > limit {
			return s[:i] + "…"
		}
	}
	return s
}
