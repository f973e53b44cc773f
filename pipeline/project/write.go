package project

import (
	"fmt"
	"strings"
)

// WriteConfig is the text of a book.yaml that says what was inferred, with a
// comment for every key in the language ("zh…" or any other).
func WriteConfig(p *Project, lang string) []byte {
	var b strings.Builder
	m := p.Config.Meta
	if strings.HasPrefix(lang, "zh") {
		fmt.Fprintf(&b, "# 本书的配置，由 banxin init 写出（依据：%s）。\n# 各键的说明见 docs/book-yaml.md。没有的项目留空即可，不会印出标签。\n", p.Kind)
	} else {
		fmt.Fprintf(&b, "# What this book is, written by banxin init (from %s).\n# docs/book-yaml.md explains every key. An absent one prints no label.\n", p.Kind)
	}
	var authors []string
	for _, c := range m.Creators {
		authors = append(authors, quote(c.Name))
	}
	known := map[string]string{
		"title": quote(m.Title), "subtitle": quote(m.Subtitle), "authors": flow(authors), "language": quote(m.Language),
		"date": quote(m.Date), "publisher": quote(m.Publisher), "identifier": quote(m.Identifier), "isbn": quote(m.ISBN),
		"description": quote(m.Description), "rights": quote(m.Rights), "cover": quote(m.Cover), "slug": quote(m.Slug), "layout": quote(p.Config.Layout),
	}
	for _, k := range Keys() {
		if k.Name == "files" {
			fmt.Fprintf(&b, "\n# %s\nfiles:\n", k.Doc.In(lang))
			for _, f := range p.Manuscript.Files {
				b.WriteString(p.fileLine(f.Path))
			}
			continue
		}
		v, shown := known[k.Name]
		if !shown {
			continue
		}
		fmt.Fprintf(&b, "\n# %s\n", k.Doc.In(lang))
		if v == "" {
			fmt.Fprintf(&b, "# %s: %s\n", k.Name, k.Example)
		} else {
			fmt.Fprintf(&b, "%s: %s\n", k.Name, v)
		}
	}
	return []byte(b.String())
}

// fileLine is a file's line under files.
func (p *Project) fileLine(path string) string {
	ch := p.Chapters[path]
	var extra []string
	for _, h := range ch.Before {
		if h.Part {
			extra = append(extra, "part: "+quote(h.Title))
		}
	}
	if ch.Depth > 0 {
		extra = append(extra, fmt.Sprintf("depth: %d", ch.Depth))
	}
	switch ch.Role.String() {
	case "front", "back":
		extra = append(extra, "role: "+ch.Role.String())
	}
	if extra == nil {
		return "  - " + quote(path) + "\n"
	}
	return fmt.Sprintf("  - {path: %s, %s}\n", quote(path), strings.Join(extra, ", "))
}

func flow(items []string) string {
	if len(items) == 0 {
		return ""
	}
	return "[" + strings.Join(items, ", ") + "]"
}

// quote writes a YAML scalar, quoted where it must be.
func quote(s string) string {
	if s == "" {
		return ""
	}
	plain := !strings.ContainsAny(s, ":#{}[]&*!|>'\"%@`,\n\t\\?") && s[0] != '-' && s[0] != ' ' && s[len(s)-1] != ' '
	switch strings.ToLower(s) {
	case "true", "false", "yes", "no", "on", "off", "null", "~":
		plain = false
	}
	if plain && !(s[0] >= '0' && s[0] <= '9') {
		return s
	}
	r := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`)
	return `"` + r.Replace(s) + `"`
}
