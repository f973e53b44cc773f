package epub

import "banxin/pipeline/diag"

// Rules are the diagnostics Write may report.
func Rules() []diag.Rule {
	return []diag.Rule{{
		Code: "epub-image-format", Check: diag.Warning, Proof: diag.Warning, Release: diag.Error,
		What:    diag.T("A picture is in no format e-book readers must support.", "图片格式不在电子书阅读器必须支持之列。"),
		Why:     diag.T("EPUB 3.3 readers show PNG, JPEG, GIF, WebP and SVG; anything else appears as its alternative text only.", "EPUB 3.3 阅读器只保证显示 PNG、JPEG、GIF、WebP 和 SVG，其余只能显示替代文字。"),
		Fix:     diag.T("Convert the picture to PNG or JPEG.", "把图片转换成 PNG 或 JPEG。"),
		Example: "![plan](plan.bmp)",
	}}
}
