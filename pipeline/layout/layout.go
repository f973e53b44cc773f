// Package layout is the layout definition: one file of data that decides how
// the PDF's pages and the EPUB's style sheet look. It holds no decisions in Go.
package layout

import "banxin/pipeline/unit"

// Layout is a layout definition with everything it extends folded in. All
// lengths are absolute; those given in em or lines in the file are resolved
// against the body style.
type Layout struct {
	Name        string
	Description map[string]string // by language: en, zh
	Page        Page
	Body        Body
	Spacing     Spacing
	// Styles by name: see StyleNames. Every name there is present.
	Styles   map[string]Style
	Heads    Heads
	Openings Openings
	Contents Contents
	Index    IndexStyle
	Notes    Notes
	Numbers  Numbers
	Code     CodeStyle
	Table    TableStyle
	Figure   FigureStyle
	List     ListStyle
	Color    Colors
	Fonts    map[string]map[string][]Family // role, language, families in order
	EPUB     EPUB
	Print    Print
}

// Page is the sheet and the type area. Inner and Outer are the margins at the
// spine and the fore edge; the type area (版心) is Width-Inner-Outer wide, a
// whole number of body characters, and Body.Lines lines high.
type Page struct {
	Width, Height             unit.Length
	Bleed                     unit.Length
	Inner, Outer, Top, Bottom unit.Length
	OneSided                  bool
}

// Body is the text the grid is made of.
type Body struct {
	Size    unit.Length
	Leading unit.Length
	Measure int // characters a line
	Lines   int // lines a page
	Indent  unit.Length
	// MaxShort is how many lines a page may be short of before it is reported.
	MaxShort int
}

// Spacing is how characters stand beside each other (CLREQ; typography.md).
type Spacing struct {
	Kinsoku   string // none, basic, gb, strict
	Scheme    string // quanjiao, kaiming, banjiao, plain
	Hanging   bool
	Gap       int    // CJK–Latin gap in thousandths of an em
	FirstOpen string // opener at an indented line's start: "trim" or "keep"
	Hyphenate bool
	// BreakTokens allows emergency breaks in long tokens (URLs, code),
	// BreakCamel inside CamelCase.
	BreakTokens, BreakCamel bool
	// KoreanBreak is "word" (keep-all) or "syllable".
	KoreanBreak string
	// JapaneseLevel is very-loose, loose, strict, very-strict.
	JapaneseLevel string
	// Squeeze of 。？！ may be forbidden.
	SqueezeStops bool
}

// Align is how a style's lines stand in the measure.
type Align uint8

const (
	Justify Align = iota
	Left
	Center
	Right
)

// Style is how one kind of text is set.
type Style struct {
	Role          string // song, hei, kai, mono
	Bold, Italic  bool
	Size          unit.Length
	Leading       unit.Length
	Align         Align
	Indent        unit.Length // of the first line
	Left, Right   unit.Length // of all lines
	Before, After unit.Length
	// Occupies is how many body lines the whole block takes (占行), its text
	// centred in them; 0: as many as it needs.
	Occupies int
	Gray     int // 0 black … 1000 white
	Tracking int // thousandths of an em
	// RuleAbove, RuleBelow are thicknesses; 0 is none.
	RuleAbove, RuleBelow unit.Length
	Underline            bool
	// Letter is how the number stands before the title: "" same line with an
	// em between, "line" on a line of its own.
	Letter string
}

// Heads are the running heads and folios. Content: "book", "part", "chapter",
// "section", "none".
type Heads struct {
	Verso, Recto string
	Rule         unit.Length // under the head; 0: none
	Gap          unit.Length // from the head's baseline to the type area
	Folio        string      // "head-outside", "foot-outside", "foot-center"
	FolioGap     unit.Length // from the type area to the folio's baseline
	// OnOpening is whether an opening page prints its folio.
	OnOpening bool
}

// Openings says where divisions begin: "recto", "page" or "run-on".
type Openings struct {
	Part, Chapter, Front string
	// PartPage gives a part a page of its own.
	PartPage bool
	// ChapterSink is the number of empty lines above a chapter's title.
	ChapterSink int
}

// Contents is the contents list.
type Contents struct {
	Depth  int    // 0 parts, 1 chapters, 2 N.N …
	Leader string // "dots", "none"
	Title  map[string]string
	// Figures and Tables ask for lists of them behind the contents.
	Figures, Tables bool
}

// IndexStyle is how the index is set.
type IndexStyle struct {
	Columns int // of a page
}

// Notes are footnotes.
type Notes struct {
	Mark    string // circled, arabic, bracket
	Restart string // page, chapter, book
	Place   string // foot, chapter, book
	Rule    int    // length of the separator in thousandths of the measure
}

// Numbers is how divisions and floats are numbered. Templates use %d, %A and
// %一 for arabic, letter and Chinese figures. By language.
type Numbers struct {
	Part, Chapter, Appendix map[string]string
	Depth                   int // deepest numbered level: 2 is N.N
	// Typed numbers of headings are dropped ("drop"), the place giving the
	// number, or printed as typed ("keep").
	Typed string
	// Figure, Table, Equation, Listing are labels; Sep joins chapter and count.
	Figure, Table, Equation, Listing map[string]string
	Sep                              string
}

// CodeStyle is how listings are set.
type CodeStyle struct {
	Numbers    bool
	Background int // gray, 1000 none
	Rule       unit.Length
	Mark       string // at a wrapped line's end
	Theme      string // one-ink, color
}

// TableStyle is how tables are set: "three-line" or "grid".
type TableStyle struct {
	Rules string
	Heavy unit.Length
	Light unit.Length
}

// FigureStyle limits figures.
type FigureStyle struct {
	MaxHeight int // thousandths of the type area
	MinLabel  unit.Length
	Place     string // here, float
}

// ListStyle is how lists are set.
type ListStyle struct {
	Bullets []string // by level
	Hang    unit.Length
	Outset  unit.Length // of the first level
}

// Colors are accents; one-ink layouts keep them gray.
type Colors struct {
	Link, Accent string // "#rrggbb" or "gray:400"
	Screen       bool
}

// Family is one wish for a role.
type Family struct {
	Name         string
	Bold, Italic bool
}

// EPUB is what only the e-book has.
type EPUB struct {
	Variant    string // generic, apple, kindle, conservative, duokan
	EmbedFonts string // none, subset
	CSS        string // appended to the style sheet
}

// Print is what only the printer's file has.
type Print struct {
	Condition string // registered output condition
	Signature int    // pages
	// Pad fills the last signature with blank pages.
	Pad       bool
	MinMargin unit.Length
	InkLimit  int // of four inks together, percent
}

// StyleNames are the styles every layout has.
func StyleNames() []string {
	return []string{
		"body", "quote", "list", "code", "inline-code", "table", "table-head", "caption", "footnote", "term", "definition", "admonition", "admonition-title",
		"part", "part-number", "chapter", "chapter-number", "section", "subsection", "level4", "level5", "level6", "closing", "appendix", "front",
		"head", "folio", "contents-title", "contents-part", "contents-chapter", "contents-section", "contents-deep",
		"title", "subtitle", "author", "publisher", "colophon", "abstract-title", "abstract", "epigraph", "dedication", "verse", "index", "bibliography",
	}
}
