package check

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"banxin/pipeline/cite"
	"banxin/pipeline/dedup"
	"banxin/pipeline/markdown"
	"banxin/pipeline/outline"
	"banxin/pipeline/project"
	"banxin/pipeline/xref"
)

// load takes a manuscript through the stages before check.
func load(t testing.TB, fsys fs.FS, only ...string) Input {
	t.Helper()
	read := project.Read
	if len(only) > 0 {
		read = func(f fs.FS) (*project.Project, diagList, error) { return project.ReadFiles(f, only[0]) }
	}
	p, _, err := read(fsys)
	if err != nil {
		t.Fatal(err)
	}
	parsed, _ := markdown.Parse(p.Manuscript, markdown.Options{Paths: p.Paths, Included: p.Included, Chapters: p.Chapters,
		Bibliographies: p.Bibliographies, NoDollarMath: p.Config.Math.NoDollar, LatexFences: markdown.LatexFences(p.Config.Math.LatexFences)})
	dressed, _ := p.Dress(parsed)
	captions := map[string]string{}
	for _, c := range p.Config.Captions {
		captions[c.Fingerprint] = c.Text
	}
	written, _ := outline.Recover(dressed, outline.Options{Captions: captions})
	var decisions dedup.Decisions
	if p.Decisions != nil {
		if decisions, _, err = dedup.ParseDecisions(p.Decisions); err != nil {
			t.Fatal(err)
		}
	}
	decisions.Auto = dedup.Policy(p.Config.Dedup.Auto)
	merged, _, _ := dedup.Merge(written, decisions)
	library, _ := cite.Parse(p.Bibliographies)
	index, _ := xref.Resolve(merged, library, xref.Options{})
	o := Options{Chapters: p.Chapters, LatexFences: p.Config.Math.LatexFences, Config: p.ConfigFile}
	for _, g := range p.Config.Glossary {
		o.Glossary = append(o.Glossary, Term{Word: g.Word, Variants: g.Variants})
	}
	return Input{Parsed: dressed, Written: written, Merged: merged, Index: index, Options: o}
}

// manuscript is a folder of files in memory.
func manuscript(files map[string]string) fs.FS {
	m := fstest.MapFS{}
	for name, text := range files {
		m[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}
