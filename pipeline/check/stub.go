package check

func bibliographyRules() []rule { return nil }
func citationRules() []rule     { return nil }
func termRules() []rule         { return nil }
func punctuationRules() []rule  { return nil }
func styleRules() []rule        { return nil }
