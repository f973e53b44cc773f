package check

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"banxin/pipeline/diag"
)

// plant puts one defect of a class into a file's lines and returns the line
// (from 0) where it must be found; ok is false where the file has no place
// for it. Decoys look like it and are legal.
type plant struct {
	class string
	codes []string // any of these finds it
	into  func(r *rand.Rand, lines []string) (out []string, at int, ok bool)
}

// prose are the lines of a file where running text may be put: blank lines
// between paragraphs outside fences, not at the head.
func prose(lines []string) []int {
	var out []int
	fence := false
	for i, l := range lines {
		if t := strings.TrimSpace(l); strings.HasPrefix(t, "```") || strings.HasPrefix(t, "~~~") {
			fence = !fence
		}
		if !fence && i > 2 && strings.TrimSpace(l) == "" && i+1 < len(lines) && han(first(lines[i+1])) && han(first(lines[i-1])) {
			out = append(out, i)
		}
	}
	return out
}

func first(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

// paragraph inserts text as a paragraph of its own, a decoy before it.
func paragraph(decoy, text string) func(*rand.Rand, []string) ([]string, int, bool) {
	return func(r *rand.Rand, lines []string) ([]string, int, bool) {
		places := prose(lines)
		if len(places) == 0 {
			return nil, 0, false
		}
		i := places[r.IntN(len(places))]
		put := strings.Split("\n"+decoy+"\n\n"+text+"\n", "\n")
		at := i + 1 + strings.Count(decoy, "\n") + 2
		return slices.Concat(lines[:i], put, lines[i:]), at, true
	}
}

// edit changes one heading that satisfies may.
func edit(may *regexp.Regexp, change func(string) string) func(*rand.Rand, []string) ([]string, int, bool) {
	return func(r *rand.Rand, lines []string) ([]string, int, bool) {
		var places []int
		fence := false
		for i, l := range lines {
			if strings.HasPrefix(strings.TrimSpace(l), "```") {
				fence = !fence
			}
			if !fence && may.MatchString(l) {
				places = append(places, i)
			}
		}
		if len(places) == 0 {
			return nil, 0, false
		}
		i := places[r.IntN(len(places))]
		out := slices.Clone(lines)
		if out[i] = change(out[i]); out[i] == lines[i] {
			return nil, 0, false
		}
		return out, i, true
	}
}

func plants() []plant {
	return []plant{
		{"missing-image", []string{"image-missing"}, paragraph("代码 `![图](none.png)` 不是图，![远](https://example.org/a.png) 也不在本地。", "见图![示意图](images/no-such-picture.png)。")},
		{"broken-math", []string{"math-parse"}, paragraph("其中 $a_{1}$ 值 $5，共 $\\frac{1}{2}$。", "其中 $\\frac{a}{b$ 为比值。")},
		{"broken-math-environment", []string{"math-parse"}, paragraph("其中 $a_{1}$ 为常数。", "$$\\begin{aligned} a &= b$$")},
		{"broken-mermaid", []string{"diagram-parse"}, paragraph("```mermaid\ngraph LR\n  甲[一] --> 乙[二]\n```", "```mermaid\ngraph TD\n  A[甲 --> B[乙]\n```")},
		{"duplicate-id", []string{"id-duplicate"}, paragraph("<a id=\"planted\"></a>此处可链接。", "<a id=\"planted\"></a>此处也可链接。")},
		{"level-jump", []string{"heading-increment"}, edit(regexp.MustCompile(`^## `), func(s string) string { return "######" + s[2:] })},
		{"wrong-chapter-number", []string{"number-sequence", "number-duplicate", "number-parent-mismatch"}, edit(regexp.MustCompile(`^#+ 第\d+章 `), func(s string) string {
			return regexp.MustCompile(`第(\d+)章`).ReplaceAllString(s, "第9${1}章")
		})},
		{"wrong-bare-number", []string{"number-sequence", "number-duplicate", "number-parent-mismatch"}, edit(regexp.MustCompile(`^# \d+ \p{Han}`), func(s string) string {
			return regexp.MustCompile(`\d+`).ReplaceAllStringFunc(s, func(n string) string { return map[bool]string{true: "9" + n, false: n[:1]}[len(n) == 1] })
		})},
		{"wrong-section-number", []string{"number-sequence", "number-duplicate", "number-parent-mismatch"}, edit(regexp.MustCompile(`^#+ \d+\.\d+ `), func(s string) string {
			return regexp.MustCompile(`(\d+)\.(\d+) `).ReplaceAllString(s, "${1}.${2}7 ")
		})},
		{"reused-chapter-number", []string{"number-sequence", "number-duplicate", "number-parent-mismatch"}, edit(regexp.MustCompile(`^#+ 第\d+章 `), func(s string) string {
			return regexp.MustCompile(`第\d+章`).ReplaceAllStringFunc(s, func(n string) string { return strings.Replace(n, "第", "第1", 1) })
		})},
		{"section-of-another-chapter", []string{"number-sequence", "number-duplicate", "number-parent-mismatch"}, edit(regexp.MustCompile(`^#+ [2-9]\.\d+ `), func(s string) string {
			return regexp.MustCompile(` \d\.`).ReplaceAllString(s, " 1.")
		})},
		{"toc-mismatch", []string{"toc-title-mismatch"}, edit(regexp.MustCompile(`^ *[-*] .*\p{Han}{2}.*`), func(s string) string {
			return regexp.MustCompile(`\p{Han}{2}(\]|$|\d)`).ReplaceAllString(s, "旧稿$1")
		})},
		{"heading-punct", []string{"heading-trailing-punct"}, edit(regexp.MustCompile(`^##+ .*\p{Han}$`), func(s string) string { return s + "。" })},
		{"half-width-comma", []string{"zh-punct-mixed"}, paragraph("共 3,000 元，见 `a,b`。", "先把原料备齐,再按次序投入。")},
		{"traditional", []string{"zh-script-mixed"}, paragraph("后来的事，皇后也知道。", "先把計算的結果记下。")},
		{"empty-section", []string{"section-empty"}, paragraph("正文一句。", "### 空着的一节\n\n### 有文字的一节\n\n文字。")},
	}
}

// tree is a manuscript in memory.
func tree(t *testing.T, fsys fs.FS) fstest.MapFS {
	out := fstest.MapFS{}
	err := fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, p)
		out[p] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// names tells findings of two runs apart by rule, line text and message.
func names(l diag.List, lowest map[string]bool) map[string]diag.Diagnostic {
	out := map[string]diag.Diagnostic{}
	for _, d := range l {
		if lowest[d.Code] {
			p := d.Pos()
			line := ""
			if d.Span.File != nil {
				line = d.Span.File.Line(p.Line)
			}
			k := fmt.Sprint(d.Code, p.Path, line, d.Message.En)
			for n := 2; ; n++ {
				if _, ok := out[k]; !ok {
					break
				}
				k = fmt.Sprint(k, n)
			}
			out[k] = d
		}
	}
	return out
}

// try plants a defect into one of the files, if any has a place for it.
func try(r *rand.Rand, pl plant, base fstest.MapFS, files []string) (file string, lines []string, at int, ok bool) {
	for range 40 {
		file = files[r.IntN(len(files))]
		if pl.class == "toc-mismatch" {
			if file = "SUMMARY.md"; base[file] == nil {
				file = "book.md"
			}
		}
		if base[file] == nil {
			break
		}
		if lines, at, ok = pl.into(r, strings.Split(string(base[file].Data), "\n")); ok {
			break
		}
	}
	return file, lines, at, ok
}

// score plants every class seeds times and counts what is found and what is
// found beside it.
func score(t *testing.T, base fstest.MapFS, seeds int) (planted, found, beside int) {
	counted := map[string]bool{"heading-trailing-punct": true, "zh-script-mixed": true}
	for _, r := range Rules() {
		counted[r.Code] = counted[r.Code] || r.Check >= diag.Warning
	}
	before := names(Run(load(t, base)), counted)
	var files []string
	for p := range base {
		if strings.HasSuffix(p, ".md") && p != "SUMMARY.md" && p != "README.md" {
			files = append(files, p)
		}
	}
	slices.Sort(files)
	for _, pl := range plants() {
		for seed := range seeds {
			r := rand.New(rand.NewPCG(uint64(seed), 7))
			file, lines, at, ok := try(r, pl, base, files)
			if !ok {
				continue
			}
			planted++
			changed := fstest.MapFS{}
			for p, f := range base {
				changed[p] = f
			}
			changed[file] = &fstest.MapFile{Data: []byte(strings.Join(lines, "\n"))}
			hit := false
			for k, d := range names(Run(load(t, changed)), counted) {
				if _, old := before[k]; old {
					continue
				}
				p := d.Pos()
				here := p.Path == file && p.Line > at && p.Line <= at+3
				for _, r := range d.Related {
					q := r.Span.Pos()
					here = here || q.Path == file && q.Line == at+1
				}
				if here && slices.Contains(pl.codes, d.Code) {
					hit = true
				} else if !here {
					beside++
					t.Logf("%s seed %d (%s:%d): beside it %s:%d %s %s", pl.class, seed, file, at+1, p.Path, p.Line, d.Code, d.Message.En)
				}
			}
			if hit {
				found++
			} else {
				t.Logf("%s seed %d: missed at %s:%d %q", pl.class, seed, file, at+1, lines[at])
			}
		}
	}
	return planted, found, beside
}

// TestPlanted: every planted defect is found where it was put, and nothing
// beside it. PLANT_FOLDERS names folders of real books to try as well.
func TestPlanted(t *testing.T) {
	base := tree(t, manuscript(map[string]string{"book.md": generated(80_000)}))
	planted, found, beside := score(t, base, 2)
	if planted < 25 || found != planted || beside > 0 {
		t.Errorf("%d planted, %d found, %d beside them", planted, found, beside)
	}
	for _, dir := range strings.Fields(os.Getenv("PLANT_FOLDERS")) {
		planted, found, beside := score(t, tree(t, os.DirFS(dir)), 5)
		t.Logf("%s: %d planted, %d found, %d beside them", dir, planted, found, beside)
	}
}
