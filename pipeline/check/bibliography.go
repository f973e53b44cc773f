package check

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

// bibliographyRules read reference lists typed in the text. bib-uncited,
// bib-duplicate and bib-field-missing are declared by cite, which finds the
// same faults in bibliography files.
func bibliographyRules() []rule {
	const note, warn = diag.Note, diag.Warning
	const list = "# 参考文献\n\n"
	return []rule{
		{Rule: diag.Rule{}, reads: merged, run: typedBibliography},
		define("bib-type-mismatch", note, warn, warn,
			text("A work is listed under a kind it is not: an article or a preprint among books.", "文献列错了类别：论文或预印本列在书籍之下。"),
			text("Readers look for it in the wrong catalogue.", "读者会到错误的书目里去找。"),
			text("Move it, or rename the group.", "移到相应的类别，或改类别名。"),
			list+"- **书籍**：\n  - Doe, J. (1997). *On X*. Journal of Y, 9(8), 1735-1780.\n"),
		define("bib-field-suspect", note, warn, warn,
			text("A typed reference contradicts itself: pages that run backwards, a malformed DOI, a year to come.", "文献条目自相矛盾：页码倒置、DOI 格式不对、年份在未来。"),
			text("The reader cannot find the work by it.", "读者据此找不到文献。"),
			text("Check the entry against the work.", "对照原文献核实。"),
			list+"- Doe, J. (1997). *On X*. Journal of Y, 9(8), 1780-1735.\n"),
	}
}

// reference is an entry of a reference list typed in the text.
type reference struct {
	text   string
	span   source.Span
	author string // folded: of the first author, or the body
	year   string
	title  string // as written
	group  string // what the entries before it are said to be
	number int    // of a numbered list; 0
	cited  bool
}

func (r *reference) key() string { return r.author + "|" + r.year + "|" + fold(r.title) }

// isReferences reports whether a heading names a list of works cited.
func isReferences(folded string) bool {
	switch folded {
	case "参考文献", "參考文獻", "引用文献", "引用文獻", "主要参考文献", "参考文献列表", "参考書目", "참고문헌", "references", "workscited", "referencelist",
		"literaturverzeichnis", "bibliographie", "bibliografía", "referencias", "références", "литература":
		return true
	}
	return false
}

// references reads the typed reference lists of the present book. body calls
// its argument for every run of inlines outside them.
func (s *survey) references() (refs []*reference, body func(func([]book.Inline))) {
	lists := map[*book.Section]bool{}
	s.book.Walk(func(sec *book.Section) bool {
		if sec.Role.Apparatus() || !isReferences(fold(book.PlainText(sec.Title))) {
			return !sec.Role.Apparatus()
		}
		sec.Walk(func(k *book.Section) bool {
			lists[k] = true
			group := ""
			if k != sec {
				group = book.PlainText(k.Title)
			}
			refs = readReferences(refs, k.Blocks, group, nil)
			return true
		})
		return false
	})
	return refs, func(f func([]book.Inline)) {
		s.blocks(func(sec *book.Section, bs []book.Block) {
			if lists[sec] {
				return
			}
			book.EachBlock(bs, func(b book.Block) bool {
				for _, r := range book.Inlines(b) {
					f(r)
				}
				return true
			})
		})
	}
}

func readReferences(refs []*reference, bs []book.Block, group string, list *book.List) []*reference {
	for i, b := range bs {
		switch b := b.(type) {
		case *book.List:
			for n, it := range b.Items {
				under := group
				if len(it.Blocks) > 1 {
					if p, ok := it.Blocks[0].(*book.Paragraph); ok {
						under = book.PlainText(p.Inlines)
					}
				}
				at := len(refs)
				refs = readReferences(refs, it.Blocks, under, b)
				if b.Ordered && at < len(refs) && refs[at].number == 0 {
					refs[at].number = b.Start + n
				}
			}
		case *book.Paragraph:
			if r := readReference(b); r != nil && (list == nil || i == 0) {
				r.group = group
				refs = append(refs, r)
			} else if len(bs) > i+1 && list == nil {
				if t := book.PlainText(b.Inlines); utf8.RuneCountInString(t) < 30 {
					group = t
				}
			}
		}
	}
	return refs
}

