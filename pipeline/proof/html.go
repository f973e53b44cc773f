package proof

import (
	"bytes"
	"cmp"
	_ "embed"
	"fmt"
	"html"
	"slices"
	"strings"

	"github.com/sergi/go-diff/diffmatchpatch"

	"banxin/pipeline/dedup"
	"banxin/pipeline/diag"
	"banxin/pipeline/page"
	"banxin/pipeline/svg"
)

//go:embed page.css
var pageCSS string

// HTML writes the proof as one page that needs nothing else and no script: the
// findings by rule, pictures of the pages that have any with the findings
// beside them, the changes and the repeats side by side.
func HTML(title string, doc *page.Document, found diag.List, repeats *dedup.Report, o Options) ([]byte, error) {
	m := markings(doc, found, repeats, nil, o)
	w := &web{m: m}
	lang := "en"
	if strings.HasPrefix(o.Lang, "zh") {
		lang = "zh-Hans"
	}
	w.printf("<!doctype html>\n<html lang=%q>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>%s</title>\n<style>\n%s</style>\n",
		lang, html.EscapeString(title+" · "+m.say("proof", "校样")), pageCSS)
	w.printf("<body>\n<a class=\"skip\" href=\"#pages\">%s</a>\n<header><h1>%s</h1><p>%s</p>\n<nav>", m.say("To the pages", "跳到页面"), html.EscapeString(title), html.EscapeString(m.stamp()))
	sections := []struct{ id, name string }{{"rules", m.say("Findings by rule", "按规则列出的问题")}, {"pages", m.say("Pages", "页面")}}
	if m.diff != nil {
		sections = append(sections, struct{ id, name string }{"changes", m.say("Changes since "+o.Since, "自 "+o.Since+" 以来的改动")})
	}
	if repeats != nil && len(repeats.Clusters) > 0 {
		sections = append(sections, struct{ id, name string }{"repeats", m.say("Repeats", "重复内容")})
	}
	for _, s := range sections {
		w.printf("<a href=\"#%s\">%s</a>", s.id, html.EscapeString(s.name))
	}
	w.printf("</nav></header>\n<main>\n")
	for _, s := range sections {
		w.printf("<section id=\"%s\">\n<h2>%s</h2>\n", s.id, html.EscapeString(s.name))
		switch s.id {
		case "rules":
			w.rules()
		case "pages":
			if err := w.pages(); err != nil {
				return nil, err
			}
		case "changes":
			w.changes()
		case "repeats":
			w.repeats(repeats)
		}
		w.printf("</section>\n")
	}
	w.printf("</main>\n</body>\n</html>\n")
	return w.b.Bytes(), nil
}

type web struct {
	m *maker
	b bytes.Buffer
}

func (w *web) printf(format string, a ...any) { fmt.Fprintf(&w.b, format, a...) }

// rules lists the findings under their rules; each leads to its page.
func (w *web) rules() {
	order := w.m.byRule()
	if len(order) == 0 {
		w.printf("<p>%s</p>\n", w.m.say("Nothing was found.", "没有发现问题。"))
	}
	for i := 0; i < len(order); {
		j := i
		for j < len(order) && order[j].d.Code == order[i].d.Code {
			j++
		}
		w.printf("<details class=\"%s\"><summary><strong>%s</strong> %s · %d</summary><ol>\n", order[i].d.Severity, html.EscapeString(order[i].d.Code), w.severity(order[i].d.Severity), j-i)
		for _, n := range order[i:j] {
			at := ""
			if n.placed {
				at = fmt.Sprintf("<a href=\"#n%d\">%s</a> ", n.number, html.EscapeString(w.m.pageName(n.at.page)))
			}
			w.printf("<li value=\"%d\">%s%s</li>\n", n.number, at, w.finding(n))
		}
		w.printf("</ol></details>\n")
		i = j
	}
}

// severity is a severity's name for readers.
func (w *web) severity(s diag.Severity) string {
	switch s {
	case diag.Error:
		return w.m.say("error", "错误")
	case diag.Warning:
		return w.m.say("warning", "警告")
	}
	return w.m.say("note", "提示")
}

// outcome is what became of a repeat, for readers.
func (w *web) outcome(o dedup.Outcome) string {
	switch o {
	case dedup.Merged:
		return w.m.say("merged", "已合并")
	case dedup.Decided:
		return w.m.say("decided", "已决定")
	case dedup.Allowed:
		return w.m.say("allowed to stay", "准予保留")
	case dedup.Undecided:
		return w.m.say("undecided", "待决定")
	}
	return w.m.say("reported", "供参考")
}

func (w *web) finding(n *note) string {
	where := ""
	if pos := n.d.Pos(); pos.Path != "" {
		where = fmt.Sprintf(" <span class=\"where\">%s:%d:%d</span>", html.EscapeString(pos.Path), pos.Line, pos.Column)
	}
	return html.EscapeString(w.m.text(n)) + where
}

