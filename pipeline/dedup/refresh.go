package dedup

import (
	"strings"

	"banxin/pipeline/book"
	"banxin/pipeline/source"
)

// Refresh returns the text of a decisions file with the fingerprints of mended
// sections and units renewed, and how many it renewed. Everything else, comments and
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
			if ref == "" || done[ref] {
				continue
			}
			done[ref] = true
			if strings.HasPrefix(ref, "u:") {
				if now := find.renewedUnit(ref); now != ref {
					out = replaceRef(out, ref, now)
					renewed++
				}
				continue
			}
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

// renewedUnit returns the reference of a unit under its present name.
func (f *refFinder) renewedUnit(ref string) string {
	if len(f.names.unitsNamed(nameOf(ref))) > 0 {
		return ref
	}
	u := f.mendedUnit(ref, -1)
	if u < 0 {
		return ref
	}
	return f.scan.unitRef(u)
}

// unitRef is a unit's name and its first words, as a decisions file has it.
func (s *scan) unitRef(u int) string {
	text := strings.TrimLeft(strings.ReplaceAll(s.units[u].text(), "*", ""), "-+ ")
	n := 0
	for i := range text {
		if n == unitWords {
			text = text[:i]
			break
		}
		n++
	}
	return strings.TrimSpace(s.unitName(u) + " " + text)
}

// unitWords is how many characters of a unit follow its name in a reference.
const unitWords = 24

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

// AppendDecision returns the text of a decisions file with one more entry. The
// file may be nil; names are written as Copy.Ref has them.
func AppendDecision(f *source.File, d Decision) []byte {
	var b strings.Builder
	if f != nil {
		b.WriteString(strings.TrimRight(string(f.Text), "\n"))
		b.WriteByte('\n')
	}
	if !strings.Contains("\n"+b.String(), "\ndecisions:") {
		b.WriteString("decisions:\n")
	}
	b.WriteString(d.entry())
	return []byte(b.String())
}

// entry writes a decision as it stands in a decisions file.
func (d *Decision) entry() string {
	var b strings.Builder
	lead := "  - "
	put := func(key string, values ...string) {
		var kept []string
		for _, v := range values {
			if v != "" {
				kept = append(kept, "'"+strings.ReplaceAll(v, "'", "''")+"'")
			}
		}
		switch len(kept) {
		case 0:
			return
		case 1:
			b.WriteString(lead + key + ": " + kept[0] + "\n")
		default:
			b.WriteString(lead + key + ":\n      - " + strings.Join(kept, "\n      - ") + "\n")
		}
		lead = "    "
	}
	put(d.Verb, d.What...)
	put("drop", d.Drop...)
	put("at", d.At)
	put("from", d.From)
	put("into", d.Into)
	put("after", d.After)
	put("before", d.Before)
	put("under", d.Under)
	put("title", d.Title)
	put("number", d.Number)
	put("role", d.Role)
	if d.Own {
		put("own", "true")
	}
	if d.Deep {
		put("deep", "true")
	}
	put("reason", d.Reason)
	return b.String()
}
