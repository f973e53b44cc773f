package typeset

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"banxin/pipeline/book"
	"banxin/pipeline/font"
	"banxin/pipeline/page"
	"banxin/pipeline/source"
	"banxin/pipeline/unit"
	"banxin/pipeline/xref"
)

// decor is what is drawn around characters.
type decor uint16

const (
	underline decor = 1 << iota
	properName
	bookName
	strike
	highlight
	dotted
	keycap
)

// look is how characters are set.
type look struct {
	role         font.Role
	bold, italic bool
	lang         string
	size         unit.Length
	raise        unit.Length // of the baseline, upwards
	color        page.Color
	decor        decor
	verbatim     bool // code: no hyphens, spaces as written
	call         bool // a note's call: sticks to what stands before it
}

// strand is a stretch of characters of one node in one look.
type strand struct {
	look look
	span source.Span
	// exact is set if the characters are the span's own bytes, so that a part
	// of them has a span of its own. start is their offset in the flat text.
	exact bool
	start int32
	link  int32 // index into flat.links, -1: none
	tag   int32
	faces *faceTable
}

// char is a character of the flat text, or a thing that stands in one's place.
type char struct {
	r        rune
	kind     kind
	strand   int32
	off, end int32 // bytes of flat.text
	thing    int32 // index into flat.things, -1: none
	stands   rune  // the curly quote a straight one stands for; 0
}

// objectRune stands for a thing (U+FFFC, object replacement character).
const objectRune = '\uFFFC'

// thing is what stands in a line without being a character.
type thing struct {
	frame *page.Frame // on the baseline; nil for what has no extent
	ruby  *book.Ruby
	dest  string
	note  *book.Note
	tag   int32
	// follows: the next thing is the same formula's next piece, behind white;
	// a line may end between them at a cost.
	follows bool
	white   unit.Length
	cost    int32
}

// flat is a text's inlines as one run of characters: styles are strands of
// it, so what happens between two characters does not depend on where a style
// ends (typography P2).
type flat struct {
	text    []byte
	chars   []char
	strands []strand
	things  []thing
	links   []page.Link
}

func (f *flat) reset() {
	f.text, f.chars, f.strands = f.text[:0], f.chars[:0], f.strands[:0]
	f.things, f.links = nil, nil
}

// flattener walks the inlines of one text.
type flattener struct {
	*setter
	t *text
	*flat
}

// mood is what the inlines around one say about it.
type mood struct {
	look look
	link int32
	tag  int32
}

func (f *flattener) walk(ns []book.Inline, m mood) {
	for _, n := range ns {
		f.inline(n, m)
	}
}

// inline enters one node: text, what has a look of its own, or a thing.
func (f *flattener) inline(n book.Inline, m mood) {
	if tag, ok := f.t.tags[n]; ok {
		m.tag = tag
	}
	switch n := n.(type) {
	case *book.Text:
		f.running(n, m)
	case *book.Verbatim:
		f.verbatim(n.Text, n.Span, m)
	case *book.InlineMath:
		f.formula(n, m)
	case *book.Link:
		f.link(n, m)
	case *book.Image:
		f.image(n, m)
	case *book.Break:
		f.special('\n', m, n.Span)
	case *book.NoteRef:
		f.call(n, m)
	case *book.CrossRef:
		f.reference(n, m)
	case *book.Cite:
		f.cite(n, m)
	case *book.Ruby:
		f.object(thing{ruby: n}, m, n.Span)
	case *book.IndexTerm:
		if t := f.target(n); t != nil {
			f.object(thing{dest: t.Label}, m, n.Span)
		}
		f.walk(n.Kids, m)
	case *book.Anchor:
		f.object(thing{dest: n.ID}, m, n.Span)
	default:
		f.dressed(n, m)
	}
}

