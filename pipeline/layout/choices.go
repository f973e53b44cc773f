package layout

import (
	"slices"
	"strings"
)

// choice is a key that takes one of a few words.
type choice struct {
	key   string // "spacing.kinsoku"
	value string
	known string // separated by spaces
}

func (l *Layout) choices() []choice {
	const heads, openings = "book part chapter section none", "recto page run-on"
	return []choice{
		{"spacing.kinsoku", l.Spacing.Kinsoku, "none basic gb strict"},
		{"spacing.scheme", l.Spacing.Scheme, "quanjiao kaiming banjiao plain"},
		{"spacing.first-open", l.Spacing.FirstOpen, "trim keep"},
		{"spacing.korean-break", l.Spacing.KoreanBreak, "word syllable"},
		{"spacing.japanese-level", l.Spacing.JapaneseLevel, "very-loose loose strict very-strict"},
		{"heads.verso", l.Heads.Verso, heads},
		{"heads.recto", l.Heads.Recto, heads},
		{"heads.folio", l.Heads.Folio, "head-outside foot-outside foot-center"},
		{"openings.part", l.Openings.Part, openings},
		{"openings.chapter", l.Openings.Chapter, openings},
		{"openings.front", l.Openings.Front, openings},
		{"contents.leader", l.Contents.Leader, "dots none"},
		{"notes.mark", l.Notes.Mark, "circled arabic bracket"},
		{"notes.restart", l.Notes.Restart, "page chapter book"},
		{"notes.place", l.Notes.Place, "foot chapter book"},
		{"numbers.typed", l.Numbers.Typed, "drop keep"},
		{"code.theme", l.Code.Theme, "one-ink color"},
		{"table.rules", l.Table.Rules, "three-line grid"},
		{"figure.place", l.Figure.Place, "here float"},
		{"epub.variant", l.EPUB.Variant, "generic apple kindle conservative duokan"},
		{"epub.embed-fonts", l.EPUB.EmbedFonts, "none subset"},
	}
}

// checkChoices refuses a word that a key does not know; an absent one is left
// to the stage that reads it.
func (l *Layout) checkChoices(t *tree) error {
	for _, c := range l.choices() {
		known := strings.Fields(c.known)
		if c.value == "" || slices.Contains(known, c.value) {
			continue
		}
		at := t
		for _, k := range strings.Split(c.key, ".") {
			if kid := at.kids[k]; kid != nil {
				at = kid
			}
		}
		return at.errorf("%s cannot be %q (%s)", c.key, c.value, strings.Join(known, ", "))
	}
	return nil
}
