package pdf

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"runtime"
	"strconv"
	"sync"
)

// object is an indirect object: a complete value, or for a stream the
// dictionary without its Length and closing brackets, and the data.
type object struct {
	head   []byte
	stream []byte
	// isStream tells an empty stream from no stream; filtered data is not
	// compressed again.
	isStream, filtered bool
}

// table numbers objects from 1; objects[0] is not used.
type table struct{ objects []object }

// reserve takes the next number for an object to be set later.
func (t *table) reserve() int {
	t.objects = append(t.objects, object{})
	return len(t.objects) - 1
}

func (t *table) add(value []byte) int {
	n := t.reserve()
	t.objects[n].head = bytes.Clone(value)
	return n
}

// addStream adds a stream that will be compressed; head is its dictionary
// without the closing brackets.
func (t *table) addStream(head string, data []byte) int {
	n := t.reserve()
	t.objects[n] = object{head: []byte(head), stream: data, isStream: true}
	return n
}

// compress compresses all streams that are not, side by side.
func (t *table) compress() {
	next := make(chan *object)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			var b bytes.Buffer
			w := newWriter(&b)
			for o := range next {
				b.Reset()
				w.Reset(&b)
				// A bytes.Buffer never fails.
				_, _ = w.Write(o.stream)
				_ = w.Close()
				o.stream = bytes.Clone(b.Bytes())
				o.head = append(bytes.Clone(o.head), "/Filter/FlateDecode"...)
				o.filtered = true
			}
		})
	}
	for i := range t.objects {
		if o := &t.objects[i]; o.isStream && !o.filtered {
			next <- o
		}
	}
	close(next)
	wg.Wait()
}

// newWriter compresses at level 5: a third faster than the default on a book
// of Han text, 0.4 % larger.
func newWriter(w io.Writer) *zlib.Writer {
	z, err := zlib.NewWriterLevel(w, 5)
	if err != nil {
		panic("pdf: " + err.Error()) // only for a level that does not exist
	}
	return z
}

// trailer is what the end of a file names.
type trailer struct {
	root, info int
	// classic is PDF 1.4 with a cross-reference table; transparent makes it
	// 1.6, as PDF/X-4 has it.
	classic, transparent bool
}

// write writes the file: version 1.7, or 1.4 or 1.6 with a cross-reference table.
// The identifier is a digest of all objects.
func (t *table) write(w io.Writer, tr trailer) error {
	if !tr.classic {
		t.pack()
	}
	t.compress()
	out := &counter{w: bufio.NewWriterSize(w, 64<<10)}
	sum := sha256.New()
	both := io.MultiWriter(out, sum)
	version := "1.7"
	switch {
	case tr.transparent:
		version = "1.6"
	case tr.classic:
		version = "1.4"
	}
	fmt.Fprintf(both, "%%PDF-%s\n%%\xe2\xe3\xcf\xd3\n", version)
	offsets := make([]int64, len(t.objects))
	var b []byte
	for n := 1; n < len(t.objects); n++ {
		o := &t.objects[n]
		if o.head == nil {
			continue // packed into an object stream
		}
		offsets[n] = out.n
		b = strconv.AppendInt(b[:0], int64(n), 10)
		b = append(b, " 0 obj\n"...)
		b = append(b, o.head...)
		if o.isStream {
			b = append(b, "/Length "...)
			b = strconv.AppendInt(b, int64(len(o.stream)), 10)
			b = append(b, ">>stream\n"...)
			b = append(b, o.stream...)
			b = append(b, "\nendstream"...)
		}
		b = append(b, "\nendobj\n"...)
		_, _ = both.Write(b) // bufio keeps the error until Flush
	}
	id := sum.Sum(nil)[:16]
	start := out.n
	end := fmt.Appendf(nil, "/Root %d 0 R/Info %d 0 R/ID[<%x><%x>]", tr.root, tr.info, id, id)
	if tr.classic {
		writeTable(out, offsets, end)
	} else {
		t.writeStream(out, offsets, start, end)
	}
	fmt.Fprintf(out, "startxref\n%d\n%%%%EOF\n", start)
	return out.w.Flush()
}

func writeTable(out io.Writer, offsets []int64, end []byte) {
	fmt.Fprintf(out, "xref\n0 %d\n0000000000 65535 f \n", len(offsets))
	for _, off := range offsets[1:] {
		fmt.Fprintf(out, "%010d 00000 n \n", off)
	}
	fmt.Fprintf(out, "trailer\n<</Size %d%s>>\n", len(offsets), end)
}

// packSize is how many objects share an object stream: many compress well,
// few are quick to read one of.
const packSize = 200

// pack moves all objects that are not streams into object streams (ISO
// 32000-1, 7.5.7). Their place is found again by place: the n-th packed object
// is in stream first + n/packSize.
func (t *table) pack() {
	count := len(t.objects)
	var index, body []byte
	held := 0
	flush := func() {
		if held == 0 {
			return
		}
		head := fmt.Sprintf("<</Type/ObjStm/N %d/First %d", held, len(index))
		t.addStream(head, append(bytes.Clone(index), body...))
		index, body, held = index[:0], body[:0], 0
	}
	for n := 1; n < count; n++ {
		o := &t.objects[n]
		if o.isStream || o.head == nil {
			continue
		}
		index = fmt.Appendf(index, "%d %d ", n, len(body))
		body = append(append(body, o.head...), '\n')
		o.head = nil
		if held++; held == packSize {
			flush()
		}
	}
	flush()
}

// writeStream writes the cross-reference stream (ISO 32000-1, 7.5.8).
func (t *table) writeStream(out io.Writer, offsets []int64, start int64, end []byte) {
	self := len(offsets)
	first := self // number of the first object stream
	for n := len(t.objects) - 1; n > 0 && bytes.HasPrefix(t.objects[n].head, []byte("<</Type/ObjStm")); n-- {
		first = n
	}
	const row = 8 // type, five bytes of offset, two of index
	rows := make([]byte, 0, (self+1)*row)
	rows = append(rows, 0, 0, 0, 0, 0, 0, 0xff, 0xff)
	packed := 0
	for n := 1; n <= self; n++ {
		var kind byte = 1
		var where int64
		var index uint16
		switch {
		case n == self:
			where = start
		case t.objects[n].head == nil:
			kind, where, index = 2, int64(first+packed/packSize), uint16(packed%packSize)
			packed++
		default:
			where = offsets[n]
		}
		rows = append(rows, kind, byte(where>>32), byte(where>>24), byte(where>>16), byte(where>>8), byte(where))
		rows = binary.BigEndian.AppendUint16(rows, index)
	}
	data := deflate(predictUp(rows, row))
	fmt.Fprintf(out, "%d 0 obj\n<</Type/XRef/Size %d/W[1 5 2]%s/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns %d>>/Length %d>>stream\n",
		self, self+1, end, row, len(data))
	_, _ = out.Write(data)
	fmt.Fprint(out, "\nendstream\nendobj\n")
}

// predictUp applies the PNG predictor Up to rows of n bytes.
func predictUp(rows []byte, n int) []byte {
	out := make([]byte, 0, len(rows)/n*(n+1))
	above := make([]byte, n)
	for i := 0; i < len(rows); i += n {
		out = append(out, 2)
		for j := range n {
			out = append(out, rows[i+j]-above[j])
		}
		above = rows[i : i+n]
	}
	return out
}

func deflate(data []byte) []byte {
	var b bytes.Buffer
	w := newWriter(&b)
	_, _ = w.Write(data)
	_ = w.Close()
	return b.Bytes()
}

// counter counts the bytes written.
type counter struct {
	w *bufio.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}
