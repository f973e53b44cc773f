package font

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-text/typesetting/language"
)

// Shape turns a run into glyphs, choosing for every character the first face
// of the style's role that has it, then any face of the set.
//
// In a vertical run Advance points down, and offsets lead from the pen, at the
// top centre of the glyph's cell, to the glyph's origin, upwards positive.
func (s *Set) Shape(r Run) []Shaped {
	if r.Text == "" {
		return nil
	}
	c := s.chainOf(r.Style)
	if len(c.faces) == 0 {
		return nil
	}
	key := planKey{language: c.lang, features: featureKey(r.Features), vertical: r.Vertical}
	var out []Shaped
	at := cursor{text: r.Text, chain: c, wide: speaksCJK(c.lang)}
	for at.next() {
		key.script = at.script
		p := at.face.plan(key, r.Features)
		last := len(out) - 1
		if last < 0 || out[last].Face != at.face || out[last].Missing != at.missing {
			out = append(out, Shaped{Face: at.face, Start: int32(at.start), Missing: at.missing})
			last++
			out[last].Glyphs = make([]Glyph, 0, 4+(len(r.Text)-at.start)/at.bytesPerGlyph())
		}
		out[last].Glyphs = p.segment(out[last].Glyphs, r.Text[at.start:at.end], int32(at.start))
		out[last].End = int32(at.end)
	}
	return out
}

// featureKey writes features as one string, to tell plans apart.
func featureKey(features []Feature) string {
	if len(features) == 0 {
		return ""
	}
	var b strings.Builder
	for _, f := range features {
		b.WriteString(f.Tag)
		b.WriteByte('=')
		b.WriteString(strconv.FormatUint(uint64(f.Value), 10))
		b.WriteByte(' ')
	}
	return b.String()
}

// cursor cuts a run into segments of one script and one face.
type cursor struct {
	text  string
	chain *chain
	wide  bool

	start, end int
	script     language.Script
	face       *Face
	missing    bool
}

// bytesPerGlyph guesses how much text a glyph stands for.
func (c *cursor) bytesPerGlyph() int {
	if c.script == cjk || c.script == language.Hangul {
		return 3
	}
	return 1
}

// next moves to the following segment.
func (c *cursor) next() bool {
	if c.end >= len(c.text) {
		return false
	}
	c.start = c.end
	first := true
	script := c.script
	for c.end < len(c.text) {
		r, size := utf8.DecodeRuneInString(c.text[c.end:])
		n := skipCluster(c.text, r, c.end+size)
		sc := scriptOf(r, script, c.wide)
		face, missing := c.chain.face(c.text[c.end:n], r, size)
		if first {
			c.script, c.face, c.missing, first = sc, face, missing, false
		} else if sc != c.script || face != c.face || missing != c.missing {
			break
		}
		script = sc
		c.end = n
	}
	return true
}

// face returns the first face that has every character of a cluster, else the
// first that has its base r.
func (c *chain) face(cluster string, r rune, size int) (f *Face, missing bool) {
	if len(cluster) == size {
		for _, f := range c.faces {
			if _, ok := f.Glyph(r); ok {
				return f, false
			}
		}
		return c.faces[0], !invisible(r)
	}
	for _, f := range c.faces {
		if f.hasAll(cluster) {
			return f, false
		}
	}
	f, missing = c.face(cluster[:size], r, size)
	return f, missing
}

func (f *Face) hasAll(cluster string) bool {
	for _, r := range cluster {
		if _, ok := f.Glyph(r); !ok && !invisible(r) {
			return false
		}
	}
	return true
}

// segment appends the glyphs of a text of the plan's script that begins at
// byte base of its run. Plain characters stand for themselves; what is between
// them is shaped, word by word where the blank between words is plain too.
func (p *plan) segment(out []Glyph, text string, base int32) []Glyph {
	if p.vertical {
		return p.word(out, text, base)
	}
	if p.planKey.script != cjk && p.planKey.script != language.Hangul {
		return p.spaced(out, text, base)
	}
	f := p.face
	f.measure()
	pending := 0 // where the characters not yet set begin
	flush := func(to int) {
		if pending < to {
			out = p.word(out, text[pending:to], base+int32(pending))
		}
		pending = to
	}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		j := i + size
		end := skipCluster(text, r, j)
		if g, plain := p.plain(r); plain && end == j {
			flush(i)
			out = append(out, Glyph{ID: g, Advance: f.advance(g), Start: base + int32(i), End: base + int32(j)})
			pending = j
		} else if end > j && (r == dash || r == ellipsis) {
			flush(i) // a pair stands alone: see rigid
			flush(end)
		}
		i = end
	}
	flush(len(text))
	return out
}

// skipCluster returns the end of the cluster whose first character r ends at
// byte i.
func skipCluster(text string, r rune, i int) int {
	for i < len(text) && text[i] >= 0xCC { // below U+0300 nothing joins
		next, size := utf8.DecodeRuneInString(text[i:])
		if !joins(r, next) {
			break
		}
		r, i = next, i+size
	}
	return i
}

// spaced appends a text of words between blanks.
func (p *plan) spaced(out []Glyph, text string, base int32) []Glyph {
	space, ok := p.face.Glyph(' ')
	if !ok || p.touched.has(space) || rightToLeft(p.script) {
		return p.word(out, text, base)
	}
	p.face.measure()
	advance := p.face.advance(space)
	for i := 0; i < len(text); {
		if text[i] == ' ' {
			at := base + int32(i)
			out = append(out, Glyph{ID: space, Advance: advance, Start: at, End: at + 1})
			i++
			continue
		}
		n := strings.IndexByte(text[i:], ' ')
		if n < 0 {
			n = len(text) - i
		}
		out = p.word(out, text[i:i+n], base+int32(i))
		i += n
	}
	return out
}
