package markdown

import (
	"strings"
	"unicode"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

// joiner nests the headings of all files into sections.
type joiner struct {
	r     *reader
	book  *book.Book
	path  []*book.Section // open sections, outermost first
	slugs map[string]map[string]bool
}

// join makes one book of the parsed files.
func (r *reader) join(m *source.Manuscript, docs []*document) (*book.Book, diag.List) {
	j := &joiner{r: r, book: &book.Book{Files: m.Files, Paths: r.paths.Paths}, slugs: map[string]map[string]bool{}}
	var diags diag.List
	for _, d := range docs {
		j.file(d)
		diags = append(diags, d.diags...)
		j.book.Notes = append(j.book.Notes, d.noteOrder...)
		j.book.Notes = append(j.book.Notes, d.extraNotes...)
	}
	known := map[string]*document{}
	for _, d := range docs {
		known[d.file.Path] = d
	}
	for _, d := range docs {
		for _, l := range d.links {
			if program(l.Dest) {
				diags.Add("construct-dropped", l.Span, diag.T("a link that runs a program or reads a file was made plain text", "会执行程序或读取本机文件的链接改成了普通文字"))
				l.Dest = ""
				continue
			}
			j.resolve(d, l, known)
		}
	}
	j.byways()
	for _, s := range j.book.Sections {
		closeSpan(s)
	}
	return j.book, diags
}

// file adds a file's blocks. A file without a heading at its head takes its
// title from the contents; one without any title goes on from the file before.
func (j *joiner) file(d *document) {
	ch := j.r.opt.Chapters[d.file.Path]
	for _, h := range ch.Before {
		s := named(h.Title, h.Span, 1+h.Depth, book.Plain)
		if h.Part {
			s.Level, s.Role = 0, book.Part
		}
		j.push(s)
	}
	least, shift := 1, 0
	if ch.Listed {
		least = 1 + ch.Depth
		shift = least - firstLevel(d.blocks)
	}
	first, titled := true, false
	if !startsWithHeading(d.blocks) && ch.Title != "" {
		s := named(ch.Title, ch.Span, least, ch.Role)
		j.push(s)
		j.alias(d, s, ch.Title, true)
		first, shift, least = false, least+1-firstLevel(d.blocks), least+1
	}
	for _, b := range d.blocks {
		h, ok := b.(*heading)
		if !ok {
			if n := len(j.path); n > 0 {
				j.path[n-1].Blocks = append(j.path[n-1].Blocks, b)
			} else {
				j.book.Preamble = append(j.book.Preamble, b)
			}
			continue
		}
		// One file is one entry of the contents: a further heading as high as
		// the one that names the file stands under it, with all that follows.
		if titled && h.level+shift <= least {
			shift = least + 1 - h.level
		}
		s := j.section(h, max(least, h.level+shift))
		if first {
			s.Role = ch.Role
			titled = ch.Listed && sameTitle(ch.Title, book.PlainText(h.inlines))
		}
		j.push(s)
		j.alias(d, s, book.PlainText(h.inlines), first)
		first = false
	}
}

// program reports whether a destination is code to run or a file of the
// reader's machine.
func program(dest string) bool {
	scheme, _, ok := strings.Cut(strings.TrimSpace(dest), ":")
	if !ok || len(scheme) > 12 {
		return false
	}
	switch strings.ToLower(scheme) {
	case "javascript", "vbscript", "data", "file", "livescript":
		return true
	}
	return false
}

// sameTitle compares a title in the contents with a heading by letters and
// figures alone.
func sameTitle(a, b string) bool {
	bare := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return unicode.ToLower(r)
			}
			return -1
		}, s)
	}
	return a != "" && bare(a) == bare(b)
}

// named is a section that only a contents file or front matter names.
func named(title string, span source.Span, level int, role book.Role) *book.Section {
	return &book.Section{Span: span, Heading: span, Level: level, Role: role,
		Title: []book.Inline{&book.Text{Leaf: book.Leaf{Span: span}, Value: title}}}
}

// firstLevel is the level of a file's first heading; 1 if it has none.
func firstLevel(bs []book.Block) int {
	for _, b := range bs {
		if h, ok := b.(*heading); ok {
			return h.level
		}
	}
	return 1
}

func startsWithHeading(bs []book.Block) bool {
	for _, b := range bs {
		switch b := b.(type) {
		case *heading:
			return true
		case *book.Paragraph:
			if len(b.Inlines) > 0 {
				return false
			}
		default:
			return false
		}
	}
	return false
}

func (j *joiner) section(h *heading, level int) *book.Section {
	s := &book.Section{Span: h.Span, Heading: h.Span, Level: level, Label: h.Label, Explicit: h.Label != "",
		Title: h.inlines, Lang: h.Lang, Hints: h.Hints}
	for _, c := range h.Classes {
		switch c {
		case "unnumbered":
			s.Unnumbered = true
		case "unlisted":
			s.Unlisted = true
		}
		s.Classes = append(s.Classes, c)
	}
	return s
}

// push opens a section below the nearest of a lower level.
func (j *joiner) push(s *book.Section) {
	for len(j.path) > 0 && j.path[len(j.path)-1].Level >= s.Level {
		j.path = j.path[:len(j.path)-1]
	}
	if n := len(j.path); n > 0 {
		j.path[n-1].Sections = append(j.path[n-1].Sections, s)
	} else {
		j.book.Sections = append(j.book.Sections, s)
	}
	j.path = append(j.path, s)
}

// alias gives a section its places in the file: "file.md" for the first one,
// "file.md#slug" by GitHub's rule for each.
func (j *joiner) alias(d *document, s *book.Section, title string, first bool) {
	p := d.file.Path
	if first {
		s.Aliases = append(s.Aliases, p)
	}
	used := j.slugs[p]
	if used == nil {
		used = map[string]bool{}
		j.slugs[p] = used
	}
	base := slug(title)
	if base == "" {
		return
	}
	k := base
	for n := 1; used[k]; n++ {
		k = base + "-" + itoa(n)
	}
	used[k] = true
	s.Aliases = append(s.Aliases, p+"#"+k)
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + itoa(n%10)
}

// slug is the fragment GitHub and mdBook give a heading: lower case, letters,
// figures, - and _ kept, spaces made hyphens.
func slug(title string) string {
	var b strings.Builder
	for _, r := range strings.TrimSpace(title) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '-' || r == '_':
			b.WriteRune(unicode.ToLower(r))
		case r == ' ' || r == '\t':
			b.WriteByte('-')
		}
	}
	return b.String()
}

// resolve sets a link's target where it leads into a file of the book.
func (j *joiner) resolve(d *document, l *book.Link, known map[string]*document) {
	file, frag, found := j.r.paths.Find(d.file.Path, l.Dest)
	if found != book.Exact && found != book.Cased && found != book.Here {
		return
	}
	to := known[file]
	switch {
	case to == nil:
	case frag == "":
		if found != book.Here && j.slugs[file] != nil {
			l.Target = file
		}
	case to.labels[frag]:
		l.Target = frag
	case j.slugs[file][frag]:
		l.Target = file + "#" + frag
	case j.slugs[file][slug(frag)]:
		l.Target = file + "#" + slug(frag)
	}
}

// closeSpan makes a section's span end with its last block or descendant in
// the same file.
func closeSpan(s *book.Section) {
	if n := len(s.Blocks); n > 0 {
		s.Span = s.Span.Join(s.Blocks[n-1].Where())
	}
	for _, k := range s.Sections {
		closeSpan(k)
		s.Span = s.Span.Join(k.Span)
	}
}
