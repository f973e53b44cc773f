package epub

import (
	"strings"

	"banxin/pipeline/unit"
)

// displays sets listings, formulae, figures, quotations, lists and notes.
func (s *sheet) displays() {
	l := s.l
	code := s.look("code", true)
	s.rule("pre", append(code, "text-indent: 0", "text-align: left", "white-space: pre-wrap", "overflow-wrap: anywhere", "word-break: break-word", "tab-size: 4", "padding: 0.6em 0.8em", "margin-left: 0", "margin-right: 0", s.shade())...)
	s.rule("pre code", "font-size: 1em", "line-height: inherit")
	s.tokens()
	// Engines older than HTML 5 take elements they do not know for inline ones.
	s.rule("section, nav, aside, figure, figcaption", "display: block")
	s.rule("figure", "margin: 1em 0", "text-align: center", "text-indent: 0")
	s.rule("figure img", "max-width: 100%", "max-height: 90vh", "height: auto")
	s.rule("figure, table, .math", "page-break-inside: avoid", "break-inside: avoid")
	s.rule("figure.listing, figure.listing pre", "page-break-inside: auto", "break-inside: auto")
	s.rule("figure svg", "max-width: 100%", "height: auto")
	s.rule("svg text", "font-family: "+s.family("hei"))
	s.rule("img", "max-width: 100%")
	s.rule("p img", "max-height: 1.6em", "width: auto", "vertical-align: -0.35em")
	s.rule("p > img:only-child", "max-height: 90vh", "vertical-align: baseline")
	s.rule("figcaption, caption", append(s.look("caption", false), "text-align: center", "text-indent: 0", "padding: 0.4em 0")...)
	s.rule("figcaption .label, caption .label", "font-weight: bold")
	s.rule("div.math", "margin: 0.8em 0", "text-align: center", "text-indent: 0", "overflow-x: auto", "overflow-y: hidden")
	s.rule("div.math .number", "float: right")
	s.rule("math", "font-family: \"Latin Modern Math\", \"STIX Two Math\", \"Cambria Math\", math")
	s.rule("mtext", "font-family: "+s.family("song"))
	s.rule("img.math", "max-height: none", "max-width: 100%")
	s.rule("code.math", "white-space: pre-wrap")
	s.rule("blockquote", s.orElse(s.look("quote", true), "margin: 1em 2em")...)
	s.rule("blockquote .source", "text-align: right", "text-indent: 0")
	s.rule("ul, ol", "margin: 0.4em 0", "padding-left: "+em(max(l.List.Outset+l.List.Hang, 2*s.size()), s.size()))
	s.rule("li > ul, li > ol", "margin: 0")
	s.rule("li", "text-align: justify", "text-indent: 0")
	s.rule("li.latin, li.latin > p", "text-align: left")
	for i, b := range l.List.Bullets {
		sel := strings.Repeat("ul ", i) + "ul"
		s.rule(sel+" > li", "list-style-type: "+bullet(b))
	}
	s.rule("ul.tasks > li", "list-style-type: none")
	s.rule("dl", "margin: 0.5em 0")
	s.rule("dt", s.look("term", false)...)
	s.rule("dd", s.orElse(s.look("definition", true), "margin: 0 0 0.3em 2em")...)
	s.rule("div.admonition", "margin: 1em 0", "padding: 0.5em 1em", "border-left: 0.2em solid", "page-break-inside: avoid", "break-inside: avoid")
	s.rule(".admonition-title", append(s.look("admonition-title", false), "text-indent: 0", "font-weight: bold")...)
	s.rule(".division-title", "font-weight: bold", "text-indent: 0")
	s.rule(".unknown", "white-space: pre-wrap")
	s.rule("div.x-verse, div.x-verse p", append(s.look("verse", false), "text-align: left", "text-indent: 0")...)
	s.rule("div.x-epigraph, div.x-epigraph p", append(s.look("epigraph", false), "text-indent: 0")...)
	s.rule("section.notes", s.look("footnote", false)...)
	s.rule("section.notes", "margin-top: 2em")
	s.rule("section.notes > hr", "margin: 0 auto 0.6em 0", "width: "+number(float64(max(l.Notes.Rule, 250))/10)+"%")
	s.rule("ol.duokan-footnote-content", "padding-left: 0")
	s.rule("li.footnote", "list-style-type: none")
	s.rule(".footnote p", "text-indent: 0")
	s.rule("sup a", "padding: 0 0.1em")
}

