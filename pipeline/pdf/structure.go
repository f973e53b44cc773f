package pdf

import (
	"slices"
	"strconv"

	"banxin/pipeline/page"
)

// kid is an entry of a structure element: an element, a piece of marked
// content or an annotation.
type kid struct {
	element int32 // node, 0: content
	page    int32
	mcid    int32
	annot   int // object number, 0: none
}

// structure writes the logical tree and returns the number of its root. An
// element's kids are in the order of Document.Structure; its own content
// stands between them where it stands on the pages.
func (p *press) structure(d *draft, annots []int) int {
	nodes := p.doc.Structure
	kids := p.gather(annots)
	numbers := make([]int, len(nodes))
	for i := range nodes {
		numbers[i] = d.reserve()
	}
	root := d.reserve()
	for i := range nodes {
		parent := root
		if i > 0 {
			parent = numbers[parentOf(nodes, int32(i))]
		}
		d.objects[numbers[i]].head = p.element(d, int32(i), parent, numbers, kids[i])
	}
	b := []byte("<</Type/StructTreeRoot/K ")
	b = appendRef(b, numbers[0])
	b = append(b, "/ParentTree "...)
	b = appendRef(b, d.add(p.parentTree(d, numbers)))
	b = append(b, "/ParentTreeNextKey "...)
	b = strconv.AppendInt(b, int64(len(p.doc.Pages)+len(p.links)), 10)
	b = appendIDs(b, nodes, numbers)
	d.objects[root].head = append(b, ">>"...)
	return root
}

// parentOf returns a node's parent; one that does not stand before its child
// is taken for the document.
func parentOf(nodes []page.Node, n int32) int32 {
	if q := nodes[n].Parent; q >= 0 && q < n {
		return q
	}
	return 0
}

// gather lists every node's kids.
func (p *press) gather(annots []int) [][]kid {
	nodes := p.doc.Structure
	kids := make([][]kid, len(nodes))
	placed := make([]bool, len(nodes))
	place := func(n int32) {
		for n != 0 && !placed[n] {
			placed[n] = true
			q := parentOf(nodes, n)
			kids[q] = append(kids[q], kid{element: n})
			n = q
		}
	}
	for _, m := range p.marks {
		k := kid{page: m.page, mcid: m.mcid}
		if m.link >= 0 {
			if k.annot = annots[m.link]; k.annot == 0 {
				continue
			}
		}
		place(m.tag)
		kids[m.tag] = append(kids[m.tag], k)
	}
	// Elements without content, such as an empty table cell, keep their place.
	for n := int32(1); int(n) < len(nodes); n++ {
		place(n)
	}
	for i := range kids {
		sortElements(kids[i])
	}
	return kids
}

// sortElements puts the elements among kids into document order and leaves
// the content between them where it is.
func sortElements(kids []kid) {
	var order []int32
	for _, k := range kids {
		if k.element != 0 {
			order = append(order, k.element)
		}
	}
	if slices.IsSorted(order) {
		return
	}
	slices.Sort(order)
	for i := range kids {
		if kids[i].element != 0 {
			kids[i].element, order = order[0], order[1:]
		}
	}
}

// element returns a structure element's dictionary.
func (p *press) element(d *draft, n int32, parent int, numbers []int, kids []kid) []byte {
	v := &p.doc.Structure[n]
	b := []byte("<</Type/StructElem/S")
	b = appendName(b, v.Type)
	b = appendRef(append(b, "/P "...), parent)
	home := int32(-1) // the page of content that names none
	for _, k := range kids {
		if k.element == 0 {
			home = k.page
			b = appendRef(append(b, "/Pg "...), d.pages[home].number)
			break
		}
	}
	alt := v.Alt
	fig, isFigure := p.figures[n]
	if alt == "" && isFigure {
		alt = fig.alt
	}
	for _, a := range [...]struct{ key, value string }{
		{"/T", v.Title}, {"/Lang", v.Lang}, {"/Alt", alt}, {"/ActualText", v.Actual}, {"/ID", v.ID},
	} {
		if a.value != "" {
			b = appendText(append(b, a.key...), a.value)
		}
	}
	b = appendAttributes(b, v, fig, isFigure)
	if len(kids) > 0 {
		b = append(b, "/K["...)
		for i, k := range kids {
			if i > 0 {
				b = append(b, ' ')
			}
			b = p.appendKid(b, d, k, home, numbers)
		}
		b = append(b, ']')
	}
	return append(b, ">>"...)
}

