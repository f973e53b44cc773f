package prepress

import (
	"fmt"
	"strings"

	"banxin/pipeline/layout"
	"banxin/pipeline/page"
	"banxin/pipeline/typeset"
	"banxin/pipeline/unit"
)

// EAN returns the thirteen digits of an ISBN, of ten digits or thirteen, with
// or without hyphens. A wrong length or check digit is an error.
func EAN(isbn string) (string, error) {
	s := strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' || r == '‐' || r == '‑' || r == '–' {
			return -1
		}
		return r
	}, strings.TrimPrefix(strings.TrimSpace(isbn), "ISBN"))
	body := s
	switch {
	case len(s) == 10 && sumTen(s)%11 == 0:
		body = "978" + s[:9]
	case len(s) == 13 && (strings.HasPrefix(s, "978") || strings.HasPrefix(s, "979")):
		body = s[:12]
	default:
		return "", fmt.Errorf("%q is no ISBN", isbn)
	}
	sum := 0
	for i, c := range []byte(body) {
		if c < '0' || c > '9' {
			return "", fmt.Errorf("%q is no ISBN", isbn)
		}
		sum += int(c-'0') * (1 + 2*(i%2))
	}
	ean := body + string(rune('0'+(10-sum%10)%10))
	if len(s) == 13 && s != ean {
		return "", fmt.Errorf("the check digit of ISBN %s is %c, not %c", isbn, ean[12], s[12])
	}
	return ean, nil
}

// sumTen is the weighted sum of an ISBN of ten digits, which eleven divides; 1
// if a character is none of such a number.
func sumTen(s string) int {
	sum := 0
	for i, c := range []byte(s) {
		d := int(c - '0')
		switch {
		case c == 'X' && i == 9:
			d = 10
		case c < '0' || c > '9':
			return 1
		}
		sum += d * (10 - i)
	}
	return sum
}

// modules are the 95 modules of an EAN-13 symbol, '1' for a bar (ISO/IEC
// 15420): the first digit is in the parity of the next six.
func modules(ean string) string {
	odd := [10]string{"0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011"}
	parity := [10]string{"OOOOOO", "OOEOEE", "OOEEOE", "OOEEEO", "OEOOEE", "OEEOOE", "OEEEOO", "OEOEOE", "OEOEEO", "OEEOEO"}
	invert := strings.NewReplacer("0", "1", "1", "0")
	var b strings.Builder
	b.WriteString("101")
	for i := 1; i <= 6; i++ {
		code := odd[ean[i]-'0']
		if parity[ean[0]-'0'][i-1] == 'E' {
			code = invert.Replace(reversed(code))
		}
		b.WriteString(code)
	}
	b.WriteString("01010")
	for i := 7; i <= 12; i++ {
		b.WriteString(invert.Replace(odd[ean[i]-'0']))
	}
	b.WriteString("101")
	return b.String()
}

func reversed(s string) string {
	b := []byte(s)
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return string(b)
}

// module is the nominal width of a module, 0.33 mm; quietLeft and quietRight
// are the white beside the bars in modules; bars is their height.
const (
	module     = 33 * unit.Mm / 100
	quietLeft  = 11
	quietRight = 7
	barHeight  = 2285 * unit.Mm / 100
	guardDrop  = 5 * module
)

// Barcode draws an EAN-13 symbol of nominal size on white, the ISBN above it
// and the digits below, in black alone. ean must be EAN's.
func Barcode(ean, isbn string, c *typeset.Compositor) *page.Frame {
	const white = 2 * unit.Mm
	head := layout.Style{Role: "hei", Size: 8 * unit.Pt, Leading: 10 * unit.Pt, Align: layout.Center}
	digit := layout.Style{Role: "hei", Size: 9 * unit.Pt, Leading: 10 * unit.Pt, Align: layout.Center}
	width := module * (quietLeft + 95 + quietRight)
	f := &page.Frame{Width: width, Height: white + head.Leading + barHeight + digit.Leading + white}
	f.Add(0, 0, &page.Rule{Width: f.Width, Height: f.Height, Color: page.GrayLevel(1000)})
	stack(f, c.Lines("ISBN "+strings.TrimSpace(strings.TrimPrefix(isbn, "ISBN")), head, width), 0, white)
	top := white + head.Leading
	m := modules(ean)
	for i := 0; i < len(m); {
		j := i
		for j < len(m) && m[j] == m[i] {
			j++
		}
		if m[i] == '1' {
			h := barHeight
			if i < 3 || i >= 45 && i < 50 || i >= 92 {
				h += guardDrop
			}
			f.Add(module*unit.Length(quietLeft+i), top, &page.Rule{Width: module * unit.Length(j-i), Height: h})
		}
		i = j
	}
	for i := range 13 {
		x := unit.Length(0)
		switch {
		case i >= 7:
			x = module * unit.Length(quietLeft+50+7*(i-7))
		case i >= 1:
			x = module * unit.Length(quietLeft+3+7*(i-1))
		}
		stack(f, c.Lines(ean[i:i+1], digit, 7*module), x, top+barHeight)
	}
	return f
}

// stack lays lines one under another and returns where they end.
func stack(onto *page.Frame, lines []*page.Frame, x, y unit.Length) unit.Length {
	for _, l := range lines {
		onto.Add(x, y, &page.Group{Frame: l})
		y += l.Height
	}
	return y
}
