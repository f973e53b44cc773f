package outline

import (
	"strings"
	"unicode"
)

// name is what a heading without a number calls itself.
type name uint8

const (
	unnamed      name = iota
	closingName       // 小结: always sums up what precedes it
	summaryName       // 总结: sums up what precedes it, or is a last chapter
	contentsName      // 目录
	abstractName      // 摘要
	keywordsName      // 关键词
	frontName         // 前言
	backName          // 后记
	indexName         // 索引
	appendixName      // 附录, without a letter
)

// vocabulary tells names by their folded words.
type vocabulary map[string]name

// newVocabulary folds the names of namesOf.
func newVocabulary() vocabulary {
	v := make(vocabulary, 512)
	for k, list := range namesOf {
		for _, w := range strings.Fields(list) {
			v[fold(w)] = name(k)
		}
	}
	return v
}

// namesOf lists the names of each kind, separated by spaces; _ is a space in
// the words of languages that have them.
var namesOf = [...]string{
	closingName: `小结 本章小结 本节小结 章节小结 本章总结 本节总结 本章回顾 本课小结 本讲小结 小結 本章小結 本節小結 本章總結 本節總結
		章のまとめ 本章のまとめ この章のまとめ 本節のまとめ 節のまとめ 이_장의_요약 장_요약 chapter_summary section_summary`,
	summaryName: `总结 總結 结语 結語 结论 結論 まとめ 요약 정리 결론 summary conclusion conclusions recap zusammenfassung résumé`,
	contentsName: `目录 目錄 目次 大纲 大綱 目录大纲 目錄大綱 大纲目录 章节目录 章節目錄 内容目录 全书目录 全書目錄 本书目录 本書目錄 总目录 總目錄 详细目录 もくじ 차례 목차
		contents table_of_contents toc inhaltsverzeichnis inhalt table_des_matières sommaire оглавление содержание tabla_de_contenido sumário indice_generale`,
	abstractName: `摘要 内容提要 內容提要 内容简介 內容簡介 内容概要 內容概要 提要 内容摘要 要旨 あらまし 초록 abstract zusammenfassung_des_buches`,
	keywordsName: `关键词 關鍵詞 关键字 關鍵字 キーワード 키워드 keywords key_words schlüsselwörter mots_clés`,
	frontName: `简介 簡介 介绍 介紹 导读 導讀 前言 序 序言 自序 代序 总序 總序 原序 引言 导言 導言 导论 導論 绪论 緒論 绪言 緒言 引子 楔子 弁言 小引 出版说明 出版說明 编者按 編者按 写在前面 寫在前面 卷首语 卷首語 凡例 题记 題記 献辞 獻辭 献词
		致读者 致讀者 关于本书 關於本書 本书结构 编写说明 阅读指南 はじめに まえがき 前書き 序文 序章 端書き 本書について この本について 머리말 서문 들어가며 들어가는_말 들어가는_글 추천사 일러두기 프롤로그
		preface foreword prologue introduction about_this_book dedication vorwort einleitung préface avant_propos introducción prefacio prólogo prefazione предисловие введение`,
	backName: `终章 終章 最終章 后记 後記 跋 尾声 尾聲 致谢 致謝 鸣谢 鳴謝 结束语 結束語 编后记 編後記 译后记 譯後記 编后语 参考文献 參考文獻 参考资料 參考資料 参考书目 參考書目 引用文献 主要参考文献 延伸阅读 延伸閱讀
		术语表 術語表 词汇表 詞彙表 名词解释 大事年表 作者简介 作者簡介 关于作者 關於作者 关于译者 版权声明 許諾 图片来源 勘误表 あとがき おわりに 終わりに 結び 後書き 謝辞 用語集 著者紹介 奥付 맺음말 나가며 후기 감사의_글 감사의_말 참고문헌 참고_문헌 용어집 저자_소개 에필로그
		afterword epilogue acknowledgements acknowledgments acknowledgement acknowledgment bibliography references works_cited further_reading glossary colophon about_the_author about_the_authors nachwort danksagung literaturverzeichnis literatur bibliographie postface remerciements bibliografía agradecimientos epílogo послесловие литература`,
	indexName:    `索引 总索引 總索引 人名索引 术语索引 術語索引 主题索引 名词索引 事項索引 찾아보기 색인 index sachregister register предметный_указатель`,
	appendixName: `附录 附錄 付録 부록 appendix appendices anhang anhänge annexe annexes apéndice apéndices приложения`,
}

// nameOf returns what a heading calls itself, and what it says after a colon.
func (v vocabulary) nameOf(text string) (name, string) {
	head, tail := text, ""
	if i := strings.IndexAny(text, "：:"); i >= 0 {
		head = text[:i]
		tail = strings.TrimSpace(strings.TrimLeft(text[i:], "：:"))
	}
	if len(head) > 90 {
		return unnamed, ""
	}
	f := fold(head)
	if n := v[f]; n != unnamed {
		if tail != "" && n != keywordsName && n != abstractName && n != appendixName {
			return unnamed, ""
		}
		return n, tail
	}
	if tail == "" && frontEnd(f) {
		return frontName, ""
	}
	if tail == "" && (strings.HasSuffix(f, "后记") || strings.HasSuffix(f, "後記")) && len(f) <= 24 {
		return backName, ""
	}
	return unnamed, ""
}

// frontEnd recognises 译者序, 推荐序一, 第二版前言: prefaces named after who
// wrote them or which edition they open.
func frontEnd(f string) bool {
	f = strings.TrimRight(f, "一二三四五六七八九十")
	if len(f) > 36 {
		return false
	}
	for _, e := range [...]string{"者序", "荐序", "薦序", "版序", "代序", "自序", "译序", "譯序", "前言", "序言", "まえがき"} {
		if strings.HasSuffix(f, e) {
			return true
		}
	}
	return f == "序" || f == "代序"
}

// fold reduces a heading's words to what two writings of them share: half
// width, lower case, letters and digits only.
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		if r >= 0xff01 && r <= 0xff5e {
			r -= 0xfee0
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}
