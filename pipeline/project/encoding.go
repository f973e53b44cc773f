package project

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

// decode makes a file of bytes, reporting what is not plain UTF-8. A file in
// another encoding is converted only where book.yaml asks for it.
func (r *shelf) decode(p string, b []byte) *source.File {
	f := source.NewFile(p, b)
	bad := firstInvalid(b)
	if bad < 0 {
		r.oddities(f)
		return f
	}
	if name, dec := recognise(b); dec != nil {
		if r.p.Config.ConvertEncoding {
			if t, err := dec.NewDecoder().Bytes(b); err == nil {
				f = source.NewFile(p, t)
				r.diags.Add("encoding-converted", source.Span{File: f, Start: 0, End: 0}, diag.T("read as %s", "按 %s 读取", name))
				return f
			}
		}
		r.diags.Add("encoding-invalid", source.Span{File: f, Start: bad, End: bad + 1},
			diag.T("byte %d (0x%02X) is not UTF-8; the file looks like %s", "第 %d 字节（0x%02X）不是 UTF-8；文件像是 %s 编码", bad, b[bad], name),
			diag.T("save it as UTF-8, or set convert-encoding: true in book.yaml", "另存为 UTF-8，或在 book.yaml 里写 convert-encoding: true"))
		return f
	}
	r.diags.Add("encoding-invalid", source.Span{File: f, Start: bad, End: bad + 1},
		diag.T("byte %d (0x%02X) is not UTF-8", "第 %d 字节（0x%02X）不是 UTF-8", bad, b[bad]),
		diag.T("save the file as UTF-8", "把文件另存为 UTF-8"))
	return f
}

// firstInvalid is the offset of the first byte that is not UTF-8; -1: none.
func firstInvalid(b []byte) int {
	if utf8.Valid(b) {
		return -1
	}
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

// oddities reports what is UTF-8 and yet should not be in a manuscript: a byte
// order mark, CRLF line ends, control characters, replacement characters.
func (r *shelf) oddities(f *source.File) {
	t := f.Text
	if bytes.HasPrefix(t, []byte("\ufeff")) {
		s := source.Span{File: f, Start: 0, End: 3}
		d := r.diags.Add("encoding-bom", s, diag.T("the file begins with a byte order mark", "文件以字节序标记（BOM）开头"))
		d.Fix = &diag.Fix{Message: diag.T("delete it", "删去它"), Edits: []diag.Edit{{Span: s}}}
	}
	if i := bytes.IndexByte(t, '\r'); i >= 0 {
		d := r.diags.Add("encoding-crlf", source.Span{File: f, Start: i, End: i + 1},
			diag.T("lines end with CR LF or CR", "行尾是 CRLF 或 CR"))
		plain := bytes.ReplaceAll(bytes.ReplaceAll(t, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
		d.Fix = &diag.Fix{Message: diag.T("end lines with LF", "行尾改为 LF"), Edits: []diag.Edit{{Span: source.Span{File: f, Start: 0, End: len(t)}, New: string(plain)}}}
	}
	controls, replaced := 0, 0
	for i, c := range t {
		switch {
		case c < ' ' && c != '\n' && c != '\r' && c != '\t' || c == 0x7f:
			if controls++; controls == 1 {
				r.diags.Add("encoding-control", source.Span{File: f, Start: i, End: i + 1},
					diag.T("control character 0x%02X", "控制字符 0x%02X", c), diag.T("delete it", "删去它"))
			}
		case c == 0xef && bytes.HasPrefix(t[i:], []byte("\ufffd")):
			if replaced++; replaced <= 20 {
				r.diags.Add("encoding-replacement", source.Span{File: f, Start: i, End: i + 3},
					diag.T("U+FFFD stands for a character lost in a conversion", "U+FFFD 表示转码时丢失的字符"), diag.T("write the lost character again", "补上丢失的字"))
			}
		}
	}
}

// recognise guesses the encoding of bytes that are not UTF-8, by how many of
// the decoded characters are among the commonest of the language it serves.
func recognise(b []byte) (string, encoding.Encoding) {
	switch {
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}):
		return "UTF-16LE", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		return "UTF-16BE", unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	}
	const sample = 1 << 16
	s := b[:min(len(b), sample)]
	best, name := 0.1, ""
	var found encoding.Encoding
	for _, e := range []struct {
		name   string
		enc    encoding.Encoding
		common string
	}{
		{"GBK", simplifiedchinese.GB18030, "的一是了不在有人我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后，。"},
		{"Big5", traditionalchinese.Big5, "的一是了不在有人我他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可她裡後，。"},
		{"Shift_JIS", japanese.ShiftJIS, "のにはをたがでてとしれさあいるもこらかそなき、。"},
		{"EUC-JP", japanese.EUCJP, "のにはをたがでてとしれさあいるもこらかそなき、。"},
		{"EUC-KR", korean.EUCKR, "이다는의을가에하고지은도를로기사한시어나자리서인아그해정"},
	} {
		t, err := e.enc.NewDecoder().Bytes(s)
		if err != nil {
			continue
		}
		if v := familiar(string(t), e.common); v > best {
			best, name, found = v, e.name, e.enc
		}
	}
	return name, found
}

// familiar is the share of common characters among those beyond ASCII; 0 if
// more than one in a hundred could not be decoded.
func familiar(s, common string) float64 {
	all, hits, lost := 0, 0, 0
	for _, r := range s {
		switch {
		case r < 0x80:
		case r == utf8.RuneError:
			lost++
			all++
		default:
			all++
			if strings.ContainsRune(common, r) {
				hits++
			}
		}
	}
	if all == 0 || lost*100 > all+100 {
		return 0
	}
	return float64(hits) / float64(all)
}
