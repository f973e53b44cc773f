package dedup

import (
	_ "embed"
	"fmt"
	"html"
	"strings"

	"banxin/pipeline/diag"
)

//go:embed page.css
var pageCSS string

//go:embed page.js
var pageJS string

// HTML writes the repeats as one page that needs nothing else: every copy
// beside the kept one, differences by the character, undecided ones first. A
// person chooses there, and the page writes the entries for decisions.yaml.
func HTML(r *Report, lang string) []byte {
	p := &pageWriter{lang: lang, pairs: map[string][]Pair{}}
	for _, x := range r.Pairs {
		p.pairs[x.Cluster] = append(p.pairs[x.Cluster], x)
	}
	title := p.say("Repeats", "重复内容")
	fmt.Fprintf(&p.b, "<!doctype html>\n<html lang=%q>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>%s</title>\n<style>\n%s</style>\n<h1>%s</h1>\n", lang, title, pageCSS, title)
	open := r.Open()
	fmt.Fprintf(&p.b, "<p>%s</p>\n", html.EscapeString(diag.T("%d of %d repeats wait for a decision, worst first. Marked red: only on the left; green: only on the right; yellow: a block of one copy only. Choose, give a reason, and save what stands at the foot as decisions.yaml in the manuscript folder, or add it to the one that is there.",
		"共 %[2]d 处重复，其中 %[1]d 处待决定，最要紧的在前。红底为左边独有，绿底为右边独有，黄底为整段仅见于一份。选定并写明理由后，将页末的内容存为手稿目录中的 decisions.yaml，或并入已有的该文件。", len(open), len(r.Clusters)).In(lang)))
	for _, c := range open {
		p.cluster(c)
	}
	for _, c := range r.Clusters {
		if c.Kind != Heading && c.Outcome != Undecided && c.Outcome != Reported {
			p.cluster(c)
		}
	}
	fmt.Fprintf(&p.b, "<section id=\"export\"><strong>decisions.yaml</strong> <a download=\"decisions.yaml\">%s</a><pre></pre></section>\n<script>\n%s</script>\n</html>\n",
		p.say("save", "保存"), pageJS)
	return []byte(p.b.String())
}

type pageWriter struct {
	b     strings.Builder
	lang  string
	pairs map[string][]Pair
}

func (p *pageWriter) say(en, zh string) string {
	return html.EscapeString(diag.Text{En: en, Zh: zh}.In(p.lang))
}

func (p *pageWriter) cluster(c *Cluster) {
	class := ""
	if c.Outcome == Undecided || c.Outcome == Reported {
		class = " class=\"open\""
	}
	fmt.Fprintf(&p.b, "<article id=%q>\n<header><h2>%s</h2> <span%s>%s</span> <span>%s %.0f%%</span> <code>%s</code> <span>%s</span></header>\n", c.ID,
		html.EscapeString(c.Copies[0].Title), class, html.EscapeString(outcomeText[c.Outcome].In(p.lang)), html.EscapeString(kindText[c.Kind].In(p.lang)), 100*c.Score, c.ID, html.EscapeString(c.Reason))
	base := max(c.Kept, 0)
	for i := range c.Copies {
		if i != base {
			p.beside(c, &c.Copies[base], &c.Copies[i])
		}
	}
	p.choices(c)
	p.b.WriteString("</article>\n")
}

// choices are the radio buttons of a cluster, each with its entry of a
// decisions file but for the reason.
func (p *pageWriter) choices(c *Cluster) {
	p.b.WriteString("<fieldset>")
	fmt.Fprintf(&p.b, "<label><input type=\"radio\" name=%q value=\"\" checked> %s</label>", c.ID, p.say("as it is", "维持"))
	choice := func(d Decision, say string) {
		fmt.Fprintf(&p.b, "<label><input type=\"radio\" name=%q value=\"%s\"> %s</label>", c.ID, html.EscapeString(d.entry()), say)
	}
	for i, x := range c.Copies {
		g := rangeOf(x.Span)
		at := html.EscapeString(fmt.Sprintf(" %s:%d", g.File, g.Start))
		if c.Kind == Partial {
			choice(c.cutPassage(p.pairs[c.ID], i), p.say("cut the passage in", "删去此处的一段：")+at)
			continue
		}
		choice(c.keep(i), p.say("keep", "保留")+at)
	}
	choice(c.both(), p.say("keep all", "全部保留"))
	fmt.Fprintf(&p.b, "<input type=\"text\" aria-label=\"%[1]s\" placeholder=\"%[1]s\"></fieldset>\n", p.say("reason", "理由"))
}

// beside writes two copies as a table, matched units in one row.
func (p *pageWriter) beside(c *Cluster, a, b *Copy) {
	p.b.WriteString("<table>\n<tr>")
	for _, x := range []*Copy{a, b} {
		g := rangeOf(x.Span)
		fmt.Fprintf(&p.b, "<th>%s <span class=\"where\">%s:%d–%d</span></th>", html.EscapeString(x.Title), html.EscapeString(g.File), g.Start, g.End)
	}
	p.b.WriteString("</tr>\n")
	partner := unitPartners(p.pairs[c.ID], c.ID, a, b)
	of := map[int]int{}
	for i, j := range partner {
		of[j] = i
	}
	shown := make([]bool, len(b.Units))
	alone := func(from int) { // the unmatched units of b from one on, up to the next matched
		for j := from; j < len(b.Units); j++ {
			if _, matched := of[j]; matched {
				return
			}
			if !shown[j] {
				shown[j] = true
				fmt.Fprintf(&p.b, "<tr><td></td><td class=\"only\">%s</td></tr>\n", html.EscapeString(unitText(b.Units[j])))
			}
		}
	}
	alone(0)
	for i, u := range a.Units {
		j, ok := partner[i]
		if !ok {
			fmt.Fprintf(&p.b, "<tr><td class=\"only\">%s</td><td></td></tr>\n", html.EscapeString(unitText(u)))
			continue
		}
		left, right := marked(unitText(u), unitText(b.Units[j]))
		fmt.Fprintf(&p.b, "<tr><td>%s</td><td>%s</td></tr>\n", left, right)
		alone(j + 1)
	}
	p.b.WriteString("</table>\n")
}
