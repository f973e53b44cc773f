package texmath

import "banxin/pipeline/page"

// node is an element of a formula: one of the types below and no other.
type node interface{ node() }

// class is the kind of an atom, which decides the white around it
// (The TeXbook, chapter 18).
type class uint8

const (
	ord class = iota
	op
	bin
	rel
	open
	closing
	punct
	inner
	none // no atom: white, style changes
)

// face is a letter's alphabet.
type face uint8

const (
	asIs face = iota // letters slanted, all else upright
	upright
	bold
	italic
	boldItalic
	double // blackboard
	script
	fraktur
	sans
	sansBold
	sansItalic
	typewriter
)

// size is a style of TeX: display, text, script, scriptscript.
type size uint8

const (
	display size = iota
	inText
	inScript
	inScriptScript
)

// limits say where an operator's scripts stand.
type limits uint8

const (
	beside    limits = iota // right of it
	stacked                 // above and below
	asDisplay               // stacked in displays, beside in text
)

// dimension is a length as written, in thousandths of its unit.
type dimension struct {
	milli int64
	unit  string // em, ex, mu, pt …
}

type (
	// symbol is one sign. A letter is slanted unless its face says otherwise.
	symbol struct {
		text   string
		class  class
		face   face
		letter bool
		negate bool // struck through by \not
	}
	// operator is a big sign or a name ("lim").
	operator struct {
		text   string // of a sign, or of a plain name
		name   *row   // \operatorname, \mathop
		big    bool
		limits limits
	}
	// row is a list of nodes; braced as a group it is one ordinary atom.
	row struct {
		kids   []node
		braced bool
	}
	// scripts are a base with what stands below and above at its right.
	scripts struct {
		base, sub, sup node // base may be nil
		primes         int  // first in sup
	}
	// fraction is one formula over another.
	fraction struct {
		num, den    node
		rule        *dimension // nil: the face's; 0: none
		left, right string     // delimiters, "" for none
		size        size
		sized       bool // size is the author's
		continued   bool // \cfrac
		align       byte // of \cfrac's numerator: l, r or c
	}
	// radical is a root.
	radical struct{ degree, body node }
	// accent is a mark on, or with under below, its base.
	accent struct {
		base  node
		mark  string
		wide  bool // as wide as the base, if the face can
		under bool
		brace bool // scripts are the brace's label
	}
	// bar is a rule over, or under, its base.
	bar struct {
		base  node
		under bool
	}
	// fence is a formula between delimiters of its height; kids are divided
	// by the delimiters of middle.
	fence struct {
		left, right string
		kids        []*row
		middle      []string
	}
	// delimiter is \big( and its like: step 1 to 4.
	delimiter struct {
		text  string
		step  int
		class class
	}
	// array is a matrix, an alignment, cases.
	array struct {
		rows        [][]node
		gaps        []dimension // added below rows
		columns     []column
		rules       []int // rules above row i; len(rows)+1 entries, negative dashed
		left, right string
		kind        arrayKind
		tags        []node // per row, nil for none
	}
	// text is words in the surrounding text's face.
	text struct {
		value       string
		bold, slant bool
		role        byte // 0 body, 's' sans, 't' typewriter
	}
	// space is white.
	space struct{ width dimension }
	// styled sets what follows in another style.
	styled struct {
		size size
		body *row
	}
	// scaled sets what follows larger or smaller.
	scaled struct {
		milli int64
		body  *row
	}
	// colored sets its body in a colour.
	colored struct {
		name  string
		color page.Color
		body  *row
	}
	// arrow is an extensible arrow with labels.
	arrow struct {
		sign         string
		above, below node
	}
	// stack is a base with small formulae above and below.
	stack struct {
		base, over, under node
		class             class
	}
	// phantom is the room of its body.
	phantom struct {
		body                 node
		width, height, depth bool // which of its measures count
		shown                bool // \smash
	}
	// lap is a body of no width: 'l' lies left of its place, 'r' right, 'c'
	// across.
	lap struct {
		body node
		side byte
	}
	// classed is a body that counts as an atom of a class.
	classed struct {
		class class
		body  *row
	}
	// box is a body in a frame, on a ground, or struck out.
	box struct {
		body                 node
		kind                 boxKind
		ground, edge         *page.Color
		groundName, edgeName string
	}
	// slab is a rule of a given size.
	slab struct{ width, height, raise dimension }
	// raised stands above the baseline.
	raised struct {
		by   dimension
		body node
	}
	// choice is one of four by style.
	choice struct{ kids [4]node }
)

// column is a column of an array: its alignment, and the rules left of it.
type column struct {
	align byte // l, c, r
	rules int  // before it; negative dashed
	last  bool // no column: the rules at the right edge
}

type arrayKind uint8

const (
	matrix      arrayKind = iota
	smallMatrix           // script size
	subArray              // \substack
	caseArray
	displayCases
	alignment // columns in pairs, display style
	alignedAt // the same, pairs close together
	gathering
	plainArray
	displayArray
)

type boxKind uint8

const (
	framed boxKind = iota
	grounded
	cancelUp   // \cancel
	cancelDown // \bcancel
	cancelBoth
	struck // \sout
	angled // \angl
)

func (*symbol) node()    {}
func (*operator) node()  {}
func (*row) node()       {}
func (*scripts) node()   {}
func (*fraction) node()  {}
func (*radical) node()   {}
func (*accent) node()    {}
func (*bar) node()       {}
func (*fence) node()     {}
func (*delimiter) node() {}
func (*array) node()     {}
func (*text) node()      {}
func (*space) node()     {}
func (*styled) node()    {}
func (*scaled) node()    {}
func (*colored) node()   {}
func (*arrow) node()     {}
func (*stack) node()     {}
func (*phantom) node()   {}
func (*lap) node()       {}
func (*classed) node()   {}
func (*box) node()       {}
func (*slab) node()      {}
func (*raised) node()    {}
func (*choice) node()    {}
