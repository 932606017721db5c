package main

import (
	"context"
	"sync"

	"garrod/review"
	"garrod/review/bgz"
	"garrod/review/vcf"
)

// pieceRecords is how many records a goroutine reads before it hands them on.
const pieceRecords = 64

// piece is a run of records to read.
type piece struct {
	at   []bgz.Offset
	rows [][]int // of each record
	vs   [][]review.Variant
	err  error
	done chan struct{}
}

// Fetch reads the records of rows on several goroutines, and refuses one whose
// allele is not what the columns say: the file is another then.
func (s vcfSource) Fetch(ctx context.Context, rows []int, fn func(row int, v *review.Variant) error) error {
	ctx, stop := context.WithCancel(ctx)
	var all sync.WaitGroup
	defer all.Wait()
	defer stop()
	workers := bgz.Workers()
	todo, order := make(chan *piece), make(chan *piece, 2*workers)
	for range workers {
		all.Go(func() {
			for p := range todo {
				p.err = s.read(ctx, p)
				close(p.done)
			}
		})
	}
	all.Go(func() {
		defer close(order)
		defer close(todo)
		for _, p := range s.pieces(rows) {
			select {
			case order <- p:
			case <-ctx.Done():
				return
			}
			todo <- p // a worker takes it, whatever became of ctx
		}
	})
	for p := range order {
		<-p.done
		if p.err != nil {
			return p.err
		}
		for i, vs := range p.vs {
			for _, row := range p.rows[i] {
				if err := s.give(row, vs, fn); err != nil {
					return err
				}
			}
		}
	}
	return ctx.Err()
}

// pieces groups rows by record and records by piece.
func (s vcfSource) pieces(rows []int) []*piece {
	var out []*piece
	for i, row := range rows {
		if i > 0 && s.columns.SameRecord(rows[i-1], row) {
			p := out[len(out)-1]
			p.rows[len(p.rows)-1] = append(p.rows[len(p.rows)-1], row)
			continue
		}
		if n := len(out); n == 0 || len(out[n-1].at) == pieceRecords {
			out = append(out, &piece{done: make(chan struct{})})
		}
		p := out[len(out)-1]
		p.at, p.rows = append(p.at, bgz.Offset(s.columns.Offset(row))), append(p.rows, []int{row})
	}
	return out
}

// read fills a piece.
func (s vcfSource) read(ctx context.Context, p *piece) error {
	p.vs = make([][]review.Variant, len(p.at))
	return s.records.Fetch(ctx, p.at, func(i int, r *vcf.Record) error {
		p.vs[i] = r.Variants()
		return nil
	})
}

// give hands on the variant of a row.
func (s vcfSource) give(row int, vs []review.Variant, fn func(row int, v *review.Variant) error) error {
	n := s.columns.Ordinal(row)
	if n >= len(vs) || vs[n].Key != s.columns.Key(row) {
		return changedFile(s.records.Path(), nil)
	}
	return fn(row, &vs[n])
}
