package typeset

import "banxin/pipeline/diag"

// pageRules are what the page maker reports.
func pageRules() []diag.Rule {
	return []diag.Rule{
		{
			Code: "page-short", Check: diag.Note, Proof: diag.Note, Release: diag.Warning,
			What: diag.T("A page ends further above its foot than the layout allows.", "某页末尾的空行超过版式允许的行数。"),
			Why:  diag.T("Facing pages of unequal height look like a fault.", "对开的两页高低不齐，看上去像差错。"),
			Fix: diag.T("Move or split what follows the page; a hint such as looseness=1 before a paragraph lengthens it by a line.",
				"移动或拆分该页之后的内容；也可在段前加 looseness=1 让该段多排一行。"),
			Example: "<!-- banxin: looseness=1 -->\n",
		},
		{
			Code: "page-overfull", Check: diag.Warning, Proof: diag.Warning, Release: diag.Error,
			What:    diag.T("Something higher than a page cannot be divided.", "高于一页的内容无法拆分。"),
			Why:     diag.T("What sticks out of the type area is lost to the reader.", "超出版心的部分读者看不到。"),
			Fix:     diag.T("Split the table row or the picture, or make it smaller.", "拆开表格行或图片，或把它缩小。"),
			Example: "| a table cell with several hundred lines |\n|---|\n",
		},
		{
			Code: "unstable-pages", Check: diag.Note, Proof: diag.Warning, Release: diag.Warning,
			What: diag.T("Footnote numbers and page breaks kept changing each other.", "脚注编号与分页互相影响，始终不能稳定。"),
			Why:  diag.T("A number printed beside a note may be wrong.", "印出的注号可能有误。"),
			Fix:  diag.T("Shorten the paragraph that calls the note, or move the call.", "缩短引用该注的段落，或移动注号的位置。"),
		},
		{
			Code: "hint-without-effect", Check: diag.Warning, Proof: diag.Warning, Release: diag.Warning,
			What:    diag.T("An instruction to the typesetter changes nothing.", "一条排版指令没有任何作用。"),
			Why:     diag.T("It was written for an earlier state of the text and may do harm later.", "它是为旧稿写的，日后可能造成麻烦。"),
			Fix:     diag.T("Remove it.", "删去这条指令。"),
			Example: "<!-- banxin: looseness=-1 -->\n",
		},
		{
			Code: "diagram-as-source", Check: diag.Note, Proof: diag.Note, Release: diag.Note,
			What:    diag.T("A diagram is printed as its source text.", "图以源代码的形式排出。"),
			Why:     diag.T("Readers see the description of a drawing instead of the drawing.", "读者看到的是图的描述，而不是图。"),
			Fix:     diag.T("Use a kind of diagram that is drawn, or a picture.", "改用能够绘制的图种，或改用图片。"),
			Example: "```d2\na -> b\n```\n",
		},
		{
			Code: "small-diagram", Check: diag.Warning, Proof: diag.Warning, Release: diag.Warning,
			What: diag.T("A diagram's labels are smaller than the layout's least size.", "图中文字小于版式规定的最小字号。"),
			Why:  diag.T("Even on its side, on a whole page, the diagram is too large to be read.", "即使横排占满整页，此图仍然太大，文字难以辨认。"),
			Fix:  diag.T("Divide the diagram, or shorten its labels.", "拆分此图，或缩短其中的文字。"),
		},
		{
			Code: "math-as-source", Check: diag.Note, Proof: diag.Note, Release: diag.Note,
			What:    diag.T("A formula is printed as its source text.", "公式以源代码的形式排出。"),
			Why:     diag.T("Readers see TeX instead of mathematics.", "读者看到的是 TeX 代码，而不是公式。"),
			Fix:     diag.T("Write the formula in commands that are known, or use a picture.", "改用受支持的命令书写公式，或改用图片。"),
			Example: "$$\n\\unknowncommand\n$$\n",
		},
		{
			Code: "image-resolution", Check: diag.Note, Proof: diag.Warning, Release: diag.Warning,
			What:    diag.T("A picture has fewer than 150 pixels an inch at the size it is printed.", "图片在印刷尺寸下不足每英寸 150 像素。"),
			Why:     diag.T("It will look coarse on paper.", "印到纸上会显得粗糙。"),
			Fix:     diag.T("Use a larger file, or print it smaller with a width.", "换用更大的图片，或用 width 缩小印刷尺寸。"),
			Example: "![](small.png){width=100%}\n",
		},
		{
			Code: "drawing-partial", Check: diag.Note, Proof: diag.Note, Release: diag.Note,
			What: diag.T("Part of an SVG picture was left out: a script, an animation, something kept elsewhere.", "SVG 图片略去了一部分：脚本、动画，或存在别处的内容。"),
			Why:  diag.T("A book executes nothing and fetches nothing.", "书不执行任何程序，也不下载任何东西。"),
			Fix:  diag.T("Draw it with shapes and text, or embed its pictures.", "请用图形和文字绘制，或把其中的图片嵌入。"),
		},
	}
}
