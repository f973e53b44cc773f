package linebreak

import (
	"math/rand"
	"slices"
	"strings"
	"testing"

	"banxin/pipeline/unit"
)

const em = 10 * unit.Pt

func hanItem() Item { return Item{Width: em, Even: true, Weight: 1} }

// mark is a full-width comma: half an em of ink, half an em of gap.
func mark() Item {
	return Item{Width: em / 2, Gap: em / 2, Squeeze: em / 2, Class: Comma, Even: true}
}

// row builds items: 字 is h, a comma with no line end before it is ",", a word
// of n letters with a gap is a digit, ! forces a line end.
func row(s string) []Item {
	var out []Item
	for _, r := range s {
		switch {
		case r == ',':
			if n := len(out); n > 0 {
				out[n-1].Break = Forbidden
			}
			out = append(out, mark())
		case r >= '1' && r <= '9':
			n := int(r - '0')
			out = append(out, Item{Width: em * unit.Length(n) / 2, Gap: em / 4, Stretch: em / 4, Class: Word, Inner: uint16(n - 1), Weight: 2})
		case r == '!':
			out[len(out)-1].Break = Forced
		default:
			out = append(out, hanItem())
		}
	}
	return out
}

func ends(p Paragraph) (out []int) {
	for _, l := range p.Lines {
		out = append(out, l.End)
	}
	return out
}

func TestBreak(t *testing.T) {
	for _, c := range []struct {
		name, items string
		measure     unit.Length
		want        []int
	}{
		{"exact", "hhhhhhhhhh", 5, []int{5, 10}},
		{"one line", "hhh", 5, []int{3}},
		{"a comma at the end is half an em", "hhhhhhhhhhhhhhhhhhh,hhhhh", 20, []int{20, 25}},
		{"a forced end", "hh!hhh", 5, []int{2, 5}},
		{"the last line squeezes when it is full", "hhhhhhhhhhhh,hhhhhhhhhhhhh", 26, []int{26}},
		{"nothing fits", "9hh", 2, []int{1, 3}},
	} {
		items := row(c.items)
		got := Break(items, Params{Measure: c.measure * em, Em: em})
		if !slices.Equal(ends(got.Best), c.want) {
			t.Errorf("%s: lines end at %v, want %v", c.name, ends(got.Best), c.want)
		}
	}
}

func TestOrderOfClasses(t *testing.T) {
	// Eleven em of text in ten and a quarter: the comma gives, the gap before
	// the word does not (CLREQ: ，、； before the CJK–Latin gap).
	items := []Item{hanItem(), hanItem(), mark(), hanItem(), hanItem(), hanItem()}
	items = append(items, Item{Width: em, Gap: em / 4, Squeeze: em / 8, Stretch: em / 4, Class: Script, Weight: 1}, Item{Width: 3 * em, Weight: 2})
	b := Breaker{}
	r := b.Break(items, Params{Measure: 10 * em, Em: em})
	l := r.Best.Lines[0]
	if len(r.Best.Lines) != 1 || l.Squeeze[Comma] != em/4 || l.Squeeze[Script] != 0 {
		t.Errorf("squeezed %v", l.Squeeze)
	}
}

func TestVariants(t *testing.T) {
	items := row(strings.Repeat("h", 150))
	r := Break(items, Params{Measure: 25 * em, Em: em, Variants: true})
	if r.Longer == nil {
		t.Fatal("no longer setting")
	}
	if n := len(r.Best.Lines); len(r.Longer.Lines) != n+1 {
		t.Errorf("longer has %d lines, best %d", len(r.Longer.Lines), n)
	}
	if r.Longer.Cost < r.Best.Cost {
		t.Errorf("longer costs %d, best %d", r.Longer.Cost, r.Best.Cost)
	}
}

func TestHang(t *testing.T) {
	items := row("hhhhhhhhhh,hhhhhhhhhh")
	items[10].Hang = em / 2
	r := Break(items, Params{Measure: 10 * em, Em: em})
	if l := r.Best.Lines[0]; !l.Hung || l.End != 11 {
		t.Errorf("line ends at %d, hung %v", l.End, l.Hung)
	}
	items[10].Hang = 0
	if l := Break(items, Params{Measure: 10 * em, Em: em}).Best.Lines[0]; l.Hung {
		t.Error("hung without leave")
	}
}

// check proves the laws every setting obeys.
func check(t *testing.T, items []Item, p Params, got Paragraph) {
	t.Helper()
	at := 0
	for i := range got.Lines {
		l := &got.Lines[i]
		if l.Start != at || l.End <= l.Start {
			t.Fatalf("line %d is [%d, %d) after %d", i, l.Start, l.End, at)
		}
		at = l.End
		last := &items[l.End-1]
		if last.Break == Forbidden && l.End < len(items) {
			t.Fatalf("line %d ends where none may", i)
		}
		for j := l.Start; j < l.End-1; j++ {
			if items[j].Break == Forced {
				t.Fatalf("line %d runs over a forced end", i)
			}
		}
		checkWidth(t, items, p, l, i == 0)
	}
	if at != len(items) {
		t.Fatalf("lines cover %d of %d items", at, len(items))
	}
}

