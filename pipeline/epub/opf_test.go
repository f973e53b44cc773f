package epub

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"banxin/pipeline/book"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestPackageDocument compares package documents with testdata/NAME.opf.
func TestPackageDocument(t *testing.T) {
	plain := func(m book.Meta) Input {
		return Input{Book: &book.Book{Meta: m, Sections: []*book.Section{{Role: book.Chapter, Title: line(txt("一")), Blocks: words1("文。")}}}}
	}
	for name, in := range map[string]Input{
		"full": everything(),
		// No identifier, so one is made; several makers, sorted names, a series
		// whose place is no number, a date that is none.
		"people": plain(book.Meta{Title: "三人行", Language: "ja", Creators: []book.Creator{{Name: "夏目", FileAs: "なつめ"}, {Name: "Ann Lee", Role: "ill", FileAs: "Lee, Ann"}},
			Contributors: []book.Creator{{Name: "鲁某", Role: "trl"}, {Name: "某编辑", Role: "edt"}}, Series: "文库", SeriesNumber: "特别号", Date: "去年", Publisher: "社",
			Description: "A <short> book & no more.", Subjects: []string{"小说", "日本文学"}, Keywords: []string{"师生"}, Rights: "© 2024"}),
		// An identifier and an ISBN beside it; a machine's work.
		"machine": plain(book.Meta{Title: "机器之书", Language: "zh-Hant-TW", Identifier: "urn:uuid:6d4b2f0e-0000-4000-8000-000000000001", ISBN: "978-7-04-000001-4",
			Publisher: "某社", AI: "generated", Series: "丛书", SeriesNumber: "2.1", Edition: "修訂版"}),
	} {
		c, _ := assemble(in)
		file := filepath.Join("testdata", name+".opf")
		if *update {
			if err := os.WriteFile(file, c.opf, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(c.opf)); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", name, diff)
		}
	}
}
