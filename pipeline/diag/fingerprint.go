package diag

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode"
)

// Fingerprints returns an identity for every diagnostic of the list that
// survives edits elsewhere: rule, file, the text it points at with its line's
// white space folded, its key, and its occurrence among equals. No line number
// enters it, so a finding keeps its identity when lines move.
func Fingerprints(l List) []string {
	out := make([]string, len(l))
	seen := map[string]int{}
	for i, d := range l {
		id := d.Code + "\x00" + path(d) + "\x00" + folded(d) + "\x00" + d.Key
		n := seen[id]
		seen[id]++
		sum := sha256.Sum256([]byte(fmt.Sprintf("%s\x00%d", id, n)))
		out[i] = hex.EncodeToString(sum[:10])
	}
	return out
}

// folded is the text a diagnostic speaks of: its span's first line, or the
// whole line where the span is a point.
func folded(d Diagnostic) string {
	if d.Span.File == nil {
		return d.Message.En
	}
	t := d.Span.Text()
	if i := strings.IndexByte(t, '\n'); i >= 0 {
		t = t[:i]
	}
	if strings.TrimSpace(t) == "" {
		t = d.Span.File.Line(d.Span.Pos().Line)
	}
	const enough = 400 // bytes; a minified line is not worth more
	t = t[:min(len(t), enough)]
	return strings.Join(strings.FieldsFunc(t, unicode.IsSpace), " ")
}
