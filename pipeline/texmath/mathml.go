package texmath

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// MathML returns the formula as presentation MathML with its TeX as an
// annotation: a math element, well-formed, in its namespace. Letters of other
// alphabets are their own characters (𝐱, ℝ), as MathML Core wants it.
func (f *Formula) MathML(displayed bool) string {
	w := &writer{style: inText}
	if displayed {
		w.style = display
	}
	body := rowOf(w.list(f.root.kids))
	switch {
	case f.tag != nil:
		half := []string{"style", "width: 50%"} // a width is not MathML 3's, which EPUB readers are held to
		body = el("mtable", []string{"width", "100%"}, el("mtr", nil,
			el("mtd", half), el("mtd", nil, body), el("mtd", half), el("mtd", nil, rowOf(w.one(f.tag)))))
	case body.name != "mrow" && body.name != "mtable":
		body = el("mrow", nil, body)
	}
	root := el("math", []string{"xmlns", "http://www.w3.org/1998/Math/MathML"})
	if displayed {
		root.set("display", "block")
	}
	root.kids = []*element{el("semantics", nil, body, leaf("annotation", f.src, "encoding", "application/x-tex"))}
	var b strings.Builder
	root.write(&b)
	return b.String()
}

// writer turns nodes into elements. style is the style the elements stand in,
// which decides where an operator's limits are.
type writer struct{ style size }

// in returns the writer of a style.
func (w *writer) in(s size) *writer { return &writer{s} }

// small is the writer of scripts.
func (w *writer) small() *writer { return &writer{max(w.style, inScript)} }

// parts is the writer of a fraction's parts.
func (w *writer) parts() *writer {
	if w.style == display {
		return w.in(inText)
	}
	return w.small()
}

// list writes nodes side by side: digits join to numbers, words to text.
func (w *writer) list(ns []node) []*element {
	out := make([]*element, 0, len(ns))
	for _, n := range ns {
		for _, e := range w.one(n) {
			out = join(out, e)
		}
	}
	return out
}

// join appends an element, or makes it part of the last.
func join(out []*element, e *element) []*element {
	if len(out) == 0 {
		return append(out, e)
	}
	last := out[len(out)-1]
	number := func(e *element) bool { return e.name == "mn" }
	point := func(e *element) bool {
		return e.name == "mi" && e.text == "." || e.name == "mo" && e.text == "," && e.get("lspace") == "0em"
	}
	switch {
	case e.name == "mtext" && last.name == "mtext" && e.get("mathvariant") == last.get("mathvariant") && e.get("style") == last.get("style"),
		number(e) && number(last), point(e) && number(last):
		last.text += e.text
		return out
	case number(e) && point(last):
		e.text = last.text + e.text
		out[len(out)-1] = e
		return out
	case (e.name == "msup" || e.name == "msub") && number(last) && number(e.kids[0]):
		e.kids[0].text = last.text + e.kids[0].text
		out[len(out)-1] = e
		return out
	}
	return append(out, e)
}

func (w *writer) single(n node) *element {
	if n == nil {
		return el("mrow", nil)
	}
	return rowOf(w.one(n))
}

// one writes a node: mostly one element.
func (w *writer) one(n node) []*element {
	switch n := n.(type) {
	case *symbol:
		return []*element{w.symbol(n)}
	case *operator:
		return w.operator(n)
	case *row:
		if !n.braced {
			return w.list(n.kids)
		}
		es := w.list(n.kids)
		if len(es) == 1 && es[0].name == "mo" && len(n.kids) == 1 {
			es[0].set("lspace", "0em").set("rspace", "0em")
		}
		return []*element{rowOf(es)}
	case *scripts:
		return []*element{w.scripts(n)}
	case *fraction:
		return []*element{w.fraction(n)}
	case *radical:
		if n.degree == nil {
			return []*element{el("msqrt", nil, w.single(n.body))}
		}
		return []*element{el("mroot", nil, w.single(n.body), w.in(inScriptScript).single(n.degree))}
	case *accent:
		return []*element{w.accent(n)}
	case *bar:
		name, sign, attr := "mover", "‾", "accent"
		if n.under {
			name, attr = "munder", "accentunder"
		}
		return []*element{el(name, []string{attr, "true"}, w.single(n.base), leaf("mo", sign, "stretchy", "true"))}
	case *fence:
		return []*element{w.fence(n)}
	case *delimiter:
		return []*element{w.delimiter(n)}
	case *array:
		return []*element{w.array(n)}
	case *text:
		return []*element{w.text(n)}
	case *space:
		return []*element{w.space(n)}
	case *styled:
		level, disp := "0", "false"
		switch n.size {
		case display:
			disp = "true"
		case inScript:
			level = "1"
		case inScriptScript:
			level = "2"
		}
		return []*element{el("mstyle", []string{"scriptlevel", level, "displaystyle", disp}, w.in(n.size).list(n.body.kids)...)}
	case *scaled:
		return []*element{el("mstyle", []string{"mathsize", em(n.milli)}, w.list(n.body.kids)...)}
	case *colored:
		return []*element{el("mstyle", []string{"mathcolor", n.name}, w.list(n.body.kids)...)}
	default:
		return w.rare(n)
	}
}

