package picture

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"hash/crc32"
	"image/gif"
	"io"
	"math"
	"strconv"
	"strings"

	"golang.org/x/image/webp"
)

const pngSignature = "\x89PNG\r\n\x1a\n"

// chunks walks a PNG's chunks and calls f for each. It ends with IEND; a chunk
// that breaks off or whose checksum is wrong is an error.
func chunks(data []byte, f func(kind string, body []byte) error) error {
	rest := data[len(pngSignature):]
	for len(rest) >= 12 {
		n := int64(binary.BigEndian.Uint32(rest))
		if n > int64(len(rest))-12 {
			return broken(PNG, "it breaks off")
		}
		kind, body := string(rest[4:8]), rest[8:8+n]
		if crc32.ChecksumIEEE(rest[4:8+n]) != binary.BigEndian.Uint32(rest[8+n:]) {
			return broken(PNG, "checksum of chunk "+strconv.Quote(kind))
		}
		if err := f(kind, body); err != nil {
			return err
		}
		if kind == "IEND" {
			return nil
		}
		rest = rest[12+n:]
	}
	return broken(PNG, "it breaks off")
}

func (m *Image) readPNG() error {
	first := true
	var transparent, pixels, palette bool
	err := chunks(m.Data, func(kind string, body []byte) error {
		if first != (kind == "IHDR") {
			return broken(PNG, "header out of place")
		}
		first = false
		if len(body) == 0 && kind != "IEND" || kind == "tRNS" {
			m.odd = true
		}
		switch kind {
		case "IHDR":
			if len(body) != 13 {
				return broken(PNG, "header")
			}
			return m.readIHDR(body)
		case "PLTE":
			palette = len(body) > 0 && len(body)%3 == 0 && len(body) <= 768
		case "tRNS":
			transparent = true
		case "iCCP":
			m.Profile = true
		case "pHYs":
			if len(body) == 9 && body[8] == 1 {
				m.DPI = float64(binary.BigEndian.Uint32(body)) * 0.0254
			}
		case "IDAT":
			pixels = true
		}
		return nil
	})
	if err != nil {
		return err
	}
	if !pixels {
		return broken(PNG, "it has no pixels")
	}
	if m.Palette && !palette {
		return broken(PNG, "it has no palette")
	}
	m.Alpha = m.Alpha || transparent
	return nil
}

func (m *Image) readIHDR(b []byte) error {
	w, h := binary.BigEndian.Uint32(b), binary.BigEndian.Uint32(b[4:])
	if w > math.MaxInt32 || h > math.MaxInt32 {
		return broken(PNG, "header")
	}
	m.Width, m.Height, m.Depth = int(w), int(h), int(b[8])
	m.interlaced = b[12] != 0
	if b[10] != 0 || b[11] != 0 || b[12] > 1 {
		return broken(PNG, "unknown method")
	}
	depths := map[byte]string{0: "\x01\x02\x04\x08\x10", 2: "\x08\x10", 3: "\x01\x02\x04\x08", 4: "\x08\x10", 6: "\x08\x10"}
	if !strings.Contains(depths[b[9]], string(b[8:9])) {
		return broken(PNG, "colour type")
	}
	switch b[9] {
	case 0:
		m.Components = 1
	case 3:
		m.Palette = true
	case 4:
		m.Components, m.Alpha, m.channel = 1, true, true
	case 6:
		m.Alpha, m.channel = true, true
	}
	return checkSize(PNG, m.Width, m.Height)
}

// readJPEG walks the segments up to the first scan, and looks for the end.
func (m *Image) readJPEG() error {
	d := m.Data
	for i := 2; ; {
		for i < len(d) && d[i] == 0xff && i+1 < len(d) && d[i+1] == 0xff {
			i++ // fill bytes
		}
		if i+4 > len(d) {
			return broken(JPEG, "it breaks off")
		}
		if d[i] != 0xff {
			return broken(JPEG, "a marker is missing")
		}
		marker := d[i+1]
		if marker == 0xd8 || marker == 0x01 || marker >= 0xd0 && marker <= 0xd7 {
			i += 2
			continue
		}
		n := int(binary.BigEndian.Uint16(d[i+2:]))
		if n < 2 || i+2+n > len(d) {
			return broken(JPEG, "it breaks off")
		}
		body := d[i+4 : i+2+n]
		i += 2 + n
		if marker == 0xda {
			break
		}
		if err := m.readSegment(marker, body); err != nil {
			return err
		}
	}
	if m.Width == 0 {
		return broken(JPEG, "it has no frame")
	}
	// Cameras append their own data behind the end; a scan that breaks off has
	// no end anywhere.
	if bytes.LastIndex(d, []byte{0xff, 0xd9}) < 0 {
		return broken(JPEG, "it breaks off")
	}
	if m.Orientation > 4 {
		m.Width, m.Height = m.Height, m.Width
	}
	return nil
}

