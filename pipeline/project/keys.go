package project

import (
	"fmt"
	"strconv"
	"strings"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
)

// Key is a key of book.yaml.
type Key struct {
	Name    string // "dedup.auto" is auto inside dedup
	Type    string // text, texts, creators, files, flag, number, mapping, fields
	Doc     diag.Text
	Example string
	set     func(*Config, *node) error
}

// Keys are all keys of book.yaml in the order a book.yaml should have them.
func Keys() []Key {
	return append(metaKeys(), workKeys()...)
}

func metaKeys() []Key {
	return []Key{
		text("title", "The book's title.", "书名。", "AI大模型创业", func(c *Config) *string { return &c.Meta.Title }),
		text("subtitle", "The subtitle.", "副书名。", "如何利用国际优势？", func(c *Config) *string { return &c.Meta.Subtitle }),
		creators("authors", "Who wrote it: names, or name, role (a MARC relator such as aut, edt, ill) and file-as.", "作者：人名，或写明 name、role（MARC 责任者代码，如 aut、edt、ill）和 file-as。", "[李白, {name: 杜甫, file-as: Du Fu}]", "aut", func(c *Config) *[]book.Creator { return &c.Meta.Creators }),
		creators("creators", "The same as authors.", "同 authors。", "[{name: 李白, role: aut}]", "aut", func(c *Config) *[]book.Creator { return &c.Meta.Creators }),
		creators("translators", "Who translated it.", "译者。", "[杨绛]", "trl", func(c *Config) *[]book.Creator { return &c.Meta.Contributors }),
		creators("editors", "Who edited it.", "编者。", "[王二]", "edt", func(c *Config) *[]book.Creator { return &c.Meta.Contributors }),
		creators("contributors", "Who else had a part in it, with role.", "其他责任者，写明 role。", "[{name: 丰子恺, role: ill}]", "ctb", func(c *Config) *[]book.Creator { return &c.Meta.Contributors }),
		text("publisher", "The publisher.", "出版者。", "某某出版社", func(c *Config) *string { return &c.Meta.Publisher }),
		text("language", "The language, as BCP 47 has it.", "语言（BCP 47）。", "zh-CN", func(c *Config) *string { return &c.Meta.Language }),
		text("identifier", "What identifies the book: urn:uuid:…, urn:isbn:…, a DOI.", "唯一标识：urn:uuid:…、urn:isbn:…、DOI。", "urn:uuid:7e9…", func(c *Config) *string { return &c.Meta.Identifier }),
		text("isbn", "The ISBN; its check digit is checked.", "ISBN，校验位会被检查。", "978-7-100-00000-0", func(c *Config) *string { return &c.Meta.ISBN }),
		text("date", "The date of publication, ISO 8601; also the date in the files.", "出版日期（ISO 8601），也是输出文件里的日期。", "2024-11-01", func(c *Config) *string { return &c.Meta.Date }),
		text("edition", "The edition.", "版次。", "第1版", func(c *Config) *string { return &c.Meta.Edition }),
		text("series", "The series it belongs to.", "丛书名。", "", func(c *Config) *string { return &c.Meta.Series }),
		text("series-number", "Its number in the series.", "丛书编号。", "", func(c *Config) *string { return &c.Meta.SeriesNumber }),
		text("rights", "Copyright and licence.", "版权声明与许可。", "CC BY 4.0", func(c *Config) *string { return &c.Meta.Rights }),
		text("description", "A short description, for catalogues.", "简短介绍，供书目使用。", "", func(c *Config) *string { return &c.Meta.Description }),
		texts("keywords", "Keywords, for catalogues.", "关键词，供书目使用。", "[AI大模型, 创业]", func(c *Config) *[]string { return &c.Meta.Keywords }),
		texts("subjects", "Subject headings or class numbers.", "主题词或分类号。", "[TP18]", func(c *Config) *[]string { return &c.Meta.Subjects }),
		text("abstract", "The text of 内容提要, if the manuscript has none; Markdown.", "内容提要；书稿里没有时写在这里，可用 Markdown。", "", func(c *Config) *string { return &c.AbstractText }),
		text("cover", "The cover picture.", "封面图片。", "images/cover.jpg", func(c *Config) *string { return &c.Meta.Cover }),
		choice("ai", "Whether a machine wrote it: assisted or generated.", "是否由机器写成：assisted 或 generated。", []string{"assisted", "generated"}, func(c *Config) *string { return &c.Meta.AI }),
		{Name: "colophon", Type: "fields", Doc: diag.T("Lines of the copyright page, label and value, printed in this order.", "版权页的各行：项目与内容，按此顺序排出。"), Example: "{责任编辑: 王二, 开本: 148×210}", set: setColophon},
		text("cip", "The cataloguing-in-publication block, printed as it stands.", "图书在版编目（CIP）数据，照原样排出。", "", func(c *Config) *string { return &c.Meta.CIP }),
		text("dedication", "The dedication, on a page of its own.", "献词，单独成页。", "", func(c *Config) *string { return &c.Meta.Dedication }),
		text("epigraph", "The epigraph, on a page of its own.", "题词，单独成页。", "", func(c *Config) *string { return &c.Meta.Epigraph }),
		text("slug", "What output files are called; letters, digits and hyphens.", "输出文件名，用字母、数字和连字符。", "ai-startup", func(c *Config) *string { return &c.Meta.Slug }),
	}
}

