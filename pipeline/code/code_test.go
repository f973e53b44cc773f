package code

import (
	"strings"
	"testing"
)

func TestLines(t *testing.T) {
	got := Lines("go", "func main() {\n\t// 注释\n\tprintln(\"x\", 12)\n}")
	if len(got) != 4 {
		t.Fatalf("%d lines, want 4: %v", len(got), got)
	}
	kinds := map[string]Kind{}
	for _, l := range got {
		for _, tk := range l {
			kinds[strings.TrimSpace(tk.Text)] = tk.Kind
		}
	}
	for text, k := range map[string]Kind{"func": Keyword, "// 注释": Comment, `"x"`: String, "12": Number} {
		if kinds[text] != k {
			t.Errorf("%q is %d, want %d", text, kinds[text], k)
		}
	}
}

func TestUnknownLanguage(t *testing.T) {
	got := Lines("no-such-language", "a\r\n\nb")
	if len(got) != 3 || got[0][0].Text != "a" || got[1] != nil || got[2][0].Text != "b" {
		t.Fatalf("got %v", got)
	}
}

// Joined, the tokens are the text: nothing is lost, nothing added.
func FuzzLines(f *testing.F) {
	f.Add("python", "def f(x):\n    return x\n")
	f.Add("json", "{\"a\": [1, 2]}")
	f.Add("", "graph TD\nA-->B")
	f.Fuzz(func(t *testing.T, language, text string) {
		var b strings.Builder
		for i, l := range Lines(language, text) {
			if i > 0 {
				b.WriteByte('\n')
			}
			for _, tk := range l {
				if strings.Contains(tk.Text, "\n") {
					t.Fatalf("a line end inside %q", tk.Text)
				}
				b.WriteString(tk.Text)
			}
		}
		want := strings.ReplaceAll(text, "\r\n", "\n")
		if got := b.String(); got != want && got != strings.TrimSuffix(want, "\r") {
			t.Fatalf("got %q, want %q", got, want)
		}
	})
}

func BenchmarkLines(b *testing.B) {
	text := strings.Repeat("func main() {\n\tprintln(\"x\", 12) // note\n}\n", 50)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Lines("go", text)
	}
}
