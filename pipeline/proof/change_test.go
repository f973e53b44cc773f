package proof_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"banxin/pipeline/dedup"
	"banxin/pipeline/font"
	"banxin/pipeline/page"
	"banxin/pipeline/proof"
	"banxin/pipeline/source"
)

// paragraphs sets a paragraph a line of text, each a structure node of its own.
func paragraphs(set *font.Set, lines []string, perPage int) *page.Document {
	d := doc(set, source.NewFile("a.md", []byte(strings.Join(lines, "\n"))), perPage)
	d.Structure = []page.Node{{Type: "Document", Parent: -1}}
	for _, pg := range d.Pages {
		for i := range pg.Frame.Items {
			d.Structure = append(d.Structure, page.Node{Type: "P"})
			pg.Frame.Items[i].Tag = int32(len(d.Structure) - 1)
		}
	}
	return d
}

// changesOf is the list of changes a proof prints, without its mark and title.
func changesOf(t *testing.T, set *font.Set, old, now []string) []string {
	t.Helper()
	d := paragraphs(set, now, 10)
	p := proof.Pages(d, nil, nil, set, proof.Options{Earlier: paragraphs(set, old, 10), Since: "v1"})
	var out []string
	for _, pg := range p.Pages[len(d.Pages):] {
		out = append(out, strings.Split(page.TextOf(pg), "\n")[2:]...)
	}
	return out
}

