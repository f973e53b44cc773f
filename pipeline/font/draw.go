package font

// pen draws a flat charstring as a path. Coordinates are in 1/65536 units, so
// that nothing is rounded on the way.
type pen struct {
	out   []Segment
	x, y  int64
	stack []int64
	open  bool
	stems int
	begun bool // the width, an odd first operand, has been looked for
}

// drawCharstring returns the outline of a charstring without calls; where it
// is damaged, what came before.
func drawCharstring(code []byte) []Segment {
	p := &pen{stack: make([]int64, 0, 48)}
	for i := 0; i < len(code); {
		v := code[i]
		if n := numberSize(v); n > 0 {
			if i+n > len(code) {
				break
			}
			_, fixed := number(code[i:])
			p.stack = append(p.stack, fixed)
			i += n
			continue
		}
		i++
		op := int(v)
		if v == csEscape {
			if i >= len(code) {
				break
			}
			op = 1200 + int(code[i])
			i++
		}
		if op == csHintMask || op == csCntrMask {
			p.hints()
			i += (p.stems + 7) / 8
		} else {
			p.do(op)
		}
		p.stack = p.stack[:0]
	}
	p.close()
	return p.out
}

func (p *pen) hints() {
	p.begun = true
	p.stems += len(p.stack) / 2
}

// width drops the width that may stand before the operands of the first
// operator, which then are want.
func (p *pen) width(want int) {
	if !p.begun && len(p.stack) > want {
		p.stack = p.stack[1:]
	}
	p.begun = true
}

func (p *pen) do(op int) {
	switch op {
	case csHStem, csVStem, csHStemHM, csVStemHM:
		p.hints()
	case csRMoveTo:
		p.width(2)
		p.move(p.arg(0), p.arg(1))
	case csHMoveTo:
		p.width(1)
		p.move(p.arg(0), 0)
	case csVMoveTo:
		p.width(1)
		p.move(0, p.arg(0))
	case csRLineTo:
		p.lines(0, len(p.stack))
	case csHLineTo, csVLineTo:
		horizontal := op == csHLineTo
		for _, d := range p.stack {
			if horizontal {
				p.line(d, 0)
			} else {
				p.line(0, d)
			}
			horizontal = !horizontal
		}
	case csRRCurveTo:
		p.curves(0, len(p.stack))
	case csRCurveLine:
		n := p.curves(0, len(p.stack)-2)
		p.lines(n, len(p.stack))
	case csRLineCurve:
		n := p.lines(0, len(p.stack)-6)
		p.curves(n, len(p.stack))
	case csVVCurveTo, csHHCurveTo:
		p.straight(op == csHHCurveTo)
	case csVHCurveTo, csHVCurveTo:
		p.alternating(op == csHVCurveTo)
	case csFlex, csHFlex, csHFlex1, csFlex1:
		p.flex(op)
	}
}

// arg returns operand i, 0 where there is none.
func (p *pen) arg(i int) int64 {
	if i < len(p.stack) {
		return p.stack[i]
	}
	return 0
}

func units(v int64) float32 { return float32(float64(v) / 65536) }

func (p *pen) move(dx, dy int64) {
	p.close()
	p.x, p.y = p.x+dx, p.y+dy
	p.out = append(p.out, Segment{Op: 'M', P: [6]float32{units(p.x), units(p.y)}})
	p.open = true
}

func (p *pen) close() {
	if p.open {
		p.out = append(p.out, Segment{Op: 'Z'})
	}
	p.open = false
}

func (p *pen) line(dx, dy int64) {
	p.x, p.y = p.x+dx, p.y+dy
	p.out = append(p.out, Segment{Op: 'L', P: [6]float32{units(p.x), units(p.y)}})
}

func (p *pen) curve(x1, y1, x2, y2, x3, y3 int64) {
	x1, y1 = p.x+x1, p.y+y1
	x2, y2 = x1+x2, y1+y2
	p.x, p.y = x2+x3, y2+y3
	p.out = append(p.out, Segment{Op: 'C', P: [6]float32{units(x1), units(y1), units(x2), units(y2), units(p.x), units(p.y)}})
}

// lines draws operands [i, end) as lines and returns where it stopped.
func (p *pen) lines(i, end int) int {
	for ; i+2 <= end; i += 2 {
		p.line(p.stack[i], p.stack[i+1])
	}
	return i
}

// curves draws operands [i, end) as curves and returns where it stopped.
func (p *pen) curves(i, end int) int {
	for ; i+6 <= end; i += 6 {
		s := p.stack[i:]
		p.curve(s[0], s[1], s[2], s[3], s[4], s[5])
	}
	return i
}

// straight draws curves that begin and end horizontally, or vertically.
func (p *pen) straight(horizontal bool) {
	s := p.stack
	var across int64
	if len(s)%4 == 1 {
		across, s = s[0], s[1:]
	}
	for ; len(s) >= 4; s = s[4:] {
		if horizontal {
			p.curve(s[0], across, s[1], s[2], s[3], 0)
		} else {
			p.curve(across, s[0], s[1], s[2], 0, s[3])
		}
		across = 0
	}
}

// alternating draws curves that begin horizontally and end vertically, and
// the other way round, in turns.
func (p *pen) alternating(horizontal bool) {
	s := p.stack
	for ; len(s) >= 4; s = s[4:] {
		var last int64
		if len(s) == 5 {
			last = s[4]
		}
		if horizontal {
			p.curve(s[0], 0, s[1], s[2], last, s[3])
		} else {
			p.curve(0, s[0], s[1], s[2], s[3], last)
		}
		horizontal = !horizontal
	}
}

func (p *pen) flex(op int) {
	a := p.arg
	switch op {
	case csFlex:
		p.curve(a(0), a(1), a(2), a(3), a(4), a(5))
		p.curve(a(6), a(7), a(8), a(9), a(10), a(11))
	case csHFlex:
		p.curve(a(0), 0, a(1), a(2), a(3), 0)
		p.curve(a(4), 0, a(5), -a(2), a(6), 0)
	case csHFlex1:
		p.curve(a(0), a(1), a(2), a(3), a(4), 0)
		p.curve(a(5), 0, a(6), a(7), a(8), -(a(1) + a(3) + a(7)))
	case csFlex1:
		dx := a(0) + a(2) + a(4) + a(6) + a(8)
		dy := a(1) + a(3) + a(5) + a(7) + a(9)
		p.curve(a(0), a(1), a(2), a(3), a(4), a(5))
		if max(dx, -dx) > max(dy, -dy) {
			p.curve(a(6), a(7), a(8), a(9), a(10), -dy)
		} else {
			p.curve(a(6), a(7), a(8), a(9), -dx, a(10))
		}
	}
}
