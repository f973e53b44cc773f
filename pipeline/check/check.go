// Package check holds the rules about a book, as written and as merged.
package check

import (
	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/xref"
)

// Input is what the rules read.
type Input struct {
	Written, Merged *book.Book
	Index           *xref.Index
}

// Rules are the rules of this package.
func Rules() []diag.Rule { return nil }

// Run applies every rule.
func Run(in Input) diag.List { return nil }
