package dedup

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"banxin/pipeline/source"
)

func TestParseDecisionsIsAnErrorOnlyForBadYAML(t *testing.T) {
	for _, c := range []struct {
		text string
		bad  bool
	}{
		{"", false},
		{"# nothing yet\n", false},
		{"decisions:\n", false},
		{"decisions: []\n", false},
		{"decisions:\n  - cut: [s:1\n", true},
		{"\tdecisions: x\n", true},
	} {
		_, _, err := ParseDecisions(source.NewFile("decisions.yaml", []byte(c.text)))
		if (err != nil) != c.bad {
			t.Errorf("%q: error %v", c.text, err)
		}
		if err != nil && !strings.HasPrefix(err.Error(), "read decisions decisions.yaml: [") {
			t.Errorf("%q: error without a line: %v", c.text, err)
		}
	}
}

const mendable = `## 1.1 选址

码头离市区近，货轮随时可以停靠，租金也便宜，适合小本经营的商号长期租用，不必另付押金，水电由码头统一供给。

## 1.2 其他

账目每季核对一次，差错在百分之一以内不追究。

## 2.1 选址

码头离市区近，货轮随时可以停靠，租金也便宜，适合小本经营的商号长期租用，夜里封闭，另有巡更，周末可以预约。
`

// A typo mended inside a decided pair is a note, and Refresh renews the name.
func TestMendedTextIsFoundAgain(t *testing.T) {
	before := parse(file("a.md", mendable))
	s := read(before)
	n := s.namer()
	yaml := "# kept by hand\ndecisions:\n  - keep: " + n.reference(0) + "\n    drop: " + n.reference(2) + "\n    reason: 原处\n"
	mended := parse(file("a.md", strings.Replace(mendable, "租金也便宜", "租金亦便宜", 1)))
	d, _, err := ParseDecisions(source.NewFile("decisions.yaml", []byte(yaml)))
	if err != nil {
		t.Fatal(err)
	}
	b, _, diags := Merge(mended, d)
	if len(b.Sections) != 2 {
		t.Errorf("the decision did not hold:\n%s", dump(b))
	}
	if !hasCode(diags, "decision-rematched") || hasCode(diags, "decision-stale") {
		t.Errorf("diagnostics: %v", diags)
	}
	text, renewed, err := Refresh(source.NewFile("decisions.yaml", []byte(yaml)), mended)
	if err != nil || renewed != 1 || !strings.HasPrefix(string(text), "# kept by hand\n") {
		t.Fatalf("renewed %d, %v:\n%s", renewed, err, text)
	}
	d, _, _ = ParseDecisions(source.NewFile("decisions.yaml", text))
	if _, _, diags := Merge(mended, d); hasCode(diags, "decision-rematched") {
		t.Errorf("still rematched after refresh:\n%s", text)
	}
}

func FuzzParseDecisions(f *testing.F) {
	f.Add("decisions:\n  - keep: s:1\n    drop: [s:2, s:3]\n    reason: x\n")
	f.Add("decisions:\n  - wrap: {a: b}\n    title: 2\n")
	b := parse(file("a.md", mendable))
	f.Fuzz(func(t *testing.T, text string) {
		d, _, err := ParseDecisions(source.NewFile("d.yaml", []byte(text)))
		if err == nil {
			Merge(b, d)
		}
	})
}

func TestAppendDecisionReadsBack(t *testing.T) {
	want := Decision{Verb: "keep", What: []string{"s:1a2b3c4d#2~00000000 it's: 甲"}, Drop: []string{"s:2", "s:3"}, Own: true, Reason: "第一份 # 较全"}
	text := AppendDecision(nil, Decision{Verb: "cut", What: []string{"u:1"}, Reason: "x"})
	text = AppendDecision(source.NewFile("d.yaml", text), want)
	d, ds, err := ParseDecisions(source.NewFile("d.yaml", text))
	if err != nil || len(ds) > 0 || len(d.List) != 2 {
		t.Fatalf("%v %v\n%s", err, ds, text)
	}
	got := d.List[1]
	got.Span = source.Span{}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A unit with a slip mended is found by the words after its name.
func TestMendedUnitIsFoundAgain(t *testing.T) {
	s := read(parse(file("a.md", mendable)))
	n := s.namer()
	ref := s.unitName(s.parts[1].lo) + " 账目每季核对一次，差错在百分之一"
	yaml := "decisions:\n  - carry: " + ref + "\n    into: " + n.reference(0) + "\n    reason: x\n"
	mended := parse(file("a.md", strings.Replace(mendable, "每季核对", "每月核对", 1)))
	d, _, _ := ParseDecisions(source.NewFile("d.yaml", []byte(yaml)))
	if _, _, ds := Merge(mended, d); !hasCode(ds, "decision-rematched") || hasCode(ds, "decision-lost") {
		t.Errorf("diagnostics: %v", codes(ds))
	}
	text, renewed, err := Refresh(source.NewFile("d.yaml", []byte(yaml)), mended)
	if err != nil || renewed != 1 {
		t.Fatalf("renewed %d, %v:\n%s", renewed, err, text)
	}
	d, _, _ = ParseDecisions(source.NewFile("d.yaml", text))
	if _, _, ds := Merge(mended, d); hasCode(ds, "decision-rematched") {
		t.Errorf("still rematched after refresh:\n%s", text)
	}
}
