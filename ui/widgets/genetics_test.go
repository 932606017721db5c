package widgets_test

import (
	"testing"

	"garrod/ui/widgets"
)

func TestShareKeepsAllAndNoneApart(t *testing.T) {
	for _, tt := range []struct {
		share float64
		want  string
	}{
		{0, "0 %"}, {0.0002, "<0.1 %"}, {0.15, "15 %"}, {0.5125, "51.2 %"}, {0.9996, ">99.9 %"}, {1, "100 %"},
	} {
		if got := widgets.Share(tt.share); got != tt.want {
			t.Errorf("Share(%v) = %q, want %q", tt.share, got, tt.want)
		}
	}
}
