package book

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"banxin/pipeline/source"
)

// Dump writes the book as text, one node a line, for tests and for people: a
// node's name, its place as line:col-line:col, what it is made of, and its
// children indented below it. The form is stable.
func Dump(w io.Writer, b *Book) error {
	p := &dumper{w: bufio.NewWriter(w)}
	p.blocks(0, b.Preamble)
	for _, s := range b.Sections {
		p.section(0, s)
	}
	for _, n := range b.Notes {
		p.line(0, "note", n.Span, n.Label)
		p.blocks(1, n.Blocks)
	}
	return p.w.Flush()
}

type dumper struct {
	w *bufio.Writer
}

func (p *dumper) line(depth int, name string, span source.Span, rest ...string) {
	for range depth {
		p.w.WriteString("  ")
	}
	p.w.WriteString(name)
	if span.File != nil {
		a, z := span.Pos(), span.EndPos()
		fmt.Fprintf(p.w, " %d:%d-%d:%d", a.Line, a.Column, z.Line, z.Column)
	}
	for _, r := range rest {
		if r != "" {
			p.w.WriteByte(' ')
			p.w.WriteString(r)
		}
	}
	p.w.WriteByte('\n')
}

func named(key, v string) string {
	if v == "" {
		return ""
	}
	return key + "=" + strconv.Quote(v)
}

func flag(name string, on bool) string {
	if on {
		return name
	}
	return ""
}

func (p *dumper) section(depth int, s *Section) {
	p.line(depth, s.Role.String(), s.Heading, strconv.Itoa(s.Level), named("typed", s.Typed), named("label", s.Label), flag("unnumbered", s.Unnumbered), flag("unlisted", s.Unlisted),
		named("classes", strings.Join(s.Classes, " ")), hints(s.Hints))
	p.inlines(depth+2, s.Title)
	p.blocks(depth+1, s.Blocks)
	for _, k := range s.Sections {
		p.section(depth+1, k)
	}
}

func hints(hs []Hint) string {
	var b strings.Builder
	for _, h := range hs {
		fmt.Fprintf(&b, "<%s %s>", h.Name, h.Value)
	}
	return b.String()
}

func (p *dumper) blocks(depth int, bs []Block) {
	for _, b := range bs {
		p.block(depth, b)
	}
}

// node is the part common to all blocks, as words.
func (n Node) words() string {
	var out []string
	for _, s := range []string{named("label", n.Label), named("classes", strings.Join(n.Classes, " ")), named("lang", n.Lang), named("hidden", n.Hidden), hints(n.Hints)} {
		if s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, " ")
}

func (p *dumper) block(depth int, b Block) {
	switch b := b.(type) {
	case *Paragraph:
		p.line(depth, "paragraph", b.Span, flag("continued", b.Continued), b.words())
		p.inlines(depth+1, b.Inlines)
	case *List:
		kind := "bullets"
		if b.Ordered {
			kind = "numbers from " + strconv.Itoa(b.Start)
		}
		p.line(depth, "list", b.Span, kind, flag("tight", b.Tight), b.words())
		for _, it := range b.Items {
			p.line(depth+1, "item", it.Span, flag("task", it.Task), flag("done", it.Done))
			p.blocks(depth+2, it.Blocks)
		}
	case *DefinitionList:
		p.line(depth, "definitions", b.Span, b.words())
		for _, e := range b.Entries {
			for _, t := range e.Terms {
				p.line(depth+1, "term", source.Span{})
				p.inlines(depth+2, t)
			}
			for _, d := range e.Details {
				p.line(depth+1, "detail", source.Span{})
				p.blocks(depth+2, d)
			}
		}
	case *Quote:
		p.line(depth, "quote", b.Span, b.words())
		p.blocks(depth+1, b.Blocks)
		p.part(depth+1, "source", b.Source)
	case *Table:
		p.table(depth, b)
	case *Admonition:
		p.line(depth, "admonition", b.Span, b.Kind, flag("folded", b.Folded), b.words())
		p.part(depth+1, "title", b.Title)
		p.blocks(depth+1, b.Blocks)
	case *Division:
		p.line(depth, "division", b.Span, [...]string{"", "left", "center", "right"}[b.Align], b.words())
		p.part(depth+1, "title", b.Title)
		p.blocks(depth+1, b.Blocks)
	case *Figure:
		p.line(depth, "figure", b.Span, b.words())
		for _, im := range b.Images {
			p.inline(depth+1, im)
		}
		p.part(depth+1, "caption", b.Caption)
	default:
		p.leaf(depth, b)
	}
}

