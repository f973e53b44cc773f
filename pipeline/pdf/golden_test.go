package pdf

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/go-pdf/fpdf"

	"banxin/pipeline/page"
)

// clear returns the finished file's objects as text: before packing and
// compression, text strings and contents readable, other data by its size.
func clear(t *testing.T, d *page.Document, o Options) []byte {
	t.Helper()
	p := newPress(d, o)
	for i, pg := range d.Pages {
		if err := p.page(i, pg); err != nil {
			t.Fatal(err)
		}
	}
	programs := p.fonts.cut()
	raw, err := p.draft()
	if err != nil {
		t.Fatal(err)
	}
	tree, err := p.assemble(raw, programs)
	if err != nil {
		t.Fatal(err)
	}
	return listing(&tree.table)
}

func listing(tab *table) []byte {
	var b bytes.Buffer
	for n := 1; n < len(tab.objects); n++ {
		o := &tab.objects[n]
		if bytes.HasPrefix(o.head, []byte("<</Length1 ")) || bytes.HasPrefix(o.head, []byte("<</Subtype/CIDFontType0C")) {
			fmt.Fprintf(&b, "%d a font program\n", n) // of the font package
			continue
		}
		fmt.Fprintf(&b, "%d %s\n", n, readable(o.head))
		switch {
		case !o.isStream:
		case bytes.Contains(o.head, []byte("/Subtype /Image")), !utf8.Valid(o.stream) && bytes.Contains(o.head, []byte("/Filter")):
			fmt.Fprintf(&b, "   | %d bytes\n", len(o.stream))
		default:
			for line := range bytes.Lines(o.stream) {
				fmt.Fprintf(&b, "   | %s\n", readable(bytes.TrimRight(line, "\n")))
			}
		}
	}
	return b.Bytes()
}

// readable escapes what is not printable ASCII.
func readable(b []byte) string {
	s := strconv.QuoteToASCII(string(b))
	return strings.ReplaceAll(s[1:len(s)-1], `\"`, `"`)
}

// TestFPDF shows what fpdf writes for one page of everything the finisher
// reads. If this fails after an update of fpdf, read seam.go line by line
// against the difference before accepting it.
func TestFPDF(t *testing.T) {
	d := drawing(t)
	d.Pages = d.Pages[:2]
	// Pictures of one width come in the order of a map: sortPictures mends it.
	first := d.Pages[0].Frame
	first.Items = slices.DeleteFunc(first.Items, func(it page.Placed) bool {
		v, ok := it.Item.(*page.Picture)
		return ok && (v.Name == "gray.png" || v.Name == "palette.png")
	})
	d.Outline = []page.Bookmark{{Title: "a", Kids: []page.Bookmark{{Title: "b", Page: 1}}}}
	p := newPress(d, options())
	for i, pg := range d.Pages {
		if err := p.page(i, pg); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := p.draft()
	if err != nil {
		t.Fatal(err)
	}
	x := bytes.LastIndex(raw, []byte("\nxref\n"))
	var b bytes.Buffer
	stream := false
	for line := range bytes.Lines(raw[:x+1]) {
		line = bytes.TrimRight(line, "\n")
		switch {
		case bytes.HasSuffix(line, []byte("endstream")):
			stream = false
		case stream && !utf8.Valid(line), stream && len(line) > 120:
			continue // pictures
		}
		stream = stream || bytes.Equal(line, []byte("stream"))
		if stream && !bytes.Equal(line, []byte("stream")) && bytes.ContainsFunc(line, func(r rune) bool { return r < ' ' }) {
			continue
		}
		fmt.Fprintf(&b, "%s\n", readable(line))
	}
	b.WriteString("xref …\n")
	b.Write(raw[bytes.LastIndex(raw, []byte("trailer")):])
	golden(t, "fpdf.txt", b.Bytes())
}

// TestShape: a file of another shape is refused, not guessed at.
func TestShape(t *testing.T) {
	f := fpdf.New("P", "pt", "A4", "")
	f.SetCompression(false)
	f.SetLineWidth(1)
	f.SetProducer("banxin", false)
	f.SetXmpMetadata([]byte("<x/>"))
	f.AddPage()
	var raw bytes.Buffer
	if err := f.Output(&raw); err != nil {
		t.Fatal(err)
	}
	good := raw.Bytes()
	if _, err := takeApart(good, 1, 0); err != nil {
		t.Fatalf("fpdf's own file: %v", err)
	}
	for _, c := range []struct{ name, old, new string }{
		{"page", "/Type /Page\n", "/Type /Pag \n"},
		{"line state", "1.00 w", "1.20 w"},
		{"length", "/Length 31", "/Length 32"},
		{"object", "4 0 obj", "4 1 obj"},
		{"metadata", "/Type /Metadata", "/Type /Metabase"},
		{"table", "xref\n0 ", "xref\n1 "},
		{"startxref", "startxref\n", "startxref\n9"},
		{"end", "startxref", "startxxxx"},
		{"resources", "/XObject <<", "/XObject [["},
	} {
		if !bytes.Contains(good, []byte(c.old)) {
			t.Errorf("%s: %q is not in fpdf's file", c.name, c.old)
			continue
		}
		if _, err := takeApart(bytes.Replace(good, []byte(c.old), []byte(c.new), 1), 1, 0); err == nil {
			t.Errorf("%s: accepted", c.name)
		}
	}
	for i := range good {
		_, _ = takeApart(good[:i], 1, 0) // must not panic
	}
	if _, err := takeApart(good, 2, 0); err == nil {
		t.Error("two pages found in a file of one")
	}
	if _, err := takeApart(good, 1, 1); err == nil {
		t.Error("a bookmark found in a file of none")
	}
}
