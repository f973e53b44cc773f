package font

import (
	"cmp"
	"encoding/binary"
	"math/bits"
	"slices"
)

// tableData is a table to be written.
type tableData struct {
	tag  tag
	data []byte
}

func putU16(b []byte, v int) []byte { return binary.BigEndian.AppendUint16(b, uint16(v)) }

func putU32(b []byte, v int) []byte { return binary.BigEndian.AppendUint32(b, uint32(v)) }

// checksum is the sum of a table's 32-bit words, the last filled with zeros.
func checksum(b []byte) uint32 {
	var sum uint32
	for ; len(b) >= 4; b = b[4:] {
		sum += binary.BigEndian.Uint32(b)
	}
	var last [4]byte
	copy(last[:], b)
	return sum + binary.BigEndian.Uint32(last[:])
}

// fileSum is what head.checkSumAdjustment makes a whole file's checksum be.
const fileSum = 0xB1B0AFBA

// writeSFNT puts tables into a file, sorted by their tags, and settles the
// checksums. Tables without data are left out.
func writeSFNT(version uint32, tables []tableData) []byte {
	tables = slices.DeleteFunc(tables, func(t tableData) bool { return len(t.data) == 0 })
	slices.SortFunc(tables, func(a, b tableData) int { return cmp.Compare(a.tag, b.tag) })
	size := 12 + 16*len(tables)
	for _, t := range tables {
		size += (len(t.data) + 3) &^ 3
	}
	out := make([]byte, 0, size)
	n := len(tables)
	log := bits.Len(uint(n)) - 1
	out = putU32(out, int(version))
	for _, v := range []int{n, 16 << log, log, 16 * (n - 1<<log)} {
		out = putU16(out, v)
	}
	at, head := 12+16*n, 0
	for _, t := range tables {
		if t.tag == tagOf("head") {
			head = at
			t.data = slices.Clone(t.data)
			clear(t.data[8:12])
		}
		out = putU32(out, int(t.tag))
		out = putU32(out, int(checksum(t.data)))
		out = putU32(out, at)
		out = putU32(out, len(t.data))
		at += (len(t.data) + 3) &^ 3
	}
	for _, t := range tables {
		out = append(out, t.data...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	if head != 0 {
		clear(out[head+8 : head+12])
		binary.BigEndian.PutUint32(out[head+8:], fileSum-checksum(out))
	}
	return out
}
