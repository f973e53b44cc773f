package xref

import (
	"strconv"

	"banxin/pipeline/book"
)

type termList struct{ marks []mark }

type mark struct {
	node  *book.IndexTerm
	label string
}

func (r *resolver) term(p place, n *book.IndexTerm) {
	t := &Target{Kind: Anchor, Label: r.free("idx-" + strconv.Itoa(len(r.terms.marks)+1)), Section: p.section}
	r.index.Links[n] = t
	r.add(t, n.Span)
	r.terms.marks = append(r.terms.marks, mark{n, t.Label})
}

func (r *resolver) sortTerms() {}
