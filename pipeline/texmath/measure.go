package texmath

import (
	"strconv"
	"strings"

	"banxin/pipeline/page"
)

// plain reads an argument as text without meaning.
func (p *parser) plain(of token) string {
	t := p.solid()
	if t.text != "{" {
		if t.text == "" || t.text == "}" {
			p.fail(of.at, of.text+" lacks an argument", of.text+" 缺少参数")
		}
		return t.text
	}
	var b strings.Builder
	for _, t := range p.until("}", t.at) {
		b.WriteString(t.text)
	}
	return b.String()
}

// bracketText reads an argument in brackets as text.
func (p *parser) bracketText() (string, bool) {
	t := p.solid()
	if t.text != "[" {
		p.unread(t)
		return "", false
	}
	var b strings.Builder
	for _, t := range p.until("]", t.at) {
		b.WriteString(t.text)
	}
	return strings.TrimSpace(b.String()), true
}

// dimension reads a length that stands bare, or in braces.
func (p *parser) dimension() dimension {
	t := p.solid()
	if t.text == "{" {
		p.unread(t)
		return p.measure(p.plain(t), t.at)
	}
	p.unread(t)
	at := t.at
	var b strings.Builder
	for {
		t := p.raw()
		ok := len(t.text) == 1 && (strings.Contains("+-.0123456789 ", t.text) || asciiLetter(t.text[0]))
		if !ok {
			p.unread(t)
			break
		}
		b.WriteString(t.text)
		s := strings.TrimSpace(b.String())
		if n := len(s); n > 2 && asciiLetter(s[n-1]) && asciiLetter(s[n-2]) {
			break
		}
	}
	return p.measure(b.String(), at)
}

// measure reads a length with its unit.
func (p *parser) measure(s string, at int) dimension {
	s = strings.ReplaceAll(s, " ", "")
	i := len(s)
	for i > 0 && asciiLetter(s[i-1]) {
		i--
	}
	v, err := strconv.ParseFloat(s[:i], 64)
	u := s[i:]
	known := strings.Contains(" pt mm cm in bp pc dd cc nd nc sp px ex em mu ", " "+u+" ")
	if err == nil && u == "" && v == 0 {
		return dimension{}
	}
	if err != nil || u == "" || !known || v > 10_000 || v < -10_000 {
		p.fail(at, "not a length: "+s, "不是长度："+s)
	}
	return dimension{int64(v * 1000), u}
}

// color reads a colour's name, #rgb or #rrggbb, and returns it as #rrggbb too:
// all that MathML's schema knows beside sixteen names.
func (p *parser) color() (string, page.Color) {
	t := p.solid()
	p.unread(t)
	s := strings.TrimSpace(p.plain(t))
	if hex, c, ok := colorOf(s); ok {
		return hex, c
	}
	p.fail(t.at, "unknown colour "+s, "未知颜色 "+s)
	return "", page.Color{}
}

func colorOf(s string) (string, page.Color, bool) {
	h := strings.TrimPrefix(s, "#")
	if len(h) == 3 {
		h = string([]byte{h[0], h[0], h[1], h[1], h[2], h[2]})
	}
	if len(h) == 6 {
		if v, err := strconv.ParseUint(h, 16, 32); err == nil {
			return "#" + strings.ToLower(h), page.RGBColor(uint8(v>>16), uint8(v>>8), uint8(v)), true
		}
	}
	const names = " black=000000 white=ffffff red=ff0000 green=008000 lime=00ff00 blue=0000ff cyan=00ffff aqua=00ffff magenta=ff00ff fuchsia=ff00ff" +
		" yellow=ffff00 gray=808080 grey=808080 darkgray=a9a9a9 lightgray=d3d3d3 brown=a52a2a orange=ffa500 pink=ffc0cb purple=800080 teal=008080" +
		" olive=808000 violet=ee82ee navy=000080 maroon=800000 silver=c0c0c0 gold=ffd700 indigo=4b0082 crimson=dc143c tomato=ff6347 coral=ff7f50" +
		" salmon=fa8072 khaki=f0e68c orchid=da70d6 plum=dda0dd turquoise=40e0d0 skyblue=87ceeb steelblue=4682b4 royalblue=4169e1 slategray=708090" +
		" forestgreen=228b22 seagreen=2e8b57 darkgreen=006400 darkblue=00008b darkred=8b0000 darkorange=ff8c00 firebrick=b22222 chocolate=d2691e"
	i := strings.Index(names, " "+strings.ToLower(s)+"=")
	if i < 0 || s == "" {
		return "", page.Color{}, false
	}
	return colorOf("#" + names[i+len(s)+2:i+len(s)+8])
}
