package book

import (
	"fmt"
	"testing"
)

func TestParseNumber(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"第1章 基础", "chapter [1] 1 章 |第1章|基础"},
		{"第一章概述", "chapter [1] 1 章 |第一章|概述"},
		{"第十二回：风雪", "chapter [12] 1 回 |第十二回|风雪"},
		{"第 １２ 章　终", "chapter [12] 1 章 |第 １２ 章|终"},
		{"第三部分：实战", "part [3] 0 部分 |第三部分|实战"},
		{"第II部 応用", "part [2] 0 部 |第II部|応用"},
		{"第Ⅲ卷", "part [3] 0 卷 |第Ⅲ卷|"},
		{"第2節 方法", "section [2] 2 節 |第2節|方法"},
		{"2장. 시작", "chapter [2] 1 장 |2장|시작"},
		{"3章 光", "chapter [3] 1 章 |3章|光"},
		{"5部电影", ""},
		{"제2장 시작", "chapter [2] 1 장 |제2장|시작"},
		{"제 1 부: 기초", "part [1] 0 부 |제 1 부|기초"},
		{"附录 A：工具", "appendix [1] 1 附录 |附录 A|工具"},
		{"附录B参考文献", "appendix [2] 1 附录 |附录B|参考文献"},
		{"附錄一 年表", "appendix [1] 1 附錄 |附錄一|年表"},
		{"Chapter 3: Trees", "chapter [3] 1 Chapter |Chapter 3|Trees"},
		{"Part IV — Beyond", "part [4] 0 Part |Part IV|Beyond"},
		{"PART I", "part [1] 0 PART |PART I|"},
		{"Appendix C. Tools", "appendix [3] 1 Appendix |Appendix C|Tools"},
		{"Chapter One", "chapter [1] 1 Chapter |Chapter One|"},
		{"1.2.1 深度", "section [1 2 1] 3  |1.2.1|深度"},
		{"1.1安装", "section [1 1] 2  |1.1|安装"},
		{"2.3. Foo", "section [2 3] 2  |2.3|Foo"},
		{"1.4 .NET", "section [1 4] 2  |1.4|.NET"},
		{"A.1 Foo", "section [1 1] 2  |A.1|Foo"},
		{"上篇 风", "part [] 0 篇 |上篇|风"},
		{"一、引子", "section [1] 0  |一|引子"},
		{"（二）方法", "section [2] 0  |（二）|方法"},
		{"3. Foo", "section [3] 0  |3|Foo"},
		{"7 Foo", "section [7] 0  |7|Foo"},
		{"卷三 秋", "part [3] 0 卷 |卷三|秋"},
		{"第三方工具安装", ""}, {"第一部电影", ""}, {"第一次", ""}, {"2024年总结", ""}, {"3.5倍", ""},
		{"一带一路", ""}, {"Parting ways", ""}, {"Part of it", ""}, {"附录", ""}, {"1.5亿用户", ""}, {"A good day", ""},
		{"十年", ""}, {"", ""}, {"第", ""}, {"附录", ""}, {"2.0-beta", ""}, {"甲骨文", ""}, {"中部地区", ""},
	} {
		n, rest := ParseNumber(c.in)
		got := ""
		if rest > 0 {
			got = fmt.Sprintf("%v %v %d %s |%s|%s", n.Role, n.Ordinal, n.Level, n.Unit, n.Text, c.in[rest:])
		}
		if got != c.want {
			t.Errorf("%q: got %q, want %q", c.in, got, c.want)
		}
	}
}

func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"第1章 x", "附录A", "1.2.3", "Part IX", "（一）", "第\xff章"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, rest := ParseNumber(s)
		if rest < 0 || rest > len(s) || rest > 0 && n.Text == "" || len(n.Text) > rest {
			t.Fatalf("%q: rest %d, text %q", s, rest, n.Text)
		}
	})
}
