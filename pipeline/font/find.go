package font

import (
	"cmp"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
)

// found is a face that bears a name some wish asks for.
type found struct {
	description
	file   *fontFile
	index  int
	dir    directory
	folder int
}

// scan reads the names of every font file of the folders and returns the
// faces of wanted families, in order of folder, path and index. A file that
// cannot be read is no font: it is passed over.
func scan(folders []fs.FS, wanted map[string]bool) ([]*found, error) {
	type job struct {
		folder int
		path   string
	}
	var jobs []job
	for i, folder := range folders {
		if folder == nil {
			continue
		}
		err := fs.WalkDir(folder, ".", func(p string, e fs.DirEntry, err error) error {
			if err != nil {
				// A folder that is not there, or not ours to read, has no fonts.
				if e != nil && e.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			if isFontName(p) && !e.IsDir() {
				jobs = append(jobs, job{i, p})
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	results := make([][]*found, len(jobs))
	var wg sync.WaitGroup
	next := make(chan int, len(jobs))
	for i := range jobs {
		next <- i
	}
	close(next)
	for range min(4, len(jobs)) {
		wg.Go(func() {
			for i := range next {
				results[i] = scanFile(folders[jobs[i].folder], jobs[i].folder, jobs[i].path, wanted)
			}
		})
	}
	wg.Wait()
	return slices.Concat(results...), nil
}

func isFontName(p string) bool {
	switch strings.ToLower(path.Ext(p)) {
	case ".ttf", ".otf", ".ttc", ".otc":
		return true
	}
	return false
}

func scanFile(folder fs.FS, number int, name string, wanted map[string]bool) []*found {
	file, err := folder.Open(name)
	if err != nil {
		return nil
	}
	defer file.Close()
	at, size, err := readerAt(file)
	if err != nil {
		return nil
	}
	dirs, err := readDirectories(at, size)
	if err != nil {
		return nil
	}
	var out []*found
	shared := &fontFile{fsys: folder, path: name}
	for i := range dirs {
		d := describe(at, &dirs[i], wanted)
		if len(d.families) > 0 {
			out = append(out, &found{description: d, file: shared, index: i, dir: dirs[i], folder: number})
		}
	}
	return out
}

// Weights by which regular and bold faces are sought, and from which on a face
// passes for bold.
const (
	regularWeight = 400
	boldWeight    = 700
	boldFrom      = 600
)

// choose returns the face of the family that is nearest to the style, and
// whether it is what was asked: a bold face for bold, an italic for italic.
// Static faces go before variable ones, nearer weights before farther, earlier
// folders before later.
func choose(faces []*found, family string, bold, italic bool) (best *found, exact bool) {
	weight := regularWeight
	if bold {
		weight = boldWeight
	}
	rank := func(f *found) [4]int {
		distance := f.weight - weight
		if distance < 0 {
			distance = -distance
		}
		return [4]int{truth(f.italic != italic), truth(f.variable), distance, f.folder}
	}
	for _, f := range faces {
		if !contains(f.families, family) {
			continue
		}
		if best == nil || compare(rank(f), rank(best)) < 0 {
			best = f
		}
	}
	if best == nil {
		return nil, false
	}
	return best, best.italic == italic && (best.weight >= boldFrom) == bold
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

func compare(a, b [4]int) int {
	for i := range a {
		if c := cmp.Compare(a[i], b[i]); c != 0 {
			return c
		}
	}
	return 0
}
