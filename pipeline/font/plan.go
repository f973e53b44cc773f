package font

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	gofont "github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/harfbuzz"
	"github.com/go-text/typesetting/language"
)

// plan is how one face shapes one script, language and list of features.
type plan struct {
	face *Face
	planKey
	lang     language.Language
	features []harfbuzz.Feature
	// touched is the glyphs that some lookup in force looks at; all others
	// stand for themselves.
	touched *glyphSet

	mu    sync.RWMutex
	words map[string][]Glyph // offsets from the word's start
}

type planKey struct {
	script   language.Script
	language string // canonical
	features string
	vertical bool
}

// plans is a face's plans.
type plans struct {
	mu sync.RWMutex
	m  map[planKey]*plan
}

// plan returns the face's plan for the key, made when first asked for.
func (f *Face) plan(k planKey, features []Feature) *plan {
	f.plans.mu.RLock()
	p := f.plans.m[k]
	f.plans.mu.RUnlock()
	if p != nil {
		return p
	}
	f.plans.mu.Lock()
	defer f.plans.mu.Unlock()
	if p := f.plans.m[k]; p != nil {
		return p
	}
	if f.plans.m == nil {
		f.plans.m = map[planKey]*plan{}
	}
	p = f.newPlan(k, features)
	f.plans.m[k] = p
	return p
}

// languageTags are OpenType's names of the languages whose glyphs differ for
// the same character (typography I8), in order of preference.
func languageTags(lang string) []tag {
	is := func(prefix string) bool { return lang == prefix || strings.HasPrefix(lang, prefix+"-") }
	switch {
	case is("zh-hant-hk"), is("zh-hant-mo"), is("yue"):
		return []tag{tagOf("ZHH"), tagOf("ZHT")}
	case is("zh-hant"):
		return []tag{tagOf("ZHT"), tagOf("ZHTM")}
	case is("zh-hans"), lang == "", is("und"):
		return []tag{tagOf("ZHS")}
	case is("ja"):
		return []tag{tagOf("JAN")}
	case is("ko"):
		return []tag{tagOf("KOR")}
	}
	return nil
}

func (f *Face) newPlan(k planKey, features []Feature) *plan {
	p := &plan{face: f, planKey: k, words: map[string][]Glyph{}}
	for _, x := range features {
		p.features = append(p.features, global(x.Tag, x.Value))
	}
	// Kana and marks keep to their em (solid setting, JLREQ 3.1.2): kerning
	// them is for proportional setting, which a run asks for by its features.
	solid := k.script == cjk && !asked(features, "kern", "palt", "pkna", "vkrn", "vpal")
	if solid {
		p.features = append(p.features, global("kern", 0), global("vkrn", 0))
	}
	gsub := f.layoutTables()
	script := scriptTag(k.script)
	if k.script == cjk && !gsub.hasScript(tagOf("hani")) && gsub.hasScript(tagOf("kana")) {
		p.script, script = language.Katakana, tagOf("kana")
	}
	var system tag
	if tags := languageTags(k.language); len(tags) > 0 {
		system = tags[0]
		for _, t := range tags {
			if gsub.language(gsub.script(script), t) != 0 {
				system = t
				break
			}
		}
		// HarfBuzz takes the tag itself in a private subtag.
		p.lang = language.NewLanguage("x-hbot" + strings.TrimSpace(system.String()))
	} else {
		p.lang = language.NewLanguage(k.language)
	}
	p.touched = f.touched(script, system, features, solid)
	return p
}

// global is a feature in force over the whole of a text.
func global(name string, value uint32) harfbuzz.Feature {
	return harfbuzz.Feature{
		Tag: opentype.Tag(tagOf(name)), Value: value,
		Start: harfbuzz.FeatureGlobalStart, End: harfbuzz.FeatureGlobalEnd,
	}
}

func asked(features []Feature, names ...string) bool {
	return slices.ContainsFunc(features, func(f Feature) bool { return slices.Contains(names, f.Tag) })
}

// scriptTag is OpenType's name of the scripts that are asked about here;
// others are asked for by the tag they have in Unicode.
func scriptTag(s language.Script) tag {
	if s == language.Hiragana {
		s = language.Katakana
	}
	return tag(s) | 0x20<<24 // Hani is hani
}

// inForce are the features HarfBuzz applies to horizontal text unasked, beside
// those of scripts whose characters are never plain.
func inForce() []tag {
	var out []tag
	for _, n := range strings.Fields("rvrn ltra ltrm frac numr dnom rand Harf HARF Buzz BUZZ abvm blwm ccmp locl mark mkmk rlig calt clig curs dist kern liga rclt ljmo vjmo tjmo") {
		out = append(out, tagOf(n))
	}
	return out
}

