package check

import (
	"errors"
	"strings"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/picture"
	"banxin/pipeline/source"
	"banxin/pipeline/xref"
)

func figureRules() []rule {
	const off, note, warn, fail = diag.Off, diag.Note, diag.Warning, diag.Error
	return []rule{
		define("image-missing", fail, warn, fail,
			text("A picture's file is not in the manuscript folder, or is no picture that can be read.", "图片文件不在书稿文件夹里，或者不是能读取的图片。"),
			text("The book has a gap where it belongs.", "书里该有图的地方会空着。"),
			text("Correct the path, or add the file.", "改正路径，或补上文件。"),
			"![示意图](images/none.png)\n").by(merged, imageMissing),
		define("figure-caption-missing", note, warn, warn,
			text("A diagram, a picture or a table has no caption.", "图示、图片或表格没有题注。"),
			text("It cannot be numbered, listed or referred to.", "无法编号、列入图目，也无法引用。"),
			text("Write a caption (a line : 题注 {#fig:x} below it), or give one in book.yaml: captions.", "在其下写一行“: 题注 {#fig:x}”，或在 book.yaml 的 captions 中给出。"),
			"```mermaid\ngraph TD\n  A --> B\n```\n").by(merged, captionMissing),
		define("figure-alt-missing", note, warn, warn,
			text("A picture has neither alternative text nor a caption.", "图片既没有替代文字也没有题注。"),
			text("Readers who cannot see it get nothing; EPUB Accessibility asks for it.", "看不见图的读者一无所获；EPUB 无障碍规范要求有替代文字。"),
			text("Say in the brackets what it shows: ![…](x.png).", "在方括号里写明图的内容：![……](x.png)。"),
			"文字 ![](x.png) 文字\n").by(merged, altMissing),
		define("figure-unreferenced", note, off, note,
			text("A numbered figure or table is never referred to, while others are.", "编号的图或表从未被提到，而别的图表有人引用。"),
			text("Readers do not know when to look at it.", "读者不知道何时该看它。"),
			text("Refer to it by its label: @fig:x.", "按标签引用：@fig:x。"),
			"![甲](a.png){#fig:a}\n\n![乙](b.png){#fig:b}\n\n见 @fig:a。\n").by(merged, unreferenced),
	}
}

// images calls f for every picture that is printed.
func (s *survey) images(f func(im *book.Image, captioned bool)) {
	s.eachBlock(func(b book.Block) {
		if fig, ok := b.(*book.Figure); ok {
			for _, im := range fig.Images {
				f(im, len(fig.Caption) > 0)
			}
			return
		}
		for _, run := range book.Inlines(b) {
			s.imagesIn(run, f)
		}
	})
	s.book.Walk(func(sec *book.Section) bool {
		if sec.Role.Apparatus() {
			return false
		}
		s.imagesIn(sec.Title, f)
		return true
	})
}

func (s *survey) imagesIn(run []book.Inline, f func(*book.Image, bool)) {
	book.EachInline(run, func(n book.Inline) bool {
		if im, ok := n.(*book.Image); ok {
			f(im, false)
		}
		return true
	})
}

func imageMissing(s *survey) diag.List {
	var l diag.List
	bad := map[string]error{}
	s.images(func(im *book.Image, _ bool) {
		at := im.SrcSpan
		if at.File == nil {
			at = im.Span
		}
		if at.File == nil || im.Src == "" || strings.HasPrefix(im.Src, "data:") {
			return
		}
		path, _, found := s.written.Paths.Find(at.File.Path, im.Src)
		switch found {
		case book.Missing, book.Outside:
			if im.Path == "" {
				l.Add("image-missing", at, diag.T("no picture %q in the manuscript folder", "书稿文件夹里没有图片 %q", im.Src), s.nearPicture(im.Src))
			}
			return
		case book.Cased:
			l = append(l, casedPath(at, im.Src, path))
		}
		p := s.book.Pictures[im.Path]
		if p == nil {
			return
		}
		err, done := bad[im.Path]
		if !done {
			if _, err = picture.Load(p.Data, im.Path); err != nil && errors.Unwrap(err) != nil {
				err = errors.Unwrap(err) // what is wrong, without who says so
			}
			bad[im.Path] = err
		}
		if err != nil {
			l.Add("image-missing", at, diag.T("%[1]q cannot be read as a picture: %[2]v", "%[1]q 不是能读取的图片：%[2]v", im.Src, err))
		}
	})
	return l
}

