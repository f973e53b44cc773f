package dedup

import (
	"regexp"
	"strings"

	"banxin/pipeline/book"
	"banxin/pipeline/source"
)

// parse makes a book of Markdown in the plain subset the tests are written in:
// # headings, paragraphs, nested "-" and "1." lists, fences. It stands in for
// markdown.Parse and outline.Recover, which this package may not import.
func parse(files ...*source.File) *book.Book {
	b := &book.Book{Files: files}
	for _, f := range files {
		p := &plainParser{file: f, book: b}
		p.run()
	}
	return b
}

type plainParser struct {
	file  *source.File
	book  *book.Book
	stack []*book.Section
	lists []*book.List
	para  *book.Paragraph
	at    int
}

var (
	headingLine = regexp.MustCompile(`^(#{1,6})\s+(.*)$`)
	itemLine    = regexp.MustCompile(`^(\s*)(?:[-*]|\d+\.)\s+(.*)$`)
	typedNumber = regexp.MustCompile(`^(第.{1,3}部分|第.{1,3}章|附录 ?[A-Z]|\d+(?:\.\d+)+)[：:\s]\s*(.*)$`)
)

func (p *plainParser) run() {
	text := string(p.file.Text)
	for p.at < len(text) {
		end := strings.IndexByte(text[p.at:], '\n')
		next := len(text)
		line := text[p.at:]
		if end >= 0 {
			line, next = text[p.at:p.at+end], p.at+end+1
		}
		line = strings.TrimRight(line, " \r")
		trimmed := strings.TrimLeft(line, " ")
		switch {
		case trimmed == "":
			p.para = nil
		case strings.HasPrefix(trimmed, "<!--"): // a comment is nothing
			p.para = nil
		case strings.HasPrefix(trimmed, "```"):
			next = p.fence(text, line, trimmed, next)
		case headingLine.MatchString(line):
			p.heading(headingLine.FindStringSubmatch(line))
		case itemLine.MatchString(line):
			m := itemLine.FindStringSubmatch(line)
			p.item(len(m[1]), m[2], len(line))
		default:
			p.text(line, len(line)-len(trimmed))
		}
		p.at = next
	}
	for i := len(p.stack) - 1; i >= 0; i-- {
		p.stack[i].Span.End = len(text)
	}
}

func (p *plainParser) span(n int) source.Span {
	return source.Span{File: p.file, Start: p.at, End: p.at + n}
}

func (p *plainParser) heading(m []string) {
	level := len(m[1])
	for len(p.stack) > 0 && p.stack[len(p.stack)-1].Level >= level {
		p.stack[len(p.stack)-1].Span.End = p.at
		p.stack = p.stack[:len(p.stack)-1]
	}
	sp := p.span(len(m[0]))
	s := &book.Section{Span: sp, Heading: sp, Level: level, Title: text(m[2])}
	if t := typedNumber.FindStringSubmatch(m[2]); t != nil {
		s.Typed, s.Title = t[1], text(t[2])
		switch {
		case strings.HasSuffix(t[1], "部分"):
			s.Role = book.Part
		case strings.HasSuffix(t[1], "章"):
			s.Role = book.Chapter
		case strings.HasPrefix(t[1], "附录"):
			s.Role = book.Appendix
		}
	}
	switch m[2] {
	case "小结":
		s.Role = book.Closing
	case "目录", "目录大纲":
		s.Role = book.Contents
	}
	s.Label = m[2]
	if len(p.stack) == 0 {
		p.book.Sections = append(p.book.Sections, s)
	} else {
		top := p.stack[len(p.stack)-1]
		top.Sections = append(top.Sections, s)
	}
	p.stack, p.lists, p.para = append(p.stack, s), nil, nil
}

func text(s string) []book.Inline {
	return []book.Inline{&book.Text{Value: strings.ReplaceAll(s, "**", "")}}
}

// into returns the block list that a line of the given indent belongs to.
func (p *plainParser) into(indent int) *[]book.Block {
	depth := min(indent/2, len(p.lists))
	p.lists = p.lists[:depth]
	if depth > 0 {
		l := p.lists[depth-1]
		return &l.Items[len(l.Items)-1].Blocks
	}
	if len(p.stack) == 0 {
		return &p.book.Preamble
	}
	return &p.stack[len(p.stack)-1].Blocks
}

func (p *plainParser) item(indent int, s string, n int) {
	depth := indent / 2
	if depth >= len(p.lists) {
		bs := p.into(indent)
		l := &book.List{Node: book.Node{Span: p.span(n)}}
		*bs = append(*bs, l)
		p.lists = append(p.lists, l)
	}
	p.lists = p.lists[:depth+1]
	l := p.lists[depth]
	it := &book.Item{Span: p.span(n)}
	l.Items = append(l.Items, it)
	p.para = &book.Paragraph{Node: book.Node{Span: p.span(n).Sub(n-len(s), n)}, Inlines: text(s)}
	it.Blocks = append(it.Blocks, p.para)
}

func (p *plainParser) text(line string, indent int) {
	if p.para != nil {
		p.para.Inlines = append(p.para.Inlines, text("\n"+line)...)
		p.para.Span.End = p.at + len(line)
		return
	}
	bs := p.into(indent)
	p.para = &book.Paragraph{Node: book.Node{Span: p.span(len(line))}, Inlines: text(line)}
	*bs = append(*bs, p.para)
}

func (p *plainParser) fence(all, line, trimmed string, next int) int {
	bs := p.into(len(line) - len(trimmed))
	start := next
	for next < len(all) {
		end := strings.IndexByte(all[next:], '\n')
		stop := len(all)
		if end >= 0 {
			stop = next + end + 1
		}
		if strings.HasPrefix(strings.TrimLeft(all[next:stop], " "), "```") {
			*bs = append(*bs, &book.Code{Node: book.Node{Span: p.span(stop - 1 - p.at)}, Info: trimmed[3:], Text: all[start:next]})
			p.para = nil
			return stop
		}
		next = stop
	}
	*bs = append(*bs, &book.Code{Node: book.Node{Span: p.span(next - p.at)}, Text: all[start:]})
	return next
}
