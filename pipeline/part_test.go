package pipeline

import "testing"

func TestNames(t *testing.T) {
	for _, c := range []struct {
		pattern, file string
		want          bool
	}{
		{"ch03", "ch03.md", true},
		{"ch03", "src/ch03-types.md", true},
		{"ch03", "ch031.md", false},
		{"ch03*", "ch03x.md", true},
		{"src", "src/a.md", true},
		{"src/a.md", "src/a.md", true},
		{"a", "src/ab.md", false},
		{"", "a.md", false},
		{"[", "a.md", false},
		{"第三章", "第三章 字体.md", true},
	} {
		if got := names(c.pattern, c.file); got != c.want {
			t.Errorf("names(%q, %q) = %v", c.pattern, c.file, got)
		}
	}
}
