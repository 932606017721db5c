package fonts

import (
	"bytes"
	"strings"
	"testing"
)

func TestFontsAreTrueType(t *testing.T) {
	for name, b := range map[string][]byte{"sans": Sans(), "bold": Bold(), "mono": Mono()} {
		if !bytes.HasPrefix(b, []byte{0, 1, 0, 0}) {
			t.Errorf("%s is not a TrueType file", name)
		}
	}
	if !strings.Contains(Licence, "SIL OPEN FONT LICENSE Version 1.1") {
		t.Error("the licence text is not the OFL")
	}
}
