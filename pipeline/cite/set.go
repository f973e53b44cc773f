package cite

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"banxin/pipeline/book"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// Entry is one item of the reference list. Mark is what stands before it:
// "[1]"; "" in author-year style.
type Entry struct {
	Key, Mark string
	Text      []book.Inline
}

// Set sets the citations of a book, given in reading order, and the list of
// the works they cite: numeric by first citation, author-year by author (Han
// by pinyin before Latin, GB/T 7714 9.2). Items whose key is not in the
// library print the key.
func (l *Library) Set(cites []*book.Cite, s Style) (map[*book.Cite][]book.Inline, []Entry) {
	c := &composer{library: l, style: s, number: map[string]int{}, suffix: map[string]string{}}
	for _, ct := range cites {
		for _, it := range ct.Items {
			if w := l.Work(it.Key); w != nil && c.number[it.Key] == 0 {
				c.works = append(c.works, w)
				c.number[it.Key] = len(c.works)
			}
		}
	}
	if s.AuthorYear {
		c.sortByAuthor()
	}
	out := make(map[*book.Cite][]book.Inline, len(cites))
	for _, ct := range cites {
		if s.AuthorYear {
			out[ct] = c.authorYear(ct)
		} else {
			out[ct] = c.numeric(ct)
		}
	}
	list := make([]Entry, 0, len(c.works))
	for i, w := range c.works {
		e := Entry{Key: w.Key, Text: w.format(s, c.suffix[w.Key])}
		if !s.AuthorYear {
			e.Mark = "[" + strconv.Itoa(i+1) + "]"
		}
		list = append(list, e)
	}
	return out, list
}

type composer struct {
	library *Library
	style   Style
	works   []*Work
	number  map[string]int
	suffix  map[string]string // a, b, c of works of one author and year
}

// numeric sets [1], [1,3-5] as superscript, page numbers after the bracket.
// An in-text citation names the author before it.
func (c *composer) numeric(ct *book.Cite) []book.Inline {
	var out []book.Inline
	var nums []int
	var prefix, locators, unknown []string
	for _, it := range ct.Items {
		n := c.number[it.Key]
		if n == 0 {
			unknown = append(unknown, it.Key)
			continue
		}
		nums = append(nums, n)
		if p := strings.TrimSpace(it.Prefix); p != "" {
			prefix = append(prefix, p)
		}
		if loc := locator(it.Suffix); loc != "" {
			locators = append(locators, loc)
		}
	}
	if ct.InText && len(nums) > 0 {
		out = append(out, plain(c.works[nums[0]-1].short()))
	}
	if len(prefix) > 0 {
		out = append(out, plain(strings.Join(prefix, " ")))
	}
	if len(nums) > 0 {
		mark := "[" + ranges(nums) + "]" + strings.Join(locators, ", ")
		out = append(out, &book.Sup{Kids: []book.Inline{plain(mark)}})
	}
	if len(unknown) > 0 {
		out = append(out, plain("["+strings.Join(unknown, "; ")+"]"))
	}
	return out
}

// ranges prints numbers in order, three and more in a row as a range (GB/T
// 7714 10.1.2).
func ranges(ns []int) string {
	slices.Sort(ns)
	ns = slices.Compact(ns)
	var b strings.Builder
	for i := 0; i < len(ns); {
		j := i
		for j+1 < len(ns) && ns[j+1] == ns[j]+1 {
			j++
		}
		if b.Len() > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.Itoa(ns[i]))
		if j-i >= 2 {
			b.WriteString("-" + strconv.Itoa(ns[j]))
		} else if j > i {
			b.WriteString("," + strconv.Itoa(ns[j]))
		}
		i = j + 1
	}
	return b.String()
}

// locator reduces "第3页", "pp. 3–5" to the pages; other suffixes stay words.
func locator(s string) string {
	s = strings.TrimSpace(strings.TrimLeft(s, ",，;； "))
	t := strings.TrimFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("第页頁pP.ページ쪽", r)
	})
	if t != "" && strings.Trim(t, "0123456789-–,， ") == "" {
		return strings.ReplaceAll(t, "–", "-")
	}
	return s
}

// authorYear sets （张三, 2010: 35; Smith et al., 2012）; in text 张三（2010）.
func (c *composer) authorYear(ct *book.Cite) []book.Inline {
	var b strings.Builder
	open, shut := "(", ")"
	if l := c.style.Language; strings.HasPrefix(l, "zh") || strings.HasPrefix(l, "ja") || l == "" {
		open, shut = "（", "）"
	}
	if ct.InText && len(ct.Items) > 0 {
		if w := c.library.Work(ct.Items[0].Key); w != nil {
			b.WriteString(w.short())
			if open == "(" {
				b.WriteByte(' ')
			}
		}
	}
	b.WriteString(open)
	for i, it := range ct.Items {
		if i > 0 {
			b.WriteString("; ")
		}
		if p := strings.TrimSpace(it.Prefix); p != "" {
			b.WriteString(p + " ")
		}
		w := c.library.Work(it.Key)
		if w == nil {
			b.WriteString(it.Key)
			continue
		}
		year := w.Year + c.suffix[w.Key]
		if ct.InText && i == 0 || it.SuppressAuthor {
			b.WriteString(year)
		} else {
			b.WriteString(w.short() + ", " + year)
		}
		if loc := locator(it.Suffix); loc != "" {
			if loc[0] >= '0' && loc[0] <= '9' {
				b.WriteString(": " + loc)
			} else {
				b.WriteString(", " + loc)
			}
		}
	}
	b.WriteString(shut)
	return []book.Inline{plain(b.String())}
}

// sortByAuthor orders the list and gives works of one author and year letters.
func (c *composer) sortByAuthor() {
	coll := collate.New(language.MustParse("zh-u-co-pinyin"), collate.IgnoreCase)
	class := func(w *Work) int {
		if wide(w.short()) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(c.works, func(a, b *Work) int {
		return cmp.Or(cmp.Compare(class(a), class(b)), coll.CompareString(a.short(), b.short()),
			cmp.Compare(a.Year, b.Year), coll.CompareString(a.Title, b.Title), cmp.Compare(a.Key, b.Key))
	})
	for i := 0; i < len(c.works); {
		j := i
		for j+1 < len(c.works) && c.works[j+1].short() == c.works[i].short() && c.works[j+1].Year == c.works[i].Year {
			j++
		}
		for k := i; j > i && k <= j && k-i < 26; k++ {
			c.suffix[c.works[k].Key] = string(rune('a' + k - i))
		}
		i = j + 1
	}
}
