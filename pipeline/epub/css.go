package epub

import (
	"strconv"
	"strings"

	"banxin/pipeline/layout"
	"banxin/pipeline/unit"
)

// sheet is a style sheet being written: the layout said in CSS that readers
// honour. Sizes are relative to the reader's own, colours are the reader's.
type sheet struct {
	strings.Builder
	l    *layout.Layout
	lang string
	dots bool // emphasis by dots: no face of the layout is a Kai
	own  []embedded
}

// styleSheet writes the layout's style sheet.
func styleSheet(l *layout.Layout, lang string, dots bool, own []embedded) []byte {
	s := &sheet{l: l, lang: lang, dots: dots, own: own}
	s.WriteString("@charset \"UTF-8\";\n@namespace epub \"http://www.idpf.org/2007/ops\";\n")
	s.faces()
	s.body()
	s.headings()
	s.runs()
	s.displays()
	s.tables()
	s.matter()
	s.contents()
	if l.EPUB.CSS != "" {
		s.WriteString("\n" + strings.TrimSpace(l.EPUB.CSS) + "\n")
	}
	return []byte(s.String())
}

// rule writes a rule set; empty declarations are left out, a rule without any
// is not written.
func (s *sheet) rule(selector string, declarations ...string) {
	var d []string
	for _, x := range declarations {
		if x != "" {
			d = append(d, x)
		}
	}
	if len(d) > 0 {
		s.WriteString(selector + " { " + strings.Join(d, "; ") + "; }\n")
	}
}

// em is l in ems of the size of.
func em(l, of unit.Length) string {
	if l == 0 || of <= 0 {
		return "0"
	}
	return number(float64(l)/float64(of)) + "em"
}

func number(v float64) string {
	t := strconv.FormatFloat(v, 'f', 3, 64)
	return strings.TrimRight(strings.TrimRight(t, "0"), ".")
}

func (s *sheet) size() unit.Length {
	if s.l.Body.Size > 0 {
		return s.l.Body.Size
	}
	return 21 * unit.Pt / 2
}

func (s *sheet) leading() unit.Length {
	if s.l.Body.Leading > 0 {
		return s.l.Body.Leading
	}
	return s.size().Scale(17, 10)
}

// body sets running text (typography K1, P3, P4, C1, G1, G2).
func (s *sheet) body() {
	l := s.l
	s.rule("html", "-webkit-text-size-adjust: 100%", "text-size-adjust: 100%")
	decl := []string{"margin: 0", "padding: 0", "font-family: " + s.family("song"), "line-height: " + number(float64(s.leading())/float64(s.size())), "overflow-wrap: break-word", "word-wrap: break-word", "orphans: 2", "widows: 2"}
	decl = append(decl, twins("line-break", lineBreak(l.Spacing.Kinsoku))...)
	decl = append(decl, "text-spacing-trim: "+trim(l.Spacing), autospace(l.Spacing))
	if l.Spacing.Hanging {
		decl = append(decl, "hanging-punctuation: allow-end")
	}
	if l.Spacing.Hyphenate {
		decl = append(decl, twins("hyphens", "auto")...)
	}
	s.rule("body", decl...)
	keep := "keep-all"
	if l.Spacing.KoreanBreak == "syllable" {
		keep = "normal"
	}
	s.rule(":lang(ko)", "word-break: "+keep)
	indent := em(l.Body.Indent, s.size())
	if l.Body.Indent == 0 && l.Body.Size == 0 {
		indent = "2em"
	}
	justify := "text-align: justify"
	if b, ok := l.Styles["body"]; ok {
		justify = "text-align: " + align(b.Align)
	}
	s.rule("p", "margin: 0", "text-indent: "+indent, justify)
	s.rule("p.continued, td > p, th > p, figcaption p", "text-indent: 0")
	s.rule("section > hr", "width: 30%")
	s.rule("hr", "border: 0", "border-top: 1px solid", "opacity: 0.4", "margin: 1.5em auto", "width: 20%")
	s.rule(".center, .center > p", "text-align: center", "text-indent: 0")
	s.rule(".right, .right > p", "text-align: right", "text-indent: 0")
	s.rule(".left, .left > p", "text-align: left")
}

