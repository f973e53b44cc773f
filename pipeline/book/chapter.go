package book

import "banxin/pipeline/source"

// ChapterFile is what a contents file (SUMMARY.md, mkdocs.yml), or front matter,
// says of one file of the manuscript.
type ChapterFile struct {
	// Title names the file where it has no heading of its own.
	Title string
	Span  source.Span // of the title, where it was written
	// Listed: a contents file says where the file stands. Depth is how deep:
	// 0 is a chapter, 1 a section of the chapter before it.
	Listed bool
	Depth  int
	// Role is Front for prefix chapters, Back for suffix chapters, else Plain.
	Role Role
	// Before are the headings the contents file puts before this file: parts,
	// and chapters that have no file of their own.
	Before []ListedHeading
}

// ListedHeading is a heading that only a contents file has.
type ListedHeading struct {
	Title string
	Span  source.Span
	Part  bool
	Depth int // as ChapterFile.Depth; of a part 0
}
