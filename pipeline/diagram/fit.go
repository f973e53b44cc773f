package diagram

import (
	"banxin/pipeline/unit"
)

// fit chooses how a figure is laid out: the first way that fits at the full
// size; else the way and size with the largest labels, no smaller than
// MinSize; else turned by a quarter; else as large as a turned page allows.
func fit(f figure, st Style) *Drawing {
	full := newPen(st, st.Size)
	ways := f.ways(st.PreferCompact)
	sheets := make([]*sheet, len(ways))
	for i, w := range ways {
		s := f.lay(full, w)
		s.size = st.Size
		if fits(s, st.MaxWidth, st.MaxHeight) {
			return s.drawing()
		}
		if w.shrink > 0 && ratio(s, st.MaxWidth, st.MaxHeight) >= w.shrink {
			if s := shrunk(f, st, ways[i:i+1], []*sheet{s}, st.MaxWidth, st.MaxHeight, st.MinSize); s != nil {
				return s.drawing()
			}
		}
		sheets[i] = s
	}
	if s := shrunk(f, st, ways, sheets, st.MaxWidth, st.MaxHeight, st.MinSize); s != nil {
		return s.drawing()
	}
	if st.TurnedWidth > 0 {
		turned := shrunk(f, st, ways, sheets, st.TurnedWidth, st.MaxWidth, st.MinSize)
		if turned != nil {
			d := turned.drawing()
			d.Turned = true
			return d
		}
	}
	return smallest(f, st, ways, sheets)
}

func fits(s *sheet, w, h unit.Length) bool {
	return (w <= 0 || s.frame.Width <= w) && (h <= 0 || s.frame.Height <= h)
}

// ratio is what a sheet must be multiplied by to fit, in thousandths, at most
// 1000.
func ratio(s *sheet, w, h unit.Length) int64 {
	r := int64(1000)
	if w > 0 && s.frame.Width > w {
		r = min(r, int64(w)*1000/int64(s.frame.Width))
	}
	if h > 0 && s.frame.Height > h {
		r = min(r, int64(h)*1000/int64(s.frame.Height))
	}
	return r
}

// shrunk lays the figure out at the largest size that fits w × h; nil if that
// is below least.
func shrunk(f figure, st Style, ways []way, sheets []*sheet, w, h, least unit.Length) *sheet {
	best, by := -1, int64(0)
	for i, s := range sheets {
		if r := ratio(s, w, h); r > by {
			best, by = i, r
		}
	}
	if best < 0 {
		return nil
	}
	// Lines do not shrink with the type: a second try may be needed.
	size := st.Size.Scale(by, 1000)
	for range 3 {
		size -= size % (unit.Pt / 8)
		if size < least || size <= 0 {
			return nil
		}
		inner := st
		inner.MaxWidth = w
		s := f.lay(newPen(inner, size), ways[best])
		s.size = size
		if fits(s, w, h) {
			return s
		}
		size = size.Scale(ratio(s, w, h), 1000) - unit.Pt/16
	}
	return nil
}

// smallest gives up legibility: the drawing is scaled to the page.
func smallest(f figure, st Style, ways []way, sheets []*sheet) *Drawing {
	upright := shrunk(f, st, ways, sheets, st.MaxWidth, st.MaxHeight, unit.Pt/2)
	turned := (*sheet)(nil)
	if st.TurnedWidth > 0 {
		turned = shrunk(f, st, ways, sheets, st.TurnedWidth, st.MaxWidth, unit.Pt/2)
	}
	switch {
	case turned != nil && (upright == nil || turned.size > upright.size):
		d := turned.drawing()
		d.Turned, d.Small = true, true
		return d
	case upright != nil:
		d := upright.drawing()
		d.Small = d.Size < st.MinSize
		return d
	}
	d := sheets[0].drawing()
	d.Small = true
	return d
}

func (s *sheet) drawing() *Drawing {
	return &Drawing{Frame: s.frame, Nodes: s.nodes, Groups: s.groups, Edges: s.edges, Size: s.size}
}