// twins is a property with the names older engines know it by.
func twins(property, value string) []string {
	return []string{"-epub-" + property + ": " + value, "-webkit-" + property + ": " + value, property + ": " + value}
}

func lineBreak(kinsoku string) string {
	switch kinsoku {
	case "none":
		return "anywhere"
	case "basic":
		return "normal"
	}
	return "strict"
}

func trim(sp layout.Spacing) string {
	switch {
	case sp.Scheme == "plain":
		return "space-all"
	case sp.FirstOpen == "keep":
		return "space-first"
	}
	return "trim-start"
}

func autospace(sp layout.Spacing) string {
	if sp.Gap > 0 || sp.Scheme == "" {
		return "text-autospace: normal"
	}
	return "text-autospace: no-autospace"
}

func align(a layout.Align) string {
	return [...]string{"justify", "left", "center", "right"}[a]
}

// look is a style's declarations. box adds the space around it: headings and
// displays have it, runs of text do not.
func (s *sheet) look(name string, box bool) []string {
	st, ok := s.l.Styles[name]
	if !ok {
		return nil
	}
	body := s.l.Styles["body"]
	size := st.Size
	if size <= 0 {
		size = s.size()
	}
	var d []string
	if st.Role != body.Role && st.Role != "" {
		d = append(d, "font-family: "+s.family(st.Role))
	}
	if size != s.size() {
		d = append(d, "font-size: "+number(float64(size)/float64(s.size()))+"em")
	}
	if st.Bold {
		d = append(d, "font-weight: bold")
	} else if box && headingStyle(name) {
		d = append(d, "font-weight: normal")
	}
	if st.Italic {
		d = append(d, "font-style: italic")
	}
	if st.Leading > 0 {
		d = append(d, "line-height: "+number(float64(st.Leading)/float64(size)))
	}
	if st.Tracking != 0 {
		d = append(d, "letter-spacing: "+number(float64(st.Tracking)/1000)+"em")
	}
	if st.Gray > 0 {
		// A share of the reader's own colour, never so pale that it fails
		// contrast (WCAG 1.4.3) on black or white.
		d = append(d, "opacity: "+number(max(0.65, 1-float64(st.Gray)/1000)))
	}
	if !box {
		return d
	}
	before, after := st.Before, st.After
	if st.Occupies > 0 {
		room := max(0, s.leading()*unit.Length(st.Occupies)-st.Leading)
		before, after = before+room.Scale(3, 5), after+room.Scale(2, 5)
	}
	d = append(d, "margin: "+em(before, size)+" "+em(st.Right, size)+" "+em(after, size)+" "+em(st.Left, size))
	d = append(d, "text-align: "+align(st.Align), "text-indent: "+em(st.Indent, size))
	if st.RuleAbove > 0 {
		d = append(d, "border-top: "+em(max(st.RuleAbove, unit.Pt/2), size)+" solid")
	}
	if st.RuleBelow > 0 {
		d = append(d, "border-bottom: "+em(max(st.RuleBelow, unit.Pt/2), size)+" solid")
	}
	return d
}

func headingStyle(name string) bool {
	switch name {
	case "part", "chapter", "section", "subsection", "level4", "level5", "level6", "closing", "appendix", "front", "title", "contents-title", "abstract-title":
		return true
	}
	return false
}

