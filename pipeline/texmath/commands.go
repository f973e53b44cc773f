package texmath

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"banxin/pipeline/page"
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

// decorated reads accents, bars, braces and arrows.
func (p *parser) decorated(t token, name string) (node, bool) {
	if mark, wide, under := accentOf(name); mark != "" {
		brace := mark == "⏞" || mark == "⏟" || mark == "⎴" || mark == "⎵"
		return &accent{base: p.arg(t), mark: mark, wide: wide, under: under, brace: brace}, true
	}
	switch name {
	case "overline", "underline":
		return &bar{base: p.arg(t), under: name == "underline"}, true
	}
	if sign := arrowOf(name); sign != "" {
		below := p.optional()
		return &arrow{sign: sign, above: p.arg(t), below: below}, true
	}
	return nil, false
}

// accentOf is the mark of an accent's command, "" if it is none.
func accentOf(name string) (mark string, wide, under bool) {
	switch name {
	case "hat":
		return "\u0302", false, false
	case "widehat":
		return "\u0302", true, false
	case "tilde":
		return "\u0303", false, false
	case "widetilde":
		return "\u0303", true, false
	case "utilde":
		return "\u0330", true, true
	case "check":
		return "\u030C", false, false
	case "widecheck":
		return "\u030C", true, false
	case "acute":
		return "\u0301", false, false
	case "grave":
		return "\u0300", false, false
	case "dot":
		return "\u0307", false, false
	case "ddot":
		return "\u0308", false, false
	case "bar":
		return "\u0304", false, false
	case "breve":
		return "\u0306", false, false
	case "vec":
		return "\u20D7", false, false
	case "mathring":
		return "\u030A", false, false
	case "overrightarrow", "Overrightarrow":
		return "→", true, false
	case "overleftarrow":
		return "←", true, false
	case "overleftrightarrow":
		return "↔", true, false
	case "overleftharpoon":
		return "↼", true, false
	case "overrightharpoon":
		return "⇀", true, false
	case "underrightarrow":
		return "→", true, true
	case "underleftarrow":
		return "←", true, true
	case "underleftrightarrow":
		return "↔", true, true
	case "overbrace":
		return "⏞", true, false
	case "underbrace":
		return "⏟", true, true
	case "overbracket", "overlinesegment":
		return "⎴", true, false
	case "underbracket", "underlinesegment":
		return "⎵", true, true
	case "overgroup", "overparen":
		return "⏜", true, false
	case "undergroup", "underparen":
		return "⏝", true, true
	}
	return "", false, false
}

func arrowOf(name string) string {
	switch name {
	case "xrightarrow":
		return "→"
	case "xleftarrow":
		return "←"
	case "xleftrightarrow":
		return "↔"
	case "xRightarrow":
		return "⇒"
	case "xLeftarrow":
		return "⇐"
	case "xLeftrightarrow":
		return "⇔"
	case "xhookleftarrow":
		return "↩"
	case "xhookrightarrow":
		return "↪"
	case "xmapsto":
		return "↦"
	case "xrightharpoondown":
		return "⇁"
	case "xrightharpoonup":
		return "⇀"
	case "xleftharpoondown":
		return "↽"
	case "xleftharpoonup":
		return "↼"
	case "xrightleftharpoons", "xrightequilibrium", "xleftequilibrium":
		return "⇌"
	case "xleftrightharpoons":
		return "⇋"
	case "xrightleftarrows", "xtofrom":
		return "⇄"
	case "xlongequal":
		return "="
	case "xtwoheadrightarrow":
		return "↠"
	case "xtwoheadleftarrow":
		return "↞"
	}
	return ""
}

