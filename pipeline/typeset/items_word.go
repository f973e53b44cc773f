package typeset

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"banxin/pipeline/font"
	"banxin/pipeline/typeset/hyphen"
)

// frag is a part of a word that may end a line.
type frag struct {
	end, glyphs int32 // of bytes and glyphs before its end
	width       int32 // in emUnit
	cost        int32 // of ending a line after it
	hyphen      bool  // ending a line there adds a hyphen
	inner       uint16
}

// Costs of ending a line inside a word.
const (
	costHyphen = 60
	costJoint  = 20     // after a hyphen or a solidus that is there anyway
	costCamel  = 90     // inside CamelCase that is code or long
	costBrand  = 8000   // inside a short name in running text: it reads as two words
	costToken  = 30     // after a mark of a path or an address
	costForce  = 400    // anywhere in a token that has no such place
	costInside = 2500   // inside a name of a token: dearer than Han 0.05 em apart
	costName   = 10_000 // inside a long name in running text: dearer than 0.09 em
	costSplit  = 50_000 // inside a word that is kept whole: better than sticking out
)

// longCamel is how many letters make a name in CamelCase an identifier.
const longCamel = 14

// longToken is how many characters without a place to break are too many.
const longToken = 16

// hyphenLang reports whether words of a language can be hyphenated.
func hyphenLang(lang string) bool { return hyphen.Known(lang) }

// word returns a run of Western characters, shaped and cut into the parts at
// which a line may end.
func (s *setter) word(t *faceTable, text string) *shaped {
	t.mu.RLock()
	w := t.words[text]
	t.mu.RUnlock()
	if w != nil {
		return w
	}
	w = t.shapeWord(text)
	w.frags = cut(w, text, s.places(t, text))
	key := strings.Clone(text)
	t.mu.Lock()
	defer t.mu.Unlock()
	if old := t.words[key]; old != nil {
		return old
	}
	t.words[key] = w
	return w
}

// shapeWord asks for proportional forms: in faces made for Chinese, quotes and
// dashes fill the square unless told otherwise (typography I5).
func (t *faceTable) shapeWord(text string) *shaped {
	w := &shaped{}
	features := []font.Feature{{Tag: "pwid", Value: 1}}
	if t.code || !strings.ContainsAny(text, "“”‘’") {
		features = nil
	}
	w.add(t.fonts.Shape(font.Run{Text: text, Style: t.west, Features: features}))
	if features != nil {
		w.narrow(text)
	}
	return w
}

// narrow trims quotes that stayed as wide as the square to their ink.
func (s *shaped) narrow(text string) {
	const wide, bearing = emUnit * 3 / 4, emUnit / 16
	s.width = 0
	for i := range s.glyphs {
		g := &s.glyphs[i]
		if r, _ := utf8.DecodeRuneInString(text[g.start:]); g.adv > wide && quoted(r) && g.face != nil {
			if l, right, ok := inkOf(g.face, g.id); ok {
				g.x, g.adv = g.x-l+bearing, right-l+2*bearing
			}
		}
		s.width += g.adv
	}
}

// joint is a byte offset in a word where a line may end.
type joint struct {
	at     int
	cost   int32
	hyphen bool
}

// places finds where a line may end inside a word, ascending.
func (s *setter) places(t *faceTable, text string) []joint {
	sp := &s.layout.Spacing
	address := t.code || token(text)
	var out []joint
	add := func(at int, cost int32, hyphen bool) {
		if next, _ := utf8.DecodeRuneInString(text[min(at, len(text)):]); closing(next) && cost > costToken {
			return // typography K1
		}
		if at > 0 && at < len(text) && (len(out) == 0 || out[len(out)-1].at < at) {
			out = append(out, joint{at, cost, hyphen})
		}
	}
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if unicode.IsLetter(r) {
			j := i + letters(text[i:])
			s.inLetters(t, text, i, j, address, add)
			i = j
			continue
		}
		next, _ := utf8.DecodeRuneInString(text[i+n:])
		prev, _ := utf8.DecodeLastRuneInString(text[:i])
		switch {
		case address && sp.BreakTokens && strings.ContainsRune("/.-_?&=#:@,;+%|\\)]}>", r) && prev != '/' && next != '/' && next != ')':
			add(i+n, costToken, false)
		case (r == '-' || r == '‐' || r == '/') && unicode.IsLetter(prev) && unicode.IsLetter(next):
			add(i+n, costJoint, false) // never beside digits: GPT-4, 1-2 (typography U2)
		case r == '—' || r == '–' && unicode.IsLetter(prev):
			add(i+n, costJoint, false)
		}
		i += n
	}
	if sp.BreakTokens {
		out = force(text, out)
	}
	return out
}

