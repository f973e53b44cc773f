package font

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Set is the faces a book is set in. It is safe for concurrent use.
type Set struct {
	want  Request
	faces []*Face // every face found, in order of role, language and wish
	table map[Role][]stack

	mu     sync.RWMutex
	chains map[Style]*chain
}

// stack is the families of one role and language.
type stack struct {
	lang   string
	wishes []served
}

// served is a wish with its faces: upright and italic, regular and bold.
// exact says whether a face is what the style says or the nearest there is.
type served struct {
	wish  Wish
	faces [2][2]*Face // [bold][italic]
	exact [2][2]bool
}

func open(folders []fs.FS, want Request) (*Set, error) {
	wanted := map[string]bool{}
	for _, role := range want.Roles {
		for _, wishes := range role {
			for _, w := range wishes {
				wanted[fold(w.Family)] = true
			}
		}
	}
	all, err := scan(folders, wanted)
	if err != nil {
		return nil, fmt.Errorf("look for fonts: %w", err)
	}
	s := &Set{want: want, table: map[Role][]stack{}, chains: map[Style]*chain{}}
	made := map[*found]*Face{}
	face := func(f *found) *Face {
		if f == nil {
			return nil
		}
		if made[f] == nil {
			made[f] = newFace(f.file, f.index, f.dir)
			s.faces = append(s.faces, made[f])
		}
		return made[f]
	}
	for _, role := range sortedRoles(want) {
		for _, lang := range sortedLanguages(want.Roles[role]) {
			st := stack{lang: lang}
			for _, w := range want.Roles[role][lang] {
				sv := served{wish: w}
				for i := range 4 {
					bold, italic := i&1, i>>1
					f, exact := choose(all, fold(w.Family), bold == 1 || w.Bold, italic == 1 || w.Italic)
					sv.faces[bold][italic] = face(f)
					sv.exact[bold][italic] = exact && (bold == 1) == (f.weight >= boldFrom) || exact && w.Bold
				}
				st.wishes = append(st.wishes, sv)
			}
			s.table[role] = append(s.table[role], st)
		}
	}
	return s, s.nameFaces()
}

// nameFaces reads the PostScript names and makes them unique in the set.
func (s *Set) nameFaces() error {
	taken := map[string]bool{}
	for _, f := range s.faces {
		name := plainName(nameOf(f.tableBytes(tagOf("name")), namePostScript))
		if name == "" {
			name = "Face"
		}
		for n, base := 2, name; taken[name]; n++ {
			name = base + "-" + strconv.Itoa(n)
		}
		taken[name] = true
		f.postScript = name
	}
	return nil
}

// plainName drops what a PostScript name must not hold.
func plainName(s string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r > '~' || strings.ContainsRune("[](){}<>/%", r) {
			return -1
		}
		return r
	}, s)
}

func sortedRoles(r Request) []Role {
	order := []Role{Song, Hei, Kai, Mono, Math}
	out := make([]Role, 0, len(r.Roles))
	for role := range r.Roles {
		out = append(out, role)
	}
	rank := func(r Role) int {
		if i := slices.Index(order, r); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortFunc(out, func(a, b Role) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b))
	})
	return out
}

func sortedLanguages(m map[string][]Wish) []string {
	out := make([]string, 0, len(m))
	for l := range m {
		out = append(out, l)
	}
	slices.Sort(out)
	return out
}

// chain is the faces that may serve a style, best first.
type chain struct {
	faces []*Face
	own   int    // the first own faces are the role's in any language
	lang  string // canonical
}

// chainOf returns the faces for a style: the role's for the language, the
// role's for other languages, then every other face. Within each the faces
// that are bold or italic as asked go before those that are not.
func (s *Set) chainOf(st Style) *chain {
	s.mu.RLock()
	c := s.chains[st]
	s.mu.RUnlock()
	if c != nil {
		return c
	}
	c = &chain{lang: canonical(st.Lang)}
	for _, k := range s.stacksFor(st) {
		c.add(k, st)
	}
	c.own = len(c.faces)
	for _, role := range sortedRoles(s.want) {
		if role != st.Role {
			other := st
			other.Role = role
			for _, k := range s.stacksFor(other) {
				c.add(k, st)
			}
		}
	}
	s.mu.Lock()
	s.chains[st] = c
	s.mu.Unlock()
	return c
}

