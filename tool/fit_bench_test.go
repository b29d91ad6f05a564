package tool

import "testing"

// What the fit page works out for one candidate: the fit, the planned fit, what would help most and the picture.
func BenchmarkFit_Page(b *testing.B) {
	p := starter(b)
	r := workshop()
	for b.Loop() {
		fit, err := p.Fit(r)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := p.FitAsPlanned(r); err != nil {
			b.Fatal(err)
		}
		if _, err := p.WhatHelps(r); err != nil {
			b.Fatal(err)
		}
		p.FitPicture(fit, 100)
	}
}
