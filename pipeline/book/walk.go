package book

import "fmt"

// EachBlock calls f for every block of bs and every block inside them, in
// reading order; it does not enter a block for which f returns false.
func EachBlock(bs []Block, f func(Block) bool) {
	for _, b := range bs {
		if !f(b) {
			continue
		}
		switch b := b.(type) {
		case *List:
			for _, it := range b.Items {
				EachBlock(it.Blocks, f)
			}
		case *DefinitionList:
			for _, e := range b.Entries {
				for _, d := range e.Details {
					EachBlock(d, f)
				}
			}
		case *Quote:
			EachBlock(b.Blocks, f)
		case *Admonition:
			EachBlock(b.Blocks, f)
		case *Division:
			EachBlock(b.Blocks, f)
		case *Table:
			for _, rs := range [][]Row{b.Head, b.Rows} {
				for _, r := range rs {
					for _, c := range r.Cells {
						EachBlock(c.Blocks, f)
					}
				}
			}
		case *Paragraph, *Code, *Diagram, *Math, *Figure, *Rule, *ContentsHere, *IndexHere, *BibliographyHere, *Unknown:
		default:
			panic(fmt.Sprintf("book: unknown block %T", b))
		}
	}
}

// EachInline calls f for every inline of ns and every inline inside them, in
// reading order; it does not enter an inline for which f returns false.
func EachInline(ns []Inline, f func(Inline) bool) {
	for _, n := range ns {
		if f(n) {
			EachInline(Kids(n), f)
		}
	}
}

// Inlines returns the runs of inline content that stand directly in a block:
// a paragraph's text, captions, titles, terms. Blocks inside b are not entered.
func Inlines(b Block) [][]Inline {
	switch b := b.(type) {
	case *Paragraph:
		return [][]Inline{b.Inlines}
	case *DefinitionList:
		var out [][]Inline
		for _, e := range b.Entries {
			out = append(out, e.Terms...)
		}
		return out
	case *Quote:
		return [][]Inline{b.Source}
	case *Code:
		return [][]Inline{b.Caption}
	case *Diagram:
		return [][]Inline{b.Caption}
	case *Table:
		return [][]Inline{b.Caption}
	case *Figure:
		out := [][]Inline{b.Caption}
		for _, im := range b.Images {
			out = append(out, []Inline{im})
		}
		return out
	case *Admonition:
		return [][]Inline{b.Title}
	case *Division:
		return [][]Inline{b.Title}
	}
	return nil
}

// EachText calls f for every run of inlines of the book: titles, blocks at
// any depth, notes, in reading order.
func (b *Book) EachText(f func([]Inline)) {
	blocks := func(bs []Block) {
		EachBlock(bs, func(bl Block) bool {
			for _, r := range Inlines(bl) {
				f(r)
			}
			return true
		})
	}
	blocks(b.Preamble)
	b.Walk(func(s *Section) bool {
		f(s.Title)
		blocks(s.Blocks)
		return true
	})
	for _, n := range b.Notes {
		blocks(n.Blocks)
	}
}
