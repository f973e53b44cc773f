package diagram

import (
	"banxin/pipeline/unit"
)

// tipLength is how much of an edge its tip takes.
func (p *pen) tipLength(k tip) unit.Length {
	switch k {
	case arrow:
		return p.em(680)
	case circleTip:
		return p.em(500)
	case hollow:
		return p.em(950)
	case diamondTip, openTip:
		return p.em(1300)
	case socket:
		return p.em(450)
	case zeroOne, zeroMany:
		return p.em(1250)
	case one:
		return p.em(750)
	case many:
		return p.em(1050)
	}
	return 0
}

// tip draws what stands at an edge's end.
func (p *pen) tip(s *sheet, k tip, at touch) {
	// along and aside measure from the node's outline, out of the node.
	to := func(along, aside unit.Length) point {
		dx, dy := unit.Length(at.dx), unit.Length(at.dy)
		return point{at.x - dx*along - dy*aside, at.y - dy*along + dx*aside}
	}
	n := p.tipLength(k)
	ink := p.colors.Edge
	var t trace
	switch k {
	case arrow:
		t.polygon(to(0, 0), to(n, n.Em(400)), to(n.Em(850), 0), to(n, -n.Em(400)))
		s.ink(&t, look{fill: &ink})
	case vee:
		k := p.em(620)
		a, b, c := to(k, k.Em(450)), to(0, 0), to(k, -k.Em(450))
		t.move(a.x, a.y)
		t.to(b.x, b.y)
		t.to(c.x, c.y)
		s.ink(&t, p.hair(solid))
	case circleTip:
		c := to(n/2, 0)
		t.ellipse(c.x, c.y, n/2, n/2)
		s.ink(&t, look{fill: &p.colors.Paper, stroke: &ink, line: p.line})
	case cross:
		c := p.em(280)
		q := [4]point{to(p.em(200), c), to(p.em(200)+2*c, -c), to(p.em(200), -c), to(p.em(200)+2*c, c)}
		t.move(q[0].x, q[0].y)
		t.to(q[1].x, q[1].y)
		t.move(q[2].x, q[2].y)
		t.to(q[3].x, q[3].y)
		s.ink(&t, p.hair(solid))
	case hollow:
		t.polygon(to(0, 0), to(n, n.Em(500)), to(n, -n.Em(500)))
		s.ink(&t, look{fill: &p.colors.Paper, stroke: &ink, line: p.line})
	case diamondTip, openTip:
		t.polygon(to(0, 0), to(n/2, n.Em(300)), to(n, 0), to(n/2, -n.Em(300)))
		fill := &p.colors.Paper
		if k == diamondTip {
			fill = &p.colors.Edge
		}
		s.ink(&t, look{fill: fill, stroke: &ink, line: p.line})
	case socket:
		c := to(n/2, 0)
		t.ellipse(c.x, c.y, n/2, n/2)
		s.ink(&t, look{fill: &p.colors.Paper, stroke: &ink, line: p.line})
	case one, zeroOne, many, zeroMany:
		p.foot(s, k, to)
	}
}

// foot draws the signs of multiplicity of entity diagrams.
func (p *pen) foot(s *sheet, k tip, to func(along, aside unit.Length) point) {
	var t trace
	half := p.em(420)
	barAt := func(along unit.Length) {
		a, b := to(along, half), to(along, -half)
		t.move(a.x, a.y)
		t.to(b.x, b.y)
	}
	if k == many || k == zeroMany {
		tipAt := to(p.em(750), 0)
		for _, aside := range []unit.Length{half, -half} {
			a := to(0, aside)
			t.move(tipAt.x, tipAt.y)
			t.to(a.x, a.y)
		}
	}
	switch k {
	case one:
		barAt(p.em(400))
		barAt(p.em(650))
	case zeroOne:
		barAt(p.em(450))
	case many:
		barAt(p.em(950))
	}
	var base trace
	a, b := to(0, 0), to(min(p.tipLength(k), p.em(1050)), 0)
	if k == zeroOne || k == zeroMany {
		b = to(p.em(750), 0)
	}
	base.move(a.x, a.y)
	base.to(b.x, b.y)
	if k == zeroOne || k == zeroMany {
		c := to(p.em(1000), 0)
		t.ellipse(c.x, c.y, p.em(250), p.em(250))
	}
	s.ink(&base, p.hair(solid))
	s.ink(&t, p.hair(solid))
}
