package dedup

import (
	"testing"

	"banxin/pipeline/source"
)

// TestSundry: a chapter and its synopsis in another file are not merged for
// the motto both open with.
func TestSundry(t *testing.T) {
	motto := "真相不会让人自由，真相只会让人恐慌，这是本章要说的道理。"
	body := func(a, b string) string {
		return "# 人类指纹\n\n" + motto + "\n\n## " + a + "\n\n" + a + "一节的正文，与别处都不相同。\n\n## " + b + "\n\n" + b + "一节的正文，也与别处都不相同。\n"
	}
	chapter := body("集体沉默", "标准表述")
	_, r, _ := Merge(parse(source.NewFile("a.md", []byte(chapter)), source.NewFile("s/a.md", []byte("# 人类指纹\n\n关联：a.md\n\n"+motto+"\n\n## 结构骨架\n\n骨架写在这里，一共三条线索。\n\n## 写作自查\n\n自查的问题列在这里。\n"))), Decisions{})
	for _, c := range r.Clusters {
		if c.Outcome == Merged {
			t.Errorf("merged: %+v", c)
		}
	}
}
