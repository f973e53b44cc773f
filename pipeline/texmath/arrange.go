package texmath

import (
	"slices"
	"strings"
)

// arranged reads environments and stacks of lines.
func (p *parser) arranged(t token, name string) (node, bool) {
	switch name {
	case "begin":
		return p.environment(t, strings.TrimSpace(p.plain(t))), true
	case "matrix", "pmatrix", "cases":
		// plain TeX's \matrix{…}
		if n := p.skip(); n.text == "{" {
			a := &array{kind: matrix}
			dressArray(a, name)
			p.cells(a, token{"{", n.at}, "")
			return a, true
		} else {
			p.unread(n)
		}
	}
	return nil, false
}

// dressArray sets the delimiters and the kind of an environment; false if
// there is none of the name.
func dressArray(a *array, name string) bool {
	switch name {
	case "matrix":
	case "pmatrix":
		a.left, a.right = "(", ")"
	case "bmatrix":
		a.left, a.right = "[", "]"
	case "Bmatrix":
		a.left, a.right = "{", "}"
	case "vmatrix":
		a.left, a.right = "|", "|"
	case "Vmatrix":
		a.left, a.right = "‖", "‖"
	case "smallmatrix":
		a.kind = smallMatrix
	case "subarray":
		a.kind = subArray
	case "array":
		a.kind = plainArray
	case "darray":
		a.kind = displayArray
	case "cases":
		a.kind, a.left = caseArray, "{"
	case "dcases":
		a.kind, a.left = displayCases, "{"
	case "rcases":
		a.kind, a.right = caseArray, "}"
	case "drcases":
		a.kind, a.right = displayCases, "}"
	case "align", "aligned", "split", "eqnarray", "flalign":
		a.kind = alignment
	case "alignat", "alignedat":
		a.kind = alignedAt
	case "gather", "gathered", "equation", "multline", "math", "displaymath":
		a.kind = gathering
	default:
		return false
	}
	return true
}

func (p *parser) environment(t token, full string) node {
	defer p.nest(t.at)()
	name, starred := strings.CutSuffix(full, "*")
	a := &array{}
	if !dressArray(a, name) {
		p.fail(t.at, "unknown environment "+full, "未知环境 "+full)
	}
	switch name {
	case "array", "darray", "subarray":
		if s, ok := p.bracketText(); ok && s != "" && s != "t" && s != "b" && s != "c" {
			p.fail(t.at, "an array's place is t, b or c", "array 的位置只能是 t、b 或 c")
		}
		p.columnSpec(a, p.plain(t), t.at)
	case "alignat", "alignedat":
		p.plain(t)
	case "matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix":
		if s, ok := p.bracketText(); starred && ok {
			p.columnSpec(a, s, t.at)
		} else if ok {
			p.push(tokens("["+s+"]"), t.at)
		}
	}
	p.cells(a, t, full)
	return a
}

// columnSpec reads "l|c||r".
func (p *parser) columnSpec(a *array, spec string, at int) {
	rules := 0
	for i := 0; i < len(spec); i++ {
		switch c := spec[i]; c {
		case 'l', 'c', 'r':
			a.columns = append(a.columns, column{align: c, rules: rules})
			rules = 0
		case '|':
			rules++
		case ':':
			rules--
		case ' ':
		case '@', '!', '>', '<': // white or commands between columns
			if j := strings.IndexByte(spec[i:], '}'); j > 0 {
				i += j
			}
		case 'p', 'm', 'b':
			a.columns = append(a.columns, column{align: 'l', rules: rules})
			rules = 0
			if j := strings.IndexByte(spec[i:], '}'); j > 0 {
				i += j
			}
		case '*':
			p.repeated(a, spec[i:], at)
			return
		default:
			p.fail(at, "unknown column "+string(rune(c)), "未知的列类型 "+string(rune(c)))
		}
	}
	if rules != 0 {
		a.columns = append(a.columns, column{rules: rules, last: true})
	}
}

