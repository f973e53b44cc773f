package epub

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"hash/crc32"
	"io"
	"net/http"
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
	fontsHref  = "fonts/"
)

// document is a finished content document.
type document struct {
	name, title, lang string
	packed            packed // the whole file
	properties        string // of its manifest item: mathml, svg
}

// medium is a file that is not a document.
type medium struct {
	name, mediaType string // name inside images/ or fonts/
	data            []byte
}

// container is everything that goes into the zip.
type container struct {
	title, lang   string
	date          time.Time
	css           []byte
	media         []medium   // in images/
	fonts         []medium   // in fonts/
	pages         []document // without the navigation document
	opf, nav, ncx []byte
	navProperties string // of the navigation document in the manifest
	apple         []byte // Apple Books' display options, or nil
}

// inMemory keeps go-epub off the disk. Its file system is a variable of that
// package, an unguarded map: chosen once here, and used by one book at a time.
var (
	inMemory = sync.OnceFunc(func() { goepub.Use(goepub.MemoryFS) })
	oneBook  sync.Mutex
)

// writeTo has go-epub lay out the container, then fills it with this package's
// own package document, navigation, documents, order and dates.
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

// make has go-epub lay out the book: its folders and a file for everything in
// it. Documents, pictures and fonts are empty there. go-epub's head has no
// room for a language and its zip compresses whatever it is given, so that
// text would be compressed twice and pictures in vain.
func (c *container) make(w io.Writer) error {
	inMemory()
	e := goepub.NewEpub(c.title)
	e.SetLang(c.lang)
	e.Client = &http.Client{Transport: mediaShelf(c.css)}
	css, err := e.AddCSS(shelf+"css", "book.css")
	if err != nil {
		return err
	}
	for _, m := range c.media {
		if _, err := e.AddImage(shelf+m.name, m.name); err != nil {
			return err
		}
	}
	for _, m := range c.fonts {
		if _, err := e.AddFont(shelf+m.name, m.name); err != nil {
			return err
		}
	}
	for _, p := range c.pages {
		if _, err := e.AddSection("", p.title, p.name, css); err != nil {
			return err
		}
	}
	oneBook.Lock()
	defer oneBook.Unlock()
	_, err = e.WriteTo(w)
	return err
}

// mediaShelf serves go-epub, which takes files only from disks, addresses or
// data URLs: the style sheet under "css", an empty file under any other name.
type mediaShelf []byte

func (s mediaShelf) RoundTrip(r *http.Request) (*http.Response, error) {
	var data []byte
	if r.Method != http.MethodHead && r.URL.Path == "/css" {
		data = s
	}
	return &http.Response{Status: "200 OK", StatusCode: http.StatusOK, Request: r, Body: io.NopCloser(bytes.NewReader(data))}, nil
}

// finish writes the container anew: mimetype first and stored without extra
// fields (OCF 3.3, 4.3), then a fixed order, every date the book's.
func (c *container) finish(w io.Writer, made *zip.Reader) error {
	laid := make(map[string]*zip.File, len(made.File))
	for _, f := range made.File {
		laid[f.Name] = f
	}
	z := &rezip{out: zip.NewWriter(w), laid: laid, date: c.date}
	z.entry("mimetype", stored([]byte(mimetype)))
	z.write("META-INF/container.xml", []byte(containerXML))
	if c.apple != nil {
		z.write("META-INF/com.apple.ibooks.display-options.xml", c.apple)
	}
	z.write(opfName, c.opf)
	z.write(navName, c.nav)
	z.write(ncxName, c.ncx)
	z.copy(root + cssHref)
	for _, p := range c.pages {
		z.fill(root+xhtmlDir+p.name, p.packed)
	}
	for _, m := range c.media {
		z.fill(root+imagesHref+m.name, m.packed())
	}
	for _, m := range c.fonts {
		z.fill(root+fontsHref+m.name, m.packed())
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

// packed is a file as a zip holds it.
type packed struct {
	data   []byte
	method uint16
	crc    uint32
	size   int // of the file
}

func stored(data []byte) packed {
	return packed{data: data, method: zip.Store, crc: crc32.ChecksumIEEE(data), size: len(data)}
}

// packer deflates one file after another.
type packer struct {
	out bytes.Buffer
	w   *flate.Writer
}

func (p *packer) pack(data []byte) packed {
	p.out.Reset()
	if p.w == nil {
		// Neither a level that exists nor a buffer fails.
		p.w, _ = flate.NewWriter(&p.out, flate.DefaultCompression)
	} else {
		p.w.Reset(&p.out)
	}
	_, _ = p.w.Write(data)
	_ = p.w.Close()
	return packed{data: bytes.Clone(p.out.Bytes()), method: zip.Deflate, crc: crc32.ChecksumIEEE(data), size: len(data)}
}

// packed compresses what is not compressed already.
func (m medium) packed() packed {
	switch m.mediaType {
	case "image/svg+xml", "font/ttf", "font/otf":
		return (&packer{}).pack(m.data)
	}
	return stored(m.data)
}

// rezip writes the finished zip; after a failure it does nothing more.
type rezip struct {
	out  *zip.Writer
	laid map[string]*zip.File
	date time.Time
	own  packer
	err  error
}

// entry writes a file with its sizes in the local header.
func (z *rezip) entry(name string, p packed) {
	if z.err != nil {
		return
	}
	h := &zip.FileHeader{Name: name, Method: p.method, CRC32: p.crc, CompressedSize64: uint64(len(p.data)), UncompressedSize64: uint64(p.size)}
	h.SetModTime(z.date) //lint:ignore SA1019 CreateRaw writes only the MS-DOS fields, which this sets
	w, err := z.out.CreateRaw(h)
	if err == nil {
		_, err = w.Write(p.data)
	}
	z.err = err
}

func (z *rezip) write(name string, data []byte) { z.entry(name, z.own.pack(data)) }

// fill writes a file in the place that go-epub laid out for it.
func (z *rezip) fill(name string, p packed) {
	if z.err == nil && z.laid[name] == nil {
		z.err = fmt.Errorf("%s is missing from the container", name)
	}
	z.entry(name, p)
}

// copy takes a file over as go-epub compressed it.
func (z *rezip) copy(name string) {
	f := z.laid[name]
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
	data, err := io.ReadAll(r)
	if z.err = err; err == nil {
		z.entry(name, packed{data: data, method: f.Method, crc: f.CRC32, size: int(f.UncompressedSize64)})
	}
}

// head writes a document up to and including its <body> tag.
func (m *markup) head(title, lang, css string) {
	m.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n", `<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"`)
	m.attr("lang", lang)
	m.attr("xml:lang", lang)
	m.raw(">\n<head>\n<meta charset=\"UTF-8\"/>\n")
	m.element("title", title)
	m.raw("\n")
	m.void("link", "rel", "stylesheet", "type", "text/css", "href", css)
	m.raw("\n</head>\n<body>\n")
}