// dressed enters a node that gives what stands in it another look.
func (f *flattener) dressed(n book.Inline, m mood) {
	switch n := n.(type) {
	case *book.Emph:
		m.look = f.emphasis(m.look)
		f.walk(n.Kids, m)
	case *book.Strong:
		m.look.role, m.look.bold = font.Hei, true
		f.walk(n.Kids, m)
	case *book.Strike:
		f.decorated(n.Kids, m, strike)
	case *book.Dotted:
		f.decorated(n.Kids, m, dotted)
	case *book.Underline:
		f.decorated(n.Kids, m, underline)
	case *book.ProperName:
		f.decorated(n.Kids, m, properName)
	case *book.BookName:
		f.decorated(n.Kids, m, bookName)
	case *book.Mark:
		f.decorated(n.Kids, m, highlight)
	case *book.Kbd:
		m.look.role = font.Mono
		m.look.size = m.look.size.Em(850)
		f.decorated(n.Kids, m, keycap)
	case *book.Sub:
		m.look.raise -= m.look.size.Em(180)
		m.look.size = m.look.size.Em(650)
		f.walk(n.Kids, m)
	case *book.Sup:
		m.look.raise += m.look.size.Em(350)
		m.look.size = m.look.size.Em(650)
		f.walk(n.Kids, m)
	case *book.Small:
		m.look.size = m.look.size.Em(850)
		f.walk(n.Kids, m)
	case *book.Styled:
		f.walk(n.Kids, f.styled(n, m))
	default:
		panic(fmt.Sprintf("typeset: unknown inline %T", n))
	}
}

func (f *flattener) decorated(ns []book.Inline, m mood, d decor) {
	m.look.decor |= d
	f.walk(ns, m)
}

// emphasis is 楷体 without a slant, or dots where no 楷体 is found (typography
// I1, I2); Latin letters are italic either way.
func (s *setter) emphasis(l look) look {
	l.italic = !l.italic
	if !tongueOf(l.lang).cjk() {
		return l
	}
	if s.fonts.Primary(font.Style{Role: font.Kai, Lang: l.lang}) == nil {
		l.decor |= dotted
		return l
	}
	l.role = font.Kai
	return l
}

func (f *flattener) styled(n *book.Styled, m mood) mood {
	if n.Lang != "" {
		m.look.lang = plainLang(n.Lang)
	}
	for _, c := range n.Classes {
		switch c {
		case "song", "hei", "kai", "mono":
			m.look.role = font.Role(c)
		case "small":
			m.look.size = m.look.size.Em(850)
		case "underline":
			m.look.decor |= underline
		case "mark":
			m.look.decor |= highlight
		}
	}
	return m
}

// running enters text; references that xref found in it become links.
func (f *flattener) running(n *book.Text, m mood) {
	exact := n.Span.End-n.Span.Start == len(n.Value)
	at := 0
	enter := func(to int, link, tag int32) {
		if to <= at {
			return
		}
		span := n.Span
		if exact {
			span = n.Span.Sub(at, to)
		}
		f.characters(n.Value[at:to], span, exact, mood{look: m.look, link: link, tag: tag})
		at = to
	}
	if f.index != nil && m.link < 0 {
		tags := f.t.prose[n]
		for i, r := range f.index.Prose[n] {
			if r.Target == nil || r.Start < at || r.End > len(n.Value) || r.Start >= r.End {
				continue
			}
			tag := m.tag
			if i < len(tags) {
				tag = tags[i]
			}
			enter(r.Start, -1, m.tag)
			enter(r.End, f.linkTo(page.Link{Dest: r.Target.Label, Span: n.Span}), tag)
		}
	}
	enter(len(n.Value), m.link, m.tag)
}

func (f *flattener) linkTo(l page.Link) int32 {
	f.links = append(f.links, l)
	return int32(len(f.links) - 1)
}

func (f *flattener) target(n book.Inline) *xref.Target {
	if f.index == nil {
		return nil
	}
	return f.index.Links[n]
}

func (f *flattener) link(n *book.Link, m mood) {
	if t := f.target(n); t != nil {
		m.link = f.linkTo(page.Link{Dest: t.Label, Alt: n.Title, Span: n.Span})
	} else if scheme, _, ok := strings.Cut(n.Dest, ":"); ok && scheme != "" && !strings.ContainsAny(scheme, "/#?. ") {
		m.link = f.linkTo(page.Link{URI: n.Dest, Alt: n.Title, Span: n.Span})
	}
	if m.link >= 0 && f.layout.Color.Screen {
		m.look.color = linkColor(f.layout.Color.Link)
	}
	f.walk(n.Kids, m)
}

// reference prints what xref made of a cross reference, else what was written.
func (f *flattener) reference(n *book.CrossRef, m mood) {
	said := n.Prose
	if f.index != nil {
		if s, ok := f.index.Refs[n]; ok {
			said = s
		}
		if t := f.index.Links[n]; t != nil && m.link < 0 {
			m.link = f.linkTo(page.Link{Dest: t.Label, Span: n.Span})
		}
	}
	if said == "" {
		said = n.Target
	}
	f.characters(said, n.Span, false, m)
}

