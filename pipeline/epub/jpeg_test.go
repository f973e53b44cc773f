package epub

import (
	"bytes"
	"image"
	"image/jpeg"
	"testing"
)

// samplePicture has flat ground, edges and noise.
func samplePicture() *image.YCbCr {
	m := image.NewYCbCr(image.Rect(0, 0, 64, 48), image.YCbCrSubsampleRatio420)
	seed := uint32(1)
	for i := range m.Y {
		x, y := i%m.YStride, i/m.YStride
		m.Y[i] = 60
		switch {
		case y < 16 && x > 2*y:
			m.Y[i] = 240
		case y >= 32:
			seed = seed*1664525 + 1013904223
			m.Y[i] = uint8(seed >> 24)
		}
	}
	for i := range m.Cb {
		m.Cb[i], m.Cr[i] = 150, uint8(90+i%7)
	}
	return m
}

func TestJPEGDecodes(t *testing.T) {
	want := samplePicture()
	im, err := jpeg.Decode(bytes.NewReader(encodeJPEG(want)))
	if err != nil {
		t.Fatal(err)
	}
	got := im.(*image.YCbCr)
	near := func(what string, got, want []uint8, stride, gotStride, limit int) {
		for i, w := range want {
			if g := got[i/stride*gotStride+i%stride]; max(int(g)-int(w), int(w)-int(g)) > limit {
				t.Fatalf("%s sample %d is %d, want %d", what, i, g, w)
			}
		}
	}
	near("Y", got.Y, want.Y, want.YStride, got.YStride, 24)
	near("Cb", got.Cb, want.Cb, want.CStride, got.CStride, 24)
	near("Cr", got.Cr, want.Cr, want.CStride, got.CStride, 24)
}

func BenchmarkCoverJPEG(b *testing.B) {
	c := newCanvas(coverWidth, coverHeight)
	for b.Loop() {
		encodeJPEG(c.YCbCr)
	}
}
