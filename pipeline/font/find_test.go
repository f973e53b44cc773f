package font

import (
	"io/fs"
	"testing"
	"testing/fstest"
)

func TestChoose(t *testing.T) {
	book := shelf(map[string]forged{
		"a/Light.ttf":  {family: "Case Light", typoFamily: "试字 宋", weight: 300},
		"a/Bold.ttf":   {family: "Case", typoFamily: "试字 宋", weight: 700},
		"b/Slant.TTF":  {family: "Case", weight: 400, italic: true},
		"readme.txt":   {},
		"broken.ttf":   {},
		"b/variab.otf": {family: "Case", typoFamily: "试字 宋", weight: 400, variable: true},
	})
	book.(fstest.MapFS)["broken.ttf"].Data = []byte("ttcf no font")
	system := shelf(map[string]forged{
		"Regular.ttf": {family: "case", typoFamily: "试字 宋", weight: 400},
		"Other.ttf":   {family: "Other", weight: 400},
	})
	want := Request{Roles: map[Role]map[string][]Wish{
		Song: {"": {{Family: "试字　宋"}, {Family: "CASE"}, {Family: "Nobody"}}},
		Hei:  {"": {{Family: "Case", Bold: true}}},
		Kai:  {"": {{Family: "Nobody"}}},
	}}
	s := mustOpen(t, want, book, nil, system)
	for _, c := range []struct {
		style Style
		path  string
	}{
		{Style{Role: Song}, "Regular.ttf"}, // static before variable, nearer weight before earlier folder
		{Style{Role: Song, Bold: true}, "a/Bold.ttf"},
		{Style{Role: Song, Italic: true}, "b/Slant.TTF"}, // an italic of a later wish before no italic
		{Style{Role: Hei}, "a/Bold.ttf"},
		{Style{Role: Mono}, ""},
		{Style{Role: Kai}, ""}, // another role's face does not serve
	} {
		path := ""
		if f := s.Primary(c.style); f != nil {
			path = f.file.path
		}
		if path != c.path {
			t.Errorf("%+v is served by %q, want %q", c.style, path, c.path)
		}
	}
	var got []string
	for _, r := range s.Resolved() {
		got = append(got, string(r.Role)+":"+r.Wish.Family+":"+r.Path+":"+r.License)
		if (r.Face == nil) != (len(r.SHA256) == 0) {
			t.Errorf("%s has checksum %q", r.Path, r.SHA256)
		}
	}
	wantList := []string{"song:试字　宋:Regular.ttf:Free", "song:CASE:Regular.ttf:Free", "song:Nobody::", "hei:Case:a/Bold.ttf:Free", "kai:Nobody::"}
	for i, w := range wantList {
		if i >= len(got) || got[i] != w {
			t.Fatalf("resolved %q, want %q", got, wantList)
		}
	}
	names := map[string]bool{}
	for _, f := range s.faces {
		if names[f.PostScript()] {
			t.Errorf("two faces are called %s", f.PostScript())
		}
		names[f.PostScript()] = true
	}
}

func TestLanguageStacks(t *testing.T) {
	dir := shelf(map[string]forged{
		"sc.ttf": {family: "SC", chars: []rune("骨")}, "tc.ttf": {family: "TC", chars: []rune("骨")},
		"hk.ttf": {family: "HK", chars: []rune("骨")}, "jp.ttf": {family: "JP", chars: []rune("骨あ")},
	})
	want := Request{Roles: map[Role]map[string][]Wish{Song: {
		"": {{Family: "SC"}}, "zh-Hant": {{Family: "TC"}}, "zh-Hant-HK": {{Family: "HK"}}, "ja": {{Family: "JP"}},
	}}}
	s := mustOpen(t, want, dir)
	for lang, path := range map[string]string{
		"zh-Hans": "sc.ttf", "zh": "sc.ttf", "": "sc.ttf", "en": "sc.ttf", "ko-KR": "sc.ttf",
		"zh-Hant-TW": "tc.ttf", "zh-TW": "tc.ttf", "zh_TW": "tc.ttf", "zh-HK": "hk.ttf", "zh-Hant-HK": "hk.ttf", "ja-JP": "jp.ttf",
	} {
		if f := s.Primary(Style{Role: Song, Lang: lang}); f.file.path != path {
			t.Errorf("%s is served by %s, want %s", lang, f.file.path, path)
		}
	}
	if !s.Has(Style{Role: Song, Lang: "zh"}, 'あ') || s.Has(Style{Role: Song, Lang: "zh"}, '가') {
		t.Error("Has does not look through the whole chain, or beyond it")
	}
}

// TestEmptySet: no fonts at all is no error, and shapes nothing.
func TestEmptySet(t *testing.T) {
	s := mustOpen(t, wishes(Song, "Any"), fstest.MapFS{})
	if got := s.Shape(Run{Text: "字", Style: Style{Role: Song}}); got != nil {
		t.Errorf("shaped %v without a face", got)
	}
	if s.Primary(Style{Role: Song}) != nil || s.Has(Style{Role: Song}, 'a') {
		t.Error("there is a face where there is none")
	}
	if _, err := Open([]fs.FS{missing{}}, wishes(Song, "Any")); err != nil {
		t.Errorf("a folder that is not there: %v", err)
	}
}

type missing struct{}

func (missing) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}
