package texmath

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Speech returns the formula as it is read out, in Chinese ("zh…") or in
// English: for those who hear a page instead of seeing it.
func (f *Formula) Speech(lang string) string {
	v := &voice{english: !strings.HasPrefix(lang, "zh")}
	v.list(f.root.kids)
	return strings.Join(v.words, " ")
}

// voice is the words of a formula, in order.
type voice struct {
	english bool
	words   []string
}

// say adds a word of either language; "" adds none.
func (v *voice) say(en, zh string) {
	if v.english {
		zh = en
	}
	if zh != "" {
		v.words = append(v.words, zh)
	}
}

func (v *voice) list(ns []node) {
	for _, n := range ns {
		v.node(n)
	}
}

// simple reports whether a node is one sign or word, so that nothing need tell
// where it ends.
func simple(n node) bool {
	switch n := n.(type) {
	case nil, *symbol, *text:
		return true
	case *row:
		return len(n.kids) <= 1 && (len(n.kids) == 0 || simple(n.kids[0]))
	case *accent:
		return simple(n.base)
	}
	return false
}

func (v *voice) node(n node) {
	switch n := n.(type) {
	case *symbol:
		v.symbol(n)
	case *operator:
		v.operator(n)
	case *text:
		v.say(strings.TrimSpace(n.value), strings.TrimSpace(n.value))
	case *scripts:
		v.scripts(n)
	case *fraction:
		v.fraction(n)
	case *radical:
		v.radical(n)
	case *accent:
		v.node(n.base)
		name := signIn(spokenAccents, spacingMark(n.mark))
		en, zh, _ := strings.Cut(name, "/")
		v.say(strings.ReplaceAll(en, "-", " "), zh)
	case *bar:
		v.node(n.base)
		v.say("bar", "横")
	case *fence:
		v.say(n.left, n.left)
		for i, k := range n.kids {
			if i > 0 {
				v.say(n.middle[i-1], n.middle[i-1])
			}
			v.list(k.kids)
		}
		v.say(n.right, n.right)
	case *array:
		v.array(n)
	case *arrow:
		v.symbol(&symbol{text: n.sign})
		v.node(n.above)
		v.node(n.below)
	case *stack:
		v.node(n.base)
		v.node(n.under)
		v.node(n.over)
	case *phantom:
		if n.shown {
			v.node(n.body)
		}
	case *choice:
		v.node(n.kids[0])
	case *delimiter:
		v.say(n.text, n.text)
	default:
		v.list(inside(n))
	}
}

// inside is what stands in a node that only changes how it looks.
func inside(n node) []node {
	switch n := n.(type) {
	case *row:
		return n.kids
	case *styled:
		return n.body.kids
	case *scaled:
		return n.body.kids
	case *colored:
		return n.body.kids
	case *classed:
		return n.body.kids
	case *lap:
		return []node{n.body}
	case *box:
		return []node{n.body}
	case *raised:
		return []node{n.body}
	case nil, *space, *slab:
		return nil
	}
	panic("texmath: unknown node")
}

// spokenAccents and spokenSigns are what marks and signs are called.
const (
	spokenAccents = " ^=hat/帽 ~=tilde/波浪 ˇ=check/勾 ˙=dot/一点 ¨=double-dot/两点 ˉ=bar/横 →=vector/向量 ˚=ring/圈 ⏞=brace-above/上花括号 ⏟=brace-below/下花括号 "
	spokenSigns   = " +=plus/加 −=minus/减 ±=plus-or-minus/加减 ×=times/乘 ÷=divided-by/除以 ⋅=times/乘 ∗=star/星乘 /=over/除以 ≠=not-equal-to/不等于" +
		" <=less-than/小于 >=greater-than/大于 ≤=at-most/小于等于 ≥=at-least/大于等于 ≈=approximately/约等于 ≡=identical-to/恒等于 ∼=similar-to/相似于" +
		" ∈=in/属于 ∉=not-in/不属于 ⊂=subset-of/真包含于 ⊆=subset-or-equal/包含于 ∪=union/并 ∩=intersection/交 →=to/趋于 ⇒=implies/推出 ⟹=implies/推出" +
		" ⇔=if-and-only-if/等价于 ⟺=if-and-only-if/等价于 ∞=infinity/无穷 ∂=partial/偏 ∇=nabla/梯度 ∑=sum/求和 ∏=product/求积 ∫=integral/积分 ∮=contour-integral/环路积分" +
		" ∀=for-all/任意 ∃=there-is/存在 ¬=not/非 ∧=and/且 ∨=or/或 ∣=given/给定 ∝=proportional-to/正比于 …=and-so-on/等等 ⋯=and-so-on/等等 ′=prime/撇 ∅=empty-set/空集 ⊤=transposed/转置 "
)

