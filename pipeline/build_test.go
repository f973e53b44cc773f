package pipeline_test

import (
	"io/fs"
	"os"
	"testing"

	"banxin/fonts"
	"banxin/layouts"
	"banxin/pipeline"
)

// bookInput is this repository's own book.
func bookInput(tb testing.TB) pipeline.Input {
	tb.Helper()
	return pipeline.Input{Manuscript: os.DirFS("../manuscript"), Layouts: []fs.FS{layouts.FS}, Fonts: []fs.FS{os.DirFS("../fonts"), fonts.FS()}}
}

// BenchmarkBuild is the whole way, from the manuscript to both files.
func BenchmarkBuild(b *testing.B) {
	e := pipeline.Release()
	e.Draft = true
	b.ReportAllocs()
	for b.Loop() {
		if _, err := pipeline.Build(bookInput(b), e); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCheck is everything but typesetting and writing.
func BenchmarkCheck(b *testing.B) {
	e := pipeline.Check()
	e.Pages = false
	b.ReportAllocs()
	for b.Loop() {
		if _, err := pipeline.Build(bookInput(b), e); err != nil {
			b.Fatal(err)
		}
	}
}
