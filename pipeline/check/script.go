package check

import (
	"banxin/pipeline/book"
	"banxin/pipeline/diag"
)

// traditional are characters that simplified Chinese never uses, with the
// simplified form after each. Forms that either script may have (後, 乾, 於,
// 著, 裏 in names) are left out where they are.
const traditional = "們们個个這这來来說说國国學学習习會会對对時时為为過过發发經经現现開开關关長长門门問问間间聞闻東东車车馬马魚鱼鳥鸟龍龙風风飛飞電电話话語语讀读書书寫写課课認认識识記记計计設设試试詞词該该詳详調调論论證证評评議议護护讓让講讲許许請请謝谢誤误變变業业樂乐條条樣样機机權权極极構构標标橋桥檔档檢检歡欢歲岁歷历殺杀氣气漢汉湯汤準准溫温滿满漸渐潔洁濟济災灾無无熱热愛爱爺爷獨独獎奖環环產产畫画異异當当療疗療疗盡尽監监盤盘眾众確确碼码礎础禮礼種种積积穩稳窮穷節节範范築筑簡简類类紅红約约級级紀纪純纯紙纸細细終终組组結结給给統统絕绝維维綠绿網网緊紧線线練练編编緣缘縣县總总績绩織织繼继續续羅罗義义聖圣聲声聽听職职聯联肅肃腦脑膚肤與与興兴舉举舊旧艦舰藝艺葉叶著着蘇苏蘭兰處处號号蟲虫術术衛卫衝冲裝装補补製制複复見见規规視视覺觉覽览觀观觸触訂订訓训訊讯訪访設设診诊詩诗誠诚誰谁談谈諸诸謂谓譯译豐丰貝贝負负財财責责貨货販贩貴贵買买費费貿贸資资賓宾賞赏賢贤賣卖質质購购贈赠贏赢趙赵趕赶躍跃軍军軟软軸轴較较載载輕轻輛辆輪轮輯辑輸输轉转辦办農农連连週周進进運运達达遠远適适選选遺遗還还邊边郵邮鄉乡醫医釋释針针鋼钢錄录錢钱錯错鍵键鏡镜鐘钟鐵铁閉闭閱阅隊队陽阳陰阴陳陈際际隨随險险隱隐雖虽雙双雜杂離离難难雲云靈灵靜静韓韩響响頁页頂顶項项順顺須须預预領领頭头頻频題题額额顏颜願愿顧顾顯显飯饭飲饮館馆驗验驚惊體体鬥斗鮮鲜麗丽麥麦黃黄點点黨党齊齐齒齿龜龟亞亚傳传債债傷伤傾倾僅仅僑侨價价儀仪億亿優优儲储兒儿兩两冊册凍冻則则剛刚創创劃划劇剧劉刘勁劲動动務务勝胜勞劳勢势勳勋區区協协單单卻却參参吳吴員员嗎吗嚴严囑嘱園园圓圆圖图團团執执堅坚報报場场塊块塵尘壓压壞坏壯壮夠够夢梦奪夺奮奋婦妇媽妈孫孙寧宁實实審审寬宽專专尋寻導导層层屬属島岛師师帳帐帶带幣币幹干幾几庫库廠厂廣广廳厅張张強强彈弹彙汇徑径從从復复徵征態态慶庆應应憶忆懷怀戰战戲戏戶户掃扫採采掛挂換换揮挥損损搖摇擁拥擇择擊击據据擔担擬拟擴扩擺摆擾扰攝摄敗败敵敌數数斷断晉晋曉晓暫暂術术"

// ambiguous stands in traditional, but simplified text has it too.
const ambiguous = '著'

// scripts tells traditional forms by code point, from U+4E00.
func scripts() map[rune]rune {
	out := make(map[rune]rune, 512)
	var from rune
	for _, r := range traditional {
		if from == 0 {
			from = r
			continue
		}
		if from != ambiguous && from != r {
			out[from] = r
		}
		from = 0
	}
	return out
}

func scriptMixed(s *survey) diag.List {
	if _, hant := s.language(); hant || !s.chinese() {
		return nil
	}
	simplified := scripts()
	var odd [0xa000 - 0x4e00]bool
	for r := range simplified {
		if r >= 0x4e00 && r < 0xa000 {
			odd[r-0x4e00] = true
		}
	}
	hans, hits := 0, 0
	var l diag.List
	var fl flow
	s.runs(func(ns []book.Inline) {
		fl.read(ns)
		for _, p := range fl.pieces {
			from, to := -1, 0
			report := func() {
				if from >= 0 && len(l) < enough {
					words := p.text[from:to]
					l.Add("zh-script-mixed", within(p.node, from, to), diag.T("traditional “%[1]s”; simplified “%[2]s”", "繁体“%[1]s”，简体为“%[2]s”", words, simplify(words, simplified)))
				}
				from = -1
			}
			for i, r := range p.text {
				if r < 0x4e00 || r >= 0xa000 {
					report()
					continue
				}
				hans++
				if odd[r-0x4e00] {
					hits++
					if from < 0 {
						from = i
					}
					to = i + 3
				}
			}
			report()
		}
	})
	if hits*20 > hans {
		return nil // a book in traditional characters
	}
	return l
}

func simplify(words string, table map[rune]rune) string {
	out := []rune(words)
	for i, r := range out {
		if t, ok := table[r]; ok {
			out[i] = t
		}
	}
	return string(out)
}
