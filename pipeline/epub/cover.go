package epub

import (
	"bytes"
	"hash/fnv"
	"strings"

	"banxin/pipeline/font"
	"banxin/pipeline/page"
	"banxin/pipeline/svg"
	"banxin/pipeline/unit"
)

// A designed cover is a frame of coverWidth × coverHeight points, one to a
// pixel of the JPEG: what stores ask for.
const (
	coverWidth  = 1600
	coverHeight = 2560
)

// covers are the cover's pictures: the author's, or a designed one as JPEG (for
// shops and old readers) and SVG.
func (s *plan) covers() []medium {
	path := s.Book.Meta.Cover
	if f := s.Book.Pictures[path]; path != "" && f != nil {
		m, err := s.medium(f)
		if drawn, _, ok := s.rasterised(f); ok {
			m, err = drawn, nil
		}
		if err == nil {
			m.name = "cover" + m.name
			s.coverName = m.name
			return []medium{m}
		}
	}
	f := s.designedCover()
	if f == nil {
		return nil
	}
	s.coverName = "cover.jpg"
	out := []medium{{s.coverName, "image/jpeg", jpegOf(f, s.oneInk())}}
	if s.plain() {
		return out
	}
	var drawing bytes.Buffer
	// A bytes.Buffer does not fail.
	_ = svg.Write(&drawing, f, svg.Options{Title: s.coverAlt(), Lang: s.lang})
	s.coverDrawing = "cover.svg"
	return append(out, medium{s.coverDrawing, "image/svg+xml", drawing.Bytes()})
}

func (s *plan) coverAlt() string { return s.words.cover + s.gap() + s.title() }

// ink is a cover's ground, and what is light on it.
type ink struct{ ground, light [3]uint8 }

// oneInk reports that the layout has no colour.
func (s *plan) oneInk() bool {
	c := &s.Layout.Color
	return !c.Screen && !strings.HasPrefix(c.Link, "#") && !strings.HasPrefix(c.Accent, "#")
}

// grays are the one ink's: printer's black, and paper.
func grays() ink { return ink{[3]uint8{38, 38, 38}, [3]uint8{244, 244, 244}} }

// inks are old dyers' colours that hold white type: 靛青 indigo, 黛绿 pine,
// 绛紫 mulberry, 赭 ochre, 墨 ink, 石青 azurite.
func inks() [6]ink {
	return [6]ink{
		{[3]uint8{28, 52, 84}, [3]uint8{243, 238, 226}},
		{[3]uint8{34, 66, 58}, [3]uint8{242, 239, 228}},
		{[3]uint8{84, 32, 48}, [3]uint8{246, 236, 226}},
		{[3]uint8{122, 62, 36}, [3]uint8{248, 240, 226}},
		{[3]uint8{40, 40, 44}, [3]uint8{240, 238, 232}},
		{[3]uint8{22, 78, 104}, [3]uint8{240, 240, 230}},
	}
}

// artist draws a cover.
type artist struct {
	*plan
	frame *page.Frame
	ink   ink
	seed  uint64
}

// designedCover draws title, subtitle and authors over the book's own page:
// lines as many and as long as the layout's, set like text whose paragraphs
// the title decides. Nil if there is no face to draw the title with.
func (s *plan) designedCover() *page.Frame {
	if s.Fonts == nil {
		return nil
	}
	h := fnv.New64a()
	h.Write([]byte(s.title() + "\x00" + s.Book.Meta.Subtitle))
	a := &artist{plan: s, seed: h.Sum64(), frame: &page.Frame{Width: coverWidth * unit.Pt, Height: coverHeight * unit.Pt}}
	all := inks()
	a.ink = all[a.next()%uint64(len(all))]
	if s.oneInk() {
		a.ink = grays()
	}
	a.rect(0, 0, coverWidth, coverHeight, a.mix(0))
	bottom := a.titles()
	if bottom < 0 {
		return nil
	}
	a.texture(max(bottom+190, 1010))
	a.names()
	return a.frame
}

