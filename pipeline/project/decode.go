package project

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"banxin/pipeline/book"
	"banxin/pipeline/diag"
)

// decode reads book.yaml strictly: every fault is an error with its line.
func decode(n *node) (Config, error) {
	var c Config
	if n.kind == null {
		return c, nil
	}
	if n.kind != mapping {
		return c, at(n, "a book.yaml is a mapping of keys")
	}
	keys := Keys()
	var errs []error
	for _, p := range n.pairs {
		errs = append(errs, set(&c, keys, "", p))
	}
	return c, errors.Join(errs...)
}

func set(c *Config, keys []Key, prefix string, p pair) error {
	name := prefix + p.key
	var names []string
	for _, k := range keys {
		if k.Name == name {
			return k.set(c, p.value)
		}
		rest, ok := strings.CutPrefix(k.Name, prefix)
		if ok {
			first, _, _ := strings.Cut(rest, ".")
			names = append(names, first)
		}
	}
	for _, k := range keys {
		if !strings.HasPrefix(k.Name, name+".") {
			continue
		}
		if p.value.kind != mapping {
			return at(p.value, "%s must be a mapping", name)
		}
		var errs []error
		for _, q := range p.value.pairs {
			errs = append(errs, set(c, keys, name+".", q))
		}
		return errors.Join(errs...)
	}
	return unknown(p, names)
}

// unknown is the error for a key that is none of known, with the nearest.
func unknown(p pair, known []string) error {
	at := p.span.Pos()
	msg := fmt.Sprintf("%s: line %d: unknown key %q", at.Path, at.Line, p.key)
	if n := nearest(p.key, known); n != "" {
		msg += fmt.Sprintf(" (did you mean %q?)", n)
	}
	return errors.New(msg)
}

// nearest is the known word at the least edit distance, if it is near.
func nearest(s string, known []string) string {
	best, at := "", 1+max(1, len(s)/3)
	for _, k := range known {
		if d := distance(s, k); d < at {
			best, at = k, d
		}
	}
	return best
}

// distance is Levenshtein's, with a swap of neighbours as one step.
func distance(a, b string) int {
	prev2, prev := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur := make([]int, len(b)+1)
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			sub := prev[j-1]
			if a[i-1] != b[j-1] {
				sub++
			}
			cur[j] = min(sub, prev[j]+1, cur[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], prev2[j-2]+1)
			}
		}
		prev2, prev = prev, cur
	}
	return prev[len(b)]
}

func setColophon(c *Config, n *node) error {
	switch n.kind {
	case mapping:
		for _, p := range n.pairs {
			c.Meta.Colophon = append(c.Meta.Colophon, book.Field{Label: p.key, Value: p.value.str()})
		}
	case sequence:
		for _, it := range n.items {
			switch {
			case it.kind == scalar:
				c.Meta.Colophon = append(c.Meta.Colophon, book.Field{Value: it.text})
			case it.kind == mapping && len(it.pairs) == 1:
				c.Meta.Colophon = append(c.Meta.Colophon, book.Field{Label: it.pairs[0].key, Value: it.pairs[0].value.str()})
			default:
				return at(it, "colophon: a line is text, or one label and its value")
			}
		}
	case scalar:
		for _, l := range strings.Split(n.text, "\n") {
			c.Meta.Colophon = append(c.Meta.Colophon, book.Field{Value: l})
		}
	}
	return nil
}

func setFiles(c *Config, n *node) error {
	if n.kind == scalar {
		c.Files = []FileEntry{{Path: n.text, Span: n.span}}
		return nil
	}
	if n.kind != sequence {
		return at(n, "files must be a list of paths")
	}
	for _, it := range n.items {
		e := FileEntry{Span: it.span}
		switch it.kind {
		case scalar:
			e.Path = it.text
		case mapping:
			if err := fileKeys(&e, it); err != nil {
				return err
			}
		}
		if e.Path == "" {
			return at(it, "files: a path is missing")
		}
		c.Files = append(c.Files, e)
	}
	return nil
}

func fileKeys(e *FileEntry, it *node) error {
	for _, p := range it.pairs {
		v := p.value.str()
		switch p.key {
		case "path":
			e.Path, e.Span = v, p.value.span
		case "title":
			e.Title = v
		case "part":
			e.Part = v
		case "depth":
			d, err := strconv.Atoi(v)
			if err != nil || d < 0 || d > 5 {
				return at(p.value, "depth must be a number from 0 to 5")
			}
			e.Depth = d
		case "role":
			switch v {
			case "front":
				e.Role = book.Front
			case "back":
				e.Role = book.Back
			case "chapter", "":
			default:
				return at(p.value, "role must be front, chapter or back, not %q", v)
			}
		default:
			return unknown(p, []string{"path", "title", "part", "depth", "role"})
		}
	}
	return nil
}

func setCaptions(c *Config, n *node) error {
	if n.kind != mapping && n.kind != null {
		return at(n, "captions must be a mapping of fingerprints to captions")
	}
	for _, p := range n.pairs {
		if p.value.kind != scalar {
			return at(p.value, "a caption must be text")
		}
		c.Captions = append(c.Captions, Caption{p.key, p.value.text, p.span})
	}
	return nil
}

func setRules(c *Config, n *node) error {
	if n.kind != mapping && n.kind != null {
		return at(n, "rules must be a mapping of rules to severities")
	}
	for _, p := range n.pairs {
		list := []*node{p.value}
		if p.value.kind == sequence {
			list = p.value.items
		}
		for _, v := range list {
			r := RuleSetting{Rule: p.key, Span: p.span}
			if err := ruleKeys(&r, v); err != nil {
				return err
			}
			c.Rules = append(c.Rules, r)
		}
	}
	return nil
}

func ruleKeys(r *RuleSetting, v *node) error {
	severity := v
	if v.kind == mapping {
		severity = nil
		for _, p := range v.pairs {
			var err error
			switch p.key {
			case "severity":
				severity = p.value
			case "reason":
				r.Reason = p.value.str()
			case "paths":
				r.Paths, err = list("paths", p.value)
			default:
				err = unknown(p, []string{"severity", "reason", "paths"})
			}
			if err != nil {
				return err
			}
		}
	}
	if severity == nil {
		return at(v, "rule %s: severity is missing", r.Rule)
	}
	s, err := diag.ParseSeverity(severity.str())
	if err != nil || s == diag.Never {
		return at(severity, "rule %s: severity must be off, note, warning or error, not %q", r.Rule, severity.str())
	}
	r.Severity = s
	return nil
}

func setGlossary(c *Config, n *node) error {
	if n.kind != mapping && n.kind != null {
		return at(n, "glossary must be a mapping of terms to variants")
	}
	for _, p := range n.pairs {
		vs, err := list("glossary", p.value)
		if err != nil {
			return err
		}
		c.Glossary = append(c.Glossary, Term{p.key, vs, p.span})
	}
	return nil
}

// setMacros reads the commands of formulae; a backslash before the name may be
// left out.
func setMacros(c *Config, n *node) error {
	if n.kind != mapping && n.kind != null {
		return at(n, "math.macros must be a mapping of commands to TeX")
	}
	for _, p := range n.pairs {
		name := `\` + strings.TrimPrefix(p.key, `\`)
		if p.value.kind != scalar {
			return at(p.value, "math.macros: %s must be text", name)
		}
		if strings.Trim(name[1:], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" || name == `\` {
			return at(n, "math.macros: %s is no command: a backslash and letters", name)
		}
		if c.Meta.Macros == nil {
			c.Meta.Macros = map[string]string{}
		}
		c.Meta.Macros[name] = p.value.text
	}
	return nil
}
