package epub

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"banxin/pipeline/book"
)

func (r *renderer) blocks(bs []book.Block) {
	for _, b := range bs {
		if !hidden(b) {
			r.folioed(b)
			r.block(b)
		}
	}
}

// folioed writes the page breaks before a block.
func (r *renderer) folioed(b book.Block) {
	for _, c := range r.folios.before[b] {
		r.pageBreak(c, "div")
	}
}

// itemBlocks writes an item's blocks as the pages have them: only a paragraph
// that follows another is indented, and none after a label or a colon.
func (r *renderer) itemBlocks(bs []book.Block, before book.Block) {
	for _, b := range bs {
		if hidden(b) {
			continue
		}
		r.folioed(b)
		prev, follows := before.(*book.Paragraph)
		if p, ok := b.(*book.Paragraph); ok && (!follows || isLabel(prev.Inlines)) {
			r.wrap("p", p.Inlines, r.attrs(p, "continued")...)
			r.raw("\n")
		} else {
			r.block(b)
		}
		before = b
	}
}

// isLabel reports whether a paragraph names what follows it: it ends in a
// colon or is wholly bold.
func isLabel(ns []book.Inline) bool {
	text := strings.TrimSpace(book.PlainText(ns))
	if strings.HasSuffix(text, "：") || strings.HasSuffix(text, ":") {
		return true
	}
	for _, n := range ns {
		switch n := n.(type) {
		case *book.Strong, *book.Anchor:
		case *book.Text:
			if strings.TrimSpace(n.Value) != "" {
				return false
			}
		default:
			return false
		}
	}
	return text != ""
}

// attrs are the attributes every block may have; class is this package's own.
func (r *renderer) attrs(b book.Block, class string) []string {
	n := node(b)
	if cs := classes(n.Classes); cs != "" {
		class = strings.TrimSpace(class + " " + cs)
	}
	return []string{"id", r.blockID(b), "class", class, "lang", n.Lang, "xml:lang", n.Lang}
}

func (r *renderer) blockID(b book.Block) string { return r.id(r.plan.blocks[b]) }

func (r *renderer) block(b book.Block) {
	switch b := b.(type) {
	case *book.Paragraph:
		class := ""
		if b.Continued {
			class = "continued"
		}
		r.wrap("p", b.Inlines, r.attrs(b, class)...)
	case *book.List:
		r.list(b)
	case *book.DefinitionList:
		r.definitions(b)
	case *book.Quote:
		r.quote(b)
	case *book.Code:
		r.listing(b)
	case *book.Diagram:
		r.diagram(b)
	case *book.Math:
		r.math(b)
	case *book.Table:
		r.table(b)
	case *book.Figure:
		r.figure(b)
	case *book.Rule:
		r.void("hr", r.attrs(b, "")...)
	case *book.Admonition:
		r.admonition(b)
	case *book.Division:
		r.division(b)
	case *book.ContentsHere:
		// The navigation document is the contents.
		return
	case *book.IndexHere:
		r.indexList()
	case *book.BibliographyHere:
		r.bibliography()
	case *book.Unknown:
		r.element("p", b.Text, r.attrs(b, "unknown")...)
	default:
		panic(fmt.Sprintf("epub: unknown block %T", b))
	}
	r.raw("\n")
}

func (r *renderer) list(l *book.List) {
	name := "ul"
	if l.Ordered {
		name = "ol"
	}
	class := ""
	for _, it := range l.Items {
		if it.Task {
			class = "tasks"
		}
	}
	attrs := r.attrs(l, class)
	if l.Ordered && l.Start != 1 {
		attrs = append(attrs, "start", strconv.Itoa(l.Start))
	}
	r.open(name, attrs...)
	r.raw("\n")
	for _, it := range l.Items {
		r.open("li", r.latin(itemText(it))...)
		if it.Task {
			box, word := "☐", r.words.todo
			if it.Done {
				box, word = "☑", r.words.done
			}
			r.element("span", box, "class", "box", "role", "img", "aria-label", word)
			r.raw(" ")
		}
		r.tight(it.Blocks, l.Tight)
		r.raw("</li>\n")
	}
	r.close(name)
}

// itemText is the text of an item of nothing but paragraphs, "" for others.
func itemText(it *book.Item) string {
	var b strings.Builder
	for _, k := range it.Blocks {
		p, ok := k.(*book.Paragraph)
		if !ok {
			return ""
		}
		b.WriteString(book.PlainText(p.Inlines))
		b.WriteByte('\n')
	}
	return b.String()
}

// latin are the attributes of an item in Latin letters in a book of full-width
// ones, a reference as a rule: it is not justified, having too few places to
// stretch. Text in plain letters alone is taken for English.
func (r *renderer) latin(text string) []string {
	if !isHan(r.lang) || !mostlyLatin(text) {
		return nil
	}
	lang := "en"
	if strings.IndexFunc(text, func(c rune) bool { return c >= 0x80 && unicode.IsLetter(c) }) >= 0 {
		lang = ""
	}
	return []string{"class", "latin", "lang", lang, "xml:lang", lang}
}

