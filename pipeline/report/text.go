package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"banxin/pipeline/diag"
)

// paint holds the terminal's colours; all empty without Options.Color.
type paint struct{ bold, dim, red, yellow, blue, off string }

func palette(on bool) paint {
	if !on {
		return paint{}
	}
	return paint{"\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[33m", "\x1b[34m", "\x1b[0m"}
}

func (p paint) severity(s diag.Severity) string {
	switch s {
	case diag.Error:
		return p.red
	case diag.Warning:
		return p.yellow
	}
	return p.blue
}

// writeText prints file:line:col: severity: message [code], the source line
// with a caret, the hint and related places, then the totals.
func writeText(w io.Writer, l diag.List, o Options) error {
	b := bufio.NewWriter(w)
	p := palette(o.Color)
	shown := map[string]int{}
	for _, d := range l {
		shown[d.Code]++
		if o.Limit > 0 && shown[d.Code] > o.Limit {
			continue
		}
		textItem(b, d, o, p)
	}
	zh := strings.HasPrefix(o.Lang, "zh")
	for _, d := range l { // in order of appearance, once a rule
		if n := shown[d.Code] - o.Limit; o.Limit > 0 && n > 0 {
			if zh {
				fmt.Fprintf(b, "还有 %d 处 [%s] 未列出（--max-findings 0 列出全部）\n", n, d.Code)
			} else {
				fmt.Fprintf(b, "and %d more [%s] (--max-findings 0 shows all)\n", n, d.Code)
			}
			delete(shown, d.Code)
		}
	}
	e, wn, n := counts(l)
	if zh {
		fmt.Fprintf(b, "%d 个错误，%d 个警告，%d 个提示\n", e, wn, n)
	} else {
		fmt.Fprintf(b, "%s, %s, %s\n", plural(e, "error"), plural(wn, "warning"), plural(n, "note"))
	}
	return b.Flush()
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func textItem(b *bufio.Writer, d diag.Diagnostic, o Options, p paint) {
	if f := o.file(d.Span); f != "" {
		pos := d.Pos()
		fmt.Fprintf(b, "%s%s:%d:%d:%s ", p.bold, f, pos.Line, pos.Column, p.off)
	}
	fmt.Fprintf(b, "%s%s:%s %s %s[%s]%s\n", p.severity(d.Severity), d.Severity, p.off, clean(d.Message.In(o.Lang)), p.dim, d.Code, p.off)
	caret(b, d, p)
	if h := d.Hint.In(o.Lang); h != "" {
		label := "hint:"
		if strings.HasPrefix(o.Lang, "zh") {
			label = "建议:"
		}
		fmt.Fprintf(b, "    %s%s%s %s\n", p.bold, label, p.off, clean(h))
	}
	for _, r := range d.Related {
		pos := r.Span.Pos()
		fmt.Fprintf(b, "    %s:%d:%d: %s\n", o.file(r.Span), pos.Line, pos.Column, clean(r.Message.In(o.Lang)))
	}
}

// caret prints the source line, cut to a window around the span, and marks the
// span under it. Columns are counted in cells: a wide character takes two.
func caret(b *bufio.Writer, d diag.Diagnostic, p paint) {
	if d.Span.File == nil {
		return
	}
	pos := d.Pos()
	line := d.Span.File.Line(pos.Line)
	bare := strings.TrimPrefix(line, "\ufeff")
	start := d.Span.Start - d.Span.File.LineStart(pos.Line) - (len(line) - len(bare))
	line = bare
	start = max(0, min(start, len(line)))
	end := min(len(line), start+max(0, d.Span.End-d.Span.Start))
	const before, after = 40, 60 // characters shown around the mark
	a := back(line, start, before)
	z := forth(line, start, after)
	if strings.TrimSpace(line[a:z]) == "" {
		return
	}
	lead, tail := "", ""
	if a > 0 {
		lead = "…"
	}
	if z < len(line) {
		tail = "…"
	}
	pad := cells(lead) + cells(clean(line[a:start]))
	mark := max(1, cells(clean(line[start:max(start, min(end, z))])))
	fmt.Fprintf(b, "    %s%s%s\n", lead, clean(line[a:z]), tail)
	fmt.Fprintf(b, "    %s%s%s%s\n", strings.Repeat(" ", pad), p.severity(d.Severity), strings.Repeat("^", mark), p.off)
}

// clean makes a line safe for a terminal: tabs are one space, control
// characters a placeholder.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 || r == 0x202e || r == 0x2066 || r == utf8.RuneError:
			return '�'
		}
		return r
	}, s)
}

func back(s string, from, n int) int {
	for ; from > 0 && n > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:from])
		from -= size
	}
	return from
}

func forth(s string, from, n int) int {
	for ; from < len(s) && n > 0; n-- {
		_, size := utf8.DecodeRuneInString(s[from:])
		from += size
	}
	return from
}

// cells is the width of s in terminal cells.
func cells(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x1100 && (r <= 0x115f || r >= 0x2e80 && r <= 0xa4cf || r >= 0xac00 && r <= 0xd7a3 || r >= 0xf900 && r <= 0xfaff || r >= 0xfe30 && r <= 0xfe6f || r >= 0xff00 && r <= 0xff60 || r >= 0xffe0 && r <= 0xffe6 || r >= 0x1f300 && r <= 0x1faff || r >= 0x20000 && r <= 0x3fffd) {
			n++
		}
	}
	return n
}
