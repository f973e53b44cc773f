package svg

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"banxin/pipeline/font"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// ReadOptions are what a foreign drawing is read with.
type ReadOptions struct {
	// Fonts set its text; nil: text is left out.
	Fonts *font.Set
	Lang  string
	// Name is the file's; the pictures it holds are named after it.
	Name string
}

// Read makes a frame of a foreign SVG file: shapes, groups, transforms, text,
// style sheets of simple selectors, embedded raster pictures. Nothing is
// executed or fetched: scripts, foreign objects and external references are
// passed over. left names what was left out, each once, sorted. The frame is as
// large as the file asks, a CSS pixel being 3/4 of a point. An error means that
// the file is no SVG or is beyond all measure.
func Read(data []byte, o ReadOptions) (f *page.Frame, left []string, err error) {
	root, err := parse(data)
	if err != nil {
		return nil, nil, fmt.Errorf("read svg: %w", err)
	}
	r := &reader{o: o, ids: map[string]*element{}, left: map[string]bool{}}
	r.collect(root)
	f = r.draw(root)
	for l := range r.left {
		left = append(left, l)
	}
	slices.Sort(left)
	return f, left, nil
}

// Limits on a foreign file: far above a drawing for a page.
const (
	maxElements = 200_000
	maxDepth    = 200
	maxUses     = 5_000
	maxItems    = 400_000
)

// element is an element of the file, kids and text in order; text alone has no
// name.
type element struct {
	name  string
	attrs []xml.Attr
	kids  []*element
	text  string
}

