package project

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"

	"banxin/pipeline/book"
	"banxin/pipeline/source"
)

// folder makes a file system of name and text in turn.
func folder(pairs ...string) fstest.MapFS {
	m := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return m
}

// chapters lists what was read, with depth, role and the headings before.
func chapters(p *Project) string {
	var out []string
	for _, f := range p.Manuscript.Files {
		ch := p.Chapters[f.Path]
		s := f.Path
		if ch.Depth > 0 {
			s += fmt.Sprintf("@%d", ch.Depth)
		}
		if ch.Role != book.Plain {
			s += ":" + ch.Role.String()
		}
		for _, h := range slices.Backward(ch.Before) {
			s = "[" + h.Title + "] " + s
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}

func TestKinds(t *testing.T) {
	for _, c := range []struct {
		name, kind, want string
		fsys             fs.FS
	}{
		{"book.yaml", "book.yaml", "[上篇] b.md, a.md@1",
			folder("book.yaml", "title: 书\nfiles:\n  - {part: 上篇, path: b.md}\n  - {path: a.md, depth: 1}\n", "a.md", "x", "b.md", "y")},
		{"SUMMARY.md", "SUMMARY.md", "p.md:front, [上篇] 1.md, 1.1.md@1, [下篇] [无文件] 2.1.md@1, e.md:back",
			folder("SUMMARY.md", "# 目录\n\n[序](p.md)\n\n## 上篇\n\n* [一](1.md)\n\t* [一一](./1.1.md)\n\n## 下篇\n- 无文件\n  - [`二一`](2.1.md)\n- [草稿]()\n\n[跋](e.md)\n",
				"p.md", "", "1.md", "", "1.1.md", "", "2.1.md", "", "e.md", "")},
		{"book.toml", "src/SUMMARY.md", "src/a b.md",
			folder("book.toml", "[book]\ntitle = \"书\"\nauthors = [\"甲\"]\n", "src/SUMMARY.md", "# Summary\n\n- [一](a%20b.md)\n", "src/a b.md", "x")},
		{"book.json", "docs/TOC.md", "docs/a.md",
			folder("book.json", `{"title":"书","root":"./docs","structure":{"summary":"TOC.md"}}`, "docs/TOC.md", "- [一](a.md)\n", "docs/a.md", "x")},
		{"mkdocs", "mkdocs.yml", "docs/index.md, [上篇] docs/a.md@1",
			folder("mkdocs.yml", "site_name: 书\nnav:\n  - index.md\n  - 上篇:\n    - 甲: a.md\nplugins:\n  - x: !ENV [A, b]\n", "docs/index.md", "x", "docs/a.md", "y")},
		{"numbered", "folder", "前言.md, 第二章.md, 第十章.md, 第十一章.md, 附录.md",
			folder("第十一章.md", "x", "第二章.md", "x", "附录.md", "x", "前言.md", "x", "第十章.md", "x", "README.md", "x", "LICENSE.md", "x")},
		{"natural", "folder", "ch2.md, ch10.md, ch10a.md", folder("ch10.md", "x", "ch2.md", "x", "ch10a.md", "x")},
		{"weights", "folder", "_index.md, b.md, a.md, s/_index.md, s/c.md@1",
			folder("_index.md", "x", "a.md", "---\ntitle: A\nweight: 20\n---\nx", "b.md", "+++\nweight = 10\n+++\nx", "s/_index.md", "---\nweight: 30\n---\n", "s/c.md", "x")},
		{"summary chapter", "folder", "a.md, summary.md", folder("summary.md", "# 总结\n\n见[甲](a.md)\n", "a.md", "x")},
		{"one", "file", "x.md", folder("x.md", "---\ntitle: 书\nauthor: [甲, 乙]\n---\n# 章\n")},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, diags, err := Read(c.fsys)
			if err != nil {
				t.Fatal(err)
			}
			if got := chapters(p); got != c.want || p.Kind != c.kind {
				t.Errorf("got %s: %s\nwant %s: %s\n%v", p.Kind, got, c.kind, c.want, diags)
			}
			if strings.Contains(c.name, "book") && p.Config.Meta.Title != "书" {
				t.Errorf("title %q", p.Config.Meta.Title)
			}
			again, err := readYAML(source.NewFile("book.yaml", WriteConfig(p, "zh")), 0, len(WriteConfig(p, "zh")))
			if err != nil {
				t.Fatalf("%v\n%s", err, WriteConfig(p, "zh"))
			}
			if _, err := decode(again); err != nil {
				t.Fatalf("%v\n%s", err, WriteConfig(p, "zh"))
			}
		})
	}
}