// boxed reads phantoms, laps, frames, rules.
func (p *parser) boxed(t token, name string) (node, bool) {
	switch name {
	case "phantom":
		return &phantom{body: p.arg(t), width: true, height: true, depth: true}, true
	case "hphantom":
		return &phantom{body: p.arg(t), width: true}, true
	case "vphantom":
		return &phantom{body: p.arg(t), height: true, depth: true}, true
	case "smash":
		s, _ := p.bracketText()
		return &phantom{body: p.arg(t), width: true, height: s == "b", depth: s == "t", shown: true}, true
	case "mathllap":
		return &lap{p.arg(t), 'l'}, true
	case "mathrlap":
		return &lap{p.arg(t), 'r'}, true
	case "mathclap":
		return &lap{p.arg(t), 'c'}, true
	case "fbox":
		return &box{body: p.textArg(t, text{}), kind: framed}, true
	case "cancel":
		return &box{body: p.arg(t), kind: cancelUp}, true
	case "bcancel":
		return &box{body: p.arg(t), kind: cancelDown}, true
	case "xcancel":
		return &box{body: p.arg(t), kind: cancelBoth}, true
	case "sout":
		return &box{body: p.arg(t), kind: struck}, true
	case "angl":
		return &box{body: p.arg(t), kind: angled}, true
	case "colorbox":
		s, c := p.color()
		return &box{kind: grounded, ground: &c, groundName: s, body: p.textArg(t, text{})}, true
	case "fcolorbox":
		e, edge := p.color()
		s, c := p.color()
		return &box{kind: grounded, ground: &c, groundName: s, edge: &edge, edgeName: e, body: p.textArg(t, text{})}, true
	case "rule":
		d := &slab{}
		if s, ok := p.bracketText(); ok {
			d.raise = p.measure(s, t.at)
		}
		d.width = p.measure(p.plain(t), t.at)
		d.height = p.measure(p.plain(t), t.at)
		return d, true
	case "raisebox":
		by := p.measure(p.plain(t), t.at)
		return &raised{by: by, body: p.textArg(t, text{})}, true
	case "vcenter":
		return p.arg(t), true
	}
	return nil, false
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

// plain reads an argument as text without meaning.
func (p *parser) plain(of token) string {
	t := p.solid()
	if t.text != "{" {
		if t.text == "" || t.text == "}" {
			p.fail(of.at, of.text+" lacks an argument", of.text+" 缺少参数")
		}
		return t.text
	}
	var b strings.Builder
	for _, t := range p.until("}", t.at) {
		b.WriteString(t.text)
	}
	return b.String()
}

// bracketText reads an argument in brackets as text.
func (p *parser) bracketText() (string, bool) {
	t := p.solid()
	if t.text != "[" {
		p.unread(t)
		return "", false
	}
	var b strings.Builder
	for _, t := range p.until("]", t.at) {
		b.WriteString(t.text)
	}
	return strings.TrimSpace(b.String()), true
}

// dimension reads a length that stands bare, or in braces.
func (p *parser) dimension() dimension {
	t := p.solid()
	if t.text == "{" {
		p.unread(t)
		return p.measure(p.plain(t), t.at)
	}
	p.unread(t)
	at := t.at
	var b strings.Builder
	for {
		t := p.raw()
		ok := len(t.text) == 1 && (strings.Contains("+-.0123456789 ", t.text) || asciiLetter(t.text[0]))
		if !ok {
			p.unread(t)
			break
		}
		b.WriteString(t.text)
		s := strings.TrimSpace(b.String())
		if n := len(s); n > 2 && asciiLetter(s[n-1]) && asciiLetter(s[n-2]) {
			break
		}
	}
	return p.measure(b.String(), at)
}

// measure reads a length with its unit.
func (p *parser) measure(s string, at int) dimension {
	s = strings.ReplaceAll(s, " ", "")
	i := len(s)
	for i > 0 && asciiLetter(s[i-1]) {
		i--
	}
	v, err := strconv.ParseFloat(s[:i], 64)
	u := s[i:]
	known := strings.Contains(" pt mm cm in bp pc dd cc nd nc sp px ex em mu ", " "+u+" ")
	if err == nil && u == "" && v == 0 {
		return dimension{}
	}
	if err != nil || u == "" || !known || v > 10_000 || v < -10_000 {
		p.fail(at, "not a length: "+s, "不是长度："+s)
	}
	return dimension{int64(v * 1000), u}
}

// color reads a colour's name, #rgb or #rrggbb, and returns it as #rrggbb too:
// all that MathML's schema knows beside sixteen names.
func (p *parser) color() (string, page.Color) {
	t := p.solid()
	p.unread(t)
	s := strings.TrimSpace(p.plain(t))
	if hex, c, ok := colorOf(s); ok {
		return hex, c
	}
	p.fail(t.at, "unknown colour "+s, "未知颜色 "+s)
	return "", page.Color{}
}

func colorOf(s string) (string, page.Color, bool) {
	h := strings.TrimPrefix(s, "#")
	if len(h) == 3 {
		h = string([]byte{h[0], h[0], h[1], h[1], h[2], h[2]})
	}
	if len(h) == 6 {
		if v, err := strconv.ParseUint(h, 16, 32); err == nil {
			return "#" + strings.ToLower(h), page.RGBColor(uint8(v>>16), uint8(v>>8), uint8(v)), true
		}
	}
	const names = " black=000000 white=ffffff red=ff0000 green=008000 lime=00ff00 blue=0000ff cyan=00ffff aqua=00ffff magenta=ff00ff fuchsia=ff00ff" +
		" yellow=ffff00 gray=808080 grey=808080 darkgray=a9a9a9 lightgray=d3d3d3 brown=a52a2a orange=ffa500 pink=ffc0cb purple=800080 teal=008080" +
		" olive=808000 violet=ee82ee navy=000080 maroon=800000 silver=c0c0c0 gold=ffd700 indigo=4b0082 crimson=dc143c tomato=ff6347 coral=ff7f50" +
		" salmon=fa8072 khaki=f0e68c orchid=da70d6 plum=dda0dd turquoise=40e0d0 skyblue=87ceeb steelblue=4682b4 royalblue=4169e1 slategray=708090" +
		" forestgreen=228b22 seagreen=2e8b57 darkgreen=006400 darkblue=00008b darkred=8b0000 darkorange=ff8c00 firebrick=b22222 chocolate=d2691e"
	i := strings.Index(names, " "+strings.ToLower(s)+"=")
	if i < 0 || s == "" {
		return "", page.Color{}, false
	}
	return colorOf("#" + names[i+len(s)+2:i+len(s)+8])
}
