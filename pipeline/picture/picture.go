// Package picture reads raster pictures: what they are, how large, which way
// up, and whether they are whole; and gives them the form print and e-book
// files can hold.
//
// Nothing is decoded before the file's own header has been held against the
// limits, so a file that claims a gigapixel costs nothing.
package picture

import (
	"errors"
	"fmt"
)

// MaxPixels and MaxBytes bound what is read at all: a page at A3 and 600 ppi
// has 70 million pixels.
const (
	MaxPixels = 100_000_000
	MaxBytes  = 200 << 20
)

// Format is a file format by its usual name.
const (
	PNG  = "png"
	JPEG = "jpeg"
	GIF  = "gif"
	WebP = "webp"
	SVG  = "svg"
)

// ErrFormat is returned (wrapped) for data of no known format.
var ErrFormat = errors.New("not a PNG, JPEG, GIF, WebP or SVG picture")

// SizeError is returned (wrapped) for a picture beyond the limits.
type SizeError struct {
	Width, Height int // 0: the file itself is too large
	Bytes         int
}

func (e *SizeError) Error() string {
	if e.Width == 0 {
		return fmt.Sprintf("the file has %d MB, more than the %d MB allowed", e.Bytes>>20, MaxBytes>>20)
	}
	return fmt.Sprintf("%d × %d pixels are more than the %d million allowed", e.Width, e.Height, MaxPixels/1_000_000)
}

// BrokenError is returned (wrapped) for a picture that breaks off or
// contradicts itself.
type BrokenError struct{ Format, Why string }

func (e *BrokenError) Error() string { return "broken " + e.Format + " file: " + e.Why }

func broken(format, why string) error { return &BrokenError{format, why} }

// Image is a picture whose header has been read. It shares the data it was
// loaded from and must not outlive changes to it.
type Image struct {
	Name   string
	Format string
	Data   []byte
	// Width and Height are in pixels, the way up it is meant to be seen; for
	// SVG in CSS pixels, 0 where the file does not say.
	Width, Height int
	// DPI is the resolution the file claims, 0 if none.
	DPI float64
	// Orientation is EXIF's: 1 is upright, 2 … 8 are turned or mirrored.
	Orientation int
	// Components is 1 (gray), 3 or 4 (CMYK); Depth the bits of each; Alpha and
	// Palette say what stands beside them.
	Components int
	Depth      int
	Alpha      bool
	Palette    bool
	// Profile is set where a colour profile is embedded.
	Profile bool

	interlaced bool
	channel    bool // PNG: Alpha is a channel of its own, not a tRNS chunk
	odd        bool // PNG: has chunks that simple readers stumble over
	lossy      bool // WebP
}

// Load reads a picture's header and, for PNG and JPEG, walks the file to see
// that it is whole. It decodes no pixels. Errors wrap ErrFormat, *SizeError
// or *BrokenError.
func Load(data []byte, name string) (*Image, error) {
	m, err := load(data)
	if err != nil {
		return nil, fmt.Errorf("read picture: %w", err)
	}
	m.Name = name
	return m, nil
}

func load(data []byte) (*Image, error) {
	if len(data) > MaxBytes {
		return nil, &SizeError{Bytes: len(data)}
	}
	m := &Image{Data: data, Orientation: 1, Depth: 8, Components: 3}
	var err error
	switch m.Format = sniff(data); m.Format {
	case PNG:
		err = m.readPNG()
	case JPEG:
		err = m.readJPEG()
	case GIF:
		err = m.readGIF()
	case WebP:
		err = m.readWebP()
	case SVG:
		err = m.readSVG()
	default:
		return nil, ErrFormat
	}
	if err != nil {
		return nil, err
	}
	if m.Format != SVG {
		err = checkSize(m.Format, m.Width, m.Height)
	}
	return m, err
}

// Sniff names the format of data by its first bytes, "" if unknown.
func sniff(data []byte) string {
	head := string(data[:min(len(data), 16)])
	switch {
	case hasPrefix(head, pngSignature):
		return PNG
	case hasPrefix(head, "\xff\xd8\xff"):
		return JPEG
	case hasPrefix(head, "GIF87a"), hasPrefix(head, "GIF89a"):
		return GIF
	case len(head) >= 12 && head[:4] == "RIFF" && head[8:12] == "WEBP":
		return WebP
	case looksLikeSVG(data):
		return SVG
	}
	return ""
}

func hasPrefix(s, prefix string) bool { return len(s) >= len(prefix) && s[:len(prefix)] == prefix }

func checkSize(format string, w, h int) error {
	if w <= 0 || h <= 0 {
		return broken(format, "it has no pixels")
	}
	if int64(w)*int64(h) > MaxPixels {
		return &SizeError{Width: w, Height: h}
	}
	return nil
}

// Gray reports whether the file holds gray levels only by its colour type.
func (m *Image) Gray() bool { return m.Components == 1 }

// Resolution returns the pixels per inch of px pixels printed over a length
// in points; 0 for no length.
func Resolution(px int, points float64) float64 {
	if points <= 0 {
		return 0
	}
	return float64(px) * 72 / points
}

// PixelsFor returns how many pixels a length in points needs at ppi pixels per
// inch, rounded up.
func PixelsFor(points, ppi float64) int {
	px := points * ppi / 72
	n := int(px)
	if float64(n) < px {
		n++
	}
	return n
}
