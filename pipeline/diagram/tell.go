package diagram

import "strings"

// maxTold is about how long a description made of labels may become.
const maxTold = 700

// words of the descriptions, by language.
func say(lang, en, zh, ja, ko string) string {
	switch {
	case strings.HasPrefix(lang, "zh"):
		return zh
	case strings.HasPrefix(lang, "ja"):
		return ja
	case strings.HasPrefix(lang, "ko"):
		return ko
	}
	return en
}

// colon and stop close the parts of a description.
func colon(lang string) string { return say(lang, ": ", "：", "：", ": ") }
func semi(lang string) string  { return say(lang, "; ", "；", "；", "; ") }

// tell says a graph as a list of its edges.
func (g *graph) tell(lang string) string {
	var parts []string
	size := 0
	add := func(s string) bool {
		parts = append(parts, s)
		size += len(s)
		return size < maxTold
	}
	name := func(e end) string {
		if e.node < 0 {
			return plainText(g.groups[e.group].text)
		}
		if t := plainText(g.nodes[e.node].text); t != "" {
			return t
		}
		return g.nodes[e.node].id
	}
	joined := make([]bool, len(g.nodes))
	more := true
	for _, e := range g.edges {
		for _, x := range []end{e.from, e.to} {
			if x.node >= 0 {
				joined[x.node] = true
			}
		}
		if e.stroke == invisible || !more {
			continue
		}
		mark := " → "
		if e.head == plain && e.tail == plain {
			mark = " – "
		}
		s := name(e.from) + mark + name(e.to)
		if e.text != "" {
			s += say(lang, " (", "（", "（", " (") + plainText(e.text) + say(lang, ")", "）", "）", ")")
		}
		more = add(s)
	}
	for i, n := range g.nodes {
		if !joined[i] && more {
			more = add(plainText(n.text))
		}
	}
	out := g.called(lang) + colon(lang) + strings.Join(parts, semi(lang))
	if !more {
		out += "…"
	}
	return out
}

// called is the name of the kind of graph.
func (g *graph) called(lang string) string {
	switch g.kind {
	case "class":
		return say(lang, "Class diagram", "类图", "クラス図", "클래스 다이어그램")
	case "state":
		return say(lang, "State diagram", "状态图", "状態遷移図", "상태 다이어그램")
	case "er":
		return say(lang, "Entity relationship diagram", "实体关系图", "ER図", "ER 다이어그램")
	case "mindmap":
		return say(lang, "Mind map", "思维导图", "マインドマップ", "마인드맵")
	case "dot":
		return say(lang, "Graph", "关系图", "グラフ", "그래프")
	}
	return say(lang, "Flow chart", "流程图", "フローチャート", "순서도")
}
