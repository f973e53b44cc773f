package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"banxin/layouts"
	"banxin/pipeline"
)

func fontsCommand() *cli.Command {
	return &cli.Command{
		Name:      "fonts",
		Usage:     "show which file serves each role, its licence, and how much of the manuscript it covers",
		ArgsUsage: "[DIR]",
		Flags:     bookFlags(),
		Action: func(c *cli.Context) error {
			in, err := input(c)
			if err != nil {
				return err
			}
			missing, err := pipeline.WriteFonts(c.App.Writer, in, language(c))
			if err != nil {
				return err
			}
			if missing {
				return exit{exitFindings}
			}
			return nil
		},
	}
}

func layoutsCommand() *cli.Command {
	return &cli.Command{
		Name:      "layouts",
		Usage:     "list the layouts and what each is for, or set a specimen of one",
		ArgsUsage: "[DIR]",
		Flags: []cli.Flag{langFlag(),
			&cli.StringFlag{Name: "preview", Usage: "set a specimen of every style of layout `NAME`"},
			&cli.StringFlag{Name: "out", Usage: "write the specimen to `FILE` (default: NAME.pdf)"},
		},
		Action: func(c *cli.Context) error {
			dir := c.Args().First()
			if dir == "" {
				dir = "manuscript"
			}
			folders := []fs.FS{os.DirFS(filepath.Join(dir, "layouts")), layouts.FS}
			if name := c.String("preview"); name != "" {
				return preview(c, pipeline.Input{Layouts: folders, Fonts: fontFolders(dir), Version: version}, name)
			}
			return pipeline.WriteLayouts(c.App.Writer, folders, language(c))
		},
	}
}

// preview writes the specimen of a layout.
func preview(c *cli.Context, in pipeline.Input, name string) error {
	data, err := pipeline.Specimen(in, name)
	if err != nil {
		return err
	}
	file := c.String("out")
	if file == "" {
		file = name + ".pdf"
	}
	if err := writeFile(file, data); err != nil {
		return err
	}
	fmt.Fprintln(c.App.Writer, file)
	return nil
}

func initCommand() *cli.Command {
	return &cli.Command{
		Name:      "init",
		Usage:     "write the book.yaml that was inferred from the folder",
		ArgsUsage: "[DIR]",
		Flags: []cli.Flag{langFlag(),
			&cli.BoolFlag{Name: "keys", Usage: "print every key of book.yaml with its meaning, write nothing"},
		},
		Action: initAction,
	}
}

func initAction(c *cli.Context) error {
	if c.Bool("keys") {
		return pipeline.WriteKeys(c.App.Writer, language(c))
	}
	dir := c.Args().First()
	if dir == "" {
		dir = "manuscript"
	}
	name := filepath.Join(dir, "book.yaml")
	if _, err := os.Stat(name); err == nil {
		return fmt.Errorf("%s is there already; it is left as it is", name)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	text, err := pipeline.InferConfig(os.DirFS(dir), language(c))
	if err != nil {
		return err
	}
	if err := writeFile(name, text); err != nil {
		return err
	}
	fmt.Fprintln(c.App.Writer, name)
	return nil
}

func completionCommand() *cli.Command {
	scripts := map[string]string{
		"bash": `_banxin() { COMPREPLY=($(compgen -W "$("${COMP_WORDS[@]:0:$COMP_CWORD}" --generate-bash-completion 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}")); [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}")); }
complete -o filenames -F _banxin banxin
`,
		"zsh": `#compdef banxin
_banxin() { local -a words_; words_=(${(f)"$(${words[1,$CURRENT-1]} --generate-bash-completion 2>/dev/null)"}); _describe banxin words_ || _files; }
compdef _banxin banxin
`,
		"fish": `complete -c banxin -f -a '(eval (commandline -opc) --generate-bash-completion 2>/dev/null)'
`,
	}
	return &cli.Command{
		Name:      "completion",
		Usage:     "print the completion script of a shell: source <(banxin completion bash)",
		ArgsUsage: "bash|zsh|fish",
		Action: func(c *cli.Context) error {
			s, ok := scripts[c.Args().First()]
			if !ok {
				return fmt.Errorf("completion of which shell? bash, zsh or fish")
			}
			_, err := c.App.Writer.Write([]byte(s))
			return err
		},
	}
}
