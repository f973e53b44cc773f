package markdown

import "banxin/pipeline/book"

// picture finds the file an image names.
func (d *document) picture(im *book.Image) {
	if p, _, f := d.parser.paths.Find(d.file.Path, im.Src); f == book.Exact || f == book.Cased {
		im.Path = p
	}
}
