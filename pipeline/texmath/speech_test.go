package texmath

import "testing"

// TestSpeech reads formulae out in both languages.
func TestSpeech(t *testing.T) {
	for _, c := range []struct{ src, en, zh string }{
		{`E = mc^2`, "E equals m c squared", "E 等于 m c 的平方"},
		{`\frac{1}{2}`, "1 over 2", "2 分之 1"},
		{`\frac{a+b}{c}`, "the fraction a plus b over c", "c 分之 a 加 b 止"},
		{`\hat{y}_i - y_i`, "y hat sub i minus y sub i", "y 帽 下标 i 减 y 下标 i"},
		{`\sum_{i=1}^{n} x_i`, "sum from i equals 1 to n of x sub i", "求和 从 i 等于 1 到 n ， x 下标 i"},
		{`\sqrt[3]{x}`, "3 th root of x", "3 次根号 x"},
		{`\operatorname{softmax}(x) \in \mathbb{R}`, "softmax ( x ) in R", "softmax ( x ) 属于 R"},
		{`\text{利润} > 0`, "利润 greater than 0", "利润 大于 0"},
		{`\binom{n}{k} f'(x) x^{n+1}`, "n choose k f prime ( x ) x to the power n plus 1 end", "n 取 k f 撇 ( x ) x 的 n 加 1 止 次方"},
		{`\begin{pmatrix}1&2\\3&4\end{pmatrix}`, "( row 1: 1 , 2 ; row 2: 3 , 4 )", "( 第1行： 1 ， 2 ； 第2行： 3 ， 4 )"},
	} {
		f := parsed(t, c.src)
		if got := f.Speech("en"); got != c.en {
			t.Errorf("%s\n got %s\nwant %s", c.src, got, c.en)
		}
		if got := f.Speech("zh-Hans"); got != c.zh {
			t.Errorf("%s\n got %s\nwant %s", c.src, got, c.zh)
		}
	}
	for _, src := range corpus(t) {
		if parsed(t, src).Speech("zh") == "" && src != `\rule{2em}{0.5em} \rule[0.2em]{1em}{1pt}` {
			t.Errorf("%s is silent", src)
		}
	}
}
