package outline

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf8"

	"banxin/pipeline/book"
	"banxin/pipeline/source"
)

// CaptionProposal is a caption for a figure that has none, for the author to
// take over into book.yaml under the figure's fingerprint.
type CaptionProposal struct {
	Fingerprint string
	Caption     string
	Span        source.Span
}

// Fingerprint names a diagram or a figure by its content, so that it survives
// moves and edits around it: 12 hex digits; "" for other blocks.
func Fingerprint(b book.Block) string {
	var text string
	switch b := b.(type) {
	case *book.Diagram:
		text = b.Language + "\n" + strings.Join(strings.Fields(b.Text), " ")
	case *book.Figure:
		for _, im := range b.Images {
			text += im.Src + "\n"
		}
	default:
		return ""
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:6])
}

// ProposeCaptions proposes captions for the diagrams and figures of a
// recovered book that have none: the label of the list item they stand in, a
// bold line before them, or their section's title. Each fingerprint comes
// once.
func ProposeCaptions(b *book.Book) []CaptionProposal {
	var out []CaptionProposal
	seen := map[string]bool{}
	b.Walk(func(s *book.Section) bool {
		if s.Role.Apparatus() {
			return false
		}
		p := &proposer{seen: seen, out: &out}
		p.blocks(s.Blocks, strings.TrimSpace(book.PlainText(s.Title)))
		return true
	})
	return out
}

type proposer struct {
	seen map[string]bool
	out  *[]CaptionProposal
}

// blocks proposes for a run of blocks whose nearest label so far is label.
func (p *proposer) blocks(bs []book.Block, label string) {
	for _, b := range bs {
		switch b := b.(type) {
		case *book.Paragraph:
			if l := leadLabel(b); l != "" {
				label = l
			}
		case *book.List:
			for _, it := range b.Items {
				p.blocks(it.Blocks, label)
			}
		case *book.Quote:
			p.blocks(b.Blocks, label)
		case *book.Admonition:
			p.blocks(b.Blocks, label)
		case *book.Division:
			p.blocks(b.Blocks, label)
		case *book.Diagram, *book.Figure:
			f := Fingerprint(b)
			if len(captionOf(b)) > 0 || p.seen[f] || label == "" {
				continue
			}
			p.seen[f] = true
			*p.out = append(*p.out, CaptionProposal{Fingerprint: f, Caption: label, Span: b.Where()})
		}
	}
}

// leadLabel returns the bold words that open a paragraph as its label
// (**前向传播**：…), without colon and glosses in brackets.
func leadLabel(p *book.Paragraph) string {
	if len(p.Inlines) == 0 {
		return ""
	}
	s, ok := p.Inlines[0].(*book.Strong)
	if !ok {
		return ""
	}
	words := book.PlainText(s.Kids)
	closed := len(p.Inlines) == 1 || strings.ContainsAny(lastRune(words), "：:")
	if len(p.Inlines) > 1 {
		after := book.PlainText(p.Inlines[1:2])
		closed = closed || strings.HasPrefix(after, "：") || strings.HasPrefix(after, ":")
	}
	if !closed || utf8.RuneCountInString(words) > 40 {
		return ""
	}
	return strings.TrimSpace(strings.TrimRight(words, "：: "))
}

func lastRune(s string) string {
	_, w := utf8.DecodeLastRuneInString(s)
	return s[len(s)-w:]
}

// caption gives figures the captions of the settings, takes typed numbers off
// captions, and makes captions of paragraphs that are typed as such beside
// their float.
func (r *recovery) caption(captions map[string]string) {
	c := &captioner{captions: captions}
	r.book.Preamble = c.blocks(r.book.Preamble)
	r.book.Walk(func(s *book.Section) bool {
		if !s.Role.Apparatus() {
			s.Blocks = c.blocks(s.Blocks)
		}
		return true
	})
}

type captioner struct{ captions map[string]string }

// blocks returns bs, or a copy where something changed.
func (c *captioner) blocks(bs []book.Block) []book.Block {
	var out []book.Block // nil: as bs so far
	change := func(i int) {
		if out == nil {
			out = append(make([]book.Block, 0, len(bs)), bs[:i]...)
		}
	}
	for i := 0; i < len(bs); i++ {
		b := bs[i]
		next := c.inside(b)
		skip := 0
		if kind := floatKind(next); kind != "" {
			switch p := typedCaption(bs, i+1, kind); {
			case p != nil && !numberedCaption(next, kind):
				next, skip = captioned(next, p.Inlines, p.Span), 1
			case out == nil && i > 0 && len(captionOf(next)) == 0 && (kind == "table" || kind == "listing"):
				if p := typedCaption(bs, i-1, kind); p != nil {
					change(i)
					out = out[:len(out)-1]
					next = captioned(next, p.Inlines, p.Span)
				}
			case len(out) > 0 && len(captionOf(next)) == 0 && (kind == "table" || kind == "listing"):
				if p := typedCaption(out, len(out)-1, kind); p != nil {
					out = out[:len(out)-1]
					next = captioned(next, p.Inlines, p.Span)
				}
			}
			next = c.settled(next, kind)
		}
		if next != b || skip > 0 {
			change(i)
		}
		if out != nil {
			out = append(out, next)
		}
		i += skip
	}
	if out == nil {
		return bs
	}
	return out
}

