package svg

import (
	"strconv"
	"strings"

	"banxin/pipeline/page"
)

// style is what is inherited: colours, lines, letters.
type style struct {
	fill, stroke   *page.Color // nil: none
	color          page.Color  // currentColor
	opacity        float64     // of all that is drawn
	fillOpacity    float64
	strokeOpacity  float64
	width          float64
	dash           []float64
	evenOdd, round bool
	hidden         bool
	size           float64 // of letters
	anchor         string
	bold, italic   bool
	mono, serif    bool
	middle         bool // dominant-baseline
}

func plainStyle() style {
	black := page.GrayLevel(0)
	return style{fill: &black, color: black, opacity: 1, fillOpacity: 1, strokeOpacity: 1, width: 1, size: 16}
}

// rule is a rule of a style sheet with one simple selector.
type rule struct {
	selector     string // "rect", ".class", "#id", "rect.class"
	declarations string
}

// styleSheet reads rules; selectors that look at more than the element itself
// count for their last part.
func styleSheet(s string) []rule {
	var out []rule
	for {
		if i := strings.Index(s, "/*"); i >= 0 && i < strings.IndexByte(s+"{", '{') {
			_, rest, _ := strings.Cut(s[i:], "*/")
			s = s[:i] + rest
			continue
		}
		sel, rest, ok := strings.Cut(s, "{")
		if !ok {
			return out
		}
		body, after, ok := strings.Cut(rest, "}")
		if !ok {
			return out
		}
		s = after
		if strings.HasPrefix(strings.TrimSpace(sel), "@") {
			continue
		}
		for _, one := range strings.Split(sel, ",") {
			if f := strings.Fields(one); len(f) > 0 {
				out = append(out, rule{f[len(f)-1], body})
			}
		}
		if len(out) > 10_000 {
			return out
		}
	}
}

func (e *element) matches(sel string) bool {
	if id, ok := strings.CutPrefix(sel, "#"); ok {
		return e.attr("id") == id
	}
	name, class, dotted := strings.Cut(sel, ".")
	if name != "" && name != "*" && name != e.name {
		return false
	}
	if !dotted {
		return true
	}
	have := " " + strings.Join(strings.Fields(e.attr("class")), " ") + " "
	for _, c := range strings.Split(class, ".") {
		if !strings.Contains(have, " "+c+" ") {
			return false
		}
	}
	return true
}

// styled is an element's style: its attributes, then the style sheets, then its
// style attribute.
func (r *reader) styled(e *element, st style) style {
	st.hidden = false
	for _, a := range e.attrs {
		r.set(&st, a.Name.Local, a.Value)
	}
	for _, rl := range r.rules {
		if e.matches(rl.selector) {
			r.declare(&st, rl.declarations)
		}
	}
	r.declare(&st, e.attr("style"))
	return st
}

func (r *reader) declare(st *style, s string) {
	for _, d := range strings.Split(s, ";") {
		if k, v, ok := strings.Cut(d, ":"); ok {
			v, _, _ = strings.Cut(v, "!important")
			r.set(st, strings.TrimSpace(k), strings.TrimSpace(v))
		}
	}
}

// set applies one property.
func (r *reader) set(st *style, name, v string) {
	share := func(old float64) float64 {
		if p, ok := strings.CutSuffix(v, "%"); ok {
			if f, err := strconv.ParseFloat(p, 64); err == nil {
				return min(max(f/100, 0), 1)
			}
		}
		if f, err := strconv.ParseFloat(v, 64); err == nil {
			return min(max(f, 0), 1)
		}
		return old
	}
	switch name {
	case "fill":
		st.fill = r.paintOf(v, st.fill, st.color)
	case "stroke":
		st.stroke = r.paintOf(v, st.stroke, st.color)
	case "color":
		if c, ok := colorOf(v); ok {
			st.color = c
		}
	case "opacity":
		st.opacity *= share(1)
	case "fill-opacity":
		st.fillOpacity = share(st.fillOpacity)
	case "stroke-opacity":
		st.strokeOpacity = share(st.strokeOpacity)
	case "stroke-width":
		st.width = max(0, size(v, st.width))
	case "stroke-dasharray":
		if st.dash = numbers(v); len(st.dash)%2 == 1 {
			st.dash = append(st.dash, st.dash...)
		}
	case "stroke-linecap":
		st.round = v == "round"
	case "fill-rule":
		st.evenOdd = v == "evenodd"
	case "display":
		st.hidden = st.hidden || v == "none"
	case "visibility":
		st.hidden = st.hidden || v == "hidden" || v == "collapse"
	case "font-size":
		st.size = min(max(size(v, st.size), 0.1), 1000)
	case "font-weight":
		n, err := strconv.Atoi(v)
		st.bold = v == "bold" || v == "bolder" || err == nil && n >= 600
	case "font-style":
		st.italic = v == "italic" || v == "oblique"
	case "font-family":
		l := strings.ToLower(v)
		st.mono = strings.Contains(l, "mono") || strings.Contains(l, "courier") || strings.Contains(l, "consolas")
		st.serif = !st.mono && !strings.Contains(l, "sans") && (strings.Contains(l, "serif") || strings.Contains(l, "times") || strings.Contains(l, "song"))
	case "text-anchor":
		st.anchor = v
	case "dominant-baseline", "alignment-baseline":
		st.middle = v == "middle" || v == "central"
	}
}

