package epub

import "banxin/pipeline/layout"

// styleSheet expresses the layout in what readers honour.
func styleSheet(l *layout.Layout, lang string) []byte {
	return []byte("body { line-height: 1.7; }\n" + l.EPUB.CSS)
}