// bullet is a list's mark: CSS's own where it has it, which every reader draws
// alike.
func bullet(b string) string {
	switch b {
	case "•":
		return "disc"
	case "◦":
		return "circle"
	case "▪":
		return "square"
	}
	return quoted(b + " ")
}

// orElse is a style's declarations, or a plain one where the layout has none.
func (s *sheet) orElse(look []string, plain string) []string {
	if len(look) == 0 {
		return []string{plain}
	}
	return look
}

// shade is a listing's ground: translucent, so that it darkens a light page
// and lightens a dark one.
func (s *sheet) shade() string {
	b := s.l.Code.Background
	if b <= 0 || b >= 1000 {
		return ""
	}
	return "background-color: rgba(128, 128, 128, " + number(min(0.3, float64(1000-b)/400)) + ")"
}

// tokens sets a listing's tokens: in one ink by weight and slant; in colours
// that keep their contrast (WCAG 1.4.3) by page, light or dark.
func (s *sheet) tokens() {
	s.rule(".tk", "font-weight: bold")
	s.rule(".tc", "font-style: italic", "opacity: 0.75")
	s.rule(".td", "text-decoration: line-through")
	s.rule(".ti", "text-decoration: underline")
	if s.l.Code.Theme != "color" {
		return
	}
	s.rule(".tk", "color: #7a3e9d")
	s.rule(".tn", "color: #1f5fa8")
	s.rule(".ts", "color: #2f6b2f")
	s.rule(".tm", "color: #8a4b08")
	s.WriteString("@media (prefers-color-scheme: dark) {\n")
	s.rule(".tk", "color: #d0a8f0")
	s.rule(".tn", "color: #8fbcf5")
	s.rule(".ts", "color: #a3d6a0")
	s.rule(".tm", "color: #e8b878")
	s.WriteString("}\n")
}

func (s *sheet) tables() {
	heavy, light := s.l.Table.Heavy, s.l.Table.Light
	if heavy <= 0 {
		heavy = unit.Pt.Scale(4, 5)
	}
	if light <= 0 {
		light = unit.Pt.Scale(2, 5)
	}
	thick, thin := em(heavy*3/2, s.size())+" solid", em(light*3/2, s.size())+" solid"
	s.rule("table", append(s.look("table", false), "border-collapse: collapse", "margin: 1em auto", "max-width: 100%", "text-indent: 0", "border-top: "+thick, "border-bottom: "+thick)...)
	s.rule("caption", "caption-side: top")
	s.rule("thead", "border-bottom: "+thin)
	s.rule("th, td", "min-width: 3em", "padding: 0.3em 0.6em", "vertical-align: top", "text-align: left")
	s.rule("td > p, th > p", "text-align: inherit")
	s.rule("th", append(s.look("table-head", false), "font-size: 1em", "font-weight: bold")...)
	if s.l.Table.Rules == "grid" {
		s.rule("th, td", "border: "+thin)
	}
	s.rule("th.center, td.center", "text-align: center")
	s.rule("th.right, td.right", "text-align: right")
}

// matter sets the pages around the text.
func (s *sheet) matter() {
	s.rule("section.cover", "margin: 0", "text-align: center")
	s.rule("section.cover img", "max-width: 100%", "max-height: 98vh")
	s.rule("section.titlepage", "text-align: center", "margin-top: 20%")
	s.rule(".titlepage p, .colophon p", "text-indent: 0", "text-align: inherit")
	s.rule("h1.book-title", s.orElse(s.look("title", true), "text-align: center")...)
	s.rule(".titlepage .subtitle", append(s.look("subtitle", false), "margin: 0.5em 0 2em")...)
	s.rule(".titlepage .author", append(s.look("author", false), "margin: 0.3em 0")...)
	s.rule(".titlepage .publisher", append(s.look("publisher", false), "margin-top: 4em")...)
	s.rule("section.colophon", append(s.look("colophon", false), "margin-top: 30%", "text-align: left")...)
	s.rule(".colophon-title", "font-weight: bold", "margin-bottom: 1em")
	s.rule(".cip, .ai", "margin-top: 1em", "white-space: pre-wrap")
	s.rule("section.dedication", append(s.look("dedication", false), "margin-top: 30%", "text-align: center")...)
	s.rule("section.epigraph", append(s.look("epigraph", false), "margin: 30% 10% 0")...)
	s.rule(".dedication p, .epigraph p", "text-indent: 0", "text-align: inherit")
	s.rule("section.abstract > h1", s.look("abstract-title", true)...)
	s.rule("p.keywords", "margin-top: 1em", "text-indent: 0")
	s.rule("ul.bibliography, ul.index", "list-style-type: none", "padding-left: 0")
	s.rule("ul.bibliography > li", append(s.look("bibliography", false), "list-style-type: none", "padding-left: 2em", "text-indent: -2em", "text-align: left")...)
	s.rule("ul.index li", append(s.look("index", false), "list-style-type: none", "text-align: left")...)
	s.rule("p.index-group", "font-weight: bold", "text-indent: 0", "margin-top: 0.8em")
	s.rule("ul.index a", "margin-left: 0.8em")
}

