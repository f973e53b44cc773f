package markdown

import (
	"sort"

	"banxin/pipeline/source"
)

// piece says where a stretch of prepared text came from. Root is the range in
// the chapter's own file that stands for it: the same place, or the whole
// include directive.
type piece struct {
	at       int // offset in the prepared text
	file     *source.File
	off      int
	rootFrom int
	rootTo   int // 0: the piece is the chapter's own
}

// prepared is a chapter as the Markdown parser sees it: line ends are \n,
// there is no byte order mark or front matter, includes are spliced in. The
// pieces, in order of at, lead back to the bytes the author wrote.
type prepared struct {
	root   *source.File
	text   []byte
	pieces []piece
	dirty  bool // holds invalid UTF-8 or NUL
}

// span maps prepared range [a, b) to the source.
func (p *prepared) span(a, b int) source.Span {
	b = max(a, b)
	i := p.find(a)
	pa := p.pieces[i]
	if b == a {
		return source.Span{File: pa.file, Start: pa.off + a - pa.at, End: pa.off + a - pa.at}
	}
	j := i
	if i+1 < len(p.pieces) && p.pieces[i+1].at < b {
		j = p.find(b - 1)
	}
	pb := p.pieces[j]
	if pa.file == pb.file {
		return source.Span{File: pa.file, Start: pa.off + a - pa.at, End: pb.off + b - pb.at}
	}
	from, to := pa.off+a-pa.at, pb.off+b-pb.at
	if pa.rootTo > 0 {
		from = pa.rootFrom
	}
	if pb.rootTo > 0 {
		to = pb.rootTo
	}
	return source.Span{File: p.root, Start: from, End: max(from, to)}
}

func (p *prepared) find(at int) int {
	if len(p.pieces) == 1 {
		return 0
	}
	return max(0, sort.Search(len(p.pieces), func(i int) bool { return p.pieces[i].at > at })-1)
}
