package pipeline

import (
	"bytes"
	"strings"

	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

// A manuscript silences a rule where it stands, with a reason:
//
//	<!-- banxin-disable-next-line RULE [RULE …] -- reason -->
//	<!-- banxin-disable RULE -- reason --> … <!-- banxin-enable RULE -->
//
// suppression is one rule of such a comment: it covers lines [from, to] of its file.
type suppression struct {
	span     source.Span
	rule     string // "" where the comment names none
	reason   string
	from, to int
	used     bool
}

// suppressions reads the comments of every file. Comments inside fenced code
// are text and silence nothing.
func suppressions(files []*source.File) []*suppression {
	var out []*suppression
	for _, f := range files {
		if !bytes.Contains(f.Text, []byte("banxin-disable")) {
			continue
		}
		out = append(out, inFile(f)...)
	}
	return out
}

func inFile(f *source.File) []*suppression {
	var out []*suppression
	open := map[string]*suppression{}
	fence := ""
	for n := 1; n <= f.Lines(); n++ {
		line := f.Line(n)
		fence = fenceAfter(fence, line)
		if fence != "" {
			continue
		}
		at := 0
		for {
			i := strings.Index(line[at:], "<!-- banxin-")
			if i < 0 {
				break
			}
			a := at + i
			z := strings.Index(line[a:], "-->")
			if z < 0 {
				break
			}
			at = a + z + len("-->")
			out = comment(f, n, a, line[a:at], open, out)
		}
	}
	for _, s := range open {
		s.to = f.Lines()
	}
	return out
}

// fenceAfter tracks fenced code: the opening fence's marker, "" outside.
func fenceAfter(open, line string) string {
	t := strings.TrimLeft(line, " >\t")
	for _, c := range []string{"```", "~~~"} {
		if !strings.HasPrefix(t, c) {
			continue
		}
		run := t[:len(t)-len(strings.TrimLeft(t, c[:1]))]
		if open == "" {
			return run
		}
		if strings.HasPrefix(run, open) && strings.TrimSpace(t[len(run):]) == "" {
			return ""
		}
	}
	return open
}

func comment(f *source.File, line, col int, text string, open map[string]*suppression, out []*suppression) []*suppression {
	body := strings.TrimSuffix(strings.TrimPrefix(text, "<!-- "), "-->")
	body, reason, _ := strings.Cut(body, " -- ")
	words := strings.FieldsFunc(body, func(r rune) bool { return r == ' ' || r == ',' })
	if len(words) == 0 {
		return out
	}
	at := f.LineStart(line) + col
	span := source.Span{File: f, Start: at, End: at + len(text)}
	rules := words[1:]
	if words[0] == "banxin-enable" {
		for _, r := range rules {
			if o := open[r]; o != nil {
				o.to = line
				delete(open, r)
			}
		}
		return out
	}
	if words[0] != "banxin-disable" && words[0] != "banxin-disable-next-line" {
		return out
	}
	if len(rules) == 0 {
		return append(out, &suppression{span: span})
	}
	for _, r := range rules { // one each: they may end at different lines
		s := &suppression{span: span, rule: r, reason: strings.TrimSpace(reason), from: line, to: line}
		if words[0] == "banxin-disable" {
			open[r] = s
		} else {
			s.from, s.to = line+1, line+1
		}
		out = append(out, s)
	}
	return out
}

// silence drops the diagnostics that a comment covers and reports comments
// that cover none or give no reason. A comment silences only the rules it
// names.
func silence(l diag.List, subs []*suppression) diag.List {
	byFile := map[*source.File][]*suppression{}
	for _, s := range subs {
		byFile[s.span.File] = append(byFile[s.span.File], s)
	}
	out := make(diag.List, 0, len(l))
	for _, d := range l {
		hit := false
		if subs := byFile[d.Span.File]; len(subs) > 0 {
			n := d.Pos().Line
			for _, s := range subs {
				if s.from <= n && n <= s.to && s.rule == d.Code {
					s.used, hit = true, true
				}
			}
		}
		if !hit {
			out = append(out, d)
		}
	}
	for _, s := range subs {
		switch {
		case s.rule == "":
			out.Add("suppression-unused", s.span, diag.T("this comment names no rule and silences nothing", "这条注释没有写明规则，不起作用"))
		case !s.used:
			out.Add("suppression-unused", s.span, diag.T("this comment silences no %[1]s any more", "这条注释已不再屏蔽任何 %[1]s", s.rule), diag.T("delete it", "删去即可"))
		case s.reason == "":
			out.Add("suppression-unused", s.span, diag.T("this comment gives no reason", "这条注释没有写明理由"), diag.T("write: -- and why", "在末尾写上 -- 和理由"))
		}
	}
	return out
}
