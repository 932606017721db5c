package acmg

import "math"

// FilteringAF is the filtering allele frequency of a group: the highest true
// frequency for which seeing ac or more alleles among an would still be less
// likely than 1-confidence (Whiffin 2017, doi:10.1038/gim.2017.26). With one
// allele or none it is 0, as gnomAD has it. It is false for impossible counts.
func FilteringAF(ac, an int, confidence float64) (float64, bool) {
	if ac < 0 || an <= 0 || ac > an || confidence <= 0 || confidence >= 1 {
		return 0, false
	}
	if ac <= 1 {
		return 0, true
	}
	return poissonLower(ac, confidence) / float64(an), true
}

// poissonLower finds the mean at which fewer than n events have the given
// probability; it equals half the lower quantile of chi-square with 2n degrees
// of freedom. It takes Newton's steps, and halves the bracket where one leads
// out of it.
func poissonLower(n int, probability float64) float64 {
	lo, hi := 0.0, float64(n)
	mean := hi / 2
	for range 200 {
		excess := poissonBelow(n, mean) - probability
		if excess > 0 {
			lo = mean
		} else {
			hi = mean
		}
		next := mean + excess/poissonTerm(float64(n-1), mean)
		if !(next > lo && next < hi) {
			next = lo + (hi-lo)/2
		}
		if math.Abs(next-mean) <= 1e-14*mean {
			return next
		}
		mean = next
	}
	return mean
}

// poissonTerm is the probability of exactly k events.
func poissonTerm(k, mean float64) float64 {
	lg, _ := math.Lgamma(k + 1)
	return math.Exp(k*math.Log(mean) - mean - lg)
}

// poissonBelow is the probability of fewer than n events at the mean. It sums the
// tail that starts at n and falls away from it, so that terms neither overflow
// nor cancel, and stops when they no longer matter.
func poissonBelow(n int, mean float64) float64 {
	if float64(n) > mean {
		return 1 - poissonTail(float64(n), mean, +1)
	}
	return poissonTail(float64(n-1), mean, -1)
}

// poissonTail sums the probabilities of k, k+step, … at the mean.
func poissonTail(k, mean float64, step int) float64 {
	term, sum := poissonTerm(k, mean), 0.0
	for k >= 0 && term > sum*1e-18 {
		sum += term
		if step > 0 {
			k++
			term *= mean / k
		} else {
			term *= k / mean
			k--
		}
	}
	return sum
}

// MaxCredibleAF is the highest allele frequency a variant can have and still
// cause the disease (Whiffin 2017). It covers AD and AR only: false for other
// modes of inheritance and for numbers outside 0 … 1.
func MaxCredibleAF(moi string, prevalence, hetAllelic, hetGenic, penetrance float64) (float64, bool) {
	for _, x := range []float64{prevalence, hetAllelic, hetGenic, penetrance} {
		if !(x > 0 && x <= 1) {
			return 0, false
		}
	}
	switch moi {
	case "AD":
		return prevalence * hetAllelic * hetGenic / penetrance / 2, true
	case "AR":
		return math.Sqrt(prevalence) * hetAllelic * math.Sqrt(hetGenic) / math.Sqrt(penetrance), true
	}
	return 0, false
}
