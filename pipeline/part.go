package pipeline

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"banxin/pipeline/book"
	"banxin/pipeline/xref"
)

// excerpt is a book of which only some sections are to be set: numbers,
// references and merges are the whole book's.
type excerpt struct {
	book  *book.Book
	index *xref.Index
}

// chosen cuts the book down to the sections that the patterns name; a sample
// without patterns is the first chapter. A part or a chapter of which only
// some sections are wanted keeps its heading. A pattern that names nothing is
// an error.
func chosen(b *book.Book, ix *xref.Index, patterns []string, sample bool) (excerpt, error) {
	c := &chooser{used: make([]bool, len(patterns)), kept: map[*book.Section]*book.Section{}, index: ix}
	for _, p := range patterns {
		c.patterns = append(c.patterns, strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(p), "./"), "/"))
	}
	if len(patterns) == 0 && sample {
		c.first = firstChapter(b)
	}
	out := *b
	out.Sections = c.choose(b.Sections)
	keepPreamble := false
	for i, p := range c.patterns {
		if len(b.Preamble) > 0 && names(p, b.Preamble[0].Where().File.Path) {
			c.used[i], keepPreamble = true, true
		}
	}
	if !keepPreamble {
		out.Preamble = nil
	}
	for i, used := range c.used {
		if !used {
			return excerpt{}, fmt.Errorf("--only %s: no chapter, file or id of that name in this book", patterns[i])
		}
	}
	return excerpt{book: &out, index: c.indexOf(ix)}, nil
}

// firstChapter is the first chapter in reading order, else the first section.
func firstChapter(b *book.Book) *book.Section {
	var first *book.Section
	b.Walk(func(s *book.Section) bool {
		if first == nil && s.Role == book.Chapter {
			first = s
		}
		return first == nil
	})
	if first == nil && len(b.Sections) > 0 {
		first = b.Sections[0]
	}
	return first
}

// chooser walks the tree; kept gives the section that stands for an old one.
type chooser struct {
	patterns []string
	used     []bool
	first    *book.Section
	index    *xref.Index
	kept     map[*book.Section]*book.Section
}

func (c *chooser) choose(ss []*book.Section) []*book.Section {
	var out []*book.Section
	for _, s := range ss {
		if c.wanted(s) {
			s.Walk(func(k *book.Section) bool {
				c.wanted(k) // a pattern that names what is inside has been used too
				c.kept[k] = k
				return true
			})
			out = append(out, s)
			continue
		}
		if kids := c.choose(s.Sections); kids != nil {
			frame := *s
			frame.Blocks, frame.Sections = nil, kids
			c.kept[s] = &frame
			out = append(out, &frame)
		}
	}
	return out
}

// wanted reports whether a pattern names the section, by its file, its folder,
// its label, an alias or its printed number.
func (c *chooser) wanted(s *book.Section) bool {
	found := s == c.first
	for i, p := range c.patterns {
		ok := s.Heading.File != nil && names(p, s.Heading.File.Path) || like(p, s.Label) || slices.ContainsFunc(s.Aliases, func(a string) bool { return like(p, a) })
		if t := c.index.Sections[s]; t != nil && !ok {
			ok = p == t.Printed && p != "" || p == t.Number && p != ""
		}
		if ok {
			c.used[i], found = true, true
		}
	}
	return found
}

// names reports whether a pattern names a file: its path, its name with or
// without what follows the last dot, the first word of its name (ch03 of
// ch03-types.md), or a folder it is in.
func names(pattern, file string) bool {
	name := path.Base(file)
	stem := strings.TrimSuffix(name, path.Ext(name))
	if like(pattern, file) || like(pattern, name) || like(pattern, stem) || strings.HasPrefix(file, pattern+"/") {
		return true
	}
	rest, ok := strings.CutPrefix(stem, pattern)
	return ok && pattern != "" && strings.IndexAny(rest, "-_. ") == 0
}

func like(pattern, s string) bool {
	ok, err := path.Match(pattern, s)
	return err == nil && ok || pattern == s && s != ""
}

// indexOf is the index of what is kept: references to the rest print as they
// do in the whole book and lead nowhere.
func (c *chooser) indexOf(ix *xref.Index) *xref.Index {
	moved := map[*xref.Target]*xref.Target{}
	target := func(t *xref.Target) *xref.Target {
		if t == nil || t.Section == nil || c.kept[t.Section] == t.Section {
			return t
		}
		s := c.kept[t.Section]
		if s == nil || t.Kind != xref.Section {
			return nil
		}
		if moved[t] == nil {
			m := *t
			m.Section = s
			moved[t] = &m
		}
		return moved[t]
	}
	out := *ix
	out.Sections = map[*book.Section]*xref.Target{}
	for s, t := range ix.Sections {
		if k := c.kept[s]; k != nil {
			out.Sections[k] = target(t)
		}
	}
	out.Targets = maps.Clone(ix.Targets)
	for l, t := range out.Targets {
		if t = target(t); t == nil {
			delete(out.Targets, l)
		} else {
			out.Targets[l] = t
		}
	}
	out.Links = maps.Clone(ix.Links)
	for n, t := range out.Links {
		if t = target(t); t == nil {
			delete(out.Links, n)
		} else {
			out.Links[n] = t
		}
	}
	out.Prose = map[*book.Text][]xref.ProseRef{}
	for n, rs := range ix.Prose {
		out.Prose[n] = slices.DeleteFunc(slices.Clone(rs), func(r xref.ProseRef) bool { return target(r.Target) == nil })
	}
	list := func(ts []*xref.Target) []*xref.Target {
		return slices.DeleteFunc(slices.Clone(ts), func(t *xref.Target) bool { return target(t) == nil })
	}
	out.Figures, out.Tables = list(ix.Figures), list(ix.Tables)
	out.Equations, out.Listings = list(ix.Equations), list(ix.Listings)
	out.Terms = nil // an index of a part would send the reader to pages that are not there
	return &out
}
