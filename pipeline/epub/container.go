package epub

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	goepub "github.com/bmaupin/go-epub"
)

// Places inside the container. go-epub fixes the folders.
const (
	root       = "EPUB/"
	xhtmlDir   = "xhtml/"
	cssHref    = "css/book.css"
	opfName    = root + "package.opf"
	navName    = root + "nav.xhtml"
	ncxName    = root + "toc.ncx"
	mimetype   = "application/epub+zip"
	shelf      = "http://book/" // where the media transport finds its files
	imagesHref = "images/"
)

// document is a finished content document.
type document struct {
	name, title, lang string
	body              []byte // what stands inside <body>
	properties        string // of its manifest item: mathml, svg
}

// medium is a file that is not a document.
type medium struct {
	name, mediaType string // name inside images/
	data            []byte
}

// container is everything that goes into the zip.
type container struct {
	title, lang   string
	date          time.Time
	css           []byte
	media         []medium
	pages         []document // without the navigation document
	opf, nav, ncx []byte
	apple         []byte // Apple Books' display options, or nil
}

// inMemory keeps go-epub off the disk. Its file system is a variable of that
// package, an unguarded map: chosen once here, and used by one book at a time.
var (
	inMemory = sync.OnceFunc(func() { goepub.Use(goepub.MemoryFS) })
	oneBook  sync.Mutex
)

// writeTo has go-epub make the container, then rewrites it with this package's
// own package document, navigation, document heads, order and dates.
func (c *container) writeTo(w io.Writer) error {
	var made bytes.Buffer
	if err := c.make(&made); err != nil {
		return fmt.Errorf("make epub container: %w", err)
	}
	zr, err := zip.NewReader(bytes.NewReader(made.Bytes()), int64(made.Len()))
	if err != nil {
		return fmt.Errorf("read epub container: %w", err)
	}
	if err := c.finish(w, zr); err != nil {
		return fmt.Errorf("write epub: %w", err)
	}
	return nil
}

// make writes go-epub's idea of the book.
func (c *container) make(w io.Writer) error {
	inMemory()
	e := goepub.NewEpub(c.title)
	e.SetLang(c.lang)
	files := mediaShelf{"css": c.css}
	e.Client = &http.Client{Transport: files}
	css, err := e.AddCSS(shelf+"css", "book.css")
	if err != nil {
		return err
	}
	for _, m := range c.media {
		files[m.name] = m.data
		if _, err := e.AddImage(shelf+m.name, m.name); err != nil {
			return err
		}
	}
	for _, p := range c.pages {
		if _, err := e.AddSection(string(p.body), p.title, p.name, css); err != nil {
			return err
		}
	}
	oneBook.Lock()
	defer oneBook.Unlock()
	_, err = e.WriteTo(w)
	return err
}

// mediaShelf serves the book's media to go-epub, which takes them only from
// files, addresses or data URLs: an address saves encoding them as base64.
type mediaShelf map[string][]byte

func (s mediaShelf) RoundTrip(r *http.Request) (*http.Response, error) {
	data, ok := s[strings.TrimPrefix(r.URL.Path, "/")]
	if !ok {
		return nil, fmt.Errorf("no such medium: %s", r.URL.Path)
	}
	if r.Method == http.MethodHead {
		data = nil
	}
	return &http.Response{Status: "200 OK", StatusCode: http.StatusOK, Request: r, Body: io.NopCloser(bytes.NewReader(data))}, nil
}

// finish writes the container anew: mimetype first and stored without extra
// fields (OCF 3.3, 4.3), then a fixed order, every date the book's.
func (c *container) finish(w io.Writer, made *zip.Reader) error {
	from := make(map[string]*zip.File, len(made.File))
	for _, f := range made.File {
		from[f.Name] = f
	}
	z := &rezip{out: zip.NewWriter(w), from: from, date: c.date}
	z.first()
	z.write("META-INF/container.xml", []byte(containerXML))
	if c.apple != nil {
		z.write("META-INF/com.apple.ibooks.display-options.xml", c.apple)
	}
	z.write(opfName, c.opf)
	z.write(navName, c.nav)
	z.write(ncxName, c.ncx)
	z.copy(root + cssHref)
	for _, p := range c.pages {
		z.page(root+xhtmlDir+p.name, p)
	}
	for _, m := range c.media {
		z.copy(root + imagesHref + m.name)
	}
	if z.err != nil {
		return z.err
	}
	return z.out.Close()
}

const containerXML = `<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles>
    <rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
  </rootfiles>
</container>
`

// rezip writes the finished zip; after a failure it does nothing more.
type rezip struct {
	out  *zip.Writer
	from map[string]*zip.File
	date time.Time
	text bytes.Buffer // one document, reused
	err  error
}

// first writes the mimetype entry with the sizes in its local header.
func (z *rezip) first() {
	h := &zip.FileHeader{Name: "mimetype", Method: zip.Store, CRC32: 0x2CAB616F, CompressedSize64: uint64(len(mimetype)), UncompressedSize64: uint64(len(mimetype))}
	h.SetModTime(z.date) //lint:ignore SA1019 CreateRaw writes only the MS-DOS fields, which this sets
	w, err := z.out.CreateRaw(h)
	if err == nil {
		_, err = io.WriteString(w, mimetype)
	}
	z.err = err
}

func (z *rezip) write(name string, parts ...[]byte) {
	if z.err != nil {
		return
	}
	w, err := z.out.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: z.date})
	for i := 0; i < len(parts) && err == nil; i++ {
		_, err = w.Write(parts[i])
	}
	z.err = err
}

// copy takes an entry over as go-epub compressed it.
func (z *rezip) copy(name string) {
	f := z.from[name]
	if z.err == nil && f == nil {
		z.err = fmt.Errorf("%s is missing from the container", name)
	}
	if z.err != nil {
		return
	}
	r, err := f.OpenRaw()
	if err != nil {
		z.err = err
		return
	}
	h := zip.FileHeader{Name: name, Method: f.Method, CRC32: f.CRC32, CompressedSize64: f.CompressedSize64, UncompressedSize64: f.UncompressedSize64}
	h.SetModTime(z.date) //lint:ignore SA1019 CreateRaw writes only the MS-DOS fields, which this sets
	w, err := z.out.CreateRaw(&h)
	if err == nil {
		_, err = io.Copy(w, r)
	}
	z.err = err
}

// page takes a document over with a head of this package's own: go-epub's has
// no language and no room for one.
func (z *rezip) page(name string, p document) {
	f := z.from[name]
	if z.err == nil && f == nil {
		z.err = fmt.Errorf("%s is missing from the container", name)
	}
	if z.err != nil {
		return
	}
	r, err := f.Open()
	if err != nil {
		z.err = err
		return
	}
	z.text.Reset()
	if _, err := z.text.ReadFrom(r); err != nil {
		z.err = err
		return
	}
	_, body, ok := bytes.Cut(z.text.Bytes(), []byte("<body>"))
	if !ok {
		z.err = fmt.Errorf("%s has no body", name)
		return
	}
	z.write(name, head(p.title, p.lang, "../"+cssHref), body)
}

// head writes a document up to and including its <body> tag.
func head(title, lang, css string) []byte {
	m := &markup{}
	m.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n", `<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"`)
	m.attr("lang", lang)
	m.attr("xml:lang", lang)
	m.raw(">\n<head>\n<meta charset=\"UTF-8\"/>\n")
	m.element("title", title)
	m.raw("\n")
	m.void("link", "rel", "stylesheet", "type", "text/css", "href", css)
	m.raw("\n</head>\n<body>")
	return m.b
}
