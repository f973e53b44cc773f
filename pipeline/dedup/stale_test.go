package dedup

import "testing"

// TestStaleCarry: a decision whose sections are no longer in the text is a
// finding, whatever its verb.
func TestStaleCarry(t *testing.T) {
	for _, text := range []string{
		"decisions:\n  - carry: u:00000000 甲\n    into: s:11111111~22222222 乙\n    reason: r\n",
		"decisions:\n  - carry: s:00000000~00000000 甲\n    into: s:11111111~22222222 乙\n    after: u:33333333 丙\n    reason: r\n",
		"decisions:\n  - place: s:00000000~00000000 甲\n    after: s:11111111~22222222 乙\n    reason: r\n",
		"decisions:\n  - wrap: [s:00000000~00000000 甲]\n    title: 丁\n    under: s:11111111~22222222 乙\n    reason: r\n",
		"decisions:\n  - keep: s:00000000~00000000 甲\n    drop: s:11111111~22222222 乙\n    reason: r\n",
	} {
		d, _, err := ParseDecisions(file("decisions.yaml", text))
		if err != nil {
			t.Fatal(err)
		}
		_, _, ds := Merge(parse(file("a.md", "# 一\n\n这里只有一段话，没有别的。\n")), d)
		if len(ds) == 0 {
			t.Errorf("nothing is said of\n%s", text)
		}
	}
}
