package pipeline

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"banxin/pipeline/diag"
)

// Baseline is findings recorded earlier, by fingerprint: they are left out of
// a report, so that a check fails only on what is new.
type Baseline struct {
	entries []baselineEntry
	known   map[string]bool
	// lenient baselines do not report entries that are gone.
	lenient bool
}

// BaselineOf is the findings of another run as a baseline that does not mind
// if some of them are gone.
func BaselineOf(l diag.List) *Baseline {
	b := &Baseline{known: map[string]bool{}, lenient: true}
	for _, id := range diag.Fingerprints(l) {
		b.known[id] = true
	}
	return b
}

type baselineEntry struct {
	Fingerprint string `json:"fingerprint"`
	Code        string `json:"code"`
	File        string `json:"file,omitempty"`
	Message     string `json:"message"`
}

type baselineFile struct {
	Format   string          `json:"format"`
	Findings []baselineEntry `json:"findings"`
}

const baselineFormat = "banxin-baseline/1"

// ParseBaseline reads what WriteBaseline wrote. A damaged file is an error,
// never an empty baseline.
func ParseBaseline(data []byte) (*Baseline, error) {
	var f baselineFile
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		return nil, fmt.Errorf("not a baseline: %w", err)
	}
	if f.Format != baselineFormat {
		return nil, fmt.Errorf("its format is %q, not %q", f.Format, baselineFormat)
	}
	b := &Baseline{entries: f.Findings, known: map[string]bool{}}
	for _, e := range f.Findings {
		if e.Fingerprint == "" {
			return nil, errors.New("an entry has no fingerprint")
		}
		b.known[e.Fingerprint] = true
	}
	return b, nil
}

// WriteBaseline records findings.
func WriteBaseline(l diag.List) []byte {
	f := baselineFile{Format: baselineFormat, Findings: []baselineEntry{}}
	for i, id := range diag.Fingerprints(l) {
		f.Findings = append(f.Findings, baselineEntry{id, l[i].Code, l[i].Pos().Path, l[i].Message.En})
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(f); err != nil {
		panic(err) // strings always encode
	}
	return b.Bytes()
}

// apply drops known findings, and reports entries that found nothing.
func (b *Baseline) apply(l diag.List) diag.List {
	if b == nil {
		return l
	}
	met := map[string]bool{}
	var out diag.List
	for i, id := range diag.Fingerprints(l) {
		met[id] = true
		if !b.known[id] {
			out = append(out, l[i])
		}
	}
	if b.lenient {
		return out
	}
	stale := slices.DeleteFunc(slices.Clone(b.entries), func(e baselineEntry) bool { return met[e.Fingerprint] })
	for _, e := range stale {
		d := diag.Diagnostic{Code: "baseline-stale", Key: e.Fingerprint,
			Message: diag.T("the baseline records a finding that is gone: %[1]s [%[2]s]", "基线中记录的问题已不存在：%[1]s [%[2]s]", e.Message, e.Code),
			Hint:    diag.T("record the baseline anew with --update-baseline", "用 --update-baseline 重新记录基线")}
		out = append(out, d)
	}
	return out
}
