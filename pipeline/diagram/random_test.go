package diagram

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"banxin/pipeline/unit"
)

// TestRandomGraphs holds the laws over graphs nobody would draw: groups in
// groups, edges across and to them, circles, loops, texts, every direction.
func TestRandomGraphs(t *testing.T) {
	st := testStyle(testSet(t))
	st.MaxWidth, st.MaxHeight = 2000*unit.Pt, 0
	for seed := range uint64(250) {
		src := randomGraph(rand.New(rand.NewPCG(seed, 7)))
		d, err := Draw(src, "mermaid", st)
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, src)
		}
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			checkGraph(t, d)
			insideFrame(t, d)
			if t.Failed() {
				t.Log("\n" + src)
			}
		})
	}
}

func randomGraph(r *rand.Rand) string {
	var b strings.Builder
	dirs := []string{"TD", "LR", "BT", "RL"}
	fmt.Fprintf(&b, "flowchart %s\n", dirs[r.IntN(4)])
	shapes := []string{"%s[node %[1]s]", "%s{%[1]s?}", "%s((%[1]s))", "%s([%[1]s<br>two])", "%s[(%[1]s)]", "%s"}
	node, group := 0, 0
	var inside func(depth int)
	inside = func(depth int) {
		for range 1 + r.IntN(3) {
			fmt.Fprintf(&b, shapes[r.IntN(len(shapes))]+"\n", fmt.Sprintf("n%d", node))
			node++
		}
		for depth < 3 && r.IntN(3) == 0 {
			fmt.Fprintf(&b, "subgraph g%d [Group %[1]d]\n", group)
			group++
			if r.IntN(4) == 0 {
				fmt.Fprintf(&b, "direction %s\n", dirs[r.IntN(4)])
			}
			inside(depth + 1)
			b.WriteString("end\n")
		}
	}
	inside(0)
	inside(1)
	lines := []string{"-->", "---", "-.->", "--text-->", "<-->", "---->", "-->|a longer text|"}
	end := func() string {
		if group > 0 && r.IntN(6) == 0 {
			return fmt.Sprintf("g%d", r.IntN(group))
		}
		return fmt.Sprintf("n%d", r.IntN(node))
	}
	for range r.IntN(2 * node) {
		fmt.Fprintf(&b, "%s %s %s\n", end(), lines[r.IntN(len(lines))], end())
	}
	return b.String()
}
