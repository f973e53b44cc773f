package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/urfave/cli/v2"

	"banxin/pipeline"
	"banxin/pipeline/diag"
	"banxin/pipeline/report"
)

func proofCommand() *cli.Command {
	return &cli.Command{
		Name:      "proof",
		Usage:     "set the release's pages with every finding beside its place",
		ArgsUsage: "[DIR]",
		Flags: append(bookFlags(),
			&cli.StringFlag{Name: "out", Aliases: []string{"o"}, Value: "out", Usage: "write into `FOLDER`"},
			&cli.StringFlag{Name: "round", Usage: "the reading this proof is for: `ROUND`, 一校, 二校, 三校, 付印"},
			&cli.BoolFlag{Name: "every-line", Usage: "number every line, not every fifth"},
			&cli.BoolFlag{Name: "two-up", Usage: "put the pages that face each other on one sheet"},
			&cli.StringFlag{Name: "since", Usage: "mark what changed since git revision `REV`"},
			&cli.StringFlag{Name: "against", Usage: "mark what changed from the manuscript in folder `DIR`"},
			&cli.BoolFlag{Name: "html", Usage: "write one page for browsers instead of the PDF: findings, repeats, and pictures of the pages with findings"},
			&cli.StringFlag{Name: "import", Usage: "list what readers marked in `FILE`, a PDF of the book or its proof, with its places in the manuscript"},
			&cli.StringFlag{Name: "format", Value: "text", Usage: "with --import: `FORMAT`: text, json, rdjson or another format of check"},
			&cli.StringFlag{Name: "output", Usage: "with --import: write the list to `FILE` instead of standard output"},
		),
		Action: proofAction,
	}
}

func proofAction(c *cli.Context) error {
	e := pipeline.Proof()
	e.PDF, e.EPUB = false, false
	var err error
	if c.IsSet("fail-on") {
		if e.FailOn, err = diag.ParseSeverity(c.String("fail-on")); err != nil {
			return err
		}
	}
	in, err := input(c)
	if err != nil {
		return err
	}
	out, err := buildShown(c, in, e)
	if err != nil {
		return err
	}
	if name := c.String("import"); name != "" {
		return importRemarks(c, out, e, name)
	}
	rev, _ := git(root(c), "describe", "--always", "--dirty") // outside a repository there is none
	was, since, err := before(c, in, e)
	if err != nil {
		return err
	}
	err = out.AddProof(in, pipeline.ProofOptions{Earlier: was, Since: since, Lang: language(c), Round: c.String("round"), Revision: strings.TrimSpace(string(rev)), EveryLine: c.Bool("every-line"), TwoUp: c.Bool("two-up"), HTML: c.Bool("html")})
	if err != nil {
		return err
	}
	if err := writeAll(c.String("out"), out.Files, ""); err != nil {
		return err
	}
	if !c.Bool("quiet") {
		summary(c.App.Writer, c.String("out"), out)
	}
	if out.Fails(e) {
		return exit{exitFindings}
	}
	return nil
}

// importRemarks lists what readers marked in a PDF of the book.
func importRemarks(c *cli.Context, out *pipeline.Output, e pipeline.Edition, name string) error {
	f, err := report.ParseFormat(c.String("format"))
	if err != nil {
		return err
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("read marked PDF: %w", err)
	}
	return toOutput(c, func(w io.Writer) error {
		_, err := out.WriteRemarks(w, data, f, report.Options{Lang: language(c), Color: f == report.Text && c.String("output") == "" && terminal(w),
			Root: root(c), Version: version, Rules: pipeline.Rules(), Edition: e.Name})
		return err
	})
}

// before is the book of the state that --since or --against names; nil if
// neither is given.
func before(c *cli.Context, in pipeline.Input, e pipeline.Edition) (*pipeline.Output, string, error) {
	name := c.String("since")
	switch dir := c.String("against"); {
	case dir != "" && name != "":
		return nil, "", fmt.Errorf("--since and --against name two earlier states: give one of them")
	case dir != "":
		in.Manuscript, name = os.DirFS(dir), dir
	case name != "":
		was, err := manuscriptAt(c, name)
		if err != nil {
			return nil, "", err
		}
		if was == nil {
			return nil, "", fmt.Errorf("--since %s: there was no manuscript then", name)
		}
		in.Manuscript = was
	default:
		return nil, "", nil
	}
	out, err := pipeline.Build(in, e)
	if err != nil {
		return nil, "", fmt.Errorf("the earlier state %s: %w", name, err)
	}
	return out, name, nil
}
