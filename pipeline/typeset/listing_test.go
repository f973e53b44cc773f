package typeset

import "testing"

// Two lines that are not blank stand on either side of a page break.
func TestGlueEnds(t *testing.T) {
	full := []bool{true, false, true, true, true, false, true}
	atoms := make([]atom, len(full))
	glueEnds(atoms, full)
	want := []bool{true, true, false, false, true, true, false}
	for i, a := range atoms {
		if a.glued != want[i] {
			t.Errorf("atom %d: glued %v, want %v", i, a.glued, want[i])
		}
	}
}
