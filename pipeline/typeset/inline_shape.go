package typeset

import (
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"banxin/pipeline/font"
	"banxin/pipeline/unit"
)

// emUnit is one em in the set's own measure, which faces of different units
// per em share.
const emUnit = 1 << 16

// inked is a shaped glyph; lengths are in emUnit.
type glyph struct {
	face       *font.Face
	id         font.GID
	adv, x, y  int32
	start, end int32 // bytes of the shaped text
}

// shaped is text turned into glyphs once for the whole book.
type shaped struct {
	glyphs  []glyph
	width   int32
	missing bool
	// left and right are the ink's extent, of marks only.
	left, right int32
	frags       []frag // of words
}

// length turns a measure in emUnit into a length at a size.
func length(v int32, size unit.Length) unit.Length {
	if v == emUnit {
		return size
	}
	return (size*unit.Length(v) + emUnit/2) >> 16
}

// faceTable is what is known of one style: characters set in the square by
// code point, words by their text. It is safe for concurrent use.
type faceTable struct {
	fonts *font.Set
	style font.Style // of the square
	west  font.Style // of words
	code  bool
	hyph  bool
	pages [0x110000 >> pageShift]atomic.Pointer[shapedPage]
	mu    sync.RWMutex
	words map[string]*shaped
}

const pageShift = 8

type shapedPage [1 << pageShift]atomic.Pointer[shaped]

// tableKey tells apart looks that shape alike.
type tableKey struct {
	role         font.Role
	bold, italic bool
	lang         string
	verbatim     bool
}

// table returns the faceTable of a look.
func (s *setter) table(l look) *faceTable {
	k := tableKey{l.role, l.bold, l.italic, l.lang, l.verbatim}
	s.mu.RLock()
	t := s.tables[k]
	s.mu.RUnlock()
	if t != nil {
		return t
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if t := s.tables[k]; t != nil {
		return t
	}
	t = &faceTable{fonts: s.fonts, code: l.verbatim, words: map[string]*shaped{},
		style: font.Style{Role: l.role, Lang: l.lang, Bold: l.bold},
		west:  font.Style{Role: l.role, Lang: l.lang, Bold: l.bold, Italic: l.italic}}
	t.hyph = s.layout.Spacing.Hyphenate && !l.verbatim && (tongueOf(l.lang).cjk() || hyphenLang(l.lang))
	if l.role == font.Kai {
		t.west.Role = font.Song // a 楷体's own Latin is no italic
	}
	if _, own := s.layout.Fonts[string(t.west.Role)]["en"]; own && tongueOf(l.lang).cjk() {
		t.west.Lang = "en"
	}
	s.tables[k] = t
	return t
}

// square returns a character of the square, shaped in the table's style. Text
// is its cluster, usually the character alone.
func (t *faceTable) square(r rune, text string) *shaped {
	if len(text) != utf8.RuneLen(r) {
		return t.shape(text, t.style)
	}
	p := &t.pages[uint32(r)>>pageShift]
	pg := p.Load()
	if pg == nil {
		p.CompareAndSwap(nil, new(shapedPage))
		pg = p.Load()
	}
	cell := &pg[r&(1<<pageShift-1)]
	if s := cell.Load(); s != nil {
		return s
	}
	s := t.shape(text, t.style)
	if kindOf(r).inkMatters() {
		s.measureInk()
	}
	cell.Store(s)
	return s
}

func (k kind) inkMatters() bool {
	return k.mark() || k == quoteKind || k == inkedKind || k == dashKind || k == connectorKind
}

func (t *faceTable) shape(text string, st font.Style) *shaped {
	out := &shaped{}
	out.add(t.fonts.Shape(font.Run{Text: text, Style: st}))
	return out
}

// add appends shaped runs, in the set's own measure.
func (s *shaped) add(runs []font.Shaped) {
	for _, run := range runs {
		upem := int32(1000)
		if run.Face != nil {
			upem = max(1, run.Face.Metrics().UnitsPerEm)
		}
		em := func(v int32) int32 {
			return int32((int64(v)*emUnit*2 + int64(upem)) / (2 * int64(upem)))
		}
		s.missing = s.missing || run.Missing
		for _, g := range run.Glyphs {
			ig := glyph{run.Face, g.ID, em(g.Advance), em(g.XOffset), em(g.YOffset), g.Start, g.End}
			s.width += ig.adv
			s.glyphs = append(s.glyphs, ig)
		}
	}
}

// measureInk finds how far the ink reaches, so that a mark can stand in half
// an em in faces that have no halt.
func (s *shaped) measureInk() {
	at := int32(0)
	some := false
	for _, g := range s.glyphs {
		if g.face != nil {
			l, r, ok := inkOf(g.face, g.id)
			if ok {
				l, r = l+at+g.x, r+at+g.x
				if !some {
					s.left, s.right = l, r
				}
				s.left, s.right, some = min(s.left, l), max(s.right, r), true
			}
		}
		at += g.adv
	}
	if !some {
		s.right = s.width
	}
}

// inkOf returns the horizontal extent of a glyph's outline in emUnit.
func inkOf(f *font.Face, id font.GID) (left, right int32, ok bool) {
	upem := float32(max(1, f.Metrics().UnitsPerEm))
	var lo, hi float32
	for _, s := range f.Outline(id) {
		n := map[byte]int{'M': 1, 'L': 1, 'Q': 2, 'C': 3}[s.Op]
		for i := range n {
			x := s.P[2*i]
			if !ok {
				lo, hi, ok = x, x, true
			}
			lo, hi = min(lo, x), max(hi, x)
		}
	}
	return int32(lo / upem * emUnit), int32(hi / upem * emUnit), ok
}
