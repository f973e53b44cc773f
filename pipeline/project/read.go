// Package project finds out what is the book: from book.yaml, from the files
// of other tools (SUMMARY.md, book.toml, book.json, mkdocs.yml), from a folder
// of Markdown files, or from one file. It reads the manuscript and nothing
// outside its folder.
package project

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

// Project is a manuscript as read.
type Project struct {
	Manuscript *source.Manuscript
	Config     Config
	// Kind is the file that says what the book is: "book.yaml", "SUMMARY.md",
	// "mkdocs.yml" …, "folder" or "file".
	Kind string
	// ConfigFile is book.yaml, DecisionsFile the decisions; nil if absent.
	ConfigFile, Decisions *source.File
	Bibliographies        []*source.File
	// Paths are all files of the folder, sorted; what links and images may name.
	Paths []string
	// Included are the files that {{#include}} names, by path.
	Included map[string]*source.File
	// Chapters say what the contents file knows of each file.
	Chapters map[string]book.ChapterFile
	// Abstract is the abstract of book.yaml, to be parsed as Markdown; nil if
	// there is none.
	Abstract *source.File

	fsys fs.FS
}

// Limits on what is read, far above any book.
const (
	maxPaths   = 200000
	maxText    = 1 << 30 // bytes of one text file
	maxPicture = 256 << 20
	maxLine    = 16 << 20 // bytes of one line: a paragraph of five million characters
)

// Read finds the book in a folder and reads it. An error means that there is
// no book to go on with: no manuscript, an unreadable folder, a faulty
// book.yaml.
func Read(fsys fs.FS) (*Project, diag.List, error) { return read(fsys, nil) }

// ReadFiles reads the named files as the book, whatever else the folder holds.
func ReadFiles(fsys fs.FS, names ...string) (*Project, diag.List, error) { return read(fsys, names) }

func read(fsys fs.FS, names []string) (*Project, diag.List, error) {
	r := &shelf{p: &Project{fsys: fsys, Chapters: map[string]book.ChapterFile{}, Included: map[string]*source.File{}}, texts: map[string]*source.File{}}
	if err := r.walk(); err != nil {
		return nil, nil, err
	}
	r.paths = book.NewPaths(r.p.Paths)
	if err := r.config(); err != nil {
		return nil, nil, err
	}
	entries, err := r.entries(names)
	if err != nil {
		return nil, nil, err
	}
	r.load(entries)
	for _, f := range r.p.Manuscript.Files {
		if n := longLine(f.Text); n > 0 {
			return nil, nil, fmt.Errorf("read manuscript: %s: line %d is longer than %d MB; no paragraph of a book is: break it into lines", f.Path, n, maxLine>>20)
		}
	}
	if len(r.p.Manuscript.Files) == 0 {
		return nil, r.diags, r.empty()
	}
	r.titled(names)
	r.included()
	r.side()
	r.orphans(names)
	r.p.matter()
	fill(&r.p.Config.Meta.Language, language(r.p.Manuscript.Files))
	return r.p, r.diags, nil
}

// shelf is a folder being read.
type shelf struct {
	p     *Project
	paths *book.Paths
	texts map[string]*source.File
	diags diag.List
	// reported files, so that a fault is said once
	listed map[string]bool
	// strict: a contents file lists the chapters; what it leaves out is an orphan.
	strict bool
}

func (r *shelf) empty() error {
	for _, d := range r.diags {
		if d.Code == "manifest-file-missing" {
			return fmt.Errorf("read manuscript: %s: no listed file could be read: %s", r.p.Kind, d.Message.En)
		}
	}
	return errors.New("read manuscript: no Markdown file (.md, .markdown) in this folder")
}

// walk lists the folder's files. Links that leave it are refused; hidden
// folders and those that hold what tools make are passed over.
func (r *shelf) walk() error {
	return fs.WalkDir(r.p.fsys, ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil {
			if p == "." {
				return fmt.Errorf("read manuscript: %w", err)
			}
			r.diags.Add("path-unreadable", source.Span{File: source.NewFile(p, nil)}, diag.T("%s cannot be read: %v", "读不了 %s：%v", p, err))
			if e != nil && e.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		name := path.Base(p)
		switch {
		case p == ".":
			return nil
		case e.IsDir():
			if name[0] == '.' || name == "node_modules" || name == "_book" || name == "__pycache__" {
				return fs.SkipDir
			}
			return nil
		case e.Type()&fs.ModeSymlink != 0 && !r.inside(p):
			r.diags.Add("path-refused", source.Span{File: source.NewFile(p, nil)},
				diag.T("%s is a link that leads out of the folder; it was not followed", "%s 是指向文件夹之外的链接，没有跟随", p))
			return nil
		case !e.Type().IsRegular() && e.Type()&fs.ModeSymlink == 0:
			return nil
		}
		if len(r.p.Paths) >= maxPaths {
			return fmt.Errorf("read manuscript: more than %d files; is this the right folder?", maxPaths)
		}
		r.p.Paths = append(r.p.Paths, p)
		return nil
	})
}

