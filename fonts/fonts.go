// Package fonts is the folder of typefaces: those that Go modules carry, and
// beside this file, once fetched, those that the layouts ask for.
package fonts

import (
	"bytes"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"

	"codeberg.org/go-fonts/latin-modern/lmmath"
	"codeberg.org/go-fonts/latin-modern/lmroman10bold"
	"codeberg.org/go-fonts/latin-modern/lmroman10bolditalic"
	"codeberg.org/go-fonts/latin-modern/lmroman10italic"
	"codeberg.org/go-fonts/latin-modern/lmroman10regular"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/gomonobold"
	"golang.org/x/image/font/gofont/gomonobolditalic"
	"golang.org/x/image/font/gofont/gomonoitalic"
)

// FS returns the faces that Go modules embed in the program, as a folder of
// files: Go Mono (regular, bold, italic, bold italic), Latin Modern Roman (the
// same four) and Latin Modern Math. Files are readable in pieces; no byte of a
// face is copied.
func FS() fs.FS { return folder{} }

// folder is the embedded files.
type folder struct{}

func files() []file {
	return []file{
		{name: "Go-Mono.ttf", data: gomono.TTF},
		{name: "Go-Mono-Bold.ttf", data: gomonobold.TTF},
		{name: "Go-Mono-Bold-Italic.ttf", data: gomonobolditalic.TTF},
		{name: "Go-Mono-Italic.ttf", data: gomonoitalic.TTF},
		{name: "latinmodern-math.otf", data: lmmath.TTF},
		{name: "lmroman10-bold.otf", data: lmroman10bold.TTF},
		{name: "lmroman10-bolditalic.otf", data: lmroman10bolditalic.TTF},
		{name: "lmroman10-italic.otf", data: lmroman10italic.TTF},
		{name: "lmroman10-regular.otf", data: lmroman10regular.TTF},
	}
}

// Open returns an embedded file or, as ".", the folder.
func (folder) Open(name string) (fs.File, error) {
	if name == "." {
		return &listing{rest: entries()}, nil
	}
	for _, f := range files() {
		if f.name == name {
			return &opened{bytes.NewReader(f.data), f}, nil
		}
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// entries returns the files by name.
func entries() []fs.DirEntry {
	list := files()
	slices.SortFunc(list, func(a, b file) int { return strings.Compare(a.name, b.name) })
	return entriesOf(list)
}

func entriesOf(list []file) []fs.DirEntry {
	out := make([]fs.DirEntry, len(list))
	for i, f := range list {
		out[i] = fs.FileInfoToDirEntry(f)
	}
	return out
}

// file is an embedded file and its own description.
type file struct {
	name string
	data []byte
}

func (f file) Name() string       { return f.name }
func (f file) Size() int64        { return int64(len(f.data)) }
func (f file) Mode() fs.FileMode  { return 0o444 }
func (f file) ModTime() time.Time { return time.Time{} }
func (f file) IsDir() bool        { return false }
func (f file) Sys() any           { return nil }

// opened is an open file; its reader reads in pieces.
type opened struct {
	*bytes.Reader
	file file
}

func (o *opened) Stat() (fs.FileInfo, error) { return o.file, nil }
func (o *opened) Close() error               { return nil }

// listing is the open folder.
type listing struct{ rest []fs.DirEntry }

func (l *listing) Stat() (fs.FileInfo, error) { return root{}, nil }
func (l *listing) Close() error               { return nil }
func (l *listing) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: ".", Err: fs.ErrInvalid}
}

// ReadDir returns the next n entries, all that are left where n <= 0.
func (l *listing) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 || n > len(l.rest) {
		if n > 0 && len(l.rest) == 0 {
			return nil, io.EOF
		}
		n = len(l.rest)
	}
	out := l.rest[:n]
	l.rest = l.rest[n:]
	return out, nil
}

// root describes the folder.
type root struct{ file }

func (root) Name() string      { return "." }
func (root) Mode() fs.FileMode { return fs.ModeDir | 0o555 }
func (root) IsDir() bool       { return true }