func (m *Image) readSegment(marker byte, b []byte) error {
	switch {
	case marker == 0xe0 && len(b) >= 12 && string(b[:5]) == "JFIF\x00":
		x := float64(binary.BigEndian.Uint16(b[8:]))
		switch b[7] {
		case 1:
			m.DPI = x
		case 2:
			m.DPI = x * 2.54
		}
	case marker == 0xe1 && len(b) > 6 && string(b[:6]) == "Exif\x00\x00":
		m.Orientation = orientation(b[6:])
	case marker == 0xe2 && bytes.HasPrefix(b, []byte("ICC_PROFILE\x00")):
		m.Profile = true
	case marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc:
		if len(b) < 6 {
			return broken(JPEG, "frame header")
		}
		if marker > 0xc2 {
			return broken(JPEG, "lossless and arithmetic coding are not supported")
		}
		m.Depth = int(b[0])
		m.Height, m.Width = int(binary.BigEndian.Uint16(b[1:])), int(binary.BigEndian.Uint16(b[3:]))
		m.Components = int(b[5])
		if m.Components != 1 && m.Components != 3 && m.Components != 4 || m.Depth != 8 {
			return broken(JPEG, "frame header")
		}
		return checkSize(JPEG, m.Width, m.Height)
	}
	return nil
}

// orientation reads the tag Orientation (0x0112) of a TIFF structure; 1 where
// it is absent or out of range.
func orientation(b []byte) int {
	if len(b) < 8 {
		return 1
	}
	var o binary.ByteOrder = binary.BigEndian
	switch string(b[:4]) {
	case "II*\x00":
		o = binary.LittleEndian
	case "MM\x00*":
	default:
		return 1
	}
	at := int64(o.Uint32(b[4:]))
	if at+2 > int64(len(b)) {
		return 1
	}
	n := int(o.Uint16(b[at:]))
	for e := b[at+2:]; n > 0 && len(e) >= 12; n, e = n-1, e[12:] {
		if o.Uint16(e) != 0x0112 {
			continue
		}
		if v := int(o.Uint16(e[8:])); v >= 1 && v <= 8 {
			return v
		}
		return 1
	}
	return 1
}

func (m *Image) readGIF() error {
	// The screen's size stands in the first ten bytes; gif.DecodeConfig reads
	// no further than the palette.
	c, err := gif.DecodeConfig(bytes.NewReader(m.Data))
	if err != nil {
		return broken(GIF, err.Error())
	}
	m.Width, m.Height, m.Palette, m.Alpha = c.Width, c.Height, true, true
	return nil
}

func (m *Image) readWebP() error {
	c, err := webp.DecodeConfig(bytes.NewReader(m.Data))
	if err != nil {
		return broken(WebP, err.Error())
	}
	m.Width, m.Height = c.Width, c.Height
	if len(m.Data) >= 21 {
		switch string(m.Data[12:16]) {
		case "VP8 ":
			m.lossy = true
		case "VP8L":
			m.Alpha = true
		case "VP8X":
			m.Alpha = m.Data[20]&0x10 != 0
			m.Profile = m.Data[20]&0x20 != 0
			m.lossy = bytes.Contains(m.Data, []byte("VP8 "))
		}
	}
	return nil
}

// looksLikeSVG reports whether the first element of data is svg.
func looksLikeSVG(data []byte) bool {
	head := bytes.TrimLeft(bytes.TrimPrefix(data[:min(len(data), 4096)], []byte("\xef\xbb\xbf")), " \t\r\n")
	return len(head) > 0 && head[0] == '<' && bytes.Contains(head, []byte("<svg"))
}

var errNoSVG = errors.New("no svg element")

func (m *Image) readSVG() error {
	d := xml.NewDecoder(bytes.NewReader(m.Data))
	d.Strict = false
	// Sizes are ASCII whatever the encoding declared.
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	for {
		t, err := d.Token()
		if err != nil {
			return broken(SVG, errNoSVG.Error())
		}
		if e, ok := t.(xml.StartElement); ok {
			if e.Name.Local != "svg" {
				return broken(SVG, errNoSVG.Error())
			}
			m.Width, m.Height = svgSize(e.Attr)
			return nil
		}
	}
}

// svgSize returns the size an svg element asks for in CSS pixels: its width
// and height, else its view box's; a percentage counts as absent.
func svgSize(attrs []xml.Attr) (w, h int) {
	var width, height, boxW, boxH float64
	for _, a := range attrs {
		switch a.Name.Local {
		case "width":
			width = cssPixels(a.Value)
		case "height":
			height = cssPixels(a.Value)
		case "viewBox":
			f := strings.FieldsFunc(a.Value, func(r rune) bool { return r == ' ' || r == ',' || r == '\t' || r == '\n' })
			if len(f) == 4 {
				boxW, boxH = cssPixels(f[2]), cssPixels(f[3])
			}
		}
	}
	switch {
	case width > 0 && height > 0:
	case width > 0 && boxW > 0:
		height = width * boxH / boxW
	case height > 0 && boxH > 0:
		width = height * boxW / boxH
	default:
		width, height = boxW, boxH
	}
	return roundPixels(width), roundPixels(height)
}

func roundPixels(v float64) int { return int(math.Round(min(max(v, 0), 1e6))) }

// cssPixels converts a CSS length to pixels; 0 if it is none.
func cssPixels(s string) float64 {
	s = strings.TrimSpace(s)
	i := len(s)
	for i > 0 && (s[i-1] < '0' || s[i-1] > '9') && s[i-1] != '.' {
		i--
	}
	v, err := strconv.ParseFloat(s[:i], 64)
	if err != nil || math.IsNaN(v) || v < 0 || v > 1e9 {
		return 0
	}
	switch strings.ToLower(s[i:]) {
	case "", "px":
		return v
	case "pt":
		return v * 96 / 72
	case "pc":
		return v * 16
	case "mm":
		return v * 96 / 25.4
	case "cm":
		return v * 960 / 25.4
	case "in":
		return v * 96
	case "em", "rem":
		return v * 16
	case "ex":
		return v * 8
	}
	return 0
}
