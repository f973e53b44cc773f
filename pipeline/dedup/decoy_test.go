package dedup

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A decoy makes the k-th of some texts that are alike in form and about
// different things.
type decoy func(r *rand.Rand, k int) *plot

var (
	services = strings.Fields("orders billing mailer search ledger stock courier archive")
	nouns    = strings.Fields("Reader Writer Parser Walker Folder Cutter Binder Sorter")
)

// decoysOf are the decoys of a language ("zh", "ja", "ko", "en").
func decoysOf(lang string) []decoy {
	w := decoyWords[lang]
	return []decoy{
		func(r *rand.Rand, k int) *plot {
			return filled(w.company, w.names[k%len(w.names)], w.places[(k+3)%len(w.places)], 1950+r.IntN(70), 2+r.IntN(900))
		},
		func(r *rand.Rand, k int) *plot {
			return filled(w.dish, w.things[k%len(w.things)], w.places[(k+5)%len(w.places)], 3+r.IntN(60), 5+r.IntN(40))
		},
		func(r *rand.Rand, k int) *plot {
			name := services[k%len(services)]
			return &plot{level: 3, title: w.setting + " " + name, blocks: []string{fmt.Sprintf(w.settingText, name),
				fmt.Sprintf("```yaml\nservice:\n  name: %s\n  image: registry/%s:%d.2\n  port: %d\n  replicas: 3\n  restart: always\n  limits:\n    memory: 512Mi\n    cpu: 500m\n```", name, name, 1+r.IntN(9), 3000+r.IntN(5000))}}
		},
		func(r *rand.Rand, k int) *plot {
			node := w.things[k%len(w.things)]
			return &plot{level: 3, title: w.flow + node, blocks: []string{fmt.Sprintf(w.flowText, node),
				fmt.Sprintf("```mermaid\ngraph TD\n  A[%s] --> B[%s]\n  B --> C[%s]\n  C --> D[%s]\n```", w.places[0], w.places[1], node, w.places[2])}}
		},
		func(r *rand.Rand, k int) *plot {
			name := nouns[k%len(nouns)]
			var b strings.Builder
			for range 4 {
				fmt.Fprintf(&b, "\tx%d := f%d(in, %d)\n", r.IntN(99), r.IntN(999), r.IntN(999))
			}
			return &plot{level: 3, title: w.listing + " " + name, blocks: []string{
				"```go\n// Copyright 2020 The Authors. All rights reserved.\n// Use of this source code is governed by a licence that can be\n// found in the LICENCE file at the root of the repository.\n\nfunc New" + name + "(in []byte) *" + name + " {\n" + b.String() + "\treturn nil\n}\n```"}}
		},
		func(r *rand.Rand, k int) *plot {
			return &plot{level: 3, title: w.closing, blocks: []string{fmt.Sprintf(w.closingText, w.things[k%len(w.things)], w.names[(k+1)%len(w.names)], w.places[(k+2)%len(w.places)])}}
		},
	}
}

// filled writes a skeleton's paragraphs: @ is the name, % the place, then # and
// $ two numbers.
func filled(skeleton, name, place string, x, y int) *plot {
	t := strings.NewReplacer("@", name, "%", place, "#", fmt.Sprint(x), "$", fmt.Sprint(y)).Replace(skeleton)
	title, text, _ := strings.Cut(t, "\n")
	return &plot{level: 3, title: title, blocks: strings.Split(text, "\n")}
}

type decoyText struct {
	names, places, things  []string
	company, dish          string // filled
	setting, flow, listing string // titles
	settingText, flowText  string // with one %s
	closing, closingText   string // with three
}

