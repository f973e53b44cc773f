package source

import "testing"

func TestFrontMatter(t *testing.T) {
	for _, c := range []struct{ text, lang, inner, body string }{
		{"---\ntitle: 书\n---\n文", "yaml", "title: 书\n", "文"},
		{"\ufeff---\r\ntitle: 书\r\n...\r\n文", "yaml", "title: 书\r\n", "文"},
		{"+++\ntitle = \"书\"\n+++\n文", "toml", "title = \"书\"\n", "文"},
		{"---\n---\n文", "yaml", "", "文"},
		{"---\n\n正文，不是元数据。\n\n---\n", "", "", "---\n\n正文，不是元数据。\n\n---\n"},
		{"---\ntitle: 没有结束\n", "", "", "---\ntitle: 没有结束\n"},
		{"\ufeff文", "", "", "文"},
		{"", "", "", ""},
	} {
		a, b, body, lang := FrontMatter([]byte(c.text))
		if lang != c.lang || c.text[a:b] != c.inner || c.text[body:] != c.body {
			t.Errorf("%q: %s %q %q", c.text, lang, c.text[a:b], c.text[body:])
		}
	}
}
