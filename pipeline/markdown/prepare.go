package markdown

import (
	"bytes"
	"path"
	"strconv"
	"strings"
	"unicode/utf8"

	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

// maxIncludes is how deep includes nest.
const maxIncludes = 10

// prepare makes the text the block parser reads: see prepared.
func (d *document) prepare() {
	f := d.file
	_, _, body, _ := source.FrontMatter(f.Text)
	p := &prepared{root: f}
	d.text = p
	if bytes.IndexByte(f.Text, '\r') < 0 && !bytes.Contains(f.Text, []byte("{{#")) {
		p.text = f.Text[body:]
		p.pieces = []piece{{at: 0, file: f, off: body}}
	} else {
		s := &splicer{d: d, p: p}
		p.text = make([]byte, 0, len(f.Text))
		s.file(f, body, len(f.Text), 0, 0)
		if len(p.pieces) == 0 {
			p.pieces = []piece{{file: f, off: body}}
		}
	}
	p.dirty = bytes.IndexByte(p.text, 0) >= 0 || !utf8.Valid(p.text)
}

// splicer copies text with its line ends made plain and its includes spliced in.
type splicer struct {
	d    *document
	p    *prepared
	open []string // files being included, to see cycles
}

// file copies bytes [a, b) of f; rootTo > 0 says which range of the chapter
// stands for them.
func (s *splicer) file(f *source.File, a, b, rootFrom, rootTo int) {
	for a < b {
		i := bytes.Index(f.Text[a:b], []byte("{{#"))
		if i < 0 {
			break
		}
		i += a
		end := bytes.Index(f.Text[i:min(b, i+1000)], []byte("}}"))
		if end < 0 {
			s.copy(f, a, i+3, rootFrom, rootTo)
			a = i + 3
			continue
		}
		end += i + 2
		if i > a && f.Text[i-1] == '\\' { // mdBook's escape
			s.copy(f, a, i-1, rootFrom, rootTo)
			s.copy(f, i, end, rootFrom, rootTo)
			a = end
			continue
		}
		s.copy(f, a, i, rootFrom, rootTo)
		from, to := rootFrom, rootTo
		if to == 0 {
			from, to = i, end
		}
		if !s.directive(f, i, end, from, to) {
			s.copy(f, i, end, rootFrom, rootTo)
		}
		a = end
	}
	s.copy(f, a, b, rootFrom, rootTo)
}

// copy appends bytes [a, b) of f with \r\n and \r as \n.
func (s *splicer) copy(f *source.File, a, b, rootFrom, rootTo int) {
	for a < b {
		s.p.pieces = append(s.p.pieces, piece{at: len(s.p.text), file: f, off: a, rootFrom: rootFrom, rootTo: rootTo})
		i := bytes.IndexByte(f.Text[a:b], '\r')
		if i < 0 {
			s.p.text = append(s.p.text, f.Text[a:b]...)
			return
		}
		s.p.text = append(s.p.text, f.Text[a:a+i]...)
		a += i + 1
		if a >= len(f.Text) || f.Text[a] != '\n' {
			s.p.text = append(s.p.text, '\n')
		}
	}
}

// directive carries out {{#include file:range}} and its kin; false: it is none.
func (s *splicer) directive(f *source.File, i, end, rootFrom, rootTo int) bool {
	name, arg, _ := strings.Cut(strings.TrimSpace(string(f.Text[i+3:end-2])), " ")
	arg = strings.TrimSpace(arg)
	span := source.Span{File: f, Start: i, End: end}
	switch name {
	case "title":
		return true
	case "include", "rustdoc_include", "playground", "playpen":
	default:
		return false
	}
	arg, _, _ = strings.Cut(arg, " ")
	file, part, _ := strings.Cut(arg, ":")
	where := path.Join(path.Dir(f.Path), file)
	if path.IsAbs(file) || where == ".." || strings.HasPrefix(where, "../") {
		s.d.diags.Add("include-refused", span,
			diag.T("the include %s leads out of the book's folder and was not read", "包含的 %s 在书的文件夹之外，没有读取", file))
		return false
	}
	g := s.d.parser.opt.Included[where]
	switch {
	case g == nil:
		s.d.diags.Add("include-missing", span, diag.T("included file not found: %s", "找不到包含的文件：%s", where))
		return false
	case len(s.open) >= maxIncludes || contains(s.open, where) || where == s.p.root.Path:
		s.d.diags.Add("include-refused", span, diag.T("%s includes itself", "%s 循环包含了自己", where))
		return false
	}
	ranges, ok := chosen(g, part)
	if !ok {
		s.d.diags.Add("include-missing", span, diag.T("%s has no part %q", "%s 里没有 %q 这一段", where, part))
		return false
	}
	s.open = append(s.open, where)
	if name == "playground" || name == "playpen" {
		s.literal("```rust\n", f, i)
	}
	for k, r := range ranges {
		if k > 0 {
			s.literal("\n", f, i)
		}
		s.file(g, r[0], r[1], rootFrom, rootTo)
	}
	if name == "playground" || name == "playpen" {
		s.literal("\n```\n", f, i)
	}
	s.open = s.open[:len(s.open)-1]
	return true
}

// literal appends text nobody wrote; it stands where the directive does.
func (s *splicer) literal(t string, f *source.File, off int) {
	s.p.pieces = append(s.p.pieces, piece{at: len(s.p.text), file: f, off: off})
	s.p.text = append(s.p.text, t...)
}

func contains(list []string, s string) bool {
	for _, t := range list {
		if t == s {
			return true
		}
	}
	return false
}

// chosen are the byte ranges of g that a part names: "", "anchor", "3", "3:7",
// ":7", "3:". Lines that mark anchors are left out.
func chosen(g *source.File, part string) ([][2]int, bool) {
	first, last := 1, g.Lines()
	anchor := ""
	if part != "" {
		a, b, isRange := strings.Cut(part, ":")
		na, ea := strconv.Atoi(a)
		nb, eb := strconv.Atoi(b)
		switch {
		case a != "" && ea != nil:
			anchor = part
		case !isRange:
			first, last = na, na
		default:
			if a != "" {
				first = na
			}
			if b != "" && eb == nil {
				last = min(last, nb)
			}
		}
	}
	var out [][2]int
	inside := anchor == ""
	found := inside
	for n := max(1, first); n <= last; n++ {
		a, b := g.LineStart(n), g.LineStart(n+1)
		if k, end := anchorOf(g.Text[a:b]); k != "" {
			if k == anchor {
				inside, found = !end, true
			}
			continue
		}
		if !inside || a >= len(g.Text) {
			continue
		}
		for b > a && (g.Text[b-1] == '\n' || g.Text[b-1] == '\r') {
			b--
		}
		if k := len(out) - 1; k >= 0 && plainEnd(g.Text, out[k][1], a) {
			out[k][1] = b
		} else {
			out = append(out, [2]int{a, b})
		}
	}
	return out, found
}

// plainEnd reports whether only one line end lies between a and b.
func plainEnd(t []byte, a, b int) bool {
	s := string(t[a:b])
	return s == "\n" || s == "\r\n" || s == "\r"
}

// anchorOf reads a line with ANCHOR: name or ANCHOR_END: name.
func anchorOf(line []byte) (name string, end bool) {
	i := bytes.Index(line, []byte("ANCHOR"))
	if i < 0 {
		return "", false
	}
	rest := line[i+6:]
	if bytes.HasPrefix(rest, []byte("_END")) {
		rest, end = rest[4:], true
	}
	if !bytes.HasPrefix(rest, []byte(":")) {
		return "", false
	}
	f := bytes.Fields(rest[1:])
	if len(f) == 0 {
		return "", false
	}
	return string(f[0]), end
}