// paintOf reads a paint: a colour, none, or a gradient, of which the first stop
// stands for all.
func (r *reader) paintOf(v string, old *page.Color, current page.Color) *page.Color {
	switch v {
	case "none", "transparent":
		return nil
	case "inherit":
		return old
	case "currentColor", "currentcolor":
		return &current
	}
	if id, ok := strings.CutPrefix(v, "url("); ok {
		id, rest, _ := strings.Cut(id, ")")
		if c := r.stop(strings.Trim(id, `"'# `), 0); c != nil {
			return c
		}
		if rest = strings.TrimSpace(rest); rest != "" {
			return r.paintOf(rest, old, current)
		}
		return nil
	}
	if c, ok := colorOf(v); ok {
		return &c
	}
	return old
}

// stop is the middle stop of a gradient.
func (r *reader) stop(id string, depth int) *page.Color {
	e := r.ids[id]
	if e == nil || depth > 8 {
		return nil
	}
	var stops []page.Color
	for _, k := range e.kids {
		if k.name != "stop" {
			continue
		}
		v := k.attr("stop-color")
		for _, d := range strings.Split(k.attr("style"), ";") {
			if n, c, ok := strings.Cut(d, ":"); ok && strings.TrimSpace(n) == "stop-color" {
				v = strings.TrimSpace(c)
			}
		}
		if c, ok := colorOf(v); ok {
			stops = append(stops, c)
		}
	}
	if len(stops) == 0 {
		return r.stop(strings.TrimPrefix(e.attr("href"), "#"), depth+1)
	}
	return &stops[len(stops)/2]
}

// colorOf reads a CSS colour; grays are device grays, so that they print in
// black ink alone.
func colorOf(v string) (page.Color, bool) {
	v = strings.ToLower(strings.TrimSpace(v))
	rgb := func(r, g, b int) (page.Color, bool) {
		if r == g && g == b {
			return page.GrayLevel((r*1000 + 127) / 255), true
		}
		return page.RGBColor(uint8(r), uint8(g), uint8(b)), true
	}
	if h, ok := strings.CutPrefix(v, "#"); ok {
		if len(h) == 3 || len(h) == 4 {
			h = string([]byte{h[0], h[0], h[1], h[1], h[2], h[2]})
		}
		n, err := strconv.ParseUint(h[:min(len(h), 6)], 16, 32)
		if err != nil || len(h) < 6 {
			return page.Color{}, false
		}
		return rgb(int(n>>16), int(n>>8&255), int(n&255))
	}
	if args, ok := strings.CutPrefix(v, "rgb"); ok {
		f := numbers(strings.ReplaceAll(strings.Trim(strings.TrimPrefix(args, "a"), "() "), "%", " "))
		if len(f) < 3 {
			return page.Color{}, false
		}
		k := 1.0
		if strings.Contains(args, "%") {
			k = 2.55
		}
		at := func(i int) int { return int(min(max(f[i]*k, 0), 255)) }
		return rgb(at(0), at(1), at(2))
	}
	if n, ok := named(v); ok {
		return rgb(n>>16, n>>8&255, n&255)
	}
	return page.Color{}, false
}

// named are the colour names that drawings use (CSS Color 4, 6.1).
func named(v string) (int, bool) {
	switch v {
	case "black":
		return 0x000000, true
	case "white":
		return 0xffffff, true
	case "red":
		return 0xff0000, true
	case "green":
		return 0x008000, true
	case "blue":
		return 0x0000ff, true
	case "gray", "grey":
		return 0x808080, true
	case "silver":
		return 0xc0c0c0, true
	case "lightgray", "lightgrey":
		return 0xd3d3d3, true
	case "darkgray", "darkgrey":
		return 0xa9a9a9, true
	case "dimgray", "dimgrey":
		return 0x696969, true
	case "whitesmoke":
		return 0xf5f5f5, true
	case "yellow":
		return 0xffff00, true
	case "orange":
		return 0xffa500, true
	case "purple":
		return 0x800080, true
	case "navy":
		return 0x000080, true
	case "teal":
		return 0x008080, true
	case "maroon":
		return 0x800000, true
	case "olive":
		return 0x808000, true
	case "lime":
		return 0x00ff00, true
	case "aqua", "cyan":
		return 0x00ffff, true
	case "fuchsia", "magenta":
		return 0xff00ff, true
	case "brown":
		return 0xa52a2a, true
	case "pink":
		return 0xffc0cb, true
	case "gold":
		return 0xffd700, true
	case "crimson":
		return 0xdc143c, true
	case "steelblue":
		return 0x4682b4, true
	case "lightblue":
		return 0xadd8e6, true
	case "skyblue":
		return 0x87ceeb, true
	case "darkblue":
		return 0x00008b, true
	case "darkgreen":
		return 0x006400, true
	case "lightgreen":
		return 0x90ee90, true
	case "darkred":
		return 0x8b0000, true
	case "tomato":
		return 0xff6347, true
	case "beige":
		return 0xf5f5dc, true
	case "lightyellow":
		return 0xffffe0, true
	}
	return 0, false
}
