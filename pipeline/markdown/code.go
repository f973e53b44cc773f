package markdown

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"banxin/pipeline/book"
	"banxin/pipeline/source"
)

// fence says where a fenced block begins and ends in the prepared text, its
// closing fence included if it has one.
func (d *document) fence(n *ast.FencedCodeBlock) (from, to int, closed bool) {
	t := d.text.text
	from = max(0, n.Pos())
	for from < len(t) && t[from] != '`' && t[from] != '~' {
		from++
	}
	if from >= len(t) {
		return len(t), len(t), false
	}
	size := run(t, from)
	to = d.lineEnd(from)
	at := d.nextLine(from)
	if l := n.Lines(); l.Len() > 0 {
		last := l.At(l.Len() - 1)
		at = last.Stop
		to = at
		if at > 0 && t[at-1] == '\n' {
			to--
		}
	}
	end := d.lineEnd(at)
	if at >= len(t) || t[at-1] != '\n' {
		return from, to, false
	}
	s := bytes.TrimLeft(t[at:end], " \t>")
	if len(s) >= size && s[0] == t[from] && run(s, 0) == len(s) {
		return from, end, true
	}
	return from, to, false
}

// lines joins the lines of raw text, without the final line end.
func (d *document) rawLines(l *text.Segments) (string, source.Span) {
	n := l.Len()
	if n == 0 {
		return "", source.Span{}
	}
	var b strings.Builder
	b.Grow(l.At(n-1).Stop - l.At(0).Start + 1)
	for i := range n {
		s := l.At(i)
		for range s.Padding {
			b.WriteByte(' ')
		}
		b.Write(d.text.text[s.Start:s.Stop])
	}
	v := strings.TrimSuffix(b.String(), "\n")
	return d.str([]byte(v)), d.text.span(l.At(0).Start, l.At(0).Start+max(0, l.At(n-1).Stop-l.At(0).Start))
}

func (d *document) indentedCode(n *ast.CodeBlock) book.Block {
	c := &book.Code{Node: d.node(d.whole(n))}
	c.Text, c.TextSpan = d.rawLines(n.Lines())
	return c
}

// fenced is a listing, a diagram or formulae, as its language says.
func (d *document) fenced(n *ast.FencedCodeBlock) book.Block {
	from, to, closed := d.fence(n)
	span := d.text.span(from, max(from, to))
	if !closed {
		d.openEnded(string(d.text.text[from:min(len(d.text.text), from+run(d.text.text, min(from, len(d.text.text)-1)))]), d.text.span(from, d.lineEnd(from)))
	}
	info, infoAt := "", 0
	if n.Info != nil {
		info, infoAt = d.str(n.Info.Segment.Value(d.text.text)), n.Info.Segment.Start
	}
	lang, a := readInfo(info)
	body, textSpan := d.rawLines(n.Lines())
	if n.Lines().Len() == 0 {
		p := d.text.span(d.lineEnd(from), d.lineEnd(from))
		textSpan = p
	}
	caption := d.attrText(a, infoAt)
	node := d.node(span)
	var b book.Block
	switch {
	case diagramLanguage(lang):
		b = &book.Diagram{Node: node, Language: lang, Text: body, TextSpan: textSpan, Caption: caption, Alt: a.get("alt")}
	case lang == "math" || (lang == "latex" || lang == "tex") && d.parser.opt.LatexFences.math(body):
		b = &book.Math{Node: node, TeX: strings.TrimSpace(body), TeXSpan: textSpan, Rows: mathRows(body)}
	default:
		c := &book.Code{Node: node, Language: lang, Info: info, Text: body, TextSpan: textSpan, Caption: caption, Fenced: true, FirstLine: 1}
		numbering(c, a)
		if lang == "rust" {
			c.Text = hideLines(c.Text)
		}
		b = c
	}
	d.dress(b, &attrs{id: a.id, classes: a.classes})
	return b
}

