//go:build conform

package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// program is this test under the command's name (see TestMain), and a small
// book for it.
func program(t *testing.T) (bin, book string) {
	t.Helper()
	dir := t.TempDir()
	bin = filepath.Join(dir, "banxin")
	self, err := os.Executable()
	if err == nil {
		err = os.Symlink(self, bin)
	}
	if err != nil {
		t.Fatal(err)
	}
	book = filepath.Join(dir, "book")
	if err := os.Mkdir(book, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"book.yaml": "title: 版心\nlanguage: zh-CN\nauthors: [甲]\nslug: b\ndate: 2024-11-01\nlayout: a5\nidentifier: urn:uuid:00000000-0000-4000-8000-000000000001\nisbn: 978-7-302-51165-6\nprint: {price: 68.00 元}\n",
		"one.md":    "# 第1章\n\n" + strings.Repeat("天地玄黄，宇宙洪荒；日月盈昃，辰宿列张。", 2000) + "\n",
	} {
		if err := os.WriteFile(filepath.Join(book, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return bin, book
}

// judged runs a judge; what it says is its answer.
func judged(t *testing.T, name string, args ...string) string {
	t.Helper()
	var errs bytes.Buffer
	c := exec.Command(name, args...)
	c.Stderr = &errs
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, &errs)
	}
	return string(out)
}

// TestConformBarcode: a reader of barcodes finds the book's ISBN on the cover
// of its package, and in none but black ink.
func TestConformBarcode(t *testing.T) {
	bin, book := program(t)
	out := t.TempDir()
	judged(t, bin, "build", book, "--out", out, "--package", "--quiet", "--date", "2024-11-01")
	z, err := zip.OpenReader(filepath.Join(out, "b.package.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	if err := os.CopyFS(filepath.Join(out, "package"), z); err != nil {
		t.Fatal(err)
	}
	cover := filepath.Join(out, "package", "b.cover.pdf")
	judged(t, "qpdf", "--check", cover)
	judged(t, "pdftoppm", "-r", "200", "-png", "-singlefile", cover, filepath.Join(out, "cover"))
	if got := judged(t, "zbarimg", "--quiet", "--nodbus", filepath.Join(out, "cover.png")); !strings.Contains(got, "EAN-13:9787302511656") {
		t.Errorf("zbarimg reads %q", got)
	}
	for i, line := range strings.Split(strings.TrimSpace(judged(t, "gs", "-q", "-o", "-", "-sDEVICE=inkcov", cover)), "\n") {
		var c, m, y, k float64
		if _, err := fmt.Sscan(line, &c, &m, &y, &k); err != nil || c+m+y > 0 || k == 0 {
			t.Errorf("cover, sheet %d: %s", i+1, line)
		}
	}
	sums := exec.Command("sha256sum", "--check", "--strict", "SHA256SUMS")
	sums.Dir = filepath.Join(out, "package")
	if said, err := sums.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, said)
	}
}

// TestConformKill: killed at any moment, a build leaves each file as it was or
// as it becomes; and where the manifest is the new one, so are all files.
func TestConformKill(t *testing.T) {
	const kills = 20
	bin, book := program(t)
	build := func(out, date string) *exec.Cmd {
		return exec.Command(bin, "build", book, "--out", out, "--quiet", "--date", date)
	}
	var folders [2]string
	var versions [2]map[string]string
	dates := [2]string{"2024-11-01", "2025-02-03"}
	began := time.Now()
	for i, d := range dates {
		folders[i] = t.TempDir()
		if err := build(folders[i], d).Run(); err != nil {
			t.Fatal(err)
		}
		versions[i] = digests(t, folders[i])
	}
	took := time.Since(began) / 2
	seed := rand.New(rand.NewPCG(1, 2))
	for i := range kills {
		out := filepath.Join(t.TempDir(), "out")
		if err := os.CopyFS(out, os.DirFS(folders[0])); err != nil {
			t.Fatal(err)
		}
		c := build(out, dates[1])
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(seed.Int64N(int64(took) * 11 / 10)))
		_ = c.Process.Kill() // it may have ended by itself
		_ = c.Wait()
		found := digests(t, out)
		whole := found["b.manifest.json"] == versions[1]["b.manifest.json"]
		for name, sum := range versions[0] {
			if now := found[name]; now != sum && now != versions[1][name] || whole && now != versions[1][name] {
				t.Errorf("kill %d: %s is neither old nor new, or old beside a new manifest", i, name)
			}
		}
	}
}

// digests are those of the book's files in a folder; temporary files of a build
// that was killed do not count.
func digests(t *testing.T, dir string) map[string]string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "b.*"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, n := range names {
		data, err := os.ReadFile(n)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(n)] = fmt.Sprintf("%x", sha256.Sum256(data))
	}
	return out
}
