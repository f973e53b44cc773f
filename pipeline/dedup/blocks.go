package dedup

import (
	"slices"

	"banxin/pipeline/book"
)

// insertUnit returns blocks with u put behind the unit after; at the end if
// after is nil or not there. An item goes into the list that after is in, else
// into the last list of its kind, else into a list of its own. Nothing given
// is changed.
func insertUnit(bs []book.Block, u *unit, after *unit) []book.Block {
	if after != nil {
		if out, ok := insertBehind(bs, u, after); ok {
			return out
		}
	}
	out := slices.Clone(bs)
	if u.item == nil {
		return append(out, u.block)
	}
	if after == nil && len(out) > 0 {
		if l, ok := out[len(out)-1].(*book.List); ok {
			n := *l
			n.Items = append(slices.Clone(l.Items), u.item)
			out[len(out)-1] = &n
			return out
		}
	}
	return append(out, &book.List{Node: book.Node{Span: u.item.Span}, Marker: "-", Items: []*book.Item{u.item}})
}

func insertBehind(bs []book.Block, u, after *unit) ([]book.Block, bool) {
	for i, b := range bs {
		if b == after.block && after.item == nil {
			return slices.Insert(slices.Clone(bs), i+1, asBlock(u)), true
		}
		l, ok := b.(*book.List)
		if !ok {
			continue
		}
		for j, it := range l.Items {
			n := *l
			if it == after.item && u.item != nil {
				n.Items = slices.Insert(slices.Clone(l.Items), j+1, u.item)
			} else if in, ok := insertBehind(it.Blocks, u, after); ok {
				item := *it
				item.Blocks = in
				n.Items = slices.Clone(l.Items)
				n.Items[j] = &item
			} else if it == after.item {
				item := *it
				item.Blocks = append(slices.Clone(it.Blocks), asBlock(u))
				n.Items = slices.Clone(l.Items)
				n.Items[j] = &item
			} else {
				continue
			}
			out := slices.Clone(bs)
			out[i] = &n
			return out, true
		}
	}
	return nil, false
}

func asBlock(u *unit) book.Block {
	if u.item == nil {
		return u.block
	}
	return &book.List{Node: book.Node{Span: u.item.Span}, Marker: "-", Items: []*book.Item{u.item}}
}

// without returns blocks less the given ones, at any depth of lists and
// containers. A list left without items goes.
func without(bs []book.Block, blocks map[book.Block]bool, items map[*book.Item]bool) []book.Block {
	out := make([]book.Block, 0, len(bs))
	changed := false
	for _, b := range bs {
		if blocks[b] {
			changed = true
			continue
		}
		n := withoutIn(b, blocks, items)
		changed = changed || n != b
		if n != nil {
			out = append(out, n)
		}
	}
	if !changed {
		return bs
	}
	return out
}

func withoutIn(b book.Block, blocks map[book.Block]bool, items map[*book.Item]bool) book.Block {
	switch b := b.(type) {
	case *book.List:
		n := *b
		n.Items = nil
		changed := false
		for _, it := range b.Items {
			if items[it] {
				changed = true
				continue
			}
			in := without(it.Blocks, blocks, items)
			if len(in) != len(it.Blocks) || len(in) > 0 && &in[0] != &it.Blocks[0] {
				c := *it
				c.Blocks = in
				it, changed = &c, true
			}
			n.Items = append(n.Items, it)
		}
		switch {
		case !changed:
			return b
		case len(n.Items) == 0:
			return nil
		}
		return &n
	case *book.Quote:
		if in := without(b.Blocks, blocks, items); len(in) != len(b.Blocks) {
			n := *b
			n.Blocks = in
			return &n
		}
	case *book.Admonition:
		if in := without(b.Blocks, blocks, items); len(in) != len(b.Blocks) {
			n := *b
			n.Blocks = in
			return &n
		}
	case *book.Division:
		if in := without(b.Blocks, blocks, items); len(in) != len(b.Blocks) {
			n := *b
			n.Blocks = in
			return &n
		}
	}
	return b
}