// attrText is the caption or title an info string gives.
func (d *document) attrText(a *attrs, at int) []book.Inline {
	v := a.get("caption")
	for _, k := range []string{"title", "name", "fig-cap", "lst-cap"} {
		if v == "" {
			v = a.get(k)
		}
	}
	if v == "" {
		return nil
	}
	line := d.text.text[at:d.lineEnd(at)]
	if i := bytes.Index(line, []byte(v)); i >= 0 {
		return d.inline(line[i:i+len(v)], []lineAt{{0, at + i}})
	}
	return []book.Inline{&book.Text{Leaf: book.Leaf{Span: d.text.span(at, at+len(line))}, Value: v}}
}

// readInfo splits an info string into a language and attributes:
// "rust,ignore", "js {1,3} title=\"x\"", "{.python #lst:x caption=…}", "{mermaid}".
func readInfo(info string) (string, *attrs) {
	a := &attrs{}
	s := strings.TrimSpace(info)
	if strings.HasPrefix(s, "{") {
		if at, n := readAttrs([]byte(s)); n > 0 {
			a = at
			if len(a.classes) > 0 {
				lang := strings.TrimPrefix(a.classes[0], "language-")
				a.classes = a.classes[1:]
				return strings.ToLower(lang), a
			}
			return "", a
		}
		inner := strings.Trim(s, "{}")
		lang, _, _ := strings.Cut(inner, " ") // Quarto's {python}, MyST's {code-block} lang
		return strings.ToLower(strings.TrimPrefix(lang, ".")), a
	}
	end := strings.IndexAny(s, " \t,{:;")
	lang, rest := s, ""
	if end >= 0 {
		lang, rest = s[:end], s[end:]
	}
	for rest != "" {
		rest = strings.TrimLeft(rest, " \t,:;")
		if at, n := readAttrs([]byte(rest)); n > 0 {
			a.id, a.classes = at.id, append(a.classes, at.classes...)
			a.keys = append(a.keys, at.keys...)
			rest = rest[n:]
			continue
		}
		if n := readKey([]byte(rest), a); n > 0 {
			rest = rest[n:]
			continue
		}
		k := strings.IndexAny(rest, " \t,")
		if k < 0 {
			k = len(rest)
		}
		if w := rest[:k]; w != "" {
			a.keys = append(a.keys, [2]string{w, "true"})
		}
		rest = rest[k:]
	}
	return strings.ToLower(lang), a
}

// numbering reads what an info string says of line numbers.
func numbering(c *book.Code, a *attrs) {
	for _, k := range []string{"startFrom", "start", "linenostart", "start-from"} {
		if n, err := strconv.Atoi(a.get(k)); err == nil && n > 0 {
			c.FirstLine = n
			c.Numbered = true
		}
	}
	for _, k := range []string{"linenums", "linenos", "showLineNumbers", "lineNumbers", "line-numbers"} {
		switch v := a.get(k); v {
		case "", "false":
		default:
			c.Numbered = true
			if n, err := strconv.Atoi(v); err == nil && n > 0 {
				c.FirstLine = n
			}
		}
	}
	if a.has("numberLines") || a.has("number-lines") || a.has("line-numbers") {
		c.Numbered = true
	}
}

// diagramLanguage reports whether a fence of the language is a drawing.
func diagramLanguage(lang string) bool {
	switch lang {
	case "mermaid", "dot", "graphviz", "plantuml", "puml", "uml", "d2", "ditaa", "flow", "flowchart", "sequence", "seq", "wavedrom", "vega", "vega-lite", "bytefield", "blockdiag", "nomnoml", "pikchr", "svgbob", "gantt":
		return true
	}
	return false
}

// hideLines takes out what mdBook hides in Rust listings: lines of # and a
// space, or # alone; ## stands for a # that shows.
func hideLines(s string) string {
	if !strings.HasPrefix(s, "#") && !strings.Contains(s, "\n#") && !strings.Contains(s, " #") {
		return s
	}
	lines := strings.Split(s, "\n")
	out := lines[:0]
	for _, l := range lines {
		t := strings.TrimLeft(l, " \t")
		switch {
		case t == "#" || strings.HasPrefix(t, "# "):
			continue
		case strings.HasPrefix(t, "##"):
			l = l[:len(l)-len(t)] + t[1:]
		}
		out = append(out, l)
	}
	return strings.Join(out, "\n")
}

