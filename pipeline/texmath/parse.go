package texmath

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// parser is a recursive descent over the tokens of a formula.
type parser struct {
	input
	face  face // of \mathbf and its like, for letters read now
	depth int
	tag   node
	held  []node // rows under construction share one store
}

// ending says what ends a row of nodes besides } and the end of the formula,
// which always do.
type ending struct {
	cell    bool // & \\ \end
	bracket bool // ]
	right   bool // \right \middle
	dollar  bool // $
}

func (p *parser) fail(at int, en, zh string) { panic(fault{at, en, zh}) }

func (p *parser) unexpected(t token) {
	switch t.text {
	case "":
		p.fail(t.at, "the formula ends too early", "公式不完整")
	case "}":
		p.fail(t.at, "} without {", "} 没有对应的 {")
	case "&":
		p.fail(t.at, "& outside a matrix or an alignment", "& 不在矩阵或对齐环境中")
	case `\right`:
		p.fail(t.at, `\right without \left`, `\right 没有对应的 \left`)
	case `\middle`:
		p.fail(t.at, `\middle without \left`, `\middle 没有对应的 \left`)
	case `\end`:
		p.fail(t.at, `\end without \begin`, `\end 没有对应的 \begin`)
	}
	p.fail(t.at, "unexpected "+t.text, "此处不应出现 "+t.text)
}

// peek returns the next token without taking it.
func (p *parser) peek() token {
	t := p.next()
	p.unread(t)
	return t
}

// skip takes white and returns the next token, taken.
func (p *parser) skip() token {
	t := p.next()
	for t.text == " " || t.text == `\relax` || t.text == `\nobreak` || t.text == `\allowbreak` {
		t = p.next()
	}
	return t
}

// look is skip without taking the token.
func (p *parser) look() token {
	t := p.skip()
	p.unread(t)
	return t
}

// nest counts the depth of groups; call the result when leaving.
func (p *parser) nest(at int) func() {
	if p.depth++; p.depth > maxDepth {
		p.fail(at, "the formula is nested too deeply", "公式嵌套过深")
	}
	return func() { p.depth-- }
}

// ends reports whether a token ends a row.
func (e ending) ends(t string) bool {
	switch t {
	case "", "}":
		return true
	case "&", `\\`, `\cr`, `\end`, `\hline`, `\hdashline`:
		return e.cell || t == "&" || t == `\end`
	case "]":
		return e.bracket
	case `\right`, `\middle`:
		return true
	case "$", `\)`:
		return e.dollar
	}
	return false
}

// row reads nodes up to an end, which is left to be read.
func (p *parser) row(e ending) []node {
	mark := len(p.held)
	outer := p.face
	infix, from := token{}, 0
	for {
		t := p.skip()
		if e.ends(t.text) {
			p.unread(t)
			break
		}
		if t.text == `\\` || t.text == `\cr` {
			p.optional() // a new line where there are no lines is a blank
			continue
		}
		if isInfix(t.text) {
			if infix.text != "" {
				p.fail(t.at, "only one of \\over, \\atop, \\choose in a group", "一个组里只能有一个 \\over、\\atop 或 \\choose")
			}
			infix, from = t, len(p.held)
			if t.text == `\above` {
				infix.text = t.text
				d := p.dimension()
				p.held = append(p.held, &space{d})
			}
			continue
		}
		if n := p.rest(t, e); n != nil {
			p.held = append(p.held, n)
			continue
		}
		p.unread(t)
		if n := p.atom(); n != nil {
			p.held = append(p.held, n)
		}
	}
	p.face = outer
	kids := append([]node(nil), p.held[mark:]...)
	p.held = p.held[:mark]
	if infix.text != "" {
		k := from - mark
		return []node{infixed(infix.text, kids[:k:k], kids[k:])}
	}
	return kids
}

func isInfix(s string) bool {
	switch s {
	case `\over`, `\atop`, `\choose`, `\brace`, `\brack`, `\above`:
		return true
	}
	return false
}

// infixed makes the fraction of what stands before and behind an \over.
func infixed(name string, num, den []node) node {
	f := &fraction{}
	switch name {
	case `\over`:
	case `\above`:
		d := den[0].(*space).width
		f.rule, den = &d, den[1:]
	case `\choose`:
		f.rule, f.left, f.right = &dimension{}, "(", ")"
	case `\brace`:
		f.rule, f.left, f.right = &dimension{}, "{", "}"
	case `\brack`:
		f.rule, f.left, f.right = &dimension{}, "[", "]"
	default:
		f.rule = &dimension{}
	}
	f.num, f.den = &row{kids: num, braced: true}, &row{kids: den, braced: true}
	return f
}

