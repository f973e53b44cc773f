package diagram

import "strings"

// dotLabel turns a label's escapes into markup.
func dotLabel(s, id string) string {
	return strings.NewReplacer(`\n`, "\n", `\l`, "\n", `\r`, "\n", `\N`, id, `\\`, `\`).Replace(strings.TrimSuffix(s, `\l`))
}

// dress gives a node its attributes.
func (r *dotReader) dress(n *node, a attributes) {
	if v, ok := a["shape"]; ok {
		n.shape = dotShape(v)
		if n.shape == startDot || n.shape == filledDot {
			n.text = ""
		}
	}
	if strings.Contains(a["style"], "rounded") && n.shape == box {
		n.shape = round
	}
	if v, ok := a["shape"]; ok {
		r.records[n.index] = v == "record" || v == "Mrecord"
	}
	if v, ok := a["label"]; ok {
		n.text = dotLabel(v, n.id)
		if r.records[n.index] {
			n.record()
		}
	}
}

// record parts a label at its bars.
func (n *node) record() {
	fields := strings.Split(strings.Trim(n.text, "{} "), "|")
	for i, f := range fields {
		f = strings.Trim(strings.TrimSpace(f), "{}")
		if strings.HasPrefix(f, "&lt;") {
			if k := strings.Index(f, "&gt;"); k > 0 {
				f = f[k+4:]
			}
		}
		fields[i] = strings.TrimSpace(f)
	}
	if len(fields) < 2 {
		return
	}
	n.shape, n.text, n.parts = compartments, fields[0], nil
	for _, f := range fields[1:] {
		n.parts = append(n.parts, [][]string{{f}})
	}
}

func dotShape(s string) shape {
	switch s {
	case "box", "rect", "rectangle", "square", "record", "component", "folder", "tab", "box3d":
		return box
	case "Mrecord":
		return round
	case "circle":
		return circle
	case "doublecircle", "Mcircle":
		return doubleCircle
	case "diamond", "Mdiamond":
		return diamond
	case "hexagon", "octagon", "polygon", "septagon":
		return hexagon
	case "parallelogram":
		return leanRight
	case "trapezium", "house":
		return trapezoid
	case "invtrapezium", "invhouse":
		return trapezoidInv
	case "triangle":
		return triangle
	case "invtriangle":
		return triangleInv
	case "cylinder":
		return cylinder
	case "note":
		return noteBox
	case "plaintext", "plain", "none":
		return bareText
	case "point":
		return filledDot
	}
	return ellipse
}

func (r *dotReader) edge(u, v int, a attributes) *edge {
	e := &edge{from: end{u, -1}, to: end{v, -1}, span: 1,
		text: dotLabel(a["label"], ""), near: dotLabel(a["taillabel"], ""), far: dotLabel(a["headlabel"], "")}
	style := a["style"]
	switch {
	case strings.Contains(style, "invis"):
		e.stroke = invisible
	case strings.Contains(style, "dashed"), strings.Contains(style, "dotted"):
		e.stroke = dotted
	case strings.Contains(style, "bold"):
		e.stroke = thick
	}
	dir := a["dir"]
	if dir == "" && r.directed {
		dir = "forward"
	}
	if dir == "forward" || dir == "both" {
		e.head = dotTip(a["arrowhead"])
	}
	if dir == "back" || dir == "both" {
		e.tail = dotTip(a["arrowtail"])
	}
	return e
}

func dotTip(s string) tip {
	switch s {
	case "none":
		return plain
	case "empty", "onormal":
		return hollow
	case "diamond":
		return diamondTip
	case "odiamond":
		return openTip
	case "dot", "odot":
		return circleTip
	case "vee", "open":
		return vee
	case "crow":
		return many
	case "tee":
		return one
	}
	return arrow
}
