package project

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/BurntSushi/toml"

	"banxin/pipeline/book"
	"banxin/pipeline/source"
)

// entry is a line of a contents file: a file, what is said of it, and the
// headings before it.
type entry struct {
	dest    string
	span    source.Span // of dest
	chapter book.ChapterFile
	before  []book.ListedHeading
}

// entries finds the chapters in order, by what the folder holds: the first of
// the kinds that applies.
func (r *shelf) entries(names []string) ([]entry, error) {
	r.p.Kind = "book.yaml"
	if names != nil {
		r.p.Kind = "file"
		var out []entry
		for _, n := range names {
			out = append(out, entry{dest: "/" + strings.ReplaceAll(n, "%", "%25")})
		}
		return out, nil
	}
	if len(r.p.Config.Files) > 0 {
		r.strict = true
		return r.fromConfig(), nil
	}
	for _, find := range []func() ([]entry, error){r.mdBook, r.gitBook, r.mkDocs, r.summary} {
		es, err := find()
		if err != nil || es != nil {
			r.strict = true
			return es, err
		}
	}
	return r.folder(), nil
}

func (r *shelf) fromConfig() []entry {
	var out []entry
	listed := false
	for _, f := range r.p.Config.Files {
		listed = listed || f.Depth > 0 || f.Part != ""
	}
	for _, f := range r.p.Config.Files {
		e := entry{dest: f.Path, span: f.Span, chapter: book.ChapterFile{Title: f.Title, Span: f.Span, Depth: f.Depth, Role: f.Role, Listed: listed}}
		if f.Part != "" {
			e.before = []book.ListedHeading{{Title: f.Part, Span: f.Span, Part: true}}
		}
		out = append(out, e)
	}
	return out
}

// mdBook reads book.toml and the SUMMARY.md it implies.
func (r *shelf) mdBook() ([]entry, error) {
	b, err := fs.ReadFile(r.p.fsys, "book.toml")
	if err != nil {
		return nil, nil
	}
	var t struct {
		Book struct {
			Title, Description, Language, Src string
			Authors                           []string
		}
	}
	if err := toml.Unmarshal(b, &t); err != nil {
		return nil, fmt.Errorf("read book.toml: %s", firstLine(err))
	}
	m := &r.p.Config.Meta
	fill(&m.Title, t.Book.Title)
	fill(&m.Description, t.Book.Description)
	fill(&m.Language, t.Book.Language)
	if m.Creators == nil {
		for _, a := range t.Book.Authors {
			m.Creators = append(m.Creators, book.Creator{Name: a, Role: "aut"})
		}
	}
	dirs := []string{t.Book.Src}
	if t.Book.Src == "" {
		dirs = []string{"src", "."}
	}
	for _, d := range dirs {
		if es := r.summaryIn(path.Join(d, "SUMMARY.md")); es != nil {
			return es, nil
		}
	}
	return nil, nil
}

func fill(field *string, v string) {
	if *field == "" {
		*field = strings.TrimSpace(v)
	}
}

// gitBook reads book.json and the SUMMARY.md it names.
func (r *shelf) gitBook() ([]entry, error) {
	b, err := fs.ReadFile(r.p.fsys, "book.json")
	if err != nil {
		return nil, nil
	}
	var j struct {
		Title, Description, Language, Root, Isbn string
		Author                                   any
		Structure                                struct{ Summary, Readme string }
	}
	if err := json.Unmarshal(b, &j); err != nil {
		return nil, fmt.Errorf("read book.json: %s", err)
	}
	m := &r.p.Config.Meta
	fill(&m.Title, j.Title)
	fill(&m.Description, j.Description)
	lang := j.Language
	if strings.EqualFold(lang, "zh-hans") || strings.EqualFold(lang, "zh") {
		lang = "zh-CN"
	}
	fill(&m.Language, lang)
	fill(&m.ISBN, j.Isbn)
	if a, ok := j.Author.(string); ok && m.Creators == nil && a != "" {
		m.Creators = []book.Creator{{Name: a, Role: "aut"}}
	}
	name := j.Structure.Summary
	if name == "" {
		name = "SUMMARY.md"
	}
	return r.summaryIn(path.Join(j.Root, name)), nil
}

// summary reads a SUMMARY.md that stands by itself.
func (r *shelf) summary() ([]entry, error) {
	for _, p := range []string{"SUMMARY.md", "src/SUMMARY.md", "docs/SUMMARY.md", "_sidebar.md", "docs/_sidebar.md"} {
		if es := r.summaryIn(p); es != nil {
			return es, nil
		}
	}
	return nil, nil
}

// summaryIn parses the contents file p; nil if it is not there, or is a
// chapter that only has the name: a contents file links to files.
func (r *shelf) summaryIn(p string) []entry {
	p = path.Clean(p)
	real := ""
	for _, q := range r.p.Paths {
		if q == p || real == "" && strings.EqualFold(q, p) && path.Base(q) != "summary.md" {
			real = q
		}
	}
	if real == "" {
		return nil
	}
	f := r.text(real)
	if f == nil {
		return nil
	}
	es, title := parseSummary(f)
	links := 0
	for _, e := range es {
		if e.dest != "" {
			links++
		}
	}
	if links == 0 {
		return nil
	}
	fill(&r.p.Config.Meta.Title, title)
	r.p.Kind = real
	return es
}

// mkDocs reads mkdocs.yml.
func (r *shelf) mkDocs() ([]entry, error) {
	for _, name := range []string{"mkdocs.yml", "mkdocs.yaml"} {
		b, err := fs.ReadFile(r.p.fsys, name)
		if err != nil {
			continue
		}
		f := source.NewFile(name, b)
		n, err := readYAML(f, source.Body(b), len(b))
		if err != nil {
			return nil, fmt.Errorf("read %w", err)
		}
		m := &r.p.Config.Meta
		fill(&m.Title, n.get("site_name").str())
		fill(&m.Description, n.get("site_description").str())
		fill(&m.Language, n.get("theme").get("language").str())
		if a := n.get("site_author").str(); a != "" && m.Creators == nil {
			m.Creators = []book.Creator{{Name: a, Role: "aut"}}
		}
		docs := n.get("docs_dir").str()
		if docs == "" {
			docs = "docs"
		}
		nav := n.get("nav")
		if nav == nil || nav.kind != sequence {
			continue
		}
		r.p.Kind = name
		w := &navWalk{docs: docs}
		w.items(nav.items, 0)
		return w.out, nil
	}
	return nil, nil
}

// navWalk flattens a nav: a group at the top is a part if it holds groups or
// stands beside others, any other a chapter without a file.
type navWalk struct {
	docs   string
	out    []entry
	before []book.ListedHeading
}

func (w *navWalk) items(list []*node, depth int) {
	for _, it := range list {
		switch it.kind {
		case scalar:
			w.file("", it, depth)
		case mapping:
			for _, p := range it.pairs {
				if p.value.kind == sequence {
					w.before = append(w.before, book.ListedHeading{Title: p.key, Span: p.span, Depth: depth})
					w.items(p.value.items, depth+1)
				} else {
					w.file(p.key, p.value, depth)
				}
			}
		}
	}
}

func (w *navWalk) file(title string, n *node, depth int) {
	dest := n.str()
	if dest == "" || strings.Contains(dest, "://") {
		return
	}
	w.out = append(w.out, entry{dest: "/" + path.Join(w.docs, dest), span: n.span, before: w.before,
		chapter: book.ChapterFile{Title: title, Span: n.span, Listed: true, Depth: depth}})
	w.before = nil
}
