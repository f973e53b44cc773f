package epub

import (
	"archive/zip"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"banxin/pipeline/book"
)

func BenchmarkWrite(b *testing.B) {
	in := long(9, 100_000)
	b.SetBytes(1_000_000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Write(io.Discard, in); err != nil {
			b.Fatal(err)
		}
	}
}

// prose is text of about size bytes with as much surprise in it as Chinese
// prose has: characters drawn so that some are common and most are rare.
func prose(size int, seed uint64) string {
	var t strings.Builder
	for t.Len() < size {
		for range 12 + seed>>33%20 {
			seed = seed*6364136223846793005 + 1442695040888963407
			x := float64(seed>>40) / (1 << 24)
			t.WriteRune(rune(0x4E00 + int(3000*x*x*x)))
		}
		t.WriteString("，")
	}
	return t.String()
}

// tenMegabytes is a book of a hundred chapters of ten sections.
func tenMegabytes() (Input, []string) {
	var texts []string
	b := &book.Book{Meta: book.Meta{Title: "大书", Language: "zh-CN"}}
	for c := range 100 {
		ch := &book.Section{Role: book.Chapter, Title: line(txt("章"))}
		for s := range 10 {
			sec := &book.Section{Level: 2, Title: line(txt("节"))}
			for p := range 20 {
				t := prose(500, uint64(c*1000+s*100+p))
				texts = append(texts, t)
				sec.Blocks = append(sec.Blocks, para(txt(t)))
			}
			ch.Sections = append(ch.Sections, sec)
		}
		b.Sections = append(b.Sections, ch)
	}
	return Input{Book: b}, texts
}

// BenchmarkTenMegabytes writes a book of ten megabytes. It tells the time as a
// multiple of that of zipping the book's text, on one processor both, and the
// most memory taken beside the book as a multiple of the text's size.
func BenchmarkTenMegabytes(b *testing.B) {
	in, texts := tenMegabytes()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	size := 0
	for _, t := range texts {
		size += len(t)
	}
	zipping := time.Now()
	z := zip.NewWriter(io.Discard)
	w, err := z.Create("text")
	for _, t := range texts {
		if err == nil {
			_, err = io.WriteString(w, t)
		}
	}
	if err != nil || z.Close() != nil {
		b.Fatal(err)
	}
	zipped := time.Since(zipping)
	b.SetBytes(int64(size))
	peak := heapPeak(func() {
		for b.Loop() {
			if _, err := Write(io.Discard, in); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(zipped), "×zip")
	b.ReportMetric(float64(peak)/float64(size), "×text-heap")
}

// heapPeak is how far the live heap grows while f runs, looked at every
// millisecond.
func heapPeak(f func()) uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	base, peak := m.HeapAlloc, m.HeapAlloc
	done, ended := make(chan bool), make(chan bool)
	go func() {
		defer close(ended)
		for {
			select {
			case <-done:
				return
			case <-time.After(time.Millisecond):
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				peak = max(peak, m.HeapAlloc)
			}
		}
	}()
	f()
	close(done)
	<-ended
	return peak - base
}
