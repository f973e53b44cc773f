package page

import "banxin/pipeline/font"

// Faces returns the faces that set something in the document, in order of
// their first glyph.
func Faces(d *Document) []*font.Face {
	var out []*font.Face
	seen := map[*font.Face]bool{}
	var frame func(*Frame)
	frame = func(f *Frame) {
		for _, p := range f.Items {
			switch it := p.Item.(type) {
			case *Glyphs:
				if it.Face != nil && !seen[it.Face] {
					seen[it.Face] = true
					out = append(out, it.Face)
				}
			case *Group:
				frame(it.Frame)
			}
		}
	}
	for _, p := range d.Pages {
		frame(p.Frame)
	}
	return out
}
