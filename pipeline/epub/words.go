package epub

import (
	"strings"
	"unicode"

	"banxin/pipeline/book"
)

// words are what the e-book says by itself, in the book's language.
type words struct {
	cover, titlePage, copyright, contents, landmarks, pages, figures, tables string
	abstract, keywords, body, notes, back, index, bibliography               string
	dedication, epigraph, preface                                            string
	published, edition, series, isbn, publisher, rights                      string
	aiGenerated, aiAssisted, see, seeAlso, todo, done, summary               string
	kinds                                                                    map[string]string // of admonitions
}

// wordsFor returns the words of a BCP 47 language: Chinese (simplified or
// traditional), Japanese, Korean, and English for all others.
func wordsFor(lang string) words {
	l := strings.ToLower(lang)
	switch {
	case strings.HasPrefix(l, "zh") && isTraditional(l):
		return wordsHant
	case strings.HasPrefix(l, "zh"):
		return wordsHans
	case strings.HasPrefix(l, "ja"):
		return wordsJa
	case strings.HasPrefix(l, "ko"):
		return wordsKo
	}
	return wordsEn
}

func isTraditional(l string) bool {
	return strings.Contains(l, "hant") || strings.HasPrefix(l, "zh-tw") || strings.HasPrefix(l, "zh-hk") || strings.HasPrefix(l, "zh-mo")
}

// isHan reports whether the language is set in full-width characters.
func isHan(lang string) bool {
	l := strings.ToLower(lang)
	return strings.HasPrefix(l, "zh") || strings.HasPrefix(l, "ja")
}

