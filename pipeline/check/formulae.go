package check

import (
	"strings"
	"unicode/utf8"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

func mathRules() []rule {
	const off, note, warn, fail = diag.Off, diag.Note, diag.Warning, diag.Error
	return []rule{
		define("math-parse", fail, warn, fail,
			text("A formula cannot be read: a brace or an environment is open, a command is unknown or lacks its arguments.", "公式无法解读：括号或环境没有闭合，命令不认识或缺少参数。"),
			text("It would be printed as TeX source.", "只能把 TeX 源码印出来。"),
			text("Mend the formula at the place named.", "在所指的位置改正公式。"),
			"其中 $\\frac{a}{b$ 为比值。\n").by(merged, mathParse),
		define("math-dollar-suspect", warn, warn, warn,
			text("What stands between two dollars is read as a formula, but looks like names of variables or a sentence.", "两个美元符号之间的内容读作公式，却像变量名或句子。"),
			text("It would be set in italics without its spaces, or printed as source.", "它会排成没有空格的斜体，或者印成源码。"),
			text("Put it in backticks, or write the dollars as \\$.", "放进反引号，或把美元符号写成 \\$。"),
			"模板里的 $x_{a 与$name 两个变量。\n"),
		define("math-delimiter-unsupported", note, off, note,
			text(`A formula stands between \( and \) or \[ and \].`, `公式写在 \( \) 或 \[ \] 之间。`),
			text("This program reads it; CommonMark takes the backslashes for escapes and prints brackets.", "本程序能读懂；CommonMark 却把反斜杠当作转义，印成普通括号。"),
			text("Write $…$ or $$…$$; --fix does.", "改用 $…$ 或 $$…$$；--fix 可代劳。"),
			"其中 \\(x_i\\) 为输入。\n").by(merged, mathDelimiters),
		define("math-fence-language", warn, warn, fail,
			text("A ```latex fence holds formulae; whether they are to be set or shown as source is not said.", "```latex 围栏里是公式，却没有写明是排成公式还是显示源码。"),
			text("Other tools show the source. This one sets them, which is a guess.", "别的工具显示源码；本程序排成公式，但这是推测。"),
			text("Write ```math (--fix does), or set math.latex-fences in book.yaml.", "改写为 ```math（--fix 可代劳），或在 book.yaml 设 math.latex-fences。"),
			"```latex\nE = mc^2\n```\n").by(merged, mathFences),
		define("math-multi-equation", warn, warn, fail,
			text(`A block holds several formulae on lines of their own, without \\ or aligned.`, `一个公式块里有几行公式，没有用 \\ 或 aligned 分行。`),
			text("TeX runs them together on one line; this program sets one a line.", "TeX 会把它们连成一行；本程序逐行排列。"),
			text("Wrap them in aligned, or make a block of each.", "用 aligned 包起来，或分成几个公式块。"),
			"```math\na = b\nc = d\n```\n").by(merged, mathSeveral),
	}
}

// formula is a formula of the book and where its TeX stands.
type formula struct {
	tex     string
	span    source.Span // with its delimiters
	inner   source.Span // of the TeX
	display *book.Math  // nil in running text
}

// formulae calls f for every formula that is printed. A display formula inside
// a paragraph comes once.
func (s *survey) formulae(f func(formula)) {
	s.eachBlock(func(b book.Block) {
		if m, ok := b.(*book.Math); ok {
			f(formula{m.TeX, m.Span, m.TeXSpan, m})
		}
	})
	s.runs(func(ns []book.Inline) {
		book.EachInline(ns, func(n book.Inline) bool {
			if m, ok := n.(*book.InlineMath); ok {
				f(formula{m.TeX, m.Span, m.Span, nil})
			}
			return true
		})
	})
}

func mathParse(s *survey) diag.List {
	var l diag.List
	s.formulae(func(f formula) {
		rows := []string{f.tex}
		if f.display != nil && len(f.display.Rows) > 0 {
			rows = f.display.Rows
		}
		if f.display == nil && dubious(f, false) {
			l = append(l, suspect(f))
			return
		}
		from := 0
		src := f.inner.Text()
		for _, tex := range rows {
			at := strings.Index(src[from:], tex)
			bad := readFormula(tex, s.book.Meta.Macros)
			if bad == nil {
				from += max(0, at)
				continue
			}
			if f.display == nil && dubious(f, true) {
				l = append(l, suspect(f))
				return
			}
			span := f.span
			if at >= 0 {
				from += at
				span = character(f.inner, tex, from, offset(tex, bad.line, bad.column))
			}
			l.Add("math-parse", span, diag.Text{En: "the formula cannot be read: " + bad.en, Zh: "公式无法解读：" + bad.zh})
		}
	})
	return l
}

// character is the span of the character at byte i of tex, which begins at
// byte from of inner; it is empty at the end.
func character(inner source.Span, tex string, from, i int) source.Span {
	if i >= len(tex) {
		return inner.Sub(from+len(tex), from+len(tex))
	}
	_, w := utf8.DecodeRuneInString(tex[i:])
	return inner.Sub(from+i, from+i+w)
}

func suspect(f formula) diag.Diagnostic {
	return diag.Diagnostic{Code: "math-dollar-suspect", Span: firstLine(f.span),
		Message: diag.T("“%s” is read as a formula; is it one?", "“%s”读作公式，是公式吗？", short(f.span.Text())),
		Hint:    text("put it in backticks, or write \\$", "放进反引号，或写成 \\$")}
}

// dubious reports whether $…$ is rather text: an upper-case name of three
// letters or more before the second dollar's own name ($HOME/pkg/$GOOS). One
// that cannot be read is dubious, too, if words follow its end directly or it
// holds a sentence.
func dubious(f formula, unreadable bool) bool {
	t := f.span.Text()
	if f.span.File == nil || len(t) < 3 || t[0] != '$' || t[1] == '$' {
		return false
	}
	rest := f.span.File.Text[min(f.span.End, len(f.span.File.Text)):]
	joined := len(rest) > 0 && (isLetter(rest[0]) || rest[0] == '{' || rest[0] == '_')
	if unreadable {
		return joined || strings.ContainsAny(t, "，。；、「」") || strings.ContainsFunc(t, func(r rune) bool { return r >= 0x3040 && r <= 0x30ff })
	}
	caps := 0
	for caps+1 < len(t) && t[1+caps] >= 'A' && t[1+caps] <= 'Z' {
		caps++
	}
	return joined && caps >= 3 && !strings.ContainsAny(t, `\^=`)
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// offset is the byte offset of a line and a column, counted from 1; len(s) if
// there is no such place.
func offset(s string, line, column int) int {
	at := 0
	for ; line > 1; line-- {
		i := strings.IndexByte(s[at:], '\n')
		if i < 0 {
			return len(s)
		}
		at += i + 1
	}
	for ; column > 1 && at < len(s); column-- {
		_, w := utf8.DecodeRuneInString(s[at:])
		at += w
	}
	return at
}

func mathDelimiters(s *survey) diag.List {
	var l diag.List
	s.formulae(func(f formula) {
		t := f.span.Text()
		end, mark := `\)`, "$"
		switch {
		case strings.HasPrefix(t, `\(`):
		case strings.HasPrefix(t, `\[`):
			end, mark = `\]`, "$$"
		default:
			return
		}
		close := strings.LastIndex(t, end)
		if close < 2 {
			return
		}
		d := l.Add("math-delimiter-unsupported", f.span.Sub(0, close+2),
			diag.T("%[1]s…%[2]s is read as a formula here, as brackets elsewhere", "%[1]s…%[2]s 在此读作公式，在别处只是括号", t[:2], end),
			diag.T("write %s…%s", "改用 %s…%s", mark, mark))
		inner := t[2:close]
		body := strings.TrimSpace(inner)
		after := f.span.File.Text[min(f.span.Start+close+2, len(f.span.File.Text)):]
		if mark == "$" && (strings.Contains(inner, "$") || len(after) > 0 && after[0] >= '0' && after[0] <= '9' || body == "") {
			return
		}
		lead := strings.Index(inner, body)
		if mark == "$$" {
			lead, body = 0, inner
		}
		d.Fix = &diag.Fix{Message: text("use dollars", "改用美元符号"), Edits: []diag.Edit{
			{Span: f.span.Sub(0, 2+lead), New: mark},
			{Span: f.span.Sub(2+lead+len(body), close+2), New: mark},
		}}
	})
	return l
}

func mathFences(s *survey) diag.List {
	if s.options.LatexFences != "" {
		return nil
	}
	var l diag.List
	s.formulae(func(f formula) {
		line := firstLine(f.span)
		if f.display == nil {
			return
		}
		t := line.Text()
		at := len(t) - len(strings.TrimLeft(t, "`~ \t"))
		word := t[at:]
		if i := strings.IndexAny(word, " \t{"); i >= 0 {
			word = word[:i]
		}
		if at < 3 || !strings.EqualFold(word, "latex") && !strings.EqualFold(word, "tex") {
			return
		}
		d := l.Add("math-fence-language", line, diag.T("a ```%s fence is set as a formula", "```%s 围栏按公式排", word),
			text("write ```math, or set math.latex-fences in book.yaml", "改写为 ```math，或在 book.yaml 设 math.latex-fences"))
		d.Fix = &diag.Fix{Message: text("write math", "改写为 math"), Edits: []diag.Edit{{Span: line.Sub(at, at+len(word)), New: "math"}}}
	})
	return l
}

func mathSeveral(s *survey) diag.List {
	var l diag.List
	s.formulae(func(f formula) {
		if f.display == nil || strings.Contains(f.tex, `\\`) || strings.Contains(f.tex, `\begin`) {
			return
		}
		n := len(f.display.Rows)
		if n == 0 {
			n = equations(f.tex)
		}
		if n > 1 {
			l.Add("math-multi-equation", firstLine(f.span), diag.T("%d formulae in one block, without \\\\ or aligned", "一个公式块里有 %d 个公式，没有用 \\\\ 或 aligned 分行", n),
				text("wrap them in aligned, or make a block of each", "用 aligned 包起来，或分成几块"))
		}
	})
	return l
}

// equations counts the lines of a formula if each is an equation for itself; 0
// if one goes on on the next.
func equations(tex string) int {
	n := 0
	for _, line := range strings.Split(tex, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		i := strings.IndexByte(line, '=')
		if i <= 0 || strings.ContainsAny(line[:1], "=+-*/<>&") || strings.ContainsAny(line[len(line)-1:], "=+-*/<>&({[") {
			return 0
		}
		n++
	}
	return n
}
