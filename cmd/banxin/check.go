package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"banxin/pipeline"
	"banxin/pipeline/diag"
	"banxin/pipeline/report"
)

func checkCommand() *cli.Command {
	return &cli.Command{
		Name:      "check",
		Usage:     "report everything wrong with the manuscript; write no book",
		ArgsUsage: "[DIR]",
		Flags: append(bookFlags(),
			&cli.StringFlag{Name: "format", Value: "text", Usage: "`FORMAT`: text, json, sarif, github, gitlab, junit, checkstyle, rdjson, html"},
			&cli.StringFlag{Name: "output", Usage: "write the findings to `FILE` instead of standard output"},
			&cli.StringFlag{Name: "edition", Value: "check", Usage: "judge by the severities of edition `NAME`: check, proof, release"},
			&cli.StringSliceFlag{Name: "rule", Usage: "report only rule `CODE` (may be repeated)"},
			&cli.BoolFlag{Name: "no-pages", Usage: "do not typeset: faster, and blind to missing glyphs and overfull lines"},
			&cli.IntFlag{Name: "max-findings", Value: 10, Usage: "show at most `N` findings of a rule in text; 0 shows all"},
			&cli.StringFlag{Name: "baseline", Usage: "leave out findings recorded in `FILE`"},
			&cli.StringFlag{Name: "update-baseline", Usage: "record the findings in `FILE` and exit with 0"},
			&cli.StringFlag{Name: "since", Usage: "report only what the change since git revision `REV` brought in"},
			&cli.BoolFlag{Name: "fix", Usage: "make the safe edits that findings carry"},
			&cli.BoolFlag{Name: "dry-run", Usage: "with --fix: print the difference, write nothing"},
		),
		Action: checkAction,
	}
}

func checkAction(c *cli.Context) error {
	f, err := report.ParseFormat(c.String("format"))
	if err != nil {
		return err
	}
	e, err := pipeline.ParseEdition(c.String("edition"))
	if err != nil {
		return err
	}
	e.PDF, e.EPUB, e.Ships, e.Pages = false, false, false, !c.Bool("no-pages")
	if e.FailOn, err = diag.ParseSeverity(c.String("fail-on")); err != nil {
		return err
	}
	in, err := input(c)
	if err != nil {
		return err
	}
	if in.OnlyRules = c.StringSlice("rule"); len(in.OnlyRules) > 0 {
		if err := knownRules(in.OnlyRules); err != nil {
			return err
		}
	}
	if name := c.String("baseline"); name != "" {
		if in.Baseline, err = readBaseline(name); err != nil {
			return err
		}
	}
	if rev := c.String("since"); rev != "" {
		if in.Baseline, err = earlier(c, in, e, rev); err != nil {
			return err
		}
	}
	out, err := buildShown(c, in, e)
	if err != nil {
		return err
	}
	if c.Bool("fix") {
		return writeChanges(c, out.Fixes())
	}
	if name := c.String("update-baseline"); name != "" {
		if err := writeFile(name, pipeline.WriteBaseline(out.Diags)); err != nil {
			return err
		}
		fmt.Fprintf(c.App.ErrWriter, "%s: %d findings recorded\n", name, len(out.Diags))
		return nil
	}
	if err := toOutput(c, func(w io.Writer) error { return writeFindings(c, w, out, e, f) }); err != nil {
		return err
	}
	if out.Fails(e) {
		return exit{exitFindings}
	}
	return nil
}

// toOutput writes to --output (whole or not at all) or standard output.
func toOutput(c *cli.Context, write func(io.Writer) error) error {
	name := c.String("output")
	if name == "" {
		return write(c.App.Writer)
	}
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	return writeFile(name, b.Bytes())
}

func writeFile(name string, data []byte) error {
	return writeAll(filepath.Dir(name), map[string][]byte{filepath.Base(name): data}, "")
}

func readBaseline(name string) (*pipeline.Baseline, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read baseline: %w", err)
	}
	b, err := pipeline.ParseBaseline(data)
	if err != nil {
		return nil, fmt.Errorf("read baseline %s: %w", name, err)
	}
	return b, nil
}

func knownRules(codes []string) error {
	known := map[string]bool{}
	for _, r := range pipeline.Rules() {
		known[r.Code] = true
	}
	for _, code := range codes {
		if !known[code] {
			return fmt.Errorf("there is no rule %q; banxin explain lists them", code)
		}
	}
	return nil
}

func explainCommand() *cli.Command {
	return &cli.Command{
		Name:      "explain",
		Usage:     "say what a rule flags, why, with an example and the fix; without CODE list the rules",
		ArgsUsage: "[CODE]",
		Flags: []cli.Flag{langFlag(),
			&cli.BoolFlag{Name: "markdown", Usage: "write every rule as the page docs/rules.md"},
		},
		Action: explainAction,
	}
}

func explainAction(c *cli.Context) error {
	lang, w := language(c), c.App.Writer
	if c.Bool("markdown") {
		return pipeline.WriteRules(w, lang)
	}
	code := c.Args().First()
	for _, r := range pipeline.Rules() {
		switch {
		case code == "":
			fmt.Fprintf(w, "%-28s %-7s %-7s %-7s %s\n", r.Code, r.Check, r.Proof, r.Release, r.What.In(lang))
		case r.Code == code:
			explain(w, r, lang)
			return nil
		}
	}
	if code != "" {
		return fmt.Errorf("there is no rule %q; banxin explain lists them", code)
	}
	return nil
}

func explain(w io.Writer, r diag.Rule, lang string) {
	fmt.Fprintf(w, "%s  (check %s, proof %s, release %s)\n\n%s\n", r.Code, r.Check, r.Proof, r.Release, r.What.In(lang))
	for _, t := range []diag.Text{r.Why, r.Fix} {
		if s := t.In(lang); s != "" {
			fmt.Fprintf(w, "%s\n", s)
		}
	}
	if r.Example != "" {
		fmt.Fprintf(w, "\n    %s\n", strings.ReplaceAll(strings.TrimRight(r.Example, "\n"), "\n", "\n    "))
	}
}