// headings sets titles of all levels (typography G5).
func (s *sheet) headings() {
	s.rule("h1, h2, h3, h4, h5, h6", "font-size: 1em", "margin: 1.2em 0 0.6em", "text-indent: 0", "line-height: 1.5", "font-family: "+s.family("hei"), "page-break-after: avoid", "break-after: avoid", "page-break-inside: avoid", "break-inside: avoid", "-epub-hyphens: none", "-webkit-hyphens: none", "hyphens: none", "text-wrap: balance")
	for _, name := range []string{"part", "chapter", "appendix", "front", "section", "subsection", "level4", "level5", "level6", "closing"} {
		var sel []string
		for h := '1'; h <= '6'; h++ {
			sel = append(sel, "."+name+" > h"+string(h))
		}
		s.rule(strings.Join(sel, ", "), s.look(name, true)...)
	}
	s.rule("h1 > .number, h2 > .number, h3 > .number, h4 > .number, h5 > .number, h6 > .number, a > .number", "margin-right: 0.6em")
	sink := em(s.leading()*unit.Length(s.l.Openings.ChapterSink), s.size())
	s.rule(".chapter, .appendix, .front", "padding-top: "+sink)
	s.rule(".chapter .chapter, .chapter .appendix", "padding-top: 0")
	s.rule(".part", "margin-top: 25%")
	for _, name := range []string{"part", "chapter", "appendix"} {
		st := s.l.Styles[numberStyle(name)]
		own := s.l.Styles[name].Size
		if own <= 0 {
			own = s.size()
		}
		d := []string{}
		if st.Role != "" {
			d = append(d, "font-family: "+s.family(st.Role), "font-weight: "+weightOf(st.Bold))
		}
		if st.Size > 0 {
			d = append(d, "font-size: "+em(st.Size, own))
		}
		if st.Tracking != 0 {
			d = append(d, "letter-spacing: "+number(float64(st.Tracking)/1000)+"em")
		}
		if st.Letter == "line" || name == "part" {
			d = append(d, "display: block", "margin: 0 0 0.4em")
		}
		s.rule("."+name+" > h1 > .number", d...)
	}
}

// numberStyle is the style of a heading's number: an appendix opens as a
// chapter does.
func numberStyle(heading string) string {
	if heading == "part" {
		return "part-number"
	}
	return "chapter-number"
}

func weightOf(bold bool) string {
	if bold {
		return "bold"
	}
	return "normal"
}

// runs sets what stands in running text (typography I1 to I4).
func (s *sheet) runs() {
	switch {
	case !isHan(s.lang):
		s.rule("em", "font-style: italic")
	case s.dots:
		s.rule("em", append([]string{"font-style: normal"}, dots()...)...)
	default:
		s.rule("em", "font-style: normal", "font-family: "+s.family("kai"))
	}
	s.rule("em:lang(en), em:lang(fr), em:lang(de)", "font-style: italic", "-webkit-text-emphasis: none", "text-emphasis: none")
	// Dots and a Kai are for full-width characters (typography I1, I2).
	s.rule("em.latin", append([]string{"font-style: italic", "font-family: inherit"}, twins("text-emphasis", "none")...)...)
	s.rule("strong, dt, b", "font-family: "+s.family("hei"), "font-weight: bold")
	s.rule("em.dotted", append([]string{"font-style: normal", "font-family: inherit"}, dots()...)...)
	s.rule("u", "text-decoration: underline", "text-decoration-skip-ink: none", "text-underline-offset: 0.15em")
	s.rule("u.book-name", "text-decoration-style: wavy", "-webkit-text-decoration-style: wavy")
	s.rule("mark", "background-color: rgba(255, 210, 0, 0.35)", "color: inherit")
	s.rule("small", "font-size: 0.85em")
	s.rule("sub, sup", "font-size: 0.7em", "line-height: 0")
	s.rule("code, kbd, pre", "font-family: "+s.family("mono"), "text-spacing-trim: space-all", "text-autospace: no-autospace", "-webkit-hyphens: none", "hyphens: none")
	s.rule("code", s.look("inline-code", false)...)
	s.rule("kbd", "border: 1px solid", "border-radius: 0.2em", "padding: 0 0.3em", "font-size: 0.85em")
	s.rule("rt", "font-size: 0.5em", "text-autospace: no-autospace")
	s.rule("a", "color: inherit", "text-decoration: underline", "text-decoration-thickness: 0.05em", "text-underline-offset: 0.2em")
	s.rule("a.url", "word-break: break-all") // else the line before it is torn apart
	s.rule("nav a, sup a, a.mark", "text-decoration: none")
	s.rule("a.ref", "text-decoration-style: dotted")
}

func dots() []string {
	return append(twins("text-emphasis", "filled dot"), twins("text-emphasis-position", "under")...)
}
