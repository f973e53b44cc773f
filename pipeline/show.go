package pipeline

import (
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"unicode"

	"banxin/pipeline/book"
	"banxin/pipeline/dedup"
	"banxin/pipeline/diag"
	"banxin/pipeline/font"
	"banxin/pipeline/layout"
	"banxin/pipeline/project"
)

// RepeatFormats are the forms of WriteRepeats.
func RepeatFormats() []string { return []string{"text", "json", "dup-findings", "dropped", "html"} }

// KnownRepeatFormat is an error that lists the formats if f is none of them.
func KnownRepeatFormat(f string) error {
	if !slices.Contains(RepeatFormats(), f) {
		return fmt.Errorf("unknown format %q (%s)", f, strings.Join(RepeatFormats(), ", "))
	}
	return nil
}

// WriteRepeats writes what dedup found and did.
func (o *Output) WriteRepeats(w io.Writer, format, lang string) error {
	if err := KnownRepeatFormat(format); err != nil {
		return err
	}
	var err error
	switch format {
	case "text":
		_, err = io.WriteString(w, dedup.Text(o.Repeats, lang))
	case "json":
		_, err = w.Write(dedup.JSON(o.Repeats))
	case "dup-findings":
		_, err = w.Write(dedup.Findings(o.Repeats))
	case "html":
		_, err = w.Write(dedup.HTML(o.Repeats, lang))
	case "dropped":
		_, err = io.WriteString(w, dedup.DroppedMarkdown(o.Repeats, lang))
	}
	return err
}

// IsRepeatRule reports whether a rule is dedup's.
func IsRepeatRule(code string) bool {
	return slices.ContainsFunc(dedup.Rules(), func(r diag.Rule) bool { return r.Code == code })
}

// WriteFonts shows which file serves each role and how much of the manuscript
// it covers. missing is set if a role of the layout has no face at all or some
// character of the manuscript has none.
func WriteFonts(w io.Writer, in Input, lang string) (missing bool, err error) {
	o, _, err := read(in)
	if err != nil {
		return false, err
	}
	chars := characters(o.Written)
	tongue := o.Written.Meta.Language
	roles := []font.Role{font.Song, font.Hei, font.Kai, font.Mono, font.Math}
	all := o.fonts.Resolved()
	for _, role := range roles {
		found := false
		for _, r := range all {
			if r.Role != role || r.Face == nil {
				continue
			}
			found = true
			fmt.Fprintf(w, "%-5s %-10s %s  %s\n", role, r.Lang, r.Face.PostScript(), r.Path)
			fmt.Fprintf(w, "      covers %d of %d characters; licence: %s\n", covered(r.Face, chars), len(chars), oneLine(r.License))
		}
		if !found {
			missing = missing || role == font.Song || role == font.Hei
			fmt.Fprintf(w, "%-5s            no file found; any of these serves: %s\n", role, strings.Join(families(o.layout, role), ", "))
			fmt.Fprintf(w, "      put one into the book's fonts/ folder, or install it; make fonts fetches the default 宋 and 黑\n")
		}
	}
	for _, r := range chars {
		if !o.fonts.Has(font.Style{Role: font.Song, Lang: tongue}, r) {
			missing = true
			fmt.Fprintf(w, "missing %q U+%04X: no face of this layout has it\n", r, r)
		}
	}
	return missing, nil
}

func families(l *layout.Layout, role font.Role) []string {
	var out []string
	for _, f := range l.Fonts[string(role)][""] {
		out = append(out, f.Name)
	}
	return out
}

func covered(f *font.Face, chars []rune) int {
	n := 0
	for _, r := range chars {
		if _, ok := f.Glyph(r); ok {
			n++
		}
	}
	return n
}

func oneLine(s string) string {
	if s == "" {
		return "not stated in the file"
	}
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 100 {
		s = string(r[:100]) + "…"
	}
	return s
}

// characters are the visible characters of a book's text, sorted.
func characters(b *book.Book) []rune {
	seen := map[rune]bool{}
	add := func(s string) {
		for _, r := range s {
			if !unicode.IsSpace(r) && !unicode.IsControl(r) {
				seen[r] = true
			}
		}
	}
	b.EachText(func(ns []book.Inline) { add(book.PlainText(ns)) })
	b.Walk(func(s *book.Section) bool {
		book.EachBlock(s.Blocks, func(bl book.Block) bool {
			if c, ok := bl.(*book.Code); ok {
				add(c.Text)
			}
			return true
		})
		return true
	})
	out := make([]rune, 0, len(seen))
	for r := range seen {
		out = append(out, r)
	}
	slices.Sort(out)
	return out
}

// WriteLayouts lists the layouts: page, type area, what each is for.
func WriteLayouts(w io.Writer, folders []fs.FS, lang string) error {
	names, err := layout.Names(folders)
	if err != nil {
		return err
	}
	tongue := "en"
	if strings.HasPrefix(lang, "zh") {
		tongue = "zh"
	}
	for _, n := range names {
		l, err := layout.Load(folders, n)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%-8s %s\n", n, l.Description[tongue])
		fmt.Fprintf(w, "         %.0f × %.0f mm, %d × %d characters, %s pt on %s pt; margins inner %.1f, outer %.1f, top %.1f, bottom %.1f mm\n",
			l.Page.Width.Millimetres(), l.Page.Height.Millimetres(), l.Body.Measure, l.Body.Lines, l.Body.Size, l.Body.Leading,
			l.Page.Inner.Millimetres(), l.Page.Outer.Millimetres(), l.Page.Top.Millimetres(), l.Page.Bottom.Millimetres())
	}
	return nil
}

// WriteKeys writes every key of book.yaml as the page docs/book-yaml.md.
func WriteKeys(w io.Writer, lang string) error {
	var b strings.Builder
	if strings.HasPrefix(lang, "zh") {
		b.WriteString("# book.yaml\n\n由程序生成：`banxin init --keys --lang zh`。未知的键是错误；没有给出的项目不印标签。\n")
	} else {
		b.WriteString("# book.yaml\n\nGenerated from the program: `banxin init --keys`. An unknown key is an error; an absent one prints no label.\n")
	}
	for _, k := range project.Keys() {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n", k.Name, k.Doc.In(lang))
		if k.Example != "" {
			fmt.Fprintf(&b, "\n```yaml\n%s\n```\n", example(k))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// example is a key's example as it stands in book.yaml.
func example(k project.Key) string {
	parts := strings.Split(k.Name, ".")
	last := parts[len(parts)-1]
	sep := " "
	if strings.Contains(k.Example, "\n") {
		sep = "\n"
	}
	line := last + ":" + sep + k.Example
	if len(parts) > 1 {
		line = parts[0] + ":\n  " + strings.ReplaceAll(line, "\n", "\n  ")
	}
	return line
}

// InferConfig is the book.yaml that says what the folder's book was taken for.
func InferConfig(manuscript fs.FS, lang string) ([]byte, error) {
	p, _, err := project.Read(manuscript)
	if err != nil {
		return nil, err
	}
	return project.WriteConfig(p, lang), nil
}
