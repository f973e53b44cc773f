package texmath

import (
	"banxin/pipeline/font"
	"banxin/pipeline/unit"
)

// scripts sets a base with its scripts: above and below it where it is a big
// operator in a display, else at its right (Appendix G, rules 13a and 18).
func (s *setting) scripts(n *scripts, st style) *crate {
	if piled(n.base, st.size) {
		return s.pile(n, st)
	}
	base := s.node(n.base, st)
	core := base
	if base.core != nil {
		core = base.core
	}
	var sub, sup *crate
	if n.sub != nil {
		sub = s.node(n.sub, st.sub()).shut()
	}
	if n.sup != nil {
		sup = s.primed(n, st)
	}
	up, down := s.shifts(core, sub, sup, st)
	gap := s.constant(font.SpaceAfterScript, st)
	c := &crate{w: base.w + base.overhang(), h: base.h, d: base.d}
	c.add(base, 0, 0)
	right, left := base.w+base.italic, base.w
	if base.full { // as big signs are (MathML Core 3.4.1.2)
		right, left = base.w, base.w-base.italic
	}
	if sup != nil {
		c.add(sup, right, -up)
		c.w = max(c.w, right+sup.w+gap)
		c.h, c.d = max(c.h, up+sup.h), max(c.d, sup.d-up)
	}
	if sub != nil {
		c.add(sub, left, down)
		if sup == nil {
			c.w = base.w // the subscript stands under the lean
		}
		c.w = max(c.w, left+sub.w+gap)
		c.h, c.d = max(c.h, sub.h-down), max(c.d, down+sub.d)
	}
	return c
}

// primed sets a superscript. Primes of a face that has them raised already
// stand as they are, in the base's size.
func (s *setting) primed(n *scripts, st style) *crate {
	kids, ok := n.sup.(*row)
	id, has := s.face.Glyph('′')
	if n.primes == 0 || !ok || !has || 3*s.face.Bounds(id)[1] < s.metrics.XHeight {
		return s.node(n.sup, st.sup()).shut()
	}
	c := &crate{}
	raised := s.constant(font.SuperscriptShiftUp, st)
	if st.cramped {
		raised = s.constant(font.SuperscriptShiftUpCramped, st)
	}
	for i, k := range kids.kids {
		if i >= n.primes {
			rest := s.list(kids.kids[i:], st.sup())
			c.add(rest, c.w, 0)
			c.w, c.h, c.d = c.w+rest.w, max(c.h, rest.h), max(c.d, rest.d)
			break
		}
		mark := s.node(k, st)
		if i > 0 { // the primes of a row stand closer than their widths
			c.w -= mark.w.Scale(380, 1000)
		}
		c.add(mark, c.w, raised)
		c.w, c.h = c.w+mark.w, max(c.h, mark.h-raised)
	}
	return c
}

// shifts finds how far the superscript is raised and the subscript lowered.
func (s *setting) shifts(base, sub, sup *crate, st style) (up, down unit.Length) {
	if sup != nil {
		shift := s.constant(font.SuperscriptShiftUp, st)
		if st.cramped {
			shift = s.constant(font.SuperscriptShiftUpCramped, st)
		}
		up = max(shift, sup.d+s.constant(font.SuperscriptBottomMin, st))
		if !base.glyph {
			up = max(up, base.h-s.constant(font.SuperscriptBaselineDropMax, st))
		}
	}
	if sub == nil {
		return up, 0
	}
	down = max(s.constant(font.SubscriptShiftDown, st), sub.h-s.constant(font.SubscriptTopMax, st))
	if !base.glyph {
		down = max(down, base.d+s.constant(font.SubscriptBaselineDropMin, st))
	}
	if sup == nil {
		return up, down
	}
	gap := (up - sup.d) - (sub.h - down)
	if least := s.constant(font.SubSuperscriptGapMin, st); gap < least {
		down += least - gap
		if rise := s.constant(font.SuperscriptBottomMaxWithSubscript, st) - (up - sup.d); rise > 0 {
			up += rise
			down -= rise
		}
	}
	return up, down
}

// pile sets limits above and below an operator, labels above and below a
// brace.
func (s *setting) pile(n *scripts, st style) *crate {
	base := s.node(n.base, st)
	var over, under *crate
	if n.sup != nil {
		over = s.node(n.sup, st.sup()).shut()
	}
	if n.sub != nil {
		under = s.node(n.sub, st.sub()).shut()
	}
	return s.limits(base, over, under, st)
}

// limits centres formulae over and under a base, moved by its lean.
func (s *setting) limits(base, over, under *crate, st style) *crate {
	c := &crate{w: base.w, h: base.h, d: base.d}
	for _, k := range []*crate{over, under} {
		if k != nil {
			c.w = max(c.w, k.w)
		}
	}
	lean := base.italic / 2
	c.add(base, (c.w-base.w)/2, 0)
	if over != nil {
		gap := max(s.constant(font.UpperLimitGapMin, st), s.constant(font.UpperLimitBaselineRiseMin, st)-over.d)
		y := base.h + gap + over.d
		c.add(over, (c.w-over.w)/2+lean, -y)
		c.h = y + over.h
	}
	if under != nil {
		gap := max(s.constant(font.LowerLimitGapMin, st), s.constant(font.LowerLimitBaselineDropMin, st)-under.h)
		y := base.d + gap + under.h
		c.add(under, (c.w-under.w)/2-lean, y)
		c.d = y + under.d
	}
	return c
}