// repeated reads *{3}{c} and what follows.
func (p *parser) repeated(a *array, spec string, at int) {
	parts := strings.SplitN(spec, "}", 3)
	if len(parts) < 3 || !strings.HasPrefix(parts[0], "*{") || !strings.HasPrefix(parts[1], "{") {
		p.fail(at, "columns are repeated as *{3}{c}", "重复的列应写成 *{3}{c}")
	}
	n := 0
	for _, c := range parts[0][2:] {
		if c < '0' || c > '9' || n > 100 {
			p.fail(at, "columns are repeated as *{3}{c}", "重复的列应写成 *{3}{c}")
		}
		n = 10*n + int(c-'0')
	}
	if len(a.columns)+n*len(parts[1]) > 1000 || strings.Contains(parts[1], "*") {
		p.fail(at, "too many columns", "列数过多")
	}
	p.columnSpec(a, strings.Repeat(parts[1][1:], n)+parts[2], at)
}

// cells reads the rows of an array up to \end{name}, or } where name is "".
func (p *parser) cells(a *array, t token, name string) {
	p.enter()
	defer p.leave()
	outer := p.tag
	p.tag = nil
	var line []node
	a.rules = append(a.rules, p.hlines())
	for {
		cell := &row{kids: p.row(ending{cell: true})}
		if a.paired() && len(line)%2 == 1 {
			cell.kids = slices.Insert(cell.kids, 0, node(&row{braced: true}))
		}
		line = append(line, cell)
		end := p.skip()
		switch end.text {
		case "&":
			if len(line) > 1000 {
				p.fail(end.at, "too many columns", "列数过多")
			}
			continue
		case `\\`, `\cr`:
			gap := dimension{}
			if end.text == `\\` {
				p.star()
				if s, ok := p.bracketText(); ok {
					gap = p.measure(s, end.at)
				}
			}
			p.endRow(a, &line, gap)
			continue
		case `\end`, "}":
			if (end.text == "}") != (name == "") {
				p.unexpected(end)
			}
			if name != "" {
				if got := strings.TrimSpace(p.plain(end)); got != name {
					p.fail(end.at, `\begin{`+name+`} ends with \end{`+got+`}`, `\begin{`+name+`} 以 \end{`+got+`} 结束`)
				}
			}
			if len(line) > 1 || len(cell.kids) > 0 || len(a.rows) == 0 {
				p.endRow(a, &line, dimension{})
			}
			p.settle(a, outer)
			return
		case "":
			p.fail(t.at, t.text+" is not closed", t.text+" 没有闭合")
		}
		p.unexpected(end)
	}
}

func (p *parser) endRow(a *array, line *[]node, gap dimension) {
	a.rows = append(a.rows, *line)
	a.gaps = append(a.gaps, gap)
	a.tags = append(a.tags, p.tag)
	p.tag = nil
	*line = nil
	a.rules = append(a.rules, p.hlines())
}

// settle gives the array's only tag to the formula, as KaTeX does.
func (p *parser) settle(a *array, outer node) {
	p.tag = outer
	var only node
	n := 0
	for _, t := range a.tags {
		if t != nil {
			only = t
			n++
		}
	}
	if n == 0 {
		a.tags = nil
	} else if n == 1 && len(a.rows) == 1 && outer == nil {
		p.tag, a.tags = only, nil
	}
}

// hlines reads the rules between rows.
func (p *parser) hlines() int {
	n := 0
	for {
		t := p.skip()
		switch t.text {
		case `\hline`:
			n++
		case `\hdashline`:
			n--
		case `\toprule`, `\midrule`, `\bottomrule`:
			n++
		default:
			p.unread(t)
			return n
		}
	}
}

// paired reports whether the array's columns come in pairs, right and left.
func (n *array) paired() bool { return n.kind == alignment || n.kind == alignedAt }
