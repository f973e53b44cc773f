package book

import (
	"strings"

	"banxin/pipeline/source"
)

// Inline is an inline node: one of the types in this file and no other.
type Inline interface {
	inline()
	Where() source.Span
}

// Leaf is the part common to all inlines.
type Leaf struct{ Span source.Span }

func (Leaf) inline()              {}
func (l Leaf) Where() source.Span { return l.Span }

type (
	// Text is characters as they are to be read: entities and escapes
	// resolved, a source newline between two Han characters gone (typography
	// I9), any other one a space.
	Text struct {
		Leaf
		Value string
	}
	// Emph is emphasis: 楷体 or dots in CJK text, italic in Latin.
	Emph struct {
		Leaf
		Kids []Inline
	}
	// Strong is strong emphasis: 黑体.
	Strong struct {
		Leaf
		Kids []Inline
	}
	Strike struct {
		Leaf
		Kids []Inline
	}
	// Dotted is 着重号: emphasis dots under each character.
	Dotted struct {
		Leaf
		Kids []Inline
	}
	// Underline is <u>, <ins>: a straight line. ProperName is 专名号, BookName
	// 书名号甲式 (a wavy line).
	Underline struct {
		Leaf
		Kids []Inline
	}
	ProperName struct {
		Leaf
		Kids []Inline
	}
	BookName struct {
		Leaf
		Kids []Inline
	}
	Mark struct { // highlighted
		Leaf
		Kids []Inline
	}
	Sub struct {
		Leaf
		Kids []Inline
	}
	Sup struct {
		Leaf
		Kids []Inline
	}
	Small struct {
		Leaf
		Kids []Inline
	}
	Kbd struct {
		Leaf
		Kids []Inline
	}
	// Verbatim is inline code.
	Verbatim struct {
		Leaf
		Text string
	}
	// InlineMath is a formula in running text.
	InlineMath struct {
		Leaf
		TeX string
	}
	// Link leads somewhere. Dest is as written, percent-decoding undone by no
	// one; Target is the resolved label inside the book ("" for an outside
	// link or a dead one), set by markdown (files) and xref (labels).
	Link struct {
		Leaf
		Dest     string
		DestSpan source.Span
		Target   string
		Title    string
		Auto     bool // written as a bare URL or <URL>
		Kids     []Inline
	}
	// Image is a picture. Path is the manuscript-relative path of a file in
	// Book.Pictures; empty for a remote or missing one (Src is as written).
	Image struct {
		Leaf
		Src, Path     string
		SrcSpan       source.Span
		Alt           string
		Title         string
		Width, Height string // as written: "50%", "8cm", "300"
		Label         string
	}
	// Break is a hard line break.
	Break struct{ Leaf }
	// NoteRef calls a footnote.
	NoteRef struct {
		Leaf
		Label string
		Note  *Note
	}
	// CrossRef is @fig:x, {@sec:x}, or a prose reference (见第3章) that xref
	// resolved. Text is the author's wording for prose references.
	CrossRef struct {
		Leaf
		Target string
		Prose  string
		// Bare asks for the number alone ("第{@sec:x}章").
		Bare bool
	}
	// Cite is a citation group.
	Cite struct {
		Leaf
		Items    []CiteItem
		InText   bool // @k rather than [@k]
		Rendered []Inline
	}
	// Ruby is a base with its reading; one element each for mono ruby.
	Ruby struct {
		Leaf
		Base, Reading []string
	}
	// IndexTerm marks its text for the index; it prints Kids.
	IndexTerm struct {
		Leaf
		Kids          []Inline
		Term, Reading string
		See, SeeAlso  string
	}
	// Anchor is an invisible target: <a name="x">.
	Anchor struct {
		Leaf
		ID string
	}
	// Styled is a [text]{.class lang=…} or an HTML span.
	Styled struct {
		Leaf
		Classes []string
		Lang    string
		Kids    []Inline
	}
)

// CiteItem is one work cited.
type CiteItem struct {
	Key            string
	Prefix, Suffix string
	SuppressAuthor bool
	Span           source.Span
}

// Kids returns the inlines inside n, or nil.
func Kids(n Inline) []Inline {
	switch n := n.(type) {
	case *Emph:
		return n.Kids
	case *Strong:
		return n.Kids
	case *Strike:
		return n.Kids
	case *Dotted:
		return n.Kids
	case *Underline:
		return n.Kids
	case *ProperName:
		return n.Kids
	case *BookName:
		return n.Kids
	case *Mark:
		return n.Kids
	case *Sub:
		return n.Kids
	case *Sup:
		return n.Kids
	case *Small:
		return n.Kids
	case *Kbd:
		return n.Kids
	case *Link:
		return n.Kids
	case *IndexTerm:
		return n.Kids
	case *Styled:
		return n.Kids
	}
	return nil
}

// PlainText returns the readable text of inlines: what a contents entry, a
// bookmark or a comparison sees. Notes and anchors are nothing, a break is a
// space, a formula its TeX, an image its alternative text.
func PlainText(ns []Inline) string {
	var b strings.Builder
	plain(&b, ns)
	return b.String()
}

func plain(b *strings.Builder, ns []Inline) {
	for _, n := range ns {
		switch n := n.(type) {
		case *Text:
			b.WriteString(n.Value)
		case *Verbatim:
			b.WriteString(n.Text)
		case *InlineMath:
			b.WriteString(n.TeX)
		case *Image:
			b.WriteString(n.Alt)
		case *Break:
			b.WriteByte(' ')
		case *CrossRef:
			if n.Prose != "" {
				b.WriteString(n.Prose)
			} else {
				b.WriteString(n.Target)
			}
		case *Cite:
			plain(b, n.Rendered)
		case *Ruby:
			for _, s := range n.Base {
				b.WriteString(s)
			}
		case *NoteRef, *Anchor:
		default:
			plain(b, Kids(n))
		}
	}
}
