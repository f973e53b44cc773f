package texmath

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// control reads what a command begins; nil for one that yields nothing.
func (p *parser) control(t token) node {
	name := t.text[1:]
	for _, read := range [...]func(*parser, token, string) (node, bool){
		(*parser).escaped, (*parser).white, (*parser).structure, (*parser).delimited, (*parser).lettering,
		(*parser).decorated, (*parser).boxed, (*parser).named, (*parser).arranged, (*parser).defining,
	} {
		if n, ok := read(p, t, name); ok {
			return n
		}
	}
	if n := p.sign(name); n != nil {
		return n
	}
	p.fail(t.at, "unknown command "+t.text, "未知命令 "+t.text)
	return nil
}

// escaped reads characters that are written with a backslash.
func (p *parser) escaped(_ token, name string) (node, bool) {
	switch name {
	case "{":
		return &symbol{text: "{", class: open}, true
	case "}":
		return &symbol{text: "}", class: closing}, true
	case "|":
		return &symbol{text: "‖"}, true
	case "#", "$", "%", "&", "_", "-":
		return &symbol{text: name}, true
	case "cdotp":
		return &symbol{text: "⋅", class: punct}, true
	case "ldotp":
		return &symbol{text: ".", class: punct}, true
	case "dots", "dotsc", "dotso", "dotsb", "dotsm":
		return p.dots(name), true
	}
	return nil, false
}

// dots are low between commas and raised between operators (amsmath).
func (p *parser) dots(name string) node {
	sign := "…"
	switch name {
	case "dotsb", "dotsm":
		sign = "⋯"
	case "dots":
		next := p.look()
		if !next.command() {
			r, _ := utf8.DecodeRuneInString(next.text)
			if c, s := charClass(r); s != "" && (c == bin || c == rel) {
				sign = "⋯"
			}
		} else if s, ok := p.sign(next.text[1:]).(*symbol); ok && (s.class == bin || s.class == rel) {
			sign = "⋯"
		} else if o, ok := p.sign(next.text[1:]).(*operator); ok && o.big {
			sign = "⋯"
		}
	}
	return &symbol{text: sign, class: inner}
}

// white reads spaces.
func (p *parser) white(t token, name string) (node, bool) {
	mu := func(v int64) (node, bool) { return &space{dimension{v * 1000, "mu"}}, true }
	switch name {
	case ",":
		return mu(3)
	case ":":
		return mu(4)
	case ";":
		return mu(5)
	case "!":
		return mu(-3)
	case "negmedspace":
		return mu(-4)
	case "negthickspace":
		return mu(-5)
	case " ", "space", "nobreakspace", "":
		return &space{dimension{1000, "space"}}, true
	case "kern", "mkern", "hskip", "mskip":
		return &space{p.dimension()}, true
	}
	return nil, false
}

// structure reads fractions, roots, stacks.
func (p *parser) structure(t token, name string) (node, bool) {
	switch name {
	case "frac":
		return p.fraction(t, &fraction{}), true
	case "dfrac":
		return p.fraction(t, &fraction{sized: true, size: display}), true
	case "tfrac":
		return p.fraction(t, &fraction{sized: true, size: inText}), true
	case "cfrac":
		f := &fraction{sized: true, size: display, continued: true, align: 'c'}
		if s, ok := p.bracketText(); ok && (s == "l" || s == "r") {
			f.align = s[0]
		}
		return p.fraction(t, f), true
	case "binom":
		return p.fraction(t, &fraction{rule: &dimension{}, left: "(", right: ")"}), true
	case "dbinom":
		return p.fraction(t, &fraction{rule: &dimension{}, left: "(", right: ")", sized: true, size: display}), true
	case "tbinom":
		return p.fraction(t, &fraction{rule: &dimension{}, left: "(", right: ")", sized: true, size: inText}), true
	case "genfrac":
		return p.general(t), true
	case "sqrt":
		degree := p.optional()
		return &radical{degree: degree, body: p.arg(t)}, true
	case "overset":
		over := p.arg(t)
		base := p.arg(t)
		return &stack{base: base, over: over, class: classOf(base)}, true
	case "underset":
		under := p.arg(t)
		base := p.arg(t)
		return &stack{base: base, under: under, class: classOf(base)}, true
	case "mathchoice":
		c := &choice{}
		for i := range c.kids {
			c.kids[i] = p.arg(t)
		}
		return c, true
	case "tag":
		p.readTag(t)
		return nil, true
	case "nonumber", "notag":
		return nil, true
	}
	return nil, false
}

