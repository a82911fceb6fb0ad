package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/wire"
)

// writerVar makes the test binary a process that writes until it is killed.
const writerVar = "FNS_TEST_WRITER"

func TestMain(m *testing.M) {
	if dir := os.Getenv(writerVar); dir != "" {
		if err := writeForEver(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

func open(t testing.TB, dir string, change ...func(*Options)) *Store {
	t.Helper()
	o := Options{Dir: dir, Keys: Keys{Dir: dir + "-keys"}}
	for _, f := range change {
		f(&o)
	}
	s, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// writeForEver stores secrets, runs and files, and says what it has stored after
// each.
func writeForEver(dir string) error {
	ctx := context.Background()
	s, err := Open(ctx, Options{Dir: dir, Keys: Keys{Dir: dir + "-keys"}})
	if err != nil {
		return err
	}
	for {
		name := "N" + random()[:12]
		if err := s.AddSecret(ctx, AccountScope, name, "value of "+name, 1<<30); err != nil {
			return err
		}
		fmt.Println("secret", name)
		runs := []Run{{ID: name + "a", At: time.Now(), Route: "x"}, {ID: name + "b", At: time.Now(), Route: "x"}}
		if err := s.AddRuns(ctx, runs); err != nil {
			return err
		}
		fmt.Println("run", name+"b")
		if err := s.PutFile(ctx, File{Path: "a/" + name + ".js", Data: bytes.Repeat([]byte(name), 500)}, nil); err != nil {
			return err
		}
		fmt.Println("file", name)
	}
}

func TestNothingAcknowledgedIsLostWhenProcessesAreKilled(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "state")
	acknowledged := map[string]string{}
	var mu sync.Mutex
	rounds := 12
	if testing.Short() {
		rounds = 3
	}
	for round := range rounds {
		var wg sync.WaitGroup
		for range 2 { // at the same time
			cmd := exec.Command(os.Args[0])
			cmd.Env = append(os.Environ(), writerVar+"="+dir)
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			var stderr bytes.Buffer
			cmd.Stderr = &stderr
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			wg.Go(func() {
				var all bytes.Buffer
				buf := make([]byte, 4096)
				enough := 3 + 7*round // lines; then the process dies wherever it is
				for {
					n, err := out.Read(buf)
					all.Write(buf[:n])
					if enough > 0 && bytes.Count(all.Bytes(), []byte("\n")) >= enough {
						enough = 0
						_ = cmd.Process.Kill()
					}
					if err != nil {
						break
					}
				}
				if enough > 0 {
					t.Errorf("a writer failed: %s", stderr.String())
				}
				_ = cmd.Wait()
				mu.Lock()
				defer mu.Unlock()
				for line := range strings.Lines(all.String()) {
					if kind, name, ok := strings.Cut(strings.TrimSpace(line), " "); ok && strings.HasSuffix(line, "\n") {
						acknowledged[kind+" "+name] = name
					}
				}
			})
		}
		wg.Wait()
		s := open(t, dir)
		values, err := s.Secrets(t.Context(), AccountScope)
		if err != nil {
			t.Fatal(err)
		}
		for what, name := range acknowledged {
			switch kind, _, _ := strings.Cut(what, " "); kind {
			case "secret":
				if values[name] != "value of "+name {
					t.Errorf("%s = %q", what, values[name])
				}
			case "run":
				if _, err := s.Run(t.Context(), name); err != nil {
					t.Errorf("%s: %v", what, err)
				}
			case "file":
				f, err := s.File(t.Context(), "a/"+name+".js", false)
				if err != nil || !bytes.Equal(f.Data, bytes.Repeat([]byte(name), 500)) {
					t.Errorf("%s: %v", what, err)
				}
			}
		}
		var check string
		if err := s.read.QueryRowContext(t.Context(), "PRAGMA integrity_check").Scan(&check); err != nil || check != "ok" {
			t.Fatalf("after round %d: %s, %v", round, check, err)
		}
		_ = s.Close()
	}
	if len(acknowledged) < 20 {
		t.Errorf("only %d things were written", len(acknowledged))
	}
}

func TestSecretsAreEncryptedOnDisk(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "state")
	s := open(t, dir)
	ctx := t.Context()
	if err := s.AddSecret(ctx, AccountScope, "API_KEY", "very secret text", 2); err != nil {
		t.Fatal(err)
	}
	for err, want := range map[error]error{
		s.AddSecret(ctx, AccountScope, "API_KEY", "x", 2): ErrExists,
		s.SetSecret(ctx, AccountScope, "NONE", "x"):       ErrNotFound,
		s.DeleteSecret(ctx, AccountScope, "NOPE"):         ErrNotFound,
	} {
		if !errors.Is(err, want) {
			t.Errorf("got %v, want %v", err, want)
		}
	}
	if err := s.AddSecret(ctx, AppScope(3), "API_KEY", "another text", 2); err != nil {
		t.Fatal(err)
	}
	if err := s.AddSecret(ctx, AccountScope, "TWO", "two", 2); err != nil {
		t.Fatal(err)
	}
	if err := s.AddSecret(ctx, AccountScope, "THREE", "three", 2); !errors.Is(err, ErrFull) {
		t.Errorf("got %v, want %v", err, ErrFull)
	}
	if err := s.SetSecret(ctx, AccountScope, "TWO", "changed"); err != nil {
		t.Fatal(err)
	}
	_ = s.Close()
	for _, name := range []string{FileName, FileName + "-wal"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{"very secret", "another text", "changed"} {
			if bytes.Contains(data, []byte(text)) {
				t.Errorf("%s holds %q", name, text)
			}
		}
	}
	s = open(t, dir)
	got, err := s.Secrets(ctx, AccountScope)
	if diff := cmp.Diff(map[string]string{"API_KEY": "very secret text", "TWO": "changed"}, got); err != nil || diff != "" {
		t.Error(err, diff)
	}
	if runtime.GOOS != "windows" {
		for _, path := range []string{filepath.Join(dir, FileName), keyFile(t, dir)} {
			if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%s: %v, %v", path, info.Mode(), err)
			}
		}
	}
}

func keyFile(t *testing.T, dir string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir+"-keys", "*.key"))
	if err != nil || len(found) != 1 {
		t.Fatalf("keys: %v, %v", found, err)
	}
	return found[0]
}

