package source

import "bytes"

// Body returns where a file's readable text begins: after a byte order mark.
func Body(text []byte) int {
	if bytes.HasPrefix(text, []byte("\ufeff")) {
		return 3
	}
	return 0
}

// FrontMatter finds the metadata block at the head of a file: YAML between
// lines of ---, or TOML between lines of +++. It returns the range of the
// metadata without its fences, where the text after it begins, and the
// language ("yaml", "toml"; "" if there is none). A thematic break at the head
// of a file is no front matter: the first line inside must look like a key.
func FrontMatter(text []byte) (start, end, body int, lang string) {
	at := Body(text)
	mark, lang := []byte("---"), "yaml"
	switch {
	case bytes.HasPrefix(text[at:], []byte("---")):
	case bytes.HasPrefix(text[at:], []byte("+++")):
		mark, lang = []byte("+++"), "toml"
	default:
		return 0, 0, at, ""
	}
	first := nextLine(text, at)
	if !bytes.Equal(bytes.TrimRight(text[at:first], " \t\r\n"), mark) || !keyed(text[first:]) {
		return 0, 0, at, ""
	}
	for i := first; i < len(text); {
		j := nextLine(text, i)
		line := bytes.TrimRight(text[i:j], " \t\r\n")
		if bytes.Equal(line, mark) || lang == "yaml" && string(line) == "..." {
			return first, i, j, lang
		}
		i = j
	}
	return 0, 0, at, ""
}

func nextLine(text []byte, i int) int {
	if k := bytes.IndexByte(text[i:], '\n'); k >= 0 {
		return i + k + 1
	}
	return len(text)
}

// keyed reports whether the first line that is neither blank nor a comment
// starts with "key:" or "key =", or is a closing fence at once.
func keyed(text []byte) bool {
	for i := 0; i < len(text); {
		j := nextLine(text, i)
		line := bytes.TrimSpace(text[i:j])
		i = j
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		k := bytes.IndexAny(line, ":=")
		if k <= 0 {
			return string(line) == "---" || string(line) == "+++"
		}
		return !bytes.ContainsAny(bytes.TrimSpace(line[:k]), " *[(")
	}
	return false
}
