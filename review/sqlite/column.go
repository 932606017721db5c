package sqlite

import (
	"encoding/json"
	"fmt"
	"time"
)

// timeLayout writes UTC times so that their text sorts by time.
const timeLayout = "2006-01-02T15:04:05.000000Z"

// utc is a time as the store keeps it.
func utc(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

func timeText(t time.Time) string { return utc(t).Format(timeLayout) }

// timeColumn scans what timeText wrote.
type timeColumn struct{ *time.Time }

// Scan reads the text of a time.
func (c timeColumn) Scan(src any) error {
	text, ok := src.(string)
	if !ok {
		return fmt.Errorf("stored time is a %T", src)
	}
	t, err := time.Parse(timeLayout, text)
	if err != nil {
		return fmt.Errorf("stored time: %w", err)
	}
	*c.Time = t
	return nil
}

// jsonText is v as JSON for a text column; nil, for NULL, where the JSON is null.
func jsonText(v any) (any, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	if string(b) == "null" {
		return nil, nil
	}
	return string(b), nil
}

// jsonColumn scans what jsonText wrote; NULL leaves its value alone.
type jsonColumn struct{ v any }

// Scan reads JSON.
func (c jsonColumn) Scan(src any) error {
	switch src := src.(type) {
	case nil:
		return nil
	case string:
		if err := json.Unmarshal([]byte(src), c.v); err != nil {
			return fmt.Errorf("stored JSON: %w", err)
		}
		return nil
	default:
		return fmt.Errorf("stored JSON is a %T", src)
	}
}

// orNull is text for a column in which NULL means "none", a foreign key mostly.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// textColumn scans what orNull wrote.
type textColumn struct{ s *string }

// Scan reads text or NULL.
func (c textColumn) Scan(src any) error {
	switch src := src.(type) {
	case nil:
		*c.s = ""
	case string:
		*c.s = src
	default:
		return fmt.Errorf("stored text is a %T", src)
	}
	return nil
}

// seal protects the value of one identity column; empty text is NULL. column is
// "table.column", row what names the row.
func (t *tx) seal(column, row, plain string) (any, error) {
	if plain == "" {
		return nil, nil
	}
	sealed, err := t.store.opt.Sealer.Seal(column+"/"+row, []byte(plain))
	if err != nil {
		return nil, fmt.Errorf("seal %s: %w", column, err)
	}
	return sealed, nil
}

// open is the inverse of seal.
func (t *tx) open(column, row string, sealed []byte) (string, error) {
	if sealed == nil {
		return "", nil
	}
	plain, err := t.store.opt.Sealer.Open(column+"/"+row, sealed)
	if err != nil {
		return "", fmt.Errorf("open %s: %w", column, err)
	}
	return string(plain), nil
}