func (v *voice) symbol(n *symbol) {
	if n.negate {
		v.say("not", "不")
	}
	if n.text == "=" {
		v.say("equals", "等于")
		return
	}
	if s := signIn(spokenSigns, n.text); s != "" {
		en, zh, _ := strings.Cut(s, "/")
		v.say(strings.ReplaceAll(en, "-", " "), zh)
		return
	}
	v.say(n.text, n.text)
}

func (v *voice) operator(n *operator) {
	switch {
	case n.text == "":
		if word, ok := wordOf((&writer{}).list(n.name.kids)); ok {
			v.say(word, word)
			return
		}
		v.list(n.name.kids)
	default:
		v.symbol(&symbol{text: n.text})
	}
}

func (v *voice) scripts(n *scripts) {
	v.node(n.base)
	if o, ok := n.base.(*operator); ok && (o.big || o.limits == asDisplay) {
		if n.sub != nil {
			v.say("from", "从")
			v.node(n.sub)
		}
		if n.sup != nil {
			v.say("to", "到")
			v.node(n.sup)
		}
		v.say("of", "，")
		return
	}
	if n.sub != nil {
		v.say("sub", "下标")
		v.grouped(n.sub)
	}
	if n.sup == nil {
		return
	}
	kid := n.sup
	if r, ok := kid.(*row); ok && len(r.kids) == 1 {
		kid = r.kids[0]
	}
	if s, ok := kid.(*symbol); ok {
		switch s.text {
		case "2":
			v.say("squared", "的平方")
			return
		case "3":
			v.say("cubed", "的立方")
			return
		case "′", "∗", "⊤", "†":
			v.symbol(s)
			return
		}
	}
	if n.primes > 0 {
		v.node(n.sup)
		return
	}
	v.say("to the power", "的")
	v.grouped(n.sup)
	v.say("", "次方")
}

// grouped says where a longer part begins and ends.
func (v *voice) grouped(n node) {
	v.node(n)
	if !simple(n) {
		v.say("end", "止")
	}
}

func (v *voice) fraction(n *fraction) {
	switch {
	case n.left == "(" && n.rule != nil:
		v.node(n.num)
		v.say("choose", "取")
		v.node(n.den)
	case v.english:
		if !simple(n.num) || !simple(n.den) {
			v.say("the fraction", "")
		}
		v.node(n.num)
		v.say("over", "")
		v.grouped(n.den)
	default: // the denominator is read first
		if !simple(n.den) {
			v.say("", "分式")
		}
		v.node(n.den)
		v.say("", "分之")
		v.grouped(n.num)
	}
}

func (v *voice) radical(n *radical) {
	if n.degree != nil {
		v.node(n.degree)
		v.say("th root of", "次根号")
	} else {
		v.say("root of", "根号")
	}
	v.grouped(n.body)
}

func (v *voice) array(n *array) {
	v.say(n.left, n.left)
	for i, r := range n.rows {
		if n.kind != subArray && len(n.rows) > 1 {
			v.say("row "+strconv.Itoa(i+1)+":", "第"+strconv.Itoa(i+1)+"行：")
		}
		for j, c := range r {
			if j > 0 && !(n.paired() && j%2 == 1) {
				v.say(",", "，")
			}
			v.node(c)
		}
		if i < len(n.rows)-1 {
			v.say(";", "；")
		}
	}
	if utf8.RuneCountInString(n.right) > 0 {
		v.say(n.right, n.right)
	}
}
