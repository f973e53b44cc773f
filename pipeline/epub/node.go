package epub

import (
	"fmt"

	"banxin/pipeline/book"
)

// node returns the part common to all blocks.
func node(b book.Block) *book.Node {
	switch b := b.(type) {
	case *book.Paragraph:
		return &b.Node
	case *book.List:
		return &b.Node
	case *book.DefinitionList:
		return &b.Node
	case *book.Quote:
		return &b.Node
	case *book.Code:
		return &b.Node
	case *book.Diagram:
		return &b.Node
	case *book.Math:
		return &b.Node
	case *book.Table:
		return &b.Node
	case *book.Figure:
		return &b.Node
	case *book.Rule:
		return &b.Node
	case *book.Admonition:
		return &b.Node
	case *book.Division:
		return &b.Node
	case *book.ContentsHere:
		return &b.Node
	case *book.IndexHere:
		return &b.Node
	case *book.BibliographyHere:
		return &b.Node
	case *book.Unknown:
		return &b.Node
	}
	panic(fmt.Sprintf("epub: unknown block %T", b))
}

// shown are the sections an edition prints: without the author's own
// apparatus, which the book's metadata repeats.
func shown(secs []*book.Section) []*book.Section {
	for i, sec := range secs {
		if !sec.Role.Apparatus() {
			continue
		}
		out := append([]*book.Section(nil), secs[:i]...)
		for _, k := range secs[i+1:] {
			if !k.Role.Apparatus() {
				out = append(out, k)
			}
		}
		return out
	}
	return secs
}

// weight estimates the bytes of text under a section.
func weight(sec *book.Section) int {
	n := 0
	sec.Walk(func(k *book.Section) bool {
		n += blocksWeight(k.Blocks)
		return true
	})
	return n
}

func blocksWeight(bs []book.Block) int {
	n := 0
	book.EachBlock(bs, func(b book.Block) bool {
		n += 64
		switch b := b.(type) {
		case *book.Code:
			n += len(b.Text)
		case *book.Diagram:
			n += len(b.Text)
		case *book.Math:
			n += len(b.TeX)
		}
		for _, run := range book.Inlines(b) {
			book.EachInline(run, func(i book.Inline) bool {
				switch i := i.(type) {
				case *book.Text:
					n += len(i.Value)
				case *book.Verbatim:
					n += len(i.Text)
				default:
					n += 32
				}
				return true
			})
		}
		return true
	})
	return n
}
