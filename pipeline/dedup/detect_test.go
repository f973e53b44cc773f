package dedup

import (
	"fmt"
	"strings"
	"testing"

	"banxin/pipeline/source"
)

// shelf is files being written with planted repeats, and what they are.
type shelf struct {
	p     *planter
	files []strings.Builder
	want  map[[2]string]bool // titles of pairs that repeat, as unique headings
	never map[[2]string]bool // of pairs that must not
}

// plant writes a book of n sections over two files with one repeat of every
// class, and templates that are none.
func plant(seed uint64, latin bool) *shelf {
	s := &shelf{p: newPlanter(seed, latin), files: make([]strings.Builder, 2), want: map[[2]string]bool{}, never: map[[2]string]bool{}}
	var all []planted
	for i := range 60 {
		sec := s.p.section()
		all = append(all, sec)
		s.files[i%2].WriteString(sec.markdown(2))
	}
	take := func() planted { k := s.p.IntN(len(all)); x := all[k]; all = append(all[:k], all[k+1:]...); return x }
	for range 3 {
		for _, share := range []float64{0, 0.05, 0.1, 0.2, 0.3} {
			a := take()
			s.again(a, s.p.mended(a, share), 2+s.p.IntN(3))
		}
		a := take()
		s.again(a, s.p.shuffled(a), 3)
		a = take()
		b := a
		b.paras = nil
		for _, para := range a.paras {
			b.paras = append(b.paras, strings.SplitAfter(fullWidth(strings.Join(para, "")), "．"))
		}
		s.again(a, b, 2)
	}
	s.templates()
	return s
}

// again writes a copy under a title of its own, so that the title is no help.
func (s *shelf) again(a, copy planted, level int) {
	s.p.n++
	copy.title = fmt.Sprintf("%s%d", s.p.word(), s.p.n)
	s.files[s.p.IntN(2)].WriteString(copy.markdown(level))
	s.want[[2]string{a.title, copy.title}] = true
}

// templates writes sections of one skeleton about different things.
func (s *shelf) templates() {
	skeleton := func(name, place, year string) string {
		return fmt.Sprintf("%s由三位同学创办，总部设在%s。公司于%s年推出首个产品，此后每年发布两次更新。\n\n%s的用户遍布各地，客服设在%s，全年无休。%s年的营收比上一年增长一成，利润则与上一年持平。\n\n", name, place, year, name, place, year)
	}
	names := [][3]string{{"Alphaville", "青岛", "2011"}, {"Boreal", "成都", "2014"}, {"Cindermill", "厦门", "2019"}}
	for i, n := range names {
		s.files[0].WriteString("## 案例" + n[0] + "\n\n" + skeleton(n[0], n[1], n[2]))
		for _, m := range names[:i] {
			s.never[[2]string{"案例" + m[0], "案例" + n[0]}] = true
		}
	}
}

func (s *shelf) book() []*source.File {
	return []*source.File{file("a.md", s.files[0].String()), file("b.md", s.files[1].String())}
}

func TestFindsPlantedRepeats(t *testing.T) {
	for _, latin := range []bool{false, true} {
		right, wrong, planted := 0, 0, 0
		for seed := range uint64(4) {
			s := plant(seed, latin)
			sc := read(parse(s.book()...))
			got := map[[2]string]bool{}
			for _, p := range sc.find() {
				k := [2]string{sc.heading(p.a), sc.heading(p.b)}
				r := [2]string{k[1], k[0]}
				switch {
				case s.want[k]:
					got[k] = true
				case s.want[r]:
					got[r] = true
				default:
					wrong++
					t.Logf("seed %d latin %v: unplanted %v %s %s %.2f", seed, latin, k, p.kind, p.rule, p.score)
				}
				if s.never[k] || s.never[r] {
					t.Errorf("seed %d: template taken for a repeat: %v", seed, k)
				}
			}
			right += len(got)
			planted += len(s.want)
		}
		if f1 := 2 * float64(right) / float64(right+wrong+planted); f1 < 0.98 {
			t.Errorf("latin %v: F1 %.3f: %d of %d found, %d wrong", latin, f1, right, planted, wrong)
		}
	}
}

