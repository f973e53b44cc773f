package diagram

import (
	"strconv"
	"strings"
	"time"
)

// gantt is tasks on a calendar.
type gantt struct {
	title string
	tasks []task
	axis  string // Go's layout of the dates at the axis; "": chosen by span
}

type task struct {
	section   string // begins before this task; "": goes on
	name, id  string
	from, to  time.Time
	done      bool
	active    bool
	crit      bool
	milestone bool
}

type ganttReader struct {
	*text
	c       *gantt
	format  string // Go's layout of dates
	ids     map[string]int
	section string
	skip    map[time.Weekday]bool
	skipDay map[string]bool
}

func parseGantt(t *text, at int) (figure, *Error) {
	r := &ganttReader{text: t, c: &gantt{title: t.title}, format: "2006-01-02", ids: map[string]int{},
		skip: map[time.Weekday]bool{}, skipDay: map[string]bool{}}
	for _, line := range t.rows(at) {
		if err := r.row(line); err != nil {
			return nil, err
		}
		if len(r.c.tasks) > maxNodes {
			return nil, t.tooLarge(line.at)
		}
	}
	if len(r.c.tasks) == 0 {
		return nil, t.fault(at, "the chart has no tasks", "甘特图没有任务")
	}
	return r.c, nil
}

func (r *ganttReader) row(line row) *Error {
	word, rest, _ := strings.Cut(line.text, " ")
	rest = strings.TrimSpace(rest)
	switch word {
	case "title":
		r.c.title = rest
	case "dateFormat":
		r.format = momentLayout(rest)
	case "axisFormat":
		r.c.axis = strftimeLayout(rest)
	case "section":
		r.section = rest
	case "excludes":
		for _, x := range strings.FieldsFunc(strings.ToLower(rest), func(c rune) bool { return c == ' ' || c == ',' }) {
			if x == "weekends" {
				r.skip[time.Saturday], r.skip[time.Sunday] = true, true
			}
			for d := time.Sunday; d <= time.Saturday; d++ {
				if strings.ToLower(d.String()) == x {
					r.skip[d] = true
				}
			}
			r.skipDay[x] = true
		}
	case "includes", "todayMarker", "tickInterval", "weekday", "weekend", "inclusiveEndDates", "topAxis", "displayMode", "click":
	default:
		return r.task(line)
	}
	return nil
}

// momentLayout turns a format of dates (YYYY-MM-DD) into Go's.
func momentLayout(s string) string {
	return strings.NewReplacer("YYYY", "2006", "YY", "06", "MMMM", "January", "MMM", "Jan", "MM", "01", "M", "1",
		"DD", "02", "D", "2", "HH", "15", "hh", "03", "mm", "04", "ss", "05", "A", "PM", "a", "pm").Replace(s)
}

// strftimeLayout turns an axis' format (%m-%d) into Go's.
func strftimeLayout(s string) string {
	return strings.NewReplacer("%Y", "2006", "%y", "06", "%m", "01", "%d", "02", "%e", "_2", "%H", "15", "%I", "03", "%M", "04",
		"%S", "05", "%b", "Jan", "%B", "January", "%a", "Mon", "%A", "Monday", "%p", "PM", "%j", "002").Replace(s)
}

// task reads "name : crit, id, start, end".
func (r *ganttReader) task(line row) *Error {
	n := strings.LastIndex(line.text, " :")
	if n < 0 {
		n = strings.IndexByte(line.text, ':')
	}
	if n <= 0 {
		return r.fault(line.at, "a task reads “name : id, 2024-01-01, 3d”", "任务应写作“名称 : 编号, 2024-01-01, 3d”")
	}
	k := task{section: r.section, name: strings.TrimSpace(line.text[:n])}
	r.section = ""
	rest := strings.TrimLeft(line.text[n:], " :")
	fields := strings.Split(rest, ",")
	for i := range fields {
		fields[i] = strings.TrimSpace(fields[i])
	}
	for len(fields) > 0 {
		switch fields[0] {
		case "crit":
			k.crit = true
		case "done":
			k.done = true
		case "active":
			k.active = true
		case "milestone":
			k.milestone = true
		case "vert":
		default:
			return r.span(line, n, k, fields)
		}
		fields = fields[1:]
	}
	return r.fault(line.at+n, "this task has no dates", "此任务没有日期")
}

// maxYears is how far a chart may reach from its first task.
const maxYears = 140