// TestTenEdits makes ten edits and reads the list of changes: every one is
// there, and nothing else.
func TestTenEdits(t *testing.T) {
	set := faces(t)
	var old []string
	for i := range 40 {
		old = append(old, fmt.Sprintf("paragraph %c%c of the text says that all is well", 'a'+i/26, 'a'+i%26))
	}
	now := slices.Clone(old)
	now[0] = "new " + now[0]
	now[4] = strings.Replace(now[4], " all", "", 1)
	now[8] = strings.Replace(now[8], "well", "lost", 1)
	now[12] += "."
	now[16] = strings.Replace(now[16], "text", "book", 1)
	now[20] = strings.Replace(now[20], "says", "sways", 1)
	now[24] = strings.TrimPrefix(now[24], "paragraph ")
	now[28] = strings.Replace(now[28], "that", "THAT", 1)
	now[38] = strings.Replace(now[38], "is well", "is not well", 1)
	now = slices.Delete(now, 32, 33)
	want := []string{"p. 1", "new", "all", "well", "lost",
		"p. 2", ".", "text", "book", "p. 3", "w", "paragraph", "that", "THAT",
		"p. 4", "paragraphbgofthetextsaysthatalliswell", "not",
		"Pages that begin otherwise", "p. 1: begins with new text"}
	if got := changesOf(t, set, old, now); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestNoChange(t *testing.T) {
	lines := []string{"one", "two", "two", "three"}
	want := []string{"The text is the same.", "Pages that begin otherwise", "none"}
	if got := changesOf(t, faces(t), lines, lines); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// TestPagesThatMoved adds as much as a page before all others.
func TestPagesThatMoved(t *testing.T) {
	var old, added []string
	for i := range 20 {
		old = append(old, fmt.Sprintf("line number %d", i+100))
	}
	for i := range 10 {
		added = append(added, fmt.Sprintf("added %d", i+500))
	}
	got := changesOf(t, faces(t), old, append(added, old...))
	i := slices.Index(got, "Pages that begin otherwise")
	want := []string{"p. 1: begins with new text", "p. 2–p. 3: was p. 1"}
	if i < 0 || !slices.Equal(got[i+1:], want) {
		t.Errorf("got %q", got)
	}
	got = changesOf(t, faces(t), old, append(added[:5], old...))
	if i = slices.Index(got, "Pages that begin otherwise"); i < 0 || !slices.Equal(got[i+1:], []string{"p. 1: begins with new text", "p. 2–p. 3: begins amid what was p. 1"}) {
		t.Errorf("got %q", got)
	}
}

// TestReflowIsNoChange sets the same words in lines of another length.
func TestReflowIsNoChange(t *testing.T) {
	set := faces(t)
	one := paragraphs(set, []string{"all the words of a paragraph"}, 10)
	two := paragraphs(set, []string{"all the words", "of a paragraph"}, 10)
	two.Pages[0].Frame.Items[1].Tag = two.Pages[0].Frame.Items[0].Tag
	p := proof.Pages(two, nil, nil, set, proof.Options{Earlier: one, Since: "v1"})
	if s := page.TextOf(p.Pages[1]); !strings.Contains(s, "The text is the same.") {
		t.Error(s)
	}
}

// TestTextStandsWhereTheReleaseHasIt: a proof shares the frames of the pages,
// all moved by the same room, whatever is drawn around them.
func TestTextStandsWhereTheReleaseHasIt(t *testing.T) {
	set, f := faces(t), manuscript()
	d := doc(set, f, 10)
	was := doc(set, f, 9)
	var before strings.Builder
	if err := page.Dump(&before, d, page.DumpOptions{Offsets: true, IDs: true}); err != nil {
		t.Fatal(err)
	}
	for _, o := range []proof.Options{{}, {Every: 1, Round: "一校"}, {Earlier: was, Since: "v1"}, {TwoUp: true}} {
		p := proof.Pages(d, found(f, 1, 5, 5, 14), nil, set, o)
		found := 0
		var walk func(fr *page.Frame, pg *page.Page)
		walk = func(fr *page.Frame, pg *page.Page) {
			for _, it := range fr.Items {
				g, ok := it.Item.(*page.Group)
				if !ok || g.Scaled() {
					continue
				}
				for _, own := range d.Pages {
					if g.Frame == own.Frame {
						found++
						if trim := pg.Trim; !o.TwoUp && (it.X != trim.X-own.Trim.X || it.Y != trim.Y-own.Trim.Y) {
							t.Errorf("%+v: the page stands at %s,%s", o, it.X, it.Y)
						}
					}
				}
				walk(g.Frame, pg)
			}
		}
		for _, pg := range p.Pages {
			walk(pg.Frame, pg)
		}
		if found != len(d.Pages) {
			t.Errorf("%d of %d pages are in the proof", found, len(d.Pages))
		}
	}
	var after strings.Builder
	if err := page.Dump(&after, d, page.DumpOptions{Offsets: true, IDs: true}); err != nil || before.String() != after.String() {
		t.Error("making a proof changed the pages", err)
	}
}

// TestRepeatsThatStay tints both copies and says where the other one stands.
func TestRepeatsThatStay(t *testing.T) {
	set, f := faces(t), manuscript()
	d := doc(set, f, 10)
	lines := func(a, b int) source.Span {
		return source.Span{File: f, Start: f.LineStart(a), End: f.LineStart(b+1) - 1}
	}
	r := &dedup.Report{Clusters: []*dedup.Cluster{
		{Kept: -1, Copies: []dedup.Copy{{Units: []source.Span{lines(2, 3)}}, {Units: []source.Span{lines(12, 13)}}}},
		{Kept: 0, Copies: []dedup.Copy{{Units: []source.Span{lines(6, 6)}}, {Units: []source.Span{lines(16, 16)}}}},
	}}
	p := proof.Pages(d, nil, r, set, proof.Options{})
	for i, want := range []string{"also p. 2", "also p. 1"} {
		if s := page.TextOf(p.Pages[i]); strings.Count(s, "also") != 1 || !strings.Contains(s, want) {
			t.Errorf("page %d says %q", i, s)
		}
		tints := 0
		for _, it := range p.Pages[i].Frame.Items {
			if r, ok := it.Item.(*page.Rule); ok && r.Color == page.RGBColor(238, 230, 248) {
				tints++
			}
		}
		if tints != 2 {
			t.Errorf("page %d: %d lines are tinted, want 2", i, tints)
		}
	}
}
