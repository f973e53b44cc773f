package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"banxin/pipeline"
)

// writeChanges writes changed manuscript files into the manuscript folder, or
// prints their differences with --dry-run.
func writeChanges(c *cli.Context, changes []pipeline.Change) error {
	if len(changes) == 0 {
		fmt.Fprintln(c.App.ErrWriter, "nothing to change")
		return nil
	}
	if c.Bool("dry-run") {
		for _, ch := range changes {
			fmt.Fprint(c.App.Writer, ch.Diff)
		}
		return nil
	}
	for _, ch := range changes {
		name := filepath.Join(root(c), filepath.FromSlash(ch.Path))
		if err := writeFile(name, ch.Text); err != nil {
			return err
		}
		fmt.Fprintf(c.App.ErrWriter, "%s changed\n", name)
	}
	return nil
}

// applyRepeats rewrites the manuscript; where git shows uncommitted changes it
// asks for --force, since only a commit can bring the old text back.
func applyRepeats(c *cli.Context, out *pipeline.Output) error {
	changes := out.Rewritten()
	if !c.Bool("dry-run") && !c.Bool("force") {
		status, err := git(root(c), "status", "--porcelain", "--", ".")
		if err == nil && len(bytes.TrimSpace(status)) > 0 {
			return fmt.Errorf("the manuscript has uncommitted changes; commit them first, or use --force:\n%s", strings.TrimRight(string(status), "\n"))
		}
	}
	return writeChanges(c, changes)
}

// reviewRepeats asks on the terminal, or reads the answers from a pipe. Every
// answer is on the disk before the next question.
func reviewRepeats(c *cli.Context, out *pipeline.Output) error {
	name := ""
	n, err := out.ReviewRepeats(c.App.Reader, c.App.Writer, language(c), func(ch pipeline.Change) error {
		name = filepath.Join(root(c), filepath.FromSlash(ch.Path))
		return writeFile(name, ch.Text)
	})
	if err == nil && n > 0 {
		fmt.Fprintf(c.App.ErrWriter, "%s changed\n", name)
	}
	return err
}

func refreshDecisions(c *cli.Context, out *pipeline.Output) error {
	ch, n, ok, err := out.Refreshed()
	if err != nil {
		return err
	}
	if !ok {
		return writeChanges(c, nil)
	}
	fmt.Fprintf(c.App.ErrWriter, "%d fingerprints renewed\n", n)
	return writeChanges(c, []pipeline.Change{ch})
}

// git runs git in dir; its complaint is the error.
func git(dir string, args ...string) ([]byte, error) {
	cmd := exec.Command("git", append([]string{"-C", dir}, args...)...)
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	data, err := cmd.Output()
	if err != nil {
		if s := strings.TrimSpace(complaint.String()); s != "" {
			return nil, errors.New(s)
		}
		return nil, err
	}
	return data, nil
}

// earlier is what the same check found at a revision: the baseline that
// --since judges against. A manuscript that was not there then had no findings.
func earlier(c *cli.Context, in pipeline.Input, e pipeline.Edition, rev string) (*pipeline.Baseline, error) {
	was, err := manuscriptAt(c, rev)
	if err != nil {
		return nil, err
	}
	if was == nil {
		return pipeline.BaselineOf(nil), nil
	}
	in.Manuscript = was
	in.Baseline = nil
	out, err := pipeline.Build(in, e)
	if err != nil {
		return pipeline.BaselineOf(nil), nil // it was no book then
	}
	return pipeline.BaselineOf(out.Diags), nil
}

// manuscriptAt is the manuscript folder at a git revision; nil if there was
// none then.
func manuscriptAt(c *cli.Context, rev string) (fs.FS, error) {
	if strings.HasPrefix(rev, "-") {
		return nil, fmt.Errorf("--since %q is no revision", rev)
	}
	if _, err := git(root(c), "rev-parse", "--verify", "--quiet", rev+"^{commit}"); err != nil {
		return nil, fmt.Errorf("--since %s: not a revision of the manuscript's repository (%w)", rev, err)
	}
	data, err := git(root(c), "archive", "--format=zip", rev, ".")
	if err != nil {
		return nil, nil
	}
	was, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("--since %s: %w", rev, err)
	}
	return was, nil
}
