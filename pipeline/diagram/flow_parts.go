package diagram

import (
	"strings"
)

// bracketKind is a pair of brackets and the shape it means.
type bracketKind struct {
	open, close string
	shape       shape
}

// brackets lists longer openings before those they begin with.
func brackets() []bracketKind {
	return []bracketKind{
		{"(((", ")))", doubleCircle},
		{"((", "))", circle},
		{"([", "])", stadium},
		{"(-", "-)", ellipse},
		{"(", ")", round},
		{"[[", "]]", subroutine},
		{"[(", ")]", cylinder},
		{"[/", "/]", leanRight},
		{"[/", "\\]", trapezoid},
		{"[\\", "\\]", leanLeft},
		{"[\\", "/]", trapezoidInv},
		{"[|", "|]", box},
		{"[", "]", box},
		{"{{", "}}", hexagon},
		{"{", "}", diamond},
		{">", "]", odd},
	}
}

// bracket reads a shape with its label.
func (f *flow) bracket(n *node) {
	rest := f.src[f.at:]
	if rest == "" || !strings.ContainsRune("([{>", rune(rest[0])) {
		return
	}
	begin := f.at
	var wanted string
	best, bestEnd, label := -1, 0, ""
	list := brackets()
	for i, b := range list {
		if !strings.HasPrefix(rest, b.open) || best >= 0 && len(b.open) < len(list[best].open) {
			continue
		}
		if wanted == "" {
			wanted = b.close
		}
		text, end, ok := f.inBrackets(begin+len(b.open), b)
		if ok && (best < 0 || end < bestEnd) {
			best, bestEnd, label = i, end, text
		}
	}
	if best < 0 {
		f.fail(begin, "this bracket is not closed: “"+wanted+"” is missing", "括号没有闭合：缺少“"+wanted+"”")
		return
	}
	n.shape, n.text = list[best].shape, label
	f.at = bestEnd
}

// inBrackets reads a label up to its closing bracket. A quoted label may hold
// anything; in any other, brackets of the same kind must pair.
func (f *flow) inBrackets(at int, b bracketKind) (label string, end int, ok bool) {
	i := at
	for i < len(f.src) && isSpace(f.src[i]) {
		i++
	}
	if i < len(f.src) && f.src[i] == '"' {
		n := strings.IndexByte(f.src[i+1:], '"')
		if n < 0 {
			return "", 0, false
		}
		stop := i + 1 + n + 1
		after := stop
		for after < len(f.src) && isSpace(f.src[after]) {
			after++
		}
		if strings.HasPrefix(f.src[after:], b.close) {
			return dedent(f.src[i+1 : stop-1]), after + len(b.close), true
		}
	}
	// The innermost bracket tells how deep a label is.
	open, shut := b.open[len(b.open)-1], b.close[0]
	plain := len(b.open) == 1 && b.open != ">"
	depth := 0
	for i = at; i < len(f.src); i++ {
		c := f.src[i]
		if depth == 0 && strings.HasPrefix(f.src[i:], b.close) {
			return strings.TrimSpace(f.src[at:i]), i + len(b.close), true
		}
		switch {
		case plain && c == open:
			depth++
		case plain && c == shut:
			depth--
		case c == '\n' && i-at > 2000:
			return "", 0, false
		case c == '\n' && !plain:
			return "", 0, false
		}
	}
	return "", 0, false
}

