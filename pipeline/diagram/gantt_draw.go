package diagram

import (
	"time"

	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// calendar maps times to places.
type calendar struct {
	from, to time.Time
	x, w     unit.Length
}

func (k calendar) at(t time.Time) unit.Length {
	whole := max(int64(k.to.Sub(k.from)/time.Second), 1)
	return k.x + k.w.Scale(int64(t.Sub(k.from)/time.Second), whole)
}

// lay sets the names in a column and the bars beside them.
func (c *gantt) lay(p *pen, w way) *sheet {
	s := newSheet()
	y := p.heading(s, c.title, 0)
	cal := calendar{from: c.tasks[0].from, to: c.tasks[0].to}
	names := make([]*label, len(c.tasks))
	left := unit.Length(0)
	for i, k := range c.tasks {
		names[i] = p.set(k.name, p.em(w.wrap))
		left = max(left, names[i].w)
		if k.from.Before(cal.from) {
			cal.from = k.from
		}
		if k.to.After(cal.to) {
			cal.to = k.to
		}
		if k.section != "" {
			left = max(left, p.setSpans(bolder(spans(k.section)), p.em(w.wrap)).w)
		}
	}
	cal.x = left + p.em(1000)
	cal.w = p.em(24_000)
	if p.measure > 0 {
		cal.w = max(p.measure-cal.x-p.em(1500), p.em(10_000))
	}
	top := y
	grid := newSheet()
	for i, k := range c.tasks {
		if k.section != "" {
			if i > 0 {
				y += p.em(300)
				var t trace
				t.move(0, y)
				t.to(cal.x+cal.w, y)
				line := p.colors.GroupLine
				s.ink(&t, look{stroke: &line, line: p.line.Em(700)})
				y += p.em(200)
			}
			l := p.setSpans(bolder(spans(k.section)), p.em(w.wrap))
			p.write(s, l, 0, y, start)
			y += l.h + p.em(150)
		}
		h := names[i].h + p.em(350)
		p.write(s, names[i], 0, y+p.em(175), start)
		s.nodes = append(s.nodes, Node{ID: k.name, Label: plainText(k.name), Box: page.Box{X: 0, Y: y, Width: names[i].w, Height: h}})
		c.bar(p, s, &k, cal, y+h/2)
		y += h
	}
	c.ticks(p, grid, cal, top, y)
	s.frame.Items = append(grid.frame.Items, s.frame.Items...)
	return p.finish(s, cal.x+cal.w, y)
}

// bar draws a task.
func (c *gantt) bar(p *pen, s *sheet, k *task, cal calendar, mid unit.Length) {
	a, b := cal.at(k.from), cal.at(k.to)
	half := p.em(450)
	var t trace
	if k.milestone {
		x := (a + b) / 2
		t.polygon(point{x, mid - half}, point{x + half, mid}, point{x, mid + half}, point{x - half, mid})
		s.ink(&t, p.flat(p.colors.Strong))
		return
	}
	t.rounded(a, mid-half, max(b-a, p.em(150)), 2*half, p.em(200))
	fill := p.colors.Series[0]
	switch {
	case k.done:
		fill = p.colors.Fill
	case k.active:
		fill = p.colors.Series[1]
	}
	l := p.filled(fill)
	if k.crit {
		l.line = 2 * p.line
	}
	s.ink(&t, l)
}

// step is how far ticks may be apart.
type step struct {
	days    int
	months  int
	minutes int
	layout  string
}

func steps() []step {
	return []step{
		{minutes: 1, layout: "15:04"}, {minutes: 5, layout: "15:04"}, {minutes: 10, layout: "15:04"}, {minutes: 30, layout: "15:04"},
		{minutes: 60, layout: "15:04"}, {minutes: 120, layout: "15:04"}, {minutes: 360, layout: "15:04"}, {minutes: 720, layout: "01-02 15:04"},
		{days: 1, layout: "01-02"}, {days: 2, layout: "01-02"}, {days: 7, layout: "01-02"}, {days: 14, layout: "01-02"},
		{months: 1, layout: "2006-01"}, {months: 2, layout: "2006-01"}, {months: 3, layout: "2006-01"}, {months: 6, layout: "2006-01"},
		{months: 12, layout: "2006"}, {months: 24, layout: "2006"}, {months: 60, layout: "2006"}, {months: 120, layout: "2006"}, {months: 600, layout: "2006"},
	}
}

func (k step) next(t time.Time) time.Time {
	return t.AddDate(0, k.months, k.days).Add(time.Duration(k.minutes) * time.Minute)
}

// ticks draws the axis below the bars.
func (c *gantt) ticks(p *pen, s *sheet, cal calendar, top, bottom unit.Length) {
	for _, k := range steps() {
		first := cal.from
		switch {
		case k.months >= 12:
			first = time.Date(first.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
		case k.months > 0:
			first = time.Date(first.Year(), first.Month(), 1, 0, 0, 0, 0, time.UTC)
		}
		layout := k.layout
		if c.axis != "" {
			layout = c.axis
		}
		apart := cal.at(k.next(first)) - cal.at(first)
		if apart < p.width(span{text: first.Format(layout)})+p.em(700) {
			continue
		}
		line := p.colors.GroupLine
		for t := first; !t.After(cal.to); t = k.next(t) {
			if t.Before(cal.from) {
				continue
			}
			x := cal.at(t)
			var tr trace
			tr.move(x, top)
			tr.to(x, bottom+p.em(250))
			s.ink(&tr, look{stroke: &line, line: p.line.Em(500)})
			l := p.set(t.Format(layout), 0)
			p.write(s, l, x-l.w/2, bottom+p.em(250), start)
		}
		return
	}
}
