package epub

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"banxin/pipeline/book"
)

// renderer writes one document.
type renderer struct {
	markup
	*plan
	doc             int
	inLink          bool // links do not nest
	quiet           bool // no ids, calls or page breaks: text that stands elsewhere too
	hasMath, hasSVG bool
	drawings        int // of the document, for their ids
}

// properties of the document's manifest item.
func (r *renderer) properties() string {
	var s []string
	if r.hasMath {
		s = append(s, "mathml")
	}
	if r.hasSVG {
		s = append(s, "svg")
	}
	return strings.Join(s, " ")
}

func (r *renderer) inlines(ns []book.Inline) {
	for _, n := range ns {
		r.inline(n)
	}
}

// wrap writes inlines inside an element.
func (r *renderer) wrap(name string, kids []book.Inline, attrs ...string) {
	r.open(name, attrs...)
	r.inlines(kids)
	r.close(name)
}

func (r *renderer) inline(n book.Inline) {
	switch n := n.(type) {
	case *book.Text:
		r.running(n)
	case *book.Emph:
		class := ""
		if isHan(r.lang) && !anyWide(book.PlainText(n.Kids)) {
			class = "latin"
		}
		r.wrap("em", n.Kids, "class", class)
	case *book.Strong:
		r.wrap("strong", n.Kids)
	case *book.Strike:
		r.wrap("s", n.Kids)
	case *book.Dotted:
		r.wrap("em", n.Kids, "class", "dotted")
	case *book.Underline:
		r.wrap("u", n.Kids)
	case *book.ProperName:
		r.wrap("u", n.Kids, "class", "proper-name")
	case *book.BookName:
		r.wrap("u", n.Kids, "class", "book-name")
	case *book.Mark:
		r.wrap("mark", n.Kids)
	case *book.Sub:
		r.wrap("sub", n.Kids)
	case *book.Sup:
		r.wrap("sup", n.Kids)
	case *book.Small:
		r.wrap("small", n.Kids)
	case *book.Kbd:
		r.wrap("kbd", n.Kids)
	case *book.Verbatim:
		r.element("code", n.Text)
	case *book.InlineMath:
		r.formula(n.TeX, false)
	case *book.Link:
		r.link(n)
	case *book.Image:
		r.picture(n)
	case *book.Break:
		r.raw("<br/>")
	case *book.NoteRef:
		r.noteCall(n)
	case *book.CrossRef:
		r.crossRef(n)
	case *book.Cite:
		r.linked(n, r.citation(n))
	case *book.Ruby:
		r.ruby(n)
	case *book.IndexTerm:
		r.wrap("span", n.Kids, "id", r.id(r.anchors[n]))
	case *book.Anchor:
		if !r.quiet {
			r.wrap("span", nil, "id", r.anchors[n])
		}
	case *book.Styled:
		r.wrap("span", n.Kids, "class", classes(n.Classes), "lang", n.Lang, "xml:lang", n.Lang)
	default:
		panic(fmt.Sprintf("epub: unknown inline %T", n))
	}
}

// id is an id where it may be written.
func (r *renderer) id(id string) string {
	if r.quiet {
		return ""
	}
	return id
}

// running writes a text with the page breaks and the prose references in it.
func (r *renderer) running(n *book.Text) {
	refs, cuts := r.Index.Prose[n], r.folios.texts[n]
	if len(refs) == 0 && len(cuts) == 0 || r.quiet {
		r.text(n.Value)
		return
	}
	at := 0
	upTo := func(end int) {
		for len(cuts) > 0 && cuts[0].at <= end {
			r.text(n.Value[at:max(at, cuts[0].at)])
			at = max(at, cuts[0].at)
			r.pageBreak(cuts[0].cut, "span")
			cuts = cuts[1:]
		}
		r.text(n.Value[at:end])
		at = end
	}
	for _, ref := range refs {
		p, ok := r.target(ref.Target)
		if !ok || r.inLink || ref.Start < at || ref.End > len(n.Value) || ref.End <= ref.Start {
			continue
		}
		upTo(ref.Start)
		r.open("a", "class", "ref", "href", r.href(r.doc, p))
		upTo(ref.End)
		r.close("a")
	}
	upTo(len(n.Value))
}

// linked writes inlines as a link to what the index resolves n to, or bare.
func (r *renderer) linked(n book.Inline, kids []book.Inline) {
	p, ok := r.target(r.Index.Links[n])
	if !ok || r.inLink || r.quiet {
		r.inlines(kids)
		return
	}
	r.open("a", "class", "ref", "href", r.href(r.doc, p))
	r.inLink = true
	r.inlines(kids)
	r.inLink = false
	r.close("a")
}

