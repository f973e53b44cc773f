package project

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"

	"banxin/pipeline/book"
	"banxin/pipeline/source"
)

func markdownFile(p string) bool {
	switch strings.ToLower(path.Ext(p)) {
	case ".md", ".markdown", ".mdown", ".mkd":
		return true
	}
	return false
}

// household files are about a repository, not part of its book.
func household(p string) bool {
	switch strings.ToUpper(strings.TrimSuffix(path.Base(p), path.Ext(p))) {
	case "LICENSE", "LICENCE", "CHANGELOG", "CONTRIBUTING", "CODE_OF_CONDUCT", "SECURITY", "AUTHORS", "CONTRIBUTORS", "NOTICE", "AGENTS", "CLAUDE":
		return true
	}
	return false
}

func contentsFile(p string) bool {
	b := path.Base(p)
	return strings.EqualFold(b, "SUMMARY.md") && b != "summary.md" || b == "_sidebar.md" || b == "_navbar.md"
}

// head files stand for their folder.
func head(p string) bool {
	switch strings.ToLower(path.Base(p)) {
	case "readme.md", "index.md", "_index.md", "00.md":
		return true
	}
	return false
}

// pages is the folder in which a site generator keeps its pages; "" if the
// folder is no site's.
func (r *shelf) pages() string {
	for _, s := range []struct{ settings, dir string }{
		{"mkdocs.yml", "docs"}, {"mkdocs.yaml", "docs"}, {"hugo.toml", "content"}, {"hugo.yaml", "content"}, {"hugo.yml", "content"}, {"config.toml", "content"},
	} {
		if r.has(s.settings) && slices.ContainsFunc(r.p.Paths, func(p string) bool { return strings.HasPrefix(p, s.dir+"/") && markdownFile(p) }) {
			return s.dir
		}
	}
	return ""
}

// folder takes the folder's Markdown files in order: weights of front matter,
// then names as people count, a folder's README.md or index.md first.
func (r *shelf) folder() []entry {
	r.p.Kind = "folder"
	var files []string
	numbered := false
	within := r.pages()
	for _, p := range r.p.Paths {
		if !markdownFile(p) || household(p) || contentsFile(p) || within != "" && !strings.HasPrefix(p, within+"/") {
			continue
		}
		files = append(files, p)
		b := path.Base(p)
		numbered = numbered || b[0] >= '0' && b[0] <= '9' || strings.HasPrefix(strings.ToLower(b), "ch") || strings.HasPrefix(b, "第")
	}
	if len(files) > 1 && numbered {
		// beside numbered chapters, a README at the root is about the repository
		files = slices.DeleteFunc(files, func(p string) bool { return strings.EqualFold(p, "README.md") })
	}
	if len(files) == 1 {
		r.p.Kind = "file"
	}
	weights := map[string]int{}
	heads := map[string]bool{}
	for _, p := range files {
		if f := r.text(p); f != nil {
			if w, err := strconv.Atoi(matterOf(f).str("weight", "nav_order", "sidebar_position", "order")); err == nil {
				key := p
				if head(p) {
					key = path.Dir(p)
				}
				weights[key] = w
			}
		}
		if head(p) && path.Dir(p) != "." {
			heads[path.Dir(p)] = true
		}
	}
	slices.SortStableFunc(files, func(a, b string) int { return compare(a, b, weights) })
	out := make([]entry, 0, len(files))
	for _, p := range files {
		depth := 0
		for d := path.Dir(p); d != "." && d != within; d = path.Dir(d) {
			if heads[d] && !(head(p) && d == path.Dir(p)) {
				depth++
			}
		}
		out = append(out, entry{dest: "/" + strings.ReplaceAll(p, "%", "%25"), chapter: book.ChapterFile{Depth: depth, Listed: depth > 0}})
	}
	return out
}

// compare orders two paths part by part.
func compare(a, b string, weights map[string]int) int {
	as, bs := strings.Split(a, "/"), strings.Split(b, "/")
	for i := 0; i < len(as) && i < len(bs); i++ {
		if as[i] == bs[i] {
			continue
		}
		pa, pb := path.Join(as[:i+1]...), path.Join(bs[:i+1]...)
		if ha, hb := i == len(as)-1 && head(a), i == len(bs)-1 && head(b); ha != hb {
			if ha {
				return -1
			}
			return 1
		}
		wa, oka := weights[pa]
		wb, okb := weights[pb]
		if oka && okb && wa != wb {
			return wa - wb
		}
		if oka != okb {
			if oka {
				return -1
			}
			return 1
		}
		return natural(as[i], bs[i])
	}
	return len(as) - len(bs)
}

