package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"banxin/pipeline/book"
)

// headingParser reads ATX headings, also those with no space after the #
// signs: #标题, ##1.1 标题.
type headingParser struct{}

func (headingParser) Trigger() []byte { return []byte{'#'} }

func (headingParser) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, seg := r.PeekLine()
	pos := pc.BlockOffset()
	if pos < 0 {
		return nil, parser.NoChildren
	}
	n := run(line, pos)
	if n > 6 {
		return nil, parser.NoChildren
	}
	from := pos + n
	switch {
	case from >= len(line) || line[from] == ' ' || line[from] == '\t' || line[from] == '\n':
	case !opensTitle(line, from, n):
		return nil, parser.NoChildren
	}
	for from < len(line) && (line[from] == ' ' || line[from] == '\t') {
		from++
	}
	to := titleEnd(line, from)
	h := ast.NewHeading(n)
	base := seg.Start - seg.Padding
	h.Lines().Append(text.NewSegment(base+from, base+to))
	r.AdvanceToEOL()
	return h, parser.NoChildren
}

// opensTitle reports whether a # run of n signs directly before s[i:] is meant
// as a heading: a character of the Han square follows, or after ## and more a
// letter or a figure. #tag and #!/bin/sh are not.
func opensTitle(s []byte, i, n int) bool {
	r := after(s, i)
	if n == 1 {
		return wide(r) && !bytes.ContainsRune(s[i:], '#')
	}
	return wide(r) || r < 0x80 && alnum(byte(r))
}

// titleEnd takes off spaces and closing # signs.
func titleEnd(line []byte, from int) int {
	to := len(bytes.TrimRight(line, " \t\n"))
	if to <= from {
		return from
	}
	k := to
	for k > from && line[k-1] == '#' {
		k--
	}
	if k < to && (k == from || line[k-1] == ' ' || line[k-1] == '\t') {
		to = k
		for to > from && (line[to-1] == ' ' || line[to-1] == '\t') {
			to--
		}
	}
	return to
}

func (headingParser) Continue(ast.Node, text.Reader, parser.Context) parser.State {
	return parser.Close
}
func (headingParser) Close(ast.Node, text.Reader, parser.Context) {}
func (headingParser) CanInterruptParagraph() bool                 { return true }
func (headingParser) CanAcceptIndentedLine() bool                 { return false }

// heading stands among blocks until sections are made of them. It never leaves
// this package.
type heading struct {
	book.Node
	level   int
	inlines []book.Inline
}

// heading converts a goldmark heading with its attributes.
func (d *document) heading(n *ast.Heading) *heading {
	h := &heading{level: n.Level}
	lines := n.Lines()
	a, b := n.Pos(), n.Pos()
	if lines.Len() > 0 {
		b = lines.At(lines.Len() - 1).Stop
	}
	s, at := d.gather(lines)
	if k := bytes.LastIndexByte(s, '{'); k >= 0 && len(s) > 0 && s[len(s)-1] == '}' && (k == 0 || s[k-1] != '\\') {
		if at, m := readAttrs(s[k:]); m == len(s)-k {
			h.Label, h.Classes, h.Lang = at.id, at.classes, at.get("lang")
			s = bytes.TrimRight(s[:k], " \t#")
		}
	}
	h.inlines = d.inline(s, at)
	h.Span = d.text.span(a, d.lineEnd(b))
	if lines.Len() > 0 && d.text.text[min(a, len(d.text.text)-1)] != '#' {
		h.Span = d.text.span(a, d.underline(b))
	}
	return h
}

// lineEnd is the end of the line at prepared offset at, without its spaces.
func (d *document) lineEnd(at int) int {
	t := d.text.text
	if at >= len(t) {
		return len(t)
	}
	if k := bytes.IndexByte(t[at:], '\n'); k >= 0 {
		return at + len(bytes.TrimRight(t[at:at+k], " \t"))
	}
	return at + len(bytes.TrimRight(t[at:], " \t"))
}

// underline is the end of the === or --- line of a setext heading whose text
// ends at b.
func (d *document) underline(b int) int {
	t := d.text.text
	if k := bytes.IndexByte(t[b:], '\n'); k >= 0 {
		return d.lineEnd(b + k + 1)
	}
	return b
}
