package layout_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"banxin/layouts"
	"banxin/pipeline/layout"
	"banxin/pipeline/unit"
)

func TestShippedLayouts(t *testing.T) {
	names, err := layout.Names([]fs.FS{layouts.FS})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(names, " "); !strings.Contains(got, "16k") || !strings.Contains(got, "32k") || !strings.Contains(got, "a5") {
		t.Fatalf("layouts are %s", got)
	}
	for _, n := range names {
		l, err := layout.Load([]fs.FS{layouts.FS}, n)
		if err != nil {
			t.Fatal(err)
		}
		w, h := l.TypeArea()
		if rest := l.Page.Width - l.Page.Inner - l.Page.Outer - w; rest != 0 {
			t.Errorf("%s: the margins and the type area leave %s pt", n, rest)
		}
		if l.Page.Inner < 18*unit.Mm {
			t.Errorf("%s: inner margin %s pt is under 18 mm", n, l.Page.Inner)
		}
		if l.Page.Bottom != l.Page.Height-h-l.Page.Top || l.Page.Bottom < 12*unit.Mm || l.Page.Bottom > l.Page.Top {
			t.Errorf("%s: bottom margin %s pt, top %s pt", n, l.Page.Bottom, l.Page.Top)
		}
		for _, s := range layout.StyleNames() {
			if l.Styles[s].Size == 0 {
				t.Errorf("%s: no style %s", n, s)
			}
		}
		if l.Description["en"] == "" || l.Description["zh"] == "" {
			t.Errorf("%s: no description", n)
		}
	}
}

func TestExtends(t *testing.T) {
	own := fstest.MapFS{
		"mine.yaml": {Data: []byte("extends: a5\nbody: {size: 10pt, leading: 20pt, measure: 25, lines: 20}\nstyles:\n  section: {size: 2em, before: 1.5line, left: 1em}\npage: {inner: 25mm}\n")},
	}
	l, err := layout.Load([]fs.FS{own, layouts.FS}, "mine")
	if err != nil {
		t.Fatal(err)
	}
	s := l.Styles["section"]
	for _, c := range []struct {
		what      string
		got, want unit.Length
	}{
		{"an em in size is the body's", s.Size, 20 * unit.Pt},
		{"an em elsewhere is the style's own", s.Left, 20 * unit.Pt},
		{"a line is the body's leading", s.Before, 30 * unit.Pt},
		{"the indent follows the body's size", l.Body.Indent, 20 * unit.Pt},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s, want %s", c.what, c.got, c.want)
		}
	}
	if s.Role != "hei" || !s.Bold {
		t.Errorf("what the style does not say is inherited: %+v", s)
	}
}

func TestErrors(t *testing.T) {
	for name, c := range map[string]struct{ yaml, want string }{
		"unknown key":     {"extends: a5\n\nmargn: 3\n", `line 3: unknown key "margn"`},
		"suggestion":      {"extends: a5\npage:\n  innr: 3mm\n", `line 3: unknown key "innr"; did you mean "inner"?`},
		"unknown style":   {"extends: a5\nstyles:\n  bdy: {size: 10pt}\n", `line 3: unknown style "bdy"; did you mean "body"?`},
		"length":          {"extends: a5\npage:\n  inner: wide\n", `line 3: "wide" is not a length`},
		"alignment":       {"extends: a5\nstyles: {body: {align: middle}}\n", `unknown alignment "middle"`},
		"number":          {"extends: a5\nbody:\n  lines: many\n", `"many" is not a whole number`},
		"does not fit":    {"extends: a5\nbody: {measure: 60}\n", "does not fit the page"},
		"cycle":           {"extends: mine\n", "it extends itself: mine → mine"},
		"twice":           {"extends: a5\nextends: base\n", ""},
		"no such parent":  {"extends: a6\n", `there is no layout "a6"; there are: 16k`},
		"unknown choice":  {"extends: a5\nepub:\n  variant: kindel\n", `line 3: epub.variant cannot be "kindel" (generic, apple, kindle`},
		"not yaml":        {"page: [1, 2\n", "read layout mine.yaml"},
		"list for scalar": {"extends: a5\nbody: {size: [1]}\n", "is not a length"},
	} {
		_, err := layout.Load([]fs.FS{fstest.MapFS{"mine.yaml": {Data: []byte(c.yaml)}}, layouts.FS}, "mine")
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error is %v, want %q", name, err, c.want)
		}
	}
	for _, name := range []string{"", "../a5", ".x", "a/b"} {
		if _, err := layout.Load([]fs.FS{layouts.FS}, name); err == nil {
			t.Errorf("layout %q was accepted", name)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte("extends: a5\nbody: {size: 9pt}\n"))
	f.Add([]byte("a: &x {b: 1}\nc: *x\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := layout.Load([]fs.FS{fstest.MapFS{"mine.yaml": {Data: data}}, layouts.FS}, "mine")
		if err == nil && (l.Body.Size <= 0 || len(l.Styles) != len(layout.StyleNames())) {
			t.Errorf("accepted without a body or all styles: %q", data)
		}
	})
}