// touched collects the glyphs that lookups in force look at. A language of 0
// is all of them; solid setting does without kern.
func (f *Face) touched(script, system tag, features []Feature, solid bool) *glyphSet {
	s := &glyphSet{}
	want := inForce()
	if solid {
		want = slices.DeleteFunc(want, func(t tag) bool { return t == tagOf("kern") })
	}
	for _, x := range features {
		want = append(want, tagOf(x.Tag))
	}
	f.layoutTables()
	kerned := false
	for _, t := range []layoutTable{f.gsub.walk(), f.gpos.walk()} {
		at := t.script(script)
		var systems []int
		if l := t.language(at, system); system != 0 && l != 0 {
			systems = []int{l}
		} else if systems = t.languages(at); system != 0 && len(systems) > 0 {
			systems = systems[:truth(u16(t.raw, at) != 0)] // the default alone
		}
		done := map[int]bool{}
		for _, l := range systems {
			t.features(l, func(name tag, feature int) {
				kerned = kerned || name == tagOf("kern")
				if name != 0 && !slices.Contains(want, name) {
					return
				}
				for i := range u16(t.raw, feature+2) {
					if n := u16(t.raw, feature+4+2*i); !done[n] {
						done[n] = true
						t.touch(n, s)
					}
				}
			})
		}
	}
	if !kerned && !solid {
		f.touchKern(s)
	}
	return s
}

// touchKern adds the glyphs of an old kern table, which is in force where GPOS
// does not kern.
func (f *Face) touchKern(s *glyphSet) {
	raw := f.tableBytes(tagOf("kern"))
	if len(raw) == 0 {
		return
	}
	at := 4
	for range u16(raw, 2) {
		if u16(raw, 0) != 0 || u16(raw, at+4)>>8 != 0 {
			s.all = true // Apple's header or another format: no fast path
			return
		}
		for i := range u16(raw, at+6) {
			s.add(u16(raw, at+14+6*i))
			s.add(u16(raw, at+16+6*i))
		}
		at += max(u16(raw, at+2), 6)
	}
}

// plain returns the glyph of a character that neither Unicode nor the face
// ever makes anything else of.
func (p *plan) plain(r rune) (GID, bool) {
	if !plainRune(r) || p.vertical {
		return 0, false
	}
	g, ok := p.face.Glyph(r)
	return g, ok && !p.touched.has(g)
}

// Words longer than this are shaped anew each time, and a plan forgets its
// words when it knows so many: together they bound a plan's memory to a few
// megabytes.
const (
	longestWord = 64
	mostWords   = 16384
)

// word appends the glyphs of a stretch of text that begins at byte base of
// its run.
func (p *plan) word(out []Glyph, text string, base int32) []Glyph {
	if len(text) > longestWord {
		n := len(out)
		out = p.shape(out, text)
		return shift(out, n, base)
	}
	p.mu.RLock()
	glyphs, ok := p.words[text]
	p.mu.RUnlock()
	if !ok {
		glyphs = p.shape(nil, text)
		if p.script == cjk {
			glyphs = p.rigid(text, glyphs)
		}
		p.mu.Lock()
		if len(p.words) >= mostWords {
			clear(p.words)
		}
		p.words[strings.Clone(text)] = glyphs
		p.mu.Unlock()
	}
	n := len(out)
	return shift(append(out, glyphs...), n, base)
}

func shift(glyphs []Glyph, from int, base int32) []Glyph {
	for i := from; i < len(glyphs); i++ {
		glyphs[i].Start += base
		glyphs[i].End += base
	}
	return glyphs
}

// rigid sees to it that a pair of dashes or ellipses is two em wide. Some
// faces have the pair as one glyph for their own language only (Noto: SC with
// zh-Hans, JP with ja): set in another, the pair is shaped in the face's.
func (p *plan) rigid(text string, glyphs []Glyph) []Glyph {
	first, n := utf8.DecodeRuneInString(text)
	if first != dash && first != ellipsis || len(text) < 2*n || strings.Trim(text, text[:n]) != "" {
		return glyphs
	}
	em := p.face.Metrics().UnitsPerEm * int32(len(text)/n)
	if width(glyphs) == em {
		return glyphs
	}
	for _, t := range []string{"zhs", "zht", "zhh", "jan", "kor"} {
		other := &plan{face: p.face, planKey: p.planKey, features: p.features, lang: language.NewLanguage("x-hbot" + t)}
		if g := other.shape(nil, text); width(g) == em {
			return g
		}
	}
	return glyphs
}

func width(glyphs []Glyph) int32 {
	var w int32
	for i := range glyphs {
		w += glyphs[i].Advance
	}
	return w
}

// shaper is what shaping a face needs and one goroutine at a time may use.
type shaper struct {
	font    *harfbuzz.Font
	buffer  *harfbuzz.Buffer
	runes   []rune
	offsets []int32
}

// shapers lends the shapers of a face: as many as run at once.
type shapers struct {
	mu   sync.Mutex
	free []*shaper
}

