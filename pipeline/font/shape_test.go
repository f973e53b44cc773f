package font

import (
	"fmt"
	"io/fs"
	"os"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"banxin/fonts"
)

// dump writes shaped text as face[glyph+advance@start-end …].
func dump(list []Shaped) string {
	var b strings.Builder
	for _, s := range list {
		fmt.Fprintf(&b, "%s[", s.Face.file.path)
		for i, g := range s.Glyphs {
			if i > 0 {
				b.WriteByte(' ')
			}
			fmt.Fprintf(&b, "%d+%d@%d-%d", g.ID, g.Advance, g.Start, g.End)
		}
		b.WriteString("]")
		if s.Missing {
			b.WriteString("missing")
		}
		b.WriteByte(' ')
	}
	return strings.TrimSpace(b.String())
}

func forgedPair(t testing.TB) *Set {
	// a.ttf: 中 文 。 — a b space; glyph 8 is the pair of dashes, 9 the turned stop.
	a := forged{family: "A", chars: []rune("中文。—ab "), extra: 2, gsub: forgedGSUB(4, 8, 3, 9)}
	b := forged{family: "B", chars: []rune("中囧e\u0301…")}
	return mustOpen(t, wishes(Song, "A", "B"), shelf(map[string]forged{"a.ttf": a, "b.ttf": b}))
}

func TestShape(t *testing.T) {
	s := forgedPair(t)
	for _, c := range []struct{ lang, text, want string }{
		{"zh-Hans", "", ""},
		{"zh-Hans", "中文", "a.ttf[1+1000@0-3 2+1000@3-6]"},
		{"zh-Hans", "中——文", "a.ttf[1+1000@0-3 8+2000@3-9 2+1000@9-12]"},
		// The trap: the pair is one glyph in the face's own language only.
		{"ja", "中——文", "a.ttf[1+1000@0-3 8+2000@3-9 2+1000@9-12]"},
		{"zh-Hans", "中—文", "a.ttf[1+1000@0-3 4+846@3-6 2+1000@6-9]"},
		{"zh-Hans", "中囧中", "a.ttf[1+1000@0-3] b.ttf[2+1000@3-6] a.ttf[1+1000@6-9]"},
		// A cluster is not torn apart: b has e with its accent, a has neither.
		{"zh-Hans", "ae\u0301b", "a.ttf[5+846@0-1] b.ttf[3+846@1-4 4+0@1-1] a.ttf[6+846@4-5]"},
		{"zh-Hans", "……", "b.ttf[5+1000@0-3 5+1000@3-6]"},
		{"zh-Hans", "中字文", "a.ttf[1+1000@0-3] a.ttf[0+1000@3-6]missing a.ttf[2+1000@6-9]"},
		{"en", "ab ba", "a.ttf[5+846@0-1 6+846@1-2 7+846@2-3 6+846@3-4 5+846@4-5]"},
	} {
		if got := dump(s.Shape(Run{Text: c.text, Style: Style{Role: Song, Lang: c.lang}})); got != c.want {
			t.Errorf("%s %q\n got %s\nwant %s", c.lang, c.text, got, c.want)
		}
	}
}

func TestVertical(t *testing.T) {
	s := forgedPair(t)
	f := s.Primary(Style{Role: Song})
	if g, ok := f.VerticalGlyph(3); g != 9 || !ok {
		t.Errorf("the vertical stop is glyph %d, %v", g, ok)
	}
	if _, ok := f.VerticalGlyph(1); ok {
		t.Error("中 has a vertical form")
	}
	got := s.Shape(Run{Text: "中。", Style: Style{Role: Song, Lang: "zh-Hans"}, Vertical: true})
	if len(got) != 1 || len(got[0].Glyphs) != 2 || got[0].Glyphs[1].ID != 9 || got[0].Glyphs[0].Advance != forgedEm {
		t.Errorf("vertical: %s", dump(got))
	} else if g := got[0].Glyphs[1]; g.XOffset != -forgedEm {
		t.Errorf("the turned stop, two em wide, stands at %d from the pen", g.XOffset)
	} else if g := got[0].Glyphs[0]; g.XOffset != -forgedEm/2 || g.YOffset != -850 {
		t.Errorf("the glyph stands at %d, %d from the pen", g.XOffset, g.YOffset)
	}
}

// anySet is the embedded faces and, where they were fetched, the Noto ones.
func anySet(t testing.TB) *Set {
	want := Request{Roles: map[Role]map[string][]Wish{
		Song: {"": {{Family: "Noto Serif SC"}, {Family: "Latin Modern Roman"}}},
		Hei:  {"": {{Family: "Noto Sans SC"}}},
		Mono: {"": {{Family: "Go Mono"}}},
		Math: {"": {{Family: "Latin Modern Math"}}},
	}}
	return mustOpen(t, want, os.DirFS("../../fonts"), fonts.FS())
}

