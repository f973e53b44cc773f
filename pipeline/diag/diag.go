// Package diag is what the program says about a manuscript: diagnostics, and
// the rules that produce them. It never carries a failure of the program
// itself; that is an error.
package diag

import (
	"cmp"
	"fmt"
	"slices"

	"banxin/pipeline/source"
)

// Severity is how much a diagnostic matters in one edition.
type Severity uint8

const (
	Off Severity = iota
	Note
	Warning
	Error
	// Never is above Error: nothing fails a run with --fail-on never.
	Never
)

func (s Severity) String() string {
	return [...]string{"off", "note", "warning", "error", "never"}[s]
}

// ParseSeverity reads off, note, warning, error or never.
func ParseSeverity(s string) (Severity, error) {
	for v := Off; v <= Never; v++ {
		if v.String() == s {
			return v, nil
		}
	}
	return Off, fmt.Errorf("unknown severity %q (off, note, warning, error, never)", s)
}

// Text is a message in the two languages the program speaks.
type Text struct{ En, Zh string }

// T formats the same arguments into both languages. Zh may use explicit
// argument indexes (%[2]s) where the order differs.
func T(en, zh string, args ...any) Text {
	if len(args) == 0 {
		return Text{en, zh}
	}
	return Text{fmt.Sprintf(en, args...), fmt.Sprintf(zh, args...)}
}

// In returns the text in the language ("zh…" is Chinese, all else English).
func (t Text) In(lang string) string {
	if len(lang) >= 2 && lang[:2] == "zh" && t.Zh != "" {
		return t.Zh
	}
	return t.En
}

// Edit replaces a span's bytes.
type Edit struct {
	Span source.Span
	New  string
}

// Fix is a safe edit: applying it removes the finding and changes nothing a
// reader would see otherwise.
type Fix struct {
	Message Text
	Edits   []Edit
}

// Related is another place that a diagnostic speaks of.
type Related struct {
	Span    source.Span
	Message Text
}

// Diagnostic is one finding. Stages set everything but Severity, which
// pipeline/verdict.go sets from the rule, the edition and the book's settings.
type Diagnostic struct {
	Code     string
	Severity Severity
	Span     source.Span // zero: the whole book
	Message  Text
	Hint     Text
	Related  []Related
	Fix      *Fix
	// Key tells apart findings of one rule on one text where the span's own
	// text does not (a cluster id, a glyph); part of the fingerprint.
	Key string
}

// Pos returns where the diagnostic points.
func (d Diagnostic) Pos() source.Position { return d.Span.Pos() }

// List is diagnostics in the order they were found.
type List []Diagnostic

// Add appends a diagnostic of the rule code at span.
func (l *List) Add(code string, span source.Span, msg Text, hint ...Text) *Diagnostic {
	d := Diagnostic{Code: code, Span: span, Message: msg}
	if len(hint) > 0 {
		d.Hint = hint[0]
	}
	*l = append(*l, d)
	return &(*l)[len(*l)-1]
}

// Sort orders by path, offset, code, message; stable and total enough for
// byte-equal output.
func (l List) Sort() {
	slices.SortStableFunc(l, func(a, b Diagnostic) int {
		return cmp.Or(
			cmp.Compare(path(a), path(b)),
			cmp.Compare(a.Span.Start, b.Span.Start),
			cmp.Compare(a.Code, b.Code),
			cmp.Compare(a.Message.En, b.Message.En),
		)
	})
}

func path(d Diagnostic) string {
	if d.Span.File == nil {
		return ""
	}
	return d.Span.File.Path
}

// Worst returns the highest severity in the list, Off if it is empty.
func (l List) Worst() Severity {
	w := Off
	for _, d := range l {
		w = max(w, d.Severity)
	}
	return w
}

// Rule is a kind of diagnostic: what it flags and how much it matters in each
// edition. Every stage that reports anything exports Rules() []diag.Rule;
// pipeline/verdict.go joins them.
type Rule struct {
	Code                  string
	Check, Proof, Release Severity
	// What it flags, why it matters, and how to mend it: one to three
	// sentences each. Example is Markdown (or YAML) that triggers the rule.
	What, Why, Fix Text
	Example        string
}

// Severity returns the rule's default severity in an edition: check, proof or
// release.
func (r Rule) Severity(edition string) Severity {
	switch edition {
	case "proof":
		return r.Proof
	case "release":
		return r.Release
	}
	return r.Check
}
