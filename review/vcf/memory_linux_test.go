//go:build linux

package vcf

import (
	"context"
	"os"
	"os/exec"
	"runtime/debug"
	"strings"
	"syscall"
	"testing"
)

// checkEnv names the files that the test binary, run again, is to check.
const checkEnv = "GARROD_CHECK_FILES"

func TestMain(m *testing.M) {
	if files := os.Getenv(checkEnv); files != "" {
		for f := range strings.SplitSeq(files, "\n") {
			_, _ = Check(context.Background(), f, nil) // the report is tested elsewhere
			debug.FreeOSMemory()
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
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
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		t.Fatal("no resource usage")
	}
	t.Logf("%d files, %d MB", len(small), usage.Maxrss>>10)
	if usage.Maxrss>>10 > 64 {
		t.Errorf("%d MB for files of up to 1 MB, want at most 64", usage.Maxrss>>10)
	}
}
