package font

import "errors"

// outlines is a face's glyph outlines.
type outlines struct{}

// Bounds returns the ink of a glyph in units per em: left, bottom, right, top.
// A glyph without ink has four zeros.
func (f *Face) Bounds(g GID) [4]int32 { return [4]int32{} }

// Outline returns a glyph's outline for drawing as a path (texmath, svg).
func (f *Face) Outline(g GID) []Segment { return nil }

// Segment is one step of an outline in units per em, y upwards. Op is 'M',
// 'L', 'Q', 'C' or 'Z'; the last pair of P is the end point.
type Segment struct {
	Op byte
	P  [6]float32
}

// Subset returns a font program with the glyphs, in the order given (glyph 0
// of the result is .notdef and stands first in gids): a bare CFF table with
// CID = index for CFF faces, a TrueType file with renumbered glyphs otherwise.
// The same input gives the same bytes.
func (f *Face) Subset(gids []GID) ([]byte, error) { return nil, errors.New("font: to be written") }

// SFNT returns a complete OpenType file with the glyphs that the runes need,
// for embedding in an EPUB.
func (f *Face) SFNT(runes []rune) ([]byte, error) { return nil, errors.New("font: to be written") }
