// Package pdf writes set pages as a PDF file.
//
// fpdf is the document writer: pages and their contents, pictures, bookmarks,
// document information and metadata. Text never goes through fpdf's fonts,
// which address characters, not glyphs: text operators are written into its
// page streams, and a finisher (finish.go) reads fpdf's file back, object by
// object, and adds what fpdf has no notion of: composite fonts cut to the
// glyphs in use, named destinations, page labels, boxes, the structure tree,
// one reproducible order and a content-hash identifier.
package pdf

import (
	"bytes"
	"fmt"
	"io"
	"time"
	"unicode/utf16"

	"github.com/go-pdf/fpdf"

	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// Options describe the document. The zero value writes an untagged file
// without a title or dates.
type Options struct {
	Title, Author, Subject, Keywords, Creator string
	// DigitalSource is what part a machine had in the content: an address of
	// IPTC's vocabulary of digital source types; "" says nothing.
	DigitalSource string
	// Date is written as the date of creation and of change, in UTC. The zero
	// time writes no date; the clock is never read.
	Date time.Time
	// Language is a BCP 47 tag; "" takes the document's.
	Language string
	// Tagged writes the document's Structure (PDF/UA-1); without a Structure
	// it has no effect.
	Tagged bool
	// Archive makes and claims a PDF/A-2u file: an sRGB output intent. There is
	// no claim, and no intent, if the document uses CMYK.
	Archive bool
	// Condition makes a PDF/X-1a:2003 file for a printing condition by its name
	// in the registry of the ICC ("JC200103", "FOGRA39"): gray and CMYK only
	// (RGB colours and pictures become gray, transparent pictures stand on
	// white), Classic, without links, bookmarks, destinations and tags. Title
	// and Date are required.
	Condition string
	// Profile makes a PDF/X-4 file instead: the ICC profile of the printing
	// condition, for an output device. Colors other than gray and CMYK stay as
	// they are, as sRGB, if Colored is set; else they become gray.
	Profile []byte
	Colored bool
	// Classic writes every object on its own with a cross-reference table, as
	// PDF 1.4 has it, instead of object streams (PDF 1.5).
	Classic bool
}

// stamp returns the date to give fpdf, which takes the zero time for now: the
// finisher takes a date that was not asked for away again.
func (o Options) stamp() time.Time {
	if o.Date.IsZero() {
		return time.Unix(0, 0).UTC()
	}
	return o.Date.UTC()
}

// Write writes the document. Every destination a bookmark or link names must
// be in the document: a link to a Dest that is on no page is left out. The
// same document gives the same bytes. Errors are the writer's, or name the
// picture or typeface that cannot be embedded.
func Write(w io.Writer, doc *page.Document, o Options) error {
	if len(doc.Pages) == 0 {
		return fmt.Errorf("write pdf: the document has no pages")
	}
	p := newPress(doc, o)
	if err := p.printable(); err != nil {
		return fmt.Errorf("write pdf: %w", err)
	}
	for i, pg := range doc.Pages {
		if err := p.page(i, pg); err != nil {
			return fmt.Errorf("write pdf: page %d: %w", i+1, err)
		}
	}
	programs := p.fonts.cut()
	raw, err := p.draft()
	if err == nil {
		err = p.finish(w, raw, programs)
	}
	if err != nil {
		return fmt.Errorf("write pdf: %w", err)
	}
	return nil
}

// draft closes fpdf's document and returns its file.
func (p *press) draft() ([]byte, error) {
	if !p.print() {
		p.bookmarks(p.doc.Outline, 0)
	}
	p.fpdf.SetXmpMetadata(metadata(p.o, p.tagged, p.archive()))
	p.fpdf.SetPage(len(p.doc.Pages)) // fpdf takes the current page for the last
	var raw bytes.Buffer
	err := p.fpdf.Output(&raw)
	return raw.Bytes(), err
}

// press is one run of the writer: what the pages add up to before the
// finisher closes the file.
type press struct {
	doc    *page.Document
	o      Options
	tagged bool
	fpdf   *fpdf.Fpdf
	fonts  *fontCase
	// pictures is those fpdf has, by key, with the EXIF orientation to undo.
	pictures map[string]int
	links    []link
	dests    map[string]dest
	marks    []mark
	figures  map[int32]figure
	cmyk     bool // a CMYK colour or picture is in use
	// closed[i] is the number of kids of bookmark i, as fpdf counts bookmarks.
	closed []int
	// lastHeight is the height fpdf measures bookmarks from.
	lastHeight unit.Length
}

// archive reports whether the file is one for archives.
func (p *press) archive() bool { return p.o.Archive && !p.cmyk && !p.o.Classic }

// print reports whether the file is one for printers.
func (p *press) print() bool { return p.o.print() }

func (o *Options) print() bool { return o.Condition != "" || o.Profile != nil }

// colored reports whether RGB stays what it is.
func (p *press) colored() bool { return !p.print() || p.o.Colored && p.o.Profile != nil }

// printable checks what a file for printers needs of its options.
func (p *press) printable() error {
	if !p.print() {
		return nil
	}
	if p.o.Title == "" || p.o.Date.IsZero() {
		return fmt.Errorf("PDF/X needs a title and a date")
	}
	if p.o.Profile != nil {
		_, err := readProfile(p.o.Profile)
		return err
	}
	return nil
}

// dest is a named place: a page and PDF coordinates in thousandths of a point.
type dest struct {
	page int
	x, y int64
}

// link is a link annotation in PDF coordinates, thousandths of a point.
type link struct {
	page int
	rect [4]int64 // left, bottom, right, top
	item *page.Link
	tag  int32
}

// mark is a piece of marked content, or the annotation links[link] if link is
// not negative, in the order of the pages' contents.
type mark struct {
	tag        int32
	page, mcid int32
	link       int32
}

// figure is what is known of a figure's place and description.
type figure struct {
	page int
	box  [4]int64
	alt  string
}

func newPress(doc *page.Document, o Options) *press {
	if o.Language == "" {
		o.Language = doc.Language
	}
	if o.print() {
		o.Tagged, o.Archive, o.Classic = false, false, true
	}
	first := doc.Pages[0].Media
	f := fpdf.NewCustom(&fpdf.InitType{
		OrientationStr: "P", UnitStr: "pt",
		Size: fpdf.SizeType{Wd: first.Width.Points(), Ht: first.Height.Points()},
	})
	f.SetCatalogSort(true)
	f.SetCompression(false) // the finisher compresses, in parallel
	f.SetAutoPageBreak(false, 0)
	f.SetLineWidth(1) // what a content stream begins with: see pageBegin
	f.SetProducer("banxin", false)
	for _, s := range [...]struct {
		set  func(string, bool)
		text string
	}{
		{f.SetTitle, o.Title}, {f.SetAuthor, o.Author}, {f.SetSubject, o.Subject},
		{f.SetKeywords, o.Keywords}, {f.SetCreator, o.Creator},
	} {
		if s.text != "" {
			s.set(encodeText(s.text), false)
		}
	}
	f.SetCreationDate(o.stamp())
	f.SetModificationDate(o.stamp())
	return &press{
		doc: doc, o: o, tagged: o.Tagged && len(doc.Structure) > 0, fpdf: f,
		fonts:    newFontCase(),
		pictures: map[string]int{},
		dests:    map[string]dest{},
		figures:  map[int32]figure{},
	}
}

// page composes one page and hands its content to fpdf.
func (p *press) page(i int, pg *page.Page) error {
	size := fpdf.SizeType{Wd: pg.Media.Width.Points(), Ht: pg.Media.Height.Points()}
	p.fpdf.AddPageFormat("P", size)
	p.lastHeight = pg.Media.Height
	c := newComposer(p, i, pg.Media.Height)
	if pg.Frame != nil {
		if err := c.frame(pg.Frame, 0); err != nil {
			return err
		}
	}
	c.close()
	return p.fpdf.Error()
}

// bookmarks hands the outline to fpdf, which wants it flat. fpdf measures a
// bookmark's place from the height of the last page it has seen.
func (p *press) bookmarks(list []page.Bookmark, level int) {
	for _, b := range list {
		n := min(max(b.Page, 0), len(p.doc.Pages)-1)
		p.fpdf.SetPage(n + 1)
		y := p.lastHeight - (p.doc.Pages[n].Media.Height - b.Y)
		p.closed = append(p.closed, len(b.Kids))
		// -1 means "here" to fpdf; a thousandth off is not seen.
		pt := y.Points()
		if pt == -1 {
			pt = -0.999
		}
		p.fpdf.Bookmark(encodeText(b.Title), level, pt)
		p.bookmarks(b.Kids, level+1)
	}
}

// encodeText returns a PDF text string's bytes: ASCII as it is, anything else
// as UTF-16BE with a byte order mark.
func encodeText(s string) string {
	ascii := true
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] > '~' {
			ascii = false
			break
		}
	}
	if ascii {
		return s
	}
	b := make([]byte, 0, 2*len(s)+2)
	b = append(b, 0xfe, 0xff)
	var pair [2]uint16
	for _, r := range s {
		for _, u := range utf16.AppendRune(pair[:0], r) {
			b = append(b, byte(u>>8), byte(u))
		}
	}
	return string(b)
}
