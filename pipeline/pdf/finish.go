package pdf

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"

	"banxin/pipeline/page"
)

// finish turns fpdf's file into the final one and writes it.
func (p *press) finish(w io.Writer, raw []byte, programs func() []program) error {
	d, err := p.assemble(raw, programs)
	if err != nil {
		return err
	}
	return d.write(w, trailer{root: d.root, info: d.info, classic: p.o.Classic, transparent: p.o.Profile != nil})
}

// assemble takes fpdf's file apart and adds and mends objects until all of
// the document is there.
func (p *press) assemble(raw []byte, programs func() []program) (*draft, error) {
	d, err := takeApart(raw, len(p.doc.Pages), len(p.closed))
	if err != nil {
		return nil, err
	}
	if err := p.resources(d, programs()); err != nil {
		return nil, err
	}
	annots := p.annotations(d)
	root := 0
	if p.tagged {
		root = p.structure(d, annots)
	}
	p.pageObjects(d, annots)
	if err := p.outline(d); err != nil {
		return nil, err
	}
	if err := p.information(d); err != nil {
		return nil, err
	}
	d.objects[d.metadata].filtered = true // PDF/A wants the packet in clear
	return d, p.catalogue(d, root)
}

// resources writes the one dictionary all pages share.
func (p *press) resources(d *draft, programs []program) error {
	b := []byte("<<")
	if len(p.fonts.faces) > 0 {
		b = append(b, "/Font<<"...)
		for i, u := range p.fonts.faces {
			n, err := u.add(&d.table, programs[i])
			if err != nil {
				return err
			}
			b = append(append(b, u.key...), ' ')
			b = appendRef(b, n)
		}
		b = append(b, ">>"...)
	}
	if d.pictures != "" {
		b = append(append(append(b, "/XObject<<"...), d.pictures...), ">>"...)
	}
	if p.print() && p.colored() { // PDF/X-4, 6.2.4: a device colour that is not the printer's
		b = fmt.Appendf(b, "/ColorSpace<</DefaultRGB[/ICCBased %d 0 R]>>", d.addStream("<</N 3", srgbProfile()))
	}
	d.objects[2].head = append(b, ">>"...)
	return nil
}

// annotations adds the link annotations and returns their numbers by link; 0
// for a link whose destination does not exist.
func (p *press) annotations(d *draft) []int {
	numbers := make([]int, len(p.links))
	for i, l := range p.links {
		b := []byte("<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[")
		b = appendMillis(b, l.rect[:]...)
		b[len(b)-1] = ']'
		if l.item.URI != "" {
			b = append(b, "/A<</S/URI/URI"...)
			b = append(appendLiteral(b, escapeURI(l.item.URI)), ">>"...)
		} else if _, ok := p.dests[l.item.Dest]; ok {
			b = appendLiteral(append(b, "/Dest"...), l.item.Dest)
		} else {
			continue
		}
		if l.item.Alt != "" {
			b = appendText(append(b, "/Contents"...), l.item.Alt)
		} else if p.tagged {
			// PDF/UA-1, 7.18.5: a link says where it leads.
			b = appendText(append(b, "/Contents"...), l.item.URI+l.item.Dest)
		}
		if p.tagged && p.node(l.tag) {
			b = append(b, "/StructParent "...)
			b = strconv.AppendInt(b, int64(len(p.doc.Pages)+i), 10)
		}
		numbers[i] = d.add(append(b, ">>"...))
	}
	return numbers
}

// comment is a highlight that carries a note: reviewers' programs list it, and
// it prints nothing of its own (its colour stands on the page already).
func comment(pg *page.Page, c page.Comment) []byte {
	left, right := milli(c.X), milli(c.X+c.Width)
	top, bottom := milli(pg.Media.Height-c.Y), milli(pg.Media.Height-c.Y-c.Height)
	b := []byte("<</Type/Annot/Subtype/Highlight/F 0/CA 0/C[1 .9 .5]/Rect[")
	b = appendMillis(b, left, bottom, right, top)
	b[len(b)-1] = ']'
	b = append(b, "/QuadPoints["...)
	b = appendMillis(b, left, top, right, top, left, bottom, right, bottom)
	b[len(b)-1] = ']'
	if c.Name != "" {
		b = appendText(append(b, "/NM"...), c.Name)
	}
	b = appendText(append(b, "/T"...), c.Title)
	b = appendText(append(b, "/Contents"...), c.Text)
	return append(b, ">>"...)
}

