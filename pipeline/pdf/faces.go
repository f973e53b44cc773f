package pdf

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
	"sync"

	"banxin/pipeline/font"
)

// fontCase holds the faces in use in the order of their first glyph.
type fontCase struct {
	faces []*usedFace
	byPtr map[*font.Face]*usedFace
	last  *usedFace
}

func newFontCase() *fontCase { return &fontCase{byPtr: map[*font.Face]*usedFace{}} }

// usedFace is a face with the glyphs the document needs of it. A glyph's CID
// is its place in that list, so codes are small and the order is that of the
// text.
type usedFace struct {
	face *font.Face
	key  string // resource name with its slash: /F0
	upem int64
	// space is the glyph of U+0020, which says just that even if a no-break
	// space comes first; 0 if there is none.
	space font.GID
	cids  []uint16 // by glyph: CID + 1, 0 where not in use
	gids  []font.GID
	width []int32  // by CID, in hundred-thousandths of an em
	text  []string // by CID: what the map to Unicode says
	// other holds the further codes of glyphs that stand for several texts.
	other map[saying]uint16
}

// saying is a glyph and the text it stands for.
type saying struct {
	glyph font.GID
	text  string
}

func (fc *fontCase) use(f *font.Face) *usedFace {
	if fc.last != nil && fc.last.face == f {
		return fc.last
	}
	u, ok := fc.byPtr[f]
	if !ok {
		u = &usedFace{
			face: f,
			key:  "/F" + strconv.Itoa(len(fc.faces)),
			upem: max(int64(f.Metrics().UnitsPerEm), 1),
			cids: make([]uint16, 1<<16),
		}
		u.space, _ = f.Glyph(' ')
		u.cid(0) // .notdef stands first in every subset
		fc.byPtr[f] = u
		fc.faces = append(fc.faces, u)
	}
	fc.last = u
	return u
}

// cid returns the code of a glyph, taking it into use.
func (u *usedFace) cid(g font.GID) uint16 {
	if c := u.cids[g]; c != 0 {
		return c - 1
	}
	if len(u.gids) == 1<<16-1 {
		return 0
	}
	text := ""
	if g == u.space && g != 0 {
		text = " "
	}
	n := u.take(g, text)
	u.cids[g] = n + 1
	return n
}

// take gives a glyph a code of its own.
func (u *usedFace) take(g font.GID, text string) uint16 {
	n := len(u.gids)
	u.gids = append(u.gids, g)
	adv := int64(u.face.Advance(g))
	u.width = append(u.width, int32((2*adv*perEm+u.upem)/(2*u.upem)))
	u.text = append(u.text, text)
	return uint16(n)
}

// say makes text what the code says, if it says nothing yet, and reports
// whether the code says it.
func (u *usedFace) say(cid uint16, text string) bool {
	if u.text[cid] == "" && cid != 0 {
		u.text[cid] = text
	}
	return u.text[cid] == text
}

// spoken returns the code by which a glyph says a text: its own, or where that
// says another (one outline serves U+0020 and U+3000) a further code of the
// same outline. Readers know that better than an ActualText, which some stop
// reading at. It reports false if there is no such code. The box that stands
// for a character no face has is shown by a further code too: a file for
// archives must not show code 0 (PDF/A-2, 6.2.11.8).
func (u *usedFace) spoken(g font.GID, text string) (uint16, bool) {
	if cid := u.cid(g); cid != 0 && u.say(cid, text) {
		return cid, true
	}
	k := saying{g, text}
	if c, ok := u.other[k]; ok {
		return c, true
	}
	if len(u.gids) == 1<<16-1 {
		return 0, false
	}
	if u.other == nil {
		u.other = map[saying]uint16{}
	}
	c := u.take(g, text)
	u.other[k] = c
	return c, true
}

// shown is the code of a glyph whose text an ActualText says.
func (u *usedFace) shown(g font.GID) uint16 {
	if g == 0 {
		if c, ok := u.spoken(0, "\ufffd"); ok {
			return c
		}
	}
	return u.cid(g)
}

// program is a face cut to the glyphs in use, or why it could not be.
type program struct {
	data []byte
	err  error
}

// cut starts to cut all faces and returns a function that waits for them.
func (fc *fontCase) cut() func() []program {
	out := make([]program, len(fc.faces))
	var wg sync.WaitGroup
	for i, u := range fc.faces {
		wg.Go(func() {
			out[i].data, out[i].err = u.face.Subset(u.gids)
		})
	}
	return func() []program { wg.Wait(); return out }
}

