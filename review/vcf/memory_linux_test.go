package vcf

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
)

// checkEnv names the files that the test binary, run again, is to check.
const checkEnv = "GARROD_CHECK_FILES"

func TestMain(m *testing.M) {
	files := os.Getenv(checkEnv)
	if files == "" {
		os.Exit(m.Run())
	}
	for f := range strings.SplitSeq(files, "\n") {
		_, _ = Check(context.Background(), f, nil) // the report is tested elsewhere
		debug.FreeOSMemory()
	}
	// What the kernel says of this program alone: the usage that a parent is told
	// of counts the parent's own memory, too.
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		os.Exit(1)
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	fmt.Print(strings.Fields(rest)[0])
	os.Exit(0)
}

// No conformance file of up to 1 MB takes more than 64 MB of memory.
func TestCheckMemory(t *testing.T) {
	root := shared(t)
	var small []string
	for _, f := range vcfFiles(t, root, "conformance") {
		if st, err := os.Stat(f); err == nil && st.Size() <= 1<<20 {
			small = append(small, f)
		}
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), checkEnv+"="+strings.Join(small, "\n"))
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	kb, err := strconv.Atoi(string(out))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files, %d MB", len(small), kb>>10)
	if kb>>10 > 64 {
		t.Errorf("%d MB for files of up to 1 MB, want at most 64", kb>>10)
	}
}
