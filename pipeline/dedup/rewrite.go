package dedup

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/sergi/go-diff/diffmatchpatch"

	"banxin/pipeline/book"
	"banxin/pipeline/source"
)

// Rewrite returns the manuscript's files as they read once the repeats are
// resolved in the text itself: every section once, in the book's order, under
// headings of the right depth. What stands before a file's first section stays,
// a typed contents list too. Files that do not change are returned as they are.
func Rewrite(b *book.Book, d Decisions) []*source.File {
	m := merge(b, d)
	w := &rewriter{merger: m, out: map[*source.File]*bytes.Buffer{}, first: map[*source.File]int{}}
	for i := range m.scan.parts {
		h := m.scan.parts[i].sec.Heading
		if at, ok := w.first[h.File]; h.File != nil && (!ok || h.Start < at) {
			w.first[h.File] = h.Start
		}
	}
	w.shift = max(0, w.rootHashes()+depthOf(m.tree.root)-1-maxHashes)
	for _, f := range b.Files {
		w.out[f] = &bytes.Buffer{}
		if at, ok := w.first[f]; ok {
			w.front(f, string(f.Text[:at]))
		} else {
			w.out[f].Write(f.Text)
		}
	}
	for _, n := range m.tree.root.live() {
		w.section(n, n.sec.Heading.File, 0)
	}
	w.lists(len(m.scan.parts))
	var files []*source.File
	for _, f := range b.Files {
		text := append(bytes.TrimRight(w.out[f].Bytes(), "\n"), '\n')
		if bytes.Equal(text, f.Text) {
			files = append(files, f)
			continue
		}
		files = append(files, source.NewFile(f.Path, text))
	}
	return files
}

const maxHashes = 6

type rewriter struct {
	*merger
	out   map[*source.File]*bytes.Buffer
	first map[*source.File]int // offset of each file's first section
	shift int                  // # to take from every heading, so that the deepest has six
	done  int                  // sections whose contents lists are written
}

// rootHashes is the # count of the outermost sections.
func (w *rewriter) rootHashes() int {
	n := maxHashes
	for _, k := range w.tree.root.live() {
		n = min(n, hashes(k.sec.Heading.Text()))
	}
	return n
}

func hashes(heading string) int {
	return max(1, len(heading)-len(strings.TrimLeft(heading, "#")))
}

func depthOf(n *node) int {
	deepest := 0
	for _, k := range n.live() {
		deepest = max(deepest, 1+depthOf(k))
	}
	return deepest
}

// front writes what stands before the first section; its headings lose as many
// # as all others.
func (w *rewriter) front(f *source.File, text string) {
	for line := range strings.Lines(text) {
		if h := len(line) - len(strings.TrimLeft(line, "#")); h > 0 && h <= maxHashes && len(line) > h && line[h] == ' ' {
			line = line[min(w.shift, h-1):]
		}
		w.out[f].WriteString(line)
	}
}

// lists writes the typed contents lists that stand before section i.
func (w *rewriter) lists(i int) {
	s := w.scan
	for ; w.done < i; w.done++ {
		p := &s.parts[w.done]
		if p.sec.Role != book.Contents || p.sec.Heading.File == nil {
			continue
		}
		w.front(p.sec.Heading.File, string(p.sec.Heading.File.Text[p.sec.Heading.Start:max(p.end, p.sec.Heading.End)]))
	}
}

// section writes n with everything under it into f.
func (w *rewriter) section(n *node, f *source.File, above int) {
	if f == nil || w.out[f] == nil {
		return
	}
	if n.in >= 0 {
		w.lists(n.in)
	}
	h := n.sec.Heading.Text()
	depth := above + 1
	if above == 0 {
		depth = max(1, hashes(h)-w.shift)
	}
	b := w.out[f]
	if b.Len() > 0 && !bytes.HasSuffix(b.Bytes(), []byte("\n\n")) {
		b.WriteString("\n")
		if !bytes.HasSuffix(b.Bytes(), []byte("\n\n")) {
			b.WriteString("\n")
		}
	}
	fmt.Fprintf(b, "%s %s\n\n", strings.Repeat("#", min(depth, maxHashes)), headingText(n))
	if text := w.body(n); text != "" {
		b.WriteString(text + "\n\n")
	}
	for _, k := range n.live() {
		in := f
		if g := k.sec.Heading.File; !k.moved && k.in >= 0 && n.in >= 0 && w.scan.parts[k.in].parent == n.in && w.out[g] != nil {
			in = g // still in the file it was written in
		}
		w.section(k, in, depth)
	}
}

// headingText is the heading as typed, without its #; a new or changed title as
// it is now.
func headingText(n *node) string {
	raw := n.sec.Heading.Text()
	now := strings.TrimSpace(book.PlainText(n.sec.Title))
	text := strings.TrimSpace(strings.TrimRight(strings.TrimLeft(firstLine(raw), "#"), "# "))
	typed := n.sec.Typed
	misplaced := n.misplaced()
	if misplaced {
		typed = "" // 5.1 on the level of 5.1.1 would be read as a section again
	}
	if n.in < 0 || misplaced || !strings.Contains(text, now) {
		text = strings.TrimSpace(typed + " " + now)
		if n.sec.Unnumbered {
			text += " {.unnumbered}"
		}
	}
	return text
}

