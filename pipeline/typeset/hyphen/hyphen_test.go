package hyphen

import (
	"strings"
	"testing"
)

func TestBreaks(t *testing.T) {
	var w Words
	if err := w.Err(); err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]string{
		"hyphenation":    "hy-phen-ation",
		"Transformer":    "Trans-former",
		"associate":      "as-so-ciate", // an exception of Knuth's list
		"table":          "ta-ble",
		"model":          "model",
		"word":           "word",
		"GPT":            "GPT",
		"UNESCO":         "UNESCO",
		"CamelCase":      "CamelCase",
		"naïvely":        "naïvely",
		"supervised2":    "supervised2",
		"":               "",
		"representation": "rep-re-sen-ta-tion",
	} {
		got := ""
		at := 0
		for _, b := range w.Breaks(word) {
			got += word[at:b] + "-"
			at = b
		}
		if got += word[at:]; got != want {
			t.Errorf("%s: %s, want %s", word, got, want)
		}
	}
}

func TestKnown(t *testing.T) {
	for lang, want := range map[string]bool{"en": true, "en-GB": true, "eng": false, "de": false, "zh-Hans": false} {
		if Known(lang) != want {
			t.Errorf("Known(%q) = %v", lang, !want)
		}
	}
}

func FuzzBreaks(f *testing.F) {
	f.Add("international")
	var w Words
	f.Fuzz(func(t *testing.T, word string) {
		at := 0
		for _, b := range w.Breaks(word) {
			if b <= at || b >= len(word) {
				t.Fatalf("%q: break %d after %d", word, b, at)
			}
			at = b
		}
	})
}

func BenchmarkBreaks(b *testing.B) {
	var w Words
	words := strings.Fields("international representation transformer architecture learning recurrent")
	for b.Loop() {
		for _, s := range words {
			w.Breaks(s)
		}
	}
}
