package dedup

import (
	"fmt"
	"math/bits"
	"strconv"
	"strings"

	"banxin/pipeline/book"
)

// A section is named by what it says, so that a name survives edits elsewhere:
// "s:1a2b3c4d" hashes its title and its own text, and a bare heading takes in
// its first subsection too. Equal sections are told apart by "#2", "#3" in
// reading order. After "~" stands a sketch (simhash, Charikar 2002) by which a
// mended section is found again.
func (s *scan) setKeys() {
	for i := len(s.parts) - 1; i >= 0; i-- { // subsections come after their section
		p := &s.parts[i]
		h := fold(fold(p.title, hashString(foldNumber(p.sec.Typed))), p.hash)
		if p.lo == p.hi && len(p.kids) > 0 {
			h = fold(h, s.parts[p.kids[0]].key)
		}
		p.key = h
	}
}

func hashString(s string) uint64 {
	h := uint64(hashSeed)
	for i := 0; i < len(s); i++ {
		h = fold(h, uint64(s[i]))
	}
	return h
}

// A namer writes and finds the names of sections and units.
type namer struct {
	scan     *scan
	sections []string
	byName   map[string]int
	units    map[string][]int
}

func (s *scan) namer() *namer {
	n := &namer{scan: s, sections: make([]string, len(s.parts)), byName: map[string]int{}}
	seen := map[uint32]int{}
	for i := range s.parts {
		short := uint32(s.parts[i].key >> 32)
		seen[short]++
		name := fmt.Sprintf("s:%08x", short)
		if k := seen[short]; k > 1 {
			name += "#" + strconv.Itoa(k)
		}
		n.sections[i] = name
		n.byName[name] = i
	}
	return n
}

// reference is a section's name as a decisions file has it: name, sketch and
// the heading for the eye.
func (n *namer) reference(i int) string {
	return fmt.Sprintf("%s~%08x %s", n.sections[i], n.scan.sketch(i), n.scan.heading(i))
}

// heading is a section's heading as typed.
func (s *scan) heading(i int) string {
	sec := s.parts[i].sec
	t := strings.TrimSpace(book.PlainText(sec.Title))
	if sec.Typed != "" {
		t = sec.Typed + " " + t
	}
	return strings.Join(strings.Fields(t), " ")
}

// unitName names a unit by its text.
func (s *scan) unitName(u int) string { return fmt.Sprintf("u:%08x", uint32(s.units[u].hash>>32)) }

// unitsNamed finds the units of a name, in reading order.
func (n *namer) unitsNamed(name string) []int {
	if n.units == nil {
		n.units = map[string][]int{}
		for u := range n.scan.units {
			k := n.scan.unitName(u)
			n.units[k] = append(n.units[k], u)
		}
	}
	return n.units[name]
}

// sketch is the 32-bit simhash of a section's own text, or of the titles below
// a bare heading.
func (s *scan) sketch(i int) uint32 {
	var sum [32]int
	vote := func(g uint32) {
		g = mix(g)
		for b := range sum {
			if g>>b&1 != 0 {
				sum[b]++
			} else {
				sum[b]--
			}
		}
	}
	p := &s.parts[i]
	for _, u := range s.units[p.lo:p.hi] {
		eachGram(s.toks[u.lo:u.hi], vote)
	}
	if p.lo == p.hi {
		vote(uint32(p.title >> 32))
		for _, k := range p.kids {
			vote(uint32(s.parts[k].title >> 32))
			vote(uint32(s.parts[k].title))
		}
	}
	var out uint32
	for b, n := range sum {
		if n > 0 {
			out |= 1 << b
		}
	}
	return out
}

func distance(a, b uint32) int { return bits.OnesCount32(a ^ b) }