func TestFaultyConfig(t *testing.T) {
	for text, want := range map[string]string{
		"title: 书\nlayuot: a5\n":                    `line 2: unknown key "layuot" (did you mean "layout"?)`,
		"dedup: {auto: all}\n":                      `dedup.auto must be one of exact, contained, near, none, not "all"`,
		"dedup: {atuo: none}\n":                     `unknown key "atuo" (did you mean "auto"?)`,
		"files: {a: b}\n":                           "files must be a list of paths",
		"rules:\n  whitespace: loud\n":              "severity must be off, note, warning or error",
		"title: [a\n":                               "book.yaml",
		"- a\n":                                     "a book.yaml is a mapping",
		"title: a\ntitle: b\n":                      "title",
		"math: {dollar: maybe}\n":                   "math.dollar must be true or false",
		"math: {macros: {a1: x}}\n":                 `math.macros: \a1 is no command`,
		"math: {macros: {a: [x]}}\n":                `math.macros: \a must be text`,
		"toc-depth: many\n":                         "toc-depth must be a number",
		"authors: [{name: 甲, job: aut}]\n":          `unknown key "job"`,
		"title: &x a\ndate: *x\n":                   "aliases are not supported",
		"files: [{path: a.md, role: middle}]\n":     "role must be front, chapter or back",
		"rules: {x: {severity: off, resaon: no}}\n": `unknown key "resaon" (did you mean "reason"?)`,
	} {
		_, _, err := Read(folder("book.yaml", text, "a.md", "x"))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}

func TestFaultyFolders(t *testing.T) {
	for _, c := range []struct {
		name string
		fsys fs.FS
		err  string
		want []string
	}{
		{"empty", folder(), "no Markdown file", nil},
		{"nothing listed", folder("book.yaml", "files: [x.md]\n"), "no listed file could be read", nil},
		{"missing", folder("book.yaml", "files: [a.md, ab.md]\n", "a.md", "x", "c.md", "y"), "", []string{"manifest-file-missing book.yaml:1:15", "manifest-orphan c.md:1:1"}},
		{"case", folder("book.yaml", "files: [A.md]\n", "a.md", "x"), "", []string{"path-case-mismatch book.yaml:1:9"}},
		{"outside", folder("book.yaml", "files: [a.md, ../b.md]\n", "a.md", "x"), "", []string{"path-refused book.yaml:1:15"}},
		{"bytes", folder("a.md", "中文\n\xff\n"), "", []string{"encoding-invalid a.md:2:1"}},
		{"odd", folder("a.md", "\ufeff一\r\n\x0b二\ufffd\n"), "", []string{"encoding-bom a.md:1:1", "encoding-crlf a.md:1:2", "encoding-control a.md:2:1", "encoding-replacement a.md:2:3"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, diags, err := Read(c.fsys)
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) {
					t.Fatalf("got %v, want %s", err, c.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, d := range diags {
				p := d.Pos()
				got = append(got, fmt.Sprintf("%s %s:%d:%d", d.Code, p.Path, p.Line, p.Column))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestEncodings(t *testing.T) {
	zh := "# 标题\n\n这是一个用来测试的中文段落，我们在这里说一说人工智能的发展。\n"
	ja := "# 題\n\nこれは日本語の文章で、文字コードを見分けるためのものです。\n"
	gbk, err1 := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(zh))
	sjis, err2 := japanese.ShiftJIS.NewEncoder().Bytes([]byte(ja))
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, want string
		data       []byte
	}{{"GBK", zh, gbk}, {"Shift_JIS", ja, sjis}} {
		_, diags, err := Read(folder("a.md", string(c.data)))
		if err != nil || len(diags) != 1 || diags[0].Code != "encoding-invalid" || !strings.Contains(diags[0].Message.En, c.name) {
			t.Errorf("%s: %v %v", c.name, diags, err)
		}
		p, diags, err := Read(folder("book.yaml", "convert-encoding: true\n", "a.md", string(c.data)))
		if err != nil || len(diags) != 1 || diags[0].Code != "encoding-converted" || string(p.Manuscript.Files[0].Text) != c.want {
			t.Errorf("%s: %v %v", c.name, diags, err)
		}
	}
}

func TestLinksOutOfTheFolder(t *testing.T) {
	dir := t.TempDir()
	secret := filepath.Join(t.TempDir(), "secret.md")
	for name, text := range map[string]string{secret: "秘密", filepath.Join(dir, "a.md"): "甲"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(os.Symlink(secret, filepath.Join(dir, "b.md")), os.Symlink("a.md", filepath.Join(dir, "c.md")), os.Symlink("..", filepath.Join(dir, "d"))); err != nil {
		t.Fatal(err)
	}
	p, diags, err := Read(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	if got := chapters(p); got != "a.md, c.md" {
		t.Errorf("read %s", got)
	}
	if len(diags) != 2 || diags[0].Code != "path-refused" || diags[1].Code != "path-refused" {
		t.Errorf("diagnostics %v", diags)
	}
}

// TestKeysDocumented: every key is explained in both languages, once.
func TestKeysDocumented(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range Keys() {
		if seen[k.Name] || k.Doc.En == "" || k.Doc.Zh == "" || k.Type == "" || k.set == nil {
			t.Errorf("key %q", k.Name)
		}
		seen[k.Name] = true
	}
	for _, r := range Rules() {
		if r.What.Zh == "" || r.Why.Zh == "" || r.Fix.Zh == "" || r.Example == "" {
			t.Errorf("rule %q", r.Code)
		}
	}
}

func FuzzConfig(f *testing.F) {
	f.Add("title: 书\nfiles: [a.md]\nrules: {x: off}\n")
	f.Add("authors: [{name: 甲}]\ncaptions: {a: b}\nmath: {dollar: false}\n")
	f.Fuzz(func(t *testing.T, s string) {
		Read(folder("book.yaml", s, "a.md", "x"))
	})
}

func TestLanguage(t *testing.T) {
	for text, want := range map[string]string{
		"这是一本讲开发的书。":            "zh-Hans",
		"這是一本講開發的書。":            "zh-Hant",
		"これは組版の本である。":           "ja",
		"이 책은 조판을 다룬다. 漢字도 있다.": "ko",
		"A book in English that quotes 漢字 once, and goes on for a while with many more words in Latin letters.": "en",
		"# 1\n\n---\n": "",
		"代码：\n\n```go\nfunc main() { fmt.Println(a, b) }\n```\n\n这一段代码打印两个变量，读者可以在自己的机器上运行。": "zh-Hans",
	} {
		if got := language([]*source.File{source.NewFile("a.md", []byte(text))}); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	p, _, err := Read(folder("mkdocs.yml", "site_name: 書\ntheme: {language: zh-TW}\nnav: [a.md]\n", "docs/a.md", "书"))
	if err != nil || p.Config.Meta.Language != "zh-TW" {
		t.Errorf("MkDocs: %v, %v", p, err)
	}
}

func TestRemotePicture(t *testing.T) {
	f := source.NewFile("a.md", []byte("![x](https://example.org/a.png)"))
	im := &book.Image{Leaf: book.Leaf{Span: source.Span{File: f, End: len(f.Text)}}, Src: "https://example.org/a.png"}
	b := &book.Book{Preamble: []book.Block{&book.Figure{Images: []*book.Image{im}}}}
	p, _, err := Read(folder("a.md", string(f.Text)))
	if err != nil {
		t.Fatal(err)
	}
	if _, diags := p.Dress(b); len(diags) != 1 || diags[0].Code != "image-remote" {
		t.Errorf("%v", diags)
	}
}
