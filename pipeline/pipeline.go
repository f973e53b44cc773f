// Package pipeline builds a book: every stage once, in order.
package pipeline

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"
	"time"
	"unicode"

	"banxin/pipeline/book"
	"banxin/pipeline/check"
	"banxin/pipeline/cite"
	"banxin/pipeline/code"
	"banxin/pipeline/dedup"
	"banxin/pipeline/diag"
	"banxin/pipeline/epub"
	"banxin/pipeline/font"
	"banxin/pipeline/layout"
	"banxin/pipeline/markdown"
	"banxin/pipeline/outline"
	"banxin/pipeline/page"
	"banxin/pipeline/pdf"
	"banxin/pipeline/project"
	"banxin/pipeline/proof"
	"banxin/pipeline/typeset"
	"banxin/pipeline/xref"
)

// Input is everything a build reads. Nothing else is read: not the clock, not
// the environment, not the disk beyond these folders.
type Input struct {
	Manuscript fs.FS
	// Only names one file of Manuscript that is the whole book; "" takes the
	// folder.
	Only string
	// Name is the manuscript folder's, which names the files of a book that
	// has no title; "" if it has none.
	Name    string
	Layouts []fs.FS // searched in order
	Fonts   []fs.FS // searched in order
	Layout  string  // overrides book.yaml's; ""
	// Date is written into the files; the zero time takes book.yaml's date.
	Date      time.Time
	Version   string // of the program, for the manifest
	OnlyRules []string
	// Chapters names what is to be built of the book, by file, folder, pattern
	// or id; empty: all of it. Sample builds them (else the first chapter)
	// behind cover and contents.
	Chapters []string
	Sample   bool
	Baseline *Baseline
	Printing Printing
	// Progress is told the stage that begins; may be nil.
	Progress func(stage string)
}

// Output is everything a build makes. Files is empty if the book was refused
// or the edition makes none.
type Output struct {
	Slug       string
	LayoutName string
	Files      map[string][]byte
	Manifest   string // the name in Files that is written last
	Diags      diag.List
	// Refused is the finding that stands against a release; nil if none does.
	Refused *diag.Diagnostic
	Repeats *dedup.Report
	Written *book.Book
	Merged  *book.Book
	Index   *xref.Index
	Pages   *page.Document
	layout  *layout.Layout
	fonts   *font.Set
	project *project.Project
	// listings are read by typeset and written again by epub.
	listings  code.Listings
	decisions dedup.Decisions
}

// Build reads, merges, checks, sets and writes. An error means that the
// program could not go on; what is wrong with the manuscript is in Diags.
func Build(in Input, e Edition) (*Output, error) {
	o, found, err := read(in)
	if err != nil {
		return nil, err
	}
	if err := o.cut(in); err != nil {
		return nil, err
	}
	if e.Pages {
		in.step("typeset")
		var d diag.List
		o.Pages, d = typeset.Pages(o.Merged, o.Index, o.layout, o.fonts, typeset.Options{Bare: len(in.Chapters) > 0 && !in.Sample, Listings: &o.listings})
		found = append(found, d...)
		if d, err = o.preflight(in.Printing, e); err != nil {
			return nil, err
		}
		found = append(found, d...)
	}
	o.Diags = judge(found, in, e, o.project)
	if o.Fails(e) && e.Ships && !e.Draft {
		o.Refused = firstAt(o.Diags, e.FailOn)
		return o, nil
	}
	if e.PDF || e.Print || e.EPUB {
		err = o.write(in, e, found)
	}
	return o, err
}

// read takes the stages from the manuscript to the merged book and its index.
func read(in Input) (*Output, diag.List, error) {
	in.step("read")
	p, found, err := readProject(in)
	if err != nil {
		return nil, nil, err
	}
	o := &Output{project: p, LayoutName: cmp.Or(in.Layout, p.Config.Layout, DefaultLayout)}
	if o.layout, err = layout.Load(in.Layouts, o.LayoutName); err != nil {
		return nil, nil, err
	}
	if o.fonts, err = font.Open(in.Fonts, request(o.layout)); err != nil {
		return nil, nil, err
	}
	add := func(d diag.List) { found = append(found, d...) }
	parsed, d := markdown.Parse(p.Manuscript, markdownOptions(p))
	add(d)
	if len(parsed.Sections) == 0 && len(parsed.Preamble) == 0 {
		return nil, nil, fmt.Errorf("read manuscript: %s holds no text", p.Manuscript.Files[0].Path)
	}
	dressed, d := p.Dress(parsed)
	add(d)
	captions := map[string]string{}
	for _, c := range p.Config.Captions {
		captions[c.Fingerprint] = c.Text
	}
	o.Written, d = outline.Recover(dressed, outline.Options{Captions: captions})
	add(d)
	o.Slug = slug(o.Written.Meta, in.Only, in.Name)
	add(o.fontFaults())
	in.step("merge")
	var decisions dedup.Decisions
	if p.Decisions != nil {
		if decisions, d, err = dedup.ParseDecisions(p.Decisions); err != nil {
			return nil, nil, err
		}
		add(d)
	}
	decisions.Auto = dedup.Policy(p.Config.Dedup.Auto)
	o.decisions = decisions
	o.Merged, o.Repeats, d = dedup.Merge(o.Written, decisions)
	add(d)
	library, d := cite.Parse(p.Bibliographies)
	add(d)
	o.Index, d = xref.Resolve(o.Merged, library, numbering(o.layout, o.Merged, p))
	add(d)
	in.step("check")
	add(check.Run(check.Input{Parsed: dressed, Written: o.Written, Merged: o.Merged, Index: o.Index, Options: checkOptions(p)}))
	return o, found, nil
}

