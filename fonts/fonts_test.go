package fonts_test

import (
	"testing"
	"testing/fstest"

	"banxin/fonts"
)

func TestFS(t *testing.T) {
	if err := fstest.TestFS(fonts.FS(), "Go-Mono.ttf", "Go-Mono-Bold.ttf", "latinmodern-math.otf", "lmroman10-regular.otf"); err != nil {
		t.Fatal(err)
	}
}
