package diagram

// parseDot reads Graphviz's notation.
func parseDot(t *text) (*parsed, *Error) {
	e := t.fault(0, "dot is not drawn", "不支持 dot 图")
	e.Unsupported = true
	return nil, e
}