// isWide reports whether a character is one of Chinese, Japanese or Korean.
func isWide(r rune) bool {
	return r >= 0x1100 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

func anyWide(s string) bool { return strings.IndexFunc(s, isWide) >= 0 }

var wordsHans = words{
	cover: "封面", titlePage: "扉页", copyright: "版权页", contents: "目录", landmarks: "导航", pages: "页码", figures: "插图目录", tables: "表格目录",
	abstract: "内容提要", keywords: "关键词", body: "正文", notes: "注释", back: "返回正文", index: "索引", bibliography: "参考文献",
	dedication: "献辞", epigraph: "题记", preface: "卷首",
	published: "出版日期", edition: "版次", series: "丛书", isbn: "ISBN", publisher: "出版", rights: "版权",
	aiGenerated: "本书内容由人工智能生成。", aiAssisted: "本书内容在人工智能辅助下完成。", see: "见", seeAlso: "参见", todo: "未完成", done: "已完成",
	summary: "本书为可重排的电子书，有完整的目录和标题层级，可用屏幕阅读器阅读。",
	kinds:   map[string]string{"note": "说明", "tip": "提示", "important": "重要", "warning": "警告", "caution": "注意", "danger": "危险", "example": "示例", "info": "说明"},
}

var wordsHant = words{
	cover: "封面", titlePage: "書名頁", copyright: "版權頁", contents: "目錄", landmarks: "導覽", pages: "頁碼", figures: "插圖目錄", tables: "表格目錄",
	abstract: "內容提要", keywords: "關鍵詞", body: "正文", notes: "註釋", back: "返回正文", index: "索引", bibliography: "參考文獻",
	dedication: "獻辭", epigraph: "題記", preface: "卷首",
	published: "出版日期", edition: "版次", series: "叢書", isbn: "ISBN", publisher: "出版", rights: "版權",
	aiGenerated: "本書內容由人工智慧生成。", aiAssisted: "本書內容在人工智慧輔助下完成。", see: "見", seeAlso: "參見", todo: "未完成", done: "已完成",
	summary: "本書為可重排的電子書，有完整的目錄和標題層級，可用螢幕閱讀器閱讀。",
	kinds:   map[string]string{"note": "說明", "tip": "提示", "important": "重要", "warning": "警告", "caution": "注意", "danger": "危險", "example": "範例", "info": "說明"},
}

var wordsJa = words{
	cover: "表紙", titlePage: "扉", copyright: "奥付", contents: "目次", landmarks: "ナビゲーション", pages: "ページ", figures: "図目次", tables: "表目次",
	abstract: "概要", keywords: "キーワード", body: "本文", notes: "注", back: "本文へ戻る", index: "索引", bibliography: "参考文献",
	dedication: "献辞", epigraph: "題辞", preface: "巻頭",
	published: "発行日", edition: "版", series: "シリーズ", isbn: "ISBN", publisher: "発行", rights: "著作権",
	aiGenerated: "本書の内容は人工知能により生成されました。", aiAssisted: "本書の内容は人工知能の支援を受けて作成されました。", see: "→", seeAlso: "→", todo: "未完了", done: "完了",
	summary: "リフロー型の電子書籍です。目次と見出しの階層を備え、スクリーンリーダーで読めます。",
	kinds:   map[string]string{"note": "注記", "tip": "ヒント", "important": "重要", "warning": "警告", "caution": "注意", "danger": "危険", "example": "例", "info": "情報"},
}

var wordsKo = words{
	cover: "표지", titlePage: "속표지", copyright: "판권", contents: "차례", landmarks: "길잡이", pages: "쪽", figures: "그림 차례", tables: "표 차례",
	abstract: "개요", keywords: "핵심어", body: "본문", notes: "주석", back: "본문으로", index: "찾아보기", bibliography: "참고 문헌",
	dedication: "헌사", epigraph: "제사", preface: "머리말",
	published: "발행일", edition: "판", series: "총서", isbn: "ISBN", publisher: "펴낸곳", rights: "저작권",
	aiGenerated: "이 책의 내용은 인공지능으로 생성되었습니다.", aiAssisted: "이 책의 내용은 인공지능의 도움을 받아 작성되었습니다.", see: "→", seeAlso: "→", todo: "미완료", done: "완료",
	summary: "차례와 제목 단계를 갖춘 재배치형 전자책으로, 화면 낭독기로 읽을 수 있습니다.",
	kinds:   map[string]string{"note": "참고", "tip": "도움말", "important": "중요", "warning": "경고", "caution": "주의", "danger": "위험", "example": "예", "info": "정보"},
}

var wordsEn = words{
	cover: "Cover", titlePage: "Title Page", copyright: "Copyright", contents: "Contents", landmarks: "Landmarks", pages: "Pages", figures: "Figures", tables: "Tables",
	abstract: "Abstract", keywords: "Keywords", body: "Start of Content", notes: "Notes", back: "Back to text", index: "Index", bibliography: "Bibliography",
	dedication: "Dedication", epigraph: "Epigraph", preface: "Opening",
	published: "Published", edition: "Edition", series: "Series", isbn: "ISBN", publisher: "Publisher", rights: "Rights",
	aiGenerated: "The content of this book was generated by artificial intelligence.", aiAssisted: "This book was written with the assistance of artificial intelligence.", see: "see", seeAlso: "see also", todo: "to do", done: "done",
	summary: "A reflowable publication with a full table of contents and heading structure; it can be read with a screen reader.",
	kinds:   map[string]string{"note": "Note", "tip": "Tip", "important": "Important", "warning": "Warning", "caution": "Caution", "danger": "Danger", "example": "Example", "info": "Info"},
}

// semantics is what a section is in EPUB's structural vocabulary and in
// DPUB-ARIA; either may be empty.
type semantics struct{ kind, role string }

// sectionSemantics tells what a section is by its role, and front and back
// matter by the trade's usual titles.
func sectionSemantics(s *book.Section) semantics {
	switch s.Role {
	case book.Part:
		return semantics{"part", "doc-part"}
	case book.Chapter:
		return semantics{"chapter", "doc-chapter"}
	case book.Appendix:
		return semantics{"appendix", "doc-appendix"}
	case book.Index:
		return semantics{"index", "doc-index"}
	case book.Front, book.Back:
		return matterSemantics(book.PlainText(s.Title))
	}
	return semantics{}
}

func matterSemantics(title string) semantics {
	t := strings.ToLower(strings.TrimSpace(title))
	for _, m := range []struct {
		titles string
		is     semantics
	}{
		{"前言|自序|卷首语|まえがき|はじめに|머리말|preface", semantics{"preface", "doc-preface"}},
		{"序|序言|代序|推荐序|序文|추천사|foreword", semantics{"foreword", "doc-foreword"}},
		{"引言|导论|导言|绪论|緒論|導論|序論|서론|introduction", semantics{"introduction", "doc-introduction"}},
		{"后记|後記|跋|编后记|あとがき|おわりに|후기|afterword|postscript", semantics{"afterword", "doc-afterword"}},
		{"结语|結語|结论|結論|결론|conclusion|conclusions", semantics{"conclusion", "doc-conclusion"}},
		{"致谢|致謝|鸣谢|謝辞|감사의 말|acknowledgments|acknowledgements", semantics{"acknowledgments", "doc-acknowledgments"}},
		{"参考文献|參考文獻|參考書目|参考书目|참고 문헌|참고문헌|bibliography|references", semantics{"bibliography", "doc-bibliography"}},
		{"术语表|術語表|词汇表|用語集|용어집|glossary", semantics{"glossary", "doc-glossary"}},
		{"楔子|prologue", semantics{"prologue", "doc-prologue"}},
		{"尾声|尾聲|epilogue", semantics{"epilogue", "doc-epilogue"}},
	} {
		for _, w := range strings.Split(m.titles, "|") {
			if t == w {
				return m.is
			}
		}
	}
	return semantics{}
}
