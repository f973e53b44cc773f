package typeset

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"banxin/pipeline/diag"
	"banxin/pipeline/source"
	"banxin/pipeline/typeset/linebreak"
)

// missed is a character that no font has.
type missed struct {
	r      rune
	strand int32
	off    int32
	count  int
}

func (k *stick) missing(r rune, strand, off int32) {
	style := k.strands[strand].faces
	i := slices.IndexFunc(k.miss, func(m missed) bool { return m.r == r && k.strands[m.strand].faces == style })
	if i >= 0 {
		k.miss[i].count++
		return
	}
	k.miss = append(k.miss, missed{r, strand, off, 1})
}

// missingIn names the characters of a word that are missing.
func (k *stick) missingIn(sh *shaped, text string, strand, off int32) {
	st := &k.strands[strand]
	for i, r := range text {
		if !k.set.fonts.Has(st.faces.west, r) && kindOf(r) != joinKind {
			k.missing(r, strand, off+int32(i))
		}
	}
}

// spanAt is the source of bytes [off, end) of a strand, or of the whole node
// where they cannot be told apart.
func (k *stick) spanAt(strand, off, end int32) source.Span {
	st := &k.strands[strand]
	if !st.exact || off < st.start {
		return st.span
	}
	return st.span.Sub(int(off-st.start), int(end-st.start))
}

func (k *stick) reportMissing(ds *diag.List) {
	for _, m := range k.miss {
		role := string(k.strands[m.strand].look.role)
		ds.Add("glyph-missing", k.spanAt(m.strand, m.off, m.off+int32(utf8.RuneLen(m.r))),
			missingText(role, m.r, m.count),
			diag.T("add a font that has it to fonts.%s in the layout", "在布局的 fonts.%s 中加入含该字符的字体", role)).
			Key = fmt.Sprintf("%s %c %d", role, m.r, m.count)
	}
}

func missingText(role string, r rune, count int) diag.Text {
	return diag.T("no font of role %[1]s has a glyph for %[2]q (U+%04[2]X), which stands %[3]d times", "角色 %[1]s 的字体都没有“%[2]c”（U+%04[2]X）的字形，共出现 %[3]d 次", role, r, count)
}

// tally joins the reports of one missing character in one role to the first
// of them, in the order of the list.
func tally(ds diag.List) diag.List {
	type key struct {
		role string
		r    rune
	}
	first := map[key]int{}
	counts := map[key]int{}
	out := ds[:0:0]
	for _, d := range ds {
		var k key
		var n int
		if d.Code != "glyph-missing" {
			out = append(out, d)
			continue
		}
		if _, err := fmt.Sscanf(d.Key, "%s %c %d", &k.role, &k.r, &n); err != nil {
			out = append(out, d)
			continue
		}
		counts[k] += n
		if i, ok := first[k]; ok {
			out[i].Message = missingText(k.role, k.r, counts[k])
			continue
		}
		first[k] = len(out)
		d.Key = fmt.Sprintf("%s U+%04X", k.role, k.r)
		out = append(out, d)
	}
	return crowd(out)
}

// many is how many characters of one role are reported one by one; more are a
// missing font rather than missing characters, and one report.
const many = 24

// crowd joins the reports of a role of which too many characters are missing.
func crowd(ds diag.List) diag.List {
	lacks := map[string][]rune{}
	for _, d := range ds {
		var role string
		var r rune
		if d.Code == "glyph-missing" {
			if _, err := fmt.Sscanf(d.Key, "%s U+%X", &role, &r); err == nil {
				lacks[role] = append(lacks[role], r)
			}
		}
	}
	out := ds[:0:0]
	told := map[string]bool{}
	for _, d := range ds {
		role, _, ok := strings.Cut(d.Key, " U+")
		rs := lacks[role]
		if d.Code != "glyph-missing" || !ok || len(rs) <= many {
			out = append(out, d)
			continue
		}
		if told[role] {
			continue
		}
		told[role] = true
		d.Key = role
		d.Message = diag.T("no font of role %s has glyphs for %d characters: %s…", "角色 %s 的字体缺 %d 个字符的字形：%s…", role, len(rs), string(rs[:many]))
		out = append(out, d)
	}
	return out
}

// report names the lines that could not be set well.
func (k *stick) report(p *linebreak.Paragraph, ds *diag.List) {
	const loose = 60 // thousandths of an em
	size := k.t.style.Size
	hint := diag.T("what follows this line cannot be broken; rewrite the sentence a little", "下一行开头的内容不可断；可略改句子")
	for i := range p.Lines {
		l := &p.Lines[i]
		a, b := &k.pieces[l.Start], &k.pieces[l.End-1]
		span := k.spanAt(a.strand, a.off, a.end)
		span = span.Join(k.spanAt(b.strand, b.off, b.end))
		switch {
		case l.Over > size/50:
			ds.Add("overfull-line", span,
				diag.T("line is %s pt wider than the measure: “%s”", "该行比版心宽 %s 磅：“%s”", l.Over, k.excerpt(l)),
				diag.T("shorten it, or put a zero width space where it may be broken", "缩短内容，或在可断处加零宽空格"))
		case l.Under > size/2:
			ds.Add("loose-line", span,
				diag.T("line falls %s pt short of the measure: “%s”", "该行比版心短 %s 磅：“%s”", l.Under, k.excerpt(l)),
				hint)
		case l.Pitch > size.Em(loose):
			ds.Add("loose-line", span,
				diag.T("characters are %d/1000 em apart: “%s”", "字距拉开了 %d/1000 字宽：“%s”", l.Pitch*1000/size, k.excerpt(l)),
				hint)
		}
	}
}

// excerpt is the beginning and the end of a line.
func (k *stick) excerpt(l *linebreak.Line) string {
	const few = 6
	head, tail := "", ""
	for i := l.Start; i < l.End && i < l.Start+few; i++ {
		head += k.str[k.pieces[i].off:k.pieces[i].end]
	}
	if l.End-l.Start <= 2*few {
		for i := l.Start + few; i < l.End; i++ {
			tail += k.str[k.pieces[i].off:k.pieces[i].end]
		}
		return head + tail
	}
	for i := l.End - few; i < l.End; i++ {
		tail += k.str[k.pieces[i].off:k.pieces[i].end]
	}
	return head + "…" + tail
}