// baseName is the face's name with a subset tag drawn from the glyphs in use
// (ISO 32000-1, 9.6.4).
func (u *usedFace) baseName() string {
	h := sha256.New()
	b := make([]byte, 0, 2*len(u.gids))
	for _, g := range u.gids {
		b = binary.BigEndian.AppendUint16(b, uint16(g))
	}
	h.Write(b)
	h.Write([]byte(u.face.PostScript()))
	sum := h.Sum(nil)
	var tag [6]byte
	for i := range tag {
		tag[i] = 'A' + sum[i]%26
	}
	return string(tag[:]) + "+" + u.face.PostScript()
}

// add adds a face's five objects and returns the number of the Type0 font.
func (u *usedFace) add(t *table, p program) (int, error) {
	if p.err != nil {
		return 0, fmt.Errorf("embed %s: %w", u.face.PostScript(), p.err)
	}
	name := string(appendName(nil, u.baseName()))
	subtype, file, extra := "/CIDFontType2", "/FontFile2", "/CIDToGIDMap/Identity"
	head := fmt.Sprintf("<</Length1 %d", len(p.data))
	if u.face.CFF() {
		subtype, file, extra, head = "/CIDFontType0", "/FontFile3", "", "<</Subtype/CIDFontType0C"
	}
	stream := t.addStream(head, p.data)
	descriptor := t.add(u.descriptor(name, file, stream))
	var d bytes.Buffer
	fmt.Fprintf(&d, "<</Type/Font/Subtype%s/BaseFont%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"+
		"/FontDescriptor %d 0 R%s/DW 1000/W%s>>", subtype, name, descriptor, extra, u.widths())
	cidFont := t.add(d.Bytes())
	unicode := t.addStream("<<", u.toUnicode())
	d.Reset()
	fmt.Fprintf(&d, "<</Type/Font/Subtype/Type0/BaseFont%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>",
		name, cidFont, unicode)
	return t.add(d.Bytes()), nil
}

func (u *usedFace) descriptor(name, file string, stream int) []byte {
	m := u.face.Metrics()
	s := func(v int32) int64 { return int64(math.Round(float64(v) * 1000 / float64(u.upem))) }
	flags := 4 // symbolic: not the standard Latin character set
	if m.FixedPitch {
		flags |= 1
	}
	if m.ItalicAngle != 0 {
		flags |= 64
	}
	// StemV is not in the font file; the usual estimate from the weight.
	stem := 50 + m.Weight*m.Weight/4225
	capHeight := m.CapHeight
	if capHeight == 0 {
		capHeight = m.Ascent
	}
	return fmt.Appendf(nil, "<</Type/FontDescriptor/FontName%s/Flags %d/FontBBox[%d %d %d %d]/ItalicAngle %s/Ascent %d/Descent %d/CapHeight %d/StemV %d%s %d 0 R>>",
		name, flags, s(m.BBox[0]), s(m.BBox[1]), s(m.BBox[2]), s(m.BBox[3]),
		strconv.FormatFloat(m.ItalicAngle, 'f', -1, 64), s(m.Ascent), s(m.Descent), s(capHeight), stem, file, stream)
}

// widths returns the W array. Most Han glyphs are one em wide, the default,
// so only stretches of others are listed.
func (u *usedFace) widths() []byte {
	b := []byte{'['}
	for i := 0; i < len(u.width); {
		if u.width[i] == perEm {
			i++
			continue
		}
		b = strconv.AppendInt(b, int64(i), 10)
		b = append(b, '[')
		for first := true; i < len(u.width) && u.width[i] != perEm; i++ {
			if !first {
				b = append(b, ' ')
			}
			first = false
			b = appendDecimal(b, int64(u.width[i]), 2)
		}
		b = append(b, ']')
	}
	return append(b, ']')
}

// toUnicode returns the CMap from codes to text. Glyphs that never stand for
// a text of their own are set under an ActualText; PDF/A-2u (6.2.11.7.2) wants
// a value for them all the same, and a zero width space says nothing.
func (u *usedFace) toUnicode() []byte {
	b := append([]byte(nil), "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"+
		"/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"+
		"/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"+
		"1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n"...)
	for i := 1; i < len(u.text); i += 100 {
		end := min(i+100, len(u.text))
		b = strconv.AppendInt(b, int64(end-i), 10)
		b = append(b, " beginbfchar\n"...)
		for c := i; c < end; c++ {
			text := u.text[c]
			if text == "" {
				text = "\u200b"
			}
			b = append(b, '<', hexDigits[c>>12&15], hexDigits[c>>8&15], hexDigits[c>>4&15], hexDigits[c&15], '>', '<')
			b = appendUTF16(b, text)
			b = append(b, '>', '\n')
		}
		b = append(b, "endbfchar\n"...)
	}
	return append(b, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend"...)
}