// pages draws every page with findings or changes, and lists them beside it.
func (w *web) pages() error {
	m := w.m
	for i, pg := range m.doc.Pages {
		items := m.beside(i)
		changed := slices.ContainsFunc(m.edits, func(e edit) bool { return e.page() == i })
		if len(items) == 0 && !changed {
			continue
		}
		room := &page.Frame{}
		shown := &page.Page{}
		m.repeats(room, i)
		for _, n := range m.byPage[i] {
			m.tint(room, shown, n)
		}
		m.changes(room, shown, i)
		f := &page.Frame{Width: pg.Media.Width, Height: pg.Media.Height}
		f.Add(-roomLeft, -roomTop, &page.Group{Frame: room})
		f.Items = append(f.Items, unlinked(pg.Frame).Items...)
		name := m.pageName(i)
		w.printf("<article><h3>%s</h3>\n<div class=\"spread\"><figure>", html.EscapeString(name))
		if err := svg.Write(&w.b, f, svg.Options{Title: name, IDPrefix: fmt.Sprintf("p%d-", i+1), Inline: true}); err != nil {
			return fmt.Errorf("draw page %d: %w", i+1, err)
		}
		w.printf("</figure>\n<ol>\n")
		for _, it := range items {
			switch {
			case it.note != nil:
				w.printf("<li id=\"n%d\" value=\"%d\" class=\"%s\"><strong>%s</strong> %s</li>\n", it.note.number, it.note.number, it.note.d.Severity, html.EscapeString(it.note.d.Code), w.finding(it.note))
			case it.edit != nil:
				w.printf("<li style=\"list-style:none\"><del>%s</del></li>\n", html.EscapeString(textOf(it.edit.old)))
			case it.twin != nil:
				w.printf("<li style=\"list-style:none\">%s</li>\n", html.EscapeString(m.elsewhereText(*it.twin)))
			}
		}
		w.printf("</ol></div></article>\n")
	}
	return nil
}

// unlinked is a frame without links: those of a page that is not here would
// lead nowhere.
func unlinked(f *page.Frame) *page.Frame {
	out := &page.Frame{Width: f.Width, Height: f.Height, Baseline: f.Baseline}
	for _, it := range f.Items {
		switch g := it.Item.(type) {
		case *page.Link, *page.Dest:
			continue
		case *page.Group:
			c := *g
			c.Frame = unlinked(g.Frame)
			it.Item = &c
		}
		out.Items = append(out.Items, it)
	}
	return out
}

func (w *web) changes() {
	w.printf("<ol>\n")
	for _, e := range w.m.edits {
		w.printf("<li>%s", html.EscapeString(w.m.pageName(e.page())))
		if len(e.old) > 0 {
			w.printf(" <del>%s</del>", html.EscapeString(textOf(e.old)))
		}
		if len(e.new) > 0 {
			w.printf(" <ins>%s</ins>", html.EscapeString(textOf(e.new)))
		}
		w.printf("</li>\n")
	}
	w.printf("</ol>\n<h3>%s</h3>\n<ul>\n", w.m.say("Pages that begin otherwise", "起讫有变的页"))
	for _, s := range w.m.moved() {
		w.printf("<li>%s</li>\n", html.EscapeString(s))
	}
	w.printf("</ul>\n")
}

// repeats sets what repeats side by side, differences by the character.
func (w *web) repeats(r *dedup.Report) {
	titles := map[string]string{}
	for _, c := range r.Clusters {
		if len(c.Copies) > 0 {
			titles[c.ID] = c.Copies[0].Title + " · " + w.outcome(c.Outcome)
		}
	}
	for _, p := range r.Pairs {
		if len(p.Matches) == 0 {
			continue
		}
		a, b := p.A.Pos(), p.B.Pos()
		w.printf("<details><summary>%s · %.0f%%</summary><table><tr><th class=\"where\">%s:%d</th><th class=\"where\">%s:%d</th></tr>\n",
			html.EscapeString(cmp.Or(titles[p.Cluster], p.Cluster)), 100*p.Score, html.EscapeString(a.Path), a.Line, html.EscapeString(b.Path), b.Line)
		for _, x := range p.Matches {
			left, right := sides(x.A.Text(), x.B.Text())
			w.printf("<tr><td>%s</td><td>%s</td></tr>\n", left, right)
		}
		w.printf("</table></details>\n")
	}
}

// sides marks what differs between two texts, in HTML.
func sides(a, b string) (left, right string) {
	if a == b || len(a)+len(b) > most {
		return html.EscapeString(a), html.EscapeString(b)
	}
	dmp := diffmatchpatch.New()
	dmp.DiffTimeout = 0 // see comparison.letters
	var l, r strings.Builder
	for _, d := range dmp.DiffCleanupSemantic(dmp.DiffMain(a, b, false)) {
		s := html.EscapeString(d.Text)
		switch d.Type {
		case diffmatchpatch.DiffEqual:
			l.WriteString(s)
			r.WriteString(s)
		case diffmatchpatch.DiffDelete:
			l.WriteString("<del>" + s + "</del>")
		case diffmatchpatch.DiffInsert:
			r.WriteString("<ins>" + s + "</ins>")
		}
	}
	return l.String(), r.String()
}