// readReference reads an entry; nil if the paragraph is none: an entry has a
// year and a title.
func readReference(p *book.Paragraph) *reference {
	t := strings.TrimSpace(book.PlainText(p.Inlines))
	year, at := yearIn(t)
	if year == "" || len(t) > 2000 {
		return nil
	}
	r := &reference{text: t, span: firstLine(p.Span), year: year}
	if strings.HasPrefix(t, "[") {
		if i := strings.IndexByte(t, ']'); i > 0 {
			r.number, _ = strconv.Atoi(t[1:i])
			t = strings.TrimSpace(t[i+1:])
		}
	}
	if i := strings.IndexAny(t, ",，.．、;；(（:："); i > 0 {
		r.author = fold(t[:i])
	}
	book.EachInline(p.Inlines, func(n book.Inline) bool {
		if e, ok := n.(*book.Emph); ok && r.title == "" {
			r.title = strings.TrimSpace(book.PlainText(e.Kids))
		}
		return true
	})
	if r.title == "" {
		r.title = titleIn(r.text, at)
	}
	if r.title == "" || r.author == "" {
		return nil
	}
	return r
}

// yearIn finds a year of publication and where it ends.
func yearIn(t string) (string, int) {
	for i := 0; i+4 <= len(t); i++ {
		if c := t[i]; c != '1' && c != '2' {
			continue
		}
		if i > 0 && (isDigit(t[i-1]) || t[i-1] == '-' || t[i-1] == '.' || t[i-1] == ':') || i+4 < len(t) && (isDigit(t[i+4]) || t[i+4] == '.' && i+5 < len(t) && isDigit(t[i+5])) {
			continue
		}
		if v, err := strconv.Atoi(t[i : i+4]); err == nil && v >= 1400 && v < 2200 {
			return t[i : i+4], i + 4
		}
	}
	return "", 0
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// titleIn finds a title: 《…》, 题名[M], or what follows (2016).
func titleIn(t string, afterYear int) string {
	if a := strings.Index(t, "《"); a >= 0 {
		if b := strings.Index(t[a:], "》"); b > 0 {
			return t[a+len("《") : a+b]
		}
	}
	if b := strings.IndexByte(t, '['); b > 0 && b+2 < len(t) && unicode.IsUpper(rune(t[b+1])) {
		head := strings.TrimSpace(t[:b])
		if a := strings.LastIndexAny(head, ".．:："); a > 0 {
			_, w := utf8.DecodeRuneInString(head[a:])
			return strings.TrimSpace(head[a+w:])
		}
	}
	rest := strings.TrimLeft(t[afterYear:], ")）.．,， ")
	if i := strings.Index(rest, ". "); i > 0 {
		return rest[:i]
	}
	return ""
}

func typedBibliography(s *survey) diag.List {
	refs, body := s.references()
	if len(refs) == 0 {
		return nil
	}
	s.markCited(refs, body)
	var l diag.List
	first := map[string]*reference{}
	for _, r := range refs {
		if !r.cited {
			l.Add("bib-uncited", r.span, text("nothing in the text cites this work", "正文没有引用这一文献"), text("cite it, or take it out", "在正文引用，或删去"))
		}
		if f := first[r.key()]; f != nil {
			d := l.Add("bib-duplicate", r.span, text("the same work is listed before", "同一文献前面已经列出"), text("keep one entry", "只留一条"))
			d.Related = []diag.Related{{Span: f.span, Message: text("listed first here", "首次列出")}}
			if f.title != r.title {
				d := l.Add("bib-duplicate", r.span, text("its title is written otherwise than before", "题名的写法与前面不同"), text("write it one way", "统一写法"))
				d.Key = "title"
				d.Related = []diag.Related{{Span: f.span, Message: diag.T("here “%s”", "此处写作“%s”", short(f.title))}}
			}
			continue
		}
		first[r.key()] = r
		l = append(l, s.judge(r)...)
	}
	for _, r := range refs {
		if filedAsBook(r.group) && isArticle(r.text) {
			l.Add("bib-type-mismatch", r.span, diag.T("listed under “%s”, but it is an article", "列在“%s”之下，却是论文", short(strings.TrimRight(r.group, "：: "))), text("move it, or rename the group", "移到相应类别，或改类别名"))
		}
	}
	return l
}

// judge looks at one entry's fields.
func (s *survey) judge(r *reference) diag.List {
	var l diag.List
	low := strings.ToLower(r.text)
	located := strings.Contains(low, "doi") || strings.Contains(low, "http") || strings.Contains(low, "isbn") || strings.Contains(low, "arxiv") || strings.Contains(low, "www.")
	// GB/T 7714 entries say where a work is found by place, publisher, pages.
	if !located && !strings.Contains(r.text, "[") && !strings.Contains(r.text, "《") {
		l.Add("bib-field-missing", r.span, text("no DOI, URL or ISBN", "没有 DOI、网址或 ISBN"), text("add what leads to the work", "补上可以据以查找的标识"))
	}
	if a, b, ok := pagesIn(r.text); ok && b < a && b*10 >= a {
		l.Add("bib-field-suspect", r.span, diag.T("pages %d–%d run backwards", "页码 %d–%d 倒置", a, b))
	}
	if i := strings.Index(low, "doi:"); i >= 0 {
		if d := strings.TrimSpace(low[i+4:]); !strings.HasPrefix(d, "10.") && !strings.HasPrefix(d, "http") {
			l.Add("bib-field-suspect", r.span, text("a DOI begins with 10.", "DOI 应以 10. 开头"))
		}
	}
	if date := s.written.Meta.Date; len(date) >= 4 && r.year > date[:4] {
		l.Add("bib-field-suspect", r.span, diag.T("%[1]s is after this book's own date, %[2]s", "%[1]s 晚于本书的日期 %[2]s", r.year, date))
	}
	return l
}

// pagesIn reads the last 123-456 of an entry.
func pagesIn(t string) (a, b int, ok bool) {
	for i := len(t) - 1; i > 0; i-- {
		w := 0
		if t[i] == '-' {
			w = 1
		} else if strings.HasPrefix(t[i:], "–") {
			w = len("–")
		}
		if w == 0 || !isDigit(t[i-1]) || i+w >= len(t) || !isDigit(t[i+w]) {
			continue
		}
		x := i
		for x > 0 && isDigit(t[x-1]) {
			x--
		}
		y := i + w
		for y < len(t) && isDigit(t[y]) {
			y++
		}
		if x > 0 && (t[x-1] == '-' || t[x-1] == '.' || t[x-1] == '/') || y < len(t) && t[y] == '-' || i-x > 5 || y-i > 9 {
			return 0, 0, false
		}
		a, _ = strconv.Atoi(t[x:i])
		b, _ = strconv.Atoi(t[i+w : y])
		return a, b, true
	}
	return 0, 0, false
}

func filedAsBook(group string) bool {
	g := strings.TrimRight(strings.TrimSpace(group), "：:")
	for _, w := range [...]string{"书籍", "图书", "專書", "专著", "專著", "書籍", "Books", "books", "단행본"} {
		if strings.HasSuffix(g, w) {
			return true
		}
	}
	return false
}

// isArticle reports whether an entry has what only articles, papers and
// preprints have: a volume with its issue, a preprint's number, proceedings.
func isArticle(t string) bool {
	low := strings.ToLower(t)
	for _, w := range [...]string{"arxiv", "preprint", "proceedings", "conference on", "journal of", "transactions on", "[j]", "[c]", "学报", "會議論文", "会议论文", "期刊"} {
		if strings.Contains(low, w) {
			return true
		}
	}
	// 9(8), 1735-1780 or 26, 3111-3119
	if _, _, ok := pagesIn(t); ok {
		i := strings.LastIndexByte(t, ',')
		return i > 0 && (t[i-1] == ')' || isDigit(t[i-1]))
	}
	return false
}