// natural compares names as people count: ch2 before ch10, 第二章 before
// 第十章; front matter first and appendices last where a name says so.
func natural(a, b string) int {
	if ra, rb := rank(a), rank(b); ra != rb {
		return ra - rb
	}
	x, y := chinese(a), chinese(b)
	for len(x) > 0 && len(y) > 0 {
		if isDigit(x[0]) && isDigit(y[0]) {
			m, n := digits(x), digits(y)
			p, q := strings.TrimLeft(x[:m], "0"), strings.TrimLeft(y[:n], "0")
			if len(p) != len(q) {
				return len(p) - len(q)
			}
			if p != q {
				return strings.Compare(p, q)
			}
			x, y = x[m:], y[n:]
			continue
		}
		if x[0] != y[0] {
			return int(x[0]) - int(y[0])
		}
		x, y = x[1:], y[1:]
	}
	if len(x) != len(y) {
		return len(x) - len(y)
	}
	return strings.Compare(a, b)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func digits(s string) int {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}

// rank puts what a book opens with before its chapters and what it closes with
// after them, by the first word of a file's name.
func rank(name string) int {
	n := strings.ToLower(strings.TrimSuffix(name, path.Ext(name)))
	for _, w := range []string{"title", "cover", "foreword", "preface", "intro", "prologue", "序", "前言", "引言", "导言", "自序", "引子", "楔子", "はじめに", "머리말"} {
		if strings.HasPrefix(n, w) {
			return 0
		}
	}
	for _, w := range []string{"appendix", "afterword", "epilogue", "glossary", "reference", "bibliography", "ack", "附录", "附錄", "付録", "부록", "后记", "後記", "跋", "尾声", "致谢", "参考文献", "あとがき", "맺음말"} {
		if strings.HasPrefix(n, w) {
			return 2
		}
	}
	return 1
}

// chinese writes numerals such as 十二 in 第十二章 as figures.
func chinese(s string) string {
	if !strings.HasPrefix(s, "第") {
		return s
	}
	v, last, used := 0, 0, len("第")
	for i, r := range s[used:] {
		d := strings.IndexRune("零一二三四五六七八九", r)
		switch {
		case d >= 0:
			last = d / 3
			used = len("第") + i + 3
			continue
		case r == '〇':
			last = 0
		case r == '十' || r == '百' || r == '千':
			unit := map[rune]int{'十': 10, '百': 100, '千': 1000}[r]
			v += max(1, last) * unit
			last = 0
		default:
			if v+last == 0 {
				return s
			}
			return "第" + strconv.Itoa(v+last) + s[used:]
		}
		used = len("第") + i + len(string(r))
	}
	return s
}

// matter is the front matter of a file, keys with their values.
type matter struct {
	n    *node
	toml map[string]any
}

// matterOf reads front matter leniently: what cannot be read is none.
func matterOf(f *source.File) matter {
	a, b, _, lang := source.FrontMatter(f.Text)
	switch lang {
	case "yaml":
		if n, err := readYAML(f, a, b); err == nil {
			return matter{n: n}
		}
	case "toml":
		var m map[string]any
		if err := toml.Unmarshal(f.Text[a:b], &m); err == nil {
			return matter{toml: m}
		}
	}
	return matter{}
}

// str is the value of the first of the keys that has one.
func (m matter) str(keys ...string) string {
	for _, k := range keys {
		if v := m.n.get(k).str(); v != "" {
			return v
		}
		switch v := m.toml[k].(type) {
		case string:
			return v
		case int64:
			return strconv.FormatInt(v, 10)
		}
	}
	return ""
}

// list is a value that is one text or several.
func (m matter) list(keys ...string) []string {
	for _, k := range keys {
		if v := m.n.get(k); v != nil {
			if l, err := list(k, v); err == nil && len(l) > 0 {
				return l
			}
		}
		switch v := m.toml[k].(type) {
		case string:
			return []string{v}
		case []any:
			var out []string
			for _, x := range v {
				if s, ok := x.(string); ok {
					out = append(out, s)
				}
			}
			return out
		}
	}
	return nil
}

// frontTitle is the title in a file's front matter and its place.
func frontTitle(f *source.File) (string, source.Span) {
	a, b, _, lang := source.FrontMatter(f.Text)
	if lang == "" {
		return "", source.Span{}
	}
	m := matterOf(f)
	span := source.Span{File: f, Start: a, End: b}
	if n := m.n.get("title"); n != nil {
		span = n.span
	}
	return strings.TrimSpace(m.str("title")), span
}

// matter fills what book.yaml does not say from the front matter of a book
// that is one file.
func (p *Project) matter() {
	if len(p.Manuscript.Files) != 1 {
		return
	}
	f := p.Manuscript.Files[0]
	t := matterOf(f)
	if t.n == nil && t.toml == nil {
		return
	}
	m := &p.Config.Meta
	for _, k := range []struct {
		field *string
		keys  []string
	}{
		{&m.Title, []string{"title"}}, {&m.Subtitle, []string{"subtitle"}}, {&m.Date, []string{"date"}},
		{&m.Language, []string{"lang", "language"}}, {&m.Description, []string{"description", "summary"}},
		{&m.Publisher, []string{"publisher"}}, {&m.Rights, []string{"rights", "license", "copyright"}},
		{&m.Cover, []string{"cover-image", "cover"}}, {&m.ISBN, []string{"isbn"}}, {&m.Identifier, []string{"identifier"}},
		{&p.Config.AbstractText, []string{"abstract"}},
	} {
		fill(k.field, t.str(k.keys...))
	}
	if m.Keywords == nil {
		m.Keywords = t.list("keywords", "tags")
	}
	if m.Creators == nil {
		for _, a := range t.list("author", "authors", "creator") {
			m.Creators = append(m.Creators, book.Creator{Name: a, Role: "aut"})
		}
	}
	if len(p.Chapters) > 0 { // the title is the book's, not a chapter's
		ch := p.Chapters[f.Path]
		ch.Title, ch.Span = "", source.Span{}
		p.Chapters[f.Path] = ch
	}
}
