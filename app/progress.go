package main

import (
	"fmt"
	"time"

	"garrod/review"
)

// progressEvery is how often a command says how far it is. One that is done
// sooner says nothing.
const progressEvery = 3 * time.Second

// progress returns a Meter whose state is written to standard error now and then
// until stop is called.
func (p *program) progress(what string) (m *review.Meter, stop func()) {
	m = &review.Meter{}
	quit, ended := make(chan struct{}), make(chan struct{})
	tick := time.NewTicker(progressEvery)
	go func() {
		defer close(ended)
		for {
			select {
			case <-quit:
				return
			case <-tick.C:
				if total := m.Total(); total > 0 {
					fmt.Fprintf(p.err, "%s: %d %%\n", what, 100*min(m.Done(), total)/total)
				}
			}
		}
	}()
	return m, func() {
		tick.Stop()
		close(quit)
		<-ended // nobody else writes meanwhile
	}
}
