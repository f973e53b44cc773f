package diagram

import (
	"slices"
	"strconv"
	"strings"

	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// history is commits on branches. It is drawn as a log is printed: one commit
// a line, branches side by side.
type history struct {
	title    string
	branches []string
	commits  []commit
}

type commit struct {
	id, tag string
	branch  int
	parents []int
	kind    string // "", REVERSE, HIGHLIGHT, merge, pick
}

// gitReader reads a commit history.
type gitReader struct {
	*text
	h     *history
	heads []int // of every branch its last commit, -1: none
	known map[string]int
	now   int // the branch checked out
}

func parseGit(t *text, at int) (figure, *Error) {
	r := &gitReader{text: t, h: &history{title: t.title, branches: []string{"main"}}, heads: []int{-1}, known: map[string]int{}}
	for i, line := range t.rows(at) {
		if i == 0 && strings.HasSuffix(line.text, ":") && len(line.text) < 6 {
			continue // LR:, TB:
		}
		if err := r.row(line); err != nil {
			return nil, err
		}
		if len(r.h.commits) > maxNodes || len(r.h.branches) > 50 {
			return nil, t.tooLarge(line.at)
		}
	}
	if len(r.h.commits) == 0 {
		return nil, t.fault(at, "there are no commits", "没有提交")
	}
	return r.h, nil
}

// add adds a commit to the branch checked out.
func (r *gitReader) add(c commit) {
	c.branch = r.now
	if r.heads[r.now] >= 0 {
		c.parents = append([]int{r.heads[r.now]}, c.parents...)
	}
	if c.id == "" {
		c.id = strconv.Itoa(len(r.h.commits))
	}
	r.known[c.id] = len(r.h.commits)
	r.heads[r.now] = len(r.h.commits)
	r.h.commits = append(r.h.commits, c)
}

func (r *gitReader) row(line row) *Error {
	word, rest, _ := strings.Cut(line.text, " ")
	name, options := gitOptions(rest)
	branch := slices.Index(r.h.branches, name)
	switch strings.TrimSuffix(word, ":") {
	case "":
	case "commit":
		r.add(commit{id: options["id"], tag: options["tag"], kind: options["type"]})
	case "branch":
		if branch >= 0 {
			return r.fault(line.at, "there is a branch “"+name+"” already", "分支“"+name+"”已经存在")
		}
		if name == "" {
			return r.fault(line.at, "a branch wants a name", "branch 之后应为名称")
		}
		r.h.branches = append(r.h.branches, name)
		r.heads = append(r.heads, r.heads[r.now])
		r.now = len(r.h.branches) - 1
	case "checkout", "switch":
		if branch < 0 {
			return r.fault(line.at, "there is no branch “"+name+"”", "没有名为“"+name+"”的分支")
		}
		r.now = branch
	case "merge":
		if branch < 0 || r.heads[branch] < 0 {
			return r.fault(line.at, "there is nothing to merge on “"+name+"”", "分支“"+name+"”上没有可合并的提交")
		}
		id := options["id"]
		if id == "" {
			id = "merge " + name
		}
		r.add(commit{id: id, tag: options["tag"], kind: "merge", parents: []int{r.heads[branch]}})
	case "cherry-pick":
		from, ok := r.known[options["id"]]
		if !ok {
			return r.fault(line.at, "there is no commit “"+options["id"]+"”", "没有编号为“"+options["id"]+"”的提交")
		}
		r.add(commit{id: "cherry-pick " + options["id"], tag: options["tag"], kind: "pick", parents: []int{from}})
	default:
		return r.fault(line.at, "this is no commit, branch, checkout, merge or cherry-pick", "此行不是 commit、branch、checkout、merge 或 cherry-pick")
	}
	return nil
}

// gitOptions parts "name id: "x" tag: "y"".
func gitOptions(s string) (name string, options map[string]string) {
	options = map[string]string{}
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		if s[0] == '"' {
			n := strings.IndexByte(s[1:], '"')
			if n < 0 {
				return name, options
			}
			name, s = s[1:n+1], s[n+2:]
			continue
		}
		word, rest, _ := strings.Cut(s, " ")
		key, value, pair := strings.Cut(word, ":")
		if !pair {
			name, s = word, rest
			continue
		}
		rest = strings.TrimSpace(value + " " + rest)
		if strings.HasPrefix(rest, "\"") {
			n := strings.IndexByte(rest[1:], '"')
			if n < 0 {
				return name, options
			}
			options[key], s = rest[1:n+1], rest[n+2:]
			continue
		}
		options[key], s, _ = strings.Cut(rest, " ")
	}
	return name, options
}

