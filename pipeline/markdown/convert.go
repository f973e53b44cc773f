package markdown

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

// children converts a container's blocks. HTML tags may open before and close
// after Markdown blocks, so all go through one assembly. At the top, headings
// end what is open.
func (d *document) children(parent ast.Node, top bool) []book.Block {
	asm := &assembly{d: d, top: top}
	for c := parent.FirstChild(); c != nil; c = c.NextSibling() {
		d.block(c, asm)
	}
	d.flushHints(asm)
	return d.captions(asm.done())
}

// block converts one block into the assembly.
func (d *document) block(n ast.Node, asm *assembly) {
	switch n := n.(type) {
	case *ast.Paragraph:
		s, at := d.gather(n.Lines())
		d.paragraph(s, at, d.whole(n), asm)
	case *ast.TextBlock:
		s, at := d.gather(n.Lines())
		d.paragraph(s, at, d.whole(n), asm)
	case *ast.Heading:
		h := d.heading(n)
		d.mark(h.Label)
		asm.add(h)
	case *ast.ThematicBreak:
		asm.add(&book.Rule{Node: d.node(d.whole(n))})
	case *ast.Blockquote:
		d.quote(n, asm)
	case *ast.List:
		asm.add(d.list(n))
	case *ast.CodeBlock:
		asm.add(d.indentedCode(n))
	case *ast.FencedCodeBlock:
		asm.add(d.fenced(n))
	case *ast.HTMLBlock:
		d.htmlBlock(n, asm)
	case *east.Table:
		asm.add(d.table(n))
	case *east.DefinitionList:
		asm.add(d.definitions(n))
	case *divNode:
		d.div(n, asm)
	case *pairNode:
		d.pair(n, asm)
	case *indentedNode:
		asm.add(d.admonition(n))
	case *mathNode:
		d.math(n, asm)
	case *noteNode, *ast.LinkReferenceDefinition:
	default:
		panic(fmt.Sprintf("markdown: unknown block %T", n))
	}
}

// node is the common part of a block, with the hints that wait for one.
func (d *document) node(span source.Span) book.Node {
	n := book.Node{Span: span, Hints: d.hints}
	d.hints = nil
	return n
}

// flushHints keeps a hint that no block follows on an empty paragraph.
func (d *document) flushHints(asm *assembly) {
	if d.hints != nil {
		p := &book.Paragraph{Node: d.node(d.hints[len(d.hints)-1].Span)}
		asm.add(p)
	}
}

// nodeOf returns the common part of a block just made, to dress it.
func nodeOf(b book.Block) *book.Node {
	switch b := b.(type) {
	case *book.Paragraph:
		return &b.Node
	case *book.List:
		return &b.Node
	case *book.DefinitionList:
		return &b.Node
	case *book.Quote:
		return &b.Node
	case *book.Code:
		return &b.Node
	case *book.Diagram:
		return &b.Node
	case *book.Math:
		return &b.Node
	case *book.Table:
		return &b.Node
	case *book.Figure:
		return &b.Node
	case *book.Rule:
		return &b.Node
	case *book.Admonition:
		return &b.Node
	case *book.Division:
		return &b.Node
	case *book.ContentsHere:
		return &b.Node
	case *book.IndexHere:
		return &b.Node
	case *book.BibliographyHere:
		return &b.Node
	case *book.Unknown:
		return &b.Node
	case *heading:
		return &b.Node
	}
	panic(fmt.Sprintf("markdown: unknown block %T", b))
}

// dress gives attributes to a block just made.
func (d *document) dress(b book.Block, a *attrs) {
	n := nodeOf(b)
	if a.id != "" {
		n.Label = a.id
		d.mark(a.id)
	}
	n.Classes = append(n.Classes, a.classes...)
	if l := a.get("lang"); l != "" {
		n.Lang = l
	}
	if h := hidden(a.classes); h != "" {
		n.Hidden = h
	}
}

// paragraph reads running text: a paragraph, several cut by display formulae,
// a figure, or a place holder such as [TOC].
func (d *document) paragraph(s []byte, at []lineAt, span source.Span, asm *assembly) {
	if b := d.placeholder(s, span); b != nil {
		asm.add(b)
		return
	}
	if b := d.abbreviations(s, at, span); b != nil {
		asm.add(b)
		return
	}
	before := d.leadingAttrs(s)
	if before != nil {
		i := bytes.IndexByte(s, '\n') + 1
		s, at = s[i:], shift(at, i)
	}
	a, s, own := d.trailingAttrs(s)
	if own {
		if last := asm.last(); last != nil {
			d.dress(last, a)
			return
		}
		a = nil
	}
	ns := d.inline(s, at)
	if len(ns) == 0 {
		return
	}
	from := len(asm.standing())
	d.running(ns, span, asm)
	for _, a := range []*attrs{before, a} {
		if a != nil && len(asm.standing()) == from+1 {
			d.dress(asm.last(), a)
		}
	}
}

