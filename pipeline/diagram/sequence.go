package diagram

import "strings"

// sequence is a sequence diagram: parties, and what passes between them.
type sequence struct {
	title   string
	parties []party
	events  []event
	boxes   []partyBox
	numbers bool
}

type party struct {
	id, name string
	actor    bool
}

// partyBox is a box about neighbouring parties.
type partyBox struct {
	name        string
	first, last int
}

type eventKind uint8

const (
	message eventKind = iota
	note
	openBlock // loop, alt …
	nextBlock // else, and, option
	closeBlock
	activate
	deactivate
)

// event is one thing that happens. from and to are parties.
type event struct {
	kind       eventKind
	from, to   int
	text       string
	word       string // of a block: loop, alt …; of a note: left, right, over
	stroke     stroke
	tail, head tip
	on, off    bool // the message wakes its target, puts its source to rest
	number     int
}

type sequenceReader struct {
	*text
	s     *sequence
	known map[string]int
	open  []row // blocks that are open
	count int
}

func parseSequence(t *text, at int) (figure, *Error) {
	r := &sequenceReader{text: t, s: &sequence{}, known: map[string]int{}}
	for _, line := range splitAtSemicolons(t.rows(at)) {
		if err := r.row(line); err != nil {
			return nil, err
		}
		if len(r.s.events) > maxEdges || len(r.s.parties) > 200 {
			return nil, t.fault(line.at, "the diagram has more than 200 parties or 2000 steps", "图的参与者超过 200 个或步骤超过 2000 个")
		}
	}
	if len(r.open) > 0 {
		last := r.open[len(r.open)-1]
		word, _, _ := strings.Cut(last.text, " ")
		return nil, t.fault(last.at, "“"+word+"” has no “end”", "“"+word+"”缺少 end")
	}
	if len(r.s.parties) == 0 {
		return nil, t.fault(at, "the diagram is empty", "图是空的")
	}
	if r.s.title == "" {
		r.s.title = t.title
	}
	return r.s, nil
}

// splitAtSemicolons parts rows that hold several statements.
func splitAtSemicolons(rows []row) []row {
	var out []row
	for _, r := range rows {
		for {
			n := strings.IndexByte(r.text, ';')
			if n < 0 || isEntity(r.text[:n]) {
				break
			}
			if head := strings.TrimSpace(r.text[:n]); head != "" {
				out = append(out, row{text: head, at: r.at, indent: r.indent})
			}
			rest := strings.TrimLeft(r.text[n+1:], " \t")
			r.at += len(r.text) - len(rest)
			r.text = rest
		}
		if r.text != "" {
			out = append(out, r)
		}
	}
	return out
}

// isEntity reports whether s ends in the beginning of an entity ("#quot").
func isEntity(s string) bool {
	n := strings.LastIndexAny(s, "#&")
	return n >= 0 && len(s)-n < 12 && plainName(s[n+1:]) && n+1 < len(s)
}

func (r *sequenceReader) party(id string) int {
	if i, ok := r.known[id]; ok {
		return i
	}
	i := len(r.s.parties)
	r.s.parties = append(r.s.parties, party{id: id, name: id})
	r.known[id] = i
	if n := len(r.open); n > 0 && r.open[n-1].text == "box" {
		r.s.boxes[len(r.s.boxes)-1].last = i
	}
	return i
}

// row reads one line.
func (r *sequenceReader) row(line row) *Error {
	word, rest, _ := strings.Cut(line.text, " ")
	rest = strings.TrimSpace(rest)
	switch strings.ToLower(word) {
	case "participant", "actor":
		r.declare(word, rest)
	case "create":
		kind, name, _ := strings.Cut(rest, " ")
		r.declare(kind, strings.TrimSpace(name))
	case "destroy", "link", "links", "properties", "details":
	case "title", "title:":
		r.s.title = strings.TrimSpace(strings.TrimPrefix(rest, ":"))
	case "autonumber":
		r.s.numbers = rest != "off"
	case "activate", "deactivate":
		k := activate
		if strings.ToLower(word) == "deactivate" {
			k = deactivate
		}
		i := r.party(rest)
		r.add(event{kind: k, from: i, to: i})
	case "note":
		return r.note(line, rest)
	case "box":
		r.s.boxes = append(r.s.boxes, partyBox{name: boxName(rest), first: len(r.s.parties), last: -1})
		r.open = append(r.open, row{text: "box", at: line.at})
	case "loop", "alt", "opt", "par", "par_over", "critical", "break", "rect":
		if len(r.open) >= maxDepth {
			return r.fault(line.at, "blocks are nested more than 40 deep", "分支嵌套超过 40 层")
		}
		if word == "rect" {
			rest = ""
		}
		r.open = append(r.open, line)
		r.add(event{kind: openBlock, word: strings.TrimSuffix(strings.ToLower(word), "_over"), text: rest})
	case "else", "and", "option":
		if len(r.open) == 0 {
			return r.fault(line.at, "“"+word+"” stands in no block", "“"+word+"”不在任何分支之内")
		}
		r.add(event{kind: nextBlock, text: rest})
	case "end":
		if len(r.open) == 0 {
			return r.fault(line.at, "“end” without a block", "end 没有对应的开头")
		}
		if last := len(r.open) - 1; r.open[last].text == "box" {
			r.open = r.open[:last]
		} else {
			r.open = r.open[:last]
			r.add(event{kind: closeBlock})
		}
	default:
		return r.message(line)
	}
	return nil
}

