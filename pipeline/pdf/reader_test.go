package pdf

import (
	"iter"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

func parseNumber(t testing.TB, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatalf("not a number: %q", s)
	}
	return v
}

func decodeHex(s string) string {
	var units []uint16
	for i := 0; i+4 <= len(s); i += 4 {
		v, _ := strconv.ParseUint(s[i:i+4], 16, 16)
		units = append(units, uint16(v))
	}
	return string(utf16.Decode(units))
}

// tokens splits a content stream as this package writes them. A literal
// string comes decoded, with its opening parenthesis; a dictionary in one
// piece.
func tokens(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := 0; i < len(s); {
			tok := ""
			switch c := s[i]; {
			case strings.ContainsRune(" \n", rune(c)):
				i++
				continue
			case c == '(':
				tok, i = literal(s, i)
			case c == '[' || c == ']':
				tok, i = s[i:i+1], i+1
			case strings.HasPrefix(s[i:], "<<"):
				end := i + strings.Index(s[i:], ">>BDC") + 2
				tok, i = s[i:end], end
			default:
				end := i + 1
				for end < len(s) && !strings.ContainsRune(" \n()[]<>/", rune(s[end])) {
					end++
				}
				tok, i = s[i:end], end
			}
			if !yield(tok) {
				return
			}
		}
	}
}

func literal(s string, i int) (tok string, next int) {
	b := []byte{'('}
	for i++; s[i] != ')'; i++ {
		if s[i] == '\\' {
			i++
			if s[i] == 'r' {
				b = append(b, '\r')
				continue
			}
		}
		b = append(b, s[i])
	}
	return string(b), i + 1
}
