package svg

import (
	"strings"
	"testing"

	"banxin/pipeline/page"
)

// told is what a frame holds, one item a line.
func told(t *testing.T, body string) string {
	t.Helper()
	f, left, err := Read([]byte(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="96" height="48" viewBox="0 0 96 48">`+body+`</svg>`), ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if f.Width.String() != "72" || f.Height.String() != "36" {
		t.Fatalf("the frame is %v × %v", f.Width, f.Height)
	}
	var out []string
	for _, it := range f.Items {
		p, ok := it.Item.(*page.Path)
		if !ok {
			t.Fatalf("%T", it.Item)
		}
		s := it.X.String() + "," + it.Y.String()
		for _, g := range p.Segments {
			switch g.Op {
			case page.MoveTo:
				s += " M" + g.X.String() + "," + g.Y.String()
			case page.LineTo:
				s += " L" + g.X.String() + "," + g.Y.String()
			case page.CurveTo:
				s += " C" + g.X.String() + "," + g.Y.String()
			case page.Close:
				s += " Z"
			}
		}
		if p.Fill == nil {
			s += " unfilled"
		}
		if p.Stroke != nil {
			s += " line " + p.Line.String()
		}
		out = append(out, s)
	}
	return strings.Join(append(out, left...), "\n")
}

func TestRead(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"path", `<path d="M4 4h8v8H4z"/>`, "3,3 M0,0 L6,0 L6,6 L0,6 Z"},
		{"relative after z", `<path d="m4 4 4 0zl0 4"/>`, "3,3 M0,0 L3,0 Z L0,3"},
		{"signs and dots apart nothing", `<path d="M.5.5-1.5-1.5"/>`, "-1.125,-1.125 M1.5,1.5 L0,0"},
		{"curves", `<path fill="none" stroke="red" stroke-width="2" d="M0 0C0 4 4 4 4 0S8-4 8 0Q10 4 12 0T16 0"/>`,
			"0,-3 M0,3 C3,3 C6,3 C9,3 C12,3 unfilled line 1.5"},
		{"arc", `<path d="M0 4A4 4 0 0 1 8 4"/>`, "0,-0 M0,3 C3,0 C6,3"},
		{"shapes", `<rect x="4" width="4" height="8"/><circle r="4"/><line x2="4" stroke="#000"/><polygon points="0,0 4,0 4,4"/>`,
			"3,0 M0,0 L3,0 L3,6 L0,6 Z\n-3,-3 M6,3 C3,6 C0,3 C3,0 C6,3 Z\n0,0 M0,0 L3,0 line 0.75\n0,0 M0,0 L3,0 L3,3 Z"},
		{"transforms", `<g transform="translate(4,4) scale(2)"><rect width="2" height="2" transform="rotate(90)"/></g>`, "0,3 M3,0 L3,3 L0,3 L0,0 Z"},
		{"use", `<defs><rect id="a" width="4" height="4"/></defs><use xlink:href="#a" x="8"/>`, "6,0 M0,0 L3,0 L3,3 L0,3 Z"},
		{"style sheet", `<style>/* x */ .n{fill:none;stroke:blue} rect.b,#c{display:none}</style><path class="n" d="M0 0H4"/><rect class="b" width="1" height="1"/><rect id="c" width="1" height="1"/>`,
			"0,0 M0,0 L3,0 unfilled line 0.75"},
		{"nothing executed or fetched", `<script>alert(1)</script><foreignObject/><image href="file:///etc/passwd"/><use href="other.svg#x"/><rect width="4" height="4" fill="url(#none)"/>`,
			"<foreignObject>\n<image> of another file\n<script>\n<use> of another file"},
		{"a circle of uses ends", `<g id="a"><use href="#a"/><use href="#a"/></g>`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := told(t, c.body); strings.ReplaceAll(got, "-0 ", "0 ") != strings.ReplaceAll(c.want, "-0 ", "0 ") {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestReadRefuses(t *testing.T) {
	for name, s := range map[string]string{
		"no svg":   "<html/>",
		"nothing":  "",
		"too deep": "<svg>" + strings.Repeat("<g>", maxDepth+1),
		"too many": "<svg>" + strings.Repeat("<g/>", maxElements+1),
	} {
		if f, _, err := Read([]byte(s), ReadOptions{}); err == nil {
			t.Errorf("%s: no error, %v", name, f)
		}
	}
	bomb := `<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]><svg width="1" height="1"><text>&b;&x;</text></svg>`
	if _, _, err := Read([]byte(bomb), ReadOptions{}); err != nil {
		t.Error(err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`<svg viewBox="0 0 1 1"><path d="M0 0A1 2 3 01 4 5z" transform="rotate(3 4) skewX(7)"/></svg>`)
	f.Add(`<svg width="1e9"><style>a{b:c}</style><use href="#q"/><symbol id="q" viewBox="0 0 0 0"/></svg>`)
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) < 10_000 {
			Read([]byte(s), ReadOptions{})
		}
	})
}
