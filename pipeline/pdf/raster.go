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
	if !c.p.pictures[key] {
		if err := c.p.register(key, v); err != nil {
			return err
		}
		c.p.pictures[key] = true
	}
	c.endText()
	c.beginMark(tag)
	c.figure(x, y, v.Width, v.Height, tag, v.Alt)
	c.buf = append(c.buf, "q "...)
	c.buf = append(appendDecimal(c.buf, milli(v.Width), 3), " 0 0 "...)
	c.buf = append(appendMillis(c.buf, milli(v.Height), milli(c.dx+x), milli(c.dy-y-v.Height)), "cm"...)
	c.p.fpdf.RawWriteStr(string(c.buf))
	c.buf = c.buf[:0]
	_, h := c.p.fpdf.GetPageSize()
	c.p.fpdf.ImageOptions(key, 0, h-1, 1, 1, false, fpdf.ImageOptions{AllowNegativePosition: true}, 0, "")
	c.buf = append(c.buf, "Q\n"...)
	return c.p.fpdf.Error()
}

// register hands a picture's data to fpdf, in a form fpdf reads without loss:
// it knows neither interlaced PNGs nor most transparent ones.
func (p *press) register(key string, v *page.Picture) error {
	img, err := picture.Load(v.Data, v.Name)
	if err != nil {
		return fmt.Errorf("picture %q: %w", v.Name, err)
	}
	data, format, _, _, err := img.ForPrint(0)
	if err != nil {
		return fmt.Errorf("picture %q: %w", v.Name, err)
	}
	p.fpdf.RegisterImageOptionsReader(key, fpdf.ImageOptions{ImageType: format}, bytes.NewReader(data))
	if err := p.fpdf.Error(); err != nil {
		return fmt.Errorf("picture %q: %w", v.Name, err)
	}
	return nil
}