// dedent takes the indentation off the lines of a quoted label.
func dedent(s string) string {
	if !strings.Contains(s, "\n") {
		return s
	}
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// attributes reads "@{ shape: diamond, label: "text" }".
func (f *flow) attributes(n *node) {
	begin := f.at
	i := f.at + 2
	quoted := false
	for ; i < len(f.src) && (quoted || f.src[i] != '}'); i++ {
		if f.src[i] == '"' {
			quoted = !quoted
		}
	}
	if i >= len(f.src) {
		f.fail(begin, "“@{” is not closed: “}” is missing", "“@{”没有闭合：缺少“}”")
		return
	}
	inner := f.src[begin+2 : i]
	f.at = i + 1
	for _, field := range splitFields(inner) {
		key, value, _ := strings.Cut(field, ":")
		value = strings.TrimSpace(value)
		if len(value) > 1 && (value[0] == '"' || value[0] == '\'') && value[len(value)-1] == value[0] {
			value = value[1 : len(value)-1]
		}
		switch strings.TrimSpace(key) {
		case "label":
			n.text = dedent(value)
		case "shape":
			s, ok := shapeNamed(value)
			if !ok {
				f.fail(begin, "unknown shape “"+value+"”", "未知的形状“"+value+"”")
				return
			}
			n.shape = s
		}
	}
}

// splitFields cuts at commas and line ends outside quotes.
func splitFields(s string) []string {
	var out []string
	begin, quoted := 0, false
	for i := 0; i <= len(s); i++ {
		switch {
		case i < len(s) && s[i] == '"':
			quoted = !quoted
		case i == len(s) || !quoted && (s[i] == ',' || s[i] == '\n'):
			if field := strings.TrimSpace(s[begin:i]); field != "" {
				out = append(out, field)
			}
			begin = i + 1
		}
	}
	return out
}

// shapeNamed knows the names that @{ shape: … } takes.
func shapeNamed(s string) (shape, bool) {
	switch s {
	case "rect", "proc", "process", "rectangle", "squareRect", "square":
		return box, true
	case "rounded", "event", "roundedRect":
		return round, true
	case "stadium", "terminal", "pill":
		return stadium, true
	case "fr-rect", "subprocess", "subproc", "framed-rectangle", "subroutine":
		return subroutine, true
	case "cyl", "db", "database", "cylinder":
		return cylinder, true
	case "lin-cyl", "disk", "lined-cylinder":
		return disk, true
	case "h-cyl", "das", "horizontal-cylinder":
		return tube, true
	case "circle", "circ":
		return circle, true
	case "dbl-circ", "double-circle":
		return doubleCircle, true
	case "ellipse":
		return ellipse, true
	case "cloud", "bang":
		return cloud, true
	case "diam", "decision", "diamond", "question":
		return diamond, true
	case "hex", "hexagon", "prepare":
		return hexagon, true
	case "lean-r", "lean-right", "in-out":
		return leanRight, true
	case "lean-l", "lean-left", "out-in":
		return leanLeft, true
	case "trap-b", "priority", "trapezoid", "trapezoid-bottom":
		return trapezoid, true
	case "trap-t", "manual", "inv-trapezoid", "trapezoid-top":
		return trapezoidInv, true
	case "odd":
		return odd, true
	case "text":
		return bareText, true
	}
	return shapeNamedToo(s)
}

func shapeNamedToo(s string) (shape, bool) {
	switch s {
	case "start", "sm-circ", "small-circle":
		return startDot, true
	case "stop", "fr-circ", "framed-circle":
		return stopDot, true
	case "f-circ", "junction", "filled-circle":
		return filledDot, true
	case "cross-circ", "summary", "crossed-circle":
		return crossedDot, true
	case "fork", "join":
		return bar, true
	case "doc", "document", "lin-doc", "lined-document", "tag-doc", "tagged-document":
		return document, true
	case "docs", "documents", "st-doc", "stacked-document":
		return documents, true
	case "processes", "procs", "st-rect", "stacked-rectangle":
		return stack, true
	case "card", "notch-rect", "notched-rectangle":
		return card, true
	case "lin-rect", "lin-proc", "lined-process", "lined-rectangle", "shaded-process":
		return linedBox, true
	case "div-rect", "div-proc", "divided-process", "divided-rectangle":
		return dividedBox, true
	case "win-pane", "internal-storage", "window-pane":
		return windowPane, true
	case "delay", "half-rounded-rectangle":
		return delay, true
	case "curv-trap", "curved-trapezoid", "display":
		return display, true
	case "tri", "extract", "triangle":
		return triangle, true
	case "flip-tri", "flipped-triangle", "manual-file":
		return triangleInv, true
	case "sl-rect", "manual-input", "sloped-rectangle":
		return sloped, true
	case "notch-pent", "loop-limit", "notched-pentagon":
		return loopLimit, true
	case "hourglass", "collate":
		return hourglass, true
	case "bolt", "com-link", "lightning-bolt":
		return bolt, true
	case "brace", "brace-l", "comment":
		return braceLeft, true
	case "brace-r":
		return braceRight, true
	case "braces":
		return braces, true
	case "bow-rect", "bow-tie-rectangle", "stored-data":
		return bowTie, true
	case "flag", "paper-tape":
		return tape, true
	case "tag-rect", "tag-proc", "tagged-process", "tagged-rectangle":
		return taggedBox, true
	case "datastore", "data-store":
		return dataStore, true
	}
	return box, false
}

// link reads an edge: its tips, stroke, length and text.
func (f *flow) link() (edge, bool) {
	e := edge{span: 1}
	begin := f.at
	f.edgeName()
	if f.at >= len(f.src) {
		return e, false
	}
	i := f.at
	switch f.src[i] {
	case '<':
		e.tail = arrow
		i++
	case 'o', 'x':
		if next := f.peek(i + 1); next == "--" || next == "==" || next == "-." {
			e.tail = circleTip
			if f.src[i] == 'x' {
				e.tail = cross
			}
			i++
		}
	}
	ok, inText := f.line(&e, i)
	if ok && inText {
		ok = f.lineWithText(&e)
	}
	if !ok {
		if f.err == nil && f.src[begin] == '<' {
			f.fail(begin, "this is no edge", "这不是连线")
		}
		f.at = begin
		return e, false
	}
	f.blanks()
	if f.at < len(f.src) && f.src[f.at] == '|' {
		n := strings.IndexByte(f.src[f.at+1:], '|')
		if n < 0 {
			f.fail(f.at, "the text of this edge is not closed: “|” is missing", "连线文字没有闭合：缺少“|”")
			return e, false
		}
		e.text = unquoted(strings.TrimSpace(f.src[f.at+1 : f.at+1+n]))
		f.at += n + 2
	}
	return e, true
}

// edgeName skips the name of an edge ("e1@").
func (f *flow) edgeName() {
	at := f.at
	name := f.id()
	if name == "" || f.at >= len(f.src) || f.src[f.at] != '@' || f.peek(f.at+1) == "{" {
		f.at = at
		return
	}
	f.at++
	f.names[name] = true
}

func (f *flow) peek(i int) string {
	return f.src[min(i, len(f.src)):min(i+2, len(f.src))]
}

// run counts how often a character stands at i.
func (f *flow) run(i int, c byte) int {
	n := 0
	for i+n < len(f.src) && f.src[i+n] == c {
		n++
	}
	return n
}

// line reads an edge's line at i. inText: it is broken by a text.
func (f *flow) line(e *edge, i int) (ok, inText bool) {
	if i >= len(f.src) {
		return false, false
	}
	switch c := f.src[i]; c {
	case '~':
		n := f.run(i, '~')
		if n < 3 {
			return false, false
		}
		e.stroke, e.span = invisible, n-2
		f.at = i + n
		return true, false
	case '-', '=':
		n := f.run(i, c)
		if c == '-' && n == 1 {
			return f.dots(e, i)
		}
		if n < 2 {
			return false, false
		}
		if c == '=' {
			e.stroke = thick
		}
		f.at = i + n
		if f.head(e) {
			e.span = n - 1
			return true, false
		}
		if n >= 3 {
			e.span = n - 2
			return true, false
		}
		return true, true
	}
	return false, false
}

// dots reads "-.->" at i.
func (f *flow) dots(e *edge, i int) (ok, inText bool) {
	n := f.run(i+1, '.')
	if n == 0 {
		return false, false
	}
	e.stroke, e.span = dotted, n
	f.at = i + 1 + n
	if f.at < len(f.src) && f.src[f.at] == '-' {
		f.at++
		f.head(e)
		return true, false
	}
	return true, true
}

// head reads the tip of an edge.
func (f *flow) head(e *edge) bool {
	if f.at >= len(f.src) {
		return false
	}
	switch f.src[f.at] {
	case '>':
		e.head = arrow
	case 'o':
		e.head = circleTip
	case 'x':
		e.head = cross
	default:
		return false
	}
	f.at++
	return true
}

// lineWithText reads the rest of "-- text -->".
func (f *flow) lineWithText(e *edge) bool {
	begin := f.at
	mark := map[stroke]string{solid: "--", thick: "==", dotted: ".-"}[e.stroke]
	end := f.lineEnd()
	i := begin
	for i < end && isSpace(f.src[i]) {
		i++
	}
	if i < end && f.src[i] == '"' {
		if n := strings.IndexByte(f.src[i+1:], '"'); n >= 0 {
			i += n + 2
		}
	}
	n := strings.Index(f.src[i:max(end, i)], mark)
	if n < 0 {
		f.fail(begin, "this edge does not go on behind its text", "连线在文字之后没有接续")
		return false
	}
	e.text = unquoted(strings.TrimSpace(f.src[begin : i+n]))
	f.at = i + n
	switch e.stroke {
	case dotted:
		e.span = f.run(f.at, '.')
		f.at += e.span
		for f.at < len(f.src) && f.src[f.at] == '-' {
			f.at++
		}
		f.head(e)
	default:
		k := f.run(f.at, mark[0])
		f.at += k
		if f.head(e) {
			e.span = k - 1
		} else {
			e.span = max(k-2, 1)
		}
	}
	return true
}