var decoyWords = map[string]decoyText{
	"zh": {
		names: strings.Fields("青禾科技 远帆物流 松石工坊 北辰影业 蓝鲸出版 云杉乳业 赤岩矿务 橘灯书店"), places: strings.Fields("泉州 洛阳 敦煌 宁波 徐州 哈尔滨 昆明 汕头"), things: strings.Fields("藕粉 桂花糕 腊鸭 莲蓉饼 松茸汤 米线 酱肘子 豆腐脑"),
		company: "@的创立\n@成立于#年，总部位于%。创始团队共$人，最初租用一间旧仓库办公，靠承接零散的订单维持运转。\n第二年，@拿到第一笔投资，把产品线扩充到三条，并在%设立了研发中心。此后每年发布一次新品，客户数稳步增加。\n如今，@在全国设有#处网点，年营收增长$%%，被同行视为稳健经营的样板。",
		dish:    "@的做法\n@是%的传统小吃，做起来并不难。先把主料洗净，浸泡#分钟，沥干备用。\n锅中加水烧开，放入主料，转小火煮$分钟，其间不断搅动，以免粘底。\n出锅前加少许盐调味，盛入碗中即可。@宜趁热吃，隔夜则风味大减。",
		setting: "部署", settingText: "下面是 %s 服务的部署文件，修改后重新加载即可生效。", flow: "制作流程：", flowText: "%s的制作分为四步，各步的先后如下图所示。", listing: "源码", closing: "小结",
		closingText: "本章介绍了%s的来历与制作，分析了%s的经营之道，并比较了%s一带的口味差异。下一章将讨论如何保存与运输。",
	},
	"ja": {
		names: strings.Fields("青葉製作所 浜風運輸 松石工房 北斗映像 鯨書房 白樺乳業 赤岩鉱業 橙灯堂"), places: strings.Fields("函館 金沢 倉敷 長崎 松江 弘前 高松 酒田"), things: strings.Fields("蕎麦 羊羹 煎餅 漬物 団子 佃煮 雑炊 最中"),
		company: "@の創業\n@は#年に%で設立された。創業時の社員は$人で、古い倉庫を借りて小口の注文を受けながら会社を続けていた。\n翌年、@は最初の出資を受け、製品を三つに増やし、%に研究所を置いた。それ以来、毎年一つずつ新製品を発表している。\n現在、@は全国に#か所の拠点を持ち、売上は前年より$パーセント伸びた。",
		dish:    "@の作り方\n@は%に伝わる味で、作るのは難しくない。まず材料を洗い、#分ほど水に浸してから水気を切る。\n鍋に湯を沸かして材料を入れ、弱火で$分煮る。焦げつかないように、ときどきかき混ぜる。\n火を止める前に塩で味を整え、器に盛る。@は温かいうちに食べるのがよい。",
		setting: "配置", settingText: "次は %s サービスの設定である。変更したあとは読み込み直すと有効になる。", flow: "工程：", flowText: "%sの製造は四つの工程からなり、順序は次の図のとおりである。", listing: "ソース", closing: "まとめ",
		closingText: "この章では%sの由来と作り方を紹介し、%sの経営を分析し、%sの味の違いを比べた。次の章では保存と輸送について述べる。",
	},
	"ko": {
		names: strings.Fields("푸른벼기술 먼돛물류 솔돌공방 북두영상 고래출판 가문비유업 붉은바위광업 귤등책방"), places: strings.Fields("전주 안동 통영 강릉 목포 춘천 여수 공주"), things: strings.Fields("식혜 약과 메밀묵 젓갈 수정과 강정 팥죽 한과"),
		company: "@의 창립\n@은 #년 %에서 설립되었다. 창립 당시 직원은 $명이었고, 낡은 창고를 빌려 작은 주문을 받으며 회사를 꾸려 나갔다.\n이듬해 @은 첫 투자를 받아 제품을 세 가지로 늘리고 %에 연구소를 두었다. 그 뒤로 해마다 새 제품을 하나씩 내놓고 있다.\n지금 @은 전국에 #곳의 지점이 있으며 매출은 지난해보다 $퍼센트 늘었다.",
		dish:    "@ 만드는 법\n@은 %에서 전해 오는 음식으로, 만들기가 어렵지 않다. 먼저 재료를 씻어 #분 동안 물에 담갔다가 물기를 뺀다.\n냄비에 물을 끓여 재료를 넣고 약한 불로 $분 동안 끓인다. 눌어붙지 않도록 가끔 저어 준다.\n불을 끄기 전에 소금으로 간을 하고 그릇에 담는다. @은 따뜻할 때 먹어야 맛있다.",
		setting: "배포", settingText: "다음은 %s 서비스의 설정이다. 고친 다음 다시 읽어 들이면 적용된다.", flow: "공정: ", flowText: "%s 만들기는 네 단계로 이루어지며 순서는 다음 그림과 같다.", listing: "소스", closing: "요약",
		closingText: "이 장에서는 %s의 유래와 만드는 법을 소개하고, %s의 경영을 분석하고, %s의 맛 차이를 비교하였다. 다음 장에서는 보관과 운송을 다룬다.",
	},
	"en": {
		names: strings.Fields("Greenfield Farsail Stoneworks Northlight Whalebook Sprucedale Redrock Lampwick"), places: strings.Fields("Lisbon Ghent Turku Bergen Trieste Cork Bremen Split"), things: strings.Fields("chutney marmalade flatbread dumplings porridge goulash sorbet brittle"),
		company: "How @ began\n@ was founded in % in #. The team of $ people rented an old warehouse and lived on small orders taken from shops nearby.\nA year later @ took its first investment, widened its range to three products and opened a laboratory in %. It has released one new product every year since.\nToday @ has # branches all over the country, and its revenue has grown by $ percent.",
		dish:    "Making @\nThe traditional @ of % is not hard to make. Wash the ingredients first, soak them for # minutes and let them drain.\nBring a pot of water to the boil, add the ingredients and simmer for $ minutes, stirring now and then so that nothing sticks to the bottom.\nSeason with a little salt before serving. Good @ is eaten warm; it loses its taste overnight.",
		setting: "Deploying", settingText: "This is the deployment file of the %s service; reload it after a change for it to take effect.", flow: "Steps of ", flowText: "Making %s takes four steps, in the order that the picture shows.", listing: "Source of", closing: "Summary",
		closingText: "This chapter told where %s comes from and how it is made, looked at the way %s does business, and compared the tastes around %s. The next chapter turns to storage and transport.",
	},
}
