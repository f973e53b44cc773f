package dedup

import "testing"

func TestUnifiedDiff(t *testing.T) {
	old := file("a.md", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n20\n")
	now := file("a.md", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n18\n19\n20\n21\n")
	want := `--- a/a.md
+++ b/a.md
@@ -2,7 +2,7 @@
 2
 3
 4
-5
+five
 6
 7
 8
@@ -14,7 +14,7 @@
 14
 15
 16
-17
 18
 19
 20
+21
`
	if got := UnifiedDiff(old, now); got != want {
		t.Errorf("got\n%s", got)
	}
	if UnifiedDiff(old, old) != "" {
		t.Error("a diff of nothing")
	}
}
