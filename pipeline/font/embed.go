package font

import (
	"encoding/binary"
	"fmt"
	"slices"
	"sort"
	"unicode/utf16"
)

// SFNT returns a complete OpenType file with the glyphs that the runes need,
// for embedding in an EPUB. Characters the face does not have are left out.
func (f *Face) SFNT(runes []rune) ([]byte, error) {
	gids := []GID{0}
	place := map[GID]int{0: 0}
	var chars []charGlyph
	sorted := slices.Clone(runes)
	slices.Sort(sorted)
	for _, r := range slices.Compact(sorted) {
		g, ok := f.Glyph(r)
		if !ok {
			continue
		}
		if _, ok := place[g]; !ok {
			place[g] = len(gids)
			gids = append(gids, g)
		}
		chars = append(chars, charGlyph{r, place[g]})
	}
	var pair []byte
	if d, ok := place[f.nominal(dash)]; ok && d != 0 {
		if g, ok := f.dashPair(); ok {
			pair = pairTable(d, len(gids))
			gids = append(gids, g)
		}
	}
	f.used.Store(true)
	f.measure()
	o := f.outline()
	if o.err != nil {
		return nil, o.err
	}
	var tables []tableData
	version := uint32(trueType)
	var err error
	if o.cff != nil {
		version = openTypeCFF
		tables, err = f.cffTables(gids)
	} else {
		tables, err = f.trueTypeTables(gids)
	}
	if err != nil {
		return nil, fmt.Errorf("subset font %s: %w", f.postScript, err)
	}
	post := f.tableBytes(tagOf("post"))
	if len(post) >= 32 {
		post = post[:32]
		binary.BigEndian.PutUint32(post, 0x00030000) // no glyph names
	}
	tables = append(tables,
		tableData{tagOf("cmap"), writeCmap(chars)},
		tableData{tagOf("name"), f.names()},
		tableData{tagOf("OS/2"), f.os2(chars)},
		tableData{tagOf("post"), post},
		tableData{tagOf("GSUB"), pair},
	)
	return writeSFNT(version, tables), nil
}

func (f *Face) nominal(r rune) GID {
	g, _ := f.Glyph(r)
	return g
}

// dashPair returns the glyph that the face makes of two dashes (typography U1).
func (f *Face) dashPair() (GID, bool) {
	p := f.plan(planKey{script: cjk, language: "zh-hans"}, nil)
	glyphs := p.word(nil, "——", 0)
	if len(glyphs) != 1 || glyphs[0].ID == 0 {
		return 0, false
	}
	return glyphs[0].ID, true
}

// pairTable is a GSUB table by which two of glyph one become glyph two, for
// every script and language.
func pairTable(one, two int) []byte {
	var out []byte
	for _, v := range []int{
		1, 0, 10, 30, 44, // version, offsets of scripts, features, lookups
		1, 0x4446, 0x4C54, 8, 4, 0, 0, 0xFFFF, 1, 0, // DFLT, its default language: feature 0
		1, 0x6C69, 0x6761, 8, 0, 1, 0, // liga: lookup 0
		1, 4, // one lookup
		4, 0, 1, 8, // ligatures, one subtable
		1, 8, 1, 14, 1, 1, one, // what begins them: glyph one
		1, 4, two, 2, one, // one ligature, of two glyphs
	} {
		out = putU16(out, v)
	}
	return out
}

// cffTables returns the tables of an OpenType file with CFF outlines.
func (f *Face) cffTables(gids []GID) ([]tableData, error) {
	cff, err := f.outlines.cff.subset(gids, f.postScript)
	if err != nil {
		return nil, err
	}
	head, hhea := f.tableBytes(tagOf("head")), f.tableBytes(tagOf("hhea"))
	if len(head) < 54 || len(hhea) < 36 {
		return nil, errCFF
	}
	binary.BigEndian.PutUint16(hhea[34:], uint16(len(gids)))
	var hmtx []byte
	for _, g := range gids {
		hmtx = putU16(putU16(hmtx, int(f.advance(g))), f.bearing(g))
	}
	return []tableData{
		{tagOf("CFF "), cff}, {tagOf("head"), head}, {tagOf("hhea"), hhea}, {tagOf("hmtx"), hmtx},
		{tagOf("maxp"), putU16(putU32(nil, 0x5000), len(gids))},
	}, nil
}

