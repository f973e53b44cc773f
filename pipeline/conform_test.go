//go:build conform

package pipeline_test

import (
	"testing"

	"banxin/pipeline"
)

// TestBookKeepsText: no letter of this repository's own book is lost.
func TestBookKeepsText(t *testing.T) {
	e := pipeline.Release()
	e.Draft = true
	out, err := pipeline.Build(bookInput(t), e)
	if err != nil {
		t.Fatal(err)
	}
	keepsText(t, out)
}