func TestAValueUnderAnotherNameOrKeyIsNotGivenOut(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "state")
	s := open(t, dir)
	ctx := t.Context()
	for _, name := range []string{"A", "B"} {
		if err := s.AddSecret(ctx, AccountScope, name, "value "+name, 9); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.write.Exec("UPDATE secrets SET value = (SELECT value FROM secrets WHERE name = 'A')"); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Secrets(ctx, AccountScope); err == nil {
		t.Errorf("got %v", got)
	}
	_ = s.Close()
	if err := os.WriteFile(keyFile(t, dir), []byte(strings.Repeat("ab", 32)), 0o600); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir)
	var keyErr *KeyError
	if got, err := s.Secrets(ctx, AccountScope); !errors.As(err, &keyErr) {
		t.Errorf("got %v, %v", got, err)
	}
	if err := os.Remove(keyFile(t, dir)); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Secrets(ctx, AccountScope); !errors.As(err, &keyErr) || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, %v", got, err)
	}
	if err := s.Reset(ctx, "secrets"); err != nil {
		t.Fatal(err)
	}
	if err := s.AddSecret(ctx, AccountScope, "A", "new", 9); err != nil {
		t.Error(err)
	}
}

// ring is a keyring of a test.
type ring struct {
	mu    sync.Mutex
	texts map[string]string
	fails bool
}

func (r *ring) Get(name string) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if text, ok := r.texts[name]; ok {
		return text, nil
	}
	return "", fs.ErrNotExist
}

