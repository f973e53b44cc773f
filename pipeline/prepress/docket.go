package prepress

import (
	"fmt"
	"strconv"
	"strings"

	"banxin/pipeline/layout"
	"banxin/pipeline/page"
	"banxin/pipeline/typeset"
	"banxin/pipeline/unit"
)

// format is a trim of the trade: what sheet it is folded from and into how
// many leaves (开本).
type format struct {
	width, height int // mm, trimmed
	sheet         string
	leaves        int
}

// formats are GB/T 788 and the sizes that Chinese houses quote prices for.
func formats() []format {
	return []format{
		{185, 260, "787×1092", 16}, {210, 285, "889×1194", 16}, {210, 297, "890×1240", 16}, {170, 240, "720×1000", 16},
		{165, 235, "710×1000", 16}, {130, 184, "787×1092", 32}, {140, 203, "850×1168", 32}, {148, 210, "890×1240", 32},
		{169, 239, "1000×1400", 32}, {119, 165, "1000×1400", 64}, {105, 144, "890×1240", 64},
	}
}

// formatOf finds the trim's format, a millimetre more or less; nil for a trim
// that the trade has no name for.
func formatOf(w, h unit.Length) *format {
	for _, f := range formats() {
		dw, dh := w-unit.Length(f.width)*unit.Mm, h-unit.Length(f.height)*unit.Mm
		if max(dw, -dw, dh, -dh) <= unit.Mm+unit.Pt/10 {
			return &f
		}
	}
	return nil
}

// Row is a line of the docket.
type Row struct{ Label, Value string }

// Docket is what the printer's docket (付印单) says, in Chinese for Chinese
// books, else in English. Sums are the names of the files and their digests.
func Docket(j *Job, sums []Row) []Row {
	m := &j.Book.Meta
	var rows []Row
	add := func(zh, en, value string) {
		if value != "" {
			rows = append(rows, Row{labelled(zh, en, m.Language), value})
		}
	}
	zh := labelled("zh", "", m.Language) != ""
	add("书名", "Title", m.Title)
	add("副书名", "Subtitle", m.Subtitle)
	add("作者", "Author", (&artist{Job: j}).names(labelled("、", ", ", m.Language)))
	add("出版者", "Publisher", m.Publisher)
	add("ISBN", "ISBN", strings.TrimSpace(strings.TrimPrefix(m.ISBN, "ISBN")))
	add("版次", "Edition", m.Edition)
	pages := j.Inside()
	w, h := j.Layout.Page.Width, j.Layout.Page.Height
	if f := formatOf(w, h); f != nil {
		add("开本", "Format", fmt.Sprintf("%s %s 1/%d", f.sheet, labelled("毫米", "mm", m.Language), f.leaves))
		// One printed sheet (印张) is one side of the full sheet.
		add("印张", "Printed sheets", strconv.FormatFloat(float64(pages)/float64(f.leaves), 'f', -1, 64))
	}
	add("成品尺寸", "Trimmed size", fmt.Sprintf("%.0f × %.0f %s", w.Millimetres(), h.Millimetres(), labelled("毫米", "mm", m.Language)))
	blank := Padding(len(inside(j.Pages.Pages)), j.Layout.Print)
	if zh {
		add("页数", "", fmt.Sprintf("%d 面（书末空白 %d 面）", pages, blank))
	} else {
		add("", "Pages", fmt.Sprintf("%d (%d blank at the end)", pages, blank))
	}
	if s := j.Layout.Print.Signature; s > 0 {
		add("印帖", "Signatures", fmt.Sprintf("%d × %s", s, strconv.FormatFloat(float64(pages)/float64(s), 'f', -1, 64)))
	}
	b := j.Layout.Body
	words := b.Measure * b.Lines * pages
	if zh {
		add("版面字数", "", fmt.Sprintf("%.1f 千字（%d 字 × %d 行 × %d 面）", float64(words)/1000, b.Measure, b.Lines, pages))
	} else {
		add("", "Type area", fmt.Sprintf("%d characters × %d lines", b.Measure, b.Lines))
	}
	leaf := fmt.Sprintf("%.1f %s", j.Spine().Millimetres(), labelled("毫米", "mm", m.Language))
	if j.Thickness <= 0 {
		leaf += labelled("（按每张 0.10 毫米估算）", " (estimated at 0.10 mm a leaf)", m.Language)
	}
	add("书脊宽度", "Spine", leaf)
	add("出血", "Bleed", fmt.Sprintf("%.0f %s", j.Layout.Page.Bleed.Millimetres(), labelled("毫米", "mm", m.Language)))
	add("内文用纸", "Paper", j.Paper)
	add("封面用纸", "Cover paper", j.CoverPaper)
	add("装订", "Binding", j.Binding)
	add("印色", "Colours", j.Colors)
	add("印刷条件", "Printing condition", j.Condition)
	add("印数", "Copies", j.Copies)
	add("定价", "Price", j.Price)
	return append(rows, sums...)
}

// DocketSheet sets the docket on A4, the rows between rules, what is not filled
// in by hand at the foot.
func DocketSheet(j *Job, rows []Row) *page.Document {
	const margin = 25 * unit.Mm
	w, h := 210*unit.Mm, 297*unit.Mm
	lang := j.Book.Meta.Language
	c := typeset.NewCompositor(j.Layout, j.Fonts, lang)
	title := layout.Style{Role: "hei", Bold: true, Size: 20 * unit.Pt, Leading: 30 * unit.Pt, Align: layout.Center, Tracking: 200}
	label := layout.Style{Role: "hei", Size: 10 * unit.Pt, Leading: 16 * unit.Pt, Align: layout.Left}
	value := layout.Style{Role: "song", Size: 10 * unit.Pt, Leading: 16 * unit.Pt, Align: layout.Left}
	measure, column := w-2*margin, 36*unit.Mm
	out := &page.Document{Language: lang}
	var f *page.Frame
	y := h
	rule := func(thick unit.Length) {
		f.Add(margin, y, &page.Rule{Width: measure, Height: thick})
		y += thick
	}
	for i := -1; i < len(rows)+1; i++ {
		if y > h-margin-30*unit.Mm {
			f = &page.Frame{Width: w, Height: h}
			box := page.Box{Width: w, Height: h}
			out.Pages = append(out.Pages, &page.Page{Media: box, Trim: box, Bleed: box, Frame: f, Value: len(out.Pages) + 1, Folio: strconv.Itoa(len(out.Pages) + 1), Recto: len(out.Pages)%2 == 0})
			y = margin
			if i > -1 {
				rule(unit.Pt / 2)
			}
		}
		switch {
		case i < 0:
			y = stack(f, c.Lines(labelled("付印单", "Printer’s docket", lang), title, measure), margin, y) + 4*unit.Mm
			rule(unit.Pt / 2)
		case i < len(rows):
			top := y + 3*unit.Pt
			y = max(stack(f, c.Lines(rows[i].Label, label, column), margin+2*unit.Mm, top),
				stack(f, c.Lines(rows[i].Value, value, measure-column-4*unit.Mm), margin+column, top)) + 3*unit.Pt
			rule(hairline)
		default:
			y += 12 * unit.Mm
			for i, s := range []string{labelled("责任编辑：", "Editor:", lang), labelled("出版部：", "Production:", lang), labelled("日期：", "Date:", lang)} {
				stack(f, c.Lines(s, value, measure/3), margin+measure.Scale(int64(i), 3), y)
			}
		}
	}
	return out
}