func (r *renderer) link(n *book.Link) {
	if _, ok := r.target(r.Index.Links[n]); ok {
		r.linked(n, n.Kids)
		return
	}
	dest := outside(n.Dest)
	if p, ok := r.labels[n.Target]; ok {
		dest = r.href(r.doc, p)
	}
	if dest == "" || r.inLink || r.quiet {
		r.inlines(n.Kids)
		return
	}
	class := ""
	if n.Auto || len(n.Kids) == 0 || book.PlainText(n.Kids) == n.Dest {
		class = "url"
	}
	r.open("a", "class", class, "href", dest, "title", n.Title)
	r.inLink = true
	if len(n.Kids) == 0 {
		r.text(n.Dest)
	}
	r.inlines(n.Kids)
	r.inLink = false
	r.close("a")
}

// outside is an address as an href; "" if a reader could not follow it (no
// known scheme, no host, not an address at all).
func outside(dest string) string {
	u, err := url.Parse(strings.TrimSpace(dest))
	if err != nil {
		return ""
	}
	switch u.Scheme {
	case "http", "https", "ftp":
		if u.Hostname() == "" || strings.ContainsAny(u.Host, " <>\"{}|\\^`%*") {
			return ""
		}
	case "mailto", "tel":
		if u.Opaque == "" {
			return ""
		}
	default:
		return ""
	}
	return escapeAddress(strings.TrimSpace(dest))
}

// escapeAddress percent-encodes what RFC 3986 does not allow in an address;
// brackets belong to hosts alone, a second # to a fragment.
func escapeAddress(s string) string {
	const upper = "0123456789ABCDEF"
	hex := func(i int) bool { return i < len(s) && strings.IndexByte("0123456789abcdefABCDEF", s[i]) >= 0 }
	out := make([]byte, 0, len(s)+16)
	authority, fragment := strings.Index(s, "//"), false
	host := len(s)
	if authority >= 0 {
		if i := strings.IndexAny(s[authority+2:], "/?#"); i >= 0 {
			host = authority + 2 + i
		}
	} else {
		host = 0
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		ok := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~:/?@!$&'()*+,;=", c) >= 0
		switch {
		case c == '#' && !fragment:
			ok, fragment = true, true
		case c == '%':
			ok = hex(i+1) && hex(i+2)
		case i < host:
			ok = ok || c == '[' || c == ']' || c >= 0x80 // an international name
		}
		if ok {
			out = append(out, c)
		} else {
			out = append(out, '%', upper[c>>4], upper[c&15])
		}
	}
	return string(out)
}

func (r *renderer) crossRef(n *book.CrossRef) {
	text, ok := r.Index.Refs[n]
	if !ok {
		text = n.Prose
		if text == "" {
			text = n.Target
		}
	}
	r.linked(n, []book.Inline{&book.Text{Value: text}})
}

func (r *renderer) noteCall(n *book.NoteRef) {
	if n.Note == nil || r.quiet {
		return
	}
	mark := r.mark(r.numbers[n.Note])
	if r.inLink {
		r.element("sup", mark, "id", r.calls[n])
		return
	}
	r.raw("<sup>")
	m := r.noteMarkup()
	r.element("a", mark, "class", m.callClass, "epub:type", m.callType, "role", "doc-noteref", "id", r.calls[n], "href", r.href(r.doc, r.noteAt[n.Note]))
	r.raw("</sup>")
}

// mark is a note's number as the layout writes it.
func (s *plan) mark(n int) string {
	switch s.Layout.Notes.Mark {
	case "circled":
		switch {
		case n >= 1 && n <= 20:
			return string(rune('①' + n - 1))
		case n >= 21 && n <= 35:
			return string(rune('㉑' + n - 21))
		case n >= 36 && n <= 50:
			return string(rune('㊱' + n - 36))
		}
	case "arabic":
		return strconv.Itoa(n)
	}
	return "[" + strconv.Itoa(n) + "]"
}

// ruby writes one rt for every base.
func (r *renderer) ruby(n *book.Ruby) {
	r.raw("<ruby>")
	for i, base := range n.Base {
		r.text(base)
		if i < len(n.Reading) {
			r.element("rt", n.Reading[i])
		}
	}
	r.raw("</ruby>")
}

// classes makes a class attribute of an author's classes, prefixed so that
// they cannot meet this package's own.
func classes(cs []string) string {
	var out []string
	for _, c := range cs {
		if isName(c) {
			out = append(out, "x-"+c)
		}
	}
	return strings.Join(out, " ")
}
