package font

import (
	"bytes"
	"io/fs"
	"math"
	"slices"
	"testing"
	"testing/fstest"

	gofont "github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/cff"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/font/opentype/tables"

	"banxin/fonts"
)

// embedded is every face built into the program, of both kinds of outlines.
func embedded(t testing.TB) []*Face {
	want := Request{Roles: map[Role]map[string][]Wish{
		Song: {"": {{Family: "Latin Modern Roman"}}}, Mono: {"": {{Family: "Go Mono"}}}, Math: {"": {{Family: "Latin Modern Math"}}},
	}}
	s := mustOpen(t, want, fonts.FS())
	if len(s.faces) != 9 {
		t.Fatalf("%d embedded faces are found, want 9", len(s.faces))
	}
	return append(s.faces, forgedPair(t).faces...)
}

func latin() []rune {
	var out []rune
	for r := rune(' '); r < 0x250; r++ {
		out = append(out, r)
	}
	return append(out, '—', '…', '€', 'ﬁ', 0x1D465) // 𝑥
}

// reopen reads what was written as a face of its own.
func reopen(t *testing.T, data []byte) *Face {
	t.Helper()
	file := &fontFile{fsys: fstest.MapFS{"f": {Data: data}}, path: "f"}
	dirs, err := readDirectories(bytesAt(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return newFace(file, 0, dirs[0])
}

// TestSubset: every glyph of a subset draws what the face's glyph draws, by our
// reader and by another one.
func TestSubset(t *testing.T) {
	for _, f := range embedded(t) {
		gids := []GID{0}
		for _, r := range latin() {
			if g, ok := f.Glyph(r); ok && !slices.Contains(gids, g) {
				gids = append(gids, g)
			}
		}
		slices.Reverse(gids[1:]) // the order is the caller's
		data, err := f.Subset(gids)
		if err != nil {
			t.Fatal(err)
		}
		again, err := f.Subset(gids)
		if err != nil || !bytes.Equal(data, again) {
			t.Errorf("%s: a second subset differs (%v)", f.PostScript(), err)
		}
		if f.CFF() {
			checkCFF(t, f, gids, data)
			continue
		}
		sub := reopen(t, data)
		for i, g := range gids {
			if !slices.Equal(sub.Outline(GID(i)), f.Outline(g)) || sub.Advance(GID(i)) != f.Advance(g) || sub.Bounds(GID(i)) != f.Bounds(g) {
				t.Errorf("%s: glyph %d differs in the subset", f.PostScript(), g)
			}
		}
	}
}

func checkCFF(t *testing.T, f *Face, gids []GID, data []byte) {
	t.Helper()
	ours, err := openCFF(bytesAt(data), tableAt{length: uint32(len(data))})
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := cff.Parse(data)
	if err != nil {
		t.Fatalf("%s: another reader: %v", f.PostScript(), err)
	}
	if ours.charstrings.count != len(gids) || len(theirs.Charstrings) != len(gids) {
		t.Fatalf("%s: %d glyphs, want %d", f.PostScript(), ours.charstrings.count, len(gids))
	}
	if len(ours.global) != 0 || !ours.cid {
		t.Errorf("%s: the subset calls subroutines or is not CID-keyed", f.PostScript())
	}
	for i, g := range gids {
		flat, err := ours.flat(i)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(drawCharstring(flat.code), f.Outline(g)) {
			t.Errorf("%s: glyph %d differs in the subset", f.PostScript(), g)
		}
		segments, _, err := theirs.LoadGlyph(tables.GlyphID(i))
		if err != nil {
			t.Errorf("%s: glyph %d, another reader: %v", f.PostScript(), g, err)
		}
		sameOutline(t, f, g, segments)
	}
}

// sameOutline compares with another reader's outline, which may round.
func sameOutline(t *testing.T, f *Face, g GID, segments []opentype.Segment) {
	t.Helper()
	path := slices.DeleteFunc(f.Outline(g), func(s Segment) bool { return s.Op == 'Z' })
	i := 0
	for _, s := range segments {
		n := map[opentype.SegmentOp]int{opentype.SegmentOpMoveTo: 0, opentype.SegmentOpLineTo: 0, opentype.SegmentOpQuadTo: 1, opentype.SegmentOpCubeTo: 2}[s.Op]
		end := s.Args[n]
		if i < len(path) {
			k := map[byte]int{'M': 0, 'L': 0, 'Q': 2, 'C': 4}[path[i].Op]
			if math.Abs(float64(path[i].P[k]-end.X)) < 0.01 && math.Abs(float64(path[i].P[k+1]-end.Y)) < 0.01 {
				i++
				continue
			}
		}
		if s.Op != opentype.SegmentOpLineTo {
			t.Errorf("%s: glyph %d: step %d leads to %v elsewhere", f.PostScript(), g, i, end)
			return
		}
	}
	if i != len(path) {
		t.Errorf("%s: glyph %d: %d of %d steps agree", f.PostScript(), g, i, len(path))
	}
}

// TestSFNT: another program's reader finds every character where it was.
func TestSFNT(t *testing.T) {
	for _, f := range embedded(t) {
		data, err := f.SFNT(latin())
		if err != nil {
			t.Fatal(err)
		}
		other, err := gofont.ParseTTF(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%s: %v", f.PostScript(), err)
		}
		sub := reopen(t, data)
		if sub.CFF() != f.CFF() || sub.Metrics().Ascent != f.Metrics().Ascent {
			t.Errorf("%s: the subset measures otherwise", f.PostScript())
		}
		for _, r := range latin() {
			want, had := f.Glyph(r)
			got, ok := other.NominalGlyph(r)
			if ok != had {
				t.Errorf("%s: U+%04X: %v, want %v", f.PostScript(), r, ok, had)
			} else if ok && (other.HorizontalAdvance(got) != float32(f.Advance(want)) || !slices.Equal(sub.Outline(GID(got)), f.Outline(want))) {
				t.Errorf("%s: U+%04X is another glyph", f.PostScript(), r)
			}
		}
		checkSums(t, f, data)
	}
}

// TestPairOfDashes: the pair is one glyph in the embedded file too, whatever
// the language.
func TestPairOfDashes(t *testing.T) {
	f := forgedPair(t).Primary(Style{Role: Song})
	data, err := f.SFNT([]rune("—中"))
	if err != nil {
		t.Fatal(err)
	}
	sub := reopen(t, data)
	for _, lang := range []string{"zh-hans", "ja", "en"} {
		p := sub.plan(planKey{script: cjk, language: lang}, nil)
		got := p.shape(nil, "中——中")
		if len(got) != 3 || got[1].Advance != 2*forgedEm {
			t.Errorf("%s: the pair is %+v", lang, got)
		}
	}
}

// checkSums holds the file to its own checksums.
func checkSums(t *testing.T, f *Face, data []byte) {
	t.Helper()
	if checksum(data) != fileSum {
		t.Errorf("%s: the file's checksum is %08X", f.PostScript(), checksum(data))
	}
	d, err := readDirectory(bytesAt(data), int64(len(data)), 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range d.tables {
		table := slices.Clone(data[e.offset : e.offset+e.length])
		if e.tag == tagOf("head") {
			clear(table[8:12])
		}
		if checksum(table) != e.sum {
			t.Errorf("%s: table %s has checksum %08X, its directory says %08X", f.PostScript(), e.tag, checksum(table), e.sum)
		}
	}
}

// TestBounds: no outline drawn leaves the bounds that glyf states.
func TestBounds(t *testing.T) {
	for _, f := range embedded(t) {
		for _, r := range latin() {
			g, ok := f.Glyph(r)
			if !ok || f.CFF() {
				continue
			}
			box, ink := f.Bounds(g), boundsOf(f.Outline(g))
			if ink[0] < box[0] || ink[1] < box[1] || ink[2] > box[2] || ink[3] > box[3] {
				t.Errorf("%s: U+%04X: glyf says %v, the outline %v", f.PostScript(), r, box, ink)
			}
		}
	}
	curve := []Segment{{Op: 'M'}, {Op: 'C', P: [6]float32{0, 100, 100, 100, 100, 0}}, {Op: 'Z'}}
	if got := boundsOf(curve); got != [4]int32{0, 0, 100, 75} {
		t.Errorf("an arch is bounded by %v", got)
	}
}

// FuzzFile: whatever bytes a font file holds, it is found or not, and nothing
// panics or runs away.
func FuzzFile(f *testing.F) {
	forge := forged{family: "Fuzz", chars: []rune("中。—ab"), extra: 2, gsub: forgedGSUB(3, 6, 2, 7)}
	f.Add(forge.build(), 0, byte(0))
	mono, err := fs.ReadFile(fonts.FS(), "Go-Mono.ttf")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(mono, 300, byte(255))
	roman, err := fs.ReadFile(fonts.FS(), "lmroman10-regular.otf")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(roman, 5000, byte(7))
	f.Fuzz(func(t *testing.T, data []byte, at int, v byte) {
		if len(data) > 0 {
			data = slices.Clone(data)
			data[uint(at)%uint(len(data))] = v
		}
		s := mustOpen(t, wishes(Song, "Fuzz", "Go Mono", "Latin Modern Roman"), fstest.MapFS{"f.ttf": {Data: data}})
		for _, sh := range s.Shape(Run{Text: "中——。aé b", Style: Style{Role: Song, Lang: "zh"}}) {
			gids := []GID{0}
			for _, g := range sh.Glyphs {
				sh.Face.Bounds(g.ID)
				sh.Face.Outline(g.ID)
				sh.Face.VerticalGlyph(g.ID)
				gids = append(gids, g.ID)
			}
			sh.Face.Metrics()
			sh.Face.Subset(gids)
			sh.Face.SFNT([]rune("中a"))
		}
	})
}

func BenchmarkSubset(b *testing.B) {
	for _, f := range embedded(b) {
		if f.Path() != "latinmodern-math.otf" && f.Path() != "Go-Mono.ttf" {
			continue
		}
		b.Run(f.PostScript(), func(b *testing.B) {
			gids := make([]GID, 600)
			for i := range gids {
				gids[i] = GID(i)
			}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := f.Subset(gids); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
