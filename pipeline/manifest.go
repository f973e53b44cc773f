package pipeline

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"banxin/pipeline/book"
	"banxin/pipeline/font"
	"banxin/pipeline/project"
	"banxin/pipeline/source"
)

// The manifest names everything that went into a build and came out of it, so
// that a release can be made again and shown to be the same.
type manifest struct {
	Format  string         `json:"format"`
	Tool    string         `json:"tool"`
	Version string         `json:"version"`
	Title   string         `json:"title"`
	Layout  string         `json:"layout"`
	Edition string         `json:"edition"`
	Date    string         `json:"date"`
	Pages   int            `json:"pages,omitempty"`
	Inputs  []manifestFile `json:"inputs"`
	Fonts   []manifestFont `json:"fonts"`
	Outputs []manifestFile `json:"outputs"`
}

const manifestFormat = "banxin-manifest/1"

type manifestFile struct {
	Path   string `json:"path"`
	Bytes  int    `json:"bytes"`
	SHA256 string `json:"sha256"`
}

type manifestFont struct {
	Face   string `json:"face"`
	SHA256 string `json:"sha256"`
}

func fileOf(path string, data []byte) manifestFile {
	sum := sha256.Sum256(data)
	return manifestFile{path, len(data), hex.EncodeToString(sum[:])}
}

// manifestOf is the manifest's text. Fonts are the faces that set something.
func manifestOf(m manifest, p *project.Project, b *book.Book, faces []*font.Face, files map[string][]byte) ([]byte, error) {
	m.Format, m.Tool = manifestFormat, "banxin"
	m.Fonts, m.Outputs = []manifestFont{}, []manifestFile{}
	m.Inputs = inputs(p, b)
	for _, f := range faces {
		m.Fonts = append(m.Fonts, manifestFont{f.PostScript(), f.SHA256()})
	}
	for name, data := range files {
		m.Outputs = append(m.Outputs, fileOf(name, data))
	}
	byPath := func(a, b manifestFile) int { return bytes.Compare([]byte(a.Path), []byte(b.Path)) }
	slices.SortFunc(m.Inputs, byPath)
	slices.SortFunc(m.Outputs, byPath)
	slices.SortFunc(m.Fonts, func(a, b manifestFont) int { return bytes.Compare([]byte(a.Face), []byte(b.Face)) })
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(m); err != nil {
		return nil, err
	}
	return text.Bytes(), nil
}

// inputs are all files of the manuscript folder that were read.
func inputs(p *project.Project, b *book.Book) []manifestFile {
	files := slices.Concat(p.Manuscript.Files, p.Bibliographies, []*source.File{p.ConfigFile, p.Decisions})
	for _, f := range p.Included {
		files = append(files, f)
	}
	out := []manifestFile{}
	for _, f := range files {
		if f != nil {
			out = append(out, fileOf(f.Path, f.Text))
		}
	}
	for _, pic := range b.Pictures {
		out = append(out, fileOf(pic.Path, pic.Data))
	}
	return out
}
