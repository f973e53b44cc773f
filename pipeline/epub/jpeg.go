package epub

import (
	"encoding/binary"
	"image"
	"math"
	"math/bits"
)

// encodeJPEG writes a baseline JPEG (ITU T.81) of a 4:2:0 picture whose sides
// are multiples of 16. A cover is mostly blocks of one colour, whose transform
// is known beforehand: that makes this many times faster than a general
// encoder. The arithmetic is in integers, so that the bytes are the same on
// every processor.
func encodeJPEG(m *image.YCbCr) []byte {
	e := newJPEGWriter()
	e.headers(m.Rect.Dx(), m.Rect.Dy())
	var dc [3]int
	for y := 0; y < m.Rect.Dy(); y += 16 {
		for x := 0; x < m.Rect.Dx(); x += 16 {
			for i := range 4 {
				dc[0] = e.block(m.Y[m.YOffset(x+8*(i&1), y+8*(i>>1)):], m.YStride, 0, dc[0])
			}
			at := m.COffset(x, y)
			dc[1] = e.block(m.Cb[at:], m.CStride, 1, dc[1])
			dc[2] = e.block(m.Cr[at:], m.CStride, 1, dc[2])
		}
	}
	e.put(0x7F, 7)
	return append(e.out, 0xFF, 0xD9)
}

type jpegWriter struct {
	out    []byte
	acc    uint64 // bits not yet written, the last n of it
	n      uint
	dc, ac [256]huff
	step   [2][64]int // what a coefficient is divided by, in natural order
	order  [64]int    // the natural index of each place in zigzag order
	cos    [8][8]int  // 2048·½·C(u)·cos((2x+1)uπ/16)
}

type huff struct {
	code uint64
	size uint
}

// lengths are the symbols of a Huffman code by the length of their codewords.
type lengths [17][]byte

// dcCode gives all twelve categories four bits.
func dcCode() (l lengths) {
	for s := byte(0); s < 12; s++ {
		l[4] = append(l[4], s)
	}
	return l
}

// acCode is short for an empty rest (most blocks have nothing else) and for
// the runs and sizes that edges of letters make.
func acCode() (l lengths) {
	l[2] = []byte{0x00}
	l[4] = []byte{0x01, 0x02, 0x03, 0x11, 0x04, 0x12}
	l[6] = []byte{0x05, 0x06, 0x13, 0x14, 0x21, 0x22, 0x23, 0x31, 0x32, 0x41, 0x51, 0x61}
	used := map[byte]bool{}
	for _, ss := range l {
		for _, s := range ss {
			used[s] = true
		}
	}
	for run := range 16 {
		for size := 1; size <= 10; size++ {
			if s := byte(run<<4 | size); !used[s] {
				l[10] = append(l[10], s)
			}
		}
	}
	l[10] = append(l[10], 0xF0)
	return l
}

// codes numbers the codewords in the standard's order (T.81, annex C).
func (l *lengths) codes() (h [256]huff) {
	code := uint64(0)
	for size := 1; size <= 16; size++ {
		for _, s := range l[size] {
			h[s] = huff{code, uint(size)}
			code++
		}
		code <<= 1
	}
	return h
}

func newJPEGWriter() *jpegWriter {
	e := &jpegWriter{out: make([]byte, 0, 1<<17)}
	dc, ac := dcCode(), acCode()
	e.dc, e.ac = dc.codes(), ac.codes()
	x, y := 0, 0
	for i := range e.order {
		e.order[i] = 8*y + x
		switch up := (x+y)%2 == 0; {
		case up && x == 7:
			y++
		case up && y == 0:
			x++
		case up:
			x, y = x+1, y-1
		case y == 7:
			x++
		case x == 0:
			y++
		default:
			x, y = x-1, y+1
		}
	}
	for v := range 8 {
		for u := range 8 {
			e.step[0][8*v+u], e.step[1][8*v+u] = 4+u+v, 6+2*(u+v)
			c := 0.5
			if v == 0 {
				c = math.Sqrt2 / 4
			}
			e.cos[v][u] = int(math.Round(2048 * c * math.Cos(float64((2*u+1)*v)*math.Pi/16)))
		}
	}
	return e
}

