package check

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"banxin/pipeline/diag"
)

type diagList = diag.List

// TestFolder prints what the rules say of the folders or files in
// CHECK_FOLDERS (separated by spaces); CHECK_WRITTEN leaves the merge out,
// CHECK_LIST names rules whose findings are listed.
func TestFolder(t *testing.T) {
	for _, dir := range strings.Fields(os.Getenv("CHECK_FOLDERS")) {
		var only []string
		if strings.HasSuffix(dir, ".md") {
			dir, only = filepath.Dir(dir), []string{filepath.Base(dir)}
		}
		in := load(t, os.DirFS(dir), only...)
		if os.Getenv("CHECK_WRITTEN") != "" {
			in.Merged = nil
		}
		found := Run(in)
		count := map[string]int{}
		var codes []string
		for _, d := range found {
			if count[d.Code]++; count[d.Code] == 1 {
				codes = append(codes, d.Code)
			}
			if slices.Contains(strings.Fields(os.Getenv("CHECK_LIST")), d.Code) {
				p := d.Pos()
				fmt.Printf("%s:%d:%d: [%s] %s\n", p.Path, p.Line, p.Column, d.Code, d.Message.Zh)
			}
		}
		slices.Sort(codes)
		for _, c := range codes {
			fmt.Printf("%-28s %d\n", c, count[c])
		}
	}
}
