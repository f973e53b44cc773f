package dedup

import (
	"fmt"
	"slices"
	"strings"

	"banxin/pipeline/book"
	"banxin/pipeline/source"
)

// unitKind is what a unit is in the text.
type unitKind uint8

const (
	paragraph unitKind = iota
	listItem
	table
	listing // code, a diagram, a formula: compared by identifiers
	picture
)

// A unit is the smallest thing that is kept, carried or lost as a whole: a
// paragraph, a list item's own text, a table, a listing, a picture.
type unit struct {
	kind    unitKind
	nav     bool   // links to other places of the book, or a heading's words in a list
	often   bool   // the same text stands in oftenSections sections or more
	section int32  // index into scan.parts
	lo, hi  int32  // its tokens, a range of scan.toks
	weight  int32  // in characters of CJK text; a Latin word counts as two
	hash    uint64 // of kind class and tokens
	block   book.Block
	item    *book.Item // the list item it opens, or nil
}

// where is the unit's place in the manuscript.
func (u *unit) where() source.Span { return u.block.Where() }

// A part is a section as comparison sees it: its own blocks, not its
// subsections'.
type part struct {
	sec      *book.Section
	parent   int // index, -1 at the top
	kids     []int
	lo, hi   int     // its units, a range of scan.units
	end      int     // offset at which its own text ends in its file
	hash     uint64  // of its units; equal for exact copies
	title    uint64  // hash of the title without its number
	words    []token // the title's tokens
	weight   int     // sum of the units'
	code     int     // the weight of listings among it
	nav      int     // and of what only points to other places
	generic  bool    // a title such as 小结 that says nothing about the text
	excluded bool    // a typed contents list, an index, keywords: never compared
	coded    bool    // the title is code: a reference entry
	allowed  string  // the reason of an inline banxin-allow comment
	key      uint64  // content key, see fingerprint.go
}

// A scan is a book laid out for comparison.
type scan struct {
	book  *book.Book
	toks  []token
	units []unit
	parts []part
	index map[*book.Section]int
	// front are the units before the first heading: in no section, and so never
	// merged, but their repeats are told.
	front []unit
	// numerals are the tokens of Chinese figures; 一 is more often a word than one.
	numerals map[token]bool
	heads    map[int]uint64 // of units that are tables: their heads' hashes
	// byPlace are the parts by file and offset of their headings, those
	// without a file first.
	byPlace []int
}

const hashSeed = 0xcbf29ce484222325

// fold adds v to a 64-bit running hash.
func fold(h, v uint64) uint64 {
	h ^= v
	h *= 0x9E3779B97F4A7C15
	return h ^ h>>29
}

// read lays out b.
func read(b *book.Book) *scan {
	s := &scan{book: b, index: map[*book.Section]int{}, heads: map[int]uint64{}}
	r := &reader{script: tableFor(b.Files)}
	n := 0
	for _, f := range b.Files {
		n += len(f.Text)
	}
	r.toks = make([]token, 0, n/3+64) // a Han character is three bytes
	front := &scan{heads: map[int]uint64{}}
	(&collector{scan: front, reader: r}).blocks(b.Preamble, nil)
	s.front = front.units
	var walk func(sec *book.Section, parent int)
	walk = func(sec *book.Section, parent int) {
		i := len(s.parts)
		s.index[sec] = i
		s.parts = append(s.parts, part{sec: sec, parent: parent, lo: len(s.units)})
		if parent >= 0 {
			s.parts[parent].kids = append(s.parts[parent].kids, i)
		}
		s.parts[i].words = titleTokens(r, sec.Title)
		s.parts[i].title = hashTokens(s.parts[i].words)
		s.parts[i].coded = isCode(sec.Title)
		c := collector{scan: s, reader: r, section: i}
		c.blocks(sec.Blocks, nil)
		s.finish(i)
		for _, k := range sec.Sections {
			walk(k, i)
		}
	}
	for _, sec := range b.Sections {
		walk(sec, -1)
	}
	s.toks = r.toks
	s.numerals = map[token]bool{}
	for _, c := range "〇二三四五六七八九十百千万亿两" {
		s.numerals[charOf(c, r.script)] = true
	}
	s.markPointers()
	s.markOften()
	s.markGeneric()
	s.setEnds()
	s.markAllowed()
	s.setKeys()
	return s
}

