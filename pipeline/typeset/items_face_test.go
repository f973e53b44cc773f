package typeset

import (
	"bytes"
	"encoding/binary"
	"io/fs"
	"slices"
	"sync"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"banxin/layouts"
	"banxin/pipeline/book"
	"banxin/pipeline/font"
	"banxin/pipeline/layout"
)

// The tests set in a face of boxes made here, so that they need no font file
// and every width is round: Han 1 em, letters ½ em, a space ¼ em. Its — is
// 0.89 em, two of them 1.78: the trap of typography U1.

// boxGlyph is a glyph that is one rectangle, in thousandths of an em.
type boxGlyph struct{ advance, left, right int }

// Glyphs of the box face by number.
const (
	gidHan = iota + 1
	gidOpen
	gidClose
	gidLetter
	gidSpace
	gidDash
	gidDots
	gidPoint
	gidCentred
	gidNone // a combining mark: no advance
)

func boxGlyphs() []boxGlyph {
	return []boxGlyph{
		{1000, 100, 900}, // .notdef
		{1000, 50, 950}, {1000, 560, 940}, {1000, 60, 440}, {500, 50, 450}, {250, 0, 0},
		{890, 0, 890}, {1000, 50, 950}, {1000, 400, 600}, {1000, 350, 650}, {0, -400, -100},
	}
}

// boxRunes maps characters to glyphs; centred gives 、，。 the form of Taiwan.
func boxRunes(centred bool) map[rune]uint16 {
	m := map[rune]uint16{}
	for r := rune('!'); r <= '~'; r++ {
		m[r] = gidLetter
	}
	for _, r := range "éαβ①②③₂²°′″‰€£¥–" {
		m[r] = gidLetter
	}
	span := func(a, b rune, g uint16) {
		for r := a; r <= b; r++ {
			m[r] = g
		}
	}
	span(0x4e00, 0x9fff, gidHan)
	span(0x3041, 0x30ff, gidHan)
	span(0xac00, 0xd7a3, gidHan)
	span(0xff01, 0xff5e, gidHan)
	each := func(s string, g uint16) {
		for _, r := range s {
			m[r] = g
		}
	}
	each("々〻℃％￥～／", gidHan)
	each("（《〈「『【“‘", gidOpen)
	each("）》〉」』】”’，、；：。．！？", gidClose)
	each("·・", gidPoint)
	m['—'], m['…'], m[' '], m[0x3000], m[0xa0] = gidDash, gidDots, gidSpace, gidSpace, gidSpace
	m['\u0301'] = gidNone
	if centred {
		each("，、；：。", gidCentred)
	}
	return m
}

