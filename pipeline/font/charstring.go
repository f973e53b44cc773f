package font

import "errors"

// Operators of Type 2 charstrings (Adobe Technical Note 5177).
const (
	csHStem      = 1
	csVStem      = 3
	csVMoveTo    = 4
	csRLineTo    = 5
	csHLineTo    = 6
	csVLineTo    = 7
	csRRCurveTo  = 8
	csCallSubr   = 10
	csReturn     = 11
	csEscape     = 12
	csEndChar    = 14
	csHStemHM    = 18
	csHintMask   = 19
	csCntrMask   = 20
	csRMoveTo    = 21
	csHMoveTo    = 22
	csVStemHM    = 23
	csRCurveLine = 24
	csRLineCurve = 25
	csVVCurveTo  = 26
	csHHCurveTo  = 27
	csShort      = 28
	csCallGSubr  = 29
	csVHCurveTo  = 30
	csHVCurveTo  = 31
	csFlex       = 1235
	csHFlex      = 1234
	csHFlex1     = 1236
	csFlex1      = 1237
)

// A charstring may call ten subroutines deep; the bound on what it may grow to
// keeps a hostile one from filling the memory.
const (
	subrDepth     = 10
	maxCharstring = 1 << 16
)

var errCharstring = errors.New("a charstring is damaged")

// flatString is a charstring without calls: its subroutines stand in it. Its
// hints are kept. font is the font dictionary it is of.
type flatString struct {
	code []byte
	font int

	// While it is made: the operands on the stack and where the last of them
	// begins in code (-1: it was not a number that stands there), the number
	// of stem hints, whether it has ended.
	stack, last, stems int
	steps              int
	ended              bool
}

// flat returns a glyph's charstring without calls.
func (c *cffTable) flat(g int) (*flatString, error) {
	if g < 0 || g >= c.charstrings.count {
		return nil, errCharstring
	}
	code := c.bytes(c.charstrings.span(g))
	if code == nil {
		return nil, errCharstring
	}
	f := &flatString{font: c.font(g), last: -1, code: make([]byte, 0, 2*len(code))}
	if err := f.inline(code, c.global, c.locals(f.font), 0); err != nil {
		return nil, err
	}
	if !f.ended {
		f.code = append(f.code, csEndChar)
	}
	return f, nil
}

func (f *flatString) inline(code []byte, global, local [][]byte, depth int) error {
	if depth > subrDepth {
		return errCharstring
	}
	for i := 0; i < len(code) && !f.ended; {
		if f.steps++; len(f.code) > maxCharstring || f.steps > 2*maxCharstring {
			return errCharstring
		}
		v := code[i]
		if n := numberSize(v); n > 0 {
			if i+n > len(code) {
				return errCharstring
			}
			f.last = len(f.code)
			f.stack++
			f.code = append(f.code, code[i:i+n]...)
			i += n
			continue
		}
		i++
		var err error
		switch v {
		case csCallSubr:
			err = f.call(local, global, local, depth)
		case csCallGSubr:
			err = f.call(global, global, local, depth)
		case csReturn:
			return nil
		case csEscape:
			if i >= len(code) {
				return errCharstring
			}
			f.escape(code[i])
			i++
		default:
			i, err = f.operator(v, code, i)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// call puts the subroutine that the last number names in its place.
func (f *flatString) call(list, global, local [][]byte, depth int) error {
	if f.last < 0 {
		return errCharstring
	}
	n, _ := number(f.code[f.last:])
	n += subrBias(len(list))
	if n < 0 || n >= len(list) {
		return errCharstring
	}
	f.code = f.code[:f.last]
	f.stack--
	f.last = -1
	return f.inline(list[n], global, local, depth+1)
}

func subrBias(count int) int {
	switch {
	case count < 1240:
		return 107
	case count < 33900:
		return 1131
	}
	return 32768
}

// operator copies an operator that ends what is on the stack; hint masks take
// the bytes after them along.
func (f *flatString) operator(v byte, code []byte, i int) (int, error) {
	switch v {
	case csHStem, csVStem, csHStemHM, csVStemHM:
		f.stems += f.stack / 2
	case csHintMask, csCntrMask:
		f.stems += f.stack / 2 // a vstemhm that was left out
		n := (f.stems + 7) / 8
		if i+n > len(code) {
			return i, errCharstring
		}
		f.code = append(append(f.code, v), code[i:i+n]...)
		f.stack, f.last = 0, -1
		return i + n, nil
	case csEndChar:
		f.ended = true
		if f.stack >= 4 {
			// An accent composed by endchar (appendix C) names glyphs that the
			// subset numbers otherwise; no OpenType face needs it.
			return i, errCharstring
		}
	}
	f.code = append(f.code, v)
	f.stack, f.last = 0, -1
	return i, nil
}

// escape copies a two-byte operator. Arithmetic leaves the stack's depth
// unknown but for its own effect.
func (f *flatString) escape(v byte) {
	f.code = append(f.code, csEscape, v)
	f.last = -1
	switch 1200 + int(v) {
	case 1203, 1204, 1210, 1211, 1212, 1215, 1224:
		f.stack--
	case 1218: // drop
		f.stack--
	case 1220: // put
		f.stack -= 2
	case 1222: // ifelse
		f.stack -= 3
	case 1223, 1227: // random, dup
		f.stack++
	case 1230: // roll
		f.stack -= 2
	case csHFlex, csFlex, csHFlex1, csFlex1:
		f.stack = 0
	}
	f.stack = max(f.stack, 0)
}

// numberSize is the length of the number that begins with v, 0 for an operator.
func numberSize(v byte) int {
	switch {
	case v == csShort:
		return 3
	case v < 32:
		return 0
	case v <= 246:
		return 1
	case v <= 254:
		return 2
	}
	return 5
}

// number reads a number: its integer part, and in 1/65536 the whole of it.
func number(b []byte) (whole int, fixed int64) {
	switch v := int(b[0]); {
	case v == csShort:
		whole = i16(b, 1)
	case v <= 246:
		whole = v - 139
	case v <= 250:
		whole = (v-247)*256 + int(b[1]) + 108
	case v <= 254:
		whole = -(v-251)*256 - int(b[1]) - 108
	default:
		f := int64(int32(u32(b, 1)))
		return int(f >> 16), f
	}
	return whole, int64(whole) << 16
}
