package epub

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"
)

func build(t testing.TB, in Input) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := Write(&b, in); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func open(t testing.TB, data []byte) *zip.Reader {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func contents(t testing.TB, f *zip.File) []byte {
	t.Helper()
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestContainer(t *testing.T) {
	data := build(t, everything())
	if want := "PK\x03\x04"; string(data[:4]) != want || string(data[30:58]) != "mimetypeapplication/epub+zip" {
		t.Errorf("mimetype is not first, stored and plain: %q", data[:60])
	}
	if again := build(t, everything()); !bytes.Equal(data, again) {
		t.Error("two builds differ")
	}
	for i, f := range open(t, data).File {
		if i > 0 && !f.Modified.Equal(everything().Date) && f.Modified.Year() != 2024 {
			t.Errorf("%s is dated %v", f.Name, f.Modified)
		}
		if strings.HasSuffix(f.Name, "xhtml") || strings.HasSuffix(f.Name, ".opf") || strings.HasSuffix(f.Name, ".ncx") {
			wellFormed(t, f.Name, contents(t, f))
		}
	}
}

func wellFormed(t *testing.T, name string, b []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(b))
	for {
		if _, err := d.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
	}
}
