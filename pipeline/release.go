package pipeline

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"banxin/pipeline/diag"
	"banxin/pipeline/page"
	"banxin/pipeline/pdf"
	"banxin/pipeline/prepress"
	"banxin/pipeline/source"
	"banxin/pipeline/unit"
)

// Printing is what a build is told about the printing house. The zero value is
// a file for the layout's registered condition, without marks.
type Printing struct {
	// Crop and Bars are marks around the bleed.
	Crop, Bars bool
	// Profile is an ICC profile of the printing condition: PDF/X-4 instead of
	// PDF/X-1a. nil: none.
	Profile []byte
	// Locked is the pagination file of an earlier printing whose page breaks
	// must stay, SignedOff the manifest whose fonts must. nil: none.
	Locked, SignedOff []byte
}

// releaseRules are the rules of what a release was signed off with.
func releaseRules() []diag.Rule {
	return []diag.Rule{{Code: "font-changed", Check: diag.Warning, Proof: diag.Warning, Release: diag.Error,
		What: diag.T("A page is set in a font other than the one the release was signed off with (--signed-off).", "页面所用字体与签发时（--signed-off）的不同。"),
		Why:  diag.T("Another version of a font has other widths and shapes: lines and pages may move.", "字体换了版本，宽度和字形都会变，行与页可能移动。"),
		Fix:  diag.T("Install the fonts of the manifest, or read the pages again and sign off the new manifest.", "装回清单中的字体，或重新看样并签发新的清单。")}}
}

// preflight checks the pages for print and against what they are held to.
func (o *Output) preflight(p Printing, e Edition) (diag.List, error) {
	found := prepress.Check(o.Pages, o.layout)
	if e.Package && p.Profile == nil {
		found = append(found, prepress.CheckCover(o.Merged)...)
	}
	if p.Locked != nil {
		was, err := prepress.ParsePagination(p.Locked)
		if err != nil {
			return nil, err
		}
		found = append(found, prepress.PaginationOf(o.Pages, o.LayoutName).Moved(was)...)
	}
	if p.SignedOff != nil {
		changed, err := o.changedFonts(p.SignedOff)
		if err != nil {
			return nil, err
		}
		found = append(found, changed...)
	}
	return found, nil
}

// changedFonts compares the faces in use with those of a manifest.
func (o *Output) changedFonts(data []byte) (diag.List, error) {
	var m manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, fmt.Errorf("read the manifest signed off: %w", err)
	}
	if m.Format != manifestFormat {
		return nil, fmt.Errorf("read the manifest signed off: format %q is not %q", m.Format, manifestFormat)
	}
	signed := map[string]string{}
	for _, f := range m.Fonts {
		signed[f.Face] = f.SHA256
	}
	var l diag.List
	for _, f := range page.Faces(o.Pages) {
		switch sum, ok := signed[f.PostScript()]; {
		case !ok:
			l.Add("font-changed", source.Span{}, diag.T("%s was not among the fonts signed off", "签发的字体中没有 %s", f.PostScript()))
		case sum != f.SHA256():
			l.Add("font-changed", source.Span{}, diag.T("%s is another file than the one signed off (%.12s, not %.12s)", "%s 与签发时不是同一个文件（%.12s，原为 %.12s）", f.PostScript(), f.SHA256(), sum))
		}
	}
	return l, nil
}

// printOptions are those of a file for printers.
func (o *Output) printOptions(p Printing, date time.Time) pdf.Options {
	out := o.pdfOptions(date)
	out.Title = cmp.Or(out.Title, o.Slug)
	out.Condition, out.Profile, out.Colored = o.layout.Print.Condition, p.Profile, o.layout.Color.Screen
	return out
}

// writePrint writes the inside pages for the printer.
func (o *Output) writePrint(w io.Writer, p Printing, date time.Time) error {
	sheets := prepress.Sheets(o.Pages, o.layout, prepress.Marks{Crop: p.Crop, Bars: p.Bars})
	return pdf.Write(w, sheets, o.printOptions(p, date))
}

// pagination is the file that --lock-pagination reads.
func (o *Output) pagination() ([]byte, error) {
	return prepress.PaginationOf(o.Pages, o.LayoutName).JSON()
}

// job is the book as the printing house gets it.
func (o *Output) job(p Printing) (*prepress.Job, error) {
	c := o.project.Config
	j := &prepress.Job{Book: o.Merged, Layout: o.layout, Fonts: o.fonts, Pages: o.Pages,
		Blurb: cmp.Or(c.Blurb, o.Merged.Meta.Description),
		Paper: c.Print.Paper, CoverPaper: c.Print.CoverPaper, Binding: c.Print.Binding, Colors: c.Print.Colors,
		Copies: c.Print.Copies, Price: c.Print.Price, Condition: "PDF/X-1a:2003, " + o.layout.Print.Condition}
	if p.Profile != nil {
		j.Condition = "PDF/X-4"
	}
	if t := c.Print.Thickness; t != "" {
		var err error
		if j.Thickness, err = unit.Parse(t); err != nil || j.Thickness <= 0 || j.Thickness > unit.Mm {
			return nil, fmt.Errorf("read book.yaml: print.thickness: %q is no thickness of a leaf, such as 0.09mm", t)
		}
	}
	return j, nil
}

// bundle packs the files made so far with the cover and the docket.
func (o *Output) bundle(p Printing, date time.Time) ([]byte, error) {
	j, err := o.job(p)
	if err != nil {
		return nil, err
	}
	zh := strings.HasPrefix(cmp.Or(j.Book.Meta.Language, "zh"), "zh")
	var cover, docket bytes.Buffer
	opts := o.printOptions(p, date)
	opts.Colored = true // the author's picture, where a profile says what its colours are
	opts.Title += map[bool]string{true: "（封面）", false: " (cover)"}[zh]
	if err := pdf.Write(&cover, prepress.Cover(j, prepress.Marks{Crop: p.Crop}), opts); err != nil {
		return nil, fmt.Errorf("write cover: %w", err)
	}
	files := []prepress.File{{Name: o.Slug + ".print.pdf"}, {Name: o.Slug + ".pdf"}, {Name: o.Slug + ".epub"}}
	for i := range files {
		files[i].Data = o.Files[files[i].Name]
	}
	files = slices.Insert(files, 1, prepress.File{Name: o.Slug + ".cover.pdf", Data: cover.Bytes()})
	var sums []prepress.Row
	for _, f := range files {
		sums = append(sums, prepress.Row{Label: "SHA-256", Value: f.Sum()[:32] + " …  " + f.Name})
	}
	screen := o.pdfOptions(date)
	screen.Title += map[bool]string{true: "（付印单）", false: " (docket)"}[zh]
	screen.Tagged = false
	if err := pdf.Write(&docket, prepress.DocketSheet(j, prepress.Docket(j, sums)), screen); err != nil {
		return nil, fmt.Errorf("write docket: %w", err)
	}
	return prepress.Bundle(append(files, prepress.File{Name: o.Slug + ".docket.pdf", Data: docket.Bytes()}), date)
}
