package texmath

// rare writes the nodes that few formulae have.
func (w *writer) rare(n node) []*element {
	switch n := n.(type) {
	case *arrow:
		return []*element{w.arrow(n)}
	case *stack:
		return []*element{w.stack(n)}
	case *phantom:
		return []*element{w.phantom(n)}
	case *lap:
		e := el("mpadded", nil, w.single(n.body))
		switch n.side {
		case 'l':
			e.set("lspace", "-1width")
		case 'c':
			e.set("lspace", "-0.5width")
		}
		return []*element{e.set("width", "0px")}
	case *classed:
		return []*element{w.classed(n)}
	case *box:
		return []*element{w.box(n)}
	case *slab:
		e := &element{name: "mspace"}
		e.set("mathbackground", "#000000").set("width", em(n.width.ems())).set("height", em(n.height.ems()))
		if n.raise.milli == 0 {
			return []*element{e}
		}
		return []*element{el("mpadded", []string{"voffset", em(n.raise.ems())}, e)}
	case *raised:
		return []*element{el("mpadded", []string{"voffset", em(n.by.ems())}, w.single(n.body))}
	case *choice:
		return []*element{w.single(n.kids[w.style])}
	}
	panic("texmath: unknown node")
}

func (w *writer) arrow(n *arrow) *element {
	pad := func(n node) *element {
		return el("mpadded", []string{"width", "+0.6em", "lspace", "0.3em"}, w.small().single(n))
	}
	mo := leaf("mo", n.sign, "stretchy", "true", "minsize", "1.75em")
	if n.sign != "=" && n.sign != "↔" {
		mo.set("minsize", "3em")
	}
	if n.below == nil {
		return el("mover", nil, mo, pad(n.above))
	}
	return el("munderover", nil, mo, pad(n.below), pad(n.above))
}

func (w *writer) stack(n *stack) *element {
	base := w.single(n.base)
	switch {
	case n.under == nil:
		return el("mover", nil, base, w.small().single(n.over))
	case n.over == nil:
		return el("munder", nil, base, w.small().single(n.under))
	}
	return el("munderover", nil, base, w.small().single(n.under), w.small().single(n.over))
}

func (w *writer) phantom(n *phantom) *element {
	e := w.single(n.body)
	if n.shown {
		e = el("mpadded", nil, e)
	} else {
		if e.name == "mrow" && len(e.attrs) == 0 {
			e.name = "mphantom"
		} else {
			e = el("mphantom", nil, e)
		}
		if !n.width || !n.height {
			e = el("mpadded", nil, e)
		}
	}
	if !n.width {
		e.set("width", "0px")
	}
	if !n.height {
		e.set("height", "0px")
	}
	if !n.depth && (n.shown || !n.height) {
		e.set("depth", "0px")
	}
	return e
}

func (w *writer) classed(n *classed) *element {
	es := w.list(n.body.kids)
	if len(es) == 1 && (es[0].name == "mi" || es[0].name == "mo" || es[0].name == "mn") {
		e := *es[0]
		switch n.class {
		case ord:
			e.name = "mi"
			return &e
		case inner:
		default:
			e.name = "mo"
			return e.spaced(n.class)
		}
	}
	if word, ok := wordOf(es); ok && (n.class == bin || n.class == rel) {
		return leaf("mo", word).spaced(n.class)
	}
	e := rowOf(es)
	if n.class == ord || n.class == inner && len(es) == 1 {
		return e
	}
	switch n.class {
	case bin:
		return el("mpadded", []string{"lspace", "0.22em", "width", "+0.44em"}, e)
	case rel:
		return el("mpadded", []string{"lspace", "0.28em", "width", "+0.56em"}, e)
	}
	return e
}

// spaced gives an operator the white of its class.
func (e *element) spaced(c class) *element {
	attrs := append([]string(nil), e.attrs...)
	e.attrs = attrs
	switch c {
	case bin:
		e.set("lspace", "0.22em").set("rspace", "0.22em")
	case punct:
		e.set("lspace", "0em").set("rspace", "0.17em")
	case open, closing:
		e.set("lspace", "0em").set("rspace", "0em")
	case rel:
		e.set("lspace", "0.28em").set("rspace", "0.28em")
	}
	return e
}

func (w *writer) box(n *box) *element {
	body := w.single(n.body)
	notation := ""
	switch n.kind {
	case framed:
		notation = "box"
	case cancelUp:
		notation = "updiagonalstrike"
	case cancelDown:
		notation = "downdiagonalstrike"
	case cancelBoth:
		notation = "updiagonalstrike downdiagonalstrike"
	case struck:
		notation = "horizontalstrike"
	case angled:
		notation = "actuarial"
	case grounded:
		e := el("mpadded", []string{"width", "+6pt", "height", "+6pt", "lspace", "3pt", "voffset", "3pt", "mathbackground", n.groundName}, body)
		if n.edge != nil {
			e.set("style", "border: 0.04em solid "+n.edgeName)
		}
		return e
	}
	return el("menclose", []string{"notation", notation}, body)
}
