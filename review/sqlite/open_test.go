package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"garrod/review"
	"garrod/review/reviewtest"

	"github.com/google/go-cmp/cmp"
)

// raw opens a second connection beside the store, as another program would.
func raw(t testing.TB, path string) *sql.DB {
	t.Helper()
	name, err := dsn(path, "rw", "immediate", time.Second)
	if err != nil {
		t.Fatal(err)
	}
	db, err := openPool(name, 1)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func mustExec(t testing.TB, db *sql.DB, statements ...string) {
	t.Helper()
	for _, s := range statements {
		if _, err := db.ExecContext(t.Context(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

// closed makes a laboratory with a case in it and closes it again.
func closed(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "lab.sqlite")
	s, err := Create(t.Context(), path, options())
	if err != nil {
		t.Fatal(err)
	}
	reviewtest.SeedCase(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func wantInput(t *testing.T, err error, code string) {
	t.Helper()
	in, ok := errors.AsType[*review.InputError](err)
	if !ok {
		t.Fatalf("got error %v, want an InputError %s", err, code)
	}
	if in.Code != code || in.File == "" || in.What == "" || in.Remedy == "" {
		t.Errorf("got %+v, want code %s with a file, what is wrong and a remedy", in, code)
	}
}

// TestOpenRefuses opens what is not a usable laboratory: the answer says what
// to do, and the file stays as it is.
func TestOpenRefuses(t *testing.T) {
	for _, tt := range []struct {
		name, code string
		make       func(t *testing.T) string
	}{
		{"missing", "store_missing", func(t *testing.T) string { return filepath.Join(t.TempDir(), "none") }},
		{"folder", "store_not_garrod", func(t *testing.T) string { return t.TempDir() }},
		{"empty", "store_not_garrod", func(t *testing.T) string { return write(t, "") }},
		{"text", "store_not_garrod", func(t *testing.T) string { return write(t, strings.Repeat("not a database\n", 999)) }},
		{"another program's", "store_not_garrod", func(t *testing.T) string {
			path := write(t, "")
			db := raw(t, path)
			mustExec(t, db, "CREATE TABLE contacts (name TEXT)")
			return path
		}},
		{"newer", "store_newer", func(t *testing.T) string {
			path := closed(t)
			name, _ := dsn(path, "rw", "immediate", time.Second)
			db, err := openPool(name, 1)
			if err != nil {
				t.Fatal(err)
			}
			mustExec(t, db, fmt.Sprintf("PRAGMA user_version = %d", SchemaVersion+1))
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			return path
		}},
		{"damaged", "store_corrupt", func(t *testing.T) string {
			path := closed(t)
			b := read(t, path)
			// The first page holds the schema; its header stays.
			for i := 100; i < 4000; i++ {
				b[i] = 0xA5
			}
			if err := os.WriteFile(path, b, 0o600); err != nil {
				t.Fatal(err)
			}
			return path
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := tt.make(t)
			before, _ := os.ReadFile(path)
			s, err := Open(t.Context(), path, options())
			if err == nil {
				t.Fatal(errors.Join(errors.New("it was opened"), s.Close()))
			}
			wantInput(t, err, tt.code)
			if after, _ := os.ReadFile(path); string(after) != string(before) {
				t.Error("the file was changed")
			}
		})
	}
}

func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "some.file")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func read(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestOpenLocked(t *testing.T) {
	path := closed(t)
	db := raw(t, path)
	mustExec(t, db, "BEGIN IMMEDIATE")
	opt := options()
	opt.Busy = 20 * time.Millisecond
	_, err := Open(t.Context(), path, opt)
	wantInput(t, err, "store_locked")
	mustExec(t, db, "ROLLBACK")
	s, err := Open(t.Context(), path, opt)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()

	mustExec(t, db, "BEGIN IMMEDIATE")
	c := reviewtest.Case()
	c.ID = "C-0002"
	wantInput(t, reviewtest.TrySave(t, s, &c), "store_locked")
	mustExec(t, db, "ROLLBACK")
	reviewtest.Save(t, s, &c)
}

func TestReadOnlyFolder(t *testing.T) {
	if os.Geteuid() == 0 || runtime.GOOS == "windows" {
		t.Skip("needs a user whom file modes bind")
	}
	path := closed(t)
	chmod(t, path, 0o400)
	chmod(t, filepath.Dir(path), 0o500)
	_, err := Open(t.Context(), path, options())
	in, ok := errors.AsType[*review.InputError](err)
	if !ok || (in.Code != "store_read_only" && in.Code != "store_cannot_open") {
		t.Errorf("open in a read-only folder: got %v", err)
	}
	_, err = Create(t.Context(), filepath.Join(filepath.Dir(path), "new"), options())
	wantInput(t, err, "store_cannot_create")
}

func chmod(t *testing.T, path string, mode fs.FileMode) {
	t.Helper()
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(path, 0o700) })
}

func TestCreateRefuses(t *testing.T) {
	path := write(t, "somebody's file")
	_, err := Create(t.Context(), path, options())
	wantInput(t, err, "store_exists")
	if got := string(read(t, path)); got != "somebody's file" {
		t.Errorf("the file that was there now holds %q", got)
	}
	_, err = Create(t.Context(), filepath.Join(t.TempDir(), "no", "folder"), options())
	wantInput(t, err, "store_cannot_create")
	if _, err := Create(t.Context(), filepath.Join(t.TempDir(), "x"), Options{}); err == nil {
		t.Error("a store without a clock was made")
	}
}

// TestCreateLeavesNothing cancels in the middle.
func TestCreateLeavesNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	opt := options()
	opt.Clock = review.ClockFunc(func() time.Time { // asked while the schema is made
		cancel()
		return reviewtest.Start
	})
	dir := t.TempDir()
	_, err := Create(ctx, filepath.Join(dir, "lab.sqlite"), opt)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got error %v, want that of the context", err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left in the folder: %v", left)
	}
}

func TestFileMode(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no file modes on Windows")
	}
	path := filepath.Join(t.TempDir(), "lab.sqlite")
	s, err := Create(t.Context(), path, options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	reviewtest.Seed(t, s)
	for _, suffix := range []string{"", "-wal", "-shm"} {
		st, err := os.Stat(path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if st.Mode().Perm() != 0o600 {
			t.Errorf("mode of the file%s: got %o, want 600", suffix, st.Mode().Perm())
		}
	}
}

// TestPaths makes, closes and opens laboratories in files of awkward names.
func TestPaths(t *testing.T) {
	for _, name := range []string{
		"a b.sqlite", "50%25.sqlite", "what?.sqlite", "nr#1.sqlite", "Ærø-検査-é.sqlite", "a&b=c;d+e.sqlite", "file:x", `back\slash`,
		":memory:", "'q\"uote",
	} {
		t.Run(name, func(t *testing.T) {
			if runtime.GOOS == "windows" && strings.ContainsAny(name, `?:\"`) {
				t.Skip("not a file name on Windows")
			}
			dir := filepath.Join(t.TempDir(), name+".d")
			if err := os.Mkdir(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(dir, name)
			s, err := Create(t.Context(), path, options())
			if err != nil {
				t.Fatal(err)
			}
			reviewtest.SeedCase(t, s)
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			if left, _ := os.ReadDir(dir); len(left) != 1 || left[0].Name() != name {
				t.Errorf("in the folder: %v, want %q only", left, name)
			}
			s, err = Open(t.Context(), path, options())
			if err != nil {
				t.Fatal(err)
			}
			reviewtest.Load(t, s, review.Tx.FindCase, "C-0001")
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestFileURI(t *testing.T) {
	for _, tt := range []struct{ path, want string }{
		{"/labs/a b/x.sqlite", "file:///labs/a%20b/x.sqlite?"},
		{"C:/labs/nr#1?/50%.sqlite", "file:///C:/labs/nr%231%3F/50%25.sqlite?"},
		{"//server/share/é.sqlite", "file:////server/share/%C3%A9.sqlite?"},
	} {
		if got := fileURI(tt.path, nil); got != tt.want {
			t.Errorf("fileURI(%q): got %q, want %q", tt.path, got, tt.want)
		}
	}
}

// TestRelativePath opens a file by a path relative to the working folder.
func TestRelativePath(t *testing.T) {
	t.Chdir(t.TempDir())
	s := create(t, "lab.sqlite")
	reviewtest.Seed(t, s)
	if _, err := os.Stat("lab.sqlite-wal"); err != nil {
		t.Error(err)
	}
}

func TestMigrate(t *testing.T) {
	path := write(t, "")
	db := raw(t, path)
	files := fstest.MapFS{
		"0001_one.sql": {Data: []byte("CREATE TABLE schema_migration (version INTEGER, name TEXT, applied_at TEXT) STRICT; CREATE TABLE one (x INTEGER) STRICT;")},
		"0002_two.sql": {Data: []byte("CREATE TABLE two (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1);")},
	}
	if err := migrate(t.Context(), path, db, reviewtest.NewClock(), files); err == nil {
		t.Fatal("a migration that cannot work worked")
	}
	// The first one stays, nothing of the second does.
	wantTables(t, db, 1, "one", "schema_migration")

	files["0002_two.sql"] = &fstest.MapFile{Data: []byte("CREATE TABLE two (x INTEGER) STRICT;")}
	for range 2 { // the second time there is nothing to do
		if err := migrate(t.Context(), path, db, reviewtest.NewClock(), files); err != nil {
			t.Fatal(err)
		}
		wantTables(t, db, 2, "one", "schema_migration", "two")
	}
	delete(files, "0002_two.sql")
	wantInput(t, migrate(t.Context(), path, db, reviewtest.NewClock(), files), "store_newer")
}

func TestSchemaVersion(t *testing.T) {
	names, err := fs.Glob(shipped(), "*.sql")
	if err != nil || len(names) != SchemaVersion {
		t.Errorf("migrations: got %d, %v, want %d", len(names), err, SchemaVersion)
	}
	for i, name := range names {
		if want := fmt.Sprintf("%04d_", i+1); !strings.HasPrefix(name, want) {
			t.Errorf("migration %s: want its name to begin with %s", name, want)
		}
	}
}

func wantTables(t *testing.T, db *sql.DB, version int, want ...string) {
	t.Helper()
	var have int
	if err := db.QueryRowContext(t.Context(), "PRAGMA user_version").Scan(&have); err != nil || have != version {
		t.Errorf("schema version: got %d, %v, want %d", have, err, version)
	}
	var got []string
	rows, err := db.QueryContext(t.Context(), "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		got = append(got, name)
	}
	if diff := cmp.Diff(want, got); diff != "" || rows.Err() != nil {
		t.Errorf("tables (-want +got):\n%s%v", diff, rows.Err())
	}
}

// TestStrict checks that every table is STRICT, so that no column ever holds a
// value of another type.
func TestStrict(t *testing.T) {
	path := closed(t)
	var n int
	err := raw(t, path).QueryRowContext(t.Context(),
		"SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict AND name NOT LIKE 'sqlite%'").Scan(&n)
	if err != nil || n != 0 {
		t.Errorf("tables that are not strict: %d, %v", n, err)
	}
}
