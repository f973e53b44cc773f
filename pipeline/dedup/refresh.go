package dedup

import (
	"strings"

	"banxin/pipeline/book"
	"banxin/pipeline/source"
)

// Refresh returns the text of a decisions file with the fingerprints of mended
// sections renewed, and how many it renewed. Everything else, comments and
// order included, stays as it is. What is not found again is left alone: Merge
// reports it as stale.
func Refresh(f *source.File, b *book.Book) (text []byte, renewed int, err error) {
	d, _, err := ParseDecisions(f)
	if err != nil {
		return nil, 0, err
	}
	s := read(b)
	m := &merger{scan: s, names: s.namer()}
	find := &refFinder{merger: m, taken: map[int]bool{}}
	for i := range d.List {
		for _, ref := range d.List[i].refs() {
			if k, ok := m.names.byName[nameOf(ref)]; ok {
				find.taken[k] = true
			}
		}
	}
	out := string(f.Text)
	done := map[string]bool{}
	for i := range d.List {
		for _, ref := range d.List[i].refs() {
			if ref == "" || done[ref] || strings.HasPrefix(ref, "u:") {
				continue
			}
			done[ref] = true
			k, ok := m.names.byName[nameOf(ref)]
			if !ok {
				k = find.mended(ref)
			}
			if k < 0 {
				continue
			}
			if now := m.names.reference(k); now != ref && strings.Contains(ref, "~") {
				out = replaceRef(out, ref, now)
				find.taken[k] = true
				renewed++
			}
		}
	}
	return []byte(out), renewed, nil
}

// replaceRef replaces whole references; one that now holds ": " or " #" is
// quoted, and inside quotes a quote is doubled.
func replaceRef(text, old, now string) string {
	quoted := "'" + strings.ReplaceAll(now, "'", "''") + "'"
	text = strings.ReplaceAll(text, "'"+strings.ReplaceAll(old, "'", "''")+"'", quoted)
	plain := now
	if strings.Contains(now, ": ") || strings.Contains(now, "#") || strings.ContainsAny(now, "[]{},\"") {
		plain = quoted
	}
	var b strings.Builder
	for line := range strings.Lines(text) {
		body := strings.TrimRight(line, " \r\n")
		end := line[len(body):]
		if head, ok := strings.CutSuffix(body, " "+old); ok {
			body = head + " " + plain
		}
		b.WriteString(body + end)
	}
	return b.String()
}
