package sqlite

import (
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// fileURI writes an absolute, slash-separated path as a SQLite URI. Windows
// drive letters ("C:/x") and shares ("//server/x") are understood.
// See https://www.sqlite.org/uri.html.
func fileURI(path string, query url.Values) string {
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	parts := strings.Split(path, "/")
	for i, p := range parts {
		parts[i] = url.PathEscape(p)
	}
	return "file://" + strings.Join(parts, "/") + "?" + query.Encode()
}

// dsn makes a data source name for the file at path. mode is one of SQLite's:
// "ro" or "rw"; neither creates a file. Pragmas belong to a connection, so they
// travel with the name to every connection of a pool.
func dsn(path, mode, lock string, busy time.Duration, pragmas ...string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	q := url.Values{
		"mode":    {mode},
		"_txlock": {lock},
		// Double-quoted text is never a string, so that a misspelt column is an error.
		"_dqs": {"0"},
		// No statement may damage the file's structure.
		"_defensive": {"1"},
		"_pragma": append([]string{
			"busy_timeout(" + strconv.FormatInt(busy.Milliseconds(), 10) + ")",
			"foreign_keys(1)",
			// Without it INSERT OR REPLACE deletes rows past the delete triggers.
			"recursive_triggers(1)",
			"trusted_schema(0)",
			// What is sorted never reaches a temporary file.
			"temp_store(MEMORY)",
		}, pragmas...),
	}
	return fileURI(filepath.ToSlash(abs), q), nil
}