// charGlyph maps a character to a glyph of a subset.
type charGlyph struct {
	r     rune
	glyph int
}

// writeCmap writes a map of the characters, which are sorted: format 4 for the
// first plane and, if there are others, format 12 for all.
func writeCmap(chars []charGlyph) []byte {
	bmp := chars[:sort.Search(len(chars), func(i int) bool { return chars[i].r > 0xFFFE })]
	four := cmap4(bmp)
	records := []struct{ platform, encoding, at int }{{0, 3, 0}, {3, 1, 0}}
	wide := len(bmp) < len(chars)
	if wide {
		records = append(records[:1], struct{ platform, encoding, at int }{0, 4, len(four)}, struct{ platform, encoding, at int }{3, 1, 0}, struct{ platform, encoding, at int }{3, 10, len(four)})
	}
	out := putU16(putU16(nil, 0), len(records))
	base := 4 + 8*len(records)
	for _, r := range records {
		out = putU32(putU16(putU16(out, r.platform), r.encoding), base+r.at)
	}
	out = append(out, four...)
	if wide {
		out = append(out, cmap12(chars)...)
	}
	return out
}

// charRange is a range of characters whose glyphs follow one another.
type charRange struct {
	first, last rune
	glyph       int
}

func charRanges(chars []charGlyph) []charRange {
	var out []charRange
	for _, c := range chars {
		if n := len(out); n > 0 && out[n-1].last+1 == c.r && out[n-1].glyph+int(c.r-out[n-1].first) == c.glyph {
			out[n-1].last = c.r
			continue
		}
		out = append(out, charRange{c.r, c.r, c.glyph})
	}
	return out
}

func cmap4(chars []charGlyph) []byte {
	ranges := append(charRanges(chars), charRange{0xFFFF, 0xFFFF, 0})
	n := len(ranges)
	log := 0
	for 2<<log <= n {
		log++
	}
	out := putU16(nil, 4)
	for _, v := range []int{16 + 8*n, 0, 2 * n, 2 << log, log, 2*n - 2<<log} {
		out = putU16(out, v)
	}
	for _, r := range ranges {
		out = putU16(out, int(r.last))
	}
	out = putU16(out, 0)
	for _, r := range ranges {
		out = putU16(out, int(r.first))
	}
	for i, r := range ranges {
		delta := r.glyph - int(r.first)
		if i == n-1 {
			delta = 1 // U+FFFF to glyph 0
		}
		out = putU16(out, delta)
	}
	return append(out, make([]byte, 2*n)...) // no glyph arrays
}

func cmap12(chars []charGlyph) []byte {
	ranges := charRanges(chars)
	out := putU16(putU16(nil, 12), 0)
	out = putU32(putU32(putU32(out, 16+12*len(ranges)), 0), len(ranges))
	for _, r := range ranges {
		out = putU32(putU32(putU32(out, int(r.first)), int(r.last)), r.glyph)
	}
	return out
}

// names keeps the English names that say what the face is and under which
// licence it may be passed on.
func (f *Face) names() []byte {
	table := f.tableBytes(tagOf("name"))
	var records, storage []byte
	n := 0
	for _, id := range []int{0, nameFamily, nameSubfamily, 3, nameFull, 5, namePostScript, nameLicense, nameLicenseURL, nameTypoFamily, nameTypoSubfam} {
		s := nameOf(table, id)
		if id == namePostScript {
			s = f.postScript
		}
		if s == "" {
			continue
		}
		from := len(storage)
		for _, u := range utf16.Encode([]rune(s)) {
			storage = putU16(storage, int(u))
		}
		for _, v := range []int{platformWindows, 1, englishUS, id, len(storage) - from, from} {
			records = putU16(records, v)
		}
		n++
	}
	out := putU16(putU16(putU16(nil, 0), n), 6+len(records))
	return append(append(out, records...), storage...)
}

// os2 is the face's OS/2 table with the first and last character of the
// subset.
func (f *Face) os2(chars []charGlyph) []byte {
	t := f.tableBytes(tagOf("OS/2"))
	if len(t) < 68 || len(chars) == 0 {
		return t
	}
	binary.BigEndian.PutUint16(t[64:], uint16(min(chars[0].r, 0xFFFF)))
	binary.BigEndian.PutUint16(t[66:], uint16(min(chars[len(chars)-1].r, 0xFFFF)))
	return t
}
