package pipeline

import (
	"strings"

	"banxin/pipeline/diag"
	"banxin/pipeline/font"
	"banxin/pipeline/source"
)

// fontFaults reports roles of the text that no font file serves: 宋 for the
// body, 黑 for headings. A role without a 楷 has another way out.
func (o *Output) fontFaults() diag.List {
	var l diag.List
	for _, role := range []font.Role{font.Song, font.Hei} {
		lang := o.Written.Meta.Language
		if o.fonts.Has(font.Style{Role: role, Lang: lang}, common(lang)) {
			continue
		}
		l.Add("font-missing", source.Span{},
			diag.T("no font file serves the role %s; any of these does: %s", "没有字体文件可用于角色 %s；下列字体均可：%s", role, strings.Join(families(o.layout, role), ", ")),
			diag.T("put one (.ttf, .otf, .ttc) into the fonts folder of the book, install it, or run make fonts where banxin was built; banxin fonts shows what is found", "把字体文件（.ttf、.otf、.ttc）放进书的 fonts 文件夹，或安装到系统，或在 banxin 的目录里运行 make fonts；banxin fonts 可查看找到的字体"))
	}
	return l
}

// common is a character that no text of the language does without.
func common(lang string) rune {
	switch tag, _, _ := strings.Cut(strings.ToLower(lang), "-"); tag {
	case "zh", "":
		return '一'
	case "ja":
		return 'の'
	case "ko":
		return '이'
	}
	return 'e'
}

// fontRule is the rule of fontFaults.
func fontRule() diag.Rule {
	return diag.Rule{Code: "font-missing", Check: diag.Error, Proof: diag.Error, Release: diag.Error,
		What: diag.T("No font file was found for the body or the headings.", "没有找到正文或标题所用的字体文件。"),
		Why:  diag.T("The text would be printed as empty boxes.", "文字会印成空框。"),
		Fix:  diag.T("Put one of the named fonts into the book's fonts folder, or install it.", "把所列字体之一放进书的 fonts 文件夹，或安装到系统。")}
}
