package dedup

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"banxin/pipeline/source"
)

// A planter writes books of made-up text with repeats in known places. The
// words are random Han pairs drawn by rank, so that a text has common and rare
// words as real ones have.
type planter struct {
	*rand.Rand
	words []string
	latin bool
	n     int // sections written, for numbers and titles
}

func newPlanter(seed uint64, latin bool) *planter {
	p := &planter{Rand: rand.New(rand.NewPCG(seed, 7)), latin: latin}
	for range 6000 {
		if latin {
			var b strings.Builder
			for range 1 + p.IntN(3) {
				b.WriteByte("bcdfghklmnprstvw"[p.IntN(16)])
				b.WriteByte("aeiou"[p.IntN(5)])
			}
			p.words = append(p.words, b.String()+string("nrstl"[p.IntN(5)]))
			continue
		}
		p.words = append(p.words, string([]rune{rune(0x4E00 + p.IntN(3000)), rune(0x4E00 + p.IntN(3000))}))
	}
	return p
}

func (p *planter) word() string {
	return p.words[int(float64(len(p.words))*p.Float64()*p.Float64()*p.Float64())]
}

func (p *planter) sentence() string {
	var b strings.Builder
	for i := range 6 + p.IntN(10) {
		if p.latin && i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(p.word())
	}
	if p.latin {
		return b.String() + ". "
	}
	return b.String() + "。"
}

// A planted section: its paragraphs as lists of sentences.
type planted struct {
	title string
	paras [][]string
}

func (p *planter) section() planted {
	p.n++
	s := planted{title: fmt.Sprintf("%s%s%d", p.word(), p.word(), p.n)}
	for range 2 + p.IntN(4) {
		var para []string
		for range 2 + p.IntN(4) {
			para = append(para, p.sentence())
		}
		s.paras = append(s.paras, para)
	}
	return s
}

// mended returns s with a share of its sentences rewritten, dropped or added to.
func (p *planter) mended(s planted, share float64) planted {
	out := planted{title: s.title}
	for _, para := range s.paras {
		var np []string
		for _, sent := range para {
			switch {
			case p.Float64() >= share:
				np = append(np, sent)
			case p.IntN(3) == 0: // dropped
			case p.IntN(2) == 0:
				np = append(np, sent, p.sentence())
			default:
				np = append(np, p.sentence())
			}
		}
		if len(np) > 0 {
			out.paras = append(out.paras, np)
		}
	}
	if len(out.paras) == 0 {
		return s
	}
	return out
}

func (p *planter) shuffled(s planted) planted {
	out := planted{s.title, append([][]string(nil), s.paras...)}
	p.Shuffle(len(out.paras), func(i, j int) { out.paras[i], out.paras[j] = out.paras[j], out.paras[i] })
	return out
}

func (s planted) markdown(level int) string {
	var b strings.Builder
	b.WriteString(strings.Repeat("#", level) + " " + s.title + "\n\n")
	for _, p := range s.paras {
		b.WriteString(strings.TrimSpace(strings.Join(p, "")) + "\n\n")
	}
	return b.String()
}

// fullWidth writes letters, figures and marks in the other width.
func fullWidth(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case '0' <= r && r <= '9', 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z':
			return r + 0xFEE0
		case r == '。':
			return '．'
		}
		return r
	}, s)
}

func file(path, text string) *source.File { return source.NewFile(path, []byte(text)) }
