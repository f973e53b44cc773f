package xref

import "banxin/pipeline/diag"

// Rules are the rules of references.
func Rules() []diag.Rule {
	const note, warn, fail = diag.Note, diag.Warning, diag.Error
	rule := func(code string, check, proof, release diag.Severity, what, why, fix diag.Text, example string) diag.Rule {
		return diag.Rule{Code: code, Check: check, Proof: proof, Release: release, What: what, Why: why, Fix: fix, Example: example}
	}
	text := func(en, zh string) diag.Text { return diag.Text{En: en, Zh: zh} }
	return []diag.Rule{
		rule("link-target-missing", fail, warn, fail,
			text("A link leads to a file that is not in the manuscript folder.", "链接指向的文件不在书稿文件夹里。"),
			text("The reader of the e-book gets a dead link.", "电子书读者点到的是死链接。"),
			text("Correct the path, or add the file.", "改正路径，或补上文件。"),
			"[next](chapter-9.md)\n"),
		rule("path-case-mismatch", warn, warn, fail,
			text("A link names a file in other letter case than it has on disk.", "链接里文件名的大小写与磁盘上不同。"),
			text("It works on some systems and breaks on others.", "在有的系统上有效，在有的系统上失效。"),
			text("Write the name as it is on disk; --fix does it.", "按磁盘上的名字书写；--fix 可代劳。"),
			"[next](Chapter-2.MD)\n"),
		rule("link-fragment-missing", fail, warn, fail,
			text("A link names an id (#…) that nothing in its file has. Ids are compared percent-decoded and NFC-normalised.", "链接里的 #id 在目标文件中不存在。比较前先解百分号编码并作 NFC 规范化。"),
			text("The link opens the file but not the place, or nothing at all.", "链接只能打开文件而到不了位置，或者根本打不开。"),
			text("Use the id proposed, or give the target one: {#id}.", "改用提示的 id，或给目标加上 {#id}。"),
			"# Trees {#trees}\n\n[back](#tree)\n"),
		rule("xref-undefined", fail, warn, fail,
			text("A reference (@fig:x, @tbl:x, @eq:x, @sec:x, @lst:x) names a label that nothing bears.", "引用（@fig:x、@tbl:x、@eq:x、@sec:x、@lst:x）的标签不存在。"),
			text("It cannot be replaced by a number and prints as typed.", "无法换成编号，只能照原样印出。"),
			text("Correct the label, or give it to the target.", "改正标签，或给目标加上标签。"),
			"See @fig:nowhere.\n"),
		rule("xref-type-mismatch", fail, warn, fail,
			text("A reference's prefix names one kind (fig) and its label is on another (a table).", "引用的前缀与目标的类型不符，例如 fig 指向了表。"),
			text("The words around it will be wrong: “figure” before a table's number.", "前后的文字会出错：表的编号前印着“图”。"),
			text("Rename the label and its references.", "改标签及对它的引用。"),
			"See @fig:data.\n\n| a |\n|---|\n| 1 |\n\n: Data {#fig:data}\n"),
		rule("prose-xref-undefined", warn, warn, fail,
			text("Words refer to a chapter, section, figure, table, equation or appendix by a number that the book does not have. Code, links, addresses and 《…》 are not read.", "正文提到的章、节、图、表、公式或附录编号在书中不存在。代码、链接、网址和《…》内不查。"),
			text("The reader looks for what is not there.", "读者会去找并不存在的内容。"),
			text("Correct the number, or refer by a label.", "改正编号，或按标签引用。"),
			"# 第1章 开始\n\n详见第9章。\n"),
		rule("prose-xref-ambiguous", note, warn, warn,
			text("Words refer by a number that several headings or captions bear.", "正文引用的编号同时属于几处标题或图表。"),
			text("Nobody can tell which is meant; the link leads to the first.", "无法知道指的是哪一处；链接指向第一处。"),
			text("Number every heading once, or refer by a label.", "让每个编号只出现一次，或按标签引用。"),
			"# 第1章 甲\n\n# 第1章 乙\n\n见第1章。\n"),
		rule("prose-xref-renumbered", warn, warn, warn,
			text("Words refer by the number as typed, but the target prints another, as numbers follow from the place in the book.", "正文按键入的编号引用，而编号按位置重排，目标印出来的编号不同。"),
			text("The printed page says one number and the heading another.", "正文印的是一个编号，标题印的是另一个。"),
			text("Change the words, or refer by a label (第{@sec:x}章), which follows by itself.", "改正文字，或按标签引用（第{@sec:x}章），编号会自动跟随。"),
			"# 第2章 甲\n\n见第2章。\n"),
		rule("cite-undefined", fail, warn, fail,
			text("A citation's key is in none of the book's bibliographies.", "引文的键不在任何参考文献库里。"),
			text("It prints as a bare key, and the list lacks the work.", "只能印出键名，文献表里也没有这本书。"),
			text("Correct the key, or add the entry to the .bib or CSL-JSON file.", "改正键名，或在 .bib 或 CSL-JSON 文件里补上条目。"),
			"As shown [@nobody1999].\n"),
	}
}
