//go:build conform

package pdf

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"banxin/pipeline/font"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// The judges of this file are other people's programs. One that is missing
// fails the test: a check that cannot run has not passed.

// judge runs a program and returns what it says.
func judge(t *testing.T, name string, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	c := exec.Command(name, args...)
	c.Stdout, c.Stderr = &out, &errs
	if err := c.Run(); err != nil {
		t.Errorf("%s %s: %v\n%s%s", name, strings.Join(args, " "), err, &out, &errs)
	}
	return out.String()
}

// han returns the faces that make fonts fetches.
func han(t *testing.T) *font.Set {
	t.Helper()
	s, err := font.Open([]fs.FS{os.DirFS(filepath.Join("..", "..", "fonts")), os.DirFS("/usr/share/fonts")},
		font.Request{Roles: map[font.Role]map[string][]font.Wish{
			font.Song: {"": {{Family: "Noto Serif SC"}}},
			font.Hei:  {"": {{Family: "Noto Sans SC", Bold: true}}},
			font.Kai:  {"": {{Family: "Noto Serif CJK SC"}}},
		}})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range s.Resolved() {
		if r.Face == nil {
			t.Fatalf("%s is missing: run make fonts, and install fonts-noto-cjk", r.Wish.Family)
		}
	}
	return s
}

// verse is the text of the conform document: marks, a two-em dash (one glyph
// for two characters), characters beyond the BMP, Latin and digits.
var verse = []string{
	"天地玄黄，宇宙洪荒；日月盈昃，辰宿列张。", "他说：“破折号——与省略号……”，《书名》。",
	"〈篇名〉（括号）「引号」、·间隔。",
	"𠮷野家与𬭊，𫍯𫍯。", "Unicode 17.0 与 AVATAR office 2024。",
}

// sheet is a tagged document in three CJK faces: TrueType and CFF collection.
func sheet(t *testing.T) *page.Document {
	s := han(t)
	d := &page.Document{Language: "zh-Hans", Structure: []page.Node{{Type: "Document"}}}
	for i, role := range []font.Role{font.Song, font.Hei, font.Kai} {
		d.Pages = append(d.Pages, leaf(fmt.Sprint(i+1), i+1, func(f *page.Frame) {
			st := font.Style{Role: role, Lang: "zh-Hans", Bold: role == font.Hei}
			h := int32(len(d.Structure))
			d.Structure = append(d.Structure, page.Node{Type: "H1"})
			line(f, s, 20*pt, 30*pt, string("一二三"[3*i:3*i+3])+"、"+string(role), st, 14*pt, h)
			f.Add(20*pt, 20*pt, &page.Dest{Name: fmt.Sprint("s", i)})
			for k, v := range verse {
				n := int32(len(d.Structure))
				d.Structure = append(d.Structure, page.Node{Type: "P"})
				line(f, s, 20*pt, unit.Length(60+20*k)*pt, v, st, 9*pt, n)
			}
			l := int32(len(d.Structure))
			d.Structure = append(d.Structure, page.Node{Type: "Link"}, page.Node{Type: "Figure", Alt: "图"})
			line(f, s, 20*pt, 170*pt, "往下一页", st, 9*pt, l)
			f.AddTagged(20*pt, 160*pt, &page.Link{Width: 40 * pt, Height: 12 * pt, Dest: fmt.Sprint("s", (i+1)%3), Alt: "下一页"}, l)
			f.AddTagged(20*pt, 180*pt, &page.Picture{Name: "p.jpg", Format: "jpeg", Data: photo(t, 64, 32), Width: 80 * pt, Height: 40 * pt}, l+1)
			line(f, s, 100*pt, 300*pt, fmt.Sprint(i+1), st, 8*pt, 0)
		}))
		d.Outline = append(d.Outline, page.Bookmark{Title: "第" + "一二三"[3*i:3*i+3] + "节 𠮷", Page: i, Y: 20 * pt})
	}
	return d
}

func TestConform(t *testing.T) {
	d := sheet(t)
	for _, o := range []Options{
		{Title: "版心𠮷", Author: "甲", Date: options().Date},
		{Title: "版心𠮷", Author: "甲", Date: options().Date, Tagged: true, Archive: true},
		{Title: "版心𠮷", Author: "甲", Date: options().Date, Tagged: true, Classic: true},
	} {
		t.Run(fmt.Sprintf("tagged %v classic %v", o.Tagged, o.Classic), func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "x.pdf")
			if err := os.WriteFile(file, write(t, d, o), 0o644); err != nil {
				t.Fatal(err)
			}
			judgeFile(t, d, file, o)
		})
	}
}

func judgeFile(t *testing.T, d *page.Document, file string, o Options) {
	if out := judge(t, "qpdf", "--check", file); strings.Contains(out, "WARNING") {
		t.Error(out)
	}
	info := judge(t, "pdfinfo", "-box", file)
	for _, want := range []string{"Title: *版心𠮷", "Author: *甲", "Pages: *3", "Tagged: *" + map[bool]string{true: "yes", false: "no"}[o.Tagged],
		`TrimBox: *8\.50 *8\.50 *208\.50 *308\.50`, `MediaBox: *0\.00 *0\.00 *217\.01 *317\.01`} {
		if !regexp.MustCompile(want).MatchString(info) {
			t.Errorf("pdfinfo: no %q in\n%s", want, info)
		}
	}
	fonts := 0
	for i, row := range strings.Split(strings.TrimSpace(judge(t, "pdffonts", file)), "\n") {
		if f := strings.Fields(row); i >= 2 {
			fonts++
			if n := len(f); n < 6 || f[n-5] != "yes" || f[n-4] != "yes" || f[n-3] != "yes" {
				t.Errorf("not embedded, not a subset or without a map to Unicode: %s", row)
			}
		}
	}
	if fonts < 3 {
		t.Errorf("%d fonts, want one a page or more", fonts)
	}
	said := ""
	for _, p := range d.Pages {
		said += strings.Join(strings.Fields(page.TextOf(p)), "")
	}
	for _, reader := range [][]string{{"pdftotext", file, "-"}, {"mutool", "draw", "-q", "-F", "txt", file}} {
		out := judge(t, reader[0], reader[1:]...)
		if got := strings.Join(strings.Fields(strings.ReplaceAll(out, "\f", "")), ""); got != said {
			t.Errorf("%s reads\n%s\nwant\n%s", reader[0], got, said)
		}
	}
	if out := judge(t, "gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=nullpage", file); out != "" {
		t.Errorf("gs: %s", out)
	}
	if o.Tagged {
		tree := judge(t, "pdfinfo", "-struct-text", file)
		for _, v := range verse {
			if !strings.Contains(tree, v) {
				t.Errorf("pdfinfo -struct-text: no %q in\n%s", v, tree)
			}
		}
	}
	if out := judge(t, "mutool", "show", file, "outline"); strings.Count(out, "节 𠮷") != 3 {
		t.Errorf("outline: %s", out)
	}
	raw, err := exec.Command("qpdf", "--qdf", "--object-streams=disable", file, "-").Output()
	if err != nil || bytes.Contains(raw, []byte("/Transparency")) || regexp.MustCompile(`(?m) rg$`).Match(raw) {
		t.Errorf("a page group or RGB text (%v)", err)
	}
}
