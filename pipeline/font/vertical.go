package font

// VerticalGlyph returns the form a glyph takes in vertical lines, where it has
// another one. It reads vert and vrt2 of every script and language.
func (f *Face) VerticalGlyph(g GID) (GID, bool) {
	f.verticalOnce.Do(f.readVertical)
	v, ok := f.vertical[g]
	return v, ok
}

func (f *Face) readVertical() {
	f.vertical = map[GID]GID{}
	t := f.layoutTables().walk()
	list := u16(t.raw, 6)
	for _, want := range []tag{tagOf("vert"), tagOf("vrt2")} {
		for i := range u16(t.raw, list) {
			r := list + 2 + 6*i
			if tag(u32(t.raw, r)) != want {
				continue
			}
			feature := list + u16(t.raw, r+4)
			for j := range u16(t.raw, feature+2) {
				t.subtables(u16(t.raw, feature+4+2*j), func(kind, at int) { f.addVertical(t, kind, at) })
			}
		}
	}
}

// addVertical reads a single substitution; the first that names a glyph wins.
func (f *Face) addVertical(t layoutTable, kind, at int) {
	if kind != 1 {
		return
	}
	t.coverage(at+u16(t.raw, at+2), func(g, index int) {
		if _, ok := f.vertical[GID(g)]; ok {
			return
		}
		switch u16(t.raw, at) {
		case 1:
			f.vertical[GID(g)] = GID(g + u16(t.raw, at+4))
		case 2:
			if index < u16(t.raw, at+4) {
				f.vertical[GID(g)] = GID(u16(t.raw, at+6+2*index))
			}
		}
	})
}

// verticalOrigin returns how far above the baseline a glyph's origin in
// vertical lines is: from vmtx where the face has it, else so that the glyph
// stands in the middle of its line's height, as HarfBuzz puts it. It is for
// TrueType outlines; for CFF, VORG says it.
func (f *Face) verticalOrigin(g GID) int32 {
	f.measure()
	b := f.Bounds(g)
	if n := f.longVer; n > 0 {
		i := int(g)
		if i < n {
			return int32(i16(f.vmtx, 4*i+2)) + b[3]
		}
		return int32(i16(f.vmtx, 4*n+2*(i-n))) + b[3]
	}
	if b == [4]int32{} {
		return f.metrics.Ascent
	}
	return b[3] + (f.metrics.Ascent-f.metrics.Descent-(b[3]-b[1]))/2
}

// verticalAdvance returns how far a glyph moves the pen down.
func (f *Face) verticalAdvance(g GID) int32 {
	f.measure()
	if f.longVer == 0 {
		return f.metrics.Ascent - f.metrics.Descent
	}
	return int32(u16(f.vmtx, 4*min(int(g), f.longVer-1)))
}

// hasVORG reports whether the face states its vertical origins.
func (f *Face) hasVORG() bool {
	_, ok := f.dir.find(tagOf("VORG"))
	return ok
}