func (r *ring) Set(name, text string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fails {
		return errors.New("locked")
	}
	r.texts[name] = text
	return nil
}

func (r *ring) Delete(name string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.texts, name)
	return nil
}

func TestTheKeyIsInTheKeyringWhereThereIsOne(t *testing.T) {
	t.Parallel()
	for _, fails := range []bool{false, true} {
		r := &ring{texts: map[string]string{}, fails: fails}
		dir := filepath.Join(t.TempDir(), "state")
		with := func(o *Options) { o.Keys.Keyring = r }
		s := open(t, dir, with)
		if err := s.AddSecret(t.Context(), AccountScope, "A", "value", 9); err != nil {
			t.Fatal(err)
		}
		files, _ := filepath.Glob(filepath.Join(dir+"-keys", "*"))
		if len(r.texts)+len(files) != 1 || len(files) == 1 != fails {
			t.Errorf("fails=%v: %d keys in the ring, files %v", fails, len(r.texts), files)
		}
		again := open(t, dir, with)
		if got, err := again.Secrets(t.Context(), AccountScope); err != nil || got["A"] != "value" {
			t.Errorf("got %v, %v", got, err)
		}
		if err := s.Reset(t.Context()); err != nil || len(r.texts) != 0 {
			t.Errorf("after a reset: %v, %v", r.texts, err)
		}
	}
}

