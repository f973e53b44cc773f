package typeset

import (
	"strconv"
	"strings"
)

// phrase is a word that the program itself puts on a page, in the language of
// the text. A key it does not know stands for itself.
func phrase(lang, key string) string {
	words := [...]struct{ key, zh, hant, ja, ko, en string }{
		{"note", "说明", "說明", "注", "참고", "Note"},
		{"info", "说明", "說明", "注", "참고", "Note"},
		{"tip", "提示", "提示", "ヒント", "팁", "Tip"},
		{"hint", "提示", "提示", "ヒント", "팁", "Hint"},
		{"important", "重要", "重要", "重要", "중요", "Important"},
		{"warning", "警告", "警告", "警告", "경고", "Warning"},
		{"caution", "注意", "注意", "注意", "주의", "Caution"},
		{"danger", "危险", "危險", "危険", "위험", "Danger"},
		{"example", "示例", "範例", "例", "예", "Example"},
		{"abstract", "内容提要", "內容提要", "概要", "개요", "Abstract"},
		{"keywords", "关键词", "關鍵詞", "キーワード", "키워드", "Keywords"},
		{"bibliography", "参考文献", "參考文獻", "参考文献", "참고 문헌", "Bibliography"},
		{"index", "索引", "索引", "索引", "찾아보기", "Index"},
		{"figures", "插图目录", "圖目錄", "図目次", "그림 차례", "Figures"},
		{"tables", "表格目录", "表目錄", "表目次", "표 차례", "Tables"},
		{"notes", "注释", "註釋", "注", "주", "Notes"},
		{"see", "见", "見", "→", "→", "see"},
		{"also", "参见", "參見", "参照", "참조", "see also"},
		{"copyright", "版权页", "版權頁", "奥付", "판권", "Copyright"},
		{"contents", "目录", "目錄", "目次", "차례", "Contents"},
		{"cover", "封面", "封面", "表紙", "표지", "Cover"},
		{"title-page", "书名页", "書名頁", "扉", "속표지", "Title page"},
		{"isbn", "ISBN", "ISBN", "ISBN", "ISBN", "ISBN"},
		{"list-comma", "；", "；", "、", ", ", "; "},
		{"colon", "：", "：", "：", ": ", ": "},
	}
	for _, w := range words {
		if w.key != key {
			continue
		}
		switch {
		case strings.HasPrefix(lang, "zh-Hant"), strings.HasPrefix(lang, "zh-TW"), strings.HasPrefix(lang, "zh-HK"):
			return w.hant
		case strings.HasPrefix(lang, "zh"):
			return w.zh
		case strings.HasPrefix(lang, "ja"):
			return w.ja
		case strings.HasPrefix(lang, "ko"):
			return w.ko
		}
		return w.en
	}
	return key
}

// byLang picks an entry by language: the longest prefix (Taiwan, Hong Kong and
// Macau read traditional characters), then "en", then "".
func byLang(m map[string]string, lang string) string {
	switch lang {
	case "zh-TW", "zh-HK", "zh-MO":
		if v, ok := m["zh-Hant"]; ok {
			return v
		}
	}
	for l := lang; l != ""; {
		if v, ok := m[l]; ok {
			return v
		}
		i := strings.LastIndexByte(l, '-')
		if i < 0 {
			break
		}
		l = l[:i]
	}
	if v, ok := m["en"]; ok {
		return v
	}
	return m[""]
}

// roman writes n in lower-case Roman figures.
func roman(n int) string {
	if n <= 0 || n >= 4000 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, d := range [...]struct {
		v int
		s string
	}{{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}} {
		for n >= d.v {
			b.WriteString(d.s)
			n -= d.v
		}
	}
	return b.String()
}
