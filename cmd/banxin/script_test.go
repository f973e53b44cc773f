package main

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"banxin": func() { os.Exit(run(os.Args, os.Stdout, os.Stderr)) },
	})
}

// TestScripts runs the command as people and CI do: one behaviour a script.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:  "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"fill": fill, "png": claim},
		Setup: func(e *testscript.Env) error {
			e.Setenv("LANG", "C")
			e.Setenv("HOME", e.WorkDir)
			return nil
		},
	})
}

// fill FILE COUNT TEXT [HEAD [TAIL]] writes HEAD, TEXT so many times, and TAIL;
// \n in them is a line end.
func fill(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: fill file count text [head [tail]]")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	args = append(args, "", "")
	text := args[3] + strings.Repeat(args[2], n) + args[4]
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.ReplaceAll(text, `\n`, "\n")), 0o666))
}

// claim is png FILE WIDTH HEIGHT: a file that says it has so many pixels and
// holds none.
func claim(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: png file width height")
	}
	w, err := strconv.ParseUint(args[1], 10, 32)
	ts.Check(err)
	h, err := strconv.ParseUint(args[2], 10, 32)
	ts.Check(err)
	var b bytes.Buffer
	b.WriteString("\x89PNG\r\n\x1a\n")
	chunk := func(kind string, data []byte) {
		body := append([]byte(kind), data...)
		b.Write(binary.BigEndian.AppendUint32(nil, uint32(len(data))))
		b.Write(body)
		b.Write(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(body)))
	}
	head := binary.BigEndian.AppendUint32(nil, uint32(w))
	head = binary.BigEndian.AppendUint32(head, uint32(h))
	chunk("IHDR", append(head, 8, 0, 0, 0, 0))
	chunk("IDAT", []byte{0x78, 0x9c, 3, 0, 0, 0, 0, 1})
	chunk("IEND", nil)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o666))
}
