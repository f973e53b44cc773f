package proof_test

import (
	"regexp"
	"strings"
	"testing"

	"banxin/pipeline/dedup"
	"banxin/pipeline/proof"
	"banxin/pipeline/source"
)

// TestHTMLStandsAlone: every link leads somewhere in the page, no id is there
// twice, nothing is fetched and nothing is run.
func TestHTMLStandsAlone(t *testing.T) {
	set, f := faces(t), manuscript()
	d := doc(set, f, 10)
	span := func(n int) source.Span {
		return source.Span{File: f, Start: f.LineStart(n), End: f.LineStart(n+1) - 1}
	}
	r := &dedup.Report{
		Clusters: []*dedup.Cluster{{ID: "r:1", Kept: -1, Copies: []dedup.Copy{{Title: "<One>", Units: []source.Span{span(2)}}, {Units: []source.Span{span(12)}}}}},
		Pairs:    []dedup.Pair{{Cluster: "r:1", A: span(2), B: span(12), Matches: []dedup.Match{{A: span(2), B: span(12)}}}},
	}
	old := doc(set, source.NewFile("a.md", []byte(strings.Replace(string(f.Text), "gamma", "gimme", 1))), 10)
	data, err := proof.HTML("A <book>", d, found(f, 3, 14), r, proof.Options{Earlier: old, Since: "v1"})
	if err != nil {
		t.Fatal(err)
	}
	s := string(data)
	ids := map[string]bool{}
	for _, m := range regexp.MustCompile(`\bid="([^"]*)"`).FindAllStringSubmatch(s, -1) {
		if ids[m[1]] {
			t.Errorf("id %q is there twice", m[1])
		}
		ids[m[1]] = true
	}
	for _, m := range regexp.MustCompile(`href="([^"]*)"`).FindAllStringSubmatch(s, -1) {
		if !strings.HasPrefix(m[1], "#") || !ids[m[1][1:]] {
			t.Errorf("a link to %q leads nowhere", m[1])
		}
	}
	for _, bad := range []string{"<script", "src=", "<book>", "<One>", "@import"} {
		if strings.Contains(s, bad) {
			t.Errorf("the page has %q", bad)
		}
	}
	for _, want := range []string{"A &lt;book&gt;", "something about beta", "a.md:14:7", "also p. 2", "&lt;One&gt;", "<ins>a</ins>"} {
		if !strings.Contains(s, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}