// token reports whether a word is an address, a path or a file's name rather
// than a word of a language.
func token(s string) bool {
	const long = 9
	if strings.Contains(s, "://") || strings.HasPrefix(s, "www.") {
		return true
	}
	inner := strings.Trim(s, ".,;:!?()[]\"'")
	return len(inner) >= long && strings.ContainsAny(inner, "._/\\=") && strings.ContainsFunc(inner, unicode.IsLetter)
}

func letters(s string) int {
	for i, r := range s {
		if !unicode.IsLetter(r) {
			return i
		}
	}
	return len(s)
}

// inLetters finds the places in text[i:j], which is letters only: capitals of
// CamelCase, places of last resort, then the hyphens of a word that has none.
func (s *setter) inLetters(t *faceTable, text string, i, j int, address bool, add func(int, int32, bool)) {
	const side, stump = 2, 3
	word := text[i:j]
	camel := s.layout.Spacing.BreakCamel && camelCase(word)
	inside := s.layout.Spacing.BreakTokens && endlessName(word, camel, address)
	cost := int32(costName)
	hump := int32(costBrand)
	if address {
		cost = costInside
	}
	if address || j-i >= longCamel {
		hump = costCamel
	}
	for k := side; k < len(word)-side; k++ {
		switch {
		case camel && lower(word[k-1]) && upper(word[k]) && lower(word[k+1]):
			add(i+k, hump, false)
		case inside && k >= stump && k <= len(word)-stump && utf8.RuneStart(word[k]):
			add(i+k, cost, false)
		}
	}
	if camel || address || !t.hyph {
		return
	}
	if next, _ := utf8.DecodeRuneInString(text[j:]); unicode.IsDigit(next) || next == '_' {
		return
	}
	for _, b := range s.hyphens.Breaks(text[i:j]) {
		add(i+b, costHyphen, true)
	}
}

// camelCase reports whether a capital follows a small letter inside a word.
func camelCase(word string) bool {
	for k := 2; k+2 < len(word); k++ {
		if lower(word[k-1]) && upper(word[k]) && lower(word[k+1]) {
			return true
		}
	}
	return false
}

// endlessName reports whether a name without a better place may break between
// any two letters, where the line would gape otherwise: parts of addresses,
// and long names that no hyphenation knows.
func endlessName(word string, camel, address bool) bool {
	const part, name = 6, 10
	if camel && !address {
		return len(word) >= longCamel // a shorter one breaks before a capital
	}
	if address {
		return len(word) >= part
	}
	return len(word) >= name && strings.ToUpper(word) == word
}

func lower(b byte) bool { return b >= 'a' && b <= 'z' }
func upper(b byte) bool { return b >= 'A' && b <= 'Z' }

// force adds places of last resort to stretches that have none.
func force(text string, in []joint) []joint {
	if len(text) < longToken {
		return in
	}
	var out []joint
	from := 0
	fill := func(to int) {
		if utf8.RuneCountInString(text[from:to]) < longToken {
			return
		}
		const side = 4
		n, all := 0, utf8.RuneCountInString(text[from:to])
		for i := range text[from:to] {
			at := from + i
			if n >= side && n <= all-side && text[at] != '/' && text[at-1] != '/' && !closing(rune(text[at])) {
				out = append(out, joint{at, costForce, false})
			}
			n++
		}
	}
	for _, p := range in {
		fill(p.at)
		out = append(out, p)
		from = p.at
	}
	fill(len(text))
	return out
}

// cut divides a shaped word at the places that do not split a cluster.
func cut(w *shaped, text string, places []joint) []frag {
	out := make([]frag, 0, len(places)+1)
	g, from := 0, 0
	close := func(f frag) {
		for ; g < int(f.glyphs); g++ {
			f.width += w.glyphs[g].adv
		}
		f.inner = uint16(min(max(utf8.RuneCountInString(text[from:f.end])-1, 0), 1000))
		from = int(f.end)
		out = append(out, f)
	}
	k := 0
	for _, p := range places {
		for k < len(w.glyphs) && (int(w.glyphs[k].start) < p.at || w.glyphs[k].start == w.glyphs[k].end) {
			k++
		}
		if k < len(w.glyphs) && int(w.glyphs[k].start) == p.at {
			close(frag{end: int32(p.at), glyphs: int32(k), cost: p.cost, hyphen: p.hyphen})
		}
	}
	close(frag{end: int32(len(text)), glyphs: int32(len(w.glyphs))})
	return out
}
