package prepress

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"fmt"
	"strings"
	"time"
)

// File is a file of the package.
type File struct {
	Name string
	Data []byte
}

// Sum is the digest that sha256sum prints.
func (f File) Sum() string { return fmt.Sprintf("%x", sha256.Sum256(f.Data)) }

// Bundle packs files in their order into one zip, with their digests in front
// in the form that sha256sum --check reads. The same files give the same bytes.
func Bundle(files []File, date time.Time) ([]byte, error) {
	var sums strings.Builder
	for _, f := range files {
		fmt.Fprintf(&sums, "%s  %s\n", f.Sum(), f.Name)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range append([]File{{"SHA256SUMS", []byte(sums.String())}}, files...) {
		// What is in there is compressed already.
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Store, Modified: date.UTC()})
		if err == nil {
			_, err = w.Write(f.Data)
		}
		if err != nil {
			return nil, fmt.Errorf("pack %s: %w", f.Name, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("pack: %w", err)
	}
	return b.Bytes(), nil
}
