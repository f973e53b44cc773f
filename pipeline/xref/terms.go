package xref

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"banxin/pipeline/book"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// termList gathers index marks in reading order.
type termList struct{ marks []mark }

type mark struct {
	node  *book.IndexTerm
	label string
}

// term gives an index mark a place of its own to lead to.
func (r *resolver) term(p place, n *book.IndexTerm) {
	t := &Target{Kind: Anchor, Label: r.free("idx-" + strconv.Itoa(len(r.terms.marks)+1)), Section: p.section}
	r.index.Links[n] = t
	r.add(t, n.Span)
	r.terms.marks = append(r.terms.marks, mark{n, t.Label})
}

// entry is an index entry being gathered.
type entry struct {
	Term
	key  []byte // collation
	subs map[string]*entry
}

// sortTerms makes the index: one entry a term, "main!sub" below its main
// entry, sorted by pinyin (zh), stroke (zh-Hant), kana (ja) or alphabet.
func (r *resolver) sortTerms() {
	if len(r.terms.marks) == 0 {
		return
	}
	top := map[string]*entry{}
	for _, m := range r.terms.marks {
		at := top
		text := m.node.Term
		if text == "" {
			text = book.PlainText(m.node.Kids)
		}
		var e *entry
		for _, step := range strings.Split(text, "!") {
			if step = strings.TrimSpace(step); step == "" {
				continue
			}
			if e = at[step]; e == nil {
				e = &entry{Term: Term{Text: step}, subs: map[string]*entry{}}
				at[step] = e
			}
			at = e.subs
		}
		if e == nil {
			continue
		}
		if m.node.Reading != "" && e.Reading == "" {
			e.Reading = m.node.Reading
		}
		switch {
		case m.node.See != "":
			e.See = add(e.See, m.node.See)
		default:
			e.Labels = append(e.Labels, m.label)
		}
		if m.node.SeeAlso != "" {
			e.SeeAlso = add(e.SeeAlso, m.node.SeeAlso)
		}
	}
	r.index.Terms = newOrder(r.words.lang).terms(top, true)
}

func add(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// order sorts index terms of one language.
type order struct {
	lang     string
	collator *collate.Collator
	buffer   collate.Buffer
	// firsts are the collation keys of the first character of each pinyin
	// letter (zh) or number of strokes (zh-Hant).
	firsts [][]byte
}

// letters of pinyin initials, and the first character that the pinyin order
// of CLDR has under each: what its index characters are derived from.
const (
	pinyinLetters = "ABCDEFGHJKLMNOPQRSTWXYZ"
	pinyinFirst   = "阿八嚓咑妸发旮哈丌咔垃呣拏噢妑七呥仨他屲夕丫帀"
	// strokeFirst is the same for 1 to 24 strokes in the stroke order.
	strokeFirst = "一丁丈不且丞串並亟乘乾傀亂僎僵儐償叢儳嚴儷儼劚囑"
)

func newOrder(lang string) *order {
	o := &order{lang: lang}
	tag := language.Make(lang)
	switch lang {
	case "zh":
		tag = language.MustParse("zh-u-co-pinyin")
	case "zh-Hant":
		tag = language.MustParse("zh-u-co-stroke")
	}
	o.collator = collate.New(tag, collate.IgnoreCase, collate.IgnoreWidth)
	first := map[string]string{"zh": pinyinFirst, "zh-Hant": strokeFirst}[lang]
	for _, c := range first {
		o.firsts = append(o.firsts, o.key(string(c)))
	}
	return o
}

func (o *order) key(s string) []byte {
	o.buffer.Reset()
	return bytes.Clone(o.collator.KeyFromString(&o.buffer, s))
}

// terms sorts entries; only those at the top have groups.
func (o *order) terms(by map[string]*entry, top bool) []Term {
	list := make([]*entry, 0, len(by))
	for _, e := range by {
		e.key = o.key(o.sortAs(e.Term))
		if top {
			e.Group = o.group(e)
		}
		list = append(list, e)
	}
	slices.SortFunc(list, func(a, b *entry) int {
		return cmp.Or(cmp.Compare(groupRank(a.Group), groupRank(b.Group)), cmp.Compare(a.Group, b.Group),
			bytes.Compare(a.key, b.key), cmp.Compare(a.Text, b.Text))
	})
	out := make([]Term, 0, len(list))
	for _, e := range list {
		t := e.Term
		if len(e.subs) > 0 {
			t.Sub = o.terms(e.subs, false)
		}
		out = append(out, t)
	}
	return out
}

// sortAs is the text an entry is sorted by. A kana reading sorts in place of
// the word; a pinyin reading only chooses the letter, as Han characters and
// Latin letters are not of one order.
func (o *order) sortAs(t Term) string {
	if t.Reading != "" && o.lang != "zh" && o.lang != "zh-Hant" {
		return t.Reading
	}
	return t.Text
}

// groupRank puts figures and signs before letters, and groups of strokes after
// them by their number.
func groupRank(g string) int {
	if g == "#" {
		return -1
	}
	n, _ := strconv.Atoi(strings.TrimSuffix(g, "畫"))
	return n
}

// group is the heading an entry stands under: its pinyin letter, its strokes, its row
// of kana, its first Korean consonant, its letter; "#" for the rest.
func (o *order) group(e *entry) string {
	s := e.Text
	if e.Reading != "" {
		s = e.Reading
	}
	for _, c := range s {
		switch {
		case unicode.Is(unicode.Latin, c):
			if k := foldLatin(c); k != "" {
				return k
			}
			return strings.ToUpper(string(c))
		case unicode.In(c, unicode.Hiragana, unicode.Katakana):
			return kanaRow(c)
		case c >= 0xac00 && c <= 0xd7a3:
			return string([]rune("ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ")[(c-0xac00)/588])
		case unicode.Is(unicode.Han, c):
			return o.han(e.key)
		case unicode.IsLetter(c):
			return string(unicode.ToUpper(c))
		case unicode.IsDigit(c):
			return "#"
		}
	}
	return "#"
}

// han is the group of a word in Han: its pinyin letter, its number of strokes;
// 漢 where the language sorts by neither.
func (o *order) han(key []byte) string {
	i, found := slices.BinarySearchFunc(o.firsts, key, bytes.Compare)
	if !found {
		i--
	}
	i = max(0, i)
	switch o.lang {
	case "zh":
		return string(pinyinLetters[i])
	case "zh-Hant":
		return strconv.Itoa(i+1) + "畫"
	}
	return "漢"
}

// foldLatin returns the capital without its mark of tone or accent.
func foldLatin(c rune) string {
	const marked = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüâäåçêëîïñôöûÿ"
	const plain = "AAAAEEEEIIIIOOOOUUUUUUUUUAAACEEIINOOUY"
	i := 0
	for _, m := range marked {
		if m == unicode.ToLower(c) {
			return plain[i : i+1]
		}
		i++
	}
	return ""
}

// kanaRow is the row of the fifty sounds: あ, か, さ …
func kanaRow(c rune) string {
	if c >= 0x30a1 && c <= 0x30f6 {
		c -= 0x60
	}
	row := "わ"
	for _, r := range [...]struct {
		last rune
		row  string
	}{{'お', "あ"}, {'ご', "か"}, {'ぞ', "さ"}, {'ど', "た"}, {'の', "な"}, {'ぽ', "は"}, {'も', "ま"}, {'よ', "や"}, {'ろ', "ら"}} {
		if c <= r.last {
			row = r.row
			break
		}
	}
	return row
}