func (p *press) appendKid(b []byte, d *draft, k kid, home int32, numbers []int) []byte {
	switch {
	case k.element != 0:
		return appendRef(b, numbers[k.element])
	case k.annot != 0:
		b = appendRef(append(b, "<</Type/OBJR/Obj "...), k.annot)
		if k.page != home {
			b = appendRef(append(b, "/Pg "...), d.pages[k.page].number)
		}
		return append(b, ">>"...)
	case k.page != home:
		b = appendRef(append(b, "<</Type/MCR/Pg "...), d.pages[k.page].number)
		b = append(b, "/MCID "...)
		b = strconv.AppendInt(b, int64(k.mcid), 10)
		return append(b, ">>"...)
	}
	return strconv.AppendInt(b, int64(k.mcid), 10)
}

// appendAttributes appends what tables and figures say of themselves.
func appendAttributes(b []byte, v *page.Node, fig figure, isFigure bool) []byte {
	switch {
	case v.Scope != "":
		b = append(b, "/A<</O/Table/Scope"...)
		b = append(appendName(b, v.Scope), ">>"...)
	case isFigure && (v.Type == "Figure" || v.Type == "Formula"):
		b = append(b, "/A<</O/Layout/BBox["...)
		b = appendMillis(b, fig.box[:]...)
		b[len(b)-1] = ']'
		b = append(b, ">>"...)
	}
	return b
}

// parentTree maps pages' marked content and annotations back to elements.
func (p *press) parentTree(d *draft, numbers []int) []byte {
	perPage := make([][]byte, len(p.doc.Pages))
	for _, m := range p.marks {
		if m.link < 0 {
			// MCIDs count up from 0 on each page, so the array grows in step.
			perPage[m.page] = append(appendRef(perPage[m.page], numbers[m.tag]), ' ')
		}
	}
	b := []byte("<</Nums[")
	for i, list := range perPage {
		if len(list) == 0 {
			list = []byte{' '}
		}
		list = append(append([]byte{'['}, list[:len(list)-1]...), ']')
		b = strconv.AppendInt(b, int64(i), 10)
		b = append(b, ' ')
		b = append(appendRef(b, d.add(list)), ' ')
	}
	for i, l := range p.links {
		if p.node(l.tag) {
			b = strconv.AppendInt(b, int64(len(p.doc.Pages)+i), 10)
			b = append(b, ' ')
			b = append(appendRef(b, numbers[l.tag]), ' ')
		}
	}
	return append(b, "]>>"...)
}

// appendIDs appends the name tree of element identifiers, if there are any.
func appendIDs(b []byte, nodes []page.Node, numbers []int) []byte {
	type entry struct {
		key string
		n   int
	}
	var ids []entry
	seen := map[string]bool{}
	for i := range nodes {
		if id := nodes[i].ID; id != "" && !seen[id] {
			seen[id] = true
			ids = append(ids, entry{encodeText(id), numbers[i]})
		}
	}
	if len(ids) == 0 {
		return b
	}
	slices.SortFunc(ids, func(a, b entry) int {
		switch {
		case a.key < b.key:
			return -1
		case a.key > b.key:
			return 1
		}
		return 0
	})
	b = append(b, "/IDTree<</Names["...)
	for _, e := range ids {
		b = appendLiteral(b, e.key)
		b = appendRef(b, e.n)
	}
	return append(b, "]>>"...)
}
