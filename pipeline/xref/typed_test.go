package xref

import (
	"testing"

	"banxin/pipeline/book"
)

// TestKeepTyped: a layout may print the numbers as the author typed them; the
// place still counts.
func TestKeepTyped(t *testing.T) {
	section := &book.Section{Level: 2, Label: "b", Typed: "2.7", Title: []book.Inline{&book.Text{Value: "乙"}}}
	chapter := &book.Section{Level: 1, Role: book.Chapter, Label: "a", Typed: "第2章", Sections: []*book.Section{section}}
	b := &book.Book{Sections: []*book.Section{chapter}}
	for _, c := range []struct {
		keep             bool
		chapter, section string
	}{{false, "第1章", "1.1"}, {true, "第2章", "2.7"}} {
		ix, _ := Resolve(b, nil, Options{Language: "zh-CN", KeepTyped: c.keep})
		if got := ix.Sections[chapter].Printed; got != c.chapter {
			t.Errorf("keep %v: the chapter prints %q, want %q", c.keep, got, c.chapter)
		}
		if got := ix.Sections[section]; got.Printed != c.section || got.Number != "1.1" {
			t.Errorf("keep %v: the section prints %q and counts %q, want %q and 1.1", c.keep, got.Printed, got.Number, c.section)
		}
	}
}
