package pdf

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/go-pdf/fpdf"

	"banxin/pipeline/page"
	"banxin/pipeline/picture"
	"banxin/pipeline/unit"
)

// picture draws a raster picture. fpdf draws it into the unit square of the
// coordinate system set up here, so that scaled and turned groups need no
// arithmetic of fpdf's.
func (c *composer) picture(v *page.Picture, x, y unit.Length, tag int32) error {
	key := v.Name
	if key == "" {
		key = "\x00" + strconv.Itoa(len(c.p.pictures))
	}
	turn, ok := c.p.pictures[key]
	if !ok {
		var err error
		if turn, err = c.p.register(key, v); err != nil {
			return err
		}
		c.p.pictures[key] = turn
	}
	c.endText()
	c.beginMark(tag)
	c.figure(x, y, v.Width, v.Height, tag, v.Alt)
	c.buf = append(c.buf, "q "...)
	w, h := milli(v.Width), milli(v.Height)
	m := turnMatrix(turn)
	c.buf = appendMillis(c.buf, m[0]*w, m[1]*h, m[2]*w, m[3]*h,
		milli(c.dx+x)+m[4]*w, milli(c.dy-y-v.Height)+m[5]*h)
	c.buf = append(c.buf, "cm"...)
	c.p.fpdf.RawWriteStr(string(c.buf))
	c.buf = c.buf[:0]
	_, height := c.p.fpdf.GetPageSize()
	c.p.fpdf.ImageOptions(key, 0, height-1, 1, 1, false, fpdf.ImageOptions{AllowNegativePosition: true}, 0, "")
	c.buf = append(c.buf, "Q\n"...)
	return c.p.fpdf.Error()
}

// turnMatrix maps the unit square so that a picture of the given EXIF
// orientation stands upright in it. A matrix is better than turning pixels: a
// JPEG is embedded as it is.
func turnMatrix(orientation int) [6]int64 {
	switch orientation {
	case 2:
		return [6]int64{-1, 0, 0, 1, 1, 0}
	case 3:
		return [6]int64{-1, 0, 0, -1, 1, 1}
	case 4:
		return [6]int64{1, 0, 0, -1, 0, 1}
	case 5:
		return [6]int64{0, -1, -1, 0, 1, 1}
	case 6:
		return [6]int64{0, -1, 1, 0, 0, 1}
	case 7:
		return [6]int64{0, 1, 1, 0, 0, 0}
	case 8:
		return [6]int64{0, 1, -1, 0, 1, 0}
	}
	return [6]int64{1, 0, 0, 1, 0, 0}
}

// register hands a picture's data to fpdf, in a form fpdf reads without loss:
// it knows neither interlaced PNGs nor most transparent ones. It returns the
// orientation the data still has.
func (p *press) register(key string, v *page.Picture) (orientation int, err error) {
	img, err := picture.Load(v.Data, v.Name)
	if err != nil {
		return 0, fmt.Errorf("picture %q: %w", v.Name, err)
	}
	r, err := img.Convert(picture.Plan{
		Turned: true,
		Gray:   !p.colored() && img.Components == 3,
		Flat:   p.print(),
	})
	if err != nil {
		return 0, fmt.Errorf("picture %q: %w", v.Name, err)
	}
	p.cmyk = p.cmyk || r.Format == picture.JPEG && img.Components == 4
	p.fpdf.RegisterImageOptionsReader(key, fpdf.ImageOptions{ImageType: r.Format}, bytes.NewReader(r.Data))
	if err := p.fpdf.Error(); err != nil {
		return 0, fmt.Errorf("picture %q: %w", v.Name, err)
	}
	return r.Orientation, nil
}