func (c *chain) add(k stack, st Style) {
	bold, italic := truth(st.Bold), truth(st.Italic)
	for _, exact := range []bool{true, false} {
		for _, w := range k.wishes {
			f := w.faces[bold][italic]
			if f != nil && w.exact[bold][italic] == exact && !slices.Contains(c.faces, f) {
				c.faces = append(c.faces, f)
			}
		}
	}
}

// stacksFor returns the role's stacks, the closest to the language first: the
// longest prefix of it, then the one for any language, then the others by name.
func (s *Set) stacksFor(st Style) []stack {
	lang := canonical(st.Lang)
	rank := func(k stack) int {
		key := canonical(k.lang)
		switch {
		case key == "":
			return 1000
		case key == lang || strings.HasPrefix(lang, key+"-"):
			return 1000 - len(key)
		}
		return 1001
	}
	out := slices.Clone(s.table[st.Role])
	slices.SortStableFunc(out, func(a, b stack) int { return cmp.Compare(rank(a), rank(b)) })
	return out
}

// canonical writes a language tag in lower case, and Chinese with its script:
// zh-TW is zh-hant-tw.
func canonical(lang string) string {
	l := strings.ToLower(strings.ReplaceAll(lang, "_", "-"))
	rest, chinese := strings.CutPrefix(l, "zh")
	if !chinese || rest != "" && rest[0] != '-' || strings.HasPrefix(rest, "-han") {
		return l
	}
	for _, region := range []string{"-tw", "-hk", "-mo"} {
		if rest == region || strings.HasPrefix(rest, region+"-") {
			return "zh-hant" + rest
		}
	}
	return "zh-hans" + rest
}

// Primary returns the first face that serves the style; nil if none does.
func (s *Set) Primary(st Style) *Face {
	if c := s.chainOf(st); c.own > 0 {
		return c.faces[0]
	}
	return nil
}

// Has reports whether some face that may serve the style has the character.
func (s *Set) Has(st Style, r rune) bool { return s.FaceOf(st, r) != nil }

// FaceOf returns the face that serves a character of the style; nil if none
// does.
func (s *Set) FaceOf(st Style, r rune) *Face {
	for _, f := range s.chainOf(st).faces {
		if _, ok := f.Glyph(r); ok {
			return f
		}
	}
	return nil
}

// Resolved lists every role, language and wish with the face found for it, in
// a fixed order. It reads the files found whole, to sum them.
func (s *Set) Resolved() []Resolved {
	var out []Resolved
	for _, role := range sortedRoles(s.want) {
		for _, k := range s.table[role] {
			for _, w := range k.wishes {
				r := Resolved{Role: role, Lang: k.lang, Wish: w.wish}
				if f := w.faces[0][0]; f != nil {
					r = f.resolved(r)
				}
				out = append(out, r)
			}
		}
	}
	return out
}

// Used lists the faces that shaped, drew or were cut into subsets, for the
// manifest; Role, Lang and Wish are those of the first wish that found them.
func (s *Set) Used() []Resolved {
	var out []Resolved
	for _, f := range s.faces {
		if !f.used.Load() {
			continue
		}
		out = append(out, f.resolved(s.firstWish(f)))
	}
	return out
}

func (s *Set) firstWish(f *Face) Resolved {
	for _, role := range sortedRoles(s.want) {
		for _, k := range s.table[role] {
			for _, w := range k.wishes {
				for i := range 4 {
					if w.faces[i&1][i>>1] == f {
						return Resolved{Role: role, Lang: k.lang, Wish: w.wish}
					}
				}
			}
		}
	}
	return Resolved{}
}
