//go:build conform

package texmath

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// katex is where the judge is installed; see .ci/install.
const katex = "../../out/tools/katex/node_modules/katex"

// otherwise are formulae whose MathML is meant to differ from KaTeX's, and why.
func otherwise() map[string]string {
	return map[string]string{
		`\newcommand{\norm}[2][2]{\left\|#2\right\|_{#1}} \norm{x} + \norm[1]{y}`: "KaTeX has no optional arguments",
		`\DeclareMathOperator{\tr}{tr} \tr A`:                                     "KaTeX has no such command",
		`\ce{H2O} + \ce{2H2 + O2 -> 2H2O}`:                                        "mhchem aligns indices with phantoms",
		`\ce{SO4^2-} \ce{CO2 <=> C + O2} \ce{^{14}_6C}`:                           "mhchem aligns indices with phantoms",
		`\text{caf\'e --- ` + "``quoted''}":                                       "an accented letter is a character, not a mover",
		`a \bmod b \equiv c \pmod{n}`:                                             "mod is one word",
		`\mathop{\mathrm{Res}}\limits_{z=0} f`:                                    "Res is one word",
		`\dddot{x}`:                                                               "dots are signs, not words",
		`\overgroup{ab} + \undergroup{ab}`:                                        "⏜ is what STIX and Latin Modern have",
	}
}

// TestConformKaTeX compares the MathML of all formulae with KaTeX's: the same
// tokens in the same fractions, roots, scripts and tables. What is not compared
// is what only groups, spaces or styles, where KaTeX wraps operators in
// operators, which MathML's schema forbids.
func TestConformKaTeX(t *testing.T) {
	if _, err := os.Stat(katex); err != nil {
		t.Fatalf("KaTeX is not installed: %v", err)
	}
	const script = `
const [lib, input] = process.argv.slice(1), katex = require(lib);
require(lib + '/dist/contrib/mhchem.js');
const one = s => { try { return katex.renderToString(s, {output: 'mathml', displayMode: true, strict: false, trust: true}); } catch (e) { return ''; } };
console.log(JSON.stringify(JSON.parse(require('fs').readFileSync(input)).map(one)));`
	sources := corpus(t)
	data, err := json.Marshal(sources)
	if err != nil {
		t.Fatal(err)
	}
	input := filepath.Join(t.TempDir(), "formulae.json")
	if err := os.WriteFile(input, data, 0o666); err != nil {
		t.Fatal(err)
	}
	lib, err := filepath.Abs(katex)
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("node", "-e", script, lib, input).Output()
	if err != nil {
		t.Fatal(err)
	}
	var theirs []string
	if err := json.Unmarshal(out, &theirs); err != nil {
		t.Fatal(err)
	}
	same := 0
	for i, src := range sources {
		got, want := skeleton(t, parsed(t, src).MathML(true)), skeleton(t, theirs[i])
		why := otherwise()[src]
		switch {
		case got == want:
			same++
			if why != "" {
				t.Errorf("%s: equal to KaTeX's, though %s", src, why)
			}
		case why == "":
			t.Errorf("%s\n got %s\nwant %s", src, got, want)
		}
	}
	t.Logf("%d of %d equal to KaTeX's", same, len(sources))
}

// skeleton writes MathML's structure: groups and styles opened, white dropped.
func skeleton(t *testing.T, s string) string {
	t.Helper()
	s = strings.ReplaceAll(s, "&nbsp;", "\u00A0")
	d := xml.NewDecoder(strings.NewReader(s))
	var b strings.Builder
	var text string
	skip := 0
	like := strings.NewReplacer("|", "∣", "‖", "∥", "\u20D7", "→", "\u200B", "", "\u2063", "")
	word := func(s string) string {
		return strings.Join(strings.FieldsFunc(norm.NFKC.String(like.Replace(s)), unicode.IsSpace), "")
	}
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return b.String()
		}
		if err != nil {
			t.Fatalf("%v in %s", err, s)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			switch tok.Name.Local {
			case "annotation":
				skip++
			case "mfrac", "msqrt", "mroot", "msub", "msup", "msubsup", "munder", "mover", "munderover", "mtable", "mtr", "mtd", "mphantom", "menclose":
				b.WriteString("<" + tok.Name.Local + ">")
			}
			text = ""
		case xml.CharData:
			text += string(tok)
		case xml.EndElement:
			switch tok.Name.Local {
			case "annotation":
				skip--
			case "mfrac", "msqrt", "mroot", "msub", "msup", "msubsup", "munder", "mover", "munderover", "mtable", "mtr", "mtd", "mphantom", "menclose":
				b.WriteString("</>")
			case "mi", "mo", "mn", "mtext":
				if skip == 0 {
					if w := word(text); w != "" {
						b.WriteString(w + " ")
					}
				}
			}
			text = ""
		}
	}
}

// TestConformEPUBCheck holds all formulae against the schema of EPUB's content
// documents.
func TestConformEPUBCheck(t *testing.T) {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><body>`)
	for _, src := range corpus(t) {
		b.WriteString("<div>" + parsed(t, src).MathML(true) + "</div><p>" + parsed(t, src).MathML(false) + "</p>\n")
	}
	b.WriteString("</body></html>")
	file := filepath.Join(t.TempDir(), "formulae.xhtml")
	if err := os.WriteFile(file, []byte(b.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	jars, _ := filepath.Glob("../../out/tools/py/lib/python*/site-packages/epubcheck/epubcheck*.jar")
	command := []string{"epubcheck"}
	if len(jars) > 0 {
		command = []string{"java", "-jar", jars[0]}
	}
	out, err := exec.Command(command[0], append(command[1:], "-mode", "xhtml", "-v", "3.0", "--profile", "default", file)...).CombinedOutput()
	// Alone, a document cannot declare in a manifest that it has MathML.
	for _, l := range strings.Split(string(out), "\n") {
		if (strings.HasPrefix(l, "ERROR") || strings.HasPrefix(l, "FATAL") || strings.HasPrefix(l, "WARNING")) && !strings.Contains(l, "OPF-014") {
			t.Error(l)
		}
	}
	if err != nil && !strings.Contains(string(out), "essages:") {
		t.Fatalf("%v\n%s", err, out)
	}
}
