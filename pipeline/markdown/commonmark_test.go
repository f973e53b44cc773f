package markdown

import (
	"bytes"
	"fmt"
	"html"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	ghtml "github.com/yuin/goldmark/renderer/html"

	"banxin/pipeline/book"
	"banxin/pipeline/source"
)

// inlineHTML writes inlines as goldmark's renderer would.
func inlineHTML(b *strings.Builder, ns []book.Inline) {
	wrap := func(tag string, kids []book.Inline) {
		b.WriteString("<" + tag + ">")
		inlineHTML(b, kids)
		b.WriteString("</" + tag + ">")
	}
	for _, n := range ns {
		switch n := n.(type) {
		case *book.Text:
			b.WriteString(html.EscapeString(n.Value))
		case *book.Emph:
			wrap("em", n.Kids)
		case *book.Strong:
			wrap("strong", n.Kids)
		case *book.Strike:
			wrap("del", n.Kids)
		case *book.Verbatim:
			b.WriteString("<code>" + html.EscapeString(n.Text) + "</code>")
		case *book.Break:
			b.WriteString("<br>")
		case *book.Link:
			fmt.Fprintf(b, "<a %s %s>", n.Dest, n.Title)
			inlineHTML(b, n.Kids)
			b.WriteString("</a>")
		case *book.Image:
			fmt.Fprintf(b, "<img %s %s %s>", n.Src, n.Alt, n.Title)
		default:
			fmt.Fprintf(b, "<%T>", n)
		}
	}
}

func oursHTML(md string) string {
	bk, _ := Parse(&source.Manuscript{Files: []*source.File{source.NewFile("a.md", []byte(md))}}, Options{})
	var b strings.Builder
	for _, bl := range bk.Preamble {
		switch bl := bl.(type) {
		case *book.Paragraph:
			inlineHTML(&b, bl.Inlines)
		case *book.Figure:
			for _, im := range bl.Images {
				inlineHTML(&b, []book.Inline{im})
			}
		default:
			fmt.Fprintf(&b, "<%T>", bl)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// theirsHTML is goldmark's reading in the same form.
func theirsHTML(t *testing.T, md string) string {
	var out bytes.Buffer
	g := goldmark.New(goldmark.WithExtensions(extension.Strikethrough), goldmark.WithRendererOptions(ghtml.WithUnsafe()))
	if err := g.Convert([]byte(md), &out); err != nil {
		t.Fatal(err)
	}
	s := out.String()
	s = strings.NewReplacer("<p>", "", "</p>", "", "<br />\n", "<br>", `<a href="`, "<a ", `">`, " >", "&quot;", "&#34;").Replace(s)
	s = strings.ReplaceAll(strings.TrimRight(s, "\n"), "\n", " ") + "\n"
	s = strings.ReplaceAll(s, "<br> ", "<br>")
	return s
}

// TestAsGoldmark compares running text with goldmark's own reading, on text
// where the two have no reason to differ.
func TestAsGoldmark(t *testing.T) {
	for _, md := range []string{
		"*a* **b** ***c*** _d_ __e__ ~~f~~",
		"*a **b** c* **a *b* c**",
		"a*b*c a_b_c a**b**c a__b__c",
		"**a*b** *a**b*",
		"*a `*` b* `a`` `b ``c` d``",
		"*a\nb* **c\\\nd** e",
		"\\*a\\* \\a \\\\ &amp; &copy; &#65; &nope; &",
		"x * a* ** b** _ c_ (*d*) \"*e*\"",
		"*(**a**)* **a \"b\" c** _a_.",
		"***a** b* ***a* b** *a **b***",
		"**a***b*** *a* *b*c*",
		"<https://a.b/c> <m@x.yz>",
		"`` ` `` ` a ` `  ` `a\nb`",
		"one\ntwo\n  three",
	} {
		if got, want := oursHTML(md), theirsHTML(t, md); got != want {
			t.Errorf("%q\n got %s want %s", md, got, want)
		}
	}
}