func (p *parser) fraction(t token, f *fraction) node {
	f.num = p.arg(t)
	f.den = p.arg(t)
	return f
}

// general reads \genfrac{left}{right}{thickness}{style}{numerator}{denominator}.
func (p *parser) general(t token) node {
	f := &fraction{}
	delim := func() string {
		s := strings.TrimPrefix(strings.TrimSpace(p.plain(t)), `\`)
		if len(s) > 1 {
			if n, ok := p.sign(s).(*symbol); ok {
				return n.text
			}
		}
		if s == "." {
			return ""
		}
		return s
	}
	f.left, f.right = delim(), delim()
	if s := strings.TrimSpace(p.plain(t)); s != "" {
		d := p.measure(s, t.at)
		f.rule = &d
	}
	if s := strings.TrimSpace(p.plain(t)); len(s) == 1 && s[0] >= '0' && s[0] <= '3' {
		f.sized, f.size = true, size(s[0]-'0')
	}
	return p.fraction(t, f)
}

func (p *parser) readTag(t token) {
	if p.tag != nil {
		p.fail(t.at, "two \\tag in one formula", "同一个公式有两个 \\tag")
	}
	star := p.star()
	n := p.textArg(t, text{})
	if !star {
		n = &row{kids: []node{&text{value: "("}, n, &text{value: ")"}}}
	}
	p.tag = n
}

func (p *parser) star() bool {
	t := p.skip()
	if t.text == "*" {
		return true
	}
	p.unread(t)
	return false
}

// classOf is the class that a base lends to what is stacked on it.
func classOf(n node) class {
	switch n := n.(type) {
	case *symbol:
		return n.class
	case *operator:
		return op
	case *scripts:
		if n.base != nil {
			return classOf(n.base)
		}
	case *row:
		if len(n.kids) == 1 {
			if c := classOf(n.kids[0]); c == bin || c == rel {
				return c
			}
		}
	case *classed:
		return n.class
	case *stack:
		return n.class
	case *delimiter:
		return n.class
	case *arrow:
		return rel
	case *fence, *fraction:
		return inner
	case *colored:
		if len(n.body.kids) == 1 {
			return classOf(n.body.kids[0])
		}
	case *space:
		return none
	}
	return ord
}

// delimited reads \left … \right and delimiters of given sizes.
func (p *parser) delimited(t token, name string) (node, bool) {
	if name == "left" {
		return p.fence(t), true
	}
	stem, c := name, ord
	if n := len(name) - 1; n >= 3 {
		switch name[n] {
		case 'l':
			stem, c = name[:n], open
		case 'r':
			stem, c = name[:n], closing
		case 'm':
			stem, c = name[:n], rel
		}
	}
	for i, s := range [...]string{"big", "Big", "bigg", "Bigg"} {
		if stem == s {
			return &delimiter{text: p.delim(t), step: i + 1, class: c}, true
		}
	}
	return nil, false
}

func (p *parser) fence(t token) node {
	defer p.nest(t.at)()
	f := &fence{left: p.delim(t)}
	for {
		p.enter()
		f.kids = append(f.kids, &row{kids: p.row(ending{right: true})})
		p.leave()
		end := p.skip()
		switch end.text {
		case `\middle`:
			f.middle = append(f.middle, p.delim(end))
			continue
		case `\right`:
			f.right = p.delim(end)
			return f
		}
		p.fail(t.at, `\left without \right`, `\left 没有对应的 \right`)
	}
}

// delim reads a delimiter; "" for none.
func (p *parser) delim(of token) string {
	t := p.skip()
	switch t.text {
	case ".":
		return ""
	case "(", ")", "[", "]", "/", "|":
		return t.text
	case "<":
		return "⟨"
	case ">":
		return "⟩"
	case `\{`, `\}`:
		return t.text[1:]
	case `\|`:
		return "‖"
	}
	const others = "⟨⟩⌈⌉⌊⌋⟦⟧⟮⟯⎰⎱⌜⌝⌞⌟⦃⦄|‖∣∥\\↑↓↕⇑⇓⇕√∤∦"
	if t.command() {
		if s, ok := p.sign(t.text[1:]).(*symbol); ok && strings.Contains(others+"{}[]()", s.text) {
			return s.text
		}
	} else if r, n := utf8.DecodeRuneInString(t.text); n == len(t.text) && r >= 0x80 && strings.ContainsRune(others, r) {
		return t.text
	}
	p.fail(t.at, "no delimiter: "+t.text+" behind "+of.text, of.text+" 之后应是定界符，而不是 "+t.text)
	return ""
}

// faceOf is the alphabet of \mathbf and its like; asIs if there is none.
func faceOf(name string) face {
	switch strings.TrimPrefix(name, "math") {
	case "rm", "up":
		return upright
	case "bf", "bfup", "bold":
		return bold
	case "it":
		return italic
	case "bb", "Bbb":
		return double
	case "cal", "scr":
		return script
	case "frak":
		return fraktur
	case "sf":
		return sans
	case "sfit":
		return sansItalic
	case "tt":
		return typewriter
	case "bfit", "bm", "boldsymbol", "pmb":
		return boldItalic
	}
	return asIs
}

// lettering reads alphabets, text, colours and classes.
func (p *parser) lettering(t token, name string) (node, bool) {
	switch name {
	case "mathrm", "mathup", "mathbf", "mathit", "mathbb", "mathcal", "mathscr", "mathfrak", "mathsf", "mathsfit", "mathtt", "mathnormal",
		"Bbb", "bold", "frak", "boldsymbol", "bm", "pmb":
		outer := p.face
		p.face = faceOf(name)
		n := p.arg(t)
		p.face = outer
		return n, true
	case "text", "textrm", "textnormal", "textup", "textbf", "textmd", "textit", "textsf", "texttt", "mbox", "hbox", "emph", "textsc":
		return p.textArg(t, textStyle(name)), true
	case "textcolor":
		s, c := p.color()
		return &colored{s, c, p.body(t)}, true
	case "mathord", "mathop", "mathbin", "mathrel", "mathopen", "mathclose", "mathpunct", "mathinner":
		return p.classed(t, name), true
	case "operatorname", "operatornamewithlimits":
		o := &operator{}
		if p.star() || name != "operatorname" {
			o.limits = asDisplay
		}
		outer := p.face
		p.face = upright
		o.name = p.body(t)
		p.face = outer
		return o, true
	case "set", "Set", "Braket":
		return p.setOf(t, name), true
	case "not":
		return p.not(t), true
	case "char":
		return p.charCode(t), true
	case "href", "url", "htmlClass", "htmlId", "htmlStyle", "htmlData":
		p.plain(t)
		if name == "url" {
			return &row{braced: true}, true
		}
		return p.arg(t), true
	case "html@mathml":
		p.arg(t)
		return p.arg(t), true
	case "verb":
		return nil, false
	case "ce", "cf":
		return p.chemistry(t), true
	}
	return nil, false
}

func (p *parser) classed(t token, name string) node {
	body := p.body(t)
	switch name {
	case "mathop":
		return &operator{name: body, limits: asDisplay}
	case "mathbin":
		return &classed{bin, body}
	case "mathrel":
		return &classed{rel, body}
	case "mathopen":
		return &classed{open, body}
	case "mathclose":
		return &classed{closing, body}
	case "mathpunct":
		return &classed{punct, body}
	case "mathinner":
		return &classed{inner, body}
	}
	return &classed{ord, body}
}

// setOf reads braket's \set, \Set and \Braket, whose bars are as tall as their
// delimiters.
func (p *parser) setOf(t token, name string) node {
	before, after, bar := `\left\{\:`, `\:\right\}`, `\;\middle|\;`
	switch name {
	case "set":
		before, after, bar = `{\{\,`, `\,\}}`, `\mid `
	case "Braket":
		before, after, bar = `\left\langle `, `\right\rangle `, `\,\middle|\,`
	}
	body, depth, bars := tokens(before), 0, 0
	for _, k := range p.argument(t) {
		switch k.text {
		case "{":
			depth++
		case "}":
			depth--
		case "|", `\mid`, `\vert`:
			// The first bar of a set; every bar of a bracket.
			if depth == 0 && (bars == 0 || name == "Braket") {
				bars++
				body = append(body, tokens(bar)...)
				continue
			}
		}
		body = append(body, k)
	}
	p.push(append(body, tokens(after)...), t.at)
	return p.nucleus(p.next())
}

// not strikes the next sign through.
func (p *parser) not(t token) node {
	n := p.arg(t)
	if r, ok := n.(*row); ok && len(r.kids) == 1 {
		n = r.kids[0]
	}
	s, ok := n.(*symbol)
	if !ok {
		return n
	}
	const pairs = "=≠∈∉∋∌<≮>≯≤≰≥≱∼≁≃≄≅≇≈≉≡≢⊂⊄⊃⊅⊆⊈⊇⊉∃∄∣∤∥∦≺⊀≻⊁⊢⊬⊨⊭⊲⋪⊳⋫⊴⋬⊵⋭←↚→↛↔↮⇐⇍⇒⇏⇔⇎≼⋠≽⋡⊑⋢⊒⋣"
	c := *s
	if i := strings.Index(pairs, s.text); i >= 0 && utf8.RuneCountInString(s.text) == 1 && utf8.RuneCountInString(pairs[:i])%2 == 0 {
		r, _ := utf8.DecodeRuneInString(pairs[i+len(s.text):])
		c.text = string(r)
		return &c
	}
	c.negate = true
	if c.class == ord {
		c.class = rel
	}
	return &c
}

// charCode reads \char's number: decimal, "hexadecimal, 'octal or `letter.
func (p *parser) charCode(t token) node {
	n := p.skip()
	base := 10
	digits := ""
	switch n.text {
	case "`":
		c := p.next()
		s := strings.TrimPrefix(c.text, `\`)
		return p.character(token{s, c.at})
	case `"`:
		base = 16
	case "'":
		base = 8
	default:
		digits = n.text
	}
	for {
		n := p.next()
		if len(n.text) != 1 {
			p.unread(n)
			break
		}
		if _, err := strconv.ParseUint(n.text, base, 8); err != nil {
			p.unread(n)
			break
		}
		digits += n.text
	}
	v, err := strconv.ParseUint(digits, base, 32)
	if err != nil || v > utf8.MaxRune || v < ' ' || !utf8.ValidRune(rune(v)) {
		p.fail(t.at, `\char wants the number of a character`, `\char 之后应是字符编码`)
	}
	return p.character(token{string(rune(v)), t.at})
}

// named reads operators that are names.
func (p *parser) named(_ token, name string) (node, bool) {
	const plain = " arcsin arccos arctan arctg arcctg arg ch cos cosec cosh cot cotg coth csc ctg cth deg dim exp hom ker lg ln log sec sin sinh sh tan tanh tg th "
	const limit = " det gcd inf lim max min Pr sup "
	if strings.Contains(plain, " "+name+" ") {
		return &operator{text: name}, true
	}
	if strings.Contains(limit, " "+name+" ") {
		return &operator{text: name, limits: asDisplay}, true
	}
	return nil, false
}
