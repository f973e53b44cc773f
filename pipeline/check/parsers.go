package check

// fault is where and why a formula or a diagram cannot be read. Line and
// column count from 1, the column in characters.
type fault struct {
	line, column int
	en, zh       string
}

// readFormula reports why TeX cannot be set; nil if it can.
func readFormula(string) *fault { return nil }

// readDiagram reports why a diagram cannot be drawn; nil if it can, or if its
// notation is not one that is drawn.
func readDiagram(string, string) *fault { return nil }
