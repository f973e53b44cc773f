package dedup

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

// Open returns the clusters that wait for a person, worst first: undecided ones
// before those to look at, and among equals the one that repeats most.
func (r *Report) Open() []*Cluster {
	var out []*Cluster
	for _, c := range r.Clusters {
		if c.Outcome == Undecided || c.Outcome == Reported {
			out = append(out, c)
		}
	}
	weight := func(c *Cluster) int {
		w := 0
		for _, x := range c.Copies {
			w += x.Weight
		}
		return w
	}
	slices.SortStableFunc(out, func(a, b *Cluster) int {
		if d := strings.Compare(string(b.Outcome), string(a.Outcome)); d != 0 { // "undecided" is behind "reported"
			return d
		}
		return cmp.Compare(weight(b), weight(a))
	})
	return out
}

// Review asks about every open cluster, one at a time, and hands each answer's
// decisions to save before it goes on. Answers are lines of in; the end of in
// is "quit". It returns how many clusters were decided; an error is in's,
// out's or save's.
func Review(r *Report, in io.Reader, out io.Writer, lang string, save func([]Decision) error) (int, error) {
	v := &reviewer{report: r, in: bufio.NewReader(in), out: bufio.NewWriter(out), lang: lang, save: save}
	open := r.Open()
	done := 0
	for i, c := range open {
		v.show(c, i+1, len(open))
		decided, err := v.ask(c)
		if errors.Is(err, errQuit) {
			break
		}
		if err != nil {
			return done, err
		}
		if decided {
			done++
		}
	}
	v.say("%d of %d decided\n", "已决定 %d 处，共 %d 处\n", done, len(open))
	return done, v.out.Flush()
}

var errQuit = errors.New("quit")

type reviewer struct {
	report *Report
	in     *bufio.Reader
	out    *bufio.Writer
	lang   string
	save   func([]Decision) error
}

func (v *reviewer) say(en, zh string, args ...any) {
	v.out.WriteString(diag.T(en, zh, args...).In(v.lang))
}

// show prints a cluster: its copies, and every copy beside the suggested one.
func (v *reviewer) show(c *Cluster, n, of int) {
	v.say("\n[%d/%d] %s: %s, %d copies, alike %.0f%%\n", "\n[%d/%d] %s：%s，%d 份，相似度 %.0f%%\n",
		n, of, c.Copies[0].Title, kindText[c.Kind].In(v.lang), len(c.Copies), 100*c.Score)
	base := max(c.Kept, 0)
	for i, x := range c.Copies {
		g := rangeOf(x.Span)
		mark := " "
		if i == base && c.Kind != Partial && c.Kind != Heading {
			mark = "*"
		}
		fmt.Fprintf(v.out, " %s%d  %s:%d-%d  %s\n", mark, i+1, g.File, g.Start, g.End, x.Title)
	}
	if c.Kind == Heading {
		return
	}
	for i := range c.Copies {
		if i != base {
			v.beside(c, base, i)
		}
	}
}

// beside prints the differences of two copies: changed blocks with the
// characters that differ, then the blocks of one copy only.
func (v *reviewer) beside(c *Cluster, base, i int) {
	a, b := &c.Copies[base], &c.Copies[i]
	v.say("--- %d beside %d: [-only %d-] {+only %d+}\n", "--- 第 %d 份与第 %d 份：[-仅第 %d 份-] {+仅第 %d 份+}\n", base+1, i+1, base+1, i+1)
	partner := unitPartners(v.report.Pairs, c.ID, a, b)
	matched := map[int]bool{}
	same := 0
	for k, u := range a.Units {
		j, ok := partner[k]
		switch {
		case !ok && c.Kind == Partial:
		case !ok:
			fmt.Fprintf(v.out, "  [-%s-]\n", oneLine(unitText(u)))
		case flat(unitText(u)) == flat(unitText(b.Units[j])):
			same++
		default:
			fmt.Fprintf(v.out, "  %s\n", inlineDiff(unitText(u), unitText(b.Units[j])))
		}
		if ok {
			matched[j] = true
		}
	}
	for j, u := range b.Units {
		if !matched[j] && c.Kind != Partial {
			fmt.Fprintf(v.out, "  {+%s+}\n", oneLine(unitText(u)))
		}
	}
	if same > 0 {
		v.say("  (%d blocks the same)\n", "  （%d 处相同）\n", same)
	}
}

// ask reads answers until one settles the cluster or passes it over.
func (v *reviewer) ask(c *Cluster) (bool, error) {
	for {
		if c.Kind == Partial {
			v.say("k N keep the passage in N and cut the other · b keep both · s skip · q quit > ", "k N 留第 N 份中的一段并删去另一段 · b 都留 · s 跳过 · q 退出 > ")
		} else {
			v.say("k [N] keep copy N · c [N] keep N and carry blocks into it · b keep all · x N cut copy N · s skip · q quit > ",
				"k [N] 留第 N 份 · c [N] 留第 N 份并移入其他份独有的内容 · b 都留 · x N 删去第 N 份 · s 跳过 · q 退出 > ")
		}
		line, err := v.line()
		if err != nil {
			return false, err
		}
		verb, rest, _ := strings.Cut(line, " ")
		if len(verb) > 1 && verb[1] >= '0' && verb[1] <= '9' {
			verb, rest = verb[:1], verb[1:]
		}
		switch verb {
		case "s", "":
			return false, nil
		case "q":
			return false, errQuit
		}
		ds, ok, err := v.decide(c, verb, strings.TrimSpace(rest))
		if err != nil {
			return false, err
		}
		if !ok {
			continue
		}
		v.say("reason > ", "理由 > ")
		reason, err := v.line()
		if err != nil {
			return false, err
		}
		if reason == "" {
			v.say("a decision needs a reason\n", "决定须有理由\n")
			continue
		}
		for i := range ds {
			ds[i].Reason = reason
		}
		return true, v.save(ds)
	}
}

