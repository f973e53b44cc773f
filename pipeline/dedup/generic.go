package dedup

import (
	"bytes"
	"sort"
	"strings"

	"golang.org/x/text/unicode/norm"

	"banxin/pipeline/book"
)

// Titles of the trade that say nothing about what stands under them.
const genericTitles = `小结 本章小结 本节小结 总结 结语 结论 练习 习题 思考题 课后习题 参考文献 延伸阅读 引言 概述 简介 背景 注释 附录 示例 案例
小結 本章小結 總結 習題 練習 參考文獻 まとめ 演習 練習問題 参考文献 はじめに おわりに コラム 요약 정리 연습문제 참고문헌
summary conclusion conclusions exercises exercise questions references overview introduction background notes example examples usage
installation license licence description parameters returns installing recap review further_reading key_points`

// markGeneric marks the sections whose titles say nothing: trade words, closing
// blocks, and any title used more than titleCap times.
func (s *scan) markGeneric() {
	r := &reader{}
	words := map[uint64]bool{}
	for _, w := range strings.Fields(genericTitles) {
		r.toks = r.toks[:0]
		r.read(strings.ReplaceAll(w, "_", " "))
		r.flush()
		words[hashTokens(r.toks)] = true
	}
	uses := map[uint64]int{}
	for i := range s.parts {
		uses[s.parts[i].title]++
	}
	for i := range s.parts {
		p := &s.parts[i]
		p.generic = p.sec.Role == book.Closing || words[p.title] || uses[p.title] > titleCap
	}
}

// foldNumber normalises a typed number for comparison: "第 １ 章" is "第1章".
func foldNumber(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(strings.Join(strings.Fields(norm.NFKC.String(s)), ""))
}

const allowMark = "banxin-allow duplicate:"

// markAllowed reads the inline comments that allow a section's repeats.
func (s *scan) markAllowed() {
	for _, f := range s.book.Files {
		for at := 0; ; {
			i := bytes.Index(f.Text[at:], []byte(allowMark))
			if i < 0 {
				break
			}
			at += i
			words, _, _ := bytes.Cut(f.Text[at+len(allowMark):], []byte("-->"))
			reason := strings.TrimSpace(strings.ToValidUTF8(string(words[:min(len(words), 300)]), ""))
			if owner := s.ownerOf(f.Path, at); owner >= 0 {
				s.parts[owner].allowed = reason
			}
			at += len(allowMark)
		}
	}
}

// ownerOf returns the section whose heading is the last before an offset, or -1.
func (s *scan) ownerOf(path string, at int) int {
	k := sort.Search(len(s.byPlace), func(k int) bool {
		h := s.parts[s.byPlace[k]].sec.Heading
		return h.File != nil && (h.File.Path > path || h.File.Path == path && h.Start > at)
	})
	if k == 0 {
		return -1
	}
	i := s.byPlace[k-1]
	if h := s.parts[i].sec.Heading; h.File == nil || h.File.Path != path {
		return -1
	}
	return i
}
