package pipeline

import (
	"fmt"

	"banxin/pipeline/diag"
)

// Edition is what a build is for. The values below are all there are; nothing
// elsewhere branches on the name.
type Edition struct {
	Name      string // check, proof, release: picks every rule's severity
	PDF, EPUB bool   // files to make
	Print     bool   // the file for the printer and its pagination
	// Package packs all of them with the cover for print and the docket.
	Package bool
	// Pages is whether the book is typeset: layout faults are known only then.
	Pages bool
	// FailOn is the severity at which a run fails; a release that fails ships
	// nothing unless Draft.
	FailOn diag.Severity
	// Ships says that findings at FailOn keep the files from being written.
	Ships bool
	// Draft writes the files all the same, stamped as a draft.
	Draft bool
}

// Check finds and reports; it typesets to find layout faults, and writes nothing.
func Check() Edition { return Edition{Name: "check", Pages: true, FailOn: diag.Error} }

// Proof makes the files whatever the findings, to be read and marked.
func Proof() Edition {
	return Edition{Name: "proof", PDF: true, EPUB: true, Pages: true, FailOn: diag.Never}
}

// Release makes the files that are sold: none if something stands against it.
func Release() Edition {
	return Edition{Name: "release", PDF: true, Print: true, EPUB: true, Pages: true, FailOn: diag.Error, Ships: true}
}

// AsItComes makes the files of a manuscript that has no book.yaml: nobody has
// said yet that it is a release, so what is lost is an error and said, but
// nothing is refused.
func AsItComes() Edition {
	return Edition{Name: "proof", PDF: true, EPUB: true, Pages: true, FailOn: diag.Error}
}

// ParseEdition returns the edition of that name.
func ParseEdition(name string) (Edition, error) {
	for _, e := range []Edition{Check(), Proof(), Release()} {
		if e.Name == name {
			return e, nil
		}
	}
	return Edition{}, fmt.Errorf("unknown edition %q (release, proof, check)", name)
}
