package pdf

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"banxin/pipeline/page"
)

// exchangeRule is a rule of PDF/X-1a:2003 (ISO 15930-4) that can be read off a
// file's objects. It holds for what this package writes; spoil makes a broken
// twin of the file, for which it must not hold.
type exchangeRule struct {
	name  string
	holds func(file string) bool
	spoil func(file string) string
}

// lacks and has are rules about what stands nowhere, or somewhere.
func lacks(pattern string) func(string) bool {
	re := regexp.MustCompile(pattern)
	return func(file string) bool { return !re.MatchString(file) }
}

func has(pattern string) func(string) bool {
	re := regexp.MustCompile(pattern)
	return re.MatchString
}

// swap replaces the first place of a pattern.
func swap(pattern, with string) func(string) string {
	re := regexp.MustCompile(pattern)
	return func(file string) string {
		at := re.FindStringIndex(file)
		if at == nil {
			return file
		}
		return file[:at[0]] + with + file[at[1]:]
	}
}

func exchangeRules() []exchangeRule {
	operator := `(?m)^   \| (?:.* )?`
	return []exchangeRule{
		{"PDF 1.4 at most", has(`\A%PDF-1\.[0-4]\n`), swap(`PDF-1\.4`, "PDF-1.6")},
		{"no object streams, no cross-reference stream", lacks(`/Type ?/(ObjStm|XRef)`), swap(`<</Type/Page/`, "<</Type/ObjStm/")},
		{"a file identifier", has(`/ID\[<[0-9a-f]{32}><[0-9a-f]{32}>\]`), swap(`/ID\[`, "/Id[")},
		{"no encryption", lacks(`/Encrypt\b`), swap(`/ID\[`, "/Encrypt 9 0 R/ID[")},
		{"the version key", has(`/GTS_PDFXVersion\(PDF/X-1a:2003\)`), swap(`X-1a:2003`, "X-1a:2001")},
		{"trapped or not", has(`/Trapped/(True|False)\b`), swap(`/Trapped/False`, "/Trapped/Unknown")},
		{"a title", has(`/Title ?\([^)]`), swap(`/Title ?\(`, "/Titel (")},
		{"a creation date", has(`/CreationDate\(D:\d{14}Z\)`), swap(`/CreationDate`, "/Created")},
		{"a modification date", has(`/ModDate\(D:\d{14}Z\)`), swap(`/ModDate`, "/Modified")},
		{"one output intent for print", func(f string) bool { return strings.Count(f, "/S/GTS_PDFX") == 1 }, swap(`/S/GTS_PDFX/`, "/S/GTS_PDFA1/")},
		{"a registered condition", has(`/RegistryName\(http://www\.color\.org\)[^\n]*/OutputConditionIdentifier\([^)]+\)`), swap(`/RegistryName\([^)]*\)`, "")},
		{"the sheet, the bleed and the trim on every page, in each other", nested, swap(`/TrimBox\[8`, "/TrimBox[-8")},
		{"a trim on every page", func(f string) bool { return strings.Count(f, "/TrimBox[") == strings.Count(f, "<</Type/Page/") }, swap(`/TrimBox\[[^\]]*\]`, "")},
		{"no art box beside the trim", lacks(`/ArtBox`), swap(`/TrimBox`, "/ArtBox[0 0 1 1]/TrimBox")},
		{"every font embedded", func(f string) bool {
			return strings.Count(f, "/Type/FontDescriptor") == len(regexp.MustCompile(`/FontFile[23] \d`).FindAllString(f, -1)) && strings.Contains(f, "/FontDescriptor")
		}, swap(`/FontFile[23] \d+ 0 R`, "")},
		{"no RGB operator", lacks(operator + `(rg|RG)$`), swap(operator+`k$`, "   | 1 0 0 rg")},
		{"no other colour space, no shading", lacks(operator + `(cs|CS|sc|SC|scn|SCN|sh)$`), swap(operator+`k$`, "   | /P sh")},
		{"no RGB, no calibrated colour in objects", lacks(`/(DeviceRGB|CalRGB|CalGray|Lab|ICCBased)\b`), swap(`/DeviceGray`, "/DeviceRGB")},
		{"no soft mask", lacks(`/SMask [^/N]`), swap(`/Subtype /Image`, "/Subtype /Image /SMask 9 0 R")},
		{"no opacity", lacks(`/(ca|CA) ?[0-9.]`), swap(`/Font<<`, "/ExtGState<</G<</ca .5>>>>/Font<<")},
		{"no blend mode", lacks(`/BM ?/[^N]`), swap(`/Font<<`, "/ExtGState<</G<</BM/Multiply>>>>/Font<<")},
		{"no transparency group", lacks(`/S ?/Transparency`), swap(`/TrimBox`, "/Group<</S/Transparency>>/TrimBox")},
		{"no annotations", lacks(`/Annots?\b`), swap(`/TrimBox`, "/Annots[9 0 R]/TrimBox")},
		{"no forms", lacks(`/AcroForm`), swap(`/Type/Catalog`, "/Type/Catalog/AcroForm 9 0 R")},
		{"no actions, no scripts", lacks(`/(OpenAction|AA|JavaScript|JS)\b`), swap(`/Type/Catalog`, "/Type/Catalog/OpenAction 9 0 R")},
		{"no LZW", lacks(`/LZWDecode`), swap(`/DCTDecode`, "/LZWDecode")},
		{"no OPI, no alternate pictures, no references", lacks(`/(OPI|Alternates|Ref)\b[ <]`), swap(`/Subtype /Image`, "/Subtype /Image /Alternates [9 0 R]")},
		{"no PostScript", lacks(`/Subtype ?/PS\b`), swap(`/Subtype /Image`, "/Subtype /PS")},
		{"no transfer curves, no halftones", lacks(`/(TR2?|HT)\b`), swap(`/Font<<`, "/ExtGState<</G<</TR/Identity>>>>/Font<<")},
		{"no attachments", lacks(`/(EmbeddedFiles|Filespec|EF)\b`), swap(`/Type/Catalog`, "/Type/Catalog/Names<</EmbeddedFiles 9 0 R>>")},
		{"no layers", lacks(`/OCProperties`), swap(`/Type/Catalog`, "/Type/Catalog/OCProperties 9 0 R")},
	}
}