// escapeURI escapes what a PDF URI, which is 7-bit ASCII (ISO 32000-1,
// 12.6.4.7), cannot hold.
func escapeURI(s string) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if c := s[i]; c <= ' ' || c > '~' {
			b = append(b, '%', hexDigits[c>>4], hexDigits[c&15])
		} else {
			b = append(b, c)
		}
	}
	return string(b)
}

// pageObjects writes every page's dictionary with its exact boxes. It has no
// transparency group: fpdf's is RGB, which printers of black text refuse.
func (p *press) pageObjects(d *draft, annots []int) {
	perPage := make([][]int, len(p.doc.Pages))
	for i, l := range p.links {
		if annots[i] != 0 {
			perPage[l.page] = append(perPage[l.page], annots[i])
		}
	}
	for i, pg := range p.doc.Pages {
		for _, c := range pg.Comments {
			perPage[i] = append(perPage[i], d.add(comment(pg, c)))
		}
		at := d.pages[i]
		b := []byte("<</Type/Page/Parent 1 0 R/Resources 2 0 R/Contents ")
		b = appendRef(b, at.contents)
		media := page.Box{Width: pg.Media.Width, Height: pg.Media.Height}
		trim, bleed := pg.Trim, pg.Bleed
		if trim.Width <= 0 || trim.Height <= 0 {
			trim = media
		}
		if bleed.Width <= 0 || bleed.Height <= 0 {
			bleed = trim
		}
		for _, x := range [...]struct {
			name string
			box  page.Box
		}{{"/MediaBox[", media}, {"/CropBox[", media}, {"/BleedBox[", bleed}, {"/TrimBox[", trim}} {
			b = append(b, x.name...)
			b = appendMillis(b, milli(x.box.X), milli(media.Height-x.box.Y-x.box.Height),
				milli(x.box.X+x.box.Width), milli(media.Height-x.box.Y))
			b[len(b)-1] = ']'
		}
		if len(perPage[i]) > 0 {
			b = append(b, "/Annots["...)
			for k, n := range perPage[i] {
				if k > 0 {
					b = append(b, ' ')
				}
				b = appendRef(b, n)
			}
			b = append(b, ']')
		}
		if p.tagged {
			b = append(b, "/Tabs/S/StructParents "...)
			b = strconv.AppendInt(b, int64(i), 10)
		}
		d.objects[at.number].head = append(b, ">>"...)
	}
	b := []byte("<</Type/Pages/Count ")
	b = strconv.AppendInt(b, int64(len(d.pages)), 10)
	b = append(b, "/Kids["...)
	for i, at := range d.pages {
		if i > 0 {
			b = append(b, ' ')
		}
		b = appendRef(b, at.number)
	}
	d.objects[1].head = append(b, "]>>"...)
}

// outline gives bookmarks the count of their kids, which fpdf leaves at 0;
// negative: they open closed, so that a long book shows its parts first.
func (p *press) outline(d *draft) error {
	for i, n := range d.items {
		o := &d.objects[n]
		head, ok := bytes.CutSuffix(o.head, []byte("/Count 0>>"))
		if !ok {
			return shape("bookmark %d", n)
		}
		o.head = bytes.Clone(head)
		if k := p.closed[i]; k > 0 {
			o.head = fmt.Appendf(o.head, "/Count %d", -k)
		}
		o.head = append(o.head, ">>"...)
	}
	if d.outline > 0 {
		o := &d.objects[d.outline]
		head, ok := bytes.CutSuffix(o.head, []byte(">>"))
		if !ok {
			return shape("outline %d", d.outline)
		}
		o.head = fmt.Appendf(bytes.Clone(head), " /Count %d>>", len(p.doc.Outline))
	}
	return nil
}

