package typeset

import "banxin/pipeline/diag"

// Rules are what typesetting reports: faults of the pages that only setting
// them shows.
func Rules() []diag.Rule {
	return append(lineRules(), pageRules()...)
}

func lineRules() []diag.Rule {
	return []diag.Rule{
		{
			Code: "glyph-missing", Check: diag.Warning, Proof: diag.Warning, Release: diag.Error,
			What:    diag.T("No font of the layout has a glyph for a character.", "布局所列字体中没有某个字符的字形。"),
			Why:     diag.T("Readers would see an empty box in its place.", "读者会看到一个空框。"),
			Fix:     diag.T("Add a font that has the character to the role in the layout, or write it another way.", "在布局的字体角色中加入含该字符的字体，或改用其他写法。"),
			Example: "U+10FFFD: \U0010FFFD",
		},
		{
			Code: "overfull-line", Check: diag.Warning, Proof: diag.Warning, Release: diag.Warning,
			What:    diag.T("A line sticks out of the type area: what stands in it cannot be broken.", "某行超出版心：其中的内容无法断行。"),
			Why:     diag.T("The text runs into the margin and may be cut off.", "文字伸入页边，可能被裁去。"),
			Fix:     diag.T("Shorten the unbreakable run, put a space or a zero width space in it, or allow breaks in long tokens (spacing.break-tokens).", "缩短不可断的内容，在其中加空格或零宽空格，或允许长串断行（spacing.break-tokens）。"),
			Example: "supercalifragilisticexpialidocious_and_so_on_without_end",
		},
		{
			Code: "loose-line", Check: diag.Off, Proof: diag.Note, Release: diag.Note,
			What:    diag.T("The characters of a justified line had to be set visibly apart.", "某一齐行的字距被明显拉大。"),
			Why:     diag.T("A loose line stands out as a grey gap in an even page.", "稀疏的行在匀称的版面上十分显眼。"),
			Fix:     diag.T("Rewrite the sentence a little, or allow a break in the long word that forces it.", "略改句子，或允许造成此行的长词断行。"),
			Example: "一个很长而不可断的标识符 `a_very_long_identifier_that_cannot_break_anywhere`",
		},
	}
}
