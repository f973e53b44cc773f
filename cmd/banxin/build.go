package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"banxin/layouts"
	"banxin/pipeline"
	"banxin/pipeline/diag"
	"banxin/pipeline/report"
)

// failOnFlag, langFlag and quietFlag are shared by build, check and dedup.
func failOnFlag() cli.Flag {
	return &cli.StringFlag{Name: "fail-on", Value: "error", Usage: "exit with 1 on findings of this `SEVERITY` or above: error, warning, note, never"}
}

func langFlag() cli.Flag {
	return &cli.StringFlag{Name: "lang", Usage: "language of messages, `en` or zh (default: from LANG)"}
}

func quietFlag() cli.Flag {
	return &cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "say nothing but findings and errors"}
}

func bookFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "layout", Usage: "set with layout `NAME` instead of book.yaml's"},
		&cli.StringFlag{Name: "date", Usage: "date the files `YYYY-MM-DD` (default: SOURCE_DATE_EPOCH, else book.yaml's date; never the clock)"},
		failOnFlag(), langFlag(), quietFlag(),
	}
}

func buildCommand() *cli.Command {
	return &cli.Command{
		Name:      "build",
		Usage:     "set the book: PDF, EPUB and a manifest of what went into them",
		ArgsUsage: "[DIR]",
		Flags: append(bookFlags(),
			&cli.StringFlag{Name: "out", Aliases: []string{"o"}, Value: "out", Usage: "write into `FOLDER`"},
			&cli.StringFlag{Name: "format", Usage: "`LIST` of files to make: pdf, print (the printer's PDF/X), epub (default: all in a release, else pdf,epub)"},
			&cli.StringFlag{Name: "edition", Value: "release", Usage: "`NAME`: release (ships only without errors) or proof; a folder without book.yaml is built as it comes"},
			&cli.BoolFlag{Name: "draft", Usage: "build in spite of errors, stamped as a draft"},
			&cli.StringSliceFlag{Name: "only", Usage: "build only the chapters `LIST` names, by file, folder, pattern or id: ch03,appendix-*,setup"},
			&cli.BoolFlag{Name: "sample", Usage: "build a sample: cover, contents and the chapters of --only (else the first)"},
			&cli.BoolFlag{Name: "marks", Usage: "crop marks and a gray bar around the pages of the print PDF"},
			&cli.StringFlag{Name: "icc", Usage: "make the print PDF a PDF/X-4 with the ICC profile `FILE`, not a PDF/X-1a by the layout's condition"},
			&cli.BoolFlag{Name: "package", Usage: "pack everything with the cover for print and the printer's docket into one zip"},
			&cli.StringFlag{Name: "lock-pagination", Usage: "report pages that begin or end otherwise than in `FILE`, the .pages.json of an earlier build"},
			&cli.StringFlag{Name: "signed-off", Usage: "refuse fonts other than those of `MANIFEST`, the .manifest.json of an earlier build"},
		),
		Action: buildAction,
	}
}

func buildAction(c *cli.Context) error {
	in, err := input(c)
	if err != nil {
		return err
	}
	e, err := edition(c, in.Manuscript)
	if err != nil {
		return err
	}
	in.Chapters, in.Sample = c.StringSlice("only"), c.Bool("sample")
	if in.Printing, err = printing(c); err != nil {
		return err
	}
	out, err := buildShown(c, in, e)
	if err != nil {
		return err
	}
	if err := writeFindings(c, c.App.ErrWriter, out, e, report.Text); err != nil {
		return err
	}
	if out.Refused != nil {
		refuse(c, out)
		return exit{exitFindings}
	}
	if len(out.Files) > 0 {
		if err := writeAll(c.String("out"), out.Files, out.Manifest); err != nil {
			return err
		}
	}
	if !c.Bool("quiet") {
		summary(c.App.Writer, c.String("out"), out)
	}
	if out.Fails(e) {
		return exit{exitFindings}
	}
	return nil
}

// edition is --edition with what other flags change in it. Where none is named
// and the folder has no book.yaml, nobody has declared a release.
func edition(c *cli.Context, manuscript fs.FS) (pipeline.Edition, error) {
	e, err := pipeline.ParseEdition(c.String("edition"))
	if err != nil {
		return e, err
	}
	if !c.IsSet("edition") && !declared(manuscript) {
		e = pipeline.AsItComes()
	}
	if e.FailOn != diag.Never || c.IsSet("fail-on") {
		if e.FailOn, err = diag.ParseSeverity(c.String("fail-on")); err != nil {
			return e, err
		}
	}
	e.Draft = c.Bool("draft")
	if c.IsSet("format") {
		err = outputs(&e, c.String("format"))
	}
	if c.Bool("package") {
		e.PDF, e.Print, e.EPUB, e.Package = true, true, true, true
	}
	return e, err
}

// printing is what the flags say of the printing house; files are read whole.
func printing(c *cli.Context) (pipeline.Printing, error) {
	p := pipeline.Printing{Crop: c.Bool("marks"), Bars: c.Bool("marks")}
	for _, f := range []struct {
		flag string
		into *[]byte
	}{{"icc", &p.Profile}, {"lock-pagination", &p.Locked}, {"signed-off", &p.SignedOff}} {
		name := c.String(f.flag)
		if name == "" {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return p, fmt.Errorf("--%s: %w", f.flag, err)
		}
		*f.into = data
	}
	return p, nil
}

// declared reports whether the manuscript's folder has a book.yaml.
func declared(manuscript fs.FS) bool {
	for _, name := range []string{"book.yaml", "book.yml"} {
		if _, err := fs.Stat(manuscript, name); err == nil {
			return true
		}
	}
	return false
}

