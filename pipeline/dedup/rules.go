package dedup

import "banxin/pipeline/diag"

// Rules are the diagnostics of this stage.
func Rules() []diag.Rule {
	return append(repeatRules(), decisionRules()...)
}

func repeatRules() []diag.Rule {
	return []diag.Rule{
		{Code: "repeat-undecided", Check: diag.Error, Proof: diag.Warning, Release: diag.Error,
			What:    diag.T("Two versions of one section stand, and each says something the other does not.", "同一小节有两个版本，且各有对方没有的内容。"),
			Why:     diag.T("Merging by machine would lose text; printing both repeats it.", "自动合并会丢失内容，两份都印则重复。"),
			Fix:     diag.T("Decide with keep and carry, or both, in decisions.yaml.", "在 decisions.yaml 中用 keep、carry 或 both 决定。"),
			Example: "## 3.1 选址\n\n码头离市区近，货轮随时可以停靠，租金也便宜。\n\n## 3.1 选址\n\n码头离市区近，货轮随时可以停靠，但夜里要封闭。\n"},
		{Code: "section-duplicate", Check: diag.Warning, Proof: diag.Warning, Release: diag.Error,
			What:    diag.T("A section is repeated and nothing allows merging it without asking.", "小节整体重复，而现有设置不允许自动合并。"),
			Why:     diag.T("Readers meet the same text twice.", "读者会两次读到同样的文字。"),
			Fix:     diag.T("Decide with keep, cut or both; or allow it with <!-- banxin-allow duplicate: reason -->.", "用 keep、cut 或 both 决定，或用 <!-- banxin-allow duplicate: 理由 --> 允许。"),
			Example: "## 配置\n\n```ini\nport = 80\nhost = localhost\n```\n\n## 配置\n\n```ini\nport = 80\nhost = localhost\n```\n"},
		{Code: "section-partial", Check: diag.Warning, Proof: diag.Note, Release: diag.Warning,
			What:    diag.T("A passage of one section is also in another.", "一个小节中的段落又见于另一小节。"),
			Why:     diag.T("It may be an abridged copy left behind.", "可能是遗留的节略稿。"),
			Fix:     diag.T("Merge by hand, cut one, or decide both.", "手工合并、删去其一，或用 both 保留。"),
			Example: "## 甲\n\n入库的手续共有下面几步，缺一不可，由仓管员逐项核对。\n\n- 温度每天早晚各记一次，由值班的人签字。\n- 湿度超过七成时开窗通风，雨天改用除湿机。\n- 月底装订成册，送交档案室保存三年。\n\n## 乙\n\n出库时除了清点数目，还要看一看下面三件事是否照做，再由班长放行，车辆登记牌号之后方可离场。\n\n- 温度每天早晚各记一次，由值班的人签字。\n- 湿度超过七成时开窗通风，雨天改用除湿机。\n- 月底装订成册，送交档案室保存三年。\n\n若遇节假日则顺延一天，由门卫代为登记，次日补交单据，逾期的货物另册存放，等候主管批示之后处理。\n"},
		{Code: "division-duplicate", Check: diag.Error, Proof: diag.Error, Release: diag.Error,
			What:    diag.T("A heading is printed again, and both printings have text of their own.", "同一标题重复出现，且各有正文。"),
			Why:     diag.T("Only bare headings can be merged without asking.", "只有无正文的标题才能自动合并。"),
			Fix:     diag.T("Decide which stays in decisions.yaml, or mend the text.", "在 decisions.yaml 中决定取舍，或修改原文。"),
			Example: "# 第1章 开端\n\n甲。\n\n## 1.1 一\n\n# 第1章 开端\n\n# 第1章 开端\n\n乙。\n"},
		{Code: "section-merged", Check: diag.Note, Proof: diag.Note, Release: diag.Note,
			What:    diag.T("A repeated section was merged by itself: an exact copy, or one whose every block survives.", "重复小节已自动合并：内容相同，或每一处都保留在留用的一份中。"),
			Why:     diag.T("For the record.", "备查。"),
			Fix:     diag.T("Nothing to do; both in decisions.yaml keeps the copies.", "无须处理；如需保留各份，请用 both。"),
			Example: "## 1.1 选址\n\n码头离市区近，货轮随时可以停靠，租金也便宜。\n\n## 1.1 选址\n\n码头离市区近，货轮随时可以停靠，租金也便宜。\n"},
		{Code: "heading-merged", Check: diag.Note, Proof: diag.Note, Release: diag.Note,
			What:    diag.T("A heading printed again over its later sections was merged with the first.", "在后续小节之前重复出现的标题已并入首个标题。"),
			Why:     diag.T("For the record.", "备查。"),
			Fix:     diag.T("Nothing to do.", "无须处理。"),
			Example: "# 第1章 开端\n\n## 1.1 一\n\n甲。\n\n# 第1章 开端\n\n## 1.2 二\n\n乙。\n"},
		{Code: "text-duplicate", Check: diag.Note, Proof: diag.Note, Release: diag.Note,
			What:    diag.T("A paragraph of some length stands in two places.", "较长的段落在两处出现。"),
			Why:     diag.T("It is often a leftover of moving text.", "多半是移动文字时的遗留。"),
			Fix:     diag.T("Cut one, or leave it if it is meant.", "删去其一；若有意为之则不必处理。"),
			Example: "## 甲\n\n这一段很长的话讲了仓库里的温度应当怎样记录，每天早晚各记一次，由值班的人签字，月底装订成册。\n\n其余一。\n\n## 乙\n\n这一段很长的话讲了仓库里的温度应当怎样记录，每天早晚各记一次，由值班的人签字，月底装订成册。\n\n其余二三四五，完全不同的内容，与上文并无关系，只为说明而写在这里。\n"},
		{Code: "fence-duplicate", Check: diag.Note, Proof: diag.Warning, Release: diag.Warning,
			What:    diag.T("A listing or diagram is printed twice, character for character.", "代码或图示逐字重复。"),
			Why:     diag.T("A reference to the first serves the reader better.", "引用前一处对读者更方便。"),
			Fix:     diag.T("Refer to the first, or cut one.", "改为引用，或删去其一。"),
			Example: "## 甲\n\n```go\nfunc main() { fmt.Println(\"hello\", 1, 2, 3) }\n```\n\n## 乙\n\n文字。\n\n```go\nfunc main() { fmt.Println(\"hello\", 1, 2, 3) }\n```\n"},
		{Code: "fence-variant", Check: diag.Note, Proof: diag.Note, Release: diag.Note,
			What:    diag.T("Two listings differ in symbols, letter case or spacing only.", "两处代码或图示仅符号、大小写或空白不同。"),
			Why:     diag.T("One of them may carry a slip.", "其中一处可能有笔误。"),
			Fix:     diag.T("Compare them.", "请核对。"),
			Example: "## 甲\n\n```\nSELECT name, size FROM files WHERE size > 10\n```\n\n## 乙\n\n文字。\n\n```\nselect name, size from files where size < 10\n```\n"},
	}
}

