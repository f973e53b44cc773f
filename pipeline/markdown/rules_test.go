package markdown

import (
	"testing"

	"banxin/pipeline/source"
)

// TestRuleExamples: every rule is explained in both languages, and its example
// triggers it.
func TestRuleExamples(t *testing.T) {
	for _, r := range Rules() {
		for _, x := range []string{r.What.En, r.What.Zh, r.Why.En, r.Why.Zh, r.Fix.En, r.Fix.Zh} {
			if x == "" {
				t.Errorf("%s is not explained", r.Code)
			}
		}
		_, diags := Parse(&source.Manuscript{Files: []*source.File{source.NewFile("a.md", []byte(r.Example))}}, Options{})
		found := false
		for _, d := range diags {
			found = found || d.Code == r.Code
		}
		if !found {
			t.Errorf("%s: its example %q does not trigger it: %v", r.Code, r.Example, diags)
		}
	}
}
