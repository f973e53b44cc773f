package project

import (
	"io/fs"
	"strings"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

// Dress returns the book with what the project knows of it: its metadata, the
// picture files it names, its bibliographies.
func (p *Project) Dress(b *book.Book) (*book.Book, diag.List) {
	out := *b
	out.Meta = p.Config.Meta
	out.Bibliographies = p.Bibliographies
	var diags diag.List
	out.Pictures = map[string]*book.Picture{}
	seen := map[string]bool{}
	known := make(map[string]bool, len(p.Paths))
	for _, q := range p.Paths {
		known[q] = true
	}
	take := func(path string, span source.Span) {
		if path == "" || seen[path] {
			return
		}
		seen[path] = true
		if !known[path] {
			diags.Add("image-missing", span, diag.T("picture not found: %s", "找不到图片：%s", path))
		} else if pic := p.picture(path, span, &diags); pic != nil {
			out.Pictures[path] = pic
		}
	}
	take(out.Meta.Cover, source.Span{File: p.ConfigFile})
	b.EachText(func(ns []book.Inline) {
		book.EachInline(ns, func(n book.Inline) bool {
			if im, ok := n.(*book.Image); ok {
				take(im.Path, im.Span)
				if im.Path == "" && remote(im.Src) {
					diags.Add("image-remote", im.Span,
						diag.T("the picture %s is on the web; it was not fetched, its description stands in its place", "图片 %s 在网上，没有下载，原处排其说明", im.Src),
						diag.T("save it in the book's folder and name that file", "把它存进书的文件夹，再改用该文件名"))
				}
			}
			return true
		})
	})
	return &out, diags
}

// remote reports whether a picture's address leads to the web.
func remote(src string) bool {
	s := strings.ToLower(strings.TrimSpace(src))
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "//")
}

// picture reads a picture file.
func (p *Project) picture(path string, span source.Span, diags *diag.List) *book.Picture {
	if i, err := fs.Stat(p.fsys, path); err == nil && i.Size() > maxPicture {
		diags.Add("image-missing", span, diag.T("picture larger than %[2]d MB was not read: %[1]s", "图片大于 %[2]d MB，没有读取：%[1]s", path, maxPicture>>20))
		return nil
	}
	data, err := fs.ReadFile(p.fsys, path)
	if err != nil {
		diags.Add("image-missing", span, diag.T("picture cannot be read: %s: %v", "读不了图片：%s：%v", path, plain(err)))
		return nil
	}
	return &book.Picture{Path: path, Data: data}
}