func workKeys() []Key {
	return []Key{
		{Name: "files", Type: "files", Doc: diag.T("The manuscript's files in reading order: a path, or path with title, part, depth, role (front, back).", "书稿文件，按阅读顺序：路径，或 path 加 title、part、depth、role（front、back）。"), Example: "[preface.md, {part: 第一部分, path: ch01.md}]", set: setFiles},
		text("layout", "The layout definition; see banxin layouts.", "版式，见 banxin layouts。", "a5", func(c *Config) *string { return &c.Layout }),
		texts("bibliography", "BibTeX or CSL-JSON files.", "参考文献库（BibTeX 或 CSL-JSON）。", "[refs.bib]", func(c *Config) *[]string { return &c.Bibliography }),
		text("citation-style", "How citations are printed.", "引文格式。", "gb7714-numeric", func(c *Config) *string { return &c.CitationStyle }),
		text("decisions", "The file of decisions about repeated sections.", "重复章节的裁决文件。", "decisions.yaml", func(c *Config) *string { return &c.Decisions }),
		choice("dedup.auto", "Which repeats are merged by themselves.", "哪些重复自动合并。", []string{"exact", "contained", "near", "none"}, func(c *Config) *string { return &c.Dedup.Auto }),
		{Name: "captions", Type: "mapping", Doc: diag.T("Captions by a figure's fingerprint, as the check proposes them.", "按指纹给图加的图题，由检查建议。"), Example: "{3f9a…: 前馈神经网络}", set: setCaptions},
		{Name: "rules", Type: "mapping", Doc: diag.T("Severity of a rule (off, note, warning, error), with a reason, perhaps for some paths only.", "规则的严重程度（off、note、warning、error）与理由，可限于某些路径。"), Example: "{section-stacked: {severity: off, reason: 体例如此, paths: [\"draft/*\"]}}", set: setRules},
		text("blurb", "What the back cover says (default: the description).", "封底文字（默认用 description）。", "", func(c *Config) *string { return &c.Blurb }),
		text("print.paper", "The paper of the inside, for the printer's docket.", "内文用纸，写入付印单。", "70g 胶版纸", func(c *Config) *string { return &c.Print.Paper }),
		text("print.thickness", "How thick a leaf of it is; the spine's width follows from it.", "一张内文纸的厚度，书脊宽度由此算出。", "0.09mm", func(c *Config) *string { return &c.Print.Thickness }),
		text("print.cover-paper", "The paper of the cover.", "封面用纸。", "200g 铜版纸", func(c *Config) *string { return &c.Print.CoverPaper }),
		text("print.binding", "How it is bound.", "装订方式。", "无线胶订", func(c *Config) *string { return &c.Print.Binding }),
		text("print.colors", "The colours of cover and inside.", "封面与内文的印色。", "封面 4+0，内文 1+1", func(c *Config) *string { return &c.Print.Colors }),
		text("print.copies", "How many copies are printed.", "印数。", "3000 册", func(c *Config) *string { return &c.Print.Copies }),
		text("print.price", "The price, printed below the barcode.", "定价，印在条码下方。", "68.00 元", func(c *Config) *string { return &c.Print.Price }),
		flag("math.dollar", "Whether $…$ is a formula (true) or money (false).", "$…$ 是公式（true）还是货币符号（false）。", "true", func(c *Config, on bool) { c.Math.NoDollar = !on }),
		{Name: "math.macros", Type: "mapping", Doc: diag.T("Commands of formulae and what they stand for, #1 to #9 being their arguments.", "公式中的自定义命令及其含义，#1 到 #9 为参数。"), Example: `{\E: \mathbb{E}, \norm: \left\|#1\right\|}`, set: setMacros},
		choice("math.latex-fences", "What ```latex fences hold; decided from their text if absent.", "```latex 围栏里是什么；不写则看内容而定。", []string{"math", "code"}, func(c *Config) *string { return &c.Math.LatexFences }),
		flag("convert-encoding", "Read files that are not UTF-8 (GBK, Big5, Shift_JIS, EUC-KR, UTF-16).", "读取非 UTF-8 文件（GBK、Big5、Shift_JIS、EUC-KR、UTF-16）。", "false", func(c *Config, on bool) { c.ConvertEncoding = on }),
		flag("fetch-images", "Fetch pictures on the web when building.", "构建时下载网络图片。", "false", func(c *Config, on bool) { c.FetchImages = on }),
		{Name: "toc-depth", Type: "number", Doc: diag.T("How deep the contents go: 1 chapters, 2 N.N, 3 N.N.N.", "目录层次：1 章，2 N.N，3 N.N.N。"), Example: "2", set: func(c *Config, n *node) error {
			v, err := strconv.Atoi(n.str())
			if err != nil || v < 1 || v > 6 {
				return at(n, "toc-depth must be a number from 1 to 6")
			}
			c.ContentsDepth = v
			return nil
		}},
		{Name: "glossary", Type: "mapping", Doc: diag.T("Terms with the variants that are to be reported.", "术语及其应报告的异写。"), Example: "{互联网: [网际网路, 因特网]}", set: setGlossary},
	}
}