// boxName takes the colour off a box's name.
func boxName(s string) string {
	first, rest, _ := strings.Cut(s, " ")
	switch {
	case strings.HasPrefix(s, "rgb"):
		if n := strings.IndexByte(s, ')'); n >= 0 {
			return strings.TrimSpace(s[n+1:])
		}
	case first == "transparent", strings.HasPrefix(first, "#"):
		return strings.TrimSpace(rest)
	}
	switch strings.ToLower(first) {
	case "aqua", "purple", "red", "green", "blue", "yellow", "orange", "gray", "grey", "lightblue", "lightgreen", "lightyellow", "pink":
		return strings.TrimSpace(rest)
	}
	return s
}

func (r *sequenceReader) add(e event) { r.s.events = append(r.s.events, e) }

// declare reads a party: "A as Alice".
func (r *sequenceReader) declare(word, rest string) {
	id, name, as := strings.Cut(rest, " as ")
	if n := strings.Index(id, "@{"); n > 0 {
		id = id[:n]
	}
	id = strings.TrimSpace(id)
	i := r.party(id)
	if as {
		r.s.parties[i].name = strings.TrimSpace(name)
	}
	r.s.parties[i].actor = strings.ToLower(word) == "actor"
}

// note reads "over A,B: text".
func (r *sequenceReader) note(line row, rest string) *Error {
	head, words, ok := strings.Cut(rest, ":")
	lower := strings.ToLower(head)
	e := event{kind: note, text: strings.TrimSpace(words)}
	var names string
	switch {
	case strings.HasPrefix(lower, "left of "):
		e.word, names = "left", head[len("left of "):]
	case strings.HasPrefix(lower, "right of "):
		e.word, names = "right", head[len("right of "):]
	case strings.HasPrefix(lower, "over "):
		e.word, names = "over", head[len("over "):]
	default:
		ok = false
	}
	if !ok {
		return r.fault(line.at, "a note reads “Note over A: text”, “left of” or “right of”", "注释应写作“Note over A: 文字”，或用 left of、right of")
	}
	a, b, two := strings.Cut(names, ",")
	e.from = r.party(strings.TrimSpace(a))
	e.to = e.from
	if two {
		e.to = r.party(strings.TrimSpace(b))
	}
	r.add(e)
	return nil
}

// signal is an arrow of messages.
type signal struct {
	mark       string
	stroke     stroke
	tail, head tip
}

// signals lists longer arrows before those they hold.
func signals() []signal {
	return []signal{
		{"<<-->>", dotted, arrow, arrow}, {"<<->>", solid, arrow, arrow},
		{"-->>", dotted, plain, arrow}, {"->>", solid, plain, arrow},
		{"--x", dotted, plain, cross}, {"-x", solid, plain, cross},
		{"--)", dotted, plain, vee}, {"-)", solid, plain, vee},
		{"-->", dotted, plain, plain}, {"->", solid, plain, plain},
	}
}

// message reads "A->>B: text".
func (r *sequenceReader) message(line row) *Error {
	head, words, _ := strings.Cut(line.text, ":")
	var found signal
	at := -1
	for _, s := range signals() {
		if n := strings.Index(head, s.mark); n > 0 && (at < 0 || n < at) {
			found, at = s, n
		}
	}
	if at < 0 {
		return r.fault(line.at, "this is no message, note or block", "此行不是消息、注释或分支")
	}
	from := strings.TrimSpace(head[:at])
	to := strings.TrimSpace(head[at+len(found.mark):])
	e := event{kind: message, stroke: found.stroke, tail: found.tail, head: found.head, text: strings.TrimSpace(words)}
	if rest, ok := strings.CutPrefix(to, "+"); ok {
		e.on, to = true, strings.TrimSpace(rest)
	} else if rest, ok := strings.CutPrefix(to, "-"); ok {
		e.off, to = true, strings.TrimSpace(rest)
	}
	if to == "" {
		return r.fault(line.at+at, "this message has no receiver", "这条消息没有接收者")
	}
	e.from, e.to = r.party(from), r.party(to)
	if r.s.numbers {
		r.count++
		e.number = r.count
	}
	r.add(e)
	return nil
}

func (s *sequence) ways(bool) []way { return []way{{wrap: 11_000}, {wrap: 7000}} }

func (s *sequence) tell(lang string) string {
	var parts []string
	size := 0
	for _, e := range s.events {
		if e.kind != message {
			continue
		}
		line := plainText(s.parties[e.from].name) + " → " + plainText(s.parties[e.to].name)
		if e.text != "" {
			line += colon(lang) + plainText(e.text)
		}
		parts = append(parts, line)
		if size += len(line); size > maxTold {
			break
		}
	}
	return say(lang, "Sequence diagram", "时序图", "シーケンス図", "시퀀스 다이어그램") + colon(lang) + strings.Join(parts, semi(lang))
}