// outputs makes an edition make the files of a list.
func outputs(e *pipeline.Edition, list string) error {
	e.PDF, e.Print, e.EPUB = false, false, false
	for _, f := range strings.Split(list, ",") {
		switch strings.TrimSpace(f) {
		case "pdf":
			e.PDF = true
		case "print":
			e.Print = true
		case "epub":
			e.EPUB = true
		default:
			return fmt.Errorf("unknown format %q in --format (pdf, print, epub)", f)
		}
	}
	return nil
}

// input gathers what a build reads: folders, flags, the date.
func input(c *cli.Context) (pipeline.Input, error) {
	dir := c.Args().First()
	if dir == "" {
		dir = "manuscript"
	}
	if c.Args().Len() > 1 {
		return pipeline.Input{}, fmt.Errorf("one manuscript at a time, not %s", strings.Join(c.Args().Slice(), " "))
	}
	st, err := os.Stat(dir)
	if err != nil {
		return pipeline.Input{}, fmt.Errorf("read manuscript: %w", err)
	}
	in := pipeline.Input{Layout: c.String("layout"), Version: version}
	if !st.IsDir() { // one file is a book too
		in.Only = filepath.Base(dir)
		dir = filepath.Dir(dir)
	}
	if abs, err := filepath.Abs(dir); err == nil {
		in.Name = filepath.Base(abs)
	}
	in.Manuscript = os.DirFS(dir)
	in.Layouts = []fs.FS{os.DirFS(filepath.Join(dir, "layouts")), layouts.FS}
	in.Fonts = fontFolders(dir)
	in.Date, err = date(c)
	return in, err
}

// date is --date, else SOURCE_DATE_EPOCH, else zero: the pipeline then takes
// the book's own.
func date(c *cli.Context) (time.Time, error) {
	if s := c.String("date"); s != "" {
		t, err := time.Parse("2006-01-02", s)
		if err != nil {
			return t, fmt.Errorf("--date %q is not a date such as 2026-03-31", s)
		}
		return t, nil
	}
	s := os.Getenv("SOURCE_DATE_EPOCH")
	if s == "" {
		return time.Time{}, nil
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return time.Time{}, fmt.Errorf("SOURCE_DATE_EPOCH %q is not a number of seconds", s)
	}
	return time.Unix(n, 0).UTC(), nil
}

// language is --lang, else the locale's.
func language(c *cli.Context) string {
	if l := c.String("lang"); l != "" {
		return l
	}
	for _, v := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if l := os.Getenv(v); l != "" {
			return l
		}
	}
	return "en"
}

func writeFindings(c *cli.Context, w io.Writer, out *pipeline.Output, e pipeline.Edition, f report.Format) error {
	l := out.Diags
	if f == report.Text && c.Command.Name == "build" { // notes are check's to tell
		l = slices.DeleteFunc(slices.Clone(l), func(d diag.Diagnostic) bool { return d.Severity < diag.Warning })
		if len(l) == 0 {
			return nil
		}
	}
	limit := 0
	if f == report.Text {
		limit = 10
		if c.IsSet("max-findings") {
			limit = c.Int("max-findings")
		}
	}
	return report.Write(w, f, l, report.Options{
		Lang: language(c), Color: f == report.Text && terminal(w), Root: root(c), Version: version,
		Rules: pipeline.Rules(), Edition: e.Name, Limit: limit,
	})
}

// root is the manuscript folder as given, for paths that CI can open.
func root(c *cli.Context) string {
	dir := c.Args().First()
	if dir == "" {
		dir = "manuscript"
	}
	if st, err := os.Stat(dir); err == nil && !st.IsDir() {
		dir = filepath.Dir(dir)
	}
	return filepath.ToSlash(filepath.Clean(dir))
}

// refuse says what stopped a release and which older files still lie there.
func refuse(c *cli.Context, out *pipeline.Output) {
	d := *out.Refused
	pos := d.Pos()
	at := ""
	if pos.Path != "" {
		at = fmt.Sprintf(" at %s:%d:%d", pos.Path, pos.Line, pos.Column)
	}
	w := c.App.ErrWriter
	fmt.Fprintf(w, "banxin: nothing was written: %s [%s]%s stands against a release\n", d.Message.In(language(c)), d.Code, at)
	var old []string
	for _, ext := range []string{".pdf", ".print.pdf", ".epub", ".manifest.json"} {
		p := filepath.Join(c.String("out"), out.Slug+ext)
		if st, err := os.Stat(p); err == nil {
			old = append(old, fmt.Sprintf("%s (of %s)", p, st.ModTime().UTC().Format("2006-01-02 15:04")))
		}
	}
	if len(old) > 0 {
		fmt.Fprintf(w, "older files still lie there: %s\n", strings.Join(old, ", "))
	}
	fmt.Fprintln(w, "mend it, decide it in decisions.yaml, set the rule in book.yaml with a reason, or build with --draft")
}

// summary lists the files written, with their sizes.
func summary(w io.Writer, dir string, out *pipeline.Output) {
	names := make([]string, 0, len(out.Files))
	for n := range out.Files {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		fmt.Fprintf(w, "%s  %s\n", filepath.Join(dir, n), size(len(out.Files[n])))
	}
	if out.Pages != nil {
		fmt.Fprintf(w, "%d pages, layout %s\n", len(out.Pages.Pages), out.LayoutName)
	}
}

func size(n int) string {
	if n < 1_000_000 {
		return fmt.Sprintf("%d kB", (n+500)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}