func decisionRules() []diag.Rule {
	return []diag.Rule{
		{Code: "decision-invalid", Check: diag.Error, Proof: diag.Error, Release: diag.Error,
			What:    diag.T("An entry of decisions.yaml is not a decision.", "decisions.yaml 中有一条不成为决定。"),
			Why:     diag.T("It has no effect.", "该条不起作用。"),
			Fix:     diag.T("Mend the key or value named.", "请修正所指的键或值。"),
			Example: "decisions:\n  - keep: s:1a2b3c4d\n    dorp: s:5e6f7a8b\n    reason: longer\n"},
		{Code: "decision-conflict", Check: diag.Error, Proof: diag.Error, Release: diag.Error,
			What:    diag.T("Two decisions contradict one another, or one needs a section another takes out.", "两条决定互相矛盾，或一条所需的小节被另一条删去。"),
			Why:     diag.T("What prints would depend on their order.", "印出的内容将取决于先后次序。"),
			Fix:     diag.T("Remove one of them.", "请删去其中一条。"),
			Example: "decisions:\n  - cut: s:1a2b3c4d\n    reason: a\n  - place: s:1a2b3c4d\n    after: s:5e6f7a8b\n    reason: b\n"},
		{Code: "decision-stale", Check: diag.Warning, Proof: diag.Warning, Release: diag.Warning,
			What:    diag.T("A decision takes out text that is no longer in the book.", "决定要删去的文字已不在书中。"),
			Why:     diag.T("It has no effect any more; what prints is the same.", "该决定已无作用，印出的内容不变。"),
			Fix:     diag.T("Remove it, or name the text as banxin dedup lists it.", "请删除，或按 banxin dedup 所列名称改写。"),
			Example: "decisions:\n  - cut: s:00000000\n    reason: gone\n"},
		{Code: "decision-lost", Check: diag.Error, Proof: diag.Error, Release: diag.Error,
			What:    diag.T("A decision keeps, moves or renames text that is not in the book.", "决定要保留、移动或改题的文字不在书中。"),
			Why:     diag.T("What prints is not what was decided.", "印出的内容与所作的决定不符。"),
			Fix:     diag.T("Name the text as banxin dedup lists it, or remove the decision.", "请按 banxin dedup 所列名称改写，或删除该决定。"),
			Example: "decisions:\n  - retitle: s:00000000\n    title: x\n    reason: gone\n"},
		{Code: "decision-rematched", Check: diag.Note, Proof: diag.Note, Release: diag.Note,
			What:    diag.T("A decided text was mended since, and was found again by its likeness.", "决定所指的文字后来有修改，已按近似度重新对应。"),
			Why:     diag.T("The decision still holds.", "该决定仍然有效。"),
			Fix:     diag.T("banxin dedup --refresh renews the fingerprints.", "可用 banxin dedup --refresh 更新指纹。"),
			Example: "decisions:\n  - cut: s:00000000~1a2b3c4d 选址\n    reason: moved\n"},
	}
}
