package xref

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// suggestions bounds how many findings get a "did you mean": each costs a look
// at every id.
const suggestions = 100

// idList is every id, sorted: of the whole book, and by file.
type idList struct {
	all    []string
	byPath map[string][]string
}

// sortIDs lists the ids once, when the first suggestion is wanted; by then all
// are defined.
func (r *resolver) sortIDs() *idList {
	if r.sorted != nil {
		return r.sorted
	}
	r.sorted = &idList{all: make([]string, 0, len(r.index.Targets)), byPath: map[string][]string{}}
	for k := range r.index.Targets {
		r.sorted.all = append(r.sorted.all, k)
	}
	slices.Sort(r.sorted.all)
	for k := range r.ids {
		r.sorted.byPath[k.path] = append(r.sorted.byPath[k.path], k.id)
	}
	for _, l := range r.sorted.byPath {
		slices.Sort(l)
	}
	return r.sorted
}

// nearest returns the id of the file that reads most like id, "" if none does.
func (r *resolver) nearest(path, id string) string {
	if r.suggested >= suggestions {
		return ""
	}
	if best := r.closest(r.sortIDs().byPath[path], id); best != "" {
		return best
	}
	return r.nearestLabel(id)
}

func (r *resolver) nearestLabel(id string) string {
	if r.suggested >= suggestions {
		return ""
	}
	return r.closest(r.sortIDs().all, id)
}

func (r *resolver) nearestPath(path string) string {
	base := path[strings.LastIndexByte(path, '/')+1:]
	if r.suggested >= suggestions {
		return ""
	}
	for _, p := range r.paths.List() {
		if b := p[strings.LastIndexByte(p, '/')+1:]; strings.EqualFold(b, base) {
			return p
		}
	}
	return r.closest(r.paths.List(), strings.TrimLeft(path, "./"))
}

// closest returns the string of list within a third of id's length in edits;
// of several the first in order.
func (r *resolver) closest(list []string, id string) string {
	if r.suggested++; r.suggested > suggestions || len(id) > 200 {
		return ""
	}
	a := []rune(strings.ToLower(id))
	limit := max(1, len(a)/3)
	best := ""
	for _, s := range list {
		if n := utf8.RuneCountInString(s); n-len(a) > limit || len(a)-n > limit {
			continue
		}
		b := []rune(strings.ToLower(s))
		if d := distance(a, b, limit); d <= limit {
			best, limit = s, d-1
			if limit < 0 {
				break
			}
		}
	}
	return best
}

// distance is the Levenshtein distance of a and b, or limit+1 if it is more.
func distance(a, b []rune, limit int) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal, least := row[0], i
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(row[j]+1, row[j-1]+1, diagonal+cost)
			diagonal, row[j] = row[j], d
			least = min(least, d)
		}
		if least > limit {
			return limit + 1
		}
	}
	return row[len(b)]
}
