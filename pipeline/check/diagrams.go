package check

import (
	"strings"
	"unicode/utf8"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

func diagramRules() []rule {
	return []rule{
		define("diagram-parse", diag.Error, diag.Warning, diag.Error,
			text("The source of a diagram cannot be read.", "图示的源码无法解读。"),
			text("The reader would get the source in place of a picture.", "读者看到的将是源码而不是图。"),
			text("Mend the source at the place named.", "在所指的位置改正源码。"),
			"```mermaid\ngraph TD\n  A[甲 --> B[乙]\n```\n").by(merged, diagramParse),
	}
}

func diagramParse(s *survey) diag.List {
	var l diag.List
	s.eachBlock(func(b book.Block) {
		d, ok := b.(*book.Diagram)
		if !ok {
			return
		}
		bad := readDiagram(d.Text, d.Language)
		if bad == nil {
			return
		}
		l.Add("diagram-parse", sourcePlace(d, bad), diag.Text{En: "the diagram cannot be read: " + bad.en, Zh: "图示无法解读：" + bad.zh})
	})
	return l
}

// sourcePlace maps a place in a diagram's text to the manuscript, where its
// lines may be indented.
func sourcePlace(d *book.Diagram, f *fault) source.Span {
	src := d.TextSpan.Text()
	at := offset(src, f.line, 1)
	if d.TextSpan.File == nil || at >= len(src) {
		return firstLine(d.Span)
	}
	own := d.Text[min(offset(d.Text, f.line, 1), len(d.Text)):]
	own, _, _ = strings.Cut(own, "\n")
	line, _, _ := strings.Cut(src[at:], "\n")
	if i := strings.Index(line, strings.TrimRight(own, "\r")); i > 0 {
		at += i
	}
	i := at + offset(src[at:], 1, f.column)
	if end := at + len(strings.TrimRight(line, "\r")); i > end {
		i = end
	}
	if i >= len(src) {
		return d.TextSpan.Sub(len(src), len(src))
	}
	_, w := utf8.DecodeRuneInString(src[i:])
	return d.TextSpan.Sub(i, i+w)
}