// leadingAttrs reads an attribute line at the head of a paragraph: {.lead} on a
// line of its own dresses what follows it; nil: there is none.
func (d *document) leadingAttrs(s []byte) *attrs {
	if len(s) < 4 || s[0] != '{' || s[1] != '.' && s[1] != '#' && s[1] != ':' {
		return nil
	}
	i := bytes.IndexByte(s, '\n')
	if i < 0 || i+1 == len(s) {
		return nil
	}
	line := bytes.TrimRight(s[:i], " \t")
	a, n := readAttrs(line)
	if n == 0 || n != len(line) {
		return nil
	}
	return a
}

// trailingAttrs splits kramdown's attribute line off the end of a paragraph;
// own: the paragraph is nothing else.
func (d *document) trailingAttrs(s []byte) (a *attrs, rest []byte, own bool) {
	if len(s) == 0 || s[len(s)-1] != '}' {
		return nil, s, false
	}
	i := bytes.LastIndexByte(s, '\n') + 1
	line := s[i:]
	if len(line) < 3 || line[0] != '{' || line[1] != ':' && line[1] != '.' && line[1] != '#' {
		return nil, s, false
	}
	a, n := readAttrs(line)
	if n != len(line) {
		return nil, s, false
	}
	if i == 0 {
		return a, s, true
	}
	return a, s[:i-1], false
}

// placeholder recognises a paragraph that only asks for a list to be put there.
func (d *document) placeholder(s []byte, span source.Span) book.Block {
	if len(s) > 40 || len(s) < 4 || s[0] != '[' && s[0] != '\\' && s[0] != '{' {
		return nil
	}
	switch strings.ToLower(string(bytes.TrimSpace(s))) {
	case "[[toc]]", "[toc]", "{:toc}", "{{toc}}", `\tableofcontents`, "[[_toc_]]":
		if d.reference([]byte("toc")) != nil {
			return nil
		}
		return &book.ContentsHere{Node: d.node(span)}
	case "[[index]]", `\printindex`, "{{index}}":
		return &book.IndexHere{Node: d.node(span)}
	case "[[bibliography]]", `\printbibliography`, `\bibliography`, "{{bibliography}}":
		return &book.BibliographyHere{Node: d.node(span)}
	case `\newpage`, `\pagebreak`, `\clearpage`:
		d.hints = append(d.hints, book.Hint{Span: span, Name: "page"})
		return &book.Paragraph{Node: book.Node{Span: span}}
	}
	return nil
}

// running adds inlines as paragraphs and the display formulae between them.
func (d *document) running(ns []book.Inline, span source.Span, asm *assembly) {
	if fig := d.figure(ns, span); fig != nil {
		asm.add(fig)
		return
	}
	displays := d.displays
	d.displays = nil
	start := span.Start
	var cur []book.Inline
	cut := false
	for _, n := range ns {
		var m *book.Math
		m, displays = displayOf(n, displays)
		if m == nil {
			cur = append(cur, n)
			continue
		}
		if t := trimSpace(cur); len(t) > 0 {
			asm.add(&book.Paragraph{Node: d.node(source.Span{File: span.File, Start: start, End: m.Span.Start}), Inlines: t, Continued: cut})
		}
		m.Hints, d.hints = d.hints, nil
		asm.add(m)
		start, cur, cut = m.Span.End, nil, true
	}
	if t := cur; len(t) > 0 {
		if cut {
			t = trimSpace(t)
		}
		if len(t) > 0 {
			asm.add(&book.Paragraph{Node: d.node(source.Span{File: span.File, Start: start, End: span.End}), Inlines: t, Continued: cut})
		}
	}
}

// displayOf is the display formula an inline stands for, and those after it.
// Both lists are in reading order; a formula inside emphasis has none at the
// top and is passed over.
func displayOf(n book.Inline, displays []*book.Math) (*book.Math, []*book.Math) {
	im, ok := n.(*book.InlineMath)
	if !ok {
		return nil, displays
	}
	for len(displays) > 0 && displays[0].Span.Start < im.Span.Start {
		displays = displays[1:]
	}
	if len(displays) > 0 && displays[0].Span == im.Span {
		return displays[0], displays[1:]
	}
	return nil, displays
}

// figure is a paragraph of nothing but pictures.
func (d *document) figure(ns []book.Inline, span source.Span) *book.Figure {
	var images []*book.Image
	for _, n := range ns {
		switch n := n.(type) {
		case *book.Image:
			images = append(images, n)
		case *book.Link: // a picture that links somewhere
			if len(n.Kids) != 1 {
				return nil
			}
			im, ok := n.Kids[0].(*book.Image)
			if !ok {
				return nil
			}
			images = append(images, im)
		case *book.Text:
			if strings.TrimSpace(n.Value) != "" {
				return nil
			}
		case *book.Break:
		default:
			return nil
		}
	}
	if len(images) == 0 {
		return nil
	}
	f := &book.Figure{Node: d.node(span), Images: images}
	for _, im := range images {
		if im.Label != "" && f.Label == "" {
			f.Label = im.Label
			d.mark(im.Label)
		}
	}
	if len(images) == 1 {
		f.Caption = d.captionOf(images[0])
	}
	return f
}

