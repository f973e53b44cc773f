package font

import (
	"errors"
	"fmt"
	"io"
	"sync"
)

// cffTable is a CFF table (Adobe Technical Note 5176), read in pieces: the
// offsets of all charstrings, but of the charstrings only those asked for.
type cffTable struct {
	at     io.ReaderAt
	base   int64 // of the table in its file
	length int

	charstrings cffIndex
	global      [][]byte
	top         []dictEntry
	cid         bool
	fds         []fontDict
	glyphFonts  []byte // FDSelect, raw; nil: every glyph is of fds[0]
}

// fontDict is a font dictionary of a CID-keyed font; a name-keyed font has
// one, its own.
type fontDict struct {
	dict    []dictEntry
	private []dictEntry
	subrs   int // offset of the local subroutines, 0: none

	once  sync.Once
	local [][]byte
}

// Operators of dictionaries; 12xx are the escaped ones.
const (
	opFontBBox    = 5
	opCharset     = 15
	opCharstrings = 17
	opPrivate     = 18
	opSubrs       = 19
	opFontMatrix  = 1207
	opROS         = 1230
	opCIDCount    = 1234
	opFDArray     = 1236
	opFDSelect    = 1237
	opFontName    = 1238
)

// dictEntry is an operator with its operands: as numbers, and as they stand.
type dictEntry struct {
	op   int
	args []int // reals are 0
	raw  []byte
}

func openCFF(at io.ReaderAt, e tableAt) (*cffTable, error) {
	c := &cffTable{at: at, base: int64(e.offset), length: int(e.length)}
	if err := c.read(); err != nil {
		return nil, fmt.Errorf("read CFF outlines: %w", err)
	}
	return c, nil
}

var errCFF = errors.New("the table is damaged")

func (c *cffTable) read() error {
	head := c.bytes(0, 4)
	if len(head) < 4 || head[0] != 1 {
		return errCFF
	}
	names, err := c.index(int(head[2]))
	if err != nil {
		return err
	}
	tops, err := c.index(names.end)
	if err != nil {
		return err
	}
	strings, err := c.index(tops.end)
	if err != nil {
		return err
	}
	global, err := c.index(strings.end)
	if err != nil {
		return err
	}
	c.global = c.items(global)
	if tops.count == 0 {
		return errCFF
	}
	c.top = parseDict(c.bytes(tops.span(0)))
	if c.charstrings, err = c.index(operand(c.top, opCharstrings, 0)); err != nil || c.charstrings.count == 0 {
		return errCFF
	}
	_, c.cid = find(c.top, opROS)
	if !c.cid {
		c.fds = []fontDict{{}}
		c.readPrivate(&c.fds[0], c.top)
		return nil
	}
	return c.readFonts()
}

// readFonts reads the font dictionaries of a CID-keyed font and which glyph is
// of which.
func (c *cffTable) readFonts() error {
	array, err := c.index(operand(c.top, opFDArray, 0))
	if err != nil || array.count == 0 || array.count > 256 {
		return errCFF
	}
	c.fds = make([]fontDict, array.count)
	for i := range c.fds {
		c.fds[i].dict = parseDict(c.bytes(array.span(i)))
		c.readPrivate(&c.fds[i], c.fds[i].dict)
	}
	at := operand(c.top, opFDSelect, 0)
	head := c.bytes(at, at+3)
	if len(head) < 3 {
		return errCFF
	}
	switch head[0] {
	case 0:
		c.glyphFonts = c.bytes(at, at+1+c.charstrings.count)
	case 3:
		c.glyphFonts = c.bytes(at, at+5+3*u16(head, 1))
	}
	if c.glyphFonts == nil {
		return errCFF
	}
	return nil
}

func (c *cffTable) readPrivate(fd *fontDict, dict []dictEntry) {
	size, at := operand(dict, opPrivate, 0), operand(dict, opPrivate, 1)
	fd.private = parseDict(c.bytes(at, at+size))
	if s := operand(fd.private, opSubrs, 0); s != 0 {
		fd.subrs = at + s
	}
}

// font returns the number of the font dictionary a glyph is of.
func (c *cffTable) font(g int) int {
	s := c.glyphFonts
	n := 0
	switch {
	case s == nil:
	case s[0] == 0:
		n = int(s[min(1+g, len(s)-1)])
	default: // ranges, in order
		low, high := 0, u16(s, 1)
		for low+1 < high {
			if mid := (low + high) / 2; u16(s, 3+3*mid) <= g {
				low = mid
			} else {
				high = mid
			}
		}
		n = u16(s, 3+3*low+2) >> 8
	}
	if n >= len(c.fds) {
		return 0
	}
	return n
}

