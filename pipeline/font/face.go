package font

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"
	"sync"
	"sync/atomic"

	gofont "github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/font/opentype/tables"
)

// Face is one face of a font file. It is safe for concurrent use. Its tables
// are read when first used: names when it is found, measures and the character
// map when text is set, outlines glyph by glyph when it is embedded.
type Face struct {
	file       *fontFile
	index      int
	dir        directory
	postScript string
	used       atomic.Bool

	measureOnce sync.Once
	metrics     Metrics
	glyphs      int    // number of glyphs
	hmtx        []byte // raw
	longHor     int    // entries of hmtx that have an advance
	vmtx        []byte // raw
	longVer     int

	cmapOnce sync.Once
	cmap     gofont.Cmap
	pages    [0x110000 >> pageBits]atomic.Pointer[glyphPage]

	shapeOnce sync.Once
	shaping   *gofont.Font
	shapers   shapers
	plans     plans

	layoutOnce sync.Once
	gsub, gpos layoutTable

	outlineOnce sync.Once
	outlines    outlines

	verticalOnce sync.Once
	vertical     map[GID]GID

	mathOnce  sync.Once
	mathTable *MathTable
}

// glyphPage is the nominal glyphs of 256 characters, 0 where there is none.
type glyphPage [1 << pageBits]GID

const pageBits = 8

func newFace(file *fontFile, index int, dir directory) *Face {
	return &Face{file: file, index: index, dir: dir}
}

func (f *Face) tableBytes(t tag) []byte { return readTable(f.file, &f.dir, t) }

// PostScript returns the face's PostScript name, unique in the set.
func (f *Face) PostScript() string { return f.postScript }

// CFF reports whether the face's outlines are CFF rather than TrueType.
func (f *Face) CFF() bool {
	_, ok := f.dir.find(tagOf("CFF "))
	return ok
}

// Metrics returns the face's vertical and other metrics.
func (f *Face) Metrics() Metrics {
	f.measure()
	return f.metrics
}

// Advance returns a glyph's horizontal advance in units per em.
func (f *Face) Advance(g GID) int32 {
	f.measure()
	return f.advance(g)
}

func (f *Face) advance(g GID) int32 {
	i := int(g)
	if i >= f.longHor {
		i = f.longHor - 1
	}
	return int32(u16(f.hmtx, 4*i))
}

// bearing returns the left side bearing that hmtx gives a glyph.
func (f *Face) bearing(g GID) int {
	if i := int(g); i >= f.longHor {
		return i16(f.hmtx, 4*f.longHor+2*(i-f.longHor))
	}
	return i16(f.hmtx, 4*int(g)+2)
}

func (f *Face) measure() { f.measureOnce.Do(f.readMeasures) }

// useTypoMetrics is the bit of OS/2.fsSelection by which a face asks for its
// typographic ascent and descent.
const useTypoMetrics = 1 << 7

func (f *Face) readMeasures() {
	head, hhea := f.tableBytes(tagOf("head")), f.tableBytes(tagOf("hhea"))
	os2, post := f.tableBytes(tagOf("OS/2")), f.tableBytes(tagOf("post"))
	f.glyphs = u16(f.tableBytes(tagOf("maxp")), 4)
	f.hmtx = f.tableBytes(tagOf("hmtx"))
	f.longHor = min(u16(hhea, 34), len(f.hmtx)/4)
	f.vmtx = f.tableBytes(tagOf("vmtx"))
	f.longVer = min(u16(f.tableBytes(tagOf("vhea")), 34), len(f.vmtx)/4)

	m := Metrics{
		UnitsPerEm: int32(u16(head, 18)),
		Ascent:     int32(i16(hhea, 4)), Descent: int32(i16(hhea, 6)), LineGap: int32(i16(hhea, 8)),
		UnderlinePos: int32(i16(post, 8)), UnderlineT: int32(i16(post, 10)),
		ItalicAngle: float64(int32(u32(post, 4))) / 65536,
		FixedPitch:  u32(post, 12) != 0,
		Weight:      regularWeight,
	}
	if m.UnitsPerEm == 0 {
		m.UnitsPerEm = 1000
	}
	for i := range m.BBox {
		m.BBox[i] = int32(i16(head, 36+2*i))
	}
	if len(os2) >= 74 {
		m.Weight = u16(os2, 4)
		if u16(os2, 62)&useTypoMetrics != 0 || m.Ascent == 0 && m.Descent == 0 {
			m.Ascent, m.Descent, m.LineGap = int32(i16(os2, 68)), int32(i16(os2, 70)), int32(i16(os2, 72))
		}
	}
	if len(os2) >= 90 && u16(os2, 0) >= 2 {
		m.XHeight, m.CapHeight = int32(i16(os2, 86)), int32(i16(os2, 88))
	}
	if m.Descent > 0 {
		m.Descent = -m.Descent
	}
	if m.CapHeight <= 0 {
		m.CapHeight = f.heightOf('H', m.UnitsPerEm*7/10)
	}
	if m.XHeight <= 0 {
		m.XHeight = f.heightOf('x', m.UnitsPerEm/2)
	}
	f.metrics = m
}

