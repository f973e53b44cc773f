package dedup

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/longbridgeapp/opencc"
)

// A sower plants repeats of every class, and decoys, into books that exist. It
// works on lines of Markdown, so that what it plants owes nothing to the parser
// and the detector it is there to measure.
type sower struct {
	*rand.Rand
	lang  string
	files []*field
	// foreign are sentences of other books of the language: what a rewritten
	// sentence is replaced by.
	foreign []string
	taken   map[*plot]bool
	n       int
}

// A field is a file; a plot a section of it.
type field struct {
	path  string
	plots []*plot
}

type plot struct {
	level  int // 0 for what stands before the first heading
	title  string
	blocks []string
	mark   string // of planted ones: the pair they belong to and its class
	marks  map[int]string
}

var (
	headingOf = regexp.MustCompile(`^(#{1,6})\s+(.*?)\s*#*$`)
	numbered  = regexp.MustCompile(`^(?:第\s*[0-9一二三四五六七八九十百]+\s*[章节節部]|[0-9]+(?:\.[0-9]+)*\.?)\s+`)
	itemOf    = regexp.MustCompile(`(?m)^\s*(?:[-*+]|\d+[.)])\s`)
)

// plotsOf cuts a file into sections and these into blocks at empty lines.
func plotsOf(text string) []*plot {
	out := []*plot{{}}
	var block []string
	end := func() {
		if len(block) > 0 {
			p := out[len(out)-1]
			p.blocks = append(p.blocks, strings.Join(block, "\n"))
			block = nil
		}
	}
	fence := ""
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		t := strings.TrimSpace(line)
		switch m := headingOf.FindStringSubmatch(line); {
		case fence != "":
			block = append(block, line)
			if strings.HasPrefix(t, fence) && strings.Trim(t, fence[:1]) == "" {
				fence = ""
				end()
			}
		case strings.HasPrefix(t, "```") || strings.HasPrefix(t, "~~~"):
			end()
			fence = t[:3]
			block = append(block, line)
		case m != nil:
			end()
			out = append(out, &plot{level: len(m[1]), title: m[2]})
		case t == "":
			end()
		default:
			block = append(block, line)
		}
	}
	end()
	return out
}

func isProse(b string) bool {
	return !strings.ContainsAny(b[:1], "`~|<>#!$[ \t") && !isItems(b) && !strings.Contains(b, "\n|")
}

func isItems(b string) bool { m := itemOf.FindStringIndex(b); return m != nil && m[0] == 0 }

// size is a text's length in characters of CJK text; a Latin letter is a third.
func size(s string) int {
	n := 0
	for _, c := range s {
		switch {
		case spaceless(c):
			n += 3
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z':
			n++
		}
	}
	return n / 3
}

func (p *plot) prose() int {
	n := 0
	for _, b := range p.blocks {
		if isProse(b) {
			n += size(b)
		}
	}
	return n
}

var sentenceEnd = regexp.MustCompile(`[。！？]+[”』」）]*|[.!?]["')]*\s+`)

func sentences(b string) []string {
	var out []string
	at := 0
	for _, m := range sentenceEnd.FindAllStringIndex(b, -1) {
		out = append(out, b[at:m[1]])
		at = m[1]
	}
	if strings.TrimSpace(b[at:]) != "" {
		out = append(out, b[at:])
	}
	return out
}

// donor draws a section fit to be copied that is not used yet.
func (s *sower) donor(ok func(*plot) bool) *plot {
	for range 4000 {
		f := s.files[s.IntN(len(s.files))]
		p := f.plots[s.IntN(len(f.plots))]
		if p.level > 1 && p.mark == "" && !s.taken[p] && ok(p) {
			s.taken[p] = true
			return p
		}
	}
	return nil
}

// put sets a planted section behind a section drawn anywhere.
func (s *sower) put(p *plot) {
	f := s.files[s.IntN(len(s.files))]
	f.plots = slices.Insert(f.plots, 1+s.IntN(len(f.plots)), p)
}

func (s *sower) sentence() string { return s.foreign[s.IntN(len(s.foreign))] }

