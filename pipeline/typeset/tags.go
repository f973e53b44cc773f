package typeset

import (
	"banxin/pipeline/page"
	"banxin/pipeline/source"
)

// logic is the logical structure of a division, for tagged PDF. Node 0 stands
// for what the division hangs under, so that its tags never are 0, which marks
// artifacts.
type logic struct{ nodes []page.Node }

func newLogic() *logic { return &logic{nodes: make([]page.Node, 1, 64)} }

// add appends a node under parent and returns its tag.
func (l *logic) add(parent int32, kind string, span source.Span) int32 {
	l.nodes = append(l.nodes, page.Node{Type: kind, Parent: parent, Span: span})
	return int32(len(l.nodes) - 1)
}

// graft hangs a division's nodes under node at of the document's structure and
// returns what its tags grow by.
func graft(doc *page.Document, l *logic, at int32) int32 {
	shift := int32(len(doc.Structure)) - 1
	for _, n := range l.nodes[1:] {
		if n.Parent == 0 {
			n.Parent = at
		} else {
			n.Parent += shift
		}
		doc.Structure = append(doc.Structure, n)
	}
	return shift
}

// retag adds shift to the tags of a frame's items and of the frames in them.
func retag(f *page.Frame, shift int32) {
	for i := range f.Items {
		if f.Items[i].Tag != 0 {
			f.Items[i].Tag += shift
		}
		if g, ok := f.Items[i].Item.(*page.Group); ok {
			retag(g.Frame, shift)
		}
	}
}
