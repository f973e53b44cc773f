package epub

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// cleanSVG rewrites an SVG picture so that it stands by itself and does
// nothing: no scripts, no event handlers, no foreign markup, no document type,
// no addresses outside itself.
func cleanSVG(data []byte) ([]byte, error) {
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(charset string, in io.Reader) (io.Reader, error) {
		return nil, fmt.Errorf("its encoding is %s, not UTF-8", charset)
	}
	m := &markup{b: make([]byte, 0, len(data)+64)}
	m.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
	var open []string
	for {
		t, err := d.RawToken()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			name := rawName(t.Name)
			if harmful(t.Name.Local) {
				if err := skip(d); err != nil {
					return nil, err
				}
				continue
			}
			m.raw("<", name)
			cleanAttrs(m, t.Attr, len(open) == 0)
			m.raw(">")
			open = append(open, name)
		case xml.EndElement:
			if len(open) == 0 || open[len(open)-1] != rawName(t.Name) {
				return nil, fmt.Errorf("</%s> closes nothing", rawName(t.Name))
			}
			open = open[:len(open)-1]
			m.close(rawName(t.Name))
		case xml.CharData:
			if len(open) > 0 {
				m.text(string(t))
			}
		}
	}
	if len(open) > 0 {
		return nil, errors.New("<" + open[len(open)-1] + "> is not closed")
	}
	return m.b, nil
}

func rawName(n xml.Name) string {
	if n.Space != "" {
		return n.Space + ":" + n.Local
	}
	return n.Local
}

// harmful names elements that have no place in a picture of a book.
func harmful(local string) bool {
	switch strings.ToLower(local) {
	case "script", "foreignobject", "iframe", "audio", "video", "handler":
		return true
	}
	return false
}

// skip reads to the end of the element just begun.
func skip(d *xml.Decoder) error {
	for depth := 1; depth > 0; {
		t, err := d.RawToken()
		if err != nil {
			return err
		}
		switch t.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

// cleanAttrs writes the attributes that may stay. The root gets the namespaces
// it lacks.
func cleanAttrs(m *markup, attrs []xml.Attr, isRoot bool) {
	has := map[string]bool{}
	for _, a := range attrs {
		name := rawName(a.Name)
		local := strings.ToLower(a.Name.Local)
		if has[name] || strings.HasPrefix(local, "on") || strings.HasPrefix(local, "data-") {
			continue
		}
		if local == "href" || local == "src" {
			v := strings.TrimSpace(a.Value)
			if !strings.HasPrefix(v, "#") && !strings.HasPrefix(v, "data:image/") {
				continue
			}
		}
		if strings.Contains(a.Value, "url(") && !strings.Contains(a.Value, "url(#") {
			continue
		}
		has[name] = true
		m.attr(name, a.Value)
	}
	if isRoot && !has["xmlns"] {
		m.attr("xmlns", "http://www.w3.org/2000/svg")
	}
	if isRoot && !has["xmlns:xlink"] {
		m.attr("xmlns:xlink", "http://www.w3.org/1999/xlink")
	}
}
