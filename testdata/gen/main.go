// Command gen writes the demonstration case, uncompressed, to the file named
// by -out, or to standard output. See assets/demo/README.md for the rest.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"garrod/review/reviewtest/made"
)

func main() {
	dir := flag.String("out", "", "folder for demo.vcf; standard output when empty")
	flag.Parse()
	if err := run(*dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(dir string) error {
	if dir == "" {
		return made.Demo(os.Stdout)
	}
	f, err := os.Create(filepath.Join(dir, "demo.vcf"))
	if err != nil {
		return err
	}
	if err := made.Demo(f); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
