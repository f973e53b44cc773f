package report_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"banxin/pipeline/diag"
	"banxin/pipeline/report"
	"banxin/pipeline/source"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// sample is a list with what formats get wrong: astral characters, tabs, CRLF,
// a BOM, a finding of the whole book, a fix, related places, markup in text.
func sample() (diag.List, report.Options) {
	a := source.NewFile("ch 01.md", []byte("\ufeff# 𠮷野家\r\n\r\n\t见第9章，<b>&\r\n"))
	b := source.NewFile("b.md", []byte("one\ntwo 100%, a: b\n"))
	span := func(f *source.File, s string) source.Span {
		i := bytes.Index(f.Text, []byte(s))
		return source.Span{File: f, Start: i, End: i + len(s)}
	}
	var l diag.List
	l.Add("meta-required", source.Span{}, diag.T("no author", "没有作者"))
	d := l.Add("prose-xref-undefined", span(a, "第9章"), diag.T("there is no chapter 9", "没有第9章"), diag.T("did you mean chapter 8?", "是不是第8章？"))
	d.Related = []diag.Related{{Span: span(b, "two"), Message: diag.T("the last chapter", "最后一章")}}
	d = l.Add("zh-punct-mixed", span(b, ","), diag.T("half-width comma: 100%, a: b", "半角逗号"))
	d.Fix = &diag.Fix{Message: diag.T("make it full-width", "改为全角"), Edits: []diag.Edit{{Span: span(b, ","), New: "，"}}}
	d = l.Add("heading", span(a, "野家"), diag.T("after an astral character", "在增补平面字符之后"))
	for i, s := range []diag.Severity{diag.Warning, diag.Error, diag.Note, diag.Error} {
		l[i].Severity = s
	}
	_ = d
	rules := []diag.Rule{{Code: "prose-xref-undefined", Check: diag.Error, Release: diag.Error, What: diag.T("a reference in prose leads nowhere", "正文中的引用没有目标"), Why: diag.T("readers look for it", "读者会去找"), Fix: diag.T("mend the number", "改正编号")}}
	return l, report.Options{Lang: "en", Root: "book", Version: "1", Rules: rules, Edition: "check"}
}

func TestGolden(t *testing.T) {
	l, o := sample()
	for _, f := range report.Formats() {
		for _, lang := range []string{"en", "zh"} {
			o.Lang = lang
			var b bytes.Buffer
			if err := report.Write(&b, f, l, o); err != nil {
				t.Fatal(err)
			}
			name := filepath.Join("testdata", string(f)+"."+lang)
			if *update {
				if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(string(want), b.String()); d != "" {
				t.Errorf("%s: %s", name, d)
			}
		}
	}
}

func TestMachineFormatsDoNotDependOnLanguage(t *testing.T) {
	l, o := sample()
	for _, f := range []report.Format{report.JSON, report.SARIF} {
		var out [2]bytes.Buffer
		for i, lang := range []string{"en", "zh"} {
			o.Lang = lang
			if err := report.Write(&out[i], f, l, o); err != nil {
				t.Fatal(err)
			}
		}
		if out[0].String() != out[1].String() {
			t.Errorf("%s differs by language", f)
		}
	}
}

// FuzzFormats holds every format to its syntax for any message and any text.
func FuzzFormats(f *testing.F) {
	f.Add("a\x00b\x1b[31m", "text\r\n\tmore \xff", 3, 9)
	f.Fuzz(func(t *testing.T, msg, text string, from, to int) {
		file := source.NewFile("a.md", []byte(text))
		from = max(0, min(from, len(text)))
		to = max(from, min(to, len(text)))
		var l diag.List
		l.Add("x", source.Span{File: file, Start: from, End: to}, diag.Text{En: msg, Zh: msg})
		l[0].Severity = diag.Error
		for _, format := range report.Formats() {
			var b bytes.Buffer
			if err := report.Write(&b, format, l, report.Options{}); err != nil {
				t.Fatal(err)
			}
			switch format {
			case report.JSON, report.SARIF, report.GitLab, report.RDJSON:
				if !json.Valid(b.Bytes()) {
					t.Errorf("%s is not JSON: %q", format, b.String())
				}
			case report.JUnit, report.Checkstyle:
				d := xml.NewDecoder(&b)
				for {
					if _, err := d.Token(); err == io.EOF {
						break
					} else if err != nil {
						t.Fatalf("%s is not XML: %v", format, err)
					}
				}
			case report.GitHub:
				if n := strings.Count(b.String(), "\n"); n != 2 {
					t.Errorf("an annotation of %d lines: %q", n, b.String())
				}
			case report.Text:
				if strings.Contains(b.String(), "\x1b") {
					t.Errorf("an escape reached the terminal: %q", b.String())
				}
			}
		}
	})
}
