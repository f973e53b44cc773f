package layout

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"banxin/pipeline/unit"
)

// scale is what relative lengths are resolved against.
type scale struct {
	em   unit.Length // of the style (or the body)
	line unit.Length // a body line
}

// bind sets v, a struct, map, slice or scalar, from t. Keys are the fields'
// names in kebab case; an unknown one is an error that names the nearest.
func bind(t *tree, v reflect.Value, s scale) error {
	switch v.Interface().(type) {
	case unit.Length:
		l, err := s.length(t.scalar)
		if !t.leaf || err != nil {
			return t.errorf("%q is not a length: write a number with pt, mm, cm, in, em or line", t.scalar)
		}
		v.SetInt(int64(l))
		return nil
	case Align:
		return bindAlign(t, v)
	}
	switch v.Kind() {
	case reflect.Struct:
		return bindStruct(t, v, s)
	case reflect.Map:
		return bindMap(t, v, s)
	case reflect.Slice:
		return bindSlice(t, v, s)
	}
	return bindScalar(t, v)
}

func bindScalar(t *tree, v reflect.Value) error {
	if !t.leaf {
		return t.errorf("a single value is expected here")
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(t.scalar)
	case reflect.Bool:
		b, err := strconv.ParseBool(t.scalar)
		if err != nil {
			return t.errorf("%q is neither true nor false", t.scalar)
		}
		v.SetBool(b)
	case reflect.Int:
		n, err := strconv.ParseInt(t.scalar, 10, 32)
		if err != nil {
			return t.errorf("%q is not a whole number", t.scalar)
		}
		v.SetInt(n)
	default:
		panic("layout: no binding for " + v.Type().String())
	}
	return nil
}

func bindAlign(t *tree, v reflect.Value) error {
	i := slices.Index([]string{"justify", "left", "center", "right"}, t.scalar)
	if i < 0 {
		return t.errorf("unknown alignment %q (justify, left, center, right)", t.scalar)
	}
	v.SetUint(uint64(i))
	return nil
}

func bindStruct(t *tree, v reflect.Value, s scale) error {
	// A family may be given by its name alone.
	if f, ok := v.Addr().Interface().(*Family); ok && t.leaf {
		f.Name = t.scalar
		return nil
	}
	if t.kids == nil {
		return t.errorf("a mapping is expected here")
	}
	names := fieldKeys(v.Type())
	for _, k := range t.keys {
		i := slices.Index(names, k)
		if i < 0 {
			return t.kids[k].errorf("unknown key %q%s", k, nearest(k, names))
		}
		if err := bind(t.kids[k], v.Field(i), s); err != nil {
			return err
		}
	}
	return nil
}

func bindMap(t *tree, v reflect.Value, s scale) error {
	if t.kids == nil {
		return t.errorf("a mapping is expected here")
	}
	v.Set(reflect.MakeMap(v.Type()))
	for _, k := range t.keys {
		e := reflect.New(v.Type().Elem()).Elem()
		if err := bind(t.kids[k], e, s); err != nil {
			return err
		}
		v.SetMapIndex(reflect.ValueOf(k), e)
	}
	return nil
}

func bindSlice(t *tree, v reflect.Value, s scale) error {
	items := t.list
	if !t.isList {
		items = []*tree{t} // one value stands for a list of one
	}
	v.Set(reflect.MakeSlice(v.Type(), len(items), len(items)))
	for i, it := range items {
		if err := bind(it, v.Index(i), s); err != nil {
			return err
		}
	}
	return nil
}

func (s scale) length(text string) (unit.Length, error) {
	t := strings.TrimSpace(text)
	for suffix, of := range map[string]unit.Length{"em": s.em, "line": s.line, "lines": s.line} {
		num, ok := strings.CutSuffix(t, suffix)
		if !ok {
			continue
		}
		f, err := strconv.ParseFloat(strings.TrimSpace(num), 64)
		if err == nil {
			return unit.FromPoints(f * of.Points()), nil
		}
	}
	return unit.Parse(t)
}

func fieldKeys(t reflect.Type) []string {
	out := make([]string, t.NumField())
	for i := range out {
		out[i] = kebab(t.Field(i).Name)
	}
	return out
}

// kebab turns MaxShort into max-short and EPUB into epub.
func kebab(name string) string {
	var b strings.Builder
	rs := []rune(name)
	for i, r := range rs {
		if i > 0 && unicode.IsUpper(r) && (unicode.IsLower(rs[i-1]) || i+1 < len(rs) && unicode.IsLower(rs[i+1])) {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// nearest suggests the known key closest to k, if one is close.
func nearest(k string, known []string) string {
	best, at := 3, ""
	for _, n := range known {
		if d := distance(k, n); d < best {
			best, at = d, n
		}
	}
	if at == "" {
		return " (known: " + strings.Join(known, ", ") + ")"
	}
	return "; did you mean " + strconv.Quote(at) + "?"
}

// distance is the Levenshtein distance of two short keys.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