// inside reports whether a symbolic link leads to a plain file of the folder.
func (r *shelf) inside(p string) bool {
	to, err := fs.ReadLink(r.p.fsys, p)
	if err != nil || path.IsAbs(to) || strings.Contains(to, "\\") {
		return false
	}
	to = path.Join(path.Dir(p), to)
	if to == ".." || strings.HasPrefix(to, "../") {
		return false
	}
	for d := to; d != "."; d = path.Dir(d) {
		i, err := fs.Lstat(r.p.fsys, d)
		if err != nil || i.Mode()&fs.ModeSymlink != 0 {
			return false
		}
	}
	return true
}

// text reads a file of the folder once, as UTF-8; nil if it cannot be read.
func (r *shelf) text(p string) *source.File {
	if f, ok := r.texts[p]; ok {
		return f
	}
	var f *source.File
	if i, err := fs.Stat(r.p.fsys, p); err == nil && i.Size() > maxText {
		r.diags.Add("path-unreadable", source.Span{File: source.NewFile(p, nil)}, diag.T("%s is larger than %d MB", "%s 大于 %d MB", p, maxText>>20))
	} else if b, err := fs.ReadFile(r.p.fsys, p); err != nil {
		r.diags.Add("path-unreadable", source.Span{File: source.NewFile(p, nil)}, diag.T("%s cannot be read: %v", "读不了 %s：%v", p, plain(err)))
	} else {
		f = r.decode(p, b)
	}
	r.texts[p] = f
	return f
}

// longLine is the number of a line longer than maxLine; 0: there is none.
func longLine(t []byte) int {
	for n := 1; len(t) > maxLine; n++ {
		i := bytes.IndexByte(t, '\n')
		if i > maxLine || i < 0 {
			return n
		}
		t = t[i+1:]
	}
	return 0
}

// plain is an error without the path it repeats.
func plain(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}

// config reads book.yaml.
func (r *shelf) config() error {
	for _, name := range []string{"book.yaml", "book.yml"} {
		b, err := fs.ReadFile(r.p.fsys, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return fmt.Errorf("read %s: %w", name, plain(err))
		}
		f := source.NewFile(name, b)
		n, err := readYAML(f, source.Body(b), len(b))
		if err != nil {
			return fmt.Errorf("read %w", err)
		}
		c, err := decode(n)
		if err != nil {
			return fmt.Errorf("read %w", err)
		}
		r.p.ConfigFile, r.p.Config = f, c
		return nil
	}
	return nil
}

// load reads the chapters.
func (r *shelf) load(entries []entry) {
	r.p.Manuscript = &source.Manuscript{}
	r.listed = map[string]bool{}
	var before []book.ListedHeading
	for _, e := range entries {
		before = append(before, e.before...)
		p := r.locate(e)
		if p == "" || r.listed[p] {
			continue
		}
		f := r.text(p)
		if f == nil {
			continue
		}
		r.listed[p] = true
		r.p.Manuscript.Files = append(r.p.Manuscript.Files, f)
		ch := e.chapter
		if t, span := frontTitle(f); ch.Title == "" || t != "" && !ch.Listed {
			ch.Title, ch.Span = t, span
		}
		ch.Before, before = before, nil
		if ch.Title != "" || ch.Listed || ch.Before != nil || ch.Role != book.Plain {
			r.p.Chapters[p] = ch
		}
	}
}

