package main

import (
	"fmt"
	"io"
	"os"

	"github.com/urfave/cli/v2"

	"banxin/pipeline"
)

// progress shows the stage a build is at: one line rewritten on a terminal,
// plain lines where CI records them, nothing with --quiet.
type progress struct {
	w        io.Writer
	terminal bool
	quiet    bool
}

func newProgress(c *cli.Context) *progress {
	return &progress{c.App.ErrWriter, terminal(c.App.ErrWriter), c.Bool("quiet") || !terminal(c.App.ErrWriter) && os.Getenv("CI") == ""}
}

func (p *progress) step(stage string) {
	switch {
	case p.quiet:
	case p.terminal:
		fmt.Fprintf(p.w, "\r\x1b[K%s…", stage)
	default:
		fmt.Fprintln(p.w, stage)
	}
}

// clear ends the line on a terminal.
func (p *progress) clear() {
	if p.terminal && !p.quiet {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}

// terminal reports whether w is a character device.
func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok || os.Getenv("TERM") == "dumb" || os.Getenv("NO_COLOR") != "" {
		return false
	}
	st, err := f.Stat()
	return err == nil && st.Mode()&os.ModeCharDevice != 0
}

// buildShown builds the book and shows how far it is.
func buildShown(c *cli.Context, in pipeline.Input, e pipeline.Edition) (*pipeline.Output, error) {
	bar := newProgress(c)
	defer bar.clear()
	in.Progress = bar.step
	return pipeline.Build(in, e)
}