// at is an error at a value's place.
func at(n *node, format string, args ...any) error {
	p := n.span.Pos()
	return fmt.Errorf("%s: line %d: %s", p.Path, p.Line, fmt.Sprintf(format, args...))
}

func text(name, en, zh, example string, field func(*Config) *string) Key {
	return Key{Name: name, Type: "text", Doc: diag.Text{En: en, Zh: zh}, Example: example, set: func(c *Config, n *node) error {
		if n.kind == null {
			return nil
		}
		if n.kind != scalar {
			return at(n, "%s must be text", name)
		}
		*field(c) = n.text
		return nil
	}}
}

func texts(name, en, zh, example string, field func(*Config) *[]string) Key {
	return Key{Name: name, Type: "texts", Doc: diag.Text{En: en, Zh: zh}, Example: example, set: func(c *Config, n *node) error {
		v, err := list(name, n)
		*field(c) = v
		return err
	}}
}

// list reads a sequence of texts, or one text.
func list(name string, n *node) ([]string, error) {
	switch n.kind {
	case null:
		return nil, nil
	case scalar:
		return []string{n.text}, nil
	case sequence:
		var out []string
		for _, it := range n.items {
			if it.kind != scalar {
				return nil, at(it, "%s must be a list of texts", name)
			}
			out = append(out, it.text)
		}
		return out, nil
	}
	return nil, at(n, "%s must be a list of texts", name)
}

func choice(name, en, zh string, of []string, field func(*Config) *string) Key {
	return Key{Name: name, Type: strings.Join(of, "|"), Doc: diag.Text{En: en, Zh: zh}, Example: of[0], set: func(c *Config, n *node) error {
		if n.kind == null {
			return nil
		}
		for _, v := range of {
			if n.str() == v {
				*field(c) = v
				return nil
			}
		}
		return at(n, "%s must be one of %s, not %q", name, strings.Join(of, ", "), n.text)
	}}
}

func flag(name, en, zh, example string, set func(*Config, bool)) Key {
	return Key{Name: name, Type: "flag", Doc: diag.Text{En: en, Zh: zh}, Example: example, set: func(c *Config, n *node) error {
		switch n.str() {
		case "true", "yes", "on":
			set(c, true)
		case "false", "no", "off":
			set(c, false)
		default:
			return at(n, "%s must be true or false", name)
		}
		return nil
	}}
}

func creators(name, en, zh, example, role string, field func(*Config) *[]book.Creator) Key {
	return Key{Name: name, Type: "creators", Doc: diag.Text{En: en, Zh: zh}, Example: example, set: func(c *Config, n *node) error {
		list := []*node{n}
		switch n.kind {
		case null:
			return nil
		case sequence:
			list = n.items
		}
		for _, it := range list {
			cr := book.Creator{Role: role}
			switch it.kind {
			case scalar:
				cr.Name = it.text
			case mapping:
				for _, p := range it.pairs {
					switch p.key {
					case "name":
						cr.Name = p.value.str()
					case "role":
						cr.Role = p.value.str()
					case "file-as":
						cr.FileAs = p.value.str()
					default:
						return unknown(p, []string{"name", "role", "file-as"})
					}
				}
			}
			if cr.Name == "" {
				return at(it, "%s: a name is missing", name)
			}
			*field(c) = append(*field(c), cr)
		}
		return nil
	}}
}
