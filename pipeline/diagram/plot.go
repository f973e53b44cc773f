package diagram

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// quadrant is points in a square of four fields.
type quadrant struct {
	title      string
	x, y       [2]string
	fields     [4]string // counted as Mermaid does: from the upper right, anticlockwise
	pointsList []spot
}

type spot struct {
	name string
	x, y float64
}

// spotPattern is a point's name and place.
const spotPattern = `^(.+?)(?::::\w+)?\s*:\s*\[\s*([\d.]+)\s*,\s*([\d.]+)\s*\]`

func parseQuadrant(t *text, at int) (figure, *Error) {
	c := &quadrant{title: t.title}
	place := regexp.MustCompile(spotPattern)
	for _, line := range t.rows(at) {
		word, rest, _ := strings.Cut(line.text, " ")
		rest = strings.TrimSpace(rest)
		switch word {
		case "title":
			c.title = rest
			continue
		case "x-axis", "y-axis":
			a, b, _ := strings.Cut(rest, "-->")
			ends := [2]string{unquoted(strings.TrimSpace(a)), unquoted(strings.TrimSpace(b))}
			if word == "x-axis" {
				c.x = ends
			} else {
				c.y = ends
			}
			continue
		case "quadrant-1", "quadrant-2", "quadrant-3", "quadrant-4":
			c.fields[word[len(word)-1]-'1'] = unquoted(rest)
			continue
		case "classDef":
			continue
		}
		m := place.FindStringSubmatch(line.text)
		if m == nil {
			return nil, t.fault(line.at, "a point reads “name: [0.3, 0.6]”", "一点应写作“名称: [0.3, 0.6]”")
		}
		x, errX := strconv.ParseFloat(m[2], 64)
		y, errY := strconv.ParseFloat(m[3], 64)
		if errX != nil || errY != nil || x > 1 || y > 1 {
			return nil, t.fault(line.at+len(m[1]), "a point's place is two numbers from 0 to 1", "点的位置应为 0 至 1 的两个数")
		}
		c.pointsList = append(c.pointsList, spot{unquoted(strings.TrimSpace(m[1])), x, y})
		if len(c.pointsList) > maxNodes {
			return nil, t.tooLarge(line.at)
		}
	}
	return c, nil
}

func (c *quadrant) ways(bool) []way { return []way{{wrap: 9000}} }

func (c *quadrant) tell(lang string) string {
	var parts []string
	for _, s := range c.pointsList {
		if len(parts) < 40 {
			parts = append(parts, plainText(s.name)+" ("+strconv.FormatFloat(s.x, 'f', -1, 64)+", "+strconv.FormatFloat(s.y, 'f', -1, 64)+")")
		}
	}
	return say(lang, "Quadrant chart", "四象限图", "四象限図", "사분면 차트") + colon(lang) + strings.Join(parts, semi(lang))
}

func (c *quadrant) lay(p *pen, w way) *sheet {
	s := newSheet()
	top := p.heading(s, c.title, 0)
	side := p.em(25_000)
	if p.measure > 0 {
		side = min(side, p.measure-p.em(7000))
	}
	side = max(side, p.em(12_000))
	half := side / 2
	left := unit.Length(0)
	low, high := p.set(c.y[0], p.em(6500)), p.set(c.y[1], p.em(6500))
	if left = max(low.w, high.w); left > 0 {
		left += p.em(700)
	}
	corner := [4]point{{left + half, top}, {left, top}, {left, top + half}, {left + half, top + half}}
	for i, q := range corner {
		var t trace
		t.rect(q.x, q.y, half, half)
		fill := p.colors.Group
		if i%2 == 0 {
			fill = p.colors.Fill
		}
		s.ink(&t, p.flat(fill))
		l := p.set(c.fields[i], half-p.em(1000))
		at := q.y + p.em(500)
		if len(c.pointsList) == 0 {
			at = q.y + (half-l.h)/2
		}
		p.write(s, l, q.x+(half-l.w)/2, at, middle)
	}
	var t trace
	t.rect(left, top, side, side)
	t.move(left+half, top)
	t.to(left+half, top+side)
	t.move(left, top+half)
	t.to(left+side, top+half)
	s.ink(&t, p.stroked())
	p.write(s, high, left-p.em(700)-high.w, top+half/2-high.h/2, finish)
	p.write(s, low, left-p.em(700)-low.w, top+half+half/2-low.h/2, finish)
	for i, name := range c.x {
		l := p.set(name, half)
		p.write(s, l, left+half*unit.Length(i)+(half-l.w)/2, top+side+p.em(300), middle)
	}
	for _, q := range c.pointsList {
		at := point{left + side.Scale(int64(math.Round(q.x*10_000)), 10_000), top + side - side.Scale(int64(math.Round(q.y*10_000)), 10_000)}
		var dot trace
		dot.ellipse(at.x, at.y, p.em(320), p.em(320))
		s.ink(&dot, p.flat(p.colors.Strong))
		l := p.set(q.name, p.em(w.wrap))
		x := min(max(at.x-l.w/2, left), left+side-l.w)
		p.write(s, l, x, at.y+p.em(350), middle)
		s.nodes = append(s.nodes, Node{ID: q.name, Label: plainText(q.name), Box: page.Box{X: at.x - p.em(320), Y: at.y - p.em(320), Width: p.em(640), Height: p.em(640)}})
	}
	return p.finish(s, left+side, top+side)
}

