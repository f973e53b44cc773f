package book

import "testing"

func TestPathsFind(t *testing.T) {
	p := NewPaths([]string{"README.md", "a/b.md", "a/c d.md", "a/README.md", "img/图.png", "Cap.md"})
	for _, c := range []struct {
		from, dest, file, frag string
		found                  Found
	}{
		{"a/b.md", "c%20d.md#x%20y", "a/c d.md", "x y", Exact},
		{"a/b.md", "c d.md", "a/c d.md", "", Exact},
		{"a/b.md", "../img/%E5%9B%BE.png", "img/图.png", "", Exact},
		{"a/b.md", "/img/图.png?raw=true", "img/图.png", "", Exact},
		{"a/b.md", "./b", "a/b.md", "", Exact},
		{"a/b.md", "b.html#s", "a/b.md", "s", Exact},
		{"a/b.md", "./", "a/README.md", "", Exact},
		{"README.md", "a", "a/README.md", "", Exact},
		{"README.md", "cap.md", "Cap.md", "", Cased},
		{"README.md", "#x", "README.md", "x", Here},
		{"README.md", "../x.md", "", "", Outside},
		{"README.md", "no.md", "", "", Missing},
		{"README.md", "https://a.b/c#d", "", "d", Remote},
		{"README.md", "//a.b/c", "", "", Remote},
		{"README.md", "mailto:a@b.c", "", "", Remote},
	} {
		file, frag, found := p.Find(c.from, c.dest)
		if file != c.file || frag != c.frag || found != c.found {
			t.Errorf("%s from %s: %q %q %d", c.dest, c.from, file, frag, found)
		}
	}
}
