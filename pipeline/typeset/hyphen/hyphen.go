// Package hyphen says where words of a language may be hyphenated, by Liang's
// algorithm (Word Hy-phen-a-tion by Com-put-er, 1983) on published patterns.
package hyphen

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/speedata/hyphenation"
	"star-tex.org/x/tex/kpath"
)

const (
	// Least is how many letters a word needs, left and right how many must
	// stay on each side of a hyphen: plain TeX's \lefthyphenmin and
	// \righthyphenmin.
	least, left, right = 5, 2, 3
	// most is where a word is no word any more; Liang's search is quadratic.
	most = 40
)

// Words hyphenates words. Patterns are read when first needed. Its zero value
// is ready and safe for concurrent use.
type Words struct {
	once       sync.Once
	patterns   *hyphenation.Lang
	exceptions map[string][]int
	err        error
}

// Known reports whether there are patterns for a language (BCP 47).
func Known(lang string) bool {
	return lang == "en" || strings.HasPrefix(lang, "en-")
}

// Breaks returns the byte offsets in an English word at which a hyphen may be
// put, ascending: none in short words, in acronyms and in words with letters
// beyond ASCII or capitals inside.
func (w *Words) Breaks(word string) []int {
	if !hyphenable(word) {
		return nil
	}
	w.once.Do(w.load)
	if w.err != nil {
		return nil
	}
	word = strings.ToLower(word)
	all, ok := w.exceptions[word]
	if !ok {
		all = w.patterns.Hyphenate(word)
	}
	var out []int
	for _, b := range all {
		if b >= left && b <= len(word)-right {
			out = append(out, b)
		}
	}
	return out
}

// Err returns why the patterns could not be read, nil if they could.
func (w *Words) Err() error {
	w.once.Do(w.load)
	return w.err
}

func hyphenable(word string) bool {
	if len(word) < least || len(word) > most {
		return false
	}
	for i, r := range word {
		switch {
		case r >= utf8.RuneSelf || !unicode.IsLetter(r):
			return false
		case i > 0 && unicode.IsUpper(r):
			return false
		}
	}
	return true
}

func (w *Words) load() {
	text, err := knuth()
	if err != nil {
		w.err = fmt.Errorf("read hyphenation patterns: %w", err)
		return
	}
	w.patterns, w.err = hyphenation.New(strings.NewReader(group(text, `\patterns{`)))
	w.exceptions = map[string][]int{}
	for _, e := range strings.Fields(group(text, `\hyphenation{`)) {
		var at []int
		plain := 0
		for _, r := range e {
			if r == '-' {
				at = append(at, plain)
			} else {
				plain++
			}
		}
		w.exceptions[strings.ReplaceAll(e, "-", "")] = at
	}
}

// knuth returns hyphen.tex without its comments.
func knuth() (string, error) {
	ctx := kpath.New()
	path, err := ctx.Find("hyphen.tex")
	if err != nil {
		return "", err
	}
	f, err := ctx.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	raw, err := io.ReadAll(f)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for line := range strings.Lines(string(raw)) {
		line, _, _ = strings.Cut(line, "%")
		b.WriteString(line)
		b.WriteByte('\n')
	}
	return b.String(), nil
}

// group returns what stands between an opening and the next brace.
func group(text, open string) string {
	_, rest, _ := strings.Cut(text, open)
	in, _, _ := strings.Cut(rest, "}")
	return in
}
