package dedup

import (
	"sync"
	"unicode/utf8"

	"github.com/longbridgeapp/opencc"

	"banxin/pipeline/source"
)

// Traditional text is folded to Simplified for comparison only. The table is
// built once, and only for a book in which one of these characters occurs:
// no running Traditional text of any length avoids all of them, and none of
// them is a Simplified form.
const traditionalProbe = "個們這來時國學會對說為與於後開關發間長問題現實動進過還當點將應種樣經業員機電體書內變產無區單傳統記結構術價認設計數據網絡權義務歷歲歸聲聽見視頭風飛馬魚鳥龍東車門萬幾從眾條極處號類總線練習節陣階隨雜難雲電靜韓響順須預領願顯餘養驗"

// A scriptTable maps a Han character to the form that is compared, indexed by
// its offset from hanFirst; zero keeps the character.
type scriptTable []rune

const (
	hanFirst = 0x3400
	hanLast  = 0x9FFF
)

func (t scriptTable) fold(r rune) rune {
	if t == nil || r < hanFirst || r > hanLast {
		return r
	}
	if s := t[r-hanFirst]; s != 0 {
		return s
	}
	return r
}

// simplified reads OpenCC's character dictionary; phrases are left out, since
// both sides of a comparison go through the same table.
var simplified = sync.OnceValue(func() scriptTable {
	cc, err := opencc.New("t2s")
	if err != nil || len(cc.DictChains) == 0 {
		return nil
	}
	dicts := cc.DictChains[len(cc.DictChains)-1].Dicts
	chars := dicts[len(dicts)-1]
	t := make(scriptTable, hanLast-hanFirst+1)
	for r := rune(hanFirst); r <= hanLast; r++ {
		k := string(r)
		m, err := chars.PrefixMatch(k)
		if err != nil || len(m[k]) == 0 {
			continue
		}
		if s, n := utf8.DecodeRuneInString(m[k][0]); n == len(m[k][0]) && s != r {
			t[r-hanFirst] = s
		}
	}
	return t
})

// tableFor returns the table a manuscript needs, nil if it has no Traditional
// characters.
func tableFor(files []*source.File) scriptTable {
	var probe [(hanLast - hanFirst + 64) / 64]uint64
	for _, r := range traditionalProbe {
		probe[(r-hanFirst)/64] |= 1 << ((r - hanFirst) % 64)
	}
	for _, f := range files {
		for i := 0; i+2 < len(f.Text); i++ {
			c := f.Text[i]
			if c < 0xE3 || c > 0xE9 {
				continue
			}
			r := rune(c&0x0F)<<12 | rune(f.Text[i+1]&0x3F)<<6 | rune(f.Text[i+2]&0x3F)
			if r >= hanFirst && r <= hanLast && probe[(r-hanFirst)/64]>>((r-hanFirst)%64)&1 != 0 {
				return simplified()
			}
			i += 2
		}
	}
	return nil
}
