package report

import (
	"encoding/json"
	"io"

	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

type jsonPosition struct {
	Line   int `json:"line"`
	Column int `json:"column"`
	Offset int `json:"offset"`
}

type jsonPlace struct {
	File    string       `json:"file,omitempty"`
	Start   jsonPosition `json:"start"`
	End     jsonPosition `json:"end"`
	Message string       `json:"message,omitempty"`
}

type jsonEdit struct {
	jsonPlace
	New string `json:"new"`
}

type jsonFix struct {
	Message string     `json:"message"`
	Edits   []jsonEdit `json:"edits"`
}

type jsonFinding struct {
	Code        string      `json:"code"`
	Severity    string      `json:"severity"`
	Message     string      `json:"message"`
	Hint        string      `json:"hint,omitempty"`
	Place       *jsonPlace  `json:"place,omitempty"`
	Related     []jsonPlace `json:"related,omitempty"`
	Fix         *jsonFix    `json:"fix,omitempty"`
	Fingerprint string      `json:"fingerprint"`
}

type jsonReport struct {
	Format   string        `json:"format"`
	Tool     string        `json:"tool"`
	Version  string        `json:"version"`
	Edition  string        `json:"edition"`
	Errors   int           `json:"errors"`
	Warnings int           `json:"warnings"`
	Notes    int           `json:"notes"`
	Findings []jsonFinding `json:"findings"`
}

// writeJSON keeps messages in English whatever the language, so that what
// reads them does not depend on a machine's locale.
func writeJSON(w io.Writer, l diag.List, o Options) error {
	r := jsonReport{Format: "banxin-findings/1", Tool: "banxin", Version: o.Version, Edition: o.Edition, Findings: []jsonFinding{}}
	r.Errors, r.Warnings, r.Notes = counts(l)
	ids := diag.Fingerprints(l)
	for i, d := range l {
		f := jsonFinding{Code: d.Code, Severity: d.Severity.String(), Message: d.Message.En, Hint: d.Hint.En, Fingerprint: ids[i]}
		if d.Span.File != nil {
			p := o.jsonPlace(d.Span, "")
			f.Place = &p
		}
		for _, rel := range d.Related {
			f.Related = append(f.Related, o.jsonPlace(rel.Span, rel.Message.En))
		}
		if d.Fix != nil {
			f.Fix = &jsonFix{Message: d.Fix.Message.En}
			for _, e := range d.Fix.Edits {
				f.Fix.Edits = append(f.Fix.Edits, jsonEdit{o.jsonPlace(e.Span, ""), e.New})
			}
		}
		r.Findings = append(r.Findings, f)
	}
	return encode(w, r)
}

func (o Options) jsonPlace(s source.Span, msg string) jsonPlace {
	a, z := s.Pos(), s.EndPos()
	return jsonPlace{o.file(s), jsonPosition{a.Line, a.Column, s.Start}, jsonPosition{z.Line, z.Column, s.End}, msg}
}

func encode(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// gitlabIssue is an entry of a GitLab code quality report.
type gitlabIssue struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
}

func writeGitLab(w io.Writer, l diag.List, o Options) error {
	out := []gitlabIssue{}
	ids := diag.Fingerprints(l)
	for i, d := range l {
		sev := map[diag.Severity]string{diag.Error: "critical", diag.Warning: "minor", diag.Note: "info"}[d.Severity]
		out = append(out, gitlabIssue{message(d, o.Lang), d.Code, ids[i], sev, gitlabLocation{o.place(d.Span), gitlabLines{max(1, d.Pos().Line)}}})
	}
	return encode(w, out)
}

type rdPosition struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

type rdRange struct {
	Start rdPosition `json:"start"`
	End   rdPosition `json:"end"`
}

type rdLocation struct {
	Path  string   `json:"path"`
	Range *rdRange `json:"range,omitempty"`
}

type rdSuggestion struct {
	Range rdRange `json:"range"`
	Text  string  `json:"text"`
}

type rdRelated struct {
	Message  string     `json:"message"`
	Location rdLocation `json:"location"`
}

type rdCode struct {
	Value string `json:"value"`
}

type rdDiagnostic struct {
	Message     string         `json:"message"`
	Location    rdLocation     `json:"location"`
	Severity    string         `json:"severity"`
	Code        rdCode         `json:"code"`
	Suggestions []rdSuggestion `json:"suggestions,omitempty"`
	Related     []rdRelated    `json:"relatedLocations,omitempty"`
}

type rdSource struct {
	Name string `json:"name"`
}

type rdReport struct {
	Source      rdSource       `json:"source"`
	Severity    string         `json:"severity"`
	Diagnostics []rdDiagnostic `json:"diagnostics"`
}

// rdSpan counts columns in UTF-8 bytes, as reviewdog's diagnostic format does.
func rdSpan(s source.Span) *rdRange {
	if s.File == nil {
		return nil
	}
	at := func(off int) rdPosition {
		p := s.File.Position(off)
		return rdPosition{p.Line, off - s.File.LineStart(p.Line) + 1}
	}
	return &rdRange{at(s.Start), at(s.End)}
}

func writeRDJSON(w io.Writer, l diag.List, o Options) error {
	r := rdReport{Source: rdSource{"banxin"}, Severity: "WARNING", Diagnostics: []rdDiagnostic{}}
	for _, d := range l {
		sev := map[diag.Severity]string{diag.Error: "ERROR", diag.Warning: "WARNING", diag.Note: "INFO"}[d.Severity]
		rd := rdDiagnostic{Message: message(d, o.Lang), Location: rdLocation{o.place(d.Span), rdSpan(d.Span)}, Severity: sev, Code: rdCode{d.Code}}
		if d.Fix != nil {
			for _, e := range d.Fix.Edits {
				if r := rdSpan(e.Span); r != nil && e.Span.File == d.Span.File {
					rd.Suggestions = append(rd.Suggestions, rdSuggestion{*r, e.New})
				}
			}
		}
		for _, rel := range d.Related {
			rd.Related = append(rd.Related, rdRelated{rel.Message.In(o.Lang), rdLocation{o.place(rel.Span), rdSpan(rel.Span)}})
		}
		r.Diagnostics = append(r.Diagnostics, rd)
	}
	return encode(w, r)
}