// mostlyLatin reports whether a text is of several words and nine tenths of
// its letters are Latin.
func mostlyLatin(s string) bool {
	letters, latin := 0, 0
	for _, c := range s {
		if unicode.IsLetter(c) {
			letters++
			if unicode.Is(unicode.Latin, c) {
				latin++
			}
		}
	}
	return letters > 0 && 10*latin >= 9*letters && strings.Contains(strings.TrimSpace(s), " ")
}

// tight writes blocks whose first, if a plain paragraph in a tight list or the
// only one, needs no element of its own.
func (r *renderer) tight(bs []book.Block, tight bool) {
	if len(bs) > 0 && (tight || len(bs) == 1) {
		if p, ok := bs[0].(*book.Paragraph); ok && bare(p) && r.plan.blocks[p] == "" {
			r.inlines(p.Inlines)
			if len(bs) > 1 {
				r.raw("\n")
			}
			r.itemBlocks(bs[1:], p)
			return
		}
	}
	r.itemBlocks(bs, nil)
}

func bare(p *book.Paragraph) bool {
	return len(p.Classes) == 0 && p.Lang == "" && p.Hidden == ""
}

func (r *renderer) definitions(l *book.DefinitionList) {
	r.open("dl", r.attrs(l, "")...)
	r.raw("\n")
	for _, e := range l.Entries {
		for _, t := range e.Terms {
			r.wrap("dt", t)
			r.raw("\n")
		}
		for _, d := range e.Details {
			r.raw("<dd>")
			r.tight(d, true)
			r.raw("</dd>\n")
		}
	}
	r.close("dl")
}

func (r *renderer) quote(q *book.Quote) {
	r.open("blockquote", r.attrs(q, "")...)
	r.raw("\n")
	r.blocks(q.Blocks)
	if len(q.Source) > 0 {
		r.wrap("p", q.Source, "class", "source")
	}
	r.close("blockquote")
}

func (r *renderer) admonition(a *book.Admonition) {
	kind := strings.ToLower(a.Kind)
	what := semantics{"notice", "doc-notice"}
	if kind == "tip" {
		what = semantics{"tip", "doc-tip"}
	}
	class := "admonition"
	if isName(kind) {
		class += " is-" + kind
	}
	r.open("div", append(r.attrs(a, class), "epub:type", what.kind, "role", what.role)...)
	r.raw("\n")
	switch word := r.words.kinds[kind]; {
	case len(a.Title) > 0:
		r.wrap("p", a.Title, "class", "admonition-title")
	case word != "":
		r.element("p", word, "class", "admonition-title")
	}
	r.raw("\n")
	r.blocks(a.Blocks)
	r.close("div")
}

func (r *renderer) division(d *book.Division) {
	class := alignClass(d.Align)
	r.open("div", r.attrs(d, class)...)
	r.raw("\n")
	if len(d.Title) > 0 {
		r.wrap("p", d.Title, "class", "division-title")
		r.raw("\n")
	}
	r.blocks(d.Blocks)
	r.close("div")
}

func alignClass(a book.Align) string {
	return [...]string{"", "left", "center", "right"}[a]
}

// caption writes a block's number and caption inside the element.
func (r *renderer) caption(b book.Block, text []book.Inline, element string) {
	number := ""
	if t := r.Index.Blocks[b]; t != nil {
		number = t.Printed
	}
	if number == "" && len(text) == 0 {
		return
	}
	r.open(element)
	if number != "" {
		r.element("span", number, "class", "label")
		if len(text) > 0 {
			r.raw(r.gap())
		}
	}
	r.inlines(text)
	r.close(element)
	r.raw("\n")
}

func (r *renderer) captioned(b book.Block, text []book.Inline) bool {
	t := r.Index.Blocks[b]
	return len(text) > 0 || t != nil && t.Printed != ""
}

func (r *renderer) figure(f *book.Figure) {
	r.open("figure", r.attrs(f, "")...)
	r.raw("\n")
	for _, im := range f.Images {
		r.zoomed(func() { r.picture(im) })
		r.raw("\n")
	}
	r.caption(f, f.Caption, "figcaption")
	r.close("figure")
}

func (r *renderer) listing(c *book.Code) {
	if !r.captioned(c, c.Caption) {
		r.pre(c, r.attrs(c, ""))
		return
	}
	r.open("figure", r.attrs(c, "listing")...)
	r.raw("\n")
	r.caption(c, c.Caption, "figcaption")
	r.pre(c, nil)
	r.close("figure")
}

func (r *renderer) math(m *book.Math) {
	r.open("div", r.attrs(m, "math")...)
	for i, row := range mathRows(m) {
		if i > 0 {
			r.raw("<br/>")
		}
		r.formula(row, true)
	}
	if t := r.Index.Blocks[m]; t != nil && t.Printed != "" {
		r.element("span", t.Printed, "class", "number")
	}
	r.close("div")
}

// mathRows are the formulae of a display.
func mathRows(m *book.Math) []string {
	if len(m.Rows) == 0 {
		return []string{m.TeX}
	}
	return m.Rows
}
