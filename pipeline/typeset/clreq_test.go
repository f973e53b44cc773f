package typeset

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"banxin/pipeline/book"
	"banxin/pipeline/layout"
	"banxin/pipeline/page"
	"banxin/pipeline/unit"
)

var update = flag.Bool("update", false, "rewrite golden files")

// TestCLREQ runs the conformance suite: testdata/clreq holds one case a rule
// of Chinese, Japanese and Korean typesetting. A case is a text, the layout
// keys it is set by, and the lines that must come of them; its control changes
// a key or the text so that the rule does not bite, and must come out
// differently: proof that the case can fail. Rules of pages are shown on a book
// in small pages. -v prints the table of rules.
func TestCLREQ(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "clreq", "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	cases, failed := map[string]int{}, map[string]int{}
	for _, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), ".txtar")
		ok := t.Run(name, func(t *testing.T) { clreqCase(t, f) })
		ar, err := txtar.ParseFile(f)
		if err != nil {
			t.Fatal(err)
		}
		title, _, _ := strings.Cut(string(ar.Comment), "\n")
		id, _, _ := strings.Cut(title, " ")
		cases[id]++
		if !ok {
			failed[id]++
		}
		t.Logf("%-6s %-14s %s", map[bool]string{true: "pass", false: "FAIL"}[ok], name, title)
	}
	var passed int
	ids := strings.Fields(clreqRules)
	for _, id := range ids {
		switch {
		case cases[id] == 0:
			t.Errorf("%s has no case", id)
		case failed[id] == 0:
			passed++
		}
	}
	t.Logf("%d of %d rules passed, in %d cases, each with a control that must come out otherwise", passed, len(ids), len(files))
}

// clreqRules are the rules of horizontal setting, each of which has a case.
const clreqRules = "K1 K2 K3 K4 K5 K6 J1 KO1 U1 U2 U3 U4 P1 P2 P3 P4 P5 P6 C1 C2 C3 A1 A2 A3 A4 A5 " +
	"G1 G2 G3 G4 G5 G6 G7 G8 G9 G10 I1 I2 I3 I4 I5 I6 I7 I8 I9"

// setCaseBook sets a book in small pages by "key: value" lines and dumps them.
func setCaseBook(t *testing.T, src, keys string) string {
	t.Helper()
	doc, diags := setBook(t, src, func(_ *book.Book, l *layout.Layout) {
		l.Contents.Depth = -1
		for _, kv := range strings.Split(strings.TrimSpace(keys), "\n") {
			k, v, _ := strings.Cut(kv, ": ")
			num, _ := strconv.ParseFloat(v, 64)
			body, section := l.Styles["body"], l.Styles["section"]
			switch k {
			case "":
			case "leading":
				l.Body.Leading = unit.FromPoints(num)
				body.Leading = l.Body.Leading
			case "size":
				body.Size = unit.FromPoints(num)
			case "between":
				body.Before = unit.Length(num) * l.Body.Leading
			case "section-rows":
				section.Occupies = int(num)
			case "lines":
				l.Body.Lines = int(num)
			case "notes":
				l.Notes.Place = v
			case "folio":
				l.Heads.Folio = v
			case "recto":
				l.Heads.Recto = v
			default:
				t.Fatalf("unknown key %q", k)
			}
			l.Styles["body"], l.Styles["section"] = body, section
		}
	})
	return dumpBook(doc, diags)
}