// isCode reports whether a title ends in code and holds no more than two words
// beside: "fs.open(path)", "Event: 'close'".
func isCode(title []book.Inline) bool {
	code := false
	words := 0
	for _, n := range title {
		switch n := n.(type) {
		case *book.Verbatim:
			code = true
		case *book.Text:
			code = code && strings.TrimSpace(n.Value) == ""
			words += len(strings.Fields(n.Value))
		default:
			return false
		}
	}
	return code && words <= 2
}

// oftenSections are as many as no author copies a text into by mistake.
const oftenSections = 6

// markOften marks the units whose text stands in very many sections.
func (s *scan) markOften() {
	type seen struct{ count, last int32 }
	at := make(map[uint64]seen, len(s.units))
	for i := range s.units {
		x := &s.units[i]
		if k := at[x.hash]; k.count == 0 || k.last != x.section {
			at[x.hash] = seen{k.count + 1, x.section}
		}
	}
	for i := range s.units {
		s.units[i].often = at[s.units[i].hash].count >= oftenSections
	}
}

// markPointers marks list items and numbered lines that only say a heading
// again: contents lists typed inside the text. Collecting has marked those made
// of links.
func (s *scan) markPointers() {
	titles := make(map[uint64]bool, len(s.parts))
	for i := range s.parts {
		titles[s.parts[i].title] = true
	}
	for u := range s.units {
		x := &s.units[u]
		if x.kind <= listItem && !x.nav {
			ts := s.toks[x.lo:x.hi]
			for len(ts) > 1 && ts[0].kind() == numberToken {
				ts = ts[1:]
			}
			x.nav = (x.kind == listItem || len(ts) < int(x.hi-x.lo)) && titles[hashTokens(ts)]
		}
		if x.nav {
			s.parts[x.section].nav += int(x.weight)
		}
	}
}

func titleTokens(r *reader, title []book.Inline) []token {
	at := len(r.toks)
	r.inlines(title)
	r.flush()
	out := slices.Clone(r.toks[at:])
	r.toks = r.toks[:at]
	return out
}

func hashTokens(ts []token) uint64 {
	h := uint64(hashSeed)
	for _, t := range ts {
		h = fold(h, uint64(t&^kindMask))
	}
	return h
}

// finish sums up part i once its own units are in.
func (s *scan) finish(i int) {
	p := &s.parts[i]
	p.hi = len(s.units)
	p.hash = hashSeed
	for _, u := range s.units[p.lo:p.hi] {
		p.hash = fold(p.hash, u.hash)
		p.weight += int(u.weight)
		if u.kind == listing {
			p.code += int(u.weight)
		}
	}
	switch p.sec.Role {
	case book.Contents, book.Index, book.Keywords:
		p.excluded = true
	}
}

// A collector gathers the units of one section.
type collector struct {
	scan    *scan
	reader  *reader
	section int
	at      int // where the unit being read starts
}

func (c *collector) open() {
	c.reader.flush()
	c.at, c.reader.linked = len(c.reader.toks), 0
}

func (c *collector) close(kind unitKind, b book.Block, it *book.Item) {
	c.reader.flush()
	ts := c.reader.toks[c.at:]
	if len(ts) == 0 {
		return
	}
	w := 0
	for _, t := range ts {
		if t.kind() == charToken {
			w++
		} else {
			w += 2
		}
	}
	h := hashTokens(ts)
	c.scan.units = append(c.scan.units, unit{kind: kind, section: int32(c.section),
		lo: int32(c.at), hi: int32(len(c.reader.toks)), hash: h, weight: int32(w), block: b, item: it, nav: c.reader.linked*2 > len(ts)})
}

