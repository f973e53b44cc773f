package dedup

import (
	"encoding/json"
	"fmt"
	"strings"

	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

// Range is lines of a file, 1-based and inclusive.
type Range struct {
	File  string `json:"file"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// rangeOf returns the lines a span covers; a final line end is not one more.
func rangeOf(s source.Span) Range {
	if s.File == nil {
		return Range{}
	}
	end := s.End
	for end > s.Start && end <= len(s.File.Text) && (s.File.Text[end-1] == '\n' || s.File.Text[end-1] == '\r') {
		end--
	}
	a, b := s.File.Position(s.Start), s.File.Position(end)
	return Range{a.Path, a.Line, b.Line}
}

type finding struct {
	ID    string  `json:"id"`
	A     Range   `json:"a"`
	B     Range   `json:"b"`
	Kind  Kind    `json:"kind"`
	Score float64 `json:"score"`
	Rule  Rule    `json:"rule"`
}

// Findings writes the repeats as dup-findings/1: a JSON object with the list
// findings, every pair of every cluster, a partial repeat passage by passage.
func Findings(r *Report) []byte {
	out := struct {
		Format   string    `json:"format"`
		Findings []finding `json:"findings"`
	}{Format: "dup-findings/1", Findings: []finding{}}
	for _, p := range r.Pairs {
		if p.Kind != Partial {
			out.Findings = append(out.Findings, finding{p.Cluster, rangeOf(p.A), rangeOf(p.B), p.Kind, round(p.Score), p.Rule})
			continue
		}
		for _, m := range passagesOf(p.Matches) {
			out.Findings = append(out.Findings, finding{p.Cluster, rangeOf(m.A), rangeOf(m.B), Partial, round(m.Score), p.Rule})
		}
	}
	return encode(out)
}

// passagesOf joins matches whose units follow one another on both sides.
func passagesOf(ms []Match) []Match {
	var out []Match
	for _, m := range ms {
		if n := len(out); n > 0 && follows(out[n-1].A, m.A) && follows(out[n-1].B, m.B) {
			l := &out[n-1]
			l.A, l.B = l.A.Join(m.A), l.B.Join(m.B)
			l.Exact, l.Score = l.Exact && m.Exact, min(l.Score, m.Score)
			continue
		}
		out = append(out, m)
	}
	return out
}

// follows reports whether b begins after a with nothing but marks between.
func follows(a, b source.Span) bool {
	if a.File != b.File || b.Start < a.Start {
		return false
	}
	if b.Start <= a.End {
		return true
	}
	return strings.Trim(string(a.File.Text[a.End:b.Start]), " \t\r\n-*+0123456789.)>") == ""
}

func round(f float64) float64 { return float64(int(f*1000+0.5)) / 1000 }

func encode(v any) []byte {
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		panic("dedup: " + err.Error()) // plain structs always encode
	}
	return append(b, '\n')
}

type clusterJSON struct {
	ID       string     `json:"id"`
	Kind     Kind       `json:"kind"`
	Rule     Rule       `json:"rule"`
	Score    float64    `json:"score"`
	Outcome  Outcome    `json:"outcome"`
	Decision string     `json:"decision,omitempty"`
	Reason   string     `json:"reason,omitempty"`
	Copies   []copyJSON `json:"copies"`
	Lost     []lostJSON `json:"lost,omitempty"`
}

type copyJSON struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	Range
	Kept bool `json:"kept"`
}

type lostJSON struct {
	Name    string `json:"name"`
	Section string `json:"section"`
	Range
	Text   string `json:"text"`
	Why    string `json:"why"`
	Reason string `json:"reason,omitempty"`
}

// JSON writes the whole report.
func JSON(r *Report) []byte {
	out := struct {
		Format   string        `json:"format"`
		Clusters []clusterJSON `json:"clusters"`
		Dropped  []lostJSON    `json:"dropped"`
	}{Format: "banxin-dedup/1", Clusters: []clusterJSON{}, Dropped: lostRows(r.Dropped)}
	for _, c := range r.Clusters {
		e := clusterJSON{c.ID, c.Kind, c.Rule, round(c.Score), c.Outcome, c.Decision, c.Reason, nil, lostRows(c.Lost)}
		for i, x := range c.Copies {
			e.Copies = append(e.Copies, copyJSON{x.Name, x.Title, rangeOf(x.Span), i == c.Kept})
		}
		out.Clusters = append(out.Clusters, e)
	}
	return encode(out)
}

func lostRows(ls []Lost) []lostJSON {
	out := []lostJSON{}
	for _, l := range ls {
		out = append(out, lostJSON{l.Name, l.Section, rangeOf(l.Span), l.Text, l.Why, l.Reason})
	}
	return out
}

// DroppedMarkdown lists every dropped unit without a match in what is kept,
// with its text in full, for out/<slug>.dropped.md.
func DroppedMarkdown(r *Report, lang string) string {
	var b strings.Builder
	b.WriteString("# " + diag.T("Text left out of the book", "未收入成书的文字").In(lang) + "\n\n")
	if len(r.Dropped) == 0 {
		b.WriteString(diag.T("None: every block is in the book, or a repeat of one that is.", "无：每一处都在书中，或与书中某处重复。").In(lang) + "\n")
		return b.String()
	}
	section := ""
	for _, l := range r.Dropped {
		if l.Section != section {
			section = l.Section
			b.WriteString("## " + section + "\n\n")
		}
		g := rangeOf(l.Span)
		fmt.Fprintf(&b, "%s, %s:%d", l.Name, g.File, g.Start)
		if l.Reason != "" {
			b.WriteString(diag.T(" — left out by decision: ", " —— 按决定略去：").In(lang) + l.Reason)
		} else {
			b.WriteString(diag.T(" — no match in the kept copy", " —— 留用的一份中没有对应").In(lang))
		}
		b.WriteString("\n\n" + quoted(l.Span.Text()) + "\n")
	}
	return b.String()
}

func quoted(s string) string {
	var b strings.Builder
	for line := range strings.Lines(strings.TrimSpace(s)) {
		b.WriteString("> " + strings.TrimRight(line, "\r\n") + "\n")
	}
	return b.String()
}
