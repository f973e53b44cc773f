// Package markdown makes a book of Markdown files. It is the only importer of
// a Markdown parser: goldmark reads the blocks of CommonMark and GFM; the
// running text, and the dialects that books are written in, are read here.
//
// Nothing disappears: every visible character of the source is in the book,
// what is not understood as text or as a book.Unknown that a note names.
package markdown

import (
	"runtime"
	"strings"
	"sync"

	"github.com/yuin/goldmark-emoji/definition"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

// Options say how files are to be read. The zero value reads a manuscript of
// nothing but its own files.
type Options struct {
	// Paths are all files of the manuscript folder; nil: the manuscript's own.
	Paths []string
	// Included are files that {{#include}} may name, by path.
	Included map[string]*source.File
	// Chapters say what a contents file knows of the files, by path.
	Chapters map[string]book.ChapterFile
	// Bibliographies are searched for the keys that @key may name.
	Bibliographies []*source.File
	NoDollarMath   bool // $ is money
	LatexFences    LatexFences
}

// reader is what all files of one Parse share. It is read only while they are
// parsed.
type reader struct {
	opt          Options
	blocks       parser.Parser
	markup, tags [256]bool
	keys         map[string]bool // of the bibliography
	paths        pathIndex
	emojiOnce    sync.Once
	emojis       definition.Emojis
}

type pathIndex struct{ *book.Paths }

// has reports whether a wiki link's page is a file.
func (p pathIndex) has(from, page string) bool {
	_, _, f := p.Find(from, page)
	return f == book.Exact || f == book.Cased
}

// Parse reads the files of a manuscript, in parallel, and joins them in order.
// Meta, Pictures and Bibliographies are left empty.
func Parse(m *source.Manuscript, opt Options) (*book.Book, diag.List) {
	if opt.Paths == nil {
		for _, f := range m.Files {
			opt.Paths = append(opt.Paths, f.Path)
		}
	}
	r := &reader{opt: opt, blocks: grammar(), markup: byteSet(markupBytes), tags: byteSet(tagBytes), keys: citeKeys(opt.Bibliographies)}
	r.paths.Paths = book.NewPaths(opt.Paths)
	docs := make([]*document, len(m.Files))
	var wg sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, f := range m.Files {
		docs[i] = &document{parser: r, file: f}
		wg.Add(1)
		slots <- struct{}{}
		go func() {
			defer wg.Done()
			docs[i].parse()
			<-slots
		}()
	}
	wg.Wait()
	return r.join(m, docs)
}

// tree parses blocks; deep is where containers first nested too deep, or -1.
func (r *reader) tree(src []byte) (root ast.Node, deep int) {
	pc := parser.NewContext()
	root = r.blocks.Parse(text.NewReader(src), parser.WithContext(pc))
	if at, ok := pc.Get(deepKey).(int); ok {
		return root, at
	}
	return root, -1
}

// emoji is the character of a short code; "" if there is none.
func (r *reader) emoji(name string) string {
	r.emojiOnce.Do(func() { r.emojis = definition.Github() })
	if e, ok := r.emojis.Get(name); ok && e.IsUnicode() {
		return string(e.Unicode)
	}
	return ""
}

// citeKeys finds the keys of BibTeX entries and CSL-JSON items.
func citeKeys(files []*source.File) map[string]bool {
	keys := map[string]bool{}
	for _, f := range files {
		s := string(f.Text)
		if strings.HasSuffix(f.Path, ".json") {
			for _, p := range strings.Split(s, `"id"`)[1:] {
				p = strings.TrimLeft(p, " \t\r\n:")
				if len(p) > 1 && p[0] == '"' {
					k, _, _ := strings.Cut(p[1:], `"`)
					keys[k] = true
				}
			}
			continue
		}
		for _, p := range strings.Split(s, "@")[1:] {
			_, rest, ok := strings.Cut(p, "{")
			k, _, comma := strings.Cut(rest, ",")
			if k = strings.TrimSpace(k); ok && comma && k != "" && !strings.ContainsAny(k, " \n={}") {
				keys[k] = true
			}
		}
	}
	return keys
}