// locals returns the local subroutines of a font dictionary.
func (c *cffTable) locals(n int) [][]byte {
	fd := &c.fds[n]
	fd.once.Do(func() {
		if fd.subrs == 0 {
			return
		}
		if x, err := c.index(fd.subrs); err == nil {
			fd.local = c.items(x)
		}
	})
	return fd.local
}

// bytes reads [from, to) of the table; nil where it does not have them.
func (c *cffTable) bytes(from, to int) []byte {
	if from < 0 || to < from || to > c.length {
		return nil
	}
	b := make([]byte, to-from)
	if n, _ := c.at.ReadAt(b, c.base+int64(from)); n < len(b) {
		return nil
	}
	return b
}

// cffIndex is an INDEX structure: offsets of its items.
type cffIndex struct {
	count   int
	size    int // of an offset
	offsets []byte
	data    int // where offset 0 would be: offsets count from 1
	end     int
}

func (c *cffTable) index(at int) (cffIndex, error) {
	head := c.bytes(at, min(at+3, c.length))
	if len(head) < 2 {
		return cffIndex{}, errCFF
	}
	x := cffIndex{count: u16(head, 0), end: at + 2}
	if x.count == 0 {
		return x, nil
	}
	if len(head) < 3 || head[2] < 1 || head[2] > 4 {
		return cffIndex{}, errCFF
	}
	x.size = int(head[2])
	x.data = at + 3 + (x.count+1)*x.size - 1
	if x.offsets = c.bytes(at+3, x.data+1); x.offsets == nil {
		return cffIndex{}, errCFF
	}
	x.end = x.data + x.offset(x.count)
	if x.end > c.length {
		return cffIndex{}, errCFF
	}
	return x, nil
}

func (x *cffIndex) offset(i int) int {
	v := 0
	for _, b := range x.offsets[i*x.size : (i+1)*x.size] {
		v = v<<8 | int(b)
	}
	return v
}

// span is where item i stands in the table.
func (x *cffIndex) span(i int) (from, to int) {
	return x.data + x.offset(i), x.data + x.offset(i+1)
}

// items reads a whole index with one read.
func (c *cffTable) items(x cffIndex) [][]byte {
	if x.count == 0 {
		return nil
	}
	all := c.bytes(x.data+1, x.end)
	out := make([][]byte, x.count)
	for i := range out {
		from, to := x.offset(i)-1, x.offset(i+1)-1
		if from >= 0 && from <= to && to <= len(all) {
			out[i] = all[from:to]
		}
	}
	return out
}

// parseDict reads a dictionary; what is cut off is dropped.
func parseDict(b []byte) []dictEntry {
	var out []dictEntry
	var args []int
	start := 0
	for i := 0; i < len(b); {
		v := b[i]
		switch {
		case v <= 21:
			op, n := int(v), 1
			if v == 12 {
				if i+1 >= len(b) {
					return out
				}
				op, n = 1200+int(b[i+1]), 2
			}
			out = append(out, dictEntry{op, args, b[start:i]})
			i += n
			args, start = nil, i
		case v == 28:
			args = append(args, i16(b, i+1))
			i += 3
		case v == 29:
			args = append(args, int(int32(u32(b, i+1))))
			i += 5
		case v == 30: // a real: nibbles up to 0xF
			for i++; i < len(b) && b[i]&15 != 15 && b[i]>>4 != 15; i++ {
			}
			args = append(args, 0)
			i++
		case v >= 32 && v <= 246:
			args = append(args, int(v)-139)
			i++
		case v >= 247 && v <= 254:
			w := 0
			if i+1 < len(b) {
				w = int(b[i+1])
			}
			if v <= 250 {
				args = append(args, (int(v)-247)*256+w+108)
			} else {
				args = append(args, -(int(v)-251)*256-w-108)
			}
			i += 2
		default:
			i++
		}
	}
	return out
}

func find(dict []dictEntry, op int) (dictEntry, bool) {
	for _, e := range dict {
		if e.op == op {
			return e, true
		}
	}
	return dictEntry{}, false
}

// operand returns operand n of an operator, 0 where it is not given.
func operand(dict []dictEntry, op, n int) int {
	if e, ok := find(dict, op); ok && n < len(e.args) {
		return e.args[n]
	}
	return 0
}