// information gives the document's dates their time zone, or takes them away
// where there is no date.
func (p *press) information(d *draft) error {
	stamp := p.o.stamp().Format("20060102150405")
	dates := fmt.Appendf(nil, "/CreationDate (D:%s)\n/ModDate (D:%s)\n>>", stamp, stamp)
	head, ok := bytes.CutSuffix(d.objects[d.info].head, dates)
	if !ok {
		return shape("information")
	}
	head = bytes.Clone(head)
	if !p.o.Date.IsZero() {
		head = fmt.Appendf(head, "/CreationDate(D:%sZ)/ModDate(D:%sZ)", stamp, stamp)
	}
	if p.print() {
		head = append(head, "/Trapped/False"...)
		if p.o.Profile == nil { // PDF/X-4 says so in XMP
			head = append(head, "/GTS_PDFXVersion(PDF/X-1a:2003)"...)
		}
	}
	d.objects[d.info].head = append(head, ">>"...)
	return nil
}

// catalogue writes the document's root.
func (p *press) catalogue(d *draft, structure int) error {
	b := fmt.Appendf(nil, "<</Type/Catalog/Pages 1 0 R/Metadata %d 0 R", d.metadata)
	if p.o.Language != "" {
		b = appendLiteral(append(b, "/Lang"...), p.o.Language)
	}
	if d.outline > 0 {
		b = fmt.Appendf(b, "/Outlines %d 0 R/PageMode/UseOutlines", d.outline)
	}
	b = append(b, "/PageLabels<</Nums["...)
	b = append(appendLabels(b, p.doc.Pages), "]>>"...)
	b = append(b, "/ViewerPreferences<</DisplayDocTitle true"...)
	if p.doc.RightBound {
		b = append(b, "/Direction/R2L"...)
	}
	b = append(b, ">>"...)
	if names := p.destNames(d); len(names) > 0 {
		b = fmt.Appendf(b, "/Names<</Dests %d 0 R>>", d.add(names))
	}
	switch {
	case p.archive():
		b = append(b, outputIntent(&d.table)...)
	case p.o.Profile != nil:
		intent, err := profileIntent(&d.table, p.o.Profile, p.cmyk)
		if err != nil {
			return err
		}
		b = append(b, intent...)
	case p.print():
		b = append(b, printIntent(p.o.Condition)...)
	}
	if structure != 0 {
		b = fmt.Appendf(b, "/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R", structure)
	}
	d.objects[d.root].head = append(b, ">>"...)
	return nil
}

// destNames returns the name tree of the destinations, nil if there are none.
func (p *press) destNames(d *draft) []byte {
	if len(p.dests) == 0 {
		return nil
	}
	names := make([]string, 0, len(p.dests))
	for n := range p.dests {
		names = append(names, n)
	}
	slices.Sort(names)
	b := []byte("<</Names[")
	for _, n := range names {
		at := p.dests[n]
		b = appendLiteral(b, n)
		b = appendRef(append(b, '['), d.pages[at.page].number)
		b = appendMillis(append(b, "/XYZ "...), at.x, at.y)
		b = append(b, "null]"...)
	}
	return append(b, "]>>"...)
}

// appendLabels appends the page labels: a new range wherever the count or its
// style breaks off.
func appendLabels(b []byte, pages []*page.Page) []byte {
	for i, pg := range pages {
		if i > 0 {
			before := pages[i-1]
			if pg.Style == before.Style && pg.Style != page.NoFolio && pg.Value == before.Value+1 {
				continue
			}
		}
		b = strconv.AppendInt(b, int64(i), 10)
		b = append(b, "<<"...)
		switch style := pg.Style; {
		case style == page.NoFolio:
			if pg.Folio != "" {
				b = appendText(append(b, "/P"...), pg.Folio)
			}
		case style == page.Roman:
			b = append(b, "/S/r"...)
		default:
			b = append(b, "/S/D"...)
		}
		if pg.Style != page.NoFolio && pg.Value > 1 {
			b = append(b, "/St "...)
			b = strconv.AppendInt(b, int64(pg.Value), 10)
		}
		b = append(b, ">>"...)
	}
	return b
}
