package font

import "slices"

// subset writes a bare CFF table of the glyphs, CID-keyed, glyph i being CID
// i. Charstrings stand without subroutines; hints and the dictionaries they
// need are kept. A name-keyed font becomes a CID-keyed one of one dictionary.
func (c *cffTable) subset(gids []GID, name string) ([]byte, error) {
	strings := make([][]byte, len(gids))
	number := make([]int, len(c.fds)) // of a font dictionary in the result, plus one
	var used []int
	of := make([]byte, len(gids))
	for i, g := range gids {
		flat, err := c.flat(int(g))
		if err != nil {
			return nil, err
		}
		if number[flat.font] == 0 {
			used = append(used, flat.font)
			number[flat.font] = len(used)
		}
		strings[i] = flat.code
		of[i] = byte(number[flat.font] - 1)
	}
	w := cffWriter{name: name, count: len(gids), fonts: make([]fontOut, len(used))}
	for i, n := range used {
		w.fonts[i] = c.fontOut(n)
	}
	w.top = keep(c.top, opFontBBox, opFontMatrix)
	w.charstrings = putIndex(nil, strings)
	w.fdselect = putRanges(of)
	if len(gids) > 1 {
		w.charset = putU16(putU16([]byte{2}, 1), len(gids)-2)
	} else {
		w.charset = []byte{0}
	}
	return w.write(), nil
}

// fontOut is a font dictionary to be written.
type fontOut struct {
	dict, private []byte
}

func (c *cffTable) fontOut(n int) fontOut {
	fd := &c.fds[n]
	var out fontOut
	for _, e := range fd.private {
		if e.op != opSubrs {
			out.private = putEntry(out.private, e)
		}
	}
	out.dict = keep(fd.dict, opFontMatrix)
	return out
}

// keep copies the entries of the operators as they stand.
func keep(dict []dictEntry, ops ...int) []byte {
	var out []byte
	for _, e := range dict {
		if slices.Contains(ops, e.op) {
			out = putEntry(out, e)
		}
	}
	return out
}

func putEntry(out []byte, e dictEntry) []byte { return putOp(append(out, e.raw...), e.op) }

func putOp(out []byte, op int) []byte {
	if op >= 1200 {
		return append(out, 12, byte(op-1200))
	}
	return append(out, byte(op))
}

// putInt appends a number of five bytes, whatever its size: offsets are
// written before they are known.
func putInt(out []byte, v int) []byte { return putU32(append(out, 29), v) }

// putIndex appends an INDEX.
func putIndex(out []byte, items [][]byte) []byte {
	out = putU16(out, len(items))
	if len(items) == 0 {
		return out
	}
	size, total := 1, 1
	for _, it := range items {
		total += len(it)
	}
	for total >= 1<<(8*size) {
		size++
	}
	out = append(out, byte(size))
	offset := func(v int) {
		for i := size - 1; i >= 0; i-- {
			out = append(out, byte(v>>(8*i)))
		}
	}
	at := 1
	offset(at)
	for _, it := range items {
		at += len(it)
		offset(at)
	}
	for _, it := range items {
		out = append(out, it...)
	}
	return out
}

// putRanges writes an FDSelect of format 3.
func putRanges(of []byte) []byte {
	out := []byte{3, 0, 0}
	n := 0
	for i, v := range of {
		if i == 0 || v != of[i-1] {
			out = append(putU16(out, i), v)
			n++
		}
	}
	out[1], out[2] = byte(n>>8), byte(n)
	return putU16(out, len(of))
}

// cffWriter lays out a CID-keyed table.
type cffWriter struct {
	name                           string
	count                          int
	top                            []byte // entries copied
	charset, fdselect, charstrings []byte
	fonts                          []fontOut
}

// Strings of the table, after the 391 that every font has.
const (
	sidAdobe    = 391
	sidIdentity = 392
	sidFont     = 393
)

func (w *cffWriter) write() []byte {
	// Header: version 1.0, four bytes long, offsets of up to four bytes.
	out := []byte{1, 0, 4, 4}
	out = putIndex(out, [][]byte{[]byte(w.name)})
	// The dictionary's length does not hang on the offsets in it: the first
	// one, of zeros, shows where everything will stand.
	topAt := len(out)
	out = putIndex(out, [][]byte{w.topDict(0, 0, 0, 0)})
	out = putIndex(out, [][]byte{[]byte("Adobe"), []byte("Identity"), []byte(w.name)})
	out = putIndex(out, nil) // global subroutines
	charset := len(out)
	out = append(out, w.charset...)
	fdselect := len(out)
	out = append(out, w.fdselect...)
	charstrings := len(out)
	out = append(out, w.charstrings...)
	dicts := make([][]byte, len(w.fonts))
	for i, f := range w.fonts {
		d := putOp(putInt(nil, sidFont), opFontName)
		d = append(d, f.dict...)
		d = putInt(putInt(d, len(f.private)), len(out))
		dicts[i] = putOp(d, opPrivate)
		out = append(out, f.private...)
	}
	fdarray := len(out)
	out = putIndex(out, dicts)
	final := putIndex(nil, [][]byte{w.topDict(charset, fdselect, charstrings, fdarray)})
	copy(out[topAt:], final)
	return out
}

func (w *cffWriter) topDict(charset, fdselect, charstrings, fdarray int) []byte {
	d := putInt(putInt(putInt(nil, sidAdobe), sidIdentity), 0)
	d = putOp(d, opROS) // has to be first
	d = append(d, w.top...)
	d = putOp(putInt(d, w.count), opCIDCount)
	d = putOp(putInt(d, charset), opCharset)
	d = putOp(putInt(d, fdselect), opFDSelect)
	d = putOp(putInt(d, charstrings), opCharstrings)
	return putOp(putInt(d, fdarray), opFDArray)
}
