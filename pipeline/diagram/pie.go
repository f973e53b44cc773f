package diagram

import (
	"math"
	"strconv"
	"strings"

	"banxin/pipeline/unit"
)

// pie is shares of a whole.
type pie struct {
	title  string
	values bool // shown beside the shares
	slices []slice
}

type slice struct {
	name  string
	value float64
}

func parsePie(t *text, at int) (figure, *Error) {
	p := &pie{title: t.title}
	for i, line := range t.rows(at) {
		s := line.text
		if rest, ok := strings.CutPrefix(s, "showData"); ok && i == 0 {
			p.values, s = true, strings.TrimSpace(rest)
			if s == "" {
				continue
			}
		}
		if rest, ok := strings.CutPrefix(s, "title "); ok {
			p.title = strings.TrimSpace(rest)
			continue
		}
		n := strings.LastIndexByte(s, ':')
		if n < 0 {
			return nil, t.fault(line.at, "a slice reads “\"name\" : 42”", "一份应写作“\"名称\" : 42”")
		}
		v, err := strconv.ParseFloat(strings.TrimSpace(s[n+1:]), 64)
		if err != nil || v < 0 || math.IsInf(v, 0) || math.IsNaN(v) {
			return nil, t.fault(line.at+n+1, "a slice wants a number that is not negative", "此处应为非负数")
		}
		p.slices = append(p.slices, slice{unquoted(strings.TrimSpace(s[:n])), v})
		if len(p.slices) > 100 {
			return nil, t.fault(line.at, "the pie has more than 100 slices", "饼图超过 100 份")
		}
	}
	if len(p.slices) == 0 || p.total() <= 0 {
		return nil, t.fault(at, "the pie has no slices", "饼图没有内容")
	}
	return p, nil
}

func (c *pie) total() float64 {
	sum := 0.0
	for _, s := range c.slices {
		sum += s.value
	}
	return sum
}

func (c *pie) ways(bool) []way { return []way{{wrap: 13_000}, {wrap: 9000}} }

// share prints a slice's part of the whole.
func (c *pie) share(i int) string {
	return strconv.FormatFloat(c.slices[i].value*100/c.total(), 'f', 1, 64) + "%"
}

func (c *pie) tell(lang string) string {
	var parts []string
	for i, s := range c.slices {
		parts = append(parts, plainText(s.name)+" "+c.share(i))
	}
	return say(lang, "Pie chart", "饼图", "円グラフ", "원 그래프") + colon(lang) + strings.Join(parts, semi(lang))
}

func (c *pie) lay(p *pen, w way) *sheet {
	s := newSheet()
	r := p.em(5500)
	y := p.heading(s, c.title, 0)
	cx, cy := r, y+r
	total, sum := c.total(), 0.0
	for i, sl := range c.slices {
		if sl.value == 0 {
			continue
		}
		a, b := sum/total, (sum+sl.value)/total
		sum += sl.value
		var t trace
		if b-a < 1 {
			t.move(cx, cy)
			t.sector(cx, cy, r, a, b)
			t.close()
		} else {
			t.ellipse(cx, cy, r, r)
		}
		l := p.filled(p.colors.Series[i%len(p.colors.Series)])
		l.stroke = &p.colors.Paper
		s.ink(&t, l)
	}
	var rim trace
	rim.ellipse(cx, cy, r, r)
	s.ink(&rim, p.stroked())
	x := 2*r + p.em(1800)
	step := p.em(1600)
	var list []*label
	high := unit.Length(0)
	for i, sl := range c.slices {
		text := sl.name
		if c.values {
			text += " [" + strconv.FormatFloat(sl.value, 'f', -1, 64) + "]"
		}
		l := p.set(text+"  "+c.share(i), p.em(w.wrap))
		list = append(list, l)
		high += max(l.h+p.em(250), step)
	}
	at := max(y, cy-high/2)
	width := x
	for i, l := range list {
		var t trace
		t.rect(x, at+p.em(200), p.em(900), p.em(900))
		s.ink(&t, p.filled(p.colors.Series[i%len(p.colors.Series)]))
		p.write(s, l, x+p.em(1400), at, start)
		width = max(width, x+p.em(1400)+l.w)
		at += max(l.h+p.em(250), step)
	}
	return p.finish(s, width, max(at, cy+r))
}

// sector draws the arc from share a of a turn to share b, clockwise from the
// top, and a line to where it begins.
func (t *trace) sector(cx, cy, r unit.Length, a, b float64) {
	n := int(math.Ceil((b-a)*4 - 1e-9))
	step := (b - a) / float64(n) * 2 * math.Pi
	k := 4.0 / 3 * math.Tan(step/4)
	radius := r.Points()
	// Points are rounded to 1/64 pt: trigonometric functions may differ in
	// their last bits between processors.
	at := func(x, y float64) point {
		grain := func(v float64) unit.Length { return unit.Length(math.Round(v*radius*64)) * (unit.Pt / 64) }
		return point{cx + grain(x), cy + grain(y)}
	}
	angle := a * 2 * math.Pi
	x, y := math.Sin(angle), -math.Cos(angle)
	first := at(x, y)
	t.to(first.x, first.y)
	for range n {
		angle += step
		nx, ny := math.Sin(angle), -math.Cos(angle)
		// The tangent of (x, y), clockwise, is (-y, x).
		c1, c2, q := at(x-k*y, y+k*x), at(nx+k*ny, ny-k*nx), at(nx, ny)
		t.curve(c1.x, c1.y, c2.x, c2.y, q.x, q.y)
		x, y = nx, ny
	}
}

// heading writes a title at the top left and returns where to go on.
func (p *pen) heading(s *sheet, title string, x unit.Length) unit.Length {
	if title == "" {
		return 0
	}
	l := p.setSpans(bolder(spans(title)), max(p.measure, p.em(10_000)))
	p.write(s, l, x, 0, start)
	return l.h + p.em(500)
}

// finish closes a sheet about all that is on it.
func (p *pen) finish(s *sheet, w, h unit.Length) *sheet {
	return (&draft{p: p}).trim(s, w, h)
}
