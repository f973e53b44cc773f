package dedup

import (
	"strings"
	"testing"

	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

// Every rule's example must trigger it.
func TestExamplesTriggerTheirRules(t *testing.T) {
	for _, r := range repeatRules() {
		if _, _, ds := Merge(parse(file("a.md", r.Example)), Decisions{}); !hasCode(ds, r.Code) {
			t.Errorf("%s: the example gives %v", r.Code, codes(ds))
		}
	}
	b := parse(file("a.md", mendable))
	names := read(b).namer()
	for _, r := range decisionRules() {
		// The examples' names stand for sections of the book they are tried on.
		text := strings.NewReplacer("s:1a2b3c4d", names.sections[0], "s:5e6f7a8b", names.sections[1],
			"s:00000000~1a2b3c4d 选址", strings.Replace(names.reference(2), names.sections[2], "s:00000000", 1)).Replace(r.Example)
		d, ds, err := ParseDecisions(source.NewFile("decisions.yaml", []byte(text)))
		if err != nil {
			t.Fatal(err)
		}
		_, _, more := Merge(b, d)
		if !hasCode(append(ds, more...), r.Code) {
			t.Errorf("%s: the example gives %v", r.Code, codes(append(ds, more...)))
		}
	}
}

func codes(ds diag.List) []string {
	var out []string
	for _, d := range ds {
		out = append(out, d.Code)
	}
	return out
}

func TestRulesAreSaidInBothLanguages(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Rules() {
		for _, x := range []diag.Text{r.What, r.Why, r.Fix} {
			if x.En == "" || x.Zh == "" {
				t.Errorf("%s: a text is missing", r.Code)
			}
		}
		if r.Example == "" || seen[r.Code] {
			t.Errorf("%s: no example, or twice", r.Code)
		}
		seen[r.Code] = true
	}
}