// rest reads a command that changes all of its group that follows; nil if t
// is none.
func (p *parser) rest(t token, e ending) node {
	switch t.text {
	case `\displaystyle`, `\textstyle`, `\scriptstyle`, `\scriptscriptstyle`:
		return &styled{styleOf(t.text), p.tail(t, e)}
	case `\color`:
		name, c := p.color()
		return &colored{name, c, p.tail(t, e)}
	case `\tiny`, `\scriptsize`, `\footnotesize`, `\small`, `\normalsize`, `\large`, `\Large`, `\LARGE`, `\huge`, `\Huge`, `\sixptsize`:
		return &scaled{scaleOf(t.text), p.tail(t, e)}
	case `\rm`, `\sf`, `\tt`, `\bf`, `\it`, `\cal`:
		p.face = faceOf(t.text[1:])
		return &row{kids: p.tail(t, e).kids}
	}
	return nil
}

func (p *parser) tail(t token, e ending) *row {
	defer p.nest(t.at)()
	return &row{kids: p.row(e)}
}

func styleOf(name string) size {
	switch name {
	case `\displaystyle`:
		return display
	case `\textstyle`:
		return inText
	case `\scriptstyle`:
		return inScript
	}
	return inScriptScript
}

func scaleOf(name string) int64 {
	switch name {
	case `\tiny`:
		return 500
	case `\sixptsize`:
		return 600
	case `\scriptsize`:
		return 700
	case `\footnotesize`:
		return 800
	case `\small`:
		return 900
	case `\large`:
		return 1200
	case `\Large`:
		return 1440
	case `\LARGE`:
		return 1728
	case `\huge`:
		return 2074
	case `\Huge`:
		return 2488
	}
	return 1000
}

// atom reads a nucleus with its scripts.
func (p *parser) atom() node {
	t := p.skip()
	a := attaching{}
	switch t.text {
	case "^", "_", "'", "’", "′":
		p.unread(t)
	default:
		a.base = p.nucleus(t)
	}
	for p.attach(&a) {
	}
	if len(a.primed) > 0 {
		a.sup = &row{kids: a.primed, braced: true}
	}
	if a.sub == nil && a.sup == nil {
		return a.base
	}
	return &a.scripts
}

// attaching is a base whose scripts are being read.
type attaching struct {
	scripts
	primed []node // primes and what follows them in the superscript
	above  bool   // there is a superscript
}

// attach reads one script; false if there is none.
func (p *parser) attach(a *attaching) bool {
	t := p.skip()
	switch t.text {
	case `\limits`, `\nolimits`, `\displaylimits`:
		p.setLimits(t, a.base)
		return true
	case "'", "’", "′":
		p.oneScript(t, a.above, "superscripts", "上标")
		for t.text == "'" || t.text == "’" || t.text == "′" {
			a.primed = append(a.primed, &symbol{text: "′", class: ord})
			a.primes++
			t = p.skip()
		}
		p.unread(t)
		a.above = t.text != "^" // f'^2 is one superscript
		return true
	case "^":
		p.oneScript(t, a.above, "superscripts", "上标")
		a.above = true
		n := p.arg(t)
		if len(a.primed) == 0 {
			a.sup = n
		} else {
			a.primed = append(a.primed, n)
		}
		return true
	case "_":
		p.oneScript(t, a.sub != nil, "subscripts", "下标")
		a.sub = p.arg(t)
		return true
	}
	if up, low := unicodeScripts(t.text); up != "" && !a.above {
		a.above = true
		a.sup = p.scriptRun(up, true)
		return true
	} else if low != "" && a.sub == nil {
		a.sub = p.scriptRun(low, false)
		return true
	}
	p.unread(t)
	return false
}

func (p *parser) oneScript(t token, there bool, en, zh string) {
	if there {
		p.fail(t.at, "two "+en+" on one base", "同一个底上有两个"+zh)
	}
}

func (p *parser) setLimits(t token, base node) {
	l := stacked
	if t.text == `\nolimits` {
		l = beside
	} else if t.text == `\displaylimits` {
		l = asDisplay
	}
	if o, ok := base.(*operator); ok {
		o.limits = l
		return
	}
	p.fail(t.at, t.text+" must follow an operator", t.text+" 必须跟在算符之后")
}

// arg reads a command's argument: a group, or one nucleus.
func (p *parser) arg(of token) node {
	t := p.skip()
	switch t.text {
	case "":
		p.fail(of.at, of.text+" lacks an argument", of.text+" 缺少参数")
	case "}", "&", `\\`, `\right`, `\middle`, `\end`, "^", "_", "]":
		if t.text != "]" {
			p.fail(of.at, of.text+" lacks an argument", of.text+" 缺少参数")
		}
	}
	n := p.nucleus(t)
	if n == nil {
		return &row{braced: true}
	}
	return n
}

