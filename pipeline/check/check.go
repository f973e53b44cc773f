// Package check reads a book as a copy-editor does before print: headings,
// numbers, the typed contents list, metadata, typed bibliographies, formulae,
// figures, and the marks and spaces of the running text.
//
// A rule is a value: its documentation, which version of the book it reads and
// the function that reads it. What the merge resolved (a copy dropped, a
// section moved and so numbered anew) is no finding any more.
package check

import (
	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/source"
	"banxin/pipeline/xref"
)

// Input is what the rules read.
type Input struct {
	// Parsed is the book before outline: headings with their # counts and
	// their words as typed. Nil: headings are read from Written, which lacks
	// the title's.
	Parsed *book.Book
	// Written is the book after outline, Merged after dedup; Index is Merged's.
	// A nil Merged is the book as written; a nil Index resolves nothing.
	Written, Merged *book.Book
	Index           *xref.Index
	Options         Options
}

// Options are what the project knows and the rules need.
type Options struct {
	// Chapters say what a contents file (SUMMARY.md) calls each file.
	Chapters map[string]book.ChapterFile
	// LatexFences is the author's word on ```latex fences: "math", "code", or
	// "" where he left it to the program.
	LatexFences string
	// Glossary are words whose spelling is settled. Empty: no such rule runs.
	Glossary []Term
	// Config is book.yaml, where metadata belongs; nil if there is none.
	Config *source.File
}

// Term is a word of the glossary with spellings that are to be reported.
type Term struct {
	Word     string
	Variants []string
}

// version says which book a rule reads.
type version uint8

const (
	// written: the book as typed; a finding is kept while what it speaks of
	// still stands in the merged book.
	written version = iota
	// merged: the book as it will be printed.
	merged
)

// rule is a kind of finding and how it is found. run is nil where another
// rule's pass finds it; a pass without a Code finds what other stages declare.
type rule struct {
	diag.Rule
	reads version
	run   func(*survey) diag.List
}

// rules are all rules, by family.
func rules() []rule {
	var all []rule
	for _, family := range [...][]rule{
		headingRules(), numberRules(), contentsRules(), idRules(), metaRules(), bibliographyRules(),
		citationRules(), mathRules(), diagramRules(), figureRules(), termRules(), punctuationRules(), styleRules(),
	} {
		all = append(all, family...)
	}
	return all
}

// Rules documents the rules of this package. Codes that another stage declares
// too (bib-uncited, bib-duplicate, bib-field-missing: cite reads .bib files,
// check the lists typed in the text) are documented there.
func Rules() []diag.Rule {
	var out []diag.Rule
	for _, r := range rules() {
		if r.Code != "" {
			out = append(out, r.Rule)
		}
	}
	return out
}

// Run applies every rule, in the order of the catalogue.
func Run(in Input) diag.List {
	if in.Written == nil {
		return nil
	}
	s := newSurvey(in)
	var found diag.List
	for _, r := range rules() {
		if r.run == nil {
			continue
		}
		s.book = s.written
		if r.reads == merged {
			s.book = s.merged
		}
		found = append(found, r.run(s)...)
	}
	return found
}

// enough bounds the findings of a rule of marks or spaces: a file that is wrong
// throughout (a table of numbers read as prose, megabytes on one line) must not
// cost memory without end.
const enough = 20000

// define makes a rule of its documentation: severities for check, proof and
// release, what it flags, why, and how to mend it.
func define(code string, check, proof, release diag.Severity, what, why, fix diag.Text, example string) rule {
	return rule{Rule: diag.Rule{Code: code, Check: check, Proof: proof, Release: release, What: what, Why: why, Fix: fix, Example: example}}
}

// by completes a rule with what it reads and how.
func (r rule) by(v version, run func(*survey) diag.List) rule {
	r.reads, r.run = v, run
	return r
}

func text(en, zh string) diag.Text { return diag.Text{En: en, Zh: zh} }