// next is a number made of the title (SplitMix64; Steele et al. 2014).
func (a *artist) next() uint64 {
	a.seed += 0x9e3779b97f4a7c15
	z := a.seed
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// mix is the ground with a share of the light, in thousandths.
func (a *artist) mix(light int) page.Color {
	at := func(i int) uint8 {
		g, l := int(a.ink.ground[i]), int(a.ink.light[i])
		return uint8(g + (l-g)*light/1000)
	}
	return page.RGBColor(at(0), at(1), at(2))
}

func (a *artist) rect(x, y, w, h int, c page.Color) {
	px := func(v int) unit.Length { return unit.Length(v) * unit.Pt }
	a.frame.Add(px(x), px(y), &page.Rule{Width: px(w), Height: px(h), Color: c})
}

// The cover's margins: inner edge of type and texture.
const (
	coverLeft  = 190
	coverRight = coverWidth - 190
	coverFoot  = coverHeight - 250
)

// texture draws the layout's type area below y: its characters across, its
// leading down, a square for a character and a small one for a mark.
func (a *artist) texture(y int) {
	measure := max(a.Layout.Body.Measure, 20)
	foot := coverFoot
	if len(a.Book.Meta.Creators) > 0 || a.Book.Meta.Publisher != "" {
		foot -= 330
	}
	pitch := float64(coverRight-coverLeft) / float64(measure)
	step := pitch * float64(a.leadingRatio()) / 1000
	side := int(pitch*0.52) / 2 * 2
	left := 0 // lines left in the paragraph
	for row := 0; y+int(float64(row)*step)+side <= foot; row++ {
		from, to := 0, measure
		if left == 0 {
			left = 2 + int(a.next()%4)
			from = 2
		}
		if left--; left == 0 {
			to = 4 + int(a.next()%uint64(measure-6))
		}
		top := y + int(float64(row)*step)/2*2
		mark := from + 4 + int(a.next()%10)
		shade := 60 + int(a.next()%130)
		for at := from; at < to; at++ {
			x := coverLeft + int(float64(at)*pitch)/2*2
			if at == mark || at == to-1 && left == 0 {
				a.rect(x, top+side-side/3/2*2, side/3/2*2, side/3/2*2, a.mix(shade+60))
				mark = at + 5 + int(a.next()%11)
				shade = 60 + int(a.next()%130)
				continue
			}
			a.rect(x, top, side, side, a.mix(shade))
		}
	}
}

// leadingRatio is the body's leading in thousandths of its size.
func (s *plan) leadingRatio() int {
	b := s.Layout.Body
	if b.Size <= 0 || b.Leading <= 0 {
		return 1700
	}
	return int(b.Leading.Scale(1000, int64(b.Size)))
}

// titles draws title and subtitle and returns the y they end at; -1 if no
// face has the title.
func (a *artist) titles() int {
	y := 330
	a.rect(coverLeft, y, 120, 10, a.mix(1000))
	y += 90
	st := font.Style{Role: font.Hei, Lang: a.lang, Bold: true}
	y = a.paragraph(a.title(), st, y, []int{208, 184, 160, 136, 116, 100, 84, 68}, 4, 1000)
	if y < 0 || a.Book.Meta.Subtitle == "" {
		return y
	}
	sub := a.paragraph(a.Book.Meta.Subtitle, font.Style{Role: font.Song, Lang: a.lang}, y+56, []int{84, 74, 64, 54, 46}, 3, 800)
	return max(y, sub)
}

// names draws the creators at the foot, the publisher under them.
func (a *artist) names() {
	var names []string
	for _, c := range a.Book.Meta.Creators {
		if w := roleWord(c.Role, a.lang); w != "" && len(a.Book.Meta.Creators) > 1 {
			names = append(names, c.Name+string(noBreak)+w)
		} else {
			names = append(names, c.Name)
		}
	}
	if len(names) > 0 {
		a.paragraph(strings.Join(names, a.gap()+a.gap()), font.Style{Role: font.Kai, Lang: a.lang}, coverFoot-210, []int{72, 60, 48}, 2, 1000)
	}
	if p := a.Book.Meta.Publisher; p != "" {
		a.paragraph(p, font.Style{Role: font.Song, Lang: a.lang}, coverFoot-30, []int{48, 40}, 1, 700)
	}
}
