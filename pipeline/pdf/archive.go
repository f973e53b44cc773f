package pdf

import (
	"encoding/binary"
	"fmt"
	"math"
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
