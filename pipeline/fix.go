package pipeline

import (
	"cmp"
	"io"
	"slices"

	"banxin/pipeline/dedup"
	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

// Change is a manuscript file and what it becomes.
type Change struct {
	Path string
	Text []byte
	Diff string // unified
}

// Fixes applies the safe edits that the findings carry. Of two edits that
// overlap the first wins; the other is found again by the next run.
func (o *Output) Fixes() []Change {
	edits := map[*source.File][]diag.Edit{}
	for _, d := range o.Diags {
		if d.Fix == nil {
			continue
		}
		for _, e := range d.Fix.Edits {
			if e.Span.File != nil {
				edits[e.Span.File] = append(edits[e.Span.File], e)
			}
		}
	}
	var out []Change
	for _, f := range o.project.Manuscript.Files {
		if now := edited(f, edits[f]); now != nil {
			out = append(out, change(f, now))
		}
	}
	return out
}

// edited is the file with the edits made; nil without any.
func edited(f *source.File, edits []diag.Edit) *source.File {
	if len(edits) == 0 {
		return nil
	}
	slices.SortStableFunc(edits, func(a, b diag.Edit) int { return a.Span.Start - b.Span.Start })
	var text []byte
	at := 0
	for _, e := range edits {
		if e.Span.Start < at || e.Span.End < e.Span.Start || e.Span.End > len(f.Text) {
			continue
		}
		text = append(append(text, f.Text[at:e.Span.Start]...), e.New...)
		at = e.Span.End
	}
	return source.NewFile(f.Path, append(text, f.Text[at:]...))
}

func change(old, now *source.File) Change {
	return Change{old.Path, now.Text, dedup.UnifiedDiff(old, now)}
}

// Rewritten is the manuscript with its repeats resolved in the text itself.
func (o *Output) Rewritten() []Change {
	var out []Change
	for i, f := range dedup.Rewrite(o.Written, o.decisions) {
		if old := o.Written.Files[i]; old != f {
			out = append(out, change(old, f))
		}
	}
	return out
}

// Refreshed is the decisions file with the fingerprints renewed; ok is false
// if the book has none or nothing changed.
func (o *Output) Refreshed() (c Change, renewed int, ok bool, err error) {
	f := o.project.Decisions
	if f == nil {
		return c, 0, false, nil
	}
	text, renewed, err := dedup.Refresh(f, o.Written)
	if err != nil || renewed == 0 {
		return c, 0, false, err
	}
	return change(f, source.NewFile(f.Path, text)), renewed, true, nil
}

// ReviewRepeats asks about the repeats that wait for a person and calls save
// with the decisions file after every answer. It returns how many were decided.
func (o *Output) ReviewRepeats(in io.Reader, out io.Writer, lang string, save func(Change) error) (int, error) {
	f := o.project.Decisions
	path := cmp.Or(o.project.Config.Decisions, "decisions.yaml")
	return dedup.Review(o.Repeats, in, out, lang, func(ds []dedup.Decision) error {
		var text []byte
		for _, d := range ds {
			text = dedup.AppendDecision(f, d)
			f = source.NewFile(path, text)
		}
		return save(Change{Path: path, Text: text})
	})
}
