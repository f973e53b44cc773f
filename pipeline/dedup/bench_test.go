package dedup

import (
	"fmt"
	"strings"
	"testing"

	"banxin/pipeline/book"
)

// bigBook is a book of about n bytes in which every fortieth section repeats an
// earlier one with mends.
func bigBook(n int) *book.Book {
	p := newPlanter(1, false)
	var b strings.Builder
	var all []planted
	for b.Len() < n {
		s := p.section()
		if len(all) > 50 && len(all)%40 == 0 {
			s = p.mended(all[p.IntN(len(all))], 0.1)
		}
		all = append(all, s)
		b.WriteString(s.markdown(2))
	}
	return parse(file("big.md", b.String()))
}

func BenchmarkMerge(b *testing.B) {
	for _, mb := range []int{1, 10} {
		bk := bigBook(mb << 20)
		b.Run(fmt.Sprintf("%dMB", mb), func(b *testing.B) {
			b.SetBytes(int64(mb) << 20)
			b.ReportAllocs()
			for b.Loop() {
				Merge(bk, Decisions{})
			}
		})
	}
}
