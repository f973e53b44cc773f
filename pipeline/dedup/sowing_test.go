package dedup

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestSow plants into folders of Markdown: BANXIN_SOW is a list of folders, each
// named after the language it is in, as in "zh-history"; BANXIN_SOW_OUT is where
// the planted books and their truth.json are written; BANXIN_SOW_SEED a number.
// Without them it plants into books of made-up words and scores them here.
func TestSow(t *testing.T) {
	folders, out := filepath.SplitList(os.Getenv("BANXIN_SOW")), os.Getenv("BANXIN_SOW_OUT")
	if len(folders) == 0 || out == "" {
		sowMadeUp(t)
		return
	}
	seed, _ := strconv.ParseUint(os.Getenv("BANXIN_SOW_SEED"), 10, 64)
	books, said := map[string]map[string]string{}, map[string][]string{}
	for _, dir := range folders {
		books[dir] = readFolder(t, dir)
	}
	for _, dir := range folders {
		for _, other := range folders {
			if other != dir && filepath.Base(other)[:2] == filepath.Base(dir)[:2] {
				said[dir] = append(said[dir], sentencesOf(books[other])...)
			}
		}
		s := sowIn(seed, filepath.Base(dir)[:2], books[dir], said[dir])
		s.sow(4)
		files, truth := s.harvest()
		to := filepath.Join(out, filepath.Base(dir))
		for name, text := range files {
			write(t, filepath.Join(to, "book", name), []byte(text))
		}
		data, _ := json.MarshalIndent(map[string]any{"format": "dup-truth/1", "root": "book", "pairs": truth}, "", " ")
		write(t, filepath.Join(to, "truth.json"), data)
	}
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o666); err != nil {
		t.Fatal(err)
	}
}

func readFolder(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, d fs.DirEntry, err error) error {
		switch strings.ToLower(filepath.Base(p)) {
		case "readme.md", "summary.md", "license.md": // no chapters
			return err
		}
		if err != nil || !strings.HasSuffix(p, ".md") {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, p))
		out[p] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// sentencesOf are the plain sentences of a book, in order of files.
func sentencesOf(texts map[string]string) []string {
	var names, out []string
	for n := range texts {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		for _, p := range plotsOf(texts[n]) {
			for _, b := range p.blocks {
				if !isProse(b) {
					continue
				}
				for _, x := range sentences(strings.ReplaceAll(b, "\n", " ")) {
					if k := size(x); k >= 12 && k <= 90 && !strings.ContainsAny(x, "`[]<>*|") {
						out = append(out, strings.TrimSpace(x))
					}
				}
			}
		}
	}
	return out
}
