package texmath

import "strings"

// chemistry reads \ce's notation for formulae and equations of reactions, the
// part of mhchem that books use: H2O, SO4^2-, ^{14}_6C, 2H2 + O2 -> 2H2O,
// arrows with conditions ->[a][b], <=>, states (aq), bonds, precipitates.
func (p *parser) chemistry(t token) node {
	open := p.skip()
	if open.text != "{" {
		p.fail(t.at, t.text+" wants braces", t.text+" 之后应是花括号")
	}
	c := chemist{in: p.until("}", open.at), at: t.at}
	tex := c.read()
	outer := p.face
	p.face = upright
	defer func() { p.face = outer }()
	p.push(append(append([]token{{text: "{"}}, tokens(tex)...), token{text: "}"}), t.at)
	return p.nucleus(p.next())
}

// chemist rewrites \ce's notation as TeX.
type chemist struct {
	in  []token
	i   int
	at  int
	out strings.Builder
}

func (c *chemist) peek(k int) string {
	if c.i+k < len(c.in) {
		return c.in[c.i+k].text
	}
	return ""
}

func (c *chemist) read() string {
	formula := false // behind an element or a bracket: digits are counts of atoms
	for c.i < len(c.in) {
		s := c.peek(0)
		switch {
		case s == " ":
			c.blank()
			formula = false
			continue
		case c.arrow():
			formula = false
			continue
		case isDigit(s):
			c.number(formula)
			continue
		case s == "^" || s == "_":
			c.out.WriteString(s)
			c.i++
			c.script()
			continue
		case (s == "+" || s == "-") && formula && (c.peek(1) == "" || c.peek(1) == " " || c.peek(1) == ")" || c.peek(1) == "]"):
			c.out.WriteString("^{" + s + "}")
		case s == "-" || s == "=" || s == "#":
			c.out.WriteString("{" + map[string]string{"-": "-", "=": "=", "#": `\equiv`}[s] + "}")
		case s == "." || s == "*":
			c.out.WriteString(`\cdot `)
			formula = false
		case s == "$":
			c.math()
		case s == "{":
			c.group()
		default:
			c.out.WriteString(s)
			if len(s) > 1 {
				c.out.WriteByte(' ')
			}
			formula = len(s) == 1 && asciiLetter(s[0]) || s == ")" || s == "]" || s == `\}`
			c.i++
			continue
		}
		c.i++
	}
	return c.out.String()
}

func isDigit(s string) bool { return len(s) == 1 && s[0] >= '0' && s[0] <= '9' }

// blank separates; + and - between blanks are operators, v and ^ alone are a
// precipitate and a gas.
func (c *chemist) blank() {
	next, after := c.peek(1), c.peek(2)
	alone := after == "" || after == " "
	switch {
	case alone && (next == "+" || next == "-"):
		c.out.WriteString(" " + next + " ")
		c.i += 2
	case alone && next == "v":
		c.out.WriteString(`\downarrow `)
		c.i += 2
	case alone && next == "^":
		c.out.WriteString(`\uparrow `)
		c.i += 2
	default:
		c.out.WriteByte(' ')
		c.i++
	}
}

func (c *chemist) number(formula bool) {
	start := c.i
	for isDigit(c.peek(0)) || !formula && (c.peek(0) == "." || c.peek(0) == "/") && isDigit(c.peek(1)) {
		c.i++
	}
	s := ""
	for _, t := range c.in[start:c.i] {
		s += t.text
	}
	switch num, den, ok := strings.Cut(s, "/"); {
	case formula:
		c.out.WriteString("_{" + s + "}")
	case ok:
		c.out.WriteString(`\tfrac{` + num + "}{" + strings.ReplaceAll(den, "/", "") + `}\,`)
	default:
		c.out.WriteString(s)
		if c.i < len(c.in) && c.peek(0) != " " {
			c.out.WriteString(`\,`)
		}
	}
}

// script reads a charge or an index: a group, or digits and signs.
func (c *chemist) script() {
	c.out.WriteByte('{')
	if c.peek(0) == "{" {
		c.i++
		for depth := 1; c.i < len(c.in); c.i++ {
			s := c.peek(0)
			if s == "{" {
				depth++
			} else if s == "}" {
				if depth--; depth == 0 {
					c.i++
					break
				}
			}
			c.out.WriteString(s)
		}
	} else {
		for isDigit(c.peek(0)) || c.peek(0) == "+" || c.peek(0) == "-" {
			c.out.WriteString(c.peek(0))
			c.i++
		}
	}
	c.out.WriteByte('}')
}

// arrow reads an arrow of a reaction with its conditions.
func (c *chemist) arrow() bool {
	for _, a := range [...][2]string{
		{"<=>>", "xrightleftharpoons"}, {"<<=>", "xrightleftharpoons"}, {"<=>", "xrightleftharpoons"}, {"<-->", "xleftrightarrow"}, {"<->", "xleftrightarrow"}, {"->", "xrightarrow"}, {"<-", "xleftarrow"},
	} {
		ok := true
		for k := range len(a[0]) {
			ok = ok && c.peek(k) == a[0][k:k+1]
		}
		if !ok {
			continue
		}
		c.i += len(a[0])
		above, below := c.condition(), c.condition()
		c.out.WriteString(`\mathrel{\` + a[1])
		if below != "" {
			c.out.WriteString("[" + below + "]")
		}
		c.out.WriteString("{" + above + `}}`)
		return true
	}
	return false
}

// condition reads what stands over an arrow, in brackets.
func (c *chemist) condition() string {
	if c.peek(0) != "[" {
		return ""
	}
	start := c.i + 1
	for c.i < len(c.in) && c.peek(0) != "]" {
		c.i++
	}
	inner := chemist{in: c.in[start:c.i], at: c.at}
	c.i = min(c.i+1, len(c.in))
	return inner.read()
}

// math copies a formula between dollars.
func (c *chemist) math() {
	c.out.WriteByte('{')
	for c.i++; c.i < len(c.in) && c.peek(0) != "$"; c.i++ {
		c.out.WriteString(c.peek(0))
		if len(c.peek(0)) > 1 {
			c.out.WriteByte(' ')
		}
	}
	c.out.WriteByte('}')
}

// group copies text in braces.
func (c *chemist) group() {
	c.out.WriteString(`\text{`)
	for c.i++; c.i < len(c.in) && c.peek(0) != "}"; c.i++ {
		c.out.WriteString(c.peek(0))
	}
	c.out.WriteByte('}')
}
