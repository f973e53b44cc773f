package xref

import (
	"slices"

	"banxin/pipeline/diag"
	"banxin/pipeline/source"
)

// cite sets the citations and the list of works cited, and reports keys that
// no bibliography has.
func (r *resolver) cite() {
	known := r.cites
	for _, c := range known {
		for _, it := range c.Items {
			if r.lib.Work(it.Key) != nil {
				continue
			}
			at := it.Span
			if at.IsZero() {
				at = c.Span
			}
			d := r.diags.Add("cite-undefined", at, diag.T("no bibliography has %q", "参考文献库里没有 %q", it.Key))
			if near := r.nearestKey(it.Key); near != "" {
				d.Hint = diag.T("did you mean @%s?", "是不是想写 @%s？", near)
			} else if len(r.lib.Works()) == 0 {
				d.Hint = diag.T("name the .bib or CSL-JSON file in book.yaml under bibliography", "在 book.yaml 的 bibliography 里写上 .bib 或 CSL-JSON 文件")
			}
		}
	}
	r.uncited()
	if len(known) == 0 {
		return
	}
	texts, list := r.lib.Set(known, r.o.Style)
	for _, c := range known {
		if t, ok := texts[c]; ok {
			r.index.Cites[c] = t
		}
	}
	for _, e := range list {
		r.index.Bibliography = append(r.index.Bibliography, Entry(e))
		r.add(&Target{Kind: Anchor, Label: "ref-" + e.Key}, source.Span{})
	}
	for _, c := range known {
		for _, it := range c.Items {
			if t := r.index.Targets["ref-"+it.Key]; t != nil {
				r.index.Links[c] = t
				break
			}
		}
	}
}

// uncited reports works that nothing cites.
func (r *resolver) uncited() {
	cited := map[string]bool{}
	for _, c := range r.cites {
		for _, it := range c.Items {
			cited[it.Key] = true
		}
	}
	for _, w := range r.lib.Works() {
		if !cited[w.Key] {
			r.diags.Add("bib-uncited", w.Span, diag.T("nothing cites %s", "没有任何地方引用 %s", w.Key),
				diag.T("cite it, or take it out of the bibliography", "在文中引用，或从文献库里删去"))
		}
	}
}

func (r *resolver) nearestKey(key string) string {
	if r.suggested >= suggestions {
		return ""
	}
	var list []string
	for _, w := range r.lib.Works() {
		list = append(list, w.Key)
	}
	slices.Sort(list)
	return r.closest(list, key)
}
