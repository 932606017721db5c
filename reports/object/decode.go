package object

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
)

// Decode returns the data with its filter undone: none, or FlateDecode without
// predictor. More than limit bytes are an error, because a small stream can
// unfold to any size.
func (v Stream) Decode(limit int) ([]byte, error) {
	filter := v.Dict["Filter"]
	if a, ok := filter.(Array); ok && len(a) == 1 {
		filter = a[0]
	}
	_, parms := v.Dict["DecodeParms"]
	switch {
	case filter == nil:
		if len(v.Data) > limit {
			return nil, fmt.Errorf("stream longer than %d bytes", limit)
		}
		return v.Data, nil
	case filter != Name("FlateDecode") || parms:
		return nil, fmt.Errorf("stream with an unsupported filter")
	}
	z, err := zlib.NewReader(bytes.NewReader(v.Data))
	if err != nil {
		return nil, fmt.Errorf("unfold stream: %w", err)
	}
	out, err := io.ReadAll(io.LimitReader(z, int64(limit)+1))
	if err != nil {
		return nil, fmt.Errorf("unfold stream: %w", err)
	}
	if len(out) > limit {
		return nil, fmt.Errorf("stream longer than %d bytes", limit)
	}
	return out, nil
}