func checkWidth(t *testing.T, items []Item, p Params, l *Line, first bool) {
	t.Helper()
	m := p.Measure
	if first && p.First != 0 {
		m = p.First
	}
	var width unit.Length
	for i, s := range l.Spreads(items, nil) {
		it := &items[l.Start+i]
		width += it.Width + s.Inner
		if l.Start+i < l.End-1 {
			width += it.Gap + s.Gap
			if s.Gap < -it.Squeeze {
				t.Fatalf("gap of item %d squeezed by %d of %d", l.Start+i, -s.Gap, it.Squeeze)
			}
		}
	}
	last := &items[l.End-1]
	if !l.Last {
		width += last.Extra
	}
	if l.Hung {
		width -= last.Hang
	}
	switch {
	case width > m && width-m != l.Over:
		t.Fatalf("line [%d, %d) is %d over and says %d", l.Start, l.End, width-m, l.Over)
	case !p.Ragged && !l.Last && width < m && m-width != l.Under:
		t.Fatalf("line [%d, %d) is %d short and says %d", l.Start, l.End, m-width, l.Under)
	}
}

// randomItems makes a paragraph of every kind of item.
func randomItems(r *rand.Rand, n int) []Item {
	var out []Item
	for range n {
		it := hanItem()
		switch r.Intn(8) {
		case 0:
			it = mark()
		case 1:
			it = Item{Width: unit.Length(r.Int63n(int64(6 * em))), Gap: em / 4, Squeeze: em / 16, Stretch: em / 4, Class: Word, Inner: uint16(r.Intn(9)), Weight: 2}
		case 2:
			it = Item{Width: em, Gap: em / 4, Squeeze: em / 8, Stretch: em / 4, Class: Script, Weight: 1}
		case 3:
			it = Item{Width: 2 * em, Extra: em / 3, Break: 60, Inner: 3, Weight: 1}
		}
		switch r.Intn(12) {
		case 0, 1, 2:
			it.Break = Forbidden
		case 3:
			if r.Intn(10) == 0 {
				it.Break = Forced
			}
		case 4:
			it.Hang = it.Width / 2
		}
		out = append(out, it)
	}
	return out
}

func FuzzBreak(f *testing.F) {
	f.Add(int64(1), uint16(100), uint8(20), uint8(1))
	f.Add(int64(2), uint16(300), uint8(3), uint8(0))
	f.Add(int64(3), uint16(50), uint8(0), uint8(6))
	f.Fuzz(func(t *testing.T, seed int64, n uint16, measure, flags uint8) {
		r := rand.New(rand.NewSource(seed))
		items := randomItems(r, int(n%2000)+1)
		p := Params{Measure: em*unit.Length(measure)/2 + 1, Em: em, Variants: flags&1 != 0, Ragged: flags&2 != 0, Balanced: flags&4 != 0}
		if flags&8 != 0 {
			p.First = max(1, p.Measure-2*em)
		}
		got := Break(items, p)
		check(t, items, p, got.Best)
		for _, v := range []*Paragraph{got.Shorter, got.Longer} {
			if v != nil {
				check(t, items, p, *v)
			}
		}
	})
}

// greedy breaks first-fit, the way total fit must not be worse than.
func greedy(b *Breaker, items []Item) (cost int64, ok bool) {
	start := 0
	for start < len(items) {
		best, bestCost := -1, int64(0)
		for end := start + 1; end <= len(items); end++ {
			if items[end-1].Break == Forbidden && end < len(items) {
				continue
			}
			f := b.fit(start, end, items[end-1].Break == Forced || end == len(items))
			if f.long {
				break
			}
			if !f.short {
				best, bestCost = end, f.cost
			}
			if items[end-1].Break == Forced {
				break
			}
		}
		if best < 0 {
			return 0, false
		}
		cost += bestCost
		start = best
	}
	return cost, true
}

// TestOptimum: total fit is never worse than greedy (typography A4), and on
// texts of any length better.
func TestOptimum(t *testing.T) {
	r := rand.New(rand.NewSource(7))
	better := 0
	for range 200 {
		items := randomItems(r, 200)
		b := Breaker{}
		got := b.Break(items, Params{Measure: 25 * em, Em: em})
		b.loose = true
		c, ok := greedy(&b, items)
		if !ok {
			continue
		}
		if got.Best.Cost > c {
			t.Fatalf("total fit costs %d, greedy %d", got.Best.Cost, c)
		}
		if got.Best.Cost < c {
			better++
		}
	}
	if better < 100 {
		t.Errorf("better than greedy in %d of 200 texts only", better)
	}
}

func BenchmarkBreak(b *testing.B) {
	for _, n := range []int{300, 100_000} {
		b.Run(map[int]string{300: "paragraph", 100_000: "long"}[n], func(b *testing.B) {
			r := rand.New(rand.NewSource(1))
			items := randomItems(r, n)
			var br Breaker
			b.ReportAllocs()
			for b.Loop() {
				br.Break(items, Params{Measure: 29 * em, Em: em, Variants: true})
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "items/s")
		})
	}
}
