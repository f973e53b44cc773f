package font

import (
	"io/fs"
	"slices"
	"testing"
	"testing/fstest"
	"unicode/utf16"
)

// forged is a typeface made for a test: every character of chars gets a glyph,
// a box as wide as an em, in order from glyph 1. Extra glyphs follow.
type forged struct {
	family, typoFamily string
	weight             int
	italic             bool
	chars              []rune
	extra              int
	gsub               []byte
	variable           bool
}

const forgedEm = 1000

func (f forged) build() []byte {
	n := 1 + len(f.chars) + f.extra
	chars := make([]charGlyph, len(f.chars))
	for i, r := range f.chars {
		chars[i] = charGlyph{r, i + 1}
	}
	slices.SortFunc(chars, func(a, b charGlyph) int { return int(a.r - b.r) })
	// A box: one contour of four points, words for coordinates.
	var box []byte
	for _, v := range []int{1, 50, -100, 950, 800, 3, 0} {
		box = putU16(box, v)
	}
	box = append(box, 1, 1, 1, 1)
	for _, v := range []int{50, 900, 0, -900, -100, 0, 900, 0} {
		box = putU16(box, v)
	}
	var glyf, loca, hmtx []byte
	for i := range n {
		loca = putU32(loca, len(glyf))
		if i > 0 {
			glyf = append(glyf, box...)
		}
		width := forgedEm
		if i <= len(f.chars) && i > 0 && (f.chars[i-1] < 0x80 || f.chars[i-1] == '—') {
			width = 846 // a dash that is an em wide only as a pair's ligature
		}
		if i > len(f.chars) {
			width = 2 * forgedEm
		}
		hmtx = putU16(putU16(hmtx, width), 50)
	}
	loca = putU32(loca, len(glyf))
	head := make([]byte, 54)
	copy(head[18:], []byte{forgedEm >> 8, forgedEm & 255})
	head[51] = 1
	hhea := make([]byte, 36)
	copy(hhea[4:], []byte{3, 0x70, 0xFF, 0x88}) // 880, -120
	copy(hhea[34:], putU16(nil, n))
	maxp := make([]byte, 32)
	copy(maxp, putU16(putU32(nil, 0x10000), n))
	os2 := make([]byte, 96)
	copy(os2, []byte{0, 3, 0, 0, byte(f.weight >> 8), byte(f.weight)})
	if f.italic {
		os2[63] = 1
	}
	tables := []tableData{
		{tagOf("head"), head}, {tagOf("hhea"), hhea}, {tagOf("maxp"), maxp}, {tagOf("hmtx"), hmtx},
		{tagOf("glyf"), glyf}, {tagOf("loca"), loca}, {tagOf("OS/2"), os2}, {tagOf("post"), append([]byte{0, 3, 0, 0}, make([]byte, 28)...)},
		{tagOf("cmap"), writeCmap(chars)}, {tagOf("name"), f.nameTable()}, {tagOf("GSUB"), f.gsub},
	}
	if f.variable {
		tables = append(tables, tableData{tagOf("fvar"), make([]byte, 16)})
	}
	return writeSFNT(trueType, tables)
}

func (f forged) nameTable() []byte {
	var records, storage []byte
	n := 0
	for _, e := range []struct {
		id, language int
		s            string
	}{{nameFamily, englishUS, f.family}, {namePostScript, englishUS, "Forged"}, {nameLicense, englishUS, "Free"}, {nameTypoFamily, 0x804, f.typoFamily}} {
		if e.s == "" {
			continue
		}
		from := len(storage)
		for _, u := range utf16.Encode([]rune(e.s)) {
			storage = putU16(storage, int(u))
		}
		for _, v := range []int{platformWindows, 1, e.language, e.id, len(storage) - from, from} {
			records = putU16(records, v)
		}
		n++
	}
	return append(append(putU16(putU16(putU16(nil, 0), n), 6+len(records)), records...), storage...)
}

// forgedGSUB has, for script hani: in language system ZHS alone, liga, by
// which two of glyph from become glyph to; in every system vert, by which
// glyph mark becomes glyph turned.
func forgedGSUB(from, to, mark, turned int) []byte {
	words := func(vs ...int) []byte {
		var out []byte
		for _, v := range vs {
			out = putU16(out, v)
		}
		return out
	}
	// The default system has feature 1 (vert), ZHS features 0 and 1.
	scripts := words(1, 0x6861, 0x6E69, 8) // hani
	scripts = append(scripts, words(10, 1, 0x5A48, 0x5320, 18, 0, 0xFFFF, 1, 1)...)
	scripts = append(scripts, words(0, 0xFFFF, 2, 0, 1)...)
	features := words(2, 0x6C69, 0x6761, 14, 0x7665, 0x7274, 20, 0, 1, 0, 0, 1, 1)
	liga := words(4, 0, 1, 8, 1, 8, 1, 14, 1, 1, from, 1, 4, to, 2, from)
	vert := words(1, 0, 1, 8, 2, 8, 1, turned, 1, 1, mark)
	lookups := words(2, 6, 6+len(liga))
	lookups = append(append(lookups, liga...), vert...)
	out := words(1, 0, 10, 10+len(scripts), 10+len(scripts)+len(features))
	return append(append(append(out, scripts...), features...), lookups...)
}

// shelf is a folder of forged faces.
func shelf(faces map[string]forged) fs.FS {
	m := fstest.MapFS{}
	for name, f := range faces {
		m[name] = &fstest.MapFile{Data: f.build()}
	}
	return m
}

// wishes asks for families in one role, for any language.
func wishes(role Role, families ...string) Request {
	var list []Wish
	for _, f := range families {
		list = append(list, Wish{Family: f})
	}
	return Request{Roles: map[Role]map[string][]Wish{role: {"": list}}}
}

func mustOpen(t testing.TB, want Request, folders ...fs.FS) *Set {
	t.Helper()
	s, err := Open(folders, want)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
