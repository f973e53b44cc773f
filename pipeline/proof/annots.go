package proof

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"banxin/pipeline/unit"
)

// area is a rectangle of a page, from its top left corner.
type area struct{ left, top, right, bottom unit.Length }

func (a area) middle() (x, y unit.Length) { return (a.left + a.right) / 2, (a.top + a.bottom) / 2 }

// annot is a markup annotation as the file has it.
type annot struct {
	page    int
	subtype string
	author  string
	text    string
	name    string // /NM
	object  int    // its object number; 0 if it has none
	reply   int    // object number of the annotation it answers; 0: none
	grouped bool   // it is one mark together with the one it answers
	box     area
	quads   []area // of text markup
	tip     bool   // pointX, pointY is where a callout points
	x, y    unit.Length
}

// sheetSize is a page of the marked file.
type sheetSize struct{ width, height unit.Length }

// annotsOf reads a PDF's markup annotations in the order of the pages. The
// file is foreign: whatever it holds, the worst outcome is an error.
func annotsOf(data []byte) (sheets []sheetSize, marks []annot, err error) {
	defer func() {
		if p := recover(); p != nil { // the reader's own slip on a broken file
			sheets, marks, err = nil, nil, fmt.Errorf("read marked PDF: broken file (%v)", p)
		}
	}()
	api.DisableConfigDir() // else the reader writes a folder into the user's home
	conf := model.NewDefaultConfiguration()
	conf.ValidationMode, conf.Offline = model.ValidationRelaxed, true
	ctx, err := api.ReadContext(bytes.NewReader(data), conf)
	if err == nil {
		err = ctx.EnsurePageCount()
	}
	if err != nil {
		return nil, nil, fmt.Errorf("read marked PDF: %w", err)
	}
	for n := range ctx.PageCount {
		d, _, inherited, err := ctx.PageDict(n+1, false)
		if err != nil {
			return nil, nil, fmt.Errorf("read marked PDF: page %d: %w", n+1, err)
		}
		r := annotReader{ctx: ctx.XRefTable, page: n}
		media := inherited.MediaBox
		if media == nil {
			return nil, nil, fmt.Errorf("read marked PDF: page %d has no size", n+1)
		}
		r.x0, r.y1 = media.LL.X, media.UR.Y
		sheets = append(sheets, sheetSize{unit.FromPoints(media.Width()), unit.FromPoints(media.Height())})
		list, err := ctx.DereferenceArray(d["Annots"])
		if err != nil {
			continue // a page whose list is broken has nothing to tell
		}
		for _, o := range list {
			if a, ok := r.annot(o); ok {
				marks = append(marks, a)
			}
		}
	}
	return sheets, marks, nil
}

// annotReader turns the dictionaries of a page into annots.
type annotReader struct {
	ctx    *model.XRefTable
	page   int
	x0, y1 float64 // the page's left and top in its own coordinates
}

// markup are the annotations that people make; links, pop-ups, form fields and
// printers' marks are none.
func markup(subtype string) bool {
	switch subtype {
	case "Text", "FreeText", "Highlight", "Underline", "StrikeOut", "Squiggly", "Caret",
		"Ink", "Square", "Circle", "Line", "PolyLine", "Polygon", "Stamp", "Redact":
		return true
	}
	return false
}

func (r *annotReader) annot(o types.Object) (annot, bool) {
	d, err := r.ctx.DereferenceDict(o)
	if err != nil || d == nil {
		return annot{}, false
	}
	a := annot{page: r.page, subtype: r.name(d["Subtype"]), author: r.text(d["T"]), name: r.text(d["NM"]), text: r.text(d["Contents"])}
	if !markup(a.subtype) {
		return a, false
	}
	if ref, ok := o.(types.IndirectRef); ok {
		a.object = ref.ObjectNumber.Value()
	}
	if ref, ok := d["IRT"].(types.IndirectRef); ok {
		a.reply = ref.ObjectNumber.Value()
		a.grouped = r.name(d["RT"]) == "Group"
	}
	if strings.TrimSpace(a.text) == "" { // rich text, or a pop-up's own
		a.text = plain(r.text(d["RC"]))
	}
	if strings.TrimSpace(a.text) == "" {
		if p, err := r.ctx.DereferenceDict(d["Popup"]); err == nil && p != nil {
			a.text = r.text(p["Contents"])
		}
	}
	a.text = strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(a.text))
	v := r.numbers(d["Rect"])
	if len(v) < 4 {
		return a, false
	}
	a.box = r.area(v[:4])
	if v := r.numbers(d["CL"]); len(v) >= 2 { // 12.5.6.6: it starts where it points
		p := r.area([]float64{v[0], v[1], v[0], v[1]})
		a.tip, a.x, a.y = true, p.left, p.top
	}
	for q := r.numbers(d["QuadPoints"]); len(q) >= 8; q = q[8:] {
		a.quads = append(a.quads, r.area(q[:8]))
	}
	return a, true
}

func (r *annotReader) name(o types.Object) string {
	o, err := r.ctx.Dereference(o)
	if n, ok := o.(types.Name); ok && err == nil {
		return n.Value()
	}
	return ""
}

func (r *annotReader) text(o types.Object) string {
	o, err := r.ctx.Dereference(o)
	if err != nil || o == nil {
		return ""
	}
	s, err := model.Text(o)
	if err != nil {
		return ""
	}
	return strings.ToValidUTF8(s, "\ufffd")
}

func (r *annotReader) numbers(o types.Object) []float64 {
	list, err := r.ctx.DereferenceArray(o)
	if err != nil {
		return nil
	}
	var out []float64
	for _, o := range list {
		v, err := r.ctx.DereferenceNumber(o)
		if err != nil {
			return nil
		}
		out = append(out, v)
	}
	return out
}

// area is the rectangle about points given as x, y, x, y …: programs write the
// corners of a quadrilateral in different orders.
func (r *annotReader) area(v []float64) area {
	left, right, low, high := v[0], v[0], v[1], v[1]
	for i := 0; i+1 < len(v); i += 2 {
		left, right = min(left, v[i]), max(right, v[i])
		low, high = min(low, v[i+1]), max(high, v[i+1])
	}
	return area{unit.FromPoints(left - r.x0), unit.FromPoints(r.y1 - high), unit.FromPoints(right - r.x0), unit.FromPoints(r.y1 - low)}
}

// plain is the text of a rich-text string (12.7.3.4): its tags left out, a
// paragraph or break to a line.
func plain(s string) string {
	var b strings.Builder
	for s != "" {
		open := strings.IndexByte(s, '<')
		if open < 0 {
			b.WriteString(s)
			break
		}
		b.WriteString(s[:open])
		end := strings.IndexByte(s[open:], '>')
		if end < 0 {
			break
		}
		tag := s[open : open+end+1]
		if strings.HasPrefix(tag, "</p") || strings.HasPrefix(tag, "<br") {
			b.WriteByte('\n')
		}
		s = s[open+end+1:]
	}
	return strings.TrimSpace(strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&apos;", "'", "&#13;", "\n", "&amp;", "&").Replace(b.String()))
}
