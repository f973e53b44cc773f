package pipeline

import (
	"embed"
	"fmt"
	"io/fs"
)

// specimenFiles is a small book in which every style of a layout occurs.
//
//go:embed specimen
var specimenFiles embed.FS

// Specimen sets a small book of every style in a layout and returns the PDF.
// Only in's Layouts, Fonts and Date count.
func Specimen(in Input, name string) ([]byte, error) {
	files, err := fs.Sub(specimenFiles, "specimen")
	if err != nil {
		return nil, fmt.Errorf("open specimen: %w", err)
	}
	in.Manuscript, in.Layout = files, name
	o, err := Build(in, Edition{Name: "proof", PDF: true, Pages: true, FailOn: Proof().FailOn})
	if err != nil {
		return nil, err
	}
	if data := o.Files[o.Slug+".pdf"]; data != nil {
		return data, nil
	}
	return nil, fmt.Errorf("set specimen of layout %s: no PDF came of it", name)
}
