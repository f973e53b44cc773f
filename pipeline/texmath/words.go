package texmath

import (
	"strings"
	"unicode/utf8"
)

// textStyle is what \textbf and its like add to the text's style.
func textStyle(name string) text {
	switch name {
	case "textbf":
		return text{bold: true}
	case "textit", "emph":
		return text{slant: true}
	case "textsf":
		return text{role: 's'}
	case "texttt":
		return text{role: 't'}
	}
	return text{}
}

// textArg reads an argument in text mode: words in a style, with formulae in
// dollars between them.
func (p *parser) textArg(of token, st text) node {
	t := p.skip()
	if t.text != "{" {
		p.unread(t)
		s := p.solid()
		if s.text == "" || s.text == "}" {
			p.fail(of.at, of.text+" lacks an argument", of.text+" 缺少参数")
		}
		if s.command() {
			return p.nucleus(s)
		}
		st.value = s.text
		return &st
	}
	kids := p.textRun(t, st)
	if len(kids) == 1 {
		return kids[0]
	}
	return &row{kids: kids, braced: true}
}

// textRun reads text up to the } that closes the brace just taken.
func (p *parser) textRun(brace token, st text) []node {
	defer p.nest(brace.at)()
	var kids []node
	var b strings.Builder
	flush := func() {
		if b.Len() > 0 {
			n := st
			n.value = b.String()
			kids = append(kids, &n)
			b.Reset()
		}
	}
	for {
		t := p.next()
		switch {
		case t.text == "":
			p.fail(brace.at, "{ is not closed", "{ 没有闭合")
		case t.text == "}":
			flush()
			return kids
		case t.text == "{":
			flush()
			kids = append(kids, p.textRun(t, st)...)
		case t.text == "$" || t.text == `\(`:
			flush()
			kids = append(kids, p.mathInText(t))
		case t.text == "-" || t.text == "`" || t.text == "'":
			b.WriteString(p.ligature(t.text))
		case !t.command():
			b.WriteString(t.text)
		default:
			if s, ok := p.textSign(t); ok {
				b.WriteString(s)
				continue
			}
			flush()
			kids = append(kids, p.textControl(t, st)...)
		}
	}
}

// mathInText reads a formula inside text.
func (p *parser) mathInText(t token) node {
	outer := p.face
	p.face = asIs
	kids := p.row(ending{dollar: true})
	p.face = outer
	if end := p.skip(); end.text != "$" && end.text != `\)` {
		p.fail(t.at, t.text+" is not closed", t.text+" 没有闭合")
	}
	return &styled{inText, &row{kids: kids, braced: true}}
}

// ligature joins -- and --- and doubled quotes.
func (p *parser) ligature(s string) string {
	n := 1
	most := 2
	if s == "-" {
		most = 3
	}
	for n < most {
		t := p.next()
		if t.text != s {
			p.unread(t)
			break
		}
		n++
	}
	switch s {
	case "-":
		return [...]string{"-", "–", "—"}[n-1]
	case "`":
		return [...]string{"‘", "“"}[n-1]
	}
	return [...]string{"’", "”"}[n-1]
}

// textSign is what a command stands for within a word.
func (p *parser) textSign(t token) (string, bool) {
	switch name := t.text[1:]; name {
	case "{", "}", "#", "$", "%", "&", "_":
		return name, true
	case " ", "", "space", ",", ":", ";", `\`:
		return " ", true
	case "-", "/", "relax", "!":
		return "", true
	case "'", "`", "^", "~", "=", "\"", ".", "u", "v", "H", "r", "c":
		return p.accented(t, name), true
	default:
		if s, ok := p.sign(name).(*symbol); ok && s.class != bin && s.class != rel && !s.letter {
			return s.text, true
		}
	}
	return "", false
}

// accented reads a letter with its accent, as one character where there is.
func (p *parser) accented(of token, name string) string {
	const names, marks = "'`^~=\".uvHrc", "\u0301\u0300\u0302\u0303\u0304\u0308\u0307\u0306\u030C\u030B\u030A\u0327"
	base := p.plain(of)
	i := strings.Index(names, name)
	mark := []rune(marks)[i]
	if r, n := utf8.DecodeRuneInString(base); n == len(base) {
		// The common letters, so that any face has them.
		const composed = "á\u0301aé\u0301eí\u0301ió\u0301oú\u0301uà\u0300aè\u0300eì\u0300iò\u0300où\u0300uâ\u0302aê\u0302eî\u0302iô\u0302oû\u0302uã\u0303añ\u0303nõ\u0303oä\u0308aë\u0308eï\u0308iö\u0308oü\u0308uå\u030Aaç\u0327cÁ\u0301AÉ\u0301EÖ\u0308OÜ\u0308UÄ\u0308AÇ\u0327C"
		rs := []rune(composed)
		for k := 0; k+2 < len(rs); k += 3 {
			if rs[k+1] == mark && rs[k+2] == r {
				return string(rs[k])
			}
		}
	}
	return base + string(mark)
}

// textControl reads a command in text mode that is no character.
func (p *parser) textControl(t token, st text) []node {
	name := t.text[1:]
	switch name {
	case "text", "textrm", "textnormal", "textup", "textmd", "mbox", "hbox", "textsc", "textbf", "textit", "emph", "textsf", "texttt":
		inner := textStyle(name)
		inner.bold, inner.slant = inner.bold || st.bold, inner.slant || st.slant
		return []node{p.textArg(t, inner)}
	case "bf", "bfseries":
		st.bold = true
	case "it", "itshape":
		st.slant = true
	case "rm", "sf", "tt", "normalfont", "rmfamily":
	case "textcolor":
		s, c := p.color()
		return []node{&colored{s, c, &row{kids: []node{p.textArg(t, st)}}}}
	case "displaystyle", "textstyle", "scriptstyle", "small", "normalsize", "large", "footnotesize", "tiny", "scriptsize":
	default:
		if n := p.nucleus(t); n != nil {
			return []node{n}
		}
		return nil
	}
	// A switch: the rest of the group is in the new style; the group's } stays.
	kids := p.textRun(t, st)
	p.unread(token{"}", t.at})
	return kids
}
