package epub

import (
	"bytes"
	"image"
	"image/png"
	"time"

	"banxin/pipeline/book"
	"banxin/pipeline/layout"
	"banxin/pipeline/source"
	"banxin/pipeline/xref"
)

func txt(s string) *book.Text { return &book.Text{Value: s} }

func line(ns ...book.Inline) []book.Inline { return ns }

func para(ns ...book.Inline) *book.Paragraph { return &book.Paragraph{Inlines: ns} }

func words1(s string) []book.Block { return []book.Block{para(txt(s))} }

func dot() []byte {
	var b bytes.Buffer
	im := image.NewGray(image.Rect(0, 0, 8, 4))
	if err := png.Encode(&b, im); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// everything is a small book with every block and every inline in it.
func everything() Input {
	note := &book.Note{Label: "n1", Blocks: words1("注文一。")}
	nested := &book.Note{Label: "n2", Blocks: []book.Block{para(txt("注文二，又见"), &book.NoteRef{Label: "n1", Note: note}), &book.Code{Text: "x := 1"}}}
	fig := &book.Figure{Node: book.Node{Label: "fig:树"}, Images: []*book.Image{{Path: "图/a b.png", Alt: "一个点"}}, Caption: line(txt("点的图"))}
	tbl := &book.Table{Node: book.Node{Label: "tbl-1"}, Caption: line(txt("表的题")), Align: []book.Align{book.AlignLeft, book.AlignRight},
		Head: []book.Row{{Cells: []book.Cell{{Blocks: words1("栏一")}, {Blocks: words1("栏二")}}}},
		Rows: []book.Row{{Cells: []book.Cell{{Blocks: words1("甲"), Header: true}, {Blocks: []book.Block{para(txt("1")), para(txt("2"))}, ColSpan: 1}}}}}
	eq := &book.Math{Node: book.Node{Label: "eq:e"}, TeX: `E = mc^2 < \infty`}
	ref := &book.CrossRef{Target: "fig:树"}
	prose := txt("见第1章和图1-1。")
	term := &book.IndexTerm{Kids: line(txt("词条")), Term: "词条"}
	link := &book.Link{Dest: "#c2", Kids: line(txt("第二章"))}
	inlines := []book.Inline{
		txt("正文 <&> \"quoted\" "), &book.Emph{Kids: line(txt("着重"))}, &book.Strong{Kids: line(txt("粗体"), &book.Emph{Kids: line(txt("内"))})},
		&book.Strike{Kids: line(txt("删"))}, &book.Dotted{Kids: line(txt("点"))}, &book.Underline{Kids: line(txt("线"))},
		&book.ProperName{Kids: line(txt("人名"))}, &book.BookName{Kids: line(txt("书名"))}, &book.Mark{Kids: line(txt("亮"))},
		&book.Sub{Kids: line(txt("下"))}, &book.Sup{Kids: line(txt("上"))}, &book.Small{Kids: line(txt("小"))}, &book.Kbd{Kids: line(txt("Ctrl"))},
		&book.Verbatim{Text: "a<b && c"}, &book.InlineMath{TeX: `x^2`}, link, &book.Link{Dest: "https://例子.cn/路?a=1&b=2 3", Kids: line(txt("外链"))},
		&book.Link{Dest: "javascript:x()", Kids: line(txt("坏链"))}, &book.Image{Src: "https://e.org/x.png", Alt: "远图"},
		&book.Break{}, &book.NoteRef{Label: "n1", Note: note}, &book.NoteRef{Label: "n2", Note: nested}, &book.NoteRef{Label: "n1", Note: note}, ref,
		&book.Ruby{Base: []string{"漢", "字"}, Reading: []string{"かん", "じ"}}, term, &book.Anchor{ID: "锚"}, &book.Styled{Lang: "en", Classes: []string{"k"}, Kids: line(txt("styled"))}, prose,
		&book.Image{Path: "图/a b.png", Alt: "行内图"},
	}
	c1 := &book.Section{Role: book.Chapter, Label: "第一章", Title: line(txt("开端 & 其他")), Blocks: []book.Block{para(inlines...),
		&book.List{Items: []*book.Item{{Blocks: words1("项一")}, {Task: true, Done: true, Blocks: words1("项二")}}, Tight: true},
		&book.List{Ordered: true, Start: 3, Items: []*book.Item{{Blocks: append(words1("甲项"), words1("又一段")...)}}},
		&book.DefinitionList{Entries: []book.Definition{{Terms: [][]book.Inline{line(txt("名"))}, Details: [][]book.Block{words1("释")}}}},
		&book.Quote{Blocks: words1("引文"), Source: line(txt("——某人"))},
		&book.Code{Language: "go", Text: "\nfunc main() {\n\tprintln(\"<>\")\n}", Caption: line(txt("程序"))},
		&book.Diagram{Language: "mermaid", Text: "graph TD; A-->B", Caption: line(txt("流程")), Alt: "甲到乙"},
		eq, tbl, fig, &book.Rule{}, &book.Admonition{Kind: "tip", Blocks: words1("小窍门")},
		&book.Division{Align: book.AlignRight, Node: book.Node{Classes: []string{"verse"}, Lang: "en"}, Title: line(txt("Tab")), Blocks: words1("verse")},
		&book.ContentsHere{}, &book.Unknown{Text: "???"}, &book.Paragraph{Node: book.Node{Hidden: "ebook"}, Inlines: line(txt("只在纸上"))},
		&book.Code{Text: "plain"},
	}, Sections: []*book.Section{
		{Label: "s11", Level: 2, Title: line(txt("第一节")), Blocks: words1("节文。"), Sections: []*book.Section{{Level: 3, Title: line(txt("深")), Blocks: words1("深文。")}}},
		{Level: 2, Role: book.Closing, Title: line(txt("小结")), Blocks: words1("结。"), Unlisted: true},
	}}
	c2 := &book.Section{Role: book.Chapter, Label: "c2", Aliases: []string{"旧名"}, Title: line(txt("第二"), &book.NoteRef{Label: "n1", Note: note}), Blocks: words1("第二章文。")}
	part := &book.Section{Role: book.Part, Label: "p1", Title: line(txt("概述")), Sections: []*book.Section{c1, c2}}
	front := &book.Section{Role: book.Front, Label: "qianyan", Title: line(txt("前言")), Blocks: words1("前言文。")}
	app := &book.Section{Role: book.Appendix, Label: "a", Title: line(txt("工具")), Blocks: words1("附录文。")}
	t := func(k xref.Kind, label, number, printed string, s *book.Section, b book.Block) *xref.Target {
		return &xref.Target{Kind: k, Label: label, Number: number, Printed: printed, Section: s, Block: b}
	}
	tc1, tc2, tfig, ttbl, teq := t(xref.Section, "第一章", "1", "第1章", c1, nil), t(xref.Section, "c2", "2", "第2章", c2, nil), t(xref.Figure, "fig:树", "1-1", "图1-1", c1, fig), t(xref.Table, "tbl-1", "1-1", "表1-1", c1, tbl), t(xref.Equation, "eq:e", "1.1", "（1.1）", c1, eq)
	tfig.Title = fig.Caption
	index := &xref.Index{
		Targets:  map[string]*xref.Target{},
		Sections: map[*book.Section]*xref.Target{c1: tc1, c2: tc2, part: t(xref.Section, "p1", "1", "第一部分", part, nil), app: t(xref.Section, "a", "A", "附录A", app, nil)},
		Blocks:   map[book.Block]*xref.Target{fig: tfig, tbl: ttbl, eq: teq},
		Links:    map[book.Inline]*xref.Target{link: tc2, ref: tfig},
		Refs:     map[*book.CrossRef]string{ref: "图1-1"},
		Prose:    map[*book.Text][]xref.ProseRef{prose: {{Start: 3, End: 10, Target: tc1}, {Start: 13, End: 19, Target: tfig}}},
		Figures:  []*xref.Target{tfig}, Tables: []*xref.Target{ttbl},
		Bibliography: []xref.Entry{{Key: "k1", Mark: "[1]", Text: line(txt("某书，2020。"))}},
	}
	b := &book.Book{
		Meta: book.Meta{Title: "样书", Subtitle: "万物皆有", Language: "zh-CN", Creators: []book.Creator{{Name: "甲", FileAs: "Jia"}, {Name: "乙", Role: "trl"}},
			Publisher: "某社", ISBN: "978-7-04-000001-4", Date: "2024-05", Edition: "第1版", Series: "丛", SeriesNumber: "3", Rights: "版权所有", Keywords: []string{"书"},
			Abstract: words1("提要。"), AI: "assisted", Dedication: "献给读者", Epigraph: "一\n二", CIP: "CIP 数据"},
		Preamble: words1("卷首文。"),
		Sections: []*book.Section{front, part, app},
		Notes:    []*book.Note{note, nested},
		Pictures: map[string]*book.Picture{"图/a b.png": {Path: "图/a b.png", Data: dot()}},
		Files:    []*source.File{},
	}
	return Input{Book: b, Index: index, Layout: &layout.Layout{}, Date: time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC), Generator: "banxin"}
}
