package font

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"sync"
)

// tag is a table's or feature's four letters as a big-endian number.
type tag uint32

func tagOf(s string) tag {
	var t tag
	for i := range 4 {
		t <<= 8
		if i < len(s) {
			t |= tag(s[i])
		} else {
			t |= ' '
		}
	}
	return t
}

func (t tag) String() string {
	return string([]byte{byte(t >> 24), byte(t >> 16), byte(t >> 8), byte(t)})
}

// sfnt versions that open a face's table directory.
const (
	trueType      = 0x00010000
	trueTypeApple = 0x74727565 // true
	openTypeCFF   = 0x4F54544F // OTTO
	collection    = 0x74746366 // ttcf
)

// fontFile is a file of one face or, a collection, of several. It is opened
// when first read and read in pieces: a face of 15 MB costs what its tables in
// use cost.
type fontFile struct {
	fsys fs.FS
	path string

	once sync.Once
	at   io.ReaderAt
	size int64
	err  error

	sumOnce sync.Once
	sum     string
}

func (f *fontFile) open() error {
	f.once.Do(func() {
		file, err := f.fsys.Open(f.path)
		if err != nil {
			f.err = err
			return
		}
		// The file stays open as long as its faces are: the garbage collector
		// closes it.
		f.at, f.size, f.err = readerAt(file)
	})
	return f.err
}

// readerAt returns the file as a reader of pieces; a file system that cannot
// read in pieces is read whole, once.
func readerAt(file fs.File) (io.ReaderAt, int64, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, 0, err
	}
	if at, ok := file.(io.ReaderAt); ok {
		return at, info.Size(), nil
	}
	data, err := io.ReadAll(file)
	if err != nil {
		return nil, 0, err
	}
	return bytesAt(data), int64(len(data)), file.Close()
}

// bytesAt is a file in memory.
type bytesAt []byte

func (b bytesAt) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 || off > int64(len(b)) {
		return 0, io.EOF
	}
	n := copy(p, b[off:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (f *fontFile) ReadAt(p []byte, off int64) (int, error) {
	if err := f.open(); err != nil {
		return 0, err
	}
	return f.at.ReadAt(p, off)
}

// tableAt is where a table stands in its file.
type tableAt struct {
	tag            tag
	sum            uint32
	offset, length uint32
}

// directory is a face's table directory, in the order of the file.
type directory struct {
	version uint32
	tables  []tableAt
}

func (d *directory) find(t tag) (tableAt, bool) {
	for _, e := range d.tables {
		if e.tag == t {
			return e, e.length > 0
		}
	}
	return tableAt{}, false
}

var errShort = errors.New("file is too short")

// maxFaces bounds a collection, maxTables a directory: real ones have at most
// some tens of either.
const (
	maxFaces  = 512
	maxTables = 256
)

// readDirectories returns the directory of every face of a file of the size.
func readDirectories(at io.ReaderAt, size int64) ([]directory, error) {
	var head [12]byte
	if _, err := at.ReadAt(head[:], 0); err != nil {
		return nil, errShort
	}
	version := binary.BigEndian.Uint32(head[:])
	if version != collection {
		d, err := readDirectory(at, size, 0)
		return []directory{d}, err
	}
	n := binary.BigEndian.Uint32(head[8:])
	if n == 0 || n > maxFaces {
		return nil, fmt.Errorf("a collection of %d faces", n)
	}
	offsets := make([]byte, 4*n)
	if _, err := at.ReadAt(offsets, 12); err != nil {
		return nil, errShort
	}
	dirs := make([]directory, 0, n)
	for i := range n {
		d, err := readDirectory(at, size, int64(binary.BigEndian.Uint32(offsets[4*i:])))
		if err != nil {
			return nil, fmt.Errorf("face %d: %w", i, err)
		}
		dirs = append(dirs, d)
	}
	return dirs, nil
}

func readDirectory(at io.ReaderAt, size, offset int64) (directory, error) {
	var buf [12 + 16*32]byte // nearly every face has at most 32 tables
	n, err := at.ReadAt(buf[:], offset)
	if n < 12 {
		return directory{}, errShort
	}
	d := directory{version: binary.BigEndian.Uint32(buf[:])}
	if d.version != trueType && d.version != trueTypeApple && d.version != openTypeCFF {
		return directory{}, errors.New("not a TrueType or OpenType face")
	}
	count := int(binary.BigEndian.Uint16(buf[4:]))
	if count > maxTables {
		return directory{}, fmt.Errorf("a directory of %d tables", count)
	}
	records := buf[12:n]
	if need := 16 * count; len(records) < need {
		if err != nil {
			return directory{}, errShort
		}
		records = make([]byte, need)
		if _, err := at.ReadAt(records, offset+12); err != nil {
			return directory{}, errShort
		}
	}
	d.tables = make([]tableAt, 0, count)
	for i := range count {
		r := records[16*i:]
		e := tableAt{
			tag:    tag(binary.BigEndian.Uint32(r)),
			sum:    binary.BigEndian.Uint32(r[4:]),
			offset: binary.BigEndian.Uint32(r[8:]),
			length: binary.BigEndian.Uint32(r[12:]),
		}
		if int64(e.offset)+int64(e.length) <= size {
			d.tables = append(d.tables, e)
		}
	}
	return d, nil
}

// readTable returns a table's bytes, nil where the face has none.
func readTable(at io.ReaderAt, d *directory, t tag) []byte {
	e, ok := d.find(t)
	if !ok {
		return nil
	}
	b := make([]byte, e.length)
	if _, err := at.ReadAt(b, int64(e.offset)); err != nil && !errors.Is(err, io.EOF) {
		return nil
	}
	return b
}

// u16, i16 and u32 read big-endian numbers; outside b they read 0, so that a
// cut-off table is a table of zeros.
func u16(b []byte, at int) int {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return int(b[at])<<8 | int(b[at+1])
}

func i16(b []byte, at int) int { return int(int16(u16(b, at))) }

func u32(b []byte, at int) int {
	if at < 0 || at+4 > len(b) {
		return 0
	}
	return int(binary.BigEndian.Uint32(b[at:]))
}

// view is a face's file as the shaper's loader sees it: a directory with the
// tables that shaping needs, and not the outlines, in front of the file.
type view struct {
	front []byte
	file  io.ReaderAt
}

func (v *view) ReadAt(p []byte, off int64) (int, error) {
	if off >= int64(len(v.front)) {
		return v.file.ReadAt(p, off)
	}
	n := copy(p, v.front[off:])
	if n == len(p) {
		return n, nil
	}
	m, err := v.file.ReadAt(p[n:], off+int64(n))
	return n + m, err
}

// newView returns the view of the tables that d and keep both have.
func newView(file io.ReaderAt, d *directory, keep []tag) *view {
	front := binary.BigEndian.AppendUint32(nil, d.version)
	front = append(front, make([]byte, 8)...)
	n := 0
	for _, t := range keep {
		e, ok := d.find(t)
		if !ok {
			continue
		}
		n++
		front = binary.BigEndian.AppendUint32(front, uint32(t))
		front = binary.BigEndian.AppendUint32(front, e.sum)
		front = binary.BigEndian.AppendUint32(front, e.offset)
		front = binary.BigEndian.AppendUint32(front, e.length)
	}
	binary.BigEndian.PutUint16(front[4:], uint16(n))
	return &view{front: front, file: file}
}
