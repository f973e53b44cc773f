// Package texmath reads formulae in TeX's notation and sets them: as a frame
// of glyphs for pages, by the rules of The TeXbook's Appendix G with the
// measures of an OpenType MATH face, or as MathML for e-books.
//
// It reads what writers of LaTeX and KaTeX expect of a formula. What it cannot
// read is an error with its place; nothing is set halfway.
package texmath

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Options say how a formula is read.
type Options struct {
	// Macros are the book's own commands: a name with its backslash and what
	// it stands for, with #1 to #9 for its arguments.
	Macros map[string]string
}

// Formula is a formula that has been read. It is immutable.
type Formula struct {
	src  string
	root *row
	tag  node // of \tag, nil without
}

// Error says where and why a formula cannot be read. Line and Col count from
// 1, Col in characters; Offset is in bytes of the source.
type Error struct {
	Offset, Line, Col int
	En, Zh            string
}

func (e *Error) Error() string { return fmt.Sprintf("formula %d:%d: %s", e.Line, e.Col, e.En) }

// Bounds of a formula. They are far beyond what anybody writes and keep time
// and memory in proportion to the source.
const (
	maxDepth  = 250     // groups within groups
	maxMacros = 10_000  // macros replaced in one formula
	maxTokens = 200_000 // tokens that macros may yield
)

// Parse reads a formula, without its delimiters.
func Parse(src string, o Options) (f *Formula, err *Error) {
	p := &parser{input: newInput(src, o)}
	defer func() {
		// Errors leave the descent by panic with a fault; see (*parser).fail.
		switch r := recover().(type) {
		case nil:
		case fault:
			f, err = nil, locate(src, r)
		default:
			panic(r)
		}
	}()
	kids := p.row(ending{})
	if t := p.peek(); t.text != "" {
		p.unexpected(t)
	}
	return &Formula{src: src, root: &row{kids: kids}, tag: p.tag}, nil
}

// fault is an error on its way out of the parser.
type fault struct {
	at     int
	en, zh string
}

func locate(src string, f fault) *Error {
	at := max(0, min(f.at, len(src)))
	start := strings.LastIndexByte(src[:at], '\n') + 1
	return &Error{
		Offset: at,
		Line:   1 + strings.Count(src[:at], "\n"),
		Col:    1 + utf8.RuneCountInString(src[start:at]),
		En:     f.en, Zh: f.zh,
	}
}

// Source returns the formula as it was written.
func (f *Formula) Source() string { return f.src }