func (f *flattener) cite(n *book.Cite, m mood) {
	said := n.Rendered
	if f.index != nil {
		if c, ok := f.index.Cites[n]; ok {
			said = c
		}
	}
	if t := f.target(n); t != nil && m.link < 0 {
		m.link = f.linkTo(page.Link{Dest: t.Label, Span: n.Span})
	}
	f.walk(said, m)
}

// call prints a note's mark; it never starts a line (typography U3).
func (f *flattener) call(n *book.NoteRef, m mood) {
	if n.Note == nil {
		return
	}
	number := max(1, f.t.numbers[n.Note])
	if t := f.target(n); t != nil {
		m.link = f.linkTo(page.Link{Dest: t.Label, Span: n.Span})
	}
	f.object(thing{note: n.Note, tag: m.tag}, m, n.Span)
	m.look.raise += m.look.size.Em(380)
	m.look.size = m.look.size.Em(620)
	m.look.call, m.look.decor, m.look.italic = true, 0, false
	f.characters(noteMark(f.layout.Notes.Mark, number), n.Span, false, m)
}

// noteMark is how a note's number is printed: circled as far as Unicode goes.
func noteMark(style string, n int) string {
	switch {
	case style == "bracket":
		return fmt.Sprintf("[%d]", n)
	case style == "circled" && n >= 1 && n <= 20:
		return string(rune('①' + n - 1))
	case style == "circled" && n >= 21 && n <= 35:
		return string(rune('㉑' + n - 21))
	case style == "circled" && n >= 36 && n <= 50:
		return string(rune('㊱' + n - 36))
	}
	return fmt.Sprint(n)
}

func (f *flattener) verbatim(s string, span source.Span, m mood) {
	m.look = f.codeLook(m.look)
	f.characters(s, span, false, m)
}

func (s *setter) codeLook(l look) look {
	st := s.layout.Styles["inline-code"]
	if st.Role != "" {
		l.role = font.Role(st.Role)
	} else {
		l.role = font.Mono
	}
	if st.Size > 0 && s.layout.Body.Size > 0 {
		l.size = l.size.Scale(int64(st.Size), int64(s.layout.Body.Size))
	}
	l.bold, l.italic, l.verbatim = l.bold || st.Bold, false, true
	return l
}

// strandOf returns the strand for characters of a node in a mood.
func (f *flattener) strandOf(m mood, span source.Span, exact bool) int32 {
	f.strands = append(f.strands, strand{look: m.look, span: span, exact: exact,
		start: int32(len(f.text)), link: m.link, tag: m.tag, faces: f.table(m.look)})
	return int32(len(f.strands) - 1)
}

// characters enters text. White space is a space, several are one, except in
// code; control characters are nothing.
func (f *flattener) characters(s string, span source.Span, exact bool, m mood) {
	if s == "" {
		return
	}
	id := f.strandOf(m, span, exact)
	start := len(f.text)
	f.text = append(f.text, s...)
	for i, r := range s {
		size := utf8.RuneLen(r)
		if r == utf8.RuneError {
			_, size = utf8.DecodeRuneInString(s[i:])
		}
		k := kindOf(r)
		if k == spaceKind && !m.look.verbatim {
			if n := len(f.chars); n > 0 && f.chars[n-1].kind == spaceKind && !f.strands[f.chars[n-1].strand].look.verbatim {
				continue
			}
		}
		if k == nothing {
			continue
		}
		f.chars = append(f.chars, char{r: r, kind: k, strand: id, off: int32(start + i), end: int32(start + i + size), thing: -1})
	}
}

// special enters a character that says something to the setter only.
func (f *flattener) special(r rune, m mood, span source.Span) {
	id := f.strandOf(m, span, false)
	at := int32(len(f.text))
	f.chars = append(f.chars, char{r: r, kind: hardKind, strand: id, off: at, end: at, thing: -1})
}

// object enters a thing.
func (f *flattener) object(t thing, m mood, span source.Span) {
	t.tag = m.tag
	id := f.strandOf(m, span, false)
	at := int32(len(f.text))
	k := objectKind
	if t.frame == nil && t.ruby == nil {
		k = markerKind
	}
	f.chars = append(f.chars, char{r: objectRune, kind: k, strand: id, off: at, end: at, thing: int32(len(f.things))})
	f.things = append(f.things, t)
}
