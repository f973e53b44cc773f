package pdf

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"unicode/utf16"
)

// Output intents. A file for printers names a printing condition. A file for
// archives (PDF/A-2) says what its device colours mean: sRGB. The
// profile is made here rather than carried along: it is nine numbers and a
// curve (IEC 61966-2-1, adapted to D50 by Bradford as ICC.1 asks).

// outputIntent adds the profile and returns the catalogue's entry.
func outputIntent(t *table) []byte {
	profile := t.addStream("<</N 3", srgbProfile())
	return fmt.Appendf(nil, "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)"+
		"/Info(sRGB IEC61966-2.1)/DestOutputProfile %d 0 R>>]", profile)
}

// printIntent returns the catalogue's entry for a registered printing
// condition, which needs no profile (ISO 15930-4, 6.3).
func printIntent(condition string) []byte {
	b := []byte("/OutputIntents[<</Type/OutputIntent/S/GTS_PDFX/RegistryName(http://www.color.org)/Info")
	b = appendText(b, condition)
	b = appendText(append(b, "/OutputConditionIdentifier"...), condition)
	return append(b, ">>]"...)
}

// profile is what the head of an ICC profile says.
type profile struct {
	channels int
	name     string
}

// readProfile reads an ICC profile's head: it must be an output device's, for
// gray, RGB or CMYK (ICC.1:2010, 7.2).
func readProfile(b []byte) (profile, error) {
	if len(b) < 132 || string(b[36:40]) != "acsp" {
		return profile{}, fmt.Errorf("the ICC file is no profile")
	}
	if class := string(b[12:16]); class != "prtr" {
		return profile{}, fmt.Errorf("the ICC profile is of class %q, not of a printer (prtr)", class)
	}
	space := string(b[16:20])
	p := profile{channels: map[string]int{"GRAY": 1, "RGB ": 3, "CMYK": 4}[space], name: "Custom"}
	if p.channels == 0 {
		return profile{}, fmt.Errorf("the ICC profile is for %q, not for gray, RGB or CMYK", space)
	}
	n := int(binary.BigEndian.Uint32(b[128:]))
	for i := 0; i < n && 132+12*i+12 <= len(b); i++ {
		tag := b[132+12*i:]
		off, size := int(binary.BigEndian.Uint32(tag[4:])), int(binary.BigEndian.Uint32(tag[8:]))
		if string(tag[:4]) == "desc" && off >= 0 && size >= 0 && off+size <= len(b) {
			if s := describedAs(b[off : off+size]); s != "" {
				p.name = s
			}
		}
	}
	return p, nil
}

// describedAs reads a description: the ASCII of version 2, the first text of
// version 4.
func describedAs(b []byte) string {
	if len(b) < 13 {
		return ""
	}
	n := int(binary.BigEndian.Uint32(b[8:]))
	switch {
	case string(b[:4]) == "desc" && n > 0 && 12+n <= len(b):
		return strings.TrimRight(string(b[12:12+n]), "\x00")
	case string(b[:4]) == "mluc" && len(b) >= 28:
		size, off := int(binary.BigEndian.Uint32(b[20:])), int(binary.BigEndian.Uint32(b[24:]))
		if off < 0 || size < 0 || off+size > len(b) {
			return ""
		}
		var units []uint16
		for i := off; i+1 < off+size; i += 2 {
			units = append(units, binary.BigEndian.Uint16(b[i:]))
		}
		return string(utf16.Decode(units))
	}
	return ""
}

// profileIntent adds a printer's profile and returns the catalogue's entry.
// CMYK on the pages needs a CMYK printer (PDF/X-4, 6.2.4.3).
func profileIntent(t *table, data []byte, cmyk bool) ([]byte, error) {
	p, err := readProfile(data)
	if err != nil {
		return nil, err
	}
	if cmyk && p.channels != 4 {
		return nil, fmt.Errorf("the pages use CMYK, which the ICC profile %q has not", p.name)
	}
	n := t.addStream(fmt.Sprintf("<</N %d", p.channels), data)
	b := []byte("/OutputIntents[<</Type/OutputIntent/S/GTS_PDFX/Info")
	b = appendText(b, p.name)
	b = appendText(append(b, "/OutputConditionIdentifier"...), p.name)
	return fmt.Appendf(b, "/DestOutputProfile %d 0 R>>]", n), nil
}

// srgbProfile returns a version 4 display profile.
func srgbProfile() []byte {
	d50 := []float64{0.9642, 1, 0.8249}
	curve := append([]byte("para\x00\x00\x00\x00\x00\x03\x00\x00"), fixed(2.4, 1/1.055, 0.055/1.055, 1/12.92, 0.04045)...)
	chad := append([]byte("sf32\x00\x00\x00\x00"), fixed(
		1.04788, 0.02292, -0.05020, 0.02959, 0.99048, -0.01706, -0.00923, 0.01508, 0.75168)...)
	tags := []struct {
		name string
		data []byte
	}{
		{"desc", profileText("sRGB")}, {"cprt", profileText("CC0")},
		{"wtpt", xyz(d50...)}, {"chad", chad},
		{"rXYZ", xyz(0.43607, 0.22249, 0.01392)}, {"gXYZ", xyz(0.38515, 0.71687, 0.09708)}, {"bXYZ", xyz(0.14307, 0.06061, 0.71410)},
		{"rTRC", curve}, {"gTRC", curve}, {"bTRC", curve},
	}
	const header = 128
	at := header + 4 + 12*len(tags)
	index := binary.BigEndian.AppendUint32(nil, uint32(len(tags)))
	var body []byte
	offset, before := 0, []byte(nil)
	for _, t := range tags {
		if string(t.data) != string(before) { // the three curves are one
			offset = at + len(body)
			body = append(body, t.data...)
			for len(body)%4 != 0 {
				body = append(body, 0)
			}
		}
		before = t.data
		index = append(index, t.name...)
		index = binary.BigEndian.AppendUint32(index, uint32(offset))
		index = binary.BigEndian.AppendUint32(index, uint32(len(t.data)))
	}
	h := make([]byte, header)
	binary.BigEndian.PutUint32(h, uint32(at+len(body)))
	copy(h[8:], "\x04\x20\x00\x00mntrRGB XYZ ")
	copy(h[24:], "\x07\xd0\x00\x01\x00\x01") // a date is required: 2000-01-01
	copy(h[36:], "acsp")
	copy(h[68:], fixed(d50...))
	return append(append(h, index...), body...)
}

// fixed returns numbers as s15Fixed16.
func fixed(vs ...float64) []byte {
	var b []byte
	for _, v := range vs {
		b = binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(v*65536))))
	}
	return b
}

func xyz(vs ...float64) []byte { return append([]byte("XYZ \x00\x00\x00\x00"), fixed(vs...)...) }

// profileText returns a multi-localized text in English.
func profileText(s string) []byte {
	b := []byte("mluc\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x0cenUS")
	b = binary.BigEndian.AppendUint32(b, uint32(2*len(s)))
	b = binary.BigEndian.AppendUint32(b, 28)
	for i := 0; i < len(s); i++ {
		b = append(b, 0, s[i])
	}
	return b
}
