package texmath

import "strings"

func (w *writer) array(n *array) *element {
	cell := w.in(inText)
	switch n.kind {
	case alignment, alignedAt, gathering, displayCases, displayArray:
		cell = w.in(display)
	case smallMatrix, subArray:
		cell = w.in(inScript)
	}
	table := el("mtable", nil)
	columns := len(n.columns)
	for i, r := range n.rows {
		tr := el("mtr", nil)
		for _, c := range r {
			e := cell.single(c)
			tr.kids = append(tr.kids, el("mtd", nil, cell.wrapped(e)))
		}
		if i < len(n.tags) && n.tags[i] != nil {
			tr.kids = append(tr.kids, el("mtd", nil, rowOf(w.one(n.tags[i]))))
		}
		columns = max(columns, len(r))
		table.kids = append(table.kids, tr)
	}
	table.set("rowspacing", em(n.rowGap()))
	w.columnAttrs(table, n, columns)
	e := n.outline(table)
	if n.kind == smallMatrix || n.kind == subArray {
		e = el("mstyle", []string{"scriptlevel", "1"}, e)
	}
	if n.left == "" && n.right == "" {
		return e
	}
	row := el("mrow", nil)
	if n.left != "" {
		row.kids = append(row.kids, leaf("mo", n.left, "fence", "true"))
	}
	row.kids = append(row.kids, e)
	if n.right != "" {
		row.kids = append(row.kids, leaf("mo", n.right, "fence", "true"))
	}
	return row
}

// wrapped puts a cell in its style.
func (w *writer) wrapped(e *element) *element {
	level, disp := "0", "false"
	if w.style == display {
		disp = "true"
	} else if w.style == inScript {
		level = "1"
	}
	return el("mstyle", []string{"scriptlevel", level, "displaystyle", disp}, e)
}

// rowGap is the white between rows in thousandths of an em.
func (n *array) rowGap() int64 {
	switch n.kind {
	case smallMatrix, subArray:
		return 100
	case caseArray, displayCases:
		return 360
	case alignment, alignedAt, gathering:
		return 250
	}
	return 160
}

func (w *writer) columnAttrs(table *element, n *array, columns int) {
	var align, lines, gaps []string
	for i := range columns {
		a := n.align(i)
		align = append(align, map[byte]string{'l': "left", 'c': "center", 'r': "right"}[a])
		if i == 0 {
			continue
		}
		line := "none"
		if i < len(n.columns) && n.columns[i].rules > 0 {
			line = "solid"
		} else if i < len(n.columns) && n.columns[i].rules < 0 {
			line = "dashed"
		}
		lines = append(lines, line)
		gap := "1em"
		switch {
		case n.kind == alignment && i%2 == 1, n.kind == alignedAt, n.kind == gathering:
			gap = "0em"
		case n.kind == smallMatrix:
			gap = "0.2778em"
		}
		gaps = append(gaps, gap)
	}
	if len(align) > 0 {
		table.set("columnalign", strings.Join(align, " "))
	}
	if s := strings.Join(lines, " "); strings.Contains(s, "solid") || strings.Contains(s, "dashed") {
		table.set("columnlines", s)
	}
	if len(gaps) > 0 {
		table.set("columnspacing", strings.Join(gaps, " "))
	}
	var rows []string
	for i := 1; i < len(n.rows); i++ {
		switch {
		case n.rules[i] > 0:
			rows = append(rows, "solid")
		case n.rules[i] < 0:
			rows = append(rows, "dashed")
		default:
			rows = append(rows, "none")
		}
	}
	if s := strings.Join(rows, " "); strings.Contains(s, "solid") || strings.Contains(s, "dashed") {
		table.set("rowlines", s)
	}
}

// outline puts the rules at a table's edges around it.
func (n *array) outline(table *element) *element {
	var sides []string
	if n.rules[0] != 0 {
		sides = append(sides, "top")
	}
	if n.rules[len(n.rows)] != 0 {
		sides = append(sides, "bottom")
	}
	if len(n.columns) > 0 && n.columns[0].rules != 0 {
		sides = append(sides, "left")
	}
	if k := len(n.columns); k > 0 && n.columns[k-1].last {
		sides = append(sides, "right")
	}
	if len(sides) == 0 {
		return table
	}
	return el("menclose", []string{"notation", strings.Join(sides, " ")}, table)
}

// align is the alignment of column i.
func (n *array) align(i int) byte {
	switch {
	case i < len(n.columns) && !n.columns[i].last:
		return n.columns[i].align
	case n.paired() && i%2 == 0:
		return 'r'
	case n.paired(), n.kind == caseArray, n.kind == displayCases:
		return 'l'
	}
	return 'c'
}
