package check

func termRules() []rule         { return nil }
func punctuationRules() []rule  { return nil }
func styleRules() []rule        { return nil }
