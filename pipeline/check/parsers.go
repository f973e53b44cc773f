package check

import (
	"errors"

	"banxin/pipeline/diagram"
	"banxin/pipeline/texmath"
)

// fault is where and why a formula or a diagram cannot be read. Line and
// column count from 1, the column in characters.
type fault struct {
	line, column int
	en, zh       string
}

// readFormula reports why TeX with the book's own commands cannot be set; nil
// if it can.
func readFormula(tex string, macros map[string]string) *fault {
	if _, err := texmath.Parse(tex, texmath.Options{Macros: macros}); err != nil {
		return &fault{err.Line, err.Col, err.En, err.Zh}
	}
	return nil
}

// readDiagram reports why a diagram cannot be drawn; nil if it can, or if its
// notation is not one that is drawn.
func readDiagram(text, language string) *fault {
	var e *diagram.Error
	if err := diagram.Parse(text, language); !errors.As(err, &e) || e.Unsupported {
		return nil
	}
	return &fault{e.Line, e.Col, e.En, e.Zh}
}
