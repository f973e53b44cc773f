package pipeline

import (
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"banxin/pipeline/check"
	"banxin/pipeline/cite"
	"banxin/pipeline/dedup"
	"banxin/pipeline/diag"
	"banxin/pipeline/epub"
	"banxin/pipeline/markdown"
	"banxin/pipeline/prepress"
	"banxin/pipeline/project"
	"banxin/pipeline/proof"
	"banxin/pipeline/typeset"
	"banxin/pipeline/xref"
)

// Rules are the rules of all stages, by code.
func Rules() []diag.Rule {
	all := [][]diag.Rule{
		project.Rules(), markdown.Rules(), dedup.Rules(), cite.Rules(),
		xref.Rules(), check.Rules(), typeset.Rules(), prepress.Rules(), proof.Rules(), epub.Rules(), ownRules(), releaseRules(),
	}
	out := slices.Concat(all...)
	slices.SortStableFunc(out, func(a, b diag.Rule) int { return strings.Compare(a.Code, b.Code) })
	return slices.CompactFunc(out, func(a, b diag.Rule) bool { return a.Code == b.Code })
}

// ownRules are the rules of the verdict itself.
func ownRules() []diag.Rule {
	return []diag.Rule{
		fontRule(),
		{Code: "suppression-unused", Check: diag.Warning, Proof: diag.Off, Release: diag.Warning,
			What:    diag.T("A comment that silences a rule has no effect, names no rule or gives no reason.", "屏蔽规则的注释已不起作用、没有写明规则，或没有写明理由。"),
			Why:     diag.T("Left in place it would hide the next finding of that rule.", "留着它会掩盖这条规则将来发现的问题。"),
			Fix:     diag.T("Delete the comment, or give its reason after “--”.", "删去注释，或在“--”之后写明理由。"),
			Example: "<!-- banxin-disable-next-line zh-punct-mixed -->\n全部合乎规范的一行。"},
		{Code: "baseline-stale", Check: diag.Warning, Proof: diag.Off, Release: diag.Warning,
			What: diag.T("The baseline records a finding that is gone.", "基线记录的问题已不存在。"),
			Why:  diag.T("A baseline that is never renewed would let the same fault come back unseen.", "基线不更新，同样的问题再出现时就看不见了。"),
			Fix:  diag.T("Record the baseline anew with --update-baseline.", "用 --update-baseline 重新记录基线。")},
		{Code: "rule-setting", Check: diag.Warning, Proof: diag.Warning, Release: diag.Warning,
			What:    diag.T("A setting under rules in book.yaml names an unknown rule or gives no reason.", "book.yaml 的 rules 中有未知的规则，或没有写明理由。"),
			Why:     diag.T("A misspelt setting changes nothing, and a setting without a reason cannot be reviewed.", "写错的设置不起作用，没有理由的设置无从复核。"),
			Fix:     diag.T("Correct the code (banxin explain lists them) or add reason.", "改正规则名（banxin explain 可列出），或补上 reason。"),
			Example: "rules:\n  glyph-mising: {severity: note, reason: …}"},
	}
}

// judge gives every diagnostic its severity in the edition, applies what the
// text and book.yaml silence and what the baseline knows, and sorts. Findings
// that come out as Off are dropped.
func judge(l diag.List, in Input, e Edition, p *project.Project) diag.List {
	rules := map[string]diag.Rule{}
	for _, r := range Rules() {
		rules[r.Code] = r
	}
	l = append(slices.Clone(l), settingFaults(p, rules)...)
	l = silence(l, suppressions(p.Manuscript.Files))
	out := make(diag.List, 0, len(l))
	for _, d := range l {
		r, ok := rules[d.Code]
		if !ok {
			panic("no rule is declared for " + d.Code)
		}
		d.Severity = severity(r, d, e, p.Config.Rules)
		if d.Severity == diag.Off || len(in.OnlyRules) > 0 && !slices.Contains(in.OnlyRules, d.Code) {
			continue
		}
		out = append(out, d)
	}
	out.Sort()
	out = in.Baseline.apply(out)
	for i := range out {
		if out[i].Severity == diag.Off { // the baseline's own findings
			out[i].Severity = severity(rules[out[i].Code], out[i], e, p.Config.Rules)
		}
	}
	return slices.DeleteFunc(out, func(d diag.Diagnostic) bool { return d.Severity == diag.Off })
}

// severity is the rule's in the edition unless book.yaml sets another, for all
// files or for those a pattern matches; the last setting that applies wins.
func severity(r diag.Rule, d diag.Diagnostic, e Edition, settings []project.RuleSetting) diag.Severity {
	s := r.Severity(e.Name)
	for _, set := range settings {
		if set.Rule == r.Code && applies(set, d) {
			s = set.Severity
		}
	}
	return s
}

func applies(set project.RuleSetting, d diag.Diagnostic) bool {
	if len(set.Paths) == 0 {
		return true
	}
	file := d.Pos().Path
	return slices.ContainsFunc(set.Paths, func(pattern string) bool {
		ok, err := path.Match(pattern, file)
		return err == nil && ok || strings.HasSuffix(pattern, "/**") && strings.HasPrefix(file, strings.TrimSuffix(pattern, "**"))
	})
}

func settingFaults(p *project.Project, rules map[string]diag.Rule) diag.List {
	var l diag.List
	for _, set := range p.Config.Rules {
		if _, ok := rules[set.Rule]; !ok {
			l.Add("rule-setting", set.Span, diag.T("there is no rule %q", "没有规则 %q", set.Rule), diag.T("banxin explain lists the rules", "banxin explain 可列出所有规则"))
		} else if strings.TrimSpace(set.Reason) == "" {
			l.Add("rule-setting", set.Span, diag.T("the setting of %s gives no reason", "规则 %s 的设置没有写明理由", set.Rule))
		}
	}
	return l
}

// Fails reports whether the run's findings reach the edition's FailOn.
func (o *Output) Fails(e Edition) bool {
	return e.FailOn != diag.Never && e.FailOn != diag.Off && o.Diags.Worst() >= e.FailOn
}

// WriteRules writes every rule as the page docs/rules.md.
func WriteRules(w io.Writer, lang string) error {
	zh := strings.HasPrefix(lang, "zh")
	title := "# Rules\n\nGenerated from the program: `banxin explain --markdown`. Severities are those of check, proof and release.\n"
	if zh {
		title = "# 规则\n\n由程序生成：`banxin explain --markdown --lang zh`。严重程度依次为 check、proof、release 三种版次。\n"
	}
	var b strings.Builder
	b.WriteString(title)
	for _, r := range Rules() {
		fmt.Fprintf(&b, "\n## %s\n\n%s · %s · %s\n\n%s\n", r.Code, r.Check, r.Proof, r.Release, r.What.In(lang))
		for _, t := range []diag.Text{r.Why, r.Fix} {
			if s := t.In(lang); s != "" {
				fmt.Fprintf(&b, "\n%s\n", s)
			}
		}
		if r.Example != "" {
			fmt.Fprintf(&b, "\n````markdown\n%s\n````\n", strings.TrimRight(strings.ReplaceAll(r.Example, "\r", ""), "\n"))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
