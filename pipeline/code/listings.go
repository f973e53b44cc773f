package code

import "sync"

// Listings remembers what Lines said of the listings of a book, so that one
// that is both set and written is read once. The zero value remembers nothing
// yet, and nil never does; it may be used by several goroutines at once. The
// lines it returns are shared: they are not to be changed.
type Listings struct {
	mu    sync.Mutex
	known map[listing][][]Token
}

type listing struct{ language, text string }

// Lines is Lines, remembered.
func (l *Listings) Lines(language, text string) [][]Token {
	if l == nil {
		return Lines(language, text)
	}
	key := listing{language, text}
	l.mu.Lock()
	out, ok := l.known[key]
	l.mu.Unlock()
	if ok {
		return out
	}
	out = Lines(language, text)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.known == nil {
		l.known = map[listing][][]Token{}
	}
	l.known[key] = out
	return out
}
