package epub

import (
	"fmt"
	"strconv"
	"strings"

	"banxin/pipeline/font"
)

// embedded is a subset of a face in the e-book and the @font-face rule that
// names it.
type embedded struct {
	role, family string
	bold, italic bool
	file         string // inside fonts/
	// ranges keeps readers from taking the face for other characters than the
	// rare ones it is for; "" for a face that is the book's own.
	ranges string
}

// embed cuts the subsets that the casting asks for. A face that cannot be cut
// is left out: readers then take their own.
func (s *plan) embed(c *casting) ([]embedded, []medium) {
	if s.Fonts == nil {
		return nil, nil
	}
	e := &foundry{plan: s, runes: map[*font.Face][]rune{}}
	for _, role := range []string{"song", "hei", "kai", "mono"} {
		for cut := range 4 {
			f := fount{role: role, bold: cut&1 != 0, italic: cut&2 != 0}
			if set := c.sets[f]; set != nil {
				e.take(f, set)
			}
		}
	}
	return e.cut(!c.all)
}

// foundry gathers characters by face.
type foundry struct {
	*plan
	faces []*font.Face // in the order of their first use
	runes map[*font.Face][]rune
	uses  []use
}

// use is a face serving a fount.
type use struct {
	fount
	face *font.Face
	nth  int // of the faces that serve the fount
}

func (e *foundry) take(f fount, set *runeSet) {
	st := font.Style{Role: font.Role(f.role), Lang: e.lang, Bold: f.bold, Italic: f.italic}
	var served []*font.Face
	set.each(func(r rune) {
		face := e.Fonts.FaceOf(st, r)
		if face == nil {
			return
		}
		if e.runes[face] == nil {
			e.faces = append(e.faces, face)
		}
		e.runes[face] = append(e.runes[face], r)
		for _, known := range served {
			if known == face {
				return
			}
		}
		served = append(served, face)
	})
	for i, face := range served {
		e.use(use{f, face, i + 1})
	}
}

// use notes a use; a face that serves a role's regular text already is not
// declared for its bold: readers embolden it.
func (e *foundry) use(u use) {
	for _, other := range e.uses {
		if other.role == u.role && other.face == u.face {
			return
		}
	}
	e.uses = append(e.uses, u)
}

func (e *foundry) cut(ranged bool) ([]embedded, []medium) {
	files := map[*font.Face]string{}
	var media []medium
	for i, face := range e.faces {
		data, err := face.SFNT(e.runes[face])
		if err != nil {
			continue
		}
		m := medium{name: "f" + pad(i+1), mediaType: "font/ttf", data: data}
		if n := strings.ToLower(face.PostScript()); isName(n) {
			m.name += "-" + n
		}
		if face.CFF() {
			m.mediaType, m.name = "font/otf", m.name+".otf"
		} else {
			m.name += ".ttf"
		}
		files[face] = m.name
		media = append(media, m)
	}
	var out []embedded
	for _, u := range e.uses {
		if files[u.face] == "" {
			continue
		}
		x := embedded{role: u.role, family: "book-" + u.role, bold: u.bold, italic: u.italic, file: files[u.face]}
		if u.nth > 1 {
			x.family += "-" + strconv.Itoa(u.nth)
		}
		if ranged {
			x.ranges = unicodeRange(e.runes[u.face])
		}
		out = append(out, x)
	}
	return out, media
}

// unicodeRange is a CSS unicode-range of characters, any order.
func unicodeRange(runes []rune) string {
	set := &runeSet{}
	for _, r := range runes {
		set.add(r)
	}
	var out []string
	from, to := rune(-1), rune(-2)
	end := func() {
		switch {
		case from < 0:
		case from == to:
			out = append(out, fmt.Sprintf("U+%X", from))
		default:
			out = append(out, fmt.Sprintf("U+%X-%X", from, to))
		}
	}
	set.each(func(r rune) {
		if r != to+1 {
			end()
			from = r
		}
		to = r
	})
	end()
	return strings.Join(out, ", ")
}

// faces writes the @font-face rules.
func (s *sheet) faces() {
	for _, f := range s.own {
		style := ""
		if f.italic {
			style = "font-style: italic"
		}
		ranges := ""
		if f.ranges != "" {
			ranges = "unicode-range: " + f.ranges
		}
		s.rule("@font-face", "font-family: "+quoted(f.family), "font-weight: "+weightOf(f.bold), style, "src: url("+quoted("../"+fontsHref+f.file)+")", ranges)
	}
}

// ownFamilies are the embedded families of a role, in order.
func (s *sheet) ownFamilies(role string) []string {
	var out []string
	seen := map[string]bool{}
	for _, f := range s.own {
		if f.role == role && !seen[f.family] {
			seen[f.family] = true
			out = append(out, quoted(f.family))
		}
	}
	return out
}
