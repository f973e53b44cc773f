package diagram

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

// dumped is a drawing as text.
func dumped(t testing.TB, d *Drawing) string {
	t.Helper()
	var b strings.Builder
	if err := page.DumpFrame(&b, d.Frame, page.DumpOptions{Offsets: true}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestLaws holds every drawing of the corpus to what a drawing must be.
func TestLaws(t *testing.T) {
	set := testSet(t)
	n := 0
	for _, c := range corpus(t, "") {
		n++
		t.Run(c.name, func(t *testing.T) {
			for _, st := range styles(testStyle(set)) {
				d, err := Draw(c.src, c.language, st)
				if err != nil {
					t.Fatal(err)
				}
				checkLaws(t, d, st)
				again, _ := Draw(c.src, c.language, st)
				if dumped(t, d) != dumped(t, again) {
					t.Error("drawn twice, the drawings differ")
				}
			}
		})
	}
	if n < 100 {
		t.Errorf("the corpus has only %d diagrams", n)
	}
}

// styles are a book's page, a wide one without limits, and a narrow one.
func styles(st Style) []Style {
	wide, narrow := st, st
	wide.MaxWidth, wide.MaxHeight, wide.PreferCompact = 0, 0, false
	narrow.MaxWidth = 180 * unit.Pt
	return []Style{st, wide, narrow}
}

func checkLaws(t *testing.T, d *Drawing, st Style) {
	t.Helper()
	if d.Description == "" {
		t.Error("there is no description")
	}
	if d.Size < st.MinSize && !d.Small {
		t.Errorf("labels of %v are below the least size", d.Size)
	}
	w, h := st.MaxWidth, st.MaxHeight
	if d.Turned {
		w, h = h, w
	}
	if !d.Small && (w > 0 && d.Frame.Width > w || h > 0 && d.Frame.Height > h) {
		t.Errorf("%v×%v does not fit %v×%v", d.Frame.Width, d.Frame.Height, w, h)
	}
	insideFrame(t, d)
	switch d.Kind {
	case "flowchart", "class", "state", "er", "mindmap", "dot":
		checkGraph(t, d)
	}
}

// insideFrame: nothing is drawn outside of the frame.
func insideFrame(t *testing.T, d *Drawing) {
	t.Helper()
	const slack = unit.Pt
	for _, it := range d.Frame.Items {
		w, h, top := unit.Length(0), unit.Length(0), it.Y
		switch v := it.Item.(type) {
		case *page.Path:
			w, h = v.Width, v.Height
		case *page.Glyphs:
			w = advance(v)
			top -= v.Size / 2
		}
		if it.X < -slack || top < -slack || it.X+w > d.Frame.Width+slack || it.Y+h > d.Frame.Height+slack {
			t.Errorf("%T at %v,%v stands out of the frame %v×%v", it.Item, it.X, it.Y, d.Frame.Width, d.Frame.Height)
		}
	}
}

// checkGraph: nodes do not overlap, groups hold their nodes or keep apart, and
// edges touch their ends.
func checkGraph(t *testing.T, d *Drawing) {
	t.Helper()
	for i, a := range d.Nodes {
		for _, b := range d.Nodes[:i] {
			if overlap(a.Box, b.Box, 0) {
				t.Errorf("%q and %q overlap: %v, %v", a.Label, b.Label, a.Box, b.Box)
			}
		}
		for _, g := range d.Groups {
			if overlap(a.Box, g.Box, 0) && !holds(g.Box, a.Box) {
				t.Errorf("%q stands across the frame of %q: %v, %v", a.Label, g.Label, a.Box, g.Box)
			}
		}
		for _, e := range d.Edges {
			if e.LabelBox.Width > 0 && overlap(e.LabelBox, a.Box, 0) {
				t.Errorf("the text %q lies on %q", e.Label, a.Label)
			}
		}
	}
	for i, a := range d.Groups {
		for _, b := range d.Groups[:i] {
			if a.Box.Width > 0 && b.Box.Width > 0 && overlap(a.Box, b.Box, 0) && !holds(a.Box, b.Box) && !holds(b.Box, a.Box) {
				t.Errorf("the groups %q and %q cross", a.Label, b.Label)
			}
		}
	}
	for _, e := range d.Edges {
		touches(t, d, e, e.From, e.FromGroup, e.Start)
		touches(t, d, e, e.To, e.ToGroup, e.End)
	}
}

func touches(t *testing.T, d *Drawing, e Edge, at int, group bool, p [2]unit.Length) {
	t.Helper()
	n := Node{}
	if group {
		n = d.Groups[at]
	} else {
		n = d.Nodes[at]
	}
	const slack = unit.Pt / 2
	b := n.Box
	if p[0] < b.X-slack || p[0] > b.X+b.Width+slack || p[1] < b.Y-slack || p[1] > b.Y+b.Height+slack {
		t.Errorf("edge %d–%d does not touch %q: %v,%v is not at %v", e.From, e.To, n.Label, p[0], p[1], b)
	}
}

func overlap(a, b page.Box, gap unit.Length) bool {
	return a.X < b.X+b.Width+gap && b.X < a.X+a.Width+gap && a.Y < b.Y+b.Height+gap && b.Y < a.Y+a.Height+gap
}

func holds(a, b page.Box) bool {
	return a.X <= b.X && a.Y <= b.Y && a.X+a.Width >= b.X+b.Width && a.Y+a.Height >= b.Y+b.Height
}

// TestLabelInside: a node's label lies within its outline.
func TestLabelInside(t *testing.T) {
	p := newPen(testStyle(testSet(t)), 9*unit.Pt)
	for s := box; s <= noteBox; s++ {
		if s.silent() || s == compartments {
			continue
		}
		for _, text := range []string{"a", "Label", "a longer label that will be set in several lines of text", "one<br>two<br>three<br>four"} {
			pl := p.plate(&node{text: text, shape: s}, p.em(10_000), down)
			for _, corner := range []point{{-pl.label.w / 2, -pl.label.h / 2}, {pl.label.w / 2, -pl.label.h / 2}, {pl.label.w / 2, pl.label.h / 2}, {-pl.label.w / 2, pl.label.h / 2}} {
				x, y := corner.x+pl.dx, corner.y+pl.dy
				at := bottom
				if y < 0 {
					at, y = top, -y
				}
				// Lines have white above and below their letters.
				if far := p.reach(s, pl.w, pl.h, at, x); far < y-p.em(250) {
					t.Errorf("shape %d: %q stands out at %v,%v (reach %v)", s, text, corner.x, corner.y, far)
				}
			}
		}
	}
}

// TestFaults: what is wrong is said with its place, in both languages.
func TestFaults(t *testing.T) {
	for _, c := range []struct {
		src, language string
		line, col     int
		holds         string
		unsupported   bool
	}{
		{"graph TD\n  A[甲 --> B[乙]\n", "mermaid", 2, 4, "not closed", false},
		{"graph XX\n A-->B", "mermaid", 1, 7, "no direction", false},
		{"graph TD\n A -->\n", "mermaid", 2, 3, "leads nowhere", false},
		{"graph TD\n subgraph x\n A\n", "mermaid", 2, 2, "no “end”", false},
		{"graph TD\n A\nend\n", "mermaid", 3, 1, "without a subgraph", false},
		{"graph TD\n A -- text\n", "mermaid", 2, 6, "does not go on", false},
		{"graph TD\n A -->|text B\n", "mermaid", 2, 7, "“|” is missing", false},
		{"graph TD\n A ) B\n", "mermaid", 2, 4, "not expected", false},
		{"graph TD\n A@{ shape: wurst }\n", "mermaid", 2, 3, "unknown shape", false},
		{"", "mermaid", 1, 1, "empty", false},
		{"graph TD\n", "mermaid", 2, 1, "empty", false},
		{"%% only a comment\n", "mermaid", 2, 1, "empty", false},
		{"sankey-beta\n a,b,1\n", "mermaid", 1, 1, "not drawn", true},
		{"x -> y", "d2", 1, 1, "not drawn", true},
		{"sequenceDiagram\n loop x\n A->>B: y\n", "mermaid", 2, 2, "no “end”", false},
		{"sequenceDiagram\n A->>: y\n", "mermaid", 2, 3, "no receiver", false},
		{"classDiagram\n class A {\n", "mermaid", 2, 2, "not closed", false},
		{"stateDiagram-v2\n A -->\n", "mermaid", 2, 2, "both ends", false},
		{"erDiagram\n A ||--|< B : x\n", "mermaid", 2, 2, "no entity", false},
		{"pie\n \"a\" : b\n", "mermaid", 2, 7, "number", false},
		{"gantt\n a : 2024-13-01, 3d\n", "mermaid", 2, 3, "neither", false},
		{"digraph { a -> }", "dot", 1, 16, "expected", false},
		{"digraph { a", "dot", 1, 12, "missing", false},
		{"graph { a [label=\"x] }", "dot", 1, 18, "not closed", false},
	} {
		err := Parse(c.src, c.language)
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%q: no error", c.src)
			continue
		}
		if e.Line != c.line || e.Col != c.col || !strings.Contains(e.En, c.holds) || e.Zh == "" || e.Unsupported != c.unsupported {
			t.Errorf("%q: %+v", c.src, *e)
		}
	}
}

// TestHostile: what no page can hold is refused or drawn in bounded time.
func TestHostile(t *testing.T) {
	st := testStyle(testSet(t))
	var many, deep, wide, dense strings.Builder
	many.WriteString("graph TD\n")
	for i := range 10_000 {
		fmt.Fprintf(&many, "n%d --> n%d\n", i, i/2)
	}
	deep.WriteString("graph TD\n" + strings.Repeat("subgraph a\n", 5000))
	wide.WriteString("graph TD\n" + strings.Repeat("a & ", 3000) + "b --> " + strings.Repeat("a & ", 3000) + "b\n")
	dense.WriteString("graph LR\n")
	for i := range 60 {
		for k := range 30 {
			fmt.Fprintf(&dense, "n%d --> n%d\n", i, (i*7+k*11)%60)
		}
	}
	for name, src := range map[string]string{
		"many": many.String(), "deep": deep.String(), "wide": wide.String(), "dense": dense.String(),
		"brackets": "graph TD\n a" + strings.Repeat("[", 100_000),
		"states":   "stateDiagram-v2\n" + strings.Repeat("state a {\n", 5000),
		"dot":      "digraph " + strings.Repeat("{", 100_000),
		"quotes":   "graph TD\n a[\"" + strings.Repeat("x ", 100_000) + "\"]",
		"word":     "graph TD\n a[" + strings.Repeat("x", 50_000) + "]",
	} {
		d, err := Draw(src, "mermaid", st)
		if name == "dot" {
			d, err = Draw(src, "dot", st)
		}
		t.Logf("%s: %v", name, err)
		if err == nil && d.Frame == nil {
			t.Errorf("%s: no frame", name)
		}
	}
}

// FuzzDraw: no source makes the drawing fail otherwise than by an *Error, and
// every drawing obeys the laws.
func FuzzDraw(f *testing.F) {
	for _, c := range corpus(f, "") {
		f.Add(c.src, c.language == "dot")
	}
	st := testStyle(testSet(f))
	f.Fuzz(func(t *testing.T, src string, dot bool) {
		if len(src) > 2000 {
			return
		}
		language := "mermaid"
		if dot {
			language = "dot"
		}
		d, err := Draw(src, language, st)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Line < 1 || e.Col < 1 || e.Zh == "" {
				t.Fatalf("%v", err)
			}
			return
		}
		if d.Frame == nil || d.Frame.Width < 0 || d.Frame.Height < 0 {
			t.Fatal("no frame")
		}
	})
}

// BenchmarkDraw draws the whole corpus.
func BenchmarkDraw(b *testing.B) {
	cases := corpus(b, "")
	st := testStyle(testSet(b))
	for b.Loop() {
		for _, c := range cases {
			if _, err := Draw(c.src, c.language, st); err != nil {
				b.Fatal(c.name, err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(cases)), "µs/diagram")
}