// line reads one answer; the end of the input is errQuit.
func (v *reviewer) line() (string, error) {
	if err := v.out.Flush(); err != nil {
		return "", err
	}
	s, err := v.in.ReadString('\n')
	if err != nil && (!errors.Is(err, io.EOF) || s == "") {
		if errors.Is(err, io.EOF) {
			err = errQuit
		}
		return "", err
	}
	return strings.TrimSpace(s), nil
}

// decide turns an answer into decisions; not ok if it is none.
func (v *reviewer) decide(c *Cluster, verb, arg string) ([]Decision, bool, error) {
	n := max(c.Kept, 0)
	if arg != "" {
		k, err := strconv.Atoi(arg)
		if err != nil || k < 1 || k > len(c.Copies) {
			v.say("copies are numbered 1 to %d\n", "份数的编号为 1 至 %d\n", len(c.Copies))
			return nil, false, nil
		}
		n = k - 1
	}
	partial := c.Kind == Partial
	switch {
	case verb == "b":
		return []Decision{c.both()}, true, nil
	case verb == "k" && partial && arg != "":
		return []Decision{c.cutPassage(v.report.Pairs, 1-n)}, true, nil
	case verb == "k" && !partial:
		return []Decision{c.keep(n)}, true, nil
	case verb == "x" && !partial && arg != "":
		return []Decision{{Verb: "cut", What: []string{c.Copies[n].Ref}}}, true, nil
	case verb == "c" && !partial:
		carry, err := v.carry(c, n)
		return append([]Decision{c.keep(n)}, carry...), err == nil, err
	}
	v.say("not an answer: %s %s\n", "无法识别：%s %s\n", verb, arg)
	return nil, false, nil
}

// refs names the copies but one.
func (c *Cluster) refs(but int) []string {
	var out []string
	for i, x := range c.Copies {
		if i != but {
			out = append(out, x.Ref)
		}
	}
	return out
}

// both is the decision that every copy stays.
func (c *Cluster) both() Decision { return Decision{Verb: "both", What: c.refs(-1)} }

// keep is the decision for copy n. A copy's subsections are repeats, or not, on
// their own; only a heading printed again takes everything under it along.
func (c *Cluster) keep(n int) Decision {
	own := c.Kind != Heading && slices.ContainsFunc(c.Copies, func(x Copy) bool { return x.Parent })
	return Decision{Verb: "keep", What: []string{c.Copies[n].Ref}, Drop: c.refs(n), Own: own}
}

// cutPassage is the decision to cut a partial repeat's blocks out of one side.
func (c *Cluster) cutPassage(pairs []Pair, side int) Decision {
	a, b := &c.Copies[1-side], &c.Copies[side]
	partner := unitPartners(pairs, c.ID, a, b)
	d := Decision{Verb: "cut", From: b.Ref}
	for k := range a.Units {
		if j, ok := partner[k]; ok {
			d.What = append(d.What, b.UnitRefs[j])
		}
	}
	return d
}

// carry asks which of the blocks that copy n does not have go into it.
func (v *reviewer) carry(c *Cluster, n int) ([]Decision, error) {
	type block struct{ copy, unit int }
	var blocks []block
	for i := range c.Copies {
		if i == n {
			continue
		}
		partner := unitPartners(v.report.Pairs, c.ID, &c.Copies[i], &c.Copies[n])
		for k, u := range c.Copies[i].Units {
			j, ok := partner[k]
			if ok && unitText(u) == unitText(c.Copies[n].Units[j]) {
				continue
			}
			blocks = append(blocks, block{i, k})
			fmt.Fprintf(v.out, "  %d  (%d) %s\n", len(blocks), i+1, oneLine(unitText(u)))
		}
	}
	v.say("which blocks (numbers, or all) > ", "移入哪几处（编号，或 all） > ")
	answer, err := v.line()
	if err != nil {
		return nil, err
	}
	chosen := map[int]bool{}
	for _, w := range strings.FieldsFunc(answer, func(r rune) bool { return r == ' ' || r == ',' }) {
		if k, err := strconv.Atoi(w); err == nil {
			chosen[k-1] = true
		}
	}
	byCopy := make([][]string, len(c.Copies))
	for k, b := range blocks {
		if answer == "all" || chosen[k] {
			byCopy[b.copy] = append(byCopy[b.copy], c.Copies[b.copy].UnitRefs[b.unit])
		}
	}
	var out []Decision
	for i, what := range byCopy {
		if len(what) > 0 {
			out = append(out, Decision{Verb: "carry", What: what, From: c.Copies[i].Ref, Into: c.Copies[n].Ref})
		}
	}
	return out, nil
}

// unitPartners maps the units of a to those of b they match in a cluster.
func unitPartners(pairs []Pair, cluster string, a, b *Copy) map[int]int {
	at := func(x *Copy) map[source.Span]int {
		m := map[source.Span]int{}
		for i, u := range x.Units {
			m[u] = i
		}
		return m
	}
	ia, ib := at(a), at(b)
	out := map[int]int{}
	for _, x := range pairs {
		if x.Cluster != cluster {
			continue
		}
		for _, m := range x.Matches {
			i, ok1 := ia[m.A]
			j, ok2 := ib[m.B]
			if !ok1 || !ok2 {
				i, ok1 = ia[m.B]
				j, ok2 = ib[m.A]
			}
			if ok1 && ok2 {
				out[i] = j
			}
		}
	}
	return out
}