// em writes thousandths of an em.
func em(milli int64) string {
	return strings.TrimSuffix(strconv.FormatFloat(float64(milli)/1000, 'f', -1, 64), ".0") + "em"
}

func (w *writer) symbol(n *symbol) *element {
	s := n.text
	if n.negate {
		s += "\u0338"
	}
	switch n.class {
	case bin, rel, inner:
		return leaf("mo", s)
	case open, closing:
		return leaf("mo", s, "stretchy", "false")
	case punct:
		return leaf("mo", s, "separator", "true")
	}
	r, size := utf8.DecodeRuneInString(n.text)
	switch {
	case s == "′":
		return leaf("mo", s)
	case r >= '0' && r <= '9':
		return leaf("mn", styleText(s, n.face, false))
	case r == '|' || r == '‖' || r == '/':
		return leaf("mo", s, "stretchy", "false")
	}
	t := styleText(s, n.face, n.letter)
	if t == s && size == len(n.text) && (!n.letter || n.face == upright) {
		return leaf("mi", s, "mathvariant", "normal")
	}
	return leaf("mi", t)
}

// applied is the invisible operator between a function and its argument.
const applied = "\u2061"

func (w *writer) operator(n *operator) []*element {
	switch {
	case n.big:
		return []*element{leaf("mo", n.text)}
	case n.text != "":
		e := leaf("mo", n.text)
		if _, size := utf8.DecodeRuneInString(n.text); size < len(n.text) {
			return []*element{leaf("mi", n.text), leaf("mo", applied)}
		}
		return []*element{e}
	}
	es := w.list(n.name.kids)
	if word, ok := wordOf(es); ok {
		e := leaf("mi", word)
		if utf8.RuneCountInString(word) == 1 {
			e.set("mathvariant", "normal")
		}
		return []*element{e, leaf("mo", applied)}
	}
	return []*element{rowOf(es), leaf("mo", applied)}
}

// wordOf joins letters and thin spaces to one name.
func wordOf(es []*element) (string, bool) {
	var b strings.Builder
	for _, e := range es {
		switch e.name {
		case "mrow":
			word, ok := wordOf(e.kids)
			if !ok {
				return "", false
			}
			b.WriteString(word)
		case "mi", "mn", "mtext":
			b.WriteString(e.text)
		case "mspace":
			b.WriteByte(' ')
		case "mo":
			b.WriteString(strings.NewReplacer("−", "-", "∗", "*").Replace(e.text))
		default:
			return "", false
		}
	}
	return b.String(), b.Len() > 0
}

// piled reports whether a base has its scripts above and below in a style.
func piled(base node, s size) bool {
	switch b := base.(type) {
	case *operator:
		return b.limits == stacked || b.limits == asDisplay && s == display
	case *accent:
		return b.brace
	}
	return false
}

func (w *writer) scripts(n *scripts) *element {
	base := w.single(n.base)
	kids := []*element{base}
	if n.sub != nil {
		kids = append(kids, w.small().single(n.sub))
	}
	if n.sup != nil {
		kids = append(kids, w.small().single(n.sup))
	}
	name := [...]string{"msub", "msup", "msubsup"}
	if piled(n.base, w.style) {
		name = [...]string{"munder", "mover", "munderover"}
	}
	switch {
	case n.sup == nil:
		return el(name[0], nil, kids...)
	case n.sub == nil:
		return el(name[1], nil, kids...)
	}
	return el(name[2], nil, kids...)
}

