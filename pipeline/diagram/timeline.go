package diagram

import (
	"strconv"
	"strings"

	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// timeline is periods with what happened in them, or a journey: sections of
// tasks with a mark out of five and those who take part.
type timeline struct {
	title   string
	journey bool
	periods []period
}

type period struct {
	section string // begins before this period; "": goes on
	name    string
	events  []string
	score   int
}

func parseTimeline(t *text, at int) (figure, *Error) {
	c := &timeline{title: t.title}
	section := ""
	for _, line := range t.rows(at) {
		if rest, ok := strings.CutPrefix(line.text, "title "); ok {
			c.title = strings.TrimSpace(rest)
			continue
		}
		if rest, ok := strings.CutPrefix(line.text, "section "); ok {
			section = strings.TrimSpace(rest)
			continue
		}
		parts := strings.Split(line.text, " : ")
		if rest, ok := strings.CutPrefix(line.text, ":"); ok {
			if len(c.periods) == 0 {
				return nil, t.fault(line.at, "this event belongs to no period", "此事件不属于任何时段")
			}
			last := &c.periods[len(c.periods)-1]
			for _, e := range strings.Split(rest, " : ") {
				last.events = append(last.events, strings.TrimSpace(e))
			}
			continue
		}
		p := period{section: section, name: strings.TrimSpace(parts[0])}
		section = ""
		for _, e := range parts[1:] {
			p.events = append(p.events, strings.TrimSpace(e))
		}
		c.periods = append(c.periods, p)
		if len(c.periods) > maxNodes {
			return nil, t.tooLarge(line.at)
		}
	}
	if len(c.periods) == 0 {
		return nil, t.fault(at, "the timeline is empty", "时间线是空的")
	}
	return c, nil
}

func parseJourney(t *text, at int) (figure, *Error) {
	c := &timeline{title: t.title, journey: true}
	section := ""
	for _, line := range t.rows(at) {
		if rest, ok := strings.CutPrefix(line.text, "title "); ok {
			c.title = strings.TrimSpace(rest)
			continue
		}
		if rest, ok := strings.CutPrefix(line.text, "section "); ok {
			section = strings.TrimSpace(rest)
			continue
		}
		f := strings.Split(line.text, ":")
		if len(f) < 2 {
			return nil, t.fault(line.at, "a task reads “name: 5: who”", "任务应写作“名称: 5: 参与者”")
		}
		score, err := strconv.Atoi(strings.TrimSpace(f[1]))
		if err != nil || score < 0 || score > 5 {
			return nil, t.fault(line.at+len(f[0])+1, "a score is a number from 0 to 5", "评分应为 0 至 5 的整数")
		}
		p := period{section: section, name: strings.TrimSpace(f[0]), score: score}
		section = ""
		if len(f) > 2 {
			p.events = []string{strings.TrimSpace(strings.Join(f[2:], ":"))}
		}
		c.periods = append(c.periods, p)
		if len(c.periods) > maxNodes {
			return nil, t.tooLarge(line.at)
		}
	}
	if len(c.periods) == 0 {
		return nil, t.fault(at, "the journey is empty", "旅程图是空的")
	}
	return c, nil
}

func (c *timeline) ways(bool) []way { return []way{{wrap: 12_000}, {wrap: 7000}} }

func (c *timeline) tell(lang string) string {
	var parts []string
	size := 0
	for _, p := range c.periods {
		s := plainText(p.name)
		if c.journey {
			s += " " + strconv.Itoa(p.score) + "/5"
		}
		if len(p.events) > 0 {
			s += colon(lang) + plainText(strings.Join(p.events, say(lang, ", ", "、", "、", ", ")))
		}
		parts = append(parts, s)
		if size += len(s); size > maxTold {
			break
		}
	}
	name := say(lang, "Timeline", "时间线", "年表", "연표")
	if c.journey {
		name = say(lang, "User journey", "用户旅程", "ユーザージャーニー", "사용자 여정")
	}
	return name + colon(lang) + strings.Join(parts, semi(lang))
}

// lay sets the periods below one another, at an axis.
func (c *timeline) lay(p *pen, w way) *sheet {
	s := newSheet()
	y := p.heading(s, c.title, 0)
	names := make([]*label, len(c.periods))
	left := unit.Length(0)
	for i, q := range c.periods {
		names[i] = p.setSpans(bolder(spans(q.name)), p.em(w.wrap))
		left = max(left, names[i].w)
	}
	axis := left + p.em(1200)
	if c.journey {
		axis = left + p.em(900)
	}
	first, last, width := y, y, axis
	for i, q := range c.periods {
		if q.section != "" {
			y = c.section(p, s, q.section, y, i > 0)
			if i == 0 {
				first = y
			}
		}
		h, right := c.period(p, s, &q, names[i], left, axis, y, p.em(w.wrap))
		s.nodes = append(s.nodes, Node{ID: q.name, Label: plainText(q.name), Box: page.Box{X: left - names[i].w, Y: y, Width: names[i].w, Height: names[i].h}})
		last = y + names[i].h/2
		if i == 0 {
			first = last
		}
		width = max(width, right)
		y += h + p.em(700)
	}
	if !c.journey && len(c.periods) > 1 {
		var t trace
		t.move(axis, first)
		t.to(axis, last)
		line := newSheet()
		line.ink(&t, p.hair(solid))
		s.frame.Items = append(line.frame.Items, s.frame.Items...)
	}
	return p.finish(s, width, y-p.em(700))
}

// section writes a section's name and returns where to go on.
func (c *timeline) section(p *pen, s *sheet, name string, y unit.Length, apart bool) unit.Length {
	if apart {
		y += p.em(300)
	}
	l := p.set(name, 0)
	var t trace
	t.rounded(0, y, l.w+p.em(1000), l.h+p.em(200), p.em(300))
	fill, line := p.colors.Group, p.colors.GroupLine
	s.ink(&t, look{fill: &fill, stroke: &line, line: p.line})
	p.write(s, l, p.em(500), y+p.em(100), start)
	return y + l.h + p.em(700)
}

// period draws one period and returns its height and how far it reaches.
func (c *timeline) period(p *pen, s *sheet, q *period, name *label, left, axis, y, wrap unit.Length) (h, right unit.Length) {
	p.write(s, name, left-name.w, y, finish)
	h, right = name.h, axis
	mid := y + name.h/2
	var t trace
	x := axis + p.em(1200)
	if c.journey {
		for k := range 5 {
			var dot trace
			dot.ellipse(axis+p.em(400)+p.em(950)*unit.Length(k), mid, p.em(360), p.em(360))
			fill := p.colors.Paper
			if k < q.score {
				fill = p.colors.Strong
			}
			s.ink(&dot, p.filled(fill))
		}
		x = axis + p.em(5600)
		right = x - p.em(800)
	} else {
		t.ellipse(axis, mid, p.em(330), p.em(330))
		s.ink(&t, p.flat(p.colors.Strong))
	}
	at := y
	for _, e := range q.events {
		l := p.set(e, wrap.Em(1700))
		p.write(s, l, x, at, start)
		at += l.h + p.em(150)
		right = max(right, x+l.w)
	}
	return max(h, at-y), right
}
