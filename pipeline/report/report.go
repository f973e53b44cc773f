// Package report writes diagnostics for people and for the machines that run
// checks: text, JSON, SARIF and the formats of common CI services.
package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

// Format is a way to write diagnostics.
type Format string

const (
	Text       Format = "text"
	JSON       Format = "json"
	SARIF      Format = "sarif"
	GitHub     Format = "github"     // workflow commands
	GitLab     Format = "gitlab"     // code quality
	JUnit      Format = "junit"      // XML, a test case a rule and file
	Checkstyle Format = "checkstyle" // XML
	RDJSON     Format = "rdjson"     // reviewdog
	HTML       Format = "html"
)

// Formats lists every format.
func Formats() []Format {
	return []Format{Text, JSON, SARIF, GitHub, GitLab, JUnit, Checkstyle, RDJSON, HTML}
}

// ParseFormat reads a format's name.
func ParseFormat(s string) (Format, error) {
	if f := Format(s); slices.Contains(Formats(), f) {
		return f, nil
	}
	names := make([]string, 0, len(Formats()))
	for _, f := range Formats() {
		names = append(names, string(f))
	}
	return "", fmt.Errorf("unknown format %q (%s)", s, strings.Join(names, ", "))
}

// Options is what the formats need to know beside the diagnostics.
type Options struct {
	Lang    string // of messages: en or zh
	Color   bool   // ANSI colours in text
	Root    string // the manuscript folder as CI sees it, put before paths
	Version string // of the tool
	Rules   []diag.Rule
	// Edition picks the rules' default severity: check, proof or release.
	Edition string
	// Limit is how many findings of a rule text shows; 0 shows all. Totals
	// always count every finding.
	Limit int
}

// Write writes the diagnostics, which are sorted and hold no severity Off.
func Write(w io.Writer, f Format, l diag.List, o Options) error {
	o.Root = strings.TrimSuffix(o.Root, "/")
	write := map[Format]func(io.Writer, diag.List, Options) error{
		Text: writeText, JSON: writeJSON, SARIF: writeSARIF, GitHub: writeGitHub, GitLab: writeGitLab,
		JUnit: writeJUnit, Checkstyle: writeCheckstyle, RDJSON: writeRDJSON, HTML: writeHTML,
	}[f]
	if write == nil {
		return fmt.Errorf("unknown format %q", f)
	}
	return write(w, l, o)
}

// file is a diagnostic's path as CI sees it; "" for the whole book.
func (o Options) file(s source.Span) string {
	if s.File == nil {
		return ""
	}
	if o.Root == "" || o.Root == "." {
		return s.File.Path
	}
	return o.Root + "/" + s.File.Path
}

// place is a diagnostic's file, or the manuscript folder itself for formats
// that require a path.
func (o Options) place(s source.Span) string {
	if p := o.file(s); p != "" {
		return p
	}
	if o.Root != "" {
		return o.Root
	}
	return "."
}

// message joins message and hint for formats that have one field.
func message(d diag.Diagnostic, lang string) string {
	m, h := d.Message.In(lang), d.Hint.In(lang)
	if h == "" {
		return m
	}
	if strings.HasPrefix(lang, "zh") {
		return m + "。" + h
	}
	return m + ". " + h
}

// counts tallies severities: errors, warnings, notes.
func counts(l diag.List) (e, w, n int) {
	for _, d := range l {
		switch d.Severity {
		case diag.Error:
			e++
		case diag.Warning:
			w++
		case diag.Note:
			n++
		}
	}
	return
}