// nearPicture proposes a file of the same name in another folder.
func (s *survey) nearPicture(src string) diag.Text {
	base := src[strings.LastIndexAny(src, "/\\")+1:]
	for _, p := range s.written.Paths.List() {
		if base != "" && strings.EqualFold(p[strings.LastIndexByte(p, '/')+1:], base) {
			return diag.T("did you mean %s?", "是不是想写 %s？", p)
		}
	}
	return text("correct the path, or add the file", "改正路径，或补上文件")
}

// casedPath reports a picture's path that differs from the file's in letter
// case.
func casedPath(at source.Span, src, path string) diag.Diagnostic {
	d := diag.Diagnostic{Code: "path-case-mismatch", Span: at,
		Message: diag.T("the file is called %[2]q, not as written in %[1]q", "文件名是 %[2]q，与 %[1]q 的写法不同", src, path),
		Hint:    text("write the name as it is on disk", "按磁盘上的文件名书写")}
	tail := strings.TrimLeft(src, "./")
	if i := strings.Index(at.Text(), tail); i >= 0 && tail != "" && len(tail) <= len(path) && strings.EqualFold(path[len(path)-len(tail):], tail) {
		d.Fix = &diag.Fix{Message: text("use the file's own name", "改用文件本来的名字"),
			Edits: []diag.Edit{{Span: at.Sub(i, i+len(tail)), New: path[len(path)-len(tail):]}}}
	}
	return d
}

func captionMissing(s *survey) diag.List {
	var l diag.List
	add := func(b book.Block, en, zh string) {
		l.Add("figure-caption-missing", firstLine(b.Where()), diag.Text{En: "this " + en + " has no caption", Zh: "这" + zh + "没有题注"},
			text("write one below it, or in book.yaml: captions", "在其下写题注，或写在 book.yaml 的 captions 里"))
	}
	s.eachBlock(func(b book.Block) {
		switch b := b.(type) {
		case *book.Diagram:
			if len(b.Caption) == 0 {
				add(b, "diagram", "幅图示")
			}
		case *book.Figure:
			if len(b.Caption) == 0 {
				add(b, "picture", "幅图片")
			}
		case *book.Table:
			if len(b.Caption) == 0 && len(b.Head) > 0 {
				add(b, "table", "张表格")
			}
		}
	})
	return l
}

func altMissing(s *survey) diag.List {
	var l diag.List
	s.images(func(im *book.Image, captioned bool) {
		if strings.TrimSpace(im.Alt) == "" && !captioned && im.Span.File != nil {
			l.Add("figure-alt-missing", im.Span, diag.T("%q has no alternative text", "%q 没有替代文字", short(im.Src)), text("say what it shows: ![…](…)", "写明图的内容：![……](……)"))
		}
	})
	return l
}

func unreferenced(s *survey) diag.List {
	used := map[*xref.Target]bool{}
	for _, t := range s.index.Links {
		used[t] = true
	}
	for _, refs := range s.index.Prose {
		for _, r := range refs {
			used[r.Target] = true
		}
	}
	var l diag.List
	for _, list := range [...][]*xref.Target{s.index.Figures, s.index.Tables} {
		any := false
		for _, t := range list {
			any = any || used[t]
		}
		for _, t := range list {
			if any && !used[t] && t.Block != nil && t.Block.Where().File != nil {
				l.Add("figure-unreferenced", firstLine(t.Block.Where()), diag.T("nothing refers to %s", "没有文字提到%s", t.Printed))
			}
		}
	}
	return l
}
