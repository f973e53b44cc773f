package epub

import (
	"bytes"
	"image"
	_ "image/gif"  // pictures are measured by their headers
	_ "image/jpeg" // as above
	_ "image/png"  // as above
	"path"
	"strconv"
	"strings"

	_ "golang.org/x/image/webp" // as above

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
)

// pictured is a picture of the manuscript in the e-book; a zero name means it
// cannot be shown.
type pictured struct {
	name          string
	width, height int // pixels; 0 if not known
}

// image takes a picture into the e-book on its first use.
func (s *plan) image(im *book.Image) {
	s.has.images = true
	if strings.TrimSpace(im.Alt) == "" {
		s.has.undescribed = true
	}
	if im.Path == "" || s.pictures[im.Path] != nil {
		return
	}
	p := &pictured{}
	s.pictures[im.Path] = p
	file := s.Book.Pictures[im.Path]
	if file == nil {
		return // check reports image-missing
	}
	kind, ext := mediaType(file.Data)
	if kind == "" {
		s.diags.Add("epub-image-format", im.SrcSpan,
			diag.T("%s is no PNG, JPEG, GIF, WebP or SVG picture; readers cannot show it", "%s 不是 PNG、JPEG、GIF、WebP 或 SVG 图片，阅读器无法显示", im.Path),
			diag.T("convert it to PNG or JPEG", "转换成 PNG 或 JPEG"))
		return
	}
	if c, _, err := image.DecodeConfig(bytes.NewReader(file.Data)); err == nil {
		p.width, p.height = c.Width, c.Height
	}
	p.name = "i" + pad(len(s.media)+1) + stem(im.Path) + ext
	s.media = append(s.media, medium{p.name, kind, file.Data})
}

// stem is what of a file's name every reader takes in an address: "-tree", or
// nothing if the name is not ASCII.
func stem(p string) string {
	t := strings.ToLower(strings.TrimSuffix(path.Base(p), path.Ext(p)))
	if len(t) > 40 || !isName(t) {
		return ""
	}
	return "-" + strings.ReplaceAll(t, ".", "-")
}

// mediaType tells a core media type (EPUB 3.3, 3.2) by a file's first bytes.
func mediaType(data []byte) (kind, ext string) {
	switch {
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return "image/png", ".png"
	case bytes.HasPrefix(data, []byte{0xFF, 0xD8, 0xFF}):
		return "image/jpeg", ".jpg"
	case bytes.HasPrefix(data, []byte("GIF8")):
		return "image/gif", ".gif"
	case len(data) > 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		return "image/webp", ".webp"
	case isSVG(data):
		return "image/svg+xml", ".svg"
	}
	return "", ""
}

func isSVG(data []byte) bool {
	start := bytes.TrimSpace(bytes.TrimPrefix(data[:min(len(data), 2048)], []byte("\ufeff")))
	return bytes.HasPrefix(start, []byte("<")) && bytes.Contains(start, []byte("<svg"))
}

// picture writes an image; its alternative text where it cannot be shown.
func (r *renderer) picture(im *book.Image) {
	p := r.pictures[im.Path]
	if p == nil || p.name == "" {
		r.missing(im)
		return
	}
	if r.quiet {
		r.text(im.Alt)
		return
	}
	m := &r.markup
	m.raw("<img")
	m.attr("src", "../"+imagesHref+p.name)
	m.attr("alt", im.Alt)
	m.attrIf("title", im.Title)
	m.attrIf("id", r.anchors[im])
	m.attrIf("style", sized(im.Width))
	m.raw("/>")
}

// missing writes what an absent or remote picture was to show.
func (r *renderer) missing(im *book.Image) {
	alt := im.Alt
	if alt == "" {
		alt = im.Title
	}
	if dest := outside(im.Src); dest != "" && !r.inLink && !r.quiet {
		if alt == "" {
			alt = im.Src
		}
		r.element("a", alt, "class", "picture", "href", dest)
		return
	}
	r.element("span", alt, "class", "picture", "id", r.id(r.anchors[im]))
}

// sized turns a width as written into a style; widths of print become shares
// of nothing a reader knows, so they only set a wish below the full measure.
func sized(w string) string {
	w = strings.TrimSpace(w)
	number := strings.TrimRight(w, "%abcdefghijklmnopqrstuvwxyz")
	if v, err := strconv.ParseFloat(number, 64); err != nil || v <= 0 || v > 10000 {
		return ""
	}
	switch unit := w[len(number):]; unit {
	case "%", "em", "cm", "mm", "in", "pt", "px":
		return "width: " + w
	case "":
		return "width: " + w + "px"
	}
	return ""
}