// span reads the id, start and end of a task.
func (r *ganttReader) span(line row, n int, k task, fields []string) *Error {
	bad := func(s string) *Error {
		return r.fault(line.at+n, "“"+s+"” is neither a date nor a duration", "“"+s+"”既不是日期也不是时长")
	}
	if len(fields) > 2 {
		k.id, fields = fields[0], fields[1:]
	}
	if len(r.c.tasks) > 0 {
		k.from = r.c.tasks[len(r.c.tasks)-1].to
	}
	if len(fields) == 2 {
		from, ok := r.start(fields[0])
		if !ok {
			if k.id != "" || k.from.IsZero() {
				return bad(fields[0])
			}
			k.id, from = fields[0], k.from // "id, duration" goes on from the last
		}
		k.from = from
		fields = fields[1:]
	}
	to, ok := r.end(fields[0], k.from)
	if !ok || k.from.IsZero() || to.Before(k.from) {
		return bad(fields[0])
	}
	k.to = to
	first := k.from.Year()
	if len(r.c.tasks) > 0 {
		first = r.c.tasks[0].from.Year()
	}
	// A Duration holds 292 years.
	if to.Year()-first > maxYears || first-k.from.Year() > maxYears {
		return r.fault(line.at+n, "the dates are more than 140 years apart", "日期相距超过 140 年")
	}
	if k.id != "" {
		r.ids[k.id] = len(r.c.tasks)
	}
	r.c.tasks = append(r.c.tasks, k)
	return nil
}

func (r *ganttReader) start(s string) (time.Time, bool) {
	if after, ok := strings.CutPrefix(s, "after "); ok {
		var latest time.Time
		for _, id := range strings.Fields(after) {
			i, known := r.ids[id]
			if !known {
				return latest, false
			}
			if to := r.c.tasks[i].to; to.After(latest) {
				latest = to
			}
		}
		return latest, true
	}
	t, err := time.Parse(r.format, s)
	return t, err == nil
}

func (r *ganttReader) end(s string, from time.Time) (time.Time, bool) {
	if id, ok := strings.CutPrefix(s, "until "); ok {
		i, known := r.ids[strings.TrimSpace(id)]
		if !known {
			return from, false
		}
		return r.c.tasks[i].from, true
	}
	if t, err := time.Parse(r.format, s); err == nil {
		return t, true
	}
	i := 0
	for i < len(s) && (s[i] >= '0' && s[i] <= '9' || s[i] == '.') {
		i++
	}
	v, err := strconv.ParseFloat(s[:i], 64)
	if err != nil || v > 1e6 {
		return from, false
	}
	day := 24 * time.Hour
	unitOf := map[string]time.Duration{"ms": time.Millisecond, "s": time.Second, "m": time.Minute, "h": time.Hour, "d": day, "w": 7 * day}
	if v*float64(unitOf[s[i:]]) > 4e18 {
		return from, false
	}
	switch u := s[i:]; u {
	case "M":
		return from.AddDate(0, int(v), 0), true
	case "y":
		return from.AddDate(int(v), 0, 0), true
	case "d", "w":
		return r.workdays(from, time.Duration(v*float64(unitOf[u]))), true
	default:
		d, ok := unitOf[u]
		return from.Add(time.Duration(v * float64(d))), ok
	}
}

// workdays adds a duration to a time, days that are excluded apart.
func (r *ganttReader) workdays(from time.Time, d time.Duration) time.Time {
	if len(r.skip)+len(r.skipDay) == 0 || len(r.skip) == 7 {
		return from.Add(d)
	}
	t := from
	for guard := 0; d > 0 && guard < 20_000; guard++ {
		if !r.skip[t.Weekday()] && !r.skipDay[t.Format(r.format)] {
			step := min(d, 24*time.Hour)
			d -= step
			t = t.Add(step)
			continue
		}
		t = t.Add(24 * time.Hour)
	}
	return t
}

func (c *gantt) ways(bool) []way { return []way{{wrap: 10_000}, {wrap: 7000}} }

func (c *gantt) tell(lang string) string {
	var parts []string
	size := 0
	for _, k := range c.tasks {
		s := plainText(k.name) + " " + k.from.Format("2006-01-02") + "–" + k.to.Format("2006-01-02")
		parts = append(parts, s)
		if size += len(s); size > maxTold {
			break
		}
	}
	return say(lang, "Gantt chart", "甘特图", "ガントチャート", "간트 차트") + colon(lang) + strings.Join(parts, semi(lang))
}
