package pipeline

import (
	"bytes"
	"cmp"
	"fmt"
	"io"

	"banxin/pipeline/page"
	"banxin/pipeline/pdf"
	"banxin/pipeline/proof"
	"banxin/pipeline/report"
)

// ProofOptions is what a proof's mark and notes need: see proof.Options.
type ProofOptions struct {
	Lang, Round, Revision string
	EveryLine             bool // number every line, not every fifth
	TwoUp                 bool // two pages on a sheet
	// Earlier is the book of an earlier state, built with pages, which Since
	// names; nil: none.
	Earlier *Output
	Since   string
	HTML    bool // one page for browsers instead of the PDF
}

// AddProof adds SLUG.proof.pdf, or SLUG.proof.html, to the output: the pages
// as set, with the findings beside them.
func (o *Output) AddProof(in Input, p ProofOptions) error {
	date := in.Date
	if date.IsZero() {
		date = dateOf(o.Merged.Meta)
	}
	every := 5
	if p.EveryLine {
		every = 1
	}
	var earlier *page.Document
	if p.Earlier != nil {
		earlier = p.Earlier.Pages
	}
	options := proof.Options{Earlier: earlier, Since: p.Since, Lang: p.Lang, Round: p.Round,
		Date: date.Format("2006-01-02"), Revision: p.Revision, Every: every, TwoUp: p.TwoUp}
	if o.Files == nil {
		o.Files = map[string][]byte{}
	}
	if p.HTML {
		data, err := proof.HTML(cmp.Or(o.Merged.Meta.Title, o.Slug), o.Pages, o.Diags, o.Repeats, options)
		if err != nil {
			return fmt.Errorf("write proof: %w", err)
		}
		o.Files[o.Slug+".proof.html"] = data
		return nil
	}
	printed := o.pdfOptions(date)
	printed.Archive, printed.Tagged = false, false // comments print nothing, which PDF/A forbids
	var b bytes.Buffer
	if err := pdf.Write(&b, proof.Pages(o.Pages, o.Diags, o.Repeats, o.fonts, options), printed); err != nil {
		return fmt.Errorf("write proof: %w", err)
	}
	o.Files[o.Slug+".proof.pdf"] = b.Bytes()
	return nil
}

// WriteRemarks writes what readers marked in a PDF of this book, in one of the
// reports' formats; JSON has every field of a remark apart. It returns how
// many there are.
func (o *Output) WriteRemarks(w io.Writer, marked []byte, f report.Format, opts report.Options) (int, error) {
	remarks, err := proof.Remarks(marked, o.Pages)
	if err != nil {
		return 0, err
	}
	if f == report.JSON {
		data, err := proof.JSON(remarks)
		if err != nil {
			return 0, err
		}
		_, err = w.Write(data)
		return len(remarks), err
	}
	l := proof.List(remarks)
	l.Sort()
	return len(remarks), report.Write(w, f, l, opts)
}