// rewritten changes a share of a section's sentences, one at least: replaced by
// others, dropped, added to, or two of their clauses exchanged.
func (s *sower) rewritten(p *plot, share float64) *plot {
	type place struct{ block, sentence int }
	var places []place
	cut := make([][]string, len(p.blocks))
	for i, b := range p.blocks {
		cut[i] = []string{b}
		if isProse(b) {
			cut[i] = sentences(b)
			for k := range cut[i] {
				places = append(places, place{i, k})
			}
		}
	}
	s.Shuffle(len(places), func(i, j int) { places[i], places[j] = places[j], places[i] })
	changes := max(1, int(share*float64(len(places))+0.5))
	for i, at := range places[:min(changes, len(places))] {
		old := cut[at.block][at.sentence]
		switch (i + s.IntN(2)) % 5 {
		case 0, 1:
			cut[at.block][at.sentence] = s.sentence() + " "
		case 2:
			if len(places) > 3 {
				cut[at.block][at.sentence] = ""
			}
		case 3:
			cut[at.block][at.sentence] = old + " " + s.sentence() + " "
		default:
			cut[at.block][at.sentence] = reworded(old, s.sentence())
		}
	}
	out := &plot{level: p.level, title: p.title}
	for i := range cut {
		if t := strings.TrimRight(strings.Join(cut[i], ""), " "); t != "" {
			out.blocks = append(out.blocks, t)
		}
	}
	return out
}

// reworded puts words of another sentence into the middle of one.
func reworded(s, other string) string {
	r, o := []rune(s), []rune(other)
	a, b := len(r)/3, len(r)/2
	return string(r[:a]) + string(o[:min(len(o)/2, b-a+2)]) + string(r[b:])
}

// again plants a copy of a donor under the class's name.
func (s *sower) again(class string, ok func(*plot) bool, change func(*plot) *plot) {
	p := s.donor(func(p *plot) bool { return p.prose() >= 90 && p.sentences() >= 4 && ok(p) })
	if p == nil {
		return
	}
	s.n++
	c := change(p)
	p.mark = fmt.Sprintf("%s/%d", class, s.n)
	c.mark = p.mark
	if s.IntN(2) == 0 { // under another title
		r := []rune(s.sentence())
		c.title = strings.TrimSpace(string(r[:min(len(r), 9)]))
	}
	s.put(c)
}

// sentences counts those of a section's prose.
func (p *plot) sentences() int {
	n := 0
	for _, b := range p.blocks {
		if isProse(b) {
			n += len(sentences(b))
		}
	}
	return n
}

func anyPlot(*plot) bool { return true }

func (p *plot) copy() *plot {
	return &plot{level: p.level, title: p.title, blocks: slices.Clone(p.blocks)}
}

// sow plants per sections of every class.
func (s *sower) sow(per int) {
	var traditional *opencc.OpenCC
	if s.lang == "zh" {
		traditional, _ = opencc.New("s2t")
	}
	for range per {
		s.again("exact", anyPlot, (*plot).copy)
		for _, pc := range []int{5, 10, 20, 30} {
			s.again("changed"+strconv.Itoa(pc), anyPlot, func(p *plot) *plot { return s.rewritten(p, float64(pc)/100) })
		}
		s.again("reordered", func(p *plot) bool {
			return len(p.blocks) >= 3 && !slices.ContainsFunc(p.blocks, func(b string) bool { return !isProse(b) })
		}, s.reordered)
		s.again("renumbered", anyPlot, func(p *plot) *plot {
			c := s.rewritten(p, 0.05)
			c.title = fmt.Sprintf("%d.%d %s", 1+s.IntN(20), 1+s.IntN(9), numbered.ReplaceAllString(p.title, ""))
			return c
		})
		s.again("level", anyPlot, func(p *plot) *plot {
			c := s.rewritten(p, 0.1)
			c.level = 2 + (p.level-2+1+s.IntN(3))%4
			return c
		})
		s.again("width", anyPlot, func(p *plot) *plot { return eachBlock(p, widened) })
		if traditional != nil {
			s.again("script", anyPlot, func(p *plot) *plot {
				return eachBlock(p, func(t string) string { t, _ = traditional.Convert(t); return t })
			})
		}
		s.repeatedUnits("list", isItems, 100)
		s.repeatedUnits("unit", isProse, 100)
	}
	s.decoys(2 * per)
}

func (s *sower) reordered(p *plot) *plot {
	c := p.copy()
	s.Shuffle(len(c.blocks), func(i, j int) { c.blocks[i], c.blocks[j] = c.blocks[j], c.blocks[i] })
	return c
}

func eachBlock(p *plot, f func(string) string) *plot {
	c := p.copy()
	for i, b := range c.blocks {
		if isProse(b) {
			c.blocks[i] = f(b)
		}
	}
	return c
}