func (e *element) attr(name string) string {
	for _, a := range e.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// parse reads the tree. Entities of a document type are left as they stand:
// they may name files, or multiply without end.
func parse(data []byte) (*element, error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Strict = false
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	var root *element
	var open []*element
	count := 0
	for {
		t, err := d.Token()
		if err != nil {
			if root == nil {
				return nil, errors.New("no svg element")
			}
			return root, nil // a file that breaks off shows what it has
		}
		switch t := t.(type) {
		case xml.StartElement:
			if count++; count > maxElements || len(open) >= maxDepth {
				return nil, errors.New("more elements than a drawing has")
			}
			e := &element{name: t.Name.Local, attrs: slices.Clone(t.Attr)}
			switch {
			case len(open) > 0:
				p := open[len(open)-1]
				p.kids = append(p.kids, e)
			case e.name != "svg":
				return nil, errors.New("no svg element")
			case root == nil:
				root = e
			}
			open = append(open, e)
		case xml.EndElement:
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
		case xml.CharData:
			if len(open) > 0 {
				p := open[len(open)-1]
				p.kids = append(p.kids, &element{text: string(t)})
			}
		}
	}
}

// reader draws one file.
type reader struct {
	o     ReadOptions
	ids   map[string]*element
	rules []rule
	left  map[string]bool
	out   *page.Frame
	uses  int
}

// collect finds ids and style sheets.
func (r *reader) collect(e *element) {
	if id := e.attr("id"); id != "" && r.ids[id] == nil {
		r.ids[id] = e
	}
	if e.name == "style" {
		for _, k := range e.kids {
			r.rules = append(r.rules, styleSheet(k.text)...)
		}
	}
	for _, k := range e.kids {
		r.collect(k)
	}
}

const pointsPerPixel = 0.75

// draw makes the frame of the outermost svg element.
func (r *reader) draw(root *element) *page.Frame {
	box := numbers(root.attr("viewBox"))
	w, h := size(root.attr("width"), 0), size(root.attr("height"), 0)
	if len(box) != 4 || box[2] <= 0 || box[3] <= 0 {
		if w <= 0 {
			w = 300
		}
		if h <= 0 {
			h = 150
		}
		box = []float64{0, 0, w, h}
	}
	switch {
	case w <= 0 && h <= 0:
		w, h = box[2], box[3]
	case w <= 0:
		w = h * box[2] / box[3]
	case h <= 0:
		h = w * box[3] / box[2]
	}
	r.out = &page.Frame{Width: unit.FromPoints(w * pointsPerPixel), Height: unit.FromPoints(h * pointsPerPixel)}
	k := min(w/box[2], h/box[3]) * pointsPerPixel
	m := matrix{k, 0, 0, k, (w*pointsPerPixel-box[2]*k)/2 - box[0]*k, (h*pointsPerPixel-box[3]*k)/2 - box[1]*k}
	st := r.styled(root, plainStyle())
	for _, e := range root.kids {
		r.element(e, m, st, 0)
	}
	return r.out
}

// element draws an element and what it holds.
func (r *reader) element(e *element, m matrix, parent style, depth int) {
	if depth > maxDepth || len(r.out.Items) > maxItems {
		return
	}
	switch e.name {
	case "", "defs", "symbol", "title", "desc", "metadata", "style", "clipPath", "mask", "marker", "pattern", "linearGradient", "radialGradient", "filter":
		return
	case "script", "foreignObject", "animate", "animateTransform", "set", "iframe", "video", "audio":
		r.left["<"+e.name+">"] = true
		return
	}
	st := r.styled(e, parent)
	if st.hidden {
		return
	}
	m = m.then(transform(e.attr("transform")))
	switch e.name {
	case "g", "a", "switch":
		for _, k := range e.kids {
			r.element(k, m, st, depth+1)
		}
	case "svg":
		r.nested(e, m, st, depth)
	case "use":
		r.use(e, m, st, depth)
	case "text":
		r.text(e, m, st)
	case "image":
		r.image(e, m)
	default:
		if o := shape(e); o != nil {
			r.paint(o, m, st)
		}
	}
}

// nested draws an inner svg element or a symbol in its own coordinates.
func (r *reader) nested(e *element, m matrix, st style, depth int) {
	m = m.then(matrix{1, 0, 0, 1, size(e.attr("x"), 0), size(e.attr("y"), 0)})
	if box := numbers(e.attr("viewBox")); len(box) == 4 && box[2] > 0 && box[3] > 0 {
		w, h := size(e.attr("width"), box[2]), size(e.attr("height"), box[3])
		k := min(w/box[2], h/box[3])
		m = m.then(matrix{k, 0, 0, k, (w-box[2]*k)/2 - box[0]*k, (h-box[3]*k)/2 - box[1]*k})
	}
	for _, k := range e.kids {
		r.element(k, m, st, depth+1)
	}
}

// use draws what it refers to, inside the file only.
func (r *reader) use(e *element, m matrix, st style, depth int) {
	id, inside := strings.CutPrefix(e.attr("href"), "#")
	if !inside {
		r.left["<use> of another file"] = true
		return
	}
	t := r.ids[id]
	if r.uses++; t == nil || r.uses > maxUses {
		return
	}
	m = m.then(matrix{1, 0, 0, 1, size(e.attr("x"), 0), size(e.attr("y"), 0)})
	if t.name == "symbol" || t.name == "svg" {
		inner := *t
		for _, k := range []string{"width", "height"} {
			if v := e.attr(k); v != "" {
				inner.attrs = append([]xml.Attr{{Name: xml.Name{Local: k}, Value: v}}, inner.attrs...)
			}
		}
		r.nested(&inner, m, r.styled(t, st), depth+1)
		return
	}
	r.element(t, m, st, depth+1)
}

// shape is the outline of a basic shape or a path; nil if it is none.
func shape(e *element) *outline {
	n := func(name string) float64 { return size(e.attr(name), 0) }
	switch e.name {
	case "path":
		return pathData(e.attr("d"))
	case "rect":
		rx, ry := size(e.attr("rx"), -1), size(e.attr("ry"), -1)
		if rx < 0 {
			rx = max(ry, 0)
		}
		if ry < 0 {
			ry = rx
		}
		if n("width") > 0 && n("height") > 0 {
			return rectangle(n("x"), n("y"), n("width"), n("height"), rx, ry)
		}
	case "circle":
		if n("r") > 0 {
			return ellipse(point{n("cx"), n("cy")}, n("r"), n("r"))
		}
	case "ellipse":
		if n("rx") > 0 && n("ry") > 0 {
			return ellipse(point{n("cx"), n("cy")}, n("rx"), n("ry"))
		}
	case "line":
		o := &outline{}
		o.move(point{n("x1"), n("y1")})
		o.line(point{n("x2"), n("y2")})
		return o
	case "polyline", "polygon":
		v := numbers(e.attr("points"))
		o := &outline{}
		for i := 0; i+1 < len(v); i += 2 {
			if p := (point{v[i], v[i+1]}); i == 0 {
				o.move(p)
			} else {
				o.line(p)
			}
		}
		if e.name == "polygon" && len(o.segs) > 0 {
			o.close()
		}
		return o
	}
	return nil
}

// size reads a CSS length in pixels; otherwise if it is none or a percentage.
func size(s string, otherwise float64) float64 {
	r := scanner{s: s}
	v, ok := r.number()
	if !ok {
		return otherwise
	}
	switch strings.TrimSpace(s[r.i:]) {
	case "", "px":
		return v
	case "pt":
		return v * 4 / 3
	case "pc":
		return v * 16
	case "mm":
		return v * 96 / 25.4
	case "cm":
		return v * 960 / 25.4
	case "in":
		return v * 96
	case "em", "rem":
		return v * 16
	case "ex":
		return v * 8
	}
	return otherwise
}
