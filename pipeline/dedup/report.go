package dedup

import "banxin/pipeline/source"

// Outcome is what became of a cluster.
type Outcome string

const (
	Merged    Outcome = "merged"    // by the policy of Decisions.Auto
	Decided   Outcome = "decided"   // by a person
	Allowed   Outcome = "allowed"   // by a decision or a comment: the repeat stays
	Undecided Outcome = "undecided" // both copies stand until a person decides
	Reported  Outcome = "reported"  // both copies stand; worth a look, no more
)

// A Report accounts for every repeat that was found and everything that was
// taken out of the book.
type Report struct {
	// Clusters are the repeats, by the place of their first copy.
	Clusters []*Cluster
	// Pairs are the clusters' pairs, by place.
	Pairs []Pair
	// Dropped are the units that are in no kept copy, in reading order.
	Dropped []Lost
	// Blocks are single blocks repeated in what is kept.
	Blocks []BlockGroup
}

// A Cluster is two or more copies of one text or heading.
type Cluster struct {
	// ID hashes the copies' texts: it stays when lines move.
	ID    string
	Kind  Kind
	Rule  Rule
	Score float64
	// Copies are in reading order; Kept is the index of the one that stays
	// whole, -1 while all of them stand.
	Copies   []Copy
	Kept     int
	Outcome  Outcome
	Decision string // the verb, or the policy's name
	Reason   string
	// Lost are units of dropped copies with no match in the kept one or, while
	// nothing is decided, in the copy the policy would keep.
	Lost []Lost
}

// A Copy is one member of a cluster.
type Copy struct {
	Name   string      // "s:1a2b3c4d"
	Ref    string      // Name with sketch and heading, as a decisions file has it
	Title  string      // the heading as typed
	Span   source.Span // its own text; the heading of a bare one
	Weight int         // in characters
	// Units are its blocks in order, and UnitRefs what a decisions file calls
	// them: "u:1a2b3c4d" and their first words.
	Units    []source.Span
	UnitRefs []string
	Parent   bool // it has subsections, which are copies or not on their own
	index    int
}

// A Pair is two ranges that repeat one another.
type Pair struct {
	Cluster string
	Kind    Kind
	Rule    Rule
	Score   float64
	A, B    source.Span
	// Matches are the units matched within, with their own scores.
	Matches []Match
	whole   bool // A and B are the sections' whole text
}

// A Match is two units that say the same.
type Match struct {
	A, B  source.Span
	Exact bool
	Score float64
}

// Lost is a unit that a dropped copy does not share with the kept one.
type Lost struct {
	Name    string // "u:1a2b3c4d"
	Section string // the heading it stood under
	Span    source.Span
	Text    string
	Why     string // "near": dropped as unmatched; "cut": by decision
	Reason  string
}

// A BlockGroup is one block's text printed several times.
type BlockGroup struct {
	Name  string
	Kind  Kind // Exact, or Near where only letter case or spacing differs
	Code  bool
	Spans []source.Span
}
