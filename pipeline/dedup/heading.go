package dedup

import "banxin/pipeline/book"

// headings finds headings printed again.
func (f *finder) headings() {
	type identity struct {
		title uint64
		typed string
		role  book.Role
	}
	groups := map[identity][]int{}
	var keys []identity
	for i := range f.parts {
		p := &f.parts[i]
		if p.excluded || p.sec.Role == book.Closing || len(p.kids) == 0 && p.sec.Typed == "" {
			continue
		}
		k := identity{p.title, foldNumber(p.sec.Typed), p.sec.Role}
		if groups[k] == nil {
			keys = append(keys, k)
		}
		groups[k] = append(groups[k], i)
	}
	for _, k := range keys {
		g := groups[k]
		for x := range g {
			for y := x + 1; y < len(g) && (y-x <= titleCap || x == 0); y++ {
				f.heading(g[x], g[y], RuleHeading)
			}
		}
	}
	f.variants()
}

// heading files a and b if one of them is a bare heading and both stand under
// the same heading.
func (f *finder) heading(a, b int, rule Rule) {
	pa, pb := &f.parts[a], &f.parts[b]
	if pa.lo < pa.hi && pb.lo < pb.hi || !f.sameParent(a, b) {
		return
	}
	f.add(&pair{a: a, b: b, kind: Heading, rule: rule, score: 1})
}

func (f *finder) sameParent(a, b int) bool {
	x, y := f.parts[a].parent, f.parts[b].parent
	return x == y || x >= 0 && y >= 0 && f.parts[x].title == f.parts[y].title
}

// variants finds a bare heading that is printed again with its number.
func (f *finder) variants() {
	numbered := map[uint64]int{}
	for i := range f.parts {
		p := &f.parts[i]
		if _, ok := numbered[p.title]; !ok && p.sec.Typed != "" && len(p.kids) > 0 && !p.excluded {
			numbered[p.title] = i
		}
	}
	for i := range f.parts {
		p := &f.parts[i]
		if p.sec.Typed != "" || p.lo < p.hi || len(p.kids) == 0 || p.excluded {
			continue
		}
		if j, ok := numbered[p.title]; ok && f.sameParent(i, j) {
			f.heading(min(i, j), max(i, j), RuleVariant)
		}
	}
}