// misplaced reports whether n stands under a section that its typed number
// does not fit.
func (n *node) misplaced() bool {
	p, num := n.parent, ordinals(n.sec.Typed)
	if n.sec.Role != book.Plain || num == nil || p.parent == nil || p.sec.Role != book.Plain {
		return false
	}
	return p.misplaced() || len(ordinals(p.sec.Typed)) != len(num)-1
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(strings.TrimLeft(s, " \n"), "\n")
	return s
}

// body is n's own text: as written where it is untouched, else block by block.
func (w *rewriter) body(n *node) string {
	if n.text >= 0 {
		p := &w.scan.parts[n.text]
		if slices.Equal(n.sec.Blocks, p.sec.Blocks) {
			if p.lo == p.hi && len(p.sec.Blocks) == 0 {
				return ""
			}
			return w.scan.ownSpan(n.text).Text()
		}
	}
	var parts []string
	for _, b := range n.sec.Blocks {
		parts = append(parts, blockText(b, 0))
	}
	return strings.Join(parts, "\n\n")
}

// blockText is a block as written, moved to the given indent; a list is put
// together from its items, some of which may come from elsewhere.
func blockText(b book.Block, indent int) string {
	l, ok := b.(*book.List)
	if !ok {
		return dedent(b.Where(), indent)
	}
	var items []string
	for i, it := range l.Items {
		mark := "- "
		if l.Ordered {
			mark = fmt.Sprintf("%d. ", l.Start+i)
		}
		var blocks []string
		for _, x := range it.Blocks {
			blocks = append(blocks, blockText(x, indent+len(mark)))
		}
		text := strings.TrimLeft(strings.Join(blocks, "\n\n"), " ")
		items = append(items, strings.Repeat(" ", indent)+mark+text)
	}
	return strings.Join(items, "\n\n")
}

// dedent returns a span's text with its lines indented by indent instead of by
// what its first line is.
func dedent(s source.Span, indent int) string {
	if s.File == nil {
		return ""
	}
	column := s.File.Position(s.Start).Column - 1
	pad := strings.Repeat(" ", indent)
	var b strings.Builder
	for line := range strings.Lines(strings.TrimRight(s.Text(), "\r\n")) {
		cut := line
		if b.Len() > 0 {
			for k := 0; k < column && strings.HasPrefix(cut, " "); k++ {
				cut = cut[1:]
			}
		}
		if strings.TrimSpace(cut) != "" {
			b.WriteString(pad)
		}
		b.WriteString(cut)
	}
	return b.String()
}

// UnifiedDiff shows what changes between two versions of a file, with three
// lines about each change; "" if nothing does.
func UnifiedDiff(old, now *source.File) string {
	if bytes.Equal(old.Text, now.Text) {
		return ""
	}
	d := diffmatchpatch.New()
	d.DiffTimeout = 0
	a, b, lines := d.DiffLinesToRunes(string(old.Text), string(now.Text))
	var rows []string // each with its sign
	for _, x := range d.DiffCharsToLines(d.DiffMainRunes(a, b, false), lines) {
		sign := map[diffmatchpatch.Operation]string{diffmatchpatch.DiffEqual: " ", diffmatchpatch.DiffDelete: "-", diffmatchpatch.DiffInsert: "+"}[x.Type]
		for line := range strings.Lines(x.Text) {
			rows = append(rows, sign+strings.TrimRight(line, "\r\n"))
		}
	}
	return fmt.Sprintf("--- a/%s\n+++ b/%s\n", old.Path, now.Path) + hunks(rows)
}

const diffAround = 3

// hunks groups changed rows with the lines about them.
func hunks(rows []string) string {
	var out strings.Builder
	oldLine, newLine := 1, 1
	for i := 0; i < len(rows); {
		if rows[i][0] == ' ' {
			next := slices.IndexFunc(rows[i:], func(r string) bool { return r[0] != ' ' })
			if next < 0 {
				break
			}
			skip := max(0, next-diffAround)
			i, oldLine, newLine = i+skip, oldLine+skip, newLine+skip
		}
		end, quiet := i, 0
		for end < len(rows) && quiet <= 2*diffAround {
			if rows[end][0] == ' ' {
				quiet++
			} else {
				quiet = 0
			}
			end++
		}
		end -= max(0, quiet-diffAround)
		nOld, nNew := 0, 0
		for _, r := range rows[i:end] {
			if r[0] != '+' {
				nOld++
			}
			if r[0] != '-' {
				nNew++
			}
		}
		fmt.Fprintf(&out, "@@ -%d,%d +%d,%d @@\n%s\n", oldLine, nOld, newLine, nNew, strings.Join(rows[i:end], "\n"))
		i, oldLine, newLine = end, oldLine+nOld, newLine+nNew
	}
	return out.String()
}
