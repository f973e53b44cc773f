package diagram

import (
	"strings"
	"unicode/utf8"
)

// maxSource bounds what is parsed: a diagram larger than this is no diagram.
const maxSource = 128 << 10

// text is a diagram's source with what is not part of the diagram blanked out,
// so that offsets stay those of the source.
type text struct {
	src          string
	title, descr string
}

// fault makes an error at a byte offset.
func (t *text) fault(at int, en, zh string) *Error {
	at = min(max(at, 0), len(t.src))
	line := 1 + strings.Count(t.src[:at], "\n")
	begin := strings.LastIndexByte(t.src[:at], '\n') + 1
	return &Error{Line: line, Col: 1 + utf8.RuneCountInString(t.src[begin:at]), En: en, Zh: zh}
}

// parse reads a source in one of the notations.
func parse(src, language string) (*parsed, *Error) {
	t := &text{src: src}
	if len(src) > maxSource {
		return nil, t.fault(0, "the diagram is larger than 128 kB", "图的源代码超过 128 kB")
	}
	t.src = strings.ReplaceAll(strings.ReplaceAll(src, "\r\n", " \n"), "\r", "\n")
	switch strings.ToLower(language) {
	case "mermaid", "mmd":
		return parseMermaid(t)
	case "dot", "gv", "graphviz":
		return parseDot(t)
	}
	e := t.fault(0, "diagrams in "+language+" are not drawn", "不支持 "+language+" 图")
	e.Unsupported = true
	return nil, e
}

// parseMermaid finds the kind of diagram by its first word.
func parseMermaid(t *text) (*parsed, *Error) {
	t.preamble()
	at, word := t.firstWord()
	if word == "" {
		return nil, t.fault(at, "the diagram is empty", "图是空的")
	}
	k := kindOf(word)
	if k.parse == nil {
		e := t.fault(at, "diagrams of the kind “"+word+"” are not drawn", "不支持“"+word+"”类型的图")
		e.Unsupported = true
		return nil, e
	}
	t.spoken(k.name)
	f, err := k.parse(t, at+len(word))
	if err != nil {
		return nil, err
	}
	return &parsed{figure: f, kind: k.name, title: t.title, descr: t.descr}, nil
}

// kind is a kind of diagram.
type kind struct {
	name  string
	parse func(t *text, at int) (figure, *Error)
}

// kindOf returns the kind that a diagram's first word names.
func kindOf(word string) kind {
	switch word {
	case "graph", "flowchart", "flowchart-elk":
		return kind{"flowchart", parseFlow}
	case "sequenceDiagram":
		return kind{"sequence", parseSequence}
	case "classDiagram", "classDiagram-v2":
		return kind{"class", parseClass}
	case "stateDiagram", "stateDiagram-v2":
		return kind{"state", parseState}
	case "erDiagram":
		return kind{"er", parseEntities}
	case "mindmap":
		return kind{"mindmap", parseMindmap}
	case "pie":
		return kind{"pie", parsePie}
	case "timeline":
		return kind{"timeline", parseTimeline}
	case "journey":
		return kind{"journey", parseJourney}
	case "gantt":
		return kind{"gantt", parseGantt}
	case "gitGraph":
		return kind{"git", parseGit}
	case "quadrantChart":
		return kind{"quadrant", parseQuadrant}
	case "xychart", "xychart-beta":
		return kind{"xychart", parseXY}
	}
	return kind{}
}

