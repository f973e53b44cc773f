package check

func bibliographyRules() []rule { return nil }
func citationRules() []rule     { return nil }
func mathRules() []rule         { return nil }
func diagramRules() []rule      { return nil }
func figureRules() []rule       { return nil }
func termRules() []rule         { return nil }
func punctuationRules() []rule  { return nil }
func styleRules() []rule        { return nil }
