package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"banxin/fonts"
)

// fontFolders lists where faces are looked for: the book's own fonts, the
// fonts folder beside the program's working tree, the user's and the system's,
// then the faces that the program carries. A folder that does not exist is
// left out.
func fontFolders(book string) []fs.FS {
	var out []fs.FS
	add := func(dir string) {
		if dir == "" {
			return
		}
		if st, err := os.Stat(dir); err == nil && st.IsDir() {
			out = append(out, os.DirFS(dir))
		}
	}
	add(filepath.Join(book, "fonts"))
	add("fonts")
	if exe, err := os.Executable(); err == nil { // out/banxin beside fonts/
		if dir := filepath.Join(filepath.Dir(filepath.Dir(exe)), "fonts"); !same(dir, "fonts") {
			add(dir)
		}
	}
	add(os.Getenv("BANXIN_FONTS"))
	for _, dir := range systemFontFolders() {
		add(dir)
	}
	return append(out, fonts.FS())
}

func same(a, b string) bool {
	x, err1 := filepath.Abs(a)
	y, err2 := filepath.Abs(b)
	return err1 == nil && err2 == nil && x == y
}

func systemFontFolders() []string {
	home, _ := os.UserHomeDir() // empty: Join gives a relative path that is not there
	switch runtime.GOOS {
	case "darwin":
		return []string{filepath.Join(home, "Library/Fonts"), "/Library/Fonts", "/System/Library/Fonts", "/System/Library/AssetsV2/com_apple_MobileAsset_Font7"}
	case "windows":
		return []string{filepath.Join(os.Getenv("LOCALAPPDATA"), `Microsoft\Windows\Fonts`), filepath.Join(os.Getenv("WINDIR"), "Fonts")}
	}
	data := os.Getenv("XDG_DATA_HOME")
	if data == "" {
		data = filepath.Join(home, ".local/share")
	}
	return []string{filepath.Join(data, "fonts"), filepath.Join(home, ".fonts"), "/usr/local/share/fonts", "/usr/share/fonts"}
}