// settled applies the caption of the settings and takes a typed number off.
func (c *captioner) settled(b book.Block, kind string) book.Block {
	if len(captionOf(b)) == 0 && len(c.captions) > 0 {
		if words := c.captions[Fingerprint(b)]; words != "" {
			t := &book.Text{Value: words}
			t.Span = b.Where()
			return captioned(b, []book.Inline{t}, source.Span{})
		}
	}
	ns := captionOf(b)
	if len(ns) == 0 || !startsInText(ns) {
		return b
	}
	words := book.PlainText(ns)
	typed, rest := captionNumber(words, kind)
	if rest == 0 {
		return b
	}
	b = captioned(b, trimStart(ns, rest), source.Span{})
	switch b := b.(type) {
	case *book.Figure:
		b.Typed = typed
	case *book.Diagram:
		b.Typed = typed
	case *book.Table:
		b.Typed = typed
	case *book.Code:
		b.Typed = typed
	}
	return b
}

// inside returns b, or a copy of a container in which something changed.
func (c *captioner) inside(b book.Block) book.Block {
	switch b := b.(type) {
	case *book.List:
		items, changed := make([]*book.Item, len(b.Items)), false
		for i, it := range b.Items {
			items[i] = it
			if bs := c.blocks(it.Blocks); !same(bs, it.Blocks) {
				n := *it
				n.Blocks, items[i], changed = bs, &n, true
			}
		}
		if changed {
			n := *b
			n.Items = items
			return &n
		}
	case *book.Quote:
		if bs := c.blocks(b.Blocks); !same(bs, b.Blocks) {
			n := *b
			n.Blocks = bs
			return &n
		}
	case *book.Admonition:
		if bs := c.blocks(b.Blocks); !same(bs, b.Blocks) {
			n := *b
			n.Blocks = bs
			return &n
		}
	case *book.Division:
		if bs := c.blocks(b.Blocks); !same(bs, b.Blocks) {
			n := *b
			n.Blocks = bs
			return &n
		}
	}
	return b
}

func same(a, b []book.Block) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// floatKind names what a block's caption calls it; "" if it takes none.
func floatKind(b book.Block) string {
	switch b.(type) {
	case *book.Figure, *book.Diagram:
		return "figure"
	case *book.Table:
		return "table"
	case *book.Code:
		return "listing"
	}
	return ""
}

func captionOf(b book.Block) []book.Inline {
	switch b := b.(type) {
	case *book.Figure:
		return b.Caption
	case *book.Diagram:
		return b.Caption
	case *book.Table:
		return b.Caption
	case *book.Code:
		return b.Caption
	}
	return nil
}

func numberedCaption(b book.Block, kind string) bool {
	_, rest := captionNumber(book.PlainText(captionOf(b)), kind)
	return rest > 0
}

// captioned returns a copy of b with a caption; at, if not zero, joins its
// span.
func captioned(b book.Block, ns []book.Inline, at source.Span) book.Block {
	switch b := b.(type) {
	case *book.Figure:
		c := *b
		c.Caption, c.Span = ns, b.Span.Join(at)
		return &c
	case *book.Diagram:
		c := *b
		c.Caption, c.Span = ns, b.Span.Join(at)
		return &c
	case *book.Table:
		c := *b
		c.Caption, c.Span = ns, b.Span.Join(at)
		return &c
	case *book.Code:
		c := *b
		c.Caption, c.Span = ns, b.Span.Join(at)
		return &c
	}
	return b
}

// typedCaption returns paragraph i of bs if it is a caption typed as text: a
// number of the kind, then words that are no sentence.
func typedCaption(bs []book.Block, i int, kind string) *book.Paragraph {
	if i < 0 || i >= len(bs) {
		return nil
	}
	p, ok := bs[i].(*book.Paragraph)
	if !ok || p.Span.End-p.Span.Start > 300 || !startsInText(p.Inlines) {
		return nil
	}
	words := strings.TrimSpace(book.PlainText(p.Inlines))
	if _, rest := captionNumber(words, kind); rest == 0 || strings.HasSuffix(words, "。") {
		return nil
	}
	return p
}

// captionNumber reads 图3-1, 表 2.1, Figure 4:, 代码清单3-2 at the start of a
// caption. rest is where its words begin, 0 if it has no number.
func captionNumber(s, kind string) (typed string, rest int) {
	var labels []string
	switch kind {
	case "figure":
		labels = []string{"图表", "图", "圖", "図", "그림", "Figure", "Fig."}
	case "table":
		labels = []string{"表格", "表", "표", "Table"}
	case "listing":
		labels = []string{"代码清单", "程序清单", "示例代码", "代码", "清单", "程式碼", "リスト", "Listing"}
	}
	lead := len(s) - len(strings.TrimLeftFunc(s, unicode.IsSpace))
	for _, l := range labels {
		if !strings.HasPrefix(s[lead:], l) {
			continue
		}
		i := lead + len(l)
		i += len(s[i:]) - len(strings.TrimLeft(s[i:], " \u00a0\u3000"))
		v, w, f := book.ScanFigures(s[i:])
		if w == 0 || v > 999 || f == book.Spelled {
			return "", 0
		}
		i += w
		for {
			c, m := utf8.DecodeRuneInString(s[i:])
			_, w, f := book.ScanFigures(s[i+m:])
			if !strings.ContainsRune("-.－．–—", c) || w == 0 || f != book.Arabic {
				break
			}
			i += m + w
		}
		typed = s[lead:i]
		c, m := utf8.DecodeRuneInString(s[i:])
		if i < len(s) && !unicode.IsSpace(c) && !strings.ContainsRune("：:.．、", c) {
			return "", 0
		}
		if strings.ContainsRune("：:.．、", c) {
			i += m
		}
		return typed, i + len(s[i:]) - len(strings.TrimLeftFunc(s[i:], unicode.IsSpace))
	}
	return "", 0
}