// TestPairs judges single pairs: what the guards are for.
func TestPairs(t *testing.T) {
	prose := "温度记录每天早晚各一次，由值班的人签字，月底装订成册送交档案室保存，三年之内不得销毁。\n\n湿度超过七成时应当开窗通风，雨天则改用除湿机，并在记录本上注明起止时间。"
	for name, c := range map[string]struct {
		a, b string // sections in Markdown
		want Kind   // "" for none
	}{
		"same text":              {"## 甲一\n\n" + prose, "## 乙二\n\n" + prose, Exact},
		"other script":           {"## 甲一\n\n" + prose, "## 乙二\n\n溫度記錄每天早晚各一次，由值班的人簽字，月底裝訂成冊送交檔案室保存，三年之內不得銷毀。\n\n濕度超過七成時應當開窗通風，雨天則改用除濕機，並在記錄本上註明起止時間。", Exact},
		"other width":            {"## 甲一\n\n" + prose, "## 乙二\n\n" + strings.ReplaceAll(strings.ReplaceAll(prose, "，", ","), "。", "."), Exact},
		"one sentence mended":    {"## 甲一\n\n" + prose, "## 乙二\n\n" + strings.Replace(prose, "三年之内不得销毁", "五年之后方可销毁", 1), Near},
		"a name changed":         {"## 甲公司\n\n甲公司在Oslo设有3个仓库，由Hansen负责，年吞吐12000吨。甲公司的客户多在Bergen。", "## 乙公司\n\n乙公司在Lima设有7个仓库，由Quispe负责，年吞吐45000吨。乙公司的客户多在Cusco。", ""},
		"code with another name": {"## 配置甲\n\n```yaml\nname: web\nport: 8080\nimage: nginx:1.25\nreplicas: 3\n```", "## 配置乙\n\n```yaml\nname: db\nport: 5432\nimage: postgres:16\nreplicas: 3\n```", ""},
		"another node":           {"## 流程甲\n\n```mermaid\ngraph TD\n  A[收件] --> B[登记]\n  B --> C[分拣]\n```", "## 流程乙\n\n```mermaid\ngraph TD\n  A[收件] --> B[登记]\n  B --> C[派送]\n```", ""},
		"closing blocks":         {"## 小结\n\n本章介绍了仓储的温度与湿度，说明了记录的办法。", "## 小结\n\n本章介绍了运输的路线与车辆，说明了调度的办法。", ""},
		"korean":                 {"## 첫째\n\n창고의 온도는 매일 아침저녁으로 기록하고 담당자가 서명한다. 기록은 삼 년 동안 보관한다.", "## 둘째\n\n창고의 온도는 매일 아침저녁으로 기록하고 담당자가 서명한다. 기록은 오 년 동안 보관한다.", Near},
		"japanese":               {"## その一\n\n倉庫の温度は毎日朝と夕方に記録し、当番が署名する。記録は三年間保存しなければならない。", "## その二\n\n倉庫の温度は毎日朝と夕方に記録し、当番が署名する。記録は五年間保存しなければならない。", Near},
	} {
		t.Run(name, func(t *testing.T) {
			s := read(parse(file("a.md", c.a+"\n\n"+c.b+"\n\n## 别的\n\n港口的吊车每小时起吊三十箱，夜间减半，遇大风停工。\n\n## 其他\n\n账目每季核对一次，差错在百分之一以内不追究，超过的要写明缘由。\n")))
			got := Kind("")
			for _, p := range s.find() {
				got = p.kind
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestFigures: a copy that differs in a figure, Arabic or Chinese, is not
// merged by itself, since what it says would be lost.
func TestFigures(t *testing.T) {
	text := func(depth string) string {
		return "泊位水深" + depth + "米，潮落时仍可停靠小船，大船须等潮水涨起之后由引水带入。\n\n栈桥长三十丈，木桩每年更换一次，由船户轮流出工，工钱由行会支给。\n\n"
	}
	for _, depths := range [][2]string{{"四", "六"}, {"4", "6"}} {
		_, r, _ := Merge(parse(file("a.md", "## 泊位\n\n"+text(depths[0])+"## 泊位\n\n"+text(depths[1]))), Decisions{})
		if len(r.Clusters) != 1 || r.Clusters[0].Outcome != Undecided {
			t.Errorf("%v: %+v", depths, r.Clusters)
		}
	}
}

// TestFront: what stands before the first heading is compared too.
func TestFront(t *testing.T) {
	said := "这一段写在首个标题之前，说的是仓库里的温度应当怎样记录，每天早晚各记一次，由值班的人签字，月底装订成册。"
	_, r, ds := Merge(parse(file("a.md", said+"\n\n## 甲\n\n另一段。\n\n"+said+"\n")), Decisions{})
	if len(r.Blocks) != 1 || len(r.Blocks[0].Spans) != 2 || !hasCode(ds, "text-duplicate") {
		t.Errorf("blocks %+v", r.Blocks)
	}
}
