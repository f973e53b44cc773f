package pdf

import (
	"strconv"
	"unicode/utf16"

	"banxin/pipeline/unit"
)

// appendLiteral appends a literal string of the bytes of s, which may be
// anything. A bare carriage return would be read as a line feed (ISO 32000-1,
// 7.3.4.2), so it is escaped along with the delimiters.
func appendLiteral(b []byte, s string) []byte {
	b = append(b, '(')
	for i := 0; i < len(s); i++ {
		b = appendLiteralByte(b, s[i])
	}
	return append(b, ')')
}

func appendLiteralByte(b []byte, c byte) []byte {
	switch c {
	case '(', ')', '\\':
		return append(b, '\\', c)
	case '\r':
		return append(b, '\\', 'r')
	}
	return append(b, c)
}

// appendText appends s as a text string.
func appendText(b []byte, s string) []byte { return appendLiteral(b, encodeText(s)) }

const hexDigits = "0123456789ABCDEF"

// appendUTF16 appends the UTF-16BE code units of s as hexadecimal digits.
func appendUTF16(b []byte, s string) []byte {
	var pair [2]uint16
	for _, r := range s {
		for _, u := range utf16.AppendRune(pair[:0], r) {
			b = append(b, hexDigits[u>>12], hexDigits[u>>8&15], hexDigits[u>>4&15], hexDigits[u&15])
		}
	}
	return b
}

// appendName appends a name object; irregular bytes are written as #xx.
func appendName(b []byte, s string) []byte {
	b = append(b, '/')
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.' || c == '+' {
			b = append(b, c)
			continue
		}
		if c == 0 {
			continue // #00 is not allowed in a name
		}
		b = append(b, '#', hexDigits[c>>4], hexDigits[c&15])
	}
	return b
}

// appendRef appends an indirect reference.
func appendRef(b []byte, n int) []byte {
	b = strconv.AppendInt(b, int64(n), 10)
	return append(b, " 0 R"...)
}

// appendDecimal appends v/10^places without trailing zeros.
func appendDecimal(b []byte, v int64, places int) []byte {
	if v < 0 {
		b = append(b, '-')
		v = -v
	}
	pow := int64(1)
	for range places {
		pow *= 10
	}
	whole, part := v/pow, v%pow
	if whole != 0 || part == 0 {
		b = strconv.AppendInt(b, whole, 10)
	}
	if part == 0 {
		return b
	}
	b = append(b, '.')
	for part != 0 {
		pow /= 10
		b = append(b, byte('0'+part/pow))
		part %= pow
	}
	return b
}

// milli rounds a length to thousandths of a point.
func milli(l unit.Length) int64 { return int64(l.Scale(1000, int64(unit.Pt))) }

// length returns the length of v thousandths of a point.
func length(v int64) unit.Length { return unit.Length(v).Scale(int64(unit.Pt), 1000) }

// appendMillis appends numbers of thousandths of a point, each followed by a
// space.
func appendMillis(b []byte, vs ...int64) []byte {
	for _, v := range vs {
		b = appendDecimal(b, v, 3)
		b = append(b, ' ')
	}
	return b
}
