// Package code tells the parts of a listing apart: keywords, comments,
// strings. It decides nothing about how they look.
package code

import (
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

// Kind is what a token is.
type Kind uint8

const (
	Plain Kind = iota
	Keyword
	Name // of a function, a type, a tag being defined or called
	String
	Number
	Comment
	Operator
	Inserted // of a diff
	Deleted
)

// Token is a stretch of a line in one kind.
type Token struct {
	Text string
	Kind Kind
}

// Lines splits source text into lines of tokens; the tokens of a line joined
// are the line, without its end. A language that is not known, or none, gives
// plain lines. Text longer than maxLexed is not lexed: a listing that long is
// data.
func Lines(language, text string) [][]Token {
	if len(text) > maxLexed {
		return plain(text)
	}
	lx := lexer(language)
	if lx == nil {
		return plain(text)
	}
	it, err := chroma.Coalesce(lx).Tokenise(&chroma.TokeniseOptions{State: "root"}, text)
	if err != nil {
		return plain(text)
	}
	return lines(it, text)
}

const maxLexed = 200_000

func lexer(language string) chroma.Lexer {
	switch strings.ToLower(language) {
	case "", "text", "txt", "plain", "plaintext", "none", "console", "output":
		return nil
	}
	return lexers.Get(language)
}

func plain(text string) [][]Token {
	ls := strings.Split(text, "\n")
	out := make([][]Token, len(ls))
	for i, l := range ls {
		l = strings.TrimSuffix(l, "\r")
		if l != "" {
			out[i] = []Token{{l, Plain}}
		}
	}
	return out
}

// lines cuts a token stream at line ends. A lexer that loses or adds text is
// not believed: the listing is set plain.
func lines(it chroma.Iterator, text string) [][]Token {
	var out [][]Token
	var line []Token
	seen := 0
	text = strings.ReplaceAll(text, "\r\n", "\n")
	for t := it(); t != chroma.EOF; t = it() {
		if seen+len(t.Value) > len(text) || text[seen:seen+len(t.Value)] != t.Value {
			// Some lexers end the text with a line end of their own.
			if seen+len(t.Value) == len(text)+1 && t.Value == text[seen:]+"\n" {
				t.Value = text[seen:]
			} else {
				return plain(text)
			}
		}
		seen += len(t.Value)
		k := kind(t.Type)
		for {
			part, rest, more := strings.Cut(t.Value, "\n")
			if part != "" {
				line = append(line, Token{part, k})
			}
			if !more {
				break
			}
			out, line = append(out, line), nil
			t.Value = rest
		}
	}
	if seen != len(text) {
		return plain(text)
	}
	return append(out, line)
}

func kind(t chroma.TokenType) Kind {
	switch {
	case t.InCategory(chroma.Keyword):
		return Keyword
	case t.InCategory(chroma.Comment):
		return Comment
	case t.InSubCategory(chroma.LiteralString):
		return String
	case t.InSubCategory(chroma.LiteralNumber):
		return Number
	case t.InCategory(chroma.Operator):
		if t == chroma.OperatorWord {
			return Keyword
		}
		return Operator
	case t == chroma.GenericInserted:
		return Inserted
	case t == chroma.GenericDeleted:
		return Deleted
	case t == chroma.NameFunction, t == chroma.NameClass, t == chroma.NameTag, t == chroma.NameBuiltin, t == chroma.NameDecorator:
		return Name
	}
	return Plain
}
