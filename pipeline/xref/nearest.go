package xref

import (
	"slices"
	"strings"
)

// suggestions bounds how many findings get a "did you mean": each costs a look
// at every id.
const suggestions = 200

// nearest returns the id of the file that reads most like id, "" if none does.
func (r *resolver) nearest(path, id string) string {
	var list []string
	for k := range r.ids {
		if k.path == path {
			list = append(list, k.id)
		}
	}
	if best := r.closest(list, id); best != "" {
		return best
	}
	return r.nearestLabel(id)
}

func (r *resolver) nearestLabel(id string) string {
	list := make([]string, 0, len(r.index.Targets))
	for k := range r.index.Targets {
		list = append(list, k)
	}
	return r.closest(list, id)
}

func (r *resolver) nearestPath(path string) string {
	base := path[strings.LastIndexByte(path, '/')+1:]
	var list []string
	for _, p := range r.paths.List() {
		if b := p[strings.LastIndexByte(p, '/')+1:]; strings.EqualFold(b, base) {
			return p
		}
		list = append(list, p)
	}
	return r.closest(list, strings.TrimLeft(path, "./"))
}

// closest returns the string of list within a third of id's length in edits;
// of several the first in order.
func (r *resolver) closest(list []string, id string) string {
	if r.suggested++; r.suggested > suggestions || len(id) > 200 {
		return ""
	}
	slices.Sort(list)
	a := []rune(strings.ToLower(id))
	limit := max(1, len(a)/3)
	best := ""
	for _, s := range list {
		b := []rune(strings.ToLower(s))
		if len(b)-len(a) > limit || len(a)-len(b) > limit {
			continue
		}
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