// captionOf takes a picture's caption from its title, else from its
// alternative text unless that says nothing.
func (d *document) captionOf(im *book.Image) []book.Inline {
	c := im.Title
	if c == "" && !emptyAlt(im) {
		c = im.Alt
	}
	if strings.TrimSpace(c) == "" {
		return nil
	}
	return []book.Inline{&book.Text{Leaf: book.Leaf{Span: im.Span}, Value: strings.TrimSpace(c)}}
}

// emptyAlt reports whether alternative text is a file name or a word for
// "picture", as editors and converters leave it.
func emptyAlt(im *book.Image) bool {
	a := strings.ToLower(strings.TrimSpace(im.Alt))
	switch a {
	case "", "image", "img", "alt", "alt text", "picture", "photo", "figure", "screenshot", "图片", "图像", "图", "画像", "image.png", "在这里插入图片描述", "输入图片说明":
		return true
	}
	if i := strings.LastIndexByte(a, '.'); i > 0 && i >= len(a)-5 {
		switch a[i:] {
		case ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp":
			return true
		}
	}
	src := strings.ToLower(im.Src)
	if i := strings.LastIndexAny(src, "/\\"); i >= 0 {
		src = src[i+1:]
	}
	if i := strings.LastIndexByte(src, '.'); i > 0 {
		src = src[:i]
	}
	return a == src
}

// quote is a block quotation, or an alert: > [!NOTE].
func (d *document) quote(n *ast.Blockquote, asm *assembly) {
	span := d.whole(n)
	if p, ok := n.FirstChild().(*ast.Paragraph); ok {
		if kind, title, folded, ok := d.alert(p); ok {
			ad := &book.Admonition{Node: d.node(span), Kind: kind, Title: title, Folded: folded}
			ad.Blocks = d.settle(d.children(n, false))
			asm.add(ad)
			return
		}
	}
	q := &book.Quote{Node: d.node(span), Blocks: d.settle(d.children(n, false))}
	q.Blocks, q.Source = attribution(q.Blocks)
	asm.add(q)
}

// alert reads the [!KIND] title line of a quotation and takes it off.
func (d *document) alert(p *ast.Paragraph) (kind string, title []book.Inline, folded, ok bool) {
	if p.Lines().Len() == 0 {
		return
	}
	l := p.Lines().At(0)
	s := d.text.text[l.Start:l.Stop]
	if !bytes.HasPrefix(s, []byte("[!")) {
		return
	}
	e := bytes.IndexByte(s, ']')
	if e < 3 || !scheme(s[2:e]) || e+1 < len(s) && (s[e+1] == '(' || s[e+1] == '[') {
		return
	}
	kind = strings.ToLower(string(s[2:e]))
	from := e + 1
	if from < len(s) && (s[from] == '-' || s[from] == '+') {
		folded = s[from] == '-'
		from++
	}
	rest := bytes.TrimSpace(s[from:])
	if len(rest) > 0 {
		off := l.Start + from + bytes.Index(s[from:], rest)
		title = d.inline(rest, []lineAt{{0, off}})
	}
	p.Lines().SetSliced(1, p.Lines().Len())
	return kind, title, folded, true
}

// attribution tells the source of a quotation apart: a short last paragraph
// that begins with a dash.
func attribution(bs []book.Block) ([]book.Block, []book.Inline) {
	if len(bs) < 2 {
		return bs, nil
	}
	p, ok := bs[len(bs)-1].(*book.Paragraph)
	if !ok || len(p.Inlines) == 0 {
		return bs, nil
	}
	t, ok := p.Inlines[0].(*book.Text)
	if !ok || !strings.HasPrefix(t.Value, "—") && !strings.HasPrefix(t.Value, "--") || len([]rune(book.PlainText(p.Inlines))) > 60 {
		return bs, nil
	}
	return bs[:len(bs)-1], p.Inlines
}

// settle makes bold paragraphs of headings that stand where no section can
// begin: in a list, a quotation, a box.
func (d *document) settle(bs []book.Block) []book.Block {
	for i, b := range bs {
		h, ok := b.(*heading)
		if !ok {
			continue
		}
		n := h.Node
		n.Classes = append([]string{"heading", fmt.Sprintf("h%d", h.level)}, n.Classes...)
		strong := &book.Strong{Leaf: book.Leaf{Span: h.Span}, Kids: h.inlines}
		bs[i] = &book.Paragraph{Node: n, Inlines: []book.Inline{strong}}
	}
	return bs
}

// openEnded reports something left open at the end.
func (d *document) openEnded(what string, span source.Span) {
	d.diags.Add("fence-unclosed", span,
		diag.T("%s is opened here and never closed", "%s 在这里打开，直到最后也没有结束", what),
		diag.T("add its end where it should stop", "在该结束的地方补上结尾"))
}
