package check

import (
	"bytes"

	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

func styleRules() []rule {
	return []rule{
		define("whitespace", diag.Note, diag.Off, diag.Note,
			text("Spaces stand at a line's end where they mean nothing, or several blank lines follow one another. Two spaces at a line's end break the line and are left alone.", "行尾有无意义的空格，或连续几行空行。行尾两个空格表示换行，不在此列。"),
			text("They make differences between versions hard to read.", "它们会使版本差异难以阅读。"),
			text("Delete them; --fix does.", "删去；--fix 可代劳。"),
			"甲。 \n\n\n\n乙。\n").by(written, whitespace),
	}
}

func whitespace(s *survey) diag.List {
	var l diag.List
	for _, f := range s.written.Files {
		_, _, body, _ := source.FrontMatter(f.Text)
		w := &spaces{file: f, found: &l}
		for at := body; at < len(f.Text); {
			end := bytes.IndexByte(f.Text[at:], '\n')
			next := len(f.Text)
			if end >= 0 {
				next = at + end + 1
			}
			w.line(at, next)
			at = next
		}
	}
	return l
}

// spaces walks the lines of a file outside code.
type spaces struct {
	file  *source.File
	found *diag.List
	fence []byte // the open fence's marker
	pre   bool   // inside <pre>
	// blank lines so far, and where the second begins.
	blank, second int
}

func (w *spaces) line(at, next int) {
	raw := bytes.TrimRight(w.file.Text[at:next], "\r\n")
	kept := bytes.TrimRight(raw, " \t")
	t := bytes.TrimLeft(kept, " \t>")
	if w.inCode(kept, t) {
		w.blank = 0
		return
	}
	if len(kept) == 0 {
		if len(raw) > 0 && next > at+len(raw) {
			w.add(at, at+len(raw), diag.T("%d spaces on an empty line", "空行上有 %d 个空格", len(raw)))
		}
		if w.blank++; w.blank == 2 {
			w.second = at
		}
		return
	}
	// Blank lines before indented text may belong to code.
	if w.blank > 1 && !bytes.HasPrefix(kept, []byte("    ")) && kept[0] != '\t' {
		w.add(w.second, at, diag.T("%d blank lines", "连续 %d 行空行", w.blank))
	}
	w.blank = 0
	if tail := raw[len(kept):]; len(tail) == 1 {
		w.add(at+len(kept), at+len(raw), text("a space at the end of the line", "行尾有空格"))
	}
}

// inCode tracks fences and <pre>; it reports whether the line belongs to one.
func (w *spaces) inCode(line, t []byte) bool {
	if w.fence != nil {
		if run := marker(t); len(run) >= len(w.fence) && run[0] == w.fence[0] && len(bytes.TrimSpace(t[len(run):])) == 0 {
			w.fence = nil
		}
		return true
	}
	if w.pre {
		w.pre = !bytes.Contains(line, []byte("</pre"))
		return true
	}
	if run := marker(bytes.TrimLeft(t, "-*+ 0123456789.)")); len(run) >= 3 {
		w.fence = run
		return true
	}
	if bytes.Contains(line, []byte("<pre")) && !bytes.Contains(line, []byte("</pre")) {
		w.pre = true
		return true
	}
	return false
}

// marker is the run of backticks or tildes at the start of t.
func marker(t []byte) []byte {
	if len(t) == 0 || t[0] != '`' && t[0] != '~' {
		return nil
	}
	n := 1
	for n < len(t) && t[n] == t[0] {
		n++
	}
	return t[:n]
}

func (w *spaces) add(from, to int, msg diag.Text) {
	if len(*w.found) >= enough {
		return
	}
	at := source.Span{File: w.file, Start: from, End: to}
	d := w.found.Add("whitespace", at, msg)
	d.Fix = &diag.Fix{Message: text("delete it", "删去"), Edits: []diag.Edit{{Span: at}}}
}
