package dedup

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
)

// dump writes a book's sections and texts, for comparison.
func dump(b *book.Book) string {
	var w strings.Builder
	var rec func(ss []*book.Section, depth int)
	rec = func(ss []*book.Section, depth int) {
		for _, s := range ss {
			fmt.Fprintf(&w, "%s%s %s", strings.Repeat("  ", depth), s.Role, strings.TrimSpace(s.Typed+" "+book.PlainText(s.Title)))
			if s.Unnumbered {
				w.WriteString(" (unnumbered)")
			}
			if len(s.Aliases) > 0 {
				fmt.Fprintf(&w, " aliases %s", strings.Join(s.Aliases, ","))
			}
			w.WriteByte('\n')
			for _, t := range texts(s.Blocks) {
				fmt.Fprintf(&w, "%s  | %s\n", strings.Repeat("  ", depth), t)
			}
			rec(s.Sections, depth+1)
		}
	}
	rec(b.Sections, 0)
	return w.String()
}

func texts(bs []book.Block) []string {
	var out []string
	book.EachBlock(bs, func(b book.Block) bool {
		switch b := b.(type) {
		case *book.Paragraph:
			out = append(out, strings.TrimSpace(book.PlainText(b.Inlines)))
		case *book.Code:
			out = append(out, strings.ReplaceAll(strings.TrimSpace(b.Text), "\n", "⏎"))
		}
		return true
	})
	return out
}

// accounted checks the law of the package: every unit of the book as written is
// in the merged book, or repeats one that is, or is listed as dropped.
func accounted(t *testing.T, written, merged *book.Book, r *Report) {
	t.Helper()
	in := map[string]bool{}
	merged.Walk(func(s *book.Section) bool {
		for _, x := range texts(s.Blocks) {
			in[x] = true
		}
		return true
	})
	said := map[string]bool{}
	for _, l := range r.Dropped {
		said[l.Name] = true
	}
	s := read(written)
	n := &merger{scan: s}
	matched := map[[2]int]bool{}
	for _, p := range r.Pairs {
		for _, m := range p.Matches {
			matched[[2]int{m.A.Start, m.A.End}], matched[[2]int{m.B.Start, m.B.End}] = true, true
		}
	}
	for u := range s.units {
		x := &s.units[u]
		if s.parts[x.section].sec.Role == book.Contents {
			continue
		}
		text := texts([]book.Block{x.block})
		if len(text) > 0 && in[text[0]] || said[n.scan.unitName(u)] || matched[[2]int{x.where().Start, x.where().End}] {
			continue
		}
		t.Errorf("lost without a word: %s %s", s.unitName(u), x.text())
	}
}

func FuzzMerge(f *testing.F) {
	f.Add("# 第1章 一\n\n## 1.1 甲\n\n一段文字在此处，说的是仓库。\n\n# 第1章 一\n\n## 1.2 乙\n\n一段文字在此处，说的是仓库。\n")
	f.Add("## a\n\nThe cat sat on the mat and looked at the moon for long.\n\n## b\n\nThe cat sat on the mat and looked at the moon for long.\n\n- x\n- y\n")
	f.Add("# 目录\n\n- 1.1 甲\n\n# 甲\n\n# 甲\n\n## 乙\n\n```\ncode here\n```\n")
	f.Add("# 目录\n\n- 一\n\n## 甲\n\n一段正文。\n")
	f.Add(plant(3, false).files[0].String()[:4000])
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<16 {
			return
		}
		b := parse(file("a.md", text))
		before := dump(b)
		once, r, _ := Merge(b, Decisions{})
		if dump(b) != before {
			t.Fatal("Merge changed the book it was given")
		}
		accounted(t, b, once, r)
		twice, r2, _ := Merge(once, Decisions{})
		if a, b := dump(once), dump(twice); a != b {
			t.Errorf("merging twice differs from once:\n%s\n---\n%s", a, b)
		}
		Findings(r)
		JSON(r2)
	})
}

func TestFileOrderChangesNothingFound(t *testing.T) {
	s := plant(5, false)
	ids := func(names ...int) []string {
		fs := s.book()
		b := parse(fs[names[0]], fs[names[1]])
		_, r, _ := Merge(b, Decisions{})
		var out []string
		for _, c := range r.Clusters {
			out = append(out, c.ID)
		}
		slices.Sort(out)
		return out
	}
	if a, b := ids(0, 1), ids(1, 0); !slices.Equal(a, b) {
		t.Errorf("clusters differ:\n%v\n%v", a, b)
	}
}

func TestFindingsKeepTheirIDsWhenLinesMove(t *testing.T) {
	s := plant(6, false)
	text := s.files[0].String() + s.files[1].String()
	ids := func(text string) []string {
		_, r, _ := Merge(parse(file("a.md", text)), Decisions{})
		var out []string
		for _, c := range r.Clusters {
			out = append(out, c.ID)
		}
		return out
	}
	if a, b := ids(text), ids("前言一行。\n\n\n"+text); !slices.Equal(a, b) {
		t.Errorf("ids moved with the lines:\n%v\n%v", a, b)
	}
}

// TestHostile: bad books end; one that took time in the square of its length
// would run into the test run's own limit.
func TestHostile(t *testing.T) {
	var twice strings.Builder
	s := newPlanter(9, false)
	for range 400 {
		twice.WriteString(s.section().markdown(2))
	}
	for name, text := range map[string]string{
		"one paragraph very often": "# 一\n\n" + strings.Repeat("同一段话在这里反复出现，没有别的内容可说。\n\n", 50_000),
		"one section very often":   strings.Repeat("## 节\n\n同一段话在这里反复出现，没有别的内容可说，一再重复而已。\n\n", 20_000),
		"one character":            "# 一\n\n" + strings.Repeat("一", 1<<20),
		"a book after itself":      twice.String() + twice.String(),
		"nothing":                  "",
		"headings only":            strings.Repeat("# 甲\n\n## 乙\n\n", 5000),
	} {
		t.Run(name, func(t *testing.T) {
			b := parse(file("a.md", text))
			_, r, _ := Merge(b, Decisions{})
			Findings(r)
			t.Log(len(r.Clusters), len(r.Pairs))
		})
	}
}

func hasCode(ds diag.List, code string) bool {
	return slices.ContainsFunc(ds, func(d diag.Diagnostic) bool { return d.Code == code })
}

// TestMergeTwice holds the laws on planted books with running heads.
func TestMergeTwice(t *testing.T) {
	for seed := range uint64(12) {
		s := plant(seed, seed%2 == 1)
		p := s.p
		var b strings.Builder
		for c := range 4 {
			for range 2 {
				fmt.Fprintf(&b, "# 第%d章 %s\n\n", c+1, p.words[c])
				b.WriteString(p.section().markdown(2))
				b.WriteString("## 小结\n\n" + p.sentence() + "\n\n")
			}
		}
		bk := parse(append(s.book(), file("c.md", b.String()))...)
		for _, auto := range []Policy{AutoContained, AutoExact, AutoNear, AutoNone} {
			once, r, _ := Merge(bk, Decisions{Auto: auto})
			accounted(t, bk, once, r)
			twice, _, _ := Merge(once, Decisions{Auto: auto})
			if x, y := dump(once), dump(twice); x != y {
				t.Errorf("seed %d %s: merging twice differs (-once +twice):\n%s", seed, auto, cmp.Diff(x, y))
			}
		}
	}
}
