package book

import (
	"net/url"
	"path"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Paths are the files of a manuscript folder, for finding what a link or an
// image names.
type Paths struct {
	list   []string
	exact  map[string]bool
	folded map[string]string
	once   sync.Once
	pages  map[string]string // by name, made when first asked for; "": ambiguous
}

// Found is how a destination was found.
type Found uint8

const (
	Missing Found = iota
	Exact
	// Cased: only letter case (or Unicode composition) differs.
	Cased
	// Remote: a URL with a scheme or a host.
	Remote
	// Outside: it leads out of the manuscript folder.
	Outside
	// Here: a fragment of the same file.
	Here
)

// NewPaths indexes manuscript-relative paths with forward slashes.
func NewPaths(list []string) *Paths {
	p := &Paths{list: list, exact: make(map[string]bool, len(list)), folded: make(map[string]string, len(list))}
	for _, s := range list {
		p.exact[s] = true
		k := fold(s)
		if _, ok := p.folded[k]; !ok {
			p.folded[k] = s
		}
	}
	return p
}

// List returns the paths in the order given to NewPaths.
func (p *Paths) List() []string {
	if p == nil {
		return nil
	}
	return p.list
}

func fold(s string) string { return strings.ToLower(norm.NFC.String(s)) }

// Find resolves a destination as written in file from: percent escapes, ./ and
// ../, a leading / for the folder's root or the root of the site it is made
// for (static/, docs/ …), a folder for its README.md or
// index.md, .html for the .md it is made from, a missing .md. It returns the
// file's true path and the decoded fragment. File is empty unless found is
// Exact, Cased or Here.
func (p *Paths) Find(from, dest string) (file, fragment string, found Found) {
	dest = strings.TrimSpace(dest)
	if i := strings.IndexByte(dest, '#'); i >= 0 {
		dest, fragment = dest[:i], unescape(dest[i+1:])
	}
	if dest == "" {
		return from, fragment, Here
	}
	if remote(dest) {
		return "", fragment, Remote
	}
	bare := dest
	if i := strings.IndexByte(bare, '?'); i >= 0 {
		bare = bare[:i]
	}
	found = Missing
	for _, d := range []string{unescape(bare), bare, unescape(dest)} {
		d = strings.ReplaceAll(d, "\\", "/")
		full := path.Join(path.Dir(from), d)
		if strings.HasPrefix(d, "/") {
			full = path.Clean(strings.TrimLeft(d, "/"))
		}
		if full == ".." || strings.HasPrefix(full, "../") {
			found = Outside
			continue
		}
		if s, f := p.lookup(full); f != Missing {
			return s, fragment, f
		}
		if strings.HasPrefix(d, "/") { // a site's root is one of the folders it is made from
			for _, root := range [...]string{"static", "public", "content", "docs", "src", "assets", ".vuepress/public"} {
				if s, f := p.lookup(root + "/" + full); f != Missing {
					return s, fragment, f
				}
			}
		}
	}
	return "", fragment, found
}

// Page finds what a wiki link names: the only file of that name, with or
// without its extension, wherever in the folder it is.
func (p *Paths) Page(name string) (file string, ok bool) {
	if p == nil || name == "" {
		return "", false
	}
	p.once.Do(func() {
		p.pages = make(map[string]string, 2*len(p.list))
		note := func(name, file string) {
			if old, ok := p.pages[name]; ok && old != file {
				file = "" // two of that name: neither is meant
			}
			p.pages[name] = file
		}
		for _, s := range p.list {
			base := fold(path.Base(s))
			note(base, s)
			if stem := strings.TrimSuffix(base, path.Ext(base)); stem != base {
				note(stem, s)
			}
		}
	})
	file = p.pages[fold(name)]
	return file, file != ""
}

func (p *Paths) lookup(full string) (string, Found) {
	if p == nil {
		return "", Missing
	}
	if p.exact[full] {
		return full, Exact
	}
	try := [...]string{full, full + ".md", strings.TrimSuffix(full, ".html") + ".md", full + "/README.md", full + "/index.md", full + "/_index.md"}
	if full == "." {
		try = [...]string{"README.md", "index.md", "_index.md", "README.md", "README.md", "README.md"}
	}
	for _, s := range try {
		if p.exact[s] {
			return s, Exact
		}
	}
	for _, s := range try {
		if t, ok := p.folded[fold(s)]; ok {
			return t, Cased
		}
	}
	return "", Missing
}

func unescape(s string) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	if t, err := url.PathUnescape(s); err == nil && utf8.ValidString(t) {
		return t
	}
	return s
}

// remote reports whether dest has a scheme (of two letters or more: C: is a
// drive) or a host.
func remote(dest string) bool {
	if strings.HasPrefix(dest, "//") {
		return true
	}
	i := strings.IndexByte(dest, ':')
	if i < 2 {
		return false
	}
	for _, c := range []byte(dest[:i]) {
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.') {
			return false
		}
	}
	return true
}
