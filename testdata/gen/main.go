// Command gen writes made-up inputs: the demonstration case (-out), or files as
// large as a whole genome's (-records, -kind, -o).
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"

	"garrod/review"
	"garrod/review/reviewtest/made"
	"garrod/review/reviewtest/made/large"
)

func main() {
	var f large.File
	dir := flag.String("out", "", "folder for the demonstration case, demo.vcf (uncompressed)")
	path := flag.String("o", "", "file to write: FILE.vcf.gz for a trio or an exome, which gets its index FILE.vcf.gz.tbi (needs bgzip and tabix)")
	flag.StringVar((*string)(&f.Kind), "kind", string(large.Trio), "trio, exome, ped (the pedigree) or genes (the gene model as BED)")
	flag.IntVar(&f.Records, "records", 500_000, "data records of a trio or an exome")
	flag.Uint64Var(&f.Seed, "seed", 1, "the same seed gives the same file")
	flag.StringVar((*string)(&f.Sex), "sex", string(review.Male), "the proband's sex: male or female")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, f, *dir, *path, flag.Args())
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, f large.File, dir, path string, rest []string) error {
	switch {
	case len(rest) > 0:
		return fmt.Errorf("unknown argument %q", rest[0])
	case dir != "" && path != "":
		return errors.New("-out makes the demonstration case, -o a large file: give one of them")
	case path != "":
		return f.Save(ctx, path)
	case dir == "":
		return made.Demo(os.Stdout)
	}
	out, err := os.Create(filepath.Join(dir, "demo.vcf"))
	if err != nil {
		return err
	}
	return errors.Join(made.Demo(out), out.Close())
}
