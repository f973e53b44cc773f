package typeset

import "unicode"

// settle decides what the characters are that depend on their neighbours:
// quotes, dashes, dots and interpuncts are full-width in CJK text and
// proportional in Latin (typography I5).
func (f *flat) settle(t tongue) {
	if !f.square() || t == latin {
		for i := range f.chars {
			if c := &f.chars[i]; c.kind == quoteKind || c.kind == inkedKind {
				c.kind = western
			}
		}
		return
	}
	f.settleQuotes(t)
	f.settleStraight()
	for i := range f.chars {
		if f.chars[i].kind == inkedKind {
			f.settleInked(i)
		}
	}
}

// square reports whether any character is set in the square.
func (f *flat) square() bool {
	for i := range f.chars {
		if k := f.chars[i].kind; k.ideographic() || k == hangul {
			return true
		}
	}
	return false
}

// settleQuotes pairs the quotes and makes each pair wide or narrow by what
// stands outside it, else by what stands inside.
func (f *flat) settleQuotes(t tongue) {
	var open []int
	for i := range f.chars {
		c := &f.chars[i]
		if c.kind != quoteKind {
			continue
		}
		switch c.r {
		case '“', '‘':
			open = append(open, i)
			c.kind = f.lone(i, t, openKind)
		default:
			if c.r == '’' && f.letter(i-1) && (f.letter(i+1) || len(open) == 0 || f.chars[open[len(open)-1]].r != '‘') {
				c.kind = western // an apostrophe
				continue
			}
			if n := len(open); n > 0 && f.chars[open[n-1]].r == c.r-1 {
				f.settlePair(open[n-1], i, t)
				open = open[:n-1]
				continue
			}
			c.kind = f.lone(i, t, closeKind)
		}
	}
}

func (f *flat) settlePair(a, b int, t tongue) {
	wide := t != korean
	if wide {
		l, r := f.beside(a, -1), f.beside(b, 1)
		switch {
		case l == han || r == han:
		case l == nothing && r == nothing, l == nothing, r == nothing:
			wide = f.beside(a, 1) == han || f.beside(b, -1) == han
		default:
			wide = false
		}
	}
	f.chars[a].kind, f.chars[b].kind = western, western
	if wide {
		f.chars[a].kind, f.chars[b].kind = openKind, closeKind
	}
}

// lone settles a quote without its other half.
func (f *flat) lone(i int, t tongue, k kind) kind {
	if t == korean || f.beside(i, -1) != han && f.beside(i, 1) != han {
		return western
	}
	return k
}

// beside looks past spaces and quotes from i in a direction: han for anything
// set in the square, western for other text, nothing at the text's end.
func (f *flat) beside(i, step int) kind {
	const far = 8 // a longer run of quotes and spaces says nothing
	for n := 0; n < far; n++ {
		i += step
		if i < 0 || i >= len(f.chars) {
			return nothing
		}
		switch k := f.chars[i].kind; {
		case k == spaceKind || k == quoteKind || k == markerKind || k == joinKind || k == inkedKind:
		case (k == openKind || k == closeKind) && quoted(f.chars[i].r):
		case k.ideographic() || k == idSpaceKind:
			return han
		case k == objectKind && f.things[f.chars[i].thing].ruby != nil:
			return han
		default:
			return western
		}
	}
	return nothing
}

func quoted(r rune) bool { return r == '“' || r == '”' || r == '‘' || r == '’' }

// settleStraight lets straight quotes open and close in turn; which one a
// quote does is kept as the curly one it stands for.
func (f *flat) settleStraight() {
	open := false
	for i := range f.chars {
		c := &f.chars[i]
		if c.r != '"' || f.strands[c.strand].look.verbatim {
			continue
		}
		open = !open
		c.stands = '”'
		if open {
			c.stands = '“'
		}
	}
}

func (f *flat) letter(i int) bool {
	return i >= 0 && i < len(f.chars) && f.chars[i].kind == western && unicode.IsLetter(f.chars[i].r)
}

// settleInked settles — … ⋯ · ‧ –. Two dashes or two ellipses are one mark in
// CJK text whatever stands beside them (typography U1).
func (f *flat) settleInked(i int) {
	c := &f.chars[i]
	twin := i+1 < len(f.chars) && f.chars[i+1].r == c.r || i > 0 && f.chars[i-1].r == c.r
	l, r := f.beside(i, -1), f.beside(i, 1)
	switch c.r {
	case '—':
		switch {
		case twin && (l != western || r != western):
			c.kind = dashKind
		case l == han || r == han:
			c.kind = connectorKind
		default:
			c.kind = western
		}
	case '…', '⋯':
		c.kind = western
		if l == han || r == han || twin && (l != western || r != western) {
			c.kind = ellipsisKind
		}
	case '–':
		c.kind = western
		if l == han && r == han {
			c.kind = connectorKind
		}
	default:
		c.kind = western
		if l == han || r == han {
			c.kind = interKind
		}
	}
}