// cut leaves of the book what is to be built of it.
func (o *Output) cut(in Input) error {
	if len(in.Chapters) == 0 && !in.Sample {
		return nil
	}
	x, err := chosen(o.Merged, o.Index, in.Chapters, in.Sample)
	if err != nil {
		return err
	}
	o.Merged, o.Index = x.book, x.index
	o.Slug += map[bool]string{false: "-part", true: "-sample"}[in.Sample]
	return nil
}

// stampDraft marks the pages and the title, so that no draft passes for the
// edition it was not fit to be.
func (o *Output) stampDraft() {
	b := *o.Merged
	word := " (draft)"
	if strings.HasPrefix(b.Meta.Language, "zh") {
		word = "（草稿）"
	}
	b.Meta.Title += word
	o.Merged = &b
	if o.Pages != nil {
		o.Pages = proof.Draft(o.Pages, o.fonts, b.Meta.Language)
	}
}

// write makes the PDFs beside the EPUB, then the manifest.
func (o *Output) write(in Input, e Edition, found diag.List) error {
	if e.Draft {
		o.stampDraft()
	}
	in.step("write")
	date := in.Date
	if date.IsZero() {
		date = dateOf(o.Merged.Meta)
	}
	var pdfData, printData, epubData bytes.Buffer
	var pdfErr, printErr, epubErr error
	var late diag.List
	var wg sync.WaitGroup
	if e.PDF {
		wg.Go(func() { pdfErr = pdf.Write(&pdfData, o.Pages, o.pdfOptions(date)) })
	}
	if e.Print {
		wg.Go(func() { printErr = o.writePrint(&printData, in.Printing, date) })
	}
	if e.EPUB {
		wg.Go(func() {
			late, epubErr = epub.Write(&epubData, epub.Input{Book: o.Merged, Index: o.Index, Layout: o.layout,
				Pages: o.Pages, Fonts: o.fonts, Listings: &o.listings, Date: date, Generator: "banxin"})
		})
	}
	wg.Wait()
	if pdfErr != nil {
		return fmt.Errorf("write PDF: %w", pdfErr)
	}
	if printErr != nil {
		return fmt.Errorf("write PDF for print: %w", printErr)
	}
	if epubErr != nil {
		return fmt.Errorf("write EPUB: %w", epubErr)
	}
	o.Diags = judge(append(found, late...), in, e, o.project)
	if o.Fails(e) && e.Ships && !e.Draft {
		o.Refused = firstAt(o.Diags, e.FailOn)
		return nil
	}
	o.Files = map[string][]byte{}
	if e.PDF {
		o.Files[o.Slug+".pdf"] = pdfData.Bytes()
	}
	if e.Print {
		o.Files[o.Slug+".print.pdf"] = printData.Bytes()
		var err error
		if o.Files[o.Slug+".pages.json"], err = o.pagination(); err != nil {
			return fmt.Errorf("write pagination: %w", err)
		}
	}
	if e.EPUB {
		o.Files[o.Slug+".epub"] = epubData.Bytes()
	}
	if e.Package {
		var err error
		if o.Files[o.Slug+".package.zip"], err = o.bundle(in.Printing, date); err != nil {
			return err
		}
	}
	if len(o.Repeats.Dropped) > 0 {
		o.Files[o.Slug+".dropped.md"] = []byte(dedup.DroppedMarkdown(o.Repeats, o.Merged.Meta.Language))
	}
	return o.addManifest(in, e, date)
}

