package layout

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strings"

	"banxin/pipeline/unit"
)

// Load reads the layout called name from the first folder that has NAME.yaml,
// lays it over the ones it extends, and checks it. Names never hold a path.
func Load(folders []fs.FS, name string) (*Layout, error) {
	t, err := load(folders, name, nil)
	if err != nil {
		return nil, err
	}
	return resolve(name, t)
}

// Names lists the layouts of the folders, sorted; base, which only others
// extend, is not among them.
func Names(folders []fs.FS) ([]string, error) {
	var out []string
	for _, f := range folders {
		es, err := fs.ReadDir(f, ".")
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("list layouts: %w", err)
		}
		for _, e := range es {
			if n, ok := strings.CutSuffix(e.Name(), ".yaml"); ok && n != "base" && !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	slices.Sort(out)
	return out, nil
}

func load(folders []fs.FS, name string, chain []string) (*tree, error) {
	if slices.Contains(chain, name) {
		return nil, fmt.Errorf("read layout %s: it extends itself: %s", name, strings.Join(append(chain, name), " → "))
	}
	if name == "" || path.Base(name) != name || strings.HasPrefix(name, ".") {
		return nil, fmt.Errorf("read layout %q: a layout's name is a word, not a path", name)
	}
	data, err := find(folders, name)
	if err != nil {
		return nil, err
	}
	t, err := parseTree(name+".yaml", data)
	if err != nil {
		return nil, err
	}
	parent, ok := t.kids["extends"]
	if !ok {
		return t, nil
	}
	delete(t.kids, "extends")
	t.keys = slices.DeleteFunc(t.keys, func(k string) bool { return k == "extends" })
	base, err := load(folders, parent.scalar, append(chain, name))
	if err != nil {
		return nil, err
	}
	return t.over(base), nil
}

func find(folders []fs.FS, name string) ([]byte, error) {
	for _, f := range folders {
		data, err := fs.ReadFile(f, name+".yaml")
		if err == nil {
			return data, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("read layout %s: %w", name, err)
		}
	}
	names, err := Names(folders)
	if err != nil {
		return nil, err
	}
	return nil, fmt.Errorf("there is no layout %q; there are: %s", name, strings.Join(names, ", "))
}

// resolve binds a merged tree: the body first, since every relative length
// hangs on it, then the styles over the body's, then the rest.
func resolve(name string, t *tree) (*Layout, error) {
	l := &Layout{Name: name, Styles: map[string]Style{}}
	if b, ok := t.kids["body"]; ok {
		// Twice: the indent's em is the size that the first pass reads.
		for range 2 {
			if err := bind(b, reflect.ValueOf(&l.Body).Elem(), scale{l.Body.Size, l.Body.Leading}); err != nil {
				return nil, err
			}
		}
	}
	if l.Body.Size <= 0 || l.Body.Leading < l.Body.Size || l.Body.Measure < 5 || l.Body.Lines < 5 {
		return nil, t.errorf("body needs size, leading (at least the size), measure and lines (at least 5)")
	}
	body := scale{l.Body.Size, l.Body.Leading}
	if err := resolveStyles(l, t, body); err != nil {
		return nil, err
	}
	rest := reflect.ValueOf(l).Elem()
	names := fieldKeys(rest.Type())
	for _, k := range t.keys {
		i := slices.Index(names, k)
		switch {
		case i < 0 || k == "name":
			return nil, t.kids[k].errorf("unknown key %q%s", k, nearest(k, names))
		case k == "styles" || k == "body":
			continue
		}
		if err := bind(t.kids[k], rest.Field(i), body); err != nil {
			return nil, err
		}
	}
	if err := l.checkChoices(t); err != nil {
		return nil, err
	}
	return l, l.settlePage(t)
}

func resolveStyles(l *Layout, t *tree, body scale) error {
	styles := t.kids["styles"]
	if styles == nil {
		styles = &tree{}
	}
	known := StyleNames()
	for _, k := range styles.keys {
		if !slices.Contains(known, k) {
			return styles.kids[k].errorf("unknown style %q%s", k, nearest(k, known))
		}
	}
	base := Style{Role: "song", Size: l.Body.Size, Leading: l.Body.Leading}
	for _, k := range known {
		st := base
		if s := styles.kids[k]; s != nil {
			if err := bindStyle(s, &st, body); err != nil {
				return err
			}
		}
		l.Styles[k] = st
		if k == "body" { // the first: what all others start from
			base = Style{Role: st.Role, Size: l.Body.Size, Leading: l.Body.Leading}
		}
	}
	return nil
}

// bindStyle resolves em against the style's own size: the size is read first.
func bindStyle(t *tree, st *Style, body scale) error {
	if s := t.kids["size"]; s != nil {
		if err := bind(s, reflect.ValueOf(&st.Size).Elem(), body); err != nil {
			return err
		}
	}
	size := st.Size
	if err := bind(t, reflect.ValueOf(st).Elem(), scale{size, body.line}); err != nil {
		return err
	}
	st.Size = size // an em in size itself is the body's
	if st.Size < 3*unit.Pt || st.Leading < st.Size {
		return t.errorf("a style needs a size of 3pt or more and a leading no smaller than it")
	}
	return nil
}

// settlePage fills margins left out from the type area (typography: the type
// area is a whole number of characters and lines) and checks the sum.
func (l *Layout) settlePage(t *tree) error {
	p, b := &l.Page, l.Body
	width := b.Size * unit.Length(b.Measure)
	height := b.Leading * unit.Length(b.Lines)
	if p.Outer == 0 {
		p.Outer = p.Width - width - p.Inner
	}
	if p.Bottom == 0 {
		p.Bottom = p.Height - height - p.Top
	}
	at := t
	if k := t.kids["page"]; k != nil {
		at = k
	}
	if p.Width <= 0 || p.Height <= 0 || p.Inner < 0 || p.Outer < 0 || p.Top < 0 || p.Bottom < 0 {
		return at.errorf("the type area (%d characters by %d lines, %s × %s pt) does not fit the page with these margins", b.Measure, b.Lines, width, height)
	}
	if d := p.Width - p.Inner - p.Outer - width; d < 0 {
		return at.errorf("inner and outer margins leave less than %d characters; leave outer out and it is computed", b.Measure)
	}
	return nil
}

// TypeArea returns the type area's width and height.
func (l *Layout) TypeArea() (width, height unit.Length) {
	return l.Body.Size * unit.Length(l.Body.Measure), l.Body.Leading * unit.Length(l.Body.Lines)
}
