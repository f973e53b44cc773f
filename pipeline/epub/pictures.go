package epub

import (
	"path"
	"strconv"
	"strings"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
	"banxin/pipeline/page"
	"banxin/pipeline/picture"
	"banxin/pipeline/svg"
)

// maxSide bounds a picture's longer side in pixels: more than any reader
// shows, and what shops refuse.
const maxSide = 3200

// pictured is a picture of the manuscript in the e-book; a zero name means it
// cannot be shown. style is its own size where that is not its pixels'.
type pictured struct{ name, style string }

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
	if m, width, ok := s.rasterised(file); ok {
		m.name = "i" + pad(len(s.media)+1) + stem(im.Path) + m.name
		p.name, p.style = m.name, "width: "+number(width)+"em"
		s.media = append(s.media, m)
		return
	}
	m, err := s.medium(file)
	if err != nil {
		s.diags.Add("epub-image-format", im.SrcSpan,
			diag.T("readers cannot show %s: %v", "阅读器无法显示 %s：%v", im.Path, err),
			diag.T("convert it to PNG or JPEG", "转换成 PNG 或 JPEG"))
		return
	}
	m.name = "i" + pad(len(s.media)+1) + stem(im.Path) + m.name
	p.name = m.name
	s.media = append(s.media, m)
}

// medium is a picture as readers take it: its own bytes where they are of a
// core media type (EPUB 3.3, 3.2), upright and of a sane size. Its name is
// only an extension.
func (s *plan) medium(f *book.Picture) (medium, error) {
	m, err := picture.Load(f.Data, f.Path)
	if err != nil {
		return medium{}, err
	}
	if m.Format == picture.SVG {
		clean, err := cleanSVG(f.Data)
		return medium{".svg", "image/svg+xml", clean}, err
	}
	if m.Orientation > 1 || m.Components == 4 || max(m.Width, m.Height) > maxSide || m.Format == picture.WebP && s.plain() {
		r, err := m.Convert(picture.Plan{MaxPixels: maxSide, Screen: true})
		return medium{extension(r.Format), "image/" + r.Format, r.Data}, err
	}
	return medium{extension(m.Format), "image/" + m.Format, f.Data}, nil
}

// rasterised is a drawing in SVG as PNG, for readers that know no other, with
// its width in ems; false where there is no need or a part could not be drawn.
func (s *plan) rasterised(f *book.Picture) (medium, float64, bool) {
	if !s.plain() {
		return medium{}, 0, false
	}
	if m, err := picture.Load(f.Data, f.Path); err != nil || m.Format != picture.SVG {
		return medium{}, 0, false
	}
	frame, left, err := svg.Read(f.Data, svg.ReadOptions{Fonts: s.Fonts, Lang: s.lang, Name: f.Path})
	if err != nil || len(left) > 0 || frame.Width <= 0 || frame.Height <= 0 || holdsPicture(frame) {
		return medium{}, 0, false
	}
	data := pngOf(frame, fineness(frame), false)
	return medium{".png", "image/png", data}, float64(frame.Width) / float64(s.bodySize()), true
}

func holdsPicture(f *page.Frame) bool {
	for _, p := range f.Items {
		switch it := p.Item.(type) {
		case *page.Picture:
			return true
		case *page.Group:
			if holdsPicture(it.Frame) {
				return true
			}
		}
	}
	return false
}

func extension(format string) string {
	if format == picture.JPEG {
		return ".jpg"
	}
	return "." + format
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
	style := sized(im.Width)
	if style == "" {
		style = p.style
	}
	m.attrIf("style", style)
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