// leaf writes the blocks that hold no blocks.
func (p *dumper) leaf(depth int, b Block) {
	switch b := b.(type) {
	case *Code:
		info := b.Info
		if info == b.Language {
			info = ""
		}
		p.line(depth, "code", b.Span, named("language", b.Language), named("info", info), flag("numbered", b.Numbered), b.words(), strconv.Quote(b.Text))
		p.part(depth+1, "caption", b.Caption)
	case *Diagram:
		p.line(depth, "diagram", b.Span, b.Language, b.words(), strconv.Quote(b.Text))
		p.part(depth+1, "caption", b.Caption)
	case *Math:
		p.line(depth, "math", b.Span, b.words(), strconv.Quote(b.TeX))
		for _, r := range b.Rows {
			p.line(depth+1, "row", source.Span{}, strconv.Quote(r))
		}
	case *Rule:
		p.line(depth, "rule", b.Span, b.words())
	case *ContentsHere:
		p.line(depth, "contents-here", b.Span, b.words())
	case *IndexHere:
		p.line(depth, "index-here", b.Span, b.words())
	case *BibliographyHere:
		p.line(depth, "bibliography-here", b.Span, b.words())
	case *Unknown:
		p.line(depth, "unknown", b.Span, b.words(), strconv.Quote(b.Text))
	default:
		panic(fmt.Sprintf("book: unknown block %T", b))
	}
}

func (p *dumper) table(depth int, t *Table) {
	p.line(depth, "table", t.Span, t.words())
	p.part(depth+1, "caption", t.Caption)
	for i, rs := range [2][]Row{t.Head, t.Rows} {
		for _, r := range rs {
			p.line(depth+1, [2]string{"head", "row"}[i], source.Span{})
			for k, c := range r.Cells {
				spans := ""
				if c.ColSpan > 1 || c.RowSpan > 1 {
					spans = fmt.Sprintf("%dx%d", c.ColSpan, c.RowSpan)
				}
				align := AlignNone
				if k < len(t.Align) {
					align = t.Align[k]
				}
				p.line(depth+2, "cell", c.Span, [...]string{"", "left", "center", "right"}[align], flag("header", c.Header), spans)
				p.blocks(depth+3, c.Blocks)
			}
		}
	}
}

func (p *dumper) part(depth int, name string, ns []Inline) {
	if ns != nil {
		p.line(depth, name, source.Span{})
		p.inlines(depth+1, ns)
	}
}

func (p *dumper) inlines(depth int, ns []Inline) {
	for _, n := range ns {
		p.inline(depth, n)
	}
}

func (p *dumper) inline(depth int, n Inline) {
	span := n.Where()
	switch n := n.(type) {
	case *Text:
		p.line(depth, "text", span, strconv.Quote(n.Value))
	case *Verbatim:
		p.line(depth, "verbatim", span, strconv.Quote(n.Text))
	case *InlineMath:
		p.line(depth, "formula", span, strconv.Quote(n.TeX))
	case *Link:
		p.line(depth, "link", span, strconv.Quote(n.Dest), named("target", n.Target), named("title", n.Title), flag("auto", n.Auto))
	case *Image:
		p.line(depth, "image", span, strconv.Quote(n.Src), named("path", n.Path), named("alt", n.Alt), named("title", n.Title), named("width", n.Width), named("height", n.Height), named("label", n.Label))
	case *Break:
		p.line(depth, "break", span)
	case *NoteRef:
		p.line(depth, "note-ref", span, n.Label, flag("missing", n.Note == nil))
	case *CrossRef:
		p.line(depth, "cross-ref", span, n.Target, named("prose", n.Prose), flag("bare", n.Bare))
	case *Cite:
		p.line(depth, "cite", span, flag("in-text", n.InText))
		for _, it := range n.Items {
			p.line(depth+1, "item", it.Span, it.Key, named("prefix", it.Prefix), named("suffix", it.Suffix), flag("suppress-author", it.SuppressAuthor))
		}
	case *Ruby:
		p.line(depth, "ruby", span, strings.Join(n.Base, "|"), strings.Join(n.Reading, "|"))
	case *IndexTerm:
		p.line(depth, "index-term", span, strconv.Quote(n.Term), named("reading", n.Reading), named("see", n.See), named("see-also", n.SeeAlso))
	case *Anchor:
		p.line(depth, "anchor", span, n.ID)
	case *Styled:
		p.line(depth, "styled", span, strings.Join(n.Classes, " "), named("lang", n.Lang))
	default:
		name := strings.ToLower(strings.TrimPrefix(fmt.Sprintf("%T", n), "*book."))
		p.line(depth, name, span)
	}
	p.inlines(depth+1, Kids(n))
}
