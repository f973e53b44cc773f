package font

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// Subset returns a font program with the glyphs, in the order given (glyph 0
// of the result is .notdef and stands first in gids): a bare CFF table with
// CID = index for CFF faces, a TrueType file with renumbered glyphs otherwise,
// whose composite glyphs' parts stand behind the glyphs given. Hints are kept.
// The same input gives the same bytes.
func (f *Face) Subset(gids []GID) ([]byte, error) {
	if len(gids) == 0 {
		gids = []GID{0}
	}
	f.used.Store(true)
	f.measure()
	o := f.outline()
	if o.err != nil {
		return nil, o.err
	}
	if o.cff != nil {
		out, err := o.cff.subset(gids, f.postScript)
		if err != nil {
			return nil, fmt.Errorf("subset font %s: %w", f.postScript, err)
		}
		return out, nil
	}
	tables, err := f.trueTypeTables(gids)
	if err != nil {
		return nil, fmt.Errorf("subset font %s: %w", f.postScript, err)
	}
	return writeSFNT(trueType, tables), nil
}

// trueTypeTables returns the tables that a TrueType rasteriser needs, with the
// glyphs given and their components.
func (f *Face) trueTypeTables(gids []GID) ([]tableData, error) {
	glyf, loca, all, err := f.gather(gids)
	if err != nil {
		return nil, err
	}
	hmtx := make([]byte, 0, 4*len(all))
	for _, g := range all {
		hmtx = putU16(hmtx, int(f.advance(g)))
		hmtx = putU16(hmtx, f.bearing(g))
	}
	head, hhea, maxp := f.tableBytes(tagOf("head")), f.tableBytes(tagOf("hhea")), f.tableBytes(tagOf("maxp"))
	if len(head) < 54 || len(hhea) < 36 || len(maxp) < 6 {
		return nil, errors.New("head, hhea or maxp is damaged")
	}
	binary.BigEndian.PutUint16(head[50:], 1) // long offsets in loca
	binary.BigEndian.PutUint16(hhea[34:], uint16(len(all)))
	binary.BigEndian.PutUint16(maxp[4:], uint16(len(all)))
	return []tableData{
		{tagOf("head"), head}, {tagOf("hhea"), hhea}, {tagOf("maxp"), maxp}, {tagOf("hmtx"), hmtx},
		{tagOf("glyf"), glyf}, {tagOf("loca"), loca},
		{tagOf("cvt "), f.tableBytes(tagOf("cvt "))},
		{tagOf("fpgm"), f.tableBytes(tagOf("fpgm"))},
		{tagOf("prep"), f.tableBytes(tagOf("prep"))},
	}, nil
}

// gather copies glyph data; components of composite glyphs are appended to the
// glyphs given, as all, and named by their place there.
func (f *Face) gather(gids []GID) (glyf, loca []byte, all []GID, err error) {
	all = slices.Clone(gids)
	place := make(map[GID]int, len(gids))
	for i, g := range gids {
		if _, ok := place[g]; !ok {
			place[g] = i
		}
	}
	loca = putU32(nil, 0)
	for i := 0; i < len(all); i++ {
		if int(all[i]) >= f.glyphs {
			return nil, nil, nil, fmt.Errorf("it has no glyph %d", all[i])
		}
		d := f.glyphData(all[i])
		parts, err := componentsOf(d)
		if err != nil {
			d, parts = nil, nil // a glyph that cannot be drawn is an empty one
		}
		for _, c := range parts {
			to, ok := place[c.glyph]
			if !ok {
				to = len(all)
				if int(c.glyph) >= f.glyphs || to > 0xFFFE {
					return nil, nil, nil, fmt.Errorf("glyph %d is made of glyph %d, which it cannot be", all[i], c.glyph)
				}
				place[c.glyph] = to
				all = append(all, c.glyph)
			}
			binary.BigEndian.PutUint16(d[c.at+2:], uint16(to))
		}
		glyf = append(glyf, d...)
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
		loca = putU32(loca, len(glyf))
	}
	if len(glyf) == 0 {
		glyf = []byte{0} // an empty table would be left out, and loca be of nothing
	}
	return glyf, loca, all, nil
}
