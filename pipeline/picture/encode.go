package picture

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"io"
)

// encodePNG writes img with 8 bits a sample, in the narrowest form that holds
// it: gray, gray with alpha, a palette, RGB or RGB with alpha. image/png has
// no gray with alpha, and gives 16-bit pictures 16 bits.
func encodePNG(w io.Writer, img image.Image) error {
	if opaque(img) {
		switch v := img.(type) {
		case *image.Gray, *image.Paletted, *image.RGBA, *image.NRGBA:
			return png.Encode(w, img)
		case *image.Gray16:
			return png.Encode(w, narrowGray(v))
		}
		return png.Encode(w, narrowRGB(img))
	}
	pixels, gray := alphaPixels(img)
	return encodeAlpha(w, pixels, gray, img.Bounds().Dx(), img.Bounds().Dy())
}

func narrowGray(v *image.Gray16) *image.Gray {
	b := v.Bounds()
	out := image.NewGray(image.Rect(0, 0, b.Dx(), b.Dy()))
	for y := range b.Dy() {
		for x := range b.Dx() {
			out.Pix[y*out.Stride+x] = round16(v.Gray16At(b.Min.X+x, b.Min.Y+y).Y)
		}
	}
	return out
}

// round16 takes 16 bits to the nearest of 8.
func round16(v uint16) uint8 { return uint8((uint32(v)*255 + 32767) / 65535) }

func narrowRGB(img image.Image) *image.RGBA {
	b := img.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	for y := range b.Dy() {
		row := out.Pix[y*out.Stride:]
		for x := range b.Dx() {
			r, g, bl, _ := img.At(b.Min.X+x, b.Min.Y+y).RGBA()
			row[4*x], row[4*x+1], row[4*x+2], row[4*x+3] = round16(uint16(r)), round16(uint16(g)), round16(uint16(bl)), 255
		}
	}
	return out
}

// alphaPixels returns img as rows of R G B A, and whether all of it is gray.
func alphaPixels(img image.Image) (pix []byte, gray bool) {
	b := img.Bounds()
	pix = make([]byte, 0, 4*b.Dx()*b.Dy())
	gray = true
	direct, _ := img.(*image.NRGBA)
	for y := range b.Dy() {
		for x := range b.Dx() {
			var c color.NRGBA
			if direct != nil {
				c = direct.NRGBAAt(b.Min.X+x, b.Min.Y+y)
			} else {
				c = color.NRGBAModel.Convert(img.At(b.Min.X+x, b.Min.Y+y)).(color.NRGBA)
			}
			if c.A == 0 {
				c = color.NRGBA{} // colour that is not seen must not cost bytes
			}
			gray = gray && c.R == c.G && c.G == c.B
			pix = append(pix, c.R, c.G, c.B, c.A)
		}
	}
	return pix, gray
}

// encodeAlpha writes a PNG of colour type 4 or 6, each row by the filter Sub
// or Up, whichever leaves less (PNG, 12.8).
func encodeAlpha(w io.Writer, pix []byte, gray bool, width, height int) error {
	kind, n := byte(6), 4
	if gray {
		kind, n = 4, 2
		for i := 0; i < len(pix); i += 4 {
			pix[i/2], pix[i/2+1] = pix[i], pix[i+3]
		}
		pix = pix[:len(pix)/2]
	}
	header := binary.BigEndian.AppendUint32(nil, uint32(width))
	header = binary.BigEndian.AppendUint32(header, uint32(height))
	header = append(header, 8, kind, 0, 0, 0)
	var data bytes.Buffer
	z := zlib.NewWriter(&data)
	stride := n * width
	above := make([]byte, stride)
	sub, up := make([]byte, stride+1), make([]byte, stride+1)
	sub[0], up[0] = 1, 2
	for y := range height {
		row := pix[y*stride : (y+1)*stride]
		best := sub
		if filterRow(row, above, sub[1:], up[1:], n) {
			best = up
		}
		_, _ = z.Write(best) // into memory
		above = row
	}
	_ = z.Close()
	out := []byte(pngSignature)
	out = appendChunk(out, "IHDR", header)
	out = appendChunk(out, "IDAT", data.Bytes())
	out = appendChunk(out, "IEND", nil)
	_, err := w.Write(out)
	return err
}

// filterRow fills both filters' rows and reports whether Up leaves less.
func filterRow(row, above, sub, up []byte, n int) bool {
	var subSum, upSum int
	for i, v := range row {
		left := byte(0)
		if i >= n {
			left = row[i-n]
		}
		sub[i], up[i] = v-left, v-above[i]
		subSum += abs8(sub[i])
		upSum += abs8(up[i])
	}
	return upSum < subSum
}

func abs8(v byte) int {
	if d := int(int8(v)); d < 0 {
		return -d
	}
	return int(int8(v))
}

func appendChunk(b []byte, kind string, body []byte) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(len(body)))
	at := len(b)
	b = append(append(b, kind...), body...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[at:]))
}
