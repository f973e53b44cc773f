// Package font finds typefaces, chooses one for every character, shapes text
// into glyphs and cuts the subsets that writers embed.
package font

import (
	"io/fs"

	"banxin/pipeline/unit"
)

// GID is a glyph's index in its face.
type GID uint16

// Role is what a face is for in a layout.
type Role string

const (
	Song Role = "song" // 宋: body
	Hei  Role = "hei"  // 黑: headings and strong
	Kai  Role = "kai"  // 楷: emphasis
	Mono Role = "mono"
	Math Role = "math"
)

// Wish is one family a role may be served by.
type Wish struct {
	Family string // as the name table has it: "Noto Serif SC"
	Bold   bool
	Italic bool
}

// Request is what a layout and a book ask for: ordered families per role and
// language. Key Languages: a BCP 47 prefix ("zh-Hans", "ja", "en"), "" for any.
type Request struct {
	Roles map[Role]map[string][]Wish
}

// Style picks a face for text.
type Style struct {
	Role   Role
	Lang   string // BCP 47 of the text, e.g. zh-Hans, zh-Hant-TW, ja, ko, en
	Bold   bool
	Italic bool // Latin text only: Han is never slanted (typography I1)
}

// Feature is an OpenType feature with its value.
type Feature struct {
	Tag   string
	Value uint32
}

// Run is text to be shaped in one style.
type Run struct {
	Text     string
	Style    Style
	Features []Feature
	Vertical bool
}

// Glyph is a shaped glyph; lengths are in the face's units per em.
type Glyph struct {
	ID                        GID
	Advance, XOffset, YOffset int32
	// Start and End are the bytes of Run.Text the glyph's cluster stands for;
	// Start == End on all glyphs of a cluster but the first.
	Start, End int32
}

// Shaped is a stretch of a run set in one face. Missing is set where no face
// of the set has the characters: the glyphs are .notdef.
type Shaped struct {
	Face       *Face
	Start, End int32 // bytes of Run.Text
	Glyphs     []Glyph
	Missing    bool
}

// Metrics of a face, in its units per em.
type Metrics struct {
	UnitsPerEm               int32
	Ascent, Descent, LineGap int32 // Descent is negative
	CapHeight, XHeight       int32
	UnderlinePos, UnderlineT int32
	ItalicAngle              float64
	BBox                     [4]int32
	Weight                   int
	FixedPitch               bool
}

// Resolved says which file serves a role, for `banxin fonts` and the manifest.
type Resolved struct {
	Role    Role
	Lang    string
	Wish    Wish
	Face    *Face // nil: not found
	Path    string
	Index   int
	SHA256  string
	License string
}

// Scale converts a measure of the face to a length at the given size.
func (m Metrics) Scale(v int32, size unit.Length) unit.Length {
	return size.Scale(int64(v), int64(m.UnitsPerEm))
}

// Open finds the faces a request names in the folders, in order of the
// folders. It reads names only; a face's tables are parsed when first used.
// Families that no folder has are not an error: see Set.Resolved.
func Open(folders []fs.FS, want Request) (*Set, error) { return open(folders, want) }