func clreqCase(t *testing.T, file string) {
	ar, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	part := map[string]string{}
	for _, f := range ar.Files {
		part[f.Name] = string(f.Data)
	}
	text, set := part["text"], setCase
	if src, ok := part["book"]; ok {
		text, set = src, setCaseBook
	}
	got := set(t, text, part["layout"])
	if c, ok := part["control-text"]; ok {
		text = c
	}
	control := set(t, text, part["layout"]+part["control"])
	if *update {
		for i := range ar.Files {
			switch ar.Files[i].Name {
			case "want":
				ar.Files[i].Data = []byte(got)
			case "control-want":
				ar.Files[i].Data = []byte(control)
			}
		}
		if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got != part["want"] {
		t.Errorf("set\n%swant\n%s", got, part["want"])
	}
	if control != part["control-want"] {
		t.Errorf("control set\n%swant\n%s", control, part["control-want"])
	}
	if got == control {
		t.Error("the control comes out the same: the case proves nothing")
	}
}

// setCase sets a text by "key: value" lines and dumps its lines.
func setCase(t *testing.T, src, keys string) string {
	t.Helper()
	lang, measure, indent := "zh-Hans", 10.0, 0.0
	var st layout.Align
	s := boxSetter(t, lang, func(l *layout.Layout) {
		for _, kv := range strings.Split(strings.TrimSpace(keys), "\n") {
			k, v, _ := strings.Cut(kv, ": ")
			num, _ := strconv.ParseFloat(v, 64)
			sp := &l.Spacing
			switch k {
			case "":
			case "lang":
				lang = v
			case "measure":
				measure = num
			case "indent":
				indent = num
			case "align":
				st = map[string]layout.Align{"left": layout.Left, "center": layout.Center, "right": layout.Right}[v]
			case "kinsoku":
				sp.Kinsoku = v
			case "scheme":
				sp.Scheme = v
			case "gap":
				sp.Gap = int(num)
			case "hanging":
				sp.Hanging = v == "true"
			case "hyphenate":
				sp.Hyphenate = v == "true"
			case "first-open":
				sp.FirstOpen = v
			case "korean-break":
				sp.KoreanBreak = v
			case "japanese-level":
				sp.JapaneseLevel = v
			case "break-tokens":
				sp.BreakTokens = v == "true"
			case "break-camel":
				sp.BreakCamel = v == "true"
			case "squeeze-stops":
				sp.SqueezeStops = v == "true"
			case "notes":
				l.Notes.Mark = v
			default:
				t.Fatalf("unknown key %q", k)
			}
		}
	})
	body := s.layout.Styles["body"]
	body.Align = st
	em := body.Size
	out := s.paragraph(text{inlines: marked(strings.TrimSuffix(src, "\n")), style: body, lang: lang,
		measure: unit.Length(measure * float64(em)), indent: unit.Length(indent * float64(em))})
	var b strings.Builder
	for _, l := range out.best.lines {
		b.WriteString(dumpLine(l.frame, em))
	}
	for _, d := range out.diags {
		fmt.Fprintf(&b, "%s: %s\n", d.Code, d.Message.En)
	}
	return b.String()
}

// marked reads the suite's own small markup: **strong**, *emphasis*, `code`,
// _proper name_, ^dotted^, {base|reading}, [^] a note's call, \ a line end.
func marked(s string) []book.Inline {
	var out []book.Inline
	for s != "" {
		i := strings.IndexAny(s, "*`_^{[\\")
		if i < 0 {
			return append(out, &book.Text{Value: s})
		}
		if i > 0 {
			out = append(out, &book.Text{Value: s[:i]})
			s = s[i:]
		}
		closer := map[byte]string{'*': "*", '`': "`", '_': "_", '^': "^", '{': "}", '[': "]"}[s[0]]
		if strings.HasPrefix(s, "**") {
			closer = "**"
		}
		if s[0] == '\\' {
			out = append(out, &book.Break{})
			s = s[1:]
			continue
		}
		in, rest, ok := strings.Cut(s[max(len(closer), 1):], closer)
		if !ok {
			return append(out, &book.Text{Value: s})
		}
		kids := []book.Inline{&book.Text{Value: in}}
		switch {
		case closer == "**":
			out = append(out, &book.Strong{Kids: kids})
		case closer == "*":
			out = append(out, &book.Emph{Kids: kids})
		case closer == "`":
			out = append(out, &book.Verbatim{Text: in})
		case closer == "_":
			out = append(out, &book.ProperName{Kids: kids})
		case closer == "^":
			out = append(out, &book.Dotted{Kids: kids})
		case closer == "}":
			base, reading, _ := strings.Cut(in, "|")
			out = append(out, &book.Ruby{Base: strings.Split(base, "."), Reading: strings.Split(reading, ".")})
		case closer == "]":
			out = append(out, &book.NoteRef{Note: &book.Note{}})
		}
		s = rest
	}
	return out
}

// dumpLine prints a line's text and where each of its characters has its
// origin, in em from the line's left edge; then what is drawn around it.
func dumpLine(f *page.Frame, em unit.Length) string {
	var text, at, drawn strings.Builder
	ems := func(l unit.Length) string {
		return strconv.FormatFloat(float64(l.Scale(1000, int64(em)))/1000, 'f', -1, 64)
	}
	for _, it := range f.Items {
		switch g := it.Item.(type) {
		case *page.Glyphs:
			if g.ActualText != nil {
				fmt.Fprintf(&drawn, "  artificial %q %s\n", g.Text, ems(it.X))
				continue
			}
			if it.Y != f.Baseline {
				fmt.Fprintf(&drawn, "  raised %q %s by %s\n", g.Text, ems(it.X), ems(f.Baseline-it.Y))
				continue
			}
			for _, gl := range g.Glyphs {
				if gl.Start < gl.End {
					text.WriteString(g.Text[gl.Start:gl.End])
					if r, _ := utf8.DecodeRuneInString(g.Text[gl.Start:]); r != ' ' {
						at.WriteString(" " + ems(it.X+gl.X))
					}
				}
			}
		case *page.Rule:
			fmt.Fprintf(&drawn, "  rule %s wide %s\n", ems(it.X), ems(g.Width))
		case *page.Path:
			fmt.Fprintf(&drawn, "  path %s wide %s\n", ems(it.X), ems(g.Width))
		}
	}
	return text.String() + " |" + at.String() + "\n" + drawn.String()
}
