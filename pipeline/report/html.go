package report

import (
	"fmt"
	"html/template"
	"io"
	"strings"

	"banxin/pipeline/diag"
)

type htmlRow struct {
	Severity, Place, Message, Hint, Code, Line string
}

type htmlPage struct {
	Lang, Title             string
	Errors, Warnings, Notes int
	Rows                    []htmlRow
}

// page is one static file: no script, no asset from elsewhere, light and dark.
const page = `<!DOCTYPE html>
<html lang="{{.Lang}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{{.Title}}</title><style>
:root{color-scheme:light dark}
body{font:16px/1.6 system-ui,"Noto Sans SC",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
li{margin:0 0 1.2rem;list-style:none;border-left:.3rem solid;padding-left:.8rem}
ul{padding:0}.error{border-color:#c33}.warning{border-color:#c90}.note{border-color:#38c}
code,pre{font-family:ui-monospace,monospace;font-size:.9em}pre{white-space:pre-wrap;margin:.2rem 0;opacity:.8}
.at{font-size:.85em;opacity:.75}.hint{font-size:.95em}
</style></head><body><h1>{{.Title}}</h1>
<p>{{.Errors}} error, {{.Warnings}} warning, {{.Notes}} note</p><ul>
{{range .Rows}}<li class="{{.Severity}}"><div class="at">{{.Place}} · {{.Severity}} · <code>{{.Code}}</code></div><div>{{.Message}}</div>
{{with .Line}}<pre>{{.}}</pre>{{end}}{{with .Hint}}<div class="hint">→ {{.}}</div>{{end}}</li>
{{end}}</ul></body></html>
`

func writeHTML(w io.Writer, l diag.List, o Options) error {
	t, err := template.New("report").Parse(page)
	if err != nil {
		return err
	}
	p := htmlPage{Lang: "en", Title: "banxin: findings"}
	if strings.HasPrefix(o.Lang, "zh") {
		p.Lang, p.Title = "zh-CN", "版心：检查结果"
	}
	p.Errors, p.Warnings, p.Notes = counts(l)
	for _, d := range l {
		r := htmlRow{Severity: d.Severity.String(), Message: d.Message.In(o.Lang), Hint: d.Hint.In(o.Lang), Code: d.Code, Place: o.place(d.Span)}
		if d.Span.File != nil {
			r.Place = positionText(o, d)
			r.Line = strings.TrimSpace(forHTML(d))
		}
		p.Rows = append(p.Rows, r)
	}
	return t.Execute(w, p)
}

func forHTML(d diag.Diagnostic) string {
	line := clean(d.Span.File.Line(d.Pos().Line))
	return line[:forth(line, 0, 200)]
}

func positionText(o Options, d diag.Diagnostic) string {
	pos := d.Pos()
	return fmt.Sprintf("%s:%d:%d", o.file(d.Span), pos.Line, pos.Column)
}
