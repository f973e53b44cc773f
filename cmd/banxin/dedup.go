package main

import (
	"io"
	"slices"

	"github.com/urfave/cli/v2"

	"banxin/pipeline"
	"banxin/pipeline/diag"
)

func dedupCommand() *cli.Command {
	return &cli.Command{
		Name:      "dedup",
		Usage:     "list repeated sections, what became of them, and what is left to decide",
		ArgsUsage: "[DIR]",
		Flags: append(bookFlags(),
			&cli.StringFlag{Name: "format", Value: "text", Usage: "`FORMAT`: text, json, dup-findings, dropped, html"},
			&cli.StringFlag{Name: "output", Usage: "write the list to `FILE` instead of standard output"},
			&cli.BoolFlag{Name: "review", Usage: "ask about each open repeat, worst first, and write the answers to decisions.yaml"},
			&cli.BoolFlag{Name: "apply", Usage: "resolve the repeats in the manuscript's files themselves"},
			&cli.BoolFlag{Name: "refresh", Usage: "renew the fingerprints in decisions.yaml after mends of the text"},
			&cli.BoolFlag{Name: "dry-run", Usage: "with --apply or --refresh: print the difference, write nothing"},
			&cli.BoolFlag{Name: "force", Usage: "with --apply: even where version control shows uncommitted changes"},
		),
		Action: dedupAction,
	}
}

func dedupAction(c *cli.Context) error {
	e := pipeline.Check()
	e.Pages = false
	var err error
	if e.FailOn, err = diag.ParseSeverity(c.String("fail-on")); err != nil {
		return err
	}
	if err := pipeline.KnownRepeatFormat(c.String("format")); err != nil {
		return err
	}
	in, err := input(c)
	if err != nil {
		return err
	}
	out, err := pipeline.Build(in, e)
	if err != nil {
		return err
	}
	if c.Bool("review") {
		return reviewRepeats(c, out)
	}
	if c.Bool("apply") {
		return applyRepeats(c, out)
	}
	if c.Bool("refresh") {
		return refreshDecisions(c, out)
	}
	err = toOutput(c, func(w io.Writer) error {
		return out.WriteRepeats(w, c.String("format"), language(c))
	})
	if err != nil {
		return err
	}
	// Only what dedup itself found decides this command's status.
	repeats := slices.DeleteFunc(slices.Clone(out.Diags), func(d diag.Diagnostic) bool { return !pipeline.IsRepeatRule(d.Code) })
	if repeats.Worst() >= e.FailOn {
		return exit{exitFindings}
	}
	return nil
}
