package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"

	"banxin/pipeline/diag"
)

type (
	junitSuites struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Name     string       `xml:"name,attr"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Name    string        `xml:"name,attr"`
		Class   string        `xml:"classname,attr"`
		Failure *junitFailure `xml:"failure"`
	}
	junitFailure struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr"`
		Text    string `xml:",chardata"`
	}
)

// writeJUnit writes a suite a file and a test case a rule that found something
// in it; a book without findings is one case that passes.
func writeJUnit(w io.Writer, l diag.List, o Options) error {
	out := junitSuites{Name: "banxin"}
	suites := map[string]int{}
	cases := map[[2]string]int{}
	for _, d := range l {
		file := o.place(d.Span)
		si, ok := suites[file]
		if !ok {
			si = len(out.Suites)
			suites[file] = si
			out.Suites = append(out.Suites, junitSuite{Name: file})
		}
		s := &out.Suites[si]
		ci, ok := cases[[2]string{file, d.Code}]
		if !ok {
			ci = len(s.Cases)
			cases[[2]string{file, d.Code}] = ci
			s.Cases = append(s.Cases, junitCase{Name: d.Code, Class: file, Failure: &junitFailure{Message: message(d, o.Lang), Type: d.Severity.String()}})
		}
		p := d.Pos()
		s.Cases[ci].Failure.Text += fmt.Sprintf("%s:%d:%d: %s: %s\n", file, p.Line, p.Column, d.Severity, xmlSafe(message(d, o.Lang)))
	}
	if len(out.Suites) == 0 {
		out.Suites = []junitSuite{{Name: o.place(diag.Diagnostic{}.Span), Cases: []junitCase{{Name: "check", Class: "banxin"}}}}
	}
	for i := range out.Suites {
		s := &out.Suites[i]
		s.Tests = len(s.Cases)
		for _, c := range s.Cases {
			if c.Failure != nil {
				s.Failures++
			}
		}
		out.Tests += s.Tests
		out.Failures += s.Failures
	}
	return encodeXML(w, out)
}

type (
	checkstyle struct {
		XMLName xml.Name         `xml:"checkstyle"`
		Version string           `xml:"version,attr"`
		Files   []checkstyleFile `xml:"file"`
	}
	checkstyleFile struct {
		Name   string            `xml:"name,attr"`
		Errors []checkstyleError `xml:"error"`
	}
	checkstyleError struct {
		Line     int    `xml:"line,attr"`
		Column   int    `xml:"column,attr"`
		Severity string `xml:"severity,attr"`
		Message  string `xml:"message,attr"`
		Source   string `xml:"source,attr"`
	}
)

func writeCheckstyle(w io.Writer, l diag.List, o Options) error {
	out := checkstyle{Version: "8.0"}
	for _, d := range l {
		file := o.place(d.Span)
		i := slices.IndexFunc(out.Files, func(f checkstyleFile) bool { return f.Name == file })
		if i < 0 {
			i = len(out.Files)
			out.Files = append(out.Files, checkstyleFile{Name: file})
		}
		p := d.Pos()
		sev := map[diag.Severity]string{diag.Error: "error", diag.Warning: "warning", diag.Note: "info"}[d.Severity]
		out.Files[i].Errors = append(out.Files[i].Errors, checkstyleError{max(1, p.Line), max(1, p.Column), sev, xmlSafe(message(d, o.Lang)), "banxin." + d.Code})
	}
	return encodeXML(w, out)
}

func encodeXML(w io.Writer, v any) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// xmlSafe drops characters that XML 1.0 cannot hold.
func xmlSafe(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' || r == 0xfffe || r == 0xffff {
			return '�'
		}
		return r
	}, s)
}

// writeGitHub writes workflow commands, then the totals, since GitHub shows
// only ten annotations a step and level.
func writeGitHub(w io.Writer, l diag.List, o Options) error {
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	prop := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	for _, d := range l {
		level := map[diag.Severity]string{diag.Error: "error", diag.Warning: "warning", diag.Note: "notice"}[d.Severity]
		at := ""
		if f := o.file(d.Span); f != "" {
			a, z := d.Pos(), d.Span.EndPos()
			at = fmt.Sprintf("file=%s,line=%d,endLine=%d,col=%d,", prop.Replace(f), a.Line, z.Line, a.Column)
			if a.Line == z.Line {
				at += fmt.Sprintf("endColumn=%d,", max(a.Column, z.Column))
			}
		}
		if _, err := fmt.Fprintf(w, "::%s %stitle=%s::%s\n", level, at, prop.Replace(d.Code), data.Replace(message(d, o.Lang))); err != nil {
			return err
		}
	}
	e, wn, n := counts(l)
	_, err := fmt.Fprintf(w, "%s, %s, %s\n", plural(e, "error"), plural(wn, "warning"), plural(n, "note"))
	return err
}