// xyChart is bars and lines over categories.
type xyChart struct {
	title, xTitle, yTitle string
	names                 []string
	low, high             float64
	ranged                bool
	series                []series
}

type series struct {
	bars   bool
	values []float64
}

func parseXY(t *text, at int) (figure, *Error) {
	c := &xyChart{title: t.title}
	var from, to float64
	span := false
	for _, line := range t.rows(at) {
		word, rest, _ := strings.Cut(line.text, " ")
		rest = strings.TrimSpace(rest)
		switch word {
		case "horizontal", "vertical":
		case "title":
			c.title = unquoted(rest)
		case "x-axis":
			name, list, ok := strings.Cut(rest, "[")
			if !ok {
				c.xTitle, from, to, span = axisRange(rest)
				continue
			}
			c.xTitle = unquoted(strings.TrimSpace(name))
			for _, s := range strings.Split(strings.TrimSuffix(strings.TrimSpace(list), "]"), ",") {
				c.names = append(c.names, unquoted(strings.TrimSpace(s)))
			}
		case "y-axis":
			c.yTitle, c.low, c.high, c.ranged = axisRange(rest)
		case "bar", "line":
			_, list, ok := strings.Cut(rest, "[")
			if !ok {
				return nil, t.fault(line.at+len(word), "“"+word+"” wants a list: [1, 2, 3]", "“"+word+"”之后应为数列：[1, 2, 3]")
			}
			s := series{bars: word == "bar"}
			for _, f := range strings.Split(strings.TrimSuffix(strings.TrimSpace(list), "]"), ",") {
				v, err := strconv.ParseFloat(strings.TrimSpace(f), 64)
				if err != nil || math.IsNaN(v) || math.Abs(v) > 1e15 {
					return nil, t.fault(line.at+len(word), "“"+strings.TrimSpace(f)+"” is no number", "“"+strings.TrimSpace(f)+"”不是数字")
				}
				s.values = append(s.values, v)
			}
			c.series = append(c.series, s)
		default:
			return nil, t.fault(line.at, "this is no axis, bar or line", "此行不是坐标轴、bar 或 line")
		}
		if len(c.names) > maxNodes || len(c.series) > 50 {
			return nil, t.tooLarge(line.at)
		}
	}
	return c, c.settle(t, at, from, to, span)
}