// nested reports whether every page's boxes stand in each other.
func nested(file string) bool {
	boxes := regexp.MustCompile(`/MediaBox\[([^\]]*)\]/CropBox\[[^\]]*\]/BleedBox\[([^\]]*)\]/TrimBox\[([^\]]*)\]`).FindAllStringSubmatch(file, -1)
	for _, b := range boxes {
		var v [3][4]float64
		for i := range v {
			fs := strings.Fields(b[i+1])
			for k := range v[i] {
				v[i][k], _ = strconv.ParseFloat(fs[k], 64)
			}
		}
		for i := range 2 {
			if v[i+1][0] < v[i][0] || v[i+1][1] < v[i][1] || v[i+1][2] > v[i][2] || v[i+1][3] > v[i][3] {
				return false
			}
		}
	}
	return len(boxes) > 0
}

// exchanged is a file for printers of everything a page can hold: its first
// line, its objects in clear, its trailer.
func exchanged(t *testing.T) string {
	t.Helper()
	d := drawing(t)
	d.Pages = append(d.Pages, lettered(t).Pages...)
	o := options()
	o.Condition, o.Tagged, o.Archive = "JC200103", true, true
	file := write(t, d, o)
	head, _, _ := bytes.Cut(file, []byte("\n"))
	return fmt.Sprintf("%s\n%s%s", head, clear(t, d, o), readable(file[bytes.LastIndex(file, []byte("trailer")):]))
}

// TestExchange: each rule holds for the file, and for no broken twin of it.
func TestExchange(t *testing.T) {
	file := exchanged(t)
	for _, r := range exchangeRules() {
		if !r.holds(file) {
			t.Errorf("%s: broken by the file", r.name)
		}
		twin := r.spoil(file)
		if twin == file {
			t.Errorf("%s: the twin is not broken", r.name)
		} else if r.holds(twin) {
			t.Errorf("%s: holds for the broken twin", r.name)
		}
	}
}

// output is an ICC profile of a printer that says no more than it must.
func output(space string) []byte {
	p := srgbProfile()
	copy(p[12:], "prtr")
	copy(p[16:], space)
	return p
}

// TestProfile: with a profile the file is a PDF/X-4; what is no printer's
// profile is refused, and so is CMYK for a printer that has none.
func TestProfile(t *testing.T) {
	d := lettered(t)
	o := options()
	o.Profile = output("CMYK")
	list := string(clear(t, d, o))
	for _, s := range []string{"<pdfxid:GTS_PDFXVersion>PDF/X-4<", "<pdf:Trapped>False<", "xmpMM:DocumentID", "/S/GTS_PDFX/Info(sRGB)", "/DestOutputProfile ", "/N 4", "/Trapped/False"} {
		if !strings.Contains(list, s) {
			t.Errorf("the file has no %q", s)
		}
	}
	if strings.Contains(list, "PDF/X-1a") || !bytes.HasPrefix(write(t, d, o), []byte("%PDF-1.6")) {
		t.Error("not a PDF/X-4 of PDF 1.6")
	}
	red := page.RGBColor(200, 0, 0)
	d.Pages[0].Frame.Add(0, 0, &page.Rule{Width: pt, Height: pt, Color: red})
	if list := string(clear(t, d, o)); strings.Contains(list, " rg\n") || strings.Contains(list, "DefaultRGB") {
		t.Error("RGB in a file without colour")
	}
	o.Colored = true
	if list := string(clear(t, d, o)); !strings.Contains(list, " rg\n") || !strings.Contains(list, "/DefaultRGB[/ICCBased ") {
		t.Error("no RGB, or RGB that is nobody's, in a file with colour")
	}
	for _, bad := range [][]byte{{}, srgbProfile(), output("Lab "), make([]byte, 200)} {
		o.Profile = bad
		if err := Write(&bytes.Buffer{}, d, o); err == nil {
			t.Errorf("a profile of %d bytes was taken", len(bad))
		}
	}
	o.Profile = output("GRAY")
	if err := Write(&bytes.Buffer{}, drawing(t), o); err == nil {
		t.Error("CMYK was written for a gray printer")
	}
}

// FuzzProfile: no profile makes the writer panic.
func FuzzProfile(f *testing.F) {
	f.Add(srgbProfile())
	f.Add(output("CMYK"))
	f.Fuzz(func(_ *testing.T, b []byte) { _, _ = readProfile(b) })
}
