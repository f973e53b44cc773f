package dedup

import (
	"fmt"
	"strings"

	"banxin/pipeline/diag"
)

var outcomeText = map[Outcome]diag.Text{
	Merged:    {En: "merged", Zh: "已合并"},
	Decided:   {En: "decided", Zh: "已决定"},
	Allowed:   {En: "allowed", Zh: "已允许"},
	Undecided: {En: "UNDECIDED", Zh: "未决定"},
	Reported:  {En: "to look at", Zh: "待查看"},
}

var kindText = map[Kind]diag.Text{
	Exact:   {En: "exact", Zh: "相同"},
	Near:    {En: "near", Zh: "近似"},
	Partial: {En: "partial", Zh: "部分"},
	Heading: {En: "heading", Zh: "标题"},
}

// lostShown is how many blocks of a cluster the list for a terminal shows.
const lostShown = 6

// Text writes the clusters for a terminal, in lang ("zh…" or English): first
// what waits for a person, worst first, then what is settled, and last what to
// do next.
func Text(r *Report, lang string) string {
	w := &lister{lang: lang}
	open := r.Open()
	for _, c := range open {
		w.open(c)
	}
	n := map[Outcome]int{}
	for _, c := range r.Clusters {
		n[c.Outcome]++
		if c.Outcome != Undecided && c.Outcome != Reported {
			w.settled(c)
		}
	}
	if len(r.Clusters) > 0 {
		w.b.WriteByte('\n')
	}
	w.say("repeats: %d; merged: %d, decided: %d, allowed: %d, undecided: %d, to look at: %d; blocks in no kept copy: %d\n",
		"重复 %d 处：已合并 %d，已决定 %d，已允许 %d，未决定 %d，待查看 %d；不在任何留用份中的内容 %d 处\n",
		len(r.Clusters), n[Merged], n[Decided], n[Allowed], n[Undecided], n[Reported], len(r.Dropped))
	if len(open) > 0 {
		w.say("next: banxin dedup --review asks about each open one; --format html shows them side by side\n",
			"下一步：banxin dedup --review 逐处询问；--format html 并排对照\n")
	}
	return w.b.String()
}

type lister struct {
	b    strings.Builder
	lang string
}

func (w *lister) say(en, zh string, args ...any) {
	w.b.WriteString(diag.T(en, zh, args...).In(w.lang))
}

// open lists a cluster that waits for a person.
func (w *lister) open(c *Cluster) {
	fmt.Fprintf(&w.b, "%s  %s  %s  ", outcomeText[c.Outcome].In(w.lang), c.Copies[0].Title, kindText[c.Kind].In(w.lang))
	w.say("%d copies, alike %.0f%%  %s\n", "%d 份，相似度 %.0f%%  %s\n", len(c.Copies), 100*c.Score, c.ID)
	for i, x := range c.Copies {
		mark := ' '
		if i == c.Kept {
			mark = '*'
		}
		g := rangeOf(x.Span)
		fmt.Fprintf(&w.b, "  %c %s:%d-%d  %s  %s\n", mark, g.File, g.Start, g.End, x.Title, x.Name)
	}
	if len(c.Lost) == 0 {
		return
	}
	w.say("    * is the most complete copy; of the others it lacks %d blocks:\n", "    带 * 的一份最全，但缺少其他份中的 %d 处：\n", len(c.Lost))
	for i, l := range c.Lost {
		if i == lostShown {
			w.say("      and %d more\n", "      另有 %d 处\n", len(c.Lost)-i)
			break
		}
		fmt.Fprintf(&w.b, "      %s %s:%d  %s\n", l.Name, rangeOf(l.Span).File, rangeOf(l.Span).Start, l.Text)
	}
}

// settled lists a cluster nobody has to see, on one line: where it is kept and
// where else it stood.
func (w *lister) settled(c *Cluster) {
	fmt.Fprintf(&w.b, "%s", outcomeText[c.Outcome].In(w.lang))
	if c.Decision != "" {
		fmt.Fprintf(&w.b, " (%s)", c.Decision)
	}
	fmt.Fprintf(&w.b, "  %s  %s ", c.Copies[max(c.Kept, 0)].Title, kindText[c.Kind].In(w.lang))
	for i, x := range c.Copies {
		mark := ""
		if i == c.Kept {
			mark = "*"
		}
		g := rangeOf(x.Span)
		fmt.Fprintf(&w.b, " %s%s:%d (%s)", mark, g.File, g.Start, x.Name)
	}
	if c.Reason != "" {
		w.b.WriteString("  " + c.Reason)
	}
	fmt.Fprintf(&w.b, "  %s\n", c.ID)
}
