// Command banxin builds a book from a Markdown manuscript: it merges repeated
// sections, checks structure and references, and sets a PDF and an EPUB from
// one layout definition.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"

	"github.com/urfave/cli/v2"
)

// Exit statuses, promised in the README.
const (
	exitClean    = 0
	exitFindings = 1 // findings at or above --fail-on
	exitUsage    = 2 // usage, configuration, unreadable input
	exitInternal = 3 // a fault of banxin itself
)

// version is set by the linker in releases (see the Makefile).
var version = "dev"

func main() {
	// A build is short: collecting less often saves a tenth of its CPU time.
	// Past the limit, which only very large books reach, memory matters more.
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(768 << 20)
	os.Exit(run(os.Args, os.Stdout, os.Stderr))
}

// run is the whole command; scripts test it. It turns a panic into exit
// status 3 with a request to report it, so that nothing ends in a bare trace.
func run(args []string, stdout, stderr io.Writer) (status int) {
	defer func() {
		if p := recover(); p != nil {
			fmt.Fprintf(stderr, "banxin: internal fault: %v\nThis is a bug in banxin, not in the book. Nothing in the output folder was changed.\nrepeat: %s\n", p, repeat(args))
			if os.Getenv("BANXIN_TRACE") != "" {
				panic(p)
			}
			status = exitInternal
		}
	}()
	app := application(stdout, stderr)
	err := app.Run(reorder(app, args))
	var done exit
	switch {
	case err == nil:
		return exitClean
	case errors.As(err, &done):
		status = done.status
	default:
		fmt.Fprintf(stderr, "banxin: %v\n", err)
		status = exitUsage
	}
	if status != exitClean {
		fmt.Fprintf(stderr, "repeat: %s\n", repeat(args))
	}
	return status
}

// exit ends the command with a status after everything was said.
type exit struct{ status int }

func (e exit) Error() string { return fmt.Sprintf("exit status %d", e.status) }

// repeat is the command line that runs this again, quoted for a shell.
func repeat(args []string) string {
	out := make([]string, len(args))
	for i, a := range args {
		if a == "" || strings.ContainsAny(a, " \t\n'\"\\$&|;<>()*?[]{}!#~`") {
			a = "'" + strings.ReplaceAll(a, "'", `'\''`) + "'"
		}
		out[i] = a
	}
	return strings.Join(out, " ")
}

func application(stdout, stderr io.Writer) *cli.App {
	return &cli.App{
		Name:                 "banxin",
		Usage:                "build a book from a Markdown manuscript: repeats merged, references checked, PDF and EPUB set",
		Version:              version,
		Writer:               stdout,
		ErrWriter:            stderr,
		EnableBashCompletion: true,
		HideHelpCommand:      true,
		ExitErrHandler:       func(*cli.Context, error) {}, // run decides the status
		Commands: []*cli.Command{
			buildCommand(), checkCommand(), proofCommand(), dedupCommand(), explainCommand(),
			fontsCommand(), layoutsCommand(), initCommand(), completionCommand(),
		},
		CommandNotFound: func(c *cli.Context, name string) {
			fmt.Fprintf(c.App.ErrWriter, "banxin: there is no command %q; see banxin --help\n", name)
		},
		Action: func(c *cli.Context) error {
			if c.Args().Present() {
				return fmt.Errorf("there is no command %q; see banxin --help", c.Args().First())
			}
			return cli.ShowAppHelp(c)
		},
		OnUsageError: func(_ *cli.Context, err error, _ bool) error { return err },
	}
}

// reorder moves flags before the DIR argument, where package cli expects them:
// people write `banxin build DIR --out X` as often as the other way round.
func reorder(app *cli.App, args []string) []string {
	if len(args) < 3 {
		return args
	}
	cmd := app.Command(args[1])
	if cmd == nil {
		return args
	}
	value := map[string]bool{} // flags that take a value
	for _, f := range cmd.Flags {
		_, isBool := f.(*cli.BoolFlag)
		for _, n := range f.Names() {
			value[n] = !isBool
		}
	}
	var flags, rest []string
	for i := 2; i < len(args); i++ {
		a := args[i]
		if a == "--" {
			rest = append(rest, args[i:]...)
			break
		}
		if !strings.HasPrefix(a, "-") || a == "-" {
			rest = append(rest, a)
			continue
		}
		flags = append(flags, a)
		if value[strings.TrimLeft(a, "-")] && i+1 < len(args) {
			i++
			flags = append(flags, args[i])
		}
	}
	return append(append(append([]string{}, args[:2]...), flags...), rest...)
}
