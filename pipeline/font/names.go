package font

import (
	"io"
	"strings"
	"unicode/utf16"
)

// Name identifiers (OpenType, name table).
const (
	nameFamily      = 1
	nameSubfamily   = 2
	nameFull        = 4
	namePostScript  = 6
	nameLicense     = 13
	nameLicenseURL  = 14
	nameTypoFamily  = 16
	nameTypoSubfam  = 17
	platformUnicode = 0
	platformMac     = 1
	platformWindows = 3
	englishUS       = 0x409
)

// description is what a face says of itself, enough to choose it by.
type description struct {
	families []string // folded, every language, only those asked for
	weight   int
	italic   bool
	variable bool
}

// fold makes family names comparable: case and the amount of space do not
// count.
func fold(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(s), " "))
}

// describe reads the names of a face; wanted limits the families kept. A face
// of no wanted family has no families, and only its names were read.
func describe(at io.ReaderAt, d *directory, wanted map[string]bool) description {
	var out description
	eachName(readTable(at, d, tagOf("name")), func(n nameRecord) bool {
		if n.id != nameFamily && n.id != nameTypoFamily {
			return true
		}
		f := fold(n.text())
		if wanted[f] && !contains(out.families, f) {
			out.families = append(out.families, f)
		}
		return true
	})
	if len(out.families) == 0 {
		return out
	}
	_, out.variable = d.find(tagOf("fvar"))
	out.weight = 400
	if os2 := readTable(at, d, tagOf("OS/2")); len(os2) >= 64 {
		out.weight = u16(os2, 4)
		out.italic = u16(os2, 62)&0x201 != 0 // italic or oblique
		if out.weight < 10 {                 // old files count 1 to 9
			out.weight *= 100
		}
	} else if head := readTable(at, d, tagOf("head")); len(head) >= 46 {
		style := u16(head, 44)
		if style&1 != 0 {
			out.weight = 700
		}
		out.italic = style&2 != 0
	}
	return out
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// nameRecord is one record of a name table.
type nameRecord struct {
	platform, language, id int
	raw                    []byte
}

// text decodes a record. Names of old Macintosh encodings are read as ASCII,
// which is what they are used for.
func (n nameRecord) text() string {
	if n.platform == platformMac {
		return string(n.raw)
	}
	units := make([]uint16, len(n.raw)/2)
	for i := range units {
		units[i] = uint16(u16(n.raw, 2*i))
	}
	return string(utf16.Decode(units))
}

// eachName calls f with every record of a name table until f returns false.
func eachName(table []byte, f func(nameRecord) bool) {
	strings := u16(table, 4)
	for i := range u16(table, 2) {
		r := 6 + 12*i
		if r+12 > len(table) {
			return
		}
		n := nameRecord{platform: u16(table, r), language: u16(table, r+4), id: u16(table, r+6)}
		from := strings + u16(table, r+10)
		to := from + u16(table, r+8)
		if to > len(table) || n.platform == platformMac && n.language != 0 {
			continue
		}
		n.raw = table[from:to]
		if !f(n) {
			return
		}
	}
}

// nameOf returns a face's name of the identifier, in English where there is a
// choice.
func nameOf(table []byte, id int) string {
	best, rank := "", 0
	eachName(table, func(n nameRecord) bool {
		r := 1
		switch {
		case n.id != id:
			return true
		case n.platform == platformWindows && n.language == englishUS:
			r = 4
		case n.platform == platformUnicode:
			r = 3
		case n.platform == platformMac:
			r = 2
		}
		if r > rank {
			best, rank = n.text(), r
		}
		return true
	})
	return best
}