// firstWord returns the first word of the diagram and where it stands.
func (t *text) firstWord() (int, string) {
	at := 0
	for at < len(t.src) && isSpace(t.src[at]) {
		at++
	}
	end := at
	for end < len(t.src) && !isSpace(t.src[end]) && t.src[end] != ';' && t.src[end] != ':' {
		end++
	}
	return at, t.src[at:end]
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' }

// blank overwrites bytes with spaces, line ends excepted.
func (t *text) blank(from, to int) {
	if from >= to {
		return
	}
	b := []byte(t.src[from:to])
	for i, c := range b {
		if c != '\n' {
			b[i] = ' '
		}
	}
	t.src = t.src[:from] + string(b) + t.src[to:]
}

// preamble takes the front matter, directives and comments off.
func (t *text) preamble() {
	t.frontMatter()
	b := []byte(t.src)
	wipe := func(from, to int) {
		for i := from; i < to; i++ {
			if b[i] != '\n' {
				b[i] = ' '
			}
		}
	}
	for at := 0; at < len(b); {
		end := at
		for end < len(b) && b[end] != '\n' {
			end++
		}
		line := strings.TrimLeft(string(b[at:end]), " \t")
		if strings.HasPrefix(line, "%%{") {
			if n := strings.Index(t.src[at:], "}%%"); n >= 0 {
				wipe(at, at+n+3)
				at += n + 3
				continue
			}
		}
		if n := commentIn(string(b[at:end])); n >= 0 {
			wipe(at+n, end)
		}
		at = end + 1
	}
	t.src = string(b)
}

// commentIn returns where a comment begins in a line: at its start or after a
// blank, outside of quotes; -1: nowhere.
func commentIn(line string) int {
	for from := 0; ; {
		n := strings.Index(line[from:], "%%")
		if n < 0 {
			return -1
		}
		n += from
		if (n == 0 || isSpace(line[n-1])) && strings.Count(line[:n], "\"")%2 == 0 {
			return n
		}
		from = n + 2
	}
}

// frontMatter takes a YAML block off and its title out.
func (t *text) frontMatter() {
	body := strings.TrimLeft(t.src, " \t\n")
	start := len(t.src) - len(body)
	if !strings.HasPrefix(body, "---") {
		return
	}
	at := strings.IndexByte(body, '\n')
	if at < 0 || strings.TrimSpace(body[:at]) != "---" {
		return
	}
	for at++; at < len(body); {
		end := strings.IndexByte(body[at:], '\n')
		if end < 0 {
			end = len(body) - at
		}
		line := strings.TrimSpace(body[at : at+end])
		at = min(at+end+1, len(body))
		if line == "---" {
			t.blank(start, start+at)
			return
		}
		if v, ok := strings.CutPrefix(line, "title:"); ok {
			t.title = strings.Trim(strings.TrimSpace(v), `"'`)
		}
	}
}

// spoken takes out accTitle, accDescr and, in kinds that have one, title.
func (t *text) spoken(kind string) {
	for at := 0; at < len(t.src); {
		end := strings.IndexByte(t.src[at:], '\n')
		if end < 0 {
			end = len(t.src) - at
		}
		end += at
		line := strings.TrimSpace(t.src[at:end])
		switch {
		case after(line, "accTitle"):
			t.title = strings.TrimSpace(line[strings.IndexByte(line, ':')+1:])
			t.blank(at, end)
		case after(line, "accDescr"):
			t.descr = strings.TrimSpace(line[strings.IndexByte(line, ':')+1:])
			t.blank(at, end)
		case strings.HasPrefix(line, "accDescr") && strings.HasPrefix(strings.TrimSpace(line[8:]), "{"):
			if n := strings.IndexByte(t.src[at:], '}'); n >= 0 {
				inner := t.src[at+strings.IndexByte(t.src[at:], '{')+1 : at+n]
				t.descr = strings.Join(strings.Fields(inner), " ")
				t.blank(at, at+n+1)
				end = max(end, at+n+1)
			}
		}
		at = end + 1
	}
}

// after reports whether a line is the keyword, blanks and a colon.
func after(line, keyword string) bool {
	rest, ok := strings.CutPrefix(line, keyword)
	return ok && strings.HasPrefix(strings.TrimLeft(rest, " \t"), ":")
}

// row is a line of the source without its blanks.
type row struct {
	text   string
	at     int // where the text stands in the source
	indent int // its blanks, a tab counting as four
}

// rows returns the lines that are not empty from an offset on.
func (t *text) rows(from int) []row {
	var out []row
	for at := from; at < len(t.src); {
		end := strings.IndexByte(t.src[at:], '\n')
		if end < 0 {
			end = len(t.src) - at
		}
		raw := t.src[at : at+end]
		r := row{text: strings.TrimSpace(raw)}
		if r.text != "" {
			lead := len(raw) - len(strings.TrimLeft(raw, " \t\r\f\v\u00a0\u3000"))
			r.at = at + lead
			r.indent = lead + 3*strings.Count(raw[:lead], "\t")
			out = append(out, r)
		}
		at += end + 1
	}
	return out
}