// boxFace builds a TrueType file of boxes.
func boxFace(family string, centred bool) []byte {
	glyphs := boxGlyphs()
	var glyf, loca, hmtx []byte
	be := binary.BigEndian
	for _, g := range glyphs {
		loca = be.AppendUint32(loca, uint32(len(glyf)))
		hmtx = be.AppendUint16(be.AppendUint16(hmtx, uint16(g.advance)), uint16(g.left))
		if g.left != g.right {
			glyf = append(glyf, boxOutline(g)...)
		}
	}
	loca = be.AppendUint32(loca, uint32(len(glyf)))
	n := uint16(len(glyphs))
	tables := map[string][]byte{
		"head": shorts(0x0001, 0, 1, 0, 0, 0, 0x5F0F, 0x3CF5, 0, 1000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF38, 1000, 880, 0, 8, 2, 1, 0),
		"hhea": shorts(1, 0, 880, 0xFF88, 0, 1000, 0, 0, 1000, 1, 0, 0, 0, 0, 0, 0, 0, n),
		"maxp": shorts(1, 0, n, 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0),
		"OS/2": append(shorts(4, 1000, 400, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), shorts(0x40, 0x20, 0xffff, 880, 0xFF88, 0, 880, 120, 0, 0, 0, 0, 500, 700, 0, 0x20, 1)...),
		"post": shorts(3, 0, 0, 0, 0xff9c, 50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
		"name": boxNames(family),
		"cmap": boxMap(boxRunes(centred)),
		"hmtx": hmtx, "glyf": glyf, "loca": loca,
	}
	return sfntFile(tables)
}

func shorts(vs ...uint16) []byte {
	var b []byte
	for _, v := range vs {
		b = binary.BigEndian.AppendUint16(b, v)
	}
	return b
}

// boxOutline is one contour of four points, a tall rectangle on the baseline.
func boxOutline(g boxGlyph) []byte {
	l, r := uint16(g.left), uint16(g.right)
	b := shorts(1, l, 0, r, 700, 3, 0)
	b = append(b, 1, 1, 1, 1)
	b = append(b, shorts(l, r-l, 0, l-r, 0, 0, 700, 0)...)
	for len(b)%4 != 0 {
		b = append(b, 0)
	}
	return b
}

func boxNames(family string) []byte {
	var text, recs []byte
	ids := []struct {
		id uint16
		s  string
	}{{1, family}, {2, "Regular"}, {4, family}, {6, "Box"}}
	for _, n := range ids {
		u := shorts(utf16.Encode([]rune(n.s))...)
		recs = append(recs, shorts(3, 1, 0x409, n.id, uint16(len(u)), uint16(len(text)))...)
		text = append(text, u...)
	}
	head := shorts(0, uint16(len(ids)), uint16(6+len(recs)))
	return slices.Concat(head, recs, text)
}

func boxMap(m map[rune]uint16) []byte {
	rs := make([]rune, 0, len(m))
	for r := range m {
		rs = append(rs, r)
	}
	slices.Sort(rs)
	var groups []byte
	be := binary.BigEndian
	for _, r := range rs {
		groups = be.AppendUint32(be.AppendUint32(be.AppendUint32(groups, uint32(r)), uint32(r)), uint32(m[r]))
	}
	b := shorts(0, 1, 3, 10, 0, 12, 12, 0)
	b = be.AppendUint32(b, uint32(16+len(groups)))
	b = be.AppendUint32(b, 0)
	b = be.AppendUint32(b, uint32(len(rs)))
	return append(b, groups...)
}

func sfntFile(tables map[string][]byte) []byte {
	tags := make([]string, 0, len(tables))
	for t := range tables {
		tags = append(tags, t)
	}
	slices.Sort(tags)
	out := shorts(1, 0, uint16(len(tags)), 0, 0, 0)
	var body bytes.Buffer
	at := len(out) + 16*len(tags)
	for _, t := range tags {
		data := tables[t]
		out = append(out, t...)
		out = binary.BigEndian.AppendUint32(out, 0)
		out = binary.BigEndian.AppendUint32(out, uint32(at+body.Len()))
		out = binary.BigEndian.AppendUint32(out, uint32(len(data)))
		body.Write(data)
		for body.Len()%4 != 0 {
			body.WriteByte(0)
		}
	}
	return append(out, body.Bytes()...)
}

// boxFonts is a font folder with the box faces.
var boxFonts = sync.OnceValue(func() fs.FS {
	return fstest.MapFS{
		"box.ttf":     {Data: boxFace("Box", false)},
		"centred.ttf": {Data: boxFace("Box Centred", true)},
		"kai.ttf":     {Data: boxFace("Box Kai", false)},
	}
})

// boxSetter sets in the box faces by the layout a5, changed by change.
func boxSetter(tb testing.TB, lang string, change func(*layout.Layout)) *setter {
	tb.Helper()
	l, err := layout.Load([]fs.FS{layouts.FS}, "a5")
	if err != nil {
		tb.Fatal(err)
	}
	if change != nil {
		change(l)
	}
	one := func(family string) []font.Wish { return []font.Wish{{Family: family}} }
	req := font.Request{Roles: map[font.Role]map[string][]font.Wish{
		font.Song: {"": one("Box"), "zh-Hant": one("Box Centred")},
		font.Hei:  {"": one("Box"), "zh-Hant": one("Box Centred")},
		font.Kai:  {"": one("Box Kai")},
		font.Mono: {"": one("Box")},
	}}
	set, err := font.Open([]fs.FS{boxFonts()}, req)
	if err != nil {
		tb.Fatal(err)
	}
	if set.Primary(font.Style{Role: font.Song}) == nil {
		tb.Fatal("the box face was not found")
	}
	return newSetter(&book.Book{}, nil, l, set, lang)
}