func (o *Output) addManifest(in Input, e Edition, date time.Time) error {
	m := manifest{Version: in.Version, Title: o.Merged.Meta.Title, Layout: o.LayoutName, Edition: e.Name,
		Date: date.UTC().Format(time.RFC3339)}
	var faces []*font.Face
	if o.Pages != nil {
		m.Pages = len(o.Pages.Pages)
		faces = page.Faces(o.Pages)
	}
	data, err := manifestOf(m, o.project, o.Merged, faces, o.Files)
	if err != nil {
		return fmt.Errorf("write manifest: %w", err)
	}
	o.Manifest = o.Slug + ".manifest.json"
	o.Files[o.Manifest] = data
	return nil
}

func (o *Output) pdfOptions(date time.Time) pdf.Options {
	m := o.Merged.Meta
	var authors []string
	for _, c := range m.Creators {
		authors = append(authors, c.Name)
	}
	title := m.Title
	if m.Subtitle != "" {
		title += colon(m.Language) + m.Subtitle
	}
	return pdf.Options{Title: title, Author: strings.Join(authors, ", "), Subject: m.Description, DigitalSource: epub.DigitalSource(m.AI),
		Keywords: strings.Join(m.Keywords, ", "), Creator: "banxin", Date: date, Language: m.Language, Tagged: true, Archive: true}
}

// colon joins title and subtitle as the language does.
func colon(lang string) string {
	for _, wide := range []string{"zh", "ja"} {
		if strings.HasPrefix(lang, wide) || lang == "" {
			return "："
		}
	}
	return ": "
}

// numbering is what the layout says of numbers, for xref.
func numbering(l *layout.Layout, b *book.Book, p *project.Project) xref.Options {
	n := l.Numbers
	return xref.Options{Language: b.Meta.Language, Depth: n.Depth, KeepTyped: n.Typed == "keep", Part: n.Part, Chapter: n.Chapter, Appendix: n.Appendix,
		Figure: n.Figure, Table: n.Table, Equation: n.Equation, Listing: n.Listing, Sep: n.Sep}
}

// checkOptions is what book.yaml and the contents file say that rules need.
func checkOptions(p *project.Project) check.Options {
	o := check.Options{Chapters: p.Chapters, LatexFences: p.Config.Math.LatexFences, Config: p.ConfigFile}
	for _, t := range p.Config.Glossary {
		o.Glossary = append(o.Glossary, check.Term{Word: t.Word, Variants: t.Variants})
	}
	return o
}

// request is what the layout asks of the fonts.
func request(l *layout.Layout) font.Request {
	r := font.Request{Roles: map[font.Role]map[string][]font.Wish{}}
	for role, langs := range l.Fonts {
		r.Roles[font.Role(role)] = map[string][]font.Wish{}
		for lang, families := range langs {
			for _, f := range families {
				r.Roles[font.Role(role)][lang] = append(r.Roles[font.Role(role)][lang], font.Wish{Family: f.Name, Bold: f.Bold, Italic: f.Italic})
			}
		}
	}
	return r
}

// DefaultLayout sets a book that names no layout.
const DefaultLayout = "a5"

func readProject(in Input) (*project.Project, diag.List, error) {
	if in.Only != "" {
		return project.ReadFiles(in.Manuscript, in.Only)
	}
	return project.Read(in.Manuscript)
}

func markdownOptions(p *project.Project) markdown.Options {
	return markdown.Options{Paths: p.Paths, Included: p.Included, Chapters: p.Chapters, Bibliographies: p.Bibliographies,
		NoDollarMath: p.Config.Math.NoDollar, LatexFences: markdown.LatexFences(p.Config.Math.LatexFences)}
}

// slug names the output files: book.yaml's, else the one file's name, else the
// letters and digits of the title, else of the folder's name.
func slug(m book.Meta, only, folder string) string {
	if m.Slug != "" {
		return m.Slug
	}
	if only != "" {
		return strings.TrimSuffix(only, path.Ext(only))
	}
	words := strings.FieldsFunc(cmp.Or(m.Title, folder), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return cmp.Or(strings.ToLower(strings.Join(words, "-")), "book")
}

// dateOf is book.yaml's date; a book without one is dated 2000-01-01, since
// the formats ask for a date and the clock is never read.
func dateOf(m book.Meta) time.Time {
	for _, form := range []string{"2006-01-02", "2006-01", "2006", time.RFC3339} {
		if t, err := time.Parse(form, m.Date); err == nil {
			return t.UTC()
		}
	}
	return time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
}

func firstAt(l diag.List, s diag.Severity) *diag.Diagnostic {
	for i := range l {
		if l[i].Severity >= s {
			return &l[i]
		}
	}
	return nil
}

func (in Input) step(stage string) {
	if in.Progress != nil {
		in.Progress(stage)
	}
}
