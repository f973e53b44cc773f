// Package layouts embeds the layout definitions that come with banxin.
package layouts

import "embed"

// FS holds NAME.yaml for every layout; base.yaml is what they extend.
//
//go:embed *.yaml
var FS embed.FS
