package outline

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"banxin/pipeline/book"
	"banxin/pipeline/source"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the golden parts of testdata")

// TestGolden reads testdata/*.txtar: Markdown files, optional settings, and
// the recovered book as text in "want".
func TestGolden(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("no golden cases", err)
	}
	for _, path := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			b := &book.Book{}
			want := -1
			for i, f := range ar.Files {
				switch {
				case f.Name == "want":
					want = i
				case f.Name == "title":
					b.Meta.Title = strings.TrimSpace(string(f.Data))
				case strings.HasSuffix(f.Name, ".md"):
					parse(b, source.NewFile(f.Name, f.Data))
				}
			}
			got, diags := Recover(b, Options{})
			text := dump(got)
			for _, d := range diags {
				text += fmt.Sprintf("%d: [%s] %s\n", d.Pos().Line, d.Code, d.Message.En)
			}
			if *update {
				if want < 0 {
					want = len(ar.Files)
					ar.Files = append(ar.Files, txtar.File{Name: "want"})
				}
				ar.Files[want].Data = []byte(text)
				if err := os.WriteFile(path, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want < 0 {
				t.Fatal("case has no want part; run with -update")
			}
			if d := cmp.Diff(string(ar.Files[want].Data), text); d != "" {
				t.Error(d)
			}
		})
	}
}

// dump shows what Recover decides, one section a line.
func dump(b *book.Book) string {
	var s strings.Builder
	fmt.Fprintf(&s, "title %q subtitle %q\n", b.Meta.Title, b.Meta.Subtitle)
	if len(b.Meta.Keywords) > 0 {
		fmt.Fprintf(&s, "keywords %q\n", b.Meta.Keywords)
	}
	if len(b.Meta.Abstract) > 0 {
		fmt.Fprintf(&s, "abstract %q\n", blocksText(b.Meta.Abstract))
	}
	if len(b.Preamble) > 0 {
		fmt.Fprintf(&s, "preamble %d\n", len(b.Preamble))
	}
	for _, e := range b.Typed {
		fmt.Fprintf(&s, "typed %d %-8v %q %q\n", e.Level, e.Role, e.Number, e.Title)
	}
	var walk func(*book.Section, int)
	walk = func(x *book.Section, depth int) {
		flags := ""
		if x.Unnumbered {
			flags += " unnumbered"
		}
		if x.Unlisted {
			flags += " unlisted"
		}
		fmt.Fprintf(&s, "%s%d %v", strings.Repeat("  ", depth), x.Level, x.Role)
		if x.Typed != "" {
			fmt.Fprintf(&s, " %s", x.Typed)
		}
		fmt.Fprintf(&s, " | %s #%s%s\n", book.PlainText(x.Title), x.Label, flags)
		for _, k := range x.Sections {
			walk(k, depth+1)
		}
	}
	for _, x := range b.Sections {
		walk(x, 0)
	}
	return s.String()
}

// parse appends a file's headings, lists and paragraphs to b, nested by # as
// package markdown nests them. It knows only what outline looks at.
func parse(b *book.Book, f *source.File) {
	b.Files = append(b.Files, f)
	var open []*book.Section
	blocks := &b.Preamble
	for n := 1; n <= f.Lines(); n++ {
		at := f.LineStart(n)
		line := f.Line(n)
		span := source.Span{File: f, Start: at, End: at + len(line)}
		trimmed := strings.TrimSpace(line)
		switch hash := len(line) - len(strings.TrimLeft(line, "#")); {
		case trimmed == "":
		case hash > 0 && hash < 7:
			s := &book.Section{Level: hash, Heading: span, Span: source.Span{File: f, Start: at, End: len(f.Text)}}
			s.Title = inlines(strings.TrimSpace(line[hash:]), span.Sub(hash+1, len(line)))
			if a, id, ok := strings.Cut(strings.TrimSuffix(line, "}"), " {#"); ok {
				s.Label, s.Explicit = id, true
				s.Title = inlines(strings.TrimSpace(a[hash:]), span)
			}
			for len(open) > 0 && open[len(open)-1].Level >= hash {
				open[len(open)-1].Span.End = at
				open = open[:len(open)-1]
			}
			if len(open) == 0 {
				b.Sections = append(b.Sections, s)
			} else {
				p := open[len(open)-1]
				p.Sections = append(p.Sections, s)
			}
			open = append(open, s)
			blocks = &s.Blocks
		case strings.HasPrefix(trimmed, "- "):
			l, next := list(f, n)
			*blocks = append(*blocks, l)
			n = next - 1
		default:
			p := &book.Paragraph{Inlines: inlines(trimmed, span)}
			p.Span = span
			*blocks = append(*blocks, p)
		}
	}
}

func list(f *source.File, n int) (*book.List, int) {
	indent := func(s string) int { return len(s) - len(strings.TrimLeft(s, " ")) }
	at := indent(f.Line(n))
	l := &book.List{}
	for n <= f.Lines() {
		line := f.Line(n)
		words := strings.TrimSpace(line)
		if !strings.HasPrefix(words, "- ") || indent(line) < at {
			break
		}
		if indent(line) > at {
			sub, next := list(f, n)
			it := l.Items[len(l.Items)-1]
			it.Blocks = append(it.Blocks, sub)
			n = next
			continue
		}
		span := source.Span{File: f, Start: f.LineStart(n), End: f.LineStart(n) + len(line)}
		p := &book.Paragraph{Inlines: inlines(words[2:], span)}
		p.Span = span
		l.Items = append(l.Items, &book.Item{Span: span, Blocks: []book.Block{p}})
		n++
	}
	return l, n
}

func inlines(s string, span source.Span) []book.Inline {
	if strings.HasPrefix(s, "**") && strings.HasSuffix(s, "**") && len(s) > 4 {
		strong := &book.Strong{Kids: inlines(s[2:len(s)-2], span)}
		strong.Span = span
		return []book.Inline{strong}
	}
	t := &book.Text{Value: s}
	t.Span = span
	return []book.Inline{t}
}