// stack sets \overset and \underset.
func (s *setting) stack(n *stack, st style) *crate {
	base := s.node(n.base, st)
	var over, under *crate
	if n.over != nil {
		over = s.node(n.over, st.sup()).shut()
	}
	if n.under != nil {
		under = s.node(n.under, st.sub()).shut()
	}
	return s.limits(base, over, under, st)
}

// fraction sets one formula over another (Appendix G, rule 15).
func (s *setting) fraction(n *fraction, st style) *crate {
	if n.sized {
		st.size = n.size
	}
	num, den := s.node(n.num, st.part()).shut(), s.node(n.den, st.part().cramp()).shut()
	if n.continued { // as high as a line, so that all bars are alike
		num, den = num.copied(), den.copied()
		num.h = max(num.h, s.size(st).Scale(850, 1000))
		num.d, den.d = max(num.d, s.size(st).Scale(350, 1000)), max(den.d, s.size(st).Scale(350, 1000))
	}
	thick := s.constant(font.FractionRuleThickness, st)
	if n.rule != nil {
		thick = s.length(*n.rule, st)
	}
	up, down := s.fractionShifts(num, den, thick, st)
	w := max(num.w, den.w)
	side := s.size(st).Scale(120, 1000)
	if n.left != "" || n.right != "" {
		side = 0
	}
	c := &crate{w: w + 2*side, h: up + num.h, d: down + den.d}
	x := side + (w-num.w)/2
	switch n.align {
	case 'l':
		x = side
	case 'r':
		x = side + w - num.w
	}
	c.add(num, x, -up)
	if thick > 0 {
		c.rule(side, s.axis(st)-thick/2, w, thick, st.color)
	}
	c.add(den, side+(w-den.w)/2, down)
	if n.left == "" && n.right == "" {
		return c
	}
	return s.fenced(n.left, c, n.right, st)
}

// fractionShifts finds the baselines of numerator and denominator.
func (s *setting) fractionShifts(num, den *crate, thick unit.Length, st style) (up, down unit.Length) {
	pick := func(inDisplay, otherwise font.MathConstant) unit.Length {
		if st.size == display {
			return s.constant(inDisplay, st)
		}
		return s.constant(otherwise, st)
	}
	if thick == 0 {
		up = pick(font.StackTopDisplayStyleShiftUp, font.StackTopShiftUp)
		down = pick(font.StackBottomDisplayStyleShiftDown, font.StackBottomShiftDown)
		least := pick(font.StackDisplayStyleGapMin, font.StackGapMin)
		if gap := up - num.d + down - den.h; gap < least {
			up += (least - gap) / 2
			down += (least - gap) / 2
		}
		return up, down
	}
	axis := s.axis(st)
	up = pick(font.FractionNumeratorDisplayStyleShiftUp, font.FractionNumeratorShiftUp)
	down = pick(font.FractionDenominatorDisplayStyleShiftDown, font.FractionDenominatorShiftDown)
	above := pick(font.FractionNumDisplayStyleGapMin, font.FractionNumeratorGapMin)
	below := pick(font.FractionDenomDisplayStyleGapMin, font.FractionDenominatorGapMin)
	up = max(up, axis+thick/2+above+num.d)
	down = max(down, below+den.h+thick/2-axis)
	return up, down
}

// radical sets a root (Appendix G, rule 11).
func (s *setting) radical(n *radical, st style) *crate {
	body := s.node(n.body, st.cramp()).shut()
	thick := s.constant(font.RadicalRuleThickness, st)
	gap := s.constant(font.RadicalVerticalGap, st)
	if st.size == display {
		gap = s.constant(font.RadicalDisplayStyleVerticalGap, st)
	}
	sign := s.stretched('√', "√", body.h+body.d+gap+thick, true, st)
	tall := sign.h + sign.d
	if more := tall - thick - body.h - body.d - gap; more > 0 {
		gap += more / 2
	}
	top := body.h + gap + thick
	c := &crate{h: top + s.constant(font.RadicalExtraAscender, st), d: max(body.d, tall-top)}
	x := unit.Length(0)
	if n.degree != nil {
		degree := s.node(n.degree, style{size: inScriptScript, cramped: st.cramped, scale: st.scale, color: st.color})
		rise := tall.Scale(int64(s.percent(font.RadicalDegreeBottomRaisePercent, 60)), 100) - (tall - top)
		before, after := s.constant(font.RadicalKernBeforeDegree, st), s.constant(font.RadicalKernAfterDegree, st)
		x = max(0, before+degree.w+after)
		c.add(degree, max(before, x-degree.w-after), -(rise + degree.d))
		c.h = max(c.h, rise+degree.d+degree.h)
	}
	c.add(sign, x, sign.h-top)
	x += sign.w
	c.rule(x, top-thick, body.w, thick, st.color)
	c.add(body, x, 0)
	c.w = x + body.w
	return c
}

// bar sets a rule over or under (Appendix G, rules 9 and 10).
func (s *setting) bar(n *bar, st style) *crate {
	inner := st
	if !n.under {
		inner = st.cramp()
	}
	body := s.node(n.base, inner).shut()
	c := &crate{w: body.w, h: body.h, d: body.d}
	c.add(body, 0, 0)
	if n.under {
		gap, thick := s.constant(font.UnderbarVerticalGap, st), s.constant(font.UnderbarRuleThickness, st)
		c.rule(0, -body.d-gap-thick, body.w, thick, st.color)
		c.d += gap + thick + s.constant(font.UnderbarExtraDescender, st)
		return c
	}
	gap, thick := s.constant(font.OverbarVerticalGap, st), s.constant(font.OverbarRuleThickness, st)
	c.rule(0, body.h+gap, body.w, thick, st.color)
	c.h += gap + thick + s.constant(font.OverbarExtraAscender, st)
	return c
}
