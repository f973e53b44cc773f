package main

import (
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"time"
)

// writeAll writes files into dir so that each is the old one or the new one,
// whatever happens: all are written and synced under temporary names first,
// then renamed, the one called last (the manifest) after the others. On error
// or interrupt the temporary files are removed and what was there stays.
func writeAll(dir string, files map[string][]byte, last string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make output folder: %w", err)
	}
	names := make([]string, 0, len(files))
	for n := range files {
		names = append(names, n)
	}
	slices.SortFunc(names, func(a, b string) int {
		if (a == last) != (b == last) {
			if a == last {
				return 1
			}
			return -1
		}
		return compare(a, b)
	})
	sweep(dir)
	var t temporaries
	defer t.remove()
	stop := t.onInterrupt()
	defer stop()
	for _, n := range names {
		if err := t.write(dir, n, files[n]); err != nil {
			return fmt.Errorf("write %s: %w (the files that were in %s are untouched)", n, err, dir)
		}
	}
	for _, n := range names {
		if err := t.rename(n, filepath.Join(dir, n)); err != nil {
			return fmt.Errorf("write %s: %w", n, err)
		}
	}
	return nil
}

func compare(a, b string) int {
	if a < b {
		return -1
	}
	if a > b {
		return 1
	}
	return 0
}

// sweep removes the temporary files of builds that were killed: those that
// nothing has written to for an hour. What cannot be removed does no harm.
func sweep(dir string) {
	old, err := filepath.Glob(filepath.Join(dir, temporary))
	if err != nil {
		return // of a bad pattern only: the folder's name holds one
	}
	for _, f := range old {
		if st, err := os.Stat(f); err == nil && time.Since(st.ModTime()) > time.Hour {
			os.Remove(f)
		}
	}
}

// temporary is the pattern of temporary files' names.
const temporary = ".banxin-*"

// temporaries are files under temporary names, by their final name.
type temporaries struct {
	mu    sync.Mutex
	paths map[string]string
}

func (t *temporaries) write(dir, name string, data []byte) error {
	f, err := os.CreateTemp(dir, temporary)
	if err != nil {
		return err
	}
	t.mu.Lock()
	if t.paths == nil {
		t.paths = map[string]string{}
	}
	t.paths[name] = f.Name()
	t.mu.Unlock()
	if _, err = f.Write(data); err == nil {
		if err = f.Chmod(0o644); err == nil {
			err = f.Sync()
		}
	}
	if e := f.Close(); err == nil {
		err = e
	}
	return err
}

func (t *temporaries) rename(name, to string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := os.Rename(t.paths[name], to); err != nil {
		return err
	}
	delete(t.paths, name)
	return nil
}

func (t *temporaries) remove() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, p := range t.paths {
		os.Remove(p) // nothing more can be done about a failure here
	}
	t.paths = nil
}

// onInterrupt removes the temporary files if the program is interrupted while
// it writes, then ends it as the signal would have.
func (t *temporaries) onInterrupt() (stop func()) {
	c := make(chan os.Signal, 1)
	done := make(chan struct{})
	signal.Notify(c, os.Interrupt, syscall.SIGTERM)
	go func() {
		select {
		case <-c:
			t.remove()
			os.Exit(130)
		case <-done:
		}
	}()
	return func() { signal.Stop(c); close(done) }
}
