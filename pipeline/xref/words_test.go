package xref

import "testing"

func TestFill(t *testing.T) {
	for _, c := range []struct {
		template string
		n        int
		want     string
	}{
		{"第%d章", 12, "第12章"}, {"第%一章", 1, "第一章"}, {"第%一章", 10, "第十章"}, {"第%一章", 21, "第二十一章"},
		{"第%一章", 101, "第一百零一章"}, {"第%一章", 110, "第一百一十章"}, {"第%一回", 1005, "第一千零五回"}, {"%一", 0, "零"},
		{"附录%A", 3, "附录C"}, {"附录%A", 27, "附录AA"}, {"Part %R", 4, "Part IV"}, {"Part %R", 99, "Part XCIX"},
		{"卷", 3, "卷"}, {"100%", 3, "100%"},
	} {
		if got := fill(c.template, c.n); got != c.want {
			t.Errorf("%s %d: got %s, want %s", c.template, c.n, got, c.want)
		}
	}
}

func TestLanguageOf(t *testing.T) {
	for in, want := range map[string]string{"zh-CN": "zh", "zh-Hant-HK": "zh-Hant", "zh-TW": "zh-Hant", "ja-JP": "ja", "en": "en", "ko": "ko", "zh": "zh"} {
		if got := languageOf(in); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}

func TestParseRef(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"第3章", "第3章"}, {"第三章节", ""}, {"第3-5章讲", "第3-5章"}, {"第1节课", ""}, {"图3-1所示", "图3-1"}, {"图 3.1 ", "图 3.1"}, {"表2-1", "表2-1"},
		{"表2.5亿", ""}, {"附录B", "附录B"}, {"附录 A 中", "附录 A"}, {"公式(2.1)", "公式(2.1)"}, {"式（2-1）", "式（2-1）"}, {"公式(2.1", ""},
		{"Figure 3-1.", "Figure 3-1"}, {"Fig. 3.1", "Fig. 3.1"}, {"Chapter 3", "Chapter 3"}, {"Chapter three", ""}, {"Part of", ""},
		{"제3장", "제3장"}, {"그림 3-1", "그림 3-1"}, {"第2回目", "第2回"}, {"第1回合", ""}, {"3.2节", "3.2节"}, {"3.2", ""}, {"代码3-1", "代码3-1"},
	} {
		if got := c.in[:parseRef(c.in, 0, 0xfffd).end]; got != c.want {
			t.Errorf("%s: got %q, want %q", c.in, got, c.want)
		}
	}
}
