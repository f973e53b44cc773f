package cite

import "banxin/pipeline/diag"

// Rules are the rules of bibliography files.
func Rules() []diag.Rule {
	text := func(en, zh string) diag.Text { return diag.Text{En: en, Zh: zh} }
	return []diag.Rule{
		{Code: "bib-syntax", Check: diag.Error, Proof: diag.Warning, Release: diag.Error,
			What:    text("An entry of a bibliography file cannot be read.", "参考文献库里的条目无法读取。"),
			Why:     text("The work cannot be cited, and entries after it may be lost.", "该文献无法引用，后面的条目也可能读不到。"),
			Fix:     text("Close brackets and quotation marks; put a comma after every field.", "补全括号和引号；每个字段后加逗号。"),
			Example: "@book{knuth1984,\n  title = {The TeXbook\n}\n"},
		{Code: "bib-key-duplicate", Check: diag.Warning, Proof: diag.Warning, Release: diag.Error,
			What:    text("Two entries have one key.", "两个条目用了同一个键。"),
			Why:     text("Only the first can be cited.", "只有第一个能被引用。"),
			Fix:     text("Give one of them another key.", "给其中一个换键。"),
			Example: "@book{a, title={X}, publisher={P}, year=2001}\n@book{a, title={Y}, publisher={P}, year=2002}\n"},
		{Code: "bib-duplicate", Check: diag.Warning, Proof: diag.Warning, Release: diag.Error,
			What:    text("One work is entered twice: same DOI, or same title, first author and year.", "同一文献重复著录：DOI 相同，或题名、第一作者、年份都相同。"),
			Why:     text("The list prints it twice under two numbers.", "文献表里会以两个编号印两次。"),
			Fix:     text("Keep one entry and cite that.", "只留一个条目，并统一引用它。"),
			Example: "@book{a, title={The Art of X}, author={Doe, J}, publisher={P}, year=2001}\n@book{b, title={The art of X}, author={Doe, J}, publisher={P}, year=2001}\n"},
		{Code: "bib-field-missing", Check: diag.Note, Proof: diag.Warning, Release: diag.Warning,
			What:    text("An entry lacks a field that its kind of work needs by GB/T 7714-2015.", "条目缺少 GB/T 7714-2015 对该类文献要求的字段。"),
			Why:     text("The reader cannot find the work.", "读者无法据以查找。"),
			Fix:     text("Add the field.", "补上字段。"),
			Example: "@article{a, title={X}, year=2001}\n"},
		{Code: "bib-uncited", Check: diag.Note, Proof: diag.Warning, Release: diag.Warning,
			What:    text("An entry of the book's bibliography files is cited nowhere.", "参考文献库里的条目没有被引用。"),
			Why:     text("It is not printed: the list has only what is cited.", "文献表只印被引用的文献，这一条不会印出来。"),
			Fix:     text("Cite it, or take it out.", "在文中引用，或删去条目。"),
			Example: "@book{nobody-cites-me, title={X}, publisher={P}, year=2001}\n"},
	}
}