// body is arg as a row.
func (p *parser) body(of token) *row {
	n := p.arg(of)
	if r, ok := n.(*row); ok {
		return r
	}
	return &row{kids: []node{n}, braced: true}
}

// optional reads an argument in brackets; nil if there is none.
func (p *parser) optional() node {
	t := p.skip()
	if t.text != "[" {
		p.unread(t)
		return nil
	}
	defer p.nest(t.at)()
	kids := p.row(ending{bracket: true})
	if end := p.skip(); end.text != "]" {
		p.fail(t.at, "[ is not closed", "[ 没有闭合")
	}
	return &row{kids: kids, braced: true}
}

// group reads nodes up to the } that closes the { just taken.
func (p *parser) group(t token) *row {
	defer p.nest(t.at)()
	p.enter()
	kids := p.row(ending{})
	end := p.next()
	p.leave()
	switch end.text {
	case "}":
	case "":
		p.fail(t.at, "{ is not closed", "{ 没有闭合")
	default:
		p.unexpected(end)
	}
	return &row{kids: kids, braced: true}
}

// nucleus reads what a token begins, without scripts; nil for what is nothing.
func (p *parser) nucleus(t token) node {
	defer p.nest(t.at)()
	switch {
	case t.text == "{":
		return p.group(t)
	case t.text == "" || t.text == "}" || t.text == "&" || t.text == "$":
		p.unexpected(t)
	case t.text == "#":
		p.fail(t.at, "# outside a macro", "# 不在宏定义中")
	case !t.command():
		return p.character(t)
	}
	return p.control(t)
}

// character makes the atom of a character that is no command.
func (p *parser) character(t token) node {
	r, n := utf8.DecodeRuneInString(t.text)
	if n < len(t.text) { // with marks: é
		return &symbol{text: t.text, letter: true, face: p.face}
	}
	switch {
	case r >= '0' && r <= '9':
		return &symbol{text: t.text, face: p.face}
	case r < 0x80 && unicode.IsLetter(r), r >= 'α' && r <= 'ω', r == 'ϵ' || r == 'ϑ' || r == 'ϕ' || r == 'ϱ' || r == 'ϖ' || r == 'ϰ':
		return &symbol{text: t.text, letter: true, face: p.face}
	case r >= 'Α' && r <= 'Ω':
		return &symbol{text: t.text, face: p.face}
	}
	if c, sign := charClass(r); sign != "" {
		if c == op {
			return bigOperator(sign)
		}
		return &symbol{text: sign, class: c}
	}
	if unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x30FF || r >= 0xAC00 && r <= 0xD7A3 || r >= 0xFF01 && r <= 0xFF60 {
		return p.words(t)
	}
	return &symbol{text: t.text, face: p.face}
}

// words takes a run of Han, kana or hangul as text.
func (p *parser) words(t token) node {
	var b strings.Builder
	b.WriteString(t.text)
	for {
		t := p.next()
		r, _ := utf8.DecodeRuneInString(t.text)
		if !t.command() && t.text != "" && (unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x30FF || r >= 0xAC00 && r <= 0xD7A3 || r >= 0xFF01 && r <= 0xFF60) {
			b.WriteString(t.text)
			continue
		}
		p.unread(t)
		return &text{value: b.String()}
	}
}

// unicodeScripts returns what a superscript or subscript character stands for.
func unicodeScripts(s string) (up, low string) {
	r, n := utf8.DecodeRuneInString(s)
	if n != len(s) || r < 0x80 {
		return "", ""
	}
	const ups, plainUps = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", "0123456789+-=()ni"
	const lows, plainLows = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", "0123456789+-=()"
	if i := strings.IndexRune(ups, r); i >= 0 {
		i = utf8.RuneCountInString(ups[:i])
		return plainUps[i : i+1], ""
	}
	if i := strings.IndexRune(lows, r); i >= 0 {
		i = utf8.RuneCountInString(lows[:i])
		return "", plainLows[i : i+1]
	}
	return "", ""
}

// scriptRun reads a run of superscript or subscript characters.
func (p *parser) scriptRun(first string, up bool) node {
	r := &row{braced: true}
	for s := first; s != ""; {
		r.kids = append(r.kids, p.character(token{text: s}))
		t := p.next()
		u, l := unicodeScripts(t.text)
		s = l
		if up {
			s = u
		}
		if s == "" {
			p.unread(t)
		}
	}
	return r
}
