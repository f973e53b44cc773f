package project

import (
	"path"
	"strings"

	"github.com/BurntSushi/toml"

	"banxin/pipeline/source"
)

// readme reports whether p is the README beside the file that says what the
// book is, or at the root: it is about the book, and no chapter it forgot.
func (r *shelf) readme(p string) bool {
	if !strings.EqualFold(path.Base(p), "README.md") {
		return false
	}
	dir := path.Dir(p)
	return dir == "." || dir == path.Dir(r.p.Kind)
}

// titled finds the title, and the language, of a book whose own files do not
// say it: what the settings of a site generator call it, else the first heading of a README
// that is not a chapter, or is one under another title.
func (r *shelf) titled(names []string) {
	title := &r.p.Config.Meta.Title
	if *title != "" || names != nil || len(r.p.Manuscript.Files) == 1 {
		return
	}
	for _, name := range []string{"hugo.toml", "config.toml", "hugo.yaml", "hugo.yml", "config.yaml", "config.yml", "_config.yml"} {
		if r.has(name) {
			fill(title, r.setting(name, "title"))
			fill(&r.p.Config.Meta.Language, r.setting(name, "languageCode"))
		}
	}
	for _, p := range r.p.Paths {
		if *title != "" || !r.readme(p) {
			continue
		}
		f := r.text(p)
		if f == nil {
			continue
		}
		h := firstHeading(f)
		if ch, listed := r.p.Chapters[p]; r.listed[p] && (!listed || strings.EqualFold(ch.Title, h) || ch.Title == "") {
			continue
		}
		fill(title, h)
	}
}

// setting is a top-level key of a settings file; "" if it cannot be read.
func (r *shelf) setting(name, key string) string {
	f := r.text(name)
	if f == nil {
		return ""
	}
	if path.Ext(name) == ".toml" {
		var m map[string]any
		if toml.Unmarshal(f.Text, &m) != nil {
			return ""
		}
		v, _ := m[key].(string)
		return v
	}
	n, err := readYAML(f, source.Body(f.Text), len(f.Text))
	if err != nil {
		return ""
	}
	return n.get(key).str()
}

// firstHeading is the text of a file's # heading, if that is what it begins
// with; badges and blank lines may stand before it.
func firstHeading(f *source.File) string {
	_, _, body, _ := source.FrontMatter(f.Text)
	for _, l := range strings.SplitN(string(f.Text[body:min(len(f.Text), body+4000)]), "\n", 40) {
		l = strings.TrimSpace(l)
		if t, ok := strings.CutPrefix(l, "# "); ok {
			if t = unmark(strings.TrimRight(t, "# ")); !strings.ContainsAny(t, "[]<>!") {
				return t
			}
			return ""
		}
		if l != "" && l[0] != '[' && l[0] != '!' && l[0] != '<' {
			return ""
		}
	}
	return ""
}