func (s *sheet) contents() {
	s.rule("nav ol", "list-style-type: none", "padding-left: 0", "margin: 0")
	s.rule("nav li", "list-style-type: none", "text-align: left")
	s.rule("nav h1", s.look("contents-title", true)...)
	s.rule("nav#toc ol ol > li", "padding-left: 1.5em")
	for _, name := range []string{"contents-part", "contents-chapter", "contents-section", "contents-deep"} {
		s.rule("nav li."+name+" > a", s.look(name, false)...)
	}
	s.rule("nav li.contents-part", "margin-top: 1em")
	s.rule("nav li.contents-chapter", "margin-top: 0.4em")
	s.rule("nav[hidden], ol[hidden]", "display: none")
}

// family is a role's font stack: what is embedded, the layout's families for the book's
// language, then what reading systems have, then the generic.
func (s *sheet) family(role string) string {
	var stack []string
	seen := map[string]bool{}
	add := func(names ...string) {
		for _, n := range names {
			if n != "" && !seen[n] {
				seen[n] = true
				stack = append(stack, n)
			}
		}
	}
	add(s.ownFamilies(role)...)
	for _, f := range byLanguage(s.l.Fonts[role], s.lang) {
		add(quoted(f.Name))
	}
	for _, n := range systemFaces(role, s.lang) {
		add(quoted(n))
	}
	switch role {
	case "hei":
		add("sans-serif")
	case "mono":
		add("monospace")
	default:
		add("serif")
	}
	return strings.Join(stack, ", ")
}

// byLanguage picks the entry of the longest language prefix.
func byLanguage[T any](m map[string]T, lang string) T {
	for l := script(lang); ; {
		if v, ok := m[l]; ok || l == "" {
			return v
		}
		i := strings.LastIndexByte(l, '-')
		l = l[:max(i, 0)]
	}
}

// script adds to a Chinese language tag the script its region implies, which
// is what layouts key their families by.
func script(lang string) string {
	l := strings.ToLower(lang)
	switch {
	case l == "zh-hk" || l == "zh-mo":
		return "zh-Hant-HK"
	case l == "zh-tw":
		return "zh-Hant"
	case l == "zh-cn" || l == "zh-sg":
		return "zh-Hans"
	}
	return lang
}

// systemFaces are what Apple, Windows, Android and reading systems carry.
func systemFaces(role, lang string) []string {
	l := strings.ToLower(lang)
	place := "sc"
	switch {
	case strings.HasPrefix(l, "ja"):
		place = "ja"
	case strings.HasPrefix(l, "ko"):
		place = "ko"
	case strings.HasPrefix(l, "zh") && isTraditional(l):
		place = "tc"
	}
	return map[string][]string{
		"song sc": {"Songti SC", "STSong", "SimSun", "Noto Serif CJK SC"},
		"hei sc":  {"PingFang SC", "Heiti SC", "Microsoft YaHei", "Noto Sans CJK SC"},
		"kai sc":  {"Kaiti SC", "STKaiti", "KaiTi", "楷体"},
		"song tc": {"Songti TC", "PMingLiU", "Noto Serif CJK TC"},
		"hei tc":  {"PingFang TC", "Microsoft JhengHei", "Noto Sans CJK TC"},
		"kai tc":  {"Kaiti TC", "BiauKai", "DFKai-SB"},
		"song ja": {"Hiragino Mincho ProN", "Yu Mincho", "Noto Serif CJK JP"},
		"hei ja":  {"Hiragino Sans", "Yu Gothic", "Noto Sans CJK JP"},
		"song ko": {"AppleMyungjo", "Batang", "Noto Serif CJK KR"},
		"hei ko":  {"Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans CJK KR"},
		"mono sc": {"Menlo", "Consolas"}, "mono tc": {"Menlo", "Consolas"}, "mono ja": {"Menlo", "Consolas"}, "mono ko": {"Menlo", "Consolas"},
	}[role+" "+place]
}

// quoted is a CSS string.
func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\A `).Replace(s) + `"`
}
