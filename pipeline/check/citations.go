package check

import (
	"strings"
	"unicode/utf8"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

func citationRules() []rule {
	return []rule{
		define("cite-claimed-none", diag.Warning, diag.Warning, diag.Warning,
			text("The text says that it cites the works listed, and cites none.", "文中声称引用了所列文献，却没有一处引用。"),
			text("Readers cannot tell what rests on which work.", "读者无从知道哪句话出自哪部文献。"),
			text("Cite the works where they are used, or say that they are further reading.", "在用到之处引用，或改称延伸阅读。"),
			"# 参考文献\n\n本文引用了以下参考文献：\n\n- Doe, J. (2016). *On X*. Press.\n").by(merged, citeClaimedNone),
		define("cite-named-unlisted", diag.Note, diag.Note, diag.Note,
			text("A work named in 《…》 is not in the book's reference list.", "正文以《……》提到的著作不在参考文献里。"),
			text("It may have been forgotten.", "可能漏列。"),
			text("List it, if it is a source.", "若是出处，请补列。"),
			"# 甲\n\n见《乙》。\n\n# 参考文献\n\n- Doe, J. (2016). *On X*. Press.\n").by(merged, citeNamedUnlisted),
	}
}

// markCited marks the references that the text cites: by their number in
// brackets, or by author and year in one paragraph.
func (s *survey) markCited(refs []*reference, body func(func([]book.Inline))) {
	byNumber := map[int][]*reference{}
	byYear := map[string][]*reference{}
	for _, r := range refs {
		if r.number > 0 {
			byNumber[r.number] = append(byNumber[r.number], r)
		}
		byYear[r.year] = append(byYear[r.year], r)
	}
	body(func(ns []book.Inline) {
		t := book.PlainText(ns)
		for _, n := range bracketed(t) {
			for _, r := range byNumber[n] {
				r.cited = true
			}
		}
		folded := ""
		for i := 0; i+4 <= len(t); i++ {
			if t[i] != '1' && t[i] != '2' {
				continue
			}
			for _, r := range byYear[t[i:i+4]] {
				if folded == "" {
					folded = fold(t)
				}
				r.cited = r.cited || strings.Contains(folded, r.author)
			}
		}
	})
}

// bracketed are the numbers in [1], [2, 5], [3-6] and ［7］.
func bracketed(t string) []int {
	var out []int
	for at := 0; at < len(t); {
		i := strings.IndexAny(t[at:], "[［")
		if i < 0 {
			return out
		}
		at += i
		_, w := utf8.DecodeRuneInString(t[at:])
		at += w
		v, from, digits := 0, 0, 0
		for at < len(t) {
			r, w := utf8.DecodeRuneInString(t[at:])
			if r >= '0' && r <= '9' && digits < 4 {
				v, digits = v*10+int(r-'0'), digits+1
				at += w
				continue
			}
			if digits == 0 && r != ' ' {
				break
			}
			if digits > 0 {
				for n := max(from, v); n <= v; n++ {
					out = append(out, n)
				}
				if from > 0 && v-from < 200 {
					for n := from; n < v; n++ {
						out = append(out, n)
					}
				}
			}
			from = 0
			if r == '-' || r == '–' || r == '~' || r == '～' {
				from = v
			} else if r != ',' && r != '，' && r != '、' && r != ' ' {
				break
			}
			v, digits = 0, 0
			at += w
		}
	}
	return out
}

func citeClaimedNone(s *survey) diag.List {
	if len(s.index.Cites) > 0 || len(s.book.Notes) > 0 || len(s.index.Bibliography) > 0 {
		return nil
	}
	var claims []source.Span
	s.runs(func(ns []book.Inline) {
		if len(ns) == 0 || ns[0].Where().File == nil || !speaksOfWorks(ns) {
			return
		}
		if t := book.PlainText(ns); claimsCitation(t) {
			claims = append(claims, ns[0].Where().Join(ns[len(ns)-1].Where()))
		}
	})
	if len(claims) == 0 {
		return nil
	}
	refs, body := s.references()
	s.markCited(refs, body)
	any := false
	for _, r := range refs {
		any = any || r.cited
	}
	body(func(ns []book.Inline) { any = any || len(bracketed(book.PlainText(ns))) > 0 })
	if any {
		return nil
	}
	var l diag.List
	for _, at := range claims {
		l.Add("cite-claimed-none", firstLine(at), text("works are said to be cited, but the book has no citation at all", "声称引用了文献，而全书没有一处引用"),
			text("cite them where they are used, or call them further reading", "在用到之处引用，或改称延伸阅读"))
	}
	return l
}

// speaksOfWorks is a cheap look whether a run could claim citations at all.
func speaksOfWorks(ns []book.Inline) bool {
	for _, n := range ns {
		if t, ok := n.(*book.Text); ok && (strings.Contains(t.Value, "文献") || strings.Contains(t.Value, "following")) {
			return true
		}
	}
	return false
}

func claimsCitation(t string) bool {
	if len(t) > 600 {
		return false
	}
	if (strings.Contains(t, "引用") || strings.Contains(t, "参考了")) && strings.Contains(t, "文献") {
		for _, w := range [...]string{"以下", "下列", "如下", "下述"} {
			if strings.Contains(t, w) {
				return true
			}
		}
	}
	low := strings.ToLower(t)
	return strings.Contains(low, "cites the following") || strings.Contains(low, "following works are cited") || strings.Contains(low, "following references are cited")
}

func citeNamedUnlisted(s *survey) diag.List {
	refs, body := s.references()
	if len(refs) == 0 {
		return nil
	}
	var listed strings.Builder
	for _, r := range refs {
		listed.WriteString(fold(r.text))
		listed.WriteByte('\n')
	}
	known, seen := listed.String(), map[string]bool{fold(s.written.Meta.Title): true}
	var l diag.List
	body(func(ns []book.Inline) {
		book.EachInline(ns, func(n book.Inline) bool {
			t, ok := n.(*book.Text)
			if !ok || !strings.Contains(t.Value, "《") {
				return true
			}
			namedWorks(t.Value, func(a, b int) {
				title := fold(t.Value[a:b])
				if title == "" || seen[title] {
					return
				}
				seen[title] = true
				if !strings.Contains(known, title) {
					l.Add("cite-named-unlisted", within(t, a-len("《"), b+len("》")), diag.T("《%s》 is not in the reference list", "《%s》不在参考文献里", short(t.Value[a:b])))
				}
			})
			return true
		})
	})
	return l
}

// namedWorks calls f for the range inside every 《…》.
func namedWorks(t string, f func(a, b int)) {
	for at := 0; ; {
		i := strings.Index(t[at:], "《")
		if i < 0 {
			return
		}
		a := at + i + len("《")
		j := strings.Index(t[a:], "》")
		if j < 0 {
			return
		}
		f(a, a+j)
		at = a + j
	}
}

// within is the span of bytes [a, b) of a text node's value. Where the source
// is written otherwise (escapes, line ends) it is found by its words, else it
// is the whole node.
func within(t *book.Text, a, b int) source.Span {
	if len(t.Value) == t.Span.End-t.Span.Start {
		return t.Span.Sub(a, b)
	}
	src, words := t.Span.Text(), t.Value[a:b]
	// The source is longer by what reading took away before this place.
	if i := strings.Index(src[min(a, len(src)):], words); i >= 0 && words != "" {
		return t.Span.Sub(a+i, a+i+len(words))
	}
	return t.Span
}
