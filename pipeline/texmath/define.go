package texmath

// defining reads definitions of macros.
func (p *parser) defining(t token, name string) (node, bool) {
	switch name {
	case "newcommand", "renewcommand", "providecommand":
		p.newCommand(t)
	case "def", "gdef", "edef", "xdef":
		p.def(t, name == "gdef" || name == "xdef")
	case "let", "futurelet":
		p.let(t)
	case "global", "long", "relax", "noexpand", "limits", "nolimits", "displaystyle", "textstyle", "label":
		if name == "label" {
			p.plain(t)
		}
	case "DeclareMathOperator":
		star := p.star()
		cmd := p.commandName(t)
		s := `\operatorname`
		if star {
			s += "*"
		}
		body := append(tokens(s+"{"), p.argument(t)...)
		p.define(cmd, &macro{body: append(body, token{text: "}"})}, false)
	default:
		return nil, false
	}
	return nil, true
}

// commandName reads the command that is defined, in braces or bare.
func (p *parser) commandName(of token) string {
	t := p.solid()
	braced := t.text == "{"
	if braced {
		t = p.solid()
	}
	if !t.command() && t.text != "~" {
		p.fail(of.at, of.text+" wants a command to define", of.text+" 之后应是要定义的命令")
	}
	if braced {
		if end := p.solid(); end.text != "}" {
			p.fail(of.at, of.text+" wants one command", of.text+" 只能定义一个命令")
		}
	}
	return t.text
}

func (p *parser) newCommand(t token) {
	p.star()
	name := p.commandName(t)
	m := &macro{}
	if s, ok := p.bracketText(); ok {
		if len(s) != 1 || s[0] < '0' || s[0] > '9' {
			p.fail(t.at, "a macro has up to 9 arguments", "宏最多有 9 个参数")
		}
		m.args = int(s[0] - '0')
		if s, ok := p.bracketText(); ok && m.args > 0 {
			d := tokens(s)
			m.optional = &d
		}
	}
	m.body = p.argument(t)
	p.define(name, m, false)
}

// def reads \def\name#1#2{…}; arguments between other signs are not read.
func (p *parser) def(t token, global bool) {
	name := p.commandName(t)
	m := &macro{}
	for {
		n := p.raw()
		switch n.text {
		case "{":
			m.body = p.until("}", n.at)
			p.define(name, m, global)
			return
		case "#":
			d := p.raw()
			if d.text != string(rune('1'+m.args)) || m.args == 9 {
				p.fail(n.at, "arguments are numbered #1 to #9 in turn", "参数须依次编号为 #1 到 #9")
			}
			m.args++
		case " ":
		default:
			p.fail(n.at, "arguments with delimiters are not supported", "不支持带定界符的宏参数")
		}
	}
}

func (p *parser) let(t token) {
	name := p.commandName(t)
	n := p.solid()
	if n.text == "=" {
		n = p.solid()
	}
	if n.text == "" || n.text == "{" || n.text == "}" {
		p.fail(t.at, t.text+" wants a command", t.text+" 之后应是命令")
	}
	if n.text == name {
		return
	}
	m := &macro{body: []token{n}}
	if n.command() {
		if of := p.macro(n.text); of != nil {
			m = of
		}
	}
	p.define(name, m, false)
}