// locate finds an entry's file, reporting what is missing.
func (r *shelf) locate(e entry) string {
	if e.dest == "" {
		return ""
	}
	from := "book.yaml"
	if e.span.File != nil {
		from = e.span.File.Path
	}
	p, _, found := r.paths.Find(from, e.dest)
	switch found {
	case book.Exact, book.Here:
		return p
	case book.Cased:
		d := r.diags.Add("path-case-mismatch", e.span,
			diag.T("the file is called %s", "文件实际名为 %s", p),
			diag.T("write it as it is: other systems tell letters apart", "请照实际大小写书写，有的系统区分大小写"))
		if e.span.Text() == e.dest && strings.EqualFold(e.dest, p) {
			d.Fix = &diag.Fix{Message: diag.T("write %s", "改为 %s", p), Edits: []diag.Edit{{Span: e.span, New: p}}}
		}
		return p
	case book.Outside:
		r.diags.Add("path-refused", e.span, diag.T("%s is outside the manuscript's folder", "%s 在书稿文件夹之外", e.dest))
	case book.Remote:
		r.diags.Add("manifest-file-missing", e.span, diag.T("%s is on the web and is no file of the book", "%s 在网上，不是书里的文件", e.dest))
	default:
		hint := diag.Text{}
		if n := r.near(e.dest); n != "" {
			hint = diag.T("did you mean %s?", "是不是 %s？", n)
		}
		r.diags.Add("manifest-file-missing", e.span, diag.T("listed file not found: %s", "找不到列出的文件：%s", e.dest), hint)
	}
	return ""
}

// included reads what the chapters include, and what that includes.
func (r *shelf) included() {
	queue := append([]*source.File{}, r.p.Manuscript.Files...)
	for len(queue) > 0 {
		f := queue[0]
		queue = queue[1:]
		for _, name := range includes(f.Text) {
			p := path.Join(path.Dir(f.Path), name)
			if r.p.Included[p] != nil || !r.has(p) {
				continue
			}
			if g := r.text(p); g != nil {
				r.p.Included[p] = g
				queue = append(queue, g)
			}
		}
	}
}

func (r *shelf) has(p string) bool {
	q, _, found := r.paths.Find("", "/"+strings.ReplaceAll(p, "%", "%25"))
	return found == book.Exact && q == p
}

// includes are the paths that {{#include}} and its kin name.
func includes(text []byte) []string {
	var out []string
	s := string(text)
	for {
		i := strings.Index(s, "{{#")
		if i < 0 {
			return out
		}
		s = s[i+3:]
		e := strings.Index(s, "}}")
		if e < 0 {
			return out
		}
		if e > 1000 {
			continue
		}
		f := strings.Fields(s[:e])
		if len(f) < 2 {
			continue
		}
		switch f[0] {
		case "include", "rustdoc_include", "playground", "playpen":
			name, _, _ := strings.Cut(f[1], ":")
			out = append(out, name)
		}
	}
}

// side reads the decisions and the bibliographies.
func (r *shelf) side() {
	name := r.p.Config.Decisions
	if name == "" {
		name = "decisions.yaml"
	}
	if r.has(name) {
		r.p.Decisions = r.text(name)
	} else if r.p.Config.Decisions != "" {
		r.diags.Add("manifest-file-missing", r.configSpan("decisions"), diag.T("listed file not found: %s", "找不到列出的文件：%s", name))
	}
	for _, b := range r.p.Config.Bibliography {
		if !r.has(path.Clean(b)) {
			r.diags.Add("manifest-file-missing", r.configSpan("bibliography"), diag.T("bibliography not found: %s", "找不到参考文献库：%s", b))
			continue
		}
		if f := r.text(path.Clean(b)); f != nil {
			r.p.Bibliographies = append(r.p.Bibliographies, f)
		}
	}
	if t := r.p.Config.AbstractText; t != "" {
		r.p.Abstract = source.NewFile("book.yaml#abstract", []byte(t))
	}
}

// configSpan is the place of a key in book.yaml.
func (r *shelf) configSpan(key string) source.Span {
	f := r.p.ConfigFile
	if f == nil {
		return source.Span{}
	}
	for n := 1; n <= f.Lines(); n++ {
		if strings.HasPrefix(f.Line(n), key+":") {
			a := f.LineStart(n)
			return source.Span{File: f, Start: a, End: a + len(key)}
		}
	}
	return source.Span{File: f}
}

// orphans reports Markdown files that a contents file leaves out.
func (r *shelf) orphans(names []string) {
	if !r.strict || names != nil {
		return
	}
	for _, p := range r.p.Paths {
		if !markdownFile(p) || r.listed[p] || r.p.Included[p] != nil || household(p) || contentsFile(p) || r.readme(p) {
			continue
		}
		r.diags.Add("manifest-orphan", source.Span{File: source.NewFile(p, nil)},
			diag.T("%s is in the folder and in no list of chapters (%s)", "%s 在文件夹里，却不在章节列表（%s）里", p, r.p.Kind),
			diag.T("list it, or move it out of the folder", "把它列进去，或移出文件夹"))
	}
}

// near is the path a wrong one may have meant.
func (r *shelf) near(dest string) string {
	if len(r.p.Paths) > 2000 || len(dest) > 200 {
		return ""
	}
	return nearest(dest, r.p.Paths)
}