// segment writes a marker segment.
func (e *jpegWriter) segment(marker byte, body ...byte) {
	e.out = append(e.out, 0xFF, marker)
	e.out = binary.BigEndian.AppendUint16(e.out, uint16(len(body)+2))
	e.out = append(e.out, body...)
}

func (e *jpegWriter) headers(w, h int) {
	e.out = append(e.out, 0xFF, 0xD8)
	e.segment(0xE0, 'J', 'F', 'I', 'F', 0, 1, 1, 1, 0, 72, 0, 72, 0, 0)
	for t := range e.step {
		body := []byte{byte(t)}
		for _, at := range e.order {
			body = append(body, byte(e.step[t][at]))
		}
		e.segment(0xDB, body...)
	}
	e.segment(0xC0, 8, byte(h>>8), byte(h), byte(w>>8), byte(w), 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1)
	for class, l := range []lengths{dcCode(), acCode()} {
		body := []byte{byte(class << 4)}
		for _, ss := range l[1:] {
			body = append(body, byte(len(ss)))
		}
		for _, ss := range l[1:] {
			body = append(body, ss...)
		}
		e.segment(0xC4, body...)
	}
	e.segment(0xDA, 3, 1, 0, 2, 0, 3, 0, 0, 63, 0)
}

// put appends bits; a byte FF is followed by a zero (T.81, F.1.2.3).
func (e *jpegWriter) put(v uint64, size uint) {
	e.acc = e.acc<<size | v
	e.n += size
	for e.n >= 8 {
		b := byte(e.acc >> (e.n - 8))
		e.out = append(e.out, b)
		if b == 0xFF {
			e.out = append(e.out, 0)
		}
		e.n -= 8
	}
}

// value appends a symbol that ends in v's category, and v (T.81, F.1.2.1).
func (e *jpegWriter) value(table *[256]huff, run, v int) {
	a := max(v, -v)
	size := bits.Len(uint(a))
	h := table[run<<4|size]
	if v < 0 {
		v += 1<<size - 1
	}
	e.put(h.code<<size|uint64(v), h.size+uint(size))
}

// block writes eight rows of eight samples and returns the new DC.
func (e *jpegWriter) block(p []uint8, stride, table, before int) int {
	first := binary.LittleEndian.Uint64(p)
	flat := first == uint64(p[0])*0x0101010101010101
	for y := 1; flat && y < 8; y++ {
		flat = binary.LittleEndian.Uint64(p[y*stride:]) == first
	}
	if flat {
		dc := divide(8*(int(p[0])-128), e.step[table][0])
		e.value(&e.dc, 0, dc-before)
		e.put(e.ac[0].code, e.ac[0].size)
		return dc
	}
	f := e.transform(p, stride)
	dc := divide(f[0], e.step[table][0])
	e.value(&e.dc, 0, dc-before)
	run := 0
	for _, at := range e.order[1:] {
		v := divide(f[at], e.step[table][at])
		if v == 0 {
			run++
			continue
		}
		for ; run > 15; run -= 16 {
			e.put(e.ac[0xF0].code, e.ac[0xF0].size)
		}
		e.value(&e.ac, run, v)
		run = 0
	}
	if run > 0 {
		e.put(e.ac[0].code, e.ac[0].size)
	}
	return dc
}

// transform is the forward DCT (T.81, A.3.3), by rows, then by columns.
func (e *jpegWriter) transform(p []uint8, stride int) (f [64]int) {
	var rows [64]int
	for y := range 8 {
		line := p[y*stride : y*stride+8]
		for u := range 8 {
			sum, c := 0, &e.cos[u]
			for x, s := range line {
				sum += c[x] * (int(s) - 128)
			}
			rows[8*y+u] = sum
		}
	}
	for u := range 8 {
		for v := range 8 {
			sum, c := 0, &e.cos[v]
			for y := range 8 {
				sum += c[y] * rows[8*y+u]
			}
			f[8*v+u] = (sum + 1<<21) >> 22
		}
	}
	return f
}

// divide rounds half away from zero.
func divide(v, by int) int {
	if v < 0 {
		return -((by/2 - v) / by)
	}
	return (v + by/2) / by
}