// LatexFences says what ```latex and ```tex fences hold.
type LatexFences string

const (
	// LatexAuto takes a fence for formulae unless it holds a document:
	// \documentclass, \usepackage, \begin{document} and their like.
	LatexAuto LatexFences = ""
	LatexMath LatexFences = "math"
	LatexCode LatexFences = "code"
)

func (l LatexFences) math(body string) bool {
	switch l {
	case LatexMath:
		return true
	case LatexCode:
		return false
	}
	for _, w := range []string{`\documentclass`, `\usepackage`, `\begin{document}`, `\section`, `\chapter`, `\newcommand`, `\includegraphics`, `\begin{figure}`, `\begin{table}`, `\begin{tabular}`, `\item`, `\textbf`, `\maketitle`} {
		if strings.Contains(body, w) {
			return false
		}
	}
	return texLike([]byte(body))
}

// mathRows splits a fence into formulae: one a line, or one a stretch between
// blank lines; nil if it is one formula (\\ or an environment, or one line).
func mathRows(body string) []string {
	if strings.Contains(body, `\\`) || strings.Contains(body, `\begin{`) {
		return paragraphsOf(body)
	}
	var rows []string
	open := 0
	for _, l := range strings.Split(body, "\n") {
		l = strings.TrimSpace(l)
		if l == "" {
			open = 0
			continue
		}
		l = stripDollars(l)
		if open > 0 && len(rows) > 0 {
			rows[len(rows)-1] += " " + l
		} else {
			rows = append(rows, l)
		}
		open += strings.Count(l, "{") - strings.Count(l, "}") - strings.Count(l, `\{`) + strings.Count(l, `\}`)
		open += strings.Count(l, `\left`) - strings.Count(l, `\right`) - strings.Count(l, `\leftarrow`) + strings.Count(l, `\rightarrow`)
	}
	if len(rows) < 2 {
		return nil
	}
	return rows
}

// paragraphsOf splits at blank lines; nil for one.
func paragraphsOf(body string) []string {
	var rows []string
	for _, p := range strings.Split(body, "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			rows = append(rows, stripDollars(p))
		}
	}
	if len(rows) < 2 {
		return nil
	}
	return rows
}

// stripDollars takes the delimiters off a formula typed with them in a fence.
func stripDollars(l string) string {
	for _, d := range [][2]string{{"$$", "$$"}, {"$", "$"}, {`\[`, `\]`}, {`\(`, `\)`}} {
		if len(l) > len(d[0])+len(d[1]) && strings.HasPrefix(l, d[0]) && strings.HasSuffix(l, d[1]) {
			return strings.TrimSpace(l[len(d[0]) : len(l)-len(d[1])])
		}
	}
	return l
}

// math is a display formula on lines of its own.
func (d *document) math(n *mathNode, asm *assembly) {
	m := &book.Math{Node: d.node(d.whole(n))}
	m.TeX, m.TeXSpan = d.rawLines(n.Lines())
	m.TeX = strings.TrimSpace(m.TeX)
	if !n.closed {
		d.openEnded("$$", m.Span)
	}
	if n.tail.Start < n.tail.Stop {
		t := bytes.TrimSpace(d.text.text[n.tail.Start:n.tail.Stop])
		if a, k := readAttrs(t); k == len(t) && k > 0 {
			d.dress(m, a)
		} else if len(t) > 0 {
			asm.add(m)
			asm.add(&book.Paragraph{Node: book.Node{Span: d.text.span(n.tail.Start, n.tail.Stop)}, Inlines: d.inline(t, []lineAt{{0, n.tail.Stop - len(t)}}), Continued: true})
			return
		}
	}
	if m.TeX == "" {
		return
	}
	asm.add(m)
}