// widened writes figures and letters full-width outside code and links.
func widened(s string) string {
	if strings.ContainsAny(s, "`[<") {
		return strings.NewReplacer("，", ",", "。", ".", "：", ":", "；", ";").Replace(s)
	}
	return fullWidth(s)
}

// repeatedUnits plants one block of a section into another.
func (s *sower) repeatedUnits(class string, fit func(string) bool, least int) {
	whole := func(p *plot, i int) string { // a list goes on over empty lines
		b := p.blocks[i]
		for j := i + 1; j < len(p.blocks) && isItems(b) && isItems(p.blocks[j]); j++ {
			b += "\n\n" + p.blocks[j]
		}
		return b
	}
	at := func(p *plot) int {
		return slices.IndexFunc(p.blocks, func(b string) bool {
			i := slices.Index(p.blocks, b)
			return fit(b) && size(whole(p, i)) >= least && (class != "list" || len(itemOf.FindAllString(whole(p, i), -1)) >= 4)
		})
	}
	p := s.donor(func(p *plot) bool { return at(p) >= 0 && p.prose() >= 2*least })
	q := s.donor(func(p *plot) bool { return p.prose() >= 3*least })
	if p == nil || q == nil {
		return
	}
	s.n++
	i := at(p)
	mark := fmt.Sprintf("%s/%d", class, s.n)
	n := strings.Count(whole(p, i), "\n\n") + 1
	for k := range n {
		p.note(i+k, mark)
	}
	j := 1 + s.IntN(len(q.blocks))
	q.blocks = slices.Insert(q.blocks, j, whole(p, i))
	q.note(j, mark)
}

func (p *plot) note(i int, mark string) {
	if p.marks == nil {
		p.marks = map[int]string{}
	}
	p.marks[i] = mark
}

// decoys plants pairs that are no repeats: skeletons filled again, settings and
// listings that differ in a name, diagrams in a node, closings.
func (s *sower) decoys(each int) {
	for kind, make := range decoysOf(s.lang) {
		for k := range min(each, 8) {
			c := make(s.Rand, k)
			c.mark = fmt.Sprintf("!decoy%d", kind)
			s.put(c)
		}
	}
}

// truthPair is a pair of dup-truth/1.
type truthPair struct {
	ID    string `json:"id"`
	Class string `json:"class"`
	Dup   bool   `json:"dup"`
	// Recall: its being missed counts.
	Recall bool  `json:"recall"`
	A      Range `json:"a"`
	B      Range `json:"b"`
}

// text writes a file and notes where planted things stand.
func (f *field) text(sides map[string][]Range) string {
	var b strings.Builder
	line := 1
	write := func(s string) Range {
		n := strings.Count(s, "\n") + 1
		b.WriteString(s + "\n\n")
		r := Range{f.path, line, line + n - 1}
		line += n + 1
		return r
	}
	for _, p := range f.plots {
		if p.level > 0 {
			write(strings.Repeat("#", p.level) + " " + p.title)
		}
		from := line
		open := map[string]int{}
		for i, t := range p.blocks {
			r := write(t)
			if m := p.marks[i]; m != "" {
				if k, ok := open[m]; ok {
					sides[m][k].End = r.End
				} else {
					open[m] = len(sides[m])
					sides[m] = append(sides[m], r)
				}
			}
		}
		if p.mark != "" {
			sides[p.mark] = append(sides[p.mark], Range{f.path, from, line - 2})
		}
	}
	return b.String()
}

// harvest writes the files and the truth.
func (s *sower) harvest() (files map[string]string, truth []truthPair) {
	sides := map[string][]Range{}
	files = map[string]string{}
	for _, f := range s.files {
		files[f.path] = f.text(sides)
	}
	var ids []string
	for id := range sides {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		class, _, _ := strings.Cut(id, "/")
		dup := class[0] != '!'
		for x, a := range sides[id] {
			for _, b := range sides[id][x+1:] {
				truth = append(truth, truthPair{id, strings.TrimPrefix(class, "!"), dup, dup, a, b})
			}
		}
	}
	return files, truth
}

func sowIn(seed uint64, lang string, texts map[string]string, foreign []string) *sower {
	s := &sower{Rand: rand.New(rand.NewPCG(seed, 11)), lang: lang, foreign: foreign, taken: map[*plot]bool{}}
	var names []string
	for n := range texts {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		s.files = append(s.files, &field{path: n, plots: plotsOf(texts[n])})
	}
	return s
}
