package pipeline

import (
	"strings"
	"testing"

	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

func findings(text string, codes ...string) diag.List {
	f := source.NewFile("a.md", []byte(text))
	var l diag.List
	for i, c := range codes {
		l.Add(c, source.Span{File: f, Start: i, End: i + 1}, diag.T("found "+c, ""))
	}
	return l
}

func codes(l diag.List) string {
	var out []string
	for _, d := range l {
		out = append(out, d.Code)
	}
	return strings.Join(out, " ")
}

func TestBaseline(t *testing.T) {
	old := findings("abc", "x", "y")
	b, err := ParseBaseline(WriteBaseline(old))
	if err != nil {
		t.Fatal(err)
	}
	if got := codes(b.apply(findings("abc", "x", "y"))); got != "" {
		t.Errorf("known findings are reported: %s", got)
	}
	if got := codes(b.apply(findings("abc", "x", "y", "z"))); got != "z" {
		t.Errorf("a new finding: %q, want z", got)
	}
	moved := findings("\n\nabc", "-", "-", "x", "y")[2:]
	if got := codes(b.apply(moved)); got != "" {
		t.Errorf("findings lost their identity when lines moved: %s", got)
	}
	if got := codes(b.apply(findings("abc", "x"))); got != "baseline-stale" {
		t.Errorf("a stale entry: %q", got)
	}
	for _, bad := range []string{"", "{}", `{"format":"banxin-baseline/1","findings":[{"code":"x"}]}`, `{"format":"other","findings":[]}`} {
		if _, err := ParseBaseline([]byte(bad)); err == nil {
			t.Errorf("a damaged baseline was accepted: %s", bad)
		}
	}
}

func TestSuppressions(t *testing.T) {
	f := source.NewFile("a.md", []byte(strings.Join([]string{
		"<!-- banxin-disable-next-line x -- it is so -->", // 1
		"bad x",                                 // 2
		"bad x",                                 // 3
		"<!-- banxin-disable x, y -- meant -->", // 4
		"bad x y",                               // 5
		"<!-- banxin-enable x -->",              // 6
		"bad x",                                 // 7
		"```",                                   // 8
		"<!-- banxin-disable-next-line x -- in code -->", // 9
		"```",                                 // 10
		"bad x",                               // 11
		"<!-- banxin-disable-next-line z -->", // 12
		"bad z",                               // 13
		"<!-- banxin-disable-next-line w -- nothing -->", // 14
	}, "\n")))
	var l diag.List
	for _, at := range []struct {
		code string
		line int
	}{{"x", 2}, {"x", 3}, {"x", 5}, {"y", 5}, {"z", 5}, {"x", 7}, {"x", 11}, {"z", 13}} {
		p := f.LineStart(at.line)
		l.Add(at.code, source.Span{File: f, Start: p, End: p + 3}, diag.T("m", ""))
	}
	var got []string
	for _, d := range silence(l, suppressions([]*source.File{f})) {
		got = append(got, d.Code+":"+strings.TrimSpace(string(rune('0'+d.Pos().Line/10)))+string(rune('0'+d.Pos().Line%10)))
	}
	want := "x:03 z:05 x:07 x:11 suppression-unused:12 suppression-unused:14"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("left: %s\nwant: %s", s, want)
	}
}
