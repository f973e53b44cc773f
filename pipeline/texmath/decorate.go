package texmath

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
	if sign := signIn(arrows, name); sign != "" {
		below := p.optional()
		return &arrow{sign: sign, above: p.arg(t), below: below}, true
	}
	return nil, false
}

// The marks of accents' commands: of their own size, as wide as the base over
// it, and under it.
const (
	narrowAccents = " hat=̂ tilde=̃ check=̌ acute=́ grave=̀ dot=̇ ddot=̈ bar=̄ breve=̆ vec=⃗ mathring=̊ "
	wideAccents   = " widehat=̂ widetilde=̃ widecheck=̌ overrightarrow=→ Overrightarrow=⇒ overleftarrow=← overleftrightarrow=↔" +
		" overleftharpoon=↼ overrightharpoon=⇀ overbrace=⏞ overbracket=⎴ overlinesegment=⎴ overgroup=⏜ overparen=⏜ "
	underAccents = " utilde=̰ underrightarrow=→ underleftarrow=← underleftrightarrow=↔ underbrace=⏟ underbracket=⎵ underlinesegment=⎵" +
		" undergroup=⏝ underparen=⏝ "
)

// accentOf is the mark of an accent's command, "" if it is none.
func accentOf(name string) (mark string, wide, under bool) {
	if m := signIn(narrowAccents, name); m != "" {
		return m, false, false
	}
	if m := signIn(wideAccents, name); m != "" {
		return m, true, false
	}
	return signIn(underAccents, name), true, true
}

// arrows are the extensible arrows.
const arrows = " xrightarrow=→ xleftarrow=← xleftrightarrow=↔ xRightarrow=⇒ xLeftarrow=⇐ xLeftrightarrow=⇔ xhookleftarrow=↩ xhookrightarrow=↪" +
	" xmapsto=↦ xrightharpoondown=⇁ xrightharpoonup=⇀ xleftharpoondown=↽ xleftharpoonup=↼ xrightleftharpoons=⇌ xrightequilibrium=⇌" +
	" xleftequilibrium=⇌ xleftrightharpoons=⇋ xrightleftarrows=⇄ xtofrom=⇄ xlongequal== xtwoheadrightarrow=↠ xtwoheadleftarrow=↞ "

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
