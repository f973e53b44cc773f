package font

import (
	"errors"
	"io/fs"
)

// Set is the faces a book is set in. It is safe for concurrent use.
type Set struct{}

// Face is one face of a font file. It is safe for concurrent use.
type Face struct{}

func open(folders []fs.FS, want Request) (*Set, error) { return nil, errors.New("font: to be written") }

// Shape turns a run into glyphs, choosing for every character the first face
// of the style's role that has it, then any face of the set.
func (s *Set) Shape(r Run) []Shaped { return nil }

// Primary returns the first face that serves the style; nil if none does.
func (s *Set) Primary(st Style) *Face { return nil }

// Has reports whether some face that may serve the style has the character.
func (s *Set) Has(st Style, r rune) bool { return false }

// Resolved lists every role, language and wish with the face found for it.
func (s *Set) Resolved() []Resolved { return nil }

// PostScript returns the face's PostScript name, unique in the set.
func (f *Face) PostScript() string { return "" }

// Metrics returns the face's vertical and other metrics.
func (f *Face) Metrics() Metrics { return Metrics{} }

// Advance returns a glyph's horizontal advance in units per em.
func (f *Face) Advance(g GID) int32 { return 0 }

// Glyph returns the face's nominal glyph for a character.
func (f *Face) Glyph(r rune) (GID, bool) { return 0, false }

// CFF reports whether the face's outlines are CFF rather than TrueType.
func (f *Face) CFF() bool { return false }

// Path returns a glyph's outline for drawing as a path (texmath, svg).
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