// heightOf measures a letter for faces whose OS/2 table does not say.
func (f *Face) heightOf(r rune, otherwise int32) int32 {
	if g, ok := f.Glyph(r); ok {
		if b := f.Bounds(g); b[3] > 0 {
			return b[3]
		}
	}
	return otherwise
}

// Glyph returns the face's nominal glyph for a character.
func (f *Face) Glyph(r rune) (GID, bool) {
	if r < 0 || r > 0x10FFFF {
		return 0, false
	}
	p := f.pages[r>>pageBits].Load()
	if p == nil {
		p = f.readPage(r >> pageBits)
	}
	g := p[r&(1<<pageBits-1)]
	return g, g != 0
}

func (f *Face) readPage(n rune) *glyphPage {
	f.cmapOnce.Do(f.readCmap)
	p := new(glyphPage)
	if f.cmap != nil {
		guarded(func() {
			for i := range p {
				if g, ok := f.cmap.Lookup(n<<pageBits + rune(i)); ok && g <= 0xFFFF {
					p[i] = GID(g)
				}
			}
		})
	}
	f.pages[n].Store(p)
	return p
}

func (f *Face) readCmap() {
	guarded(func() {
		raw, _, err := tables.ParseCmap(f.tableBytes(tagOf("cmap")))
		if err != nil {
			return
		}
		os2, _, _ := tables.ParseOs2(f.tableBytes(tagOf("OS/2")))
		cmap, _, err := gofont.ProcessCmap(raw, os2.FontPage())
		if err == nil {
			f.cmap = cmap
		}
	})
}

// guarded runs a parser that is not ours on a file that is anybody's, and
// reports whether it came through.
func guarded(parse func()) (ok bool) {
	defer func() { ok = recover() == nil }()
	parse()
	return true
}

// font returns the face as the shaper wants it; nil where its tables cannot
// be read.
func (f *Face) font() *gofont.Font {
	f.shapeOnce.Do(func() {
		f.used.Store(true)
		f.measure()
		f.shaping = f.readShaping()
	})
	return f.shaping
}

// readShaping parses the tables that shaping needs, nil where they cannot be.
// The outlines, by far the greatest part of a face, stay in the file.
func (f *Face) readShaping() *gofont.Font {
	if f.file.open() != nil {
		return nil
	}
	var keep []tag
	for _, t := range []string{"GDEF", "GPOS", "GSUB", "OS/2", "VORG", "cmap", "head", "hhea", "hmtx", "kern", "maxp", "vhea", "vmtx"} {
		keep = append(keep, tagOf(t))
	}
	v := newView(f.file, &f.dir, keep)
	var out *gofont.Font
	ok := guarded(func() {
		ld, err := opentype.NewLoader(io.NewSectionReader(v, 0, f.file.size+int64(len(v.front))))
		if err != nil {
			return
		}
		if font, err := gofont.NewFont(ld); err == nil {
			out = font
		}
	})
	if !ok {
		return nil
	}
	return out
}

func (f *Face) resolved(r Resolved) Resolved {
	names := f.tableBytes(tagOf("name"))
	r.Face, r.Path, r.Index, r.SHA256 = f, f.file.path, f.index, f.file.sha256()
	r.License = strings.TrimSpace(nameOf(names, nameLicense))
	if url := strings.TrimSpace(nameOf(names, nameLicenseURL)); url != "" && !strings.Contains(r.License, url) {
		r.License = strings.TrimSpace(r.License + " " + url)
	}
	return r
}

// sha256 sums the file, once, piece by piece.
func (f *fontFile) sha256() string {
	f.sumOnce.Do(func() {
		if f.open() != nil {
			return
		}
		h := sha256.New()
		if _, err := io.Copy(h, io.NewSectionReader(f.at, 0, f.size)); err == nil {
			f.sum = hex.EncodeToString(h.Sum(nil))
		}
	})
	return f.sum
}

// Path returns the file the face was found in, within its folder.
func (f *Face) Path() string { return f.file.path }