func TestStartingAtTheSameTimeMakesOneState(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "state")
	var wg sync.WaitGroup
	keys := make([]string, 8)
	for i := range keys {
		wg.Go(func() {
			s, err := Open(t.Context(), Options{Dir: dir, Keys: Keys{Dir: dir + "-keys"}})
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			if keys[i], err = s.AccessKey(t.Context()); err != nil {
				t.Error(err)
			}
			if err := s.AddSecret(t.Context(), AccountScope, "S"+strconv.Itoa(i), "v", 99); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, k := range keys {
		if k != keys[0] || k == "" {
			t.Errorf("keys %v", keys)
		}
	}
	if got, err := open(t, dir).Secrets(t.Context(), AccountScope); err != nil || len(got) != len(keys) {
		t.Errorf("%v, %v", got, err)
	}
	if text, err := os.ReadFile(filepath.Join(dir, ".gitignore")); err != nil || string(text) != "*\n" {
		t.Errorf(".gitignore: %q, %v", text, err)
	}
}

func TestMigrationsAreAppliedInOrderAndOnce(t *testing.T) {
	t.Parallel()
	db := sql.OpenDB(connector{dsn(filepath.Join(t.TempDir(), "x.db"), "immediate")})
	defer db.Close()
	steps := []string{"CREATE TABLE a (x)", "INSERT INTO a VALUES (1)", "INSERT INTO a VALUES (2)"}
	for n := 1; n <= 3; n++ {
		for range 2 {
			if err := migrate(t.Context(), db, steps[:n]); err != nil {
				t.Fatal(err)
			}
		}
	}
	if got, err := column[int](t.Context(), db, "SELECT x FROM a ORDER BY x"); err != nil || !cmp.Equal(got, []int{1, 2}) {
		t.Errorf("%v, %v", got, err)
	}
	var newer *VersionError
	if err := migrate(t.Context(), db, steps[:2]); !errors.As(err, &newer) || newer.Have != 3 {
		t.Errorf("an older program: %v", err)
	}
	if err := migrate(t.Context(), db, append(steps, "INSERT INTO a VALUES (3); broken")); err == nil {
		t.Error("a broken step went through")
	}
	if got, _ := column[int](t.Context(), db, "SELECT x FROM a"); len(got) != 2 {
		t.Errorf("a broken step has left %v", got)
	}
}

func TestOldAndManyRunsAreDeleted(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	s := open(t, filepath.Join(t.TempDir(), "state"), func(o *Options) {
		o.Now = func() time.Time { return now }
		o.Logs = Bounds{Age: time.Hour, Size: 3000}
	})
	add := func(id string, at time.Time, log string) {
		t.Helper()
		if err := s.AddRuns(t.Context(), []Run{{ID: id, At: at, Route: "r", Log: log}}); err != nil {
			t.Fatal(err)
		}
	}
	add("old", now.Add(-2*time.Hour), "")
	add("one", now, strings.Repeat("x", 1500))
	add("two", now, strings.Repeat("x", 1500))
	add("three", now, "")
	if err := s.Prune(t.Context()); err != nil {
		t.Fatal(err)
	}
	runs, err := s.Runs(t.Context(), RunQuery{Route: "r"})
	var ids []string
	for _, r := range runs {
		ids = append(ids, r.ID)
	}
	if diff := cmp.Diff([]string{"three", "two"}, ids); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestFilesAreMovedAndDeletedWithWhatIsInThem(t *testing.T) {
	t.Parallel()
	s := open(t, filepath.Join(t.TempDir(), "state"))
	ctx := t.Context()
	for _, p := range []string{"ü/a.js", "ü/b/c.js", "üx.js", "z.js"} {
		if err := s.PutFile(ctx, File{Path: p, Data: []byte(p)}, nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.PutFile(ctx, File{Path: "ü"}, nil); !errors.Is(err, ErrExists) {
		t.Errorf("a file in place of a folder: %v", err)
	}
	if err := s.PutFile(ctx, File{Path: "z.js/inside.js"}, nil); !errors.Is(err, ErrExists) {
		t.Errorf("a file below a file: %v", err)
	}
	if err := s.MoveFiles(ctx, "ü", "z.js", nil); !errors.Is(err, ErrExists) {
		t.Errorf("a move onto a file: %v", err)
	}
	if err := s.MoveFiles(ctx, "ü", "ü/b/d", nil); !errors.Is(err, ErrExists) {
		t.Errorf("a move into itself: %v", err)
	}
	if err := s.MoveFiles(ctx, "ü", "new/ä", nil); err != nil {
		t.Fatal(err)
	}
	e, err := s.Entry(ctx, "new/ä")
	if diff := cmp.Diff([]string{"a.js", "b"}, e.Children); err != nil || diff != "" {
		t.Error(err, diff)
	}
	if f, err := s.File(ctx, "new/ä/b/c.js", false); err != nil || string(f.Data) != "ü/b/c.js" {
		t.Errorf("%q, %v", f.Data, err)
	}
	if err := s.DeleteFiles(ctx, "new", nil); err != nil {
		t.Fatal(err)
	}
	root, err := s.Entry(ctx, "")
	if diff := cmp.Diff([]string{"z.js", "üx.js"}, root.Children); err != nil || diff != "" {
		t.Error(err, diff)
	}
}

// hs takes a key that begins with a dash for flags.
func TestTheKeyIsOneWordForACommandLine(t *testing.T) {
	t.Parallel()
	key, err := open(t, t.TempDir()).AccessKey(t.Context())
	if err != nil || len(key) < 26 || strings.Trim(key, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") != "" {
		t.Errorf("%q, %v", key, err)
	}
}

func TestExportAndImportKeepTheWholeState(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	s := open(t, filepath.Join(t.TempDir(), "one"))
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(s.AddSecret(ctx, AccountScope, "KEY", "secret value", 9))
	must(s.AddRuns(ctx, []Run{{ID: "1", At: time.Now(), Route: "r", Log: "hi"}}))
	must(s.PutFile(ctx, File{Path: "a.js", Data: []byte{0, 255}}, nil))
	pr, err := s.CreateProject(ctx, "p")
	must(err)
	_, err = s.AddBuild(ctx, pr.ID, nil, func(id int64) Build { return Build{State: wire.Build{Status: wire.StateSuccess, ProjectName: "p"}} })
	must(err)
	_, err = s.EnsureApp(ctx, pr.ID, "app", wire.App{Name: "A"})
	must(err)

	var plain, full bytes.Buffer
	must(s.Export(ctx, &plain, false))
	must(s.Export(ctx, &full, true))
	if bytes.Contains(plain.Bytes(), []byte("secret value")) || !bytes.Contains(full.Bytes(), []byte("secret value")) {
		t.Error("secrets are in the wrong export")
	}
	other := open(t, filepath.Join(t.TempDir(), "two"))
	must(other.AddSecret(ctx, AccountScope, "OLD", "old", 9))
	must(other.Import(ctx, bytes.NewReader(plain.Bytes())))
	if names, err := other.SecretNames(ctx, AccountScope); err != nil || !cmp.Equal(names, []string{"OLD"}) {
		t.Errorf("secrets after an import without any: %v, %v", names, err)
	}
	must(other.Import(ctx, bytes.NewReader(full.Bytes())))
	var again bytes.Buffer
	must(other.Export(ctx, &again, true))
	if diff := cmp.Diff(full.String(), again.String()); diff != "" {
		t.Error(diff)
	}
	for _, text := range []string{"", "{}", `{"fnsPortal":99,"schema":1}`, full.String()[:full.Len()/2], strings.Replace(full.String(), `"t":"files"`, `"t":"meta"`, 1)} {
		if err := other.Import(ctx, strings.NewReader(text)); !errors.Is(err, ErrFormat) {
			t.Errorf("import of %.60q: %v", text, err)
		}
	}
	var still bytes.Buffer
	must(other.Export(ctx, &still, true))
	if still.String() != full.String() {
		t.Error("a failed import changed the state")
	}
}

func FuzzImport(f *testing.F) {
	f.Add(`{"fnsPortal":1,"schema":1,"secrets":true}` + "\n" + `{"t":"secrets","v":[{"s":"a"},{"s":"b"},{"s":"c"},{"i":1},{"i":1}]}`)
	f.Add(`{"fnsPortal":1,"schema":1}` + "\n" + `{"t":"files","v":[{"s":"a"},{"i":0},{"b":"AA=="},{"i":1},{}]}`)
	s := open(f, filepath.Join(f.TempDir(), "state"))
	f.Fuzz(func(t *testing.T, text string) {
		if err := s.Import(t.Context(), strings.NewReader(text)); err != nil && !errors.Is(err, ErrFormat) {
			t.Error(err)
		}
	})
}

func TestRunsOutliveTheLossOfTheirIndex(t *testing.T) {
	t.Parallel()
	db := sql.OpenDB(connector{dsn(filepath.Join(t.TempDir(), "x.db"), "immediate")})
	t.Cleanup(func() { _ = db.Close() })
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ctx := t.Context()
	must(migrate(ctx, db, migrations()[:1]))
	_, err := db.ExecContext(ctx, `INSERT INTO runs (seq, id, at, route, function, app, system, failed, size, doc) VALUES (7, 'a', 1, 'r', 'f', 0, '', 0, 2, '{"id":"a"}'), (9, 'b', 2, 'r', 'f', 0, '', 0, 2, '{"id":"b"}')`)
	must(err)
	_, err = db.ExecContext(ctx, "DELETE FROM runs WHERE seq = 7")
	must(err)
	must(migrate(ctx, db, migrations()))
	_, err = db.ExecContext(ctx, "INSERT INTO runs (id, at, route, function, app, system, failed, size, doc) VALUES ('c', 3, 'r', 'f', 0, '', 0, 2, '{}')")
	must(err)
	seqs, err := column[int64](ctx, db, "SELECT seq FROM runs ORDER BY seq")
	must(err)
	if !slices.Equal(seqs, []int64{9, 10}) {
		t.Errorf("the runs are %v, want 9 and 10", seqs)
	}
	indexes, err := column[string](ctx, db, "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'runs' ORDER BY name")
	must(err)
	if !slices.Equal(indexes, []string{"runs_by_app", "runs_by_route"}) {
		t.Errorf("the indexes are %v", indexes)
	}
}