func (f *Face) borrow() *shaper {
	font := f.font()
	if font == nil {
		return nil
	}
	f.shapers.mu.Lock()
	defer f.shapers.mu.Unlock()
	if n := len(f.shapers.free); n > 0 {
		s := f.shapers.free[n-1]
		f.shapers.free = f.shapers.free[:n-1]
		return s
	}
	// A face made of an empty font has no cache of glyph extents, which would
	// be 20 bytes a glyph and is never filled here.
	face := gofont.NewFace(new(gofont.Font))
	face.Font = font
	return &shaper{font: harfbuzz.NewFont(face), buffer: harfbuzz.NewBuffer()}
}

func (f *Face) giveBack(s *shaper) {
	f.shapers.mu.Lock()
	f.shapers.free = append(f.shapers.free, s)
	f.shapers.mu.Unlock()
}

// shape appends the glyphs HarfBuzz makes of the text; offsets count from its
// start.
func (p *plan) shape(out []Glyph, text string) (result []Glyph) {
	// HarfBuzz's port may fail on a font that is broken: then the characters'
	// own glyphs are better than no book. The shaper is not used again.
	n := len(out)
	defer func() {
		if recover() != nil {
			result = p.face.unshaped(out[:n], text)
		}
	}()
	s := p.face.borrow()
	if s == nil {
		return p.face.unshaped(out, text)
	}
	s.runes, s.offsets = s.runes[:0], s.offsets[:0]
	for i, r := range text {
		s.runes = append(s.runes, r)
		s.offsets = append(s.offsets, int32(i))
	}
	b := s.buffer
	b.Clear()
	b.AddRunes(s.runes, 0, -1)
	b.Props = harfbuzz.SegmentProperties{Direction: p.direction(), Script: p.script, Language: p.lang}
	b.Shape(s.font, p.features)
	out = p.collect(out, s, int32(len(text)))
	p.face.giveBack(s)
	return out
}

func (p *plan) direction() harfbuzz.Direction {
	switch {
	case p.vertical:
		return harfbuzz.TopToBottom
	case rightToLeft(p.script):
		return harfbuzz.RightToLeft
	}
	return harfbuzz.LeftToRight
}

// collect appends the buffer's glyphs. Clusters rise or, right to left, fall
// from glyph to glyph.
func (p *plan) collect(out []Glyph, s *shaper, length int32) []Glyph {
	info := s.buffer.Info
	offset := func(cluster int) int32 {
		if cluster < 0 || cluster >= len(s.offsets) {
			return length
		}
		return s.offsets[cluster]
	}
	falls := rightToLeft(p.script) && !p.vertical
	before := length // where the cluster read before the present one begins
	for i := 0; i < len(info); {
		j := i + 1
		for j < len(info) && info[j].Cluster == info[i].Cluster {
			j++
		}
		start, end := offset(info[i].Cluster), length
		if falls {
			end = before
		} else if j < len(info) {
			end = offset(info[j].Cluster)
		}
		before = start
		for k := i; k < j; k++ {
			out = append(out, p.glyph(s, k, start, end))
			end = start
		}
		i = j
	}
	return out
}

func (p *plan) glyph(s *shaper, i int, start, end int32) Glyph {
	pos := s.buffer.Pos[i]
	g := Glyph{ID: GID(s.buffer.Info[i].Glyph), Advance: pos.XAdvance, XOffset: pos.XOffset, YOffset: pos.YOffset, Start: start, End: max(start, end)}
	if p.vertical {
		g.Advance = -pos.YAdvance
		p.upright(s, &g)
	}
	return g
}

// upright gives a glyph its vertical form where the shaper did not, which
// passes over some (go-text/typesetting issue 278), and sets its origin right:
// without the outlines the shaper cannot tell where it is.
func (p *plan) upright(s *shaper, g *Glyph) {
	f := p.face
	x, y := s.font.Face().GlyphVOrigin(gofont.GID(g.ID))
	if v, ok := f.VerticalGlyph(g.ID); ok {
		g.Advance += f.verticalAdvance(v) - f.verticalAdvance(g.ID)
		g.ID = v
	}
	newX, newY := s.font.Face().GlyphVOrigin(gofont.GID(g.ID))
	g.XOffset += int32(x) - int32(newX)
	if f.hasVORG() {
		g.YOffset += int32(y) - int32(newY)
	} else {
		g.YOffset += int32(y) - f.verticalOrigin(g.ID)
	}
}

// unshaped appends the nominal glyphs of a text.
func (f *Face) unshaped(out []Glyph, text string) []Glyph {
	for i, r := range text {
		g, _ := f.Glyph(r)
		out = append(out, Glyph{ID: g, Advance: f.Advance(g), Start: int32(i), End: int32(i + utf8.RuneLen(r))})
	}
	return out
}
