package xref

import "banxin/pipeline/book"

type numbered struct{ kind int }

type numbers struct {
	byTyped, byPrinted map[numbered][]*Target
}

func (n *numbers) section(s *book.Section, t *Target) {}
func (n *numbers) float(b book.Block, t *Target)      {}

func (r *resolver) scan(p place, n *book.Text, titles int) int { return titles }