func (w *writer) fraction(n *fraction) *element {
	inner := w
	if n.sized {
		inner = w.in(n.size)
	}
	parts := inner.parts()
	e := el("mfrac", nil, parts.single(n.num), parts.single(n.den))
	if n.rule != nil {
		if n.rule.milli == 0 {
			e.set("linethickness", "0px")
		} else {
			e.set("linethickness", em(n.rule.ems()))
		}
	}
	if n.sized && (n.size == display) != (w.style == display) {
		e = el("mstyle", []string{"displaystyle", strconv.FormatBool(n.size == display), "scriptlevel", "0"}, e)
	}
	if n.left == "" && n.right == "" {
		return e
	}
	kids := []*element{e}
	if n.left != "" {
		kids = append([]*element{leaf("mo", n.left, "fence", "true")}, kids...)
	}
	if n.right != "" {
		kids = append(kids, leaf("mo", n.right, "fence", "true"))
	}
	return el("mrow", nil, kids...)
}

// spacing returns the mark of an accent as a character of its own.
func spacingMark(mark string) string {
	const marks, alone = "\u0302\u0303\u030C\u0301\u0300\u0307\u0308\u0304\u0306\u030A\u0330", "^~ˇˊˋ˙¨ˉ˘˚~"
	r, _ := utf8.DecodeRuneInString(mark)
	k := 0
	for _, m := range marks {
		if m == r {
			return string([]rune(alone)[k])
		}
		k++
	}
	if r == '\u20D7' {
		return "→"
	}
	return mark
}

func (w *writer) accent(n *accent) *element {
	mo := leaf("mo", spacingMark(n.mark))
	if n.wide {
		mo.set("stretchy", "true")
	} else if n.mark == "\u20D7" || n.mark == "\u0304" {
		mo.set("stretchy", "false")
	}
	name, attr := "mover", "accent"
	if n.under {
		name, attr = "munder", "accentunder"
	}
	if n.brace {
		return el(name, nil, w.single(n.base), mo)
	}
	return el(name, []string{attr, "true"}, w.single(n.base), mo)
}

func (w *writer) fence(n *fence) *element {
	var kids []*element
	if n.left != "" {
		kids = append(kids, leaf("mo", n.left, "fence", "true"))
	}
	for i, k := range n.kids {
		if i > 0 {
			kids = append(kids, leaf("mo", n.middle[i-1], "fence", "true", "lspace", "0.05em", "rspace", "0.05em"))
		}
		kids = append(kids, w.list(k.kids)...)
	}
	if n.right != "" {
		kids = append(kids, leaf("mo", n.right, "fence", "true"))
	}
	return el("mrow", nil, kids...)
}

func (w *writer) delimiter(n *delimiter) *element {
	size := [...]string{"1.2em", "1.8em", "2.4em", "3em"}[n.step-1]
	return leaf("mo", n.text, "fence", strconv.FormatBool(n.class == open || n.class == closing), "stretchy", "true", "minsize", size, "maxsize", size)
}

func (w *writer) text(n *text) *element {
	e := leaf("mtext", strings.ReplaceAll(n.value, " ", "\u00A0"))
	switch {
	case n.bold && n.slant:
		e.set("mathvariant", "bold-italic")
	case n.bold:
		e.set("mathvariant", "bold")
	case n.slant:
		e.set("mathvariant", "italic")
	case n.role == 's':
		e.set("mathvariant", "sans-serif")
	case n.role == 't':
		e.set("mathvariant", "monospace")
	}
	return e
}

func (w *writer) space(n *space) *element {
	if n.width.unit == "space" {
		return leaf("mtext", "\u00A0")
	}
	e := &element{name: "mspace"}
	return e.set("width", em(n.width.ems()))
}

// ems is a dimension in thousandths of an em of 10 pt.
func (d dimension) ems() int64 {
	switch d.unit {
	case "em":
		return d.milli
	case "ex":
		return d.milli * 431 / 1000
	case "mu":
		return d.milli / 18
	case "space":
		return 250
	}
	return d.milli * d.scaled() / (10 * 65536)
}

// scaled is the unit in scaled points, 0 for relative units.
func (d dimension) scaled() int64 {
	switch d.unit {
	case "pt":
		return 65291 // TeX's, 72.27 to an inch
	case "bp", "px":
		return 65536
	case "mm":
		return 185771
	case "cm":
		return 1857710
	case "in":
		return 4718592
	case "pc":
		return 12 * 65291
	case "dd", "nd":
		return 69861
	case "cc", "nc":
		return 12 * 69861
	case "sp":
		return 1
	}
	return 0
}
