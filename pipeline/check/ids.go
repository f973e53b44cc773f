package check

import (
	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/source"

	"golang.org/x/text/unicode/norm"
)

func idRules() []rule {
	return []rule{
		define("id-duplicate", diag.Error, diag.Warning, diag.Error,
			text("An id the author gave stands twice in the book.", "作者给定的标识符在书中出现了两次。"),
			text("Links lead to one of the two; an EPUB with equal ids in a file is not valid.", "链接只能到达其中一处；同一文件里标识符重复的 EPUB 不合规范。"),
			text("Rename one, and the references that mean it.", "给其中一个改名，并改正对它的引用。"),
			"# 甲 {#x}\n\n正文。\n\n# 乙 {#x}\n\n正文。\n").by(written, idDuplicate),
		define("id-suffixed", diag.Note, diag.Off, diag.Off,
			text("Two headings of one file have the same words, so the ids made of them are told apart by a suffix.", "同一文件里两个标题文字相同，由它们生成的标识符加上了后缀。"),
			text("Links by such an id break when headings are added before.", "前面增加标题后，按这种标识符的链接会失效。"),
			text("Give headings that are linked to an id of their own: {#id}.", "需要链接的标题请自定标识符：{#id}。"),
			"# 甲\n\n## 小结\n\n正文。\n\n# 乙\n\n## 小结\n\n正文。\n").by(written, idSuffixed),
	}
}

// given is an id the author gave and where it stands.
type given struct {
	id string
	at source.Span
}

// givenIDs lists the author's ids in reading order: headings, blocks, images,
// anchors.
func givenIDs(b *book.Book) []given {
	var out []given
	add := func(id string, at source.Span) {
		if id != "" && at.File != nil {
			out = append(out, given{norm.NFC.String(id), at})
		}
	}
	inlines := func(ns []book.Inline, owner string) {
		book.EachInline(ns, func(n book.Inline) bool {
			switch n := n.(type) {
			case *book.Anchor:
				add(n.ID, n.Span)
			case *book.Image:
				if n.Label != owner {
					add(n.Label, n.Span)
				}
			}
			return true
		})
	}
	blocks := func(bs []book.Block) {
		book.EachBlock(bs, func(x book.Block) bool {
			owner := labelOf(x)
			add(owner, x.Where())
			for _, run := range book.Inlines(x) {
				inlines(run, owner)
			}
			return true
		})
	}
	blocks(b.Preamble)
	b.Walk(func(sec *book.Section) bool {
		if sec.Explicit {
			add(sec.Label, sec.Heading)
		}
		inlines(sec.Title, sec.Label)
		blocks(sec.Blocks)
		return true
	})
	for _, n := range b.Notes {
		blocks(n.Blocks)
	}
	return out
}

func idDuplicate(s *survey) diag.List {
	src := s.written
	if len(s.heads) > 0 && s.parsedBook != nil {
		src = s.parsedBook
	}
	ids := givenIDs(src)
	first := map[string]source.Span{}
	var l diag.List
	var left map[given]bool
	for _, g := range ids {
		f, ok := first[g.id]
		if !ok {
			first[g.id] = g.at
			continue
		}
		if f == g.at {
			continue
		}
		if left == nil {
			left = s.left()
		}
		if !left[given{g.id, source.Span{File: g.at.File, Start: g.at.Start}}] || !left[given{g.id, source.Span{File: f.File, Start: f.Start}}] {
			continue
		}
		at := g.at
		if h := s.at[placeOf(at)]; h != nil {
			at = h.line()
		}
		d := l.Add("id-duplicate", firstLine(at), diag.T("the id “%s” is taken", "标识符“%s”已经用过", g.id), text("give it another", "换一个"))
		d.Key = g.id
		d.Related = []diag.Related{{Span: firstLine(f), Message: text("first given here", "首次出现于此")}}
	}
	return l
}

// left are the ids whose places the merge kept.
func (s *survey) left() map[given]bool {
	out := map[given]bool{}
	for _, g := range givenIDs(s.merged) {
		out[given{g.id, source.Span{File: g.at.File, Start: g.at.Start}}] = true
	}
	for _, h := range s.heads {
		if h.stands() && h.parsed.Explicit {
			out[given{norm.NFC.String(h.parsed.Label), source.Span{File: h.span.File, Start: h.span.Start}}] = true
		}
	}
	return out
}

func firstLine(at source.Span) source.Span {
	t := at.Text()
	for i := range len(t) {
		if t[i] == '\n' || t[i] == '\r' {
			return at.Sub(0, i)
		}
	}
	return at
}

func idSuffixed(s *survey) diag.List {
	type slug struct {
		file *source.File
		id   string
	}
	first := map[slug]*head{}
	var l diag.List
	for _, h := range s.heads {
		k := slug{h.span.File, h.text}
		f := first[k]
		if h.parsed.Explicit || h.text == "" {
			continue
		}
		if f == nil {
			first[k] = h
			continue
		}
		if !h.stands() || !f.stands() {
			continue
		}
		d := l.Add("id-suffixed", h.line(), diag.T("“%s” is also a heading before; its id gets a suffix", "前面已有标题“%s”，标识符将加后缀", short(h.text)))
		d.Related = []diag.Related{{Span: f.line(), Message: text("the first", "首次出现")}}
	}
	return l
}

// labelOf is a block's own label, "" if it has none.
func labelOf(b book.Block) string {
	switch b := b.(type) {
	case *book.Paragraph:
		return b.Label
	case *book.List:
		return b.Label
	case *book.DefinitionList:
		return b.Label
	case *book.Quote:
		return b.Label
	case *book.Code:
		return b.Label
	case *book.Diagram:
		return b.Label
	case *book.Math:
		return b.Label
	case *book.Table:
		return b.Label
	case *book.Figure:
		return b.Label
	case *book.Admonition:
		return b.Label
	case *book.Division:
		return b.Label
	}
	return ""
}
