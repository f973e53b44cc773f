package dedup

import (
	"fmt"
	"strings"
	"testing"

	"banxin/pipeline/source"
)

// sowMadeUp plants into books of made-up words and scores what is found.
func sowMadeUp(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		right, wrong, missed := 0, 0, 0
		for seed := range uint64(3) {
			r, w, m := scoreMadeUp(t, lang, seed)
			right, wrong, missed = right+r, wrong+w, missed+m
		}
		f1 := 2 * float64(right) / float64(2*right+wrong+missed)
		t.Logf("%s: F1 %.3f: %d right, %d wrong, %d missed", lang, f1, right, wrong, missed)
		if f1 < 0.98 {
			t.Errorf("%s: F1 %.3f: %d right, %d wrong, %d missed", lang, f1, right, wrong, missed)
		}
	}
}

func scoreMadeUp(t *testing.T, lang string, seed uint64) (right, wrong, missed int) {
	p := newPlanter(seed+40, lang == "en")
	texts := map[string]string{}
	for f := range 4 {
		var b strings.Builder
		for range 40 {
			s := p.section()
			if p.IntN(3) == 0 {
				var items []string
				for range 6 {
					items = append(items, "- "+p.sentence())
				}
				s.paras = append(s.paras, []string{strings.Join(items, "\n")})
			}
			b.WriteString(s.markdown(2))
		}
		texts[fmt.Sprintf("%d.md", f)] = b.String()
	}
	var foreign []string
	for range 400 {
		foreign = append(foreign, strings.TrimSpace(p.sentence()))
	}
	s := sowIn(seed, lang, texts, foreign)
	s.sow(2)
	files, truth := s.harvest()
	var in []*source.File
	for _, f := range s.files {
		in = append(in, file(f.path, files[f.path]))
	}
	_, r, _ := Merge(parse(in...), Decisions{Auto: AutoNone})
	found := map[string]bool{}
	for _, x := range r.Pairs {
		hit := ""
		for _, tp := range truth {
			if links(rangeOf(x.A), rangeOf(x.B), tp) {
				hit = tp.ID
				if !tp.Dup {
					hit = ""
				}
				break
			}
		}
		if hit == "" {
			wrong++
			t.Logf("seed %d wrong: %v %v %s %s %.2f", seed, rangeOf(x.A), rangeOf(x.B), x.Kind, x.Rule, x.Score)
		}
		found[hit] = true
	}
	for _, tp := range truth {
		switch {
		case !tp.Dup:
		case found[tp.ID]:
			right++
		default:
			missed++
			t.Logf("seed %d missed: %s %v %v", seed, tp.ID, tp.A, tp.B)
		}
	}
	return right, wrong, missed
}

// links reports whether two ranges overlap the two sides of a planted pair.
func links(a, b Range, tp truthPair) bool {
	over := func(x, y Range) bool { return x.File == y.File && x.Start <= y.End && y.Start <= x.End }
	return over(a, tp.A) && over(b, tp.B) || over(a, tp.B) && over(b, tp.A)
}