func (c *collector) inlines(kind unitKind, b book.Block, it *book.Item, runs ...[]book.Inline) {
	c.open()
	for _, ns := range runs {
		c.reader.inlines(ns)
		c.reader.flush()
	}
	c.close(kind, b, it)
}

// blocks reads bs; it is the list item they stand in, which its first unit
// stands for.
func (c *collector) blocks(bs []book.Block, it *book.Item) {
	for i, b := range bs {
		opens := it
		if i > 0 {
			opens = nil
		}
		c.one(b, opens)
	}
}

func (c *collector) one(b book.Block, it *book.Item) {
	switch b := b.(type) {
	case *book.Paragraph:
		kind := paragraph
		if it != nil {
			kind = listItem
		}
		c.inlines(kind, b, it, b.Inlines)
	case *book.List:
		for _, it := range b.Items {
			c.blocks(it.Blocks, it)
		}
	case *book.DefinitionList:
		for _, e := range b.Entries {
			c.inlines(paragraph, b, nil, e.Terms...)
			for _, d := range e.Details {
				c.blocks(d, nil)
			}
		}
	case *book.Quote:
		c.blocks(b.Blocks, nil)
	case *book.Admonition:
		c.blocks(b.Blocks, nil)
	case *book.Division:
		c.blocks(b.Blocks, nil)
	case *book.Code:
		c.text(b, b.Text)
	case *book.Diagram:
		c.text(b, b.Text)
	case *book.Math:
		c.text(b, b.TeX)
	case *book.Table:
		c.table(b)
	case *book.Figure:
		c.open()
		for _, im := range b.Images {
			c.reader.inlines([]book.Inline{im})
		}
		c.reader.inlines(b.Caption)
		c.close(picture, b, nil)
	case *book.Unknown:
		c.text(b, b.Text)
	case *book.Rule, *book.ContentsHere, *book.IndexHere, *book.BibliographyHere:
	default:
		panic(fmt.Sprintf("dedup: unknown block %T", b))
	}
}

// text reads a listing. Its hash is of every character but white space, since
// an operator or a capital may be all that tells two listings apart.
func (c *collector) text(b book.Block, s string) {
	n := len(c.scan.units)
	c.open()
	c.reader.read(s)
	c.close(listing, b, nil)
	if len(c.scan.units) == n {
		return
	}
	h := uint64(hashSeed)
	for i := 0; i < len(s); i++ {
		if s[i] > ' ' {
			h = fold(h, uint64(s[i]))
		}
	}
	c.scan.units[n].hash = h
}

// table reads a table: its body, since two tables under one head are two
// tables; of a table without a body the head. The hash is of both.
func (c *collector) table(b *book.Table) {
	rows := func(rs []book.Row) {
		for _, row := range rs {
			for _, cell := range row.Cells {
				c.cell(cell.Blocks)
			}
		}
	}
	c.open()
	rows(b.Head)
	head := hashTokens(c.reader.toks[c.at:])
	if kept := len(c.reader.toks); kept > c.at {
		rows(b.Rows)
		if len(c.reader.toks) > kept {
			c.reader.toks = slices.Delete(c.reader.toks, c.at, kept)
		}
	} else {
		rows(b.Rows)
	}
	n := len(c.scan.units)
	c.close(table, b, nil)
	if len(c.scan.units) > n {
		c.scan.heads[n] = head
		c.scan.units[n].hash = fold(c.scan.units[n].hash, head)
	}
}

func (c *collector) cell(bs []book.Block) {
	book.EachBlock(bs, func(b book.Block) bool {
		for _, ns := range book.Inlines(b) {
			c.reader.inlines(ns)
			c.reader.flush()
		}
		return true
	})
}