func (h *history) ways(bool) []way { return []way{{wrap: 16_000}, {wrap: 10_000}} }

func (h *history) tell(lang string) string {
	var parts []string
	size := 0
	for _, c := range h.commits {
		s := h.branches[c.branch] + colon(lang) + c.id
		parts = append(parts, s)
		if size += len(s); size > maxTold {
			break
		}
	}
	return say(lang, "Commit history", "提交历史", "コミット履歴", "커밋 기록") + colon(lang) + strings.Join(parts, semi(lang))
}

func (h *history) lay(p *pen, w way) *sheet {
	s := newSheet()
	top := p.heading(s, h.title, 0)
	lane := p.em(1500)
	x := func(b int) unit.Length { return p.em(700) + lane*unit.Length(b) }
	text := x(len(h.branches)-1) + p.em(1500)
	ys := make([]unit.Length, len(h.commits))
	dots := newSheet()
	y, width := top, text
	first := map[int]bool{}
	for i, c := range h.commits {
		parts := []span{}
		if !first[c.branch] {
			first[c.branch] = true
			parts = append(parts, span{text: h.branches[c.branch] + "  ", bold: true})
		}
		parts = append(parts, spans(c.id)...)
		if c.tag != "" {
			parts = append(parts, span{text: "  [" + c.tag + "]"})
		}
		l := p.setSpans(parts, p.em(w.wrap))
		ys[i] = y + l.h/2
		p.write(s, l, text, y, start)
		width = max(width, text+l.w)
		h.dot(p, dots, &c, x(c.branch), ys[i])
		s.nodes = append(s.nodes, Node{ID: c.id, Label: plainText(c.id), Box: page.Box{X: text, Y: y, Width: l.w, Height: l.h}})
		y += l.h + p.em(400)
	}
	for i, c := range h.commits {
		for k, q := range c.parents {
			var t trace
			a, b := point{x(h.commits[q].branch), ys[q]}, point{x(c.branch), ys[i]}
			t.move(a.x, a.y)
			// A branch leaves at once; a merge comes in at the end.
			bend := min(b.y-a.y, p.em(1700))
			switch {
			case k == 0 || c.kind == "pick":
				snake(&t, a, point{b.x, a.y + bend})
				t.to(b.x, b.y)
			default:
				t.to(a.x, b.y-bend)
				snake(&t, point{a.x, b.y - bend}, b)
			}
			look := p.hair(solid)
			if c.kind == "pick" && k > 0 {
				look = p.hair(dotted)
			}
			s.ink(&t, look)
		}
	}
	s.frame.Items = append(s.frame.Items, dots.frame.Items...)
	return p.finish(s, width, y-p.em(400))
}

// dot draws a commit.
func (h *history) dot(p *pen, s *sheet, c *commit, x, y unit.Length) {
	r := p.em(420)
	var t trace
	fill := p.colors.Strong
	switch c.kind {
	case "HIGHLIGHT":
		t.rect(x-r, y-r, 2*r, 2*r)
	case "merge", "pick":
		t.ellipse(x, y, r, r)
		fill = p.colors.Paper
	default:
		t.ellipse(x, y, r, r)
	}
	s.ink(&t, p.filled(fill))
	if c.kind == "REVERSE" {
		var in trace
		d := r.Em(600)
		in.move(x-d, y-d)
		in.to(x+d, y+d)
		in.move(x+d, y-d)
		in.to(x-d, y+d)
		paper := p.colors.Paper
		s.ink(&in, look{stroke: &paper, line: p.line})
	}
}
