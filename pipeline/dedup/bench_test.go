package dedup

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

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

// benchSizes are the books' sizes in MB; BANXIN_BIG adds 100.
func benchSizes() []int {
	if os.Getenv("BANXIN_BIG") != "" {
		return []int{1, 10, 100}
	}
	return []int{1, 10}
}

func BenchmarkMerge(b *testing.B) {
	for _, mb := range benchSizes() {
		bk := bigBook(mb << 20)
		b.Run(fmt.Sprintf("%dMB", mb), func(b *testing.B) {
			b.SetBytes(int64(mb) << 20)
			b.ReportAllocs()
			for b.Loop() {
				Merge(bk, Decisions{})
			}
			b.ReportMetric(peak(func() { Merge(bk, Decisions{}) })/float64(mb<<20), "peak/text")
		})
	}
}

// peak returns how many bytes f adds to the heap at most, with the collector
// following closely.
func peak(f func()) float64 {
	defer debug.SetGCPercent(debug.SetGCPercent(10))
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	base, most := m.HeapAlloc, m.HeapAlloc
	done, stopped := make(chan bool), make(chan bool)
	go func() {
		defer close(stopped)
		for {
			select {
			case <-done:
				return
			case <-time.After(time.Millisecond):
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapAlloc)
			}
		}
	}()
	f()
	close(done)
	<-stopped
	return float64(most - base)
}
