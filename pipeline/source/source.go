// Package source holds manuscript files and says where every byte of them
// stands. It knows nothing of Markdown.
package source

import (
	"sort"
	"sync"
	"unicode/utf8"
)

// File is one manuscript file as UTF-8. It is immutable once made.
type File struct {
	// Path is relative to the manuscript folder, with forward slashes.
	Path string
	// Text is the file's bytes as read (a BOM and CRLFs included), or their
	// conversion to UTF-8 where the project says the file is in another
	// encoding; positions always refer to Text.
	Text []byte

	once  sync.Once
	lines []int // offset of each line's first byte
}

// NewFile returns a file with the given path and text.
func NewFile(path string, text []byte) *File { return &File{Path: path, Text: text} }

// Manuscript is the files of a book in reading order.
type Manuscript struct {
	Files []*File
}

// Span is the half-open byte range [Start, End) of a file. The zero Span
// belongs to no file: a diagnostic of the whole book.
type Span struct {
	File       *File
	Start, End int
}

// Position is a place for people: 1-based line and 1-based column counted in
// Unicode code points, as SARIF's columnKind unicodeCodePoints has it.
type Position struct {
	Path         string
	Line, Column int
}

func (f *File) index() []int {
	f.once.Do(func() {
		f.lines = append(f.lines, 0)
		for i, b := range f.Text {
			if b == '\n' || b == '\r' && (i+1 == len(f.Text) || f.Text[i+1] != '\n') {
				f.lines = append(f.lines, i+1)
			}
		}
	})
	return f.lines
}

// Lines returns the number of lines; text after the last line end counts as
// one more, even if it is empty.
func (f *File) Lines() int { return len(f.index()) }

// LineStart returns the offset of the first byte of 1-based line n; a line
// past the end starts at len(Text).
func (f *File) LineStart(n int) int {
	l := f.index()
	switch {
	case n < 1:
		return 0
	case n > len(l):
		return len(f.Text)
	}
	return l[n-1]
}

// Line returns 1-based line n without its line end.
func (f *File) Line(n int) string {
	a, b := f.LineStart(n), f.LineStart(n+1)
	for b > a && (f.Text[b-1] == '\n' || f.Text[b-1] == '\r') {
		b--
	}
	return string(f.Text[a:b])
}

// Position returns the place of byte offset off, which is clamped to the file.
// A byte order mark takes no column.
func (f *File) Position(off int) Position {
	off = max(0, min(off, len(f.Text)))
	l := f.index()
	n := sort.SearchInts(l, off+1)
	start := l[n-1]
	if n == 1 && len(f.Text) >= 3 && string(f.Text[:3]) == "\ufeff" {
		start = min(3, off)
	}
	return Position{f.Path, n, utf8.RuneCount(f.Text[start:off]) + 1}
}

// Pos returns where the span starts; the zero Position if it has no file.
func (s Span) Pos() Position {
	if s.File == nil {
		return Position{}
	}
	return s.File.Position(s.Start)
}

// EndPos returns where the span ends.
func (s Span) EndPos() Position {
	if s.File == nil {
		return Position{}
	}
	return s.File.Position(s.End)
}

// Text returns the bytes the span covers.
func (s Span) Text() string {
	if s.File == nil {
		return ""
	}
	a := max(0, min(s.Start, len(s.File.Text)))
	b := max(a, min(s.End, len(s.File.Text)))
	return string(s.File.Text[a:b])
}

// IsZero reports whether the span belongs to no file.
func (s Span) IsZero() bool { return s.File == nil }

// Join returns the smallest span that covers s and t, which are of one file
// (or one of them is zero).
func (s Span) Join(t Span) Span {
	if s.File == nil {
		return t
	}
	if t.File != s.File {
		return s
	}
	return Span{s.File, min(s.Start, t.Start), max(s.End, t.End)}
}

// Sub returns the span of bytes [a, b) counted from the start of s.
func (s Span) Sub(a, b int) Span { return Span{s.File, s.Start + a, s.Start + b} }
