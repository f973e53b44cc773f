package report

import (
	"io"
	"net/url"
	"unicode/utf8"

	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

// The types below are the part of SARIF 2.1.0 that banxin writes.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		Version        string      `json:"version,omitempty"`
		InformationURI string      `json:"informationUri,omitempty"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifRule struct {
		ID      string      `json:"id"`
		Short   sarifText   `json:"shortDescription"`
		Full    *sarifText  `json:"fullDescription,omitempty"`
		Help    *sarifText  `json:"help,omitempty"`
		Default sarifConfig `json:"defaultConfiguration"`
	}
	sarifConfig struct {
		Enabled bool   `json:"enabled"`
		Level   string `json:"level"`
	}
	sarifResult struct {
		RuleID       string            `json:"ruleId"`
		RuleIndex    *int              `json:"ruleIndex,omitempty"`
		Level        string            `json:"level"`
		Message      sarifText         `json:"message"`
		Locations    []sarifLocation   `json:"locations"`
		Related      []sarifLocation   `json:"relatedLocations,omitempty"`
		Fingerprints map[string]string `json:"partialFingerprints"`
		Fixes        []sarifFix        `json:"fixes,omitempty"`
	}
	sarifLocation struct {
		ID       *int          `json:"id,omitempty"`
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifText    `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
		EndLine     int `json:"endLine"`
		EndColumn   int `json:"endColumn"`
	}
	sarifFix struct {
		Description sarifText     `json:"description"`
		Changes     []sarifChange `json:"artifactChanges"`
	}
	sarifChange struct {
		Artifact     sarifArtifact      `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted  sarifRegion `json:"deletedRegion"`
		Inserted sarifText   `json:"insertedContent"`
	}
)

func sarifLevel(s diag.Severity) string {
	switch s {
	case diag.Error:
		return "error"
	case diag.Warning:
		return "warning"
	case diag.Note:
		return "note"
	}
	return "none"
}

// writeSARIF keeps text in English, as JSON does: the ids and texts of a run
// must not depend on a machine's locale.
func writeSARIF(w io.Writer, l diag.List, o Options) error {
	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{Name: "banxin", Version: o.Version, Rules: []sarifRule{}}
	index := map[string]int{}
	for _, r := range o.Rules {
		index[r.Code] = len(run.Tool.Driver.Rules)
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRuleOf(r, o.Edition))
	}
	ids := diag.Fingerprints(l)
	for i, d := range l {
		res := sarifResult{RuleID: d.Code, Level: sarifLevel(d.Severity), Message: sarifText{message(d, "en")},
			Locations: []sarifLocation{o.sarifLocation(d.Span)}, Fingerprints: map[string]string{"banxin/v1": ids[i]}}
		if n, ok := index[d.Code]; ok {
			res.RuleIndex = &n
		}
		for k, rel := range d.Related {
			loc := o.sarifLocation(rel.Span)
			loc.ID, loc.Message = &k, &sarifText{rel.Message.En}
			res.Related = append(res.Related, loc)
		}
		if d.Fix != nil {
			res.Fixes = []sarifFix{o.sarifFix(d.Fix)}
		}
		run.Results = append(run.Results, res)
	}
	return encode(w, sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}

func sarifRuleOf(r diag.Rule, edition string) sarifRule {
	sev := r.Severity(edition)
	out := sarifRule{ID: r.Code, Short: sarifText{r.What.En}, Default: sarifConfig{sev != diag.Off, sarifLevel(sev)}}
	if r.What.En == "" {
		out.Short.Text = r.Code
	}
	if r.Why.En != "" {
		out.Full = &sarifText{r.Why.En}
	}
	if r.Fix.En != "" {
		out.Help = &sarifText{r.Fix.En}
	}
	return out
}

func (o Options) sarifLocation(s source.Span) sarifLocation {
	loc := sarifLocation{Physical: sarifPhysical{Artifact: sarifArtifact{(&url.URL{Path: o.place(s)}).EscapedPath()}}}
	if s.File != nil {
		r := sarifRegionOf(s)
		loc.Physical.Region = &r
	}
	return loc
}

func sarifRegionOf(s source.Span) sarifRegion {
	a, z := s.Pos(), s.EndPos()
	return sarifRegion{a.Line, a.Column, z.Line, z.Column}
}

// sarifFix groups a fix's edits by file, in order.
func (o Options) sarifFix(f *diag.Fix) sarifFix {
	out := sarifFix{Description: sarifText{f.Message.En}}
	at := map[string]int{}
	for _, e := range f.Edits {
		uri := (&url.URL{Path: o.place(e.Span)}).EscapedPath()
		i, ok := at[uri]
		if !ok {
			i = len(out.Changes)
			at[uri] = i
			out.Changes = append(out.Changes, sarifChange{Artifact: sarifArtifact{uri}})
		}
		text := e.New
		if !utf8.ValidString(text) {
			text = string([]rune(text))
		}
		out.Changes[i].Replacements = append(out.Changes[i].Replacements, sarifReplacement{sarifRegionOf(e.Span), sarifText{text}})
	}
	return out
}
