package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
)

// This file knows the exact shape of fpdf's output, and nothing else in the
// package does. Whatever is not as expected is an error, never a guess:
// testdata/fpdf.txt shows the shape, and its test fails when fpdf changes it.

// draft is fpdf's file taken apart.
type draft struct {
	table
	pages    []draftPage
	pictures string // resources: "/I… n 0 R", one a line
	outline  int    // the outline's root; 0 without bookmarks
	items    []int  // bookmarks in order
	metadata int
	info     int
	root     int
}

type draftPage struct{ number, contents int }

var errShape = errors.New("fpdf's output is not of the shape the finisher knows")

func shape(format string, a ...any) error {
	return fmt.Errorf("%w: %s", errShape, fmt.Sprintf(format, a...))
}

// takeApart splits fpdf's file into objects, by its cross-reference table.
// fpdf numbers the page tree 1, the resources 2, page i and its contents 3+2i
// and 4+2i, then pictures, bookmarks and their root, metadata, information
// and catalogue.
func takeApart(pdf []byte, pages, bookmarks int) (*draft, error) {
	offsets, end, err := readTable(pdf)
	if err != nil {
		return nil, err
	}
	d := &draft{}
	d.objects = make([]object, len(offsets))
	for n, next := range nextOffsets(offsets, end) {
		if n == 0 {
			continue
		}
		if d.objects[n], err = readObject(pdf[offsets[n]:next], n); err != nil {
			return nil, err
		}
	}
	last := len(offsets) - 1
	d.root, d.info, d.metadata = last, last-1, last-2
	if bookmarks > 0 {
		d.outline = last - 3
		for i := range bookmarks {
			d.items = append(d.items, d.outline-bookmarks+i)
		}
	}
	for i := range pages {
		d.pages = append(d.pages, draftPage{3 + 2*i, 4 + 2*i})
	}
	first := 3 + 2*pages
	if err := d.verify(); err != nil {
		return nil, err
	}
	return d, d.sortPictures(first, d.metadata-bookmarks-min(bookmarks, 1))
}

// readTable reads the cross-reference table: offsets by object number, and
// where the table begins.
func readTable(pdf []byte) (offsets []int, start int, err error) {
	i := bytes.LastIndex(pdf, []byte("startxref\n"))
	if i < 0 {
		return nil, 0, shape("no startxref")
	}
	line, _, _ := bytes.Cut(pdf[i+len("startxref\n"):], []byte("\n"))
	start, err = strconv.Atoi(string(line))
	if err != nil || start < 0 || start >= i {
		return nil, 0, shape("startxref %q", line)
	}
	rest, ok := bytes.CutPrefix(pdf[start:i], []byte("xref\n0 "))
	line, rest, _ = bytes.Cut(rest, []byte("\n"))
	n, err := strconv.Atoi(string(line))
	const row = 20
	if !ok || err != nil || n < 6 || len(rest) < n*row {
		return nil, 0, shape("cross-reference table")
	}
	offsets = make([]int, n)
	for k := 1; k < n; k++ {
		offsets[k], err = strconv.Atoi(string(rest[k*row : k*row+10]))
		if err != nil || offsets[k] >= start {
			return nil, 0, shape("offset of object %d", k)
		}
	}
	return offsets, start, nil
}

// nextOffsets returns for each object where the next one in the file begins.
func nextOffsets(offsets []int, end int) []int {
	order := slices.Clone(offsets[1:])
	slices.Sort(order)
	order = append(order, end)
	next := make([]int, len(offsets))
	for n := 1; n < len(offsets); n++ {
		i, _ := slices.BinarySearch(order, offsets[n])
		next[n] = order[i+1]
	}
	return next
}

func readObject(b []byte, n int) (object, error) {
	b, ok := bytes.CutPrefix(b, []byte(strconv.Itoa(n)+" 0 obj\n"))
	body, tail := bytes.CutSuffix(b, []byte("\nendobj\n"))
	if !ok || !tail {
		return object{}, shape("object %d", n)
	}
	data, isStream := bytes.CutSuffix(body, []byte("\nendstream"))
	if !isStream {
		return object{head: body}, nil
	}
	head, data, ok := bytes.Cut(data, []byte(">>\nstream\n"))
	if !ok {
		return object{}, shape("stream %d", n)
	}
	head = bytes.TrimRight(head, " ")
	i := bytes.LastIndex(head, []byte("/Length "))
	if i < 0 || string(head[i+len("/Length "):]) != strconv.Itoa(len(data)) {
		return object{}, shape("length of stream %d", n)
	}
	head = bytes.TrimRight(head[:i], " \n")
	return object{head: head, stream: data, isStream: true, filtered: bytes.Contains(head, []byte("/Filter"))}, nil
}

// pageBegin is what fpdf writes at the head of every page: the line state a
// content stream begins with anyway (press sets the width).
const pageBegin = "0 J\n0 j\n1.00 w\n0.000 G\n0.000 g\n"

// verify checks that every object is what its number says.
func (d *draft) verify() error {
	starts := map[int]string{
		1: "<</Type /Pages\n", 2: "<<\n/ProcSet ", d.metadata: "<< /Type /Metadata ",
		d.info: "<<\n/Producer (banxin)", d.root: "<<\n/Type /Catalog\n",
	}
	if d.outline > 0 {
		starts[d.outline] = "<</Type /Outlines /First "
	}
	for _, n := range d.items {
		starts[n] = "<</Title ("
	}
	for _, p := range d.pages {
		starts[p.number] = "<</Type /Page\n"
	}
	for n := 1; n < len(d.objects); n++ {
		if !bytes.HasPrefix(d.objects[n].head, []byte(starts[n])) {
			return shape("object %d is not %q but %.40q", n, starts[n], d.objects[n].head)
		}
	}
	for _, p := range d.pages {
		o := &d.objects[p.contents]
		var ok bool
		if o.stream, ok = bytes.CutPrefix(o.stream, []byte(pageBegin)); !ok || !o.isStream {
			return shape("contents %d", p.contents)
		}
	}
	return nil
}

// sortPictures puts the picture objects [first, end) into the order of their
// names, which are digests of their data: fpdf writes those of one width in
// the order of a map. A picture may have one companion behind it, a soft mask
// or a palette.
func (d *draft) sortPictures(first, end int) error {
	_, list, ok := bytes.Cut(d.objects[2].head, []byte("/XObject <<\n"))
	list, _, closed := bytes.Cut(list, []byte(">>"))
	if !ok || !closed {
		return shape("resources")
	}
	old := slices.Clone(d.objects[first:end])
	var names []byte
	n := first
	seen := map[string]bool{}
	for line := range bytes.Lines(list) {
		name, ref, ok := bytes.Cut(bytes.TrimRight(line, "\n"), []byte(" "))
		at, err := strconv.Atoi(string(bytes.TrimSuffix(ref, []byte(" 0 R"))))
		if !ok || err != nil || at < first || at >= end {
			return shape("picture %q", line)
		}
		if seen[string(name)] {
			continue
		}
		seen[string(name)] = true
		names = fmt.Appendf(names, "%s %d 0 R", name, n)
		o := old[at-first]
		companion := []byte(strconv.Itoa(at+1) + " 0 R")
		has := bytes.Contains(o.head, companion)
		o.head = bytes.Replace(o.head, companion, []byte(strconv.Itoa(n+1)+" 0 R"), 1)
		d.objects[n] = o
		n++
		if has && at+1 < end {
			d.objects[n] = old[at+1-first]
			n++
		}
	}
	if n != end {
		return shape("%d picture objects, %d in use", end-first, n-first)
	}
	d.pictures = string(names)
	return nil
}