// TestPlain is the proof of the fast path: a character that is taken to stand
// for itself is the one glyph HarfBuzz makes of it, between other plain
// characters and between marks.
func TestPlain(t *testing.T) {
	faces := append(forgedPair(t).faces, anySet(t).faces...)
	for _, f := range faces {
		for _, lang := range []string{"zh-hans", "zh-hant", "ja", "ko", "en"} {
			p := f.plan(planKey{script: cjk, language: lang}, nil)
			var text strings.Builder
			count := 0
			for r := rune(0xB7); r < 0x21000; r++ {
				if _, ok := p.plain(r); !ok || r > 0x3100 && r%7 != 0 {
					continue
				}
				text.WriteRune(r)
				if count++; count%3 == 0 {
					text.WriteString("。—」")
				}
			}
			checkPlain(t, p, text.String())
		}
	}
}

func checkPlain(t *testing.T, p *plan, text string) {
	t.Helper()
	fast, slow := p.segment(nil, text, 0), p.shape(nil, text)
	if len(fast) != len(slow) {
		t.Errorf("%s %s: %d glyphs, HarfBuzz makes %d", p.face.PostScript(), p.language, len(fast), len(slow))
		return
	}
	for i := range fast {
		if fast[i] != slow[i] {
			r, _ := utf8.DecodeRuneInString(text[fast[i].Start:])
			t.Errorf("%s %s: %c is %+v, HarfBuzz says %+v", p.face.PostScript(), p.language, r, fast[i], slow[i])
			return
		}
	}
}

// TestSpaced: words shaped one by one are the words of the whole line.
func TestSpaced(t *testing.T) {
	for _, f := range anySet(t).faces {
		p := f.plan(planKey{script: 0x4C61746E, language: "en"}, nil)
		text := "AVAST! Office “waffle” fjord  To. Wa, 1/2 e\u0301t fin "
		checkPlain(t, p, text)
	}
}

// FuzzShape: what is shaped covers the text, in order, whatever it is.
func FuzzShape(f *testing.F) {
	s := anySet(f)
	for _, text := range []string{"中文——abc", "e\u0301\u0301 \u200D👩‍👩‍👧🇨🇳", "葛\U000E0100か゚각", "שלום abc", "\xFF\xFEa\x00"} {
		f.Add(text, true)
	}
	f.Fuzz(func(t *testing.T, text string, zh bool) {
		lang := "en"
		if zh {
			lang = "zh-Hans"
		}
		at := int32(0)
		for _, sh := range s.Shape(Run{Text: text, Style: Style{Role: Song, Lang: lang}}) {
			if sh.Start != at || sh.End <= sh.Start {
				t.Fatalf("%q: a stretch begins at %d, the one before ended at %d", text, sh.Start, at)
			}
			at = sh.End
			covered := int32(0)
			for _, g := range sh.Glyphs {
				if g.Start < sh.Start || g.End > sh.End || g.End < g.Start {
					t.Fatalf("%q: glyph %+v of stretch %d-%d", text, g, sh.Start, sh.End)
				}
				covered += g.End - g.Start
			}
			if covered != sh.End-sh.Start {
				t.Fatalf("%q: glyphs stand for %d of %d bytes", text, covered, sh.End-sh.Start)
			}
		}
		if int(at) != len(text) {
			t.Fatalf("%q: %d bytes are shaped of %d", text, at, len(text))
		}
	})
}

func TestConcurrent(t *testing.T) {
	s := anySet(t)
	text := "The office 中文——排版 of 1/2."
	want := dump(s.Shape(Run{Text: text, Style: Style{Role: Song, Lang: "zh"}}))
	other := anySet(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if got := dump(other.Shape(Run{Text: text, Style: Style{Role: Song, Lang: "zh"}})); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
			f := other.Primary(Style{Role: Song})
			f.Bounds(5)
			if _, err := f.Subset([]GID{0, 5, 6}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func BenchmarkShape(b *testing.B) {
	dir := shelf(map[string]forged{"a.ttf": {family: "A", chars: []rune("中文字排版，。—abcdefghijklmnopqrstuvwxyz "), extra: 1, gsub: forgedGSUB(8, 9, 7, 9)}})
	sets := map[string]*Set{"forged": mustOpen(b, wishes(Song, "A"), dir)}
	if s := anySet(b); s.Primary(Style{Role: Song}).Path() == "NotoSerifSC_400Regular.ttf" {
		sets["Noto"] = s
	}
	for _, name := range []string{"forged", "Noto"} {
		for kind, text := range map[string]string{
			"Chinese": strings.Repeat("中文排版，字字中文。", 100),
			"word":    "typesetting",
			"mixed":   strings.Repeat("中文 abc 排版，set in words 字——", 50),
		} {
			if sets[name] == nil {
				continue
			}
			b.Run(name+"/"+kind, func(b *testing.B) {
				r := Run{Text: text, Style: Style{Role: Song, Lang: "zh-Hans"}}
				n := utf8.RuneCountInString(text)
				b.ReportAllocs()
				for b.Loop() {
					sets[name].Shape(r)
				}
				b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mchars/s")
			})
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	folders := []fs.FS{os.DirFS("../../fonts"), fonts.FS()}
	for b.Loop() {
		mustOpen(b, wishes(Song, "Noto Serif SC", "Latin Modern Roman"), folders...)
	}
}
