package proof_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"banxin/pipeline/diag"
	"banxin/pipeline/page"
	"banxin/pipeline/pdf"
	"banxin/pipeline/proof"
	"banxin/pipeline/source"
	"banxin/pipeline/unit"
)

// mark is an annotation to be placed on a rectangle of a page of doc, from the
// page's top left corner in points.
type mark struct {
	page                     int
	subtype                  string
	left, top, right, bottom float64
	author, text             string
	reply                    int // index + 1 of the mark it belongs to; -1: the file's first comment
	group                    bool
}

// word is where the n-th word of line 1 … of a page of doc stands: letters are
// 6 pt wide, lines 15 pt apart.
func word(line int, from, to int) (l, t, r, b float64) {
	y := 40 + 15*float64(line-1)
	return 30 + 6*float64(from), y - 8, 30 + 6*float64(to), y + 2
}

// marked has another program place annotations in a PDF and write it anew.
func marked(t *testing.T, file []byte, dx, dy float64, marks []mark) []byte {
	t.Helper()
	api.DisableConfigDir()
	ctx, err := api.ReadContext(bytes.NewReader(file), model.NewDefaultConfiguration())
	if err == nil {
		err = api.ValidateContext(ctx)
	}
	if err != nil {
		t.Fatal(err)
	}
	var refs []*types.IndirectRef
	var first types.Object
	for _, m := range marks {
		d, _, inherited, err := ctx.PageDict(m.page+1, false)
		if err != nil {
			t.Fatal(err)
		}
		list, _ := ctx.DereferenceArray(d["Annots"])
		if first == nil && len(list) > 0 {
			first = list[0]
		}
		h := inherited.MediaBox.Height()
		x0, x1, y0, y1 := m.left+dx, m.right+dx, h-m.bottom-dy, h-m.top-dy
		a := types.Dict{"Type": types.Name("Annot"), "Subtype": types.Name(m.subtype), "Rect": types.NewNumberArray(x0, y0, x1, y1)}
		if m.subtype == "FreeText" {
			a["DA"] = types.StringLiteral("/Helv 10 Tf")
		}
		if strings.Contains("Highlight Underline StrikeOut Squiggly", m.subtype) {
			a["QuadPoints"] = types.NewNumberArray(x0, y1, x1, y1, x0, y0, x1, y0)
		}
		for key, s := range map[string]string{"T": m.author, "Contents": m.text} {
			if s != "" {
				a[key] = types.NewHexLiteral([]byte(types.EncodeUTF16String(s)))
			}
		}
		switch {
		case m.reply > 0:
			a["IRT"] = *refs[m.reply-1]
		case m.reply < 0:
			a["IRT"] = first
		}
		if m.group {
			a["RT"] = types.Name("Group")
		}
		ref, err := ctx.IndRefForNewObject(a)
		if err != nil {
			t.Fatal(err)
		}
		refs = append(refs, ref)
		d["Annots"] = append(list, *ref)
	}
	var b bytes.Buffer
	if err := api.WriteContext(ctx, &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func written(t *testing.T, d *page.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := pdf.Write(&b, d, pdf.Options{Title: "t"}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// everyKind is a mark of every kind on known words; want is what comes back.
func everyKind() (marks []mark, want []string) {
	add := func(line int, page int, subtype string, from, to int, text string) *mark {
		m := mark{page: page, subtype: subtype, author: "李编辑", text: text}
		m.left, m.top, m.right, m.bottom = word(line, from, to)
		marks = append(marks, m)
		return &marks[len(marks)-1]
	}
	add(1, 0, "Highlight", 6, 10, "见此")
	add(2, 0, "Underline", 11, 16, "")
	add(3, 0, "StrikeOut", 0, 5, "")
	add(4, 0, "Squiggly", 17, 22, "拼写？")
	add(5, 0, "Text", 6, 7, "一条批注\n两行")
	add(6, 0, "FreeText", 18, 19, "写在页上")
	add(7, 0, "Caret", 5, 7, "插入")
	add(8, 0, "StrikeOut", 6, 10, "")
	m := add(8, 0, "Caret", 9, 11, "BETA")
	m.reply, m.group = len(marks)-1, true
	add(9, 0, "Square", 0, 10, "")
	add(3, 1, "Highlight", 6, 10, "𠮷")
	return marks, []string{
		"highlight 1 a.md:1:7 beta: 见此", "underline 1 a.md:2:12 gamma: ", "strike 1 a.md:3:1 alpha: ", "squiggle 1 a.md:4:18 delta: 拼写？",
		"note 1 a.md:5:7 b: 一条批注\n两行", "text 1 a.md:6:19 e: 写在页上", "insert 1 a.md:7:7 : 插入", "replace 1 a.md:8:7 beta: BETA",
		"drawn 1 a.md:9:1 alpha beta: ", "highlight 2 a.md:13:7 beta: 𠮷",
	}
}

func told(l []proof.Remark) []string {
	var out []string
	for _, m := range l {
		p := m.Span.Pos()
		out = append(out, fmt.Sprintf("%s %s %s:%d:%d %s: %s", m.Kind, m.Folio, p.Path, p.Line, p.Column, m.Words, m.Text))
	}
	return out
}

// TestMarksComeBack places every kind of annotation by another program in the
// book as set, in its proof and in its proof two-up.
func TestMarksComeBack(t *testing.T) {
	set, f := faces(t), manuscript()
	d := doc(set, f, 10)
	marks, want := everyKind()
	const room = 12 * 72 / 25.4 // at the left of and above a page, in points
	for i := range d.Pages {
		d.Pages[i].Recto = i%2 == 1
	}
	for _, c := range []struct {
		name   string
		doc    *page.Document
		dx, dy float64
	}{
		{"screen", d, 0, 0},
		{"two-up", proof.Pages(d, found(f, 2, 14), nil, set, proof.Options{TwoUp: true}), room, room},
		{"proof", proof.Pages(d, found(f, 2, 14), nil, set, proof.Options{}), room, room},
	} {
		t.Run(c.name, func(t *testing.T) {
			marks := slices.Clone(marks)
			if c.name == "two-up" { // the second page stands beside the first
				last := &marks[len(marks)-1]
				last.page, last.left, last.right = 0, last.left+300+74*72/25.4, last.right+300+74*72/25.4
			}
			got, err := proof.Remarks(marked(t, written(t, c.doc), c.dx, c.dy, marks), d)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, told(got)); diff != "" {
				t.Error(diff)
			}
			for _, m := range got {
				if m.Author != "李编辑" {
					t.Errorf("%s is by %q", m.Kind, m.Author)
				}
			}
		})
	}
}

// TestAnswers keeps answers to the proof's own comments, which are left out.
func TestAnswers(t *testing.T) {
	set, f := faces(t), manuscript()
	d := doc(set, f, 10)
	file := written(t, proof.Pages(d, found(f, 3), nil, set, proof.Options{}))
	l, t0, r, b := word(3, 6, 10)
	got, err := proof.Remarks(marked(t, file, 0, 0, []mark{{subtype: "Text", left: l, top: t0, right: r, bottom: b, author: "王", text: "不改", reply: -1}}), d)
	if err != nil || len(got) != 1 {
		t.Fatal(got, err)
	}
	if m := got[0]; m.Kind != proof.ReplyKind || m.About != "1 rule" || m.Words != "beta" || m.Span.Pos().Line != 3 {
		t.Errorf("%+v", m)
	}
	list := proof.List(got)
	if s := list[0].Message.In("zh"); list[0].Severity != diag.Note || s != "第1页：答复“1 rule”（王）“beta”：不改" {
		t.Error(s)
	}
	data, err := proof.JSON(got)
	if err != nil || !json.Valid(data) || !bytes.Contains(data, []byte(`"line": 3`)) {
		t.Errorf("%s %v", data, err)
	}
}

// TestForeignFiles: what is not this book is an error, and so is rubbish.
func TestForeignFiles(t *testing.T) {
	set, f := faces(t), manuscript()
	d := doc(set, f, 10)
	other := doc(set, source.NewFile("b.md", []byte("one line")), 10)
	other.Pages[0].Media.Width += 30 * unit.Pt
	file := written(t, other)
	for name, data := range map[string][]byte{"other": file, "empty": nil, "text": []byte("no PDF"), "cut": file[:len(file)/2]} {
		if got, err := proof.Remarks(data, d); err == nil {
			t.Errorf("%s: %v and no error", name, got)
		}
	}
}