// settle completes names and range.
func (c *xyChart) settle(t *text, at int, from, to float64, span bool) *Error {
	n := 0
	lo, hi := 0.0, 0.0
	for _, s := range c.series {
		n = max(n, len(s.values))
		for _, v := range s.values {
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	if n == 0 {
		return t.fault(at, "the chart has no values", "图表没有数据")
	}
	if n > maxNodes {
		return t.tooLarge(at)
	}
	if !c.ranged || c.high <= c.low {
		c.low, c.high = lo, hi
		if c.high == c.low {
			c.high = c.low + 1
		}
	}
	for i := len(c.names); i < n; i++ {
		name := strconv.Itoa(i + 1)
		if span && n > 1 {
			name = strconv.FormatFloat(from+(to-from)*float64(i)/float64(n-1), 'g', 4, 64)
		}
		c.names = append(c.names, name)
	}
	return nil
}

// axisRange reads `"title" 0 --> 10`.
func axisRange(s string) (title string, from, to float64, ok bool) {
	a, b, arrowed := strings.Cut(s, "-->")
	if !arrowed {
		return unquoted(s), 0, 0, false
	}
	a = strings.TrimSpace(a)
	n := strings.LastIndexAny(a, " \"") + 1
	from, errA := strconv.ParseFloat(a[n:], 64)
	to, errB := strconv.ParseFloat(strings.TrimSpace(b), 64)
	if math.Abs(from) > 1e15 || math.Abs(to) > 1e15 || math.IsNaN(from) || math.IsNaN(to) {
		return "", 0, 0, false
	}
	return unquoted(strings.TrimSpace(a[:n])), from, to, errA == nil && errB == nil
}

func (c *xyChart) ways(bool) []way { return []way{{wrap: 6000}} }

func (c *xyChart) tell(lang string) string {
	var parts []string
	for _, s := range c.series {
		for i, v := range s.values {
			if len(parts) < 60 {
				parts = append(parts, plainText(c.names[i])+" "+strconv.FormatFloat(v, 'g', -1, 64))
			}
		}
	}
	return say(lang, "Chart", "图表", "グラフ", "차트") + colon(lang) + strings.Join(parts, semi(lang))
}

// roundStep is the least of 1, 2, 5, 10 … of which n or fewer cover a range.
func roundStep(span float64, n int) float64 {
	step := math.Pow(10, math.Floor(math.Log10(span/float64(n))))
	for _, k := range []float64{1, 2, 5, 10} {
		if span/(step*k) <= float64(n) {
			return step * k
		}
	}
	return step * 10
}

func (c *xyChart) lay(p *pen, w way) *sheet {
	s := newSheet()
	top := p.heading(s, c.title, 0)
	if c.yTitle != "" {
		l := p.set(c.yTitle, 0)
		p.write(s, l, 0, top, start)
		top += l.h + p.em(200)
	}
	high := p.em(15_000)
	step := roundStep(c.high-c.low, 6)
	begin, end := math.Ceil(c.low/step-1e-9), math.Floor(c.high/step+1e-9)
	left := unit.Length(0)
	var marks []*label
	for v := begin; v <= end && len(marks) < 20; v++ {
		l := p.set(strconv.FormatFloat(v*step+0, 'g', 8, 64), 0)
		marks = append(marks, l)
		left = max(left, l.w)
	}
	left += p.em(600)
	wide := p.em(28_000)
	if p.measure > 0 {
		wide = max(p.measure-left-p.em(300), p.em(12_000))
	}
	level := func(v float64) unit.Length {
		share := min(max((v-c.low)/(c.high-c.low), 0), 1)
		return top + high - high.Scale(int64(math.Round(share*100_000)), 100_000)
	}
	faint := p.colors.GroupLine
	for i, l := range marks {
		y := level((begin + float64(i)) * step)
		var t trace
		t.move(left, y)
		t.to(left+wide, y)
		s.ink(&t, look{stroke: &faint, line: p.line.Em(500)})
		p.write(s, l, left-p.em(500)-l.w, y-l.h/2, finish)
	}
	c.drawSeries(p, s, left, wide, level)
	var axis trace
	axis.move(left, top)
	axis.to(left, top+high)
	axis.to(left+wide, top+high)
	s.ink(&axis, p.stroked())
	bottom := c.drawNames(p, s, left, wide, top+high+p.em(250))
	if c.xTitle != "" {
		l := p.set(c.xTitle, 0)
		p.write(s, l, left+(wide-l.w)/2, bottom+p.em(100), middle)
	}
	return p.finish(s, left+wide, bottom)
}

// drawSeries draws bars side by side, then lines.
func (c *xyChart) drawSeries(p *pen, s *sheet, left, wide unit.Length, level func(float64) unit.Length) {
	n := unit.Length(len(c.names))
	bars, at := 0, 0
	for _, q := range c.series {
		if q.bars {
			bars++
		}
	}
	room := wide / n
	base := level(max(c.low, min(0, c.high)))
	for k, q := range c.series {
		if !q.bars {
			continue
		}
		each := room.Em(700) / unit.Length(bars)
		for i, v := range q.values {
			x := left + room*unit.Length(i) + room.Em(150) + each*unit.Length(at)
			y := level(v)
			var t trace
			t.rect(x, min(y, base), each, max(y, base)-min(y, base))
			s.ink(&t, p.filled(p.colors.Series[k%len(p.colors.Series)]))
		}
		at++
	}
	for _, q := range c.series {
		if q.bars {
			continue
		}
		var t, dots trace
		for i, v := range q.values {
			x, y := left+room*unit.Length(i)+room/2, level(v)
			if i == 0 {
				t.move(x, y)
			} else {
				t.to(x, y)
			}
			dots.ellipse(x, y, p.em(230), p.em(230))
		}
		l := p.hair(thick)
		s.ink(&t, l)
		s.ink(&dots, p.flat(p.colors.Strong))
	}
}

// drawNames writes the categories below the axis, as many as there is room for.
func (c *xyChart) drawNames(p *pen, s *sheet, left, wide, y unit.Length) unit.Length {
	room := wide / unit.Length(len(c.names))
	widest := unit.Length(0)
	labels := make([]*label, len(c.names))
	for i, name := range c.names {
		labels[i] = p.set(name, max(room, p.em(3000)))
		widest = max(widest, labels[i].w)
	}
	every := 1
	if room > 0 {
		every = max(1, int((widest+p.em(300)+room-1)/room))
	}
	bottom := y
	for i := 0; i < len(labels); i += every {
		l := labels[i]
		x := left + room*unit.Length(i) + room/2
		p.write(s, l, x-l.w/2, y, middle)
		bottom = max(bottom, y+l.h)
		s.nodes = append(s.nodes, Node{ID: c.names[i], Label: plainText(c.names[i]), Box: page.Box{X: x - l.w/2, Y: y, Width: l.w, Height: l.h}})
	}
	return bottom
}
