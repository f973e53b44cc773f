package xref

import (
	"strconv"
	"strings"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

// refer resolves links, cross references, note calls and prose references and
// collects citations, in reading order; a note's text is read at its first
// call.
func (r *resolver) refer() {
	titled := map[*book.Section]bool{}
	r.each(func(p place, bs []book.Block) {
		if p.section != nil && !titled[p.section] {
			titled[p.section] = true
			r.run(p, p.section.Title, false)
		}
		r.blocks(p, bs)
	})
}

func (r *resolver) blocks(p place, bs []book.Block) {
	book.EachBlock(bs, func(b book.Block) bool {
		for _, run := range book.Inlines(b) {
			r.run(p, run, true)
		}
		return true
	})
}

// run resolves what stands in one run of inlines. prose says whether its words
// may refer: a heading's do not.
func (r *resolver) run(p place, ns []book.Inline, prose bool) {
	titles := 0 // open 《
	book.EachInline(ns, func(n book.Inline) bool {
		switch n := n.(type) {
		case *book.Text:
			if prose {
				titles = r.scan(p, n, titles)
			}
		case *book.Link:
			r.link(n)
			for _, k := range n.Kids {
				r.run(p, []book.Inline{k}, false)
			}
			return false
		case *book.BookName:
			r.run(p, n.Kids, false)
			return false
		case *book.CrossRef:
			r.crossRef(n)
		case *book.Cite:
			r.cites = append(r.cites, n)
		case *book.NoteRef:
			r.noteRef(p, n)
		}
		return true
	})
}

func (r *resolver) noteRef(p place, n *book.NoteRef) {
	if n.Note == nil {
		return
	}
	t := r.notes[n.Note]
	if t == nil {
		r.index.NoteOrder = append(r.index.NoteOrder, n.Note)
		i := len(r.index.NoteOrder)
		t = &Target{Kind: Note, Label: r.free("fn-" + strconv.Itoa(i)), Number: strconv.Itoa(i), Printed: strconv.Itoa(i), Ordinal: []int{i}, Section: p.section}
		r.notes[n.Note] = t
		r.add(t, source.Span{})
		r.blocks(p, n.Note.Blocks)
	}
	r.index.Links[n] = t
}

// link finds what a link leads to inside the book.
func (r *resolver) link(n *book.Link) {
	known := r.index.Targets[n.Target]
	if n.Target != "" && known != nil {
		r.index.Links[n] = known
	}
	if n.Dest == "" || n.Span.File == nil || known != nil && n.Dest[0] == '#' {
		return
	}
	at := n.DestSpan
	if at.IsZero() {
		at = n.Span
	}
	path, fragment, found := r.paths.Find(n.Span.File.Path, n.Dest)
	switch found {
	case book.Remote:
		return
	case book.Missing, book.Outside:
		r.missing(at, n.Dest, found)
		return
	case book.Cased:
		r.cased(at, n.Dest, path)
	}
	if known != nil || found == book.Here && fragment == "" || !r.inBook[path] {
		return
	}
	if fragment == "" {
		if t := r.starts[path]; t != nil {
			r.index.Links[n] = t
		}
		return
	}
	if t := r.find(path, fragment); t != nil {
		r.index.Links[n] = t
		return
	}
	hint := diag.Text{}
	d := r.diags.Add("link-fragment-missing", at,
		diag.T("nothing in %[2]s has the id #%[1]s", "%[2]s 里没有 id 为 #%[1]s 的位置", fragment, path), hint)
	if near := r.nearest(path, fragment); near != "" {
		d.Hint = diag.T("did you mean #%s?", "是不是想写 #%s？", near)
	}
}

func (r *resolver) missing(at source.Span, dest string, found book.Found) {
	if found == book.Outside {
		r.diags.Add("link-target-missing", at,
			diag.T("the link leads out of the manuscript folder: %s", "链接指向书稿文件夹之外：%s", dest),
			diag.T("copy the file into the manuscript folder, or link to its public address", "把文件放进书稿文件夹，或改为它的公开网址"))
		return
	}
	file, _, _ := strings.Cut(dest, "#")
	d := r.diags.Add("link-target-missing", at,
		diag.T("no file %q in the manuscript folder", "书稿文件夹里没有文件 %q", file))
	if near := r.nearestPath(file); near != "" {
		d.Hint = diag.T("did you mean %s?", "是不是想写 %s？", near)
	}
}

// cased reports a link that works only where file names ignore case.
func (r *resolver) cased(at source.Span, dest, path string) {
	d := r.diags.Add("path-case-mismatch", at,
		diag.T("the file is called %[2]q, not as written in %[1]q", "文件名是 %[2]q，与 %[1]q 的写法不同", dest, path),
		diag.T("write the name as it is on disk", "按磁盘上的文件名书写"))
	written, _, _ := strings.Cut(dest, "#")
	base := written[strings.LastIndexByte(written, '/')+1:]
	name := path[strings.LastIndexByte(path, '/')+1:]
	i := strings.Index(at.Text(), base)
	if base == "" || i < 0 || !strings.EqualFold(base, name) || !strings.HasSuffix(strings.ToLower(path), strings.ToLower(strings.TrimLeft(written, "./"))) {
		return
	}
	// Folders' names may differ in case as well: replace as much as matches.
	tail := strings.TrimLeft(written, "./")
	if j := strings.Index(at.Text(), tail); j >= 0 && len(path) >= len(tail) {
		d.Fix = &diag.Fix{Message: diag.T("use the file's own name", "改用文件本来的名字"),
			Edits: []diag.Edit{{Span: at.Sub(j, j+len(tail)), New: path[len(path)-len(tail):]}}}
	}
}

// crossRef resolves @fig:x.
func (r *resolver) crossRef(n *book.CrossRef) {
	t := r.index.Targets[n.Target]
	if t == nil {
		if swapped := swap(n.Target); swapped != "" {
			t = r.index.Targets[swapped]
		}
	}
	if t == nil {
		d := r.diags.Add("xref-undefined", n.Span, diag.T("nothing has the label %q", "没有标签为 %q 的内容", n.Target))
		if near := r.nearestLabel(n.Target); near != "" {
			d.Hint = diag.T("did you mean @%s?", "是不是想写 @%s？", near)
		} else {
			d.Hint = diag.T("give the target a label: {#%s}", "给目标加上标签：{#%s}", n.Target)
		}
		r.index.Refs[n] = n.Target
		return
	}
	if want, ok := kindOfPrefix(n.Target); ok && want != t.Kind {
		r.diags.Add("xref-type-mismatch", n.Span,
			diag.T("%q says %[2]s, but the label is on %[3]s", "%[1]q 写的是%[4]s，标签却在%[5]s上", n.Target, kindName(want).En, kindName(t.Kind).En, kindName(want).Zh, kindName(t.Kind).Zh),
			diag.T("rename the label and its references", "改标签及对它的引用"))
	}
	r.index.Links[n] = t
	r.index.Refs[n] = r.refText(t, n.Bare)
}

// refText is what a reference prints: the number alone, or with its word.
func (r *resolver) refText(t *Target, bare bool) string {
	switch {
	case t.Number == "":
		return r.words.open + book.PlainText(t.Title) + r.words.close
	case bare:
		return t.Number
	case t.Kind == Section && t.Section != nil && t.Section.Level >= 2:
		return strings.Replace(r.words.section, "%d", t.Number, 1)
	}
	return t.Printed
}

// swap turns fig:x into fig-x and back.
func swap(label string) string {
	i := strings.IndexAny(label, ":-")
	if i < 0 {
		return ""
	}
	if label[i] == ':' {
		return label[:i] + "-" + label[i+1:]
	}
	return label[:i] + ":" + label[i+1:]
}

func kindOfPrefix(label string) (Kind, bool) {
	i := strings.IndexAny(label, ":-")
	if i < 0 {
		return 0, false
	}
	switch label[:i] {
	case "fig":
		return Figure, true
	case "tbl", "tab":
		return Table, true
	case "eq":
		return Equation, true
	case "lst":
		return Listing, true
	case "sec", "ch", "app":
		return Section, true
	}
	return 0, false
}

func kindName(k Kind) diag.Text {
	return [...]diag.Text{{En: "a section", Zh: "章节"}, {En: "a figure", Zh: "图"}, {En: "a table", Zh: "表"},
		{En: "an equation", Zh: "公式"}, {En: "a listing", Zh: "代码清单"}, {En: "a note", Zh: "注"}, {En: "an anchor", Zh: "锚点"}}[k]
}
